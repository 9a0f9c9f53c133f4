//! Tags: which are acceptable (QT-26, QT-43). They belong to pipelines, custom action types and webhooks alike.

use super::refusal::repeated;
use crate::model::{ApiError, ErrorCode, Tag};

/// The most tags that a resource may have.
pub const MAX_TAGS: usize = 50;

/// Whether each of these tags is acceptable and no key occurs twice. Lengths are a matter of shape.
///
/// # Errors
/// InvalidTagsException for the first problem.
pub fn check_tags(tags: &[Tag]) -> Result<(), ApiError> {
    check_tag_keys(tags.iter().map(|tag| &tag.key))?;
    for tag in tags {
        if tag.key.trim_matches(' ').is_empty() || !is_tag_text(&tag.key) {
            return invalid(format!("The tag key '{}' is not valid", tag.key));
        }
        if !is_tag_text(&tag.value) {
            return invalid(format!(
                "The value of the tag '{}' is not valid: '{}'",
                tag.key, tag.value
            ));
        }
    }
    match repeated(tags.iter().map(|tag| &tag.key)) {
        None => Ok(()),
        Some(key) => invalid(format!("The tag key '{key}' is used more than once")),
    }
}

/// Whether a caller may change tags with these keys.
///
/// # Errors
/// InvalidTagsException where one belongs to the service.
pub fn check_tag_keys<'a>(keys: impl IntoIterator<Item = &'a String>) -> Result<(), ApiError> {
    let is_system = |key: &String| {
        key.get(..4)
            .is_some_and(|prefix| prefix.eq_ignore_ascii_case("aws:"))
    };
    if keys.into_iter().any(is_system) {
        return invalid(
            "Not allowed to modify system tags. System tags start with 'aws:'. msg=[Caller is an end user and not \
             allowed to mutate system tags]"
                .to_owned(),
        );
    }
    Ok(())
}

fn invalid(message: String) -> Result<(), ApiError> {
    Err(ApiError::new(ErrorCode::InvalidTagsException, message))
}

/// Whether a resource may have this many tags in all.
///
/// # Errors
/// TooManyTagsException above [`MAX_TAGS`].
pub fn check_tag_count(count: usize) -> Result<(), ApiError> {
    if count <= MAX_TAGS {
        return Ok(());
    }
    Err(ApiError::new(
        ErrorCode::TooManyTagsException,
        format!("A resource can have up to {MAX_TAGS} tags"),
    ))
}

/// Letters and digits of any script, spaces except at the end, and a few signs.
fn is_tag_text(text: &str) -> bool {
    !text.ends_with(' ')
        && text
            .chars()
            .all(|letter| letter.is_alphanumeric() || " +-=._:/@".contains(letter))
}
