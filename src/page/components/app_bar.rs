//! The bar at the top: where we are, and the one filled button of the page.

use leptos::prelude::*;

use super::context::{Dialog, Page};
use super::edit;
use super::icon::symbol;
use super::menu::{Item, Named, menu};
use super::worlds;
use crate::page::command::Command;
use crate::page::drive::{Ask, DriveCommand};
use crate::page::operate::OperateCommand;
use crate::page::state::picture::PictureCommand;
use crate::page::text::palette as text;
use crate::page::view::build::worlds::title;
use crate::page::words::{self, bar, keys, settings};

/// Mark, world, pipeline, mode and version, import, start.
pub(super) fn app_bar(page: Page) -> impl IntoView {
    let world = page.part(|view| view.world.name.clone());
    let shown = page.pipeline_part(|pipeline| {
        (
            pipeline.name.clone(),
            pipeline.mode.clone(),
            pipeline.version.clone(),
        )
    });
    let draft = page.part(|view| view.edit.as_ref().map(|edit| edit.name.clone()));
    let title = move || {
        if let Some(draft) = draft.get() {
            return draft;
        }
        shown
            .get()
            .map_or(bar::NO_PIPELINE.to_owned(), |(name, _, _)| name)
    };
    let tags = move || {
        shown.get().map(|(_, mode, version)| {
            view! { <span class="tags"><span class="tag">{mode}</span><span class="tag version">{version}</span></span> }
        })
    };
    let start = move || {
        shown.with(Option::is_some).then(|| {
            view! {
                <button type="button" class="button push" aria-keyshortcuts="P" aria-haspopup="dialog"
                    on:click=move |_| ask(page, Ask::Push)>
                    {symbol("#i-push")}<span class="text">{bar::PUSH}</span>
                </button>
                <div class="split">
                    <button type="button" class="button filled start" aria-keyshortcuts="S"
                        on:click=move |_| page.perform(Command::StartExecution)>
                        {symbol("#i-start")}<span class="text">{bar::START}</span>
                        <span class="short" aria-hidden="true">{bar::START_SHORT}</span>
                    </button>
                    <button type="button" class="button with" aria-haspopup="dialog"
                        on:click=move |_| ask(page, Ask::Start(None))>
                        {bar::WITH}<span class="aside">{bar::WITH_WHAT}</span>
                    </button>
                </div>
            }
        })
    };
    view! {
        <header class="app-bar">
            <svg class="mark" viewBox="0 0 24 24" role="img" aria-label=words::PRODUCT>
                <path d="M0 12h6M18 12h6"/><circle cx="12" cy="12" r="6"/><circle class="solid" cx="12" cy="12" r="2"/>
            </svg>
            <nav class="place" aria-label=bar::REGION>
                {menu("chooser world", bar::WORLD_MENU, Named::ByFace, move || view! { <span class="text">{world}</span> }, move || world_items(page))}
                <span class="slash" aria-hidden="true">"/"</span>
                <h1>{title}</h1>
                {menu("chooser", bar::PIPELINE_MENU, Named::ByLabel, || (), move || pipeline_items(page))}
                {tags}
            </nav>
            {edit::switch(page)}
            <button type="button" class="button commands" aria-keyshortcuts="Control+K" aria-haspopup="dialog"
                on:click=move |_| page.dialog.set(Some(Dialog::Palette))>
                {symbol("#i-search")}<span class="text">{settings::COMMANDS}</span>
            </button>
            <button type="button" class="button import" on:click=move |_| page.perform(Command::OpenImport)>
                {symbol("#i-import")}<span class="text">{bar::IMPORT}</span>
            </button>
            {start}
        </header>
    }
}

fn ask(page: Page, ask: Ask) {
    page.perform(Command::Drive(DriveCommand::Ask(ask)));
}

fn world_items(page: Page) -> Vec<Item> {
    let (region, others) = page
        .view
        .with_untracked(|view| (view.world.region.clone(), view.world.others.clone()));
    let other_worlds = others.into_iter().map(|world| {
        let label = bar::open_world(&title(&world));
        Item::new(&label, move || {
            page.perform(Command::OpenWorld(world.clone()))
        })
    });
    let mut items: Vec<Item> = other_worlds.collect();
    items.extend(worlds::items(page));
    items.push(
        Item::new(settings::COMMANDS_ITEM, move || {
            page.dialog.set(Some(Dialog::Palette))
        })
        .note(settings::COMMANDS_KEYS),
    );
    items.push(Item::new(words::operate::OPEN, move || {
        page.perform(Command::Operate(OperateCommand::List));
    }));
    items.push(Item::new(settings::OPEN, move || {
        page.dialog.set(Some(Dialog::Settings))
    }));
    items.extend([
        Item::new(bar::SAVE_FILE, move || page.perform(Command::ExportWorld))
            .note(bar::region(&region)),
        Item::new(keys::TITLE, move || page.dialog.set(Some(Dialog::Keys))).note(keys::OPENER),
    ]);
    items
}

fn pipeline_items(page: Page) -> Vec<Item> {
    let (entries, shown) = page.view.with_untracked(|view| {
        (
            view.pipelines.clone(),
            view.pipeline.as_ref().map(|pipeline| pipeline.name.clone()),
        )
    });
    let mut items: Vec<Item> = entries
        .into_iter()
        .map(|entry| {
            let name = entry.name.clone();
            Item::new(entry.name, move || {
                page.perform(Command::ShowPipeline(name.clone()))
            })
            .note(entry.note)
            .chosen(entry.shown)
        })
        .collect();
    items.push(edit::new_item(page));
    items.push(Item::new(bar::IMPORT, move || {
        page.perform(Command::OpenImport)
    }));
    // The world's own menu has no room there.
    if super::dom::narrow() {
        if shown.is_some() {
            let flow = |label: &'static str, command: PictureCommand| {
                Item::new(label, move || {
                    page.perform(Command::Picture(command.clone()))
                })
            };
            items.push(Item::new(bar::PUSH, move || ask(page, Ask::Push)).apart());
            items.push(Item::new(bar::START_WITH, move || {
                ask(page, Ask::Start(None))
            }));
            items.push(flow(text::ARTIFACTS, PictureCommand::Artifacts));
            items.push(flow(text::VARIABLES, PictureCommand::Variables));
        }
        items.extend(world_items(page));
    }
    if let Some(name) = shown {
        let label = bar::delete(&name);
        items.push(Item::new(label, move || {
            page.dialog.set(Some(Dialog::Delete(name.clone())))
        }));
    }
    items
}
