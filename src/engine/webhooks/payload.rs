//! What the body of a delivery tells of a commit (WH-14). Only a push as GitHub tells it is understood; any other body
//! says nothing, and the source action takes what its branch holds.

use serde_json::{Value, json};

use crate::engine::{
    time::Instant,
    world::source::{Place, Revision},
};

/// A push.
#[derive(Clone, Debug, PartialEq)]
pub struct Push {
    /// The reference, such as `refs/heads/main`; absent where the body has none.
    pub reference: Option<String>,
    /// The commit.
    pub revision: Revision,
}

impl Push {
    /// Whether it is to the branch that a place is.
    #[must_use]
    pub fn is_to(&self, place: &Place) -> bool {
        match place {
            Place::Branch { branch, .. } => {
                let name = self
                    .reference
                    .as_deref()
                    .and_then(|one| one.strip_prefix("refs/heads/"));
                name == Some(branch)
            }
            Place::Object { .. } | Place::Image { .. } => false,
        }
    }
}

/// The longest commit id that is taken.
const MOST_ID: usize = 100;

/// Reads a push; `None` for any other body.
#[must_use]
pub fn push(body: &Value, now: Instant) -> Option<Push> {
    let head = body.get("head_commit");
    let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
    let id = text(body.get("after")).or_else(|| text(head?.get("id")))?;
    // A branch that was deleted points to a commit of zeros.
    let is_commit = (1..=MOST_ID).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && id.bytes().any(|byte| byte != b'0');
    if !is_commit {
        return None;
    }
    let member = |name: &str| text(head.and_then(|head| head.get(name))).unwrap_or_default();
    let author = head.and_then(|head| head.get("author"));
    Some(Push {
        reference: text(body.get("ref")),
        revision: Revision {
            id,
            message: member("message"),
            author: text(author.and_then(|author| author.get("name"))).unwrap_or_default(),
            created: now,
        },
    })
}

/// The body with which GitHub tells of a push to a branch; `None` for another place.
#[must_use]
pub fn of_push(place: &Place, revision: &Revision) -> Option<Value> {
    let Place::Branch {
        repository, branch, ..
    } = place
    else {
        return None;
    };
    Some(json!({
        "ref": format!("refs/heads/{branch}"),
        "after": revision.id,
        "repository": { "full_name": repository },
        "head_commit": {
            "id": revision.id,
            "message": revision.message,
            "author": { "name": revision.author },
        },
    }))
}
