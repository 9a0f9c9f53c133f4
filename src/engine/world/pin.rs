//! The revision that an execution was started for (ST-12): its source action takes this one, whatever its place holds
//! by then. What Git told with it is kept beside it, for the source's variables and for the events (EV-2).

use std::rc::Rc;

use crate::json::{FromJson, ToJson};

use super::source::Revision;
use crate::engine::triggers::change::GitHost;

/// A revision that a source action of an execution has to take.
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
pub struct Pin {
    /// The source action, by name.
    #[json(rename = "a")]
    pub action: String,
    /// What it takes: the commit id, the message, the author's name and the date are here.
    #[json(rename = "r")]
    pub revision: Rc<Revision>,
    /// What came with it, if it came through a connection.
    #[json(rename = "g", default, skip_serializing_if = "Option::is_none")]
    pub git: Option<Rc<GitOrigin>>,
}

/// What a connection tells of a change besides the commit itself: with the [`Pin::revision`] it is all that EV-2 wants.
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
#[json(rename_all = "camelCase")]
pub struct GitOrigin {
    /// `provider-type`: the Git host.
    pub host: GitHost,
    /// `full-repository-name`.
    pub repository: String,
    /// `connection-arn`.
    pub connection_arn: String,
    /// `author-email`.
    pub author_email: String,
    /// `author-id`.
    pub author_id: String,
    /// `branch-name`, `tag-name`, or the pull request.
    pub reference: GitReference,
}

/// What was pushed or asked to be pulled.
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
#[json(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum GitReference {
    /// A branch.
    Branch {
        /// Its name.
        name: String,
    },
    /// A tag.
    Tag {
        /// Its name.
        name: String,
        /// The branch that it is on.
        branch: String,
    },
    /// A pull request: the commit is that of its source branch (TG-12).
    PullRequest {
        /// Its id.
        id: String,
        /// Its title.
        title: String,
        /// The branch that is to be merged.
        source: String,
        /// The branch that it is to be merged into.
        destination: String,
    },
}
