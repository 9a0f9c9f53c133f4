//! The bar over the editor: whose draft this is, the way back, what is wrong, what saving does, and saving.

use leptos::prelude::*;

use super::Editor;
use crate::page::components::icon::symbol;
use crate::page::components::menu::{Item, Named, menu};
use crate::page::components::soon;
use crate::page::components::token::{Size, token};
use crate::page::edit::{Chosen, EditCommand};
use crate::page::view::{ChainPart, FindingView};
use crate::page::words::edit as words;

pub(super) fn bar(editor: Editor) -> impl IntoView {
    let title = editor.part(|edit| edit.title.clone());
    let steps = editor.part(|edit| edit.steps);
    let unsaved = editor.part(|edit| edit.unsaved || edit.of.is_none());
    let save = editor.part(|edit| edit.save.clone());
    let ready = editor.part(|edit| edit.ready);
    let effect = editor.part(|edit| edit.effect.clone());
    let trouble = editor.part(|edit| edit.trouble.clone().or_else(|| edit.broken.clone()));
    let step = move |label: &'static str,
                     icon: &'static str,
                     keys: &'static str,
                     command: EditCommand,
                     possible: Signal<bool>| {
        view! {
            <button type="button" class="button square" aria-label=label title=label aria-keyshortcuts=keys
                disabled=move || !possible.get() on:click=move |_| editor.tell(command.clone())>{symbol(icon)}</button>
        }
    };
    let can_undo = Signal::derive(move || steps.get().0);
    let can_redo = Signal::derive(move || steps.get().1);
    let says = move || {
        let parts = effect.get().into_iter().map(|part| match part {
            ChainPart::Token(sign) => token(&sign, Size::Small).into_any(),
            ChainPart::Thing(_, words) | ChainPart::Words(words) => {
                view! { <span>{words}" "</span> }.into_any()
            }
        });
        parts.collect_view()
    };
    view! {
        <section class="draft-bar" aria-label=words::BAR>
            <b class="title">{title}</b>
            {step(words::UNDO, "#i-undo", "Control+Z", EditCommand::Undo, can_undo)}
            {step(words::REDO, "#i-redo", "Control+Shift+Z", EditCommand::Redo, can_redo)}
            {problems(editor)}
            <p class="effect">{says}</p>
            <button type="button" class="button" disabled=move || !unsaved.get()
                on:click=move |_| editor.tell(EditCommand::Discard)>{words::DISCARD}</button>
            {menu("button more-menu", words::MORE, Named::ByFace, || words::MORE, move || more(editor))}
            <button type="button" class="button save" class:inked=move || ready.get() disabled=move || !ready.get()
                on:click=move |_| editor.tell(EditCommand::Save)>{save}</button>
        </section>
        {move || trouble.get().map(|trouble| view! {
            <p class="draft-trouble state fail" role="alert">{symbol("#i-failed")}<span>{trouble}</span></p>
        })}
    }
}

/// How many problems there are, the first one's place, and a list of all of them with the advice.
fn problems(editor: Editor) -> impl IntoView {
    let counted = editor.part(|edit| {
        (
            edit.counted.clone(),
            edit.problems.is_empty() && edit.broken.is_none(),
        )
    });
    let advice = editor.part(|edit| edit.advice.len());
    let first = editor.part(|edit| {
        edit.problems
            .first()
            .map(|one| (one.place.clone(), one.at.clone()))
    });
    let face = move || {
        let (counted, sound) = counted.get();
        let (class, icon) = if sound {
            ("state ok", "#i-succeeded")
        } else {
            ("state fail", "#i-failed")
        };
        view! { <span class=class>{symbol(icon)}<span class="word">{counted}</span></span> }
    };
    let advised = move || {
        let count = advice.get();
        (count > 0).then(|| view! { <span class="state gone">{symbol("#i-info")}<span class="word">{words::advice(count)}</span></span> })
    };
    let status = move || counted.get().0;
    view! {
        {menu("counted", words::PROBLEMS, Named::ByFace, move || view! { {face}{advised} }, move || listed(editor))}
        <span class="aside" role="status">{status}</span>
        {move || first.get().map(|(place, at)| view! {
            <button type="button" class="first-place" on:click=move |_| go_to(editor, &at)>{place}</button>
        })}
    }
}

fn listed(editor: Editor) -> Vec<Item> {
    let (problems, advice) = editor.page.view.with_untracked(|view| {
        let edit = view.edit.as_deref();
        edit.map(|edit| (edit.problems.clone(), edit.advice.clone()))
            .unwrap_or_default()
    });
    let item = |one: FindingView, advice: bool| {
        let at = one.at.clone();
        Item::new(words::finding(&one.message, advice), move || {
            go_to(editor, &at)
        })
        .note(one.place)
    };
    let problems = problems.into_iter().map(|one| item(one, false));
    let advice = advice.into_iter().enumerate().map(|(index, one)| {
        let item = item(one, true);
        if index == 0 { item.apart() } else { item }
    });
    problems.chain(advice).collect()
}

/// Chooses what a pointer is about and puts the keyboard into its field.
fn go_to(editor: Editor, at: &str) {
    editor.choose(Chosen::around(at));
    let at = at.to_owned();
    soon::next_frame(move || super::form::focus_field(&at));
}

fn more(editor: Editor) -> Vec<Item> {
    vec![
        Item::new(words::COPY_INPUT, move || {
            editor.tell(EditCommand::CopyInput)
        })
        .note(words::COPY_INPUT_NOTE),
        Item::new(words::SAVE_INPUT, move || {
            editor.tell(EditCommand::SaveInput)
        }),
        Item::new(words::COPY, move || editor.tell(EditCommand::Copy)).apart(),
        Item::new(words::NEW, move || editor.tell(EditCommand::New)),
    ]
}
