//! EV-2: what events say about the commit behind an execution that a git trigger started.

use serde::{Deserialize, Serialize};

use crate::{engine::world::execution::Execution, model::TriggerType};

/// `execution-trigger` of an execution that a git trigger started. What the provider did not tell is absent.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct GitTrigger {
    /// Who wrote the commit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author_display_name: Option<String>,
    /// The repository, `owner/name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_repository_name: Option<String>,
    /// Where the repository is: GitHub, GitLab, Bitbucket …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_type: Option<String>,
    /// The author's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author_email: Option<String>,
    /// What the author said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit_message: Option<String>,
    /// When it was written, in UTC, to the second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author_date: Option<String>,
    /// The tag that was pushed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag_name: Option<String>,
    /// The branch that was pushed to; that of a pull request where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branch_name: Option<String>,
    /// The commit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit_id: Option<String>,
    /// The connection to the provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection_arn: Option<String>,
    /// The author as the provider knows them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author_id: Option<String>,
}

/// What the trigger of an execution tells: the detail of a `WebhookV2` is JSON (§11.1).
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Told {
    connection_arn: Option<String>,
    full_repository_name: Option<String>,
    provider_type: Option<String>,
    branch_name: Option<String>,
    tag_name: Option<String>,
    commit_id: Option<String>,
    commit_message: Option<String>,
    author_display_name: Option<String>,
    author_email: Option<String>,
    author_id: Option<String>,
    author_date: Option<String>,
}

/// The commit behind an execution; `None` where no git trigger started it.
#[must_use]
pub fn trigger(execution: &Execution) -> Option<GitTrigger> {
    let trigger = &execution.trigger;
    if trigger.kind != TriggerType::WebhookV2 {
        return None;
    }
    let told: Told = serde_json::from_str(&trigger.detail).ok()?;
    Some(GitTrigger {
        author_display_name: told.author_display_name,
        full_repository_name: told.full_repository_name,
        provider_type: told.provider_type,
        author_email: told.author_email,
        commit_message: told.commit_message,
        author_date: told.author_date,
        tag_name: told.tag_name,
        branch_name: told.branch_name,
        commit_id: told.commit_id,
        connection_arn: told.connection_arn,
        author_id: told.author_id,
    })
}
