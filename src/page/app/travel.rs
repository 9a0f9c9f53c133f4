//! From world to world: opening one, putting it in front, and the address that says where we are.
//!
//! Life cycle of a way: somebody opens a world, goes back, or changes the address by hand; the world is opened, comes
//! in front, and the one before is closed and let go, in this order and one way after the other, so that going back
//! at once finds it free. Whoever changes their mind on the way arrives at the last wish.
//!
//! Failure modes: a stored world that cannot be read is left as it is; the page goes on in memory, says so, and offers what is
//! stored as a file.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo::events::EventListener;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::{App, FIRST_WORLD, remembered, samples};
use crate::{
    api::js::{Host, Kept, Opening, shelf},
    engine::time::Instant,
    page::{
        address::Address,
        begin,
        gallery::{Lesson, play},
        view::{BannerRole, BannerView, Screen},
        words::worlds as words,
    },
};

/// Where this tab is going.
#[derive(Default)]
pub(super) struct Travel {
    wish: RefCell<Option<Address>>,
    under_way: Cell<bool>,
}

/// Opens a world, if need be in memory with the reason why. One that nobody has begun begins: the first one with its
/// release, one of the gallery with its script.
pub(super) async fn open(name: &str) -> Rc<Host> {
    let host = open_empty(name, "us-east-1").await;
    let new = host.look(|session| session.world().sequence == 0) && host.kept() != Kept::ReadOnly;
    if new && name == FIRST_WORLD {
        samples::first_release(&host).await;
    } else if let Some(lesson) = Lesson::named(name).filter(|_| new)
        && let Ok(session) = play(lesson)
    {
        // This tab writes it, as was just asked.
        let _ = host.become_world(session);
    }
    host
}

/// Opens a world as it is.
pub(super) async fn open_empty(name: &str, region: &str) -> Rc<Host> {
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
        Err(error) => match Host::open(name, options(), Opening::Beside(error.to_string())).await {
            Ok(host) => host,
            Err(error) => wasm_bindgen::throw_str(&error.to_string()),
        },
    }
}

/// Closes a world that is not in front any more. One in which nothing ever happened leaves nothing behind.
pub(super) async fn leave(host: Rc<Host>) {
    let empty = host.look(|session| session.world().sequence == 0) && host.kept() == Kept::Stored;
    host.closed().await;
    if empty {
        let _ = shelf::remove(host.name()).await;
    }
}

/// The name of the world that an address means.
pub(super) fn world_of(address: &Address) -> &str {
    address.world.as_deref().unwrap_or(FIRST_WORLD)
}

/// The address in the browser.
pub(super) fn address() -> Address {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    Address::read(&hash.unwrap_or_default())
}

/// Where somebody arrives who opens the page. An address that asks for nothing leads back to where they were.
pub(super) async fn arrival() -> Address {
    let mut address = address();
    if address == Address::default()
        && let Some(last) = remembered::world().filter(|last| last != FIRST_WORLD)
        && shelf::list().await.iter().any(|kept| kept.name == last)
    {
        address.world = Some(last);
    }
    address
}

impl App {
    /// Goes to a world, and makes it a place to come back to.
    pub(super) fn visit(self: &Rc<Self>, world: &str) {
        self.visit_and(world, false);
    }

    /// The same, with its jobs in front.
    pub(super) fn visit_and(self: &Rc<Self>, world: &str, jobs: bool) {
        let address = Address {
            world: Some(world.to_owned()),
            jobs,
            ..Address::default()
        };
        if world != self.host().name() {
            write(&address, true);
        }
        self.go(address);
    }

    /// Goes to an address, or changes the way that is under way.
    fn go(self: &Rc<Self>, address: Address) {
        *self.travel.wish.borrow_mut() = Some(address);
        if self.travel.under_way.replace(true) {
            return;
        }
        let app = Rc::clone(self);
        spawn_local(async move {
            loop {
                let wish = app.travel.wish.borrow_mut().take();
                let Some(address) = wish else { break };
                app.arrive_at(&address).await;
            }
            app.travel.under_way.set(false);
            app.write_address(false);
        });
    }

    async fn arrive_at(self: &Rc<Self>, address: &Address) {
        let name = world_of(address);
        if name != self.host().name() {
            let before = self.put_in_front(open(name).await);
            leave(before).await;
            self.list_worlds();
        }
        self.arrive(address);
    }

    /// Does what an address asks for in the world that it names, which is in front.
    pub(super) fn arrive(self: &Rc<Self>, address: &Address) {
        let host = self.host();
        let pipeline = address.pipeline.clone();
        let pipeline = pipeline.or_else(|| remembered::pipeline(host.name()));
        if pipeline.is_some() {
            self.ui.borrow_mut().pipeline = pipeline;
        }
        if let Some(speed) = address.speed {
            host.clock(move |session, real| session.set_speed(speed, real), |_| {});
        }
        if address.play {
            host.clock(|session, real| session.play(real), |_| {});
        }
        self.begin_if_wanted();
        if address.jobs {
            self.ui.borrow_mut().screen = Screen::Jobs;
        }
        let empty = host.look(|session| session.world().sequence == 0);
        // Where it was not kept for a reason, the reason is what a person has to know.
        if empty && matches!(host.kept(), Kept::Stored | Kept::Memory(None)) {
            *self.notice.borrow_mut() = Some(BannerView {
                role: BannerRole::News,
                text: words::unknown(host.name()),
                actions: Vec::new(),
            });
        }
        self.redraw();
    }

    /// Puts a world in front; answers the one before, which is to be closed.
    pub(super) fn put_in_front(self: &Rc<Self>, host: Rc<Host>) -> Rc<Host> {
        self.write_drafts();
        let before = self.host.replace(host);
        self.forget();
        self.shelf.moved_on();
        self.begin();
        before
    }

    /// Puts a world in front, closes the one before, and says so in the address.
    pub(super) fn switch(self: &Rc<Self>, host: Rc<Host>) {
        let before = self.put_in_front(host);
        self.write_address(true);
        let app = Rc::clone(self);
        spawn_local(async move {
            leave(before).await;
            app.list_worlds();
        });
    }

    /// Another pipeline is looked at.
    pub(super) fn looked_at(&self, pipeline: &str) {
        remembered::set_pipeline(self.host().name(), pipeline);
        self.write_address(true);
    }

    /// Writes into the address where we are: as a place of its own to come back to, or in the place of the last one.
    pub(super) fn write_address(&self, new: bool) {
        let world = self.host().name().to_owned();
        let here = Address {
            world: Some(world).filter(|world| world != FIRST_WORLD),
            pipeline: self.ui.borrow().pipeline.clone(),
            ..Address::default()
        };
        if here != address() {
            write(&here, new);
        }
    }
}

fn write(address: &Address, new: bool) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let Ok(history) = window.history() else {
        return;
    };
    let written = address.written();
    let written = if written.is_empty() {
        window.location().pathname().unwrap_or_default()
    } else {
        written
    };
    let _ = if new {
        history.push_state_with_url(&JsValue::NULL, "", Some(&written))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&written))
    };
}

/// Hears when the address changes: by hand, by a link, or by going back.
pub(super) fn watch_address(app: &Rc<App>) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let app = Rc::clone(app);
    EventListener::new(&window, "hashchange", move |_| app.go(address())).forget();
}
