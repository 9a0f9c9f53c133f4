//! The lines of a form that is made from shapes: fields, headings of what can be folded or taken away, what can be added.

use leptos::prelude::*;

use super::Asking;
use super::entry::{entry, findings};
use crate::page::components::context::element;
use crate::page::components::icon::symbol;
use crate::page::components::memo::Memo;
use crate::page::view::{FoldView, FormItem, Press};
use crate::page::words::edit as words;

/// The lines. Each redraws alone, so that nobody loses what they type.
pub(in crate::page::components) fn entries(
    asking: Asking,
    items: Memo<Vec<FormItem>>,
) -> impl IntoView {
    // Two of a kind are told apart by their number.
    let keyed = move || {
        let mut met = std::collections::BTreeMap::new();
        let keyed = items.get().into_iter().map(|item| {
            let key = item.key();
            let count = met
                .entry(key.clone())
                .and_modify(|count| *count += 1)
                .or_insert(0_u32);
            ((key, *count), item)
        });
        keyed.collect::<Vec<_>>()
    };
    let keyed = Memo::new(move |_| keyed());
    view! {
        <For each=move || keyed.get() key=|(key, _)| key.clone()
            children=move |(key, first)| {
                let item = element(first, move || {
                    keyed.with(|items| items.iter().find(|(one, _)| *one == key).map(|(_, item)| item.clone()))
                });
                one(asking, item)
            }/>
    }
}

/// One line. What it is never changes while it stands; what it says does.
fn one(asking: Asking, item: Memo<FormItem>) -> AnyView {
    match item.get_untracked() {
        FormItem::Field(first) => {
            let asked = Memo::new(move |_| match item.get() {
                FormItem::Field(field) => field,
                _ => first.clone(),
            });
            entry(asking, asked).into_any()
        }
        FormItem::Add(Press { label, change }) => view! {
            <button type="button" class="button small add" on:click=move |_| asking.change.run(change.clone())>
                {symbol("#i-plus")}{label}
            </button>
        }
        .into_any(),
        FormItem::Group { title, level, .. } => {
            let class = format!("group level-{level}");
            let said = move || match item.get() {
                FormItem::Group { findings, .. } => findings.into_iter().map(|one| (one.error.is_empty(), one)).collect(),
                _ => Vec::new(),
            };
            let remove = move || match item.get() {
                FormItem::Group { remove: Some(press), .. } => Some(view! {
                    <button type="button" class="button quiet small" aria-label=press.label
                        on:click=move |_| asking.change.run(press.change.clone())>{words::REMOVE}</button>
                }),
                _ => None,
            };
            let fold = Memo::new(move |_| match item.get() {
                FormItem::Group { fold, .. } => fold,
                _ => None,
            });
            let heading = (!title.is_empty()).then(|| view! { <h3>{folding(asking, fold, title)}</h3> });
            view! {
                <div class=class>{heading}{remove}</div>
                {move || findings(asking, said())}
            }
            .into_any()
        }
    }
}

/// A heading; where its part can be folded, a button that does.
fn folding(asking: Asking, fold: Memo<Option<FoldView>>, title: String) -> AnyView {
    let Some(FoldView { at, .. }) = fold.get_untracked() else {
        return title.into_any();
    };
    let open = move || fold.with(|fold| fold.as_ref().is_some_and(|fold| fold.open));
    let note = move || {
        let note = fold.get().filter(|fold| !fold.open);
        note.map(|fold| view! { <span class="note">{fold.note}</span> })
    };
    view! {
        <button type="button" class="part-fold" aria-expanded=move || if open() { "true" } else { "false" }
            on:click=move |_| asking.fold.run(at.clone())>{symbol("#i-chevron")}<span>{title}</span>{note}</button>
    }
    .into_any()
}
