//! The jobs view: the pipeline as a strip, five stations with tickets and the two ways back, the workers, and the worker
//! that a person plays by hand. They draw a [`JobsView`](crate::page::view::JobsView) and say what the person did.
//!
//! Of its own the view holds only in which language calls are written. The details of the selected job are the page's.

mod play;
mod stations;
mod strip;
mod workers;

use leptos::{html, prelude::*};

use super::context::{Callout, Page};
use super::dom;
use super::memo::Memo;
use super::soon::Here;
use crate::page::command::{Command, JobsCommand};
use crate::page::view::{JobsView, Screen, Selection};
use crate::page::words::jobs as words;

/// A part of the view that redraws alone.
fn part<T>(page: Page, pick: impl Fn(&JobsView) -> T + Send + Sync + 'static) -> Memo<T>
where
    T: Default + PartialEq + Send + Sync + 'static,
{
    page.part(move |view| view.jobs.as_ref().map(&pick).unwrap_or_default())
}

fn tell(page: Page, command: JobsCommand) {
    page.perform(Command::Jobs(command));
}

/// The view, while it is shown.
pub(super) fn jobs(page: Page) -> impl IntoView {
    let open = page.part(|view| view.screen == Screen::Jobs);
    move || open.get().then(|| parts(page))
}

fn parts(page: Page) -> impl IntoView {
    let some = page.part(|view| view.jobs.is_some());
    let name = page.pipeline_part(|pipeline| pipeline.name.clone());
    let ground: NodeRef<html::Div> = NodeRef::new();
    let here = Here::new();
    // Whoever came by a key reads on here, as the place they came from is gone.
    ground.on_load(move |ground| {
        here.next_frame(move || {
            if dom::focused().is_none_or(|focused| focused.tag_name() == "BODY") {
                dom::focus(&ground);
            }
        });
    });
    view! {
        <main class="jobs-view" aria-label=move || words::title(&name.get().unwrap_or_default())>
            <div class="jobs" tabindex="-1" node_ref=ground>
                {move || if some.get() {
                    view! { {strip::strip(page)}{stations::stations(page)} }.into_any()
                } else {
                    empty(page).into_any()
                }}
            </div>
            {move || some.get().then(|| view! {
                <div class="jobs-desk">{workers::workers(page)}{play::play(page)}</div>
            })}
        </main>
    }
}

/// A pipeline without jobs: what a job is, and where there are some.
fn empty(page: Page) -> impl IntoView {
    view! {
        <div class="jobs-empty">
            <svg viewBox="0 0 400 56" aria-hidden="true">
                <path class="track" d="M40 28H360"/>
                <circle cx="40" cy="28" r="14"/><circle cx="120" cy="28" r="14"/><circle cx="200" cy="28" r="14"/>
                <circle cx="280" cy="28" r="14"/><circle cx="360" cy="28" r="14"/>
            </svg>
            <h2>{words::EMPTY_TITLE}</h2>
            <p>{words::EMPTY}</p>
            <p>{words::EMPTY_HOW}</p>
            <div class="actions">
                <button type="button" class="button filled" on:click=move |_| tell(page, JobsCommand::Lesson)>{words::OPEN_LESSON}</button>
                <button type="button" class="button" on:click=move |_| page.perform(Command::Show(Screen::Picture))>{words::BACK}</button>
            </div>
        </div>
    }
}

/// Selects a job and opens the answer to "why?".
pub(super) fn ask_why(page: Page, job: String) {
    page.perform(Command::Select(Selection::Job(job)));
    page.open(Callout::Selected);
}

/// Between the jobs and the picture; from the tile of an action to its jobs.
pub(super) fn toggle(page: Page, spot: Option<&str>) {
    let shown = page.view.with_untracked(|view| view.screen);
    if shown == Screen::Jobs {
        page.perform(Command::Show(Screen::Picture));
        return;
    }
    let action = spot.and_then(|spot| spot.strip_prefix("action ")?.split_once('/'));
    let has_jobs = action.filter(|(stage, action)| {
        page.view.with_untracked(|view| {
            view.pipeline
                .as_ref()
                .and_then(|pipeline| super::context::find_action(pipeline, stage, action))
                .is_some_and(|action| action.jobs.is_some())
        })
    });
    match has_jobs {
        Some((stage, action)) => tell(
            page,
            JobsCommand::Of {
                stage: stage.to_owned(),
                action: action.to_owned(),
            },
        ),
        None => page.perform(Command::Show(Screen::Jobs)),
    }
}
