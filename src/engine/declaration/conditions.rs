//! Stage conditions: where they stand, which results fit there, and the rules they hold.

use crate::json::{FromJson, ToJson};

use super::refusal::{invalid_stage, repeated};
use super::regions::{is_region, printed};
use super::subject::{PlacedCondition, Subject};
use crate::engine::catalogue::{self, RuleType};
use crate::model::{
    ApiError, Condition, ConditionResult, ExecutionMode, PipelineType, RuleTypeId, StageDeclaration,
};

/// The version of a rule type that a declaration means when it names none.
pub(super) const RULE_VERSION: &str = "1";

/// Where in a stage a condition stands, and so when it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ToJson, FromJson)]
pub enum ConditionPlace {
    /// Before the first action of the stage.
    #[json(rename = "b")]
    BeforeEntry,
    /// After all actions of the stage succeeded.
    #[json(rename = "s")]
    OnSuccess,
    /// After an action of the stage failed.
    #[json(rename = "f")]
    OnFailure,
}

impl ConditionPlace {
    /// Every place, in the order in which a stage comes to them.
    pub const ALL: [Self; 3] = [Self::BeforeEntry, Self::OnSuccess, Self::OnFailure];

    /// The member of the stage that holds the condition.
    pub fn member(self) -> &'static str {
        match self {
            ConditionPlace::BeforeEntry => "beforeEntry",
            ConditionPlace::OnSuccess => "onSuccess",
            ConditionPlace::OnFailure => "onFailure",
        }
    }

    /// The results that a condition may have there (SG-9, RE-18).
    fn results(self) -> &'static [ConditionResult] {
        match self {
            ConditionPlace::BeforeEntry => &[ConditionResult::Fail, ConditionResult::Skip],
            ConditionPlace::OnSuccess => &[ConditionResult::Rollback, ConditionResult::Fail],
            ConditionPlace::OnFailure => &FAILURE_RESULTS,
        }
    }
}

/// What may happen to a failed stage, with a condition or without.
const FAILURE_RESULTS: [ConditionResult; 2] = [ConditionResult::Rollback, ConditionResult::Retry];

/// The conditions of a stage, each with its place.
pub fn conditions(stage: &StageDeclaration) -> impl Iterator<Item = (ConditionPlace, &Condition)> {
    let before = stage.before_entry.iter().flat_map(|one| &one.conditions);
    let success = stage.on_success.iter().flat_map(|one| &one.conditions);
    let failure = stage
        .on_failure
        .iter()
        .flat_map(|one| one.conditions.iter().flatten());
    before
        .map(|one| (ConditionPlace::BeforeEntry, one))
        .chain(success.map(|one| (ConditionPlace::OnSuccess, one)))
        .chain(failure.map(|one| (ConditionPlace::OnFailure, one)))
}

/// The condition of a stage at a place: there is one at most (CO-1).
#[must_use]
pub fn condition(stage: &StageDeclaration, place: ConditionPlace) -> Option<&Condition> {
    match place {
        ConditionPlace::BeforeEntry => stage.before_entry.as_ref()?.conditions.first(),
        ConditionPlace::OnSuccess => stage.on_success.as_ref()?.conditions.first(),
        ConditionPlace::OnFailure => stage.on_failure.as_ref()?.conditions.as_ref()?.first(),
    }
}

/// Whether a stage does anything beyond running its actions: it needs a pipeline of type V2 then.
pub(super) fn is_used(stage: &StageDeclaration) -> bool {
    stage.before_entry.is_some() || stage.on_success.is_some() || stage.on_failure.is_some()
}

/// The rule type that this id means.
#[must_use]
pub fn rule_type(id: &RuleTypeId) -> Option<&'static RuleType> {
    catalogue::find_rule(&id.provider, id.version.as_deref().unwrap_or(RULE_VERSION))
}

/// VT-4.
pub(super) fn need_v2(subject: &Subject) -> Result<(), ApiError> {
    if subject.pipeline_type == PipelineType::V2 || !subject.declaration.stages.iter().any(is_used)
    {
        return Ok(());
    }
    Err(invalid_stage(
        "Stage level conditions can only be used with V2 pipelines.",
    ))
}

/// SG-10. The service's text ends without the second quotation mark.
pub(super) fn failure_has_one_way_out(subject: &Subject) -> Result<(), ApiError> {
    for stage in subject.stages() {
        let both = stage.on_failure.as_ref().is_some_and(|failure| {
            failure.result.is_some() && failure.conditions.iter().flatten().next().is_some()
        });
        if both {
            return Err(invalid_stage(format!(
                "The following stage cannot have a failure exit gate configured with both top level result and \
                 conditions: '{}",
                stage.name
            )));
        }
    }
    Ok(())
}

/// CO-3: the shape demands neither the result nor the rules of a condition.
pub(super) fn are_complete(subject: &Subject) -> Result<(), ApiError> {
    for one in subject.conditions() {
        let missing = match (&one.condition.result, &one.condition.rules) {
            (Some(_), Some(_)) => continue,
            (None, _) => "result",
            (Some(_), None) => "rules",
        };
        return Err(invalid_stage(format!(
            "The {} condition of stage '{}' must have {missing}",
            one.place.member(),
            one.stage.name
        )));
    }
    Ok(())
}

