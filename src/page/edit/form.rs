//! The form of what is chosen, made from the shapes of the model: a field per member, a group per structure, something
//! to add where a member is absent. What a member's shape does not say (which artifacts there are, what a provider is
//! configured by) is filled in by [`super::fields`]; no provider has code of its own.

use serde_json::Value;

use super::change::{Change, Chosen};
use super::desk::{Desk, inside};
use super::draft::Base;
use super::{fields, moves_menu, pointer, start, stores};
use crate::model::{Kind, Member, Shape};
use crate::order::sort_by_key;
use crate::page::text::edit as text;
use crate::page::view::{
    EditField, EditForm, FieldChoice, FieldKind, FindingView, FormItem, Press,
};

/// Members that stand in the picture or say nothing.
const NOT_IN_A_FORM: [&str; 4] = ["stages", "actions", "version", "blockers"];

/// The members of an action in the order in which people fill them.
const ACTION_ORDER: [&str; 13] = [
    "name",
    "actionTypeId",
    "inputArtifacts",
    "outputArtifacts",
    "configuration",
    "commands",
    "outputVariables",
    "environmentVariables",
    "namespace",
    "timeoutInMinutes",
    "runOrder",
    "region",
    "roleArn",
];

/// The members of a pipeline in that order.
const PIPELINE_ORDER: [&str; 8] = [
    "name",
    "pipelineType",
    "executionMode",
    "variables",
    "triggers",
    "roleArn",
    "artifactStore",
    "artifactStores",
];

/// The members of a stage in the order in which an execution comes to them.
const STAGE_ORDER: [&str; 4] = ["name", "beforeEntry", "onSuccess", "onFailure"];

/// The form.
pub fn form(desk: &Desk) -> EditForm {
    let at = desk.chosen.pointer();
    let mut form = Form {
        desk,
        items: Vec::new(),
    };
    if let Some(shape) = pointer::shape(&at) {
        form.structure(&at, shape, 0);
    }
    let mut items = form.items;
    let unsaid = unsaid(desk, &items);
    if !unsaid.is_empty() {
        let group = FormItem::Group {
            title: String::new(),
            level: 0,
            findings: unsaid,
            remove: None,
            fold: None,
        };
        items.insert(0, group);
    }
    EditForm {
        title: title(desk),
        moves: moves_menu::moves(desk),
        remove: (desk.chosen != Chosen::Pipeline).then(|| removal(&at, &title(desk))),
        items,
    }
}

/// What is found at the chosen thing and stands at none of its fields.
fn unsaid(desk: &Desk, items: &[FormItem]) -> Vec<FindingView> {
    let said = |one: &FindingView| {
        items.iter().any(|item| match item {
            FormItem::Field(field) => field.findings.iter().any(|(_, other)| other == one),
            FormItem::Group { findings, .. } => findings.contains(one),
            FormItem::Add(_) => false,
        })
    };
    let here = desk.placed.iter().filter(|(_, one)| {
        Chosen::around(&one.at).within(&desk.outline) == desk.chosen && !said(one)
    });
    here.map(|(_, one)| one.clone()).collect()
}

fn title(desk: &Desk) -> String {
    let named = |name: &str| match name {
        "" => text::NO_NAME.to_owned(),
        name => name.to_owned(),
    };
    let stage = |stage: usize| {
        let stage = desk.outline.stages.get(stage);
        named(stage.map_or("", |stage| stage.name.as_str()))
    };
    match desk.chosen {
        Chosen::Pipeline => named(&desk.outline.name),
        Chosen::Stage(number) => stage(number),
        Chosen::Action(number, place) => {
            let action = desk.outline.action(number, place);
            let action = named(action.map_or("", |action| action.name.as_str()));
            text::path(&[stage(number), action])
        }
    }
}

/// Taking something away.
pub(super) fn removal(at: &str, what: &str) -> Press {
    Press {
        label: text::remove(what),
        change: Change::Remove { at: at.to_owned() },
    }
}

/// A form as it is being written.
pub(super) struct Form<'d, 'a> {
    pub(super) desk: &'d Desk<'a>,
    pub(super) items: Vec<FormItem>,
}

impl Form<'_, '_> {
    pub(super) fn structure(&mut self, at: &str, shape: &'static Shape, level: usize) {
        let order: &[&str] = match shape.name {
            "ActionDeclaration" => &ACTION_ORDER,
            "PipelineDeclaration" => &PIPELINE_ORDER,
            "StageDeclaration" => &STAGE_ORDER,
            _ => &[],
        };
        let rank = |member: &&Member| {
            let place = order.iter().position(|name| *name == member.name);
            place.unwrap_or(usize::MAX)
        };
        let mut members: Vec<&'static Member> = shape.members().iter().collect();
        sort_by_key(&mut members, rank);
        for member in members {
            let here = pointer::join(at, member.name);
            let takes = fields::takes(self.desk, at, member.name);
            let is_there = self.value(&here).is_some();
            if NOT_IN_A_FORM.contains(&member.name) || (!takes && !is_there) {
                continue;
            }
            if !fields::special(self, &here, member) {
                self.member(&here, member, level);
            }
        }
    }

