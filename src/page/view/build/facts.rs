//! The facts as sentences, newest first: those of the shown pipeline, and those of the world that concern it.
//!
//! A fact names stages and actions by numbers of the version that its execution is bound to. For a live execution
//! the world knows them. For one that is already history they are read off the facts themselves, so that the list
//! never opens the past: [`Past`].

mod conditions;
mod filter;
mod opened;
mod refused;
mod settings;

use std::collections::BTreeMap;

use super::{letter, scene::Scene, time};
use crate::{
    api::{calls::Calls, refused::RefusedCall},
    engine::{
        behavior::{Behavior, Outcome, Scope},
        catalogue,
        fact::{Cause, Event, Fact, Start},
        ids::ExecutionId,
        providers,
        reason::Reason,
        rules::schedule,
        time::Instant,
        world::{
            World,
            execution::{DeadlineKind, Ending, Position, Trigger},
            plan::Plan,
            resource::Resource,
            source::Place,
        },
    },
    model::{
        ActionExecutionStatus, ActionTypeId, JobStatus, PipelineExecutionStatus, RetryTrigger,
        StageExecutionStatus, TriggerType,
    },
    page::{
        state::facts::FactsUi,
        text::{
            fact::{self as words, Said},
            facts as around, trigger as triggers,
        },
        view::{FACTS_SHOWN, FactDetail, FactListView, FactRow, Icon, Role},
    },
};

/// How many facts are looked at: other pipelines' facts stand between, and the beginnings of past executions may
/// lie further back than the rows.
pub const SCANNED: usize = 4_000;

/// How many facts are told to whoever listens.
const TOLD: usize = 100;

/// The rows that are drawn, and the list that they are a part of.
pub fn list(
    scene: &Scene,
    shown: &FactsUi,
    recent: &[&Fact],
    calls: &Calls,
) -> (Vec<FactRow>, FactListView) {
    let mut past = Past::new(scene);
    // Facts of the list, each with the pipeline's version right after it.
    let mut facts: Vec<(&Fact, u32)> = Vec::with_capacity(recent.len().min(2_000));
    for fact in recent {
        if is_shown(scene, &fact.event) {
            past.wants(&fact.event);
            facts.push((fact, past.version));
        }
        past.read(fact);
    }
    let newest = facts
        .iter()
        .take(TOLD)
        .map(|(fact, _)| fact.sequence)
        .collect();
    let sentence = facts
        .first()
        .and_then(|(fact, version)| row(scene, &past, fact, *version));
    let wanted = filter::Wanted::new(scene, &past, &shown.filter);
    facts.retain(|(fact, _)| wanted.has(fact));
    let here = refused::Shown {
        world: scene.world,
        scene: Some(scene),
    };
    let lines = refused::among(here, facts, calls, &shown.filter);
    let drawn = |line: &Line| match line {
        Line::Fact(fact, version) => row(scene, &past, fact, *version),
        Line::Refused(call) => Some(refused::row(here, call)),
    };
    let opened = |line: &Line| match line {
        Line::Fact(fact, version) => {
            let row = row(scene, &past, fact, *version)?;
            Some(opened::opened(scene, fact, row, calls))
        }
        Line::Refused(call) => Some(refused::opened(here, call)),
    };
    let (rows, list) = seen(&lines, shown, &drawn, &opened);
    let list = FactListView {
        stages: scene
            .pipeline
            .stages
            .iter()
            .map(|stage| stage.name.to_string())
            .collect(),
        executions: filter::executions(scene, &shown.filter),
        newest: (newest, sentence.map(|row| row.sentence).unwrap_or_default()),
        ..list
    };
    (rows, list)
}

/// The list of a world in which no pipeline is: the calls that were refused.
pub fn without_pipeline(
    world: &World,
    shown: &FactsUi,
    calls: &Calls,
) -> (Vec<FactRow>, FactListView) {
    let here = refused::Shown { world, scene: None };
    let lines = refused::among(here, Vec::new(), calls, &shown.filter);
    seen(
        &lines,
        shown,
        &|line| Some(refused::row(here, line.refused()?)),
        &|line| Some(refused::opened(here, line.refused()?)),
    )
}

