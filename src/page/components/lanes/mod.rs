//! PARALLEL as a table: columns are stages with their gates, rows are executions, each in its own lane. Only the rows
//! that are seen are drawn: each is as high as the others. The newest stands at the bottom, and whoever is there stays
//! there when one more comes.
//!
//! Where a change of mode left some over, the same table stands folded above the line.

mod row;

use leptos::{html, prelude::*};

use super::context::{Page, spot};
use super::dom;
use super::gate::gate;
use super::icon::symbol;
use super::sight::seen;
use super::soon::Here;
use crate::page::command::Command;
use crate::page::components::memo::Memo;
use crate::page::layout::{lanes as arithmetic, line::EDGE};
use crate::page::state::picture::PictureCommand;
use crate::page::view::{LaneRow, LanesView, PageView, Selection, StageView};
use crate::page::words::lanes as words;

/// Height of a row in rem, of a dense one, and where the page is narrow; the style sheet says the same.
const ROW: f64 = 2.375;
const DENSE: f64 = 1.125;
const NARROW: f64 = 4.25;

/// The table, with what stands over it.
pub(super) fn lanes(page: Page) -> impl IntoView {
    let part = move |pick: fn(&LanesView) -> String| {
        page.part(move |view| {
            let lanes = view.pipeline.as_ref()?.lanes.as_ref()?;
            Some(pick(lanes))
        })
    };
    let active = part(|lanes| lanes.active.clone());
    let share = part(|lanes| lanes.share.to_string());
    view! {
        <section class="lanes-region" style:--table=width(page) aria-label=words::LABEL on:focusin=move |event| super::picture::arrive(page, &event)>
            <p class="lanes-note">
                <span class="says">{words::NOTE}</span>
                <span class="active">{move || active.get()}</span>
                <svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width=move || share.get() height="8"/></svg>
            </p>
            {table(page, false)}
        </section>
    }
}

/// Those that a change of mode left over, folded above the line.
pub(super) fn left_over(page: Page) -> impl IntoView {
    let shown = page.part(|view| {
        let lanes = view.pipeline.as_ref()?.lanes.as_ref()?;
        lanes.left_over.then(|| (lanes.title.clone(), lanes.open))
    });
    move || {
        shown.get().map(|(title, open)| {
            let label = title.clone();
            view! {
                <section class="lanes-region left-over" style:--table=width(page) aria-label=label>
                    <button type="button" class="button small" aria-expanded=if open { "true" } else { "false" }
                        on:click=move |_| page.perform(Command::Picture(PictureCommand::LeftOver))>{symbol("#i-chevron")}{title}</button>
                    {open.then(|| table(page, true))}
                </section>
            }
        })
    }
}

/// How high a row is on the screen.
fn row_height(page: Page) -> f64 {
    let rem = match (dom::narrow(), page.sight.dense.get_untracked()) {
        (true, _) => NARROW,
        (false, true) => DENSE,
        (false, false) => ROW,
    };
    rem * dom::root_size()
}

/// Width of the table.
fn width(page: Page) -> impl Fn() -> String + Clone {
    let width = Memo::new(move |_| {
        let dense = page.sight.dense.get();
        page.view.with(|view| {
            let stages = view.pipeline.iter().flat_map(|pipeline| &pipeline.stages);
            let stages = stages.map(|stage| (stage.name.as_str(), &stage.shape));
            let longest = view.pipeline.as_ref().map_or(0.0, |one| one.longest);
            arithmetic::columns(stages, longest, dense).width()
        })
    });
    move || format!("{}rem", (width.get() - 2.0 * EDGE) / 16.0)
}

/// How far down a lane stands that is not drawn, in pixels.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "rows on a screen"
)]
pub(super) fn top_of(page: Page, place: usize) -> i32 {
    (place as f64 * row_height(page)) as i32
}

/// The table; `left_over` where gates and stages stand on the line under it.
fn table(page: Page, left_over: bool) -> impl IntoView {
    let ids = page.part(|view| {
        let rows = rows(view).map(|row| row.token.execution.clone());
        rows.collect::<Vec<_>>()
    });
    let extent = page.part(|view| {
        let lanes = view.pipeline.as_ref()?.lanes.as_ref()?;
        Some((lanes.first, lanes.rows.len(), lanes.total))
    });
    let body: NodeRef<html::Tbody> = NodeRef::new();
    watch(page, body, extent);
    let dense = page.sight.dense;
    let count = move || extent.get().map_or(0, |(_, _, total)| total);
    let above = move || extent.get().map_or(0, |(first, ..)| first);
    let below = move || {
        extent.get().map_or(0, |(first, drawn, total)| {
            total.saturating_sub(first + drawn)
        })
    };
    view! {
        <table class=move || if dense.get() { "lanes dense" } else { "lanes" } aria-rowcount=move || (count() + 1).to_string()>
            {head(page, left_over)}
            <tbody node_ref=body>
                <tr class="lane-space" aria-hidden="true" style:--lanes=move || above().to_string()><td></td></tr>
                <For each=move || ids.get() key=|id| id.clone() children=move |id| {
                    let place = page.part({
                        let id = id.clone();
                        move |view| {
                            let lanes = view.pipeline.as_ref()?.lanes.as_ref()?;
                            let place = lanes.rows.iter().position(|row| row.token.execution == id)?;
                            Some((lanes.first + place + 2).to_string())
                        }
                    });
                    let first = page.view.with_untracked(|view| row_of(view, &id));
                    first.map(|first| {
                        let row = page.element(first, move |view| row_of(view, &id));
                        let selected = Memo::new(move |_| row.with(|row| row.selected));
                        view! { <tr class=move || if selected.get() { "lane selected" } else { "lane" } aria-rowindex=move || place.get()>{row::row(page, row)}</tr> }
                    })
                }/>
                <tr class="lane-space" aria-hidden="true" style:--lanes=move || below().to_string()><td></td></tr>
            </tbody>
        </table>
    }
}

