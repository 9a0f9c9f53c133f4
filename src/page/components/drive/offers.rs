//! What can be done to the selected thing, as buttons; and what cannot be now, disabled, each with its reason.

use leptos::prelude::*;

use super::super::context::Page;
use crate::page::view::OfferView;
use crate::page::words::offers as words;

/// The buttons.
pub(in super::super) fn offers(page: Page, offers: Vec<OfferView>) -> impl IntoView {
    let (open, closed): (Vec<_>, Vec<_>) = offers
        .into_iter()
        .partition(|offer| offer.refused.is_none());
    let shown = !(open.is_empty() && closed.is_empty());
    let buttons = open.into_iter().map(|offer| {
        let command = offer.command;
        view! {
            <button type="button" class="button small" aria-haspopup="dialog"
                on:click=move |_| page.perform(command.clone())>{offer.label}</button>
        }
    });
    let buttons = buttons.collect_view();
    let names: Vec<String> = closed
        .iter()
        .map(|offer| offer.label.trim_end_matches('…').to_owned())
        .collect();
    let reasons = closed.into_iter().map(|offer| {
        view! {
            <li>
                <button type="button" class="button small" disabled=true>{offer.label}</button>
                <span class="refused">{offer.refused}</span>
            </li>
        }
    });
    let reasons = reasons.collect_view();
    let not_now = (!names.is_empty()).then(|| {
        view! {
            <details class="not-now">
                <summary>{words::not_now(&crate::page::text::list(&names))}</summary>
                <ul>{reasons}</ul>
            </details>
        }
    });
    shown.then(|| {
        view! {
            <div class="offers" role="group" aria-label=words::LABEL>
                <div class="actions">{buttons}</div>
                {not_now}
            </div>
        }
    })
}
