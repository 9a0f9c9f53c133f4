//! What happened outside: a change at a place where source actions look.

use crate::json::{FromJson, ToJson};

use crate::{engine::world::source::Place, model::GitPullRequestEventType};

/// A change, as it is told to the simulator. In JSON its kind stands in the member `kind`, next to the others.
#[derive(Clone, Debug, PartialEq, Eq, ToJson, FromJson)]
#[json(
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
        /// The Git host behind a connection.
        #[json(default)]
        host: GitHost,
        /// The branch.
        branch: String,
        /// The paths of the files that differ, from the root of the repository.
        #[json(default)]
        files: Vec<String>,
        /// Whether the push made the branch: there is nothing to compare with then (TG-11).
        #[json(default)]
        creates_branch: bool,
        /// The newest commit.
        #[json(default, skip_serializing_if = "Option::is_none")]
        commit_id: Option<String>,
    },
    /// A tag was pushed.
    Tag {
        /// As for a push.
        provider: GitProvider,
        /// As for a push.
        repository: String,
        /// As for a push.
        #[json(default)]
        host: GitHost,
        /// The branch that the tag is on; `main` where nobody says. It decides nothing (TG-13).
        #[json(default = "usual_branch")]
        branch: String,
        /// The tag.
        tag: String,
        /// The commit that it names.
        #[json(default, skip_serializing_if = "Option::is_none")]
        commit_id: Option<String>,
    },
    /// Something happened to a pull request.
    PullRequest {
        /// As for a push.
        provider: GitProvider,
        /// As for a push.
        repository: String,
        /// The Git host behind the connection: they do not tell the same (TG-15).
        #[json(default)]
        host: GitHost,
        /// Its number.
        #[json(default = "first_number")]
        id: String,
        /// Its title; made from its branches where nobody says.
        #[json(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        /// What happened.
        event: GitPullRequestEventType,
        /// Whether it was closed by merging it.
        #[json(default)]
        merged: bool,
        /// The branch that is to be merged.
        source_branch: String,
        /// The branch that it is to be merged into.
        destination_branch: String,
        /// The paths of the files that differ between the two.
        #[json(default)]
        files: Vec<String>,
        /// The newest commit of the source branch.
        #[json(default, skip_serializing_if = "Option::is_none")]
        commit_id: Option<String>,
    },
    /// An object was put into a bucket.
    Object {
        /// The bucket.
        bucket: String,
        /// The key.
        key: String,
        /// The version that it got.
        #[json(default, skip_serializing_if = "Option::is_none")]
        version_id: Option<String>,
    },
    /// An image was pushed to ECR.
    Image {
        /// The image repository.
        repository: String,
        /// The tag that it got.
        tag: String,
        /// Its digest.
        #[json(default, skip_serializing_if = "Option::is_none")]
        digest: Option<String>,
    },
}

/// The branch that is meant where nobody names one.
#[must_use]
pub fn usual_branch() -> String {
    "main".to_owned()
}

/// The number of a pull request that nobody numbers.
#[must_use]
pub fn first_number() -> String {
    "1".to_owned()
}

/// Where a Git repository is, by the name of the source action's provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ToJson, FromJson)]
pub enum GitProvider {
    /// Behind a connection.
    CodeStarSourceConnection,
    /// In CodeCommit.
    CodeCommit,
    /// On GitHub, seen by the action's first version.
    GitHub,
}

/// The Git host behind a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ToJson, FromJson)]
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
    ///
    /// It comes behind the pull request; [`Self::push_of_update`] comes before.
    #[must_use]
    pub fn push_of_merge(&self) -> Option<Change> {
        match self {
            Self::PullRequest {
                provider,
                repository,
                host,
                event: GitPullRequestEventType::Closed,
                merged: true,
                destination_branch,
                files,
                ..
            } => Some(Self::Push {
                provider: *provider,
                repository: repository.clone(),
                host: *host,
                branch: destination_branch.clone(),
                files: files.clone(),
                creates_branch: false,
                commit_id: None,
            }),
            _ => None,
        }
    }

    /// The push that is an update of a pull request: its source branch has a new commit.
    #[must_use]
    pub fn push_of_update(&self) -> Option<Change> {
        match self {
            Self::PullRequest {
                provider,
                repository,
                host,
                event: GitPullRequestEventType::Updated,
                source_branch,
                files,
                commit_id,
                ..
            } => Some(Self::Push {
                provider: *provider,
                repository: repository.clone(),
                host: *host,
                branch: source_branch.clone(),
                files: files.clone(),
                creates_branch: false,
                commit_id: commit_id.clone(),
            }),
            _ => None,
        }
    }

    /// The place whose content the change is; `None` for a tag, which names what a branch has already.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        Some(match self {
            Self::Push {
                provider,
                repository,
                branch,
                ..
            } => provider.branch(repository, branch),
            Self::Object { bucket, key, .. } => Place::Object {
                bucket: bucket.clone(),
                key: key.clone(),
            },
            Self::Image {
                repository, tag, ..
            } => Place::Image {
                repository: repository.clone(),
                tag: tag.clone(),
            },
            Self::Tag { .. } | Self::PullRequest { .. } => return None,
        })
    }
}

impl GitProvider {
    /// Its name in the catalogue.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CodeStarSourceConnection => "CodeStarSourceConnection",
            Self::CodeCommit => "CodeCommit",
            Self::GitHub => "GitHub",
        }
    }

    /// A branch of one of its repositories.
    #[must_use]
    pub fn branch(self, repository: &str, branch: &str) -> Place {
        Place::Branch {
            provider: self.name().to_owned(),
            repository: repository.to_owned(),
            branch: branch.to_owned(),
        }
    }
}

impl GitHost {
    /// Its name, as events and variables have it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::GitHub => "GitHub",
            Self::GitHubEnterpriseServer => "GitHubEnterpriseServer",
            Self::GitLab => "GitLab",
            Self::GitLabSelfManaged => "GitLabSelfManaged",
            Self::Bitbucket => "Bitbucket",
        }
    }
}
