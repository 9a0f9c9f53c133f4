//! A declaration as text: members in their order, two spaces a level, and what is short on one line, so that an
//! artifact or an action type does not take five.

use serde_json::Value;

/// The longest object or list on a line of its own, in bytes.
const SHORT: usize = 96;

/// The text of a value. Reading it gives the value again.
#[must_use]
pub fn print(value: &Value) -> String {
    let mut text = String::new();
    write(value, 0, &mut text);
    text
}

fn write(value: &Value, level: usize, text: &mut String) {
    if let Some(line) = on_one_line(value, SHORT) {
        text.push_str(&line);
        return;
    }
    let (open, close) = if value.is_array() {
        ('[', ']')
    } else {
        ('{', '}')
    };
    text.push(open);
    let mut first = true;
    let mut next = |text: &mut String| {
        if !std::mem::take(&mut first) {
            text.push(',');
        }
        new_line(level + 1, text);
    };
    match value {
        Value::Array(items) => {
            for item in items {
                next(text);
                write(item, level + 1, text);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                next(text);
                text.push_str(&quoted(key));
                text.push_str(": ");
                write(member, level + 1, text);
            }
        }
        _ => {}
    }
    new_line(level, text);
    text.push(close);
}

fn new_line(level: usize, text: &mut String) {
    text.push('\n');
    for _ in 0..level {
        text.push_str("  ");
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// The value on one line, if it fits into `room`: a plain value always, a container of plain values, a list with one
/// such object in it.
fn on_one_line(value: &Value, room: usize) -> Option<String> {
    let is_plain = |value: &Value| !value.is_object() && !value.is_array();
    let line = match value {
        Value::Array(items) if items.is_empty() => "[]".to_owned(),
        Value::Object(members) if members.is_empty() => "{}".to_owned(),
        Value::Array(items) => match items.as_slice() {
            [one] if one.is_object() => format!("[{}]", on_one_line(one, room)?),
            items if items.len() <= 8 && items.iter().all(is_plain) => {
                let items: Vec<String> = items.iter().map(Value::to_string).collect();
                format!("[{}]", items.join(", "))
            }
            _ => return None,
        },
        Value::Object(members) if members.len() <= 4 && members.values().all(is_plain) => {
            let members = members.iter();
            let members: Vec<String> = members
                .map(|(key, value)| format!("{}: {value}", quoted(key)))
                .collect();
            format!("{{ {} }}", members.join(", "))
        }
        Value::Object(_) => return None,
        plain => return Some(plain.to_string()),
    };
    (line.len() <= room).then_some(line)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn short_things_stand_on_one_line_and_order_is_kept() {
        let value = json!({
            "name": "DeployWeb",
            "actionTypeId": { "category": "Deploy", "owner": "AWS", "provider": "ECS" },
            "inputArtifacts": [{ "name": "BuildOutput" }],
            "commands": ["a \"quoted\" one"],
            "nothing": [],
            "deep": [{ "a": [{ "b": 1 }, { "b": 2 }] }],
        });
        let text = print(&value);
        assert_eq!(
            text.lines().collect::<Vec<_>>(),
            [
                "{",
                "  \"name\": \"DeployWeb\",",
                "  \"actionTypeId\": { \"category\": \"Deploy\", \"owner\": \"AWS\", \"provider\": \"ECS\" },",
                "  \"inputArtifacts\": [{ \"name\": \"BuildOutput\" }],",
                "  \"commands\": [\"a \\\"quoted\\\" one\"],",
                "  \"nothing\": [],",
                "  \"deep\": [",
                "    {",
                "      \"a\": [",
                "        { \"b\": 1 },",
                "        { \"b\": 2 }",
                "      ]",
                "    }",
                "  ]",
                "}",
            ]
        );
        assert_eq!(serde_json::from_str::<Value>(&text).ok(), Some(value));
    }
}
