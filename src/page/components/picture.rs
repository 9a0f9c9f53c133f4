//! The picture: one line, the stages as blocks on it, right is later and stacked is at once. Where it is narrow the
//! whole picture turns, by style alone. It is one tab stop: arrows move inside, over whatever carries `data-spot`.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::context::Page;
use super::dom;
use super::empty::empty;
use super::lanes;
use super::motion;
use super::sight::{bus, pan, seen, tools};
use super::soon::Here;
use super::stage::leg;
use crate::page::components::memo::Memo;
use crate::page::layout;
use crate::page::view::{PageView, Selection, StageView};
use crate::page::words::picture as words;

/// The line of the shown pipeline, and its hint under it.
pub(super) fn picture(page: Page) -> impl IntoView {
    let shown = page.pipeline_part(|pipeline| {
        let lanes = pipeline.lanes.as_ref();
        let parallel = lanes.is_some_and(|lanes| !lanes.left_over);
        (
            pipeline.name.clone(),
            pipeline.mode.to_lowercase(),
            parallel,
        )
    });
    let hint = page.part(|view| {
        view.pipeline
            .as_ref()
            .and_then(|pipeline| pipeline.hint.clone())
    });
    motion::watch(page);
    seen::watch(page);
    let drag = pan::Held::new(pan::Drag::default());
    view! {
        <main class="picture" on:scroll=move |_| page.moved.update(|count| *count = count.wrapping_add(1))>
            {move || match shown.get() {
                None => empty(page).into_any(),
                Some((name, mode, parallel)) => view! {
                    <div class="scroller" on:scroll=move |_| page.moved.update(|count| *count = count.wrapping_add(1)) on:click=move |event| if !pan::was_drag(drag) { unselect(page, &event) }
                        on:pointerdown=move |event| pan::down(drag, &event) on:pointermove=move |event| pan::moved(page, drag, &event)
                        on:pointerup=move |_| pan::up(drag) on:pointercancel=move |_| pan::up(drag) on:wheel=move |event| pan::wheel(page, drag, &event)
                        on:mouseover=move |event| point(page, &event)>
                        {if parallel { lanes::lanes(page).into_any() } else { view! {
                            {lanes::left_over(page)}
                            {line(page, name, mode)}
                            {bus::bus(page)}
                        }.into_any() }}
                        {move || hint.get().map(|hint| view! { <p class="hint">{hint}</p> })}
                        {super::worlds::watch(page)}
                    </div>
                }.into_any(),
            }}
            {tools::tools(page)}
        </main>
    }
}

fn line(page: Page, name: String, mode: String) -> impl IntoView {
    let names = page.part(|view| {
        let stages = view.pipeline.iter().flat_map(|pipeline| &pipeline.stages);
        stages.map(|stage| stage.name.clone()).collect::<Vec<_>>()
    });
    // Measured once: the system's font decides how much room the words need.
    let font = page.sight.font;
    let list: NodeRef<html::Ol> = NodeRef::new();
    let probe: NodeRef<html::Span> = NodeRef::new();
    Effect::new(move || {
        // The line of the pipeline before may still be enlarged: it is used again for this one.
        if let (Some(probe), Some(line)) = (probe.get(), list.get()) {
            let width = dom::rect(&probe).width / dom::enlarged(&line).max(0.1);
            font.set(layout::font_factor(width / dom::root_size()));
        }
    });
    let width = Memo::new(move |_| page.sight.placed.with(|placed| placed.look.tile / 16.0));
    let density = page.sight.density();
    let here = Here::new();
    let fit = move || {
        if let Some(list) = list.get_untracked() {
            enlarge(&list);
        }
    };
    let resized = window_event_listener(leptos::ev::resize, move |_| {
        fit();
        page.moved.update(|count| *count = count.wrapping_add(1));
    });
    on_cleanup(move || resized.remove());
    Effect::new(move || {
        page.sight.placed.track();
        here.next_frame(fit);
    });
    Effect::new(move || {
        let width = width.get();
        if let Some(list) = list.get() {
            dom::property(&list, "--tile", &format!("{width}rem"));
        }
    });
    view! {
        <ol class=move || format!("line {mode} {}", density.get().class()) node_ref=list aria-label=words::label(&name)
            on:focusin=move |event| arrive(page, &event)>
            <For
                each=move || names.get().into_iter().enumerate()
                key=|(index, name)| (*index == 0, name.clone())
                children=move |(index, name)| {
                    let first = page.view.with_untracked(|view| stage_named(view, &name));
                    first.map(|first| {
                        let stage = page.element(first, move |view| stage_named(view, &name));
                        view! { <li class="leg">{leg(page, stage, index == 0)}</li> }
                    })
                }/>
            <li class="tail" aria-hidden="true"><span class="probe" node_ref=probe>{layout::PROBE}</span></li>
        </ol>
    }
}

