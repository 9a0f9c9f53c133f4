//! The list of the operations, grouped by what they are about.

use leptos::prelude::*;

use super::{shown, tell};
use crate::page::components::context::Page;
use crate::page::components::icon::symbol;
use crate::page::operate::OperateCommand;
use crate::page::words::operate as words;

pub(super) fn list(page: Page) -> impl IntoView {
    let groups = shown(page, |view| view.groups.clone()).get_untracked();
    let groups = groups.into_iter().map(|group| {
        let operations = group.operations.into_iter().map(|(name, summary)| {
            view! {
                <li>
                    <button type="button" class="operation" on:click=move |_| tell(page, OperateCommand::Open(name))>
                        <span class="name">{name}</span>
                        <span class="help">{summary}</span>
                    </button>
                </li>
            }
        });
        view! { <section aria-label=group.title><h3>{group.title}</h3><ul>{operations.collect_view()}</ul></section> }
    });
    view! {
        <header>
            <h2>{words::TITLE}</h2>
            <button type="button" class="button quiet square" aria-label=words::CLOSE
                on:click=move |_| tell(page, OperateCommand::Close)>{symbol("#i-close")}</button>
        </header>
        <div class="body operations">
            <p class="help">{words::INTRO}</p>
            <div class="operation-groups">{groups.collect_view()}</div>
        </div>
    }
}
