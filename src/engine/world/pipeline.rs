//! A pipeline: its versions, its stages as they stand, its live executions, its past.

use std::{
    collections::{BTreeMap, VecDeque},
    rc::Rc,
};

use crate::json::{FromJson, Node, Reader, ToJson, Writer};
use crate::order::gathered;

use super::{
    execution::Execution,
    history::{History, Recorded},
    plan::Plan,
    watch::Watch,
};
use crate::{
    engine::{declaration::ConditionPlace, ids::PipelineId, time::Instant},
    model::{ExecutionMode, PipelineDeclaration, StageExecutionStatus, Tag},
};

/// A pipeline of the world.
#[derive(Clone, Debug, ToJson, FromJson)]
pub struct Pipeline {
    /// Its id.
    pub id: PipelineId,
    /// When it was created.
    pub created: Instant,
    /// When it was last updated; the creation counts.
    pub updated: Instant,
    /// Every version, the first one first. Never empty.
    pub versions: Vec<Version>,
    /// The stages of the current version as they stand.
    pub stages: Vec<StageState>,
    /// Executions that are under way, or that a stage still shows, or that wait to be archived.
    #[json(with = "executions")]
    pub executions: BTreeMap<u32, Box<Execution>>,
    /// Executions that are over and shown by no stage.
    pub history: History,
    /// The number of the last execution started.
    pub started: u32,
    /// How many executions are active (QU-9).
    #[json(skip)]
    pub active: u32,
    /// How many of the live executions have ended.
    #[json(skip)]
    pub ended: u32,
    /// Client request tokens of past executions whose segments do not have them, because a build before sealed them
    /// (TG-2). All others stand in the records of the executions, so that a checkpoint does not grow with the past.
    #[json(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub start_tokens: BTreeMap<String, u32>,
    /// Its tags.
    #[json(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    /// What makes it start by itself, beside its declaration.
    #[json(default, skip_serializing_if = "Watch::is_empty")]
    pub watch: Watch,
}

/// One version of a pipeline.
#[derive(Clone, Debug)]
pub struct Version {
    /// When it was saved.
    pub saved: Instant,
    /// What was declared, ready to run.
    pub plan: Rc<Plan>,
}

#[derive(ToJson, FromJson)]
struct StoredVersion {
    saved: Instant,
    declaration: Rc<PipelineDeclaration>,
}

impl ToJson for Version {
    fn to_json(&self, out: &mut Writer) {
        let stored = StoredVersion {
            saved: self.saved,
            declaration: Rc::clone(&self.plan.declaration),
        };
        stored.to_json(out);
    }
}

impl FromJson for Version {
    fn from_json(value: Node<'_>, reader: &mut Reader) -> Self {
        let stored = StoredVersion::from_json(value, reader);
        Self {
            saved: stored.saved,
            plan: Rc::new(Plan::new(stored.declaration)),
        }
    }
}

/// Executions are stored as a list: each knows its number.
mod executions {
    use std::collections::BTreeMap;

    use super::{Execution, FromJson, Node, Reader, ToJson, Writer, gathered};

    pub fn to_json(map: &BTreeMap<u32, Box<Execution>>, out: &mut Writer) {
        out.begin_list();
        if !out.leaves_out() {
            map.values().for_each(|execution| execution.to_json(out));
        }
        out.end_list();
    }

    pub fn from_json(value: Node<'_>, reader: &mut Reader) -> BTreeMap<u32, Box<Execution>> {
        let list = Vec::<Box<Execution>>::from_json(value, reader);
        gathered(
            list.into_iter()
                .map(|execution| (execution.number, execution)),
        )
    }
}

/// A stage of the current version as it stands.
#[derive(Clone, Debug, Default, PartialEq, ToJson, FromJson)]
#[json(default)]
pub struct StageState {
    /// Its name: what it is known by across versions (UP-9).
    pub name: Rc<str>,
    /// Who holds the lock.
    #[json(skip_serializing_if = "Option::is_none")]
    pub holder: Option<u32>,
    /// Who waits in front, head first.
    #[json(skip_serializing_if = "VecDeque::is_empty")]
    pub waiting: VecDeque<u32>,
    /// Who was the last to leave the line here without entering (superseded, stopped, cancelled).
    #[json(skip_serializing_if = "Option::is_none")]
    pub left: Option<u32>,
    /// The inbound transition.
    pub transition: Transition,
    /// The last execution that entered (GS-2).
    #[json(skip_serializing_if = "Option::is_none")]
    pub latest: Option<u32>,
    /// The last action execution of each action, in declaration order: execution and ordinal (GS-4).
    pub actions: Vec<Option<(u32, u32)>>,
    /// The last evaluation of each condition, in the order of [`ConditionPlace::ALL`]: execution and index (CO-31).
    #[json(skip_serializing_if = "ConditionSlots::is_empty")]
    pub conditions: ConditionSlots,
    /// RB-13: the newest execution that an automatic rollback of the stage can go back to: STANDARD, of the current
    /// version, and it succeeded here. It stays live while it stands here. Derived.
    #[json(skip)]
    pub succeeded: Option<u32>,
}

/// The last evaluation of each condition of a stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ToJson, FromJson)]
#[json(transparent)]
pub struct ConditionSlots([Option<(u32, u32)>; 3]);

impl ConditionSlots {
    fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// The last evaluation of the condition at a place: execution and index.
    #[must_use]
    pub fn at(&self, place: ConditionPlace) -> Option<(u32, u32)> {
        self.0.get(place as usize).copied().flatten()
    }

    /// Notes a new evaluation.
    pub fn put(&mut self, place: ConditionPlace, evaluation: (u32, u32)) {
        if let Some(slot) = self.0.get_mut(place as usize) {
            *slot = Some(evaluation);
        }
    }

