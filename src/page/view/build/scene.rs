//! What every part of the view looks at: the world, the shown pipeline, what is selected in it.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use super::{parallel::Lanes, roster::STAYS, time, tokens, why};
use crate::{
    engine::{
        explain::{Explanation, explain},
        ids::{ExecutionId, Key},
        time::Instant,
        world::{World, execution::Execution, history::Recorded, pipeline::Pipeline, plan::Plan},
    },
    model::{ExecutionMode, PipelineExecutionStatus},
    page::{
        state::{
            Memo, Ui,
            details::DetailsUi,
            picture::{PictureUi, SMALL_ACTIONS, SMALL_STAGES},
        },
        text,
        view::{Selection, Token, WhyView},
    },
};

/// The shown pipeline in its world.
pub struct Scene<'a> {
    pub world: &'a World,
    pub pipeline: &'a Pipeline,
    /// The current version.
    pub plan: &'a Plan,
    pub now: Instant,
    /// What is selected, and exists.
    pub selection: Selection,
    /// The selected execution, live or past.
    pub chosen: Option<Recorded<'a>>,
    /// In PARALLEL mode, who is where.
    pub lanes: Option<Lanes>,
    /// What was built before.
    pub memo: &'a Memo,
    /// How the picture is shown.
    pub picture: &'a PictureUi,
    /// How the details are shown.
    pub details: &'a DetailsUi,
    /// Whether the line is so long that only what is seen of it is drawn.
    pub large: bool,
    lingering: &'a BTreeSet<ExecutionId>,
    key: Key,
    // The same signs and reasons stand at several places of the page.
    tokens: RefCell<BTreeMap<u32, Token>>,
    reasons: RefCell<BTreeMap<u32, Rc<Told>>>,
}

/// Why an execution is where it is, as data and in words.
pub struct Told {
    pub explanation: Explanation,
    /// `None` where nothing needs a reason.
    pub why: Option<WhyView>,
}

impl<'a> Scene<'a> {
    /// Whether an execution that has ended is still to be seen: for a while, and while it is selected.
    pub fn lingers(&self, execution: &Execution) -> bool {
        self.span(execution.updated) < STAYS
            || self.is_chosen(execution.number)
            || self.lingering.contains(&self.id(execution.number))
    }

    pub fn new(world: &'a World, pipeline: &'a Pipeline, ui: &'a Ui) -> Self {
        let selection = &ui.selection;
        let plan: &Plan = &pipeline.current().plan;
        let key = world.key();
        let stage_of = |name: &str| plan.stage_index(name);
        let mut chosen = None;
        let exists = match selection {
            Selection::Pipeline => true,
            Selection::Stage(stage) => stage_of(stage).is_some(),
            Selection::Action(stage, action) => {
                stage_of(stage).is_some_and(|stage| plan.action_index(stage, action).is_some())
            }
            Selection::Execution(uuid) => {
                chosen = key
                    .parse_execution(uuid)
                    .filter(|id| id.pipeline == pipeline.id)
                    .and_then(|id| pipeline.execution(id.number));
                chosen.is_some()
            }
            Selection::Job(uuid) => key
                .parse_job(uuid)
                .filter(|id| id.execution.pipeline == pipeline.id)
                .and_then(|id| {
                    let execution = pipeline.execution(id.execution.number)?;
                    execution.jobs.get(id.ordinal as usize).map(|_| ())
                })
                .is_some(),
        };
        let parallel = plan.mode == ExecutionMode::Parallel;
        Self {
            world,
            pipeline,
            plan,
            now: world.now,
            selection: if exists {
                selection.clone()
            } else {
                Selection::Pipeline
            },
            chosen,
            lanes: parallel.then(|| Lanes::new(pipeline, plan)),
            memo: &ui.memo,
            picture: &ui.picture,
            details: &ui.details,
            large: is_large(plan),
            lingering: &ui.lingering,
            key,
            tokens: RefCell::default(),
            reasons: RefCell::default(),
        }
    }

