//! What a plus sign asks: what shall stand there. Every type of action that can, by category; one press adds it.
//! Arrows go from one to the next, as Tab does.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::Editor;
use crate::page::components::icon::symbol;
use crate::page::components::soon::Here;
use crate::page::components::{dom, modal::titled};
use crate::page::edit::{Change, Slot, add};
use crate::page::view::FieldChoice;
use crate::page::words::edit as words;

/// Where something is to be added.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Adding {
    /// What the plus sign is called.
    pub label: String,
    /// Which stage; for a stage more, before which it comes.
    pub stage: usize,
    /// Where in the stage, and how many actions that has; `None` for a stage more.
    pub action: Option<(Slot, usize)>,
}

impl Adding {
    fn change(&self, kind: &str) -> Change {
        match self.action {
            Some((slot, place)) => add::action(self.stage, place, slot, kind),
            None => add::stage(self.stage, kind),
        }
    }
}

/// The question, while there is one.
pub(super) fn adding(editor: Editor) -> impl IntoView {
    let asked = editor.adding;
    // Of the editor: what is pressed is done when the question is gone.
    let here = Here::new();
    let title = move || asked.with(|asked| asked.as_ref().map(|asked| asked.label.clone()));
    titled(
        "dialog adding",
        Signal::derive(move || title().unwrap_or_default()),
        Signal::derive(move || asked.with(Option::is_some)),
        move || asked.set(None),
        move || {
            asked
                .get_untracked()
                .map(|asked| content(editor, here, asked))
        },
    )
}

fn content(editor: Editor, here: Here, asked: Adding) -> impl IntoView {
    let list: NodeRef<html::Div> = NodeRef::new();
    let choices = editor.shown.with_untracked(|shown| {
        let edit = shown.0.as_deref();
        let choices = edit.map(|edit| {
            if asked.stage == 0 {
                &edit.sources
            } else {
                &edit.types
            }
        });
        choices.cloned().unwrap_or_default()
    });
    list.on_load(move |list| {
        here.next_frame(move || {
            if let Some(first) = buttons(&list).first() {
                dom::focus(first);
            }
        });
    });
    let help = if asked.action.is_some() {
        words::WHAT_ACTION
    } else {
        words::WHAT_STAGE
    };
    let title = asked.label.clone();
    let groups = grouped(choices).into_iter().map(|(name, choices)| {
        let choices = choices.into_iter().map(|choice| {
            let change = asked.change(&choice.value);
            let press = move |_| {
                editor.adding.set(None);
                // The focus is back in the line by then, and follows to what is new.
                let change = change.clone();
                here.next_frame(move || editor.change(change));
            };
            view! { <li><button type="button" class="button quiet" disabled=choice.disabled on:click=press>{choice.label}</button></li> }
        });
        let label = name.clone();
        view! { <section aria-label=label><h3>{name}</h3><ul>{choices.collect_view()}</ul></section> }
    });
    view! {
        <header>
            <h2>{title}</h2>
            <button type="button" class="button quiet square" aria-label=words::CLOSE on:click=move |_| editor.adding.set(None)>{symbol("#i-close")}</button>
        </header>
        <div class="body" node_ref=list on:keydown=move |event| if let Some(list) = list.get_untracked() { turn(&list, &event) }>
            <p class="help">{help}</p>
            <div class="kinds">{groups.collect_view()}</div>
        </div>
    }
}

/// Each category with its types, in their order.
fn grouped(choices: Vec<FieldChoice>) -> Vec<(String, Vec<FieldChoice>)> {
    let mut groups: Vec<(String, Vec<FieldChoice>)> = Vec::new();
    for choice in choices {
        match groups.last_mut().filter(|(name, _)| *name == choice.group) {
            Some((_, group)) => group.push(choice),
            None => groups.push((choice.group.clone(), vec![choice])),
        }
    }
    groups
}

fn buttons(list: &HtmlElement) -> Vec<HtmlElement> {
    let all = dom::all(list, "button:enabled").into_iter();
    all.filter_map(|one| one.dyn_into().ok()).collect()
}

fn turn(list: &HtmlElement, event: &KeyboardEvent) {
    let forth = match event.key().as_str() {
        "ArrowDown" | "ArrowRight" => true,
        "ArrowUp" | "ArrowLeft" => false,
        _ => return,
    };
    let all = buttons(list);
    let focused = dom::focused();
    let here = all.iter().position(|one| {
        focused
            .as_ref()
            .is_some_and(|focused| focused.is_same_node(Some(one.as_ref())))
    });
    let next = match (here, forth) {
        (None, _) => Some(0),
        (Some(here), true) => Some(here + 1),
        (Some(here), false) => here.checked_sub(1),
    };
    if let Some(next) = next.and_then(|next| all.get(next)) {
        dom::focus(next);
    }
    event.prevent_default();
}
