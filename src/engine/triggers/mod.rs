//! Which changes start a pipeline, and why (TG-4 to TG-20, TF-7).
//!
//! [`explain_triggers`] is a pure function of a declaration, a [`Change`] and what was set up [`Outside`] of the
//! declaration. It answers for every source action that the service watches, and for each of its ways to notice
//! changes; who calls it starts one execution for each answer that says so. Sources of custom types are not watched:
//! they start a pipeline through PutActionRevision alone (TG-28), as webhooks do through their delivery.
//!
//! Nothing fails here: the declaration was accepted, and a pattern that is none matches nothing and says so.

pub mod change;
pub mod explanation;
mod filter;
pub mod glob;
mod patterns;

use self::{
    change::{Change, GitProvider},
    explanation::{Detection, FilterExplanation, Run, TriggerExplanation},
};
use crate::model::{
    ActionCategory, ActionDeclaration, ActionOwner, GitConfiguration, PipelineDeclaration,
};

/// What was set up beside the pipeline and decides about changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outside {
    /// Whether a rule of EventBridge has the pipeline as its target. `None`: one has where the console would have
    /// made it, which is for ECR always, for CodeCommit and S3 if PollForSourceChanges is `false`.
    pub event_rule: Option<bool>,
    /// Whether the service gave up polling because nothing ran for 30 days (TG-21).
    pub polling_disabled: bool,
}

/// Says for each source action, and each of its ways to notice changes, whether a change starts the pipeline, and why.
#[must_use]
pub fn explain_triggers(
    declaration: &PipelineDeclaration,
    change: &Change,
    outside: &Outside,
) -> Vec<TriggerExplanation> {
    let mut explanations = Vec::new();
    for stage in &declaration.stages {
        for action in &stage.actions {
            let Some(source) = Source::of(action) else {
                continue;
            };
            let watches = watches(action, change);
            let verdicts = match source {
                Source::Connection => vec![connection(declaration, action, change)],
                Source::Polled => polled(action, change, outside),
                Source::Image => vec![event_rule(
                    action,
                    change,
                    outside.event_rule.unwrap_or(true),
                )],
            };
            explanations.extend(verdicts.into_iter().map(|verdict| {
                TriggerExplanation {
                    stage_name: stage.name.clone(),
                    action_name: action.name.clone(),
                    detection: verdict.detection,
                    watches,
                    starts: verdict.starts,
                    rule: verdict.rule,
                    because: verdict.because,
                    run: verdict
                        .starts
                        .then(|| run(verdict.detection, !verdict.filters.is_empty(), change)),
                    filters: verdict.filters,
                }
            }));
        }
    }
    explanations
}

/// How the service watches a source.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    /// A connection tells.
    Connection,
    /// CodeCommit, S3, GitHub's first version: a poll, an event rule, or both.
    Polled,
    /// ECR: an event rule.
    Image,
}

impl Source {
    fn of(action: &ActionDeclaration) -> Option<Self> {
        let id = &action.action_type_id;
        if id.category != ActionCategory::Source {
            return None;
        }
        match (id.owner, id.provider.as_str()) {
            (ActionOwner::Aws, "CodeStarSourceConnection") => Some(Self::Connection),
            (ActionOwner::Aws, "CodeCommit" | "S3") | (ActionOwner::ThirdParty, "GitHub") => {
                Some(Self::Polled)
            }
            (ActionOwner::Aws, "ECR") => Some(Self::Image),
            _ => None,
        }
    }
}

/// What is said of one way to notice changes.
struct Verdict {
    detection: Detection,
    starts: bool,
    rule: &'static str,
    because: String,
    filters: Vec<FilterExplanation>,
}

impl Verdict {
    fn new(
        detection: Detection,
        starts: bool,
        rule: &'static str,
        because: impl Into<String>,
    ) -> Self {
        Self {
            detection,
            starts,
            rule,
            because: because.into(),
            filters: Vec::new(),
        }
    }
}

/// A source behind a connection: its trigger, or else its own branch.
fn connection(
    declaration: &PipelineDeclaration,
    action: &ActionDeclaration,
    change: &Change,
) -> Verdict {
    let trigger = declaration
        .triggers
        .iter()
        .flatten()
        .map(|trigger| &trigger.git_configuration)
        .find(|git| git.source_action_name == action.name);
    let detection = match trigger {
        Some(_) => Detection::Trigger,
        None => Detection::DetectChanges,
    };
    let repository = value(action, "FullRepositoryId");
    if !is_in(change, GitProvider::CodeStarSourceConnection, repository) {
        return Verdict::new(
            detection,
            false,
            "TG-6",
            format!("The action watches the repository {repository}, where nothing changed."),
        );
    }
    match trigger {
        Some(git) if has_filters(git) => filtered(git, change),
        // TF-8: a trigger without filters means the branch, whatever DetectChanges says (TG-5).
        Some(_) => branch(action, change, Detection::Trigger),
        None if value(action, "DetectChanges").eq_ignore_ascii_case("false") => Verdict::new(
            Detection::DetectChanges,
            false,
            "TG-6",
            "DetectChanges is false and the action has no trigger.",
        ),
        None => branch(action, change, Detection::DetectChanges),
    }
}

