//! A menu under a button: arrows move, Home and End jump, Esc and a press elsewhere close it, the focus goes back to
//! the button.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::dom;
use super::icon::symbol;
use super::soon::Here;
use crate::page::components::memo::Memo;

/// One thing in a menu.
#[derive(Clone)]
pub(super) struct Item {
    /// Its words.
    pub label: String,
    /// A line beside or under it.
    pub note: String,
    /// For one of several: whether it is the chosen one.
    pub chosen: Option<bool>,
    /// For one that is switched on and off, whatever the others are: whether it is on. The menu stays open.
    pub check: Option<Memo<bool>>,
    /// Begins a new group.
    pub apart: bool,
    /// What happens.
    pub press: Callback<()>,
}

impl Item {
    /// A plain item.
    pub(super) fn new(label: impl Into<String>, press: impl Fn() + Send + Sync + 'static) -> Self {
        Item {
            label: label.into(),
            note: String::new(),
            chosen: None,
            check: None,
            apart: false,
            press: Callback::new(move |()| press()),
        }
    }

    /// With a line beside it.
    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// As one of several.
    pub(super) fn chosen(mut self, chosen: bool) -> Self {
        self.chosen = Some(chosen);
        self
    }

    /// As one that is switched on and off.
    pub(super) fn checked(mut self, check: Memo<bool>) -> Self {
        self.check = Some(check);
        self
    }

    /// As the first of a group.
    pub(super) fn apart(mut self) -> Self {
        self.apart = true;
        self
    }
}

/// What a menu's button is called.
#[derive(Clone, Copy)]
pub(super) enum Named {
    /// By the words on it.
    ByFace,
    /// By the menu's label: there are no words on it.
    ByLabel,
}

/// A button with a menu. `face` is drawn in the button; `items` are read when it opens.
pub(super) fn menu<F, V>(
    class: &'static str,
    label: &'static str,
    named: Named,
    face: F,
    items: impl Fn() -> Vec<Item> + Send + Sync + 'static,
) -> impl IntoView
where
    F: FnOnce() -> V,
    V: IntoView,
{
    let open = RwSignal::new(false);
    let root: NodeRef<html::Div> = NodeRef::new();
    let button: NodeRef<html::Button> = NodeRef::new();
    let move_focus = move |step: Step| {
        let Some(root) = root.get_untracked() else {
            return;
        };
        let items = dom::all(&root, "[role^=menuitem]");
        let now = dom::focused().and_then(|f| {
            items
                .iter()
                .position(|item| item.is_same_node(Some(f.as_ref())))
        });
        let last = items.len().saturating_sub(1);
        let next = match (step, now) {
            (Step::First, _) | (Step::Next, None) => 0,
            (Step::Last, _) | (Step::Previous, None | Some(0)) => last,
            (Step::Next, Some(i)) => {
                if i == last {
                    0
                } else {
                    i + 1
                }
            }
            (Step::Previous, Some(i)) => i - 1,
        };
        if let Some(item) = items
            .get(next)
            .and_then(|item| item.dyn_ref::<HtmlElement>())
        {
            dom::focus(item);
        }
    };
    let here = Here::new();
    let show = move |step: Step| {
        open.set(true);
        here.next_frame(move || move_focus(step));
    };
    let hide = move || {
        open.set(false);
        if let Some(button) = button.get_untracked() {
            dom::focus(&button);
        }
    };
    let keys = move |event: KeyboardEvent| {
        match (event.key().as_str(), open.get_untracked()) {
            ("ArrowDown", true) => move_focus(Step::Next),
            ("ArrowUp", true) => move_focus(Step::Previous),
            ("Home", true) => move_focus(Step::First),
            ("End", true) => move_focus(Step::Last),
            ("ArrowDown", false) => show(Step::First),
            ("ArrowUp", false) => show(Step::Last),
            ("Escape", true) => hide(),
            // Tab leaves: the menu closes behind it.
            ("Tab", _) => return open.set(false),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    // A press elsewhere takes the focus elsewhere.
    let left = move |event: web_sys::FocusEvent| {
        let to = event
            .related_target()
            .and_then(|to| to.dyn_into::<web_sys::Node>().ok());
        // A browser may also say so of a menu that is being taken away, when there is nothing left to ask or to close.
        let inside = root
            .try_get_untracked()
            .flatten()
            .is_some_and(|root| root.contains(to.as_ref()));
        if !inside {
            open.try_set(false);
        }
    };
    let list = move || {
        open.get().then(|| {
            let items = items().into_iter().map(|item| {
                let (check, chosen) = (item.check, item.chosen);
                let role = match (check, chosen) {
                    (Some(_), _) => "menuitemcheckbox",
                    (None, Some(_)) => "menuitemradio",
                    (None, None) => "menuitem",
                };
                let on = move || check.map(|check| check.get()).or(chosen);
                let checked = move || on().map(|on| if on { "true" } else { "false" });
                let press = item.press;
                let class = if item.apart { "item apart" } else { "item" };
                let tick = move || (on() == Some(true)).then(|| symbol("#i-check"));
                view! {
                    <button type="button" class=class role=role aria-checked=checked tabindex="-1"
                        on:click=move |_| { if check.is_none() { hide(); } press.run(()) }>
                        <span class="tick">{tick}</span>
                        <span class="label">{item.label}</span>
                        <span class="note">{item.note}</span>
                    </button>
                }
            });
            view! { <div class="menu-list" role="menu" aria-label=label>{items.collect_view()}</div> }
        })
    };
    view! {
        <div class="menu" node_ref=root on:keydown=keys on:focusout=left>
            <button type="button" class=class node_ref=button aria-haspopup="menu"
                aria-label=matches!(named, Named::ByLabel).then_some(label)
                aria-expanded=move || if open.get() { "true" } else { "false" }
                on:click=move |_| if open.get_untracked() { hide() } else { show(Step::First) }>
                {face()}
                {symbol("#i-chevron")}
            </button>
            {list}
        </div>
    }
}

/// Where the focus goes in a menu.
#[derive(Clone, Copy)]
enum Step {
    First,
    Last,
    Next,
    Previous,
}
