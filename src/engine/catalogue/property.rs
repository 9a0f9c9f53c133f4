//! One configuration property of an action type or rule type, and the const builder that writes it down.

use crate::model::ActionConfigurationPropertyType;

/// A configuration property: a key of `configuration`, what its value means and when it must be there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Property {
    /// The key, as it is written in a declaration.
    pub name: &'static str,
    /// What the value says, in a few words.
    pub description: &'static str,
    /// How the console reads the value; in a declaration every value is text (AC-17).
    pub kind: ActionConfigurationPropertyType,
    /// Whether a declaration without it is refused (AC-14).
    pub required: bool,
    /// When a property that is not always required is required after all.
    pub required_when: Option<RequiredWhen>,
    /// Whether the value is masked wherever it is shown (S-1).
    pub secret: bool,
    /// Whether the value is part of what identifies the resource that the action works on.
    pub key: bool,
    /// What the service takes when the property is absent.
    pub default: Option<&'static str>,
    /// The values that mean something; empty when any text does. Not checked on saving: other text is saved and
    /// fails when the action runs (AC-34).
    pub allowed: &'static [&'static str],
    /// Whether the value names one of the action's input artifacts.
    pub reference: Reference,
}

/// What a property's value points at inside the same declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// Nothing: the value is not about artifacts.
    Nothing,
    /// The value is the name of an input artifact of the action (AC-32).
    InputArtifact,
    /// The value is `<input artifact>::<file>` (AC-33).
    InputArtifactFile,
}

/// When an optional property is required.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequiredWhen {
    /// When another property has one of these values.
    Value(&'static str, &'static [&'static str]),
    /// When another property is given.
    Present(&'static str),
    /// When another property is not given.
    Absent(&'static str),
    /// When the action has more than one input artifact.
    SeveralInputs,
    /// When the action has no input artifact.
    NoInput,
    /// In a case that the service only notices while the action runs; the text names the case.
    Running(&'static str),
}

/// A property whose value is free text.
pub(super) const fn text(name: &'static str, description: &'static str) -> Property {
    Property {
        name,
        description,
        kind: ActionConfigurationPropertyType::String,
        required: false,
        required_when: None,
        secret: false,
        key: false,
        default: None,
        allowed: &[],
        reference: Reference::Nothing,
    }
}

/// A property whose value is a number, written as text.
pub(super) const fn number(name: &'static str, description: &'static str) -> Property {
    Property {
        kind: ActionConfigurationPropertyType::Number,
        ..text(name, description)
    }
}

/// A property whose value is `true` or `false`.
pub(super) const fn flag(name: &'static str, description: &'static str) -> Property {
    Property {
        kind: ActionConfigurationPropertyType::Boolean,
        allowed: &["true", "false"],
        ..text(name, description)
    }
}

impl Property {
    /// Required in every declaration.
    pub(super) const fn required(self) -> Self {
        Property {
            required: true,
            ..self
        }
    }

    /// Required in some declarations.
    pub(super) const fn required_when(self, case: RequiredWhen) -> Self {
        Property {
            required_when: Some(case),
            ..self
        }
    }

    /// Part of what identifies the resource.
    pub(super) const fn key(self) -> Self {
        Property { key: true, ..self }
    }

    /// Shown as asterisks.
    pub(super) const fn secret(self) -> Self {
        Property {
            secret: true,
            ..self
        }
    }

    /// What is taken when it is absent.
    pub(super) const fn defaults_to(self, value: &'static str) -> Self {
        Property {
            default: Some(value),
            ..self
        }
    }

    /// The values that mean something.
    pub(super) const fn one_of(self, allowed: &'static [&'static str]) -> Self {
        Property { allowed, ..self }
    }

    /// Names an input artifact of the action.
    pub(super) const fn input_artifact(self) -> Self {
        Property {
            reference: Reference::InputArtifact,
            ..self
        }
    }

    /// Names a file in an input artifact of the action.
    pub(super) const fn input_artifact_file(self) -> Self {
        Property {
            reference: Reference::InputArtifactFile,
            ..self
        }
    }
}
