//! The arithmetic of the line: how wide and high each block is and where it stands, in three densities, whether it is
//! drawn or not. All lengths are in sixteenths of a rem, as the style sheet has them.

use super::{COLUMN_GAP, ROW_GAP, TILE_HEIGHT};

/// How closely the line is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// Tiles with name, provider and state.
    #[default]
    Full,
    /// Low tiles with name and state.
    Compact,
    /// A sign for each action.
    Dots,
}

impl Density {
    /// Every density, the most generous first.
    pub const ALL: [Self; 3] = [Self::Full, Self::Compact, Self::Dots];

    /// The class of a line that is drawn so.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Density::Full => "full",
            Density::Compact => "compact",
            Density::Dots => "dots",
        }
    }

    /// One step closer, or more generous.
    #[must_use]
    pub fn step(self, closer: bool) -> Self {
        match (self, closer) {
            (Density::Full, true) | (Density::Dots, false) => Density::Compact,
            (_, true) => Density::Dots,
            (_, false) => Density::Full,
        }
    }
}

/// What the size of a block depends on: it never changes while executions run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StageShape {
    /// Rules of the condition before entry.
    pub before: usize,
    /// Actions of each run order.
    pub columns: Vec<usize>,
    /// Rules of the condition on success.
    pub success: usize,
}

impl StageShape {
    /// Every column with how many stand in it, from the left.
    fn all(&self) -> impl Iterator<Item = usize> {
        let check = |rules: usize| (rules > 0).then_some(rules);
        let run_orders = self.columns.iter().copied();
        check(self.before)
            .into_iter()
            .chain(run_orders)
            .chain(check(self.success))
    }
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// How closely.
    pub density: Density,
    /// Width of a tile.
    pub tile: f64,
    /// Whether the mode is QUEUED: its bays are wider.
    pub queued: bool,
}

/// Left of the first bay.
pub const EDGE: f64 = 20.0;
/// Padding and frame of a block at both sides.
const FRAME: f64 = 26.0;
/// Name and state of a stage, and the caption under them.
const HEAD: f64 = 84.0;
/// The caption alone.
const CAPTION: f64 = 26.0;
/// Under the tiles.
const FOOT: f64 = 13.0;
/// A tile that shows name and state alone.
const LOW_TILE: f64 = 44.0;
/// A block of dots: its height, its name with the socket, between two run orders.
const DOTS_HEIGHT: f64 = 44.0;
const DOTS_NAME: f64 = 136.0;
const DOTS_GAP: f64 = 6.0;
/// A dot, and between two of them.
const DOT: f64 = 18.0;
const DOT_GAP: f64 = 2.0;

/// Width of the dots of one run order, which stand in two rows.
fn dots(count: usize) -> f64 {
    let columns = count.div_ceil(2) as f64;
    (columns * (DOT + DOT_GAP) - DOT_GAP).max(0.0)
}

impl Look {
    /// Width of a bay.
    #[must_use]
    pub fn bay(&self) -> f64 {
        match (self.density, self.queued) {
            (Density::Dots, _) => 44.0,
            (_, true) => 112.0,
            (_, false) => 76.0,
        }
    }

    /// Width of a gate.
    #[must_use]
    pub fn gate(&self) -> f64 {
        44.0
    }

    /// What of a block lies beside its run orders, and what above and below them.
    #[must_use]
    pub fn around(&self) -> (f64, f64) {
        match self.density {
            Density::Full | Density::Compact => (FRAME, HEAD - CAPTION + FOOT),
            Density::Dots => (FRAME + DOTS_NAME, 6.0),
        }
    }

