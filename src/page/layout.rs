//! The picture's arithmetic: widths, joins, where a call-out goes, which element an arrow key means. Pure, so it
//! is tested without a browser; the components measure and draw.
//!
//! Lengths named *rem* are in root ems, as everything grows with the root size; rectangles are in CSS pixels, as
//! measured.

/// Height of an action tile in sixteenths of a rem.
const TILE_HEIGHT: f64 = 74.0;
/// Gap between stacked tiles in sixteenths of a rem.
const ROW_GAP: f64 = 8.0;
/// Gap between run-order columns in sixteenths of a rem.
pub const COLUMN_GAP: f64 = 12.0;
/// Bounds of a tile's width in sixteenths of a rem.
const TILE_WIDTH: (f64, f64) = (132.0, 208.0);

/// Width of the tiles of one pipeline in rem: wide enough for the longest action name beside its owner's badge.
/// It depends on names alone, so nothing shifts while executions run.
pub fn tile_width<'a>(names: impl Iterator<Item = &'a str>) -> f64 {
    let longest = names.map(text_width).fold(0.0, f64::max);
    (longest + 44.0).clamp(TILE_WIDTH.0, TILE_WIDTH.1) / 16.0
}

/// About how wide a name is in the 13 px semibold of the tiles, in sixteenths of a rem.
fn text_width(text: &str) -> f64 {
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
    Join { view_box: format!("0 0 {COLUMN_GAP} {height}"), height: format!("{}rem", height / 16.0), path }
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

    /// Whether the two share any area.
    pub fn overlaps(&self, other: &Rect) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
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

/// Index of the nearest of `others` in a direction. Straight ahead counts more than near: leaving the direction
/// costs twice as much as going along it.
pub fn nearest(from: Rect, direction: Direction, others: &[Rect]) -> Option<usize> {
    let (fx, fy) = from.centre();
    others
        .iter()
        .enumerate()
        .filter_map(|(index, other)| {
            let (x, y) = other.centre();
            let (along, aside) = match direction {
                Direction::Left => (fx - x, gap(from.y, from.bottom(), other.y, other.bottom())),
                Direction::Right => (x - fx, gap(from.y, from.bottom(), other.y, other.bottom())),
                Direction::Up => (fy - y, gap(from.x, from.right(), other.x, other.right())),
                Direction::Down => (y - fy, gap(from.x, from.right(), other.x, other.right())),
            };
            // Up and down stay in their column: a stage far away is not "below".
            let vertical = matches!(direction, Direction::Up | Direction::Down);
            (along > 1.0 && !(vertical && aside > 0.0)).then_some((index, along + 2.0 * aside))
        })
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

/// Finds a place for a call-out of `width` by `height` in a picture of the size of `area`: under everything
/// `drawn` if there is room, else beside its subject, else at the lower edge. `drawn` are the blocks and bays.
pub fn place(area: (f64, f64), size: (f64, f64), subject: Option<Subject>, drawn: &[Rect]) -> Place {
    const MARGIN: f64 = 12.0;
    let (width, height) = size;
    let fit = |wish: f64, length: f64, room: f64| wish.clamp(MARGIN, (room - length - MARGIN).max(MARGIN));
    let centre = subject.map_or(area.0 / 2.0, |s| s.rect.centre().0);
    let left = fit(centre - width * 0.62, width, area.0);
    let floor = drawn
        .iter()
        .filter(|r| r.x < left + width && left < r.right())
        .map(Rect::bottom)
        .fold(0.0, f64::max);
    let below = floor + MARGIN;
    if below + height + 4.0 <= area.1 {
        let leader = subject.map(|s| leader(s, left, width, below));
        return Place { left, top: below, leader };
    }
    let Some(subject) = subject else {
        return Place { left, top: fit(area.1, height, area.1), leader: None };
    };
    // No room below: beside what it is about, never on it.
    let top = fit(subject.rect.y, height, area.1);
    for left in [subject.within.right() + MARGIN, subject.within.x - MARGIN - width] {
        if left >= MARGIN && left + width + MARGIN <= area.0 {
            return Place { left, top, leader: None };
        }
    }
    let low = fit(area.1, height, area.1);
    let candidate = Rect { x: left, y: low, width, height };
    let top = if candidate.overlaps(&subject.rect) { MARGIN } else { low };
    Place { left, top, leader: None }
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
        format!("M{:.1} {:.1}L{x:.1} {:.1}V{top:.1}", start.0, start.1, start.1 + slope)
    } else {
        let x = inside(cx);
        let bottom = subject.within.bottom();
        format!("M{cx:.1} {bottom:.1}L{x:.1} {top:.1}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: f64, y: f64, width: f64, height: f64) -> Rect {
        Rect { x, y, width, height }
    }

    #[test]
    fn tiles_are_as_wide_as_the_longest_name_within_bounds() {
        assert_eq!(tile_width(["Lint"].into_iter()), 8.25);
        assert_eq!(tile_width(std::iter::empty()), 8.25);
        assert_eq!(tile_width(["DeployToEveryRegionOfTheWorld"].into_iter()), 13.0);
        let middle = tile_width(["IntegrationTests"].into_iter());
        assert!(middle > 8.25 && middle < 13.0, "{middle}");
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
        let others = [rect(0.0, 60.0, 100.0, 50.0), rect(110.0, 90.0, 100.0, 50.0), rect(300.0, 0.0, 100.0, 50.0)];
        assert_eq!(nearest(from, Direction::Down, &others), Some(0));
        assert_eq!(nearest(from, Direction::Right, &others[1..2]), Some(0));
        assert_eq!(nearest(from, Direction::Right, &others), Some(1));
        assert_eq!(nearest(from, Direction::Left, &others), None);
        assert_eq!(nearest(from, Direction::Up, &others), None);
    }

    #[test]
    fn down_stays_in_its_column() {
        let from = rect(0.0, 0.0, 100.0, 50.0);
        assert_eq!(nearest(from, Direction::Down, &[rect(400.0, 60.0, 100.0, 50.0)]), None);
    }

    #[test]
    fn a_call_out_goes_under_what_is_drawn() {
        let drawn = [rect(0.0, 20.0, 400.0, 250.0), rect(400.0, 20.0, 76.0, 300.0)];
        let subject = Subject { rect: rect(422.0, 40.0, 32.0, 32.0), within: drawn[1], hanging: true };
        let place = place((1000.0, 460.0), (500.0, 100.0), Some(subject), &drawn);
        assert_eq!(place.top, 332.0);
        assert!(place.leader.is_some_and(|l| l.ends_with("V332.0")));
    }

    #[test]
    fn without_room_below_it_stands_beside_its_subject() {
        let drawn = [rect(0.0, 20.0, 400.0, 300.0)];
        let subject = Subject { rect: rect(10.0, 100.0, 130.0, 70.0), within: drawn[0], hanging: false };
        let place = place((1000.0, 340.0), (400.0, 150.0), Some(subject), &drawn);
        assert_eq!((place.left, place.top), (412.0, 100.0));
        assert_eq!(place.leader, None);
    }

    #[test]
    fn in_a_picture_too_small_for_all_it_at_least_spares_its_subject() {
        let drawn = [rect(0.0, 0.0, 360.0, 300.0)];
        let subject = Subject { rect: rect(10.0, 180.0, 130.0, 70.0), within: drawn[0], hanging: false };
        let place = place((360.0, 300.0), (320.0, 140.0), Some(subject), &drawn);
        let stands = rect(place.left, place.top, 320.0, 140.0);
        assert!(!stands.overlaps(&subject.rect), "{place:?}");
    }
}
