//! The drawings: axis, folds, strips, bars, what is due, now.

use leptos::prelude::*;

use super::{Timeline, unit};
use crate::page::components::memo::Memo;
use crate::page::signs;
use crate::page::view::timeline::{Bar, BarKind, End, Mark, Strip};
use crate::page::view::{Role, Token};
use crate::page::words::timeline as words;

/// Height of the axis.
const AXIS: f64 = 26.0;

fn pushed(timeline: Timeline, y: f64) -> String {
    format!("translate({:.1} {y:.1})", timeline.shift.get())
}

/// The box of a drawing: units, whatever the size of the root's font.
fn view_box(width: f64, height: f64) -> String {
    format!("0 0 {width:.1} {height:.1}")
}

/// Hours, folds, and the flag of now.
pub(super) fn axis(timeline: Timeline) -> impl IntoView {
    let ticks = Memo::new(move |_| timeline.plot.with(|plot| plot.ticks.clone()));
    let folds = Memo::new(move |_| timeline.plot.with(|plot| plot.folds.clone()));
    let older = Memo::new(move |_| timeline.plot.with(|plot| plot.older.clone()));
    let now = move || timeline.now.get() + timeline.shift.get();
    view! {
        <svg class="time-axis" aria-hidden="true" viewBox=move || view_box(timeline.size.get().0, AXIS)>
            <g transform=move || pushed(timeline, 0.0)>
                {move || older.get().into_iter().map(|strip| strip_at(strip, AXIS - 5.0)).collect_view()}
                {move || ticks.get().into_iter().map(|tick| {
                    // The flag of now stands over it, or an edge cuts it off.
                    let under = Memo::new(move |_| {
                        let place = tick.x + timeline.shift.get();
                        let inside = (18.0..=timeline.size.get().0 - 18.0).contains(&place);
                        !inside || (timeline.now.get() - tick.x).abs() < 42.0
                    });
                    view! { <text x=tick.x y="17" class:under=move || under.get()>{tick.label}</text> }
                }).collect_view()}
                {move || folds.get().into_iter().map(|fold| view! {
                    <g class="time-fold"><title>{fold.label}</title><path d=format!("M{:.1} 26v-7l4 -3 4 6 4 -6 4 6 4 -6 4 6 4 -3v7", fold.x + 1.0)/></g>
                }).collect_view()}
            </g>
            <g class="now-flag" transform=move || format!("translate({:.1} 3)", now())>
                <rect x="-21" width="42" height="19" rx="3"/><text x="0" y="14">{words::NOW}</text>
            </g>
        </svg>
    }
}

/// The rows.
pub(super) fn bars(timeline: Timeline) -> impl IntoView {
    let plot = timeline.plot;
    let scroll = timeline.page.part(|view| {
        view.timeline
            .as_ref()
            .map_or(0.0, |timeline| timeline.scroll)
    });
    let lines = Memo::new(move |_| {
        plot.with(|plot| {
            let lines = plot
                .rows
                .iter()
                .map(|row| format!("M-9999 {:.1}H99999", row.y + plot.pitch));
            lines.collect::<String>()
        })
    });
    let hours = Memo::new(move |_| {
        plot.with(|plot| {
            let hours = plot
                .ticks
                .iter()
                .map(|tick| format!("M{:.1} 0V99999", tick.x));
            hours.collect::<String>()
        })
    });
    let folds = Memo::new(move |_| plot.with(|plot| plot.folds.clone()));
    let strips = Memo::new(move |_| plot.with(|plot| plot.strips.clone()));
    let drawn = Memo::new(move |_| plot.with(|plot| plot.bars.clone()));
    let marks = Memo::new(move |_| plot.with(|plot| plot.marks.clone()));
    let read = timeline.page.part(|view| {
        let timeline = view.timeline.as_ref()?;
        timeline.reading.as_ref().map(|reading| reading.place)
    });
    let now = move || timeline.now.get() + timeline.shift.get();
    let rows = move || pushed(timeline, -scroll.get());
    view! {
        <svg class="time-bars" viewBox=move || { let (width, height) = timeline.size.get(); view_box(width, height) }
            on:wheel=move |event| super::gestures::wheel(timeline, &event)
            on:pointerdown=move |event| super::gestures::down(timeline, &event)
            on:pointermove=move |event| super::gestures::moved(timeline, &event)
            on:pointerup=move |event| super::gestures::up(timeline, &event)
            on:pointercancel=move |event| super::gestures::up(timeline, &event)
            on:click=move |event| super::gestures::click(timeline, &event)>
            {patterns()}
            <g transform=move || pushed(timeline, 0.0)>
                <path class="time-hours" d=hours/>
                {move || folds.get().into_iter().map(|fold| view! {
                    <g class="time-fold"><title>{fold.label}</title><rect x=fold.x + 1.0 y="0" width="28" height="9999"/></g>
                }).collect_view()}
            </g>
            <g transform=rows>
                <path class="time-lines" d=lines/>
                {move || strips.get().into_iter().map(|strip| { let y = strip.y; strip_at(strip, y) }).collect_view()}
                <For each=move || drawn.get() key=key children=move |one| bar(timeline, one)/>
            </g>
            <rect class="time-to-come" x=now y="0" width="9999" height="9999"/>
            <path class="now-line" d=move || format!("M{:.1} 0V9999", now())/>
            <path class="read-line" d=move || read.get().map(|place| format!("M{:.1} 0V9999", place + timeline.shift.get()))/>
            <g transform=move || format!("translate(0 {:.1})", -scroll.get())>
                <For each=move || marks.get() key=mark_key children=move |one| mark(timeline, one)/>
            </g>
        </svg>
    }
}

