//! What the page knows besides the world: what is shown and selected, how the clock runs, how the world is kept.
//! Plain values; whoever owns them changes them, [`super::view::build`] only reads them.

use std::{cell::RefCell, collections::BTreeSet, rc::Rc};

pub mod details;
pub mod facts;
pub mod jobs;
pub mod picture;
pub mod settings;
pub mod timeline;

use self::{
    details::DetailsUi, facts::FactsUi, jobs::JobsUi, picture::PictureUi, timeline::TimelineUi,
};
use super::view::{ForwardView, Screen, Selection, build::TimelineMemo};
use crate::engine::{ids::ExecutionId, time::Instant, world::plan::Plan};

/// What this page shows of the world. Each tab has its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ui {
    /// Name of the pipeline in the picture. `None`, or a name that is gone: the first one by name.
    pub pipeline: Option<String>,
    /// Which view of it is shown.
    pub screen: Screen,
    /// What is selected. What is gone counts as the pipeline.
    pub selection: Selection,
    /// Executions that ended a moment ago in real time: at high speeds virtual minutes are over before anybody looks.
    pub lingering: BTreeSet<ExecutionId>,
    /// A fast-forward under way.
    pub forward: Option<ForwardView>,
    /// What building a view remembers for the next one.
    pub memo: Memo,
    /// How the timeline is shown.
    pub timeline: TimelineUi,
    /// What it remembers.
    pub known: TimelineMemo,
    /// How the facts are shown.
    pub facts: FactsUi,
    /// How the jobs are shown.
    pub jobs: JobsUi,
    /// How the picture is shown.
    pub picture: PictureUi,
    /// How the details are shown.
    pub details: DetailsUi,
}

impl Ui {
    /// Another pipeline or world is shown from now on: nothing of the one before is selected or looked for.
    pub fn look_elsewhere(&mut self) {
        self.selection = Selection::Pipeline;
        self.timeline = self.timeline.elsewhere();
        self.facts = self.facts.elsewhere();
        self.jobs = JobsUi::default();
        self.picture = self.picture.elsewhere();
        self.details = self.details.elsewhere();
    }
}

/// What is dear to build and rarely changes: the JSON of the shown pipeline. Whoever looks at a view cannot tell
/// whether it was remembered or built, so any two are equal.
#[derive(Clone, Debug, Default)]
pub struct Memo(RefCell<Option<(Rc<Plan>, Instant, String)>>);

impl PartialEq for Memo {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Memo {
    /// The text for a version of a pipeline; it is built where another one is remembered. Holding on to the plan
    /// keeps its address from being used again, so the same address is the same declaration.
    pub fn text(
        &self,
        plan: &Rc<Plan>,
        updated: Instant,
        build: impl FnOnce() -> String,
    ) -> String {
        let mut remembered = self.0.borrow_mut();
        match &*remembered {
            Some((of, at, text)) if Rc::ptr_eq(of, plan) && *at == updated => text.clone(),
            _ => {
                let text = build();
                *remembered = Some((Rc::clone(plan), updated, text.clone()));
                text
            }
        }
    }
}

/// How the clock runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClockState {
    /// Whether it runs.
    pub playing: bool,
    /// Whether it rests, as nothing is under way.
    pub rests: bool,
    /// Index into [`super::view::SPEEDS`].
    pub speed: usize,
}

/// How the world is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorageInfo {
    /// The world's name.
    pub world: String,
    /// How many facts were recorded.
    pub facts: u64,
    /// What the storage does.
    pub state: StorageState,
}

/// What the storage does. A reason is a finished sentence, as `StorageError` displays it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageState {
    /// Everything told is kept.
    Saved,
    /// The world was never kept: asked for (`None`), or why it cannot be.
    Memory(Option<String>),
    /// What is stored under this name cannot be read and stays as it is; another world is here, in memory: why.
    Beside(String),
    /// A commit failed and the world goes on in memory: why.
    Detached(String),
    /// Another tab writes this world.
    ReadOnly,
}
