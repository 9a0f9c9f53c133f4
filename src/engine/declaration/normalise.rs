//! What is stored of an accepted declaration: everything said, with what the service fills in.

use super::conditions::{RULE_VERSION, is_used};
use super::secrets::{is_mask, secret_keys, stored};
use super::{Context, run_order};
use crate::engine::catalogue;
use crate::model::{
    ActionDeclaration, ExecutionMode, PipelineDeclaration, PipelineType, RuleDeclaration,
    StageDeclaration,
};

/// The declaration as it is stored and, but for its secrets, read back: defaults filled in (PL-21, W-10, VT-10),
/// the version counted up from the stored one whatever the input says (PL-18), masks replaced by the stored values
/// (AC-19, S-3). Expects a declaration that [`check`](super::check) accepted in the same context.
pub fn normalise(declaration: PipelineDeclaration, context: &Context) -> PipelineDeclaration {
    let version = context
        .existing
        .map_or(0, |before| before.version.unwrap_or(1))
        + 1;
    let pipeline_type = pipeline_type(&declaration);
    let execution_mode = declaration
        .execution_mode
        .unwrap_or(ExecutionMode::Superseded);
    // An empty map beside the one store says nothing (PL-12).
    let artifact_stores = declaration
        .artifact_stores
        .filter(|stores| !stores.is_empty());
    let stages = declaration
        .stages
        .into_iter()
        .map(|stage| normalise_stage(stage, context))
        .collect();
    PipelineDeclaration {
        version: Some(version),
        pipeline_type: Some(pipeline_type),
        execution_mode: Some(execution_mode),
        artifact_stores,
        stages,
        ..declaration
    }
}

/// The type of a pipeline: the one declared; otherwise V2 as soon as it uses something that only V2 has, else V1
/// (VT-10). An update that leaves the type out is judged by what it contains, not by what was stored.
pub fn pipeline_type(declaration: &PipelineDeclaration) -> PipelineType {
    let uses_v2 = || {
        declaration.variables.iter().flatten().next().is_some()
            || declaration.triggers.iter().flatten().next().is_some()
            || declaration
                .execution_mode
                .is_some_and(|mode| mode != ExecutionMode::Superseded)
            || declaration.stages.iter().any(is_used)
            || declaration
                .stages
                .iter()
                .flat_map(|stage| &stage.actions)
                .any(is_v2_only)
    };
    match declaration.pipeline_type {
        Some(declared) => declared,
        None if uses_v2() => PipelineType::V2,
        None => PipelineType::V1,
    }
}

fn is_v2_only(action: &ActionDeclaration) -> bool {
    let id = &action.action_type_id;
    catalogue::find(id.category, id.owner, &id.provider, &id.version)
        .is_some_and(|built_in| built_in.v2_only)
}

fn normalise_stage(mut stage: StageDeclaration, context: &Context) -> StageDeclaration {
    for action in &mut stage.actions {
        normalise_action(action, &stage.name, context);
    }
    let before = stage
        .before_entry
        .iter_mut()
        .flat_map(|one| &mut one.conditions);
    let success = stage
        .on_success
        .iter_mut()
        .flat_map(|one| &mut one.conditions);
    let failure = stage
        .on_failure
        .iter_mut()
        .flat_map(|one| one.conditions.iter_mut().flatten());
    before
        .chain(success)
        .chain(failure)
        .flat_map(|condition| condition.rules.iter_mut().flatten())
        .for_each(normalise_rule);
    stage
}

fn normalise_action(action: &mut ActionDeclaration, stage_name: &str, context: &Context) {
    action.run_order = Some(run_order(action));
    action.input_artifacts.get_or_insert_default();
    action.output_artifacts.get_or_insert_default();
    let mut configuration = action.configuration.take().unwrap_or_default();
    for key in secret_keys(&action.action_type_id, context.custom_types) {
        if let Some(value) = configuration.get_mut(key)
            && is_mask(value)
            && let Some(secret) = stored(context.existing, stage_name, action, key)
        {
            secret.clone_into(value);
        }
    }
    action.configuration = Some(configuration);
}

fn normalise_rule(rule: &mut RuleDeclaration) {
    rule.configuration.get_or_insert_default();
    rule.input_artifacts.get_or_insert_default();
    rule.rule_type_id.owner.get_or_insert_default();
    rule.rule_type_id
        .version
        .get_or_insert_with(|| RULE_VERSION.to_owned());
}
