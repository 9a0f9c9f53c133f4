//! The gallery: the worlds that are kept here, and those that each show one idea. A world is opened by pressing its
//! name; what else can be done with one's own stands beside it.

use leptos::html;
use leptos::prelude::*;
use web_sys::{File, HtmlInputElement, SubmitEvent};

use super::super::context::Page;
use super::super::icon::symbol;
use super::super::import_dialog::text_of;
use super::super::modal::modal;
use super::{mini::mini, tell, undo};
use crate::page::command::{Command, IMPORT_BYTES, WorldsCommand};
use crate::page::components::memo::Memo;
use crate::page::view::{CardView, GalleryView, OwnWorldView};
use crate::page::words::worlds as words;

/// The dialog, open while the view has a gallery.
pub(in super::super) fn gallery(page: Page) -> impl IntoView {
    let open = page.part(|view| view.worlds.gallery.is_some());
    modal(
        "dialog gallery",
        words::TITLE,
        open.into(),
        move || tell(page, WorldsCommand::CloseGallery),
        move || content(page),
    )
}

/// A part of the gallery that redraws alone.
fn part<T>(page: Page, pick: impl Fn(&GalleryView) -> T + Send + Sync + 'static) -> Memo<T>
where
    T: Default + PartialEq + Send + Sync + 'static,
{
    page.part(move |view| {
        let gallery = view.worlds.gallery.as_deref();
        gallery.map(&pick).unwrap_or_default()
    })
}

fn content(page: Page) -> impl IntoView {
    let yours = part(page, |gallery| gallery.yours.clone());
    let trouble = part(page, |gallery| gallery.trouble.clone());
    let lessons = part(page, |gallery| gallery.lessons.clone());
    let renaming = RwSignal::new(None::<String>);
    let picker: NodeRef<html::Input> = NodeRef::new();
    let picked = move |event: web_sys::Event| {
        let input: HtmlInputElement = event_target(&event);
        if let Some(file) = input.files().and_then(|files| files.item(0)) {
            add(page, file);
        }
        // The same file can be picked again after it was changed.
        input.set_value("");
    };
    view! {
        <header>
            <h2>{words::TITLE}</h2>
            <button type="button" class="button quiet square" aria-label=words::CLOSE
                on:click=move |_| tell(page, WorldsCommand::CloseGallery)>{symbol("#i-close")}</button>
        </header>
        <div class="body">
            <div role="status" class="gallery-status">
                {move || trouble.get().map(|trouble| view! {
                    <p class="state fail refused">{symbol("#i-failed")}<span>{trouble}</span></p>
                })}
                {undo(page)}
            </div>
            <section aria-label=words::YOURS>
                <div class="group"><h3>{words::YOURS}</h3><span class="help">{words::YOURS_NOTE}</span></div>
                {move || yours.with(Vec::is_empty).then(|| view! { <p class="help">{words::NONE_KEPT}</p> })}
                <ul class="own">
                    {move || yours.get().into_iter().map(|world| own(page, world, renaming)).collect_view()}
                </ul>
                <button type="button" class="button" on:click=move |_| if let Some(picker) = picker.get_untracked() { picker.click() }>
                    {words::ADD}
                </button>
                <input type="file" class="aside" tabindex="-1" aria-hidden="true" accept=".json,application/json" node_ref=picker on:change=picked/>
            </section>
            <section aria-label=words::LESSONS>
                <div class="group"><h3>{words::LESSONS}</h3><span class="help">{words::LESSONS_NOTE}</span></div>
                <ul class="cards">
                    {move || lessons.get().into_iter().map(|lesson| card(page, lesson)).collect_view()}
                </ul>
            </section>
        </div>
    }
}

/// The whole address of a world: a link that began with its # would be taken for a way to a place on this page.
fn address(name: &str) -> String {
    let here = window().location().href().unwrap_or_default();
    let page = here.split('#').next().unwrap_or_default();
    format!("{page}#world={name}")
}

/// A world of the gallery. Its name is a link, which can be copied onto a slide; the whole card can be pressed.
fn card(page: Page, lesson: CardView) -> impl IntoView {
    let CardView {
        name,
        title,
        text,
        line,
        changed,
    } = lesson;
    let yours = changed.map(|changed| {
        let said = words::about(words::BEGIN_ANEW, title);
        view! {
            <p class="yours">{changed}</p>
            <button type="button" class="button small" aria-label=said on:click=move |_| tell(page, WorldsCommand::BeginAnew(name))>{words::BEGIN_ANEW}</button>
        }
    });
    view! {
        <li class="card">
            {mini(&line)}
            <h4><a href=address(name) on:click=move |_| tell(page, WorldsCommand::CloseGallery)>{title}</a></h4>
            <p>{text}</p>
            {yours}
        </li>
    }
}

fn own(page: Page, world: OwnWorldView, renaming: RwSignal<Option<String>>) -> impl IntoView {
    let named = world.name.clone();
    let asks = Memo::new(move |_| renaming.with(|name| name.as_deref() == Some(named.as_str())));
    move || {
        if asks.get() {
            rename(page, world.clone(), renaming).into_any()
        } else {
            row(page, world.clone(), renaming).into_any()
        }
    }
}

fn row(page: Page, world: OwnWorldView, renaming: RwSignal<Option<String>>) -> impl IntoView {
    let OwnWorldView {
        name,
        title,
        note,
        here,
        fixed,
    } = world;
    let button = |label: &'static str, command: WorldsCommand| {
        let said = words::about(label, &title);
        view! {
            <button type="button" class="button quiet small" aria-label=said on:click=move |_| tell(page, command.clone())>{label}</button>
        }
    };
    let duplicate = button(words::DUPLICATE, WorldsCommand::Duplicate(name.clone()));
    let save = button(words::SAVE, WorldsCommand::Save(name.clone()));
    let delete = button(words::DELETE, WorldsCommand::Delete(name.clone()));
    let opened = name.clone();
    let rename = (!fixed).then(|| {
        let said = words::about(words::RENAME, &title);
        view! {
            <button type="button" class="button quiet small" aria-label=said on:click=move |_| renaming.set(Some(name.clone()))>{words::RENAME}</button>
        }
    });
    view! {
        <li>
            <div class="which">
                <button type="button" class="open" aria-current=here.then_some("true")
                    on:click=move |_| page.perform(Command::OpenWorld(opened.clone()))>{title}</button>
                {here.then(|| view! { <span class="tag">{words::HERE}</span> })}
                <span class="help">{note}</span>
            </div>
            <div class="does">{rename}{duplicate}{save}{delete}</div>
        </li>
    }
}

