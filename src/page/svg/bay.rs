//! What stands in front of a stage: the line, whoever waits, whoever left without entering, and the gate.

use super::{
    AXIS, GATE, TOP,
    canvas::{Anchor, Canvas, Frame},
};
use crate::page::{
    view::{GateView, StageView},
    words::picture as words,
};

/// How many of a queue hang under its head, as on the page.
const HANGING: usize = 4;

/// Draws a bay; answers how far down it reaches. `begin` is where new executions enter.
pub(super) fn bay(
    canvas: &mut Canvas,
    stage: &StageView,
    x: f64,
    width: f64,
    begin: Option<f64>,
) -> f64 {
    let axis = TOP + AXIS;
    let middle = x + width / 2.0;
    canvas.path(&format!("M{x} {axis}H{}", x + width), "track");
    if let Some(at) = begin {
        let ring = Frame {
            fill: "paper",
            stroke: "track",
            width: 3.0,
            radius: 0.0,
            dashed: false,
        };
        canvas.circle(at + 8.0, axis, 6.5, &ring);
    }
    let mut y = TOP + 56.0;
    let mut waiting = stage.waiting.iter();
    if let Some(head) = waiting.next() {
        canvas.token(&head.token, middle, axis, 1.0);
        y += 12.0;
        canvas.text(middle, y, Anchor::Middle, "id", &head.token.short);
        y = canvas.lines(middle, y + 16.0, width - 4.0, "says", &head.line);
    }
    for next in waiting.take(HANGING) {
        canvas.path(&format!("M{middle} {}V{}", y - 6.0, y + 2.0), "join");
        canvas.token(&next.token, middle, y + 14.0, 0.75);
        y = canvas.lines(middle, y + 40.0, width - 4.0, "caption", &next.line);
    }
    if !stage.gate.open && !stage.gate.note.is_empty() {
        y = canvas.lines(middle, y + 12.0, width - 4.0, "caption", &stage.gate.note);
    }
    for ghost in &stage.ghosts {
        canvas.token(&ghost.token, middle, y + 16.0, 0.75);
        y = canvas.lines(middle, y + 44.0, width - 4.0, "state-gone", &ghost.line);
    }
    y
}

/// Draws a gate: two posts where the line passes, one bar where it is cut.
pub(super) fn gate(canvas: &mut Canvas, gate: &GateView, x: f64) {
    let axis = TOP + AXIS;
    let middle = x + GATE / 2.0;
    if gate.open {
        canvas.path(&format!("M{x} {axis}H{}", x + GATE), "track");
        for top in [TOP + 5.0, TOP + 38.0] {
            canvas.shape(&format!("M{} {top}h8v14h-8z", middle - 4.0), "ink-2");
        }
        canvas.text(middle, TOP + 68.0, Anchor::Middle, "gateword", words::OPEN);
    } else {
        let ends = format!("M{x} {axis}H{}M{} {axis}H{}", x + 13.0, x + 31.0, x + GATE);
        canvas.path(&ends, "track");
        canvas.shape(
            &format!("M{} {}h10v51h-10z", middle - 5.0, TOP + 3.0),
            "wait",
        );
        canvas.text(
            middle,
            TOP + 68.0,
            Anchor::Middle,
            "closedword",
            words::CLOSED,
        );
    }
}
