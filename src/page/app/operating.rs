//! The forms of operations: which is in front, what was filled in, and the sending of it.
//!
//! Life cycle: a form begins with what the selection suggests; what somebody has changed or sent is kept until another
//! world is opened, so that closing loses nothing. While the clock runs behind it, the form says anew whether the call
//! would be refused.

use std::{rc::Rc, sync::Arc};

use serde_json::Value;

use super::{App, frame};
use crate::{
    api::js::{Host, Refusal},
    engine::Engine,
    model,
    page::{
        operate::{Answer, Around, Draft, OperateCommand, list, prefill, view},
        view::{FormItem, OperateView, build},
    },
};

/// While the clock runs, a copy of the world is asked this often at most, in milliseconds.
const ASKED: f64 = 250.0;

/// What this tab knows of the forms.
#[derive(Default)]
pub(super) struct Operating {
    /// The forms, the one in front last.
    drafts: Vec<Draft>,
    /// What is shown; none while the dialog is closed.
    shown: Option<Arc<OperateView>>,
    /// Whether that is a form.
    form: bool,
    made_of: u64,
    made_at: f64,
}

impl Operating {
    fn front(&mut self) -> Option<&mut Draft> {
        self.drafts.last_mut().filter(|_| self.form)
    }

    fn make(&mut self, engine: &Engine) {
        let made = match self.drafts.last().filter(|_| self.form) {
            Some(draft) => view(engine, draft),
            None => list(),
        };
        self.shown = Some(Arc::new(made));
        self.made_of = engine.world().sequence;
        self.made_at = frame::real_now();
    }

    /// What is shown, made anew where the world has changed.
    pub(super) fn view(&mut self, engine: &Engine, playing: bool) -> Option<Arc<OperateView>> {
        let changed = engine.world().sequence != self.made_of;
        let due = !playing || frame::real_now() - self.made_at >= ASKED;
        if self.shown.is_some() && self.form && changed && due {
            self.make(engine);
        }
        self.shown.clone()
    }

    /// Brings the form of an operation to the front.
    fn open(&mut self, name: &str, engine: &Engine, around: &Around) {
        let Some(operation) = model::operation(name) else {
            return;
        };
        let kept = self
            .drafts
            .iter()
            .position(|one| one.operation.name == name);
        let kept = kept.map(|place| self.drafts.remove(place));
        let draft = kept
            .filter(|draft| draft.changed() || draft.busy)
            .unwrap_or_else(|| Draft::new(operation, prefill(engine.world(), around, operation)));
        self.drafts.push(draft);
        self.form = true;
    }

    /// Whether a part is unfolded as it is shown.
    fn unfolded(&self, place: &str) -> bool {
        let form = self.shown.as_ref().and_then(|shown| shown.form.as_ref());
        form.is_some_and(|form| {
            form.items.iter().any(|item| match item {
                FormItem::Group {
                    fold: Some(fold), ..
                } => fold.at == place && fold.open,
                _ => false,
            })
        })
    }
}

impl App {
    /// Something with the forms of operations.
    pub(super) fn operate(self: &Rc<Self>, host: &Rc<Host>, command: OperateCommand) {
        let mut operating = self.operating.borrow_mut();
        match command {
            OperateCommand::Close => {
                operating.shown = None;
                return;
            }
            OperateCommand::List => operating.form = false,
            OperateCommand::Open(name) => {
                let around = self.around();
                host.look(|session| operating.open(name, session.engine(), &around));
            }
            OperateCommand::Reset => {
                let around = self.around();
                if let Some(draft) = operating.front() {
                    let operation = draft.operation;
                    *draft = host.look(|session| {
                        Draft::new(operation, prefill(session.world(), &around, operation))
                    });
                }
            }
            OperateCommand::Fold(at) => {
                let open = operating.unfolded(&at);
                if let Some(draft) = operating.front() {
                    draft.fold(&at, !open);
                }
            }
            OperateCommand::NextPage | OperateCommand::Send => {
                drop(operating);
                return self.send(host, command == OperateCommand::NextPage);
            }
            OperateCommand::Fill { at, text } => {
                if let Some(draft) = operating.front() {
                    draft.fill(&at, &text);
                }
            }
            OperateCommand::Change(change) => {
                if let Some(draft) = operating.front() {
                    draft.change(&change);
                }
            }
            OperateCommand::Json(text) => {
                if let Some(draft) = operating.front() {
                    draft.write(text);
                }
            }
        }
        host.look(|session| operating.make(session.engine()));
    }

    /// What a person looks at.
    pub(super) fn around(&self) -> Around {
        Around {
            pipeline: self.shown(),
            selection: self.ui.borrow().selection.clone(),
        }
    }

    fn send(self: &Rc<Self>, host: &Rc<Host>, next_page: bool) {
        let (name, input) = {
            let mut operating = self.operating.borrow_mut();
            let Some(draft) = operating
                .front()
                .filter(|one| one.broken().is_none() && !one.busy)
            else {
                return;
            };
            if next_page && let Some((member, token)) = draft.next_page() {
                draft.fill(&format!("/{member}"), &token);
            }
            draft.send();
            let call = (draft.operation.name, draft.value().clone());
            host.look(|session| operating.make(session.engine()));
            call
        };
        let starts = name == "StartPipelineExecution";
        let app = Rc::clone(self);
        let settle = move |answer: Result<Value, Refusal>| app.answered(name, answer);
        self.run_with_the_first(host, starts, |host| host.call(name, input, settle));
    }

    fn answered(self: &Rc<Self>, name: &'static str, answer: Result<Value, Refusal>) {
        let host = self.host();
        {
            let mut operating = self.operating.borrow_mut();
            let mut drafts = operating.drafts.iter_mut();
            // Another world may be in front by now.
            if let Some(draft) = drafts.find(|one| one.operation.name == name) {
                draft.busy = false;
                draft.answer = Some(Answer {
                    at: host.look(|session| build::time::clock_seconds(session.world().now)),
                    said: answer.map_err(|refusal| refusal.words()),
                });
            }
            if operating.shown.is_some() {
                host.look(|session| operating.make(session.engine()));
            }
        }
        self.redraw();
    }
}
