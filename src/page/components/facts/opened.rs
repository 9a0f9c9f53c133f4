//! One fact in the place of the list: why, the call that caused it in three clients' words, and the fact itself.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{Page, does};
use crate::page::components::{
    call::{Client, call},
    copy::copy,
    dom,
    icon::symbol,
    rule::rule,
    soon,
};
use crate::page::state::facts::FactsCommand;
use crate::page::view::{FactDetail, FactRow};
use crate::page::words::facts as words;

pub(super) fn opened(page: Page) -> impl IntoView {
    let detail = page.part(|view| view.fact_list.open.clone());
    let client = RwSignal::new(Client::Cli);
    let back: NodeRef<html::Button> = NodeRef::new();
    back.on_load(|back| {
        soon::next_frame(move || dom::focus(&back));
    });
    // The list comes back with the focus where it was.
    let close = move |_| {
        let sequence =
            detail.with_untracked(|detail| detail.as_ref().map(|detail| detail.row.sequence));
        does(page, FactsCommand::Open(None));
        soon::next_frame(move || {
            let body = document().body();
            let row = sequence.zip(body).and_then(|(sequence, body)| {
                dom::with_attribute(&body, "data-fact", &sequence.to_string())
            });
            if let Some(row) = row.and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
                dom::focus(&row);
            }
        });
    };
    view! {
        <header>
            <button type="button" class="button quiet small back" node_ref=back on:click=close>{symbol("#i-back")}{words::BACK}</button>
        </header>
        <div class="content fact-detail" tabindex="0">
            {move || detail.get().map(|detail| body(detail, client))}
        </div>
    }
}

fn body(detail: FactDetail, client: RwSignal<Client>) -> impl IntoView {
    let rule = detail
        .rule
        .map(|reason| view! { <h3>{words::REASON}</h3>{rule(reason)} });
    let called = detail.call.is_some() || detail.cause.is_some();
    let FactRow {
        time, word, text, ..
    } = detail.row;
    view! {
        <p class="what"><span class="time">{time}</span>" "<b>{word}</b>" "{text}</p>
        {rule}
        {called.then(|| view! { <h3>{words::CALL}</h3> })}
        {detail.cause.map(|cause| view! { <p class="help">{cause}</p> })}
        {detail.call.map(|text| call(text, client, "call-client"))}
        <div class="titled"><h3>{words::JSON}</h3>{copy(detail.json.clone())}</div>
        <pre tabindex="0">{detail.json}</pre>
    }
}
