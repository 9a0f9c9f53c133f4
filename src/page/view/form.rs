//! A form as it stands on the screen: fields with their live checks, what pressing its button would do, and why it may
//! not be pressed. Any question with fields is one of these; the components know none by name.

use super::{Icon, Role, Token};
use crate::page::command::Command;

/// A form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormView {
    /// What is asked: "Stop A".
    pub title: String,
    /// Who it is about, drawn beside the title.
    pub token: Option<Token>,
    /// The call that the button makes: `StopPipelineExecution`.
    pub call: String,
    /// A sentence before the fields, for what no field says.
    pub intro: String,
    /// The fields, in order.
    pub fields: Vec<FormField>,
    /// What would happen.
    pub effects: Vec<EffectView>,
    /// Why it would be refused: the error's name and its sentence.
    pub refusal: Option<(String, String)>,
    /// What stands on the button.
    pub press: String,
    /// Whether the button can be pressed.
    pub ready: bool,
}

/// A field.
#[derive(Clone, Debug, PartialEq)]
pub struct FormField {
    /// Which field: the path of its member.
    pub id: String,
    /// The member's name as the API has it; a plain word where the API has none.
    pub label: String,
    /// Whether there has to be a value.
    pub required: bool,
    /// What it is, and what it takes.
    pub help: String,
    /// What is wrong with the value, in the service's words.
    pub problem: Option<String>,
    /// Stands beside another one where there is room for two.
    pub half: bool,
    /// How it is filled in.
    pub input: FormInput,
}

/// How a field is filled in.
#[derive(Clone, Debug, PartialEq)]
pub enum FormInput {
    /// A text.
    Text {
        /// What stands in it.
        value: String,
        /// How many lines it shows; more than one takes several.
        lines: u8,
        /// Set in mono: ids, paths, JSON.
        mono: bool,
    },
    /// One of a few, each with a line of its own.
    Options(Vec<FormOption>),
    /// One of many.
    Select(Vec<FormOption>),
}

/// One of several.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormOption {
    /// What it stands for.
    pub value: String,
    /// Drawn before its words.
    pub token: Option<Token>,
    /// Its words.
    pub label: String,
    /// A line under them.
    pub note: String,
    /// Whether it is the chosen one.
    pub chosen: bool,
    /// Why it cannot be chosen; empty where the form says it for all of them.
    pub refused: Option<String>,
}

/// Something that would happen.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectView {
    /// Its sign.
    pub sign: Option<(Role, Icon)>,
    /// To whom.
    pub token: Option<Token>,
    /// A whole sentence.
    pub text: String,
    /// Further sentences: why.
    pub more: Vec<String>,
}

/// Something a person can do with the selected thing, or why not now.
#[derive(Clone, Debug, PartialEq)]
pub struct OfferView {
    /// "Retry…".
    pub label: String,
    /// What it does.
    pub command: Command,
    /// Why it cannot be done now, in the service's words.
    pub refused: Option<String>,
}

impl FormInput {
    /// A text of one line.
    #[must_use]
    pub fn line(value: impl Into<String>) -> Self {
        Self::Text {
            value: value.into(),
            lines: 1,
            mono: false,
        }
    }
}

impl FormField {
    /// A field that is fine.
    #[must_use]
    pub fn new(id: impl Into<String>, label: impl Into<String>, input: FormInput) -> Self {
        Self {
            id: id.into(),
            label: label.into(),
            required: false,
            help: String::new(),
            problem: None,
            half: false,
            input,
        }
    }

    /// One that has to have a value.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// One that stands beside another.
    #[must_use]
    pub fn half(mut self) -> Self {
        self.half = true;
        self
    }

    /// With a line of help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
}
