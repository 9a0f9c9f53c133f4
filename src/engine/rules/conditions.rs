//! Conditions of stages: when their rules begin, what ends them, what the condition comes to (execution.md §8.3, §8.6).
//!
//! A condition is evaluated at most once at a time; its rules begin together and the first failure ends it (CO-7,
//! CO-8). What its end does to the stage is decided in [`stage`].

use std::{collections::BTreeMap, rc::Rc};

use super::{
    behavior, stage,
    variables::{self, Unresolvable},
};
use crate::{
    engine::{
        behavior::{Behavior, Outcome, unlucky},
        conditions::{
            AlarmState, Finding, LambdaResult, RuleKind, alarm, lambda,
            variable_check::{self, Operator},
            window,
        },
        decision::Decision,
        declaration::{self, ConditionPlace},
        fact::Event,
        ids::{ExecutionId, RuleExecutionId},
        random::within,
        reason::Reason,
        time::{Instant, MINUTE, SECOND},
        world::{
            World,
            condition::RuleRun,
            execution::{Deadline, DeadlineKind, Ending, Execution},
            plan::Plan,
        },
    },
    model::{ConditionExecutionStatus, FailureType, RuleDeclaration, RuleExecutionStatus},
};

/// A rule that was started, with what it was declared as.
pub struct Subject<'a> {
    /// What was declared.
    pub declaration: &'a RuleDeclaration,
    /// Its kind; `None` only in a world from outside.
    pub kind: Option<RuleKind>,
    /// Where its condition stands.
    pub place: ConditionPlace,
    /// The names of its pipeline and its stage.
    pub names: (&'a str, &'a str),
    /// The configuration that it runs with.
    pub configuration: &'a BTreeMap<String, String>,
}

static NO_CONFIGURATION: BTreeMap<String, String> = BTreeMap::new();

/// What a rule execution is about.
#[must_use]
pub fn subject<'a>(
    plan: &'a Plan,
    execution: &'a Execution,
    run: &'a RuleRun,
) -> Option<Subject<'a>> {
    let condition = execution.conditions.get(run.condition as usize)?;
    let declaration = plan.rule(condition.stage, condition.place, run.rule)?;
    let declared = declaration.configuration.as_ref();
    Some(Subject {
        declaration,
        kind: RuleKind::of(&declaration.rule_type_id.provider),
        place: condition.place,
        names: (&plan.declaration.name, &plan.stage(condition.stage).name),
        configuration: run
            .resolved
            .as_deref()
            .or(declared)
            .unwrap_or(&NO_CONFIGURATION),
    })
}

/// CO-26: when a rule is given up; `None` when it never is.
#[must_use]
pub fn timeout(declaration: &RuleDeclaration) -> Option<i64> {
    let usual = || {
        let minutes = declaration::rule_type(&declaration.rule_type_id)?.timeout_minutes?;
        Some(i64::from(minutes))
    };
    let minutes = declaration.timeout_in_minutes.or_else(usual)?;
    Some(minutes.saturating_mul(MINUTE))
}

/// CO-7: a condition is evaluated: its rules begin together. A rule that cannot run ends it at once (CO-9).
pub fn begin(decision: &mut Decision, id: ExecutionId, stage: u16, place: ConditionPlace) {
    let execution = decision.execution(id);
    let plan = Rc::clone(decision.pipeline(id.pipeline).plan(execution.version));
    let condition = u32::try_from(execution.conditions.len()).unwrap_or(u32::MAX);
    decision.record(Event::ConditionStarted {
        execution: id,
        stage,
        place,
        condition,
    });
    let rules = plan
        .condition(stage, place)
        .and_then(|condition| condition.rules.as_deref())
        .unwrap_or_default();
    let mut troubles = vec![];
    for (declaration, rule) in rules.iter().zip(0_u16..) {
        let ordinal = u32::try_from(decision.execution(id).rules.len()).unwrap_or(u32::MAX);
        let prepared = prepare(decision, id, &plan, declaration);
        let (resolved, trouble) = match prepared {
            Ok(resolved) => (resolved, None),
            Err(ending) => (None, Some(ending)),
        };
        let deadline = if trouble.is_some() {
            None
        } else {
            first_deadline(decision, &plan, stage, place, declaration)
        };
        decision.record(Event::RuleStarted {
            execution: id,
            condition,
            rule,
            ordinal,
            deadline,
            resolved,
        });
        if let Some(ending) = trouble {
            troubles.push((ordinal, ending));
        }
    }
    for (ordinal, ending) in troubles {
        let rule = RuleExecutionId {
            execution: id,
            ordinal,
        };
        end(decision, rule, RuleExecutionStatus::Failed, *ending);
    }
}