fn has_filters(git: &GitConfiguration) -> bool {
    git.push.iter().flatten().next().is_some() || git.pull_request.iter().flatten().next().is_some()
}

fn filtered(git: &GitConfiguration, change: &Change) -> Verdict {
    let filters = filter::filters(git, change);
    let passing = filters.iter().filter(|filter| filter.passes).count();
    let (starts, rule, because) = match (passing, filters.as_slice()) {
        (0, [only]) => (false, only.rule, only.because.clone()),
        (0, all) => (
            false,
            "TG-7",
            format!("None of the {} filters passes.", all.len()),
        ),
        (_, [_]) => (true, "TG-7", "The filter passes.".to_owned()),
        (some, all) => (
            true,
            "TG-7",
            format!(
                "{some} of the {} filters pass, and one is enough.",
                all.len()
            ),
        ),
    };
    Verdict {
        filters,
        ..Verdict::new(Detection::Trigger, starts, rule, because)
    }
}

/// Any push to the action's branch (TG-6).
fn branch(action: &ActionDeclaration, change: &Change, detection: Detection) -> Verdict {
    let own = value(action, branch_key(action));
    let (starts, because) = match change {
        Change::Push { branch, .. } if branch == own => {
            (true, format!("The branch {own} was pushed."))
        }
        Change::Push { branch, .. } => (
            false,
            format!("The branch {branch} was pushed, and the action watches {own}."),
        ),
        Change::Tag { .. } => (
            false,
            format!("A tag was pushed, and the action watches the branch {own}."),
        ),
        Change::PullRequest { .. } => (
            false,
            format!(
                "Pull requests count with a trigger only; the action watches the branch {own}."
            ),
        ),
        Change::Object { .. } | Change::Image { .. } => {
            (false, "No repository changed.".to_owned())
        }
    };
    let rule = match detection {
        Detection::Trigger | Detection::DetectChanges => "TG-6",
        Detection::Polling | Detection::EventRule => "TG-19",
    };
    Verdict::new(detection, starts, rule, because)
}

/// TG-19: whether a source action looks for changes by itself every now and then.
#[must_use]
pub fn polls(action: &ActionDeclaration) -> bool {
    Source::of(action) == Some(Source::Polled)
        && !value(action, "PollForSourceChanges").eq_ignore_ascii_case("false")
}

/// A source that is polled, or told by an event rule, or both (TG-19, TG-20).
fn polled(action: &ActionDeclaration, change: &Change, outside: &Outside) -> Vec<Verdict> {
    let polls = polls(action);
    let polling = if !polls {
        Verdict::new(
            Detection::Polling,
            false,
            "TG-19",
            "PollForSourceChanges is false.",
        )
    } else if outside.polling_disabled {
        Verdict::new(
            Detection::Polling,
            false,
            "TG-21",
            "Polling was given up because no execution ran for 30 days.",
        )
    } else {
        at_place(action, change, Detection::Polling)
    };
    // GitHub's first version has webhooks in place of events.
    if action.action_type_id.owner == ActionOwner::ThirdParty {
        return vec![polling];
    }
    let event_rule = event_rule(action, change, outside.event_rule.unwrap_or(!polls));
    vec![polling, event_rule]
}

fn event_rule(action: &ActionDeclaration, change: &Change, exists: bool) -> Verdict {
    if exists {
        return at_place(action, change, Detection::EventRule);
    }
    Verdict::new(
        Detection::EventRule,
        false,
        "TG-19",
        "No rule of EventBridge has the pipeline as its target.",
    )
}

