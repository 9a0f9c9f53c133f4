//! What to look for in the list of facts.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Page, does};
use crate::page::components::icon::symbol;
use crate::page::state::facts::{FactFilter, FactKind, FactsCommand};
use crate::page::words::facts as words;

const KINDS: [FactKind; 8] = [
    FactKind::All,
    FactKind::Executions,
    FactKind::Stages,
    FactKind::Actions,
    FactKind::Jobs,
    FactKind::Conditions,
    FactKind::Settings,
    FactKind::Refused,
];

/// Opens and closes the panel, and says whether anything is left out.
pub(super) fn button(page: Page, open: RwSignal<bool>) -> impl IntoView {
    let on = page.part(|view| view.fact_list.filter.is_on());
    view! {
        <button type="button" class="button quiet small filter" aria-expanded=move || if open.get() { "true" } else { "false" }
            on:click=move |_| open.update(|open| *open = !*open)>
            {move || if on.get() { words::FILTER_ON } else { words::FILTER }}{symbol("#i-chevron")}
        </button>
    }
}

/// The choices.
pub(super) fn panel(page: Page) -> impl IntoView {
    let filter = page.part(|view| view.fact_list.filter.clone());
    let stages = page.part(|view| view.fact_list.stages.clone());
    let executions = page.part(|view| view.fact_list.executions.clone());
    let change = move |change: &dyn Fn(&mut FactFilter)| {
        let mut wanted = filter.get_untracked();
        change(&mut wanted);
        does(page, FactsCommand::Filter(wanted));
    };
    let chosen = |event: &web_sys::Event| -> String {
        let target = event.target();
        let select = target.and_then(|target| target.dyn_into::<web_sys::HtmlSelectElement>().ok());
        select.map(|select| select.value()).unwrap_or_default()
    };
    let named = |value: String| (!value.is_empty()).then_some(value);
    let execution = move |event: web_sys::Event| {
        let value = named(chosen(&event));
        change(&|filter| filter.execution.clone_from(&value));
    };
    let stage = move |event: web_sys::Event| {
        let value = named(chosen(&event));
        change(&|filter| filter.stage.clone_from(&value));
    };
    let kind = move |event: web_sys::Event| {
        let kind = chosen(&event)
            .parse()
            .ok()
            .and_then(|place: usize| KINDS.get(place).copied());
        change(&|filter| filter.kind = kind.unwrap_or_default());
    };
    let mine = move |_| change(&|filter| filter.mine = !filter.mine);
    view! {
        <div class="filter-panel">
            <label><span>{words::KIND}</span>
                <select on:change=kind>
                    {KINDS.into_iter().zip(words::KINDS).enumerate().map(|(place, (kind, label))| view! {
                        <option value=place.to_string() selected=move || filter.with(|filter| filter.kind == kind)>{label}</option>
                    }).collect_view()}
                </select>
            </label>
            <label><span>{words::STAGE}</span>
                <select on:change=stage>
                    <option value="" selected=move || filter.with(|filter| filter.stage.is_none())>{words::ALL_STAGES}</option>
                    {move || stages.get().into_iter().map(|stage| {
                        let (name, value) = (stage.clone(), stage.clone());
                        view! { <option value=value selected=move || filter.with(|filter| filter.stage.as_ref() == Some(&name))>{stage}</option> }
                    }).collect_view()}
                </select>
            </label>
            <label><span>{words::EXECUTION}</span>
                <select on:change=execution>
                    <option value="" selected=move || filter.with(|filter| filter.execution.is_none())>{words::ALL_EXECUTIONS}</option>
                    {move || executions.get().into_iter().map(|(id, name)| {
                        let own = id.clone();
                        view! { <option value=id selected=move || filter.with(|filter| filter.execution.as_ref() == Some(&own))>{name}</option> }
                    }).collect_view()}
                </select>
            </label>
            <label class="check"><input type="checkbox" prop:checked=move || filter.with(|filter| filter.mine) on:change=mine/><span>{words::MINE}</span></label>
        </div>
    }
}