/// CO-9, CO-13: the configuration that a rule runs with, where it differs from the declared one.
fn prepare(
    decision: &Decision,
    id: ExecutionId,
    plan: &Plan,
    declaration: &RuleDeclaration,
) -> Result<Option<Rc<BTreeMap<String, String>>>, Box<Ending>> {
    let cannot =
        |message: String| Box::new(Ending::failure(FailureType::ConfigurationError, message));
    let name = &declaration.name;
    let execution = decision.execution(id);
    let missing = declaration
        .input_artifacts
        .iter()
        .flatten()
        .find(|artifact| {
            let producer = plan.producers.get(&artifact.name);
            producer.is_none_or(|(stage, action)| execution.product(*stage, *action).is_none())
        });
    if let Some(artifact) = missing {
        return Err(cannot(format!(
            "The input artifact {} of rule {name} was not produced in this execution.",
            artifact.name
        )));
    }
    let unresolved = |namespace: &str, key: &str| {
        cannot(format!(
            "A rule in this pipeline failed because one or more variables could not be resolved: Rule name={name}. \
             Validate the pipeline execution variable: #{{{namespace}.{key}}}"
        ))
    };
    // As with actions, what commands say matters to nobody here, but it has to have values.
    let commands = declaration.commands.iter().flatten().map(String::as_str);
    if let Some((namespace, key)) = variables::without_value(decision, id, plan, commands) {
        return Err(unresolved(&namespace, &key));
    }
    let Some(configuration) = &declaration.configuration else {
        return Ok(None);
    };
    let refers = configuration
        .values()
        .any(|value| declaration::references(value).next().is_some());
    if !refers {
        return Ok(None);
    }
    match variables::fill(decision, id, plan, configuration) {
        Ok(resolved) => Ok(Some(Rc::new(resolved))),
        Err(Unresolvable::Missing { namespace, key }) => Err(unresolved(&namespace, &key)),
        Err(Unresolvable::TooLarge { size }) => Err(cannot(format!(
            "The resolved configuration of rule {name} has {size} bytes, more than 102400."
        ))),
    }
}

/// What ends a rule that begins now, or makes it look.
fn first_deadline(
    decision: &mut Decision,
    plan: &Plan,
    stage: u16,
    place: ConditionPlace,
    declaration: &RuleDeclaration,
) -> Option<Deadline> {
    let names = (
        plan.declaration.name.as_str(),
        plan.stage(stage).name.as_str(),
    );
    let setting = behavior::of_rule(decision, names, place, declaration);
    let drawn = decision.draw();
    let usual = declaration::rule_type(&declaration.rule_type_id).map_or((0, 0), |kind| {
        let range = kind.duration;
        (i64::from(range.min) * SECOND, i64::from(range.max) * SECOND)
    });
    let (shortest, longest) = setting
        .duration
        .map_or(usual, |range| (range.min, range.max));
    let now = decision.now();
    let looks = setting
        .outcome
        .is_none_or(|outcome| outcome.ends_by_itself())
        .then(|| Deadline {
            at: now.after(within(drawn, shortest, longest).max(1)),
            kind: DeadlineKind::Completion,
        });
    earlier(looks, given_up(declaration, now))
}

/// CO-26: when a rule that began at an instant is given up.
fn given_up(declaration: &RuleDeclaration, started: Instant) -> Option<Deadline> {
    timeout(declaration).map(|span| Deadline {
        at: started.after(span),
        kind: DeadlineKind::Timeout,
    })
}

