//! The workers as cards, and what happened to jobs and workers.

use leptos::prelude::*;

use super::part;
use crate::page::components::context::Page;
use crate::page::components::icon::{state, symbol};
use crate::page::components::token::{Size, token};
use crate::page::view::{JobNews, Selection, WorkerView};
use crate::page::words::jobs as words;

pub(super) fn workers(page: Page) -> impl IntoView {
    let cards = part(page, |jobs| jobs.workers.clone());
    let attach = part(page, |jobs| jobs.attach.clone());
    let news = part(page, |jobs| jobs.news.clone());
    let offer = move || {
        attach.get().map(|(label, command)| {
            view! {
                <button type="button" class="button small" aria-haspopup="dialog"
                    on:click=move |_| page.perform(command.clone())>{symbol("#i-plus")}{label}</button>
            }
        })
    };
    let rows = move || {
        let rows = news.get();
        if rows.is_empty() {
            return view! { <p class="empty">{words::NO_NEWS}</p> }.into_any();
        }
        let rows = rows.into_iter().map(|news| row(page, news)).collect_view();
        view! { <ol class="job-news" aria-label=words::NEWS>{rows}</ol> }.into_any()
    };
    view! {
        <section class="pane job-workers" aria-label=words::WORKERS>
            <header><h2>{words::WORKERS}</h2>{offer}</header>
            <div class="content" tabindex="0">
                <ul class="worker-cards">{move || cards.get().into_iter().map(|one| card(page, one)).collect_view()}</ul>
                {rows}
            </div>
        </section>
    }
}

fn card(page: Page, worker: WorkerView) -> impl IntoView {
    let sign = if worker.you { "#i-person" } else { "#i-worker" };
    let jobs = worker.jobs.into_iter().map(|(who, short)| {
        view! { <span class="held">{token(&who, Size::Small)}" "<code>{short}</code></span>" " }
    });
    let jobs = jobs.collect_view();
    let hands = if jobs.is_empty() {
        None
    } else {
        Some(view! { <dt>{words::JOB}</dt><dd>{jobs}</dd> })
    };
    let rows = worker
        .rows
        .into_iter()
        .map(|row| view! { <dt>{row.label}</dt><dd>{row.value}</dd> });
    let name = worker.name.clone();
    let presses = worker.presses.into_iter().map(|(label, command)| {
        view! {
            <button type="button" class="button small" aria-label=format!("{label} {name}")
                on:click=move |_| page.perform(command.clone())>{label.clone()}</button>
        }
    });
    let presses = presses.collect_view();
    let presses = if presses.is_empty() {
        None
    } else {
        Some(view! { <p class="actions">{presses}</p> })
    };
    view! {
        <li class="worker-card">
            <h3>{symbol(sign)}<span class="name">{worker.name}</span>{state(&worker.state)}</h3>
            <dl class="values">{hands}{rows.collect_view()}</dl>
            {presses}
        </li>
    }
}

fn row(page: Page, news: JobNews) -> impl IntoView {
    let row = news.row;
    let sign = match &row.token {
        Some(who) => token(who, Size::Small).into_any(),
        None => symbol("#i-worker").into_any(),
    };
    let body = view! {
        <span class="time">{row.time}</span>" "
        <span class="sign">{sign}</span>" "
        <span class="text"><b>{row.word}</b>" "{row.text}" "{row.call.map(|call| view! { <code class="call">{call}</code> })}</span>
    };
    match news.job {
        Some(job) => view! {
            <li class:selected=row.selected><button type="button" class="news-line" aria-label=row.sentence
                on:click=move |_| page.select(Selection::Job(job.clone()))>{body}</button></li>
        }
        .into_any(),
        None => view! { <li><span class="news-line">{body}</span></li> }.into_any(),
    }
}
