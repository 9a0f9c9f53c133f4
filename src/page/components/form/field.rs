//! One field: label, input, help, live check. Help and check are read to whoever is in the input.

use leptos::prelude::*;

use super::super::icon::symbol;
use super::super::token::{Size, token};
use super::Filled;
use crate::page::components::memo::Memo;
use crate::page::view::{FormField, FormInput, FormOption};
use crate::page::words::form as words;

/// Draws a field. The one in `front` has the focus when the form opens.
pub(super) fn field(now: Memo<FormField>, filled: Filled, front: bool) -> impl IntoView {
    let kind = now.with_untracked(|field| field.input.clone());
    match kind {
        FormInput::Text { lines, mono, .. } => text(now, filled, front, lines, mono).into_any(),
        FormInput::Options(_) => options(now, filled, front).into_any(),
        FormInput::Select(_) => select(now, filled, front).into_any(),
    }
}

/// An id for the parts of a field: letters and digits of its path.
fn id_of(field: &FormField, part: &str) -> String {
    let name = field.id.chars().map(|letter| {
        if letter.is_ascii_alphanumeric() {
            letter
        } else {
            '-'
        }
    });
    format!("{part}-{}", name.collect::<String>())
}

fn class_of(now: Memo<FormField>) -> &'static str {
    if now.with_untracked(|field| field.half) {
        "field half"
    } else {
        "field"
    }
}

fn label(now: Memo<FormField>) -> impl IntoView {
    let (name, needed) = now.with_untracked(|field| (field.label.clone(), field.required));
    // Members are set as code, words as words.
    let member = name.starts_with(|letter: char| letter.is_ascii_lowercase());
    let class = if member { "name member" } else { "name" };
    view! { <span class=class>{name}</span>" "{needed.then(|| view! { <span class="need">{words::REQUIRED}</span> })} }
}

/// The help, and what is wrong.
fn below(now: Memo<FormField>) -> impl IntoView {
    let (help_id, problem_id) =
        now.with_untracked(|field| (id_of(field, "help"), id_of(field, "problem")));
    let help = Memo::new(move |_| now.with(|field| field.help.clone()));
    let problem = Memo::new(move |_| now.with(|field| field.problem.clone()));
    view! {
        <span class="below">
            <span class="help" id=help_id>{help}</span>
            <span class="problem" id=problem_id role="status">
                {move || problem.get().map(|problem| view! { <span class="state fail">{symbol("#i-failed")}<span>{problem}</span></span> })}
            </span>
        </span>
    }
}

fn described(now: Memo<FormField>) -> String {
    now.with_untracked(|field| format!("{} {}", id_of(field, "help"), id_of(field, "problem")))
}

fn wrong(now: Memo<FormField>) -> Option<&'static str> {
    now.with(|field| field.problem.is_some()).then_some("true")
}

fn tell(now: Memo<FormField>, filled: Filled, value: String) {
    filled.run((now.with_untracked(|field| field.id.clone()), value));
}

fn value_of(field: &FormField) -> String {
    match &field.input {
        FormInput::Text { value, .. } => value.clone(),
        FormInput::Options(options) | FormInput::Select(options) => options
            .iter()
            .find(|option| option.chosen)
            .map(|option| option.value.clone())
            .unwrap_or_default(),
    }
}

fn text(now: Memo<FormField>, filled: Filled, front: bool, lines: u8, mono: bool) -> impl IntoView {
    let id = now.with_untracked(|field| id_of(field, "field"));
    let required = now.with_untracked(|field| field.required);
    let value = Memo::new(move |_| now.with(value_of));
    let class = if mono { "mono" } else { "" };
    let input = if lines == 1 {
        view! {
            <input type="text" class=class id=id.clone() autofocus=front spellcheck="false" autocomplete="off"
                aria-required=required.then_some("true") aria-describedby=described(now)
                aria-invalid=move || wrong(now) prop:value=move || value.get()
                on:input=move |event| tell(now, filled, event_target_value(&event))/>
        }
        .into_any()
    } else {
        view! {
            <textarea class=class id=id.clone() rows=lines.to_string() autofocus=front spellcheck="false" autocomplete="off"
                aria-required=required.then_some("true") aria-describedby=described(now)
                aria-invalid=move || wrong(now) prop:value=move || value.get()
                on:input=move |event| tell(now, filled, event_target_value(&event))></textarea>
        }
        .into_any()
    };
    view! {
        <div class=class_of(now)>
            <label class="label" for=id>{label(now)}</label>
            {input}
            {below(now)}
        </div>
    }
}

fn select(now: Memo<FormField>, filled: Filled, front: bool) -> impl IntoView {
    let id = now.with_untracked(|field| id_of(field, "field"));
    let options = Memo::new(move |_| now.with(options_of));
    let list = move || {
        let options = options.get().into_iter().map(|option| {
            view! {
                <option value=option.value selected=option.chosen disabled=option.refused.is_some()>{option.label}</option>
            }
        });
        options.collect_view()
    };
    view! {
        <div class=class_of(now)>
            <label class="label" for=id.clone()>{label(now)}</label>
            <select id=id autofocus=front aria-describedby=described(now) aria-invalid=move || wrong(now)
                on:change=move |event| tell(now, filled, event_target_value(&event))>{list}</select>
            {below(now)}
        </div>
    }
}

fn options_of(field: &FormField) -> Vec<FormOption> {
    match &field.input {
        FormInput::Options(options) | FormInput::Select(options) => options.clone(),
        FormInput::Text { .. } => Vec::new(),
    }
}

/// One of a few. A closed one says why it is closed.
fn options(now: Memo<FormField>, filled: Filled, front: bool) -> impl IntoView {
    let group = now.with_untracked(|field| id_of(field, "group"));
    let options = Memo::new(move |_| now.with(options_of));
    let values = Memo::new(move |_| {
        options.with(|options| {
            options
                .iter()
                .map(|option| option.value.clone())
                .collect::<Vec<_>>()
        })
    });
    let list = move |value: String| {
        let here = value.clone();
        let option = Memo::new(move |last: Option<&FormOption>| {
            options
                .with(|options| options.iter().find(|option| option.value == here).cloned())
                .unwrap_or_else(|| last.cloned().unwrap_or_default())
        });
        let chosen = Memo::new(move |_| option.with(|option| option.chosen));
        let refused = Memo::new(move |_| option.with(|option| option.refused.clone()));
        let (label, note, sign) = option.with_untracked(|option| {
            (
                option.label.clone(),
                option.note.clone(),
                option.token.clone(),
            )
        });
        let focused = front && chosen.get_untracked();
        view! {
            <label class="option">
                <input type="radio" name=group.clone() autofocus=focused prop:checked=move || chosen.get()
                    disabled=move || refused.with(Option::is_some)
                    on:change=move |_| tell(now, filled, value.clone())/>
                {sign.map(|sign| token(&sign, Size::Small))}
                <span class="words">
                    <span class="name">{label}</span>
                    {(!note.is_empty()).then(|| view! { <span class="help">{note}</span> })}
                    {move || refused.get().filter(|why| !why.is_empty()).map(|why| view! { <span class="refused">{why}</span> })}
                </span>
            </label>
        }
    };
    view! {
        <fieldset class="field options">
            <legend class="label">{label(now)}</legend>
            <For each=move || values.get() key=String::clone children=list/>
            {below(now)}
        </fieldset>
    }
}
