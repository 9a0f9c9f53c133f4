//! A tab of the details that is made of sections: history, variables, artifacts. All are drawn here, from plain data.
//!
//! While the clock runs the spans change. Each section's heading, its state and its rows are drawn apart, so that what
//! has the focus stays where it is.

use leptos::prelude::*;

use super::context::{Callout, Page};
use super::details::CONTENT;
use super::dom;
use super::icon::state;
use super::memo::Memo;
use super::token::{Size, token};
use crate::page::command::Command;
use crate::page::state::details::DetailsCommand;
use crate::page::view::{Choice, Section, SectionRow, Selection};
use crate::page::words::{details as words, roster};

/// Every section of the tab in front.
pub(super) fn sections(page: Page) -> impl IntoView {
    let count = page.part(|view| {
        view.details
            .as_ref()
            .map_or(0, |details| details.sections.len())
    });
    move || {
        (0..count.get())
            .map(|place| section(page, place))
            .collect_view()
    }
}

/// A part of one section.
fn part<T>(
    page: Page,
    place: usize,
    pick: impl Fn(&Section) -> T + Send + Sync + 'static,
) -> Memo<Option<T>>
where
    T: PartialEq + Send + Sync + 'static,
{
    page.part(move |view| Some(pick(view.details.as_ref()?.sections.get(place)?)))
}

fn section(page: Page, place: usize) -> impl IntoView {
    let head = part(page, place, |section| Section {
        state: None,
        aside: String::new(),
        rows: vec![],
        ..section.clone()
    });
    let stands = part(page, place, |section| Section {
        state: section.state.clone(),
        aside: section.aside.clone(),
        ..Section::default()
    });
    let rows = part(page, place, |section| Section {
        columns: section.columns.clone(),
        rows: section.rows.clone(),
        ..Section::default()
    });
    let stands = move || {
        stands.get().map(|section| {
            let aside = (!section.aside.is_empty())
                .then(|| view! { <span class="span">{section.aside}</span> });
            view! { {section.state.as_ref().map(state)}{aside} }
        })
    };
    view! {
        <section class="fact-sheet">
            <div class="fact-sheet-head">
                {move || head.get().map(|section| heading(page, section))}
                <span class="stands">{stands}</span>
                {move || head.get().filter(|section| section.why).map(|_| why(page))}
            </div>
            {move || head.get().map(|section| under(page, section))}
            {move || rows.get().map(body)}
        </section>
    }
}

fn heading(page: Page, section: Section) -> impl IntoView {
    let Section {
        title,
        to,
        token: whose,
        ..
    } = section;
    let title = match to {
        Some(to) => view! {
            <button type="button" class="to" on:click=move |_| go(page, to.clone())>{title}</button>
        }
        .into_any(),
        None => title.into_any(),
    };
    view! { {whose.map(|sign| token(&sign, Size::Medium))}<h3>{title}</h3> }
}

/// Selects what a heading is about. The heading is gone with that, so the focus goes to the panel.
fn go(page: Page, to: Selection) {
    page.select(to);
    super::soon::next_frame(|| {
        if let Some(content) = dom::first(CONTENT) {
            dom::focus(&content);
        }
    });
}

/// Why the selected execution is still here.
fn why(page: Page) -> impl IntoView {
    let ask = move |_| {
        let selected = page
            .view
            .with_untracked(|view| Some(view.details.as_ref()?.selection.clone()));
        page.open(match selected {
            Some(Selection::Execution(id)) => Callout::Execution(id),
            _ => Callout::Selected,
        });
    };
    view! { <button type="button" class="why-link" aria-haspopup="dialog" on:click=ask>{roster::WHY}</button> }
}

fn under(page: Page, section: Section) -> impl IntoView {
    let note = (!section.note.is_empty()).then(|| view! { <p class="help">{section.note}</p> });
    view! { {section.choice.map(|choice| chooser(page, choice))}{note} }
}

fn chooser(page: Page, choice: Choice) -> impl IntoView {
    let chosen = choice.chosen;
    let options: Vec<_> = choice
        .options
        .into_iter()
        .map(|(version, label)| {
            view! { <option value=version.to_string() selected=version == chosen>{label}</option> }
        })
        .collect();
    let choose = move |event: web_sys::Event| {
        if let Ok(version) = event_target_value(&event).parse() {
            page.perform(Command::Details(DetailsCommand::Against(version)));
        }
    };
    view! { <label class="against"><span>{choice.label}</span><select on:change=choose>{options}</select></label> }
}

fn body(section: Section) -> AnyView {
    let rows = section.rows.into_iter();
    match section.columns {
        _ if rows.len() == 0 => ().into_any(),
        Some((first, second)) => view! {
            <table class="pair">
                <thead><tr><th scope="col">{first}</th><th scope="col">{second}</th></tr></thead>
                {rows.map(pair).collect_view()}
            </table>
        }
        .into_any(),
        None => view! { <dl class="values">{rows.map(single).collect_view()}</dl> }.into_any(),
    }
}

fn single(row: SectionRow) -> impl IntoView {
    let label = label(row.label, row.mark);
    let note = note(row.note);
    view! { <dt>{label}</dt><dd>{value(row.value, row.mono)}{note}</dd> }
}

/// The label over both values; one value for both columns where there is no second one.
fn pair(row: SectionRow) -> impl IntoView {
    let mono = row.mono;
    let first = value(row.value, mono);
    let cells = match row.second {
        Some(second) => view! { <td>{first}</td><td>{value(second, mono)}</td> }.into_any(),
        None => view! { <td colspan="2">{first}</td> }.into_any(),
    };
    view! {
        <tbody>
            <tr><th colspan="2" scope="rowgroup">{label(row.label, row.mark)}</th></tr>
            <tr>{cells}</tr>
        </tbody>
    }
}

fn label(label: String, mark: String) -> impl IntoView {
    let mark = (!mark.is_empty()).then(|| view! { " "<span class="qualifier">{mark}</span> });
    view! { {label}{mark} }
}

fn value(value: String, mono: bool) -> AnyView {
    if value.is_empty() {
        view! { <span class="nothing">{words::NOTHING}</span> }.into_any()
    } else if mono {
        view! { <span class="mono">{value}</span> }.into_any()
    } else {
        value.into_any()
    }
}

fn note(note: String) -> impl IntoView {
    (!note.is_empty()).then(|| view! { <span class="note">{note}</span> })
}
