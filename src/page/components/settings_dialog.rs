//! The settings: each takes effect when it is chosen.

use leptos::prelude::*;

use super::context::{Dialog, Page};
use super::icon::symbol;
use super::modal::modal;
use crate::page::command::Command;
use crate::page::state::settings::{Motion, Settings, Theme};
use crate::page::words::settings as words;

/// The dialog.
pub(super) fn settings_dialog(page: Page) -> impl IntoView {
    let close = move || page.dialog.set(None);
    let open = Signal::derive(move || page.dialog.get() == Some(Dialog::Settings));
    modal("dialog settings", words::TITLE, open, close, move || {
        content(page, close)
    })
}

fn content(page: Page, close: impl Fn() + Copy + 'static) -> impl IntoView {
    let now = page.part(|view| view.settings);
    let set = move |settings: Settings| page.perform(Command::Settings(settings));
    let themes = [Theme::System, Theme::Light, Theme::Dark];
    let themes = themes.into_iter().zip(words::THEMES).map(|(theme, label)| {
        let choice = Choice {
            group: "theme",
            label,
            is: Signal::derive(move || now.get().theme == theme),
        };
        one(choice, move || {
            set(Settings {
                theme,
                ..now.get_untracked()
            })
        })
    });
    let motions = [Motion::System, Motion::Reduced, Motion::Full];
    let motions = motions
        .into_iter()
        .zip(words::MOTIONS)
        .map(|(motion, label)| {
            let choice = Choice {
                group: "motion",
                label,
                is: Signal::derive(move || now.get().motion == motion),
            };
            one(choice, move || {
                set(Settings {
                    motion,
                    ..now.get_untracked()
                })
            })
        });
    view! {
        <header>
            <h2>{words::TITLE}</h2>
            <button type="button" class="button quiet square" aria-label=words::CLOSE on:click=move |_| close()>{symbol("#i-close")}</button>
        </header>
        <div class="body">
            <fieldset><legend>{words::THEME}</legend><div class="segments">{themes.collect_view()}</div></fieldset>
            <fieldset><legend>{words::MOTION}</legend><div class="segments">{motions.collect_view()}</div></fieldset>
            <label class="check">
                <input type="checkbox" prop:checked=move || now.get().letters aria-describedby="letters-note"
                    on:change=move |_| { let now = now.get_untracked(); set(Settings { letters: !now.letters, ..now }) }/>
                <span>{words::LETTERS}<span class="help" id="letters-note">{words::LETTERS_NOTE}</span></span>
            </label>
            <label class="check">
                <input type="checkbox" prop:checked=move || now.get().projector
                    on:change=move |_| { let now = now.get_untracked(); set(Settings { projector: !now.projector, ..now }) }/>
                <span>{words::PROJECTOR}" "<kbd>"Shift"</kbd>" "<kbd>"P"</kbd></span>
            </label>
            <p class="help">{words::NOTE}</p>
        </div>
    }
}

/// One of several.
struct Choice {
    group: &'static str,
    label: &'static str,
    is: Signal<bool>,
}

fn one(choice: Choice, act: impl Fn() + 'static) -> impl IntoView {
    let Choice { group, label, is } = choice;
    view! {
        <label><input type="radio" name=group prop:checked=move || is.get() on:change=move |_| act()/><span>{label}</span></label>
    }
}
