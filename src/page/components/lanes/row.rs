//! One execution in its lane: who it is, a sign per check and action with a line that is solid as far as it has come,
//! and how it stands.

use leptos::prelude::*;

use super::super::context::{Callout, Page, spot};
use super::super::icon::{icon, state};
use super::super::picture::tab_index;
use super::super::token::{Size, token};
use crate::page::signs;
use crate::page::view::{LaneCell, LaneRow, Pip, Selection};
use crate::page::words::roster;

pub(super) fn row(page: Page, row: LaneRow) -> impl IntoView {
    let LaneRow {
        token: sign,
        of,
        version,
        label,
        cells,
        state: shown,
        time,
        selected,
        why,
        remedy,
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
    let asked = id.clone();
    let why = why.map(|_| {
        view! {
            <button type="button" class="why-link" tabindex="-1" aria-haspopup="dialog" aria-label=roster::why(&sign.letter)
                on:click=move |_| page.open(Callout::Execution(asked.clone()))>{roster::WHY}</button>
        }
    });
    let remedy = remedy.map(|(label, command)| {
        view! { <button type="button" class="button small" tabindex="-1" aria-haspopup="dialog" on:click=move |_| page.perform(command.clone())>{label}</button> }
    });
    view! {
        <th scope="row" class="lane-who">
            <button type="button" class="lane-sign" data-spot=here data-execution=id.clone() tabindex=move || tab_index(page, &stop)
                aria-label=label aria-pressed=if selected { "true" } else { "false" } on:click=press>
                {token(&sign, Size::Medium)}<b class="id">{sign.short.clone()}</b><span class="of">{of}</span>
                {version.map(|version| view! { <span class="tag">{version}</span> })}
            </button>
        </th>
        {cells.into_iter().map(|one| cell(page, &id, one)).collect_view()}
        <td class="lane-state"><div>{state(&shown)}<span class="time">{time}</span>{why}{remedy}</div></td>
    }
}

fn cell(page: Page, id: &str, cell: Option<LaneCell>) -> impl IntoView + use<> {
    let Some(cell) = cell else {
        return view! { <td class="lane-cell"></td> }.into_any();
    };
    let class = match (cell.reached, cell.passed) {
        (true, true) => "lane-cell reached passed",
        (true, false) => "lane-cell reached",
        (false, _) => "lane-cell",
    };
    let id = id.to_owned();
    let choose = move |_| page.select(Selection::Execution(id.clone()));
    view! {
        <td class=class on:click=choose><div aria-hidden="true">{cell.pips.iter().map(pip).collect_view()}</div><span class="aside">{cell.said}</span></td>
    }
    .into_any()
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
