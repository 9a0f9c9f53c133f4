//! Types as JSON and back: one way for everything that is stored, sent or answered.
//!
//! What lives here: the two traits that `#[derive(ToJson, FromJson)]` writes (see `derive/`), the [`Writer`] and the
//! [`Reader`] that they call, and the types of the language. What may not: anything that knows what is written.
//!
//! Text is read by way of a [`Node`], which borrows from it; the [`Reader`] takes the node apart. Writing goes straight to
//! text, or builds a value. Names, order and numbers are serde_json's, so that a file written by serde's
//! derives and one written here are the same.
//!
//! Failure modes: reading never stops half-way. What does not fit is marked once, in serde's words, a blank stands in
//! its place, and the whole is refused at the end. That keeps a type's reader to one straight line of calls, which is
//! what makes the page small (measured: a fifth of its code was readers that could stop at every member).

mod node;
mod reader;
mod types;
mod writer;

pub use json_derive::{FromJson, ToJson};
pub use node::Node;
pub use reader::{Items, Members, Reader};
pub use serde_json::Value;
pub use writer::Writer;

/// How a type is written.
pub trait ToJson {
    /// Writes one value.
    fn to_json(&self, out: &mut Writer);
}

/// How a type is read.
pub trait FromJson: Sized {
    /// Takes the node apart. What does not fit is marked with the reader; what comes back then is a blank.
    fn from_json(value: Node<'_>, reader: &mut Reader) -> Self;

    /// What stands for a member that is absent: a blank and a mark, but for what may be absent.
    fn absent(name: &'static str, reader: &mut Reader) -> Self {
        reader.missing(name);
        Self::from_json(Node::Null, reader)
    }
}

/// Why something could not be read, in serde's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit(String);

impl std::fmt::Display for Misfit {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Misfit {}

/// A value of the language as JSON text.
#[must_use]
pub fn to_text(value: &dyn ToJson) -> String {
    let mut out = Writer::text_writer();
    value.to_json(&mut out);
    out.into_text()
}

/// A value of the language as JSON text around the items of its first large list, which are left out: see
/// [`Writer::leaves_out`].
#[must_use]
pub fn to_text_around(value: &dyn ToJson) -> (String, String) {
    let mut out = Writer::holed_writer();
    value.to_json(&mut out);
    out.into_texts()
}

/// A value of the language as a JSON value.
#[must_use]
pub fn to_value(value: &dyn ToJson) -> Value {
    let mut out = Writer::value_writer();
    value.to_json(&mut out);
    out.into_value()
}

/// JSON text as a value of the language.
///
/// # Errors
/// The text is not JSON, or does not fit the type.
pub fn from_text<T: FromJson>(text: &str) -> Result<T, Misfit> {
    read(node::parse(text)?)
}

/// A JSON value as a value of the language.
///
/// # Errors
/// The value does not fit the type.
pub fn from_value<T: FromJson>(value: Value) -> Result<T, Misfit> {
    read(value.into())
}

fn read<T: FromJson>(node: Node<'_>) -> Result<T, Misfit> {
    let mut reader = Reader::default();
    let read = T::from_json(node, &mut reader);
    reader.finish().map(|()| read)
}

#[cfg(test)]
mod tests;
