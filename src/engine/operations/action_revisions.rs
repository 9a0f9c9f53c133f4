//! PutActionRevision: somebody tells a source action of a revision, which starts the pipeline (TG-28).

use std::rc::Rc;

use super::lookup;
use crate::{
    engine::{
        decision::Decision,
        fact::Event,
        ids::{ExecutionId, MAX_EXECUTIONS},
        rules::start as starting,
        time::Instant,
        world::{execution::Trigger, pin::Pin, pipeline::Pipeline, source::Revision},
    },
    model::{
        ActionCategory, ApiError, ErrorCode, PutActionRevisionInput, PutActionRevisionOutput,
        TriggerType,
    },
};

/// TG-28: a revision that is new to the action starts an execution that takes it; one that was reported before, or that
/// the action took last, answers the latest execution and starts nothing.
pub fn put(
    decision: &mut Decision,
    input: PutActionRevisionInput,
) -> Result<PutActionRevisionOutput, ApiError> {
    let pipeline = lookup::pipeline_to_change(decision, &input.pipeline_name)?;
    let stage = lookup::stage(pipeline, &input.stage_name)?;
    let plan = &pipeline.current().plan;
    let index = plan
        .action_index(stage, &input.action_name)
        // J-60: only a source takes revisions.
        .filter(|index| {
            plan.action(stage, *index).action_type_id.category == ActionCategory::Source
        })
        .ok_or_else(|| {
            ApiError::new(
                ErrorCode::ActionNotFoundException,
                format!(
                    "Stage '{}' of pipeline '{}' does not have a source action with name '{}'",
                    input.stage_name, input.pipeline_name, input.action_name
                ),
            )
        })?;
    let id = pipeline.id;
    let revision = input.action_revision;
    if is_known(
        pipeline,
        stage,
        index,
        &input.action_name,
        &revision.revision_id,
    ) {
        let latest = ExecutionId {
            pipeline: id,
            number: pipeline.started,
        };
        return Ok(PutActionRevisionOutput {
            new_revision: Some(false),
            pipeline_execution_id: (latest.number > 0).then(|| decision.key().execution(latest)),
        });
    }
    let variables = starting::variables(pipeline, None)?;
    if starting::full(pipeline) || pipeline.started + 1 >= MAX_EXECUTIONS {
        return Err(starting::too_many(&input.pipeline_name));
    }
    decision.record(Event::RevisionReported {
        pipeline: id,
        action: Rc::from(input.action_name.as_str()),
        id: Rc::from(revision.revision_id.as_str()),
    });
    let request = starting::Request {
        trigger: Trigger {
            kind: TriggerType::PutActionRevision,
            detail: decision.options.caller_arn.as_str().into(),
        },
        variables,
        overrides: vec![],
        pins: vec![Pin {
            action: input.action_name,
            revision: Rc::new(Revision {
                id: revision.revision_id,
                created: Instant::of(revision.created),
                ..Revision::default()
            }),
            git: None,
        }],
        token: None,
    };
    let started = starting::start(decision, id, request);
    Ok(PutActionRevisionOutput {
        new_revision: Some(true),
        pipeline_execution_id: Some(decision.key().execution(started)),
    })
}

/// Whether a revision was used before: it was reported, or it is the one that GetPipelineState shows for the action.
fn is_known(pipeline: &Pipeline, stage: u16, index: u16, action: &str, id: &str) -> bool {
    let reported = pipeline.watch.reported.get(action);
    let shown = pipeline
        .stages
        .get(usize::from(stage))
        .and_then(|state| state.actions.get(usize::from(index)).copied().flatten())
        .and_then(|(number, ordinal)| {
            let execution = pipeline.executions.get(&number)?;
            execution
                .actions
                .get(ordinal as usize)?
                .ending
                .revision
                .as_deref()
        });
    reported.is_some_and(|ids| ids.contains(id)) || shown.is_some_and(|shown| shown.id == id)
}
