//! The page's view: a world goes in, the words and signs of the screen come out.

mod begin;
mod details;
mod driving;
mod fact_list;
mod facts;
mod jobs;
mod modes;
mod palette;
mod pictures;
mod refused_calls;
mod story;
mod timeline;
mod trouble;

use codepipeline_simulator::{
    api::calls::Calls,
    page::{
        state::{ClockState, StorageInfo, StorageState, Ui},
        view::{
            ActionView, ChainPart, PageView, PipelineView, Selection, StageView, WhyView, build,
        },
    },
};

use crate::bench::Bench;

fn kept(facts: u64) -> StorageInfo {
    StorageInfo {
        world: "Superseded while waiting".into(),
        facts,
        state: StorageState::Saved,
    }
}

/// The page of a world with this selected.
fn selected(bench: &Bench, selection: Selection) -> PageView {
    let ui = Ui {
        selection,
        ..Ui::default()
    };
    seen(bench, &ui)
}

/// The page of a world as this tab shows it.
fn seen(bench: &Bench, ui: &Ui) -> PageView {
    let storage = kept(bench.facts.len() as u64);
    build::page(
        bench.engine.world(),
        ui,
        &ClockState {
            playing: true,
            speed: 2,
            ..ClockState::default()
        },
        &storage,
        &mut bench.facts.iter().rev(),
        &Calls::default(),
    )
}

fn page(bench: &Bench) -> PageView {
    selected(bench, Selection::Pipeline)
}

fn picture(page: &PageView) -> &PipelineView {
    page.pipeline.as_ref().expect("a pipeline is shown")
}

fn stage<'a>(page: &'a PageView, name: &str) -> &'a StageView {
    picture(page)
        .stages
        .iter()
        .find(|stage| stage.name == name)
        .expect("the stage")
}

fn tile<'a>(page: &'a PageView, of: &str, name: &str) -> &'a ActionView {
    let tiles = stage(page, of)
        .columns
        .iter()
        .flat_map(|column| &column.actions);
    tiles
        .into_iter()
        .find(|action| action.name == name)
        .expect("the action")
}

/// The roster as it reads: letter, state, line.
fn roster(page: &PageView) -> Vec<String> {
    let cells = &picture(page).roster;
    cells
        .iter()
        .map(|cell| format!("{} {} {}", cell.token.letter, cell.state.word, cell.line))
        .collect()
}

/// A headline as it reads.
fn headline(why: &WhyView) -> String {
    let parts = why.chain.iter().map(|part| match part {
        ChainPart::Token(token) => token.letter.clone(),
        ChainPart::Thing(_, text) | ChainPart::Words(text) => text.clone(),
    });
    parts.collect::<Vec<_>>().join(" ")
}

/// The answer to "why?" of an execution in the roster.
fn why<'a>(page: &'a PageView, letter: &str) -> &'a WhyView {
    let cell = picture(page)
        .roster
        .iter()
        .find(|cell| cell.token.letter == letter)
        .expect("it is in the roster");
    cell.why.as_ref().expect("it has a reason")
}