/// What is seen of the lines, and the one that is open.
fn seen(
    facts: &[Line],
    shown: &FactsUi,
    drawn: &dyn Fn(&Line) -> Option<FactRow>,
    opened: &dyn Fn(&Line) -> Option<FactDetail>,
) -> (Vec<FactRow>, FactListView) {
    let held = |line: &Line| shown.held.is_none_or(|held| line.after() <= held);
    let fresh = facts.iter().take_while(|line| !held(line)).count();
    let facts = facts.get(fresh..).unwrap_or_default();
    let count = shown.count.clamp(1, FACTS_SHOWN);
    let first = shown.first.min(facts.len().saturating_sub(count));
    let mut above = first
        .checked_sub(1)
        .and_then(|above| facts.get(above))
        .map(Line::at);
    let rows = facts
        .iter()
        .skip(first)
        .take(count)
        .filter_map(|line| {
            let drawn = drawn(line);
            let together = above.replace(line.at()) == Some(line.at());
            drawn.map(|row| FactRow { together, ..row })
        })
        .collect();
    let open = shown
        .open
        .and_then(|open| facts.iter().find(|line| line.id() == open))
        .and_then(opened);
    let list = FactListView {
        total: facts.len(),
        first,
        fresh: (fresh > 0).then(|| around::fresh(fresh)),
        filter: shown.filter.clone(),
        open,
        ..FactListView::default()
    };
    (rows, list)
}

/// A line of the list.
enum Line<'a> {
    /// A fact, with the pipeline's version right after it.
    Fact(&'a Fact, u32),
    /// A call that was refused.
    Refused(&'a RefusedCall),
}

impl<'a> Line<'a> {
    fn refused(&self) -> Option<&'a RefusedCall> {
        match self {
            Line::Fact(..) => None,
            Line::Refused(call) => Some(call),
        }
    }

    /// What the line is known by.
    fn id(&self) -> u64 {
        match self {
            Line::Fact(fact, _) => fact.sequence,
            Line::Refused(call) => refused::id(call),
        }
    }

    /// When it was.
    fn at(&self) -> Instant {
        match self {
            Line::Fact(fact, _) => fact.at,
            Line::Refused(call) => call.at,
        }
    }

    /// The number of the fact that it is, or of the newest that there was.
    fn after(&self) -> u64 {
        match self {
            Line::Fact(fact, _) => fact.sequence,
            Line::Refused(call) => call.after,
        }
    }
}

/// What the facts say of executions that are history: the version they began in, what they entered and started.
struct Past<'a> {
    scene: &'a Scene<'a>,
    /// The version that was current at the fact being read: facts come newest first, so each update met leads to
    /// the version before it.
    version: u32,
    lives: BTreeMap<u32, Life>,
}

#[derive(Default)]
struct Life {
    /// The version it began in, known once its start was met.
    version: Option<u32>,
    started: Option<Instant>,
    /// Newest first.
    entered: Vec<(u16, Instant)>,
    /// Newest first.
    actions: Vec<(u16, u16, Instant)>,
    /// The action executions of its jobs, by their numbers.
    jobs: BTreeMap<u32, u32>,
}

impl<'a> Past<'a> {
    fn new(scene: &'a Scene<'a>) -> Self {
        Self {
            scene,
            version: scene.pipeline.version(),
            lives: BTreeMap::new(),
        }
    }

    fn is_history(&self, id: ExecutionId) -> bool {
        id.pipeline == self.scene.pipeline.id
            && !self.scene.pipeline.executions.contains_key(&id.number)
    }

    /// A row is about this.
    fn wants(&mut self, event: &Event) {
        let Some(id) = event.execution().filter(|id| self.is_history(*id)) else {
            return;
        };
        self.lives.entry(id.number).or_default();
    }

    fn read(&mut self, fact: &Fact) {
        if let Event::PipelineUpdated { pipeline, .. } = &fact.event
            && *pipeline == self.scene.pipeline.id
        {
            self.version = self.version.saturating_sub(1).max(1);
        }
        let Some(id) = fact.event.execution().filter(|id| self.is_history(*id)) else {
            return;
        };
        let life = self.lives.entry(id.number).or_default();
        match &fact.event {
            Event::ExecutionStarted(_) => {
                life.version = Some(self.version);
                life.started = Some(fact.at);
            }
            Event::JobCreated { job, action, .. } => {
                life.jobs.insert(*job, *action);
            }
            Event::StageEntered { stage, .. } => life.entered.push((*stage, fact.at)),
            Event::ActionStarted { stage, action, .. } => {
                life.actions.push((*stage, *action, fact.at))
            }
            _ => {}
        }
    }

