//! What an execution inside a stage is doing. The same for the one that asks and for the one that holds it up.

use super::situation::{
    Asked, Failure, JobUnderWay, Risk, RuleUnderWay, RuleWork, Standing, Stay, UnderWay, Work,
};
use crate::order::{sort_by, sort_by_key};
use crate::{
    engine::{
        behavior::Outcome,
        conditions::RuleKind,
        declaration::ConditionPlace,
        ids::{ActionExecutionId, ExecutionId, JobId},
        providers,
        rules::{behavior, conditions, jobs},
        time::Instant,
        world::{
            World,
            condition::RuleRun,
            execution::{Execution, StageRun},
            pipeline::Pipeline,
            plan::{ActionPlan, Plan},
        },
    },
    model::{ActionExecutionStatus, ConditionResult, ExecutionMode},
};

/// What a running action does: what it is by nature, unless a behavior says otherwise.
#[must_use]
pub fn work(world: &World, id: ActionExecutionId, plan: &ActionPlan) -> Work {
    let provider = providers::of(plan.kind);
    if provider.waits_for_a_person() {
        return Work::Approval;
    }
    match behavior::of_execution(world, id).outcome {
        Some(Outcome::Hold) => Work::Held,
        Some(Outcome::Hang) => Work::Hanging,
        None if jobs::awaits_worker(world, id) => Work::Worker,
        None if !jobs::under_way_alone(world, id) => Work::Hanging,
        _ => Work::Running,
    }
}

/// An execution inside a stage: its running actions, and what keeps it there.
#[must_use]
pub fn stay(world: &World, pipeline: &Pipeline, execution: &Execution, stage: u16) -> Stay {
    let plan = pipeline.plan(execution.version);
    let id = ExecutionId {
        pipeline: pipeline.id,
        number: execution.number,
    };
    let mut under_way: Vec<UnderWay> = execution
        .numbered()
        .filter(|(_, record)| record.running())
        .map(|(ordinal, record)| UnderWay {
            ordinal,
            action: record.action,
            started: record.started,
            work: work(
                world,
                ActionExecutionId {
                    execution: id,
                    ordinal,
                },
                plan.action_plan(record.stage, record.action),
            ),
            until: record.deadline,
            job: job(world, id, execution, ordinal),
        })
        .collect();
    sort_by_key(&mut under_way, |action| {
        (
            action.work,
            action.until.map(|deadline| deadline.at),
            action.ordinal,
        )
    });
    let standing = standing(pipeline, execution, plan, stage, &under_way);
    let entered = execution
        .stage_run(stage)
        .map_or(execution.started, StageRun::since);
    Stay {
        execution: execution.number,
        stage,
        entered,
        under_way,
        rules: rules(world, execution, plan),
        standing,
    }
}

/// The job of a running action.
fn job(
    world: &World,
    execution_id: ExecutionId,
    execution: &Execution,
    ordinal: u32,
) -> Option<JobUnderWay> {
    let (ordinal, job) = execution.open_job(ordinal)?;
    let id = JobId {
        execution: execution_id,
        ordinal,
    };
    let worker = jobs::action_type(world, id).and_then(|it| world.worker_of(it));
    Some(JobUnderWay {
        id,
        status: job.status,
        since: job.updated,
        until: job.deadline.map(|deadline| deadline.at),
        attached: worker.is_some_and(|worker| !worker.settings.external),
    })
}

/// The running rules of the condition that it is held to.
fn rules(world: &World, execution: &Execution, plan: &Plan) -> Vec<RuleUnderWay> {
    let Some((index, _)) = execution.running_condition() else {
        return vec![];
    };
    let mut rules: Vec<RuleUnderWay> = execution
        .rules_of(index)
        .filter(|(_, run)| run.running())
        .filter_map(|(ordinal, run)| {
            let subject = conditions::subject(plan, execution, run)?;
            Some(RuleUnderWay {
                ordinal,
                rule: run.rule,
                started: run.started,
                work: rule_work(world, run, &subject),
                until: run.deadline,
            })
        })
        .collect();
    sort_by(&mut rules, |one, other| {
        let key = |rule: &RuleUnderWay| (rule.work.clone(), rule.ordinal);
        key(one).cmp(&key(other))
    });
    rules
}

fn rule_work(world: &World, run: &RuleRun, subject: &conditions::Subject) -> RuleWork {
    match conditions::held(world, subject) {
        Some(Outcome::Hold) => return RuleWork::Held,
        Some(_) => return RuleWork::Hanging,
        None => {}
    }
    if !run.watching {
        return RuleWork::Running;
    }
    match subject.kind {
        Some(RuleKind::CloudWatchAlarm) => {
            let name = subject.configuration.get("AlarmName").cloned();
            let name = name.unwrap_or_default();
            RuleWork::Alarm {
                state: conditions::alarm_state(world, &name).as_str(),
                name,
            }
        }
        Some(RuleKind::DeploymentWindow) => RuleWork::Window,
        _ => RuleWork::Running,
    }
}

