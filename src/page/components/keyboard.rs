//! The keys of the page. None acts while somebody types, none with Ctrl, Alt or the system's key, none behind a
//! dialog.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::context::{Callout, Dialog, Page, find_why, spot};
use super::sight::{pan, seen};
use super::{dom, edit, jobs, picture, timeline};
use crate::page::command::{Command, WorldsCommand};
use crate::page::drive::{Ask, DriveCommand};
use crate::page::layout::Direction;
use crate::page::state::{picture::PictureCommand, settings::Settings, timeline::TimelineCommand};
use crate::page::view::{SPEEDS, Selection};

/// Listens as long as the page stands.
pub(super) fn listen(page: Page) {
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        if !event.default_prevented() && press(page, &event) {
            event.prevent_default();
        }
    });
    on_cleanup(move || keys.remove());
}

/// Does what a key means. Says whether it meant anything.
fn press(page: Page, event: &KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    if opens_palette(event) {
        return when(!behind_a_dialog(), || {
            page.dialog.set(Some(Dialog::Palette))
        });
    }
    let single = event.key() != " " && event.key().chars().count() == 1 && !held(event);
    if single && !page.view.with_untracked(|view| view.settings.letters) {
        return false;
    }
    if edit::keys::press(page, event, target.as_ref()) {
        return true;
    }
    if event.key() == "Escape" {
        return escape(page);
    }
    if held(event) || behind_a_dialog() || target.as_ref().is_some_and(types) {
        return false;
    }
    if edit::is_open(page) && !matches!(event.key().as_str(), "?" | "i" | "I") {
        return false;
    }
    let key = event.key();
    if event.repeat() && !key.starts_with("Arrow") {
        return false;
    }
    match key.as_str() {
        " " => space(page, target.as_ref()),
        "." => when(page.view.with_untracked(|view| view.clock.can_step), || {
            page.perform(Command::NextFact)
        }),
        "-" => speed(page, -1),
        "=" | "+" => speed(page, 1),
        "s" | "S" => {
            let shown = page.view.with_untracked(|view| view.pipeline.is_some());
            when(shown, || page.perform(Command::StartExecution))
        }
        "P" if event.shift_key() => done(|| projector(page)),
        "p" | "P" => drive(page, Ask::Push),
        "g" | "G" => drive(page, Ask::Gate(stage_at(target.as_ref()))),
        "r" | "R" => drive(
            page,
            Ask::Retry {
                stage: stage_at(target.as_ref()),
                execution: None,
            },
        ),
        "i" | "I" => done(|| page.perform(Command::OpenImport)),
        "o" | "O" => done(|| page.perform(Command::Worlds(WorldsCommand::OpenGallery))),
        "j" | "J" => {
            let spot = target.and_then(|target| target.get_attribute("data-spot"));
            done(|| jobs::toggle(page, spot.as_deref()))
        }
        "w" | "W" => why(page, target.as_ref()),
        "[" => done(|| page.dock.update(|dock| *dock = dock.lower())),
        "]" => done(|| page.dock.update(|dock| *dock = dock.higher())),
        "t" | "T" => done(|| timeline::focus(page)),
        "f" | "F" => pan::fit(page),
        "a" | "A" => flows(page, PictureCommand::Artifacts),
        "v" | "V" => flows(page, PictureCommand::Variables),
        "Enter" => follow(page, target.as_ref()),
        "0" => done(|| page.perform(Command::Timeline(TimelineCommand::Fit))),
        "?" => done(|| page.dialog.set(Some(Dialog::Keys))),
        "ArrowLeft" if event.shift_key() => pans(page, target.as_ref(), Direction::Left),
        "ArrowRight" if event.shift_key() => pans(page, target.as_ref(), Direction::Right),
        "ArrowUp" if event.shift_key() => pans(page, target.as_ref(), Direction::Up),
        "ArrowDown" if event.shift_key() => pans(page, target.as_ref(), Direction::Down),
        "ArrowLeft" => arrow(target.as_ref(), Direction::Left),
        "ArrowRight" => arrow(target.as_ref(), Direction::Right),
        "ArrowUp" => arrow(target.as_ref(), Direction::Up),
        "ArrowDown" => arrow(target.as_ref(), Direction::Down),
        digit => match digit.parse::<usize>() {
            Ok(number @ 1..=9) => choose(page, number - 1),
            _ => false,
        },
    }
}

