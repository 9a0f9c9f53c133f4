//! The line of the draft: stages as blocks, plus signs between them, actions as tiles with a place beside each for one
//! more, and the artifacts under it. One tab stop; arrows move over whatever carries `data-draft`. What is dragged can
//! be dropped on every plus sign.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use web_sys::DragEvent;

use super::Editor;
use super::adding::Adding;
use crate::page::components::context::element;
use crate::page::components::dom;
use crate::page::components::icon::symbol;
use crate::page::components::memo::Memo;
use crate::page::edit::{Change, Chosen, EditCommand, Move, Slot};
use crate::page::view::{BusRow, DraftColumn, DraftStage, DraftTile};
use crate::page::words::edit as words;

pub(super) fn line(editor: Editor) -> impl IntoView {
    let stages = editor.part(|edit| Arc::new(edit.stages.clone()));
    let tile = editor.part(|edit| edit.tile);
    let list: NodeRef<html::Ol> = NodeRef::new();
    Effect::new(move || {
        let width = tile.get();
        if let Some(list) = list.get() {
            dom::property(&list, "--tile", &format!("{width}rem"));
        }
    });
    super::keys::follow(editor, list);
    let broken = editor.part(|edit| edit.broken.is_some());
    let numbered = move || -> Vec<(usize, DraftStage)> {
        stages.with(|stages| stages.iter().cloned().enumerate().collect())
    };
    let dragging = move || editor.dragged.with(Option::is_some);
    view! {
        <section class="draft-picture" aria-label=words::LINE inert=broken
            on:click=move |event| unchoose(editor, &event)>
            <ol class="draft-line" node_ref=list class:dragging=dragging
                on:focusin=move |event| keys_are_at(editor, &event)>
                <li class="plus first">{plus_stage(editor, 0, words::ADD_FIRST.to_owned())}</li>
                <For
                    each=numbered
                    key=|(number, _)| *number
                    children=move |(number, first)| {
                        let stage = element(first, move || stages.with(|stages| stages.get(number).cloned()));
                        let name = Memo::new(move |_| stage.with(|stage| stage.name.clone()));
                        view! {
                            <li class="draft-leg">{move || block(editor, number, stage.get())}</li>
                            <li class="plus">{move || plus_stage(editor, number + 1, words::add_stage(&name.get()))}</li>
                        }
                    }/>
            </ol>
            {bus(editor)}
        </section>
    }
}

/// A press on the paper chooses the pipeline itself.
fn unchoose(editor: Editor, event: &web_sys::MouseEvent) {
    let target: web_sys::Element = event_target(event);
    let on_something = target
        .closest("button, .draft-stage")
        .ok()
        .flatten()
        .is_some();
    if !on_something {
        editor.tell(EditCommand::Choose(Chosen::Pipeline));
    }
}

fn keys_are_at(editor: Editor, event: &web_sys::FocusEvent) {
    let target: web_sys::Element = event_target(event);
    if let Some(spot) = target.get_attribute("data-draft") {
        editor.spot.set(Some(spot));
    }
}

/// 0 for the one place of the line that Tab reaches, -1 for all others.
fn tab_index(editor: Editor, spot: String) -> impl Fn() -> &'static str + Send + Sync {
    move || {
        let here = match editor.spot.get() {
            Some(here) => here == spot,
            None => match editor.chosen.get() {
                Chosen::Pipeline => spot == "/stages/0",
                other => other.pointer() == spot,
            },
        };
        if here { "0" } else { "-1" }
    }
}

/// Where something dragged can be let go.
fn is_target(editor: Editor, event: &DragEvent, takes: impl Fn(Chosen) -> bool) {
    if editor
        .dragged
        .with_untracked(|dragged| dragged.is_some_and(takes))
    {
        event.prevent_default();
    }
}

