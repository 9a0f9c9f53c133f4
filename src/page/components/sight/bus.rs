//! Where artifacts and variables go, under the line: a row each, a filled dot where it is made, hollow ones where it is
//! read. While an action is pointed at, only its rows stay ink. Where the line runs down the same stands as sentences.

use leptos::prelude::*;

use super::super::context::Page;
use super::Placed;
use crate::page::view::{FlowRow, FlowView};

/// Units between two rows.
const ROW: f64 = 24.0;
/// Units above the first one.
const TOP: f64 = 20.0;
/// Units that a label may take left of its row.
const LABEL: f64 = 12.0;
/// A row that nobody reads is so long.
const STUB: f64 = 24.0;

/// Everything that flows, as far as it is asked for.
pub(in super::super) fn bus(page: Page) -> impl IntoView {
    let flows = page.part(|view| {
        let flows = view.pipeline.iter().flat_map(|pipeline| &pipeline.flows);
        flows.cloned().collect::<Vec<_>>()
    });
    let placed = page.sight.placed;
    move || {
        let flows = flows.get();
        (!flows.is_empty()).then(|| {
            placed.with(|placed| {
                let flows = flows.into_iter().map(|flow| one(page, placed, flow));
                flows.collect_view()
            })
        })
    }
}

fn one(page: Page, placed: &Placed, flow: FlowView) -> impl IntoView + use<> {
    let width = placed.line.width();
    let height = TOP + ROW * (flow.rows.len() as f64);
    let none = flow.rows.is_empty().then(|| view! { <p>{flow.empty}</p> });
    let said = flow
        .rows
        .iter()
        .map(|row| view! { <li>{row.said.clone()}</li> });
    let said = said.collect_view();
    let rows = flow.rows.into_iter().enumerate();
    let rows = rows.map(|(index, row)| drawn(page, placed, TOP + ROW * (index as f64), row));
    let label = flow.title.clone();
    view! {
        <section class="bus" aria-label=label>
            <h2>{flow.title}</h2>
            {none}
            <ul class="bus-said">{said}</ul>
            <svg aria-hidden="true" viewBox=format!("0 0 {width} {height}") width=format!("{}rem", width / 16.0)
                height=format!("{}rem", height / 16.0)>{rows.collect_view()}</svg>
        </section>
    }
}

fn drawn(page: Page, placed: &Placed, y: f64, row: FlowRow) -> impl IntoView + use<> {
    let at = |place: &crate::page::view::FlowPlace| {
        let shape = placed.shapes.get(place.stage).cloned().unwrap_or_default();
        let middle = placed
            .line
            .middle(placed.look, place.stage, place.column, &shape);
        (middle, place.action.clone())
    };
    let from = row.from.as_ref().map(at);
    let to: Vec<(f64, String)> = row.to.iter().map(at).collect();
    let all = || from.iter().chain(&to).map(|(x, _)| *x);
    let least = all().fold(f64::INFINITY, f64::min);
    let most = all().fold(0.0, f64::max);
    let begins = match &from {
        Some((x, _)) => x.min(least),
        None => (least - 60.0).max(LABEL),
    };
    let ends = if to.is_empty() { begins + STUB } else { most };
    let class = match (row.missing, to.is_empty()) {
        (true, _) => "bus-row bad",
        (false, true) => "bus-row unused",
        (false, false) => "bus-row",
    };
    let actions: Vec<String> = from
        .iter()
        .chain(&to)
        .map(|(_, action)| action.clone())
        .collect();
    let pointed = page.sight.pointed;
    let dim =
        move || pointed.with(|pointed| pointed.as_ref().is_some_and(|one| !actions.contains(one)));
    let maker = from.map(|(x, _)| view! { <circle class="maker" cx=x cy=y r="5"/> });
    let readers = to
        .into_iter()
        .map(|(x, _)| view! { <circle class="reader" cx=x cy=y r="5"/> });
    // A label that has no room left of its row stands over it.
    let over = begins < 120.0;
    let (x, up) = if over {
        (begins + 8.0, y - 8.0)
    } else {
        (begins - LABEL, y + 4.0)
    };
    view! {
        <g class=class class:dim=dim class:over=over>
            <path d=format!("M{begins} {y}H{ends}")/>
            {maker}{readers.collect_view()}
            <text x=x y=up>{row.label}</text>
        </g>
    }
}
