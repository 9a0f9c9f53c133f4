//! The form in front: fields, what would happen, why not, and the button. The clock runs on behind it, and what would
//! happen is said anew when the world has changed.

use leptos::prelude::*;

use super::super::context::Page;
use super::super::form::fields;
use super::super::icon::{icon, symbol};
use super::super::modal::titled;
use super::super::soon::Here;
use super::super::token::{Size, token};
use crate::page::command::Command;
use crate::page::components::memo::Memo;
use crate::page::drive::DriveCommand;
use crate::page::signs;
use crate::page::view::{EffectView, FormInput, FormView};
use crate::page::words::form as words;

/// The dialog, open while the view has a form.
pub(in super::super) fn dialog(page: Page) -> impl IntoView {
    let open = page.part(|view| view.form.is_some());
    let title = part(page, |form| form.title.clone());
    let here = Here::new();
    // After the dialog has closed, and the page was drawn anew with what it did.
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now {
            here.next_frame(move || page.return_to_asker());
        }
        now
    });
    titled(
        "dialog form-dialog",
        title.into(),
        open.into(),
        move || tell(page, DriveCommand::Close),
        move || form(page),
    )
}

fn tell(page: Page, command: DriveCommand) {
    page.perform(Command::Drive(command));
}

/// A part of the form that redraws alone.
fn part<T>(page: Page, pick: impl Fn(&FormView) -> T + Send + Sync + 'static) -> Memo<T>
where
    T: Default + PartialEq + Send + Sync + 'static,
{
    page.part(move |view| view.form.as_deref().map(&pick).unwrap_or_default())
}

fn form(page: Page) -> impl IntoView {
    let title = part(page, |form| form.title.clone());
    let sign = part(page, |form| form.token.clone());
    let intro = part(page, |form| form.intro.clone());
    let asked = part(page, |form| form.fields.clone());
    let effects = part(page, |form| form.effects.clone());
    let refusal = part(page, |form| form.refusal.clone());
    let call = part(page, |form| form.call.clone());
    let press = part(page, |form| form.press.clone());
    let ready = part(page, |form| form.ready);
    let filled = Callback::new(move |(field, value)| {
        tell(page, DriveCommand::Set { field, value });
    });
    // Where nothing has to be filled in, the button is what whoever opens it wants.
    let plain = asked.with_untracked(|fields| {
        let mut inputs = fields.iter().map(|field| &field.input);
        inputs.all(|input| matches!(input, FormInput::Select(_)))
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        tell(page, DriveCommand::Press);
    };
    view! {
        <form class="form" novalidate=true on:submit=submit>
            <header>
                <h2>{move || sign.get().map(|sign| token(&sign, Size::Medium))}<span>{title}</span></h2>
                <button type="button" class="button quiet square" aria-label=words::CLOSE
                    on:click=move |_| tell(page, DriveCommand::Close)>{symbol("#i-close")}</button>
            </header>
            <div class="body">
                {move || Some(intro.get()).filter(|text| !text.is_empty()).map(|text| view! { <p class="intro">{text}</p> })}
                {fields(asked, filled, !plain)}
            </div>
            <div class="outlook" role="status">
                {move || told(effects.get())}
                {move || refusal.get().map(|(name, sentence)| view! {
                    <p class="refusal state fail">{symbol("#i-failed")}<span><b>{name}</b>" "{sentence}</span></p>
                })}
            </div>
            <footer>
                <button type="submit" class="button filled" autofocus=plain disabled=move || !ready.get()>{press}</button>
                <button type="button" class="button quiet" on:click=move |_| tell(page, DriveCommand::Close)>{words::CANCEL}</button>
                <span class="calls">{move || words::calls(&call.get())}</span>
            </footer>
        </form>
    }
}

/// What would happen.
fn told(effects: Vec<EffectView>) -> impl IntoView {
    (!effects.is_empty()).then(|| {
        let rows = effects.into_iter().map(|effect| {
            let sign = effect.sign.map(|(role, sign)| {
                view! { <span class=format!("state {}", signs::role(role))>{icon(sign)}</span> }
            });
            let more = effect
                .more
                .into_iter()
                .map(|more| view! { <span class="more">{more}</span> });
            let sign = match effect.token {
                Some(who) => token(&who, Size::Small).into_any(),
                None => match sign {
                    Some(sign) => sign.into_any(),
                    None => symbol("#i-info").into_any(),
                },
            };
            view! {
                <li>
                    <span class="sign">{sign}</span>
                    <span class="says"><span class="text">{effect.text}</span>{more.collect_view()}</span>
                </li>
            }
        });
        view! {
            <h3>{words::EFFECTS}</h3>
            <ul class="effects">{rows.collect_view()}</ul>
        }
    })
}
