//! An action as a box: name, provider, state, whose record it is, how far it is. Dashed while it has no record,
//! tinted only while something is going on. A tile with an open approval is where the approval is answered.

use leptos::prelude::*;

use super::context::{Page, spot};
use super::icon::state;
use super::token::{Size, token};
use crate::page::command::{Command, JobsCommand};
use crate::page::signs;
use crate::page::view::{ActionView, Selection};
use crate::page::words::jobs as words;

/// One action of a stage.
pub(super) fn tile(page: Page, stage: &str, action: &ActionView) -> impl IntoView + use<> {
    let here = spot::action(stage, &action.name);
    let (stage, name) = (stage.to_owned(), action.name.clone());
    let (of, called) = (stage.clone(), name.clone());
    let asks = action.approval.is_some();
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
    // With the keyboard, J leads there from the tile.
    let jobs = action.jobs.clone().map(|count| {
        let label = words::jobs_of(&count, &action.name);
        view! {
            <button type="button" class="tile-jobs" tabindex="-1" aria-label=label on:click=move |_| {
                page.perform(Command::Jobs(JobsCommand::Of { stage: of.clone(), action: called.clone() }));
            }><span>{count}</span></button>
        }
    });
    (tile_box(page, here, None, action, Box::new(press)), jobs)
}

/// The box of an action, or the round one of a check, which says who is held to it.
pub(super) fn tile_box(
    page: Page,
    here: String,
    check: Option<Option<String>>,
    action: &ActionView,
    press: Box<dyn Fn()>,
) -> impl IntoView + use<> {
    let stop = here.clone();
    let asks = action.approval.is_some();
    let round = if check.is_some() { "check " } else { "" };
    let bar = action.progress.map(|share| {
        view! {
            <svg class="progress" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                <rect width=share.min(100).to_string() height="4"/>
            </svg>
        }
    });
    view! {
        <button type="button" class=format!("tile {round}{}{}", signs::tile(action.tile), if action.jobs.is_some() { " with-jobs" } else { "" })
            data-spot=here data-execution=check.flatten()
            tabindex=move || super::picture::tab_index(page, &stop)
            aria-label=action.label.clone() aria-haspopup=asks.then_some("dialog")
            aria-pressed=if action.selected { "true" } else { "false" } on:click=move |_| press()>
            <span class="name">{action.name.clone()}</span>" "
            {action.owner.as_ref().map(|owner| token(owner, Size::Small))}
            <span class="provider">
                <span class="text">{action.provider.clone()}</span>" "
                {action.behaviour.clone().map(|mark| view! { <span class="forecast">{mark}</span> })}
            </span>" "
            {state(&action.state)}
            {bar}
        </button>
    }
}
