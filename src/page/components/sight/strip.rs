//! All blocks of a long line at once, with every token, and a frame around what is seen. A press goes there.

use leptos::prelude::*;

use super::super::context::Page;
use super::super::token::{Size, token};
use super::seen;
use crate::page::components::memo::Memo;
use crate::page::view::{Frame, Token};
use crate::page::words::picture as words;

/// So many tokens are drawn in one block; of more, how many more there are.
const DRAWN: usize = 3;

/// What is drawn of a stage.
#[derive(Clone, PartialEq)]
struct Block {
    name: String,
    class: &'static str,
    tokens: Vec<Token>,
}

/// The strip.
pub(super) fn strip(page: Page) -> impl IntoView {
    let blocks = page.part(|view| {
        let stages = view.pipeline.iter().flat_map(|pipeline| &pipeline.stages);
        stages
            .map(|stage| Block {
                name: stage.name.clone(),
                class: match stage.frame {
                    Frame::Held => "held",
                    Frame::Bad => "bad",
                    Frame::Free => "",
                },
                tokens: stage
                    .waiting
                    .iter()
                    .map(|waiting| &waiting.token)
                    .chain(&stage.holder)
                    .chain(&stage.inside)
                    .cloned()
                    .collect(),
            })
            .collect::<Vec<_>>()
    });
    let frame = Memo::new(move |_| {
        let (from, to) = page.sight.window.get();
        let (from, to) = page
            .sight
            .placed
            .with(|placed| (placed.line.share(from), placed.line.share(to)));
        let percent = |part: f64| format!("{:.2}%", part * 100.0);
        (percent(from), percent(to - from))
    });
    view! {
        <div class="strip" role="group" aria-label=words::STRIP>
            {move || blocks.get().into_iter().map(|block| one(page, block)).collect_view()}
            <span class="strip-frame" aria-hidden="true" style:--left=move || frame.get().0 style:--width=move || frame.get().1></span>
        </div>
    }
}

fn one(page: Page, block: Block) -> impl IntoView {
    let more = block.tokens.len().saturating_sub(DRAWN);
    let label = words::strip_block(&block.name, block.tokens.len());
    let drawn = block.tokens.iter().take(DRAWN);
    let tokens = drawn.map(|one| token(one, Size::Small)).collect_view();
    let width = page.sight.share_of(page, block.name.clone());
    let name = block.name;
    view! {
        <button type="button" class=format!("strip-block {}", block.class) tabindex="-1" aria-label=label.clone() title=label
            style:--grow=move || width.get()
            on:click=move |_| go(page, &name)>{tokens}{(more > 0).then(|| words::more(more))}</button>
    }
}

fn go(page: Page, stage: &str) {
    use super::super::{context::spot, dom};
    page.sight.followed.set(None);
    let head = dom::picture()
        .and_then(|picture| dom::with_attribute(&picture, "data-spot", &spot::stage(stage)));
    if let Some(head) = head {
        seen::show(&head);
    }
}
