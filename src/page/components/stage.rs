//! A stage as a block on the line: its one socket, its name, its run orders. Who sits in the socket holds the lock.

use leptos::prelude::*;

use super::bay::bay;
use super::check;
use super::context::{Page, element, spot};
use super::gate::gate;
use super::icon::symbol;
use super::memo::Memo;
use super::tile::tile;
use super::token::{Size, token};
use crate::page::layout;
use crate::page::view::{ActionView, CheckPlace, ColumnView, Frame, Selection, StageView, Token};
use crate::page::words::picture as words;

/// A stage with what stands in front of it. Each part is drawn again when it differs, and only it.
pub(super) fn leg(page: Page, stage: Memo<StageView>, first: bool) -> impl IntoView {
    let name = stage.with_untracked(|stage| stage.name.clone());
    let (before, gate_now) = (
        name.clone(),
        Memo::new(move |_| stage.with(|stage| stage.gate.clone())),
    );
    view! {
        {bay(page, stage, first)}
        {move || gate(page, &before, &gate_now.get())}
        {block(page, name, stage)}
    }
}

fn block(page: Page, name: String, stage: Memo<StageView>) -> impl IntoView {
    let frame = Memo::new(move |_| stage.with(|stage| stage.frame));
    let (unfolded, toggled, expanded) = (name.clone(), name.clone(), name.clone());
    let class = move || {
        let frame = match frame.get() {
            Frame::Free => "free",
            Frame::Held => "held",
            Frame::Bad => "bad",
        };
        let open = page.unfolded.with(|open| open.contains(&unfolded));
        let folded = if open { "unfolded" } else { "foldable" };
        format!("stage {frame} {folded}")
    };
    let fold = move || {
        let (toggled, expanded) = (toggled.clone(), expanded.clone());
        (frame.get() != Frame::Held).then(|| {
            view! {
                <button type="button" class="fold" tabindex="-1" aria-label=words::UNFOLD
                    aria-expanded=move || if page.unfolded.with(|open| open.contains(&expanded)) { "true" } else { "false" }
                    on:click=move |_| page.unfolded.update(|open| if !open.remove(&toggled) { open.insert(toggled.clone()); })>
                    {symbol("#i-chevron")}
                </button>
            }
        })
    };
    let run_orders = Memo::new(move |_| {
        stage.with(|stage| {
            let columns = stage.columns.iter();
            stage
                .drawn
                .then(|| columns.map(RunOrder::of).collect::<Vec<_>>())
        })
    });
    let (within, below) = (name.clone(), name.clone());
    view! {
        <section class=class>
            <header>
                {head(page, name, stage)}
                {fold}
            </header>
            {move || match run_orders.get() {
                Some(run_orders) => columns(page, &within, stage, run_orders).into_any(),
                None => blank(page, within.clone()).into_any(),
            }}
            {check::under(page, below, stage)}
        </section>
    }
}

/// Its socket, its name, and how it stands.
fn head(page: Page, name: String, stage: Memo<StageView>) -> impl IntoView {
    let here = spot::stage(&name);
    let stop = here.clone();
    let chosen = name.clone();
    let said = |pick: fn(&StageView) -> String| Memo::new(move |_| stage.with(pick));
    let holder = Memo::new(move |_| stage.with(|stage| stage.holder.clone()));
    let selected = Memo::new(move |_| stage.with(|stage| stage.selected));
    view! {
        <button type="button" class="head" data-spot=here tabindex=move || super::picture::tab_index(page, &stop)
            aria-label=said(|stage| stage.label.clone())
            aria-pressed=move || if selected.get() { "true" } else { "false" }
            on:click=move |_| page.select(Selection::Stage(chosen.clone()))>
            {move || socket(holder.get().as_ref())}
            <span class="title"><span class="name">{name}</span>" "<span class="says">{said(|stage| stage.line.clone())}</span></span>
        </button>
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

/// What a run order is made of. Its actions change by themselves.
#[derive(Clone, PartialEq)]
struct RunOrder {
    number: u32,
    actions: Vec<String>,
}

impl RunOrder {
    fn of(column: &ColumnView) -> Self {
        Self {
            number: column.run_order,
            actions: column
                .actions
                .iter()
                .map(|action| action.name.clone())
                .collect(),
        }
    }
}

/// The run orders: later ones to the right, parallel actions stacked, a join between two.
fn columns(
    page: Page,
    name: &str,
    stage: Memo<StageView>,
    run_orders: Vec<RunOrder>,
) -> impl IntoView + use<> {
    let mut before = 0;
    let columns: Vec<_> = run_orders
        .into_iter()
        .enumerate()
        .map(|(place, RunOrder { number, actions })| {
            let join = (before > 0).then(|| join(before, actions.len()));
            let caption = words::run_order(number);
            // Narrow, parallel actions stand side by side, which the caption then says.
            before = actions.len();
            let caption_down = if before > 1 { words::at_once(number) } else { caption.clone() };
            let tiles = (0..before).filter_map(|row| {
                let action = action(stage, place, row)?;
                Some(view! { <li>{tile(page, name.to_owned(), action)}</li> })
            });
            let tiles = tiles.collect_view();
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
            {check::column(page, name.to_owned(), stage, CheckPlace::Before)}
            {columns}
            {check::column(page, name.to_owned(), stage, CheckPlace::Success)}
        </ol>
    }
}

/// An action of the stage by its place, as it is now.
fn action(stage: Memo<StageView>, column: usize, row: usize) -> Option<Memo<ActionView>> {
    let find = move |stage: &StageView| stage.columns.get(column)?.actions.get(row).cloned();
    let first = stage.with_untracked(find)?;
    Some(element(first, move || stage.with(find)))
}

/// Room for the run orders of a block that is not seen: nothing moves when it comes into view.
fn blank(page: Page, name: String) -> impl IntoView {
    let size = page.sight.size_of(page, name);
    view! { <div class="blank" style:--blank-width=move || size.get().0 style:--blank-height=move || size.get().1></div> }
}

fn join(left: usize, right: usize) -> impl IntoView {
    let join = layout::join(left, right);
    view! {
        <svg class="join" viewBox=join.view_box height=join.height aria-hidden="true"><path d=join.path/></svg>
    }
}
