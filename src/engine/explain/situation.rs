//! The answer's shapes. Stages and actions are indices into the declaration of the version that the execution
//! *they are said of* is bound to; executions are numbers of the same pipeline.

use std::rc::Rc;

use crate::{
    engine::{
        declaration::ConditionPlace,
        ids::{ExecutionId, JobId},
        time::Instant,
        world::execution::{Deadline, DeadlineKind},
    },
    model::{ConditionResult, FailureType, JobStatus, PipelineExecutionStatus},
};

/// Why an execution is where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Who.
    pub execution: ExecutionId,
    /// Where it is, and what keeps it there.
    pub situation: Situation,
    /// Since when.
    pub since: Instant,
    /// The id of the rule that decides.
    pub rule: &'static str,
    /// What would end it, the nearest first; empty when it is over.
    pub ends: Vec<End>,
    /// What can still go wrong, the likeliest first.
    pub risks: Vec<Risk>,
}

/// Where an execution is, and what keeps it there.
#[derive(Clone, Debug, PartialEq)]
pub enum Situation {
    /// Inside a stage.
    Inside(Stay),
    /// MO-2: next to enter, and the stage is held by another.
    Lock {
        /// The stage in front of which it waits.
        stage: u16,
        /// Who holds it, doing what.
        holder: Stay,
    },
    /// TR-3: next to enter, and the inbound transition is disabled.
    Gate {
        /// The stage in front of which it waits.
        stage: u16,
        /// The transition.
        gate: ClosedGate,
    },
    /// TR-8: the transition is disabled and the stage is held.
    GateAndLock {
        /// The stage in front of which it waits.
        stage: u16,
        /// The transition.
        gate: ClosedGate,
        /// Who holds the stage, doing what.
        holder: Stay,
    },
    /// TR-10: the transition was disabled for more than 30 days, so it will not go on.
    Inert {
        /// The stage in front of which it stands.
        stage: u16,
    },
    /// QU-1: others entered the queue before it.
    InLine {
        /// The stage in front of which it waits.
        stage: u16,
        /// Those ahead, the head of the queue first; never empty.
        ahead: Vec<u32>,
        /// The transition, if it is disabled as well.
        gate: Option<ClosedGate>,
        /// Who holds the stage, doing what.
        holder: Option<Stay>,
    },
    /// Nothing holds it: it enters in this very instant.
    Passing {
        /// The stage it enters.
        stage: u16,
    },
    /// SU-1: it lost its place in front of a stage to a newer one.
    Superseded {
        /// The newer one.
        by: u32,
        /// The stage, and since when it had waited there.
        boundary: Option<(u16, Instant)>,
    },
    /// LC-3: a stage failed.
    Failed {
        /// The stage.
        stage: u16,
        /// What failed there.
        failure: Option<Cause>,
        /// RB-14: the rollback that its failure started.
        rolled_back_by: Option<u32>,
        /// SU-6: who entered the stage since, so that it can no longer be retried.
        followed_by: Option<u32>,
    },
    /// QU-8, VA-7: an event started it, and it was not let in.
    Refused(Refusal),
    /// SP-2, SP-4: somebody stopped it.
    Stopped {
        /// Where it was.
        left: Left,
        /// Whether its running actions were abandoned.
        abandon: bool,
        /// The caller's words.
        reason: Option<Rc<str>>,
    },
    /// UP-3: the pipeline was updated.
    Cancelled {
        /// The version that replaced its own.
        version: u32,
        /// Where it was.
        left: Left,
    },
    /// LC-2: it went through all stages.
    Succeeded,
    /// RB-3: a rollback, whose one stage succeeded.
    RolledBack {
        /// The stage.
        stage: u16,
        /// The execution that it went back to.
        target: u32,
    },
    /// It ended and no reason was recorded for that.
    Unrecorded {
        /// How it ended.
        status: PipelineExecutionStatus,
    },
}