/// Whether the change is at the place at which a source action looks that has no connection.
fn at_place(action: &ActionDeclaration, change: &Change, detection: Detection) -> Verdict {
    let provider = action.action_type_id.provider.as_str();
    let elsewhere = |place: String| {
        Verdict::new(
            detection,
            false,
            "TG-19",
            format!("The action watches {place}, where nothing changed."),
        )
    };
    let here = |place: String| Verdict::new(detection, true, "TG-19", format!("{place} changed."));
    match provider {
        "S3" => {
            let (own_bucket, own_key) = (value(action, "S3Bucket"), value(action, "S3ObjectKey"));
            let place = format!("the object {own_key} in the bucket {own_bucket}");
            match change {
                Change::Object { bucket, key, .. } if bucket == own_bucket && key == own_key => {
                    here(format!("The object {own_key}"))
                }
                _ => elsewhere(place),
            }
        }
        "ECR" => {
            let own = value(action, "RepositoryName");
            let own_tag = image_tag(action);
            match change {
                Change::Image {
                    repository, tag, ..
                } if repository == own && tag == own_tag => {
                    here(format!("The image {own}:{own_tag}"))
                }
                _ => elsewhere(format!("the image {own}:{own_tag}")),
            }
        }
        _ => {
            let (git, repository) = repository(action);
            if is_in(change, git, &repository) {
                branch(action, change, detection)
            } else {
                elsewhere(format!("the repository {repository}"))
            }
        }
    }
}

/// The configuration key that names the branch.
fn branch_key(action: &ActionDeclaration) -> &'static str {
    match action.action_type_id.provider.as_str() {
        "GitHub" => "Branch",
        _ => "BranchName",
    }
}

/// Whether a change is where an action looks: what [`explain_triggers`] says of any other is not worth telling.
fn watches(action: &ActionDeclaration, change: &Change) -> bool {
    match action.action_type_id.provider.as_str() {
        "S3" => matches!(change, Change::Object { bucket, key, .. }
            if bucket == value(action, "S3Bucket") && key == value(action, "S3ObjectKey")),
        "ECR" => matches!(change, Change::Image { repository, tag, .. }
            if repository == value(action, "RepositoryName") && tag == image_tag(action)),
        "CodeStarSourceConnection" => is_in(
            change,
            GitProvider::CodeStarSourceConnection,
            value(action, "FullRepositoryId"),
        ),
        _ => {
            let (provider, repository) = repository(action);
            is_in(change, provider, &repository)
        }
    }
}

/// The repository of a source action of CodeCommit or of GitHub's first version.
fn repository(action: &ActionDeclaration) -> (GitProvider, String) {
    match action.action_type_id.provider.as_str() {
        "GitHub" => (
            GitProvider::GitHub,
            format!("{}/{}", value(action, "Owner"), value(action, "Repo")),
        ),
        _ => (
            GitProvider::CodeCommit,
            value(action, "RepositoryName").to_owned(),
        ),
    }
}

/// The tag at which a source action of ECR looks.
fn image_tag(action: &ActionDeclaration) -> &str {
    Some(value(action, "ImageTag"))
        .filter(|tag| !tag.is_empty())
        .unwrap_or("latest")
}

/// Whether a change is one of a repository.
fn is_in(change: &Change, wanted: GitProvider, name: &str) -> bool {
    match change {
        Change::Push {
            provider,
            repository,
            ..
        }
        | Change::Tag {
            provider,
            repository,
            ..
        }
        | Change::PullRequest {
            provider,
            repository,
            ..
        } => *provider == wanted && repository == name,
        Change::Object { .. } | Change::Image { .. } => false,
    }
}

/// What an execution takes up that a change starts.
fn run(detection: Detection, filtered: bool, change: &Change) -> Run {
    let of = |branch: Option<&String>, tag: Option<&String>, revision: &Option<String>| Run {
        trigger_type: detection.trigger_type(),
        branch: branch.cloned(),
        tag: tag.cloned(),
        revision_id: revision.clone(),
        rule: "TG-26",
        because: "The newest revision of the place runs.".to_owned(),
    };
    match change {
        Change::Push {
            branch, commit_id, ..
        } if filtered => Run {
            rule: "TG-16",
            because: "The branch that was pushed runs, whatever BranchName says.".to_owned(),
            ..of(Some(branch), None, commit_id)
        },
        Change::Push {
            branch, commit_id, ..
        } => of(Some(branch), None, commit_id),
        Change::Tag { tag, commit_id, .. } => Run {
            rule: "TG-13",
            because: "The commit that the tag names runs, whatever branch it is on.".to_owned(),
            ..of(None, Some(tag), commit_id)
        },
        Change::PullRequest {
            source_branch,
            destination_branch,
            commit_id,
            ..
        } => Run {
            rule: "TG-12",
            because: format!(
                "The newest commit of {source_branch} runs; {destination_branch} counts for the filter only."
            ),
            ..of(Some(source_branch), None, commit_id)
        },
        Change::Object { version_id, .. } => of(None, None, version_id),
        Change::Image { tag, digest, .. } => of(None, Some(tag), digest),
    }
}

/// A configuration value, empty if it is not there.
fn value<'a>(action: &'a ActionDeclaration, key: &str) -> &'a str {
    action
        .configuration
        .as_ref()
        .and_then(|configuration| configuration.get(key))
        .map_or("", String::as_str)
}
