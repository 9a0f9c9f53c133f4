//! JSON as scenario files write it: names and plain words need no quotation marks.

use serde_json::{Map, Number, Value};

/// Reads one value that takes the whole text.
pub fn value(text: &str) -> Result<Value, String> {
    let (value, rest) = leading_value(text)?;
    if rest.is_empty() {
        Ok(value)
    } else {
        Err(format!("at {rest:?}: something is left over"))
    }
}

/// Reads one value from the beginning of a text; answers what is left, too.
pub fn leading_value(text: &str) -> Result<(Value, &str), String> {
    let text = text.trim_start();
    match text.chars().next() {
        None => Err("a value is missing".to_owned()),
        Some('{') => object(text),
        Some('[') => array(text),
        Some('"') => {
            let (string, rest) = quoted(text)?;
            Ok((Value::String(string), rest))
        }
        Some(_) => {
            let (word, rest) = bare(text)?;
            Ok((plain(word), rest))
        }
    }
}

fn object(text: &str) -> Result<(Value, &str), String> {
    let mut members = Map::new();
    let mut rest = after(text, '{');
    while !rest.starts_with('}') {
        let (key, left) = match rest.chars().next() {
            Some('"') => quoted(rest)?,
            _ => bare(rest).map(|(word, left)| (word.to_owned(), left))?,
        };
        if !left.starts_with(':') {
            return Err(format!("at {left:?}: : is missing"));
        }
        let (value, left) = leading_value(after(left, ':'))?;
        members.insert(key, value);
        rest = separated(left, '}')?;
    }
    Ok((Value::Object(members), after(rest, '}')))
}

fn array(text: &str) -> Result<(Value, &str), String> {
    let mut items = vec![];
    let mut rest = after(text, '[');
    while !rest.starts_with(']') {
        let (value, left) = leading_value(rest)?;
        items.push(value);
        rest = separated(left, ']')?;
    }
    Ok((Value::Array(items), after(rest, ']')))
}

/// What follows a letter that is there, without spaces.
fn after(text: &str, letter: char) -> &str {
    text.strip_prefix(letter).unwrap_or(text).trim_start()
}

fn separated(text: &str, close: char) -> Result<&str, String> {
    if text.starts_with(',') {
        Ok(after(text, ','))
    } else if text.starts_with(close) {
        Ok(text)
    } else {
        Err(format!("at {text:?}: , or {close} is missing"))
    }
}

fn quoted(text: &str) -> Result<(String, &str), String> {
    let mut escaped = false;
    let end = text.char_indices().skip(1).find(|(_, letter)| {
        let ends = *letter == '"' && !escaped;
        escaped = *letter == '\\' && !escaped;
        ends
    });
    let Some((end, _)) = end else {
        return Err(format!("at {text:?}: the closing \" is missing"));
    };
    let string = serde_json::from_str(&text[..=end]).map_err(|error| error.to_string())?;
    Ok((string, text[end + 1..].trim_start()))
}

fn bare(text: &str) -> Result<(&str, &str), String> {
    let end = text
        .find(|letter: char| letter.is_whitespace() || ",:{}[]\"".contains(letter))
        .unwrap_or(text.len());
    if end == 0 {
        return Err(format!("at {text:?}: a value is missing"));
    }
    Ok((&text[..end], text[end..].trim_start()))
}

fn plain(word: &str) -> Value {
    match word {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        "null" => Value::Null,
        _ => serde_json::from_str::<Number>(word)
            .map_or_else(|_| Value::String(word.to_owned()), Value::Number),
    }
}

#[test]
fn plain_words_need_no_quotation_marks() {
    use serde_json::json;
    assert_eq!(
        value("{name: shop, \"a b\": [1, 2.5, true, null, E1, \"x, \\\"y\\\"\"], c: {}}"),
        Ok(json!({ "name": "shop", "a b": [1, 2.5, true, null, "E1", "x, \"y\""], "c": {} }))
    );
    for wrong in [
        "", "{a}", "{a: }", "[1 2]", "\"open", "{} {}", "[1, 2", "{a: 1",
    ] {
        assert!(value(wrong).is_err(), "{wrong}");
    }
}
