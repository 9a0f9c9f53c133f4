//! The page at work: a world, what this tab shows of it, and the frame in which both meet.
//!
//! Life cycle: [`mount`] opens the world named in the address (`#world=name`), makes the first one if there is none,
//! puts the simulator on `window.codepipeline`, draws, and then looks once a frame while anything moves: time passes, and
//! what changed is drawn. The components only know the [`PageView`]; everything a person does comes back as a [`Command`].
//!
//! Failure modes: a stored world that cannot be read is left as it is, and the page goes on in memory and says so.

mod download;
mod frame;
mod importing;
mod perform;
mod samples;
mod update;

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeSet, VecDeque},
    rc::Rc,
    sync::Arc,
};

use leptos::prelude::{ArcRwSignal, Set};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::spawn_local;

use self::{frame::Frames, importing::Importing};
use super::{
    begin,
    command::Command,
    components, crash,
    state::{ClockState, StorageInfo, StorageState, Ui},
    view::{BannerRole, BannerView, ForwardView, ImportView, PageView, SPEEDS, build},
    words::app as words,
};
use crate::{
    api::{
        controls::Goal,
        js::{Host, Kept, Opening, Simulator},
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
    /// The other worlds that are kept here, by name.
    worlds: RefCell<Vec<String>>,
    /// What a person is to be told, until the next thing they do.
    notice: RefCell<Option<BannerView>>,
    /// Another build of the page is there and waits to be taken.
    update: Cell<bool>,
    importing: RefCell<Option<Importing>>,
    /// Executions that ended a moment ago, with the real time at which they were seen to.
    ended: RefCell<VecDeque<(ExecutionId, f64)>>,
    /// The number of the last fact that was looked at for that.
    heard: Cell<u64>,
    frames: Frames,
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
        let name = frame::world_in_address().unwrap_or_else(|| FIRST_WORLD.to_owned());
        let host = open(&name, "us-east-1").await;
        let app = Rc::new(App::new(host));
        app.begin();
        let performing = Rc::clone(&app);
        let perform: Rc<dyn Fn(Command)> = Rc::new(move |command| performing.perform(command));
        components::mount(parent, app.view.clone(), perform).keep();
        frame::watch(&app);
        frame::watch_visibility(&app);
        update::watch(&app);
        app.list_worlds();
    });
    Ok(())
}

/// Opens a world, if need be in memory with the reason why. An empty first one gets its first release.
async fn open(name: &str, region: &str) -> Rc<Host> {
    let host = open_as_it_is(name, region).await;
    if host.name() == FIRST_WORLD
        && host.look(|session| session.world().sequence == 0)
        && host.kept() != Kept::ReadOnly
    {
        samples::first_release(&host).await;
    }
    host
}

async fn open_as_it_is(name: &str, region: &str) -> Rc<Host> {
    let options = || {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "only the bits of a seed matter"
        )]
        let seed = (js_sys::Math::random() * 9e15) as u64;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "milliseconds of this century"
        )]
        let now = (js_sys::Date::now() / 1_000.0) as i64 * 1_000;
        begin::options(region, seed, Instant(now - samples::HEAD_START))
    };
    match Host::open(name, options(), Opening::Stored).await {
        Ok(host) => host,
        Err(error) => {
            match Host::open(name, options(), Opening::Memory(Some(error.to_string()))).await {
                Ok(host) => host,
                Err(error) => wasm_bindgen::throw_str(&error.to_string()),
            }
        }
    }
}

impl App {
    fn new(host: Rc<Host>) -> Self {
        let ui = Ui::default();
        let view = draw(&host, &ui, &[], None, None);
        Self {
            host: RefCell::new(host),
            view: ArcRwSignal::new(view),
            ui: RefCell::new(ui),
            worlds: RefCell::default(),
            notice: RefCell::default(),
            update: Cell::new(false),
            importing: RefCell::default(),
            ended: RefCell::default(),
            heard: Cell::new(0),
            frames: Frames::default(),
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
        if let Some(window) = web_sys::window() {
            let simulator = JsValue::from(Simulator::of(Rc::clone(&host)));
            let _ = js_sys::Reflect::set(&window, &JsValue::from_str("codepipeline"), &simulator);
        }
        self.redraw();
    }

    /// Shows another world in the place of this one.
    fn switch(self: &Rc<Self>, host: Rc<Host>) {
        frame::set_world_in_address(host.name(), FIRST_WORLD);
        let before = self.host.replace(host);
        self.forget();
        before.close(|| {});
        self.begin();
        self.list_worlds();
    }

    /// Forgets what this tab knew of the world that was shown before.
    fn forget(&self) {
        *self.ui.borrow_mut() = Ui::default();
        *self.notice.borrow_mut() = None;
        self.ended.borrow_mut().clear();
        self.heard.set(0);
    }

    fn list_worlds(self: &Rc<Self>) {
        let app = Rc::clone(self);
        spawn_local(async move {
            let here = app.host().name().to_owned();
            let mut worlds = Host::worlds().await;
            worlds.retain(|world| *world != here);
            *app.worlds.borrow_mut() = worlds;
            app.redraw();
        });
    }

    /// Draws what is the case now.
    fn redraw(&self) {
        let host = self.host();
        self.drawn.set(host.happened());
        self.drawn_changes.set(host.changes());
        self.drawn_at.set(frame::real_now());
        self.ui.borrow_mut().lingering = self.lingering(&host);
        self.ui.borrow_mut().forward = host
            .forward()
            .map(|forward| forward_view(&forward, host.look(|session| session.world().now)));
        let importing = self.importing.borrow();
        let mut view = draw(
            &host,
            &self.ui.borrow(),
            &self.worlds.borrow(),
            self.notice.borrow().clone(),
            importing.as_ref().map(|importing| importing.view()),
        );
        drop(importing);
        if self.update.get() && view.world.banner.is_none() {
            view.world.banner = Some(update::banner());
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
        ended.iter().map(|(execution, _)| *execution).collect()
    }

    /// Tells a person what was refused, with the service's name and words.
    fn refused(self: &Rc<Self>, what: &str, words: (String, String)) {
        let (name, message) = words;
        *self.notice.borrow_mut() = Some(BannerView {
            role: BannerRole::Limit,
            text: words::refused(what, &name, &message),
            action: Some((words::DISMISS.to_owned(), Command::Dismiss)),
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
    worlds: &[String],
    notice: Option<BannerView>,
    import: Option<Arc<ImportView>>,
) -> PageView {
    let storage = StorageInfo {
        world: host.name().to_owned(),
        facts: host.look(|session| session.world().sequence),
        state: match host.kept() {
            Kept::Stored => StorageState::Saved,
            Kept::Memory(reason) => StorageState::Memory(reason),
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
            speed,
        };
        let mut view = build::page(session.world(), ui, &clock, &storage, &mut session.recent());
        view.import = import;
        view.world.others = worlds.to_vec();
        if let Some(mut notice) = notice {
            // What was refused because another tab writes is put right by taking over, not by dismissing it.
            if let Some(way_out) = view.world.banner.take().filter(|_| read_only) {
                notice.action = way_out.action;
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
