//! A new build of the page: offered when it is there, taken when the person says so. Fetching, keeping and changing
//! over are the work of `www/service-worker.js` and `www/start.js`; this only tells and asks.

use std::rc::Rc;

use gloo::events::EventListener;

use super::App;
use crate::page::{
    command::Command,
    view::{BannerRole, BannerView},
    words::app as words,
};

/// What `start.js` says when a new build waits, here and in a mark on the document for whoever comes later.
const READY: &str = "update-ready";
/// What `start.js` hears when the person takes it.
const ACCEPT: &str = "update-accept";

/// Hears of a new build, also of one that was there before the page.
pub(super) fn watch(app: &Rc<App>) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let waits = window
        .document()
        .and_then(|document| document.document_element())
        .is_some_and(|root| root.has_attribute("data-update"));
    if waits {
        offer(app);
    }
    let app = Rc::clone(app);
    EventListener::new(&window, READY, move |_| offer(&app)).forget();
}

fn offer(app: &Rc<App>) {
    app.update.set(true);
    app.redraw();
}

/// What is under the app bar while nothing more important is.
pub(super) fn banner() -> BannerView {
    BannerView {
        role: BannerRole::News,
        text: words::UPDATE.to_owned(),
        actions: vec![(words::RELOAD.to_owned(), Command::TakeUpdate)],
    }
}

/// Takes it: the page and every other tab of it reload. What has happened is stored already.
pub(super) fn accept() {
    let (Some(window), Ok(event)) = (web_sys::window(), web_sys::Event::new(ACCEPT)) else {
        return;
    };
    let _ = window.dispatch_event(&event);
}
