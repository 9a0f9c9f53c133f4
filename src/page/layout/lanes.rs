//! The arithmetic of lanes: how wide the column of a stage is, which rows are seen. In sixteenths of a rem.

use super::{
    line::{EDGE, Leg, Line, StageShape},
    text_width,
};

/// One sign with its gap.
const PIP: f64 = 26.0;
/// The same where rows are dense.
const DENSE_PIP: f64 = 18.0;
/// Icon, padding and gaps of a chip, and room for a share beside its name.
const CHIP: f64 = 84.0;
/// A stretch of line that is always to be seen.
const LINE: f64 = 16.0;
/// The gate in the header; in a row the line in front of the stage.
const GATE: f64 = 44.0;
/// More than this no name needs.
const WIDEST: f64 = 190.0;

/// Width of the column of a stage with so many signs: one of them can grow to words without anything moving.
/// `longest` is the width of its longest action name.
#[must_use]
pub fn column(stage: &str, signs: usize, longest: f64, dense: bool) -> f64 {
    let name = text_width(stage) * 1.25 + GATE;
    let signs = signs as f64;
    let row = if dense {
        DENSE_PIP * signs + 8.0
    } else {
        PIP * (signs - 1.0).max(0.0) + CHIP + longest.min(WIDEST)
    };
    (GATE + row + LINE).max(name).ceil()
}

/// Width of who it is, left of the stages, and of how it stands, right of them.
const WHO: f64 = 236.0;
const STATE: f64 = 272.0;

/// How many signs a stage has in a lane.
#[must_use]
pub fn signs(shape: &StageShape) -> usize {
    shape.before + shape.columns.iter().sum::<usize>() + shape.success
}

/// Where the columns of all stages stand.
#[must_use]
pub fn columns<'a>(
    stages: impl Iterator<Item = (&'a str, &'a StageShape)>,
    longest: f64,
    dense: bool,
) -> Line {
    let mut left = EDGE + WHO;
    let legs = stages
        .map(|(name, shape)| {
            let leg = Leg {
                left,
                block: left,
                width: column(name, signs(shape), longest, dense),
                height: 0.0,
            };
            left = leg.right();
            leg
        })
        .collect();
    Line {
        legs,
        after: STATE + EDGE,
    }
}

/// The first row to draw and how many, for what is seen of a list: a few more at either edge.
#[must_use]
pub fn rows(top: f64, height: f64, row: f64, total: usize) -> (usize, usize) {
    const MORE: usize = 4;
    let row = row.max(1.0);
    let above = whole((top / row).floor());
    let seen = whole((height / row).ceil()) + 1;
    let first = above.saturating_sub(MORE).min(total);
    (first, (seen + 2 * MORE).min(total - first))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rows on a screen"
)]
fn whole(number: f64) -> usize {
    number.max(0.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_has_room_for_its_signs_and_one_that_speaks() {
        let of = |signs, dense| column("Test", signs, text_width("E2E"), dense);
        assert!(of(2, false) > of(1, false));
        assert!(of(2, true) < of(2, false));
        assert!(column("AVeryLongNameOfAStage", 1, 0.0, true) > 150.0);
        let long = column("Test", 1, 900.0, false);
        assert!(long < 400.0, "{long}");
    }

    #[test]
    fn columns_stand_beside_each_other_between_who_and_how() {
        let shape = StageShape {
            before: 1,
            columns: vec![2, 1],
            success: 0,
        };
        assert_eq!(signs(&shape), 4);
        let placed = columns(
            [("Build", &shape), ("Test", &shape)].into_iter(),
            50.0,
            false,
        );
        assert_eq!(placed.legs[0].left, 256.0);
        assert_eq!(placed.legs[1].left, placed.legs[0].right());
        assert_eq!(placed.width(), placed.legs[1].right() + 292.0);
    }

    #[test]
    fn only_rows_that_are_seen_are_drawn() {
        assert_eq!(rows(0.0, 380.0, 38.0, 7), (0, 7));
        assert_eq!(rows(0.0, 380.0, 38.0, 100), (0, 19));
        assert_eq!(rows(1900.0, 380.0, 38.0, 100), (46, 19));
        assert_eq!(rows(9.0e9, 380.0, 38.0, 100), (100, 0));
    }
}