/// An execution inside a stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Stay {
    /// Who.
    pub execution: u32,
    /// The stage.
    pub stage: u16,
    /// Since when it is inside.
    pub entered: Instant,
    /// Its running actions, those first that wait for somebody.
    pub under_way: Vec<UnderWay>,
    /// The running rules of the condition that it is held to, those first that wait for somebody.
    pub rules: Vec<RuleUnderWay>,
    /// What keeps it inside.
    pub standing: Standing,
}

/// What keeps an execution inside a stage.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// ST-2: its actions run.
    Working,
    /// AP-7: an approval waits for a person.
    Approval(UnderWay),
    /// A behavior holds an action until a person decides it.
    Held(UnderWay),
    /// A behavior lets an action hang: only its timeout ends it (TO-1).
    Hanging(UnderWay),
    /// J-5: the work of an action is somebody's outside. Its job says how far that is.
    Worker(UnderWay),
    /// CO-10 to CO-12: a condition of the stage is being evaluated.
    Asked(Asked),
    /// ST-3, AP-10: an action has failed, and others of its group still run.
    Failing(Failure),
    /// PA-3: five actions run, and these of the same group have to wait.
    Limit {
        /// Actions that have not started.
        waiting: Vec<u16>,
    },
    /// SP-2: somebody stopped it; what runs is let finish.
    Stopping {
        /// The caller's words.
        reason: Option<Rc<str>>,
    },
    /// UP-3: the pipeline was updated; what runs is let finish.
    Cancelling {
        /// The version that replaced its own.
        version: u32,
        /// When that was saved.
        saved: Instant,
    },
}

/// A running action.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnderWay {
    /// Its number within the execution.
    pub ordinal: u32,
    /// Which action of the stage.
    pub action: u16,
    /// When it began.
    pub started: Instant,
    /// What goes on.
    pub work: Work,
    /// What ends it by itself.
    pub until: Option<Deadline>,
    /// Its job, where it has one that is not over.
    pub job: Option<JobUnderWay>,
}

/// A job that is not over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobUnderWay {
    /// Which.
    pub id: JobId,
    /// How far it is (J-3).
    pub status: JobStatus,
    /// Since when.
    pub since: Instant,
    /// When it can be had (again), or its simulated worker is done.
    pub until: Option<Instant>,
    /// Whether a worker of the simulator does the jobs of this type.
    pub attached: bool,
}

/// A condition that is being evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Which of the stage's.
    pub place: ConditionPlace,
    /// Since when.
    pub since: Instant,
    /// What happens to the stage when it fails; on failure, when it is met.
    pub result: Option<ConditionResult>,
    /// CO-28: whether a person may let the execution pass.
    pub overridable: bool,
}

/// A running rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleUnderWay {
    /// Its number within the execution.
    pub ordinal: u32,
    /// Which rule of the condition.
    pub rule: u16,
    /// When it began.
    pub started: Instant,
    /// What goes on.
    pub work: RuleWork,
    /// What ends it by itself, or makes it look.
    pub until: Option<Deadline>,
}

/// What a running rule does.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleWork {
    /// It is held until its behavior says something else.
    Held,
    /// It never answers, because a behavior says so.
    Hanging,
    /// CO-22: it waits for a closed window to open.
    Window,
    /// CO-21: it watches an alarm.
    Alarm {
        /// Its name.
        name: String,
        /// Its state now.
        state: &'static str,
    },
    /// It runs to its end, or to its first look.
    Running,
}

/// What made a stage fail.
#[derive(Clone, Debug, PartialEq)]
pub enum Cause {
    /// LC-12: an action.
    Action(Failure),
    /// CO-14, CO-17, CO-18: a condition of the stage.
    Condition {
        /// Which.
        place: ConditionPlace,
        /// Its first rule that failed.
        rule: Option<u16>,
        /// What the rule said; empty where there is none.
        message: String,
    },
}

/// What a running action does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    /// It waits for a person's answer (AP-2).
    Approval,
    /// It waits for a person's decision, because a behavior says so.
    Held,
    /// It waits for a worker (J-5).
    Worker,
    /// It never answers, because a behavior says so.
    Hanging,
    /// It runs to its end.
    Running,
}