fn stage_named(view: &PageView, name: &str) -> Option<StageView> {
    let mut stages = view.pipeline.iter().flat_map(|pipeline| &pipeline.stages);
    stages.find(|stage| stage.name == name).cloned()
}

/// Enlarges the line into a large picture. Bays never change their width, so this depends on the structure alone.
fn enlarge(list: &web_sys::HtmlElement) {
    dom::property(list, "--zoom", "1");
    let Some(picture) = dom::picture().filter(|_| dom::wide()) else {
        return;
    };
    let legs = dom::all(list, ".leg");
    let (Some(first), Some(last)) = (legs.first(), legs.last()) else {
        return;
    };
    let edge = 3.0 * dom::root_size();
    let width = dom::rect(last).right() - dom::rect(first).x + edge;
    let blocks = dom::all(list, ".stage");
    let height = blocks
        .iter()
        .map(|block| dom::rect(block).height)
        .fold(0.0, f64::max);
    let area = dom::rect(&picture);
    dom::property(
        list,
        "--zoom",
        &layout::zoom((area.width, area.height), (width, height)).to_string(),
    );
}

/// The action that the pointer is over.
fn point(page: Page, event: &web_sys::MouseEvent) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let spot = target.and_then(|target| {
        let tile = target.closest(".tile").ok().flatten()?;
        tile.get_attribute("data-spot")
    });
    points(page, spot.as_deref());
}

fn points(page: Page, spot: Option<&str>) {
    let action = spot.and_then(|spot| spot.strip_prefix("action "));
    if page
        .sight
        .pointed
        .with_untracked(|before| before.as_deref() != action)
    {
        page.sight.pointed.set(action.map(str::to_owned));
    }
}

/// The keyboard is wherever the focus is.
pub(super) fn arrive(page: Page, event: &web_sys::FocusEvent) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let spot = target
        .as_ref()
        .and_then(|target| target.get_attribute("data-spot"));
    points(page, spot.as_deref());
    if let Some(here) = target.and_then(|target| target.get_attribute("data-spot")) {
        page.spot.set(Some(here));
    }
}

/// A press on the paper chooses nothing.
fn unselect(page: Page, event: &web_sys::MouseEvent) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let on_something = target.is_some_and(|target| {
        target
            .closest("button, .stage, .lane")
            .ok()
            .flatten()
            .is_some()
    });
    if !on_something {
        page.callout.set(None);
        page.select(Selection::Pipeline);
    }
}

/// 0 for the one place of the picture that Tab reaches, -1 for all others.
pub(super) fn tab_index(page: Page, here: &str) -> &'static str {
    if page.stop.with(|stop| stop.as_deref() == Some(here)) {
        "0"
    } else {
        "-1"
    }
}

/// Moves the focus along the picture. Says whether there was somewhere to go.
pub(super) fn step(direction: layout::Direction) -> bool {
    let Some(picture) = dom::picture() else {
        return false;
    };
    let Some(from) = dom::focused().filter(|element| element.has_attribute("data-spot")) else {
        return false;
    };
    let others: Vec<_> = dom::all(&picture, "[data-spot]")
        .into_iter()
        .filter(|e| !e.is_same_node(Some(from.as_ref())))
        .collect();
    let rects: Vec<_> = others.iter().map(dom::rect).collect();
    let next = layout::nearest(dom::rect(&from), direction, &rects);
    let Some(next) = next
        .and_then(|index| others.get(index))
        .and_then(|next| next.dyn_ref::<web_sys::HtmlElement>())
    else {
        return false;
    };
    dom::focus(next);
    true
}

/// Puts the keyboard into the picture. Says whether there is one.
pub(super) fn enter() -> bool {
    let stop = dom::picture().and_then(|picture| {
        picture
            .query_selector("[data-spot][tabindex='0']")
            .ok()
            .flatten()
    });
    match stop.and_then(|stop| stop.dyn_into::<web_sys::HtmlElement>().ok()) {
        Some(stop) => {
            dom::focus(&stop);
            true
        }
        None => false,
    }
}
