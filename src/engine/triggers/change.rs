//! What happened outside: a change at a place where source actions look.

use serde::{Deserialize, Serialize};

use crate::model::GitPullRequestEventType;

/// A change, as it is told to the simulator. In JSON its kind stands in the member `kind`, next to the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum Change {
    /// Commits were pushed to a branch.
    Push {
        /// Who holds the repository.
        provider: GitProvider,
        /// The repository as the provider names it, `owner/name` where it has owners.
        repository: String,
        /// The branch.
        branch: String,
        /// The paths of the files that differ, from the root of the repository.
        #[serde(default)]
        files: Vec<String>,
        /// Whether the push made the branch: there is nothing to compare with then (TG-11).
        #[serde(default)]
        creates_branch: bool,
        /// The newest commit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        commit_id: Option<String>,
    },
    /// A tag was pushed.
    Tag {
        /// As for a push.
        provider: GitProvider,
        /// As for a push.
        repository: String,
        /// The tag.
        tag: String,
        /// The commit that it names.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        commit_id: Option<String>,
    },
    /// Something happened to a pull request.
    PullRequest {
        /// As for a push.
        provider: GitProvider,
        /// As for a push.
        repository: String,
        /// The Git host behind the connection: they do not tell the same (TG-15).
        #[serde(default)]
        host: GitHost,
        /// What happened.
        event: GitPullRequestEventType,
        /// Whether it was closed by merging it.
        #[serde(default)]
        merged: bool,
        /// The branch that is to be merged.
        source_branch: String,
        /// The branch that it is to be merged into.
        destination_branch: String,
        /// The paths of the files that differ between the two.
        #[serde(default)]
        files: Vec<String>,
        /// The newest commit of the source branch.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        commit_id: Option<String>,
    },
    /// An object was put into a bucket.
    Object {
        /// The bucket.
        bucket: String,
        /// The key.
        key: String,
        /// The version that it got.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        version_id: Option<String>,
    },
    /// An image was pushed to ECR.
    Image {
        /// The image repository.
        repository: String,
        /// The tag that it got.
        tag: String,
        /// Its digest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        digest: Option<String>,
    },
}

/// Where a Git repository is, by the name of the source action's provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GitProvider {
    /// Behind a connection.
    CodeStarSourceConnection,
    /// In CodeCommit.
    CodeCommit,
    /// On GitHub, seen by the action's first version.
    GitHub,
}

/// The Git host behind a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum GitHost {
    /// github.com.
    #[default]
    GitHub,
    /// GitHub on one's own server.
    GitHubEnterpriseServer,
    /// gitlab.com.
    GitLab,
    /// GitLab on one's own server.
    GitLabSelfManaged,
    /// bitbucket.org.
    Bitbucket,
}

impl Change {
    /// The push that goes with it: merging a pull request pushes to its destination branch, which is a change of its
    /// own and may start the same pipeline once more (TG-14). The merge makes a new commit, whose id is not known.
    #[must_use]
    pub fn push_of_merge(&self) -> Option<Change> {
        match self {
            Self::PullRequest {
                provider,
                repository,
                event: GitPullRequestEventType::Closed,
                merged: true,
                destination_branch,
                files,
                ..
            } => Some(Self::Push {
                provider: *provider,
                repository: repository.clone(),
                branch: destination_branch.clone(),
                files: files.clone(),
                creates_branch: false,
                commit_id: None,
            }),
            _ => None,
        }
    }
}
