//! The small line on a card: blocks, sockets, who waits and which gate is closed. It repeats what the card says, so a
//! screen reader skips it.

use leptos::prelude::*;

use crate::page::gallery::{Inside, LineStage};
use crate::page::signs;
use crate::page::view::Token;

const WIDTH: f64 = 230.0;
const EDGE: f64 = 8.0;
const BLOCK: f64 = 34.0;
const MIDDLE: f64 = 22.0;
/// From one who waits to the next.
const STEP: f64 = 15.0;

/// The line of a world at its beginning.
pub(super) fn mini(line: &[LineStage]) -> impl IntoView + use<> {
    let gaps = line.len().saturating_sub(1).max(1) as f64;
    let step = (WIDTH - 2.0 * EDGE - BLOCK) / gaps;
    let stages = line
        .iter()
        .enumerate()
        .map(|(index, stage)| leg(stage, EDGE + index as f64 * step))
        .collect_view();
    view! {
        <svg class="mini" viewBox="0 0 230 44" aria-hidden="true">
            <path class="track" d="M0 22H230"/>
            {stages}
        </svg>
    }
}

fn leg(stage: &LineStage, x: f64) -> impl IntoView + use<> {
    let room = if stage.closed { 19.0 } else { 11.0 };
    let waiting = stage.waiting.iter().rev().enumerate();
    let waiting = waiting
        .map(|(place, who)| token(who, x - room - place as f64 * STEP, 0.5))
        .collect_view();
    let gate = stage.closed.then(|| {
        view! { <path class="bar" d=format!("M{} 6v32", x - 6.0)/> }
    });
    let middle = x + BLOCK / 2.0;
    let (class, inside) = match &stage.inside {
        Inside::Held(who) => ("block held", token(who, middle, 0.625).into_any()),
        Inside::AtOnce(count) => (
            "block",
            view! { <text class="count" x=middle.to_string() y="26">{count.to_string()}</text> }
                .into_any(),
        ),
        Inside::Failed => ("block bad", socket(middle).into_any()),
        Inside::Free => ("block", socket(middle).into_any()),
    };
    view! {
        <rect class=class x=x.to_string() y="5" width="34" height="34" rx="4"/>
        {inside}
        {waiting}
        {gate}
    }
}

fn socket(x: f64) -> impl IntoView {
    view! { <circle class="socket-ring" cx=x.to_string() cy="22" r="9"/> }
}

fn token(token: &Token, x: f64, scale: f64) -> impl IntoView + use<> {
    let place = format!(
        "translate({} {}) scale({scale})",
        x - 16.0 * scale,
        MIDDLE - 16.0 * scale
    );
    let class = format!("token {}", signs::colour(token));
    view! {
        <g class=class transform=place>
            <use_ class="body" href=signs::shape(token) width="32" height="32"/>
            <text x="16" y="16.5">{token.letter.clone()}</text>
        </g>
    }
}