fn plus_stage(editor: Editor, at: usize, label: String) -> impl IntoView {
    let spot = format!("plus {at}");
    let asked = label.clone();
    let drop = move |event: DragEvent| {
        event.prevent_default();
        if let Some(Chosen::Stage(from)) = editor.dragged.get_untracked() {
            let to = if from < at { at - 1 } else { at };
            editor.change(Change::MoveStage { from, to });
        }
        editor.dragged.set(None);
    };
    view! {
        <button type="button" class="plus-button" aria-label=label.clone() title=label data-draft=spot.clone()
            tabindex=tab_index(editor, spot)
            on:dragover=move |event| is_target(editor, &event, |one| matches!(one, Chosen::Stage(_))) on:drop=drop
            on:click=move |_| editor.adding.set(Some(Adding { label: asked.clone(), stage: at, action: None }))>{symbol("#i-plus")}</button>
    }
}

/// A place for one action more in a stage that has some, by press or by drop.
fn plus_action(
    editor: Editor,
    (stage, actions): (usize, usize),
    slot: Slot,
    label: String,
    words: Option<&'static str>,
) -> impl IntoView {
    let asked = Adding {
        label: label.clone(),
        stage,
        action: Some((slot, actions)),
    };
    let class = if words.is_some() {
        "add-action"
    } else {
        "add-action after"
    };
    let spot = format!("add {stage} {slot:?}");
    let drop = move |event: DragEvent| {
        event.prevent_default();
        if let Some(Chosen::Action(from, action)) = editor.dragged.get_untracked() {
            editor.change(Change::MoveAction {
                stage: from,
                action,
                to: Move::To(stage, slot),
            });
        }
        editor.dragged.set(None);
    };
    view! {
        <button type="button" class=class aria-label=label.clone() title=label data-draft=spot.clone()
            tabindex=tab_index(editor, spot)
            on:dragover=move |event| is_target(editor, &event, |one| matches!(one, Chosen::Action(..))) on:drop=drop
            on:click=move |_| editor.adding.set(Some(asked.clone()))>{symbol("#i-plus")}{words}</button>
    }
}

fn block(editor: Editor, number: usize, stage: DraftStage) -> impl IntoView {
    let here = Chosen::Stage(number);
    let pressed = move || {
        if editor.chosen.get() == here {
            "true"
        } else {
            "false"
        }
    };
    let DraftStage {
        name,
        note,
        label,
        problem,
        columns,
    } = stage;
    let last = columns.last().map_or(0, |column| column.run_order);
    let actions = columns.iter().map(|column| column.tiles.len()).sum();
    let is_bad = problem.is_some();
    let says = match problem {
        Some(problem) => view! { <span class="says state fail">{symbol("#i-failed")}<span class="word">{problem}</span></span> }.into_any(),
        None => view! { <span class="says">{note}</span> }.into_any(),
    };
    let shown = name.clone();
    let stage_name = name.clone();
    let columns = columns
        .into_iter()
        .map(move |one| column(editor, (number, actions), &stage_name, one))
        .collect_view();
    view! {
        <section class="draft-stage" class:bad=is_bad>
            <button type="button" class="draft-head" aria-pressed=pressed aria-label=label data-draft=here.pointer()
                tabindex=tab_index(editor, here.pointer()) draggable="true"
                on:dragstart=move |event| lift(editor, here, &event) on:dragend=move |_| editor.dragged.set(None)
                on:click=move |_| editor.choose(here)>
                <svg class="grip" viewBox="0 0 12 20" aria-hidden="true"><path d="M3 4h.01M9 4h.01M3 10h.01M9 10h.01M3 16h.01M9 16h.01"/></svg>
                <span class="title"><span class="name">{shown}</span>" "{says}</span>
            </button>
            <div class="draft-columns">
                {columns}
                {plus_action(editor, (number, actions), Slot::After(last), words::add_after(&name), None)}
            </div>
        </section>
    }
}

