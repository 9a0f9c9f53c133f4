//! The picture's arithmetic: widths, joins, where a call-out goes, which element an arrow key means. Pure, so it
//! is tested without a browser; the components measure and draw.
//!
//! Lengths named *rem* are in root ems, as everything grows with the root size; rectangles are in CSS pixels, as
//! measured.

pub mod lanes;
pub mod line;

/// Height of an action tile in sixteenths of a rem.
pub const TILE_HEIGHT: f64 = 74.0;
/// Gap between stacked tiles in sixteenths of a rem.
pub const ROW_GAP: f64 = 8.0;
/// Gap between run-order columns in sixteenths of a rem.
pub const COLUMN_GAP: f64 = 12.0;
/// Bounds of a tile's width in sixteenths of a rem.
const TILE_WIDTH: (f64, f64) = (132.0, 208.0);

/// Width of the tiles of one pipeline in rem: wide enough for the longest action name beside its owner's badge.
/// It depends on names alone, so nothing shifts while executions run.
/// `font` says how much wider the page's font runs than the usual ones, from 1.
pub fn tile_width<'a>(names: impl Iterator<Item = &'a str>, font: f64) -> f64 {
    tile_of(names.map(text_width).fold(0.0, f64::max), font)
}

/// The same where it is known how wide the longest name is, in sixteenths of a rem.
pub fn tile_of(longest: f64, font: f64) -> f64 {
    let font = font.clamp(1.0, WIDEST_FONT);
    (longest * font + 44.0).clamp(TILE_WIDTH.0 * font, TILE_WIDTH.1) / 16.0
}

/// How much wider the page's font runs than the usual ones, from the measured width of [`PROBE`] in rem.
pub fn font_factor(measured: f64) -> f64 {
    let expected = text_width(PROBE) / 16.0;
    if measured > 0.0 {
        (measured / expected).clamp(1.0, WIDEST_FONT)
    } else {
        1.0
    }
}

/// A text to measure in the 13 px semibold of the tiles.
pub const PROBE: &str = "Waits for approval, Build";
/// Fonts that run wider than this are cut.
const WIDEST_FONT: f64 = 1.25;

/// About how wide a name is in the 13 px semibold of the tiles, in sixteenths of a rem.
pub fn text_width(text: &str) -> f64 {
    text.chars()
        .map(|c| match c {
            'i' | 'j' | 'l' | 'I' | '.' | '|' => 3.7,
            'f' | 'r' | 't' | '-' | '1' => 5.2,
            'm' | 'w' | 'M' | 'W' | '@' => 11.2,
            'A'..='Z' => 9.0,
            _ => 7.4,
        })
        .sum()
}

/// How far the picture is enlarged where there is room: it fills `area` up to 1.6 times its `natural` size, and two
/// thirds of the height, as call-outs need the rest. Never below 1: what does not fit is scrolled.
pub fn zoom(area: (f64, f64), natural: (f64, f64)) -> f64 {
    let fits = (area.0 / natural.0.max(1.0)).min(area.1 * 2.0 / 3.0 / natural.1.max(1.0));
    let steps = (fits.clamp(1.0, 1.6) * 20.0).floor();
    steps / 20.0
}

/// The lines between two run-order columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Join {
    /// `viewBox` of the drawing.
    pub view_box: String,
    /// Its height in rem, as an SVG length.
    pub height: String,
    /// The path: everybody on the left before anybody on the right.
    pub path: String,
}

/// Joins `left` stacked tiles to `right` stacked tiles.
pub fn join(left: usize, right: usize) -> Join {
    let centre = |row: usize| TILE_HEIGHT / 2.0 + (TILE_HEIGHT + ROW_GAP) * row as f64;
    let rows = left.max(right).max(1) as f64;
    let height = (TILE_HEIGHT + ROW_GAP) * rows - ROW_GAP;
    let middle = COLUMN_GAP / 2.0;
    let mut path = String::new();
    for row in 0..left {
        path.push_str(&format!("M0 {}H{middle}", centre(row)));
    }
    for row in 0..right {
        path.push_str(&format!("M{middle} {}H{COLUMN_GAP}", centre(row)));
    }
    let last = left.max(right).saturating_sub(1);
    if last > 0 {
        path.push_str(&format!("M{middle} {}V{}", centre(0), centre(last)));
    }
    Join {
        view_box: format!("0 0 {COLUMN_GAP} {height}"),
        height: format!("{}rem", height / 16.0),
        path,
    }
}

