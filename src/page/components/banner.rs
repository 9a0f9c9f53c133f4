//! The line under the app bar: what happened, what still works, one thing to press. Never over content.

use leptos::prelude::*;

use super::context::Page;
use super::icon::symbol;
use super::worlds;
use crate::page::{command::Command, view::BannerRole};

/// The banner, while there is one.
pub(super) fn banner(page: Page) -> impl IntoView {
    let banner = page.part(|view| view.world.banner.clone());
    let shown = move || {
        banner.get().map(|banner| {
            let (class, sign, role) = match banner.role {
                BannerRole::Risk => ("banner risk", "#i-failed", "alert"),
                BannerRole::Limit => ("banner limit", "#i-lock", "status"),
                BannerRole::News => ("banner news", "#i-info", "status"),
            };
            let button = |(label, command): (String, Command)| {
                view! {
                    <button type="button" class="button" on:click=move |_| page.perform(command.clone())>{label}</button>
                }
            };
            let actions: Vec<_> = banner.actions.into_iter().map(button).collect();
            view! { <section class=class role=role>{symbol(sign)}<p>{banner.text}</p>{actions}</section> }
        })
    };
    view! { <div class="banners">{shown}{worlds::undo(page)}</div> }
}
