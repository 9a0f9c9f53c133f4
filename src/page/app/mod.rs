//! The page at work: a world, what this tab shows of it, and the frame in which both meet.
//!
//! Life cycle: [`mount`] opens the world named in the address (`#world=name`, see `travel`), makes the first one if there is
//! none, puts the simulator on `window.codepipeline`, draws, and then looks once a frame while anything moves: time passes, and
//! what changed is drawn. The components only know the [`PageView`]; everything a person does comes back as a [`Command`].
//!
//! Failure modes: a stored world that cannot be read is left as it is, and the page goes on in memory and says so.

mod download;
mod driving;
mod editing;
mod frame;
mod importing;
mod jobs;
mod operating;
mod perform;
mod remembered;
mod samples;
mod settings;
mod timeline;
mod travel;
mod turns;
mod update;
mod worlds;

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeSet, VecDeque},
    rc::Rc,
    sync::Arc,
};

use leptos::prelude::{ArcRwSignal, Set, WithUntracked};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::spawn_local;

use self::{
    driving::Driving, editing::Drafts, frame::Frames, importing::Importing, travel::Travel,
    worlds::Shelf,
};
use super::{
    command::Command,
    components, crash,
    state::{ClockState, StorageInfo, StorageState, Ui, settings::Settings},
    view::{BannerRole, BannerView, ForwardView, ImportView, PageView, SPEEDS, Screen, build},
    words::app as words,
};
use crate::order::gathered;
use crate::{
    api::{
        controls::Goal,
        js::{Host, Kept, Simulator},
    },
    engine::{fact::Event, ids::ExecutionId, time::Instant},
};

/// The world that a page without an address shows.
const FIRST_WORLD: &str = "default";

/// How long an ended execution is shown at least, in real milliseconds.
const LINGERS: f64 = 8_000.0;
/// How many facts are looked at between two drawings; more than that nobody could follow.
const FACTS_HEARD: usize = 500;

/// The page at work.
struct App {
    host: RefCell<Rc<Host>>,
    view: ArcRwSignal<PageView>,
    ui: RefCell<Ui>,
    /// The worlds that are kept here, and what this tab does with them.
    shelf: Shelf,
    travel: Travel,
    /// What a person is to be told, until the next thing they do.
    notice: RefCell<Option<BannerView>>,
    /// Another build of the page is there and waits to be taken.
    update: Cell<bool>,
    importing: RefCell<Option<Importing>>,
    driving: RefCell<Option<Driving>>,
    operating: RefCell<operating::Operating>,
    drafts: RefCell<Drafts>,
    settings: Cell<Settings>,
    /// Executions that ended a moment ago, with the real time at which they were seen to.
    ended: RefCell<VecDeque<(ExecutionId, f64)>>,
    /// The number of the last fact that was looked at for that.
    heard: Cell<u64>,
    frames: Frames,
    /// What is drawn next where the page is drawn in turns.
    turn: Cell<turns::Part>,
    /// A part of the past is about to be read for the timeline.
    reading: Cell<bool>,
    drawn: Cell<u64>,
    drawn_changes: Cell<u64>,
    drawn_at: Cell<f64>,
}

/// Draws the page into the element with this id.
///
/// # Errors
/// There is no such element.
#[wasm_bindgen]
pub fn mount(id: &str) -> Result<(), JsValue> {
    crash::install_hook();
    let parent = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id(id))
        .ok_or_else(|| JsValue::from_str("There is no element to draw the page into"))?;
    spawn_local(async move {
        let address = travel::arrival().await;
        let host = travel::open(travel::world_of(&address)).await;
        let app = Rc::new(App::new(host));
        app.begin();
        app.arrive(&address);
        app.write_address(false);
        let performing = Rc::clone(&app);
        let perform: Rc<dyn Fn(Command)> = Rc::new(move |command| performing.perform(command));
        components::mount(parent, app.view.clone(), perform).keep();
        frame::watch(&app);
        frame::watch_visibility(&app);
        travel::watch_address(&app);
        app.watch_leaving();
        update::watch(&app);
        app.list_worlds();
    });
    Ok(())
}

