//! What changed, said politely: at most one sentence every two seconds, several facts bundled into one.

use std::time::Duration;

use leptos::prelude::*;

use super::context::Page;
use super::soon::Here;
use crate::page::words::facts as words;

/// Between two sentences.
const PAUSE: Duration = Duration::from_secs(2);

/// The live region. Nothing is said of what was there when the page opened.
pub(super) fn news(page: Page) -> impl IntoView {
    let newest = page.part(|view| view.fact_list.newest.0.first().copied().unwrap_or(0));
    let told = StoredValue::new(newest.get_untracked());
    let waiting = StoredValue::new(false);
    let sentence = RwSignal::new(String::new());
    let here = Here::new();
    let tell = move || {
        waiting.set_value(false);
        let before = told.get_value();
        let news = page.view.with_untracked(|view| {
            let (numbers, sentence) = &view.fact_list.newest;
            let fresh = numbers
                .iter()
                .take_while(|number| **number > before)
                .count();
            let last = numbers.first().filter(|_| fresh > 0)?;
            Some((*last, words::news(fresh, sentence)))
        });
        if let Some((sequence, news)) = news {
            told.set_value(sequence);
            sentence.set(news);
        }
    };
    Effect::new(move || {
        if newest.get() > told.get_value() && !waiting.get_value() {
            waiting.set_value(true);
            here.after(PAUSE, tell);
        }
    });
    view! { <p class="aside" role="status" aria-live="polite">{sentence}</p> }
}