    fn plan(&self, number: u32) -> Option<&Plan> {
        let pipeline = self.scene.pipeline;
        let version = match pipeline.executions.get(&number) {
            Some(execution) => execution.version,
            None if pipeline.version() == 1 => 1,
            None => self.lives.get(&number)?.version?,
        };
        Some(pipeline.plan(version))
    }

    fn stage(&self, number: u32, stage: u16) -> String {
        let plan = self.plan(number);
        let stage = plan.and_then(|plan| plan.declaration.stages.get(usize::from(stage)));
        stage.map_or_else(|| words::A_STAGE.to_owned(), |stage| stage.name.clone())
    }

    fn action(&self, number: u32, stage: u16, action: u16) -> String {
        let plan = self.plan(number);
        let stage = plan.and_then(|plan| plan.declaration.stages.get(usize::from(stage)));
        let action = stage.and_then(|stage| stage.actions.get(usize::from(action)));
        action.map_or_else(|| words::AN_ACTION.to_owned(), |action| action.name.clone())
    }

    /// Stage, action and start of an action execution.
    fn begun(&self, id: ExecutionId, ordinal: u32) -> Option<(u16, u16, Instant)> {
        if let Some(execution) = self.scene.pipeline.executions.get(&id.number) {
            let record = execution.actions.get(ordinal as usize)?;
            return Some((record.stage, record.action, record.started));
        }
        // Numbers count from the start, so without the start nothing can be said.
        let life = self
            .lives
            .get(&id.number)
            .filter(|life| life.version.is_some())?;
        let from_the_end = life.actions.len().checked_sub(1 + ordinal as usize)?;
        life.actions.get(from_the_end).copied()
    }

    /// When an execution entered a stage for the last time before an instant.
    fn entered(&self, number: u32, stage: u16, before: Instant) -> Option<Instant> {
        if let Some(execution) = self.scene.pipeline.executions.get(&number) {
            let runs = execution.stages.iter().rev();
            return runs
                .filter(|run| run.stage == stage && run.entered <= before)
                .map(|run| run.entered)
                .next();
        }
        let entries = self.lives.get(&number)?.entered.iter();
        entries
            .filter(|(index, at)| *index == stage && *at <= before)
            .map(|(_, at)| *at)
            .next()
    }

    fn action_of_job(&self, id: ExecutionId, job: u32) -> Option<u32> {
        if let Some(execution) = self.scene.pipeline.executions.get(&id.number) {
            return Some(execution.jobs.get(job as usize)?.action);
        }
        self.lives.get(&id.number)?.jobs.get(&job).copied()
    }

    fn started(&self, number: u32) -> Option<Instant> {
        match self.scene.pipeline.executions.get(&number) {
            Some(execution) => Some(execution.started),
            None => self.lives.get(&number)?.started,
        }
    }
}

