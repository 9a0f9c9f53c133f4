//! The world file: everything stored of a world as one JSON document that a person can keep, send and open again.
//!
//! ```json
//! { "kind": "codepipeline-simulator-world", "format": 1, "sequence": 7,
//!   "clock": 1763802000000, "playing": false, "speed": 60,
//!   "checkpoint": { "sequence": 5, "text": "…" },
//!   "segments": [ { "id": 1, "bytes": "base64" } ],
//!   "journal": [ { "sequence": 7, "count": 2, "facts": "…" } ] }
//! ```
//!
//! `checkpoint` may be absent. Members that are not listed are ignored. Text and bytes are the engine's, so
//! reading a file is two steps: [`read`] checks the whole envelope, then the engine restores what it gave; only
//! when both succeed may anything be replaced.

use crate::json::{self, ToJson};
use serde_json::{Map, Value};

use super::world::GREATEST_NUMBER;
use super::{
    FORMAT, Header, JournalEntry, Segment, Snapshot, Standing, StorageError, StoredWorld, base64,
};

/// What the first member says, so that any other JSON is told apart at once.
const KIND: &str = "codepipeline-simulator-world";

#[derive(ToJson)]
struct Document<'a> {
    kind: &'static str,
    format: u32,
    sequence: u64,
    #[json(flatten)]
    standing: Standing,
    #[json(skip_serializing_if = "Option::is_none")]
    checkpoint: Option<&'a Snapshot>,
    segments: Vec<DocumentSegment>,
    journal: &'a [JournalEntry],
}

#[derive(ToJson)]
struct DocumentSegment {
    id: u64,
    bytes: String,
}

/// The document for a world.
#[must_use]
pub fn write(world: &StoredWorld) -> String {
    let document = Document {
        kind: KIND,
        format: world.header.format,
        sequence: world.header.sequence,
        standing: world.header.standing,
        checkpoint: world.checkpoint.as_ref(),
        segments: world
            .segments
            .iter()
            .map(|segment| DocumentSegment {
                id: segment.id,
                bytes: base64::encode(&segment.bytes),
            })
            .collect(),
        journal: &world.journal,
    };
    json::to_text(&document)
}

/// The world in a document, with every part checked.
///
/// # Errors
/// [`StorageError::Newer`] if a later build wrote it, else [`StorageError::Damaged`] with the line and column, or
/// the path, of the first thing that is wrong.
pub fn read(text: &str) -> Result<StoredWorld, StorageError> {
    let document: Value = serde_json::from_str(text).map_err(|error| {
        StorageError::damaged(
            format!("line {}, column {}", error.line(), error.column()),
            "this is not JSON",
        )
    })?;
    let root = Part::new(String::new(), &document)?;
    if root.text("kind").ok() != Some(KIND) {
        return Err(StorageError::damaged(
            "kind",
            "this is not a world of the simulator",
        ));
    }
    // Before anything else is looked at: a newer format may have changed all the rest.
    let format = root.number("format")?;
    if format > u64::from(FORMAT) {
        return Err(StorageError::Newer {
            stored: narrow(format),
            supported: FORMAT,
        });
    }
    let world = StoredWorld {
        header: Header {
            format: narrow(format),
            sequence: root.number("sequence")?,
            standing: standing(&root)?,
        },
        checkpoint: root
            .optional("checkpoint")?
            .map(|part| snapshot(&part))
            .transpose()?,
        segments: root
            .list("segments")?
            .iter()
            .map(segment)
            .collect::<Result<_, _>>()?,
        journal: root
            .list("journal")?
            .iter()
            .map(journal_entry)
            .collect::<Result<_, _>>()?,
    };
    world.check()?;
    Ok(world)
}

