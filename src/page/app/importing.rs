//! The import dialog's state: the text, what it was read as, what was chosen. Nothing changes before it is accepted.

use std::sync::Arc;

use crate::{
    engine::world::World,
    page::{
        command::ImportCommand,
        import::{self, Choices, Plan, Reading},
        view::ImportView,
        words::app as words,
    },
};

use super::samples::SAMPLES;

/// An open import dialog.
pub(super) struct Importing {
    text: Arc<str>,
    source: Option<String>,
    reading: Reading,
    choices: Choices,
    busy: bool,
    /// A sentence that stands instead of what was read: a file that could not be.
    trouble: Option<String>,
    /// What is shown. Building it asks every rule of a declaration, and the page draws ten times a second: it is built
    /// where something in the dialog changes.
    shown: Arc<ImportView>,
}

/// What accepting does.
pub(super) enum Accepted {
    /// The calls that import a pipeline.
    Pipeline(Plan),
    /// Puts a saved world, of which this is the file, in the place of the present one.
    World(Arc<str>),
}

impl Importing {
    pub(super) fn new(world: &World) -> Self {
        let reading = import::read("", world);
        let mut importing = Self {
            text: Arc::default(),
            source: None,
            choices: reading.choices(),
            reading,
            busy: false,
            trouble: None,
            shown: Arc::default(),
        };
        importing.show();
        importing
    }

    fn read(&mut self, text: String, source: Option<String>, world: &World) {
        self.reading = import::read(&text, world);
        self.choices = self.reading.choices();
        self.text = text.into();
        self.source = source;
        self.trouble = None;
    }

    /// Something was done in the dialog, other than to accept or close it.
    pub(super) fn perform(&mut self, command: ImportCommand, world: &World) {
        match command {
            ImportCommand::Text(text) => self.read(text, None, world),
            ImportCommand::File { name, text } => {
                let source = words::file(&name, text.len() as u64);
                self.read(text, Some(source), world);
            }
            ImportCommand::FileTooLarge { name, bytes } => {
                self.read(String::new(), Some(words::file(&name, bytes)), world);
                self.trouble = Some(import::text::TOO_LARGE.to_owned());
            }
            ImportCommand::FileUnreadable { name, reason } => {
                self.read(String::new(), Some(name.clone()), world);
                self.trouble = Some(words::unreadable(&name, &reason));
            }
            ImportCommand::Sample(index) => {
                if let Some((_, sample)) = SAMPLES.get(index) {
                    self.read((*sample).to_owned(), None, world);
                }
            }
            ImportCommand::Choose { choice, option } => {
                self.choices.choose(&self.reading, choice, option)
            }
            ImportCommand::Field { choice, value } => {
                self.choices.fill(&self.reading, choice, value)
            }
            ImportCommand::Accept | ImportCommand::Close => {}
        }
        self.show();
    }

    /// What accepting does; `None` where something stands against it.
    pub(super) fn accepted(&self) -> Option<Accepted> {
        match &self.reading {
            _ if self.busy => None,
            Reading::SavedWorld(_) => Some(Accepted::World(Arc::clone(&self.text))),
            reading => reading.plan(&self.choices).ok().map(Accepted::Pipeline),
        }
    }

    pub(super) fn set_busy(&mut self, busy: bool) {
        self.busy = busy;
        self.show();
    }

    /// A call was refused on the way: the dialog stays, with the service's words.
    pub(super) fn failed(&mut self, sentence: String) {
        self.busy = false;
        self.trouble = Some(sentence);
        self.show();
    }

    /// What is shown.
    pub(super) fn view(&self) -> Arc<ImportView> {
        Arc::clone(&self.shown)
    }

    fn show(&mut self) {
        let mut view = import::view(&self.reading, &self.choices, self.busy);
        view.text = Arc::clone(&self.text);
        view.source.clone_from(&self.source);
        view.samples = SAMPLES
            .iter()
            .map(|(label, _)| (*label).to_owned())
            .collect();
        if let Some(trouble) = &self.trouble {
            view.headline = Some(trouble.clone());
        }
        self.shown = Arc::new(view);
    }
}