/// Whether the list has a row for it.
fn is_shown(scene: &Scene, event: &Event) -> bool {
    match event {
        Event::ExecutionsArchived { .. }
        | Event::ExecutionRecalled { .. }
        | Event::HistoryDropped { .. }
        // What follows a report says what it came to, and a planned poll will be told when it has found something.
        | Event::JobEnded { .. }
        | Event::WorkerPollPlanned { .. }
        | Event::WorkerPolled { .. }
        | Event::ClientTokenSet { .. } => false,
        // A function is invoked as its action starts.
        Event::JobCreated {
            execution,
            status: JobStatus::InProgress,
            ..
        } if execution.pipeline == scene.pipeline.id => false,
        Event::WorkerAttached { action_type, .. } | Event::WorkerDetached { action_type, .. } => {
            uses(
                scene.plan,
                action_type.category.as_str(),
                action_type.owner.as_str(),
                &action_type.provider,
            )
        }
        Event::RevisionArrived { place, .. } => watches(scene.plan, place),
        Event::AlarmSet { name, .. } => conditions::asks_about(scene.plan, "AlarmName", name),
        Event::LambdaResultSet { function, .. } => {
            conditions::asks_about(scene.plan, "FunctionName", function)
        }
        Event::BehaviorSet { scope, .. } => match scope {
            Scope::Action { pipeline, .. } => pipeline == scene.pipeline.name(),
            Scope::Rule { pipeline, .. } => pipeline == scene.pipeline.name(),
            Scope::Provider {
                category,
                owner,
                provider,
            } => uses(scene.plan, category, owner, provider),
            Scope::Execution(id) => id.execution.pipeline == scene.pipeline.id,
        },
        Event::CustomActionTypeCreated { definition } => uses(
            scene.plan,
            definition.category.as_str(),
            "Custom",
            &definition.provider,
        ),
        Event::CustomActionTypeDeleted { id } => {
            uses(scene.plan, id.category.as_str(), "Custom", &id.provider)
        }
        Event::ActionTypeUpdated { declaration } => uses(
            scene.plan,
            declaration.id.category.as_str(),
            &declaration.id.owner,
            &declaration.id.provider,
        ),
        Event::TagsChanged {
            resource: Resource::ActionType(id),
            ..
        } => uses(scene.plan, id.category.as_str(), "Custom", &id.provider),
        Event::TagsChanged {
            resource: Resource::Webhook(name),
            ..
        } => {
            let webhook = scene.world.webhooks.get(name);
            webhook.is_some_and(|one| one.definition.target_pipeline == scene.pipeline.name())
        }
        // Whoever looks may make the call.
        Event::FailureArranged { .. } | Event::FailureAnswered { .. } => true,
        _ => event.pipeline() == Some(scene.pipeline.id),
    }
}

/// Whether a source action looks at this place.
fn watches(plan: &Plan, place: &Place) -> bool {
    let Some((stage, planned)) = plan.declaration.stages.first().zip(plan.stages.first()) else {
        return false;
    };
    stage
        .actions
        .iter()
        .zip(&planned.actions)
        .any(|(action, planned)| {
            let configuration = action.configuration.as_ref();
            configuration
                .and_then(|configuration| providers::of(planned.kind).place(configuration))
                .as_ref()
                == Some(place)
        })
}

fn uses(plan: &Plan, category: &str, owner: &str, provider: &str) -> bool {
    let mut actions = plan
        .declaration
        .stages
        .iter()
        .flat_map(|stage| &stage.actions);
    actions.any(|action| {
        let id = &action.action_type_id;
        id.category.as_str() == category && id.owner.as_str() == owner && id.provider == provider
    })
}

fn row(scene: &Scene, past: &Past, fact: &Fact, version: u32) -> Option<FactRow> {
    let Said {
        word,
        text,
        sentence,
    } = sentence(scene, past, fact, version)?;
    let number = fact.event.execution().map(|id| id.number);
    Some(FactRow {
        sequence: fact.sequence,
        time: time::stamp(fact.at, scene.now),
        token: number.map(|number| scene.token(number)),
        icon: icon(&fact.event),
        word,
        text,
        sentence,
        call: call(fact),
        together: false,
        selected: number.is_some_and(|number| scene.is_chosen(number)),
    })
}

/// A sign for what is nobody's.
fn icon(event: &Event) -> Option<(Role, Icon)> {
    match event {
        Event::PipelineCreated { .. } | Event::PipelineUpdated { .. } => {
            Some((Role::Gone, Icon::NotStarted))
        }
        Event::PipelineDeleted { .. } => Some((Role::Gone, Icon::Cancelled)),
        Event::TransitionDisabled { .. } | Event::TransitionEnabled { .. } => {
            Some((Role::Wait, Icon::Gate))
        }
        Event::CustomActionTypeCreated { .. }
        | Event::CustomActionTypeDeleted { .. }
        | Event::ActionTypeUpdated { .. }
        | Event::WebhookPut { .. }
        | Event::WebhookDeleted { .. }
        | Event::WebhookRegistered { .. }
        | Event::TagsChanged { .. }
        | Event::WorkerAttached { .. }
        | Event::WorkerDetached { .. } => Some((Role::Gone, Icon::Ticket)),
        Event::FailureArranged { .. } | Event::FailureAnswered { .. } => {
            Some((Role::Wait, Icon::Ticket))
        }
        Event::WebhookDelivered { .. } => Some((Role::Gone, Icon::Ticket)),
        Event::AlarmSet { .. } | Event::LambdaResultSet { .. } => Some((Role::Wait, Icon::Ticket)),
        _ => None,
    }
}

