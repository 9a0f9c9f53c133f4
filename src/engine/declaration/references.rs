//! References to variables inside a text: `#{namespace.key}` (VA-1).
//!
//! A reference has no spaces and no quotes; what looks otherwise is ordinary text, so a value may hold a program
//! with braces of its own. There is no escape.

use std::ops::Range;

/// A reference found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference<'a> {
    /// Where the whole reference stands, from `#` to `}`, in bytes.
    pub range: Range<usize>,
    /// What stands between the braces.
    pub text: &'a str,
    /// The part before the first period, or everything if there is none.
    pub namespace: &'a str,
    /// The part after the first period; empty if there is none, which no variable is called.
    pub key: &'a str,
}

/// The references in a text, from left to right.
pub fn references(text: &str) -> impl Iterator<Item = Reference<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + text.get(from..)?.find("#{")?;
            let inside = text.get(start + 2..)?;
            from = start + 2;
            let length = inside.find(|letter| !is_reference_letter(letter))?;
            let (name, rest) = inside.split_at_checked(length)?;
            if !name.is_empty() && rest.starts_with('}') {
                let end = from + length + 1;
                from = end;
                let (namespace, key) = name.split_once('.').unwrap_or((name, ""));
                return Some(Reference {
                    range: start..end,
                    text: name,
                    namespace,
                    key,
                });
            }
        }
    })
}

/// The letters of namespaces and keys (AC-22, PV-5), and the period between them.
fn is_reference_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "@-_.^[]*$".contains(letter)
}
