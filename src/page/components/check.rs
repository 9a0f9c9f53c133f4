//! A condition of a stage as checks: round boxes, because a check is no work. Before entry and on success stand in
//! columns of their own beside the run orders; on failure hangs under the block, a chip until it is engaged.

use leptos::prelude::*;

use super::context::{Callout, Page, spot};
use super::icon::symbol;
use super::memo::Memo;
use super::tile::tile_box;
use crate::page::view::{CheckPlace, CheckView, Selection, StageView};
use crate::page::words::{picture as words, roster};

fn at(stage: Memo<StageView>, place: CheckPlace) -> Memo<Option<CheckView>> {
    Memo::new(move |_| {
        stage.with(|stage| {
            let mut checks = stage.checks.iter();
            checks.find(|check| check.place == place).cloned()
        })
    })
}

/// The column of a condition beside the run orders.
pub(super) fn column(
    page: Page,
    name: String,
    stage: Memo<StageView>,
    place: CheckPlace,
) -> impl IntoView {
    let check = at(stage, place);
    move || {
        check.get().map(|check| {
            view! {
                <li class="column checks">
                    <p class="caption"><span>{check.caption.clone()}</span></p>
                    {boxes(page, &name, check)}
                </li>
            }
        })
    }
}

/// What hangs under the block.
pub(super) fn under(page: Page, name: String, stage: Memo<StageView>) -> impl IntoView {
    let check = at(stage, CheckPlace::Failure);
    move || {
        check.get().map(|check| {
            if !check.engaged {
                let label = words::checks(&check.caption, check.rules.len());
                return view! { <p class="check-chip">{symbol("#i-check")}{label}</p> }.into_any();
            }
            view! {
                <div class="check-row">
                    <p class="caption"><span>{check.caption.clone()}</span></p>
                    {boxes(page, &name, check)}
                </div>
            }
            .into_any()
        })
    }
}

fn boxes(page: Page, stage: &str, check: CheckView) -> impl IntoView + use<> {
    let CheckView {
        caption,
        rules,
        holds,
        remedy,
        ..
    } = check;
    let rules = rules.into_iter().map(|rule| {
        let here = spot::check(stage, &caption, &rule.name);
        let chosen = stage.to_owned();
        let press = move || page.select(Selection::Stage(chosen.clone()));
        let shown = rule.clone();
        let now = Memo::new(move |_| rule.clone());
        view! { <li>{tile_box(page, here, Some(holds.clone()), shown, now, Box::new(press))}</li> }
    });
    let rules = rules.collect_view();
    let why = holds.clone().map(|id| {
        view! {
            <button type="button" class="why-link" tabindex="-1" aria-haspopup="dialog" aria-label=words::why_check(&caption)
                on:click=move |_| page.open(Callout::Execution(id.clone()))>{roster::WHY}</button>
        }
    });
    let pass = remedy.map(|(label, command)| {
        let here = spot::remedy(stage, &caption);
        let stop = here.clone();
        view! {
            <button type="button" class="button small" aria-haspopup="dialog" data-spot=here
                tabindex=move || super::picture::tab_index(page, &stop)
                on:click=move |_| page.perform(command.clone())>{label}</button>
        }
    });
    let acts =
        (why.is_some() || pass.is_some()).then(|| view! { <p class="check-acts">{pass}{why}</p> });
    view! { <ol class="tiles">{rules}</ol>{acts} }
}