/// The call that said so. What merely follows from a call in the same instant is the rules' doing and has none.
fn call(fact: &Fact) -> Option<String> {
    let follows = matches!(
        fact.event,
        Event::StageEntered { .. }
            | Event::StageEnded { .. }
            | Event::ActionStarted { .. }
            | Event::ActionReplanned { .. }
            | Event::JobCreated { token: None, .. }
            | Event::ExecutionWaits { .. }
            | Event::ExecutionEnded { .. }
            | Event::ExecutionCancelling { .. }
            | Event::ConditionStarted { .. }
            | Event::RuleStarted { .. }
            | Event::RuleReplanned { .. }
            | Event::RuleEnded { .. }
    );
    match &fact.cause {
        Cause::Call(name) | Cause::Control(name) if !follows => Some(name.to_string()),
        _ => None,
    }
}

/// What a connection told of, by the detail that the trigger has of it.
fn by_git(detail: &str) -> &'static str {
    let told: serde_json::Value = serde_json::from_str(detail).unwrap_or_default();
    if told.get("PullRequestId").is_some() {
        triggers::PULL_REQUEST
    } else if told.get("TagName").is_some() {
        triggers::TAG
    } else {
        triggers::PUSH
    }
}

/// What started an execution, in words.
pub fn trigger(scene: &Scene, trigger: &Trigger) -> String {
    let detail = &*trigger.detail;
    match trigger.kind {
        TriggerType::CreatePipeline => triggers::CREATED.to_owned(),
        TriggerType::StartPipelineExecution => {
            if detail == scene.world.options.caller_arn {
                triggers::BY_YOU.to_owned()
            } else if detail.contains(":codepipeline:") {
                triggers::by_pipeline(detail.rsplit(':').next().unwrap_or(detail))
            } else {
                triggers::by(&scene.person(detail))
            }
        }
        TriggerType::PollForSourceChanges => triggers::polled(detail),
        TriggerType::Webhook | TriggerType::WebhookV2 => by_git(detail).to_owned(),
        TriggerType::CloudWatchEvent => {
            let scheduled = detail == schedule::rule_arn(scene.world, scene.pipeline, "schedule");
            if scheduled {
                triggers::SCHEDULE.to_owned()
            } else {
                triggers::EVENT_RULE.to_owned()
            }
        }
        TriggerType::PutActionRevision => triggers::REVISION.to_owned(),
        TriggerType::ManualRollback | TriggerType::AutomatedRollback => {
            triggers::ROLLBACK.to_owned()
        }
    }
}

/// A transition's stage, by its place in the current version.
fn gate_name(scene: &Scene, stage: u16) -> String {
    let state = scene.pipeline.stages.get(usize::from(stage));
    state.map_or_else(|| words::A_STAGE.to_owned(), |state| state.name.to_string())
}

