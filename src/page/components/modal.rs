//! A native dialog: the browser keeps the focus inside, Esc closes it, and the focus returns to where it was.

use leptos::html;
use leptos::prelude::*;

/// A modal dialog that stands open while `open` says so. `close` is called when the person closes it; whoever owns
/// the state behind `open` then changes it.
pub(super) fn modal<V: IntoView + 'static>(
    class: &'static str,
    title: &'static str,
    open: Signal<bool>,
    close: impl Fn() + Copy + Send + Sync + 'static,
    content: impl Fn() -> V + Send + Sync + 'static,
) -> impl IntoView {
    titled(
        class,
        Signal::stored(title.to_owned()),
        open,
        close,
        content,
    )
}

/// The same with a title that changes.
pub(super) fn titled<V: IntoView + 'static>(
    class: &'static str,
    title: Signal<String>,
    open: Signal<bool>,
    close: impl Fn() + Copy + Send + Sync + 'static,
    content: impl Fn() -> V + Send + Sync + 'static,
) -> impl IntoView {
    let dialog: NodeRef<html::Dialog> = NodeRef::new();
    Effect::new(move || {
        let wanted = open.get();
        let Some(dialog) = dialog.get() else { return };
        if wanted && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !wanted && dialog.open() {
            dialog.close();
        }
    });
    view! {
        <dialog class=class node_ref=dialog aria-label=move || title.get()
            on:close=move |_| if open.try_get_untracked() == Some(true) { close() }>
            {move || open.get().then(&content)}
        </dialog>
    }
}
