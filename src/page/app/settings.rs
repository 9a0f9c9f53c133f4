//! How the person wants the page: remembered by the browser, and told to the style sheets as attributes of the document.

use std::rc::Rc;

use leptos::prelude::document;

use super::{App, remembered};
use crate::page::state::settings::Settings;

/// What this browser remembers.
pub(super) fn remembered() -> Settings {
    let settings = Settings::read(&remembered::settings());
    show(settings);
    settings
}

impl App {
    /// The page shall be so from now on.
    pub(super) fn set_settings(self: &Rc<Self>, settings: Settings) {
        self.settings.set(settings);
        remembered::set_settings(&settings.written());
        show(settings);
    }
}

fn show(settings: Settings) {
    let Some(root) = document().document_element() else {
        return;
    };
    let projector = if settings.projector { "on" } else { "" };
    for (name, value) in [
        ("data-theme", settings.theme.word()),
        ("data-motion", settings.motion.word()),
        ("data-projector", projector),
    ] {
        let _ = if value.is_empty() {
            root.remove_attribute(name)
        } else {
            root.set_attribute(name, value)
        };
    }
}
