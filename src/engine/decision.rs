//! A decision under way: the world to read, and the facts it makes.
//!
//! Rules chain (an arrival supersedes, then enters, then starts actions), so each fact is made the case the moment
//! it is recorded and the next rule sees it. Rules get the world only to read; [`Decision::record`] is the one way
//! to change it. A command that is refused must be refused before its first fact.

use std::ops::Deref;

use super::{
    fact::{Cause, Event, Fact},
    random,
    time::Instant,
    world::World,
};

/// A decision under way. It is the world, to read.
pub struct Decision<'a> {
    world: &'a mut World,
    facts: &'a mut Vec<Fact>,
    cause: Cause,
    draws: u64,
}

impl Deref for Decision<'_> {
    type Target = World;

    fn deref(&self) -> &World {
        self.world
    }
}

impl<'a> Decision<'a> {
    /// Begins a decision; its facts are appended.
    pub fn new(world: &'a mut World, facts: &'a mut Vec<Fact>, cause: Cause) -> Self {
        Self {
            world,
            facts,
            cause,
            draws: 0,
        }
    }

    /// Records a fact and makes it the case.
    pub fn record(&mut self, event: Event) {
        let fact = Fact {
            sequence: self.world.sequence + 1,
            at: self.world.now,
            cause: self.cause.clone(),
            event,
        };
        self.world.apply(&fact);
        self.facts.push(fact);
        self.draws = 0;
        #[cfg(debug_assertions)]
        if let Some(pipeline) = self
            .facts
            .last()
            .and_then(|fact| fact.event.pipeline())
            .and_then(|id| self.world.pipelines.get(&id))
        {
            super::invariants::hold(pipeline);
        }
    }

    /// A random number, the same for the same seed and the same past.
    pub fn draw(&mut self) -> u64 {
        self.draws += 1;
        random::draw(
            self.world.options.seed ^ random::mix(self.draws),
            self.world.sequence,
        )
    }

    /// How many facts this decision has recorded, together with those before it in the buffer.
    #[must_use]
    pub fn recorded(&self) -> usize {
        self.facts.len()
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.world.now
    }
}
