//! The pipeline as a strip, and which jobs are shown.

use leptos::prelude::*;

use super::{part, tell};
use crate::page::command::JobsCommand;
use crate::page::components::context::Page;
use crate::page::components::icon::icon;
use crate::page::components::memo::Memo;
use crate::page::components::token::{Size, token};
use crate::page::signs;
use crate::page::words::jobs as words;

pub(super) fn strip(page: Page) -> impl IntoView {
    let stages = part(page, |jobs| jobs.strip.clone());
    let about = part(page, |jobs| jobs.about.clone());
    let kinds = part(page, |jobs| jobs.kinds.clone());
    let name = page.pipeline_part(|pipeline| pipeline.name.clone());
    let list = move || {
        let stages = stages.get().into_iter().map(|stage| {
            let sign = stage.sign.map(|(role, sign)| {
                view! { <span class=format!("state {}", signs::role(role))>{icon(sign)}</span> }
            });
            let tokens = stage
                .tokens
                .iter()
                .map(|who| token(who, Size::Medium))
                .collect_view();
            view! {
                <li class="strip-stage" class:here=stage.here>
                    {sign}<span class="name">{stage.name}</span>{tokens}" "<span class="aside">{stage.label}</span>
                </li>
            }
        });
        stages.collect_view()
    };
    let choice = move || {
        let options = kinds.get().into_iter().map(|kind| {
            view! { <option value=kind.value selected=kind.chosen>{kind.label}</option> }
        });
        options.collect_view()
    };
    let many = Memo::new(move |_| kinds.with(|kinds| kinds.len() > 1));
    let only = Memo::new(move |_| {
        kinds.with(|kinds| {
            kinds
                .first()
                .map(|kind| kind.label.clone())
                .unwrap_or_default()
        })
    });
    view! {
        <div class="jobs-strip">
            <ol aria-label=move || words::strip(&name.get().unwrap_or_default())>{list}</ol>
            <p class="about">{about}</p>
            {move || if many.get() {
                view! {
                    <select aria-label=words::KIND
                        on:change=move |event| tell(page, JobsCommand::Kind(event_target_value(&event)))>{choice}</select>
                }.into_any()
            } else {
                view! { <code>{only}</code> }.into_any()
            }}
        </div>
    }
}
