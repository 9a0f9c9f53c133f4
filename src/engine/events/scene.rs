//! Where a fact happened: its pipeline, its execution, the version that the execution runs by.

use std::{collections::BTreeMap, rc::Rc};

use super::{
    Level, State,
    detail::{ActionKind, ExecutionResult, ExecutionTrigger, PlainTrigger, StateChangeDetail},
    git, links,
};
use crate::engine::{
    fact::Fact,
    ids::{ActionExecutionId, ExecutionId, Kind},
    operations,
    providers::{self, Run},
    rules::action::configuration,
    world::{World, execution::ActionExecution, history::Recorded, pipeline::Pipeline, plan::Plan},
};

/// See the module.
pub struct Scene<'a> {
    /// The world, at the fact or later.
    pub world: &'a World,
    /// The pipeline.
    pub pipeline: &'a Pipeline,
    /// Whose fact it is.
    pub id: ExecutionId,
    /// The execution, at the fact or later.
    pub execution: Rc<Recorded<'a>>,
    /// What it runs by.
    pub plan: &'a Plan,
    /// The number of the fact: what came after it does not count.
    pub fact: u64,
}

impl<'a> Scene<'a> {
    /// The scene of a fact; `None` where the fact is about no execution, or about one that is forgotten.
    pub fn of(world: &'a World, fact: &Fact) -> Option<Self> {
        let id = fact.event.execution()?;
        let pipeline = world.pipelines.get(&id.pipeline)?;
        let execution = world.execution_to_tell(id)?;
        Some(Self {
            world,
            pipeline,
            id,
            plan: pipeline.plan(execution.version),
            execution: Rc::new(execution),
            fact: fact.sequence,
        })
    }

    /// The same scene a moment before the fact.
    pub fn before(&self) -> Self {
        Self {
            execution: Rc::clone(&self.execution),
            fact: self.fact.saturating_sub(1),
            ..*self
        }
    }

    /// The name of a stage. A fact from a stranger's file may name one that is not there.
    pub fn stage_name(&self, stage: u16) -> String {
        let declared = self.plan.declaration.stages.get(usize::from(stage));
        declared.map_or_else(String::new, |stage| stage.name.clone())
    }

    fn detail(&self, state: State, started: String) -> StateChangeDetail {
        StateChangeDetail {
            pipeline: self.plan.declaration.name.clone(),
            execution_id: self.world.key().execution(self.id),
            start_time: started,
            execution_trigger: None,
            stage: None,
            action_execution_id: None,
            action: None,
            input_artifacts: None,
            output_artifacts: None,
            execution_result: None,
            state,
            region: None,
            r#type: None,
            version: self.execution.version,
            pipeline_execution_attempt: self.execution.attempt_at(self.fact),
            stage_last_retry_attempt_time: None,
            stop_execution_comments: None,
        }
    }

    /// EV-1, EV-2: about the execution.
    pub fn pipeline_detail(&self, state: State) -> (Level, StateChangeDetail) {
        let trigger = &self.execution.trigger;
        let execution_trigger = match git::trigger(&self.execution) {
            Some(git) => Some(ExecutionTrigger::Git(Box::new(git))),
            None => (state == State::Started).then(|| {
                ExecutionTrigger::Plain(PlainTrigger {
                    trigger_type: trigger.kind.to_string(),
                    trigger_detail: trigger.detail.to_string(),
                })
            }),
        };
        let detail = StateChangeDetail {
            execution_trigger,
            ..self.detail(state, self.execution.started.iso())
        };
        (Level::Pipeline, detail)
    }

    /// EV-3: about a stage of the execution.
    pub fn stage_detail(&self, stage: u16, state: State) -> (Level, StateChangeDetail) {
        let run = self.execution.stages.iter().find(|run| run.stage == stage);
        let started = run.map_or(self.execution.started, |run| run.entered);
        let retried = self.execution.resumption_at(stage, self.fact);
        let detail = StateChangeDetail {
            stage: Some(self.stage_name(stage)),
            stage_last_retry_attempt_time: retried.map(|resumption| resumption.at.iso()),
            ..self.detail(state, started.iso())
        };
        (Level::Stage, detail)
    }

    /// The record of an attempt at an action.
    pub fn attempt(&self, ordinal: u32) -> Option<&ActionExecution> {
        self.execution.actions.get(ordinal as usize)
    }

    /// An attempt at an action with everything that its provider may look at.
    pub fn with_run<R>(
        &self,
        ordinal: u32,
        ask: impl FnOnce(&Run, &ActionExecution) -> R,
    ) -> Option<R> {
        let record = self.attempt(ordinal)?;
        let declaration = self.plan.action(record.stage, record.action);
        let empty = BTreeMap::new();
        let run = Run {
            world: self.world,
            pipeline: self.pipeline,
            execution: &self.execution,
            id: ActionExecutionId {
                execution: self.id,
                ordinal,
            },
            declaration,
            configuration: configuration(record.resolved.as_ref(), declaration, &empty),
        };
        Some(ask(&run, record))
    }

    /// EV-4: about an attempt at an action.
    pub fn action_detail(&self, ordinal: u32, state: State) -> Option<(Level, StateChangeDetail)> {
        self.with_run(ordinal, |run, record| {
            let type_id = &run.declaration.action_type_id;
            let artifacts = (self.world, self.pipeline, &**self.execution);
            let input_artifacts = (state == State::Started).then(|| {
                let (world, pipeline, execution) = artifacts;
                operations::inputs(
                    world,
                    pipeline,
                    execution,
                    self.plan,
                    run.id,
                    run.declaration,
                )
            });
            let output_artifacts = (state == State::Succeeded).then(|| {
                let (world, pipeline, execution) = artifacts;
                operations::outputs(world, pipeline, execution, run.id, run.declaration)
            });
            let has_result = matches!(state, State::Succeeded | State::Failed);
            let detail = StateChangeDetail {
                stage: Some(self.stage_name(record.stage)),
                action_execution_id: Some(self.world.key().uuid(Kind::ActionExecution, run.id)),
                action: Some(run.declaration.name.clone()),
                input_artifacts,
                output_artifacts,
                execution_result: has_result.then(|| self.result(run, record)),
                region: Some(run.region().to_owned()),
                r#type: Some(ActionKind {
                    owner: type_id.owner,
                    category: type_id.category,
                    provider: type_id.provider.clone(),
                    version: type_id.version.clone(),
                }),
                ..self.detail(state, record.started.iso())
            };
            (Level::Action, detail)
        })
    }

    fn result(&self, run: &Run, record: &ActionExecution) -> ExecutionResult {
        let action_plan = self.plan.action_plan(record.stage, record.action);
        let shown = providers::shown(run, action_plan, record);
        let ending = &record.ending;
        let error = ending.error.as_ref();
        // A source action's work at its provider is the revision.
        let revision = ending.revision.as_ref().map(|revision| revision.id.clone());
        ExecutionResult {
            external_execution_url: links::result(run, action_plan.kind, ending),
            external_execution_summary: shown
                .summary
                .or_else(|| error.map(|error| error.message.clone())),
            external_execution_id: shown.external_id.or(revision),
            error_code: error.map(|error| error.code.to_string()),
        }
    }
}
