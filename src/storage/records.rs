//! The file of stored records: what is stored of a world that cannot be opened, record by record, for a person to keep.
//!
//! ```json
//! { "kind": "codepipeline-simulator-stored-records", "about": "…", "world": "default", "problem": "…",
//!   "stores": { "worlds": [ { "key": "default", "value": { "format": 2 } },
//!                           { "key": "other", "unreadable": "DataError: …" } ] } }
//! ```
//!
//! It is no world file and is never read back: nothing is known of records that do not fit, so nothing is left out of them
//! or put right. A record that the browser itself cannot read stands there with the browser's words.

use crate::json;

/// What the file says of itself, to whoever opens it in an editor.
const ABOUT: &str = "What is stored of a world that the CodePipeline Simulator could not open, record by record as it was \
                     found. This is not a world file: the simulator cannot open it. Bytes stand here in base64.";

/// A record of an object store. What it holds is JSON text.
pub struct Record {
    /// Its key.
    pub key: String,
    /// What it holds, or why that cannot be read.
    pub value: Result<String, String>,
}

/// Everything that is stored of a world.
pub struct Records<'a> {
    /// Its name.
    pub world: &'a str,
    /// Why it cannot be opened.
    pub problem: &'a str,
    /// The object stores in the order of the database, by name.
    pub stores: Vec<(String, Vec<Record>)>,
}

/// The text of the file.
#[must_use]
pub fn write(records: &Records<'_>) -> String {
    let mut text = String::from("{\n\"kind\":\"codepipeline-simulator-stored-records\"");
    for (name, words) in [
        ("about", ABOUT),
        ("world", records.world),
        ("problem", records.problem),
    ] {
        text.push_str(&format!(",\n\"{name}\":{}", quoted(words)));
    }
    text.push_str(",\n\"stores\":{");
    for (index, (name, records)) in records.stores.iter().enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.push_str(&format!("{}:[", quoted(name)));
        for (index, Record { key, value }) in records.iter().enumerate() {
            text.push_str(if index == 0 { "\n" } else { ",\n" });
            text.push_str(&format!("{{\"key\":{key},"));
            match value {
                Ok(value) => text.push_str(&format!("\"value\":{value}}}")),
                Err(why) => text.push_str(&format!("\"unreadable\":{}}}", quoted(why))),
            }
        }
        text.push(']');
    }
    text.push_str("}\n}\n");
    text
}

fn quoted(words: &str) -> String {
    json::to_text(&words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn every_record_stands_there_as_it_is_or_with_the_reason_why_not() {
        let record = |key: &str, value: Result<&str, &str>| Record {
            key: key.to_owned(),
            value: value.map(str::to_owned).map_err(str::to_owned),
        };
        let records = Records {
            world: "a \"world\"",
            problem: "damaged\nhere",
            stores: vec![
                ("writers".to_owned(), vec![]),
                (
                    "worlds".to_owned(),
                    vec![
                        record("\"a\"", Ok("{\"format\":99}")),
                        record("[\"a\",2]", Err("DataError: \\gone")),
                    ],
                ),
            ],
        };
        let read: Value = serde_json::from_str(&write(&records)).expect("JSON");
        assert_eq!(read["world"], "a \"world\"");
        assert_eq!(read["problem"], "damaged\nhere");
        assert_eq!(
            read["stores"],
            json!({
                "writers": [],
                "worlds": [
                    { "key": "a", "value": { "format": 99 } },
                    { "key": ["a", 2], "unreadable": "DataError: \\gone" },
                ],
            })
        );
    }

    #[test]
    fn nobody_takes_the_file_for_a_world() {
        let records = Records {
            world: "a",
            problem: "",
            stores: vec![],
        };
        assert!(super::super::world_file::read(&write(&records)).is_err());
    }
}