    /// Every evaluation that is shown.
    pub fn shown(&self) -> impl Iterator<Item = (u32, u32)> {
        self.0.iter().copied().flatten()
    }
}

/// The inbound transition of a stage (TR-3).
#[derive(Clone, Debug, Default, PartialEq, ToJson, FromJson)]
#[json(default)]
pub struct Transition {
    /// Closed: why, and since when without a break (TR-10).
    #[json(skip_serializing_if = "Option::is_none")]
    pub disabled: Option<(Rc<str>, Instant)>,
    /// Who changed it last, and when (TR-11).
    #[json(skip_serializing_if = "Option::is_none")]
    pub changed: Option<(Rc<str>, Instant)>,
}

impl Pipeline {
    /// The number of the current version.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "nobody saves four billion versions"
    )]
    pub fn version(&self) -> u32 {
        self.versions.len() as u32
    }

    /// The current version.
    ///
    /// # Panics
    /// Never: a pipeline is created with its first version.
    #[must_use]
    #[expect(
        clippy::expect_used,
        reason = "an empty list of versions is a bug and must be loud"
    )]
    pub fn current(&self) -> &Version {
        self.versions.last().expect("a pipeline has a version")
    }

    /// The plan of a version that exists.
    ///
    /// # Panics
    /// When the version is not one of this pipeline's: executions only know versions that they started in.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "executions are bound to versions that exist; anything else must be loud"
    )]
    pub fn plan(&self, version: u32) -> &Rc<Plan> {
        &self.versions[version as usize - 1].plan
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.current().plan.declaration.name
    }

    /// The place of a stage of an older version among the current stages, by its name (UP-9).
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "at most 50 stages (QT-5)")]
    pub fn current_stage(&self, version: u32, stage: u16) -> Option<u16> {
        if version == self.version() {
            return Some(stage);
        }
        let name = self.plan(version).stage(stage).name.as_str();
        self.stages
            .iter()
            .position(|state| &*state.name == name)
            .map(|index| index as u16)
    }

    /// The stage as it stands, for an execution of a version; `None` where an update removed it.
    #[must_use]
    pub fn stage_state(&self, version: u32, stage: u16) -> Option<&StageState> {
        self.stages
            .get(usize::from(self.current_stage(version, stage)?))
    }

    /// When the last execution started: what TG-21 counts from.
    #[must_use]
    pub fn last_start(&self) -> Instant {
        let live = || self.executions.values().map(|execution| execution.started);
        self.watch
            .last_start
            .or_else(|| live().max())
            .unwrap_or(self.created)
    }

    /// Whether a stage still shows this execution, so that it may not be archived yet.
    #[must_use]
    pub fn shows(&self, number: u32) -> bool {
        self.stages.iter().any(|stage| {
            stage.latest == Some(number)
                || stage.left == Some(number)
                || stage.succeeded == Some(number)
                || stage.conditions.shown().any(|(shown, _)| shown == number)
                || stage
                    .actions
                    .iter()
                    .flatten()
                    .any(|(execution, _)| *execution == number)
        })
    }

    /// RB-13: whether an automatic rollback of a stage could go back to this execution.
    #[must_use]
    pub fn can_be_gone_back_to(&self, execution: &Execution, stage: u16) -> bool {
        execution.version == self.version()
            && execution.rollback.is_none()
            && execution.mode != ExecutionMode::Parallel
            && execution
                .stage_run(stage)
                .is_some_and(|run| run.status == StageExecutionStatus::Succeeded)
    }

    /// Works out what is derived of the stages: to whom an automatic rollback goes back. Whoever that is is live.
    pub fn find_successes(&mut self) {
        for index in 0..self.stages.len() {
            let place = u16::try_from(index).unwrap_or(u16::MAX);
            let newest = self
                .executions
                .values()
                .rev()
                .find(|execution| self.can_be_gone_back_to(execution, place))
                .map(|execution| execution.number);
            if let Some(stage) = self.stages.get_mut(index) {
                stage.succeeded = newest;
            }
        }
    }

    /// An execution by its number, live or past.
    #[must_use]
    pub fn execution(&self, number: u32) -> Option<Recorded<'_>> {
        match self.executions.get(&number) {
            Some(execution) => Some(Recorded::Live(execution)),
            None => self.history.find(number),
        }
    }

    /// TG-2: the execution that a client request token started, as long as anything knows the execution. The live ones
    /// are few (QU-6, and the archive takes the others), so they are looked through.
    #[must_use]
    pub fn started_with(&self, token: &str) -> Option<Recorded<'_>> {
        self.executions
            .values()
            .find(|execution| execution.token.as_deref() == Some(token))
            .map(|execution| Recorded::Live(execution))
            .or_else(|| {
                let number = self.start_tokens.get(token)?;
                self.execution(*number)
            })
            .or_else(|| self.history.started_with(token))
    }

    /// A world of an earlier build kept all tokens here: those of live executions move into their records.
    pub(super) fn move_tokens(&mut self) {
        let executions = &mut self.executions;
        self.start_tokens
            .retain(|token, number| match executions.get_mut(number) {
                Some(execution) => {
                    execution.token = Some(Rc::from(token.as_str()));
                    false
                }
                None => true,
            });
    }

    /// Segments have left the history, and with them the tokens of their executions.
    pub(super) fn drop_segments(&mut self, ids: &[u64]) {
        self.history.drop_segments(ids);
        let (executions, history) = (&self.executions, &self.history);
        self.start_tokens.retain(|_, number| {
            let mut past = history.below(number.saturating_add(1));
            executions.contains_key(number) || past.any(|segment| segment.last >= *number)
        });
    }
}
