//! The drafts of this tab: one per pipeline, and one of a pipeline that does not exist yet. Going elsewhere keeps them;
//! reloading or closing the tab, too, as they are written into the browser's storage when it goes; of two tabs the one that
//! goes last. A draft that cannot be kept there is lost with the tab and nothing else is.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
    sync::Arc,
};

use gloo::events::EventListener;
use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;

use super::{App, download, frame, remembered};
use crate::{
    api::js::Host,
    engine::world::World,
    page::{
        edit::{self, Base, Change, Chosen, Draft, EditCommand, start},
        view::{BannerRole, BannerView, EditView, Screen, Selection},
        words::{app as words, edit as editing_words},
    },
};

/// A rest of this many milliseconds ends a step of the history.
const REST: f64 = 1_000.0;

/// The drafts of a world in this tab, by the pipeline that they are of.
#[derive(Default)]
pub(super) struct Drafts {
    all: BTreeMap<Option<String>, Editing>,
    open: Option<String>,
    /// What is written down of this world is of this tab. Another tab's is left alone.
    written_down: Cell<bool>,
}

/// A draft on the screen.
struct Editing {
    draft: Draft,
    chosen: Chosen,
    trouble: Option<String>,
    busy: bool,
    changed_at: f64,
    /// What is shown, and the number of facts when it was built: the world says what saving would do.
    shown: RefCell<Option<(u64, Arc<EditView>)>>,
}

impl Editing {
    fn new(draft: Draft) -> Self {
        Self {
            draft,
            chosen: Chosen::Pipeline,
            trouble: None,
            busy: false,
            changed_at: 0.0,
            shown: RefCell::default(),
        }
    }

    fn view(&self, world: &World) -> Arc<EditView> {
        let mut shown = self.shown.borrow_mut();
        match &*shown {
            Some((at, view)) if *at == world.sequence => Arc::clone(view),
            _ => {
                let mut view = edit::view(world, &self.draft, self.chosen, self.trouble.clone());
                view.ready &= !self.busy;
                let view = Arc::new(view);
                *shown = Some((world.sequence, Arc::clone(&view)));
                view
            }
        }
    }

    fn change(&mut self, change: &Change, world: &World) {
        let now = frame::real_now();
        if now - self.changed_at > REST {
            self.draft.settle();
        }
        self.changed_at = now;
        if let Some(chosen) = self.draft.change(change, world) {
            self.chosen = chosen;
        }
    }

    /// What CreatePipeline takes.
    fn input(&self) -> Value {
        json!({ "pipeline": self.draft.value() })
    }
}

impl Drafts {
    /// What the editor shows.
    pub(super) fn view(&self, world: &World) -> Option<Arc<EditView>> {
        Some(self.all.get(&self.open)?.view(world))
    }

    /// Whether something would be lost with the tab.
    pub(super) fn unsaved(&self) -> bool {
        self.all.values().any(|one| one.draft.unsaved())
    }

    fn current(&mut self) -> Option<&mut Editing> {
        let editing = self.all.get_mut(&self.open)?;
        editing.shown.take();
        Some(editing)
    }

    /// Opens the draft of a pipeline; one that was not touched begins again from what is saved.
    fn open(&mut self, name: &str, world: &World) {
        let key = Some(name.to_owned());
        let is_untouched = |one: &Editing| !one.draft.unsaved();
        if self.all.get(&key).is_none_or(is_untouched)
            && let Some(draft) = draft_of(name, world)
        {
            self.all.insert(key.clone(), Editing::new(draft));
        }
        self.open = key;
    }

    fn begin(&mut self, declaration: Value) {
        let draft = Draft::new(Base::New, declaration);
        self.all.insert(None, Editing::new(draft));
        self.open = None;
    }

    fn written(&self) -> Value {
        let unsaved = self.all.values().filter(|one| one.draft.unsaved());
        let drafts = unsaved.map(|one| match &one.draft.base {
            Base::New => json!({ "text": one.draft.text() }),
            Base::Version { name, .. } => json!({ "of": name, "text": one.draft.text() }),
        });
        drafts.collect()
    }