/// A fact in words. `version` is the pipeline's version right after it.
fn sentence(scene: &Scene, past: &Past, fact: &Fact, version: u32) -> Option<Said> {
    Some(match &fact.event {
        Event::PipelineCreated { declaration, .. } => words::created(&declaration.name),
        Event::PipelineUpdated { .. } => words::updated(version),
        Event::PipelineDeleted { .. } => words::deleted(),
        Event::ExecutionStarted(start) => {
            let Start {
                execution,
                trigger: by,
                ..
            } = &**start;
            words::started(&letter(execution.number), &trigger(scene, by))
        }
        Event::ExecutionWaits {
            execution,
            stage,
            reason,
        } => {
            let (who, stage) = (
                letter(execution.number),
                past.stage(execution.number, *stage),
            );
            match reason {
                Reason::LockHeld { by } => words::waits_for_lock(&who, &letter(*by), &stage),
                Reason::TransitionDisabled { .. } => words::waits_at_gate(&who, &stage),
                Reason::BehindOthers { ahead } => {
                    words::waits_in_line(&who, &stage, &letter(*ahead))
                }
                _ => words::waits(&who, &stage),
            }
        }
        Event::ExecutionStopping {
            execution, abandon, ..
        } => words::stopping(&letter(execution.number), *abandon),
        Event::StageRetried {
            execution,
            stage,
            trigger,
            ..
        } => words::retried(
            &letter(execution.number),
            &past.stage(execution.number, *stage),
            *trigger == RetryTrigger::AutomatedStageRetry,
        ),
        Event::TransitionDisabled {
            stage, reason, by, ..
        } => words::gate_closed(&gate_name(scene, *stage), &scene.person(by), reason),
        Event::TransitionEnabled { stage, by, .. } => {
            words::gate_opened(&gate_name(scene, *stage), &scene.person(by))
        }
        Event::ExecutionCancelling { execution, version } => {
            words::cancelling(&letter(execution.number), *version)
        }
        Event::ExecutionEnded {
            execution,
            status,
            reason,
        } => ended(past, fact.at, *execution, *status, reason),
        Event::StageEntered { execution, stage } => words::stage_entered(
            &letter(execution.number),
            &past.stage(execution.number, *stage),
        ),
        Event::StageEnded {
            execution,
            stage,
            status,
            reason,
        } => stage_ended(past, fact.at, *execution, *stage, *status, reason),
        Event::ActionStarted {
            execution,
            stage,
            action,
            ..
        } => {
            let number = execution.number;
            let (who, name) = (letter(number), past.action(number, *stage, *action));
            let place = past.stage(number, *stage);
            if is_approval(past, number, *stage, *action) {
                words::approval_asked(&who, &name, &place)
            } else {
                words::action_started(&who, &name, &place)
            }
        }
        Event::ActionReplanned {
            execution,
            ordinal,
            deadline,
        } => {
            let who = letter(execution.number);
            let name = action_of(past, *execution, *ordinal);
            let deadline = (*deadline)?;
            let at = scene.at(deadline.at);
            match deadline.kind {
                DeadlineKind::Completion | DeadlineKind::Opening => {
                    words::action_replanned(&who, &name, &at)
                }
                DeadlineKind::Timeout => words::action_held(&who, &name, &at),
                DeadlineKind::Offer | DeadlineKind::Poll | DeadlineKind::Schedule => return None,
            }
        }
        Event::ActionEnded {
            execution,
            ordinal,
            status,
            ending,
        } => action_ended(scene, past, fact.at, *execution, *ordinal, *status, ending),
        Event::ConditionStarted { .. }
        | Event::ConditionEnded { .. }
        | Event::RuleStarted { .. }
        | Event::RuleReplanned { .. }
        | Event::RuleEnded { .. }
        | Event::ExecutionResumed { .. }
        | Event::AlarmSet { .. }
        | Event::LambdaResultSet { .. } => conditions::sentence(scene, past, &fact.event)?,
        Event::JobCreated {
            execution,
            action,
            deadline,
            ..
        } => {
            let who = letter(execution.number);
            let name = action_of(past, *execution, *action);
            match deadline {
                Some(deadline) => words::job_goes_on(&who, &name, &scene.at(deadline.at)),
                None => words::job_offered(&who, &name),
            }
        }
        Event::JobQueued { execution, job } => {
            words::job_offered(&letter(execution.number), &of_job(past, *execution, *job))
        }
        Event::JobDispatched { execution, job, .. } => {
            words::job_handed_out(&letter(execution.number), &of_job(past, *execution, *job))
        }
        Event::JobStarted { execution, job, .. } => {
            words::job_started(&letter(execution.number), &of_job(past, *execution, *job))
        }
        Event::WorkerAttached {
            action_type,
            settings,
            ..
        } => words::worker_attached(&kind_of(action_type), settings.external),
        Event::WorkerDetached { action_type, .. } => words::worker_detached(&kind_of(action_type)),
        Event::RevisionArrived { place, revision } => words::revision(
            &short_revision(&revision.id),
            &place.label(),
            &first_line(&revision.message),
        ),
        Event::PollPlanned {
            at, action, place, ..
        } => words::poll_planned(action, &place.label(), &scene.at(*at)),
        Event::Polled { .. } => words::polled(),
        Event::EventRuleSet { enabled, .. } => words::event_rule(*enabled),
        Event::ScheduleSet { schedule, .. } => match schedule {
            Some(schedule) => words::schedule_set(&first_line(&schedule.expression)),
            None => words::schedule_removed(),
        },
        Event::ScheduleFired { next, .. } => {
            words::schedule_fired(next.map(|next| scene.at(next)).as_deref())
        }
        Event::RevisionReported { action, id, .. } => {
            words::revision_reported(&short_revision(id), action)
        }
        Event::BehaviorSet { scope, behavior } => behavior_set(past, scope, behavior.as_ref()),
        Event::CustomActionTypeCreated { .. }
        | Event::CustomActionTypeDeleted { .. }
        | Event::ActionTypeUpdated { .. }
        | Event::WebhookPut { .. }
        | Event::WebhookDeleted { .. }
        | Event::WebhookRegistered { .. }
        | Event::WebhookDelivered { .. }
        | Event::TagsChanged { .. }
        | Event::FailureArranged { .. }
        | Event::FailureAnswered { .. } => settings::sentence(&fact.event)?,
        Event::ExecutionsArchived { .. }
        | Event::ExecutionRecalled { .. }
        | Event::HistoryDropped { .. }
        | Event::JobEnded { .. }
        | Event::WorkerPollPlanned { .. }
        | Event::WorkerPolled { .. }
        | Event::ClientTokenSet { .. } => return None,
    })
}

