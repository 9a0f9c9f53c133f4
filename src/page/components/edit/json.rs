//! The text of the draft: line numbers, the text, and behind it what stands beside its lines. The text is as large as
//! it has to be, and all of it scrolls together.

use leptos::html;
use leptos::prelude::*;

use super::Editor;
use crate::page::components::dom;
use crate::page::edit::{Change, EditCommand};
use crate::page::view::Mark;
use crate::page::words::edit as words;

pub(super) fn json(editor: Editor) -> impl IntoView {
    let text = editor.part(|edit| edit.json.text.clone());
    let size = editor.part(|edit| (edit.json.lines, edit.json.widest));
    let marks = editor.part(|edit| edit.json.marks.clone());
    let chosen = editor.part(|edit| edit.json.chosen);
    let broken = editor.part(|edit| edit.broken.clone());
    let apart = editor.part(|edit| edit.broken.is_some());
    let code: NodeRef<html::Div> = NodeRef::new();
    let area: NodeRef<html::Textarea> = NodeRef::new();
    let band: NodeRef<html::Div> = NodeRef::new();
    Effect::new(move || {
        let (lines, widest) = size.get();
        if let Some(code) = code.get() {
            dom::property(&code, "--lines", &lines.to_string());
            dom::property(&code, "--widest", &widest.to_string());
        }
    });
    Effect::new(move || {
        let Some((first, last)) = chosen.get() else {
            return;
        };
        let (Some(code), Some(band)) = (code.get(), band.get()) else {
            return;
        };
        dom::property(&band, "--line", &first.to_string());
        dom::property(&band, "--count", &(last - first + 1).to_string());
        // Whoever writes in the text knows where it is.
        let writes = area.get_untracked().zip(dom::focused());
        if writes.is_none_or(|(area, focused)| !area.is_same_node(Some(focused.as_ref()))) {
            scroll_to(&code, first, size.get_untracked().0);
        }
    });
    // Numbers are one text: thousands of elements would be slow.
    let numbers = move || {
        let (lines, _) = size.get();
        (1..=lines)
            .map(|line| line.to_string())
            .collect::<Vec<_>>()
            .join("\n")
    };
    let input = move |event| {
        editor.tell(EditCommand::Change(Change::Text(event_target_value(
            &event,
        ))));
    };
    view! {
        <section class="draft-json" aria-label=words::JSON>
            <header><h2>{words::JSON}</h2><span class="help">{move || if apart.get() { words::NOT_IN_STEP } else { words::IN_STEP }}</span></header>
            <div class="code" node_ref=code>
                <pre class="numbers" aria-hidden="true">{numbers}</pre>
                <div class="sheet">
                    <div class="band" node_ref=band hidden=move || chosen.with(Option::is_none)></div>
                    {move || marks.get().into_iter().map(mark).collect_view()}
                    <textarea node_ref=area wrap="off" spellcheck="false" autocomplete="off" autocapitalize="off"
                        aria-label=words::JSON_LABEL aria-invalid=move || broken.with(Option::is_some).then_some("true")
                        prop:value=move || text.get().to_string() on:input=input></textarea>
                </div>
            </div>
        </section>
    }
}

/// Brings a line to the upper third of the text.
fn scroll_to(code: &web_sys::HtmlElement, line: usize, lines: usize) {
    let height = f64::from(code.scroll_height());
    let at = height * (line as f64) / (lines.max(1) as f64);
    let above = f64::from(code.client_height()) / 4.0;
    #[expect(clippy::cast_possible_truncation, reason = "pixels of a page")]
    code.set_scroll_top((at - above).max(0.0) as i32);
}

fn mark(mark: Mark) -> impl IntoView {
    let row: NodeRef<html::P> = NodeRef::new();
    Effect::new(move || {
        if let Some(row) = row.get() {
            dom::property(&row, "--line", &mark.line.to_string());
            dom::property(&row, "--letters", &mark.letters.to_string());
        }
    });
    let class = if mark.advice {
        "line-mark"
    } else {
        "line-mark bad"
    };
    view! { <p class=class node_ref=row aria-hidden="true"><span>{mark.message}</span></p> }
}
