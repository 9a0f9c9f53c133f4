//! A commit as a line of text, for storages that append: `{"sequence":7,"count":2,"facts":"…","clock":…}`. A line is
//! whole or it is not: a text that was cut off is never the text of another commit.

use crate::json::{self, FromJson, ToJson};

use super::{Batch, Segment, Standing, StorageError, base64};

#[derive(ToJson, FromJson)]
struct Line {
    sequence: u64,
    count: u64,
    #[json(default, skip_serializing_if = "String::is_empty")]
    facts: String,
    #[json(flatten)]
    standing: Standing,
    #[json(default, skip_serializing_if = "Vec::is_empty")]
    segments: Vec<LineSegment>,
    #[json(default, skip_serializing_if = "Vec::is_empty")]
    dropped: Vec<u64>,
}

#[derive(ToJson, FromJson)]
struct LineSegment {
    id: u64,
    bytes: String,
}

/// The line of a commit, without a line end in or after it.
#[must_use]
pub fn write(batch: &Batch) -> String {
    let line = Line {
        sequence: batch.sequence,
        count: batch.count,
        facts: batch.facts.clone(),
        standing: batch.standing,
        segments: batch
            .new_segments
            .iter()
            .map(|segment| LineSegment {
                id: segment.id,
                bytes: base64::encode(&segment.bytes),
            })
            .collect(),
        dropped: batch.dropped_segments.clone(),
    };
    json::to_text(&line)
}

/// The commit in a line; `number` is the line's, for the error.
///
/// # Errors
/// [`StorageError::Damaged`].
pub fn read(line: &str, number: usize) -> Result<Batch, StorageError> {
    let damaged =
        |problem: String| StorageError::damaged(format!("journal line {number}"), problem);
    let line: Line = json::from_text(line).map_err(|error| damaged(error.to_string()))?;
    let segments = line.segments.into_iter().map(|segment| {
        let bytes = base64::decode(&segment.bytes)
            .map_err(|offset| damaged(format!("this is not base64 at character {offset}")))?;
        Ok(Segment {
            id: segment.id,
            bytes,
        })
    });
    Ok(Batch {
        sequence: line.sequence,
        count: line.count,
        facts: line.facts,
        standing: line.standing,
        new_segments: segments.collect::<Result<_, StorageError>>()?,
        dropped_segments: line.dropped,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch() -> Batch {
        Batch {
            sequence: 7,
            count: 2,
            facts: "[1,\"a\"]\n[2]".to_owned(),
            standing: Standing {
                clock: 5,
                playing: true,
                speed: 60,
            },
            new_segments: vec![Segment {
                id: 3,
                bytes: vec![0, 255, 10],
            }],
            dropped_segments: vec![1, 2],
        }
    }

    #[test]
    fn a_commit_is_one_line_and_comes_back() {
        let line = write(&batch());
        assert!(!line.contains('\n'), "{line}");
        assert_eq!(read(&line, 1), Ok(batch()));
        let empty = Batch {
            count: 0,
            facts: String::new(),
            new_segments: vec![],
            dropped_segments: vec![],
            ..batch()
        };
        let line = write(&empty);
        assert_eq!(read(&line, 1), Ok(empty));
    }

    #[test]
    fn a_line_that_was_cut_off_is_told() {
        let line = write(&batch());
        for end in (0..line.len()).filter(|end| line.is_char_boundary(*end)) {
            let error = read(&line[..end], 4).expect_err("it is not whole");
            assert!(error.to_string().contains("journal line 4"), "{error}");
        }
        let wrong = line.replace("\"bytes\":\"", "\"bytes\":\"?");
        assert!(read(&wrong, 4).is_err());
    }
}