fn ended(
    past: &Past,
    at: Instant,
    id: ExecutionId,
    status: PipelineExecutionStatus,
    reason: &Reason,
) -> Said {
    let who = letter(id.number);
    match reason {
        Reason::LastStageSucceeded => match past.started(id.number) {
            Some(started) => words::succeeded(&who, &time::exact(at.since(started))),
            None => words::succeeded_some_time(&who),
        },
        Reason::SupersededBy { by } => {
            let execution = past.scene.pipeline.executions.get(&id.number);
            match execution.map(|execution| &execution.position) {
                Some(Position::Ended {
                    boundary: Some((stage, _)),
                }) => words::superseded(&who, &letter(*by), &past.stage(id.number, *stage)),
                _ => words::superseded_somewhere(&who, &letter(*by)),
            }
        }
        Reason::RolledBack { target } => words::rolled_back(&who, &letter(*target)),
        Reason::StageFailed { stage } => words::failed(&who, &past.stage(id.number, *stage)),
        Reason::TooManyExecutions => words::refused_full(&who),
        Reason::VariableMissing { name } => words::refused_variable(&who, name),
        Reason::Stopped { .. } => words::stopped(&who),
        Reason::PipelineUpdated { version } => words::cancelled(&who, *version),
        _ => words::ended(&who, status.as_str()),
    }
}

fn stage_ended(
    past: &Past,
    at: Instant,
    id: ExecutionId,
    stage: u16,
    status: StageExecutionStatus,
    reason: &Reason,
) -> Said {
    let (who, name) = (letter(id.number), past.stage(id.number, stage));
    match (status, reason) {
        (StageExecutionStatus::Succeeded, _) => match past.entered(id.number, stage, at) {
            Some(entered) => words::stage_succeeded(&who, &name, &time::exact(at.since(entered))),
            None => words::stage_succeeded_some_time(&who, &name),
        },
        (StageExecutionStatus::Failed, Reason::ActionFailed { action }) => {
            words::stage_failed(&who, &name, &past.action(id.number, stage, *action))
        }
        (_, Reason::ConditionFailed { place, result }) => {
            conditions::stage_ended(&who, &name, *place, *result)
        }
        (StageExecutionStatus::Cancelled, _) => words::stage_cancelled(&who, &name),
        _ => words::stage_ended(&who, &name, status.as_str()),
    }
}

fn is_approval(past: &Past, number: u32, stage: u16, action: u16) -> bool {
    let planned = past
        .plan(number)
        .and_then(|plan| plan.stages.get(usize::from(stage)));
    let planned = planned.and_then(|stage| stage.actions.get(usize::from(action)));
    planned.is_some_and(|planned| providers::of(planned.kind).waits_for_a_person())
}