fn earlier(one: Option<Deadline>, other: Option<Deadline>) -> Option<Deadline> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// A deadline of a rule has come.
pub fn due(decision: &mut Decision, id: RuleExecutionId, kind: DeadlineKind) {
    match kind {
        DeadlineKind::Completion | DeadlineKind::Opening => look(decision, id),
        DeadlineKind::Timeout => {
            let minutes = with_rule(decision, id, |_, subject| {
                timeout(subject.declaration).unwrap_or_default() / MINUTE
            });
            let message = format!(
                "The rule timed out after {} minutes.",
                minutes.unwrap_or_default()
            );
            let ending = Ending::failure(FailureType::JobFailed, message);
            end(decision, id, RuleExecutionStatus::Failed, ending);
        }
        DeadlineKind::Offer | DeadlineKind::Poll | DeadlineKind::Schedule => {
            debug_assert!(false, "a deadline of a pipeline is none of a rule");
        }
    }
    go_on(decision, id.execution);
}

fn with_rule<R>(
    world: &World,
    id: RuleExecutionId,
    ask: impl FnOnce(&RuleRun, &Subject) -> R,
) -> Option<R> {
    let pipeline = world.pipelines.get(&id.execution.pipeline)?;
    let execution = pipeline.executions.get(&id.execution.number)?;
    let run = execution
        .rules
        .get(id.ordinal as usize)
        .filter(|run| run.running())?;
    let subject = subject(pipeline.plan(execution.version), execution, run)?;
    Some(ask(run, &subject))
}

fn go_on(decision: &mut Decision, id: ExecutionId) {
    let inside = decision
        .pipelines
        .get(&id.pipeline)
        .and_then(|pipeline| pipeline.executions.get(&id.number))
        .and_then(|execution| execution.inside());
    if let Some(inside) = inside {
        stage::go_on(decision, id, inside);
    }
}

/// A rule looks at what it is about, and ends, or goes on watching.
fn look(decision: &mut Decision, id: RuleExecutionId) {
    let drawn = decision.draw();
    let seen = with_rule(decision, id, |run, subject| {
        let finding = finding(decision, run, subject, drawn);
        let until = match finding {
            Finding::Watches(at) => Some((at, DeadlineKind::Completion)),
            Finding::Opens(at) => Some((at, DeadlineKind::Opening)),
            _ => None,
        };
        let until = until.map(|(at, kind)| Deadline { at, kind });
        let deadline = earlier(until, given_up(subject.declaration, run.started));
        let planned = run.watching && run.deadline == deadline;
        (finding, deadline, planned)
    });
    let Some((finding, deadline, planned)) = seen else {
        return;
    };
    match finding {
        Finding::Succeeds(summary) => {
            let ending = Ending {
                summary: Some(summary),
                ..Ending::default()
            };
            end(decision, id, RuleExecutionStatus::Succeeded, ending);
        }
        Finding::Fails(message) => {
            let ending = Ending::failure(FailureType::JobFailed, message);
            end(decision, id, RuleExecutionStatus::Failed, ending);
        }
        Finding::CannotRun(message) => {
            let ending = Ending::failure(FailureType::ConfigurationError, message);
            end(decision, id, RuleExecutionStatus::Failed, ending);
        }
        Finding::Watches(_) | Finding::Opens(_) if planned => {}
        Finding::Watches(_) | Finding::Opens(_) => decision.record(Event::RuleReplanned {
            execution: id.execution,
            ordinal: id.ordinal,
            deadline,
            watching: true,
        }),
    }
}

