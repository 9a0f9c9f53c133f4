//! One action: its start, what ends it, its end (execution.md §1.4, §4.2, §4.3, §9, §13).

use std::{collections::BTreeMap, rc::Rc};

use super::{behavior, jobs, stage, start, variables};
use crate::{
    engine::{
        behavior::{Outcome, unlucky},
        decision::Decision,
        fact::Event,
        ids::{ActionExecutionId, ExecutionId},
        providers::{self, Run},
        random::within,
        time::{Instant, MINUTE},
        world::{
            World,
            execution::{Deadline, DeadlineKind, Ending, Trigger},
            plan::Plan,
            source::Revision,
        },
    },
    model::{
        ActionCategory, ActionDeclaration, ActionExecutionStatus, ActionOwner, CurrentRevision,
        FailureType, TriggerType,
    },
};

/// The shortest an action takes, in milliseconds: so that a pipeline that invokes itself still moves the clock.
const SHORTEST: i64 = 1;

/// The configuration an action execution runs with: the resolved one, or the declared one.
pub fn configuration<'a>(
    resolved: Option<&'a Rc<BTreeMap<String, String>>>,
    declaration: &'a ActionDeclaration,
    empty: &'a BTreeMap<String, String>,
) -> &'a BTreeMap<String, String> {
    match (resolved, &declaration.configuration) {
        (Some(resolved), _) => resolved,
        (None, Some(declared)) => declared,
        (None, None) => empty,
    }
}

/// Everything a provider may look at, of an action execution that has begun.
pub fn with_run<R>(world: &World, id: ActionExecutionId, ask: impl FnOnce(&Run, &Plan) -> R) -> R {
    let pipeline = world.pipeline(id.execution.pipeline);
    let execution = world.execution(id.execution);
    let plan = pipeline.plan(execution.version);
    let empty = BTreeMap::new();
    let (stage, action, resolved) = execution
        .actions
        .get(id.ordinal as usize)
        .map_or((0, 0, None), |action| {
            (action.stage, action.action, action.resolved.as_ref())
        });
    let declaration = plan.action(stage, action);
    let run = Run {
        world,
        pipeline,
        execution,
        id,
        declaration,
        configuration: configuration(resolved, declaration, &empty),
    };
    ask(&run, plan)
}

/// LC-17: an action begins. It may fail in the same instant, where its variables or inputs are missing.
pub fn start(decision: &mut Decision, id: ExecutionId, stage: u16, action: u16) {
    let plan = Rc::clone(
        decision
            .pipeline(id.pipeline)
            .plan(decision.execution(id).version),
    );
    let ordinal = u32::try_from(decision.execution(id).actions.len()).unwrap_or(u32::MAX);
    let action_plan = plan.action_plan(stage, action);
    let declaration = plan.action(stage, action);

    let mut trouble = missing_type(decision, declaration);
    let mut resolved = None;
    if trouble.is_none() && action_plan.refers {
        match variables::resolve(decision, id, &plan, stage, action) {
            Ok(configuration) => resolved = Some(Rc::new(configuration)),
            Err(ending) => trouble = Some(*ending),
        }
    }
    if trouble.is_none() {
        trouble = missing_input(decision, id, &plan, stage, action);
    }
    if let Some(key) = providers::overridden_key(decision.execution(id), declaration) {
        let empty = BTreeMap::new();
        let mut changed = configuration(resolved.as_ref(), declaration, &empty).clone();
        changed.insert("S3ObjectKey".to_owned(), key.to_owned());
        resolved = Some(Rc::new(changed));
    }
    let revision = {
        let empty = BTreeMap::new();
        let configuration = configuration(resolved.as_ref(), declaration, &empty);
        let execution = decision.execution(id);
        providers::revision(decision, execution, declaration, action_plan, configuration)
    };
    let mut targets = None;
    let deadline = if trouble.is_some() {
        None
    } else {
        let empty = BTreeMap::new();
        let configuration = configuration(resolved.as_ref(), declaration, &empty);
        let setting = behavior::of_action(decision, id, &plan, stage, action, ordinal);
        if providers::of(action_plan.kind).has_targets() {
            targets = setting.targets;
        }
        let drawn = decision.draw();
        let usual = providers::usual_duration(action_plan.kind, configuration);
        let (shortest, longest) = setting
            .duration
            .map_or(usual, |range| (range.min, range.max));
        let takes = within(drawn, shortest, longest).max(SHORTEST);
        let alone = jobs::ends_alone(decision, action_plan, declaration, configuration);
        let by_itself = behavior::ends_by_itself(action_plan, &setting, alone);
        Some(first_of(
            decision,
            takes,
            by_itself,
            jobs::patience(decision, action_plan, declaration),
        ))
    };
    decision.record(Event::ActionStarted {
        execution: id,
        stage,
        action,
        ordinal,
        deadline,
        revision,
        resolved,
        targets,
    });
    if let Some(ending) = trouble {
        decision.record(Event::ActionEnded {
            execution: id,
            ordinal,
            status: ActionExecutionStatus::Failed,
            ending: ending.shared(),
        });
        return;
    }
    let id = ActionExecutionId {
        execution: id,
        ordinal,
    };
    jobs::begin(decision, id, true);
}

