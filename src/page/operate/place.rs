//! Places in a form. A place is a JSON pointer in which an entry of a map is named by its number, `@0`, and its key by
//! `@0/key`: so a field stays the same one while somebody types the key.

use serde_json::{Map, Value};

use crate::{model::Shape, page::edit::pointer};

/// The last part of the place of a key.
pub const KEY: &str = "@key";

/// The place of an entry of a map.
#[must_use]
pub fn entry(map: &str, number: usize) -> String {
    format!("{map}/@{number}")
}

/// The JSON pointer that a place means in a value; `None` where it means nothing.
#[must_use]
pub fn pointer(value: &Value, place: &str) -> Option<String> {
    let mut at = String::new();
    for part in pointer::parts(place) {
        let number = part.strip_prefix('@').and_then(|part| part.parse().ok());
        match (number, value.pointer(&at)) {
            (Some(number), Some(Value::Object(entries))) => {
                let (key, _) = entries.iter().nth(number)?;
                at = pointer::join(&at, key);
            }
            (Some(_), _) => return None,
            (None, _) => at = pointer::join(&at, &part),
        }
    }
    Some(at)
}

/// Puts a value at a place.
pub fn set(shape: &'static Shape, value: &mut Value, place: &str, to: Value) {
    if let Some(at) = pointer(value, place) {
        pointer::set_in(shape, value, &at, to);
    }
}

/// Takes away what is at a place. What held it stays, even if nothing is left in it.
pub fn remove(value: &mut Value, place: &str) {
    let Some(at) = pointer(value, place) else {
        return;
    };
    let Some((before, last)) = pointer::parent(&at) else {
        return;
    };
    match value.pointer_mut(before) {
        Some(Value::Object(members)) => {
            members.shift_remove(&last);
        }
        Some(Value::Array(items)) => {
            if let Some(index) = last.parse().ok().filter(|index| *index < items.len()) {
                items.remove(index);
            }
        }
        _ => {}
    }
}

/// Puts one item more at the end of a list, or one entry more into a map, under a key that is free.
pub fn append(shape: &'static Shape, value: &mut Value, place: &str, item: Value) {
    let Some(at) = pointer(value, place) else {
        return;
    };
    let is_map = pointer::shape_in(shape, &at)
        .is_some_and(|shape| matches!(shape.kind, crate::model::Kind::Map { .. }));
    let last = match value.pointer(&at) {
        Some(Value::Object(entries)) if is_map => free_key(entries),
        _ if is_map => free_key(&Map::new()),
        Some(Value::Array(items)) => items.len().to_string(),
        _ => "0".to_owned(),
    };
    pointer::set_in(shape, value, &pointer::join(&at, &last), item);
}

fn free_key(entries: &Map<String, Value>) -> String {
    let names = (1..).map(|number: u32| {
        if number == 1 {
            "key".to_owned()
        } else {
            format!("key{number}")
        }
    });
    names
        .take(entries.len() + 1)
        .find(|name| !entries.contains_key(name))
        .unwrap_or_default()
}

/// Gives an entry of a map another key, in its place. Says whether it could be: another entry may have that key.
pub fn rename(value: &mut Value, entry: &str, to: &str) -> bool {
    let Some((map, key)) = pointer(value, entry).and_then(|at| {
        let (map, key) = pointer::parent(&at)?;
        Some((map.to_owned(), key))
    }) else {
        return true;
    };
    let Some(Value::Object(entries)) = value.pointer_mut(&map) else {
        return true;
    };
    if key == to {
        return true;
    }
    if entries.contains_key(to) {
        return false;
    }
    let Some(index) = entries.keys().position(|one| *one == key) else {
        return true;
    };
    if let Some(kept) = entries.shift_remove(&key) {
        entries.shift_insert(index, to.to_owned(), kept);
    }
    true
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::PutJobSuccessResultInput;

    #[test]
    fn entries_of_maps_are_found_by_number_and_keep_it_under_another_key() {
        let mut value = json!({ "outputVariables": { "a/b": "1", "c": "2" } });
        assert_eq!(
            pointer(&value, "/outputVariables/@0").as_deref(),
            Some("/outputVariables/a~1b")
        );
        assert!(rename(&mut value, "/outputVariables/@0", "first"));
        assert!(!rename(&mut value, "/outputVariables/@0", "c"));
        append(
            &PutJobSuccessResultInput,
            &mut value,
            "/outputVariables",
            json!("3"),
        );
        assert_eq!(
            value.to_string(),
            r#"{"outputVariables":{"first":"1","c":"2","key":"3"}}"#
        );
        remove(&mut value, "/outputVariables/@1");
        remove(&mut value, "/outputVariables/@7");
        assert_eq!(
            value.to_string(),
            r#"{"outputVariables":{"first":"1","key":"3"}}"#
        );
    }
}