/// Height of a band of signs: what the thinnest bars have.
const BAND: f64 = 6.6;

/// Hatches and signs: no state is told by its colour alone. At work is filled, done is empty, the others have these.
fn patterns() -> impl IntoView {
    view! {
        <defs>
            <pattern id="time-lock" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V6"/></pattern>
            <pattern id="time-gate" width="5" height="6" patternUnits="userSpaceOnUse"><path d="M2 0V6"/></pattern>
            <pattern id="time-fail" width="8" height=BAND patternUnits="userSpaceOnUse"><path d="M2.2 1.5l3.6 3.6M5.8 1.5l-3.6 3.6"/></pattern>
            <pattern id="time-person" width="8" height=BAND patternUnits="userSpaceOnUse"><path d="M1.5 3.3h5"/></pattern>
            <pattern id="time-check" width="6" height="6" patternUnits="userSpaceOnUse"><circle cx="3" cy="3" r="1.2"/></pattern>
        </defs>
    }
}

fn strip_at(strip: Strip, y: f64) -> impl IntoView {
    let failed = match (strip.failed, strip.front) {
        (true, _) => " failed",
        (false, true) => " front",
        (false, false) => "",
    };
    view! { <rect class=format!("time-strip level-{}{failed}", strip.level) x=strip.x y=y width=strip.width height=strip.height/> }
}

/// What makes a bar another one than before.
fn key(bar: &Bar) -> (String, [u64; 5], BarKind, usize, bool, bool) {
    let end = |end: End| match end {
        End::At(at) => at.to_bits(),
        End::Now => u64::MAX,
    };
    let last = bar.parts.last().map_or(0, |(_, to, _)| end(*to));
    (
        bar.label.clone(),
        [
            bar.x.to_bits(),
            end(bar.end),
            bar.y.to_bits(),
            bar.height.to_bits(),
            last,
        ],
        bar.kind,
        bar.parts.len(),
        bar.selected,
        bar.text.is_some(),
    )
}

fn bar(timeline: Timeline, bar: Bar) -> impl IntoView {
    let Bar {
        token,
        x,
        end,
        y,
        height,
        kind,
        parts,
        sign,
        text,
        stop,
        label,
        selected,
    } = bar;
    let width = move |from: f64, end: End| match end {
        End::At(to) => (to - from).max(1.0),
        End::Now => (timeline.now.get() - from).max(1.0),
    };
    let chosen = if selected { " selected" } else { "" };
    let parts = parts.into_iter().map(move |(from, to, kind)| {
        view! {
            <rect class=format!("time-part {}", kind.class()) x=from y=y width=move || width(from, to) height=height rx="2"/>
            {band(kind, from, y, height, move || width(from, to))}
        }
    });
    let text = text.map(|text| {
        let indent = if sign.is_some() { 25.0 } else { 5.0 };
        // About as wide as the words; half a word helps nobody.
        let letters = f64::from(u32::try_from(text.chars().count()).unwrap_or(u32::MAX));
        let fits = Memo::new(move |_| width(x, end) >= indent + 6.4 * letters);
        view! {
            <svg x=x y=y width=move || (width(x, end) - 3.0).max(0.0) height=height>
                <text x=indent y=height / 2.0 + 4.0>{move || fits.get().then(|| text.clone())}</text>
            </svg>
        }
    });
    let execution = token.execution.clone();
    // A token stays in sight as long as its bar does.
    let long = matches!(end, End::Now) || matches!(end, End::At(to) if to - x > 60.0);
    let sign = sign.map(|at| {
        let right = move || x + width(x, end) - 20.0;
        let place = move || {
            if long {
                at.max((1.0 - timeline.shift.get()).min(right()))
            } else {
                at
            }
        };
        sign_at(&token, place, y + height / 2.0)
    });
    let stop = stop.then(|| {
        view! { <path class="time-stop" d=move || format!("M{:.1} {:.1}v{:.1}", x + width(x, end), y - 3.0, height + 6.0)/> }
    });
    let hatch = band(kind, x, y, height, move || width(x, end));
    let name = label.clone();
    view! {
        <g class=format!("time-bar {}{chosen}", kind.class()) role="button" tabindex="-1" aria-label=name data-bar=execution>
            <title>{label}</title>
            <rect class="time-box" x=x y=y width=move || width(x, end) height=height rx="2"/>
            {hatch}
            {parts.collect_view()}
            {text}{stop}{sign}
        </g>
    }
}

