//! The form of one operation: its fields, its input as text and as a call of three clients, and what was answered.

use leptos::{html, prelude::*};

use super::{part, tell};
use crate::page::components::context::Page;
use crate::page::components::copy::copy;
use crate::page::components::form::{Asking, entries};
use crate::page::components::icon::symbol;
use crate::page::components::{dom, soon};
use crate::page::operate::OperateCommand;
use crate::page::view::AnswerView;
use crate::page::words::{facts, operate as words};

/// How the input is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
    Json,
    Cli,
    Boto3,
    JavaScript,
}

const WRITTEN: [(Written, &str); 4] = [
    (Written::Json, words::JSON),
    (Written::Cli, facts::CLI),
    (Written::Boto3, facts::BOTO3),
    (Written::JavaScript, facts::JAVASCRIPT),
];

pub(super) fn form(page: Page) -> impl IntoView {
    let summary = part(page, |form| form.summary).get_untracked();
    let name = part(page, |form| form.name).get_untracked();
    let items = part(page, |form| form.items.clone());
    let broken = part(page, |form| form.broken.is_some());
    let outlook = part(page, |form| form.outlook.clone());
    let changed = part(page, |form| form.changed);
    let ready = part(page, |form| form.ready);
    let answer = part(page, |form| form.answer.clone());
    let asking = Asking {
        prefix: "input",
        fill: Callback::new(move |(at, text)| tell(page, OperateCommand::Fill { at, text })),
        change: Callback::new(move |change| tell(page, OperateCommand::Change(change))),
        fold: Callback::new(move |at| tell(page, OperateCommand::Fold(at))),
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        tell(page, OperateCommand::Send);
    };
    let nothing = items.with_untracked(Vec::is_empty);
    // Whoever has chosen it in the list is in the dialog already, and what was pressed there is gone.
    let fields: NodeRef<html::Section> = NodeRef::new();
    fields.on_load(|_| {
        soon::next_frame(|| {
            let first = dom::first(".operate .fields :is(input, select, textarea)")
                .or_else(|| dom::first(".operate .send"));
            if let Some(first) = first {
                dom::focus(&first);
            }
        });
    });
    view! {
        <form class="operate-form" novalidate=true on:submit=submit>
            <header>
                <button type="button" class="button quiet small back" on:click=move |_| tell(page, OperateCommand::List)>{symbol("#i-back")}{words::TITLE}</button>
                <h2>{name}</h2>
                <button type="button" class="button quiet square" aria-label=words::CLOSE
                    on:click=move |_| tell(page, OperateCommand::Close)>{symbol("#i-close")}</button>
            </header>
            <div class="operate-body">
                <section class="fields" aria-label=words::FIELDS node_ref=fields inert=broken>
                    <p class="help summary">{summary}</p>
                    {nothing.then(|| view! { <p class="help">{words::NO_INPUT}</p> })}
                    {entries(asking, items)}
                </section>
                <section class="written" aria-label=words::CALL>{written(page)}</section>
                <section class="answered" aria-label=words::ANSWER role="status">
                    {move || match answer.get() {
                        Some(answer) => answered(page, answer).into_any(),
                        None => view! { <p class="help">{words::NO_ANSWER_YET}</p> }.into_any(),
                    }}
                </section>
            </div>
            <footer>
                <button type="submit" class="button filled send" disabled=move || !ready.get()>{words::SEND}</button>
                <button type="button" class="button quiet" disabled=move || !changed.get()
                    on:click=move |_| tell(page, OperateCommand::Reset)>{words::RESET}</button>
                <p class="outlook" role="status">{outlook}</p>
            </footer>
        </form>
    }
}

/// The input as text, to be changed; or as a call, to be copied.
fn written(page: Page) -> impl IntoView {
    let text = part(page, |form| form.text.clone());
    let broken = part(page, |form| form.broken.clone());
    let call = part(page, |form| Some(form.call.clone()));
    let chosen = RwSignal::new(Written::Json);
    let choices = WRITTEN.into_iter().map(move |(one, label)| {
        view! {
            <label><input type="radio" name="written" prop:checked=move || chosen.get() == one on:change=move |_| chosen.set(one)/><span>{label}</span></label>
        }
    });
    let body = move || {
        match chosen.get() {
        Written::Json => view! {
            <textarea class="json" spellcheck="false" autocomplete="off" autocapitalize="off" aria-label=words::JSON_LABEL
                aria-invalid=move || broken.with(Option::is_some).then_some("true") aria-describedby="operate-broken"
                prop:value=move || text.get() on:input=move |event| tell(page, OperateCommand::Json(event_target_value(&event)))></textarea>
            <p class="problem" id="operate-broken" role="status">
                {move || broken.get().map(|said| view! { <span class="state fail">{symbol("#i-failed")}<span>{said}</span></span> })}
            </p>
        }
        .into_any(),
        other => view! {
            <pre tabindex="0">{move || call.get().map(|call| match other {
                Written::Cli => call.cli,
                Written::Boto3 => call.boto3,
                _ => call.javascript,
            })}</pre>
        }
        .into_any(),
    }
    };
    let copied = move || {
        let text = match chosen.get() {
            Written::Json => text.get(),
            other => call.get().map_or_else(String::new, |call| match other {
                Written::Cli => call.cli,
                Written::Boto3 => call.boto3,
                _ => call.javascript,
            }),
        };
        copy(text)
    };
    view! {
        <div class="titled">
            <fieldset class="clients"><legend class="aside">{facts::CLIENT}</legend><div class="segments">{choices.collect_view()}</div></fieldset>
            {copied}
        </div>
        {body}
    }
}

/// What came of the call.
fn answered(page: Page, answer: AnswerView) -> impl IntoView {
    let AnswerView {
        error,
        title,
        text,
        next,
    } = answer;
    let said = match error {
        Some(name) => view! {
            <p class="refusal state fail">{symbol("#i-failed")}<span><b>{name}</b>" "{text}</span></p>
        }
        .into_any(),
        None => view! { <pre tabindex="0">{text.clone()}</pre><p class="actions">
            {next.then(|| view! {
                <button type="button" class="button small" on:click=move |_| tell(page, OperateCommand::NextPage)>{words::NEXT_PAGE}</button>
            })}
            {copy(text)}
        </p> }
        .into_any(),
    };
    view! { <h3>{title}</h3>{said} }
}