/// What ends an action: its completion, or its timeout where that comes first or the action never completes.
fn first_of(decision: &Decision, takes: i64, by_itself: bool, timeout: i64) -> Deadline {
    if by_itself && takes <= timeout {
        Deadline {
            at: decision.now().after(takes),
            kind: DeadlineKind::Completion,
        }
    } else {
        Deadline {
            at: decision.now().after(timeout),
            kind: DeadlineKind::Timeout,
        }
    }
}

/// an action of a custom type that was deleted.
fn missing_type(decision: &Decision, declaration: &ActionDeclaration) -> Option<Ending> {
    let id = &declaration.action_type_id;
    let gone = id.owner == ActionOwner::Custom && decision.custom_type_record(id).is_none();
    gone.then(|| {
        Ending::failure(
            FailureType::ConfigurationError,
            format!(
                "ActionType (Category: '{}', Owner: '{}', Provider: '{}', Version: '{}') is not available",
                id.category, id.owner, id.provider, id.version
            ),
        )
    })
}

/// ST-10: an input artifact that nobody made in this execution.
fn missing_input(
    decision: &Decision,
    id: ExecutionId,
    plan: &Plan,
    stage: u16,
    action: u16,
) -> Option<Ending> {
    let execution = decision.execution(id);
    let declaration = plan.action(stage, action);
    let missing = declaration
        .input_artifacts
        .iter()
        .flatten()
        .find(|artifact| {
            let producer = plan.producers.get(&artifact.name);
            producer.is_none_or(|(stage, action)| execution.product(*stage, *action).is_none())
        })?;
    Some(Ending::failure(
        FailureType::ConfigurationError,
        format!(
            "The input artifact {} of action {} was not produced in this execution.",
            missing.name, declaration.name
        ),
    ))
}

/// A deadline of an action has come.
pub fn due(decision: &mut Decision, id: ActionExecutionId, kind: DeadlineKind) {
    match kind {
        // An action never waits for a window.
        DeadlineKind::Completion | DeadlineKind::Opening => complete(decision, id),
        DeadlineKind::Timeout => {
            let ending = with_run(decision, id, timed_out);
            jobs::close(decision, id, ActionExecutionStatus::Failed, true);
            end(decision, id, ActionExecutionStatus::Failed, ending);
        }
        DeadlineKind::Offer | DeadlineKind::Poll | DeadlineKind::Schedule => {
            debug_assert!(
                false,
                "a deadline of a job or a pipeline is none of an action"
            );
        }
    }
}

/// TO-1, AP-7: what a timeout leaves behind.
fn timed_out(run: &Run, plan: &Plan) -> Ending {
    let action = run.execution.actions.get(run.id.ordinal as usize);
    let Some(action) = action else {
        return Ending::default();
    };
    let action_plan = plan.action_plan(action.stage, action.action);
    if providers::of(action_plan.kind).waits_for_a_person() {
        return Ending::failure(FailureType::JobFailed, "Approval expired");
    }
    // J-43, J-44: a function has been silent or a job took too long, or the action has taken as long as it may in all.
    let whole = providers::timeout(action_plan, run.declaration);
    let over = action.started.after(whole) <= run.world.now;
    let minutes = if over {
        whole
    } else {
        jobs::patience(run.world, action_plan, run.declaration)
    } / MINUTE;
    Ending::failure(
        FailureType::JobFailed,
        format!("The action timed out after {minutes} minutes."),
    )
}

/// The simulated work is done: it ends as its behavior says at this moment.
pub fn complete(decision: &mut Decision, id: ActionExecutionId) {
    let drawn = decision.draw();
    let setting = behavior::of_execution(decision, id);
    match setting.outcome.clone().unwrap_or(Outcome::Succeed) {
        Outcome::Fail { code, message } => fail(decision, id, code, message),
        Outcome::Flaky { probability } if unlucky(probability, drawn) => {
            fail(decision, id, FailureType::JobFailed, None);
        }
        _ => succeed(decision, id, setting.output_variables.unwrap_or_default()),
    }
}