/// A number known to be small, or so large that it does not matter how large.
fn narrow(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn standing(root: &Part<'_>) -> Result<Standing, StorageError> {
    let clock = root
        .member("clock")?
        .as_i64()
        .filter(|clock| clock.unsigned_abs() <= GREATEST_NUMBER);
    let speed = u32::try_from(root.number("speed")?);
    Ok(Standing {
        clock: clock.ok_or_else(|| root.wrong("clock", "milliseconds since 1970 are expected"))?,
        playing: root
            .member("playing")?
            .as_bool()
            .ok_or_else(|| root.wrong("playing", "true or false is expected"))?,
        speed: speed.map_err(|_| root.wrong("speed", "the number is too great"))?,
    })
}

fn snapshot(part: &Part<'_>) -> Result<Snapshot, StorageError> {
    Ok(Snapshot {
        sequence: part.number("sequence")?,
        text: part.text("text")?.to_owned(),
    })
}

fn segment(part: &Part<'_>) -> Result<Segment, StorageError> {
    let bytes = base64::decode(part.text("bytes")?).map_err(|offset| {
        part.wrong(
            "bytes",
            &format!("this is not base64 at character {offset}"),
        )
    })?;
    Ok(Segment {
        id: part.number("id")?,
        bytes,
    })
}

fn journal_entry(part: &Part<'_>) -> Result<JournalEntry, StorageError> {
    Ok(JournalEntry {
        sequence: part.number("sequence")?,
        count: part.number("count")?,
        facts: part.text("facts")?.to_owned(),
    })
}

/// A JSON object and where it stands in the document.
struct Part<'a> {
    path: String,
    members: &'a Map<String, Value>,
}

impl<'a> Part<'a> {
    fn new(path: String, value: &'a Value) -> Result<Self, StorageError> {
        match value.as_object() {
            Some(members) => Ok(Self { path, members }),
            None if path.is_empty() => Err(StorageError::damaged(
                "the document",
                "an object is expected",
            )),
            None => Err(StorageError::damaged(path, "an object is expected")),
        }
    }

    fn path(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    fn wrong(&self, name: &str, problem: &str) -> StorageError {
        StorageError::damaged(self.path(name), problem)
    }

    fn member(&self, name: &str) -> Result<&'a Value, StorageError> {
        self.members
            .get(name)
            .ok_or_else(|| self.wrong(name, "it is missing"))
    }