    /// Whether a stage is drawn with its content: what is seen, one more on each side, what is selected, and where the
    /// keyboard is.
    pub fn draws(&self, stage: u16) -> bool {
        if !self.large {
            return true;
        }
        let (first, count) = self.picture.stages;
        let place = usize::from(stage);
        if place + 1 >= first && place <= first.saturating_add(count) {
            return true;
        }
        let name = &self.plan.stage(stage).name;
        let selected = match &self.selection {
            Selection::Stage(chosen) | Selection::Action(chosen, _) => chosen == name,
            Selection::Pipeline | Selection::Execution(_) | Selection::Job(_) => false,
        };
        selected || self.picture.kept.as_ref() == Some(name)
    }

    /// Whether the pipeline is in PARALLEL mode now.
    pub fn parallel(&self) -> bool {
        self.lanes.is_some()
    }

    pub fn id(&self, number: u32) -> ExecutionId {
        ExecutionId {
            pipeline: self.pipeline.id,
            number,
        }
    }

    pub fn key(&self) -> Key {
        self.key
    }

    /// An execution as a solid sign.
    pub fn token(&self, number: u32) -> Token {
        let mut made = self.tokens.borrow_mut();
        made.entry(number)
            .or_insert_with(|| {
                let execution = self.pipeline.executions.get(&number);
                Token {
                    rollback: execution.is_some_and(|it| it.rollback.is_some()),
                    ..tokens::token(self.key, self.id(number))
                }
            })
            .clone()
    }

    /// An execution as a sign, a ghost where it left without finishing.
    pub fn standing(&self, execution: &Execution) -> Token {
        let ghost = matches!(
            execution.status,
            PipelineExecutionStatus::Superseded
                | PipelineExecutionStatus::Cancelled
                | PipelineExecutionStatus::Stopped
        );
        Token {
            ghost,
            ..self.token(execution.number)
        }
    }

    /// Whether this execution is the selected one.
    pub fn is_chosen(&self, number: u32) -> bool {
        self.chosen
            .as_ref()
            .is_some_and(|chosen| chosen.number == number)
    }

    /// Why an execution is where it is.
    pub fn told(&self, execution: &Execution) -> Option<Rc<Told>> {
        if let Some(told) = self.reasons.borrow().get(&execution.number) {
            return Some(Rc::clone(told));
        }
        let explanation = explain(self.world, self.id(execution.number))?;
        let why = why::why(self, execution, &explanation);
        let told = Rc::new(Told { explanation, why });
        self.reasons
            .borrow_mut()
            .insert(execution.number, Rc::clone(&told));
        Some(told)
    }

    /// The name of a stage as an execution knows it.
    pub fn stage_name(&self, execution: &Execution, stage: u16) -> String {
        let plan = self.pipeline.plan(execution.version);
        plan.declaration
            .stages
            .get(usize::from(stage))
            .map(|stage| stage.name.clone())
            .unwrap_or_default()
    }

    /// The name of an action as an execution knows it.
    pub fn action_name(&self, execution: &Execution, stage: u16, action: u16) -> String {
        let stage = self
            .pipeline
            .plan(execution.version)
            .declaration
            .stages
            .get(usize::from(stage));
        let action = stage.and_then(|stage| stage.actions.get(usize::from(action)));
        action.map(|action| action.name.clone()).unwrap_or_default()
    }

    /// Milliseconds since an instant.
    pub fn span(&self, since: Instant) -> i64 {
        self.now.since(since).max(0)
    }

    /// "47 min" since an instant.
    pub fn so_far(&self, since: Instant) -> String {
        time::rough(self.span(since))
    }

    /// "09:57", "Mon 2 Mar, 09:57".
    pub fn when(&self, at: Instant) -> String {
        time::when(at, self.now)
    }

    /// "at 09:57", "on Mon 2 Mar, 09:57".
    pub fn at(&self, at: Instant) -> String {
        time::at(at, self.now)
    }

    /// "about 13 min" to an instant.
    pub fn until(&self, at: Instant) -> String {
        time::about(at.since(self.now))
    }

    /// "you", or the last part of an ARN.
    pub fn person(&self, arn: &str) -> String {
        if arn == self.world.options.caller_arn {
            return text::person::YOU.to_owned();
        }
        arn.rsplit(['/', ':']).next().unwrap_or(arn).to_owned()
    }
}

/// Whether a line is too long to be drawn as a whole.
fn is_large(plan: &Plan) -> bool {
    let actions: usize = plan.stages.iter().map(|stage| stage.actions.len()).sum();
    plan.stages.len() > SMALL_STAGES || actions > SMALL_ACTIONS
}