/// Ends an action with a failure.
pub fn fail(
    decision: &mut Decision,
    id: ActionExecutionId,
    code: FailureType,
    message: Option<String>,
) {
    let ending = with_run(decision, id, |run, plan| {
        let kind = run
            .execution
            .actions
            .get(run.id.ordinal as usize)
            .and_then(|action| plan.action_plan(action.stage, action.action).kind);
        Ending::failure(
            code,
            message.unwrap_or_else(|| providers::of(kind).failure(run)),
        )
    });
    end(decision, id, ActionExecutionStatus::Failed, ending);
}

/// Ends an action with success: what it leaves behind, and what it sets going.
pub fn succeed(decision: &mut Decision, id: ActionExecutionId, outputs: BTreeMap<String, String>) {
    let (mut ending, starts) = with_run(decision, id, |run, plan| {
        let action = run.execution.actions.get(run.id.ordinal as usize);
        let Some(action) = action else {
            return (Ending::default(), None);
        };
        let action_plan = plan.action_plan(action.stage, action.action);
        let provider = providers::of(action_plan.kind);
        // J-35: a worker says what it fetched.
        let reported = action
            .progress
            .as_ref()
            .and_then(|progress| progress.revision.as_ref())
            .filter(|_| run.declaration.action_type_id.category == ActionCategory::Source);
        let revision = reported.map_or_else(
            || action.found.clone(),
            |reported| Some(Rc::new(fetched(reported, run.world.now))),
        );
        let mut variables = provider.variables(run, revision.as_deref());
        variables.extend(outputs);
        let ending = Ending {
            variables,
            revision,
            ..Ending::default()
        };
        let starts = provider
            .starts_pipeline(run.configuration)
            .map(|name| start::Invocation {
                pipeline: name.to_owned(),
                variables: run.configuration.get("Variables").cloned(),
                revisions: run.configuration.get("SourceRevisions").cloned(),
            });
        (ending, starts)
    });
    // VA-15: more than the service stores.
    let size: usize = ending
        .variables
        .iter()
        .map(|(key, value)| key.len() + value.len())
        .sum();
    if size > variables::MOST_OUTPUT_BYTES {
        let message =
            format!("The output variables of the action have {size} bytes, more than 122880.");
        end(
            decision,
            id,
            ActionExecutionStatus::Failed,
            Ending::failure(FailureType::ConfigurationError, message),
        );
        return;
    }
    if let Some(invocation) = starts {
        // TG-29: the action is over as soon as the other pipeline has accepted the start.
        let detail: Rc<str> = with_run(decision, id, |run, _| {
            run.world.pipeline_arn(run.pipeline.name())
        })
        .into();
        let trigger = Trigger {
            kind: TriggerType::StartPipelineExecution,
            detail,
        };
        match start::invoked(decision, &invocation, trigger) {
            Ok(started) => ending.external_id = Some(decision.key().execution(started)),
            Err(message) => {
                let ending = Ending::failure(FailureType::ConfigurationError, message);
                end(decision, id, ActionExecutionStatus::Failed, ending);
                return;
            }
        }
    }
    end(decision, id, ActionExecutionStatus::Succeeded, ending);
}

/// J-35: a revision as a worker reports it.
fn fetched(reported: &CurrentRevision, now: Instant) -> Revision {
    Revision {
        id: reported.revision.clone(),
        message: reported.revision_summary.clone().unwrap_or_default(),
        author: String::new(),
        created: reported.created.map_or(now, Instant::of),
    }
}

/// Records the end of an action and lets its stage go on. An execution that has meanwhile ended (its own pipeline
/// may have been changed by what the action started) is left alone.
pub fn end(
    decision: &mut Decision,
    id: ActionExecutionId,
    status: ActionExecutionStatus,
    ending: Ending,
) {
    let running = decision
        .pipelines
        .get(&id.execution.pipeline)
        .and_then(|pipeline| pipeline.executions.get(&id.execution.number))
        .and_then(|execution| execution.actions.get(id.ordinal as usize))
        .filter(|action| action.running())
        .map(|action| action.stage);
    let Some(stage) = running else { return };
    jobs::close(decision, id, status, false);
    decision.record(Event::ActionEnded {
        execution: id.execution,
        ordinal: id.ordinal,
        status,
        ending: ending.shared(),
    });
    stage::go_on(decision, id.execution, stage);
}
