//! What is put off to the next frame or to a later moment: measuring after a drawing, focus after a change.
//!
//! By then the part of the page that asked for it may be gone, and its signals with it; reading one of those is a bug
//! that ends the page. So whoever reads signals later takes a [`Here`] while it is built, and what it put off is dropped
//! with it. The bare functions of Leptos are not to be called elsewhere (clippy.toml).

use std::time::Duration;

use leptos::prelude::*;

/// The part of the page that is being built. It ends when that part is taken away.
#[derive(Clone, Copy)]
pub(super) struct Here(StoredValue<()>);

impl Here {
    /// To be called while a component or an effect is built, not in an event.
    pub(super) fn new() -> Self {
        Here(StoredValue::new(()))
    }

    /// Does this before the next frame is drawn, if this part still stands then.
    pub(super) fn next_frame(self, act: impl FnOnce() + 'static) {
        next_frame(move || self.act(act));
    }

    /// Does this after a pause, if this part still stands then.
    pub(super) fn after(self, pause: Duration, act: impl FnOnce() + 'static) {
        #[expect(clippy::disallowed_methods, reason = "this is where it is made safe")]
        set_timeout(move || self.act(act), pause);
    }

    /// Does this now, after something was waited for, if this part still stands.
    pub(super) fn act(self, act: impl FnOnce()) {
        if !self.0.is_disposed() {
            act();
        }
    }
}

/// Does this before the next frame is drawn, whatever stands then: for what reads the document and no signal.
pub(super) fn next_frame(act: impl FnOnce() + 'static) {
    #[expect(clippy::disallowed_methods, reason = "this is where it is made safe")]
    request_animation_frame(act);
}
