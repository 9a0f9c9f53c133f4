//! The frame: once per drawn picture time passes and what changed is drawn. While nothing moves, no frame is asked for:
//! a look now and then tells whether a script has called the API. And what else belongs to the window: whether anybody
//! looks.

use std::{
    cell::{Cell, OnceCell},
    rc::Rc,
};

use gloo::{events::EventListener, timers::callback::Interval};
use wasm_bindgen::{JsCast, closure::Closure};

use super::App;
use crate::api::js::{Host, Kept};

/// While the clock plays and nothing happens, the picture is drawn this often, in milliseconds: bars grow, spans count.
const PLAYING: f64 = 100.0;
/// While fast-forwarding, a part of it this often: the counter counts, the work goes on.
const FORWARDING: f64 = 150.0;
/// While nothing moves, it is looked for anything new this often, in milliseconds.
const RESTING: u32 = 250;

/// Milliseconds on a clock that does not jump.
pub(super) fn real_now() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |performance| performance.now())
}

type Frame = Closure<dyn FnMut()>;

/// The frames of the page: asked for while something moves.
#[derive(Default)]
pub(super) struct Frames {
    frame: OnceCell<Frame>,
    /// A frame was asked for and has not come yet.
    coming: Cell<bool>,
}

impl Frames {
    /// Asks for a frame, unless one is on its way.
    pub(super) fn wake(&self) {
        let (Some(window), Some(frame)) = (web_sys::window(), self.frame.get()) else {
            return;
        };
        if !self.coming.replace(true)
            && window
                .request_animation_frame(frame.as_ref().unchecked_ref())
                .is_err()
        {
            self.coming.set(false);
        }
    }
}

/// Looks for as long as the page stands: once a frame while something moves, and now and then while nothing does.
pub(super) fn watch(app: &Rc<App>) {
    let looking = Rc::clone(app);
    let frame = Frame::new(move || {
        looking.frames.coming.set(false);
        look(&looking);
        if moves(&looking) {
            looking.frames.wake();
        }
    });
    if app.frames.frame.set(frame).is_err() {
        return;
    }
    app.frames.wake();
    let resting = Rc::clone(app);
    Interval::new(RESTING, move || {
        if moves(&resting) {
            resting.frames.wake();
        }
    })
    .forget();
}

/// Whether the next frame may show anything else than the last one.
fn moves(app: &App) -> bool {
    let host = app.host();
    let plays =
        host.look(|session| session.playing() && !session.rests()) && host.kept() != Kept::ReadOnly;
    plays || host.forward().is_some() || app.drawn.get() != host.happened()
}

fn look(app: &Rc<App>) {
    let host = app.host();
    host.tick();
    let since = real_now() - app.drawn_at.get();
    if host.forward().is_some() {
        if since >= FORWARDING {
            app.redraw_in_turn();
        }
        return;
    }
    let due = if app.drawn.get() != host.happened() {
        true
    } else {
        host.changes() != app.drawn_changes.get() && since >= PLAYING
    };
    if due {
        app.redraw();
    }
}

/// Tells a world that has just been opened if nobody can see it: in a tab in the background its time waits.
pub(super) fn tell_if_hidden(host: &Rc<Host>) {
    let document = web_sys::window().and_then(|window| window.document());
    if document.is_some_and(|document| document.hidden()) {
        host.set_hidden(true);
    }
}

/// Hears when the page is hidden or seen again.
pub(super) fn watch_visibility(app: &Rc<App>) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    let app = Rc::clone(app);
    let listened = document.clone();
    EventListener::new(&document, "visibilitychange", move |_| {
        app.host().set_hidden(listened.hidden());
    })
    .forget();
}
