//! Stages: their names, how many actions they hold, the names of these, and blockers.

use super::looking::Part;
use super::refusal::{invalid_blocker, invalid_stage, invalid_structure, repeated};
use super::subject::Subject;
use crate::model::ApiError;

/// SG-2.
pub(super) fn names_are_unique(subject: &Subject) -> Result<(), ApiError> {
    match repeated(subject.stages().map(|stage| &stage.name)) {
        None => Ok(()),
        Some(name) => Err(invalid_stage(format!(
            "Stage name '{name}' is used more than once"
        ))),
    }
}

/// SG-3.
pub(super) fn have_actions(subject: &Subject) -> Result<(), ApiError> {
    let mut stages = subject.stages();
    match stages.find(|stage| stage.actions.is_empty()) {
        None => Ok(()),
        Some(stage) => Err(invalid_stage(format!(
            "Stage '{}' must contain at least one action",
            stage.name
        ))),
    }
}

/// SG-4. The service's documents disagree on 50 or 100: the larger one refuses nothing that works.
pub(super) fn have_at_most_100_actions(subject: &Subject) -> Result<(), ApiError> {
    let mut stages = subject.stages();
    match stages.find(|stage| stage.actions.len() > 100) {
        None => Ok(()),
        Some(stage) => Err(invalid_structure(format!(
            "Stage '{}' has too many actions. There can only be up to 100 actions in a stage",
            stage.name
        ))),
    }
}

/// SG-5: within a stage; another stage may use the same name.
pub(super) fn action_names_are_unique(subject: &Subject) -> Result<(), ApiError> {
    for (number, stage) in subject.declaration.stages.iter().enumerate() {
        let names = stage.actions.iter().enumerate().map(|(action, one)| {
            subject.looking.at(Part::Action(number, action));
            &one.name
        });
        if let Some(name) = repeated(names) {
            return Err(invalid_stage(format!(
                "Action name '{name}' is used more than once in stage '{}'",
                stage.name
            )));
        }
    }
    Ok(())
}

/// SG-7. The service keeps blockers for its own use: they are stored and shown and do nothing.
pub(super) fn blocker_names_are_unique(subject: &Subject) -> Result<(), ApiError> {
    for stage in subject.stages() {
        let blockers = stage.blockers.iter().flatten();
        if let Some(name) = repeated(blockers.map(|blocker| &blocker.name)) {
            return Err(invalid_blocker(format!(
                "Blocker name '{name}' is used more than once in stage '{}'",
                stage.name
            )));
        }
    }
    Ok(())
}
