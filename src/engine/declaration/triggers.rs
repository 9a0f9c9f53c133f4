//! Triggers: which Git events of a connection start the pipeline, and which filters go together.

use super::actions::is_connection_source;
use super::refusal::{invalid_structure, repeated};
use super::subject::Subject;
use crate::model::{
    ApiError, GitConfiguration, GitPullRequestFilter, GitPushFilter, PipelineTriggerDeclaration,
    PipelineType,
};

/// The most bytes that all triggers of a pipeline may have as JSON (TF-1, QT-22).
const MAX_BYTES: usize = 200 * 1024;

/// VT-2. The service speaks of tags whatever the trigger is about; an empty list is no use of triggers.
pub(super) fn need_v2(subject: &Subject) -> Result<(), ApiError> {
    if subject.pipeline_type == PipelineType::V2 || triggers(subject).next().is_none() {
        return Ok(());
    }
    Err(invalid_structure(
        "Triggers on tag can only be used with V2 pipelines",
    ))
}

/// TF-1.
pub(super) fn are_small_enough(subject: &Subject) -> Result<(), ApiError> {
    let Some(triggers) = &subject.declaration.triggers else {
        return Ok(());
    };
    let bytes = crate::json::to_text(triggers).len();
    if bytes <= MAX_BYTES {
        return Ok(());
    }
    Err(invalid_structure(
        "The triggers of the pipeline are too large. There can only be up to 200 KB of triggers in a pipeline",
    ))
}

/// TF-2: whether the action is missing or another kind of source.
pub(super) fn name_a_connection_source(subject: &Subject) -> Result<(), ApiError> {
    let is_source = |name: &str| {
        subject.actions.iter().any(|placed| {
            placed.action.name == name && is_connection_source(&placed.action.action_type_id)
        })
    };
    if configurations(subject).all(|git| is_source(&git.source_action_name)) {
        return Ok(());
    }
    Err(invalid_structure(
        "Triggers for connections must reference a CodeStarSourceConnection action.",
    ))
}

/// TF-3.
pub(super) fn one_per_source(subject: &Subject) -> Result<(), ApiError> {
    match repeated(configurations(subject).map(|git| &git.source_action_name)) {
        None => Ok(()),
        Some(name) => Err(invalid_structure(format!(
            "Only one trigger can be used for each source action. Source action '{name}' is used more than once"
        ))),
    }
}

/// TF-4: no event twice in a filter, no filter twice among its kind.
pub(super) fn repeat_nothing(subject: &Subject) -> Result<(), ApiError> {
    for git in configurations(subject) {
        let pushes = git.push.as_deref().unwrap_or_default();
        let pull_requests = git.pull_request.as_deref().unwrap_or_default();
        let repeats_events = pull_requests
            .iter()
            .any(|filter| repeated(filter.events.iter().flatten()).is_some());
        if has_twins(pushes) || has_twins(pull_requests) || repeats_events {
            return Err(not_valid());
        }
    }
    Ok(())
}

/// TF-6.
pub(super) fn combine_filters_as_allowed(subject: &Subject) -> Result<(), ApiError> {
    let fits = |git: &GitConfiguration| {
        git.push.iter().flatten().all(push_fits)
            && git.pull_request.iter().flatten().all(pull_request_fits)
    };
    if configurations(subject).all(fits) {
        return Ok(());
    }
    Err(not_valid())
}

/// Tags alone, or branches with or without file paths.
fn push_fits(filter: &GitPushFilter) -> bool {
    let tags = filter.tags.as_ref();
    let branches = filter.branches.as_ref();
    let files = filter.file_paths.as_ref();
    let combination = match (tags, branches, files) {
        (Some(_), None, None) => true,
        (None, Some(_), _) => true,
        (Some(_), Some(_), _) | (_, None, Some(_)) | (None, None, None) => false,
    };
    combination
        && tags.is_none_or(|one| one.includes.is_some() || one.excludes.is_some())
        && branches.is_none_or(|one| one.includes.is_some() || one.excludes.is_some())
        && files.is_none_or(|one| one.includes.is_some() || one.excludes.is_some())
}

/// Branches, with or without file paths and events.
fn pull_request_fits(filter: &GitPullRequestFilter) -> bool {
    let branches = filter.branches.as_ref();
    let files = filter.file_paths.as_ref();
    branches.is_some_and(|one| one.includes.is_some() || one.excludes.is_some())
        && files.is_none_or(|one| one.includes.is_some() || one.excludes.is_some())
}

fn not_valid() -> ApiError {
    invalid_structure(
        "The trigger configuration for the source action is not valid. Make sure to choose valid filter combinations.",
    )
}

/// Whether two of these are equal. There are at most three.
fn has_twins<T: PartialEq>(values: &[T]) -> bool {
    let mut rest = values.iter();
    while let Some(one) = rest.next() {
        if rest.clone().any(|other| other == one) {
            return true;
        }
    }
    false
}

fn triggers<'a>(subject: &Subject<'a>) -> impl Iterator<Item = &'a PipelineTriggerDeclaration> {
    subject.declaration.triggers.iter().flatten()
}

fn configurations<'a>(subject: &Subject<'a>) -> impl Iterator<Item = &'a GitConfiguration> {
    triggers(subject).map(|trigger| &trigger.git_configuration)
}
