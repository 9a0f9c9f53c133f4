//! A draft: the text of a declaration, what was read of it, and the way back.
//!
//! The text is the one truth: picture and form are drawn from what it says, and what they change is written into it.
//! While it is no JSON, the last that was read stands, and only the text can be changed. The history is one for all
//! three: a list of replaced pieces of text. Typing in one place is one step, until the person does something else or
//! rests ([`Draft::settle`]).

use serde_json::Value;

use super::change::{self, Change, Chosen};
use super::{print::print, splice::Splice};
use crate::engine::declaration::CustomTypes;
use crate::page::import::{SIZE_REFUSED, not_json_at, text};

/// The most steps that can be taken back.
pub const MOST_STEPS: usize = 1_000;

/// What a draft began as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    /// Nothing: saving creates a pipeline.
    New,
    /// A version of a pipeline: saving updates it.
    Version {
        /// The pipeline.
        name: String,
        /// The version.
        version: u32,
    },
}

/// Where a text is no JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// From 1.
    pub line: usize,
    /// From 1, in letters.
    pub column: usize,
    /// What is wrong there.
    pub message: String,
}

/// A declaration being written.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What it began as.
    pub base: Base,
    original: Value,
    text: String,
    value: Value,
    broken: Option<Broken>,
    undo: Vec<Splice>,
    redo: Vec<Splice>,
    run: Option<Run>,
}

/// Typing in one place: each letter replaces what came of the one before.
#[derive(Clone, Debug)]
struct Run {
    place: String,
    text: String,
    value: Value,
}

impl Draft {
    /// A draft that begins as this.
    #[must_use]
    pub fn new(base: Base, declaration: Value) -> Self {
        Self {
            base,
            text: print(&declaration),
            original: declaration.clone(),
            value: declaration,
            broken: None,
            undo: Vec::new(),
            redo: Vec::new(),
            run: None,
        }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the text says, or said when it was last JSON.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Why the text is no JSON, if so.
    #[must_use]
    pub fn broken(&self) -> Option<&Broken> {
        self.broken.as_ref()
    }

    /// Whether anything differs from what it began as.
    #[must_use]
    pub fn unsaved(&self) -> bool {
        self.broken.is_some() || self.value != self.original
    }

    /// Whether there is a step to take back, and one to take again.
    #[must_use]
    pub fn steps(&self) -> (bool, bool) {
        (!self.undo.is_empty(), !self.redo.is_empty())
    }

    /// What it began as.
    #[must_use]
    pub fn original(&self) -> &Value {
        &self.original
    }

    /// The next letter begins a new step.
    pub fn settle(&mut self) {
        self.run = None;
    }

    /// Changes the draft. Says what is to be chosen then, if the change is about it.
    pub fn change(&mut self, change: &Change, types: &dyn CustomTypes) -> Option<Chosen> {
        if let Change::Text(text) = change {
            // Somebody pasted a whole answer or input: its declaration is meant.
            let inner = serde_json::from_str::<Value>(text).ok().and_then(unwrapped);
            let text = inner.map_or_else(|| text.clone(), |inner| print(&inner));
            self.put(text, Some("text".to_owned()));
            return None;
        }
        if self.broken.is_some() {
            return None;
        }
        let place = change.place();
        let run = self
            .run
            .as_ref()
            .filter(|run| Some(&run.place) == place.as_ref());
        let mut value = run.map_or(&self.value, |run| &run.value).clone();
        let chosen = change::apply(&mut value, change, types);
        if value != self.value {
            self.put(print(&value), place);
        }
        chosen
    }

    /// Takes the last step back.
    pub fn undo(&mut self) {
        self.run = None;
        if let Some(step) = self.undo.pop() {
            self.read(step.back(&self.text));
            self.redo.push(step);
        }
    }

    /// Takes the step again that was taken back last.
    pub fn redo(&mut self) {
        self.run = None;
        if let Some(step) = self.redo.pop() {
            self.read(step.forward(&self.text));
            self.undo.push(step);
        }
    }

    /// The text is this now, by a step of its own or as part of a run at a place.
    fn put(&mut self, text: String, place: Option<String>) {
        let goes_on = self
            .run
            .as_ref()
            .is_some_and(|run| Some(&run.place) == place.as_ref());
        if goes_on {
            self.undo.pop();
        } else {
            self.run = place.map(|place| Run {
                place,
                text: self.text.clone(),
                value: self.value.clone(),
            });
        }
        let before = match &self.run {
            Some(run) => &run.text,
            None => &self.text,
        };
        self.redo.clear();
        // A step that does nothing any more stays for the run's next letter to replace.
        if self.run.is_some() || *before != text {
            self.undo.push(Splice::between(before, &text));
        }
        if self.undo.len() > MOST_STEPS {
            self.undo.remove(0);
        }
        self.read(text);
    }

    fn read(&mut self, text: String) {
        self.broken = None;
        if text.len() >= SIZE_REFUSED {
            self.broken = Some(Broken {
                line: 1,
                column: 1,
                message: text::TOO_LARGE.to_owned(),
            });
        } else {
            match serde_json::from_str(&text) {
                Ok(value) => self.value = value,
                Err(error) => {
                    let (line, column, message) = not_json_at(&text, &error);
                    self.broken = Some(Broken {
                        line,
                        column,
                        message,
                    });
                }
            }
        }
        self.text = text;
    }
}

/// The declaration in an answer of GetPipeline or an input of CreatePipeline.
fn unwrapped(value: Value) -> Option<Value> {
    let Value::Object(mut members) = value else {
        return None;
    };
    let is_wrapping = !members.contains_key("stages") && !members.contains_key("name");
    let inner = members.shift_remove("pipeline")?;
    (is_wrapping && inner.is_object()).then_some(inner)
}
