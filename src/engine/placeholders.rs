//! `{Name}` in a text: in the URL templates of action types and in the filters of webhooks (WH-7).

/// What stands between braces, in order. A brace that nothing closes is an ordinary letter.
pub fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// The text with a value in the place of each name; `None` where one has no value.
#[must_use]
pub fn fill(text: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut parts = text.split('{');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('}') {
            Some((name, rest)) => {
                filled.push_str(&value(name)?);
                filled.push_str(rest);
            }
            None => {
                filled.push('{');
                filled.push_str(part);
            }
        }
    }
    Some(filled)
}

#[cfg(test)]
mod tests {
    use super::{fill, names};

    fn value(name: &str) -> Option<String> {
        (name == "Branch").then(|| "main".to_owned())
    }

    #[test]
    fn names_stand_in_closed_braces() {
        let found: Vec<&str> = names("a{Branch}b{}c{open").collect();
        assert_eq!(found, ["Branch", ""]);
    }

    #[test]
    fn a_name_without_a_value_leaves_nothing() {
        assert_eq!(
            fill("refs/heads/{Branch}", value).as_deref(),
            Some("refs/heads/main")
        );
        assert_eq!(
            fill("{Branch}{Branch}/{", value).as_deref(),
            Some("mainmain/{")
        );
        assert_eq!(fill("{Other}", value), None);
        assert_eq!(fill("", value).as_deref(), Some(""));
    }
}
