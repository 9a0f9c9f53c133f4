//! The start of an execution (execution.md §10.2, §11.2, §2.3 limits).

use std::collections::BTreeMap;

use super::scheduler;
use crate::order::gathered;
use crate::{
    engine::{
        decision::Decision,
        fact::{Event, Start},
        ids::{ExecutionId, MAX_EXECUTIONS, PipelineId},
        reason::Reason,
        world::{execution::Trigger, pin::Pin, pipeline::Pipeline},
    },
    model::{
        ApiError, ErrorCode, ExecutionMode, PipelineExecutionStatus, PipelineType,
        PipelineVariable, ResolvedPipelineVariable, SourceRevisionOverride, SourceRevisionType,
    },
};

/// QU-6, PA-2: concurrent executions of a QUEUED or PARALLEL pipeline.
pub const MOST_CONCURRENT: u32 = 50;

/// What a start brings with it.
#[derive(Clone, Debug)]
pub struct Request {
    /// What started it.
    pub trigger: Trigger,
    /// Values of all pipeline variables.
    pub variables: Vec<ResolvedPipelineVariable>,
    /// Source revision overrides.
    pub overrides: Vec<SourceRevisionOverride>,
    /// The revisions it is for (ST-12).
    pub pins: Vec<Pin>,
    /// The client request token.
    pub token: Option<String>,
}

/// What starts an execution that no caller waits for, and what comes with it.
#[derive(Clone, Debug)]
pub struct Occasion {
    /// What started it.
    pub trigger: Trigger,
    /// Values of some pipeline variables (TG-27); those that the pipeline does not have are left out.
    pub variables: Vec<PipelineVariable>,
    /// Source revision overrides (TG-27), which have been checked.
    pub overrides: Vec<SourceRevisionOverride>,
    /// The revisions it is for (ST-12).
    pub pins: Vec<Pin>,
}

impl From<Trigger> for Occasion {
    fn from(trigger: Trigger) -> Self {
        Self {
            trigger,
            variables: vec![],
            overrides: vec![],
            pins: vec![],
        }
    }
}

/// QU-6 to QU-9: whether one more execution would be too many.
#[must_use]
pub fn full(pipeline: &Pipeline) -> bool {
    pipeline.current().plan.mode != ExecutionMode::Superseded && pipeline.active >= MOST_CONCURRENT
}

/// QU-7: what a caller is told whose execution would be one too many.
#[must_use]
pub fn too_many(pipeline: &str) -> ApiError {
    ApiError::new(
        ErrorCode::ConcurrentPipelineExecutionsLimitExceededException,
        format!(
            "The pipeline '{pipeline}' has the maximum number of concurrent executions ({MOST_CONCURRENT})"
        ),
    )
}

/// VA-8: every given variable is declared.
///
/// # Errors
/// ValidationException with the first that is not.
pub fn check_given(pipeline: &Pipeline, given: &[PipelineVariable]) -> Result<(), ApiError> {
    let declared = &pipeline.current().plan.declaration.variables;
    let known = |name: &str| declared.iter().flatten().any(|one| one.name == name);
    match given.iter().find(|variable| !known(&variable.name)) {
        None => Ok(()),
        Some(variable) => Err(ApiError::new(
            ErrorCode::ValidationException,
            format!(
                "The variable {} is not declared in the pipeline {}.",
                variable.name,
                pipeline.name()
            ),
        )),
    }
}

/// VA-5 to VA-8: the values of the pipeline variables for one execution.
///
/// # Errors
/// The name of a required variable without a value, or of a given variable that is not declared, as the
/// ValidationException of a manual start.
pub fn variables(
    pipeline: &Pipeline,
    given: Option<&[PipelineVariable]>,
) -> Result<Vec<ResolvedPipelineVariable>, ApiError> {
    let declared = pipeline
        .current()
        .plan
        .declaration
        .variables
        .as_deref()
        .unwrap_or_default();
    check_given(pipeline, given.unwrap_or_default())?;
    let given = given.unwrap_or_default().iter();
    let values: BTreeMap<&str, &str> =
        gathered(given.map(|variable| (variable.name.as_str(), variable.value.as_str())));
    declared
        .iter()
        .map(|declaration| {
            let value = values
                .get(declaration.name.as_str())
                .map(|value| (*value).to_owned())
                .or_else(|| declaration.default_value.clone());
            let Some(value) = value else {
                return Err(ApiError::new(
                    ErrorCode::ValidationException,
                    format!(
                        "The pipeline variable {} has no default value; a value must be given to start {}.",
                        declaration.name,
                        pipeline.name()
                    ),
                ));
            };
            Ok(ResolvedPipelineVariable { name: Some(declaration.name.clone()), resolved_value: Some(value) })
        })
        .collect()
}

/// LC-1: an execution is accepted and arrives at the first boundary.
pub fn start(decision: &mut Decision, pipeline: PipelineId, request: Request) -> ExecutionId {
    let execution = ExecutionId {
        pipeline,
        number: decision.pipeline(pipeline).started + 1,
    };
    let Request {
        trigger,
        variables,
        overrides,
        pins,
        token,
    } = request;
    decision.record(Event::ExecutionStarted(Box::new(Start {
        execution,
        trigger,
        variables,
        overrides,
        pins,
        token,
        rollback: None,
    })));
    scheduler::arrive(decision, execution, 0);
    execution
}