/// Ctrl K, or ⌘ K: also while somebody types.
fn opens_palette(event: &KeyboardEvent) -> bool {
    let with = event.ctrl_key() != event.meta_key();
    with && !event.alt_key() && !event.shift_key() && event.key().eq_ignore_ascii_case("k")
}

/// Whether a key comes with one that makes it another.
fn held(event: &KeyboardEvent) -> bool {
    event.ctrl_key() || event.alt_key() || event.meta_key()
}

/// Makes the page one for a projector, or no more.
fn projector(page: Page) {
    let now = page.view.with_untracked(|view| view.settings);
    page.perform(Command::Settings(Settings {
        projector: !now.projector,
        ..now
    }));
}

/// Opens a form, where there is a pipeline to drive.
fn drive(page: Page, ask: Ask) -> bool {
    let shown = page.view.with_untracked(|view| view.pipeline.is_some());
    when(shown, || {
        page.perform(Command::Drive(DriveCommand::Ask(ask)));
    })
}

/// Shows what flows under the line, or hides it.
fn flows(page: Page, command: PictureCommand) -> bool {
    let shown = page.view.with_untracked(|view| view.pipeline.is_some());
    when(shown, || page.perform(Command::Picture(command)))
}

/// The picture follows the execution under the focus, once it is selected; once more, it does not.
fn follow(page: Page, target: Option<&Element>) -> bool {
    let attribute = |name: &str| target.and_then(|target| target.get_attribute(name));
    let Some(id) = attribute("data-execution").or_else(|| attribute("data-roster")) else {
        return false;
    };
    let selected = page.view.with_untracked(|view| {
        let details = view.details.as_ref();
        details.is_some_and(|details| details.selection == Selection::Execution(id.clone()))
    });
    when(selected, || {
        let followed = page.sight.followed.get_untracked();
        let stops = followed.as_ref() == Some(&id);
        if stops {
            page.sight.followed.set(None);
        } else {
            seen::follow(page, &id);
        }
    })
}

/// Moves the picture under the keyboard.
fn pans(page: Page, target: Option<&Element>, direction: Direction) -> bool {
    let here = target.is_none_or(|target| {
        target.tag_name() == "BODY" || target.closest(".picture").ok().flatten().is_some()
    });
    here && pan::step(page, direction)
}

/// The stage under the focus.
fn stage_at(target: Option<&Element>) -> Option<String> {
    spot::stage_of(&target?.get_attribute("data-spot")?)
}

fn done(act: impl FnOnce()) -> bool {
    act();
    true
}

fn when(possible: bool, act: impl FnOnce()) -> bool {
    if possible {
        act();
    }
    possible
}

/// Whether somebody types there. Sliders and radio buttons are pressed, not typed in.
pub(super) fn types(element: &Element) -> bool {
    let pressed = matches!(
        element.get_attribute("type").as_deref(),
        Some("range" | "radio" | "checkbox" | "file")
    );
    match element.tag_name().as_str() {
        "INPUT" => !pressed,
        "TEXTAREA" | "SELECT" => true,
        _ => element
            .closest("[contenteditable=true]")
            .ok()
            .flatten()
            .is_some(),
    }
}

pub(super) fn behind_a_dialog() -> bool {
    document()
        .query_selector("dialog[open]")
        .ok()
        .flatten()
        .is_some()
}

