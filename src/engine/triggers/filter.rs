//! The filters of a trigger against a change: any filter that passes is enough, in a filter every part has to pass
//! (TG-7).

use super::{
    change::{Change, GitHost},
    explanation::{FilterExplanation, FilterKind, PartExplanation, PartKind},
    patterns::Patterns,
};
use crate::model::{
    GitConfiguration, GitPullRequestEventType, GitPullRequestFilter, GitPushFilter,
};

/// Every filter of a trigger, pushes first, in declared order.
pub(super) fn filters(git: &GitConfiguration, change: &Change) -> Vec<FilterExplanation> {
    let pushes = git.push.iter().flatten().enumerate();
    let pull_requests = git.pull_request.iter().flatten().enumerate();
    pushes
        .map(|(index, filter)| explain(FilterKind::Push, index, push(filter, change)))
        .chain(pull_requests.map(|(index, filter)| {
            explain(FilterKind::PullRequest, index, pull_request(filter, change))
        }))
        .collect()
}

/// `None` for the parts: the filter is about another kind of event.
fn explain(
    about: FilterKind,
    index: usize,
    parts: Option<Vec<PartExplanation>>,
) -> FilterExplanation {
    let (passes, rule, because) = match &parts {
        None => (
            false,
            "TG-7",
            match about {
                FilterKind::Push => "The filter is about pushes.",
                FilterKind::PullRequest => "The filter is about pull requests.",
            }
            .to_owned(),
        ),
        Some(parts) => match parts.iter().find(|part| !part.passes) {
            Some(part) => (false, part.rule, part.because.clone()),
            None => (true, "TG-7", "Every part of the filter passes.".to_owned()),
        },
    };
    FilterExplanation {
        about,
        index,
        passes,
        rule,
        because,
        parts: parts.unwrap_or_default(),
    }
}

fn push(filter: &GitPushFilter, change: &Change) -> Option<Vec<PartExplanation>> {
    let tags = filter
        .tags
        .as_ref()
        .map(|one| Patterns::new(PartKind::Tags, one.includes.as_ref(), one.excludes.as_ref()));
    let branches = filter.branches.as_ref().map(|one| {
        Patterns::new(
            PartKind::Branches,
            one.includes.as_ref(),
            one.excludes.as_ref(),
        )
    });
    let files = filter.file_paths.as_ref().map(|one| {
        Patterns::new(
            PartKind::FilePaths,
            one.includes.as_ref(),
            one.excludes.as_ref(),
        )
    });
    let parts = match change {
        Change::Push {
            branch,
            files: changed,
            creates_branch,
            ..
        } => [
            tags.map(|part| part.out_of_reach("TG-13", "A branch was pushed, not a tag.")),
            branches.map(|part| part.one(branch, "TG-12")),
            files.map(|part| {
                if *creates_branch {
                    part.out_of_reach(
                        "TG-11",
                        format!("The push makes the branch {branch}, so there is nothing to compare its files with."),
                    )
                } else {
                    part.files(changed)
                }
            }),
        ],
        Change::Tag { tag, .. } => {
            let not_a_branch = |part: Patterns| {
                part.out_of_reach("TG-13", "A tag was pushed, not a branch.")
            };
            [
                tags.map(|part| part.one(tag, "TG-13")),
                branches.map(not_a_branch),
                files.map(not_a_branch),
            ]
        }
        Change::PullRequest { .. } | Change::Object { .. } | Change::Image { .. } => return None,
    };
    Some(parts.into_iter().flatten().collect())
}

fn pull_request(filter: &GitPullRequestFilter, change: &Change) -> Option<Vec<PartExplanation>> {
    let Change::PullRequest {
        host,
        event,
        merged,
        destination_branch,
        files: changed,
        ..
    } = change
    else {
        return None;
    };
    let branches = filter.branches.as_ref().map(|one| {
        Patterns::new(
            PartKind::Branches,
            one.includes.as_ref(),
            one.excludes.as_ref(),
        )
        .one(destination_branch, "TG-12")
    });
    let files = filter.file_paths.as_ref().map(|one| {
        Patterns::new(
            PartKind::FilePaths,
            one.includes.as_ref(),
            one.excludes.as_ref(),
        )
        .files(changed)
    });
    let events = events(filter, *host, *event, *merged);
    Some(
        [Some(events), branches, files]
            .into_iter()
            .flatten()
            .collect(),
    )
}

/// Which events count: all of them if the filter names none (TG-7).
fn events(
    filter: &GitPullRequestFilter,
    host: GitHost,
    event: GitPullRequestEventType,
    merged: bool,
) -> PartExplanation {
    let closed = event == GitPullRequestEventType::Closed;
    let (passes, rule, because) = if closed && !merged && host == GitHost::Bitbucket {
        (
            false,
            "TG-15",
            "Bitbucket tells nobody of a pull request that is closed without a merge.".to_owned(),
        )
    } else {
        match &filter.events {
            None => (true, "TG-7", "The filter takes every event.".to_owned()),
            Some(events) if events.contains(&event) => {
                (true, "TG-7", format!("The filter takes {event}."))
            }
            Some(_) => (false, "TG-7", format!("The filter does not take {event}.")),
        }
    };
    PartExplanation {
        part: PartKind::Events,
        passes,
        rule,
        because,
        values: Vec::new(),
        not_considered: 0,
    }
}
