//! The form in front: what was filled in, the sheet it makes of the world, and the doing of it.
//!
//! Life cycle: asked for, filled in, pressed, and gone once the call is settled. The clock runs on meanwhile: where the
//! world changes under it, the form says anew what would happen. A refusal leaves it where it is, with the service's
//! words; what cannot be kept any more is told on the page.

use std::{rc::Rc, sync::Arc};

use serde_json::Value;

use super::{App, frame};
use crate::{
    api::js::{Host, Refusal},
    engine::Engine,
    page::{
        command::Command,
        drive::{Ask, Deed, Draft, DriveCommand},
        view::{FormView, Selection, build},
    },
};

/// While the clock runs, a copy of the world is asked this often at most, in milliseconds.
const ASKED: f64 = 250.0;

/// A form that is open.
pub(super) struct Driving {
    draft: Draft,
    shown: Arc<FormView>,
    deed: Option<Deed>,
    /// The number of facts when the sheet was made.
    made_of: u64,
    made_at: f64,
    /// What the last attempt was refused with.
    refused: Option<(String, String)>,
    busy: bool,
}

impl Driving {
    fn new(draft: Draft, engine: &Engine) -> Self {
        let mut driving = Self {
            draft,
            shown: Arc::default(),
            deed: None,
            made_of: 0,
            made_at: 0.0,
            refused: None,
            busy: false,
        };
        driving.make(engine);
        driving
    }

    fn make(&mut self, engine: &Engine) {
        let mut sheet = build::drive::sheet(engine, &self.draft);
        if let Some(refused) = &self.refused {
            sheet.view.refusal = Some(refused.clone());
        }
        if self.busy {
            sheet.view.ready = false;
        }
        self.shown = Arc::new(sheet.view);
        self.deed = sheet.deed;
        self.made_of = engine.world().sequence;
        self.made_at = frame::real_now();
    }

    /// What is shown, made anew where the world has changed.
    pub(super) fn view(&mut self, engine: &Engine, playing: bool) -> Arc<FormView> {
        let changed = engine.world().sequence != self.made_of;
        if changed && (!playing || frame::real_now() - self.made_at >= ASKED) {
            self.make(engine);
        }
        Arc::clone(&self.shown)
    }
}

impl App {
    /// Something in driving.
    pub(super) fn drive(self: &Rc<Self>, host: &Rc<Host>, command: DriveCommand) {
        match command {
            DriveCommand::Ask(ask) => self.ask(host, ask),
            DriveCommand::Set { field, value } => {
                if let Some(driving) = self.driving.borrow_mut().as_mut() {
                    driving.draft.set(field, value);
                    driving.refused = None;
                    host.look(|session| driving.make(session.engine()));
                }
            }
            DriveCommand::Press => self.press(host),
            DriveCommand::Close => *self.driving.borrow_mut() = None,
            DriveCommand::OpenGate(stage) => {
                let Some(name) = self.shown() else { return };
                let deed = build::drive::open_gate(&name, &stage);
                self.call(host, deed.name, deed.input);
            }
        }
    }

    pub(super) fn ask(self: &Rc<Self>, host: &Rc<Host>, ask: Ask) {
        let Some(pipeline) = self.shown() else { return };
        let ask = self.about_the_selected(ask);
        let draft = Draft::new(ask, pipeline);
        let driving = host.look(|session| Driving::new(draft, session.engine()));
        *self.driving.borrow_mut() = Some(driving);
    }

    /// A question that names nothing is about what is selected.
    fn about_the_selected(&self, ask: Ask) -> Ask {
        let ui = self.ui.borrow();
        let (stage, execution) = match &ui.selection {
            Selection::Stage(stage) | Selection::Action(stage, _) => (Some(stage.clone()), None),
            Selection::Execution(execution) => (None, Some(execution.clone())),
            Selection::Job(_) | Selection::Pipeline => (None, None),
        };
        match ask {
            Ask::Gate(None) => Ask::Gate(stage),
            Ask::Retry {
                stage: None,
                execution: None,
            } => Ask::Retry { stage, execution },
            Ask::RollBack(None) => Ask::RollBack(stage),
            asked => asked,
        }
    }

    fn press(self: &Rc<Self>, host: &Rc<Host>) {
        let deed = {
            let mut driving = self.driving.borrow_mut();
            let Some(driving) = driving.as_mut().filter(|one| one.shown.ready && !one.busy) else {
                return;
            };
            let Some(deed) = driving.deed.clone() else {
                return;
            };
            driving.busy = true;
            host.look(|session| driving.make(session.engine()));
            deed
        };
        let starts = deed.name == "StartPipelineExecution";
        let app = Rc::clone(self);
        let name = deed.name;
        let employs = deed.employs();
        let settle = move |answer: Result<Value, Refusal>| {
            // A function of a script that did the work until now is let go.
            if let (Ok(_), Some(kind)) = (&answer, &employs) {
                app.host().dismiss(kind);
            }
            app.settle(name, answer);
        };
        if deed.control {
            host.control(move |session| deed.read(session.world()), settle);
        } else {
            self.run_with_the_first(host, starts, |host| host.call(name, deed.input, settle));
        }
    }

    fn settle(self: &Rc<Self>, name: &'static str, answer: Result<Value, Refusal>) {
        match answer {
            Ok(_) => *self.driving.borrow_mut() = None,
            Err(Refusal::Api(error)) => {
                let host = self.host();
                if let Some(driving) = self.driving.borrow_mut().as_mut() {
                    driving.busy = false;
                    driving.refused = Some((error.code.name().to_owned(), error.message.clone()));
                    host.look(|session| driving.make(session.engine()));
                } else {
                    // It was closed meanwhile.
                    self.refused(name, Refusal::Api(error).words());
                }
            }
            Err(other) => {
                *self.driving.borrow_mut() = None;
                self.refused(name, other.words());
            }
        }
        self.redraw();
    }

    /// Opens the form of a start where it asks for something.
    pub(super) fn start_asks(self: &Rc<Self>, host: &Rc<Host>, pipeline: &str) -> bool {
        let asks = host.look(|session| build::drive::start_asks(session.world(), pipeline));
        if asks {
            self.perform(Command::Drive(DriveCommand::Ask(Ask::Start(None))));
        }
        asks
    }
}
