//! THE WORLD. Plain records of everything that is the case: pipelines, executions, sources, settings.
//!
//! What lives here: the records, what can be read off them, and [`World::apply`], the one place where they
//! change. What may not live here: a decision. Rules are in `rules` and `operations`; they read the world and
//! record facts, and a fact says everything that `apply` needs to know.

pub mod apply;
pub mod condition;
pub mod custom_type;
pub mod execution;
pub mod failure;
pub mod history;
pub mod job;
pub mod life;
pub mod newest;
pub mod partner_type;
pub mod pin;
pub mod pipeline;
pub mod plan;
pub mod resource;
pub mod source;
pub mod watch;
pub mod webhook;
pub mod worker;

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use crate::json::{FromJson, Node, Reader, ToJson, Writer};
use crate::order::gathered;

use self::{
    custom_type::CustomType,
    execution::{Deadline, DeadlineKind, Execution},
    failure::Failure,
    history::Decoded,
    job::LostJob,
    partner_type::PartnerType,
    pipeline::Pipeline,
    source::{Place, Revision},
    watch::Poll,
    webhook::Webhook,
    worker::Worker,
};
use super::{
    behavior::{Behavior, Scope},
    conditions::{AlarmState, LambdaResult},
    declaration::{ActionTypeDefinition, CustomTypes},
    ids::{ActionExecutionId, ExecutionId, JobId, Key, PipelineId, RuleExecutionId},
    time::Instant,
};

use crate::model::{ActionOwner, ActionTypeDeclaration, ActionTypeId, JobStatus};

/// What a world is told when it begins and never changes.
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
#[json(default, rename_all = "camelCase")]
pub struct Options {
    /// Everything random follows from this.
    pub seed: u64,
    /// Twelve digits.
    pub account_id: String,
    /// The home Region.
    pub region: String,
    /// The ARN partition.
    pub partition: String,
    /// The ARN of whoever calls the API.
    pub caller_arn: String,
    /// Where the clock begins.
    pub start_time: Instant,
    /// Whether finished executions are kept.
    pub history: HistoryOption,
    /// Whether the secrets of webhooks are answered as they are, for tools that compare what they read with what they
    /// wrote; the service masks them (S-5).
    #[json(skip_serializing_if = "is_false")]
    pub show_webhook_secrets: bool,
}

/// Whether finished executions are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, ToJson, FromJson)]
#[json(rename_all = "lowercase")]
pub enum HistoryOption {
    /// For 12 months (TO-5).
    #[default]
    Full,
    /// Forgotten as soon as no stage shows them.
    None,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: 1,
            account_id: "123456789012".to_owned(),
            region: "us-east-1".to_owned(),
            partition: "aws".to_owned(),
            caller_arn: "arn:aws:iam::123456789012:user/simulator".to_owned(),
            start_time: Instant(1_772_524_800_000), // Tuesday, 3 March 2026, 08:00 UTC
            history: HistoryOption::Full,
            show_webhook_secrets: false,
        }
    }
}

