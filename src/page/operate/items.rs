//! The fields of a draft: a tree of shapes, walked as far as there is something in it. What is absent and may be, can be
//! added; what is deep is folded, with a word on what is in it.
//!
//! The walk goes as deep as the shapes, not as deep as the value.

use serde_json::Value;

use super::{Draft, moment, place, prefill, suggest};
use crate::{
    engine::{declaration::Context, world::World},
    model::{Kind, Member, Shape, ViolationKind, violations},
    page::{
        edit::{
            Change,
            findings::{self, problems},
            pointer,
        },
        text::operate as text,
        view::{EditField, FieldChoice, FieldKind, FindingView, FoldView, FormItem, Press},
    },
};

/// More items than this in a list are folded.
const UNFOLDED: usize = 3;

/// The fields of a draft, with what is wrong under each; and how much is wrong in all.
#[must_use]
pub fn items(world: &World, draft: &Draft) -> (Vec<FormItem>, usize) {
    let found = found(world, draft);
    let count = found.len();
    let mut tree = Tree {
        world,
        draft,
        unsaid: found,
        items: Vec::new(),
    };
    let at = Place {
        at: String::new(),
        pointer: String::new(),
    };
    tree.structure(&at, draft.operation.input, 0);
    let Tree {
        unsaid, mut items, ..
    } = tree;
    if !unsaid.is_empty() {
        items.insert(0, group("", 0, unsaid));
    }
    (items, count)
}

/// Everything that the service would say of the input: the limits of the model, and of a declaration every rule. What is
/// merely missing is said where somebody has been, or once it was sent.
fn found(world: &World, draft: &Draft) -> Vec<FindingView> {
    let input = draft.operation.input;
    let missing = crate::model::Constraint::Present.to_string();
    let mut found = Vec::new();
    for violation in violations(input, "", draft.value().clone()) {
        let path = format!(".{}", violation.path);
        let at = findings::place(input, draft.value(), &path, &violation.constraint);
        let (error, message) = match violation.kind {
            ViolationKind::Conversion => ("SerializationException", violation.constraint),
            ViolationKind::Constraint => ("ValidationException", violation.constraint),
            ViolationKind::LateLimit { message } => ("ValidationException", message.to_owned()),
        };
        if message != missing || draft.asks_for(&at) {
            found.push(finding(error, message, at));
        }
    }
    let declaration = draft
        .value()
        .get("pipeline")
        .filter(|_| matches!(draft.operation.name, "CreatePipeline" | "UpdatePipeline"));
    if let Some(declaration) = declaration {
        let existing = declaration.get("name").and_then(Value::as_str);
        let existing = existing
            .filter(|_| draft.operation.name == "UpdatePipeline")
            .and_then(|name| world.pipeline_named(name));
        let context = Context {
            region: &world.options.region,
            custom_types: world,
            existing: existing.map(|one| &*one.current().plan.declaration),
        };
        for problem in problems(declaration, &context) {
            let place = problem.places.first().filter(|_| problem.rule.is_some());
            if let Some(place) = place {
                found.push(finding(
                    problem.error,
                    problem.message.clone(),
                    format!("/pipeline{place}"),
                ));
            }
        }
    }
    found
}

fn finding(error: &str, message: String, at: String) -> FindingView {
    FindingView {
        error: error.to_owned(),
        message,
        place: String::new(),
        at,
        remedies: Vec::new(),
    }
}

fn group(title: &str, level: usize, findings: Vec<FindingView>) -> FormItem {
    FormItem::Group {
        title: title.to_owned(),
        level,
        findings,
        remove: None,
        fold: None,
    }
}

fn inside(at: &str, whole: &str) -> bool {
    at.strip_prefix(whole)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Where the walk is: the place in the form, and what it means.
struct Place {
    at: String,
    pointer: String,
}

impl Place {
    fn member(&self, name: &str) -> Self {
        Self {
            at: pointer::join(&self.at, name),
            pointer: pointer::join(&self.pointer, name),
        }
    }

    fn entry(&self, number: usize, key: &str) -> Self {
        Self {
            at: place::entry(&self.at, number),
            pointer: pointer::join(&self.pointer, key),
        }
    }
}

/// How a value is called and held.
struct Named<'n> {
    name: &'n str,
    required: bool,
    /// Whether it can be taken away by a button.
    removable: bool,
}

