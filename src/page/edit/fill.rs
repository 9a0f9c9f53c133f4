//! What a person writes into a field, as a change: the shape of the member says whether it is a text, a number or a
//! list. A text that is no number is put there as it is, so that the service can say so.

use serde_json::{Value, json};

use super::change::{Change, Chosen};
use super::{pointer, stores};
use crate::model::{ActionCategory, ActionOwner, ActionTypeId, Kind};

/// The change that puts a text into the field at a pointer. An empty one takes an optional member away.
#[must_use]
pub fn fill(draft: &Value, at: &str, text: &str) -> Option<Change> {
    let (parent, last) = pointer::parent(at)?;
    let gone = || Change::Remove { at: at.to_owned() };
    let set = |to: Value| Change::Set {
        at: at.to_owned(),
        to,
    };
    match last.as_str() {
        "actionTypeId" => return provider(at, text),
        "ruleTypeId" => {
            let id =
                json!({ "category": "Rule", "owner": "AWS", "provider": text, "version": "1" });
            return Some(Change::Several(vec![
                set(id),
                // Keys of the other type would be refused.
                Change::Remove {
                    at: pointer::join(parent, "configuration"),
                },
            ]));
        }
        "name" | "namespace" => {
            return Some(Change::Rename {
                at: at.to_owned(),
                to: text.to_owned(),
            });
        }
        _ if parent == stores::EACH => return stores::moved(draft, &last, text),
        _ if parent.ends_with("/inputArtifacts") => {
            return Some(if text.is_empty() {
                gone()
            } else {
                set(json!({ "name": text }))
            });
        }
        _ => {}
    }
    let shape = pointer::shape(at)?;
    let required = pointer::shape(parent)
        .and_then(|shape| shape.member(&last))
        .is_some_and(|member| member.required);
    if text.is_empty() && !required {
        return Some(gone());
    }
    Some(match shape.kind {
        Kind::Integer { .. } => set(match text.trim().parse::<i64>() {
            Ok(number) => json!(number),
            Err(_) => json!(text),
        }),
        Kind::Boolean => set(json!(text == "true")),
        Kind::List { .. } => {
            // The last line may be one that is just being begun; empty ones before it are somebody's spacing.
            let lines: Vec<&str> = text
                .lines()
                .filter(|line| !line.trim().is_empty())
                .collect();
            if lines.is_empty() {
                draft.pointer(at)?;
                gone()
            } else {
                set(json!(lines))
            }
        }
        _ => set(json!(text)),
    })
}

/// The change that gives the action at a pointer the type in a text.
pub(super) fn provider(at: &str, text: &str) -> Option<Change> {
    let Chosen::Action(stage, action) = Chosen::around(at) else {
        return None;
    };
    let mut parts = text.splitn(3, '/');
    let category = ActionCategory::from_name(parts.next()?)?;
    let owner = ActionOwner::from_name(parts.next()?)?;
    let (provider, version) = parts.next()?.rsplit_once('/')?;
    let id = ActionTypeId {
        category,
        owner,
        provider: provider.to_owned(),
        version: version.to_owned(),
    };
    Some(Change::Provider { stage, action, id })
}
