//! JSON pointers (RFC 6901) into a declaration, or into any other value with a shape: finding, setting and removing what
//! they name, and the shape that the service publishes for it. A pointer that names nothing changes nothing.

use serde_json::{Map, Value};

use crate::model::{Kind, PipelineDeclaration, Shape};

/// The parts of a pointer, unescaped.
pub fn parts(pointer: &str) -> Vec<String> {
    pointer
        .split('/')
        .skip(1)
        .map(|part| part.replace("~1", "/").replace("~0", "~"))
        .collect()
}

/// A pointer one level deeper.
#[must_use]
pub fn join(pointer: &str, part: &str) -> String {
    format!("{pointer}/{}", part.replace('~', "~0").replace('/', "~1"))
}

/// The pointer to what holds this, and the last part.
pub fn parent(pointer: &str) -> Option<(&str, String)> {
    let (parent, last) = pointer.rsplit_once('/')?;
    Some((parent, last.replace("~1", "/").replace("~0", "~")))
}

/// What the service says of the value at a pointer.
pub fn shape(pointer: &str) -> Option<&'static Shape> {
    shape_in(&PipelineDeclaration, pointer)
}

/// The same for a value of another shape.
pub fn shape_in(root: &'static Shape, pointer: &str) -> Option<&'static Shape> {
    let mut shape = root;
    for part in parts(pointer) {
        shape = match shape.kind {
            Kind::Structure(_) => shape.member(&part)?.shape,
            Kind::List { member, .. } => member,
            Kind::Map { value, .. } => value,
            _ => return None,
        };
    }
    Some(shape)
}

/// Puts a value there; objects and lists on the way are made.
pub fn set(root: &mut Value, pointer: &str, to: Value) {
    set_in(&PipelineDeclaration, root, pointer, to);
}

/// The same for a value of another shape.
pub fn set_in(of: &'static Shape, root: &mut Value, pointer: &str, to: Value) {
    let Some((before, last)) = parent(pointer) else {
        *root = to;
        return;
    };
    let shape = |pointer: &str| shape_in(of, pointer);
    if root.pointer(before).is_none() {
        let is_list = shape(before).is_some_and(|shape| matches!(shape.kind, Kind::List { .. }));
        let made = if is_list {
            Value::Array(Vec::new())
        } else {
            Value::Object(Map::new())
        };
        set_in(of, root, before, made);
    }
    match root.pointer_mut(before) {
        Some(Value::Object(members)) => insert(members, shape(before), last, to),
        Some(Value::Array(items)) => {
            let index = last.parse().unwrap_or(items.len());
            match items.get_mut(index) {
                Some(item) => *item = to,
                None => items.push(to),
            }
        }
        _ => {}
    }
}

/// Puts a member where the service lists it: before the first one that the service lists after it.
fn insert(members: &mut Map<String, Value>, shape: Option<&Shape>, key: String, value: Value) {
    if let Some(member) = members.get_mut(&key) {
        *member = value;
        return;
    }
    let listed: Vec<&str> = shape
        .map(|shape| shape.members().iter().map(|member| member.name).collect())
        .unwrap_or_default();
    let rank = |name: &str| listed.iter().position(|one| *one == name);
    let own = rank(&key);
    let later = |other: &String| own.is_some() && rank(other) > own;
    let at = members.keys().position(later).unwrap_or(members.len());
    members.shift_insert(at, key, value);
}

/// Takes away what is there, and the list or object that held it where the service allows none that is empty.
pub fn remove(root: &mut Value, pointer: &str) {
    let Some((before, last)) = parent(pointer) else {
        return;
    };
    let emptied = match root.pointer_mut(before) {
        Some(Value::Object(members)) => {
            members.shift_remove(&last);
            members.is_empty()
        }
        Some(Value::Array(items)) => {
            if let Some(index) = last.parse().ok().filter(|index| *index < items.len()) {
                items.remove(index);
            }
            items.is_empty()
        }
        _ => return,
    };
    let at_least_one = shape(before).is_some_and(|shape| match shape.kind {
        Kind::List { length, .. } => length.min.is_some_and(|min| min > 0),
        Kind::Structure(_) => true,
        _ => false,
    });
    if emptied && at_least_one && !before.is_empty() {
        remove(root, before);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_member_comes_where_the_service_lists_it() {
        let mut value = json!({ "name": "p", "stages": [], "more": 1 });
        set(&mut value, "/executionMode", json!("QUEUED"));
        set(&mut value, "/roleArn", json!("r"));
        set(&mut value, "/artifactStore/location", json!("b"));
        let keys: Vec<_> = value.as_object().into_iter().flat_map(Map::keys).collect();
        assert_eq!(
            keys,
            [
                "name",
                "roleArn",
                "artifactStore",
                "stages",
                "more",
                "executionMode"
            ]
        );
        assert_eq!(value.pointer("/artifactStore/location"), Some(&json!("b")));
    }

    #[test]
    fn what_may_not_be_empty_goes_with_its_last_part() {
        let mut value = json!({ "triggers": [{ "gitConfiguration": { "push": [{ "tags": { "includes": ["v*"] } }] } }] });
        remove(
            &mut value,
            "/triggers/0/gitConfiguration/push/0/tags/includes/0",
        );
        assert_eq!(value, json!({ "triggers": [] }));
        remove(&mut value, "/nothing/here");
        assert_eq!(value, json!({ "triggers": [] }));
    }

    #[test]
    fn keys_with_slashes_are_reached() {
        let mut value = json!({});
        let at = join("/stages/0/actions/0/configuration", "a/b~c");
        set(&mut value, &at, json!("x"));
        assert_eq!(value.pointer(&at), Some(&json!("x")));
        assert_eq!(parent(&at).map(|(_, last)| last), Some("a/b~c".to_owned()));
    }
}
