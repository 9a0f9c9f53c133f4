//! A stage as a block: its socket, its name, its run orders with the joins between them.

use super::{
    CAPTION, HEADER, PADDING, TOP,
    canvas::{Anchor, Canvas, Frame, fit},
};
use crate::page::{
    layout::{COLUMN_GAP, ROW_GAP, TILE_HEIGHT, text_width},
    signs,
    view::{self, ActionView, CheckPlace, StageView, Tile},
    words::picture as words,
};

/// Draws a stage; answers its width and height.
pub(super) fn stage(canvas: &mut Canvas, stage: &StageView, x: f64, tile: f64) -> (f64, f64) {
    let columns = columns(stage);
    let count = columns.len().max(1) as f64;
    let rows = columns.iter().map(|column| column.tiles.len()).max();
    let rows = rows.unwrap_or_default().max(1) as f64;
    let width = 2.0 * PADDING + count * tile + (count - 1.0) * COLUMN_GAP;
    let height = HEADER + CAPTION + rows * (TILE_HEIGHT + ROW_GAP) - ROW_GAP + PADDING;
    let (stroke, weight, says) = match stage.frame {
        view::Frame::Free => ("border", 1.0, "says"),
        view::Frame::Held => ("ink", 2.0, "strong"),
        view::Frame::Bad => ("fail", 2.0, "bad"),
    };
    let block = Frame {
        fill: "raised",
        stroke,
        width: weight,
        radius: 6.0,
        dashed: false,
    };
    canvas.rect(x, TOP, width, height, &block);
    socket(canvas, stage, x + PADDING + 20.0, TOP + 28.0);
    let left = x + PADDING + 50.0;
    let room = width - 2.0 * PADDING - 50.0;
    // A name that is too long for its size is set smaller before it is cut.
    let small = text_width(&stage.name) * 1.25 > room;
    canvas.text(
        left,
        TOP + 25.0,
        Anchor::Start,
        if small { "action" } else { "name" },
        &fit(&stage.name, if small { room } else { f64::MAX }),
    );
    canvas.text(
        left,
        TOP + 42.0,
        Anchor::Start,
        says,
        &fit(&stage.line, room * 1.1),
    );
    let mut before = 0;
    for (index, column) in columns.iter().enumerate() {
        let left = x + PADDING + index as f64 * (tile + COLUMN_GAP);
        canvas.text(
            left,
            TOP + HEADER + 11.0,
            Anchor::Start,
            "caption",
            &column.caption,
        );
        let top = TOP + HEADER + CAPTION;
        if before > 0 && !column.check {
            join(canvas, left - COLUMN_GAP, top, before, column.tiles.len());
        }
        before = if column.check { 0 } else { column.tiles.len() };
        for (row, action) in column.tiles.iter().enumerate() {
            let y = top + row as f64 * (TILE_HEIGHT + ROW_GAP);
            tile_of(canvas, action, column.check, (left, y), tile);
        }
    }
    let under = under(canvas, stage, x, TOP + height, tile);
    (width, height + under)
}

/// A run order, or a condition beside them.
struct Column<'a> {
    caption: String,
    check: bool,
    tiles: &'a [ActionView],
}

/// From the left: before entry, the run orders, on success.
fn columns(stage: &StageView) -> Vec<Column<'_>> {
    let check = |place: CheckPlace| {
        let checks = stage
            .checks
            .iter()
            .filter(move |check| check.place == place);
        checks.map(|check| Column {
            caption: check.caption.clone(),
            check: true,
            tiles: &check.rules,
        })
    };
    let run_orders = stage.columns.iter().map(|column| Column {
        caption: words::run_order(column.run_order),
        check: false,
        tiles: &column.actions,
    });
    check(CheckPlace::Before)
        .chain(run_orders)
        .chain(check(CheckPlace::Success))
        .collect()
}

/// What hangs under a block: its condition on failure. Answers how much height that takes.
fn under(canvas: &mut Canvas, stage: &StageView, x: f64, y: f64, tile: f64) -> f64 {
    let mut checks = stage.checks.iter();
    let Some(check) = checks.find(|check| check.place == CheckPlace::Failure) else {
        return 0.0;
    };
    if !check.engaged {
        let said = words::checks(&check.caption, check.rules.len());
        canvas.text(x + 8.0, y + 20.0, Anchor::Start, "caption", &said);
        return 28.0;
    }
    canvas.text(
        x + PADDING,
        y + 20.0,
        Anchor::Start,
        "caption",
        &check.caption,
    );
    for (index, rule) in check.rules.iter().enumerate() {
        let left = x + PADDING + index as f64 * (tile + COLUMN_GAP);
        tile_of(canvas, rule, true, (left, y + 28.0), tile);
    }
    28.0 + TILE_HEIGHT + PADDING
}

