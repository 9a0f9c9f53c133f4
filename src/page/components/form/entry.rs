//! One field of a form, whatever it is about: the service's name of it, what stands in it, what is wrong with it in the
//! service's words, and what puts that right.

use leptos::prelude::*;
use web_sys::HtmlInputElement;

use super::Asking;
use crate::page::components::icon::symbol;
use crate::page::components::memo::Memo;
use crate::page::view::{EditField, FieldChoice, FieldKind, FindingView};
use crate::page::words::edit as words;

pub(super) fn entry(asking: Asking, asked: Memo<Box<EditField>>) -> impl IntoView {
    let EditField {
        at,
        label,
        required,
        help,
        kind,
        ..
    } = *asked.get_untracked();
    let id = format!("{}{}", asking.prefix, at.replace(['/', '~', '@'], "-"));
    let said = format!("{id}-said");
    let value = Memo::new(move |_| asked.with(|field| field.value.clone()));
    let problems = Memo::new(move |_| asked.with(|field| field.findings.clone()));
    let fixed = Memo::new(move |_| asked.with(|field| field.fixed.clone()));
    let remove = Memo::new(move |_| asked.with(|field| field.remove.clone()));
    let wrong = move || {
        let wrong = problems.with(|all| all.iter().any(|(advice, _)| !advice));
        wrong.then_some("true")
    };
    let is_fixed = move || fixed.with(Option::is_some);
    let place = at.clone();
    let fill = move |text: String| asking.fill.run((place.clone(), text));
    let input = match kind {
        FieldKind::Choice(_) => {
            let choices = move || match asked.with(|field| field.kind.clone()) {
                FieldKind::Choice(choices) => choices,
                _ => Vec::new(),
            };
            let picked = move |event| fill(event_target_value(&event));
            view! {
                <select id=id.clone() data-field=at.clone() aria-invalid=wrong aria-describedby=said.clone() disabled=is_fixed on:change=picked>
                    {move || options(choices(), &value.get())}
                </select>
            }
            .into_any()
        }
        FieldKind::Lines => {
            // What is being typed keeps its empty lines: the value has none.
            let typed = RwSignal::new(value.get_untracked());
            Effect::new(move || {
                let now = value.get();
                let lines = |text: &str| -> Vec<String> {
                    let lines = text.lines().filter(|line| !line.trim().is_empty());
                    lines.map(str::to_owned).collect()
                };
                if typed.with_untracked(|typed| lines(typed) != lines(&now)) {
                    typed.set(now);
                }
            });
            let input = move |event| {
                let text = event_target_value(&event);
                typed.set(text.clone());
                fill(text);
            };
            view! {
                <textarea id=id.clone() data-field=at.clone() rows="3" spellcheck="false" autocomplete="off" prop:value=typed
                    aria-invalid=wrong aria-describedby=said.clone() on:input=input></textarea>
            }
            .into_any()
        }
        FieldKind::Long => {
            let input = move |event| fill(event_target_value(&event));
            view! {
                <textarea id=id.clone() data-field=at.clone() rows="3" spellcheck="false" autocomplete="off" required=required
                    prop:value=move || value.get() aria-invalid=wrong aria-describedby=said.clone() on:input=input></textarea>
            }
            .into_any()
        }
        FieldKind::Text { .. } | FieldKind::Number | FieldKind::Moment => {
            let (secret, suggestions) = match &kind {
                FieldKind::Text {
                    secret,
                    suggestions,
                } => (*secret, suggestions.clone()),
                _ => (false, Vec::new()),
            };
            let sort = match kind {
                FieldKind::Moment => "datetime-local",
                _ if secret => "password",
                _ => "text",
            };
            let mode = (kind == FieldKind::Number).then_some("numeric");
            let list = (!suggestions.is_empty()).then(|| format!("{id}-list"));
            let input = move |event| fill(event_target_value(&event));
            let suggested = suggestions
                .into_iter()
                .map(|(value, called)| view! { <option value=value>{called}</option> });
            let offered = list
                .clone()
                .map(|list| view! { <datalist id=list>{suggested.collect_view()}</datalist> });
            view! {
                <input type=sort step="1" inputmode=mode id=id.clone() data-field=at.clone() list=list
                    spellcheck="false" autocomplete="off" required=required prop:value=move || value.get()
                    aria-invalid=wrong aria-describedby=said.clone() readonly=is_fixed on:input=input/>
                {offered}
            }
            .into_any()
        }
    };
    let variables = Memo::new(move |_| asked.with(|field| field.variables.clone()));
    let inserts = {
        let (at, label) = (at.clone(), label.clone());
        move || {
            let choices = variables.get();
            let (at, label) = (at.clone(), label.clone());
            (!choices.is_empty()).then(|| insert(asking, at, &label, value, choices))
        }
    };
    let taken = move || {
        remove.get().map(|press| {
            view! {
                <button type="button" class="button quiet square" aria-label=press.label.clone() title=press.label
                    on:click=move |_| asking.change.run(press.change.clone())>{symbol("#i-close")}</button>
            }
        })
    };
    let name = label.clone();
    view! {
        <div class="draft-field">
            <label for=id>{name}{required.then(|| view! { <span class="required">" ("{words::REQUIRED}")"</span> })}</label>
            <div class="control">
                <div class="entry">{input}{inserts}{taken}</div>
                <div id=said>
                    {(!help.is_empty()).then(|| view! { <p class="help">{help}</p> })}
                    {move || fixed.get().map(|reason| view! { <p class="help">{reason}</p> })}
                    {move || findings(asking, problems.get())}
                </div>
            </div>
        </div>
    }
}

