//! What a listener hears of a fact, in the format it asked for. Whoever serves listeners asks here, whether they are
//! functions in a page or clients of an endpoint.

use crate::json::{FromJson, ToJson};

use super::told::{Told, told};
use crate::engine::{
    events::{self, StateChange, notification::Notification},
    fact::Fact,
    world::World,
};

/// The formats of what is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, FromJson)]
#[json(rename_all = "kebab-case")]
pub enum Format {
    /// Every fact, with names and reasons.
    #[default]
    Facts,
    /// The service's events about changes of state, as EventBridge delivers them (EV-1 to EV-7).
    #[json(rename = "eventbridge")]
    EventBridge,
    /// The same events as a notification rule passes them on (EV-8).
    NotificationRule,
}

/// One thing heard.
#[derive(Clone, Debug, PartialEq, ToJson)]
#[json(untagged)]
pub enum Heard {
    /// A fact.
    Fact(Box<Told>),
    /// An event.
    StateChange(Box<StateChange>),
    /// An event as a notification rule passes it on.
    Notification(Box<Notification>),
}

impl Heard {
    /// Whose format this is.
    #[must_use]
    pub const fn format(&self) -> Format {
        match self {
            Self::Fact(_) => Format::Facts,
            Self::StateChange(_) => Format::EventBridge,
            Self::Notification(_) => Format::NotificationRule,
        }
    }
}

/// What is heard of a fact in a format: one fact, or the events that it means, if any.
#[must_use]
pub fn heard(world: &World, fact: &Fact, format: Format) -> Vec<Heard> {
    match format {
        Format::Facts => vec![Heard::Fact(Box::new(told(world, fact)))],
        Format::EventBridge => events::of(world, fact)
            .into_iter()
            .map(|event| Heard::StateChange(Box::new(event)))
            .collect(),
        Format::NotificationRule => events::notification::of(world, fact)
            .into_iter()
            .map(|passed_on| Heard::Notification(Box::new(passed_on)))
            .collect(),
    }
}
