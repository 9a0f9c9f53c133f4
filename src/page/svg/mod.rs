//! The picture of a pipeline as one SVG file: light, without the page around it, without script or anything from
//! elsewhere, so that it can be put into a document.
//!
//! Drawn from the same [`PipelineView`] and the same arithmetic as the picture on the page, in its pixels at the usual
//! root size; pure, so that it is tested without a browser. The signs come in as the page's sprite, of which only
//! those that are used go into the file. Every text is escaped here, in [`canvas`], and nowhere else.

mod bay;
mod canvas;
mod lanes;
mod stage;

use std::fmt::Write;

use super::{layout, view::PipelineView};
use canvas::{Anchor, Canvas};

/// Around the picture.
const EDGE: f64 = 20.0;
/// The upper edge of the blocks.
const TOP: f64 = 24.0;
/// Where the line runs under the upper edge of the blocks.
const AXIS: f64 = 28.5;
/// Width of a gate.
const GATE: f64 = 44.0;
/// Inside a block, at each side.
const PADDING: f64 = 12.0;
/// Name and state of a stage.
const HEADER: f64 = 58.0;
/// The caption of a run order.
const CAPTION: f64 = 26.0;
/// Under the picture: the line that says what it shows.
const FOOT: f64 = 40.0;

/// The light palette of `www/styles/tokens.css`, by the names of its tokens.
const PALETTE: [(&str, &str); 27] = [
    ("paper", "#eceff0"),
    ("raised", "#ffffff"),
    ("sunken", "#dfe4e6"),
    ("ink", "#141b1f"),
    ("ink-2", "#414c52"),
    ("ink-3", "#5a666d"),
    ("hairline", "#cdd4d8"),
    ("border", "#7f8b92"),
    ("track", "#737f87"),
    ("run", "#175a9c"),
    ("run-tint", "#e2eefa"),
    ("ok", "#1a6a3a"),
    ("ok-tint", "#e0f1e6"),
    ("wait", "#855000"),
    ("wait-tint", "#fbedd2"),
    ("person", "#78309c"),
    ("person-tint", "#f2e6fa"),
    ("fail", "#b0271d"),
    ("fail-tint", "#fbe6e4"),
    ("gone", "#545f66"),
    ("gone-tint", "#e6eaec"),
    ("id-letter", "#ffffff"),
    ("id-1", "#3d4aa8"),
    ("id-2", "#0a6e72"),
    ("id-3", "#a92d62"),
    ("id-4", "#7a4b22"),
    ("id-5", "#3f5870"),
];

/// A colour by the name of its token; ink for a name that is none.
fn colour(token: &str) -> &'static str {
    let found = PALETTE.iter().find(|(name, _)| *name == token);
    found.map_or("#141b1f", |(_, value)| value)
}

/// The picture of a pipeline. `caption` stands under it; `sprite` is the page's sprite of signs.
#[must_use]
pub fn picture(pipeline: &PipelineView, caption: &str, sprite: &str) -> String {
    let tile = 16.0 * layout::tile_of(pipeline.longest, 1.0);
    let bay = if pipeline.mode == "QUEUED" {
        112.0
    } else {
        76.0
    };
    let mut canvas = Canvas::default();
    if let Some(lanes) = pipeline.lanes.as_ref().filter(|lanes| !lanes.left_over) {
        let (right, bottom) = lanes::lanes(&mut canvas, pipeline, lanes, TOP);
        let (width, height) = (right + EDGE, bottom + FOOT);
        canvas.text(EDGE, height - 16.0, Anchor::Start, "note", caption);
        return canvas.finish(width, height, caption, sprite);
    }
    let mut x = EDGE;
    let mut bottom: f64 = TOP;
    for (index, stage) in pipeline.stages.iter().enumerate() {
        let begin = (index == 0).then_some(x);
        bottom = bottom.max(bay::bay(&mut canvas, stage, x, bay, begin));
        x += bay;
        bay::gate(&mut canvas, &stage.gate, x);
        x += GATE;
        let (width, height) = stage::stage(&mut canvas, stage, x, tile);
        bottom = bottom.max(TOP + height);
        x += width;
    }
    // Whom a change of mode left over is said under the line, as the page says it over it.
    if let Some(lanes) = &pipeline.lanes {
        bottom += 28.0;
        canvas.text(EDGE, bottom, Anchor::Start, "strong", &lanes.title);
    }
    canvas.path(&format!("M{x} {}H{}", TOP + AXIS, x + EDGE), "track");
    let width = x + EDGE;
    let height = bottom + FOOT;
    canvas.text(EDGE, height - 16.0, Anchor::Start, "note", caption);
    canvas.finish(width, height, caption, sprite)
}

/// The rules of the drawing, as a style element.
fn style() -> String {
    let mut rules = String::new();
    let texts = [
        ("name", "600 16px", "ink"),
        ("says", "400 12px", "ink-2"),
        ("strong", "500 12px", "ink"),
        ("bad", "600 12px", "fail"),
        ("caption", "400 12px", "ink-3"),
        ("note", "400 12px", "ink-3"),
        ("action", "600 13px", "ink"),
        ("undone", "500 13px", "ink-2"),
        ("id", "600 13px", "ink"),
        ("gateword", "600 12px", "ink-3"),
        ("closedword", "600 12px", "wait"),
        ("letter", "700 17px", "id-letter"),
    ];
    for (class, font, token) in texts {
        let _ = write!(
            rules,
            ".{class}{{font:{font} sans-serif;fill:{}}}",
            colour(token)
        );
    }
    for role in ["run", "ok", "wait", "person", "fail", "gone"] {
        let value = colour(role);
        let _ = write!(
            rules,
            ".state-{role}{{font:600 12px sans-serif;fill:{value}}}.icon-{role}{{color:{value}}}"
        );
    }
    let _ = write!(
        rules,
        ".passed{{fill:none;stroke:{track};stroke-width:2}}.coming{{fill:none;stroke:{line};stroke-width:2;stroke-dasharray:5 4}}.rule{{fill:none;stroke:{line};stroke-width:1}}",
        track = colour("track"),
        line = colour("hairline"),
    );
    let _ = write!(
        rules,
        ".lock{{color:{};stroke-width:2.25}}.track{{fill:none;stroke:{};stroke-width:3}}.join{{fill:none;stroke:{};stroke-width:1.5}}\
         .icon{{fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}}\
         .solid{{fill:currentColor;stroke:none}}.knock{{stroke:{}}}",
        colour("raised"),
        colour("track"),
        colour("border"),
        colour("raised"),
    );
    rules
}

#[cfg(test)]
mod tests {
    use super::PALETTE;

    #[test]
    fn the_palette_is_the_light_one_of_the_page() {
        let tokens = include_str!("../../../www/styles/tokens.css");
        for (name, value) in PALETTE {
            let written = format!("--{name}: light-dark({value},");
            assert!(tokens.contains(&written), "{written}");
        }
    }
}
