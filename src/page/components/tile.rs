//! An action as a box: name, provider, state, whose record it is, how far it is. Dashed while it has no record,
//! tinted only while something is going on. A tile with an open approval is where the approval is answered.
//!
//! A running action moves with every drawing: its share, its word, its sentence. These have readers of their own, so that
//! the rest of the tile is left alone; a large picture has hundreds of them.

use leptos::prelude::*;

use super::context::{Page, spot};
use super::icon::state_saying;
use super::memo::Memo;
use super::token::{Size, token};
use crate::page::command::{Command, JobsCommand};
use crate::page::signs;
use crate::page::view::{ActionView, Selection, StateView};
use crate::page::words::jobs as words;

/// One action of a stage.
pub(super) fn tile(page: Page, stage: String, action: Memo<ActionView>) -> impl IntoView {
    let still = still(action);
    move || {
        let shown = still.get();
        let here = spot::action(&stage, &shown.name);
        let (of, called) = (stage.clone(), shown.name.clone());
        // With the keyboard, J leads there from the tile.
        let jobs = shown.jobs.clone().map(|count| {
            let label = words::jobs_of(&count, &shown.name);
            view! {
                <button type="button" class="tile-jobs" tabindex="-1" aria-label=label on:click=move |_| {
                    page.perform(Command::Jobs(JobsCommand::Of { stage: of.clone(), action: called.clone() }));
                }><span>{count}</span></button>
            }
        });
        let (stage, name) = (stage.clone(), shown.name.clone());
        let asks = shown.approval.is_some();
        let press = move || {
            if asks {
                page.perform(Command::AskApproval {
                    stage: stage.clone(),
                    action: name.clone(),
                });
            } else {
                page.select(Selection::Action(stage.clone(), name.clone()));
            }
        };
        (
            tile_box(page, here, None, shown, action, Box::new(press)),
            jobs,
        )
    }
}

/// A tile without what moves while it runs.
fn still(action: Memo<ActionView>) -> Memo<ActionView> {
    Memo::new(move |_| {
        let mut still = action.get();
        still.label.clear();
        still.state.word.clear();
        still.progress = still.progress.map(|_| 0);
        still
    })
}

/// The box of an action, or the round one of a check, which says who is held to it: as `shown`, with what moves as it is
/// `now`.
pub(super) fn tile_box(
    page: Page,
    here: String,
    check: Option<Option<String>>,
    shown: ActionView,
    now: Memo<ActionView>,
    press: Box<dyn Fn()>,
) -> impl IntoView {
    let stop = here.clone();
    let asks = shown.approval.is_some();
    let round = if check.is_some() { "check " } else { "" };
    let jobs = if shown.jobs.is_some() {
        " with-jobs"
    } else {
        ""
    };
    let said = |pick: fn(&ActionView) -> String| Memo::new(move |_| now.with(pick));
    let (label, word) = (
        said(|now| now.label.clone()),
        said(|now| now.state.word.clone()),
    );
    let bar = shown.progress.map(|_| {
        let width = said(|now| now.progress.unwrap_or(0).min(100).to_string());
        view! {
            <svg class="progress" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                <rect width=width height="4"/>
            </svg>
        }
    });
    let StateView { role, icon, .. } = shown.state;
    view! {
        <button type="button" class=format!("tile {round}{}{jobs}", signs::tile(shown.tile))
            data-spot=here data-execution=check.flatten()
            tabindex=move || super::picture::tab_index(page, &stop)
            aria-label=label aria-haspopup=asks.then_some("dialog")
            aria-pressed=if shown.selected { "true" } else { "false" } on:click=move |_| press()>
            <span class="name">{shown.name}</span>" "
            {shown.owner.as_ref().map(|owner| token(owner, Size::Small))}
            <span class="provider">
                <span class="text">{shown.provider}</span>" "
                {shown.behaviour.map(|mark| view! { <span class="forecast">{mark}</span> })}
            </span>" "
            {state_saying(role, icon, word)}
            {bar}
        </button>
    }
}
