//! The bay in front of a stage: who waits there, who left it without entering, and what a closed gate says.

use leptos::prelude::*;

use super::context::{Callout, Page, spot};
use super::memo::Memo;
use super::token::{Size, token};
use crate::page::view::{GhostView, Selection, StageView, Token, WaitingView};
use crate::page::words::{picture as words, roster};

/// How many of a queue hang under its head; the rest is told by the roster.
const HANGING: usize = 4;

/// The bay of a stage.
pub(super) fn bay(page: Page, stage: Memo<StageView>, first: bool) -> impl IntoView {
    let inside = Memo::new(move |_| {
        stage.with(|stage| Inside {
            waiting: stage
                .waiting
                .iter()
                .take(1 + HANGING)
                .map(Waits::of)
                .collect(),
            ghosts: stage.ghosts.clone(),
            note: (!stage.gate.open && !stage.gate.note.is_empty())
                .then(|| stage.gate.note.clone()),
        })
    });
    move || drawn(page, inside.get(), first)
}

/// Somebody who waits. Which answer there is to "why?" does not matter here: it counts seconds.
#[derive(Clone, PartialEq)]
struct Waits {
    token: Token,
    line: String,
    answers: bool,
}

impl Waits {
    fn of(waiting: &WaitingView) -> Self {
        Self {
            token: waiting.token.clone(),
            line: waiting.line.clone(),
            answers: waiting.why.is_some(),
        }
    }
}

/// What is drawn of it.
#[derive(Clone, PartialEq)]
struct Inside {
    waiting: Vec<Waits>,
    ghosts: Vec<GhostView>,
    note: Option<String>,
}

fn drawn(page: Page, inside: Inside, first: bool) -> impl IntoView {
    let mut waiting = inside.waiting.into_iter();
    let head = waiting.next();
    let behind: Vec<_> = waiting.collect();
    let note = inside.note.map(|note| view! { <p class="note">{note}</p> });
    let class = if first { "bay first" } else { "bay" };
    let (sign, caption) = head
        .map(|head| (head_sign(page, &head), head_caption(page, head)))
        .unzip();
    view! {
        <div class=class>
            <div class="rail">{sign}</div>
            {caption}
            {(!behind.is_empty()).then(|| view! {
                <ol class="queue">{behind.into_iter().map(|waiting| queued(page, waiting)).collect_view()}</ol>
            })}
            {note}
            {inside.ghosts.iter().map(|ghost_view| ghost(page, ghost_view)).collect_view()}
        </div>
    }
}

/// The head of the line as a sign that can be pressed.
fn head_sign(page: Page, waiting: &Waits) -> impl IntoView + use<> {
    let Waits {
        token: sign, line, ..
    } = waiting;
    let id = sign.execution.clone();
    let place = id.clone();
    let pressed = page.selected_execution();
    let here = spot::waiting(&id);
    let stop = here.clone();
    let compared = id.clone();
    view! {
        <button type="button" class="slot" data-spot=here data-execution=place
            tabindex=move || super::picture::tab_index(page, &stop)
            aria-label=words::execution(&sign.letter, &sign.short, line)
            aria-pressed=move || if pressed.get().as_deref() == Some(compared.as_str()) { "true" } else { "false" }
            on:click=move |_| page.select(Selection::Execution(id.clone()))>
            {token(sign, Size::Full)}
        </button>
    }
}

/// What stands under the head.
fn head_caption(page: Page, waiting: Waits) -> impl IntoView {
    let Waits {
        token: sign,
        line,
        answers,
    } = waiting;
    let why = answers.then(|| {
        let id = sign.execution.clone();
        view! {
            <button type="button" class="why-link" tabindex="-1" aria-label=roster::why(&sign.letter) aria-haspopup="dialog"
                on:click=move |_| page.open(Callout::Execution(id.clone()))>{roster::WHY}</button>
        }
    });
    view! { <p class="caption"><b class="id">{sign.short}</b><span class="says">{line}</span>{why}</p> }
}

/// Somebody behind the head.
fn queued(page: Page, waiting: Waits) -> impl IntoView {
    let Waits {
        token: sign, line, ..
    } = waiting;
    let id = sign.execution.clone();
    let here = spot::waiting(&id);
    let stop = here.clone();
    view! {
        <li>
            <button type="button" class="queued" data-spot=here data-execution=id.clone()
                tabindex=move || super::picture::tab_index(page, &stop)
                aria-label=words::execution(&sign.letter, &sign.short, &line)
                on:click=move |_| page.select(Selection::Execution(id.clone()))>
                {token(&sign, Size::Medium)}" "<span class="id">{sign.short.clone()}</span>
            </button>
            <span class="says">{line}</span>
        </li>
    }
}

/// Somebody who left without entering.
fn ghost(page: Page, ghost: &GhostView) -> impl IntoView + use<> {
    let id = ghost.token.execution.clone();
    view! {
        <button type="button" class="ghost-note" tabindex="-1"
            aria-label=words::gone(&ghost.token.letter, &ghost.line)
            on:click=move |_| page.select(Selection::Execution(id.clone()))>
            {token(&ghost.token, Size::Medium)}" "<span class="says">{ghost.line.clone()}</span>
        </button>
    }
}