/// An action that failed.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// Its number within the execution.
    pub ordinal: u32,
    /// Which action of the stage.
    pub action: u16,
    /// When.
    pub at: Instant,
    /// LC-22: the code; `None` where it was abandoned.
    pub code: Option<FailureType>,
    /// LC-22: the message; empty where there is none.
    pub message: String,
}

/// A disabled inbound transition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedGate {
    /// The words of whoever disabled it.
    pub reason: Rc<str>,
    /// The ARN of whoever disabled it.
    pub by: Option<Rc<str>>,
    /// When.
    pub since: Option<Instant>,
}

/// Why a start was recorded as failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// QU-8: as many executions as may be were active.
    TooManyExecutions,
    /// VA-7: a required pipeline variable had no value.
    VariableMissing {
        /// Its name.
        name: String,
    },
}

/// Where an execution was when it was taken off the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// In front of a stage.
    InFrontOf {
        /// The stage.
        stage: u16,
        /// Since when it had waited.
        since: Instant,
    },
    /// Inside a stage.
    Inside {
        /// The stage.
        stage: u16,
    },
    /// It stood nowhere.
    Nowhere,
}

/// Something that would end a situation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// A running action reaches its end, or its timeout.
    Deadline {
        /// Whose action.
        execution: u32,
        /// Which of its action executions.
        ordinal: u32,
        /// When, and which of both.
        deadline: Deadline,
    },
    /// A person answers an approval (AP-4).
    Answer {
        /// Whose action.
        execution: u32,
        /// Which of its action executions.
        ordinal: u32,
    },
    /// A person decides a held action.
    Decision {
        /// Whose action.
        execution: u32,
        /// Which of its action executions.
        ordinal: u32,
    },
    /// A worker does the work (J-5).
    Worker {
        /// Whose action.
        execution: u32,
        /// Which of its action executions.
        ordinal: u32,
    },
    /// A rule looks, ends or is given up.
    Rule {
        /// Whose rule.
        execution: u32,
        /// Which of its rule executions.
        ordinal: u32,
        /// When, and which of them.
        deadline: Deadline,
    },
    /// CO-21: somebody puts the alarm of a rule into another state.
    Alarm {
        /// Whose rule.
        execution: u32,
        /// Which of its rule executions.
        ordinal: u32,
    },
    /// Somebody changes the behavior of a held rule.
    RuleBehavior {
        /// Whose rule.
        execution: u32,
        /// Which of its rule executions.
        ordinal: u32,
    },
    /// CO-28: somebody overrides the condition.
    Override {
        /// Whose condition.
        execution: u32,
        /// Of which stage.
        stage: u16,
        /// Which of the stage's.
        place: ConditionPlace,
    },
    /// Another execution leaves the stage, or the place in front of it (MO-4).
    Leaves {
        /// Who.
        execution: u32,
        /// Which stage, as the execution that waits knows it.
        stage: u16,
    },
    /// The inbound transition is enabled.
    GateOpens {
        /// Of which stage.
        stage: u16,
    },
}

/// Something that can still go wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Risk {
    /// SU-1: a newer execution gets to the same boundary first.
    Superseded {
        /// The stage in front of which that would happen.
        stage: u16,
    },
    /// AP-7, TO-1: nobody does anything about an action until its timeout, and it fails.
    TimesOut {
        /// Which of the action executions.
        ordinal: u32,
        /// When.
        at: Instant,
    },
    /// A behavior makes an action fail when it ends.
    Fails {
        /// Which of the action executions.
        ordinal: u32,
        /// How likely, from 0 to 1.
        probability: f64,
    },
    /// CO-14 to CO-19: the condition does not let it pass, and this happens to the stage.
    Condition {
        /// Which of the stage's.
        place: ConditionPlace,
        /// What happens.
        result: ConditionResult,
    },
    /// LC-12: it fails as soon as the actions that still run have ended.
    FailsAtTheEnd,
    /// UP-3: an update of the pipeline cancels it.
    Update,
    /// SU-6: a newer execution enters the stage, and this one cannot be retried any more.
    NoRetry {
        /// The stage.
        stage: u16,
    },
}

