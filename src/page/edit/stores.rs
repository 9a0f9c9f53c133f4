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

/// Writes the stores by Region: a group for each, a choice of one Region more, and the way back to one store.
pub(super) fn stores(form: &mut Form, shape: &'static Shape, level: usize) {
    let desk = form.desk;
    let own = desk.world.options.region.as_str();
    let there = regions(desk.value);
    if there.is_empty() {
        let to = one_for_each(desk.value, own, &[]);
        return form.press(text::ONE_FOR_EACH, EACH, to);
    }
    for region in &there {
        let here = pointer::join(EACH, region);
        let title = text::store_of(region);
        // A map with nothing in it says nothing.
        let gone = if there.len() == 1 { EACH } else { &here };
        let remove = removal(gone, &title);
        form.group(title, &here, level, Some(remove));
        form.structure(&here, shape, level + 1);
    }
    let free = REGIONS
        .iter()
        .copied()
        .chain((!REGIONS.contains(&own)).then_some(own))
        .filter(|region| !there.iter().any(|one| one == region));
    let choice = |value: &str, label: &str| FieldChoice {
        group: String::new(),
        value: value.to_owned(),
        label: label.to_owned(),
        disabled: false,
    };
    let mut choices = vec![choice("", text::CHOOSE_REGION)];
    choices.extend(free.map(|region| choice(region, region)));
    let field = EditField {
        required: false,
        help: text::member_help("artifactStores").to_owned(),
        // What is wrong in a store stands there.
        findings: desk
            .placed
            .iter()
            .filter(|(_, one)| one.at == EACH)
            .cloned()
            .collect(),
        ..choice_field(form, EACH, text::ONE_MORE_STORE, String::new(), choices)
    };
    form.items.push(FormItem::Field(Box::new(field)));
    if desk.value.pointer(ONE).is_none() {
        form.items.push(FormItem::Add(Press {
            label: text::ONE_FOR_ALL.to_owned(),
            change: one_for_all(desk.value, own),
        }));
    }
}
