//! The gate in front of a stage: the inbound transition. Open: two posts, the line passes. Closed: one bar, the line
//! is cut. Pressing it asks for the reason, or says who will enter. The drawing turns with the line where the page is
//! narrow.

use leptos::prelude::*;

use super::context::{Page, spot};
use crate::page::command::Command;
use crate::page::drive::{Ask, DriveCommand};
use crate::page::view::GateView;
use crate::page::words::picture as words;

/// Draws the gate as it is.
pub(super) fn gate(page: Page, stage: &str, gate: &GateView) -> impl IntoView + use<> {
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
    let here = spot::gate(stage);
    let stop = here.clone();
    let stage = stage.to_owned();
    let press = move |_| {
        let ask = Ask::Gate(Some(stage.clone()));
        page.perform(Command::Drive(DriveCommand::Ask(ask)));
    };
    view! {
        <button type="button" class=class data-spot=here aria-label=gate.label.clone() aria-haspopup="dialog"
            tabindex=move || super::picture::tab_index(page, &stop) on:click=press>
            <svg viewBox="0 0 44 56" aria-hidden="true"><path class="track" d=track/><path class="posts" d=bars/></svg>
            <span class="word">{word}</span>
            {note}
        </button>
    }
}
