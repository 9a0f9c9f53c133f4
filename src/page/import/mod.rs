//! Importing a pipeline: from a text to the calls that bring the pipeline into the world, and to what the dialog
//! says on the way.
//!
//! The text is the JSON of `aws codepipeline get-pipeline`, with or without its `metadata` and its outer `pipeline`,
//! or the input of CreatePipeline. [`read`] is called on every input event: it changes nothing and keeps nothing,
//! so closing the dialog undoes it. What comes back is a [`Reading`]; it owns what it needs of the world, and is
//! stale once the world changes. A person then decides with [`Choices`], and [`Reading::plan`] answers with the
//! calls, in order, or with everything that stands against them.
//!
//! Whatever the text is, there is an answer and no panic: too large or too deep ([`scan`]), no JSON, other JSON
//! ([`recognise`]), wrong in shape (all places at once, as the service lists them), or refused by a rule of the
//! service (the first one broken, as the service does). A world that is full is noticed by the calls, like any
//! other change of the world after the reading.
//!
//! Here lives the logic alone: no browser, no call. Every word a person reads is in [`text`].

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod candidate;
mod choices;
mod custom_types;
mod found;
mod ignored;
mod problem;
mod recognise;
mod region;
mod saved_world;
mod scan;
mod secrets;
pub mod text;
mod view;

pub use candidate::{Candidate, Plan, Step};
pub use choices::{Choices, NameChoice, Question, RegionChoice, TypesChoice};
pub use custom_types::Proposal;
pub use found::{Found, FoundStageCount, Wrapping};
pub(in crate::page) use ignored::ignored;
pub(in crate::page) use problem::not_json_at;
pub use problem::{Problem, Refused};
pub use recognise::Document;
pub use region::RegionEvidence;
pub use saved_world::SavedWorld;
pub use scan::{LEVELS_REFUSED, SIZE_REFUSED};
pub use secrets::SecretPlace;
pub use view::view;

use serde_json::{Value, json};

use crate::engine::world::World;
use crate::model::{self, CreatePipelineInput, ErrorCode};

/// What was read.
#[derive(Clone, Debug)]
pub enum Reading {
    /// Nothing but white space.
    Empty,
    /// Something that cannot be imported, and why.
    Refused(Box<Refused>),
    /// A declaration of the right shape.
    Candidate(Box<Candidate>),
    /// A world saved as a file. Whether it can be opened shows when it is.
    SavedWorld(SavedWorld),
}

/// Reads a text. Nothing is changed, whatever it is.
#[must_use]
pub fn read(text: &str, world: &World) -> Reading {
    // Files written on Windows begin with a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Reading::Empty;
    }
    if let Some(refused) = scan::refuse(text) {
        return Reading::Refused(Box::new(refused));
    }
    let document: Value = match serde_json::from_str(text) {
        Ok(document) => document,
        Err(error) => return Reading::Refused(Box::new(problem::not_json(text, &error))),
    };
    let wrapping = match recognise::recognise(&document) {
        Document::Declaration(wrapping) => wrapping,
        Document::WorldFile => return Reading::SavedWorld(SavedWorld::of(&document)),
        other => return Reading::Refused(Box::new(problem::not_a_declaration(other))),
    };
    declaration(document, wrapping, world)
}

/// Reads a document that wants to be a declaration.
fn declaration(document: Value, wrapping: Wrapping, world: &World) -> Reading {
    let (mut declaration, metadata, tags) = take_apart(document, wrapping);
    let region = region::region(metadata.as_ref(), &declaration, &world.options.region);
    let mut found = found::found(&declaration, wrapping, region);
    // PL-18: the service counts versions itself, so whatever stands there cannot be wrong.
    if let Some(members) = declaration.as_object_mut() {
        members.remove("version");
    }
    let input = match tags {
        None => json!({ "pipeline": declaration }),
        Some(tags) => json!({ "pipeline": declaration, "tags": tags }),
    };
    let refused = |found: Option<Found>, headline, problems| {
        Reading::Refused(Box::new(Refused {
            document: Document::Declaration(wrapping),
            found,
            headline,
            problems,
        }))
    };
    let violations = model::violations(&CreatePipelineInput, "", input.clone());
    if !violations.is_empty() {
        let (headline, problems) = problem::violated(&violations);
        return refused(found, headline, problems);
    }
    let ignored = ignored(&CreatePipelineInput, &input);
    let admitted = model::operation("CreatePipeline")
        .ok_or_else(|| model::ApiError::new(ErrorCode::InternalFailure, ""))
        .and_then(|operation| model::admit(operation, input));
    let typed = match admitted {
        Ok(input) => crate::json::from_value::<CreatePipelineInput>(input)
            .map_err(|error| problem::plain(error.to_string())),
        Err(error) => Err(problem::plain(error.to_string())),
    };
    match typed {
        Ok(typed) => {
            let found = found.get_or_insert_default();
            found::complete(found, &typed.pipeline);
            let found = std::mem::take(found);
            Reading::Candidate(Box::new(Candidate::new(found, typed, ignored, world)))
        }
        // Admission promises that this does not happen; a text must not be able to prove it wrong by a panic.
        Err(problem) => refused(found, text::NOTHING_IMPORTED.to_owned(), vec![problem]),
    }
}

/// The declaration, the metadata and the tags of a document.
fn take_apart(document: Value, wrapping: Wrapping) -> (Value, Option<Value>, Option<Value>) {
    let Value::Object(mut members) = document else {
        return (document, None, None);
    };
    // Beside a bare declaration, too: somebody moved its members up and left the rest.
    let metadata = members.remove("metadata");
    match wrapping {
        Wrapping::Bare => (Value::Object(members), metadata, None),
        Wrapping::Answer | Wrapping::Input => {
            let declaration = members.remove("pipeline").unwrap_or_default();
            let tags = members.remove("tags").filter(|tags| !tags.is_null());
            (declaration, metadata, tags)
        }
    }
}

impl Reading {
    /// The choices that stand when the dialog shows this reading for the first time.
    #[must_use]
    pub fn choices(&self) -> Choices {
        match self {
            Reading::Candidate(candidate) => candidate.choices(),
            Reading::Empty | Reading::Refused(_) | Reading::SavedWorld(_) => Choices::default(),
        }
    }

    /// What was found, if anything was recognised.
    #[must_use]
    pub fn found(&self) -> Option<&Found> {
        match self {
            Reading::Empty | Reading::SavedWorld(_) => None,
            Reading::Refused(refused) => refused.found.as_ref(),
            Reading::Candidate(candidate) => Some(&candidate.found),
        }
    }

    /// The questions that these choices leave open or answer, in the order in which they are shown. Choosing another
    /// Region changes the questions that follow.
    #[must_use]
    pub fn questions(&self, choices: &Choices) -> Vec<Question<'_>> {
        match self {
            Reading::Candidate(candidate) => candidate.questions(choices),
            Reading::Empty | Reading::Refused(_) | Reading::SavedWorld(_) => vec![],
        }
    }

    /// The calls that import what was read, in order.
    ///
    /// # Errors
    /// Everything that stands against it with these choices; empty for a text that holds nothing yet, and for a saved
    /// world, which is opened and not called.
    pub fn plan(&self, choices: &Choices) -> Result<Plan, Vec<Problem>> {
        match self {
            Reading::Empty | Reading::SavedWorld(_) => Err(vec![]),
            Reading::Refused(refused) => Err(refused.problems.clone()),
            Reading::Candidate(candidate) => candidate.plan(choices),
        }
    }
}
