//! The details of the selected thing: what it is, its state in the page's word and in the API's, its values, an
//! execution's way, an action's behaviour, and the whole as the API answers it.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::approval::{Asked, answer};
use super::context::{Callout, Page};
use super::copy::copy;
use super::dom;
use super::drive::offers;
use super::icon::{state, symbol};
use super::sections::sections;
use super::token::{Size, token};
use crate::page::command::Command;
use crate::page::components::memo::Memo;
use crate::page::state::details::DetailsCommand;
use crate::page::view::{
    BehaviourView, DetailsTab, DetailsView, Outcome, PathRow, Role, Selection,
};
use crate::page::words::{behaviour as outcomes, details as words, roster};

/// Every tab; those that the selected thing lacks are hidden, so that the others keep their places and the focus.
const TABS: [DetailsTab; 5] = [
    DetailsTab::Overview,
    DetailsTab::History,
    DetailsTab::Variables,
    DetailsTab::Artifacts,
    DetailsTab::Json,
];

/// The panel of the tab in front.
pub(super) const CONTENT: &str = ".details > .content";

/// The panel.
pub(super) fn details(page: Page) -> impl IntoView {
    let front = part(page, |details| details.tab);
    let body = move || match front.get() {
        None => view! { <p class="empty">{words::EMPTY}</p> }.into_any(),
        Some(DetailsTab::Overview) => overview(page).into_any(),
        Some(DetailsTab::Json) => {
            let answer = part(page, |details| {
                (details.json_call.clone(), details.json.clone())
            });
            (move || answer.get().map(|(call, text)| json(call, text))).into_any()
        }
        Some(DetailsTab::History | DetailsTab::Variables | DetailsTab::Artifacts) => {
            let head = head(page);
            view! {
                {move || head.get().map(|details| subject(page, details))}
                {sections(page)}
            }
            .into_any()
        }
    };
    // Another subject or tab begins at its top.
    let about = part(page, |details| (details.selection.clone(), details.tab));
    Effect::new(move || {
        if about.get().is_some()
            && let Some(content) = dom::first(CONTENT)
        {
            content.set_scroll_top(0);
        }
    });
    let there = part(page, |details| details.tabs.clone());
    let tabs = TABS.map(|tab| {
        let current = move || front.get().unwrap_or_default() == tab;
        let hidden = move || !there.get().unwrap_or_default().contains(&tab);
        view! {
            <button type="button" role="tab" hidden=hidden aria-selected=move || if current() { "true" } else { "false" }
                tabindex=move || if current() { "0" } else { "-1" } on:click=move |_| show(page, tab)>{words::tab(tab)}</button>
        }
    });
    view! {
        <section class="pane details" aria-label=words::TITLE>
            <header>
                <div class="tab-list" role="tablist" aria-label=words::TITLE on:keydown=move |event| turn(page, &event)>{tabs}</div>
            </header>
            <div class="content" role="tabpanel" tabindex="0" aria-label=move || words::tab(front.get().unwrap_or_default())>{body}</div>
        </section>
    }
}

fn show(page: Page, tab: DetailsTab) {
    page.perform(Command::Details(DetailsCommand::Tab(tab)));
}

