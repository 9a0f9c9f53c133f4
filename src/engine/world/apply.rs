//! Facts become the case. Nothing here asks whether something may happen: that was decided before the fact was
//! recorded. A fact that does not fit the world is a bug (or a damaged journal) and panics.

mod conditions;
mod jobs;
mod settings;

use std::{
    collections::{BTreeMap, VecDeque},
    rc::Rc,
};

use super::{
    Due, HistoryOption, World,
    execution::{
        ActionExecution, Deadline, DeadlineKind, Ending, Execution, Interruption, Position,
        Retries, StageRun, Stop,
    },
    history::History,
    life,
    pipeline::{Pipeline, StageState, Version},
    plan::Plan,
    watch::{Poll, Schedule, Watch},
};
use crate::{
    engine::{
        behavior::Scope,
        fact::{Event, Fact, Start},
        ids::{ActionExecutionId, ExecutionId, MAX_EXECUTIONS, MAX_PIPELINES, PipelineId},
        invariants::{MOST, execution_fits},
        time::Instant,
    },
    model::{
        ActionExecutionStatus, ExecutionMode, PipelineDeclaration, PipelineExecutionStatus,
        RetryTrigger, StageExecutionStatus,
    },
};

impl World {
    /// Makes a fact the case.
    ///
    /// # Panics
    /// When the fact does not belong to this world: its number is not the next, or it names what does not exist.
    pub fn apply(&mut self, fact: &Fact) {
        assert_eq!(
            fact.sequence,
            self.sequence + 1,
            "facts come in order, without gaps"
        );
        #[cfg(debug_assertions)]
        if let Some(pipeline) = fact.event.pipeline().and_then(|id| self.pipelines.get(&id)) {
            let checked = life::check(pipeline, &fact.event);
            assert!(checked.is_ok(), "{}: {checked:?}", pipeline.name());
        }
        self.sequence = fact.sequence;
        self.now = self.now.max(fact.at);
        let at = fact.at;
        match &fact.event {
            Event::PipelineCreated {
                pipeline,
                declaration,
                tags,
            } => {
                self.create_pipeline(*pipeline, declaration, at);
                self.pipeline_mut(*pipeline).tags.clone_from(tags);
            }
            Event::PipelineUpdated {
                pipeline,
                declaration,
            } => {
                self.pipeline_mut(*pipeline).save_version(declaration, at);
            }
            Event::PipelineDeleted { pipeline, .. } => self.delete_pipeline(*pipeline),
            Event::ExecutionStarted(start) => {
                self.pipeline_mut(start.execution.pipeline).start(start, at)
            }
            Event::ExecutionWaits {
                execution,
                stage,
                reason,
            } => {
                let pipeline = self.pipeline_mut(execution.pipeline);
                let record = pipeline.record(execution.number);
                record.position = Position::Boundary {
                    stage: *stage,
                    since: at,
                    reason: Some(reason.clone()),
                    inert: false,
                };
                record.updated = at;
                let version = record.version;
                let Some(state) = pipeline.state_mut(version, *stage) else {
                    return;
                };
                let head = state.waiting.front().copied();
                state.waiting.push_back(execution.number);
                // TR-10: whoever arrives now brings the others along. All of a queue are left behind at once, so the
                // head tells for all.
                let left_behind = head
                    .and_then(|number| pipeline.executions.get(&number))
                    .is_some_and(|head| head.inert());
                if left_behind && let Some(state) = pipeline.state_mut(version, *stage) {
                    for number in state.waiting.clone() {
                        pipeline.mark_inert(number, false);
                    }
                }
            }
            Event::ExecutionCancelling { execution, version } => {
                self.pipeline_mut(execution.pipeline)
                    .record(execution.number)
                    .cancelled_by = Some(*version);
            }
            Event::ExecutionStopping {
                execution,
                abandon,
                reason,
                ..
            } => {
                let record = self
                    .pipeline_mut(execution.pipeline)
                    .record(execution.number);
                record.status = PipelineExecutionStatus::Stopping;
                record.updated = at;
                record.stop = Some(Stop {
                    abandon: *abandon,
                    reason: reason.clone(),
                });
                if record.inside().is_some()
                    && let Some(run) = record.stages.last_mut()
                {
                    run.status = StageExecutionStatus::Stopping;
                }
            }
            Event::StageRetried {
                execution,
                stage,
                trigger,
                dismissed,
                conditions,
            } => {
                let pipeline = self.pipeline_mut(execution.pipeline);
                let record = pipeline.record(execution.number);
                record.note_resumption(fact.sequence, at, *stage, dismissed);
                pipeline.dismiss(execution.number, dismissed, conditions);
                pipeline.resume(execution.number, *stage, at);
                if let Some(run) = pipeline.record(execution.number).stages.last_mut() {
                    run.retries.latest = Some(*trigger);
                    match trigger {
                        RetryTrigger::ManualStageRetry => run.retries.manual += 1,
                        RetryTrigger::AutomatedStageRetry => run.retries.automatic += 1,
                    }
                }
            }
            Event::ExecutionResumed { execution, stage } => {
                let pipeline = self.pipeline_mut(execution.pipeline);
                let record = pipeline.record(execution.number);
                record.note_resumption(fact.sequence, at, *stage, &[]);
                pipeline.resume(execution.number, *stage, at);
            }
            Event::ConditionStarted { .. }
            | Event::ConditionEnded { .. }
            | Event::RuleStarted { .. }
            | Event::RuleReplanned { .. }
            | Event::RuleEnded { .. } => self.apply_to_condition(fact),
            Event::JobCreated { .. }
            | Event::JobQueued { .. }
            | Event::JobDispatched { .. }
            | Event::JobStarted { .. }
            | Event::JobEnded { .. } => self.apply_to_job(fact),
            Event::WorkerAttached { .. }
            | Event::WorkerDetached { .. }
            | Event::WorkerPollPlanned { .. }
            | Event::WorkerPolled { .. }
            | Event::ClientTokenSet { .. } => self.apply_to_worker(fact),
            Event::AlarmSet { name, state } => {
                self.alarms.insert(Rc::clone(name), (*state, at));
            }
            Event::LambdaResultSet { function, result } => match result {
                Some(result) => {
                    self.lambda_results
                        .insert(Rc::clone(function), result.clone());
                }
                None => {
                    self.lambda_results.remove(function);
                }
            },
            Event::TransitionDisabled {
                pipeline,
                stage,
                reason,
                by,
            } => {
                if let Some(state) = self
                    .pipeline_mut(*pipeline)
                    .stages
                    .get_mut(usize::from(*stage))
                {
                    let since = state
                        .transition
                        .disabled
                        .as_ref()
                        .map_or(at, |(_, since)| *since);
                    state.transition.disabled = Some((Rc::clone(reason), since));
                    state.transition.changed = Some((Rc::clone(by), at));
                }
            }
            Event::TransitionEnabled {
                pipeline,
                stage,
                by,
                expired,
            } => {
                let pipeline = self.pipeline_mut(*pipeline);
                let Some(state) = pipeline.stages.get_mut(usize::from(*stage)) else {
                    return;
                };
                state.transition.disabled = None;
                state.transition.changed = Some((Rc::clone(by), at));
                if *expired {
                    for number in state.waiting.clone() {
                        pipeline.mark_inert(number, true);
                    }
                }
            }
            Event::ExecutionEnded {
                execution,
                status,
                reason,
            } => {
                self.pipeline_mut(execution.pipeline)
                    .end(execution.number, *status, reason, at);
            }
            Event::StageEntered { execution, stage } => {
                self.pipeline_mut(execution.pipeline)
                    .enter(execution.number, *stage, at);
            }
            Event::StageEnded {
                execution,
                stage,
                status,
                reason,
            } => {
                let pipeline = self.pipeline_mut(execution.pipeline);
                pipeline.leave(execution.number, *stage, *status, at);
                if let Some(run) = pipeline.record(execution.number).stages.last_mut() {
                    run.reason = Some(reason.clone());
                }
            }
            Event::ActionStarted {
                execution,
                stage,
                action,
                deadline,
                revision,
                resolved,
                targets,
                ..
            } => {
                let started = ActionExecution {
                    stage: *stage,
                    action: *action,
                    started: at,
                    updated: at,
                    status: ActionExecutionStatus::InProgress,
                    deadline: *deadline,
                    order: fact.sequence,
                    resolved: resolved.clone(),
                    found: revision.clone(),
                    targets: *targets,
                    ending: Ending::plain(),
                    progress: None,
                    dismissed: false,
                };
                let ordinal = self
                    .pipeline_mut(execution.pipeline)
                    .begin_action(execution.number, started);
                let due = Due::Action(ActionExecutionId {
                    execution: *execution,
                    ordinal,
                });
                self.schedule(due, *deadline, fact.sequence);
            }
            Event::ActionReplanned {
                execution,
                ordinal,
                deadline,
            } => {
                let id = ActionExecutionId {
                    execution: *execution,
                    ordinal: *ordinal,
                };
                let action = self.action_mut(id);
                let before = std::mem::replace(&mut action.deadline, *deadline);
                let order = std::mem::replace(&mut action.order, fact.sequence);
                self.unschedule(Due::Action(id), before, order);
                self.schedule(Due::Action(id), *deadline, fact.sequence);
            }
            Event::ActionEnded {
                execution,
                ordinal,
                status,
                ending,
            } => {
                let id = ActionExecutionId {
                    execution: *execution,
                    ordinal: *ordinal,
                };
                let action = self.action_mut(id);
                let deadline = action.deadline.take();
                let order = std::mem::take(&mut action.order);
                action.found = None;
                action.status = *status;
                action.updated = at;
                action.ending = Rc::clone(ending);
                self.unschedule(Due::Action(id), deadline, order);
                if !self.behaviors.is_empty() {
                    self.behaviors.remove(&Scope::Execution(id));
                }
            }
            Event::RevisionArrived { place, revision } => {
                self.sources.insert(place.clone(), Rc::clone(revision));
            }
            Event::PollPlanned {
                pipeline,
                at,
                action,
                place,
            } => {
                let watch = &mut self.pipeline_mut(*pipeline).watch;
                let planned = watch.poll.is_some();
                let poll = watch.poll.get_or_insert_with(|| Poll {
                    at: *at,
                    order: fact.sequence,
                    finds: BTreeMap::new(),
                });
                poll.finds.insert(action.to_string(), place.clone());
                if !planned {
                    let deadline = Deadline {
                        at: *at,
                        kind: DeadlineKind::Poll,
                    };
                    self.schedule(Due::Poll(*pipeline), Some(deadline), fact.sequence);
                }
            }
            Event::Polled { pipeline } => {
                if let Some(poll) = self.pipeline_mut(*pipeline).watch.poll.take() {
                    let deadline = Deadline {
                        at: poll.at,
                        kind: DeadlineKind::Poll,
                    };
                    self.unschedule(Due::Poll(*pipeline), Some(deadline), poll.order);
                }
            }
            Event::EventRuleSet { pipeline, enabled } => {
                self.pipeline_mut(*pipeline).watch.event_rule = *enabled;
            }
            Event::ScheduleSet { pipeline, schedule } => {
                let schedule = schedule.as_deref().map(|schedule| Schedule {
                    since: at,
                    order: fact.sequence,
                    ..schedule.clone()
                });
                self.reschedule(*pipeline, schedule);
            }
            Event::ScheduleFired { pipeline, next } => {
                let schedule = self.pipeline_mut(*pipeline).watch.schedule.clone();
                let schedule = schedule.map(|schedule| Schedule {
                    next: *next,
                    order: fact.sequence,
                    ..schedule
                });
                self.reschedule(*pipeline, schedule);
            }
            Event::RevisionReported {
                pipeline,
                action,
                id,
            } => {
                let reported = &mut self.pipeline_mut(*pipeline).watch.reported;
                let known = reported.entry(action.to_string()).or_default();
                known.insert(id.to_string());
            }
            Event::BehaviorSet { scope, behavior } => match behavior {
                Some(behavior) => {
                    self.behaviors.insert(scope.clone(), behavior.clone());
                }
                None => {
                    self.behaviors.remove(scope);
                }
            },
            Event::CustomActionTypeCreated { .. }
            | Event::CustomActionTypeDeleted { .. }
            | Event::ActionTypeUpdated { .. }
            | Event::WebhookPut { .. }
            | Event::WebhookDeleted { .. }
            | Event::WebhookRegistered { .. }
            | Event::WebhookDelivered { .. }
            | Event::TagsChanged { .. }
            | Event::FailureArranged { .. }
            | Event::FailureAnswered { .. } => self.apply_setting(fact),
            Event::ExecutionsArchived {
                pipeline,
                executions,
            } => self.archive(*pipeline, executions),
            Event::ExecutionRecalled { execution } => {
                self.pipeline_mut(execution.pipeline)
                    .recall(execution.number);
            }
            Event::HistoryDropped { pipeline, segments } => {
                self.pipeline_mut(*pipeline).drop_segments(segments);
                self.dropped.extend_from_slice(segments);
            }
        }
    }

