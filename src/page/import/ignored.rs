//! Members that the service does not know. It leaves them out without a word (W-8); a person who mistyped an optional
//! member would never find out.

use serde_json::Value;

use crate::model::{Kind, Shape};

/// Of more than these the rest is not even looked for.
const MOST: usize = 100;

/// Where unknown members are, in the way the service writes paths (VM-6).
pub(in crate::page) fn ignored(shape: &'static Shape, value: &Value) -> Vec<String> {
    let mut paths = vec![];
    visit(shape, value, &mut String::new(), &mut paths);
    paths
}

/// Goes as deep as the shapes.
fn visit(shape: &'static Shape, value: &Value, path: &mut String, paths: &mut Vec<String>) {
    if paths.len() >= MOST {
        return;
    }
    let step = |path: &mut String, name: &str| {
        let length = path.len();
        if length > 0 {
            path.push('.');
        }
        path.push_str(name);
        length
    };
    match (&shape.kind, value) {
        (Kind::Structure(_), Value::Object(members)) => {
            for (name, value) in members {
                let length = step(path, name);
                match shape.member(name) {
                    Some(member) => visit(member.shape, value, path, paths),
                    None if paths.len() < MOST => paths.push(path.clone()),
                    None => {}
                }
                path.truncate(length);
            }
        }
        (Kind::List { member, .. }, Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                let length = step(path, &format!("{}.member", index + 1));
                visit(member, item, path, paths);
                path.truncate(length);
            }
        }
        (Kind::Map { value: shape, .. }, Value::Object(entries)) => {
            for (key, value) in entries {
                let length = step(path, &format!("{key}.member"));
                visit(shape, value, path, paths);
                path.truncate(length);
            }
        }
        _ => {}
    }
}
