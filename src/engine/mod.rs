//! WHAT HAPPENS. The rules engine: fully deterministic, and sans IO. It reads no clock, draws no randomness from
//! outside, knows no browser, waits for nothing. Time comes in as a value; the engine says when it next wants to
//! be called, and being called late or twice is harmless.
//!
//! The methods of [`Engine`] are of four kinds:
//!
//! 1. **commands** change the world: [`Engine::execute`] for the operations of the API, [`Engine::control`] for what
//!    only a simulator can be told. Both take the present instant and first let everything happen that is due.
//! 2. **time**: [`Engine::advance`] and [`Engine::advance_some`] let everything happen that is due up to an instant,
//!    in the order of deadlines; [`Engine::next_deadline`] says when something will be due.
//! 3. **outputs**: [`Engine::take_facts`] hands over what happened since the last call. Take them after each of the
//!    above: they are all that is ever written down.
//! 4. **queries**: [`Engine::world`] and everything that takes it; they change nothing. [`Engine::rehearse`] finds out on
//!    a copy what a command would lead to.
//!
//! [`Engine::snapshot`] and [`Engine::restore`] save and load a world (a large one piece by piece, [`snapshot`]), [`Engine::replay`] applies facts to it.
//!
//! What may not live here: anything that shows, stores or sends. What bad input gets is the service's own error,
//! and nothing changes; a panic is always a bug of ours.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

pub mod behavior;
pub mod catalogue;
pub mod conditions;
pub mod control;
pub mod cron;
mod decision;
pub mod declaration;
pub mod events;
pub mod explain;
pub mod fact;
pub mod ids;
pub mod invariants;
pub mod operations;
pub mod placeholders;
pub mod providers;
pub mod random;
pub mod reason;
pub mod rules;
pub mod sentences;
pub mod snapshot;
pub mod time;
pub mod triggers;
pub mod webhooks;
pub mod worker;
pub mod world;
pub mod zones;

use std::{collections::BTreeSet, rc::Rc};

use serde_json::Value;

use self::{
    control::Control,
    decision::Decision,
    fact::{Cause, Event, Fact},
    ids::PipelineId,
    operations::Handler,
    rules::{action, archive, conditions as rule_conditions, jobs, polling, schedule, workers},
    time::Instant,
    world::{
        Due, Options, SegmentChanges, World,
        execution::{Deadline, DeadlineKind},
        history::SEGMENT_EXECUTIONS,
    },
};
use crate::model::{self, ApiError, ErrorCode};
use crate::order::gathered;

/// A world and the facts that were not yet taken. A clone is a world of its own, which goes on independently.
#[derive(Clone)]
pub struct Engine {
    world: World,
    facts: Vec<Fact>,
}

/// Where an advance stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Everything due up to the instant has happened, and the clock stands there.
    Arrived,
    /// As many facts as were asked for were recorded; more is due.
    More,
}

/// What something would lead to that has not been done.
pub struct Rehearsal {
    /// The answer, or why it would be refused.
    pub answer: Result<Value, ApiError>,
    /// What would happen at once, in order.
    pub facts: Vec<Fact>,
    after: Engine,
}

impl Rehearsal {
    /// The world as it would be then.
    #[must_use]
    pub fn world(&self) -> &World {
        self.after.world()
    }
}