    fn read(&mut self, written: &Value, world: &World) {
        for one in written.as_array().into_iter().flatten() {
            let of = one.get("of").and_then(Value::as_str);
            let draft = match of {
                Some(name) => draft_of(name, world),
                None => Some(Draft::new(Base::New, start::smallest("", &world.options))),
            };
            let text = one.get("text").and_then(Value::as_str);
            if let (Some(draft), Some(text)) = (draft, text) {
                let mut editing = Editing::new(draft);
                editing.change(&Change::Text(text.to_owned()), world);
                self.all.insert(of.map(str::to_owned), editing);
            }
        }
    }
}

/// A pipeline as GetPipeline answers it, as a draft.
fn draft_of(name: &str, world: &World) -> Option<Draft> {
    let pipeline = world.pipeline_named(name)?;
    let declaration = &pipeline.current().plan.declaration;
    let shown = crate::engine::declaration::mask_secrets(declaration, world);
    let mut value = crate::json::to_value(&shown);
    // PL-18: the service counts versions.
    value.as_object_mut()?.shift_remove("version");
    let base = Base::Version {
        name: name.to_owned(),
        version: pipeline.version(),
    };
    Some(Draft::new(base, value))
}

impl App {
    /// Shows another view of the pipeline.
    pub(super) fn show(self: &Rc<Self>, screen: Screen) {
        let before = std::mem::replace(&mut self.ui.borrow_mut().screen, screen);
        match screen {
            Screen::Edit => {
                let shown = self.shown();
                self.host().look(|session| {
                    let mut drafts = self.drafts.borrow_mut();
                    match shown {
                        Some(name) => drafts.open(&name, session.world()),
                        None => new(&mut drafts, session.world()),
                    }
                });
            }
            Screen::Picture | Screen::Jobs
                if before == Screen::Edit && self.drafts.borrow().unsaved() =>
            {
                *self.notice.borrow_mut() = Some(BannerView {
                    role: BannerRole::News,
                    text: editing_words::KEPT.to_owned(),
                    actions: vec![(
                        editing_words::GO_ON.to_owned(),
                        crate::page::command::Command::Show(Screen::Edit),
                    )],
                });
            }
            Screen::Picture | Screen::Jobs => {}
        }
    }

    /// Something was done in the editor.
    pub(super) fn edit(self: &Rc<Self>, command: EditCommand) {
        let host = self.host();
        if command == EditCommand::Save {
            self.save_draft(&host);
            return;
        }
        if matches!(command, EditCommand::New | EditCommand::Copy) {
            self.ui.borrow_mut().screen = Screen::Edit;
        }
        if command == EditCommand::CopyInput {
            *self.notice.borrow_mut() = Some(BannerView {
                role: BannerRole::News,
                text: editing_words::COPIED.to_owned(),
                actions: vec![(
                    words::DISMISS.to_owned(),
                    crate::page::command::Command::Dismiss,
                )],
            });
        }
        host.look(|session| {
            let world = session.world();
            let mut drafts = self.drafts.borrow_mut();
            match command {
                EditCommand::New => new(&mut drafts, world),
                EditCommand::Copy => {
                    if let Some(editing) = drafts.current() {
                        let mut copy = editing.draft.value().clone();
                        let name = copy.get("name").and_then(Value::as_str);
                        let name = free_name(name.unwrap_or_default(), world);
                        if let Some(members) = copy.as_object_mut() {
                            members.insert("name".to_owned(), json!(name));
                        }
                        drafts.begin(copy);
                    }
                }
                EditCommand::Discard => {
                    let key = drafts.open.clone();
                    drafts.all.remove(&key);
                    match key {
                        Some(name) => drafts.open(&name, world),
                        None => self.ui.borrow_mut().screen = Screen::Picture,
                    }
                }
                other => {
                    if let Some(editing) = drafts.current() {
                        one_draft(editing, other, world);
                    }
                }
            }
        });
    }

