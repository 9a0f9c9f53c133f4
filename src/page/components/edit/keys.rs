//! The keys of the editor: Ctrl+Z and Ctrl+Shift+Z for the one history, arrows over the line, Alt with arrows to move
//! what is under the ring, Enter into its form, Delete to take it away, E to go and to come back.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::Editor;
use crate::page::command::Command;
use crate::page::components::context::Page;
use crate::page::components::{dom, keyboard, soon};
use crate::page::edit::{Change, Chosen, EditCommand, Move};
use crate::page::layout::{self, Direction};
use crate::page::view::Screen;

/// Does what a key means in the editor, or on the way into it. Says whether it meant anything.
pub(in crate::page::components) fn press(
    page: Page,
    event: &KeyboardEvent,
    target: Option<&Element>,
) -> bool {
    if keyboard::behind_a_dialog() {
        return false;
    }
    let open = super::is_open(page);
    let typing = target.is_some_and(keyboard::types);
    let held = event.ctrl_key() || event.meta_key();
    let key = event.key();
    if key.eq_ignore_ascii_case("e") && !held && !event.alt_key() && !typing && !event.repeat() {
        let screen = if open { Screen::Picture } else { Screen::Edit };
        page.perform(Command::Show(screen));
        return true;
    }
    if !open {
        return false;
    }
    let tell = |command: EditCommand| {
        page.perform(Command::Edit(command));
        true
    };
    if held && !event.alt_key() {
        return match (key.to_ascii_lowercase().as_str(), event.shift_key()) {
            ("z", false) => tell(EditCommand::Undo),
            ("z", true) | ("y", _) => tell(EditCommand::Redo),
            _ => false,
        };
    }
    let Some(spot) = target.and_then(|target| target.get_attribute("data-draft")) else {
        return key == "Escape" && !typing && tell(EditCommand::Choose(Chosen::Pipeline));
    };
    let here = Some(Chosen::around(&spot)).filter(|one| one.pointer() == spot);
    let direction = match key.as_str() {
        "ArrowLeft" => Some(Direction::Left),
        "ArrowRight" => Some(Direction::Right),
        "ArrowUp" => Some(Direction::Up),
        "ArrowDown" => Some(Direction::Down),
        _ => None,
    };
    match (direction, event.alt_key(), here, key.as_str()) {
        (Some(direction), true, Some(here), _) => match moved(here, direction) {
            Some(change) => tell(EditCommand::Change(change)),
            None => true,
        },
        (Some(direction), false, _, _) => step(target, direction),
        (None, false, Some(here), "Delete") => {
            tell(EditCommand::Change(Change::Remove { at: here.pointer() }))
        }
        (None, false, Some(here), "Enter") => {
            tell(EditCommand::Choose(here));
            soon::next_frame(super::form::focus_first);
            true
        }
        (None, false, _, "Escape") => tell(EditCommand::Choose(Chosen::Pipeline)),
        _ => false,
    }
}

/// Where a stage or an action goes. Where the line runs down, so do its stages.
fn moved(here: Chosen, direction: Direction) -> Option<Change> {
    let later = matches!(direction, Direction::Right | Direction::Down);
    match here {
        Chosen::Pipeline => None,
        Chosen::Stage(from) => {
            let to = if later {
                from + 1
            } else {
                from.checked_sub(1)?
            };
            Some(Change::MoveStage { from, to })
        }
        Chosen::Action(stage, action) => {
            let to = match direction {
                Direction::Left => Move::Earlier,
                Direction::Right => Move::Later,
                Direction::Up => Move::Up,
                Direction::Down => Move::Down,
            };
            Some(Change::MoveAction { stage, action, to })
        }
    }
}

/// Moves the focus along the line.
fn step(target: Option<&Element>, direction: Direction) -> bool {
    let (Some(from), Some(line)) = (target, line()) else {
        return false;
    };
    let others: Vec<_> = dom::all(&line, "[data-draft]")
        .into_iter()
        .filter(|one| !one.is_same_node(Some(from.as_ref())))
        .collect();
    let rects: Vec<_> = others.iter().map(dom::rect).collect();
    let next = layout::nearest(dom::rect(from), direction, &rects);
    let next = next.and_then(|index| others.get(index));
    if let Some(next) = next.and_then(|next| next.dyn_ref::<HtmlElement>()) {
        dom::focus(next);
    }
    true
}

fn line() -> Option<Element> {
    document().query_selector(".draft-line").ok().flatten()
}

/// The focus follows what is chosen where it was in the line, or was lost with its element. An element of the line may
/// stand for something else after a change, so it is looked for anew after each.
pub(super) fn follow(editor: Editor, list: NodeRef<html::Ol>) {
    let state = editor.part(|edit| (edit.chosen, edit.json.text.clone()));
    Effect::new(move |before: Option<()>| {
        let (chosen, _) = state.get();
        let (Some(list), Some(())) = (list.get_untracked(), before) else {
            return;
        };
        let is_here = move |list: &HtmlElement| {
            let focused = dom::focused().filter(|one| one.tag_name() != "BODY");
            focused.is_none_or(|one| list.contains(Some(one.as_ref())))
        };
        if !is_here(&list) {
            return;
        }
        soon::next_frame(move || {
            let there = dom::with_attribute(&list, "data-draft", &chosen.pointer());
            if let Some(there) = there.filter(|_| is_here(&list)) {
                dom::focus(there.unchecked_ref::<HtmlElement>());
            }
        });
    });
}