/// Everything that is the case.
#[derive(Clone, Debug, ToJson, FromJson)]
pub struct World {
    /// What it was told when it began.
    pub options: Options,
    /// The virtual clock. Only facts and [`super::Engine::advance`] move it.
    pub now: Instant,
    /// How many facts there were.
    pub sequence: u64,
    /// How many pipelines were ever created.
    pub created_pipelines: u32,
    /// How many segments of history were ever sealed.
    pub sealed_segments: u64,
    /// Pipelines by id.
    #[json(with = "pipelines")]
    pub pipelines: BTreeMap<PipelineId, Pipeline>,
    /// What was pushed to source places: the newest revision of each.
    #[json(with = "as_pairs", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<Place, Rc<Revision>>,
    /// How actions behave, where somebody said so.
    #[json(with = "as_pairs", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub behaviors: BTreeMap<Scope, Behavior>,
    /// Alarms that somebody put into a state, and since when they are in it. Every other alarm is OK.
    #[json(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub alarms: BTreeMap<Rc<str>, (AlarmState, Instant)>,
    /// What functions answer, where somebody said so. Every other function succeeds.
    #[json(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lambda_results: BTreeMap<Rc<str>, LambdaResult>,
    /// Custom action types, by category, provider and version.
    #[json(
        with = "custom_types",
        default,
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    custom_types: BTreeMap<(String, String, String), CustomType>,
    /// Partners' action types whose integration model was changed, by category, provider and version.
    #[json(
        with = "partner_types",
        default,
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    partner_types: BTreeMap<(String, String, String), PartnerType>,
    /// Webhooks by name.
    #[json(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub webhooks: BTreeMap<Rc<str>, Webhook>,
    /// What the next calls of operations answer, in this order, where somebody said so.
    #[json(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub failures: BTreeMap<Rc<str>, Vec<Failure>>,
    /// Workers that somebody attached, by their numbers.
    #[json(with = "as_pairs", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub workers: BTreeMap<u32, Worker>,
    /// How many workers were ever attached.
    #[json(default, skip_serializing_if = "is_zero")]
    pub attached_workers: u32,
    /// The client tokens of partners, by client id, where somebody said so (T-7).
    #[json(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub client_tokens: BTreeMap<Rc<str>, Rc<str>>,
    /// Jobs whose pipelines were deleted before they were over (J-50).
    #[json(with = "as_pairs", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lost_jobs: BTreeMap<JobId, LostJob>,
    /// The jobs that are Queued, oldest first. Derived.
    #[json(skip)]
    queued: BTreeSet<(u64, JobId)>,
    /// Pipeline ids by name. Derived.
    #[json(skip)]
    names: BTreeMap<Rc<str>, PipelineId>,
    /// What is due when. Derived: instant, kind, order of creation, of what.
    #[json(skip)]
    agenda: BTreeSet<(Instant, DeadlineKind, u64, Due)>,
    /// What places hold to which nothing was pushed, as far as somebody asked. Derived from the seed.
    #[json(skip)]
    first_revisions: RefCell<BTreeMap<Place, Rc<Revision>>>,
    /// Segments of history that were decoded lately. Derived.
    #[json(skip)]
    decoded: Rc<Decoded>,
    /// Segments sealed since somebody asked: what storage has to write.
    #[json(skip)]
    sealed: Vec<(u64, Rc<[u8]>)>,
    /// Segments dropped since somebody asked: what storage has to delete.
    #[json(skip)]
    dropped: Vec<u64>,
    /// Executions that are forgotten by [`HistoryOption::None`], and of which somebody may still be told: until the
    /// next facts are recorded.
    #[json(skip)]
    parting: BTreeMap<ExecutionId, Execution>,
}

/// Segments of history that storage does not know of yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SegmentChanges {
    /// Sealed: to be written, by id.
    pub sealed: Vec<(u64, Rc<[u8]>)>,
    /// Dropped: to be deleted.
    pub dropped: Vec<u64>,
}

/// What a deadline is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    /// An action execution under way ends by itself.
    Action(ActionExecutionId),
    /// A rule of a condition looks, ends or is given up.
    Rule(RuleExecutionId),
    /// A source of a pipeline is looked at.
    Poll(PipelineId),
    /// A schedule starts a pipeline.
    Schedule(PipelineId),
    /// A job can be had, or its simulated worker is done.
    Job(JobId),
    /// An attached worker polls.
    Worker(u32),
}

impl Due {
    /// The pipeline in which something will happen; `None` for a worker, who finds out when it polls.
    #[must_use]
    pub const fn pipeline(self) -> Option<PipelineId> {
        match self {
            Self::Action(id) => Some(id.execution.pipeline),
            Self::Rule(id) => Some(id.execution.pipeline),
            Self::Job(id) => Some(id.execution.pipeline),
            Self::Poll(pipeline) | Self::Schedule(pipeline) => Some(pipeline),
            Self::Worker(_) => None,
        }
    }
}

/// Pipelines are stored as a list: each knows its id.
mod pipelines {
    use std::collections::BTreeMap;