fn lift(editor: Editor, what: Chosen, event: &DragEvent) {
    // Some browsers drag nothing that carries nothing.
    if let Some(transfer) = event.data_transfer() {
        let _ = transfer.set_data("text/plain", &what.pointer());
    }
    editor.dragged.set(Some(what));
}

fn column(
    editor: Editor,
    (stage, actions): (usize, usize),
    name: &str,
    column: DraftColumn,
) -> impl IntoView + use<> {
    let DraftColumn { run_order, tiles } = column;
    let label = words::add_parallel(name, run_order);
    let tiles = tiles
        .into_iter()
        .map(move |one| view! { <li>{tile(editor, stage, one)}</li> });
    view! {
        <div class="draft-column">
            <span class="caption">{words::run_order(run_order)}</span>
            <ol>
                {tiles.collect_view()}
                <li>{plus_action(editor, (stage, actions), Slot::With(run_order), label, Some(words::PARALLEL))}</li>
            </ol>
        </div>
    }
}

fn tile(editor: Editor, stage: usize, tile: DraftTile) -> impl IntoView {
    let here = Chosen::Action(stage, tile.place);
    let pressed = move || {
        if editor.chosen.get() == here {
            "true"
        } else {
            "false"
        }
    };
    let is_bad = tile.problem.is_some();
    let last = match tile.problem {
        Some(problem) => view! { <span class="io state fail">{symbol("#i-failed")}<span class="word">{problem}</span></span> }.into_any(),
        None => view! { <span class="io">{symbol("#i-artifact")}<span class="word">{tile.artifacts}</span></span> }.into_any(),
    };
    view! {
        <button type="button" class="draft-tile" class:bad=is_bad aria-pressed=pressed aria-label=tile.label
            data-draft=here.pointer() tabindex=tab_index(editor, here.pointer()) draggable="true"
            on:dragstart=move |event| lift(editor, here, &event) on:dragend=move |_| editor.dragged.set(None)
            on:click=move |_| editor.choose(here)>
            <span class="name">{tile.name}</span>" "
            <span class="provider">{tile.provider}</span>" "
            {last}
        </button>
    }
}

/// Units between two rows of the bus.
const ROW: f64 = 24.0;
/// Units above the first one.
const TOP: f64 = 20.0;
/// Units that a label may take left of its row.
const LABEL: f64 = 12.0;

fn bus(editor: Editor) -> impl IntoView {
    let bus = editor.part(|edit| edit.bus.clone());
    move || {
        let bus = bus.get();
        let height = TOP + ROW * (bus.rows.len() as f64);
        let rows = bus.rows.into_iter().enumerate();
        let rows = rows
            .map(|(index, row)| bus_row(TOP + ROW * (index as f64), row))
            .collect_view();
        view! {
            <svg class="draft-bus" role="img" aria-label=bus.label viewBox=format!("0 0 {} {height}", bus.width)
                width=format!("{}rem", bus.width / 16.0) height=format!("{}rem", height / 16.0)>{rows}</svg>
        }
    }
}

fn bus_row(y: f64, row: BusRow) -> impl IntoView {
    let least = row.to.iter().copied().fold(f64::INFINITY, f64::min);
    let most = row.to.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let begins = row.from.unwrap_or(least - 60.0);
    let ends = if row.to.is_empty() {
        begins + 24.0
    } else {
        most
    };
    let class = match (row.from.is_some(), row.to.is_empty(), row.chosen) {
        (false, _, _) => "row bad",
        (true, true, _) => "row unused",
        (true, false, true) => "row chosen",
        (true, false, false) => "row",
    };
    let maker = row
        .from
        .map(|x| view! { <circle class="maker" cx=x cy=y r="5"/> });
    let readers = row
        .to
        .into_iter()
        .map(|x| view! { <circle class="reader" cx=x cy=y r="5"/> });
    view! {
        <g class=class>
            <path d=format!("M{begins} {y}H{ends}")/>
            {maker}{readers.collect_view()}
            <text x=begins - LABEL y=y + 4.0>{row.label}</text>
        </g>
    }
}