impl App {
    fn new(host: Rc<Host>) -> Self {
        let ui = Ui::default();
        let view = draw(&host, &ui, &Shelf::default(), None, None);
        Self {
            host: RefCell::new(host),
            view: ArcRwSignal::new(view),
            ui: RefCell::new(ui),
            shelf: Shelf::default(),
            travel: Travel::default(),
            notice: RefCell::default(),
            update: Cell::new(false),
            importing: RefCell::default(),
            driving: RefCell::default(),
            operating: RefCell::default(),
            drafts: RefCell::default(),
            settings: Cell::new(settings::remembered()),
            ended: RefCell::default(),
            heard: Cell::new(0),
            frames: Frames::default(),
            turn: Cell::default(),
            reading: Cell::new(false),
            drawn: Cell::new(u64::MAX),
            drawn_changes: Cell::new(u64::MAX),
            drawn_at: Cell::new(0.0),
        }
    }

    fn host(&self) -> Rc<Host> {
        Rc::clone(&self.host.borrow())
    }

    /// A world was opened: scripts get their simulator.
    fn begin(self: &Rc<Self>) {
        let host = self.host();
        frame::tell_if_hidden(&host);
        host.stop_at(remembered::stops());
        if let Some(window) = web_sys::window() {
            let simulator = JsValue::from(Simulator::of(Rc::clone(&host)));
            let _ = js_sys::Reflect::set(&window, &JsValue::from_str("codepipeline"), &simulator);
        }
        self.recall_drafts();
        if host.kept() == Kept::Stored {
            remembered::set_world(host.name());
        }
        self.redraw();
    }

    /// Forgets what this tab knew of the world that was shown before.
    fn forget(&self) {
        let (timeline, facts, picture) = {
            let mut ui = self.ui.borrow_mut();
            ui.look_elsewhere();
            (ui.timeline, ui.facts.clone(), ui.picture.clone())
        };
        *self.ui.borrow_mut() = Ui {
            timeline,
            facts,
            picture,
            ..Ui::default()
        };
        *self.notice.borrow_mut() = None;
        *self.driving.borrow_mut() = None;
        *self.operating.borrow_mut() = operating::Operating::default();
        *self.drafts.borrow_mut() = Drafts::default();
        self.ended.borrow_mut().clear();
        self.heard.set(0);
    }

    /// Draws what is the case now.
    fn redraw(self: &Rc<Self>) {
        self.redraw_part(None);
        self.read_past_soon();
    }

    /// Draws the part of the page whose turn it is.
    fn redraw_in_turn(self: &Rc<Self>) {
        let part = self.turn.get();
        self.turn.set(part.next());
        self.redraw_part(Some(part));
    }

    /// Draws what is the case now, all of it or a part.
    fn redraw_part(self: &Rc<Self>, part: Option<turns::Part>) {
        let host = self.host();
        self.drawn.set(host.happened());
        self.drawn_changes.set(host.changes());
        self.drawn_at.set(frame::real_now());
        self.ui.borrow_mut().lingering = self.lingering(&host);
        self.ui.borrow_mut().forward = host
            .forward()
            .map(|forward| forward_view(&forward, host.look(|session| session.world().now)));
        let seen = host.take_seen();
        if let Some(seen) = seen {
            self.saw(seen);
        }
        let importing = self.importing.borrow();
        let mut view = draw(
            &host,
            &self.ui.borrow(),
            &self.shelf,
            self.notice.borrow().clone(),
            importing.as_ref().map(|importing| importing.view()),
        );
        drop(importing);
        view.form =
            self.driving.borrow_mut().as_mut().map(|driving| {
                host.look(|session| driving.view(session.engine(), session.playing()))
            });
        view.operate = host.look(|session| {
            let mut operating = self.operating.borrow_mut();
            operating.view(session.engine(), session.playing())
        });
        if let Some(seen) = seen {
            self.say_stopped(seen, &mut view);
        }
        view.settings = self.settings.get();
        let drafts = self.drafts.borrow();
        view.kept_draft = drafts.unsaved();
        if view.screen == Screen::Edit {
            view.edit = host.look(|session| drafts.view(session.world()));
        }
        drop(drafts);
        if self.update.get() && view.world.banner.is_none() {
            view.world.banner = Some(update::banner());
        }
        if let Some(part) = part {
            self.view
                .with_untracked(|shown| part.alone(&mut view, shown));
        }
        self.view.set(view);
        self.frames.wake();
    }

