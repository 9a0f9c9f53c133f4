//! A stage as a block on the line: its one socket, its name, its run orders. Who sits in the socket holds the lock.

use leptos::prelude::*;

use super::bay::bay;
use super::check;
use super::context::{Page, spot};
use super::gate::gate;
use super::icon::symbol;
use super::tile::tile;
use super::token::{Size, token};
use crate::page::layout;
use crate::page::view::{CheckPlace, Frame, Selection, StageView, Token};
use crate::page::words::picture as words;

/// A stage with what stands in front of it.
pub(super) fn leg(page: Page, stage: StageView, first: bool) -> impl IntoView {
    view! {
        {bay(page, &stage, first)}
        {gate(page, &stage.name, &stage.gate)}
        {block(page, stage)}
    }
}

fn block(page: Page, stage: StageView) -> impl IntoView {
    let frame = match stage.frame {
        Frame::Free => "free",
        Frame::Held => "held",
        Frame::Bad => "bad",
    };
    let name = stage.name.clone();
    let folded = move || {
        if page.unfolded.with(|open| open.contains(&name)) {
            "unfolded"
        } else {
            "foldable"
        }
    };
    let class = move || format!("stage {frame} {}", folded());
    let here = spot::stage(&stage.name);
    let stop = here.clone();
    let (chosen, toggled, expanded) = (stage.name.clone(), stage.name.clone(), stage.name.clone());
    let fold = (stage.frame != Frame::Held).then(|| {
        view! {
            <button type="button" class="fold" tabindex="-1" aria-label=words::UNFOLD
                aria-expanded=move || if page.unfolded.with(|open| open.contains(&expanded)) { "true" } else { "false" }
                on:click=move |_| page.unfolded.update(|open| if !open.remove(&toggled) { open.insert(toggled.clone()); })>
                {symbol("#i-chevron")}
            </button>
        }
    });
    view! {
        <section class=class>
            <header>
                <button type="button" class="head" data-spot=here tabindex=move || super::picture::tab_index(page, &stop)
                    aria-label=stage.label.clone() aria-pressed=if stage.selected { "true" } else { "false" }
                    on:click=move |_| page.select(Selection::Stage(chosen.clone()))>
                    {socket(stage.holder.as_ref())}
                    <span class="title"><span class="name">{stage.name.clone()}</span>" "<span class="says">{stage.line.clone()}</span></span>
                </button>
                {fold}
            </header>
            {if stage.drawn { columns(page, &stage).into_any() } else { blank(page, &stage).into_any() }}
            {check::under(page, &stage)}
        </section>
    }
}

/// Dashed and hollow while free, a ring with the holder and a padlock while locked.
fn socket(holder: Option<&Token>) -> impl IntoView + use<> {
    let class = if holder.is_some() {
        "socket held"
    } else {
        "socket"
    };
    let held = holder.map(|holder| {
        view! {
            <span class="holder" data-execution=holder.execution.clone()>{token(holder, Size::Full)}</span>
            <span class="padlock">{symbol("#i-lock")}</span>
        }
    });
    view! {
        <span class=class>
            <svg class="ring" viewBox="0 0 40 40" aria-hidden="true"><circle cx="20" cy="20" r="18.5"/></svg>
            {held}
        </span>
    }
}

/// The run orders: later ones to the right, parallel actions stacked, a join between two.
fn columns(page: Page, stage: &StageView) -> impl IntoView + use<> {
    let mut before = 0;
    let columns: Vec<_> = stage
        .columns
        .iter()
        .map(|column| {
            let join = (before > 0).then(|| join(before, column.actions.len()));
            before = column.actions.len();
            let caption = words::run_order(column.run_order);
            // Narrow, parallel actions stand side by side, which the caption then says.
            let caption_down = if before > 1 { words::at_once(column.run_order) } else { caption.clone() };
            let tiles = column.actions.iter().map(|action| view! { <li>{tile(page, &stage.name, action)}</li> }).collect_view();
            view! {
                <li class="column">
                    <p class="caption"><span class="across">{caption}</span><span class="down">{caption_down}</span></p>
                    {join}
                    <ol class="tiles">{tiles}</ol>
                </li>
            }
        })
        .collect();
    view! {
        <ol class="columns">
            {check::column(page, stage, CheckPlace::Before)}
            {columns}
            {check::column(page, stage, CheckPlace::Success)}
        </ol>
    }
}

/// Room for the run orders of a block that is not seen: nothing moves when it comes into view.
fn blank(page: Page, stage: &StageView) -> impl IntoView + use<> {
    let name = stage.name.clone();
    let size = page.sight.size_of(page, name);
    view! { <div class="blank" style:--blank-width=move || size.get().0 style:--blank-height=move || size.get().1></div> }
}

fn join(left: usize, right: usize) -> impl IntoView {
    let join = layout::join(left, right);
    view! {
        <svg class="join" viewBox=join.view_box height=join.height aria-hidden="true"><path d=join.path/></svg>
    }
}
