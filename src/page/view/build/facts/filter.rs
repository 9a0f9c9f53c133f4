//! Which facts are looked for.

use super::{Past, call};
use crate::{
    engine::fact::{Event, Fact},
    page::{
        state::facts::{FactFilter, FactKind},
        text::timeline as words,
        view::build::scene::Scene,
    },
};

/// How many executions can be chosen: the newest of the live ones.
const EXECUTIONS: usize = 50;

/// Executions that can be looked for, the newest first, by UUID and as they are named.
pub fn executions(scene: &Scene, filter: &FactFilter) -> Vec<(String, String)> {
    let named = |number: u32| {
        let token = scene.token(number);
        let name = words::execution_row(&token.letter, &token.short);
        (token.execution, name)
    };
    let live = scene.pipeline.executions.keys().rev().take(EXECUTIONS);
    let mut executions: Vec<_> = live.map(|number| named(*number)).collect();
    // What is looked for can be seen to be.
    let wanted = filter.execution.as_deref();
    if let Some(id) = wanted.and_then(|uuid| scene.key().parse_execution(uuid))
        && id.pipeline == scene.pipeline.id
        && !executions
            .iter()
            .any(|(uuid, _)| Some(uuid.as_str()) == wanted)
    {
        executions.push(named(id.number));
    }
    executions
}

/// A filter at work.
pub struct Wanted<'a> {
    scene: &'a Scene<'a>,
    past: &'a Past<'a>,
    filter: &'a FactFilter,
    /// The execution that is looked for; of another pipeline's there is no fact here.
    number: Option<Option<u32>>,
}

impl<'a> Wanted<'a> {
    pub fn new(scene: &'a Scene<'a>, past: &'a Past<'a>, filter: &'a FactFilter) -> Self {
        let number = filter.execution.as_deref().map(|uuid| {
            let id = scene.key().parse_execution(uuid);
            id.filter(|id| id.pipeline == scene.pipeline.id)
                .map(|id| id.number)
        });
        Self {
            scene,
            past,
            filter,
            number,
        }
    }

    pub fn has(&self, fact: &Fact) -> bool {
        let event = &fact.event;
        let kind = self.filter.kind;
        (kind == FactKind::All || kind == kind_of(event))
            && (!self.filter.mine || call(fact).is_some())
            && self.number.is_none_or(|wanted| {
                wanted.is_some() && event.execution().map(|id| id.number) == wanted
            })
            && self
                .filter
                .stage
                .as_deref()
                .is_none_or(|stage| self.stage(event).as_deref() == Some(stage))
    }

    /// The name of the stage that a fact is about.
    fn stage(&self, event: &Event) -> Option<String> {
        let number = event.execution().map(|id| id.number);
        let named = |stage: u16| Some(self.past.stage(number?, stage));
        let of_action = |ordinal: u32| {
            let (stage, _, _) = self.past.begun(event.execution()?, ordinal)?;
            named(stage)
        };
        match event {
            Event::ExecutionWaits { stage, .. }
            | Event::StageRetried { stage, .. }
            | Event::ConditionStarted { stage, .. }
            | Event::ExecutionResumed { stage, .. }
            | Event::StageEntered { stage, .. }
            | Event::StageEnded { stage, .. }
            | Event::ActionStarted { stage, .. } => named(*stage),
            Event::ExecutionStopping { inside, .. } => named((*inside)?),
            Event::ActionReplanned { ordinal, .. } | Event::ActionEnded { ordinal, .. } => {
                of_action(*ordinal)
            }
            Event::JobCreated { action, .. } => of_action(*action),
            Event::TransitionDisabled { stage, .. } | Event::TransitionEnabled { stage, .. } => {
                Some(super::gate_name(self.scene, *stage))
            }
            Event::ConditionEnded { condition, .. } | Event::RuleStarted { condition, .. } => {
                named(self.of_condition(number?, *condition)?)
            }
            Event::RuleEnded { ordinal, .. } | Event::RuleReplanned { ordinal, .. } => {
                let execution = self.scene.pipeline.executions.get(&number?)?;
                let rule = execution.rules.get(*ordinal as usize)?;
                named(self.of_condition(number?, rule.condition)?)
            }
            _ => None,
        }
    }

    fn of_condition(&self, number: u32, condition: u32) -> Option<u16> {
        let execution = self.scene.pipeline.executions.get(&number)?;
        let run = execution.conditions.get(condition as usize)?;
        Some(run.stage)
    }
}

/// The kind of a fact. What is none of the others is something that somebody set.
fn kind_of(event: &Event) -> FactKind {
    match event {
        Event::ExecutionStarted(_)
        | Event::ExecutionWaits { .. }
        | Event::ExecutionCancelling { .. }
        | Event::ExecutionStopping { .. }
        | Event::ExecutionResumed { .. }
        | Event::ExecutionEnded { .. } => FactKind::Executions,
        Event::StageEntered { .. } | Event::StageEnded { .. } | Event::StageRetried { .. } => {
            FactKind::Stages
        }
        Event::ActionStarted { .. } | Event::ActionReplanned { .. } | Event::ActionEnded { .. } => {
            FactKind::Actions
        }
        Event::ConditionStarted { .. }
        | Event::ConditionEnded { .. }
        | Event::RuleStarted { .. }
        | Event::RuleReplanned { .. }
        | Event::RuleEnded { .. } => FactKind::Conditions,
        Event::JobCreated { .. }
        | Event::JobQueued { .. }
        | Event::JobDispatched { .. }
        | Event::JobStarted { .. }
        | Event::JobEnded { .. }
        | Event::WorkerAttached { .. }
        | Event::WorkerDetached { .. } => FactKind::Jobs,
        _ => FactKind::Settings,
    }
}