    use super::{FromJson, Node, Pipeline, PipelineId, Reader, ToJson, Writer, gathered};

    pub fn to_json(map: &BTreeMap<PipelineId, Pipeline>, out: &mut Writer) {
        out.begin_list();
        if !out.leaves_out() {
            map.values().for_each(|pipeline| pipeline.to_json(out));
        }
        out.end_list();
    }

    pub fn from_json(value: Node<'_>, reader: &mut Reader) -> BTreeMap<PipelineId, Pipeline> {
        let list = Vec::<Pipeline>::from_json(value, reader);
        gathered(list.into_iter().map(|pipeline| (pipeline.id, pipeline)))
    }
}

/// Custom action types are stored as a list: each knows its id.
mod custom_types {
    use std::collections::BTreeMap;

    use super::{CustomType, FromJson, Node, Reader, ToJson, Writer, gathered, listed, type_key};

    type Map = BTreeMap<(String, String, String), CustomType>;

    pub fn to_json(map: &Map, out: &mut Writer) {
        listed(&mut map.values().map(|one| one as &dyn ToJson), out);
    }

    pub fn from_json(value: Node<'_>, reader: &mut Reader) -> Map {
        let list = Vec::<CustomType>::from_json(value, reader);
        gathered(list.into_iter().map(|one| (type_key(&one.shown.id), one)))
    }
}

/// Changed partners' types are stored as a list, too.
mod partner_types {
    use std::collections::BTreeMap;

    use super::{
        FromJson, Node, PartnerType, Reader, ToJson, Writer, gathered, listed, partner_key,
    };

    type Map = BTreeMap<(String, String, String), PartnerType>;

    pub fn to_json(map: &Map, out: &mut Writer) {
        listed(&mut map.values().map(|one| one as &dyn ToJson), out);
    }

    pub fn from_json(value: Node<'_>, reader: &mut Reader) -> Map {
        let list = Vec::<PartnerType>::from_json(value, reader);
        gathered(
            list.into_iter()
                .map(|one| (partner_key(&one.declaration), one)),
        )
    }
}

fn listed(items: &mut dyn Iterator<Item = &dyn ToJson>, out: &mut Writer) {
    out.begin_list();
    for item in items {
        item.to_json(out);
    }
    out.end_list();
}

