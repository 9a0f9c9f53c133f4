//! Which bodies start a pipeline (WH-6 to WH-9): all filters have to pass. A filter selects values of the body by a
//! JSONPath and compares them with a text, in which `{Key}` stands for the configuration of the target action.
//!
//! The service reads paths in Java's dialect. Ours is RFC 9535 without its functions, which means the same for what
//! people write in filters: members, indices, wildcards, `..`, slices and comparisons. What multiplies the values that a
//! path finds may stand in it a few times only ([`MOST`]): a short path could otherwise keep a browser busy for ever.

use std::collections::BTreeMap;

use crate::json::ToJson;
use serde_json::Value;
use serde_json_path::JsonPath;

use crate::{
    engine::placeholders,
    model::{ApiError, ErrorCode, WebhookFilterRule},
};

/// What multiplies the work of a path, and how often it may be there.
pub const MOST: [(&str, usize); 4] = [("..", 2), (",", 3), ("?", 1), ("(", 4)];

/// Reads a path.
fn read(path: &str) -> Result<JsonPath, String> {
    let bare = without_texts(path);
    let too_many = |(what, most): &&(&str, usize)| bare.matches(what).count() > *most;
    if let Some((what, most)) = MOST.iter().find(too_many) {
        return Err(format!("it has '{what}' more than {most} times"));
    }
    // Which functions there are would depend on how the library is linked.
    let called = |(at, _)| {
        bare.get(..at).is_some_and(|before| {
            before.ends_with(|last: char| last.is_ascii_alphanumeric() || last == '_')
        })
    };
    if bare.match_indices('(').any(called) {
        return Err("it calls a function, and there are none".to_owned());
    }
    JsonPath::parse(path).map_err(|error| error.message().to_owned())
}

/// A path without what stands in quotation marks.
fn without_texts(path: &str) -> String {
    let mut bare = String::new();
    let mut inside = None;
    let mut letters = path.chars();
    while let Some(letter) = letters.next() {
        match inside {
            None if matches!(letter, '\'' | '"') => inside = Some(letter),
            None => bare.push(letter),
            Some(_) if letter == '\\' => {
                letters.next();
            }
            Some(mark) if letter == mark => inside = None,
            Some(_) => {}
        }
    }
    bare
}

/// How many of the values that a path finds are shown.
pub const MOST_SHOWN: usize = 20;

/// How many letters of such a value are shown.
const LONGEST_SHOWN: usize = 200;

/// What a filter made of a body.
#[derive(Clone, Debug, PartialEq, ToJson)]
#[json(rename_all = "camelCase")]
pub struct Judgement {
    /// Where it looks.
    pub json_path: String,
    /// What it wants to find there, with the configuration filled in; absent where anything will do (WH-8).
    #[json(skip_serializing_if = "Option::is_none")]
    pub wants: Option<String>,
    /// What is there, as texts; lists and objects as JSON. The first [`MOST_SHOWN`], cut where they are long.
    pub found: Vec<String>,
    /// Whether it lets the body pass.
    pub passes: bool,
}

/// Whether every filter can be read and names only keys that the target action has (WH-6, WH-7).
///
/// # Errors
/// InvalidWebhookFilterPatternException for the first that cannot.
pub fn check(
    filters: &[WebhookFilterRule],
    configuration: &BTreeMap<String, String>,
) -> Result<(), ApiError> {
    let refused = |message: String| {
        Err(ApiError::new(
            ErrorCode::InvalidWebhookFilterPatternException,
            message,
        ))
    };
    for filter in filters {
        if let Err(problem) = read(&filter.json_path) {
            return refused(format!(
                "'{}' is not a valid JSONPath: {problem}",
                filter.json_path
            ));
        }
        let wanted = filter.match_equals.as_deref().unwrap_or_default();
        if let Some(name) =
            placeholders::names(wanted).find(|key| !configuration.contains_key(*key))
        {
            return refused(format!(
                "'{wanted}' names '{{{name}}}', which is not a key in the configuration of the target action"
            ));
        }
    }
    Ok(())
}

/// What each filter makes of a body.
#[must_use]
pub fn judge(
    filters: &[WebhookFilterRule],
    configuration: &BTreeMap<String, String>,
    body: &Value,
) -> Vec<Judgement> {
    filters
        .iter()
        .map(|filter| {
            let found: Vec<&Value> = read(&filter.json_path)
                .map(|path| path.query(body).all())
                .unwrap_or_default();
            let wants = filter.match_equals.as_deref().map(|wanted| {
                // The key may have left the configuration since the webhook was put: then its name stands for itself.
                placeholders::fill(wanted, |key| configuration.get(key).cloned())
                    .unwrap_or_else(|| wanted.to_owned())
            });
            let passes = match &wants {
                None => !found.is_empty(),
                Some(wanted) => found
                    .iter()
                    .any(|value| scalar(value).as_ref() == Some(wanted)),
            };
            Judgement {
                json_path: filter.json_path.clone(),
                wants,
                found: found
                    .into_iter()
                    .take(MOST_SHOWN)
                    .map(|value| {
                        let text = scalar(value).unwrap_or_else(|| value.to_string());
                        text.chars().take(LONGEST_SHOWN).collect()
                    })
                    .collect(),
                passes,
            }
        })
        .collect()
}

/// A value that can equal a text.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::read;

    fn finds(path: &str, body: &Value) -> Vec<Value> {
        let path = read(path).unwrap_or_else(|problem| panic!("{path}: {problem}"));
        path.query(body).all().into_iter().cloned().collect()
    }

    #[test]
    fn paths_as_people_write_them() {
        let body = json!({ "ref": "a", "pull": { "base": { "ref": "b" } }, "list": [{ "n": 1 }, { "n": 2 }] });
        assert_eq!(finds("$.ref", &body), [json!("a")]);
        assert_eq!(finds("$['pull'][\"base\"].ref", &body), [json!("b")]);
        assert_eq!(finds("$..ref", &body), [json!("a"), json!("b")]);
        assert_eq!(finds("$.list[*].n", &body), [json!(1), json!(2)]);
        assert_eq!(finds("$.list[-1].n", &body), [json!(2)]);
        assert_eq!(finds("$.list[?@.n==2].n", &body), [json!(2)]);
        assert_eq!(finds("$.nothing", &body), Vec::<Value>::new());
        assert_eq!(finds("$['a,b..(c?']", &body), Vec::<Value>::new());
    }

    #[test]
    fn a_path_that_multiplies_is_refused() {
        for path in [
            "$..*..*..*",
            "$[*,*][*,*][*,*][*,*]",
            "$[?@[?@.a]]",
            "$[?(((((@.a)))))]",
            "$",
            "ref",
            "$.",
            "$[?length(@)==1]",
        ] {
            assert_eq!(read(path).is_ok(), path == "$", "{path}");
        }
    }
}