/// Left, right, Home and End change the tab; the focus goes along.
fn turn(page: Page, event: &KeyboardEvent) {
    let details = page.view.with_untracked(|view| {
        let details = view.details.as_ref()?;
        Some((details.tabs.clone(), details.tab))
    });
    let Some((tabs, front)) = details else { return };
    let place = tabs.iter().position(|tab| *tab == front).unwrap_or(0);
    let to = match event.key().as_str() {
        "ArrowLeft" => place.checked_sub(1).unwrap_or(tabs.len().saturating_sub(1)),
        "ArrowRight" if place + 1 < tabs.len() => place + 1,
        "ArrowRight" | "Home" => 0,
        "End" => tabs.len().saturating_sub(1),
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    if let Some(tab) = tabs.get(to) {
        show(page, *tab);
    }
    super::soon::next_frame(|| {
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

/// A part of the details that redraws alone: while the clock runs the spans change, and nobody may lose the focus or what
/// they have unfolded because of that.
fn part<T>(page: Page, pick: impl Fn(&DetailsView) -> T + Send + Sync + 'static) -> Memo<Option<T>>
where
    T: PartialEq + Send + Sync + 'static,
{
    page.part(move |view| view.details.as_ref().map(&pick))
}

/// What the details are about, without what stands in other parts.
fn head(page: Page) -> Memo<Option<DetailsView>> {
    part(page, |details| DetailsView {
        offers: vec![],
        behaviour: None,
        approval: None,
        rows: vec![],
        json: String::new(),
        sections: vec![],
        ..details.clone()
    })
}

fn overview(page: Page) -> impl IntoView {
    let head = head(page);
    let can = part(page, |details| details.offers.clone());
    let asked = asked(page);
    let behaves = part(page, |details| details.behaviour.clone());
    let rows = part(page, |details| details.rows.clone());
    let values = move || {
        let rows = rows.get().unwrap_or_default().into_iter().map(|row| {
            let class = if row.mono { "mono" } else { "" };
            view! { <dt>{row.label}</dt><dd class=class>{row.value}</dd> }
        });
        view! { <dl class="values">{rows.collect_view()}</dl> }
    };
    view! {
        {move || head.get().map(|details| subject(page, details))}
        {move || can.get().map(|can| offers(page, can))}
        {move || asked.get().map(|asked| answer(page, asked))}
        {move || behaves.get().flatten().map(|held| behaviour(page, held))}
        {values}
        {move || head.get().map(|details| way(page, details))}
    }
}

/// The approval that is asked about. One that ends while somebody writes to it stays as long as its subject is selected.
fn asked(page: Page) -> Memo<Option<Asked>> {
    let subject = part(page, |details| details.selection.clone());
    let asked = part(page, |details| {
        details
            .approval
            .as_ref()
            .map(|(stage, action, approval)| Asked {
                stage: stage.clone(),
                action: action.clone(),
                token: approval.token.clone(),
            })
    });
    let kept = Memo::new(move |last: Option<&(Option<Selection>, Option<Asked>)>| {
        let subject = subject.get();
        let written = |asked: &Asked| {
            page.comments.with_untracked(|comments| {
                comments
                    .get(&asked.token)
                    .is_some_and(|text| !text.is_empty())
            })
        };
        let now = asked.get().flatten().or_else(|| {
            let (before, asked) = last?;
            asked
                .clone()
                .filter(|asked| *before == subject && written(asked))
        });
        (subject, now)
    });
    Memo::new(move |_| kept.with(|(_, asked)| asked.clone()))
}

/// The reason stands beside the stage it is about; without a way it stands beside the state.
fn reason_at(details: &DetailsView) -> Option<usize> {
    details
        .path
        .iter()
        .rposition(|row| !matches!(row.state.role, Role::Ok | Role::Gone))
}

fn subject(page: Page, details: DetailsView) -> impl IntoView {
    let why = details
        .why
        .as_ref()
        .filter(|_| reason_at(&details).is_none())
        .map(|_| why_link(page, &details));
    view! {
        <div class="subject">
            {details.token.as_ref().map(|sign| token(sign, Size::Full))}
            <div>
                <h2>{details.title}" "<span class="id">{details.id}</span></h2>
                <p class="states">{details.state.as_ref().map(state)}<span class="api-word">{details.api_word}</span>{why}</p>
            </div>
        </div>
    }
}

fn way(page: Page, details: DetailsView) -> impl IntoView {
    let at = reason_at(&details);
    let why = details
        .why
        .as_ref()
        .filter(|_| at.is_some())
        .map(|_| why_link(page, &details));
    path(details.path, at, why)
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
