//! How the enumerations of the tables are read: one function for all of them, which keeps the module small.

use super::shape::{Kind, Shape};
use crate::json::{Node, Reader};

/// The position of the value that is read among the values `shape` lists; what it does not list is marked.
pub fn position(value: Node<'_>, reader: &mut Reader, shape: &'static Shape) -> usize {
    let values = match shape.kind {
        Kind::Choice(values) => values,
        _ => &[],
    };
    match value {
        Node::Text(text) => reader.choice(&text, values),
        other => {
            reader.wrong(&other, &format!("a value of {}", shape.name));
            usize::MAX
        }
    }
}