impl Engine {
    /// An empty world.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self {
            world: World::new(options),
            facts: Vec::new(),
        }
    }

    /// The world, to read.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Carries an operation of the API out. A failure that was arranged for it comes before anything else, as the
    /// service throttles and denies before it looks at what is asked.
    ///
    /// # Errors
    /// The service's error. Whatever was due up to `now` has happened, the operation has not.
    pub fn execute(
        &mut self,
        operation: &str,
        input: Value,
        now: Instant,
    ) -> Result<Value, ApiError> {
        self.advance(now);
        let waiting = self.world.failures.get_key_value(operation);
        let first = waiting.and_then(|(name, waiting)| Some((name, waiting.first()?.error()?)));
        if let Some((name, error)) = first {
            let operation = Rc::clone(name);
            return self
                .decide(Cause::Call(Rc::clone(&operation)), |decision| {
                    decision.record(Event::FailureAnswered { operation });
                    Ok(())
                })
                .and(Err(error));
        }
        let (operation, handler) = operations::find(operation)?;
        let input = model::admit(operation, input)?;
        match handler {
            Handler::Query(answer) => answer(&self.world, input),
            Handler::Command(answer) => self
                .decide(Cause::Call(Rc::from(operation.name)), |decision| {
                    answer(decision, input)
                }),
        }
    }

    /// Answers a query of a world that somebody else writes: nothing is due in it, and no arranged failure is used up.
    ///
    /// # Errors
    /// As [`Self::execute`]; NotImplementedException for an operation that changes something.
    pub fn ask(&self, operation: &str, input: Value) -> Result<Value, ApiError> {
        let (operation, handler) = operations::find(operation)?;
        let input = model::admit(operation, input)?;
        match handler {
            Handler::Query(answer) => answer(&self.world, input),
            Handler::Command(_) => Err(ApiError::new(
                ErrorCode::NotImplementedException,
                format!("{} changes something.", operation.name),
            )),
        }
    }

    /// What a call would lead to now, found out on a copy of the world. No arranged failure is met: those are a surprise.
    #[must_use]
    pub fn rehearse(&self, operation: &str, input: Value) -> Rehearsal {
        let mut copy = self.copy();
        copy.world.failures.remove(operation);
        let answer = copy.execute(operation, input, self.world.now);
        let facts = copy.take_facts();
        Rehearsal {
            answer,
            facts,
            after: copy,
        }
    }

    /// What a control would lead to now, found out on a copy of the world.
    #[must_use]
    pub fn rehearse_control(&self, control: Control) -> Rehearsal {
        let mut copy = self.copy();
        let answer = copy.control(control, self.world.now);
        let facts = copy.take_facts();
        Rehearsal {
            answer,
            facts,
            after: copy,
        }
    }

    fn copy(&self) -> Self {
        Self {
            world: self.world.clone(),
            facts: Vec::new(),
        }
    }

    /// Carries a control out, and answers what it has to say; null where it has nothing to say.
    ///
    /// # Errors
    /// As [`Self::execute`].
    pub fn control(&mut self, control: Control, now: Instant) -> Result<Value, ApiError> {
        self.advance(now);
        self.decide(Cause::Control(Rc::from(control.name())), |decision| {
            control.perform(decision)
        })
    }

    fn decide<T>(
        &mut self,
        cause: Cause,
        answer: impl FnOnce(&mut Decision) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        self.begin();
        let before = self.facts.len();
        let mut decision = Decision::new(&mut self.world, &mut self.facts, cause);
        let answered = answer(&mut decision);
        debug_assert!(
            answered.is_ok() || decision.recorded() == before,
            "a refused command has recorded facts"
        );
        let facts = self.facts.iter().skip(before);
        let touched: BTreeSet<PipelineId> =
            gathered(facts.filter_map(|fact| fact.event.pipeline()));
        for pipeline in touched {
            self.tidy(pipeline);
        }
        answered
    }

    /// Something is about to happen. Where the facts before were taken, they have been told, too.
    fn begin(&mut self) {
        if self.facts.is_empty() {
            self.world.forget_parting();
        }
    }

    fn tidy(&mut self, pipeline: PipelineId) {
        let mut decision = Decision::new(&mut self.world, &mut self.facts, Cause::Time);
        archive::tidy(&mut decision, pipeline);
    }

    /// Lets everything happen that is due up to `now`, in the order of deadlines. Earlier than the clock: nothing.
    pub fn advance(&mut self, now: Instant) {
        while self.advance_some(now, usize::MAX) == Progress::More {}
    }

    /// As [`Self::advance`], and stops after the deadline at which `most` facts or more were recorded, so that a long
    /// way can be gone in slices. A segment that was sealed counts as much as its executions.
    pub fn advance_some(&mut self, now: Instant, most: usize) -> Progress {
        self.begin();
        let work = |engine: &Self| {
            let sealed = usize::try_from(engine.world.sealed_segments).unwrap_or(usize::MAX);
            let sealed = sealed.saturating_mul(SEGMENT_EXECUTIONS);
            sealed.saturating_add(engine.facts.len())
        };
        let before = work(self);
        while let Some((Deadline { at, kind }, due)) = self.world.next_due() {
            if at > now {
                break;
            }
            if work(self) - before >= most {
                return Progress::More;
            }
            self.world.now = self.world.now.max(at);
            let mut decision = Decision::new(&mut self.world, &mut self.facts, Cause::Time);
            match due {
                Due::Action(id) => action::due(&mut decision, id, kind),
                Due::Poll(pipeline) => polling::due(&mut decision, pipeline),
                Due::Schedule(pipeline) => schedule::due(&mut decision, pipeline),
                Due::Rule(id) => rule_conditions::due(&mut decision, id, kind),
                Due::Job(id) => jobs::due(&mut decision, id, kind),
                Due::Worker(worker) => workers::poll(&mut decision, worker),
            }
            if let Some(pipeline) = due.pipeline() {
                self.tidy(pipeline);
            }
        }
        self.world.now = self.world.now.max(now);
        Progress::Arrived
    }

    /// When something is due next; `None` in a world in which nothing moves by itself.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Instant> {
        self.world.next_due().map(|(deadline, _)| deadline.at)
    }

    /// When work that is under way ends next, or a poll will find something that leads on. `None` when the world is idle: what is
    /// left waits for a person, a worker, a far timeout or a schedule.
    #[must_use]
    pub fn next_completion(&self) -> Option<Instant> {
        self.world
            .due()
            .find(|(deadline, due)| match deadline.kind {
                DeadlineKind::Completion => true,
                DeadlineKind::Poll | DeadlineKind::Offer => workers::leads_on(&self.world, *due),
                DeadlineKind::Opening | DeadlineKind::Timeout | DeadlineKind::Schedule => false,
            })
            .map(|(deadline, _)| deadline.at)
    }

    /// The facts that were not taken yet, in order.
    #[must_use]
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// The facts since the last call, in order.
    pub fn take_facts(&mut self) -> Vec<Fact> {
        std::mem::take(&mut self.facts)
    }

    /// What storage has to write and to delete besides: segments of history sealed and dropped since the last call.
    pub fn take_segments(&mut self) -> SegmentChanges {
        self.world.take_segments()
    }

    /// The whole world as JSON, without the history, which it only names.
    #[must_use]
    pub fn snapshot(&self) -> String {
        crate::json::to_text(&self.world)
    }

    /// A world from its snapshot. The segments of its history have to be supplied.
    ///
    /// # Errors
    /// What is wrong with the text, or with the world that it describes.
    pub fn restore(snapshot: &str) -> Result<Self, String> {
        let world = crate::json::from_text(snapshot).map_err(|error| error.to_string())?;
        Self::restore_world(world)
    }

    /// As [`Self::restore`], once the text is read.
    ///
    /// # Errors
    /// What is wrong with the world.
    pub fn restore_world(mut world: World) -> Result<Self, String> {
        world.index();
        invariants::check(&world)?;
        Ok(Self {
            world,
            facts: Vec::new(),
        })
    }

    /// The world, to supply segments to after loading.
    pub fn history_mut(&mut self) -> HistoryAccess<'_> {
        HistoryAccess(&mut self.world)
    }

    /// Applies facts that were recorded before. No rule runs. What they seal is stored already: see
    /// [`HistoryAccess::adopt`].
    ///
    /// # Errors
    /// Which fact does not belong to this world; the facts before it are applied.
    pub fn replay(&mut self, facts: &[Fact]) -> Result<(), String> {
        for fact in facts {
            self.world.fits(fact)?;
            self.world.apply(fact);
        }
        // Of what it forgot nobody is told.
        self.world.forget_parting();
        Ok(())
    }

    /// Sets the clock after a replay: time may have passed without facts.
    pub fn set_clock(&mut self, now: Instant) {
        self.world.now = self.world.now.max(now);
    }
}

/// The one way to the world's history from outside: after loading.
pub struct HistoryAccess<'a>(&'a mut World);

impl HistoryAccess<'_> {
    /// Gives segments their bytes; answers the ids that are missing or damaged.
    pub fn supply(self, stored: &std::collections::BTreeMap<u64, Rc<[u8]>>) -> Vec<u64> {
        self.0.supply_segments(stored)
    }

    /// After a replay: takes what is stored for the segments that it sealed, and has none of them written again.
    ///
    /// # Errors
    /// Which stored segment is not of the executions that were sealed.
    pub fn adopt(self, stored: &std::collections::BTreeMap<u64, Rc<[u8]>>) -> Result<(), String> {
        self.0.adopt_segments(stored)
    }
}
