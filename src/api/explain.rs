//! `explain`: why an execution is where it is, with names. The engine's answer, translated; nothing is decided here.

use crate::{
    engine::{
        declaration::ConditionPlace,
        explain::{
            Cause, End, Explanation, Refusal, Risk, RuleWork, Situation, Standing, Stay, explain,
        },
        ids::{ActionExecutionId, ExecutionId, JobId, Kind, RuleExecutionId},
        rules::{conditions, jobs, start::MOST_CONCURRENT},
        sentences::sentence,
        time::Instant,
        world::{
            World,
            execution::{DeadlineKind, Execution},
            pipeline::Pipeline,
            plan::Plan,
        },
    },
    json::{FromJson, ToJson},
    model::{ActionOwner, ApiError, ErrorCode, JobStatus},
};

/// Why an execution is where it is. Absent members do not apply.
#[derive(Clone, Debug, Default, PartialEq, ToJson)]
#[json(rename_all = "camelCase")]
pub struct Told {
    /// Where it is, in one word: `Inside`, `Lock`, `Gate`, `Superseded`, `Failed` …
    pub situation: &'static str,
    /// What keeps it inside a stage, in one word: `Working`, `Approval`, `Condition` …
    #[json(skip_serializing_if = "Option::is_none")]
    pub doing: Option<&'static str>,
    /// The stage that it is inside, in front of, or was last.
    #[json(skip_serializing_if = "Option::is_none")]
    pub stage_name: Option<String>,
    /// Since when, in milliseconds since 1970.
    pub since: f64,
    /// The id of the rule that decides …
    pub rule: &'static str,
    /// … and what it says.
    pub sentence: &'static str,
    /// What brought it there.
    pub causes: Vec<ToldCause>,
    /// What would end it, the nearest first.
    pub ends: Vec<ToldEnd>,
    /// What can still go wrong.
    pub risks: Vec<ToldRisk>,
}

/// Something that brought an execution where it is.
#[derive(Clone, Debug, Default, PartialEq, ToJson)]
#[json(rename_all = "camelCase")]
pub struct ToldCause {
    /// In one word: `Execution`, `Transition`, `Action`, `Rule`, `Version`, `Limit`, `Variable`, `Stop`.
    pub kind: &'static str,
    /// The execution.
    #[json(skip_serializing_if = "Option::is_none")]
    pub pipeline_execution_id: Option<String>,
    /// The stage.
    #[json(skip_serializing_if = "Option::is_none")]
    pub stage_name: Option<String>,
    /// The action.
    #[json(skip_serializing_if = "Option::is_none")]
    pub action_name: Option<String>,
    /// Which condition of the stage.
    #[json(skip_serializing_if = "Option::is_none")]
    pub condition: Option<&'static str>,
    /// The rule of the condition.
    #[json(skip_serializing_if = "Option::is_none")]
    pub rule_name: Option<String>,
    /// The alarm that the rule watches.
    #[json(skip_serializing_if = "Option::is_none")]
    pub alarm_name: Option<String>,
    /// Somebody's words, the message of an error, the name of a variable, the state of an alarm.
    #[json(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Who did it.
    #[json(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Since when, in milliseconds since 1970.
    #[json(skip_serializing_if = "Option::is_none")]
    pub since: Option<f64>,
    /// The version, the limit.
    #[json(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
}