fn rows(view: &PageView) -> impl Iterator<Item = &LaneRow> {
    let lanes = view.pipeline.iter().flat_map(|pipeline| &pipeline.lanes);
    lanes.flat_map(|lanes| &lanes.rows)
}

fn row_of(view: &PageView, id: &str) -> Option<LaneRow> {
    rows(view).find(|row| row.token.execution == id).cloned()
}

/// Says which rows are seen, and keeps whoever is at the bottom there.
fn watch(page: Page, body: NodeRef<html::Tbody>, extent: Memo<Option<(usize, usize, usize)>>) {
    let here = Here::new();
    let at_bottom = StoredValue::new(true);
    let look = move || {
        let (Some(body), Some(scroller)) = (body.get_untracked(), seen::scroller()) else {
            return;
        };
        let left = scroller.scroll_height() - scroller.scroll_top() - scroller.client_height();
        at_bottom.set_value(left < 8);
        let top = dom::rect(&scroller).y - dom::rect(&body).y;
        let height = f64::from(scroller.client_height());
        let total = extent.get_untracked().map_or(0, |(_, _, total)| total);
        let (first, count) = arithmetic::rows(top, height, row_height(page), total);
        page.perform(Command::Picture(PictureCommand::Lanes { first, count }));
    };
    Effect::new(move || {
        page.moved.track();
        page.sight.dense.track();
        here.next_frame(look);
    });
    Effect::new(move |before: Option<usize>| {
        let total = extent.get().map_or(0, |(_, _, total)| total);
        if before.is_some_and(|before| before < total) {
            here.next_frame(move || {
                if let Some(scroller) = seen::scroller().filter(|_| at_bottom.get_value()) {
                    scroller.set_scroll_top(scroller.scroll_height());
                }
                look();
            });
        }
        total
    });
}

fn head(page: Page, left_over: bool) -> impl IntoView {
    let stages = page.part(|view| {
        let stages = view.pipeline.iter().flat_map(|pipeline| &pipeline.stages);
        stages.map(Column::of).collect::<Vec<_>>()
    });
    let title = page.part(|view| {
        let lanes = view.pipeline.as_ref()?.lanes.as_ref()?;
        Some((lanes.title.clone(), words::ordered(lanes.order)))
    });
    let longest = page.part(|view| {
        view.pipeline
            .as_ref()
            .map_or(0.0, |pipeline| pipeline.longest)
    });
    view! {
        <thead><tr>
            <th scope="col" class="lane-who"><b>{move || title.get().map(|title| title.0)}</b><span class="says">{move || title.get().map(|title| title.1)}</span></th>
            {move || stages.get().into_iter().map(|column| stage(page, column, longest, left_over)).collect_view()}
            <th scope="col" class="lane-state"><b>{words::EXECUTION}</b><span class="says">{words::STATE}</span></th>
        </tr></thead>
    }
}

/// What the header shows of a stage.
#[derive(Clone, PartialEq)]
struct Column {
    stage: StageView,
    names: String,
    signs: usize,
}

impl Column {
    /// The tiles are drawn as signs in the lanes: the header does not change with them.
    fn of(stage: &StageView) -> Self {
        Self {
            names: stage.signs(),
            signs: arithmetic::signs(&stage.shape),
            stage: StageView {
                columns: vec![],
                checks: vec![],
                ..stage.clone()
            },
        }
    }
}

fn stage(page: Page, column: Column, longest: Memo<f64>, left_over: bool) -> impl IntoView {
    let Column {
        stage,
        names,
        signs,
    } = column;
    let here = spot::stage(&stage.name);
    let stop = here.clone();
    let chosen = stage.name.clone();
    let name = stage.name.clone();
    let width = move || {
        let width = arithmetic::column(&name, signs, longest.get(), page.sight.dense.get());
        format!("{}rem", width / 16.0)
    };
    let title = view! { <b>{stage.name.clone()}</b>" "<span class="says">{names}</span> };
    let inside = if left_over {
        view! { <div class="lane-head plain"><span class="lane-title">{title}</span></div> }
            .into_any()
    } else {
        view! {
            <div class="lane-head">
                {gate(page, &stage.name, &stage.gate)}
                <button type="button" class="lane-title" data-spot=here tabindex=move || super::picture::tab_index(page, &stop)
                    aria-label=stage.label.clone() aria-pressed=if stage.selected { "true" } else { "false" }
                    on:click=move |_| page.select(Selection::Stage(chosen.clone()))>{title}</button>
            </div>
        }
        .into_any()
    };
    view! { <th scope="col" class="lane-stage" style:--column=width>{inside}</th> }
}