    /// Whether a fact from outside (a journal, a world file) can be made the case here: [`World::apply`] trusts its
    /// facts, and a stranger's file must not bring it down.
    ///
    /// # Errors
    /// What the fact names that is not there.
    pub fn fits(&self, fact: &Fact) -> Result<(), String> {
        let wrong = |what: &str| Err(format!("fact {} {what}", fact.sequence));
        if fact.sequence != self.sequence + 1 {
            return wrong(&format!("follows fact {}", self.sequence));
        }
        if fact.at < Instant(0) || fact.at > Instant::LAST {
            return wrong("happens outside the calendar");
        }
        if let Err(problem) = settings::fits(self, &fact.event) {
            return wrong(problem);
        }
        let sound = |declaration: &PipelineDeclaration| {
            let stages = &declaration.stages;
            (1..=MOST).contains(&stages.len())
                && stages.iter().all(|stage| stage.actions.len() <= MOST)
        };
        let pipeline = match (&fact.event, fact.event.pipeline()) {
            (Event::PipelineCreated { declaration, .. }, Some(id)) => {
                if self.pipelines.contains_key(&id)
                    || self.pipeline_named(&declaration.name).is_some()
                {
                    return wrong("creates a pipeline that exists");
                }
                if !sound(declaration) || id.0 >= MAX_PIPELINES {
                    return wrong("creates a pipeline that cannot be");
                }
                return Ok(());
            }
            (event, None) => {
                return if self.fits_workers(event) {
                    Ok(())
                } else {
                    wrong("is about a worker that is not there")
                };
            }
            (_, Some(id)) => match self.pipelines.get(&id) {
                Some(pipeline) => pipeline,
                None => return wrong("names a pipeline that does not exist"),
            },
        };
        if let Event::ExecutionStarted(start) = &fact.event {
            let next = start.execution.number == pipeline.started + 1;
            let count = pipeline.current().plan.stage_count();
            let leads_back = start
                .rollback
                .as_ref()
                .is_none_or(|back| back.stage < count && back.target < start.execution.number);
            return if next && leads_back && start.execution.number < MAX_EXECUTIONS {
                Ok(())
            } else {
                wrong("starts an execution out of order")
            };
        }
        if let Err(step) = life::check(pipeline, &fact.event) {
            return wrong(&step);
        }
        if let Event::TransitionDisabled { stage, .. } | Event::TransitionEnabled { stage, .. } =
            &fact.event
            && usize::from(*stage) >= pipeline.stages.len()
        {
            return wrong("names a stage that does not exist");
        }
        if let Event::PipelineUpdated { declaration, .. } = &fact.event
            && (!sound(declaration) || declaration.name != pipeline.name())
        {
            return wrong("saves a version that cannot be");
        }
        if let Event::ExecutionsArchived { executions, .. } = &fact.event {
            let over = |number: &u32| {
                let record = pipeline.executions.get(number);
                record.is_some_and(|execution| !execution.active() && !pipeline.shows(*number))
            };
            let ascending = executions.windows(2).all(|pair| pair.first() < pair.get(1));
            return if ascending && executions.iter().all(over) {
                Ok(())
            } else {
                wrong("archives executions that are not over")
            };
        }
        if let Event::ExecutionRecalled { execution } = &fact.event {
            let past = pipeline.history.find(execution.number);
            let over = past.is_some_and(|past| {
                !pipeline.executions.contains_key(&execution.number)
                    && !past.active()
                    && !past.actions.iter().any(ActionExecution::running)
                    && past.running_condition().is_none()
                    && (1..=pipeline.version()).contains(&past.version)
                    && execution_fits(&past, pipeline.plan(past.version)).is_ok()
            });
            return if over {
                Ok(())
            } else {
                wrong("recalls an execution that is not history")
            };
        }
        if let Event::StageRetried {
            execution, stage, ..
        }
        | Event::ExecutionResumed { execution, stage } = &fact.event
        {
            let fits = pipeline
                .executions
                .get(&execution.number)
                .is_some_and(|record| {
                    record.stages.last().is_some_and(|run| run.stage == *stage)
                        && record.running_condition().is_none()
                });
            return if fits {
                Ok(())
            } else {
                wrong("goes on in a stage that was not entered")
            };
        }
        let Some(id) = fact.event.execution() else {
            return Ok(());
        };
        let Some(execution) = pipeline
            .executions
            .get(&id.number)
            .filter(|execution| execution.active())
        else {
            return wrong("names an execution that is not under way");
        };
        let plan = pipeline.plan(execution.version);
        match &fact.event {
            Event::ExecutionWaits { stage, .. } | Event::StageEntered { stage, .. }
                if *stage >= plan.stage_count() || execution.inside().is_some() =>
            {
                return wrong("names a stage that cannot be entered");
            }
            Event::StageEnded { stage, .. } if execution.inside() != Some(*stage) => {
                return wrong("ends a stage that was not entered");
            }
            Event::ActionStarted {
                stage,
                action,
                ordinal,
                ..
            } => {
                let known = plan
                    .stages
                    .get(usize::from(*stage))
                    .is_some_and(|stage| usize::from(*action) < stage.actions.len());
                let next = *ordinal as usize == execution.actions.len();
                if !known || !next || execution.inside() != Some(*stage) {
                    return wrong("starts an action that does not exist");
                }
            }
            Event::ActionEnded { ordinal, .. } | Event::ActionReplanned { ordinal, .. }
                if !execution
                    .actions
                    .get(*ordinal as usize)
                    .is_some_and(ActionExecution::running) =>
            {
                return wrong("names an action execution that is not under way");
            }
            event if !jobs::fits(event, execution) => {
                return wrong("is about a job that is not there");
            }
            event if !conditions::fits(event, execution, plan) => {
                return wrong("is about a condition or a rule that is not there");
            }
            _ => {}
        }
        Ok(())
    }