    fn block(&self, shape: &StageShape) -> (f64, f64) {
        let columns = shape.all();
        if self.density == Density::Dots {
            let dots: f64 = columns.map(|count| dots(count) + DOTS_GAP).sum();
            return (FRAME + DOTS_NAME + (dots - DOTS_GAP).max(0.0), DOTS_HEIGHT);
        }
        let (mut width, mut rows) = (FRAME - COLUMN_GAP, 1);
        for count in columns {
            width += self.tile + COLUMN_GAP;
            rows = rows.max(count);
        }
        let tile = match self.density {
            Density::Full => TILE_HEIGHT,
            Density::Compact | Density::Dots => LOW_TILE,
        };
        let tiles = rows as f64 * (tile + ROW_GAP) - ROW_GAP;
        (width.max(FRAME + self.tile), HEAD + tiles + FOOT)
    }
}

/// Where a stage stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leg {
    /// Left edge of its bay.
    pub left: f64,
    /// Left edge of its block.
    pub block: f64,
    /// Width of its block.
    pub width: f64,
    /// Height of its block.
    pub height: f64,
}

impl Leg {
    /// Right edge of its block.
    #[must_use]
    pub fn right(&self) -> f64 {
        self.block + self.width
    }
}

/// Where everything on the line stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// One per stage.
    pub legs: Vec<Leg>,
    /// What lies behind the last one.
    pub after: f64,
}

/// Places the stages.
#[must_use]
pub fn line<'a>(shapes: impl Iterator<Item = &'a StageShape>, look: Look) -> Line {
    let mut left = EDGE;
    let legs = shapes
        .map(|shape| {
            let (width, height) = look.block(shape);
            let block = left + look.bay() + look.gate();
            let leg = Leg {
                left,
                block,
                width,
                height,
            };
            left = leg.right();
            leg
        })
        .collect();
    Line { legs, after: EDGE }
}

impl Line {
    /// Width of the whole, with an edge at both sides.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.legs.last().map_or(EDGE, Leg::right) + self.after
    }

    /// Height of the highest block.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.legs.iter().fold(0.0, |most, leg| leg.height.max(most))
    }

    /// The first stage that is seen between two places, and how many are.
    #[must_use]
    pub fn seen(&self, from: f64, to: f64) -> (usize, usize) {
        let first = self.legs.partition_point(|leg| leg.right() < from);
        let end = self.legs.partition_point(|leg| leg.left <= to);
        (first, end.saturating_sub(first))
    }

    /// Where a place is between the first stage and the last, from 0 to 1.
    #[must_use]
    pub fn share(&self, place: f64) -> f64 {
        let (Some(first), Some(last)) = (self.legs.first(), self.legs.last()) else {
            return 0.0;
        };
        let whole = (last.right() - first.left).max(1.0);
        ((place - first.left) / whole).clamp(0.0, 1.0)
    }

    /// The middle of a run-order column of a stage.
    #[must_use]
    pub fn middle(&self, look: Look, stage: usize, column: usize, shape: &StageShape) -> f64 {
        let Some(leg) = self.legs.get(stage) else {
            return 0.0;
        };
        let before = usize::from(shape.before > 0);
        if look.density == Density::Dots {
            let passed = shape.all().take(column + before);
            let left: f64 = passed.map(|count| dots(count) + DOTS_GAP).sum();
            let own = shape.all().nth(column + before).map_or(0.0, dots);
            return leg.block + FRAME / 2.0 + DOTS_NAME + left + own / 2.0;
        }
        let left = leg.block + FRAME / 2.0 + (column + before) as f64 * (look.tile + COLUMN_GAP);
        left + look.tile / 2.0
    }
}

/// The most generous density in which the whole line fits an area; the closest, where none does.
#[must_use]
pub fn fitting(shapes: &[StageShape], look: Look, area: (f64, f64)) -> Density {
    let fits = |density: &Density| {
        let placed = line(
            shapes.iter(),
            Look {
                density: *density,
                ..look
            },
        );
        placed.width() <= area.0 && placed.height() <= area.1
    };
    Density::ALL.into_iter().find(fits).unwrap_or(Density::Dots)
}