/// Something that would end it.
#[derive(Clone, Debug, Default, PartialEq, ToJson)]
#[json(rename_all = "camelCase")]
pub struct ToldEnd {
    /// The operation or control with which somebody ends it; absent where time or another execution does.
    #[json(skip_serializing_if = "Option::is_none")]
    pub call: Option<&'static str>,
    /// What is ended, or who leaves.
    #[json(skip_serializing_if = "Option::is_none")]
    pub pipeline_execution_id: Option<String>,
    /// The stage.
    #[json(skip_serializing_if = "Option::is_none")]
    pub stage_name: Option<String>,
    /// The action.
    #[json(skip_serializing_if = "Option::is_none")]
    pub action_name: Option<String>,
    /// The action execution.
    #[json(skip_serializing_if = "Option::is_none")]
    pub action_execution_id: Option<String>,
    /// Which condition of the stage.
    #[json(skip_serializing_if = "Option::is_none")]
    pub condition: Option<&'static str>,
    /// The rule.
    #[json(skip_serializing_if = "Option::is_none")]
    pub rule_name: Option<String>,
    /// The rule execution.
    #[json(skip_serializing_if = "Option::is_none")]
    pub rule_execution_id: Option<String>,
    /// The job of the action, and how far it is.
    #[json(skip_serializing_if = "Option::is_none")]
    pub job_id: Option<String>,
    /// See above.
    #[json(skip_serializing_if = "Option::is_none")]
    pub job_status: Option<String>,
    /// When it ends by itself, in milliseconds since 1970.
    #[json(skip_serializing_if = "Option::is_none")]
    pub at: Option<f64>,
    /// Whether that is a timeout, and so a failure.
    #[json(skip_serializing_if = "std::ops::Not::not")]
    pub timeout: bool,
}

/// Something that can still go wrong.
#[derive(Clone, Debug, Default, PartialEq, ToJson)]
#[json(rename_all = "camelCase")]
pub struct ToldRisk {
    /// In one word: `Superseded`, `Timeout`, `Failure`, `Condition`, `Update`, `NoRetry`.
    pub kind: &'static str,
    /// The stage.
    #[json(skip_serializing_if = "Option::is_none")]
    pub stage_name: Option<String>,
    /// The action.
    #[json(skip_serializing_if = "Option::is_none")]
    pub action_name: Option<String>,
    /// What a condition does to the stage.
    #[json(skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
    /// When, in milliseconds since 1970.
    #[json(skip_serializing_if = "Option::is_none")]
    pub at: Option<f64>,
    /// How likely, from 0 to 1.
    #[json(skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
}

/// Which execution is asked about.
#[derive(Clone, Debug, FromJson)]
#[json(rename_all = "camelCase", deny_unknown_fields)]
pub struct Question {
    /// Its pipeline.
    pub pipeline_name: String,
    /// Its id.
    pub pipeline_execution_id: String,
}

impl Question {
    /// Answers.
    ///
    /// # Errors
    /// PipelineNotFoundException, PipelineExecutionNotFoundException.
    pub fn answer(&self, world: &World) -> Result<Told, ApiError> {
        let pipeline = world.pipeline_named(&self.pipeline_name).ok_or_else(|| {
            ApiError::new(
                ErrorCode::PipelineNotFoundException,
                format!("There is no pipeline '{}'", self.pipeline_name),
            )
        })?;
        let not_found = || {
            ApiError::new(
                ErrorCode::PipelineExecutionNotFoundException,
                format!(
                    "The pipeline '{}' does not have an execution with id '{}'",
                    self.pipeline_name, self.pipeline_execution_id
                ),
            )
        };
        let id = world
            .key()
            .parse_execution(&self.pipeline_execution_id)
            .filter(|id| id.pipeline == pipeline.id)
            .ok_or_else(not_found)?;
        let explanation = explain(world, id).ok_or_else(not_found)?;
        let execution = pipeline.execution(id.number).ok_or_else(not_found)?;
        let teller = Teller {
            world,
            pipeline,
            plan: pipeline.plan(execution.version),
            execution: &execution,
        };
        Ok(teller.tell(&explanation))
    }
}

/// An execution that still waits when no work is under way any more, and why.
#[derive(Clone, Debug, PartialEq, ToJson)]
#[json(rename_all = "camelCase")]
pub struct Waiting {
    /// Its pipeline.
    pub pipeline_name: String,
    /// Its id.
    pub pipeline_execution_id: String,
    /// Why it waits.
    #[json(flatten)]
    pub why: Told,
}