    #[expect(
        clippy::expect_used,
        reason = "a fact about a pipeline that does not exist is a bug and must be loud"
    )]
    fn pipeline_mut(&mut self, id: PipelineId) -> &mut Pipeline {
        self.pipelines
            .get_mut(&id)
            .expect("the fact names a pipeline that exists")
    }

    #[expect(clippy::expect_used, reason = "as in `pipeline_mut`")]
    fn action_mut(&mut self, id: ActionExecutionId) -> &mut ActionExecution {
        self.pipeline_mut(id.execution.pipeline)
            .record(id.execution.number)
            .actions
            .get_mut(id.ordinal as usize)
            .expect("the fact names an action execution that exists")
    }

    /// Puts another schedule in the place of a pipeline's, on the agenda too.
    fn reschedule(&mut self, id: PipelineId, schedule: Option<Schedule>) {
        let deadline = |schedule: &Option<Schedule>| {
            let schedule = schedule.as_ref()?;
            let deadline = Deadline {
                at: schedule.next?,
                kind: DeadlineKind::Schedule,
            };
            Some((deadline, schedule.order))
        };
        let after = deadline(&schedule);
        let before = std::mem::replace(&mut self.pipeline_mut(id).watch.schedule, schedule);
        if let Some((before, order)) = deadline(&before) {
            self.unschedule(Due::Schedule(id), Some(before), order);
        }
        if let Some((after, order)) = after {
            self.schedule(Due::Schedule(id), Some(after), order);
        }
    }

    fn schedule(&mut self, due: Due, deadline: Option<Deadline>, order: u64) {
        if let Some(Deadline { at, kind }) = deadline {
            self.agenda.insert((at, kind, order, due));
        }
    }

    fn unschedule(&mut self, due: Due, deadline: Option<Deadline>, order: u64) {
        if let Some(Deadline { at, kind }) = deadline {
            let removed = self.agenda.remove(&(at, kind, order, due));
            debug_assert!(removed, "a deadline was not on the agenda");
        }
    }

    fn create_pipeline(
        &mut self,
        id: PipelineId,
        declaration: &Rc<PipelineDeclaration>,
        at: Instant,
    ) {
        let plan = Rc::new(Plan::new(Rc::clone(declaration)));
        let stages = plan
            .declaration
            .stages
            .iter()
            .map(|stage| StageState::of(&stage.name, stage.actions.len()));
        let pipeline = Pipeline {
            id,
            created: at,
            updated: at,
            stages: stages.collect(),
            versions: vec![Version { saved: at, plan }],
            executions: BTreeMap::new(),
            history: History::new(&self.decoded),
            started: 0,
            active: 0,
            ended: 0,
            start_tokens: BTreeMap::new(),
            tags: Vec::new(),
            watch: Watch::default(),
        };
        self.created_pipelines = self.created_pipelines.max(id.0 + 1);
        self.names.insert(Rc::from(declaration.name.as_str()), id);
        self.pipelines.insert(id, pipeline);
    }

    fn delete_pipeline(&mut self, id: PipelineId) {
        if let Some(pipeline) = self.pipelines.remove(&id) {
            self.names.remove(pipeline.name());
            self.behaviors.retain(|scope, _| match scope {
                Scope::Action { pipeline: of, .. } | Scope::Rule { pipeline: of, .. } => {
                    of != pipeline.name()
                }
                Scope::Execution(of) => of.execution.pipeline != id,
                Scope::Provider { .. } => true,
            });
            self.lose_jobs(&pipeline);
            self.agenda
                .retain(|(_, _, _, due)| due.pipeline() != Some(id));
            self.dropped
                .extend(pipeline.history.segments().iter().map(|segment| segment.id));
        }
    }

    fn archive(&mut self, id: PipelineId, numbers: &[u32]) {
        let keep = self.options.history == HistoryOption::Full;
        let segment = self.sealed_segments + 1;
        let pipeline = self.pipeline_mut(id);
        let executions: Vec<Execution> = numbers
            .iter()
            .filter_map(|number| pipeline.executions.remove(number))
            .map(|execution| *execution)
            .collect();
        pipeline.ended -= u32::try_from(executions.len()).unwrap_or_default();
        if keep && !executions.is_empty() {
            let bytes = pipeline.history.push(segment, executions);
            self.sealed_segments = segment;
            self.sealed.push((segment, bytes));
        } else {
            let parting = executions.into_iter().map(|execution| {
                let number = execution.number;
                let pipeline = id;
                (ExecutionId { pipeline, number }, execution)
            });
            self.parting.extend(parting);
        }
    }
}

