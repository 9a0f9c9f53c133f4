//! Putting things in order, and gathering them into ordered collections.
//!
//! The library's sort is written anew for every type and every comparison, four kilobytes each, and collecting into an
//! ordered map sorts first. Nothing here sorts enough for that to pay: these cost a few hundred bytes a type.

use std::cmp::Ordering;

/// Sorts by a comparison. What is equal keeps its order.
pub fn sort_by<T>(list: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let order = permutation(
        list.len(),
        &|one, other| match (list.get(one), list.get(other)) {
            (Some(one), Some(other)) => compare(one, other),
            _ => Ordering::Equal,
        },
    );
    let mut items: Vec<Option<T>> = std::mem::take(list).into_iter().map(Some).collect();
    for place in order {
        list.extend(items.get_mut(place).and_then(Option::take));
    }
}

/// Sorts by what `key` makes of each. What is equal keeps its order.
pub fn sort_by_key<T, K: Ord>(list: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(list, |one, other| key(one).cmp(&key(other)));
}

/// The places of so many things in their order.
#[inline(never)]
fn permutation(length: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..length).collect();
    places.sort_by(|one, other| compare(*one, *other));
    places
}

/// Gathers items one after the other; of two with one key, the later stays.
pub fn gathered<C: Default + Extend<T>, T>(items: impl IntoIterator<Item = T>) -> C {
    let mut all = C::default();
    all.extend(items);
    all
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn what_is_equal_keeps_its_order() {
        let mut list: Vec<(u32, usize)> =
            (0..500).map(|at| ((at * 7919 % 13) as u32, at)).collect();
        let mut theirs = list.clone();
        sort_by_key(&mut list, |one| one.0);
        theirs.sort_by_key(|one| one.0);
        assert_eq!(list, theirs);
    }

    #[test]
    fn the_later_of_two_with_one_key_stays() {
        let map: BTreeMap<u8, &str> = gathered([(1, "a"), (0, "b"), (1, "c")]);
        assert_eq!(map, BTreeMap::from([(0, "b"), (1, "c")]));
    }
}
