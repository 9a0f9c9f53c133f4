//! The timeline of the page at work: what a person does to it changes nothing else, and the past that it lacks is read
//! between the frames, a segment at a time.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use leptos::prelude::{Update, WithUntracked};

use super::App;
use crate::page::{state::timeline::TimelineCommand, view::build};

impl App {
    pub(super) fn change_timeline(self: &Rc<Self>, command: TimelineCommand) {
        let host = self.host();
        let after =
            host.look(|session| build::timeline_after(session.world(), &self.ui.borrow(), command));
        if self.ui.borrow().timeline != after {
            self.ui.borrow_mut().timeline = after;
            self.redraw_timeline();
            self.read_past_soon();
        }
    }

    fn redraw_timeline(&self) {
        let timeline = self.host().look(|session| {
            build::timeline_alone(session.world(), &self.ui.borrow(), session.recent())
        });
        self.view.update(|view| view.timeline = timeline);
    }

    /// Reads a part of the past once the browser has drawn, if the timeline lacks one.
    pub(super) fn read_past_soon(self: &Rc<Self>) {
        let wants = self
            .view
            .with_untracked(|view| view.timeline.as_ref().is_some_and(|view| view.wants));
        if !wants || self.reading.replace(true) {
            return;
        }
        let app = Rc::clone(self);
        Timeout::new(0, move || {
            app.reading.set(false);
            let read = app
                .host()
                .look(|session| build::read_past(session.world(), &app.ui.borrow()));
            if read {
                app.redraw_timeline();
                app.read_past_soon();
            }
        })
        .forget();
    }
}