/// A rectangle in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Rect {
    /// Right edge.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// Lower edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// The middle.
    pub fn centre(&self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// How much area the two share.
    pub fn shared_area(&self, other: &Rect) -> f64 {
        let width = self.right().min(other.right()) - self.x.max(other.x);
        let height = self.bottom().min(other.bottom()) - self.y.max(other.y);
        width.max(0.0) * height.max(0.0)
    }

    /// Whether the two share any area.
    pub fn overlaps(&self, other: &Rect) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }
}

/// Where an arrow key points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Towards earlier.
    Left,
    /// Towards later.
    Right,
    /// Towards the one above.
    Up,
    /// Towards the one below.
    Down,
}

/// Index of the nearest of `others` that lies wholly in a direction. Straight ahead counts more than near: leaving
/// the direction costs twice as much as going along it. Up and down stay in their column.
pub fn nearest(from: Rect, direction: Direction, others: &[Rect]) -> Option<usize> {
    let cost = |other: &Rect| {
        let (along, aside) = match direction {
            Direction::Left => (
                from.x - other.right(),
                gap(from.y, from.bottom(), other.y, other.bottom()),
            ),
            Direction::Right => (
                other.x - from.right(),
                gap(from.y, from.bottom(), other.y, other.bottom()),
            ),
            Direction::Up => (
                from.y - other.bottom(),
                gap(from.x, from.right(), other.x, other.right()),
            ),
            Direction::Down => (
                other.y - from.bottom(),
                gap(from.x, from.right(), other.x, other.right()),
            ),
        };
        let vertical = matches!(direction, Direction::Up | Direction::Down);
        // Of two that are equally near, the one whose middle is.
        let ((fx, fy), (x, y)) = (from.centre(), other.centre());
        let middle = (fx - x).hypot(fy - y) / 1000.0;
        (along > -1.0 && !(vertical && aside > 0.0)).then_some(along + 2.0 * aside + middle)
    };
    let costs = others
        .iter()
        .enumerate()
        .filter_map(|(index, other)| Some((index, cost(other)?)));
    costs
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(index, _)| index)
}

/// Distance between two intervals, zero if they share anything.
fn gap(a: f64, a_end: f64, b: f64, b_end: f64) -> f64 {
    (b - a_end).max(a - b_end).max(0.0)
}

/// Where a call-out stands and the line that leads to it, all relative to the picture's upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Path of the leader, if there is a subject to lead to.
    pub leader: Option<String>,
}

/// What a call-out is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Subject {
    /// The thing itself.
    pub rect: Rect,
    /// The block or bay it stands in: the leader leaves through its lower edge.
    pub within: Rect,
    /// Whether text hangs under it, so that the leader has to go round it.
    pub hanging: bool,
}

