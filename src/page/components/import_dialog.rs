//! The import dialog: paste, drop or pick a text; it says what it found and what is wrong before anything changes.
//! Reading files is all it does itself; recognising, checking and deciding happen where the commands are performed.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, File, FileList, HtmlInputElement};

use super::context::Page;
use super::icon::symbol;
use super::modal::modal;
use crate::page::command::{Command, IMPORT_BYTES, ImportCommand};
use crate::page::components::memo::Memo;
use crate::page::view::{ChoiceView, FieldView, FoundView, ImportView, ProblemView};
use crate::page::words::import as words;

/// The dialog, open while the view has an import.
pub(super) fn import_dialog(page: Page) -> impl IntoView {
    let open = page.part(|view| view.import.is_some());
    modal(
        "dialog import-dialog",
        words::TITLE,
        open.into(),
        move || tell(page, ImportCommand::Close),
        move || form(page),
    )
}

fn tell(page: Page, command: ImportCommand) {
    page.perform(Command::Import(command));
}

/// A part of the import that redraws alone.
fn part<T>(page: Page, pick: impl Fn(&ImportView) -> T + Send + Sync + 'static) -> Memo<T>
where
    T: Default + PartialEq + Send + Sync + 'static,
{
    page.part(move |view| view.import.as_deref().map(&pick).unwrap_or_default())
}

fn form(page: Page) -> impl IntoView {
    let over = RwSignal::new(false);
    let text = part(page, |import| import.text.clone());
    let source = part(page, |import| import.source.clone());
    let found = part(page, |import| import.found.clone());
    let trouble = part(page, |import| {
        (import.headline.clone(), import.problems.clone())
    });
    let sound = part(page, |import| {
        import.headline.is_none() && import.problems.is_empty()
    });
    let notices = part(page, |import| import.notices.clone());
    let choices = part(page, |import| import.choices.clone());
    let accept = part(page, |import| import.accept.clone());
    let ready = part(page, |import| import.ready && import.busy.is_none());
    let busy = part(page, |import| import.busy.clone());
    let samples = part(page, |import| import.samples.clone());
    let picker: NodeRef<html::Input> = NodeRef::new();
    let drop = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        if let Some(files) = event.data_transfer().and_then(|transfer| transfer.files()) {
            read(page, &files);
        }
    };
    let picked = move |event: web_sys::Event| {
        let input: HtmlInputElement = event_target(&event);
        if let Some(files) = input.files() {
            read(page, &files);
        }
        // The same file can be picked again after it was changed.
        input.set_value("");
    };
    view! {
        <div class=move || if over.get() { "drop-area over" } else { "drop-area" }
            on:dragover=move |event: DragEvent| { event.prevent_default(); over.set(true) }
            on:dragleave=move |_| over.set(false) on:drop=drop>
            <header>
                <h2>{words::TITLE}</h2>
                <button type="button" class="button quiet square" aria-label=words::CLOSE
                    on:click=move |_| tell(page, ImportCommand::Close)>{symbol("#i-close")}</button>
            </header>
            <div class="body">
                <label class="field">
                    <span class="label">{words::FIELD}<span class="help">{move || source.get()}</span></span>
                    <textarea class="source" autofocus spellcheck="false" autocomplete="off" placeholder=words::PLACEHOLDER rows="7"
                        prop:value=move || text.get()
                        on:input=move |event| tell(page, ImportCommand::Text(event_target_value(&event)))></textarea>
                </label>
                <p class="help">{move || if over.get() { words::DROP } else { words::HELP }}</p>
                <div role="status">
                    {move || { let (headline, list) = trouble.get(); problems(headline, list) }}
                    {move || found.get().map(|found| what(found, sound.get()))}
                    {move || notices.get().into_iter().map(|notice| view! {
                        <p class="notice">{symbol("#i-info")}<span>{notice}</span></p>
                    }).collect_view()}
                </div>
                {move || choices.get().into_iter().enumerate().map(|(index, asked)| choice(page, index, asked)).collect_view()}
                {move || sample_list(page, samples.get())}
            </div>
            <footer>
                <button type="button" class="button filled" disabled=move || !ready.get()
                    on:click=move |_| tell(page, ImportCommand::Accept)>{accept}</button>
                <button type="button" class="button" on:click=move |_| if let Some(picker) = picker.get_untracked() { picker.click() }>
                    {words::CHOOSE_FILE}
                </button>
                <input type="file" class="aside" tabindex="-1" aria-hidden="true" accept=".json,application/json,text/*" node_ref=picker on:change=picked/>
                <span class="busy" role="status">{move || busy.get()}</span>
                <button type="button" class="button quiet" on:click=move |_| tell(page, ImportCommand::Close)>{words::CANCEL}</button>
            </footer>
        </div>
    }
}

