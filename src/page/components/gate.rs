//! The gate in front of a stage: the inbound transition. Open: two posts, the line passes. Closed: one bar, the line
//! is cut. The drawing turns with the line where the page is narrow.

use leptos::prelude::*;

use crate::page::view::GateView;
use crate::page::words::picture as words;

/// Draws the gate as it is.
pub(super) fn gate(gate: &GateView) -> impl IntoView + use<> {
    let (class, track, bars, word) = if gate.open {
        (
            "gate",
            "M0 28.5H44",
            "M18 5h8v14h-8zM18 38h8v14h-8z",
            words::OPEN,
        )
    } else {
        (
            "gate closed",
            "M0 28.5H13M31 28.5H44",
            "M17 3h10v51H17z",
            words::CLOSED,
        )
    };
    let note = (!gate.open && !gate.note.is_empty())
        .then(|| view! { <span class="note">{gate.note.clone()}</span> });
    view! {
        <div class=class role="img" aria-label=gate.label.clone()>
            <svg viewBox="0 0 44 56" aria-hidden="true"><path class="track" d=track/><path class="posts" d=bars/></svg>
            <span class="word">{word}</span>
            {note}
        </div>
    }
}