fn socket(canvas: &mut Canvas, stage: &StageView, x: f64, y: f64) {
    let Some(holder) = &stage.holder else {
        let free = Frame {
            fill: "sunken",
            stroke: "border",
            width: 1.5,
            radius: 0.0,
            dashed: true,
        };
        return canvas.circle(x, y, 18.5, &free);
    };
    let held = Frame {
        fill: "raised",
        stroke: "ink",
        width: 2.5,
        radius: 0.0,
        dashed: false,
    };
    canvas.circle(x, y, 18.5, &held);
    canvas.token(holder, x, y, 0.8);
    let lock = Frame {
        fill: "ink",
        stroke: "ink",
        width: 0.0,
        radius: 0.0,
        dashed: false,
    };
    canvas.circle(x + 15.0, y + 15.0, 10.0, &lock);
    canvas.icon("#i-lock", x + 9.0, y + 9.0, 12.0, "lock");
}

/// Everybody on the left before anybody on the right.
fn join(canvas: &mut Canvas, x: f64, top: f64, left: usize, right: usize) {
    let centre = |row: usize| top + TILE_HEIGHT / 2.0 + (TILE_HEIGHT + ROW_GAP) * row as f64;
    let middle = x + COLUMN_GAP / 2.0;
    let mut path = String::new();
    for row in 0..left {
        path.push_str(&format!("M{x} {}H{middle}", centre(row)));
    }
    for row in 0..right {
        path.push_str(&format!("M{middle} {}H{}", centre(row), x + COLUMN_GAP));
    }
    let last = left.max(right).saturating_sub(1);
    if last > 0 {
        path.push_str(&format!("M{middle} {}V{}", centre(0), centre(last)));
    }
    canvas.path(&path, "join");
}

fn tile_of(canvas: &mut Canvas, action: &ActionView, check: bool, (x, y): (f64, f64), width: f64) {
    let (fill, stroke, weight) = match action.tile {
        Tile::None | Tile::Plain => ("raised", "border", 1.0),
        Tile::Run => ("run-tint", "run", 1.5),
        Tile::Wait => ("wait-tint", "wait", 1.5),
        Tile::Person => ("person-tint", "person", 1.5),
        Tile::Fail => ("fail-tint", "fail", 1.5),
    };
    let inset = if check { 12.0 } else { 8.0 };
    let undone = action.tile == Tile::None;
    let frame = Frame {
        fill,
        stroke,
        width: weight,
        radius: if check { 16.0 } else { 3.0 },
        dashed: undone,
    };
    canvas.rect(x, y, width, TILE_HEIGHT, &frame);
    let name = if undone { "undone" } else { "action" };
    canvas.text(
        x + inset,
        y + 19.0,
        Anchor::Start,
        name,
        &fit(&action.name, width - 38.0),
    );
    if let Some(owner) = &action.owner {
        canvas.token(owner, x + width - 16.0, y + 15.0, 0.625);
    }
    let provider = match &action.behaviour {
        Some(mark) => format!("{}, {mark}", action.provider),
        None => action.provider.clone(),
    };
    canvas.text(
        x + inset,
        y + 40.0,
        Anchor::Start,
        "caption",
        &fit(&provider, (width - 16.0) / 0.88),
    );
    let role = signs::role(action.state.role);
    let sign = signs::icon(action.state.icon);
    canvas.icon(sign, x + inset, y + 52.0, 14.0, &format!("icon-{role}"));
    let word = match (action.tile, role) {
        (Tile::Plain, "ok") => "strong".to_owned(),
        _ => format!("state-{role}"),
    };
    canvas.text(
        x + inset + 19.0,
        y + 63.0,
        Anchor::Start,
        &word,
        &fit(&action.state.word, (width - 30.0) / 0.9),
    );
    if let Some(share) = action.progress {
        let done = width * f64::from(share.min(100)) / 100.0;
        canvas.shape(
            &format!("M{x} {}h{done}v4h-{done}z", y + TILE_HEIGHT - 4.0),
            stroke,
        );
    }
}
