//! Where artifacts are kept: one store for the whole pipeline, or one for each Region in which an action runs. A pipeline has
//! exactly one of both (PL-12), so going from the one to the other is one change that takes the other away.

use serde_json::{Value, json};

use super::change::Change;
use super::fields::choice_field;
use super::form::{Form, removal};
use super::pointer;
use crate::engine::declaration::REGIONS;
use crate::model::Shape;
use crate::page::text::edit as text;
use crate::page::view::{EditField, FieldChoice, FormItem, Press};

/// The store of the whole pipeline.
pub(super) const ONE: &str = "/artifactStore";
/// The stores by Region.
pub(super) const EACH: &str = "/artifactStores";

/// A store that nobody has said anything about.
pub(super) fn usual(region: &str) -> Value {
    json!({ "type": "S3", "location": format!("artifacts-{region}") })
}

/// One store more, for a Region.
pub(super) fn one_more(region: &str) -> Change {
    Change::Set {
        at: pointer::join(EACH, region),
        to: usual(region),
    }
}

/// The store of the pipeline becomes that of its own Region, and others can stand beside it; they are made for `others`.
pub(super) fn one_for_each(draft: &Value, own: &str, others: &[&str]) -> Change {
    let there = draft.pointer(ONE).cloned();
    let mut changes = vec![
        Change::Remove { at: ONE.to_owned() },
        Change::Set {
            at: pointer::join(EACH, own),
            to: there.unwrap_or_else(|| usual(own)),
        },
    ];
    changes.extend(others.iter().map(|region| one_more(region)));
    Change::Several(changes)
}

/// The store of the pipeline's own Region becomes that of the whole pipeline.
fn one_for_all(draft: &Value, own: &str) -> Change {
    let there = draft.pointer(&pointer::join(EACH, own)).cloned();
    Change::Several(vec![
        Change::Remove {
            at: EACH.to_owned(),
        },
        Change::Set {
            at: ONE.to_owned(),
            to: there.unwrap_or_else(|| usual(own)),
        },
    ])
}

/// The Regions that have a store.
fn regions(draft: &Value) -> Vec<String> {
    let stores = draft.pointer(EACH).and_then(Value::as_object);
    stores
        .into_iter()
        .flat_map(|stores| stores.keys().cloned())
        .collect()
}

/// Whether there are stores by Region; a map with nothing in it counts as left out.
pub(super) fn by_region(draft: &Value) -> bool {
    !regions(draft).is_empty()
}

/// The Region of an action that has no store yet, else any that has none.
fn next_region(draft: &Value, own: &str) -> Option<String> {
    let there = regions(draft);
    let stages = draft.pointer("/stages").and_then(Value::as_array);
    let actions = stages
        .into_iter()
        .flatten()
        .filter_map(|stage| stage.get("actions")?.as_array())
        .flatten();
    let named = actions.filter_map(|action| action.get("region")?.as_str());
    std::iter::once(own)
        .chain(named)
        .chain(REGIONS.iter().copied())
        .find(|region| !there.iter().any(|one| one == region))
        .map(str::to_owned)
}

/// What the Region of a store is known by while it changes: its place among the stores.
fn place(number: usize) -> String {
    pointer::join(EACH, &format!("@{number}"))
}

/// Gives the store at a place, as a field of the form names it, to another Region.
pub(super) fn moved(draft: &Value, last: &str, to: &str) -> Option<Change> {
    let number: usize = last.strip_prefix('@')?.parse().ok()?;
    let stores = draft.pointer(EACH)?.as_object()?;
    let from = stores.keys().nth(number)?;
    if stores.contains_key(to) {
        return None;
    }
    let moved = stores.iter().map(|(region, store)| {
        let region = if region == from { to } else { region };
        (region.to_owned(), store.clone())
    });
    Some(Change::Set {
        at: EACH.to_owned(),
        to: Value::Object(moved.collect()),
    })
}

/// Writes the stores by Region: a group for each, one Region more, and the way back to one store.
pub(super) fn stores(form: &mut Form, shape: &'static Shape, level: usize) {
    let draft = form.desk.value;
    let own = form.desk.world.options.region.as_str();
    let there = regions(draft);
    if there.is_empty() {
        let to = one_for_each(draft, own, &[]);
        return form.press(text::ONE_FOR_EACH, EACH, to);
    }
    for (number, region) in there.iter().enumerate() {
        let here = pointer::join(EACH, region);
        let title = text::numbered("artifactStores", number + 1);
        // A map with nothing in it says nothing.
        let gone = if there.len() == 1 { EACH } else { &here };
        let remove = removal(gone, &title);
        form.items.push(FormItem::Group {
            title,
            level,
            findings: Vec::new(),
            remove: Some(remove),
            fold: None,
        });
        let of = region_of(form, number, region, &there);
        form.items.push(FormItem::Field(Box::new(of)));
        form.structure(&here, shape, level + 1);
    }
    if let Some(region) = next_region(draft, own) {
        form.add("artifactStores", EACH, one_more(&region));
    }
    if draft.pointer(ONE).is_none() {
        form.items.push(FormItem::Add(Press {
            label: text::ONE_FOR_ALL.to_owned(),
            change: one_for_all(draft, own),
        }));
    }
}

/// The Region of a store: one that no other store is in.
fn region_of(form: &Form, number: usize, region: &str, there: &[String]) -> EditField {
    let own = form.desk.world.options.region.as_str();
    let mut names: Vec<&str> = REGIONS.to_vec();
    for other in [own, region] {
        if !names.contains(&other) {
            names.push(other);
        }
    }
    let choices = names
        .into_iter()
        .filter(|name| *name == region || !there.iter().any(|one| one == name))
        .map(|name| FieldChoice {
            group: String::new(),
            value: name.to_owned(),
            label: name.to_owned(),
            disabled: false,
        });
    let here = pointer::join(EACH, region);
    // What is wrong inside the store stands at its fields.
    let at_it = form.desk.placed.iter().filter(|(_, one)| one.at == here);
    EditField {
        help: text::OF_STORE.to_owned(),
        findings: at_it.cloned().collect(),
        ..choice_field(
            form,
            &place(number),
            "region",
            region.to_owned(),
            choices.collect(),
        )
    }
}