/// How the line is drawn unless somebody says otherwise.
#[must_use]
pub fn usual(stages: usize, large: bool) -> Density {
    match (large, stages) {
        (false, _) => Density::Full,
        (true, ..=30) => Density::Compact,
        (true, _) => Density::Dots,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(stages: usize, columns: &[usize]) -> Vec<StageShape> {
        vec![
            StageShape {
                columns: columns.to_vec(),
                ..StageShape::default()
            };
            stages
        ]
    }

    const LOOK: Look = Look {
        density: Density::Full,
        tile: 132.0,
        queued: false,
    };

    #[test]
    fn blocks_are_as_wide_as_the_style_sheet_makes_them() {
        let placed = line(shapes(2, &[1, 2]).iter(), LOOK);
        let first = placed.legs[0];
        // 26 + columns x tile + (columns - 1) x 12.
        assert_eq!((first.block, first.width), (140.0, 302.0));
        assert_eq!(first.height, 84.0 + 2.0 * 74.0 + 8.0 + 13.0);
        assert_eq!(placed.legs[1].left, 442.0);
        assert_eq!(placed.width(), 442.0 + 120.0 + 302.0 + 20.0);
        let queued = Look {
            queued: true,
            ..LOOK
        };
        assert_eq!(line(shapes(1, &[1]).iter(), queued).legs[0].block, 176.0);
    }

    #[test]
    fn checks_stand_in_columns_of_their_own() {
        let shape = StageShape {
            before: 1,
            columns: vec![2],
            success: 3,
        };
        let placed = line([&shape].into_iter(), LOOK);
        assert_eq!(placed.legs[0].width, 26.0 + 3.0 * 132.0 + 24.0);
        assert_eq!(placed.legs[0].height, 84.0 + 3.0 * 82.0 - 8.0 + 13.0);
        let middle = placed.middle(LOOK, 0, 0, &shape);
        assert_eq!(middle, 140.0 + 13.0 + 144.0 + 66.0);
    }

    #[test]
    fn closer_is_smaller_and_dots_are_as_high_as_the_strip() {
        let shapes = shapes(50, &[10, 10]);
        let of = |density| line(shapes.iter(), Look { density, ..LOOK });
        let sizes = Density::ALL.map(|density| (of(density).width(), of(density).height()));
        assert!(
            sizes[0].1 > sizes[1].1 && sizes[1].1 > sizes[2].1,
            "{sizes:?}"
        );
        assert_eq!(sizes[2].1, 44.0);
        assert_eq!(fitting(&shapes, LOOK, (1400.0, 400.0)), Density::Dots);
        assert_eq!(
            fitting(&shapes[..2], LOOK, (1400.0, 700.0)),
            Density::Compact
        );
        assert_eq!(Density::Full.step(true).step(true), Density::Dots);
        assert_eq!(Density::Dots.step(false), Density::Compact);
    }

    #[test]
    fn dots_of_several_run_orders_take_less_room() {
        let few = shapes(1, &[2, 2, 2]);
        let of = |density| line(few.iter(), Look { density, ..LOOK }).width();
        assert!(of(Density::Full) > of(Density::Dots));
    }

    #[test]
    fn what_is_seen_is_found_whatever_the_window() {
        let placed = line(shapes(50, &[1]).iter(), LOOK);
        let leg = placed.legs[10];
        assert_eq!(placed.seen(leg.left + 1.0, leg.right() - 1.0), (10, 1));
        assert_eq!(placed.seen(0.0, 10.0), (0, 0));
        assert_eq!(placed.seen(0.0, 1.0e9), (0, 50));
        assert_eq!(placed.seen(1.0e9, 2.0e9), (50, 0));
        assert_eq!(line([].into_iter(), LOOK).seen(0.0, 100.0), (0, 0));
        assert_eq!((placed.share(0.0), placed.share(1.0e9)), (0.0, 1.0));
        let middle = placed.share(placed.legs[25].left);
        assert!((middle - 0.5).abs() < 0.001, "{middle}");
    }
}