/// What tells a state where it has no words: a hatch over the whole, or signs along the lower edge, where they leave room
/// for a name.
fn band<W>(kind: BarKind, x: f64, y: f64, height: f64, width: W) -> Option<impl IntoView + use<W>>
where
    W: Fn() -> f64 + Send + Sync + 'static,
{
    let low = match kind {
        BarKind::Lock | BarKind::Gate | BarKind::Check => height,
        BarKind::Fail | BarKind::Person => height.min(BAND),
        BarKind::Run | BarKind::Done | BarKind::Gone | BarKind::Waited => return None,
    };
    // Signs begin where their band does.
    let place = format!("translate({x:.1} {:.1})", y + height - low);
    Some(view! {
        <rect class=format!("time-hatch {}", kind.class()) transform=place width=width height=low/>
    })
}

/// A token of 20 units beside or in a bar.
fn sign_at<F>(token: &Token, x: F, middle: f64) -> impl IntoView + use<F>
where
    F: Fn() -> f64 + Send + Sync + 'static,
{
    let class = format!(
        "token {}{}",
        signs::colour(token),
        if token.letter.chars().count() > 1 {
            " long"
        } else {
            ""
        }
    );
    let shape = signs::shape(token);
    let letter = token.letter.clone();
    view! {
        <g class=class transform=move || format!("translate({:.1} {:.1}) scale(0.59)", x(), middle - 9.5)>
            <use_ class="body" href=shape width="32" height="32"/>
            <text x="16" y="16.5">{letter}</text>
        </g>
    }
}

/// What makes a mark another one than before. The next one comes first and goes first, and the others stay.
fn mark_key(mark: &Mark) -> (String, [u64; 3], String) {
    let before = mark.before.map_or(u64::MAX, f64::to_bits);
    (
        mark.label.clone(),
        [mark.x.to_bits(), mark.y.to_bits(), before],
        mark.short.clone(),
    )
}

/// A diamond where something is due; an arrow at the edge where that is beyond it.
fn mark(timeline: Timeline, mark: Mark) -> impl IntoView {
    let Mark {
        x,
        y,
        before,
        short,
        role,
        label,
    } = mark;
    let edge = move || timeline.size.get().0 - 9.0;
    let place = move || x + timeline.shift.get();
    let beyond = Memo::new(move |_| place() > edge());
    let first =
        Memo::new(move |_| before.is_none_or(|before| before + timeline.shift.get() <= edge()));
    let shape = move || {
        if beyond.get() {
            "M-8 0H4M0 -4l4 4-4 4"
        } else {
            "M0 -5l5 5-5 5-5-5z"
        }
    };
    let class = format!("time-due {}", role_class(role));
    let name = label.clone();
    view! {
        <g class=class class:beyond=move || beyond.get() role="img" aria-label=name transform=move || format!("translate({:.1} {y:.1})", place().min(edge()))>
            <title>{label}</title>
            <path d=shape/>
            <text x="5" y="-9">{move || (beyond.get() && first.get()).then(|| short.clone())}</text>
        </g>
    }
}

fn role_class(role: Role) -> &'static str {
    signs::role(role)
}

/// From a place on the screen to the plot's.
pub(super) fn place_of(timeline: Timeline, client_x: f64) -> f64 {
    let rows = timeline.rows.get_untracked();
    let plot = rows.and_then(|rows| rows.query_selector(".time-bars").ok().flatten());
    plot.map_or(0.0, |plot| (client_x - super::dom::rect(&plot).x) / unit())
}
