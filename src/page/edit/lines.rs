//! Where in a JSON text the things are that a pointer names: for the lines beside which a problem stands. Made of one
//! pass over a text that is known to be JSON; of any other text it is merely useless.

use std::ops::Range;

use super::pointer;

/// The parts of a text.
#[derive(Debug, Default)]
pub struct Lines {
    root: Node,
    /// Where each line begins, in bytes.
    starts: Vec<usize>,
}

#[derive(Debug, Default)]
struct Node {
    /// From the key, if it has one, to the end of the value.
    range: Range<usize>,
    children: Vec<(String, Node)>,
}

impl Lines {
    /// Reads a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        let mut reader = Reader { text, at: 0 };
        Self {
            root: reader.value(0),
            starts,
        }
    }

    /// The bytes of what a pointer names, else of the nearest thing around it that is there.
    #[must_use]
    pub fn range(&self, pointer: &str) -> Range<usize> {
        let mut node = &self.root;
        for part in pointer::parts(pointer) {
            match node.children.iter().find(|(key, _)| *key == part) {
                Some((_, child)) => node = child,
                None => break,
            }
        }
        node.range.clone()
    }

    /// The first and the last line of what a pointer names, counted from 0.
    #[must_use]
    pub fn lines(&self, pointer: &str) -> (usize, usize) {
        let range = self.range(pointer);
        let line = |at: usize| self.starts.partition_point(|start| *start <= at).max(1) - 1;
        (line(range.start), line(range.end.saturating_sub(1)))
    }

    /// How many lines there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len()
    }
}

/// Deeper than any text that is read (`import::LEVELS_REFUSED`).
const DEEPEST: usize = 128;

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            if !byte.is_ascii_whitespace() {
                return Some(*byte);
            }
            self.at += 1;
        }
        None
    }

    fn value(&mut self, depth: usize) -> Node {
        let mut node = Node::default();
        let open = self.peek();
        let start = self.at;
        match open {
            Some(b'{' | b'[') if depth < DEEPEST => {
                let is_list = open == Some(b'[');
                self.at += 1;
                loop {
                    match self.peek() {
                        None => break,
                        Some(b'}' | b']') => {
                            self.at += 1;
                            break;
                        }
                        Some(b',' | b':') => self.at += 1,
                        Some(_) => {
                            let key_at = self.at;
                            let key = if is_list {
                                node.children.len().to_string()
                            } else {
                                self.key()
                            };
                            let mut child = self.value(depth + 1);
                            child.range.start = key_at;
                            node.children.push((key, child));
                        }
                    }
                }
            }
            Some(b'"') => self.string(),
            Some(_) => self.plain(),
            None => {}
        }
        node.range = start..self.at;
        node
    }

    /// A key with its colon, unescaped.
    fn key(&mut self) -> String {
        let start = self.at;
        self.string();
        let key = self.text.get(start..self.at).unwrap_or_default();
        let key = serde_json::from_str(key).unwrap_or_default();
        if self.peek() == Some(b':') {
            self.at += 1;
        }
        key
    }

    fn string(&mut self) {
        let bytes = self.text.as_bytes();
        self.at += 1;
        while let Some(byte) = bytes.get(self.at) {
            self.at += match byte {
                b'\\' => 2,
                b'"' => {
                    self.at += 1;
                    return;
                }
                _ => 1,
            };
        }
    }

    fn plain(&mut self) {
        let bytes = self.text.as_bytes();
        // At least one, so that any text comes to its end.
        self.at += 1;
        while let Some(byte) = bytes.get(self.at) {
            if b",:]}".contains(byte) || byte.is_ascii_whitespace() {
                return;
            }
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "{\n  \"a\": [1, {\"b/c\": \"x\\\"y\"}],\n  \"d\": {\n    \"e\": null\n  }\n}";

    #[test]
    fn things_are_found_by_their_pointer() {
        let lines = Lines::of(TEXT);
        let text = |pointer: &str| TEXT.get(lines.range(pointer)).unwrap_or_default();
        assert_eq!(text("/a/1/b~1c"), "\"b/c\": \"x\\\"y\"");
        assert_eq!(text("/a/0"), "1");
        assert_eq!(lines.lines("/d"), (2, 4));
        assert_eq!(lines.lines("/d/e"), (3, 3));
        assert_eq!(lines.lines(""), (0, 5));
        assert_eq!(lines.count(), 6);
    }

    #[test]
    fn what_is_not_there_is_looked_for_around_it() {
        let lines = Lines::of(TEXT);
        assert_eq!(lines.lines("/d/missing"), (2, 4));
    }

    #[test]
    fn a_text_that_is_no_json_does_no_harm() {
        for text in ["", "{", "[[[", "\"", "}{", "{\"a\":,}", "nul", "{]\"\\"] {
            let _ = Lines::of(text).lines("/a/b");
        }
    }
}
