//! Source places: where source actions look. A place is a branch, an object, an image tag; it belongs to nobody,
//! several pipelines may watch it.
//!
//! A place to which nothing was ever pushed still has content: its first revision is made from its name and the
//! world's seed, so a manual start always finds something to build.

use crate::json::{FromJson, ToJson};

use crate::engine::{
    random::{digest, hexadecimal, mix},
    time::{DAY, HOUR, Instant, MINUTE},
};

/// Where a source action looks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, ToJson, FromJson)]
pub enum Place {
    /// A branch of a repository.
    Branch {
        /// The provider's name in the catalogue: CodeCommit, CodeStarSourceConnection, GitHub.
        provider: String,
        /// The repository as the provider names it, `owner/name` where it has owners.
        repository: String,
        /// The branch.
        branch: String,
    },
    /// An object in a bucket.
    Object {
        /// The bucket.
        bucket: String,
        /// The key.
        key: String,
    },
    /// A tag of an image repository.
    Image {
        /// The repository.
        repository: String,
        /// The tag.
        tag: String,
    },
}

/// What a source place holds at a time.
#[derive(Clone, Debug, Default, PartialEq, ToJson, FromJson)]
pub struct Revision {
    /// The commit id, object version or image digest.
    #[json(rename = "i")]
    pub id: String,
    /// The commit message or another summary; empty where the provider has none.
    #[json(rename = "m", default, skip_serializing_if = "String::is_empty")]
    pub message: String,
    /// Who made it.
    #[json(rename = "a", default, skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// When it was made.
    #[json(rename = "t")]
    pub created: Instant,
}

/// Messages for revisions nobody pushed: a small release, told in commits.
const MESSAGES: [&str; 6] = [
    "Show the delivery date in the basket",
    "Round prices to the cent",
    "Add a health check",
    "Retry the payment call once",
    "Keep the session for a day",
    "Update the base image",
];

const AUTHORS: [&str; 4] = ["Ana Costa", "Ben Okoro", "Chen Li", "Dana Weiss"];

impl Place {
    /// A text that stands for the place.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::Branch {
                repository, branch, ..
            } => format!("{repository}, {branch}"),
            Self::Object { bucket, key } => format!("{bucket}/{key}"),
            Self::Image { repository, tag } => format!("{repository}:{tag}"),
        }
    }

    /// What the place holds before anything was pushed to it: made from its name, hours before the world began.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_possible_wrap,
        reason = "the remainders are small"
    )]
    pub fn first_revision(&self, seed: u64, world_began: Instant) -> Revision {
        let number = mix(digest(&format!("{self:?}")) ^ mix(seed));
        let pick = |list: &[&str], salt: u64| -> String {
            let index = (mix(number ^ salt) % list.len().max(1) as u64) as usize;
            list.get(index).copied().unwrap_or_default().to_owned()
        };
        let age = HOUR + (number % (2 * DAY as u64)) as i64 / MINUTE * MINUTE;
        let created = Instant(world_began.0 - age);
        match self {
            Self::Branch { .. } => Revision {
                id: hexadecimal(number, 40),
                message: pick(&MESSAGES, 1),
                author: pick(&AUTHORS, 2),
                created,
            },
            Self::Object { .. } => Revision {
                id: super::super::random::alphanumeric(number, 32),
                message: String::new(),
                author: String::new(),
                created,
            },
            Self::Image { .. } => Revision {
                id: format!("sha256:{}", hexadecimal(number, 64)),
                message: String::new(),
                author: String::new(),
                created,
            },
        }
    }
}