/// Finds a place for a call-out of `width` by `height` in a picture of the size of `area`: under what is drawn, where
/// that hides least and is near its subject; never on its subject. `drawn` are the blocks and bays.
pub fn place(
    area: (f64, f64),
    size: (f64, f64),
    subject: Option<Subject>,
    drawn: &[Rect],
) -> Place {
    const MARGIN: f64 = 12.0;
    const STEP: f64 = 16.0;
    let (width, height) = size;
    let fit = |wish: f64, length: f64, room: f64| {
        wish.clamp(MARGIN, (room - length - MARGIN).max(MARGIN))
    };
    let wish = subject.map_or((area.0 - width) / 2.0, |s| s.rect.centre().0 - width * 0.62);
    let wish = fit(wish, width, area.0);
    let low = fit(area.1, height, area.1);
    let hidden = |at: &Rect| -> f64 { drawn.iter().map(|rect| rect.shared_area(at)).sum() };
    let steps = ((area.0 - width - 2.0 * MARGIN).max(0.0) / STEP) as usize;
    let lefts = std::iter::once(wish).chain((0..=steps).map(|step| MARGIN + step as f64 * STEP));
    let candidates = lefts.flat_map(|left| {
        let under = drawn
            .iter()
            .filter(|r| r.x < left + width && left < r.right())
            .map(Rect::bottom)
            .fold(0.0, f64::max);
        // As far down as it has to, or beside things at the upper edge.
        [(under + MARGIN).min(low), MARGIN].map(|top| Rect {
            x: left,
            y: top,
            width,
            height,
        })
    });
    let cost = |at: &Rect| {
        let on_subject = subject.is_some_and(|s| at.overlaps(&s.rect));
        // Covering a strip is worse than standing further away.
        let far = (at.x - wish).abs() * 24.0;
        hidden(at) + far + if on_subject { 1.0e9 } else { 0.0 }
    };
    let best = candidates.min_by(|a, b| cost(a).total_cmp(&cost(b)));
    let best = best.unwrap_or(Rect {
        x: wish,
        y: low,
        width,
        height,
    });
    // A line makes sense only if it has to cross nothing but paper.
    let free = |s: &Subject| {
        best.y
            >= if s.hanging {
                s.rect.bottom()
            } else {
                s.within.bottom()
            }
    };
    Place {
        left: best.x,
        top: best.y,
        leader: subject
            .filter(free)
            .map(|s| leader(s, best.x, width, best.y)),
    }
}

/// The line from a subject to the upper edge of its call-out.
fn leader(subject: Subject, left: f64, width: f64, top: f64) -> String {
    let inside = |x: f64| x.clamp(left + 14.0, (left + width - 14.0).max(left + 14.0));
    let (cx, cy) = subject.rect.centre();
    if subject.hanging {
        // Out of the lower right corner of the sign and down along the edge of its bay.
        let reach = subject.rect.width / 2.0 * 0.76 + 4.0;
        let x = inside(subject.within.right() - 3.0);
        let start = (cx + reach, cy + reach);
        let slope = (x - start.0).abs();
        format!(
            "M{:.1} {:.1}L{x:.1} {:.1}V{top:.1}",
            start.0,
            start.1,
            start.1 + slope
        )
    } else {
        let x = inside(cx);
        let bottom = subject.within.bottom();
        format!("M{cx:.1} {bottom:.1}L{x:.1} {top:.1}")
    }
}

/// Room beside what was brought into view, in pixels.
const BESIDE: f64 = 24.0;

