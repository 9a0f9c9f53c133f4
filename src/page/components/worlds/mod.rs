//! Worlds as things: the gallery, what to watch in one of its worlds, what can be taken back, and what the clock
//! stops at. What may not live here: what a command does (`app::worlds`), and anything about storage.

mod gallery;
mod mini;
mod stops;
mod undo;
mod watch;

pub(super) use gallery::gallery;
pub(super) use stops::{stop_menu, stopped};
pub(super) use undo::undo;
pub(super) use watch::watch;

use leptos::prelude::WithUntracked;

use super::context::Page;
use super::menu::Item;
use crate::page::{
    command::{Command, WorldsCommand},
    words::worlds as words,
};

/// What the menu of the world has besides the other worlds.
pub(super) fn items(page: Page) -> Vec<Item> {
    let item = |label: &'static str, command: WorldsCommand| {
        Item::new(label, move || tell(page, command.clone()))
    };
    let (lesson, pipeline) = page
        .view
        .with_untracked(|view| (view.worlds.lesson.is_some(), view.pipeline.is_some()));
    let mut items = vec![
        item(words::OPEN, WorldsCommand::OpenGallery)
            .note("O")
            .apart(),
    ];
    if lesson {
        items.push(item(words::START_OVER, WorldsCommand::StartOver));
    }
    if pipeline {
        items.push(item(words::SAVE_PICTURE, WorldsCommand::SavePicture));
    }
    items
}

/// Says what the person did.
pub(super) fn tell(page: Page, command: WorldsCommand) {
    page.perform(Command::Worlds(command));
}
