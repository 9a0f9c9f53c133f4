//! The timeline for whoever reads: each stretch a row of a table.

use leptos::prelude::*;

use super::Timeline;
use crate::page::components::memo::Memo;
use crate::page::components::token::{Size, token};
use crate::page::view::timeline::TableRow;
use crate::page::words::timeline as words;

pub(super) fn table(timeline: Timeline) -> impl IntoView {
    let rows = Memo::new(move |_| timeline.plot.with(|plot| plot.table.clone()));
    let note = Memo::new(move |_| timeline.plot.with(|plot| plot.table_note.clone()));
    view! {
        <div class="content time-table" tabindex="0" role="group" aria-label=words::TABLE_LABEL
            on:keydown=move |event| super::gestures::press(timeline, &event)>
            <table>
                <caption class="aside">{words::TABLE_LABEL}</caption>
                <thead><tr>
                    <th scope="col">{words::EXECUTION}</th><th scope="col">{words::STAGE}</th><th scope="col">{words::WHAT}</th>
                    <th scope="col">{words::FROM}</th><th scope="col">{words::TO}</th><th scope="col">{words::SPAN}</th>
                </tr></thead>
                <tbody>
                    <For each=move || rows.get()
                        key=|row| (row.token.execution.clone(), row.stage.clone(), row.what.clone(), row.from.clone(), row.to.clone())
                        children=move |one| row(timeline, one)/>
                </tbody>
            </table>
            {move || note.get().map(|note| view! { <p class="empty">{note}</p> })}
        </div>
    }
}

fn row(timeline: Timeline, row: TableRow) -> impl IntoView {
    let name = words::execution(&row.token.letter, &row.token.short);
    let sign = token(&row.token, Size::Small);
    let execution = row.token.execution;
    view! {
        <tr>
            <th scope="row"><button type="button" aria-label=name on:click=move |_| timeline.select(&execution)>{sign}<span class="id">{row.token.short}</span></button></th>
            <td>{row.stage}</td><td>{row.what}</td><td class="mono">{row.from}</td><td class="mono">{row.to}</td><td>{row.span}</td>
        </tr>
    }
}
