//! The rows of the palette for what somebody typed: groups in their order, except that those with a better fit come
//! first; in a group the better ones first.

use super::{
    entries::{Entry, Group},
    fuzzy::{Fit, fit},
};
use crate::{order::sort_by_key, page::text::palette as text};

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The heading over it, where a group begins with it.
    pub heading: Option<&'static str>,
    /// Its words in pieces, and whether each is what was typed.
    pub label: Vec<(bool, String)>,
    /// The entry.
    pub entry: Entry,
}

/// The rows that fit a query. Letters in their order count only where nothing fits better.
#[must_use]
pub fn find(entries: &[Entry], query: &str) -> Vec<Row> {
    let mut found: Vec<(Fit, Vec<usize>, &Entry)> = entries
        .iter()
        .filter_map(|entry| {
            let (fit, places) = fits(entry, query)?;
            Some((fit, places, entry))
        })
        .collect();
    let best = |group: Option<Group>| {
        let of_group = found
            .iter()
            .filter(|(_, _, entry)| group.is_none_or(|group| entry.group == group));
        of_group.map(|(fit, _, _)| *fit).max()
    };
    if best(None).is_some_and(|fit| fit > Fit::Letters) {
        found.retain(|(fit, _, _)| *fit > Fit::Letters);
    }
    let groups = [
        Group::Now,
        Group::Operations,
        Group::Places,
        Group::Settings,
    ];
    let ranks = groups.map(|group| {
        let of_group = found.iter().filter(|(_, _, entry)| entry.group == group);
        (of_group.map(|(fit, _, _)| *fit).max(), group)
    });
    let asked = !query.trim().is_empty();
    let rank = |group: Group| {
        let own = ranks.iter().find(|(_, one)| *one == group);
        std::cmp::Reverse(own.and_then(|(fit, _)| fit.filter(|_| asked)))
    };
    // Stable: what fits alike stays in the order of the entries.
    sort_by_key(&mut found, |(fit, _, entry)| {
        (rank(entry.group), entry.group, std::cmp::Reverse(*fit))
    });
    let mut rows: Vec<Row> = Vec::new();
    for (_, places, entry) in found {
        let begins = rows.last().is_none_or(|row| row.entry.group != entry.group);
        rows.push(Row {
            heading: begins.then(|| text::heading(entry.group)),
            label: pieces(&entry.label, &places),
            entry: entry.clone(),
        });
    }
    rows
}

/// By its words; where these do not fit, by what it is known by besides.
fn fits(entry: &Entry, query: &str) -> Option<(Fit, Vec<usize>)> {
    let by_words = fit(query, &entry.label);
    if by_words
        .as_ref()
        .is_some_and(|(fit, _)| *fit > Fit::Letters)
    {
        return by_words;
    }
    let besides = fit(query, &entry.known_as).or_else(|| {
        // The words of a query may be of both.
        fit(
            query,
            &format!("{} {} {}", entry.label, entry.note, entry.known_as),
        )
    });
    match besides {
        Some((fit, _)) if fit > Fit::Beginnings => Some((Fit::Beginnings, Vec::new())),
        _ => by_words,
    }
}

fn pieces(label: &str, places: &[usize]) -> Vec<(bool, String)> {
    let mut pieces: Vec<(bool, String)> = Vec::new();
    for (at, letter) in label.chars().enumerate() {
        let meant = places.contains(&at);
        match pieces.last_mut().filter(|(one, _)| *one == meant) {
            Some((_, piece)) => piece.push(letter),
            None => pieces.push((meant, letter.to_string())),
        }
    }
    pieces
}
