//! PARALLEL as lanes: stages with their gates in the header, a row per execution, a sign per check and action, words for
//! what is under way.

use super::{
    EDGE, TOP,
    canvas::{Anchor, Canvas, Frame, fit},
};
use crate::page::{
    layout::{lanes as arithmetic, text_width},
    signs,
    view::{LaneCell, LaneRow, LanesView, PipelineView, StageView},
    words::lanes as words,
};

/// Height of the header, of a row; width of who it is, and of how it stands.
const HEAD: f64 = 56.0;
const ROW: f64 = 38.0;
const WHO: f64 = 236.0;
const STATE: f64 = 200.0;
/// The gate in front of a stage.
const GATE: f64 = 44.0;
/// From one sign to the next.
const PIP: f64 = 26.0;

/// Draws the lanes from here down; answers how wide they are and how far down they reach.
pub(super) fn lanes(
    canvas: &mut Canvas,
    pipeline: &PipelineView,
    lanes: &LanesView,
    top: f64,
) -> (f64, f64) {
    let widths: Vec<f64> = pipeline
        .stages
        .iter()
        .map(|stage| {
            let signs = arithmetic::signs(&stage.shape);
            arithmetic::column(&stage.name, signs, pipeline.longest, false)
        })
        .collect();
    let width = WHO + widths.iter().sum::<f64>() + STATE;
    let height = HEAD + ROW * lanes.rows.len() as f64;
    let block = Frame {
        fill: "raised",
        stroke: "border",
        width: 1.0,
        radius: 6.0,
        dashed: false,
    };
    canvas.rect(EDGE, top, width, height, &block);
    canvas.text(EDGE + 10.0, top + 25.0, Anchor::Start, "name", &lanes.title);
    canvas.text(
        EDGE + 10.0,
        top + 43.0,
        Anchor::Start,
        "caption",
        words::ordered(lanes.order),
    );
    let mut x = EDGE + WHO;
    for (stage, width) in pipeline.stages.iter().zip(&widths) {
        head(canvas, stage, x, top, *width);
        x += width;
    }
    canvas.text(
        x + 10.0,
        top + 25.0,
        Anchor::Start,
        "name",
        words::EXECUTION,
    );
    let mut y = top + HEAD;
    for row in &lanes.rows {
        canvas.path(&format!("M{EDGE} {y}H{}", EDGE + width), "rule");
        lane(canvas, row, &widths, y);
        y += ROW;
    }
    (EDGE + width, y.max(TOP))
}

fn head(canvas: &mut Canvas, stage: &StageView, x: f64, top: f64, width: f64) {
    let (axis, middle) = (top + 28.0, x + GATE / 2.0);
    if stage.gate.open {
        canvas.path(&format!("M{x} {axis}H{}", x + GATE), "track");
        for post in [top + 4.0, top + 38.0] {
            canvas.shape(&format!("M{} {post}h8v14h-8z", middle - 4.0), "ink-2");
        }
    } else {
        let ends = format!("M{x} {axis}h13M{} {axis}h13", x + 31.0);
        canvas.path(&ends, "track");
        canvas.shape(
            &format!("M{} {}h10v48h-10z", middle - 5.0, top + 4.0),
            "wait",
        );
    }
    let (left, room) = (x + GATE + 4.0, width - GATE - 8.0);
    let name = fit(&stage.name, room / 1.25);
    canvas.text(left, top + 25.0, Anchor::Start, "name", &name);
    canvas.text(
        left,
        top + 43.0,
        Anchor::Start,
        "caption",
        &fit(&stage.signs(), room / 0.9),
    );
}

fn lane(canvas: &mut Canvas, row: &LaneRow, widths: &[f64], y: f64) {
    let middle = y + ROW / 2.0;
    canvas.token(&row.token, EDGE + 22.0, middle, 0.75);
    canvas.text(
        EDGE + 42.0,
        middle + 5.0,
        Anchor::Start,
        "id",
        &row.token.short,
    );
    let of = match &row.version {
        Some(version) => format!("{} {version}", row.of),
        None => row.of.clone(),
    };
    canvas.text(
        EDGE + 84.0,
        middle + 5.0,
        Anchor::Start,
        "says",
        &fit(&of, WHO - 90.0),
    );
    let mut x = EDGE + WHO;
    for (cell, width) in row.cells.iter().zip(widths) {
        if let Some(cell) = cell {
            signs_of(canvas, cell, x, middle, *width);
        }
        x += width;
    }
    let role = signs::role(row.state.role);
    let sign = signs::icon(row.state.icon);
    canvas.icon(sign, x + 10.0, middle - 8.0, 16.0, &format!("icon-{role}"));
    let said = fit(&row.state.word, STATE - 110.0);
    canvas.text(
        x + 32.0,
        middle + 4.0,
        Anchor::Start,
        &format!("state-{role}"),
        &said,
    );
    let after = x + 44.0 + text_width(&said);
    canvas.text(after, middle + 4.0, Anchor::Start, "says", &row.time);
}

fn signs_of(canvas: &mut Canvas, cell: &LaneCell, x: f64, y: f64, width: f64) {
    let class = |solid| if solid { "passed" } else { "coming" };
    canvas.path(&format!("M{x} {y}h36"), class(cell.reached));
    let mut at = x + GATE;
    for pip in &cell.pips {
        let role = signs::role(pip.state.role);
        let sign = signs::icon(pip.state.icon);
        let icon = format!("icon-{role}");
        if pip.state.word.is_empty() {
            if pip.check {
                let ring = Frame {
                    fill: "raised",
                    stroke: "border",
                    width: 1.0,
                    radius: 0.0,
                    dashed: false,
                };
                canvas.circle(at + 9.0, y, 11.0, &ring);
            }
            canvas.icon(sign, at, y - 9.0, 18.0, &icon);
            at += PIP;
        } else {
            let wide = text_width(&pip.state.word) + 40.0;
            let tint = format!("{role}-tint");
            let chip = Frame {
                fill: &tint,
                stroke: "border",
                width: 0.0,
                radius: if pip.check { 12.0 } else { 3.0 },
                dashed: false,
            };
            canvas.rect(at, y - 12.0, wide, 24.0, &chip);
            canvas.icon(sign, at + 8.0, y - 8.0, 16.0, &icon);
            canvas.text(
                at + 30.0,
                y + 4.0,
                Anchor::Start,
                &format!("state-{role}"),
                &pip.state.word,
            );
            at += wide + 8.0;
        }
    }
    let end = x + width;
    if at < end {
        canvas.path(&format!("M{at} {y}H{end}"), class(cell.passed));
    }
}
