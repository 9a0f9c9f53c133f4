//! boto3.

use serde_json::{Number, Value};

use super::{
    literal::{Language, inner, is_identifier, lines, quoted},
    members, snake,
};
use crate::model::Shape;

const PYTHON: Language = Language {
    words: ["True", "False", "None"],
    text,
    key,
    instant,
};

fn text(text: &str) -> String {
    quoted(text, |code| format!("\\x{code:02x}"))
}

fn key(name: &str) -> String {
    format!("{}: ", text(name))
}

fn instant(seconds: &Number) -> String {
    format!("datetime.fromtimestamp({seconds}, tz=timezone.utc)")
}

/// The call, with its imports.
pub fn render(operation: &str, input: &Value, shape: Option<&Shape>) -> String {
    let call = format!("codepipeline.{}", snake(operation));
    let arguments: Vec<String> = members(input)
        .map(|(name, value)| {
            let value = PYTHON.value(value, inner(shape, name), 1);
            if is_identifier(name) && !KEYWORDS.contains(&name.as_str()) {
                format!("{name}={value}")
            } else {
                format!("**{{{}{value}}}", key(name))
            }
        })
        .collect();
    let call = if arguments.is_empty() {
        call + "()"
    } else {
        lines(&(call + "("), arguments, ")", 0)
    };
    let dates = if call.contains("datetime.fromtimestamp(") {
        "from datetime import datetime, timezone\n\n"
    } else {
        ""
    };
    format!(
        "{dates}import boto3\n\ncodepipeline = boto3.client(\"codepipeline\")\nanswer = {call}\n"
    )
}

/// Words that cannot name an argument.
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];