    /// Who has ended so shortly before in real time that nobody can have seen it yet.
    fn lingering(&self, host: &Host) -> BTreeSet<ExecutionId> {
        let now = frame::real_now();
        let mut ended = self.ended.borrow_mut();
        let heard = self.heard.get();
        let latest = host.look(|session| {
            // The first look at a world sees its past: that ended long ago.
            let fresh = session
                .recent()
                .take_while(|fact| heard > 0 && fact.sequence > heard);
            for fact in fresh.take(FACTS_HEARD) {
                if let Event::ExecutionEnded { execution, .. } = &fact.event {
                    ended.push_back((*execution, now));
                }
            }
            session.world().sequence
        });
        self.heard.set(latest);
        while ended.front().is_some_and(|(_, at)| now - at > LINGERS) {
            ended.pop_front();
        }
        gathered(ended.iter().map(|(execution, _)| *execution))
    }

    /// Tells a person what was refused, with the service's name and words.
    fn refused(self: &Rc<Self>, what: &str, words: (String, String)) {
        let (name, message) = words;
        *self.notice.borrow_mut() = Some(BannerView {
            role: BannerRole::Limit,
            text: words::refused(what, &name, &message),
            actions: vec![(words::DISMISS.to_owned(), Command::Dismiss)],
        });
        self.redraw();
    }
}

fn forward_view(forward: &crate::api::js::Forward, now: Instant) -> ForwardView {
    ForwardView {
        target: match forward.goal {
            Goal::Idle(_) => words::UNTIL_IDLE.to_owned(),
            Goal::At(at) | Goal::NextEvent(at) => build::time::when(at, now),
        },
        facts: super::text::facts(forward.facts),
    }
}

fn draw(
    host: &Host,
    ui: &Ui,
    shelf: &Shelf,
    notice: Option<BannerView>,
    import: Option<Arc<ImportView>>,
) -> PageView {
    let storage = StorageInfo {
        world: host.name().to_owned(),
        facts: host.look(|session| session.world().sequence),
        state: match host.kept() {
            Kept::Stored => StorageState::Saved,
            Kept::Memory(reason) => StorageState::Memory(reason),
            Kept::Beside(reason) => StorageState::Beside(reason),
            Kept::Detached(reason) => StorageState::Detached(reason),
            Kept::ReadOnly => StorageState::ReadOnly,
        },
    };
    let read_only = storage.state == StorageState::ReadOnly;
    host.look(|session| {
        let speed = SPEEDS
            .iter()
            .position(|(speed, _)| *speed >= session.speed())
            .unwrap_or(SPEEDS.len() - 1);
        let clock = ClockState {
            playing: session.playing(),
            rests: session.rests(),
            speed,
        };
        let recent = &mut session.recent();
        let mut view = build::page(
            session.world(),
            ui,
            &clock,
            &storage,
            recent,
            session.calls(),
        );
        view.import = import;
        let others = shelf.names().into_iter();
        view.world.others = others.filter(|world| world != host.name()).collect();
        view.worlds.stops = build::worlds::stops(session.stops());
        shelf.show(&mut view);
        if let Some(mut notice) = notice {
            // What was refused because another tab writes is put right by taking over, not by dismissing it.
            if let Some(way_out) = view.world.banner.take().filter(|_| read_only) {
                notice.actions = way_out.actions;
            }
            view.world.banner = Some(notice);
        }
        view
    })
}

/// A value of JavaScript as the type it has.
fn cast<T: JsCast>(value: JsValue) -> Option<T> {
    value.dyn_into().ok()
}