/// What counts most comes first: what decides how the stay ends, then who has to do something.
fn standing(
    pipeline: &Pipeline,
    execution: &Execution,
    plan: &Plan,
    stage: u16,
    under_way: &[UnderWay],
) -> Standing {
    if let Some(stop) = &execution.stop {
        return Standing::Stopping {
            reason: stop.reason.clone(),
        };
    }
    if let Some(version) = execution.cancelled_by {
        let saved = (version as usize)
            .checked_sub(1)
            .and_then(|index| pipeline.versions.get(index));
        return Standing::Cancelling {
            version,
            saved: saved.map_or(execution.updated, |version| version.saved),
        };
    }
    if let Some((_, run)) = execution.running_condition() {
        let result = plan
            .condition(stage, run.place)
            .and_then(|condition| condition.result);
        return Standing::Asked(Asked {
            place: run.place,
            since: run.started,
            result,
            overridable: run.place != ConditionPlace::OnFailure
                && result != Some(ConditionResult::Skip),
        });
    }
    if let Some(failure) = current_failure(execution, plan, stage) {
        return Standing::Failing(failure);
    }
    if let Some(action) = under_way.first().copied() {
        match action.work {
            Work::Approval => return Standing::Approval(action),
            Work::Held => return Standing::Held(action),
            Work::Worker => return Standing::Worker(action),
            Work::Hanging => return Standing::Hanging(action),
            Work::Running => {}
        }
    }
    let waiting = kept_out(execution, plan, stage);
    if waiting.is_empty() {
        Standing::Working
    } else {
        Standing::Limit { waiting }
    }
}

/// LC-12: an action of the stage whose latest attempt failed.
fn current_failure(execution: &Execution, plan: &Plan, stage: u16) -> Option<Failure> {
    plan.stage_plan(stage)
        .groups
        .iter()
        .flatten()
        .find_map(|action| {
            let (ordinal, record) = execution.counting_attempt(stage, *action)?;
            matches!(
                record.status,
                ActionExecutionStatus::Failed | ActionExecutionStatus::Abandoned
            )
            .then(|| failure(execution, ordinal))
            .flatten()
        })
}

/// What an action execution that failed left behind.
pub(super) fn failure(execution: &Execution, ordinal: u32) -> Option<Failure> {
    let record = execution.actions.get(ordinal as usize)?;
    let error = record.ending.error.as_ref();
    Some(Failure {
        ordinal,
        action: record.action,
        at: record.updated,
        code: error.map(|error| error.code),
        message: error.map(|error| error.message.clone()).unwrap_or_default(),
    })
}

/// PA-3: actions of a group under way that found no room. Nothing else splits a group: its actions start together.
fn kept_out(execution: &Execution, plan: &Plan, stage: u16) -> Vec<u16> {
    if execution.mode != ExecutionMode::Parallel {
        return vec![];
    }
    let begun = |action: &u16| execution.counting_attempt(stage, *action).is_some();
    let group = plan
        .stage_plan(stage)
        .groups
        .iter()
        .find(|group| group.iter().any(begun) && !group.iter().all(begun));
    group
        .into_iter()
        .flatten()
        .copied()
        .filter(|action| !begun(action))
        .collect()
}

/// What can still go wrong inside.
pub(super) fn risks(world: &World, pipeline: &Pipeline, stay: &Stay) -> Vec<Risk> {
    let id = ExecutionId {
        pipeline: pipeline.id,
        number: stay.execution,
    };
    let mut risks = vec![];
    if matches!(stay.standing, Standing::Failing(_)) {
        risks.push(Risk::FailsAtTheEnd);
    }
    if let Standing::Asked(Asked {
        place,
        result: Some(result),
        ..
    }) = stay.standing
    {
        risks.push(Risk::Condition { place, result });
    }
    for action in &stay.under_way {
        let ordinal = action.ordinal;
        if let Some(at) = action.timeout() {
            risks.push(Risk::TimesOut { ordinal, at });
        } else {
            let setting = behavior::of_execution(
                world,
                ActionExecutionId {
                    execution: id,
                    ordinal,
                },
            );
            match setting.outcome {
                Some(Outcome::Fail { .. }) => risks.push(Risk::Fails {
                    ordinal,
                    probability: 1.0,
                }),
                Some(Outcome::Flaky { probability }) => risks.push(Risk::Fails {
                    ordinal,
                    probability,
                }),
                _ => {}
            }
        }
    }
    sort_by_key(&mut risks, |risk| match risk {
        Risk::TimesOut { at, .. } => *at,
        _ => Instant(i64::MIN),
    });
    risks
}
