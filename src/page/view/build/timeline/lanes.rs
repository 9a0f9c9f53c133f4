//! Bars beside each other: those of one lane that overlap stand one above the other, as far as there is room, and
//! what is too thin to tell apart, or has no room, becomes a strip that says how much there is.

use crate::order::sort_by;

/// What is thinner is not told apart.
pub const THIN: f64 = 3.0;
/// With this much room on both sides a thin one is not merged.
const ALONE: f64 = 8.0;

/// Something with a beginning and an end on the line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Item<T> {
    pub from: f64,
    pub to: f64,
    /// It goes on, and is never merged.
    pub open: bool,
    pub failed: bool,
    pub what: T,
}

/// Several in one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Merged {
    pub from: f64,
    pub to: f64,
    pub count: u32,
    pub failed: bool,
}

impl Merged {
    /// How dense it is, 1 to 4: how many there are in a unit.
    pub fn level(&self) -> u8 {
        let density = f64::from(self.count) / (self.to - self.from).max(1.0);
        match density {
            density if density < 0.2 => 1,
            density if density < 0.5 => 2,
            density if density < 1.2 => 3,
            _ => 4,
        }
    }
}

/// A lane as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Packed<T> {
    /// Those that stand for themselves, with the floor they stand on, and where the next on that floor begins.
    pub bars: Vec<(Item<T>, usize, f64)>,
    /// How many floors there are.
    pub floors: usize,
    pub strips: Vec<Merged>,
}

/// Packs a lane into so many floors at most. What is thin and has no neighbour to be mistaken for stands for itself.
pub fn pack<T: Copy>(mut items: Vec<Item<T>>, most: usize) -> Packed<T> {
    sort_by(&mut items, |one, other| one.from.total_cmp(&other.from));
    let mut reached = f64::NEG_INFINITY;
    for place in 0..items.len() {
        let next = items.get(place + 1).map_or(f64::INFINITY, |next| next.from);
        if let Some(item) = items.get_mut(place) {
            let alone = item.from - reached >= ALONE && next - item.to >= ALONE;
            reached = reached.max(item.to);
            if alone {
                item.to = item.to.max(item.from + THIN);
            }
        }
    }
    let mut ends: Vec<(f64, usize)> = Vec::new();
    let mut bars: Vec<(Item<T>, usize, f64)> = Vec::new();
    let mut strips: Vec<Merged> = Vec::new();
    for item in items {
        // Neighbours that touch do not overlap, whatever the rounding says.
        let room = ends.iter().position(|(end, _)| *end <= item.from + 0.01);
        let thin = item.to - item.from < THIN && !item.open;
        match room {
            _ if thin => merge(&mut strips, &item),
            Some(floor) => {
                if let Some((end, last)) = ends.get_mut(floor) {
                    if let Some((_, _, next)) = bars.get_mut(*last) {
                        *next = item.from;
                    }
                    (*end, *last) = (item.to, bars.len());
                }
                bars.push((item, floor, f64::INFINITY));
            }
            None if ends.len() < most => {
                ends.push((item.to, bars.len()));
                bars.push((item, ends.len() - 1, f64::INFINITY));
            }
            None => merge(&mut strips, &item),
        }
    }
    Packed {
        bars,
        floors: ends.len().max(1),
        strips,
    }
}

/// Adds to the last strip, or begins one.
pub fn merge<T>(strips: &mut Vec<Merged>, item: &Item<T>) {
    let to = item.to.max(item.from + 1.0);
    match strips.last_mut() {
        Some(last) if item.from <= last.to + 1.0 => {
            last.to = last.to.max(to);
            last.count += 1;
            last.failed |= item.failed;
        }
        _ => strips.push(Merged {
            from: item.from,
            to,
            count: 1,
            failed: item.failed,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(from: f64, to: f64) -> Item<()> {
        Item {
            from,
            to,
            open: false,
            failed: false,
            what: (),
        }
    }

    #[test]
    fn what_does_not_overlap_stands_on_one_floor() {
        let packed = pack(vec![item(20.0, 30.0), item(0.0, 10.0), item(10.0, 20.0)], 3);
        assert_eq!(packed.floors, 1);
        let told: Vec<_> = packed
            .bars
            .iter()
            .map(|(item, floor, next)| (item.from, *floor, *next))
            .collect();
        assert_eq!(
            told,
            [(0.0, 0, 10.0), (10.0, 0, 20.0), (20.0, 0, f64::INFINITY)]
        );
        assert!(packed.strips.is_empty());
    }

    #[test]
    fn what_overlaps_stands_above_and_what_has_no_room_is_merged() {
        let items = vec![
            item(0.0, 50.0),
            item(5.0, 50.0),
            item(10.0, 20.0),
            item(12.0, 60.0),
            item(50.0, 70.0),
        ];
        let packed = pack(items, 2);
        assert_eq!(packed.floors, 2);
        assert_eq!(packed.bars.len(), 3);
        assert_eq!(
            packed.strips,
            [Merged {
                from: 10.0,
                to: 60.0,
                count: 2,
                failed: false
            }]
        );
    }

    #[test]
    fn thin_ones_are_counted_and_none_that_goes_on_is_lost() {
        let mut items: Vec<Item<()>> = (0..1_000)
            .map(|n| item(f64::from(n) * 0.5, f64::from(n) * 0.5 + 0.4))
            .collect();
        items[500].failed = true;
        items.push(Item {
            open: true,
            ..item(499.0, 499.5)
        });
        let packed = pack(items, 3);
        assert_eq!((packed.bars.len(), packed.strips.len()), (1, 1));
        let strip = packed.strips[0];
        assert_eq!((strip.count, strip.failed, strip.level()), (1_000, true, 4));
        let alone = pack(vec![item(3.0, 4.0), item(90.0, 90.1)], 3);
        assert!(
            alone.strips.is_empty()
                && alone
                    .bars
                    .iter()
                    .all(|(item, ..)| item.to - item.from >= THIN)
        );
    }
}