fn problems(headline: Option<String>, problems: Vec<ProblemView>) -> impl IntoView {
    let headline = headline.map(|headline| view! { <p class="headline state fail">{symbol("#i-failed")}<span>{headline}</span></p> });
    let rows = problems.into_iter().map(|problem| {
        view! {
            <li>
                <p>{problem.message}</p>
                {problem.path.map(|path| view! { <code>{path}</code> })}
                {problem.remedy.map(|remedy| view! { <p class="help">{remedy}</p> })}
            </li>
        }
    });
    view! { {headline}<ol class="problems" aria-label=words::ERRORS>{rows.collect_view()}</ol> }
}

/// What was found, with its stages as a small line. Only what can be imported gets the sign of success.
fn what(found: FoundView, sound: bool) -> impl IntoView {
    let (class, sign) = if sound {
        ("headline state ok", "#i-succeeded")
    } else {
        ("headline", "#i-info")
    };
    let rows = found.rows.into_iter().map(|row| {
        let class = if row.mono { "mono" } else { "" };
        view! { <dt>{row.label}</dt><dd class=class>{row.value}</dd> }
    });
    let stages = found
        .stages
        .into_iter()
        .map(|stage| view! { <li><b>{stage.name}</b><span>{stage.note}</span></li> })
        .collect_view();
    view! {
        <section class="found" aria-label=words::FOUND>
            <p class=class>{symbol(sign)}<span><b>{found.name}</b>" "<span class="kind">{found.kind}</span></span></p>
            {(!stages.is_empty()).then_some(view! { <ol class="found-line">{stages}</ol> })}
            <dl class="values">{rows.collect_view()}</dl>
        </section>
    }
}

fn choice(page: Page, index: usize, asked: ChoiceView) -> impl IntoView {
    let ChoiceView {
        question,
        options,
        chosen,
        field,
    } = asked;
    let options = options.into_iter().enumerate().map(|(option, answer)| {
        view! {
            <label class="option">
                <input type="radio" name=format!("choice-{index}") prop:checked=option == chosen
                    on:change=move |_| tell(page, ImportCommand::Choose { choice: index, option })/>
                <span>{answer.label}{answer.note.map(|note| view! { <span class="help">{note}</span> })}</span>
            </label>
        }
    });
    let field = field.map(|FieldView { label, value, problem }| {
        view! {
            <label class="field">
                <span class="label">{label}</span>
                <input type="text" spellcheck="false" autocomplete="off" prop:value=value
                    aria-invalid=problem.is_some().then_some("true")
                    on:input=move |event| tell(page, ImportCommand::Field { choice: index, value: event_target_value(&event) })/>
                {problem.map(|problem| view! { <span class="state fail">{symbol("#i-failed")}<span>{problem}</span></span> })}
            </label>
        }
    });
    view! { <fieldset class="choice"><legend>{question}</legend>{options.collect_view()}{field}</fieldset> }
}

fn sample_list(page: Page, samples: Vec<String>) -> impl IntoView {
    (!samples.is_empty()).then(|| {
        let buttons = samples.into_iter().enumerate().map(|(index, label)| {
            view! { <button type="button" class="button small" on:click=move |_| tell(page, ImportCommand::Sample(index))>{label}</button> }
        });
        view! { <div class="samples"><span>{words::SAMPLES}</span>{buttons.collect_view()}</div> }
    })
}

/// Reads the first file and hands its text on. A file that is too large is not touched.
fn read(page: Page, files: &FileList) {
    let Some(file) = files.item(0) else { return };
    let name = file.name();
    let bytes = file.size() as u64;
    if bytes > IMPORT_BYTES {
        tell(page, ImportCommand::FileTooLarge { name, bytes });
        return;
    }
    leptos::task::spawn_local(async move {
        let command = match text_of(&file).await {
            Ok(text) => ImportCommand::File { name, text },
            Err(reason) => ImportCommand::FileUnreadable { name, reason },
        };
        tell(page, command);
    });
}

/// The text of a file, or what the browser says against it.
pub(super) async fn text_of(file: &File) -> Result<String, String> {
    let read = wasm_bindgen_futures::JsFuture::from(file.text()).await;
    match read {
        Ok(text) => text.as_string().ok_or_else(String::new),
        Err(error) => Err(error
            .dyn_ref::<js_sys::Error>()
            .map(|error| String::from(error.message()))
            .unwrap_or_default()),
    }
}