/// §8.5: what a rule finds.
fn finding(decision: &Decision, run: &RuleRun, subject: &Subject, drawn: u64) -> Finding {
    let configuration = subject.configuration;
    let text = |key: &str| {
        configuration
            .get(key)
            .map(String::as_str)
            .unwrap_or_default()
    };
    match subject.kind {
        None => Finding::CannotRun("The rule type is not known".to_owned()),
        Some(RuleKind::CloudWatchAlarm) => {
            let state = alarm_state(decision, text("AlarmName"));
            alarm::finding(
                subject.place,
                configuration,
                state,
                run.started,
                decision.now(),
            )
        }
        Some(RuleKind::DeploymentWindow) => window::finding(configuration, decision.now()),
        Some(RuleKind::VariableCheck) => variable_check::finding(
            text("Variable"),
            Operator::parse(text("Operator")),
            text("Value"),
        ),
        Some(RuleKind::LambdaInvoke) => {
            let function = text("FunctionName");
            let result = match behaved(decision, subject, drawn) {
                Behaved::Succeeds => LambdaResult::Success,
                Behaved::Fails(message) => LambdaResult::Error { message },
                Behaved::Unsaid => {
                    let said = decision.lambda_results.get(function).cloned();
                    said.unwrap_or(LambdaResult::Success)
                }
            };
            lambda::finding(subject.place, function, &result)
        }
        Some(kind @ (RuleKind::CodeBuild | RuleKind::Commands)) => {
            let work = if kind == RuleKind::CodeBuild {
                format!("The build of {}", text("ProjectName"))
            } else {
                "The commands".to_owned()
            };
            match behaved(decision, subject, drawn) {
                Behaved::Fails(message) => {
                    Finding::Fails(message.unwrap_or_else(|| format!("{work} failed")))
                }
                Behaved::Succeeds | Behaved::Unsaid => {
                    Finding::Succeeds(format!("{work} succeeded"))
                }
            }
        }
    }
}

/// The state of an alarm now.
#[must_use]
pub fn alarm_state(world: &World, name: &str) -> AlarmState {
    world
        .alarms
        .get(name)
        .map(|(state, _)| *state)
        .unwrap_or_default()
}

/// What a behavior makes of the work of a rule.
enum Behaved {
    /// Nobody said anything, or whoever held it let go.
    Unsaid,
    /// It succeeds.
    Succeeds,
    /// It fails, with a message where there is one.
    Fails(Option<String>),
}

fn behaved(world: &World, subject: &Subject, drawn: u64) -> Behaved {
    match setting(world, subject).outcome {
        None | Some(Outcome::Hold | Outcome::Hang) => Behaved::Unsaid,
        Some(Outcome::Fail { message, .. }) => Behaved::Fails(message),
        Some(Outcome::Flaky { probability }) if unlucky(probability, drawn) => Behaved::Fails(None),
        Some(Outcome::Flaky { .. } | Outcome::Succeed) => Behaved::Succeeds,
    }
}

fn setting(world: &World, subject: &Subject) -> Behavior {
    behavior::of_rule(world, subject.names, subject.place, subject.declaration)
}

/// What keeps a rule from ending, by its behavior.
#[must_use]
pub fn held(world: &World, subject: &Subject) -> Option<Outcome> {
    let outcome = setting(world, subject).outcome?;
    (!outcome.ends_by_itself()).then_some(outcome)
}

/// Ends a rule, and its condition with it where that is decided (CO-6, CO-8, CO-9).
fn end(decision: &mut Decision, id: RuleExecutionId, status: RuleExecutionStatus, ending: Ending) {
    let running = decision
        .execution(id.execution)
        .rules
        .get(id.ordinal as usize)
        .filter(|run| run.running())
        .map(|run| run.condition);
    let Some(condition) = running else { return };
    decision.record(Event::RuleEnded {
        execution: id.execution,
        ordinal: id.ordinal,
        status,
        ending: ending.shared(),
    });
    judge(decision, id.execution, condition);
}

fn judge(decision: &mut Decision, id: ExecutionId, condition: u32) {
    let execution = decision.execution(id);
    let failed = execution
        .rules_of(condition)
        .find(|(_, run)| run.status == RuleExecutionStatus::Failed);
    let (status, reason) = if let Some((_, run)) = failed {
        // CO-9: a rule that could not run is not a rule that said no.
        let errored = run
            .ending
            .error
            .as_ref()
            .is_some_and(|error| error.code == FailureType::ConfigurationError);
        let status = if errored {
            ConditionExecutionStatus::Errored
        } else {
            ConditionExecutionStatus::Failed
        };
        (status, Reason::RuleFailed { rule: run.rule })
    } else if execution.rules_of(condition).any(|(_, run)| run.running()) {
        return;
    } else {
        (
            ConditionExecutionStatus::Succeeded,
            Reason::AllRulesSucceeded,
        )
    };
    end_condition(decision, id, condition, status, reason);
}

