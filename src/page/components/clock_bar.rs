//! The clock bar: time is an instrument. What time it is, run or stop, on to the next fact, how fast, what comes
//! next, and whether all is kept. Where it is narrow, speed and jumps are behind one button.

use leptos::prelude::*;

use super::context::Page;
use super::icon::symbol;
use super::menu::{Item, Named, menu};
use super::worlds;
use crate::page::command::Command;
use crate::page::components::memo::Memo;
use crate::page::view::{ForwardView, SPEEDS};
use crate::page::words::clock as words;

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// The bar.
pub(super) fn clock_bar(page: Page) -> impl IntoView {
    let more = RwSignal::new(false);
    let time = page.part(|view| view.clock.time.clone());
    let date = page.part(|view| view.clock.date.clone());
    let iso = page.part(|view| view.clock.iso.clone());
    let next = page.part(|view| view.clock.next.clone());
    let stopped = page.part(|view| view.worlds.stopped.clone().or(view.clock.rests.clone()));
    let rests = page.part(|view| view.clock.rests.is_some());
    let saved = page.part(|view| (view.world.saved.clone(), view.world.facts.clone()));
    view! {
        <section class=move || if more.get() { "clock-bar more" } else { "clock-bar" } aria-label=words::LABEL>
            <time class="now" class:rests=move || rests.get() datetime=iso><b>{time}</b>" "<span class="date">{date}</span>
                {move || rests.get().then(|| view! { <span class="rests-word" aria-hidden="true">{words::RESTS}</span> })}</time>
            {transport(page)}
            {worlds::stopped(page)}
            <button type="button" class="button square show-more" aria-label=words::MORE
                aria-expanded=move || if more.get() { "true" } else { "false" }
                on:click=move |_| more.update(|more| *more = !*more)>{symbol("#i-more")}</button>
            <div class="rest">
                {speed_or_progress(page)}
                <p class="next">
                    {move || match stopped.get() {
                        Some(stopped) => view! { <b>{stopped}</b> }.into_any(),
                        None => view! { <b>{words::NEXT}" "{move || next.with(|next| next.0.clone())}</b>" "{move || next.with(|next| next.1.clone())} }.into_any(),
                    }}
                </p>
                {worlds::stop_menu(page)}
                {menu("button jump", words::JUMP, Named::ByFace, || words::JUMP, move || jumps(page))}
                <p class="saved"><span>{move || saved.with(|s| s.0.clone())}</span><span>{move || saved.with(|s| s.1.clone())}</span></p>
            </div>
        </section>
    }
}

fn transport(page: Page) -> impl IntoView {
    let playing = page.part(|view| view.clock.playing);
    let can_step = page.part(|view| view.clock.can_step);
    let label = move || {
        if playing.get() {
            words::PAUSE
        } else {
            words::PLAY
        }
    };
    view! {
        <div class="transport">
            <button type="button" class="button inked square" aria-label=label aria-keyshortcuts="Space" title=label
                on:click=move |_| page.perform(if playing.get_untracked() { Command::Pause } else { Command::Play })>
                {move || symbol(if playing.get() { "#i-pause" } else { "#i-play" })}
            </button>
            <button type="button" class="button" aria-keyshortcuts="." disabled=move || !can_step.get()
                on:click=move |_| page.perform(Command::NextFact)>
                {symbol("#i-step")}{words::NEXT_FACT}<kbd aria-hidden="true">"."</kbd>
            </button>
        </div>
    }
}

/// The speed, or the way of a fast-forward in its place.
fn speed_or_progress(page: Page) -> impl IntoView {
    let forward = page.part(|view| view.clock.forward.clone());
    let under_way = Memo::new(move |_| forward.with(Option::is_some));
    move || {
        if under_way.get() {
            progress(page, forward).into_any()
        } else {
            speed(page).into_any()
        }
    }
}

fn speed(page: Page) -> impl IntoView {
    let index = page.part(|view| view.clock.speed);
    let word = move || SPEEDS.get(index.get()).map_or("", |speed| speed.1);
    let stops = SPEEDS.iter().enumerate().map(move |(stop, (_, word))| {
        view! {
            <span class=move || if index.get() == stop { "stop current" } else { "stop" }
                on:click=move |_| page.perform(Command::SetSpeed(stop))>{*word}</span>
        }
    });
    let set = move |event| {
        if let Ok(stop) = event_target_value(&event).parse() {
            page.perform(Command::SetSpeed(stop));
        }
    };
    view! {
        <div class="speed">
            <span class="label" aria-hidden="true">{words::SPEED}</span>
            <div class="slider">
                <input type="range" min="0" max=(SPEEDS.len() - 1).to_string() step="1" aria-label=words::SPEED
                    aria-valuetext=word aria-keyshortcuts="- =" prop:value=move || index.get().to_string() on:input=set/>
                <div class="stops" aria-hidden="true">{stops.collect_view()}</div>
            </div>
        </div>
    }
}

fn progress(page: Page, forward: Memo<Option<ForwardView>>) -> impl IntoView {
    let target = move || {
        forward.with(|forward| {
            forward
                .as_ref()
                .map(|f| words::going(&f.target))
                .unwrap_or_default()
        })
    };
    let facts = move || {
        forward.with(|forward| {
            forward
                .as_ref()
                .map(|f| f.facts.clone())
                .unwrap_or_default()
        })
    };
    view! {
        <div class="forward" role="status">
            <p><b>{target}</b><span>{facts}</span></p>
            <button type="button" class="button" title=words::CANCEL_NOTE
                on:click=move |_| page.perform(Command::CancelForward)>{words::CANCEL}</button>
        </div>
    }
}

fn jumps(page: Page) -> Vec<Item> {
    let by = move |span: u64| move || page.perform(Command::Advance(span));
    vec![
        Item::new(words::MINUTE, by(MINUTE)),
        Item::new(words::HOUR, by(HOUR)),
        Item::new(words::DAY, by(DAY)),
        Item::new(words::IDLE, move || page.perform(Command::AdvanceUntilIdle)).apart(),
    ]
}