/// SG-9, CO-3: the shape has one list of results for all places.
pub(super) fn results_fit_their_place(subject: &Subject) -> Result<(), ApiError> {
    let of_conditions = subject.conditions().filter_map(|one| {
        Some((
            one.stage,
            one.place,
            one.condition.result?,
            one.place.results(),
        ))
    });
    let of_failures = subject.stages().filter_map(|stage| {
        let result = stage.on_failure.as_ref()?.result?;
        let place = ConditionPlace::OnFailure;
        subject.looking.member("onFailure/result");
        Some((stage, place, result, FAILURE_RESULTS.as_slice()))
    });
    for (stage, place, result, allowed) in of_conditions.chain(of_failures) {
        if !allowed.contains(&result) {
            let allowed: Vec<&str> = allowed.iter().map(|one| one.as_str()).collect();
            return Err(invalid_stage(format!(
                "The result {result} cannot be used in {} of stage '{}'. Valid results are: {}",
                place.member(),
                stage.name,
                allowed.join(", ")
            )));
        }
    }
    Ok(())
}

/// SG-12: of onFailure itself, or of its condition.
pub(super) fn retry_is_configured_for_retries(subject: &Subject) -> Result<(), ApiError> {
    for stage in subject.stages() {
        let Some(failure) = &stage.on_failure else {
            continue;
        };
        let mut results = failure
            .conditions
            .iter()
            .flatten()
            .filter_map(|condition| condition.result)
            .chain(failure.result);
        if failure.retry_configuration.is_some()
            && !results.any(|result| result == ConditionResult::Retry)
        {
            return Err(invalid_stage(format!(
                "retryConfiguration can only be used with the result RETRY. Stage '{}'",
                stage.name
            )));
        }
    }
    Ok(())
}

/// SG-11, PA-5.
pub(super) fn parallel_pipelines_do_not_roll_back(subject: &Subject) -> Result<(), ApiError> {
    let parallel = subject.declaration.execution_mode == Some(ExecutionMode::Parallel);
    if parallel && rollbacks(subject).next().is_some() {
        return Err(invalid_stage(
            "Failure conditions with rollback result type cannot be added to a PARALLEL pipeline.",
        ));
    }
    Ok(())
}

/// SG-14, CO-4.
pub(super) fn source_stages_do_not_roll_back(subject: &Subject) -> Result<(), ApiError> {
    match rollbacks(subject).find(|(stage_number, _)| *stage_number == 0) {
        None => Ok(()),
        Some((_, stage)) => Err(invalid_stage(format!(
            "The result ROLLBACK cannot be used in stage '{}' because it contains source actions",
            stage.name
        ))),
    }
}

/// The stages that ask for a rollback somewhere, with their number from 0.
fn rollbacks<'a>(subject: &'a Subject) -> impl Iterator<Item = (usize, &'a StageDeclaration)> {
    subject.stages().enumerate().filter(|(_, stage)| {
        let at_once = stage.on_failure.as_ref().and_then(|failure| failure.result);
        conditions(stage)
            .filter_map(|(_, condition)| condition.result)
            .chain(at_once)
            .any(|result| result == ConditionResult::Rollback)
    })
}

/// SG-16.
pub(super) fn rule_names_are_unique(subject: &Subject) -> Result<(), ApiError> {
    for one in subject.conditions() {
        let rules = one.condition.rules.iter().flatten();
        if let Some(name) = repeated(rules.map(|rule| &rule.name)) {
            return Err(invalid_stage(format!(
                "Rule name '{name}' is used more than once in {} of stage '{}'",
                one.place.member(),
                one.stage.name
            )));
        }
    }
    Ok(())
}

/// SG-18: known at all, and in a Region that exists.
pub(super) fn rule_types_exist(subject: &Subject) -> Result<(), ApiError> {
    for placed in subject.rules() {
        let own = subject.context.region;
        let region = placed.rule.region.as_deref().unwrap_or(own);
        if placed.rule_type.is_none() || (region != own && !is_region(region)) {
            let id = &placed.rule.rule_type_id;
            return Err(invalid_stage(format!(
                "RuleType (Category: '{}', Provider: '{}', Owner: '{}', Version: '{}') in rule '{}' is not available \
                 in region '{}'",
                id.category,
                id.provider,
                id.owner.unwrap_or_default(),
                id.version.as_deref().unwrap_or(RULE_VERSION),
                placed.rule.name,
                printed(region)
            )));
        }
    }
    Ok(())
}

/// SG-13, CO-4.
pub(super) fn skip_has_rules_that_may_skip(subject: &Subject) -> Result<(), ApiError> {
    let skipping = |one: &&PlacedCondition| one.condition.result == Some(ConditionResult::Skip);
    for one in subject.conditions().filter(skipping) {
        for rule in one.condition.rules.iter().flatten() {
            if rule_type(&rule.rule_type_id).is_some_and(|known| !known.allowed_with_skip) {
                return Err(invalid_stage(format!(
                    "Rule '{}' with provider {} in stage '{}' cannot be used with the result SKIP. Valid providers \
                     are: LambdaInvoke, VariableCheck",
                    rule.name, rule.rule_type_id.provider, one.stage.name
                )));
            }
        }
    }
    Ok(())
}

/// SG-15: `commands` always on a Commands rule, and on no other.
pub(super) fn rules_with_commands(subject: &Subject) -> Result<(), ApiError> {
    for (placed, rule_type) in subject.known_rules() {
        let name = &placed.rule.name;
        let commands = placed.rule.commands.as_deref().unwrap_or_default();
        match (rule_type.takes_commands, commands.is_empty()) {
            (true, true) => {
                return Err(invalid_stage(format!(
                    "Rule {name} must have a non-empty commands field"
                )));
            }
            (false, false) => {
                return Err(invalid_stage(format!(
                    "Rule {name} cannot have a commands field"
                )));
            }
            (true, false) if commands.iter().any(|one| one.contains(['\n', '\r'])) => {
                return Err(invalid_stage(format!(
                    "Rule {name} must have single-line commands"
                )));
            }
            (true | false, _) => {}
        }
    }
    Ok(())
}
