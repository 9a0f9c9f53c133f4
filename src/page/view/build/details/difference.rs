//! What changed between two versions of a declaration: members by their path, with what they said before and say now.
//!
//! Pure: two JSON documents in, a list out, in the order of the newer one; what is gone from a thing stands after what
//! is in it. Things with names (stages, actions, artifacts, variables) are the same thing when their names are, so
//! a stage put in front does not make every later stage another one; that they stand in another order is one change.

use serde_json::{Map, Value};

/// A member that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where it stands: "stages / Build / actions / Compile / configuration / ProjectName".
    pub path: String,
    /// What stood there; `None` where it was added.
    pub before: Option<String>,
    /// What stands there now; `None` where it was removed.
    pub after: Option<String>,
    /// Whether only the order of named things is another.
    pub order: bool,
}

/// Every difference.
pub fn difference(before: &Value, after: &Value) -> Vec<Change> {
    let mut changes = vec![];
    compare("", before, after, &mut changes);
    changes
}

fn compare(path: &str, before: &Value, after: &Value, changes: &mut Vec<Change>) {
    if before == after {
        return;
    }
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => members(path, before, after, changes),
        (Value::Array(before), Value::Array(after)) => match (names(before), names(after)) {
            (Some(old), Some(new)) => {
                named(path, (&old, before), (&new, after), changes);
            }
            _ => changes.push(change(path, Some(text_of(before)), Some(text_of(after)))),
        },
        _ => changes.push(change(path, Some(text(before)), Some(text(after)))),
    }
}

fn members(
    path: &str,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    changes: &mut Vec<Change>,
) {
    for (key, value) in after {
        match before.get(key) {
            Some(old) => compare(&below(path, key), old, value, changes),
            None => changes.push(change(&below(path, key), None, Some(text(value)))),
        }
    }
    for (key, value) in before {
        if !after.contains_key(key) {
            changes.push(change(&below(path, key), Some(text(value)), None));
        }
    }
}

/// The names of things, where all have one of their own.
fn names(list: &[Value]) -> Option<Vec<&str>> {
    let mut names = Vec::with_capacity(list.len());
    for one in list {
        let name = one.get("name")?.as_str()?;
        if names.contains(&name) {
            return None;
        }
        names.push(name);
    }
    Some(names)
}

fn named(
    path: &str,
    (old, before): (&[&str], &[Value]),
    (new, after): (&[&str], &[Value]),
    changes: &mut Vec<Change>,
) {
    for (name, value) in new.iter().zip(after) {
        let here = below(path, name);
        match old
            .iter()
            .position(|one| one == name)
            .and_then(|place| before.get(place))
        {
            Some(other) => compare(&here, other, value, changes),
            None => changes.push(change(&here, None, Some(text(value)))),
        }
    }
    for (name, value) in old.iter().zip(before) {
        if !new.contains(name) {
            changes.push(change(&below(path, name), Some(text(value)), None));
        }
    }
    let stayed = |these: &[&str], those: &[&str]| {
        let both: Vec<&str> = these
            .iter()
            .filter(|name| those.contains(name))
            .copied()
            .collect();
        both.join(", ")
    };
    let (was, is) = (stayed(old, new), stayed(new, old));
    if was != is {
        changes.push(Change {
            order: true,
            ..change(path, Some(was), Some(is))
        });
    }
}

fn below(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path} / {key}")
    }
}

fn change(path: &str, before: Option<String>, after: Option<String>) -> Change {
    Change {
        path: path.to_owned(),
        before,
        after,
        order: false,
    }
}

/// A text as it is, anything else as JSON.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => serde_json::to_string_pretty(other).unwrap_or_default(),
    }
}

fn text_of(list: &[Value]) -> String {
    serde_json::to_string_pretty(list).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A change as it reads.
    fn told(before: Value, after: Value) -> Vec<String> {
        difference(&before, &after)
            .into_iter()
            .map(|one| {
                let said = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
                let order = if one.order { " (order)" } else { "" };
                format!(
                    "{}{order}: {} > {}",
                    one.path,
                    said(one.before),
                    said(one.after)
                )
            })
            .collect()
    }

    #[test]
    fn the_same_has_no_difference() {
        let one = json!({ "name": "p", "stages": [{ "name": "Source", "actions": [] }] });
        assert_eq!(told(one.clone(), one), Vec::<String>::new());
    }

    #[test]
    fn members_are_added_removed_and_changed() {
        assert_eq!(
            told(
                json!({ "mode": "QUEUED", "gone": 1, "same": true, "kind": "V1" }),
                json!({ "mode": "PARALLEL", "same": true, "kind": "V1", "new": "x" }),
            ),
            ["mode: QUEUED > PARALLEL", "new: - > x", "gone: 1 > -"]
        );
    }

    #[test]
    fn things_with_names_are_known_by_them() {
        let stage = |name: &str, image: &str| json!({ "name": name, "actions": [{ "name": "Do", "configuration": { "Image": image } }] });
        assert_eq!(
            told(
                json!({ "stages": [stage("Build", "a"), stage("Deploy", "a")] }),
                json!({ "stages": [stage("Build", "b"), stage("Deploy", "a")] }),
            ),
            ["stages / Build / actions / Do / configuration / Image: a > b"]
        );
        // One put in front changes no other one.
        let changes = difference(
            &json!([{ "name": "Build" }]),
            &json!([{ "name": "Source" }, { "name": "Build" }]),
        );
        assert_eq!(changes.len(), 1);
        assert_eq!(
            (
                changes[0].path.as_str(),
                &changes[0].before,
                changes[0].order
            ),
            ("Source", &None, false)
        );
    }

    #[test]
    fn another_order_is_one_change() {
        assert_eq!(
            told(
                json!({ "actions": [{ "name": "A" }, { "name": "B" }, { "name": "C" }] }),
                json!({ "actions": [{ "name": "B" }, { "name": "A" }, { "name": "D" }] }),
            ),
            [
                "actions / D: - > {\n  \"name\": \"D\"\n}",
                "actions / C: {\n  \"name\": \"C\"\n} > -",
                "actions (order): A, B > B, A",
            ]
        );
    }

    #[test]
    fn lists_without_names_are_compared_as_a_whole() {
        assert_eq!(
            told(json!({ "branches": ["main"] }), json!({ "branches": [] })),
            ["branches: [\n  \"main\"\n] > []"]
        );
        // Two of one name cannot be told apart.
        let twice = json!([{ "name": "A" }, { "name": "A" }]);
        assert_eq!(difference(&twice, &json!([{ "name": "A" }])).len(), 1);
        assert_eq!(
            told(json!("a"), json!({ "b": 1 })),
            [": a > {\n  \"b\": 1\n}"]
        );
    }
}
