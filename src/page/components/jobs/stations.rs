//! Five stations on one line, the tickets that stand on them, and the two ways back. Arrows move among the tickets: up
//! and down on a station, left and right to the next one that holds any.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::{ask_why, part, tell};
use crate::page::command::JobsCommand;
use crate::page::components::context::{Page, element};
use crate::page::components::dom;
use crate::page::components::icon::state;
use crate::page::components::memo::Memo;
use crate::page::components::token::{Size, token};
use crate::page::components::worlds::watch;
use crate::page::view::{STATIONS, Selection, Station, Ticket};
use crate::page::words::jobs as words;

pub(super) fn stations(page: Page) -> impl IntoView {
    let hint = part(page, |jobs| jobs.hint.clone());
    let loops = part(page, |jobs| jobs.loops.clone());
    let stops = (0..STATIONS).map(|place| stop(page, place)).collect_view();
    let ways = move || {
        let ways = loops.get().into_iter().enumerate();
        let ways = ways.filter(|(_, text)| !text.is_empty());
        ways.map(|(place, text)| {
            let class = if place == 0 {
                "way-back again"
            } else {
                "way-back on"
            };
            view! {
                <li class=class>
                    <svg viewBox="0 0 12 8" aria-hidden="true"><path d="m1 7 5-6 5 6"/></svg>
                    <span class="text">{text}</span>
                </li>
            }
        })
        .collect_view()
    };
    view! {
        <div class="job-flow">
            <ol class="job-line" aria-label=words::LINE on:keydown=move |event| turn(&event)>{stops}</ol>
            {move || hint.get().map(|hint| view! { <p class="hint">{hint}</p> })}
            <ul class="job-ways" aria-label=words::LOOPS>{ways}</ul>
            {watch(page)}
        </div>
    }
}

/// A part of one station.
fn of<T>(page: Page, place: usize, pick: impl Fn(&Station) -> T + Send + Sync + 'static) -> Memo<T>
where
    T: Default + PartialEq + Send + Sync + 'static,
{
    part(page, move |jobs| {
        jobs.stations.get(place).map(&pick).unwrap_or_default()
    })
}

fn stop(page: Page, place: usize) -> impl IntoView {
    let count = of(page, place, |station| station.count.to_string());
    let name = of(page, place, |station| station.name.to_owned());
    let explains = of(page, place, |station| station.explains.clone());
    let tickets = of(page, place, |station| station.tickets.clone());
    let more = of(page, place, |station| station.more.clone());
    let elsewhere = of(page, place, |station| station.elsewhere.clone());
    view! {
        <li class="job-stop">
            <span class="count">{count}</span>
            <h2>{name}</h2>
            <p class="explains">{explains}</p>
            <ol class="tickets">
                <For each=move || tickets.get() key=|ticket| ticket.job.clone() children=move |first| {
                    let job = first.job.clone();
                    let now = element(first, move || {
                        tickets.with(|tickets| tickets.iter().find(|ticket| ticket.job == job).cloned())
                    });
                    view! { <li class="job-ticket" class:runs=move || now.with(|it| it.runs) class:yours=move || now.with(|it| it.yours)>
                        {move || ticket(page, now.get())}
                    </li> }
                }/>
            </ol>
            {move || elsewhere.get().map(|text| view! { <p class="elsewhere">{text}</p> })}
            {move || more.get().map(|text| view! {
                <button type="button" class="button small quiet" on:click=move |_| tell(page, JobsCommand::More(place))>{text}</button>
            })}
        </li>
    }
}

fn ticket(page: Page, ticket: Ticket) -> impl IntoView {
    let job = ticket.job.clone();
    let select = move |_| page.select(Selection::Job(job.clone()));
    let why = ticket.why.then(|| {
        let job = ticket.job.clone();
        view! {
            <button type="button" class="why-link" aria-label=words::why(&ticket.short) aria-haspopup="dialog"
                on:click=move |_| ask_why(page, job.clone())>{words::WHY}</button>
        }
    });
    view! {
        <button type="button" class="ticket" data-job=ticket.job aria-label=ticket.label
            aria-pressed=if ticket.selected { "true" } else { "false" } on:click=select>
            <span class="stub">{token(&ticket.token, Size::Medium)}</span>
            <span class="head"><b class="id">{ticket.short}</b>" "{state(&ticket.state)}</span>
            <span class="where">{ticket.line}</span>
        </button>
        {why}
    }
}

/// Moves among the tickets.
fn turn(event: &KeyboardEvent) {
    let (by, across) = match event.key().as_str() {
        "ArrowUp" => (-1, false),
        "ArrowDown" => (1, false),
        "ArrowLeft" => (-1, true),
        "ArrowRight" => (1, true),
        _ => return,
    };
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let Some(line) = dom::first(".job-line") else {
        return;
    };
    let Some(target) = target.filter(|target| target.class_list().contains("ticket")) else {
        return;
    };
    let stops = dom::all(&line, ".job-stop");
    let lists: Vec<Vec<Element>> = stops.iter().map(|stop| dom::all(stop, ".ticket")).collect();
    let place = lists.iter().enumerate().find_map(|(stop, tickets)| {
        let row = tickets.iter().position(|ticket| *ticket == target)?;
        Some((stop, row))
    });
    let Some((stop, row)) = place else { return };
    let next = if across {
        let mut other = stop;
        loop {
            let Some(step) = other.checked_add_signed(by) else {
                break None;
            };
            let Some(tickets) = lists.get(step) else {
                break None;
            };
            if let Some(last) = tickets.len().checked_sub(1) {
                break tickets.get(row.min(last));
            }
            other = step;
        }
    } else {
        row.checked_add_signed(by)
            .and_then(|row| lists.get(stop)?.get(row))
    };
    event.prevent_default();
    event.stop_propagation();
    if let Some(next) = next.and_then(|next| next.dyn_ref::<HtmlElement>()) {
        dom::focus(next);
    }
}
