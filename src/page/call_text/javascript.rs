//! The AWS SDK for JavaScript, version 3.

use serde_json::{Number, Value};

use super::literal::{Language, is_identifier, quoted};
use crate::model::Shape;

const JAVASCRIPT: Language = Language {
    words: ["true", "false", "null"],
    text,
    key,
    instant,
};

fn text(text: &str) -> String {
    quoted(text, |code| format!("\\u{code:04x}"))
}

fn key(name: &str) -> String {
    match name {
        // Written plainly, this would be the object's prototype and no member.
        "__proto__" => "[\"__proto__\"]: ".to_owned(),
        name if is_identifier(name) => format!("{name}: "),
        name => format!("{}: ", text(name)),
    }
}

fn instant(seconds: &Number) -> String {
    let whole = seconds
        .as_i64()
        .and_then(|seconds| seconds.checked_mul(1000));
    match (whole, seconds.as_f64()) {
        (Some(millis), _) => format!("new Date({millis})"),
        (None, Some(seconds)) => format!("new Date({})", (seconds * 1000.0).round()),
        (None, None) => format!("new Date({seconds} * 1000)"),
    }
}

/// The call, with its imports.
pub fn render(operation: &str, input: &Value, shape: Option<&Shape>) -> String {
    let empty = Value::Object(serde_json::Map::new());
    let input = if input.is_object() { input } else { &empty };
    let input = JAVASCRIPT.value(input, shape, 0);
    format!(
        "import {{ CodePipelineClient, {operation}Command }} from \"@aws-sdk/client-codepipeline\";\n\n\
         const codepipeline = new CodePipelineClient();\n\
         const answer = await codepipeline.send(new {operation}Command({input}));\n"
    )
}