/// Ends a condition; rules that still run are abandoned (CO-8).
fn end_condition(
    decision: &mut Decision,
    id: ExecutionId,
    condition: u32,
    status: ConditionExecutionStatus,
    reason: Reason,
) {
    let running: Vec<u32> = decision
        .execution(id)
        .rules_of(condition)
        .filter(|(_, run)| run.running())
        .map(|(ordinal, _)| ordinal)
        .collect();
    for ordinal in running {
        decision.record(Event::RuleEnded {
            execution: id,
            ordinal,
            status: RuleExecutionStatus::Abandoned,
            ending: Ending::plain(),
        });
    }
    decision.record(Event::ConditionEnded {
        execution: id,
        condition,
        status,
        reason,
    });
}

/// SP-12, UP-14: a condition that is being evaluated, if there is one, is cut off.
pub fn cut_off(
    decision: &mut Decision,
    id: ExecutionId,
    status: ConditionExecutionStatus,
    reason: Reason,
) {
    if let Some((condition, _)) = decision.execution(id).running_condition() {
        end_condition(decision, id, condition, status, reason);
    }
}

/// CO-28, CO-29: the execution goes on past a condition: one that is being evaluated, or one that failed it.
pub fn override_condition(decision: &mut Decision, id: ExecutionId, stage: u16, condition: u32) {
    let failed = !decision.execution(id).active();
    if failed {
        decision.record(Event::ExecutionResumed {
            execution: id,
            stage,
        });
    }
    end_condition(
        decision,
        id,
        condition,
        ConditionExecutionStatus::Overridden,
        Reason::Overridden { failed },
    );
    stage::go_on(decision, id, stage);
}

/// The rules under way.
#[must_use]
pub fn running(world: &World) -> Vec<RuleExecutionId> {
    let mut running = vec![];
    for pipeline in world.pipelines.values() {
        let executions = pipeline.executions.values();
        for execution in executions.filter(|execution| execution.active()) {
            let Some((condition, _)) = execution.running_condition() else {
                continue;
            };
            let id = ExecutionId {
                pipeline: pipeline.id,
                number: execution.number,
            };
            let rules = execution.rules_of(condition);
            running.extend(rules.filter(|(_, run)| run.running()).map(|(ordinal, _)| {
                RuleExecutionId {
                    execution: id,
                    ordinal,
                }
            }));
        }
    }
    running
}

/// CO-21: an alarm is in another state; the rules that watch it look.
pub fn alarm_changed(decision: &mut Decision, name: &str) {
    let watching: Vec<RuleExecutionId> = running(decision)
        .into_iter()
        .filter(|id| {
            with_rule(decision, *id, |run, subject| {
                run.watching
                    && subject.kind == Some(RuleKind::CloudWatchAlarm)
                    && subject.configuration.get("AlarmName").map(String::as_str) == Some(name)
            }) == Some(true)
        })
        .collect();
    for id in watching {
        look(decision, id);
        go_on(decision, id.execution);
    }
}

/// The rules under way that a behavior keeps from ending.
#[must_use]
pub fn waiting(world: &World) -> Vec<RuleExecutionId> {
    let mut waiting = running(world);
    waiting.retain(|id| {
        with_rule(world, *id, |_, subject| held(world, subject).is_some()) == Some(true)
    });
    waiting
}

/// A behavior was changed: rules under way that it now holds wait for their timeout, and those that were waiting before
/// and no longer are end as it says.
pub fn behavior_changed(decision: &mut Decision, waited: &[RuleExecutionId]) {
    for id in running(decision) {
        let found = with_rule(decision, id, |run, subject| {
            let held = held(decision, subject).is_some();
            (
                held,
                run.deadline,
                given_up(subject.declaration, run.started),
            )
        });
        let Some((held, deadline, given_up)) = found else {
            continue;
        };
        let ends = deadline.is_some_and(|deadline| deadline.kind == DeadlineKind::Completion);
        if held && ends {
            decision.record(Event::RuleReplanned {
                execution: id.execution,
                ordinal: id.ordinal,
                deadline: given_up,
                watching: false,
            });
        } else if !held && waited.contains(&id) {
            look(decision, id);
            go_on(decision, id.execution);
        }
    }
}