struct Tree<'a> {
    world: &'a World,
    draft: &'a Draft,
    /// What is wrong and stands nowhere yet.
    unsaid: Vec<FindingView>,
    items: Vec<FormItem>,
}

impl Tree<'_> {
    /// Takes out what is wrong at a place; with everything in it, where nothing in it is shown.
    fn said(&mut self, place: &Place, whole: bool) -> Vec<FindingView> {
        let here = |one: &mut FindingView| {
            one.at == place.pointer || (whole && inside(&one.at, &place.pointer))
        };
        self.unsaid.extract_if(.., here).collect()
    }

    fn structure(&mut self, here: &Place, shape: &'static Shape, level: usize) {
        let (needed, others): (Vec<&Member>, Vec<&Member>) =
            shape.members().iter().partition(|member| member.required);
        for member in needed.into_iter().chain(others) {
            let named = Named {
                name: member.name,
                required: member.required,
                removable: false,
            };
            self.value(&here.member(member.name), member.shape, &named, level);
        }
    }

    fn value(&mut self, here: &Place, shape: &'static Shape, named: &Named, level: usize) {
        let draft = self.draft;
        let value = draft
            .value()
            .pointer(&here.pointer)
            .filter(|value| !value.is_null());
        let is_container = matches!(
            shape.kind,
            Kind::Structure(_) | Kind::List { .. } | Kind::Map { .. }
        );
        if !is_container {
            return self.field(here, shape, named, value);
        }
        let Some(value) = value else {
            let findings = self.said(here, true);
            if !findings.is_empty() {
                self.items.push(group(named.name, level, findings));
            }
            let to = match shape.kind {
                Kind::List { member, .. } => Value::Array(vec![one_more(member)]),
                Kind::Map { value, .. } => {
                    let mut entries = serde_json::Map::new();
                    entries.insert("key".to_owned(), one_more(value));
                    Value::Object(entries)
                }
                _ => one_more(shape),
            };
            return self.add(
                named.name,
                Change::Set {
                    at: here.at.clone(),
                    to,
                },
            );
        };
        let in_a_list = named.removable;
        let count = match value {
            Value::Array(items) => items.len(),
            Value::Object(entries) => entries.len(),
            _ => 0,
        };
        let folds = level > 0 || in_a_list;
        let open = !folds || draft.unfolded(&here.at, level < 2 && count <= 12);
        let findings = self.said(here, !open);
        let remove = !named.required || named.removable;
        self.items.push(FormItem::Group {
            title: if named.required && !named.removable {
                text::required(named.name)
            } else {
                named.name.to_owned()
            },
            level,
            findings,
            remove: remove.then(|| Press {
                label: text::remove(named.name),
                change: Change::Remove {
                    at: here.at.clone(),
                },
            }),
            fold: folds.then(|| FoldView {
                at: here.at.clone(),
                open,
                note: note(value),
            }),
        });
        if !open {
            return;
        }
        match shape.kind {
            Kind::Structure(_) => self.structure(here, shape, level + 1),
            Kind::List { member, .. } => {
                let Value::Array(list) = value else { return };
                for number in 0..list.len() {
                    let item = here.member(&number.to_string());
                    let title = text::numbered(named.name, number + 1);
                    self.item(&item, member, &title, level + 1, list.len());
                }
                self.add(
                    named.name,
                    Change::Append {
                        at: here.at.clone(),
                        item: one_more(member),
                    },
                );
            }
            Kind::Map { key, value: of, .. } => {
                let Value::Object(entries) = value else {
                    return;
                };
                for (number, name) in entries.keys().enumerate() {
                    let entry = here.entry(number, name);
                    self.key(&entry, key, name, number);
                    let title = text::value(number + 1);
                    self.item(&entry, of, &title, level + 1, entries.len());
                }
                self.add(
                    named.name,
                    Change::Append {
                        at: here.at.clone(),
                        item: one_more(of),
                    },
                );
            }
            _ => {}
        }
    }

    /// One of several: as any value, but it can be taken away.
    fn item(&mut self, here: &Place, shape: &'static Shape, title: &str, level: usize, of: usize) {
        let named = Named {
            name: title,
            required: true,
            removable: true,
        };
        // Of many, only those are open that somebody has opened.
        let level = if of > UNFOLDED { level.max(2) } else { level };
        self.value(here, shape, &named, level);
    }

    fn key(&mut self, entry: &Place, shape: &'static Shape, key: &str, number: usize) {
        let at = pointer::join(&entry.at, place::KEY);
        let clashing = self.draft.clashing(&at);
        let taken = clashing.map(|key| (false, finding("", text::taken(key), String::new())));
        let field = EditField {
            label: text::key(number + 1),
            required: true,
            help: text::help("", shape),
            value: clashing.unwrap_or(key).to_owned(),
            kind: FieldKind::Text {
                secret: false,
                suggestions: suggest::suggestions(self.world, self.draft.value(), shape),
            },
            variables: Vec::new(),
            findings: taken.into_iter().collect(),
            remove: None,
            fixed: None,
            at,
        };
        self.items.push(FormItem::Field(Box::new(field)));
    }

    fn add(&mut self, what: &str, change: Change) {
        let label = match change {
            Change::Append { .. } => text::add_to(what),
            _ => text::add(what),
        };
        self.items.push(FormItem::Add(Press { label, change }));
    }

    fn field(&mut self, here: &Place, shape: &'static Shape, named: &Named, value: Option<&Value>) {
        let shown = value.map(shown).unwrap_or_default();
        let kind = match shape.kind {
            Kind::Choice(values) => FieldKind::Choice(choices(values, named.required, &shown)),
            Kind::Boolean => FieldKind::Choice(choices(&["true", "false"], named.required, &shown)),
            Kind::Integer { .. } => FieldKind::Number,
            Kind::Timestamp => FieldKind::Moment,
            _ if shown.contains('\n') || text::is_long(shape.name) => FieldKind::Long,
            _ => FieldKind::Text {
                secret: shape.sensitive,
                suggestions: suggest::suggestions(self.world, self.draft.value(), shape),
            },
        };
        let value = match (&kind, value) {
            (FieldKind::Moment, Some(value)) => moment::shown(value).unwrap_or_default(),
            _ => shown,
        };
        let findings = self.said(here, true);
        let field = EditField {
            at: here.at.clone(),
            label: named.name.to_owned(),
            required: named.required && !named.removable,
            help: text::help(named.name, shape),
            value,
            kind,
            variables: Vec::new(),
            findings: findings.into_iter().map(|one| (false, one)).collect(),
            remove: named.removable.then(|| Press {
                label: text::remove(named.name),
                change: Change::Remove {
                    at: here.at.clone(),
                },
            }),
            fixed: None,
        };
        self.items.push(FormItem::Field(Box::new(field)));
    }
}