/// Everything that waits (design, idle): approvals, held actions, closed gates and windows, and whoever stands behind
/// them. In the order of pipelines' names, the oldest execution first.
#[must_use]
pub fn waiting(world: &World) -> Vec<Waiting> {
    let mut waiting = vec![];
    for pipeline in world.pipelines_by_name() {
        let executions = pipeline.executions.values();
        for execution in executions.filter(|execution| execution.active()) {
            let question = Question {
                pipeline_name: pipeline.name().to_owned(),
                pipeline_execution_id: world.key().execution(ExecutionId {
                    pipeline: pipeline.id,
                    number: execution.number,
                }),
            };
            if let Ok(why) = question.answer(world) {
                let Question {
                    pipeline_name,
                    pipeline_execution_id,
                } = question;
                waiting.push(Waiting {
                    pipeline_name,
                    pipeline_execution_id,
                    why,
                });
            }
        }
    }
    waiting
}

#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds until the year 9999 fit into 53 bits"
)]
fn milliseconds(at: Instant) -> f64 {
    at.0 as f64
}

struct Teller<'a> {
    world: &'a World,
    pipeline: &'a Pipeline,
    plan: &'a Plan,
    execution: &'a Execution,
}

impl Teller<'_> {
    fn tell(&self, explanation: &Explanation) -> Told {
        let (situation, stage, holder) = place(&explanation.situation);
        let mut causes = self.causes(&explanation.situation);
        causes.extend(holder.into_iter().flat_map(|stay| self.doing(stay)));
        let inside = match &explanation.situation {
            Situation::Inside(stay) => Some(standing(&stay.standing)),
            _ => None,
        };
        Told {
            situation,
            doing: inside,
            stage_name: stage.map(|stage| self.plan.stage(stage).name.clone()),
            since: milliseconds(explanation.since),
            rule: explanation.rule,
            sentence: sentence(explanation.rule).unwrap_or_default(),
            causes,
            ends: explanation.ends.iter().map(|end| self.end(*end)).collect(),
            risks: explanation
                .risks
                .iter()
                .map(|risk| self.risk(risk))
                .collect(),
        }
    }

    fn id(&self, number: u32) -> ExecutionId {
        ExecutionId {
            pipeline: self.pipeline.id,
            number,
        }
    }

    fn uuid(&self, number: u32) -> Option<String> {
        Some(self.world.key().execution(self.id(number)))
    }

    fn stage(&self, stage: u16) -> Option<String> {
        Some(self.plan.stage(stage).name.clone())
    }

    fn other(&self, number: u32) -> ToldCause {
        ToldCause {
            kind: "Execution",
            pipeline_execution_id: self.uuid(number),
            ..ToldCause::default()
        }
    }

    fn causes(&self, situation: &Situation) -> Vec<ToldCause> {
        let gate = |stage: u16, gate: &crate::engine::explain::ClosedGate| ToldCause {
            kind: "Transition",
            stage_name: self.stage(stage),
            text: Some(gate.reason.to_string()),
            by: gate.by.as_ref().map(ToString::to_string),
            since: gate.since.map(milliseconds),
            ..ToldCause::default()
        };
        let stop = |words: Option<&str>| ToldCause {
            kind: "Stop",
            text: words.map(str::to_owned),
            ..ToldCause::default()
        };
        match situation {
            Situation::Inside(stay) => self.doing(stay),
            Situation::Lock { holder, .. } => vec![self.other(holder.execution)],
            Situation::Gate {
                stage,
                gate: closed,
            } => vec![gate(*stage, closed)],
            Situation::GateAndLock {
                stage,
                gate: closed,
                holder,
            } => vec![gate(*stage, closed), self.other(holder.execution)],
            Situation::InLine {
                stage,
                ahead,
                gate: closed,
                holder,
            } => {
                let ahead = ahead.iter().map(|number| self.other(*number));
                let holder = holder.iter().map(|holder| self.other(holder.execution));
                let closed = closed.iter().map(|closed| gate(*stage, closed));
                ahead.chain(holder).chain(closed).collect()
            }
            Situation::Superseded { by, .. } => vec![self.other(*by)],
            Situation::Failed {
                stage,
                failure,
                rolled_back_by,
                followed_by,
            } => {
                let followers = rolled_back_by.or(*followed_by);
                let cause = failure.iter().map(|cause| self.cause(*stage, cause));
                let others = followers.into_iter().map(|number| self.other(number));
                cause.chain(others).collect()
            }
            Situation::Refused(Refusal::TooManyExecutions) => vec![ToldCause {
                kind: "Limit",
                number: Some(MOST_CONCURRENT),
                ..ToldCause::default()
            }],
            Situation::Refused(Refusal::VariableMissing { name }) => vec![ToldCause {
                kind: "Variable",
                text: Some(name.clone()),
                ..ToldCause::default()
            }],
            Situation::Stopped { reason, .. } => vec![stop(reason.as_deref())],
            Situation::Cancelled { version, .. } => vec![version_saved(*version)],
            Situation::RolledBack { target, .. } => vec![self.other(*target)],
            Situation::Inert { .. }
            | Situation::Passing { .. }
            | Situation::Succeeded
            | Situation::Unrecorded { .. } => vec![],
        }
    }

    fn cause(&self, stage: u16, cause: &Cause) -> ToldCause {
        match cause {
            Cause::Action(failure) => ToldCause {
                kind: "Action",
                stage_name: self.stage(stage),
                action_name: Some(self.plan.action(stage, failure.action).name.clone()),
                text: Some(failure.message.clone()).filter(|text| !text.is_empty()),
                since: Some(milliseconds(failure.at)),
                ..ToldCause::default()
            },
            Cause::Condition {
                place,
                rule,
                message,
            } => ToldCause {
                kind: "Rule",
                stage_name: self.stage(stage),
                condition: Some(place.member()),
                rule_name: rule.and_then(|rule| self.rule_name(stage, *place, rule)),
                text: Some(message.clone()).filter(|text| !text.is_empty()),
                ..ToldCause::default()
            },
        }
    }

    fn rule_name(&self, stage: u16, place: ConditionPlace, rule: u16) -> Option<String> {
        Some(self.plan.rule(stage, place, rule)?.name.clone())
    }

    /// What an execution inside a stage is doing. One of another version is told by the names of its own.
    fn doing(&self, stay: &Stay) -> Vec<ToldCause> {
        let Some(execution) = self.pipeline.executions.get(&stay.execution) else {
            return vec![];
        };
        let plan = self.pipeline.plan(execution.version);
        let stage_name = Some(plan.stage(stay.stage).name.clone());
        let mut causes: Vec<ToldCause> = stay
            .under_way
            .iter()
            .map(|action| ToldCause {
                kind: "Action",
                pipeline_execution_id: self.uuid(stay.execution),
                stage_name: stage_name.clone(),
                action_name: Some(plan.action(stay.stage, action.action).name.clone()),
                since: Some(milliseconds(action.started)),
                ..ToldCause::default()
            })
            .collect();
        if let Standing::Asked(asked) = &stay.standing {
            causes.extend(stay.rules.iter().map(|rule| {
                let alarm = match &rule.work {
                    RuleWork::Alarm { name, state } => Some((name.clone(), (*state).to_owned())),
                    _ => None,
                };
                let (alarm_name, text) = alarm.unzip();
                ToldCause {
                    kind: "Rule",
                    pipeline_execution_id: self.uuid(stay.execution),
                    stage_name: stage_name.clone(),
                    condition: Some(asked.place.member()),
                    rule_name: plan
                        .rule(stay.stage, asked.place, rule.rule)
                        .map(|rule| rule.name.clone()),
                    alarm_name,
                    text,
                    since: Some(milliseconds(rule.started)),
                    ..ToldCause::default()
                }
            }));
        }
        match &stay.standing {
            Standing::Cancelling { version, .. } => causes.push(version_saved(*version)),
            Standing::Failing(failure) => {
                causes.push(self.cause(stay.stage, &Cause::Action(failure.clone())));
            }
            Standing::Stopping { reason } => causes.push(ToldCause {
                kind: "Stop",
                text: reason.as_ref().map(ToString::to_string),
                ..ToldCause::default()
            }),
            _ => {}
        }
        causes
    }

    /// The names of an action execution of this pipeline.
    fn action(&self, number: u32, ordinal: u32) -> ToldEnd {
        let found = self.pipeline.executions.get(&number);
        let names = found.and_then(|execution| {
            let record = execution.actions.get(ordinal as usize)?;
            let plan = self.pipeline.plan(execution.version);
            let stage = plan.stage(record.stage).name.clone();
            Some((stage, plan.action(record.stage, record.action).name.clone()))
        });
        let (stage_name, action_name) = names.unzip();
        let id = ActionExecutionId {
            execution: self.id(number),
            ordinal,
        };
        ToldEnd {
            pipeline_execution_id: self.uuid(number),
            stage_name,
            action_name,
            action_execution_id: Some(self.world.key().uuid(Kind::ActionExecution, id)),
            ..ToldEnd::default()
        }
    }

    /// The names of a rule execution of this pipeline.
    fn rule(&self, number: u32, ordinal: u32) -> ToldEnd {
        let found = self.pipeline.executions.get(&number);
        let names = found.and_then(|execution| {
            let run = execution.rules.get(ordinal as usize)?;
            let plan = self.pipeline.plan(execution.version);
            let subject = conditions::subject(plan, execution, run)?;
            Some((
                subject.names.1.to_owned(),
                subject.place.member(),
                subject.declaration.name.clone(),
            ))
        });
        let id = RuleExecutionId {
            execution: self.id(number),
            ordinal,
        };
        let told = ToldEnd {
            pipeline_execution_id: self.uuid(number),
            rule_execution_id: Some(self.world.key().rule(id)),
            ..ToldEnd::default()
        };
        match names {
            Some((stage, condition, rule)) => ToldEnd {
                stage_name: Some(stage),
                condition: Some(condition),
                rule_name: Some(rule),
                ..told
            },
            None => told,
        }
    }

    /// What a worker does next about the job of an action.
    fn worker(&self, number: u32, ordinal: u32) -> ToldEnd {
        let told = self.action(number, ordinal);
        let open = self
            .pipeline
            .executions
            .get(&number)
            .and_then(|execution| execution.open_job(ordinal));
        let Some((job, status)) = open.map(|(job, record)| (job, record.status)) else {
            return ToldEnd {
                call: Some("completeAction"),
                ..told
            };
        };
        let id = JobId {
            execution: self.id(number),
            ordinal: job,
        };
        let partner = jobs::action_type(self.world, id)
            .is_some_and(|action_type| action_type.owner == ActionOwner::ThirdParty);
        let call = match (status, partner) {
            (JobStatus::Dispatched, false) => "AcknowledgeJob",
            (JobStatus::Dispatched, true) => "AcknowledgeThirdPartyJob",
            (JobStatus::InProgress, false) => "PutJobSuccessResult",
            (JobStatus::InProgress, true) => "PutThirdPartyJobSuccessResult",
            (_, false) => "PollForJobs",
            (_, true) => "PollForThirdPartyJobs",
        };
        ToldEnd {
            call: Some(call),
            job_id: Some(self.world.key().job(id)),
            job_status: Some(status.to_string()),
            ..told
        }
    }

    fn end(&self, end: End) -> ToldEnd {
        let called = |told: ToldEnd, call: &'static str| ToldEnd {
            call: Some(call),
            ..told
        };
        match end {
            End::Deadline {
                execution,
                ordinal,
                deadline,
            } => ToldEnd {
                at: Some(milliseconds(deadline.at)),
                timeout: deadline.kind == DeadlineKind::Timeout,
                ..self.action(execution, ordinal)
            },
            End::Answer { execution, ordinal } => {
                called(self.action(execution, ordinal), "PutApprovalResult")
            }
            End::Decision { execution, ordinal } => {
                called(self.action(execution, ordinal), "completeAction")
            }
            End::Worker { execution, ordinal } => self.worker(execution, ordinal),
            End::Rule {
                execution,
                ordinal,
                deadline,
            } => ToldEnd {
                at: Some(milliseconds(deadline.at)),
                timeout: deadline.kind == DeadlineKind::Timeout,
                ..self.rule(execution, ordinal)
            },
            End::Alarm { execution, ordinal } => called(self.rule(execution, ordinal), "setAlarm"),
            End::RuleBehavior { execution, ordinal } => {
                called(self.rule(execution, ordinal), "setBehavior")
            }
            End::Override {
                execution,
                stage,
                place,
            } => ToldEnd {
                call: Some("OverrideStageCondition"),
                pipeline_execution_id: self.uuid(execution),
                // Whoever is held to it knows the stage by its own version.
                stage_name: self
                    .pipeline
                    .executions
                    .get(&execution)
                    .map(|held| self.pipeline.plan(held.version).stage(stage).name.clone()),
                condition: Some(place.member()),
                ..ToldEnd::default()
            },
            End::Leaves { execution, stage } => ToldEnd {
                pipeline_execution_id: self.uuid(execution),
                stage_name: self.stage(stage),
                ..ToldEnd::default()
            },
            End::GateOpens { stage } => ToldEnd {
                call: Some("EnableStageTransition"),
                stage_name: self.stage(stage),
                ..ToldEnd::default()
            },
        }
    }

    fn risk(&self, risk: &Risk) -> ToldRisk {
        let action = |ordinal: u32| self.action(self.execution.number, ordinal).action_name;
        let none = ToldRisk::default();
        match risk {
            Risk::Superseded { stage } => ToldRisk {
                kind: "Superseded",
                stage_name: self.stage(*stage),
                ..none
            },
            Risk::TimesOut { ordinal, at } => ToldRisk {
                kind: "Timeout",
                action_name: action(*ordinal),
                at: Some(milliseconds(*at)),
                ..none
            },
            Risk::Fails {
                ordinal,
                probability,
            } => ToldRisk {
                kind: "Failure",
                action_name: action(*ordinal),
                probability: Some(*probability),
                ..none
            },
            Risk::Condition { result, .. } => ToldRisk {
                kind: "Condition",
                result: Some(result.to_string()),
                ..none
            },
            Risk::FailsAtTheEnd => ToldRisk {
                kind: "Failure",
                probability: Some(1.0),
                ..none
            },
            Risk::Update => ToldRisk {
                kind: "Update",
                ..none
            },
            Risk::NoRetry { stage } => ToldRisk {
                kind: "NoRetry",
                stage_name: self.stage(*stage),
                ..none
            },
        }
    }
}