fn action_of(past: &Past, id: ExecutionId, ordinal: u32) -> String {
    match past.begun(id, ordinal) {
        Some((stage, action, _)) => past.action(id.number, stage, action),
        None => words::AN_ACTION.to_owned(),
    }
}

/// The action that a job does.
fn of_job(past: &Past, id: ExecutionId, job: u32) -> String {
    match past.action_of_job(id, job) {
        Some(ordinal) => action_of(past, id, ordinal),
        None => words::AN_ACTION.to_owned(),
    }
}

fn kind_of(id: &ActionTypeId) -> String {
    crate::page::text::details::provider(
        id.category.as_str(),
        id.owner.as_str(),
        &id.provider,
        &id.version,
    )
}

fn action_ended(
    scene: &Scene,
    past: &Past,
    at: Instant,
    id: ExecutionId,
    ordinal: u32,
    status: ActionExecutionStatus,
    ending: &Ending,
) -> Said {
    let who = letter(id.number);
    let name = action_of(past, id, ordinal);
    match (status, &ending.by) {
        (ActionExecutionStatus::Succeeded, Some(by)) => {
            words::approved(&who, &name, &scene.person(by))
        }
        (ActionExecutionStatus::Failed, Some(by)) => {
            words::rejected(&who, &name, &scene.person(by))
        }
        (ActionExecutionStatus::Succeeded | ActionExecutionStatus::InProgress, None) => {
            match past.begun(id, ordinal) {
                Some((_, _, started)) => {
                    words::action_succeeded(&who, &name, &time::exact(at.since(started)))
                }
                None => words::action_succeeded_some_time(&who, &name),
            }
        }
        (ActionExecutionStatus::Failed, None) => {
            let message = ending
                .error
                .as_ref()
                .map(|error| first_line(&error.message))
                .unwrap_or_default();
            words::action_failed(&who, &name, &message)
        }
        (ActionExecutionStatus::Abandoned | ActionExecutionStatus::InProgress, _) => {
            words::action_abandoned(&who, &name)
        }
    }
}

/// Git shows seven digits of a commit; a digest needs its algorithm before them.
pub fn short_revision(id: &str) -> String {
    match id.split_once(':') {
        Some((algorithm, digest)) => {
            format!("{algorithm}:{}", digest.chars().take(7).collect::<String>())
        }
        None => id.chars().take(7).collect(),
    }
}

/// The first line of a text, at most 200 letters: rows and sentences have no room for more.
pub fn first_line(text: &str) -> String {
    const MOST: usize = 200;
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= MOST {
        line.to_owned()
    } else {
        line.chars().take(MOST - 1).chain(['…']).collect()
    }
}

fn behavior_set(past: &Past, scope: &Scope, behavior: Option<&Behavior>) -> Said {
    let subject = match scope {
        Scope::Action { stage, action, .. } => words::action_in(action, stage),
        Scope::Rule { stage, rule, .. } => words::rule_in(rule, stage),
        Scope::Provider { provider, .. } => words::every(catalogue::display_name(provider)),
        Scope::Execution(id) => action_of(past, id.execution, id.ordinal),
    };
    let Some(behavior) = behavior else {
        return words::behaviour_forgotten(&subject);
    };
    let outcome = behavior.outcome.as_ref().map(|outcome| match outcome {
        Outcome::Succeed => words::behaviour::SUCCEED.to_owned(),
        Outcome::Fail { .. } => words::behaviour::FAIL.to_owned(),
        Outcome::Hold => words::behaviour::HOLD.to_owned(),
        Outcome::Hang => words::behaviour::HANG.to_owned(),
        Outcome::Flaky { probability } => {
            words::behaviour::flaky(super::action::percent(*probability))
        }
    });
    let takes = behavior.duration.map(|range| {
        let (min, max) = (time::exact(range.min), time::exact(range.max));
        if min == max {
            words::behaviour::takes(&min)
        } else {
            words::behaviour::takes_between(&min, &max)
        }
    });
    let variables = behavior
        .output_variables
        .as_ref()
        .map(|_| words::behaviour::VARIABLES.to_owned());
    let told: Vec<String> = [outcome, takes, variables].into_iter().flatten().collect();
    if told.is_empty() {
        words::behaviour_forgotten(&subject)
    } else {
        words::behaviour_set(&subject, &crate::page::text::list(&told))
    }
}
