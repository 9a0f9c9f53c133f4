//! Every place in a value, with the shape that it has there.

use codepipeline_simulator::model::{Kind, Shape};
use serde_json::Value;

/// A step into a value.
#[derive(Clone, Debug)]
pub enum Step {
    Member(String),
    Item(usize),
}

/// A place in a value.
#[derive(Clone, Debug)]
pub struct Node {
    pub path: Vec<Step>,
    pub shape: &'static Shape,
    /// Whether the structure around it is refused without it.
    pub required: bool,
}

/// All places of a value that has the shape, itself first.
pub fn of(shape: &'static Shape, value: &Value) -> Vec<Node> {
    let mut nodes = vec![];
    collect(shape, value, false, &mut vec![], &mut nodes);
    nodes
}

fn collect(
    shape: &'static Shape,
    value: &Value,
    required: bool,
    path: &mut Vec<Step>,
    nodes: &mut Vec<Node>,
) {
    nodes.push(Node {
        path: path.clone(),
        shape,
        required,
    });
    match (&shape.kind, value) {
        (Kind::Structure(members), Value::Object(entries)) => {
            for member in *members {
                if let Some(inner) = entries.get(member.name) {
                    path.push(Step::Member(member.name.to_owned()));
                    collect(member.shape, inner, member.required, path, nodes);
                    path.pop();
                }
            }
        }
        (Kind::List { member, .. }, Value::Array(items)) => {
            for (index, inner) in items.iter().enumerate() {
                path.push(Step::Item(index));
                collect(member, inner, false, path, nodes);
                path.pop();
            }
        }
        (Kind::Map { value: shape, .. }, Value::Object(entries)) => {
            for (key, inner) in entries {
                path.push(Step::Member(key.clone()));
                collect(shape, inner, false, path, nodes);
                path.pop();
            }
        }
        _ => {}
    }
}

/// What stands at a place of this value.
pub fn at<'a>(value: &'a mut Value, path: &[Step]) -> &'a mut Value {
    path.iter().fold(value, |value, step| match step {
        Step::Member(name) => &mut value[name.as_str()],
        Step::Item(index) => &mut value[*index],
    })
}
