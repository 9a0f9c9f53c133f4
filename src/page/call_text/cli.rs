//! The AWS CLI, for a POSIX shell. Scalars are options of their own, everything nested is JSON in single quotes.

use serde_json::Value;

use super::{kebab, literal::inner, members};
use crate::model::{Kind, Shape};

/// What is longer goes over several lines.
const LINE: usize = 72;

/// The command.
pub fn render(operation: &str, input: &Value, shape: Option<&Shape>) -> String {
    let command = format!("aws codepipeline {}", kebab(operation));
    let options: Option<Vec<String>> = members(input)
        .map(|(name, value)| option(operation, name, value, shape))
        .collect();
    // An option that the command line cannot carry as it is: then the whole input goes as one JSON text.
    let options = options.unwrap_or_else(|| vec![format!("--cli-input-json {}", json(input))]);
    let length: usize = options
        .iter()
        .map(|option| option.chars().count() + 1)
        .sum();
    let flat = options.iter().all(|option| !option.contains('\n'));
    if flat && command.len() + length <= LINE {
        return [vec![command], options].concat().join(" ") + "\n";
    }
    options
        .into_iter()
        .fold(command, |text, option| format!("{text} \\\n  {option}"))
        + "\n"
}

/// One option; `None` where the command line would read the value as something else.
fn option(operation: &str, name: &str, value: &Value, shape: Option<&Shape>) -> Option<String> {
    let option = flag(operation, name);
    let kind = inner(shape, name).map(|shape| &shape.kind);
    Some(match value {
        Value::Bool(true) => format!("--{option}"),
        Value::Bool(false) => format!("--no-{option}"),
        Value::Number(number) => format!("--{option} {number}"),
        Value::String(text) => {
            // A list or a structure given as a text would be read as shorthand.
            let scalar = !matches!(
                kind,
                Some(Kind::List { .. } | Kind::Map { .. } | Kind::Structure(_))
            );
            if !scalar || is_read_as_file(text) || text.chars().any(is_lost) {
                return None;
            }
            // What begins with a dash would be taken for an option.
            let between = if text.starts_with('-') { "=" } else { " " };
            format!("--{option}{between}{}", quote(text))
        }
        Value::Array(_) | Value::Object(_) => format!("--{option} {}", json(value)),
        Value::Null => return None,
    })
}

/// The name of an option. Four of them are renamed, as `--version` asks the CLI for its own.
fn flag(operation: &str, member: &str) -> String {
    match (operation, member) {
        ("GetPipeline", "version") => "pipeline-version".to_owned(),
        ("CreateCustomActionType" | "DeleteCustomActionType" | "GetActionType", "version") => {
            "action-version".to_owned()
        }
        _ => kebab(member),
    }
}

/// The CLI opens what looks like a file, and in its first version also fetches what looks like a page.
fn is_read_as_file(text: &str) -> bool {
    ["file://", "fileb://", "http://", "https://"]
        .iter()
        .any(|scheme| text.starts_with(scheme))
}

/// Characters that a terminal acts on instead of typing them, a line's end apart.
fn is_lost(letter: char) -> bool {
    letter.is_control() && letter != '\n'
}

/// A value as JSON between quotes: on one line where it is short.
fn json(value: &Value) -> String {
    let value = present(value);
    let short = value.to_string();
    let text = if short.chars().count() <= LINE {
        short
    } else {
        serde_json::to_string_pretty(&value).unwrap_or(short)
    };
    // Raw control characters are already escaped by JSON; only DEL and its kin are left.
    let text: String = text
        .chars()
        .map(|letter| match letter {
            letter if is_lost(letter) => format!("\\u{:04x}", u32::from(letter)),
            letter => letter.to_string(),
        })
        .collect();
    quote_always(&text)
}

/// The value without members that are null: the CLI refuses these.
fn present(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(present).collect(),
        Value::Object(members) => members
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name.clone(), present(value)))
            .collect(),
        other => other.clone(),
    }
}

/// A word of the shell: as it is where nothing in it means anything to a shell.
fn quote(text: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:@%+,".contains(letter);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        quote_always(text)
    }
}

/// Between single quotes, where a shell reads everything as it is; a single quote itself stands outside of them.
fn quote_always(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
