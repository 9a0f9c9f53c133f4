//! A headline from its template: words with named places for signs and names, such as
//! `{who} waits for {stage}, held by {holder}`.

use crate::page::view::ChainPart;

/// Fills a template. Punctuation stays with the name before it, so that no gap opens between them.
pub fn chain(template: &str, places: Vec<(&str, ChainPart)>) -> Vec<ChainPart> {
    let mut places = places;
    let mut parts: Vec<ChainPart> = vec![];
    let mut rest = template;
    while let Some((words, after)) = rest.split_once('{') {
        push_words(&mut parts, words);
        let Some((name, after)) = after.split_once('}') else {
            debug_assert!(false, "a place is not closed: {template}");
            break;
        };
        match places.iter().position(|(place, _)| *place == name) {
            Some(index) => parts.push(places.swap_remove(index).1),
            None => debug_assert!(false, "nothing for {name}: {template}"),
        }
        rest = after;
    }
    push_words(&mut parts, rest);
    debug_assert!(
        places.is_empty(),
        "{} has no place: {template}",
        places.len()
    );
    parts
}

fn push_words(parts: &mut Vec<ChainPart>, words: &str) {
    let bare = words.trim_start_matches([',', '.', ':', ';']);
    let (mark, words) = words.split_at(words.len() - bare.len());
    match parts.last_mut() {
        Some(ChainPart::Thing(_, name) | ChainPart::Words(name)) => name.push_str(mark),
        _ if !mark.is_empty() => parts.push(ChainPart::Words(mark.to_owned())),
        _ => {}
    }
    let words = words.trim();
    if !words.is_empty() {
        parts.push(ChainPart::Words(words.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::view::Icon;

    #[test]
    fn places_are_filled_and_punctuation_stays_with_its_name() {
        let parts = chain(
            "{who} waits for {stage}, held by {holder}",
            vec![
                ("stage", ChainPart::Thing(Icon::Lock, "Production".into())),
                ("who", ChainPart::Words("C".into())),
                ("holder", ChainPart::Words("A".into())),
            ],
        );
        assert_eq!(
            parts,
            [
                ChainPart::Words("C".into()),
                ChainPart::Words("waits for".into()),
                ChainPart::Thing(Icon::Lock, "Production,".into()),
                ChainPart::Words("held by".into()),
                ChainPart::Words("A".into()),
            ]
        );
    }
}