/// Closes the call-out; with none open, chooses nothing. Dialogs and menus close themselves.
fn escape(page: Page) -> bool {
    if behind_a_dialog() {
        return false;
    }
    if page.callout.with_untracked(Option::is_some) {
        return done(|| page.close());
    }
    if page.sight.followed.with_untracked(Option::is_some) {
        return done(|| page.sight.followed.set(None));
    }
    let chosen = page.view.with_untracked(|view| {
        view.details
            .as_ref()
            .is_some_and(|d| d.selection != Selection::Pipeline)
    });
    when(chosen, || page.select(Selection::Pipeline))
}

/// Play or pause, unless the key belongs to the button under the focus ring. A button that merely was pressed with
/// the mouse keeps the focus without a ring; it must not be pressed again.
fn space(page: Page, target: Option<&Element>) -> bool {
    if let Some(target) = target {
        let control = target
            .closest("button, a, input, summary")
            .ok()
            .flatten()
            .is_some();
        if control && target.matches(":focus-visible").unwrap_or(true) {
            return false;
        }
        if let Some(target) = target.dyn_ref::<web_sys::HtmlElement>().filter(|_| control) {
            let _ = target.blur();
        }
    }
    let playing = page.view.with_untracked(|view| view.clock.playing);
    done(|| {
        page.perform(if playing {
            Command::Pause
        } else {
            Command::Play
        })
    })
}

fn speed(page: Page, by: isize) -> bool {
    let now = page.view.with_untracked(|view| view.clock.speed);
    let next = now.saturating_add_signed(by).min(SPEEDS.len() - 1);
    when(next != now, || page.perform(Command::SetSpeed(next)))
}

/// Inside the picture an arrow moves; from nowhere it enters the picture. Elsewhere it keeps its own meaning.
fn arrow(target: Option<&Element>, direction: Direction) -> bool {
    match target {
        Some(target) if target.has_attribute("data-spot") => picture::step(direction),
        Some(target) if target.tag_name() != "BODY" => false,
        _ => picture::enter(),
    }
}

/// The reason of what is under the focus, else of what is selected.
pub(super) fn why(page: Page, target: Option<&Element>) -> bool {
    let attribute = |name: &str| target.and_then(|target| target.get_attribute(name));
    if let Some(job) = attribute("data-job") {
        return done(|| jobs::ask_why(page, job));
    }
    let focused = attribute("data-execution")
        .or_else(|| attribute("data-roster"))
        .or_else(|| {
            // A tile or a stage: who is in it.
            let holder = target?.query_selector("[data-execution]").ok().flatten();
            let block = || {
                target?
                    .closest(".stage")
                    .ok()
                    .flatten()?
                    .query_selector("[data-execution]")
                    .ok()
                    .flatten()
            };
            holder.or_else(block)?.get_attribute("data-execution")
        });
    let about = page.view.with_untracked(|view| {
        let pipeline = view.pipeline.as_ref()?;
        let has_why = |id: &String| find_why(pipeline, id).is_some();
        let selected = || {
            pipeline
                .roster
                .iter()
                .find(|cell| cell.selected)
                .map(|cell| cell.token.execution.clone())
        };
        let execution = focused
            .filter(has_why)
            .or_else(|| selected().filter(has_why))
            .map(Callout::Execution);
        execution.or_else(|| {
            view.details
                .as_ref()?
                .why
                .as_ref()
                .map(|_| Callout::Selected)
        })
    });
    match about {
        Some(about) => done(|| page.open(about)),
        None => false,
    }
}

fn choose(page: Page, index: usize) -> bool {
    let id = page.view.with_untracked(|view| {
        view.pipeline
            .as_ref()
            .and_then(|pipeline| pipeline.roster.get(index))
            .map(|cell| cell.token.execution.clone())
    });
    let Some(id) = id else { return false };
    let body = document().body();
    let cell = body.and_then(|body| dom::with_attribute(&body, "data-roster", &id));
    if let Some(cell) = cell
        .as_ref()
        .and_then(|cell| cell.dyn_ref::<web_sys::HtmlElement>())
    {
        dom::focus(cell);
    }
    done(|| page.select(Selection::Execution(id)))
}