/// The row while it is given another name. Enter renames, Esc leaves it as it is.
fn rename(page: Page, world: OwnWorldView, renaming: RwSignal<Option<String>>) -> impl IntoView {
    let field: NodeRef<html::Input> = NodeRef::new();
    Effect::new(move || {
        if let Some(field) = field.get() {
            let _ = field.focus();
            field.select();
        }
    });
    let name = world.name.clone();
    let done = move |event: SubmitEvent| {
        event.prevent_default();
        let to = field.get_untracked().map(|field| field.value());
        renaming.set(None);
        if let Some(to) = to {
            tell(
                page,
                WorldsCommand::Rename {
                    world: name.clone(),
                    to,
                },
            );
        }
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            renaming.set(None);
        }
    };
    view! {
        <li>
            <form class="rename" on:submit=done on:keydown=keys>
                <label class="field"><span class="label">{words::NEW_NAME}</span>
                    <input type="text" maxlength="100" spellcheck="false" autocomplete="off" node_ref=field prop:value=world.name/></label>
                <button type="submit" class="button filled small">{words::RENAME_IT}</button>
                <button type="button" class="button quiet small" on:click=move |_| renaming.set(None)>{words::CANCEL}</button>
            </form>
        </li>
    }
}

/// Reads a file and hands its text on. A file that is too large is not touched.
fn add(page: Page, file: File) {
    let name = file.name();
    if file.size() as u64 > IMPORT_BYTES {
        return tell(page, WorldsCommand::Unreadable(words::too_large(&name)));
    }
    leptos::task::spawn_local(async move {
        let command = match text_of(&file).await {
            Ok(text) => WorldsCommand::Add { name, text },
            Err(reason) => WorldsCommand::Unreadable(words::unreadable(&name, &reason)),
        };
        tell(page, command);
    });
}
