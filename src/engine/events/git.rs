//! EV-2: what events say about the commit behind an execution that a git trigger started.

use crate::json::ToJson;

use crate::engine::world::{execution::Execution, pin::GitReference};

/// `execution-trigger` of an execution that a git trigger started. What the provider did not tell is absent.
#[derive(Clone, Debug, Default, PartialEq, ToJson)]
#[json(rename_all = "kebab-case")]
pub struct GitTrigger {
    /// Who wrote the commit.
    #[json(skip_serializing_if = "Option::is_none")]
    pub author_display_name: Option<String>,
    /// The repository, `owner/name`.
    #[json(skip_serializing_if = "Option::is_none")]
    pub full_repository_name: Option<String>,
    /// Where the repository is: GitHub, GitLab, Bitbucket …
    #[json(skip_serializing_if = "Option::is_none")]
    pub provider_type: Option<String>,
    /// The author's address.
    #[json(skip_serializing_if = "Option::is_none")]
    pub author_email: Option<String>,
    /// What the author said.
    #[json(skip_serializing_if = "Option::is_none")]
    pub commit_message: Option<String>,
    /// When it was written, in UTC, to the second.
    #[json(skip_serializing_if = "Option::is_none")]
    pub author_date: Option<String>,
    /// The tag that was pushed.
    #[json(skip_serializing_if = "Option::is_none")]
    pub tag_name: Option<String>,
    /// The branch that was pushed to; that of a pull request where there is one.
    #[json(skip_serializing_if = "Option::is_none")]
    pub branch_name: Option<String>,
    /// The commit.
    #[json(skip_serializing_if = "Option::is_none")]
    pub commit_id: Option<String>,
    /// The connection to the provider.
    #[json(skip_serializing_if = "Option::is_none")]
    pub connection_arn: Option<String>,
    /// The author as the provider knows them.
    #[json(skip_serializing_if = "Option::is_none")]
    pub author_id: Option<String>,
}

/// The commit behind an execution; `None` where no git trigger started it.
#[must_use]
pub fn trigger(execution: &Execution) -> Option<GitTrigger> {
    let pin = execution.git_pin()?;
    let (commit, git) = (&pin.revision, pin.git.as_deref()?);
    let said = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let (branch_name, tag_name) = match &git.reference {
        GitReference::Branch { name } => (said(name), None),
        GitReference::Tag { name, .. } => (None, said(name)),
        // TG-12: what runs is the commit of the branch that is to be merged.
        GitReference::PullRequest { source, .. } => (said(source), None),
    };
    Some(GitTrigger {
        author_display_name: said(&commit.author),
        full_repository_name: said(&git.repository),
        provider_type: said(git.host.name()),
        author_email: said(&git.author_email),
        commit_message: said(&commit.message),
        author_date: Some(commit.created.iso_seconds()),
        tag_name,
        branch_name,
        commit_id: said(&commit.id),
        connection_arn: said(&git.connection_arn),
        author_id: said(&git.author_id),
    })
}
