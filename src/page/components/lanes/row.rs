//! One execution in its lane: who it is, a sign per check and action with a line that is solid as far as it has come,
//! and how it stands.

use leptos::prelude::*;

use super::super::context::{Callout, Page, spot};
use super::super::icon::{icon, state};
use super::super::picture::tab_index;
use super::super::token::{Size, token};
use crate::page::components::memo::Memo;
use crate::page::signs;
use crate::page::view::{LaneCell, LaneRow, Pip, Selection};
use crate::page::words::roster;

/// Each part is drawn anew only where it is another than before: time passes in all lanes at once.
pub(super) fn row(page: Page, row: Memo<LaneRow>) -> impl IntoView {
    let id = row.with_untracked(|row| row.token.execution.clone());
    let who = Memo::new(move |_| {
        row.with(|row| LaneRow {
            cells: vec![],
            time: String::new(),
            why: None,
            remedy: None,
            ..row.clone()
        })
    });
    let count = Memo::new(move |_| row.with(|row| row.cells.len()));
    let cells = move || {
        let cells = (0..count.get()).map(|place| {
            let shown = Memo::new(move |_| row.with(|row| row.cells.get(place).cloned().flatten()));
            cell(page, &id, shown)
        });
        cells.collect_view()
    };
    let state = Memo::new(move |_| {
        row.with(|row| LaneRow {
            cells: vec![],
            ..row.clone()
        })
    });
    view! {
        <th scope="row" class="lane-who">{move || sign(page, who.get())}</th>
        {cells}
        <td class="lane-state">{move || standing(page, state.get())}</td>
    }
}

/// Who it is.
fn sign(page: Page, row: LaneRow) -> impl IntoView {
    let LaneRow {
        token: sign,
        of,
        version,
        label,
        selected,
        ..
    } = row;
    let id = sign.execution.clone();
    let here = spot::lane(&id);
    let stop = here.clone();
    let chosen = id.clone();
    let press = move |_| {
        page.select(if selected {
            Selection::Pipeline
        } else {
            Selection::Execution(chosen.clone())
        });
    };
    view! {
        <button type="button" class="lane-sign" data-spot=here data-execution=id tabindex=move || tab_index(page, &stop)
            aria-label=label aria-pressed=if selected { "true" } else { "false" } on:click=press>
            {token(&sign, Size::Medium)}<b class="id">{sign.short.clone()}</b><span class="of">{of}</span>
            {version.map(|version| view! { <span class="tag">{version}</span> })}
        </button>
    }
}

/// How it stands, for how long, and what can be done about it.
fn standing(page: Page, row: LaneRow) -> impl IntoView {
    let id = row.token.execution.clone();
    let why = row.why.map(|_| {
        view! {
            <button type="button" class="why-link" tabindex="-1" aria-haspopup="dialog" aria-label=roster::why(&row.token.letter)
                on:click=move |_| page.open(Callout::Execution(id.clone()))>{roster::WHY}</button>
        }
    });
    let remedy = row.remedy.map(|(label, command)| {
        view! { <button type="button" class="button small" tabindex="-1" aria-haspopup="dialog" on:click=move |_| page.perform(command.clone())>{label}</button> }
    });
    view! { <div>{state(&row.state)}<span class="time">{row.time}</span>{why}{remedy}</div> }
}

fn cell(page: Page, id: &str, cell: Memo<Option<LaneCell>>) -> impl IntoView + use<> {
    let class = move || {
        cell.with(|cell| match cell {
            Some(cell) if cell.passed => "lane-cell reached passed",
            Some(cell) if cell.reached => "lane-cell reached",
            _ => "lane-cell",
        })
    };
    let id = id.to_owned();
    let choose = move |_| page.select(Selection::Execution(id.clone()));
    let signs = move || {
        cell.get().map(|cell| {
            view! {
                <div aria-hidden="true">{cell.pips.iter().map(pip).collect_view()}</div><span class="aside">{cell.said}</span>
            }
        })
    };
    view! { <td class=class on:click=choose>{signs}</td> }
}

fn pip(pip: &Pip) -> impl IntoView + use<> {
    let check = if pip.check { " check" } else { "" };
    let grown = if pip.state.word.is_empty() {
        ""
    } else {
        " chip"
    };
    let class = format!("pip state {}{check}{grown}", signs::role(pip.state.role));
    let word = pip.state.word.clone();
    view! { <span class=class>{icon(pip.state.icon)}{(!word.is_empty()).then(|| view! { <span class="word">{word}</span> })}</span> }
}