    fn member(&mut self, at: &str, member: &'static Member, level: usize) {
        let shape = member.shape;
        match shape.kind {
            Kind::Map { value, .. } if at == stores::EACH => stores::stores(self, value, level),
            // There are others, and the way back stands beside them.
            Kind::Structure(_)
                if at == stores::ONE
                    && self.value(at).is_none()
                    && stores::by_region(self.desk.value) => {}
            Kind::Structure(_) if self.value(at).is_none() && !member.required => {
                self.add(
                    member.name,
                    at,
                    Change::Set {
                        at: at.to_owned(),
                        to: start::least(shape),
                    },
                );
            }
            Kind::Structure(_) => {
                let remove = (!member.required).then(|| removal(at, member.name));
                self.group(member.name.to_owned(), at, level, remove);
                self.structure(at, shape, level + 1);
            }
            Kind::List {
                member: item,
                length,
            } if matches!(item.kind, Kind::Structure(_)) => {
                let count = self.value(at).and_then(Value::as_array).map_or(0, Vec::len);
                for number in 0..count {
                    let here = pointer::join(at, &number.to_string());
                    let title = text::numbered(member.name, number + 1);
                    let remove = removal(&here, &title);
                    self.group(title, &here, level, Some(remove));
                    self.structure(&here, item, level + 1);
                }
                if length
                    .max
                    .is_none_or(|max| usize::try_from(max).is_ok_and(|max| count < max))
                {
                    self.add(
                        member.name,
                        at,
                        Change::Append {
                            at: at.to_owned(),
                            item: fields::one_more(self.desk, item),
                        },
                    );
                }
            }
            Kind::Map { .. } => {}
            _ => {
                let field = self.field(at, member.name, member.required, shape);
                self.items.push(FormItem::Field(Box::new(field)));
            }
        }
    }

    fn group(&mut self, title: String, at: &str, level: usize, remove: Option<Press>) {
        let here = self.desk.placed.iter().filter(|(_, one)| one.at == at);
        let findings = here.map(|(_, one)| one.clone()).collect();
        self.items.push(FormItem::Group {
            title,
            level,
            findings,
            remove,
            fold: None,
        });
    }

    pub(super) fn add(&mut self, what: &str, at: &str, change: Change) {
        self.found(what, at);
        self.items.push(FormItem::Add(Press {
            label: text::add(what),
            change,
        }));
    }

    /// Something else to do about a member that is absent.
    pub(super) fn press(&mut self, label: &str, at: &str, change: Change) {
        self.found(label, at);
        self.items.push(FormItem::Add(Press {
            label: label.to_owned(),
            change,
        }));
    }

    /// What was found at a member that is absent.
    fn found(&mut self, what: &str, at: &str) {
        let here = self.desk.placed.iter().filter(|(_, one)| one.at == at);
        let findings: Vec<FindingView> = here.map(|(_, one)| one.clone()).collect();
        if !findings.is_empty() {
            self.items.push(FormItem::Group {
                title: what.to_owned(),
                level: 0,
                findings,
                remove: None,
                fold: None,
            });
        }
    }

    /// A field of a plain value, or of a list of plain values.
    pub(super) fn field(
        &self,
        at: &str,
        label: &str,
        required: bool,
        shape: &'static Shape,
    ) -> EditField {
        let value = self.value(at);
        let is_list = matches!(shape.kind, Kind::List { .. });
        let kind = match shape.kind {
            Kind::Choice(values) => FieldKind::Choice(choices(values, required, value)),
            Kind::Boolean => FieldKind::Choice(choices(&["true", "false"], required, value)),
            Kind::List { .. } => FieldKind::Lines,
            _ => FieldKind::Text {
                secret: shape.sensitive,
                suggestions: fields::suggestions(self.desk, label),
            },
        };
        let is_name = at == "/name" && matches!(self.desk.draft.base, Base::Version { .. });
        EditField {
            at: at.to_owned(),
            label: label.to_owned(),
            required,
            help: help(label, is_list),
            value: value.map(shown).unwrap_or_default(),
            kind,
            variables: fields::variables(self.desk, at),
            findings: self.findings(at),
            remove: None,
            fixed: is_name.then(|| text::NAME_IS_FIXED.to_owned()),
        }
    }

    /// What was found at a field or in what it holds.
    pub(super) fn findings(&self, at: &str) -> Vec<(bool, FindingView)> {
        let here = self
            .desk
            .placed
            .iter()
            .filter(|(_, one)| inside(&one.at, at));
        here.cloned().collect()
    }

    pub(super) fn value(&self, at: &str) -> Option<&Value> {
        self.desk.value.pointer(at)
    }
}

fn help(label: &str, is_list: bool) -> String {
    match text::member_help(label) {
        "" if is_list => text::ONE_A_LINE.to_owned(),
        words => words.to_owned(),
    }
}

/// A value as a field holds it.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join("\n"),
        other => other.to_string(),
    }
}

/// The values of a choice; one that is none of them is still shown.
fn choices(values: &[&str], required: bool, value: Option<&Value>) -> Vec<FieldChoice> {
    let now = value.map(shown).unwrap_or_default();
    let plain = |value: &str, label: &str| FieldChoice {
        group: String::new(),
        value: value.to_owned(),
        label: label.to_owned(),
        disabled: false,
    };
    let mut choices = Vec::new();
    if !required || now.is_empty() {
        choices.push(plain("", text::LEFT_OUT));
    }
    choices.extend(values.iter().map(|value| plain(value, value)));
    if !now.is_empty() && !values.contains(&now.as_str()) {
        choices.push(plain(&now, &now));
    }
    choices
}
