//! The bar under the picture: how closely it is drawn, what is shown under it, whom it follows; of a long line all
//! blocks at once.

use leptos::prelude::*;

use super::super::context::Page;
use super::super::icon::symbol;
use super::super::token::{Size, token};
use super::{pan, seen, strip};
use crate::page::command::Command;
use crate::page::layout::line::Density;
use crate::page::state::picture::{LaneOrder, PictureCommand};
use crate::page::words::picture as words;

/// The bar.
pub(in super::super) fn tools(page: Page) -> impl IntoView {
    let shown = page.pipeline_part(|pipeline| (pipeline.large, super::is_lanes(pipeline)));
    move || {
        shown.get().map(|(large, lanes)| {
            view! {
                <div class="picture-foot">
                    {large.then(|| strip::strip(page))}
                    <div class="picture-tools" role="group" aria-label=words::TOOLS>
                        {following(page)}
                        {if lanes { lane_choice(page).into_any() } else { line_choice(page).into_any() }}
                    </div>
                </div>
            }
        })
    }
}

/// One of several, as radio buttons are.
fn segment(
    name: &'static str,
    label: &'static str,
    chosen: impl Fn() -> bool + Send + Sync + 'static,
    press: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <label><input type="radio" name=name prop:checked=chosen on:change=move |_| press()/><span>{label}</span></label>
    }
}

fn line_choice(page: Page) -> impl IntoView {
    let density = page.sight.density();
    let choices = Density::ALL.map(|one| {
        segment(
            "density",
            words::density(one),
            move || density.get() == one,
            move || page.sight.chosen.set(Some(one)),
        )
    });
    view! {
        <div class="segments densities" role="radiogroup" aria-label=words::DENSITY>{choices.into_iter().collect_view()}</div>
        {toggle(page, words::ARTIFACTS, PictureCommand::Artifacts)}
        {toggle(page, words::VARIABLES, PictureCommand::Variables)}
        <button type="button" class="button small quiet fit" aria-keyshortcuts="F" on:click=move |_| { pan::fit(page); }>{words::FIT}</button>
    }
}

fn toggle(page: Page, label: &'static str, command: PictureCommand) -> impl IntoView {
    let title = label.to_owned();
    let on = page.part(move |view| {
        let flows = view.pipeline.iter().flat_map(|pipeline| &pipeline.flows);
        flows.into_iter().any(|flow| flow.title == title)
    });
    view! {
        <button type="button" class="button small quiet" aria-pressed=move || if on.get() { "true" } else { "false" }
            on:click=move |_| page.perform(Command::Picture(command.clone()))>{label}</button>
    }
}

fn lane_choice(page: Page) -> impl IntoView {
    let dense = page.sight.dense;
    let order = page.part(|view| {
        let lanes = view.pipeline.as_ref()?.lanes.as_ref()?;
        Some(lanes.order)
    });
    let orders = LaneOrder::ALL.map(|one| {
        segment(
            "lane-order",
            words::lane_order(one),
            move || order.get() == Some(one),
            move || page.perform(Command::Picture(PictureCommand::Order(one))),
        )
    });
    view! {
        <div class="segments" role="radiogroup" aria-label=words::LANE_ORDER>{orders.into_iter().collect_view()}</div>
        <div class="segments" role="radiogroup" aria-label=words::DENSITY>
            {segment("lanes", words::LANES, move || !dense.get(), move || dense.set(false))}
            {segment("lanes", words::DENSE, move || dense.get(), move || dense.set(true))}
        </div>
    }
}

/// Whom the picture follows, and the end of that; else whom it could.
fn following(page: Page) -> impl IntoView {
    let who = page.following({
        let followed = page.sight.followed;
        move |view| {
            let id = followed.get()?;
            let roster = &view.pipeline.as_ref()?.roster;
            let cell = roster.iter().find(|cell| cell.token.execution == id)?;
            Some(cell.token.clone())
        }
    });
    let could = page.following({
        let followed = page.sight.followed;
        move |view| {
            let roster = &view.pipeline.as_ref()?.roster;
            let cell = roster.iter().find(|cell| cell.selected)?;
            let other = followed.with(|one| one.as_ref() != Some(&cell.token.execution));
            other.then(|| cell.token.clone())
        }
    });
    let offer = move || {
        could.get().map(|who| {
            let label = words::follow(&who.letter);
            let id = who.execution;
            view! {
                <button type="button" class="button small quiet follow" aria-keyshortcuts="Enter"
                    on:click=move |_| seen::follow(page, &id)>{label}</button>
            }
        })
    };
    view! {
        <span class="following" role="status">
            {move || who.get().map(|who| view! {
                {token(&who, Size::Small)}" "<span>{words::following(&who.letter)}</span>
                <button type="button" class="button small quiet square" aria-label=words::follow_no_more(&who.letter)
                    on:click=move |_| page.sight.followed.set(None)>{symbol("#i-close")}</button>
            })}
        </span>
        {offer}
    }
}
