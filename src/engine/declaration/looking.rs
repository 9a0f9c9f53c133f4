//! Where the rules look: what an author is shown beside the service's sentence, which names no place.
//!
//! A rule goes through stages, actions and conditions with the iterators of its [`Subject`](super::subject::Subject),
//! and these remember what they gave out last: where a rule stops, there it is broken. So a rule says nothing about
//! places unless it knows a narrower one (a key of a configuration) or several.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::conditions::ConditionPlace;

/// A part of a declaration, counted from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The pipeline as a whole.
    #[default]
    Pipeline,
    /// A stage.
    Stage(usize),
    /// An action, by stage and place in it.
    Action(usize, usize),
    /// A condition of a stage.
    Condition(usize, ConditionPlace),
    /// A rule of a condition.
    Rule(usize, ConditionPlace, usize),
}

impl Part {
    /// The JSON pointer (RFC 6901) of a member of this part.
    fn pointer(self, member: &str) -> String {
        let part = match self {
            Part::Pipeline => String::new(),
            Part::Stage(stage) => format!("/stages/{stage}"),
            Part::Action(stage, action) => format!("/stages/{stage}/actions/{action}"),
            Part::Condition(stage, place) => condition(stage, place),
            Part::Rule(stage, place, rule) => format!("{}/rules/{rule}", condition(stage, place)),
        };
        if member.is_empty() {
            part
        } else {
            format!("{part}/{member}")
        }
    }
}

/// There is one condition at most in a place (CO-1).
fn condition(stage: usize, place: ConditionPlace) -> String {
    format!("/stages/{stage}/{}/conditions/0", place.member())
}

/// A key as a part of a JSON pointer.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// What the rule that is being asked looks at.
#[derive(Default)]
pub(super) struct Looking(RefCell<State>);

#[derive(Default)]
struct State {
    at: Part,
    /// A member that the rule names itself.
    member: Option<String>,
    /// Places that the rule collected.
    several: Vec<String>,
    /// What the rule was heard about already.
    heard: BTreeSet<(Part, Option<String>)>,
}

impl Looking {
    /// The next rule is asked.
    pub(super) fn begin(&self) {
        self.0.take();
    }

    /// The rule looks at this now.
    pub(super) fn at(&self, part: Part) {
        let mut state = self.0.borrow_mut();
        state.at = part;
        state.member = None;
    }

    /// It is about this member.
    pub(super) fn member(&self, member: &str) {
        self.0.borrow_mut().member = Some(member.to_owned());
    }

    /// It is about this key of the configuration.
    pub(super) fn key(&self, key: &str) {
        self.member(&format!("configuration/{}", escaped(key)));
    }

    /// It is about the store of this Region.
    pub(super) fn store(&self, region: &str) {
        self.member(&format!("artifactStores/{}", escaped(region)));
    }

    /// It is also about this, which it names in the same sentence as others.
    pub(super) fn also(&self, part: Part, member: &str) {
        self.0.borrow_mut().several.push(part.pointer(member));
    }

    /// The same for a key of a configuration.
    pub(super) fn also_key(&self, part: Part, key: &str) {
        self.also(part, &format!("configuration/{}", escaped(key)));
    }

    /// Whether the rule was heard about this as a whole.
    pub(super) fn heard(&self, part: Part) -> bool {
        self.0.borrow().heard.contains(&(part, None))
    }

    /// Whether the rule was heard about this key of what it looks at.
    pub(super) fn heard_key(&self, key: &str) -> bool {
        let state = self.0.borrow();
        let member = format!("configuration/{}", escaped(key));
        !state.heard.is_empty() && state.heard.contains(&(state.at, Some(member)))
    }

    /// The rule is broken: where. `member` is what the rule is about where it names none itself.
    pub(super) fn places(&self, member: &str) -> Vec<String> {
        let state = self.0.borrow();
        if state.several.is_empty() {
            let member = state.member.as_deref().unwrap_or(member);
            vec![state.at.pointer(member)]
        } else {
            state.several.clone()
        }
    }

    /// From now on the rule passes over where it is broken now. Says whether it can: it can pass over actions.
    pub(super) fn pass_over(&self) -> bool {
        let mut state = self.0.borrow_mut();
        let key = state
            .member
            .take()
            .filter(|member| member.starts_with("configuration/"));
        let here = (state.at, key);
        let passes = matches!(state.at, Part::Action(..)) && state.several.is_empty();
        state.at = Part::Pipeline;
        passes && state.heard.insert(here)
    }
}
