//! The details of the selected thing: what it is, its state in the page's word and in the API's, its values, an
//! execution's way, an action's behaviour, and the whole as the API answers it.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::approval::answer;
use super::context::{Callout, DetailsTab, Page};
use super::copy::copy;
use super::dom;
use super::icon::{state, symbol};
use super::token::{Size, token};
use crate::page::command::Command;
use crate::page::view::{BehaviourView, DetailsView, Outcome, PathRow, Role, Selection};
use crate::page::words::{behaviour as outcomes, details as words, roster};

/// The panel.
pub(super) fn details(page: Page) -> impl IntoView {
    let details = page.part(|view| view.details.clone());
    let body = move || match (details.get(), page.details_tab.get()) {
        (None, _) => view! { <p class="empty">{words::EMPTY}</p> }.into_any(),
        (Some(details), DetailsTab::Overview) => overview(page, details).into_any(),
        (Some(details), DetailsTab::Json) => json(details.json_call, details.json).into_any(),
    };
    view! {
        <section class="pane details" aria-label=words::TITLE>
            <header>
                <div class="tab-list" role="tablist" aria-label=words::TITLE on:keydown=move |event| turn(page, &event)>
                    {tab(page, DetailsTab::Overview, words::OVERVIEW)}
                    {tab(page, DetailsTab::Json, words::JSON)}
                </div>
            </header>
            <div class="content" role="tabpanel" tabindex="0">{body}</div>
        </section>
    }
}

fn tab(page: Page, tab: DetailsTab, label: &'static str) -> impl IntoView {
    let current = move || page.details_tab.get() == tab;
    view! {
        <button type="button" role="tab" aria-selected=move || if current() { "true" } else { "false" }
            tabindex=move || if current() { "0" } else { "-1" } on:click=move |_| page.details_tab.set(tab)>{label}</button>
    }
}

/// Left and right change the tab; the focus goes along.
fn turn(page: Page, event: &KeyboardEvent) {
    if !matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight") {
        return;
    }
    event.prevent_default();
    event.stop_propagation();
    page.details_tab.update(|tab| {
        *tab = match tab {
            DetailsTab::Overview => DetailsTab::Json,
            DetailsTab::Json => DetailsTab::Overview,
        }
    });
    request_animation_frame(|| {
        use wasm_bindgen::JsCast;
        let tab = document()
            .query_selector(".details [role=tab][aria-selected=true]")
            .ok()
            .flatten();
        if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) {
            dom::focus(&tab);
        }
    });
}

fn overview(page: Page, details: DetailsView) -> impl IntoView {
    let why = details.why.as_ref().map(|_| why_link(page, &details));
    // The reason stands beside the stage it is about; without a way it stands beside the state.
    let at = details
        .path
        .iter()
        .rposition(|row| !matches!(row.state.role, Role::Ok | Role::Gone));
    let (why_in_path, why_in_head) = if at.is_some() {
        (why, None)
    } else {
        (None, why)
    };
    let rows = details.rows.into_iter().map(|row| {
        let class = if row.mono { "mono" } else { "" };
        view! { <dt>{row.label}</dt><dd class=class>{row.value}</dd> }
    });
    view! {
        <div class="subject">
            {details.token.as_ref().map(|sign| token(sign, Size::Full))}
            <div>
                <h2>{details.title}" "<span class="id">{details.id}</span></h2>
                <p class="states">{details.state.as_ref().map(state)}<span class="api-word">{details.api_word}</span>{why_in_head}</p>
            </div>
        </div>
        {details.approval.map(|(stage, action, approval)| answer(page, stage, action, approval))}
        {details.behaviour.map(|held| behaviour(page, held))}
        <dl class="values">{rows.collect_view()}</dl>
        {path(details.path, at, why_in_path)}
    }
}

fn why_link(page: Page, details: &DetailsView) -> impl IntoView + use<> {
    let about = match &details.selection {
        Selection::Execution(id) => Callout::Execution(id.clone()),
        _ => Callout::Selected,
    };
    view! {
        <button type="button" class="why-link" aria-haspopup="dialog" on:click=move |_| page.open(about.clone())>{roster::WHY}</button>
    }
}

/// An execution's way through the stages.
fn path(rows: Vec<PathRow>, at: Option<usize>, why: Option<impl IntoView>) -> impl IntoView {
    let mut why = why.map(IntoView::into_view);
    let rows: Vec<_> = rows
        .into_iter()
        .enumerate()
        .map(|(index, row)| {
            let why = if Some(index) == at { why.take() } else { None };
            let said = row.state.word.clone();
            let class = format!("state {}", crate::page::signs::role(row.state.role));
            view! {
                <li>
                    <span class=class>{super::icon::icon(row.state.icon)}<span class="word">{row.stage}</span></span>
                    <span class="aside">{said}</span>
                    <span class="span">{row.time}{why}</span>
                </li>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| view! { <ol class="way" aria-label=words::PATH>{rows}</ol> })
}

/// What an action does when its time comes, and the decision if it is held.
fn behaviour(page: Page, behaviour: BehaviourView) -> impl IntoView {
    let BehaviourView {
        stage,
        action,
        outcome,
        duration,
        held,
    } = behaviour;
    let choices = [
        (Outcome::Succeed, outcomes::SUCCEED),
        (Outcome::Fail, outcomes::FAIL),
        (Outcome::Hold, outcomes::HOLD),
        (Outcome::Hang, outcomes::HANG),
    ];
    let options: Vec<_> = choices
        .into_iter()
        .map(|(choice, label)| {
            let (stage, action) = (stage.clone(), action.clone());
            let set = move |_| page.perform(Command::SetBehaviour { stage: stage.clone(), action: action.clone(), outcome: choice });
            view! {
                <label><input type="radio" name="behaviour" prop:checked=choice == outcome on:change=set/><span>{label}</span></label>
            }
        })
        .collect();
    let note = match outcome {
        Outcome::Succeed | Outcome::Fail => duration,
        Outcome::Hold => outcomes::HOLD_NOTE.to_owned(),
        Outcome::Hang => outcomes::HANG_NOTE.to_owned(),
    };
    let decide = held.map(|id| {
        let decide = move |succeed: bool| {
            page.perform(Command::CompleteAction { action_execution: id.clone(), succeed });
        };
        let fail = decide.clone();
        view! {
            <div class="decide">
                <p class="state person">{symbol("#i-person")}{words::YOUR_TURN}</p>
                <div class="actions">
                    <button type="button" class="button inked" on:click=move |_| decide(true)>{words::LET_SUCCEED}</button>
                    <button type="button" class="button" on:click=move |_| fail(false)>{words::LET_FAIL}</button>
                </div>
            </div>
        }
    });
    view! {
        {decide}
        <fieldset class="behaviour">
            <legend>{words::BEHAVIOUR}</legend>
            <div class="segments">{options}</div>
            <p class="help">{note}</p>
        </fieldset>
    }
}

/// The answer of the API, to read and to copy.
fn json(call: String, text: String) -> impl IntoView {
    view! {
        <div class="json">
            <p><code>{call}</code>{copy(text.clone())}</p>
            <pre tabindex="0">{text}</pre>
        </div>
    }
}