fn partner_key(declaration: &ActionTypeDeclaration) -> (String, String, String) {
    let id = &declaration.id;
    (
        id.category.to_string(),
        id.provider.clone(),
        id.version.clone(),
    )
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

fn is_false(truth: &bool) -> bool {
    !truth
}

fn type_key(id: &ActionTypeId) -> (String, String, String) {
    (
        id.category.to_string(),
        id.provider.clone(),
        id.version.clone(),
    )
}

/// Maps whose keys are records, stored as lists of pairs: JSON has only texts for keys.
mod as_pairs {
    use std::collections::BTreeMap;

    use super::{FromJson, Node, Reader, ToJson, Writer};

    pub fn to_json<K: ToJson, V: ToJson>(map: &BTreeMap<K, V>, out: &mut Writer) {
        out.begin_list();
        for (key, value) in map {
            out.items(&[key, value]);
        }
        out.end_list();
    }

    pub fn from_json<K: FromJson + Ord, V: FromJson>(
        value: Node<'_>,
        reader: &mut Reader,
    ) -> BTreeMap<K, V> {
        let mut map = BTreeMap::new();
        for (key, value) in Vec::<(K, V)>::from_json(value, reader) {
            map.insert(key, value);
        }
        map
    }
}

impl CustomTypes for World {
    fn find(&self, id: &ActionTypeId) -> Option<&ActionTypeDefinition> {
        let custom = self.custom_type_record(id).map(|record| &record.definition);
        custom.or_else(|| self.partner_type(id).map(|one| &one.definition))
    }

    fn remembered(&self, id: &ActionTypeId) -> Option<&ActionTypeDefinition> {
        let custom = self.custom_type_remembered(id);
        let custom = custom.map(|record| &record.definition);
        custom.or_else(|| self.find(id))
    }
}

impl World {
    /// An empty world.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self {
            now: options.start_time,
            options,
            sequence: 0,
            created_pipelines: 0,
            sealed_segments: 0,
            pipelines: BTreeMap::new(),
            sources: BTreeMap::new(),
            behaviors: BTreeMap::new(),
            alarms: BTreeMap::new(),
            lambda_results: BTreeMap::new(),
            custom_types: BTreeMap::new(),
            partner_types: BTreeMap::new(),
            webhooks: BTreeMap::new(),
            failures: BTreeMap::new(),
            workers: BTreeMap::new(),
            attached_workers: 0,
            client_tokens: BTreeMap::new(),
            lost_jobs: BTreeMap::new(),
            queued: BTreeSet::new(),
            names: BTreeMap::new(),
            agenda: BTreeSet::new(),
            first_revisions: RefCell::default(),
            decoded: Rc::default(),
            sealed: Vec::new(),
            dropped: Vec::new(),
            parting: BTreeMap::new(),
        }
    }

    /// Works out everything that is derived and not stored. Called once after deserialising.
    pub fn index(&mut self) {
        self.names.clear();
        self.agenda.clear();
        self.queued.clear();
        for worker in self.workers.values() {
            if let Some(at) = worker.poll {
                let due = Due::Worker(worker.number);
                self.agenda
                    .insert((at, DeadlineKind::Poll, worker.order, due));
            }
        }
        for custom_type in self.custom_types.values_mut() {
            custom_type.index();
        }
        for partner_type in self.partner_types.values_mut() {
            partner_type.index();
        }
        for pipeline in self.pipelines.values_mut() {
            if pipeline.versions.is_empty() {
                // Not a world of ours: the check that follows says so.
                continue;
            }
            self.names.insert(Rc::from(pipeline.name()), pipeline.id);
            pipeline.history.index(&self.decoded);
            pipeline.move_tokens();
            if let Some(Poll { at, order, .. }) = pipeline.watch.poll {
                let due = Due::Poll(pipeline.id);
                self.agenda.insert((at, DeadlineKind::Poll, order, due));
            }
            if let Some(schedule) = &pipeline.watch.schedule
                && let Some(at) = schedule.next
            {
                let due = Due::Schedule(pipeline.id);
                let entry = (at, DeadlineKind::Schedule, schedule.order, due);
                self.agenda.insert(entry);
            }
            pipeline.active = 0;
            pipeline.ended = 0;
            pipeline.find_successes();
            for execution in pipeline.executions.values() {
                if execution.active() {
                    pipeline.active += 1;
                } else {
                    pipeline.ended += 1;
                }
                let id = ExecutionId {
                    pipeline: pipeline.id,
                    number: execution.number,
                };
                for (ordinal, action) in execution.numbered().filter(|(_, action)| action.running())
                {
                    if let Some(Deadline { at, kind }) = action.deadline {
                        let due = Due::Action(ActionExecutionId {
                            execution: id,
                            ordinal,
                        });
                        self.agenda.insert((at, kind, action.order, due));
                    }
                }
                for (ordinal, job) in (0_u32..).zip(&execution.jobs) {
                    let job_id = JobId {
                        execution: id,
                        ordinal,
                    };
                    if job.status == JobStatus::Queued {
                        self.queued.insert((job.birth, job_id));
                    }
                    if let Some(Deadline { at, kind }) = job.deadline {
                        self.agenda.insert((at, kind, job.order, Due::Job(job_id)));
                    }
                }
                for (ordinal, rule) in (0_u32..).zip(&execution.rules) {
                    if let Some(Deadline { at, kind }) = rule.deadline {
                        let due = Due::Rule(RuleExecutionId {
                            execution: id,
                            ordinal,
                        });
                        self.agenda.insert((at, kind, rule.order, due));
                    }
                }
            }
        }
    }

    /// The key that turns ids into UUIDs and back.
    #[must_use]
    pub fn key(&self) -> Key {
        Key::new(self.options.seed)
    }

    /// A pipeline by name.
    #[must_use]
    pub fn pipeline_named(&self, name: &str) -> Option<&Pipeline> {
        self.pipelines.get(self.names.get(name)?)
    }

    /// Pipelines in the order of their names.
    pub fn pipelines_by_name(&self) -> impl Iterator<Item = &Pipeline> {
        self.names.values().filter_map(|id| self.pipelines.get(id))
    }

    /// Pipelines in the order of their names, after this name.
    pub fn pipelines_after<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Pipeline> {
        self.names
            .range::<str, _>((std::ops::Bound::Excluded(name), std::ops::Bound::Unbounded))
            .filter_map(|(_, id)| self.pipelines.get(id))
    }

    /// A pipeline that exists.
    ///
    /// # Panics
    /// When it does not: rules only hold ids that the world gave them.
    #[must_use]
    #[expect(
        clippy::expect_used,
        reason = "a dangling id is a bug and must be loud"
    )]
    pub fn pipeline(&self, id: PipelineId) -> &Pipeline {
        self.pipelines.get(&id).expect("the pipeline exists")
    }

    /// A live execution that exists.
    ///
    /// # Panics
    /// As [`Self::pipeline`].
    #[must_use]
    #[expect(
        clippy::expect_used,
        reason = "a dangling id is a bug and must be loud"
    )]
    pub fn execution(&self, id: ExecutionId) -> &Execution {
        self.pipeline(id.pipeline)
            .executions
            .get(&id.number)
            .expect("the execution is live")
    }

    /// An execution, live, past or just forgotten: for whoever tells what has happened.
    #[must_use]
    pub fn execution_to_tell(&self, id: ExecutionId) -> Option<history::Recorded<'_>> {
        let pipeline = self.pipelines.get(&id.pipeline)?;
        let forgotten = || self.parting.get(&id).map(history::Recorded::Live);
        pipeline.execution(id.number).or_else(forgotten)
    }

    /// Everything that has happened was told.
    pub(in crate::engine) fn forget_parting(&mut self) {
        self.parting.clear();
    }

    /// The next instant at which something is due, and what.
    #[must_use]
    pub fn next_due(&self) -> Option<(Deadline, Due)> {
        self.due().next()
    }

    /// Everything that is due, in the order in which it will be taken.
    pub fn due(&self) -> impl Iterator<Item = (Deadline, Due)> {
        self.agenda
            .iter()
            .map(|&(at, kind, _, due)| (Deadline { at, kind }, due))
    }

    /// What a source place holds now.
    #[must_use]
    pub fn revision_at(&self, place: &Place) -> Rc<Revision> {
        match self.sources.get(place) {
            Some(revision) => Rc::clone(revision),
            None => self.first_revision_at(place),
        }
    }

    /// What a place holds before anything is pushed to it, worked out once: sources ask at every start.
    fn first_revision_at(&self, place: &Place) -> Rc<Revision> {
        /// A configuration may name a place by a variable, so there may be any number.
        const MOST: usize = 1_000;
        let mut known = self.first_revisions.borrow_mut();
        if let Some(revision) = known.get(place) {
            return Rc::clone(revision);
        }
        if known.len() >= MOST {
            known.clear();
        }
        let revision = place.first_revision(self.options.seed, self.options.start_time);
        let revision = Rc::new(revision);
        known.insert(place.clone(), Rc::clone(&revision));
        revision
    }

    /// The custom action type with this id, unless it was deleted.
    #[must_use]
    pub fn custom_type_record(&self, id: &ActionTypeId) -> Option<&CustomType> {
        self.custom_type_remembered(id)
            .filter(|one| one.deleted.is_none())
    }

    /// The custom action type with this id, also where it was deleted.
    #[must_use]
    pub fn custom_type_remembered(&self, id: &ActionTypeId) -> Option<&CustomType> {
        (id.owner == ActionOwner::Custom)
            .then(|| self.custom_types.get(&type_key(id)))
            .flatten()
    }

    /// Every custom action type that was not deleted, by category, provider and version.
    pub fn custom_types(&self) -> impl Iterator<Item = &CustomType> {
        self.custom_types
            .values()
            .filter(|one| one.deleted.is_none())
    }

    /// What became of a partner's action type by UpdateActionType; `None` where nobody changed it.
    #[must_use]
    pub fn partner_type(&self, id: &ActionTypeId) -> Option<&PartnerType> {
        (id.owner == ActionOwner::ThirdParty && !self.partner_types.is_empty())
            .then(|| self.partner_types.get(&type_key(id)))
            .flatten()
    }

    /// The jobs that are Queued, oldest first (J-11).
    pub fn queued_jobs(&self) -> impl Iterator<Item = JobId> {
        self.queued.iter().map(|(_, id)| *id)
    }

    /// The worker that is attached to an action type.
    #[must_use]
    pub fn worker_of(&self, id: &ActionTypeId) -> Option<&Worker> {
        let mut workers = self.workers.values();
        workers.find(|worker| worker.action_type == *id)
    }

    /// The ARN of a pipeline (RN-1).
    #[must_use]
    pub fn pipeline_arn(&self, name: &str) -> String {
        let Options {
            partition,
            region,
            account_id,
            ..
        } = &self.options;
        format!("arn:{partition}:codepipeline:{region}:{account_id}:{name}")
    }

    /// The segments sealed and dropped since the last call: what storage has to write and to delete.
    pub fn take_segments(&mut self) -> SegmentChanges {
        SegmentChanges {
            sealed: std::mem::take(&mut self.sealed),
            dropped: std::mem::take(&mut self.dropped),
        }
    }

    /// Reads the whole history of a world from outside.
    ///
    /// # Errors
    /// Which segment cannot be read or does not belong to its pipeline.
    pub fn check_history(&self) -> Result<(), String> {
        for pipeline in self.pipelines.values() {
            let mut counted: BTreeSet<u32> = gathered(pipeline.executions.keys().copied());
            for segment in pipeline.history.segments() {
                let wrong = |problem: String| format!("segment {}: {problem}", segment.id);
                let executions = segment.read().map_err(|damaged| wrong(damaged.reason))?;
                for execution in &executions {
                    let number = execution.number;
                    let known = (1..=pipeline.version()).contains(&execution.version)
                        && number <= pipeline.started
                        && !execution.active();
                    if !known {
                        return Err(wrong(format!("execution {number} is not of this past")));
                    }
                    if !segment.recalled.contains(&number) && !counted.insert(number) {
                        return Err(wrong(format!("execution {number} is there twice")));
                    }
                    super::invariants::execution_fits(execution, pipeline.plan(execution.version))
                        .map_err(|problem| wrong(format!("execution {number} {problem}")))?;
                }
            }
        }
        Ok(())
    }

    /// Gives the segments their bytes back after loading; answers the ids of segments that the world names and
    /// nobody supplied, or that cannot be read.
    pub fn supply_segments(&mut self, stored: &BTreeMap<u64, Rc<[u8]>>) -> Vec<u64> {
        self.pipelines
            .values_mut()
            .flat_map(|pipeline| pipeline.history.supply(stored))
            .collect()
    }

    /// After a replay: what it sealed was written when it was first recorded, by a build that may have encoded it
    /// differently. What is stored stays, so that a checkpoint names what is there.
    ///
    /// # Errors
    /// Which stored segment is not of the executions that were sealed.
    pub fn adopt_segments(&mut self, stored: &BTreeMap<u64, Rc<[u8]>>) -> Result<(), String> {
        for (id, bytes) in self.take_segments().sealed {
            let Some(other) = stored.get(&id).filter(|other| **other != bytes) else {
                continue;
            };
            for pipeline in self.pipelines.values_mut() {
                let lost = pipeline
                    .history
                    .adopt(id, other)
                    .map_err(|damaged| format!("segment {id}: {}", damaged.reason))?;
                pipeline.start_tokens.extend(lost);
            }
        }
        Ok(())
    }
}