fn version_saved(version: u32) -> ToldCause {
    ToldCause {
        kind: "Version",
        number: Some(version),
        ..ToldCause::default()
    }
}

/// The word for a situation, the stage that it is about, and who holds that.
fn place(situation: &Situation) -> (&'static str, Option<u16>, Option<&Stay>) {
    match situation {
        Situation::Inside(stay) => ("Inside", Some(stay.stage), None),
        Situation::Lock { stage, holder } => ("Lock", Some(*stage), Some(holder)),
        Situation::Gate { stage, .. } => ("Gate", Some(*stage), None),
        Situation::GateAndLock { stage, holder, .. } => ("GateAndLock", Some(*stage), Some(holder)),
        Situation::InLine { stage, holder, .. } => ("InLine", Some(*stage), holder.as_ref()),
        Situation::Inert { stage } => ("Inert", Some(*stage), None),
        Situation::Passing { stage } => ("Passing", Some(*stage), None),
        Situation::Superseded { boundary, .. } => {
            ("Superseded", boundary.map(|(stage, _)| stage), None)
        }
        Situation::Failed { stage, .. } => ("Failed", Some(*stage), None),
        Situation::Refused(_) => ("Refused", None, None),
        Situation::Stopped { left, .. } => ("Stopped", left.stage(), None),
        Situation::Cancelled { left, .. } => ("Cancelled", left.stage(), None),
        Situation::Succeeded => ("Succeeded", None, None),
        Situation::RolledBack { stage, .. } => ("RolledBack", Some(*stage), None),
        Situation::Unrecorded { .. } => ("Ended", None, None),
    }
}

/// The word for what keeps an execution inside.
fn standing(standing: &Standing) -> &'static str {
    match standing {
        Standing::Working => "Working",
        Standing::Approval(_) => "Approval",
        Standing::Held(_) => "Held",
        Standing::Hanging(_) => "Hanging",
        Standing::Worker(_) => "Worker",
        Standing::Asked(_) => "Condition",
        Standing::Failing(_) => "Failing",
        Standing::Limit { .. } => "Limit",
        Standing::Stopping { .. } => "Stopping",
        Standing::Cancelling { .. } => "Cancelling",
    }
}