/// How far to scroll an area `visible` wide so that what begins at `left` and is `width` wide can be seen; its
/// beginning, where not all of it fits. 0 if it can be seen.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    reason = "pixels of a page; more than fit are held at the ends"
)]
pub fn into_view(visible: f64, left: f64, width: f64) -> i32 {
    let by = if left < 0.0 || width + BESIDE > visible {
        left - BESIDE
    } else if left + width > visible {
        left + width + BESIDE - visible
    } else {
        return 0;
    };
    by.round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: f64, y: f64, width: f64, height: f64) -> Rect {
        Rect {
            x,
            y,
            width,
            height,
        }
    }

    #[test]
    fn what_is_aside_is_scrolled_into_view_and_nothing_else_moves() {
        assert_eq!(into_view(1000.0, 100.0, 300.0), 0);
        assert_eq!(into_view(1000.0, 700.0, 300.0), 0);
        assert_eq!(into_view(1000.0, -50.0, 300.0), -74);
        assert_eq!(into_view(1000.0, 2000.0, 300.0), 1324);
        assert_eq!(into_view(360.0, 500.0, 400.0), 476);
    }

    #[test]
    fn tiles_are_as_wide_as_the_longest_name_within_bounds() {
        assert_eq!(tile_width(["Lint"].into_iter(), 1.0), 8.25);
        assert_eq!(tile_width(std::iter::empty(), 1.0), 8.25);
        assert_eq!(
            tile_width(["DeployToEveryRegionOfTheWorld"].into_iter(), 1.0),
            13.0
        );
        let middle = tile_width(["IntegrationTests"].into_iter(), 1.0);
        assert!(middle > 8.25 && middle < 13.0, "{middle}");
    }

    #[test]
    fn a_wide_font_gets_wider_tiles_up_to_a_bound() {
        assert!(tile_width(["Lint"].into_iter(), 1.1) > tile_width(["Lint"].into_iter(), 1.0));
        assert_eq!(
            tile_width(["Lint"].into_iter(), 9.0),
            tile_width(["Lint"].into_iter(), WIDEST_FONT)
        );
        assert_eq!(font_factor(0.0), 1.0);
        assert!(font_factor(text_width(PROBE) / 16.0 * 1.2) > 1.19);
    }

    #[test]
    fn the_picture_grows_into_free_room_and_never_shrinks() {
        assert_eq!(zoom((1500.0, 600.0), (1150.0, 260.0)), 1.3);
        assert_eq!(zoom((1500.0, 600.0), (3000.0, 260.0)), 1.0);
        assert_eq!(zoom((4000.0, 2000.0), (500.0, 200.0)), 1.6);
        assert_eq!(zoom((1500.0, 300.0), (500.0, 260.0)), 1.0);
    }

    #[test]
    fn one_to_two_branches_and_two_to_one_gathers() {
        let branch = join(1, 2);
        assert_eq!(branch.view_box, "0 0 12 156");
        assert_eq!(branch.height, "9.75rem");
        assert_eq!(branch.path, "M0 37H6M6 37H12M6 119H12M6 37V119");
        assert_eq!(join(2, 1).path, "M0 37H6M0 119H6M6 37H12M6 37V119");
        assert_eq!(join(1, 1).path, "M0 37H6M6 37H12");
    }

    #[test]
    fn arrows_go_straight_before_they_go_near() {
        let from = rect(0.0, 0.0, 100.0, 50.0);
        let others = [
            rect(0.0, 60.0, 100.0, 50.0),
            rect(110.0, 90.0, 100.0, 50.0),
            rect(300.0, 0.0, 100.0, 50.0),
        ];
        assert_eq!(nearest(from, Direction::Down, &others), Some(0));
        assert_eq!(nearest(from, Direction::Right, &others[1..2]), Some(0));
        assert_eq!(nearest(from, Direction::Right, &others), Some(1));
        assert_eq!(nearest(from, Direction::Left, &others), None);
        assert_eq!(nearest(from, Direction::Up, &others), None);
    }

    #[test]
    fn down_stays_in_its_column() {
        let from = rect(0.0, 0.0, 100.0, 50.0);
        assert_eq!(
            nearest(from, Direction::Down, &[rect(400.0, 60.0, 100.0, 50.0)]),
            None
        );
    }

    #[test]
    fn a_call_out_goes_under_what_is_drawn() {
        let drawn = [
            rect(0.0, 20.0, 400.0, 250.0),
            rect(400.0, 20.0, 76.0, 300.0),
        ];
        let subject = Subject {
            rect: rect(422.0, 40.0, 32.0, 32.0),
            within: drawn[1],
            hanging: true,
        };
        let place = place((1000.0, 460.0), (500.0, 100.0), Some(subject), &drawn);
        assert_eq!(place.top, 332.0);
        assert!(place.leader.is_some_and(|l| l.ends_with("V332.0")));
    }

    #[test]
    fn without_room_below_it_hides_as_little_as_it_can() {
        let drawn = [rect(0.0, 20.0, 400.0, 300.0)];
        let subject = Subject {
            rect: rect(10.0, 100.0, 130.0, 70.0),
            within: drawn[0],
            hanging: false,
        };
        let place = place((1000.0, 340.0), (400.0, 150.0), Some(subject), &drawn);
        let stands = rect(place.left, place.top, 400.0, 150.0);
        assert!(stands.shared_area(&drawn[0]) < 1.0, "{place:?}");
        assert_eq!(place.leader, None);
    }

    #[test]
    fn in_a_picture_too_small_for_all_it_at_least_spares_its_subject() {
        let drawn = [rect(0.0, 0.0, 360.0, 300.0)];
        let subject = Subject {
            rect: rect(10.0, 180.0, 130.0, 70.0),
            within: drawn[0],
            hanging: false,
        };
        let place = place((360.0, 300.0), (320.0, 140.0), Some(subject), &drawn);
        let stands = rect(place.left, place.top, 320.0, 140.0);
        assert!(!stands.overlaps(&subject.rect), "{place:?}");
    }
}