    /// CreatePipeline or UpdatePipeline. What is refused leaves the draft as it is.
    fn save_draft(self: &Rc<Self>, host: &Rc<Host>) {
        let (operation, input, name) = {
            let mut drafts = self.drafts.borrow_mut();
            let Some(editing) = drafts.current().filter(|one| !one.busy) else {
                return;
            };
            editing.busy = true;
            editing.trouble = None;
            let operation = match editing.draft.base {
                Base::New => "CreatePipeline",
                Base::Version { .. } => "UpdatePipeline",
            };
            let name = editing.draft.value().get("name").and_then(Value::as_str);
            let name = name.unwrap_or_default().to_owned();
            (operation, editing.input(), name)
        };
        let key = self.drafts.borrow().open.clone();
        let app = Rc::clone(self);
        let host = Rc::clone(host);
        spawn_local(async move {
            let answer = host.call_and_wait(operation, input).await;
            match answer {
                Err(refusal) => {
                    let (error, message) = refusal.words();
                    let mut drafts = app.drafts.borrow_mut();
                    if let Some(editing) = drafts.all.get_mut(&key) {
                        editing.busy = false;
                        editing.shown.take();
                        editing.trouble = Some(words::refused(operation, &error, &message));
                    }
                }
                Ok(answer) => {
                    app.drafts.borrow_mut().all.remove(&key);
                    let version = answer.pointer("/pipeline/version").and_then(Value::as_i64);
                    let mut ui = app.ui.borrow_mut();
                    ui.pipeline = Some(name.clone());
                    ui.selection = Selection::Pipeline;
                    ui.screen = Screen::Picture;
                    *app.notice.borrow_mut() = Some(BannerView {
                        role: BannerRole::News,
                        text: editing_words::saved(&name, version.unwrap_or(1)),
                        actions: vec![(
                            words::DISMISS.to_owned(),
                            crate::page::command::Command::Dismiss,
                        )],
                    });
                }
            }
            app.redraw();
        });
    }

    /// Takes up the drafts that this tab had of the world.
    pub(super) fn recall_drafts(&self) {
        let host = self.host();
        let mut drafts = Drafts::default();
        let written = remembered::drafts(host.name());
        if let Some(written) = written.and_then(|text| serde_json::from_str(&text).ok()) {
            host.look(|session| drafts.read(&written, session.world()));
            drafts.written_down.set(true);
        }
        *self.drafts.borrow_mut() = drafts;
    }

    /// Writes the drafts down for the case that the tab is reloaded.
    pub(super) fn write_drafts(&self) {
        let drafts = self.drafts.borrow();
        let host = self.host();
        if drafts.unsaved() {
            remembered::set_drafts(host.name(), Some(&drafts.written().to_string()));
            drafts.written_down.set(true);
        } else if drafts.written_down.replace(false) {
            remembered::set_drafts(host.name(), None);
        }
    }

    /// Writes them down whenever the tab may go.
    pub(super) fn watch_leaving(self: &Rc<Self>) {
        if let Some(window) = web_sys::window() {
            let app = Rc::clone(self);
            EventListener::new(&window, "pagehide", move |_| app.write_drafts()).forget();
        }
    }
}

fn new(drafts: &mut Drafts, world: &World) {
    let begun = drafts.all.get(&None).is_some_and(|one| one.draft.unsaved());
    if begun {
        drafts.open = None;
    } else {
        let name = free_name("new-pipeline", world);
        drafts.begin(start::smallest(&name, &world.options));
    }
}

fn free_name(wish: &str, world: &World) -> String {
    let numbered = (2_u32..).map(|number| format!("{wish}-{number}"));
    std::iter::once(wish.to_owned())
        .chain(numbered)
        .find(|name| world.pipeline_named(name).is_none())
        .unwrap_or_default()
}

fn one_draft(editing: &mut Editing, command: EditCommand, world: &World) {
    match command {
        EditCommand::Choose(chosen) => {
            editing.chosen = chosen;
            editing.draft.settle();
        }
        EditCommand::Change(change) => editing.change(&change, world),
        EditCommand::Fill { at, text } => {
            if let Some(change) = edit::fill(editing.draft.value(), &at, &text) {
                editing.change(&change, world);
            }
        }
        EditCommand::Undo => editing.draft.undo(),
        EditCommand::Redo => editing.draft.redo(),
        EditCommand::CopyInput => {
            let text = edit::text(&editing.input());
            spawn_local(async move {
                if let Some(window) = web_sys::window() {
                    let written = window.navigator().clipboard().write_text(&text);
                    let _ = wasm_bindgen_futures::JsFuture::from(written).await;
                }
            });
        }
        EditCommand::SaveInput => {
            let name = editing.draft.value().get("name").and_then(Value::as_str);
            let name = format!("{}.json", name.unwrap_or_default());
            download::save(&name, &edit::text(&editing.input()), download::JSON);
        }
        EditCommand::New | EditCommand::Copy | EditCommand::Save | EditCommand::Discard => {}
    }
}
