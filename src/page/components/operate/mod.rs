//! OPERATING. The dialog of the operations: the list of all of them, or the form of one with its call and its answer. It
//! draws an [`OperateView`] and knows no operation by name.

mod form;
mod list;

use leptos::prelude::*;

use super::context::Page;
use super::memo::Memo;
use super::modal::titled;
use crate::page::command::Command;
use crate::page::operate::OperateCommand;
use crate::page::view::{OperateForm, OperateView};
use crate::page::words::operate as words;

/// The dialog, open while the view has operations.
pub(super) fn dialog(page: Page) -> impl IntoView {
    let open = page.part(|view| view.operate.is_some());
    let name = part(page, |form| form.name.to_owned());
    let title = Signal::derive(move || {
        let name = name.get();
        if name.is_empty() {
            words::TITLE.to_owned()
        } else {
            name
        }
    });
    titled(
        "dialog operate",
        title,
        open.into(),
        move || tell(page, OperateCommand::Close),
        move || content(page),
    )
}

fn tell(page: Page, command: OperateCommand) {
    page.perform(Command::Operate(command));
}

/// A part of what is shown that redraws alone.
fn shown<T>(page: Page, pick: impl Fn(&OperateView) -> T + Send + Sync + 'static) -> Memo<T>
where
    T: Default + PartialEq + Send + Sync + 'static,
{
    page.part(move |view| view.operate.as_deref().map(&pick).unwrap_or_default())
}

/// The same of the form.
fn part<T>(page: Page, pick: impl Fn(&OperateForm) -> T + Send + Sync + 'static) -> Memo<T>
where
    T: Default + PartialEq + Send + Sync + 'static,
{
    shown(page, move |view| {
        view.form.as_ref().map(&pick).unwrap_or_default()
    })
}

fn content(page: Page) -> impl IntoView {
    let name = part(page, |form| form.name);
    move || match name.get() {
        "" => list::list(page).into_any(),
        _ => form::form(page).into_any(),
    }
}
