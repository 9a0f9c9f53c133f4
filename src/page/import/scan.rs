//! What is refused before any of it is parsed: one pass over the bytes, without memory of its own, so that it can
//! run on every input event and no parser ever meets a text that it could stumble over.

use super::problem::{Refused, plain};
use super::recognise::Document;
use super::text;

/// Texts of this many bytes or more are not read. A pipeline at every quota of the service is smaller.
pub const SIZE_REFUSED: usize = 10_000_000;

/// Texts with brackets nested this deep or deeper are not read. A declaration has at most 11 levels.
pub const LEVELS_REFUSED: usize = 100;

/// Why a text is not even parsed, if so.
pub(super) fn refuse(source: &str) -> Option<Refused> {
    let sentence = if source.len() >= SIZE_REFUSED {
        text::TOO_LARGE
    } else if is_deep(source) {
        text::TOO_DEEP
    } else {
        return None;
    };
    Some(Refused {
        document: Document::Unread,
        found: None,
        headline: text::NOTHING_IMPORTED.to_owned(),
        problems: vec![plain(sentence.to_owned())],
    })
}

/// Whether brackets outside of strings nest too deep. In a text that is no JSON this is a guess, and no harm.
fn is_deep(source: &str) -> bool {
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    for byte in source.bytes() {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'{' | b'[' => {
                depth += 1;
                if depth >= LEVELS_REFUSED {
                    return true;
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}