impl StageState {
    fn of(name: &str, actions: usize) -> Self {
        Self {
            name: Rc::from(name),
            actions: vec![None; actions],
            ..Self::default()
        }
    }
}

impl Pipeline {
    #[expect(
        clippy::expect_used,
        reason = "a fact about an execution that is not live is a bug and must be loud"
    )]
    fn record(&mut self, number: u32) -> &mut Execution {
        self.executions
            .get_mut(&number)
            .expect("the fact names an execution that is live")
    }

    fn state_mut(&mut self, version: u32, stage: u16) -> Option<&mut StageState> {
        let index = self.current_stage(version, stage)?;
        self.stages.get_mut(usize::from(index))
    }

    /// UP-9: a stage is the same stage while its name stays, an action while stage and name stay.
    fn save_version(&mut self, declaration: &Rc<PipelineDeclaration>, at: Instant) {
        let plan = Rc::new(Plan::new(Rc::clone(declaration)));
        let old_plan = Rc::clone(&self.current().plan);
        let mut old_states = std::mem::take(&mut self.stages);
        self.stages = declaration
            .stages
            .iter()
            .map(|stage| {
                let mut state = StageState::of(&stage.name, stage.actions.len());
                let before = old_plan.declaration.stages.iter().zip(&mut old_states);
                let Some((old_stage, old)) =
                    before.into_iter().find(|(_, old)| old.name == state.name)
                else {
                    return state;
                };
                let old = std::mem::take(old);
                for (action, kept) in stage.actions.iter().zip(&mut state.actions) {
                    let before = old_stage
                        .actions
                        .iter()
                        .position(|candidate| candidate.name == action.name);
                    *kept = before.and_then(|before| old.actions.get(before).copied().flatten());
                }
                state.holder = old.holder;
                state.waiting = old.waiting;
                state.left = old.left;
                state.transition = old.transition;
                state.latest = old.latest;
                state.conditions = old.conditions;
                state
            })
            .collect();
        self.versions.push(Version { saved: at, plan });
        self.updated = at;
    }

    fn start(&mut self, start: &Start, at: Instant) {
        let number = start.execution.number;
        let version = self.version();
        let plan = &self.current().plan;
        let mode = plan.mode;
        // Most executions run everything once.
        let stages = plan.stages.len();
        let actions = plan.stages.iter().map(|stage| stage.actions.len()).sum();
        self.executions.insert(
            number,
            Box::new(Execution {
                number,
                version,
                mode,
                trigger: start.trigger.clone(),
                started: at,
                updated: at,
                status: PipelineExecutionStatus::InProgress,
                position: Position::Boundary {
                    stage: start.rollback.as_ref().map_or(0, |rollback| rollback.stage),
                    since: at,
                    reason: None,
                    inert: false,
                },
                variables: start.variables.clone(),
                overrides: start.overrides.clone(),
                pins: start.pins.clone(),
                token: start.token.as_deref().map(Rc::from),
                stages: Vec::with_capacity(stages),
                actions: Vec::with_capacity(actions),
                cancelled_by: None,
                stop: None,
                rollback: start.rollback.clone(),
                conditions: Vec::new(),
                rules: Vec::new(),
                jobs: Vec::new(),
                resumed: 0,
                resumptions: Vec::new(),
                reason: None,
            }),
        );
        self.started = self.started.max(number);
        self.watch.last_start = Some(at);
        self.active += 1;
    }

    fn enter(&mut self, number: u32, stage: u16, at: Instant) {
        let record = self.record(number);
        let arrived = match record.position {
            Position::Boundary { since, .. } => since,
            _ => at,
        };
        record.position = Position::Inside { stage };
        record.updated = at;
        record.stages.push(StageRun {
            stage,
            status: StageExecutionStatus::InProgress,
            arrived,
            entered: at,
            ended: None,
            reason: None,
            retries: Retries::default(),
            interruptions: Vec::new(),
        });
        let version = record.version;
        let locks = record.mode != ExecutionMode::Parallel;
        if let Some(state) = self.state_mut(version, stage) {
            if state.waiting.front() == Some(&number) {
                state.waiting.pop_front();
            } else {
                state.waiting.retain(|waiting| *waiting != number);
            }
            if locks {
                debug_assert!(
                    state.holder.is_none(),
                    "MO-2: the lock is free when somebody enters"
                );
                state.holder = Some(number);
                state.latest = Some(number);
            }
        }
    }

    fn begin_action(&mut self, number: u32, started: ActionExecution) -> u32 {
        let (stage, action) = (started.stage, started.action);
        let record = self.record(number);
        record.updated = started.started;
        record.actions.push(started);
        let ordinal = u32::try_from(record.actions.len() - 1).unwrap_or(u32::MAX);
        let (version, parallel) = (record.version, record.mode == ExecutionMode::Parallel);
        if version == self.version()
            && !parallel
            && let Some(slot) = self
                .state_mut(version, stage)
                .and_then(|state| state.actions.get_mut(usize::from(action)))
        {
            *slot = Some((number, ordinal));
        }
        ordinal
    }

    fn leave(&mut self, number: u32, stage: u16, status: StageExecutionStatus, at: Instant) {
        let version = self.record(number).version;
        let record = self.record(number);
        let rollback = record.rollback.is_some();
        let counts = !rollback && record.mode != ExecutionMode::Parallel;
        record.updated = at;
        if let Some(run) = record.stages.last_mut() {
            run.status = status;
            run.ended = Some(at);
        }
        let last = stage + 1 == self.plan(version).stage_count();
        if !last
            && !rollback
            && matches!(
                status,
                StageExecutionStatus::Succeeded | StageExecutionStatus::Skipped
            )
        {
            self.record(number).position = Position::Boundary {
                stage: stage + 1,
                since: at,
                reason: None,
                inert: false,
            };
        }
        let goal = counts && status == StageExecutionStatus::Succeeded && version == self.version();
        if let Some(state) = self.state_mut(version, stage) {
            if state.holder == Some(number) {
                state.holder = None;
            }
            if goal {
                // RB-13: the newest counts, not the last: one that was retried may come in late.
                state.succeeded = state.succeeded.max(Some(number));
            }
        }
    }

    fn mark_inert(&mut self, number: u32, mark: bool) {
        if let Position::Boundary { inert, .. } = &mut self.record(number).position {
            *inert = mark;
        }
    }

    /// RE-2, RE-3, CO-33: what a retry repeats no longer counts.
    fn dismiss(&mut self, number: u32, actions: &[u32], conditions: &[u32]) {
        let record = self.record(number);
        for ordinal in actions {
            if let Some(attempt) = record.actions.get_mut(*ordinal as usize) {
                attempt.dismissed = true;
            }
        }
        for index in conditions {
            if let Some(run) = record.conditions.get_mut(*index as usize) {
                run.dismissed = true;
            }
        }
    }

    /// RE-1, CO-29: the execution is under way again, inside the last stage it was in.
    fn resume(&mut self, number: u32, stage: u16, at: Instant) {
        let record = self.record(number);
        let was_over = !record.active();
        record.status = PipelineExecutionStatus::InProgress;
        record.position = Position::Inside { stage };
        record.updated = at;
        record.stop = None;
        record.reason = None;
        if let Some(run) = record.stages.last_mut() {
            run.status = StageExecutionStatus::InProgress;
            if let Some(from) = run.ended.take() {
                run.interruptions.push(Interruption { from, to: at });
            }
            run.reason = None;
        }
        let (version, parallel) = (record.version, record.mode == ExecutionMode::Parallel);
        if was_over {
            self.active += 1;
            self.ended -= 1;
        }
        if !parallel && let Some(state) = self.state_mut(version, stage) {
            state.holder = Some(number);
        }
    }

    fn recall(&mut self, number: u32) {
        if let Some(execution) = self.history.take(number) {
            self.executions.insert(number, Box::new(execution));
            self.ended += 1;
            self.move_tokens();
        }
    }

    fn end(
        &mut self,
        number: u32,
        status: PipelineExecutionStatus,
        reason: &crate::engine::reason::Reason,
        at: Instant,
    ) {
        let record = self.record(number);
        record.status = status;
        record.reason = Some(reason.clone());
        record.updated = at;
        let boundary = match record.position {
            // Only a wait leaves a ghost: who was merely passing was never seen to stand there.
            Position::Boundary {
                stage,
                since,
                reason: Some(_),
                ..
            } => Some((stage, since)),
            _ => None,
        };
        record.position = Position::Ended { boundary };
        let version = record.version;
        self.active -= 1;
        self.ended += 1;
        if let Some((stage, _)) = boundary
            && let Some(state) = self.state_mut(version, stage)
        {
            let waiting: VecDeque<u32> = state
                .waiting
                .iter()
                .copied()
                .filter(|waiting| *waiting != number)
                .collect();
            state.waiting = waiting;
            state.left = Some(number);
        }
    }
}