/// A start that no caller waits for: what would be refused is recorded as a failed execution (QU-8, VA-7). `None` once
/// the pipeline has started as many executions as it ever can.
pub fn by_event(
    decision: &mut Decision,
    pipeline: PipelineId,
    occasion: impl Into<Occasion>,
) -> Option<ExecutionId> {
    let Occasion {
        trigger,
        mut variables,
        overrides,
        pins,
    } = occasion.into();
    let record = decision.pipeline(pipeline);
    let number = record.started + 1;
    if number >= MAX_EXECUTIONS {
        return None;
    }
    variables.retain(|given| check_given(record, std::slice::from_ref(given)).is_ok());
    let missing = || {
        let declared = record.current().plan.declaration.variables.iter().flatten();
        let mut required = declared.filter(|variable| variable.default_value.is_none());
        required.find(|variable| !variables.iter().any(|given| given.name == variable.name))
    };
    let refusal = if full(record) {
        Some(Reason::TooManyExecutions)
    } else {
        missing().map(|variable| Reason::VariableMissing {
            name: variable.name.clone(),
        })
    };
    let variables = self::variables(record, Some(&variables)).unwrap_or_default();
    let request = Request {
        trigger,
        variables,
        overrides,
        pins,
        token: None,
    };
    let Some(reason) = refusal else {
        return Some(start(decision, pipeline, request));
    };
    let execution = ExecutionId { pipeline, number };
    decision.record(Event::ExecutionStarted(Box::new(Start {
        execution,
        trigger: request.trigger,
        variables: request.variables,
        overrides: request.overrides,
        pins: request.pins,
        token: None,
        rollback: None,
    })));
    decision.record(Event::ExecutionEnded {
        execution,
        status: PipelineExecutionStatus::Failed,
        reason,
    });
    Some(execution)
}

/// What an invoke action asks for (TG-29).
#[derive(Clone, Debug)]
pub struct Invocation {
    /// The pipeline to start.
    pub pipeline: String,
    /// `Variables`: a JSON list of names and values.
    pub variables: Option<String>,
    /// `SourceRevisions`: a JSON list of overrides.
    pub revisions: Option<String>,
}

/// TG-29: a start by another pipeline's action.
///
/// # Errors
/// Why the start was refused, for the message of the action that asked.
pub fn invoked(
    decision: &mut Decision,
    invocation: &Invocation,
    trigger: Trigger,
) -> Result<ExecutionId, String> {
    let name = &invocation.pipeline;
    let pipeline = decision
        .pipeline_named(name)
        .ok_or_else(|| format!("The pipeline {name} does not exist in this account and Region."))?;
    if full(pipeline) {
        return Err(format!(
            "The pipeline {name} has as many concurrent executions as it may have."
        ));
    }
    let given: Option<Vec<PipelineVariable>> = list("Variables", invocation.variables.as_deref())?;
    let variables = variables(pipeline, given.as_deref()).map_err(|error| error.message)?;
    let overrides: Vec<SourceRevisionOverride> =
        list("SourceRevisions", invocation.revisions.as_deref())?.unwrap_or_default();
    check_overrides(pipeline, &overrides).map_err(|error| error.message)?;
    let id = pipeline.id;
    Ok(start(
        decision,
        id,
        Request {
            trigger,
            variables,
            overrides,
            pins: vec![],
            token: None,
        },
    ))
}

/// A list that an invoke action carries as JSON text.
fn list<T: crate::json::FromJson>(key: &str, text: Option<&str>) -> Result<Option<Vec<T>>, String> {
    text.map(|text| {
        crate::json::from_text(text).map_err(|error| {
            format!("The value of {key} is not the JSON list it has to be: {error}")
        })
    })
    .transpose()
}

/// TG-23 to TG-27: an override names a source action and fits its provider.
///
/// # Errors
/// ValidationException with what does not fit.
pub fn check_overrides(
    pipeline: &Pipeline,
    overrides: &[SourceRevisionOverride],
) -> Result<(), ApiError> {
    let refused = |message: String| Err(ApiError::new(ErrorCode::ValidationException, message));
    let declaration = &pipeline.current().plan.declaration;
    if !overrides.is_empty() && declaration.pipeline_type == Some(PipelineType::V1) {
        return refused("Source revision overrides can only be used with V2 pipelines".to_owned());
    }
    for given in overrides {
        let name = &given.action_name;
        let sources = declaration
            .stages
            .first()
            .map(|stage| stage.actions.as_slice())
            .unwrap_or_default();
        let Some(index) = sources.iter().position(|action| action.name == *name) else {
            return refused(format!(
                "The pipeline '{}' has no source action '{name}'",
                declaration.name
            ));
        };
        let action = sources.get(index);
        let kind = pipeline
            .current()
            .plan
            .stages
            .first()
            .and_then(|stage| stage.actions.get(index)?.kind);
        let fits = kind.is_some_and(|kind| kind.revision_types.contains(&given.revision_type));
        if !fits {
            return refused(format!(
                "The source action '{name}' does not take a revision of type {}",
                given.revision_type
            ));
        }
        let allowed = action
            .and_then(|action| {
                action
                    .configuration
                    .as_ref()?
                    .get("AllowOverrideForS3ObjectKey")
            })
            .is_some_and(|value| value == "true");
        if given.revision_type == SourceRevisionType::S3ObjectKey && !allowed {
            return refused(format!(
                "The source action '{name}' does not allow its S3ObjectKey to be overridden"
            ));
        }
    }
    Ok(())
}