/// The options of a choice, under the headings they have.
fn options(choices: Vec<FieldChoice>, value: &str) -> impl IntoView + use<> {
    let mut groups: Vec<(String, Vec<FieldChoice>)> = Vec::new();
    for choice in choices {
        match groups
            .last_mut()
            .filter(|(group, _)| *group == choice.group)
        {
            Some((_, list)) => list.push(choice),
            None => groups.push((choice.group.clone(), vec![choice])),
        }
    }
    let value = value.to_owned();
    let groups = groups.into_iter().map(move |(group, choices)| {
        let value = value.clone();
        let options = choices.into_iter().map(move |choice| {
            let selected = choice.value == value;
            view! { <option value=choice.value selected=selected disabled=choice.disabled>{choice.label}</option> }
        });
        let options = options.collect_view();
        if group.is_empty() {
            options.into_any()
        } else {
            view! { <optgroup label=group>{options}</optgroup> }.into_any()
        }
    });
    groups.collect_view()
}

/// Puts a reference to a variable behind what stands in the field.
fn insert(
    asking: Asking,
    at: String,
    label: &str,
    value: Memo<String>,
    choices: Vec<FieldChoice>,
) -> impl IntoView + use<> {
    let picked = move |event: web_sys::Event| {
        let chosen = event_target_value(&event);
        // A select has the value that an input has.
        let select: HtmlInputElement = event_target(&event);
        let _ = js_sys::Reflect::set(&select, &"selectedIndex".into(), &0.into());
        if !chosen.is_empty() {
            let text = format!("{}{chosen}", value.get_untracked());
            asking.fill.run((at.clone(), text));
        }
    };
    let choices = choices.into_iter().map(|choice| {
        view! { <option value=choice.value disabled=choice.disabled>{choice.label}</option> }
    });
    view! {
        <select class="insert" aria-label=words::insert(label) title=words::INSERT on:change=picked>
            <option value="">"#{ }"</option>
            {choices.collect_view()}
        </select>
    }
}

/// What is wrong, in the service's words, and what puts it right; advice is told apart.
pub(super) fn findings(asking: Asking, all: Vec<(bool, FindingView)>) -> impl IntoView {
    let rows = all.into_iter().map(|(advice, one)| {
        let remedies = one.remedies.into_iter().map(|press| {
            view! { <button type="button" class="button small" on:click=move |_| asking.change.run(press.change.clone())>{press.label}</button> }
        });
        let remedies = remedies.collect_view();
        let remedies = (!remedies.is_empty()).then(|| view! { <div class="remedies">{remedies}</div> });
        let (class, icon) = if advice {
            ("finding advice", "#i-info")
        } else {
            ("finding state fail", "#i-failed")
        };
        let word = advice.then(|| view! { <b>{words::ADVICE}" "</b> });
        view! { <div><p class=class title=one.error>{symbol(icon)}<span>{word}{one.message}</span></p>{remedies}</div> }
    });
    rows.collect_view()
}