    fn text(&self, name: &str) -> Result<&'a str, StorageError> {
        self.member(name)?
            .as_str()
            .ok_or_else(|| self.wrong(name, "text is expected"))
    }

    fn number(&self, name: &str) -> Result<u64, StorageError> {
        let number = self
            .member(name)?
            .as_u64()
            .filter(|number| *number <= GREATEST_NUMBER);
        number.ok_or_else(|| self.wrong(name, "a whole number from 0 to 2^53 - 1 is expected"))
    }

    fn optional(&self, name: &str) -> Result<Option<Part<'a>>, StorageError> {
        self.members
            .get(name)
            .map(|value| Part::new(self.path(name), value))
            .transpose()
    }

    fn list(&self, name: &str) -> Result<Vec<Part<'a>>, StorageError> {
        let list = self
            .member(name)?
            .as_array()
            .ok_or_else(|| self.wrong(name, "a list is expected"))?;
        let part = |(index, value)| Part::new(format!("{}[{index}]", self.path(name)), value);
        list.iter().enumerate().map(part).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world() -> StoredWorld {
        StoredWorld {
            header: Header {
                format: FORMAT,
                sequence: 7,
                standing: Standing {
                    clock: 1_763_802_000_000,
                    playing: true,
                    speed: 60,
                },
            },
            checkpoint: Some(Snapshot {
                sequence: 4,
                text: "{\"état\":\"\\u0000\"}\n".into(),
            }),
            segments: vec![
                Segment {
                    id: 1,
                    bytes: (0..=255).collect(),
                },
                Segment {
                    id: 3,
                    bytes: vec![],
                },
            ],
            journal: vec![
                JournalEntry {
                    sequence: 5,
                    count: 1,
                    facts: "[1]".into(),
                },
                JournalEntry {
                    sequence: 7,
                    count: 2,
                    facts: "[2]\n[3]".into(),
                },
            ],
        }
    }

    #[test]
    fn a_written_world_reads_back_the_same() {
        for world in [
            world(),
            StoredWorld {
                header: Header {
                    sequence: 0,
                    ..world().header
                },
                checkpoint: None,
                segments: vec![],
                journal: vec![],
            },
        ] {
            let text = write(&world);
            assert_eq!(read(&text), Ok(world));
        }
    }

    #[test]
    fn every_missing_or_mistyped_part_is_named() {
        let whole: Value = serde_json::from_str(&write(&world())).expect("JSON");
        for pointer in [
            "/kind",
            "/format",
            "/sequence",
            "/clock",
            "/playing",
            "/speed",
            "/checkpoint",
            "/checkpoint/sequence",
            "/checkpoint/text",
            "/segments",
            "/segments/1",
            "/segments/1/id",
            "/segments/0/bytes",
            "/journal",
            "/journal/0",
            "/journal/1/sequence",
            "/journal/1/count",
            "/journal/1/facts",
        ] {
            // `/journal/1/facts` is reported as `journal[1].facts`.
            let mut expected = String::new();
            for step in pointer.split('/').skip(1) {
                match step.parse::<usize>() {
                    Ok(index) => expected.push_str(&format!("[{index}]")),
                    Err(_) if expected.is_empty() => expected.push_str(step),
                    Err(_) => expected.push_str(&format!(".{step}")),
                }
            }
            let place = |document: &Value| match read(&document.to_string()) {
                Err(StorageError::Damaged { place, .. }) => place,
                other => format!("{other:?}"),
            };
            let mut mistyped = whole.clone();
            *mistyped.pointer_mut(pointer).expect("exists") = Value::from(-0.5);
            assert_eq!(place(&mistyped), expected);

            let (parent, name) = pointer.rsplit_once('/').expect("a path");
            let mut missing = whole.clone();
            if let Some(members) = missing.pointer_mut(parent).expect("exists").as_object_mut() {
                members.shift_remove(name);
                // Without its checkpoint the journal has nothing to continue.
                let expected = if pointer == "/checkpoint" {
                    "journal[0].sequence"
                } else {
                    &expected
                };
                assert_eq!(place(&missing), expected);
            }
        }
    }

    #[test]
    fn a_cut_file_says_where_it_ends_and_no_cut_is_accepted() {
        let text = write(&world());
        for (end, _) in text.char_indices() {
            let Err(StorageError::Damaged { place, .. }) = read(&text[..end]) else {
                panic!("cut at {end}")
            };
            assert!(place.starts_with("line 1, column "), "{place}");
        }
    }

    #[test]
    fn a_newer_file_is_refused_whatever_else_it_holds() {
        let text = format!("{{\"kind\":\"{KIND}\",\"format\":{}}}", FORMAT + 1);
        assert_eq!(
            read(&text),
            Err(StorageError::Newer {
                stored: FORMAT + 1,
                supported: FORMAT
            })
        );
    }

    #[test]
    fn bytes_that_are_not_base64_say_at_which_character() {
        let text = write(&world()).replace("AAECAwQF", "AAEC*wQF");
        let Err(error) = read(&text) else {
            panic!("accepted")
        };
        assert_eq!(
            error.to_string(),
            "The stored world is damaged at segments[0].bytes: this is not base64 at character 4"
        );
    }

    #[test]
    fn other_json_is_not_taken_for_a_world() {
        for (text, place) in [
            ("[]", "the document"),
            ("{}", "kind"),
            ("{\"kind\":\"pipeline\"}", "kind"),
            ("", "line 1, column 0"),
        ] {
            let Err(StorageError::Damaged { place: found, .. }) = read(text) else {
                panic!("accepted {text}")
            };
            assert_eq!(found, place);
        }
    }
}