impl Left {
    /// The stage that it was inside or in front of.
    #[must_use]
    pub fn stage(self) -> Option<u16> {
        match self {
            Self::InFrontOf { stage, .. } | Self::Inside { stage } => Some(stage),
            Self::Nowhere => None,
        }
    }
}

impl Stay {
    /// Since when things are as they are.
    #[must_use]
    pub fn since(&self) -> Instant {
        match &self.standing {
            Standing::Working | Standing::Limit { .. } | Standing::Stopping { .. } => self.entered,
            Standing::Approval(action)
            | Standing::Held(action)
            | Standing::Hanging(action)
            | Standing::Worker(action) => action.started,
            Standing::Asked(asked) => asked.since,
            Standing::Failing(failure) => failure.at,
            Standing::Cancelling { saved, .. } => *saved,
        }
    }

    /// The id of the rule that keeps it inside.
    #[must_use]
    pub fn rule(&self) -> &'static str {
        match &self.standing {
            Standing::Working => "ST-2",
            Standing::Approval(_) => "AP-7",
            Standing::Held(_) | Standing::Hanging(_) => "TO-1",
            Standing::Worker(action) => match action.job.map(|job| job.status) {
                Some(JobStatus::Created) => "J-31",
                Some(JobStatus::Dispatched) => "J-13",
                Some(JobStatus::InProgress) => "J-17",
                _ => "J-5",
            },
            Standing::Asked(asked) => match asked.place {
                ConditionPlace::BeforeEntry => "CO-10",
                ConditionPlace::OnSuccess => "CO-11",
                ConditionPlace::OnFailure => "CO-12",
            },
            Standing::Failing(_)
                if self
                    .under_way
                    .iter()
                    .any(|action| action.work == Work::Approval) =>
            {
                "AP-10"
            }
            Standing::Failing(_) => "ST-3",
            Standing::Limit { .. } => "PA-3",
            Standing::Stopping { .. } => "SP-2",
            Standing::Cancelling { .. } => "UP-3",
        }
    }

    /// What would let it go on: for each running action and rule, whoever may end it and when it ends by itself.
    #[must_use]
    pub fn ends(&self) -> Vec<End> {
        let execution = self.execution;
        let mut ends = Vec::with_capacity(2 * self.under_way.len());
        for UnderWay {
            ordinal,
            work,
            until,
            ..
        } in self.under_way.iter().copied()
        {
            match work {
                Work::Approval => ends.push(End::Answer { execution, ordinal }),
                Work::Held => ends.push(End::Decision { execution, ordinal }),
                Work::Worker => ends.push(End::Worker { execution, ordinal }),
                Work::Hanging | Work::Running => {}
            }
            if let Some(deadline) = until {
                ends.push(End::Deadline {
                    execution,
                    ordinal,
                    deadline,
                });
            }
        }
        for rule in &self.rules {
            let ordinal = rule.ordinal;
            match rule.work {
                RuleWork::Held => ends.push(End::RuleBehavior { execution, ordinal }),
                RuleWork::Alarm { .. } => ends.push(End::Alarm { execution, ordinal }),
                RuleWork::Hanging | RuleWork::Window | RuleWork::Running => {}
            }
            if let Some(deadline) = rule.until {
                ends.push(End::Rule {
                    execution,
                    ordinal,
                    deadline,
                });
            }
        }
        if let Standing::Asked(Asked {
            place,
            overridable: true,
            ..
        }) = self.standing
        {
            ends.push(End::Override {
                execution,
                stage: self.stage,
                place,
            });
        }
        ends
    }
}

impl UnderWay {
    /// When it fails if nobody does anything.
    #[must_use]
    pub fn timeout(&self) -> Option<Instant> {
        self.until
            .filter(|deadline| deadline.kind == DeadlineKind::Timeout)
            .map(|deadline| deadline.at)
    }

    /// When its work is done.
    #[must_use]
    pub fn completion(&self) -> Option<Instant> {
        self.until
            .filter(|deadline| deadline.kind == DeadlineKind::Completion)
            .map(|deadline| deadline.at)
    }
}
