//! Driving: what a person asks to do to a pipeline, what they have filled in so far, and the call it becomes.
//!
//! Life cycle: an [`Ask`] opens a [`Draft`]; each change of a field changes the draft; `view::build::drive` makes the form
//! and the [`Deed`] of it, against the world as it is at that moment; pressing the button does the deed. Nothing changes
//! before. What a draft names may be gone by then: the form says so in the service's words.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    api::controls::{
        self, AttachWorker, DeliverWebhook, DetachWorker, PushRevision, SetAlarm, SetBehavior,
        SetLambdaResult,
    },
    engine::{control::Control, world::World},
    model::{ApiError, ErrorCode},
};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Close the gate in front of a stage, or open it. Without a stage, the form asks which.
    Gate(Option<String>),
    /// Stop an execution, by UUID.
    Stop(String),
    /// Retry a stage.
    Retry {
        /// Without one, the stage in which the execution was last; else the form asks which.
        stage: Option<String>,
        /// The execution, by UUID; without one, the latest in the stage.
        execution: Option<String>,
    },
    /// Roll a stage back. Without one, the form asks which.
    RollBack(Option<String>),
    /// Override a condition of a stage.
    Override {
        /// The stage.
        stage: String,
        /// The execution, by UUID; without one, the latest in the stage.
        execution: Option<String>,
    },
    /// Start an execution with variables and revisions, those of an earlier one where its UUID is given.
    Start(Option<String>),
    /// Push a commit, a tag, an object, an image; do something to a pull request; call a webhook.
    Push,
    /// Put an alarm into a state.
    Alarm(Option<String>),
    /// Say what a function answers to rules.
    Lambda(Option<String>),
    /// Say how an action behaves.
    Behaviour {
        /// Its stage.
        stage: String,
        /// Its name.
        action: String,
    },
    /// Attach a worker to an action type, named as `Category/Owner/Provider/Version`, or change the attached one.
    Worker(String),
}

/// Everything that a person can do while driving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DriveCommand {
    /// Opens a form.
    Ask(Ask),
    /// A field now holds this.
    Set {
        /// Which field.
        field: String,
        /// What stands in it.
        value: String,
    },
    /// The button of the form.
    Press,
    /// Closes the form and forgets it.
    Close,
    /// EnableStageTransition without a question: what will enter was said where it is offered.
    OpenGate(String),
}

/// A form being filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What is asked.
    pub ask: Ask,
    /// Name of the pipeline it is about.
    pub pipeline: String,
    values: BTreeMap<String, String>,
}

impl Draft {
    /// A form in which nothing was filled in yet.
    #[must_use]
    pub fn new(ask: Ask, pipeline: String) -> Self {
        Self {
            ask,
            pipeline,
            values: BTreeMap::new(),
        }
    }

    /// A field now holds this.
    pub fn set(&mut self, field: String, value: String) {
        self.values.insert(field, value);
    }

    /// What the person filled in; `None` where they did not touch the field.
    #[must_use]
    pub fn value(&self, field: &str) -> Option<&str> {
        self.values.get(field).map(String::as_str)
    }

    /// What stands in a field that holds `usual` unless somebody changed it.
    #[must_use]
    pub fn text(&self, field: &str, usual: &str) -> String {
        self.value(field).unwrap_or(usual).to_owned()
    }
}

/// The call that a form becomes.
#[derive(Clone, Debug, PartialEq)]
pub struct Deed {
    /// The operation, or the control.
    pub name: &'static str,
    /// Its input.
    pub input: Value,
    /// Whether it is a control of the simulator.
    pub control: bool,
}

impl Deed {
    /// A call of the service.
    #[must_use]
    pub fn call(name: &'static str, input: Value) -> Self {
        Self {
            name,
            input,
            control: false,
        }
    }

    /// A control of the simulator.
    #[must_use]
    pub fn control(name: &'static str, input: Value) -> Self {
        Self {
            name,
            input,
            control: true,
        }
    }

    /// The action type that a simulated worker gets by it.
    #[must_use]
    pub fn employs(&self) -> Option<crate::model::ActionTypeId> {
        let named = self.input.get("actionType").and_then(Value::as_str)?;
        (self.name == "attachWorker").then(|| controls::action_type(named).ok())?
    }

    /// The control that it is, in a world.
    ///
    /// # Errors
    /// ValidationException with what does not fit.
    pub fn read(&self, world: &World) -> Result<Control, ApiError> {
        let input = self.input.clone();
        match self.name {
            "pushRevision" => controls::read::<PushRevision>(self.name, input)?.control(world),
            "deliverWebhook" => controls::read::<DeliverWebhook>(self.name, input)?.control(),
            "setAlarm" => controls::read::<SetAlarm>(self.name, input)?.control(),
            "setLambdaResult" => controls::read::<SetLambdaResult>(self.name, input)?.control(),
            "attachWorker" => controls::read::<AttachWorker>(self.name, input)?.control(),
            "detachWorker" => controls::read::<DetachWorker>(self.name, input)?.control(),
            "setBehavior" => controls::read::<SetBehavior>(self.name, input)?.control(world),
            other => Err(ApiError::new(
                ErrorCode::ValidationException,
                format!("There is no control '{other}'"),
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_untouched_field_holds_what_is_usual() {
        let mut draft = Draft::new(Ask::Push, "shop".into());
        assert_eq!(draft.text("branch", "main"), "main");
        draft.set("branch".into(), String::new());
        assert_eq!(
            (draft.value("branch"), draft.text("branch", "main")),
            (Some(""), String::new())
        );
    }
}
