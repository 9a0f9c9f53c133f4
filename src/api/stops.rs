//! What the clock may be told to stop at: something worth seeing, read off the facts as they happen. And whether it
//! rests while nothing is under way, which is read off the world (`Session::rests`).
//!
//! A choice of the listener, not of the world: it is in no journal, and two tabs may want to see different things.

use crate::{
    engine::{
        fact::{Event, Fact},
        ids::ExecutionId,
        world::World,
    },
    model::{
        ActionCategory, ActionExecutionStatus, ConditionExecutionStatus, PipelineExecutionStatus,
    },
};

/// A kind of thing worth seeing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stop {
    /// A newer execution took the place of one that waited (SU-1).
    Superseded,
    /// An execution reached a stage and cannot enter it (MO-3).
    Blocked,
    /// An action, a condition or an execution failed.
    Failed,
    /// A rollback began (RB-1).
    RolledBack,
    /// A person is asked to approve (AP-7).
    Approval,
    /// Nothing is under way and nothing is due: the clock rests, and goes on by itself once something is.
    Idle,
}

impl Stop {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Approval,
        Self::Blocked,
        Self::Superseded,
        Self::Failed,
        Self::RolledBack,
        Self::Idle,
    ];

    /// A short stable name for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Superseded => "superseded",
            Self::Blocked => "blocked",
            Self::Failed => "failed",
            Self::RolledBack => "rolled-back",
            Self::Approval => "approval",
            Self::Idle => "idle",
        }
    }

    const fn bit(self) -> u8 {
        match self {
            Self::Superseded => 1,
            Self::Blocked => 2,
            Self::Failed => 4,
            Self::RolledBack => 8,
            Self::Approval => 16,
            Self::Idle => 32,
        }
    }
}

/// A choice of [`Stop`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stops(u8);

impl Stops {
    /// Whether nothing was chosen.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether a fact can be worth stopping for.
    #[must_use]
    pub const fn of_facts(self) -> bool {
        !self.with(Stop::Idle, false).is_empty()
    }

    /// Whether this was chosen.
    #[must_use]
    pub const fn contains(self, stop: Stop) -> bool {
        self.0 & stop.bit() != 0
    }

    /// The same with this chosen, or not.
    #[must_use]
    pub const fn with(self, stop: Stop, chosen: bool) -> Self {
        if chosen {
            Self(self.0 | stop.bit())
        } else {
            Self(self.0 & !stop.bit())
        }
    }

    /// As text: the names with blanks between them.
    #[must_use]
    pub fn written(self) -> String {
        let names = Stop::ALL.into_iter().filter(|stop| self.contains(*stop));
        names.map(Stop::name).collect::<Vec<_>>().join(" ")
    }

    /// From such a text; what it does not know is left out.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let known = |stop: &Stop| text.split(' ').any(|name| name == stop.name());
        let named = Stop::ALL.into_iter().filter(known);
        named.fold(Self::default(), |stops, stop| stops.with(stop, true))
    }
}

/// Something that was chosen has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// What.
    pub stop: Stop,
    /// The number of the fact.
    pub fact: u64,
    /// To whom.
    pub execution: ExecutionId,
    /// The action it is about, as stage and action of the execution's version.
    pub action: Option<(u16, u16)>,
}

/// The first of these facts that is worth seeing. The world is as it is after them.
pub fn seen<'a>(
    world: &World,
    facts: impl IntoIterator<Item = &'a Fact>,
    stops: Stops,
) -> Option<Seen> {
    facts.into_iter().find_map(|fact| {
        let (stop, action) = worth(world, &fact.event)?;
        let execution = fact.event.execution()?;
        stops.contains(stop).then_some(Seen {
            stop,
            fact: fact.sequence,
            execution,
            action,
        })
    })
}

fn worth(world: &World, event: &Event) -> Option<(Stop, Option<(u16, u16)>)> {
    let of = |id: &ExecutionId| {
        let pipeline = world.pipelines.get(&id.pipeline)?;
        Some((pipeline, pipeline.executions.get(&id.number)?))
    };
    Some(match event {
        Event::ExecutionEnded {
            status: PipelineExecutionStatus::Superseded,
            ..
        } => (Stop::Superseded, None),
        Event::ExecutionWaits { .. } => (Stop::Blocked, None),
        Event::ActionEnded {
            execution,
            ordinal,
            status: ActionExecutionStatus::Failed,
            ..
        } => {
            let record = of(execution).and_then(|(_, it)| it.actions.get(*ordinal as usize));
            let action = record.map(|record| (record.stage, record.action));
            (Stop::Failed, action)
        }
        Event::ConditionEnded {
            status: ConditionExecutionStatus::Failed,
            ..
        }
        | Event::ExecutionEnded {
            status: PipelineExecutionStatus::Failed,
            ..
        } => (Stop::Failed, None),
        Event::ExecutionStarted(start) if start.rollback.is_some() => (Stop::RolledBack, None),
        Event::ActionStarted {
            execution,
            stage,
            action,
            ..
        } => {
            let (pipeline, record) = of(execution)?;
            let declared = pipeline.plan(record.version).action(*stage, *action);
            if declared.action_type_id.category != ActionCategory::Approval {
                return None;
            }
            (Stop::Approval, Some((*stage, *action)))
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_written_and_read_and_what_is_unknown_is_left_out() {
        let stops = Stops::default()
            .with(Stop::Failed, true)
            .with(Stop::Approval, true)
            .with(Stop::Blocked, true)
            .with(Stop::Blocked, false);
        assert_eq!(stops.written(), "approval failed");
        assert_eq!(Stops::read(&stops.written()), stops);
        assert_eq!(Stops::read("approval nonsense failed"), stops);
        assert!(Stops::read("").is_empty());
        let rests = Stops::read("idle");
        assert!(!rests.is_empty() && !rests.of_facts());
        assert!(rests.with(Stop::Blocked, true).of_facts());
    }
}