/// What somebody gets who asks for one more: what is required in it, to be filled in.
fn one_more(shape: &'static Shape) -> Value {
    match shape.kind {
        Kind::Choice(values) => Value::from(values.first().copied().unwrap_or_default()),
        _ => prefill::blank(shape).unwrap_or_else(|| Value::from("")),
    }
}

/// A plain value as a field holds it.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// What is in a folded part, in a few words.
fn note(value: &Value) -> String {
    match value {
        Value::Array(items) => text::items(items.len()),
        Value::Object(members) => {
            let named = ["name", "key", "actionName"]
                .iter()
                .find_map(|name| members.get(*name));
            let first = named.or_else(|| members.values().find(|value| value.is_string()));
            match first
                .and_then(Value::as_str)
                .filter(|text| !text.is_empty())
            {
                Some(text) => text.to_owned(),
                None => text::members(members.len()),
            }
        }
        other => other.to_string(),
    }
}

/// The values of a choice; one that is none of them is still shown.
fn choices(values: &[&str], required: bool, now: &str) -> Vec<FieldChoice> {
    let plain = |value: &str, label: &str| FieldChoice {
        group: String::new(),
        value: value.to_owned(),
        label: label.to_owned(),
        disabled: false,
    };
    let mut choices = Vec::new();
    if !required || now.is_empty() {
        let label = if required {
            text::CHOOSE
        } else {
            text::LEFT_OUT
        };
        choices.push(plain("", label));
    }
    choices.extend(values.iter().map(|value| plain(value, value)));
    if !now.is_empty() && !values.contains(&now) {
        choices.push(plain(now, now));
    }
    choices
}
