//! What a member's shape does not say: the types that an action can have, the artifacts and variables that are there by
//! then, the keys of a configuration. All of it comes from the catalogue and the world.

use serde_json::{Value, json};

use super::available::{artifacts, variables as available_variables};
use super::change::{Change, Chosen};
use super::desk::Desk;
use super::form::{Form, removal};
use super::outline::type_id;
use super::{pointer, start};
use crate::engine::catalogue::{
    self, EnvironmentVariables, Property, RULE_TYPES, RequiredWhen, RuleType,
};
use crate::engine::declaration::{Definition, Position, REGIONS, definition, is_mask};
use crate::engine::world::World;
use crate::model::{ActionCategory, ActionTypeId, Member, PipelineType, Shape};
use crate::order::sort_by_key;
use crate::page::text::edit as text;
use crate::page::view::{EditField, FieldChoice, FieldKind, FormItem};

/// Whether a member can be used there: actions have members that only some types take.
pub(super) fn takes(desk: &Desk, at: &str, member: &str) -> bool {
    let Some(id) = desk.value.pointer(&format!("{at}/actionTypeId")) else {
        return true;
    };
    let built_in = type_id(id).and_then(|id| definition(&id, desk.world)?.built_in());
    match member {
        "commands" | "outputVariables" => built_in.is_some_and(|one| one.takes_commands),
        "environmentVariables" => {
            built_in.is_some_and(|one| one.environment_variables != EnvironmentVariables::None)
        }
        "timeoutInMinutes" => built_in.is_some_and(|one| one.category == ActionCategory::Approval),
        "region" => built_in.is_some_and(|one| one.cross_region() == Some(true)),
        "roleArn" => built_in.is_some_and(|one| one.action_role()),
        _ => true,
    }
}

/// What a list gets when somebody asks for one item more.
pub(super) fn one_more(desk: &Desk, shape: &Shape) -> Value {
    if shape.name != "PipelineTriggerDeclaration" {
        return start::least(shape);
    }
    let mut sources = desk.outline.actions().filter(|(_, _, action)| {
        let id = action.type_id.as_ref();
        id.is_some_and(|id| id.provider == "CodeStarSourceConnection")
    });
    let source = sources.next().map(|(_, _, action)| action.name.as_str());
    start::trigger(source.unwrap_or_default())
}

/// Writes a member that needs more than its shape. Says whether it did.
pub(super) fn special(form: &mut Form, at: &str, member: &Member) -> bool {
    let field = match member.name {
        "actionTypeId" => provider(form, at),
        "ruleTypeId" => rule_provider(form, at),
        "inputArtifacts" => {
            inputs(form, at);
            return true;
        }
        "outputArtifacts" => {
            outputs(form, at);
            return true;
        }
        "configuration" => {
            configuration(form, at);
            return true;
        }
        _ => return false,
    };
    form.items.push(FormItem::Field(Box::new(field)));
    true
}

pub(super) fn choice_field(
    form: &Form,
    at: &str,
    label: &str,
    value: String,
    choices: Vec<FieldChoice>,
) -> EditField {
    EditField {
        at: at.to_owned(),
        label: label.to_owned(),
        required: true,
        help: String::new(),
        value,
        kind: FieldKind::Choice(choices),
        variables: Vec::new(),
        findings: form.findings(at),
        remove: None,
        fixed: None,
    }
}

/// A type as a field holds it.
pub(super) fn type_value(id: &ActionTypeId) -> String {
    format!(
        "{}/{}/{}/{}",
        id.category, id.owner, id.provider, id.version
    )
}

fn provider(form: &Form, at: &str) -> EditField {
    let desk = form.desk;
    let now = form.value(at).and_then(type_id);
    let in_first = matches!(desk.chosen, Chosen::Action(0, _));
    let types = types_for(desk.world, desk.value, in_first).into_iter();
    let mut choices: Vec<FieldChoice> = types.map(|one| type_choice(&one.id, one.reason)).collect();
    let value = now.as_ref().map(type_value).unwrap_or_default();
    if let Some(now) = now
        .as_ref()
        .filter(|_| !choices.iter().any(|one| one.value == value))
    {
        choices.push(type_choice(now, None));
    }
    // One heading per category.
    sort_by_key(&mut choices, |one| ActionCategory::from_name(&one.group));
    choice_field(form, at, "actionTypeId", value, choices)
}

/// A type that an action may have.
pub(super) struct Offered {
    pub id: ActionTypeId,
    /// Why it cannot be chosen, if so.
    pub reason: Option<&'static str>,
    /// It can never stand there, whatever is changed.
    pub never: bool,
}

/// Every type of action, by category, for the first stage or any other one.
pub(super) fn types_for(world: &World, draft: &Value, in_first: bool) -> Vec<Offered> {
    let is_v1 =
        draft.get("pipelineType").and_then(Value::as_str) == Some(PipelineType::V1.as_str());
    let built_in = catalogue::action_types()
        .filter(|one| one.listed)
        .map(|one| {
            let id = ActionTypeId {
                category: one.category,
                owner: one.owner,
                provider: one.provider.to_owned(),
                version: one.version.to_owned(),
            };
            (id, one.v2_only)
        });
    let custom = world
        .custom_types()
        .map(|one| (one.shown.id.clone(), false));
    let mut types: Vec<Offered> = built_in
        .chain(custom)
        .map(|(id, v2_only)| {
            let is_source = id.category == ActionCategory::Source;
            let reason = if is_source && !in_first {
                Some(text::ONLY_FIRST)
            } else if in_first && !is_source {
                Some(text::NOT_FIRST)
            } else if v2_only && is_v1 {
                Some(text::NEEDS_V2)
            } else {
                None
            };
            Offered {
                id,
                reason,
                never: is_source != in_first,
            }
        })
        .collect();
    sort_by_key(&mut types, |one| one.id.category);
    types
}

fn type_choice(id: &ActionTypeId, reason: Option<&str>) -> FieldChoice {
    let name = text::provider(catalogue::display_name(&id.provider), &id.provider);
    let owner = id.owner.as_str();
    let label = if owner == "AWS" {
        name
    } else {
        text::with_owner(&name, owner, &id.version)
    };
    FieldChoice {
        group: id.category.as_str().to_owned(),
        value: type_value(id),
        label: reason.map_or(label.clone(), |reason| text::unusable(&label, reason)),
        disabled: reason.is_some(),
    }
}

fn rule_provider(form: &Form, at: &str) -> EditField {
    let value = form.value(at).and_then(|id| id.get("provider")?.as_str());
    let value = value.unwrap_or_default().to_owned();
    let mut names: Vec<&str> = RULE_TYPES.iter().map(|one| one.provider).collect();
    if !names.contains(&value.as_str()) {
        names.insert(0, &value);
    }
    let choices = names
        .into_iter()
        .map(|name| FieldChoice {
            group: String::new(),
            value: name.to_owned(),
            label: if name.is_empty() { text::NONE } else { name }.to_owned(),
            disabled: false,
        })
        .collect();
    choice_field(form, at, "ruleTypeId", value.clone(), choices)
}

/// When what a pointer is about runs, and so what it can see.
fn position(desk: &Desk, at: &str) -> Position {
    let (stage, run_order) = match Chosen::around(at) {
        Chosen::Action(stage, place) => {
            let action = desk.outline.action(stage, place);
            (stage, action.map_or(1, |action| action.run_order))
        }
        Chosen::Stage(stage) if at.contains("/beforeEntry") => (stage, i64::MIN),
        Chosen::Stage(stage) => (stage, i64::MAX),
        Chosen::Pipeline => (0, i64::MIN),
    };
    Position { stage, run_order }
}

/// The type of the action, or of the rule, that a member belongs to; neither where it is not known.
fn types<'a>(desk: &Desk<'a>, at: &str) -> (Option<Definition<'a>>, Option<&'static RuleType>) {
    let owner = pointer::parent(at).map_or("", |(owner, _)| owner);
    let id = desk.value.pointer(&format!("{owner}/actionTypeId"));
    let known = id
        .and_then(type_id)
        .and_then(|id| definition(&id, desk.world));
    let rule = desk.value.pointer(&format!("{owner}/ruleTypeId/provider"));
    let rule = rule.and_then(|name| catalogue::find_rule(name.as_str()?, "1"));
    (known, rule)
}

fn inputs(form: &mut Form, at: &str) {
    let desk = form.desk;
    let now: Vec<String> = form
        .value(at)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|one| super::outline::text(one, "name"))
        .collect();
    let (known, rule) = types(desk, at);
    let counts = known
        .map(Definition::inputs)
        .or(rule.map(|rule| rule.inputs));
    let (least, most) = counts.map_or((0, usize::MAX), |one| (one.min, one.max));
    let available = artifacts(&desk.outline, position(desk, at));
    let room = usize::from(now.len() < most && !available.is_empty());
    for number in 0..now.len() + room {
        let here = pointer::join(at, &number.to_string());
        let value = now.get(number).cloned().unwrap_or_default();
        let mut choices = vec![FieldChoice {
            group: String::new(),
            value: String::new(),
            label: text::NONE.to_owned(),
            disabled: false,
        }];
        choices.extend(available.iter().map(|one| FieldChoice {
            group: String::new(),
            value: one.name.clone(),
            label: match &one.reason {
                Some(reason) => text::unusable(&one.name, reason),
                None => text::from(&one.name, &one.stage, &one.action),
            },
            disabled: one.reason.is_some(),
        }));
        if !value.is_empty() && !choices.iter().any(|one| one.value == value) {
            choices.push(FieldChoice {
                group: String::new(),
                value: value.clone(),
                label: text::nobody_makes(&value),
                disabled: false,
            });
        }
        let field = EditField {
            required: number < least,
            // What is wrong with the list as a whole stands at its first field.
            findings: if number == 0 {
                let whole = desk.placed.iter().filter(|(_, one)| one.at == at);
                form.findings(&here)
                    .into_iter()
                    .chain(whole.cloned())
                    .collect()
            } else {
                form.findings(&here)
            },
            ..choice_field(form, &here, &text::input(number + 1), value, choices)
        };
        form.items.push(FormItem::Field(Box::new(field)));
    }
}

fn outputs(form: &mut Form, at: &str) {
    let desk = form.desk;
    let owner = pointer::parent(at).map_or("", |(owner, _)| owner);
    let id = desk.value.pointer(&format!("{owner}/actionTypeId"));
    let known = id
        .and_then(type_id)
        .and_then(|id| definition(&id, desk.world));
    let most = known.map_or(usize::MAX, |one| one.outputs().max);
    let count = form.value(at).and_then(Value::as_array).map_or(0, Vec::len);
    for number in 0..count {
        let here = pointer::join(at, &number.to_string());
        let name = pointer::join(&here, "name");
        let (Some(shape), Some(files)) = (
            pointer::shape(&name),
            pointer::shape(&pointer::join(&here, "files")),
        ) else {
            continue;
        };
        let label = text::output(number + 1);
        let field = EditField {
            label: label.clone(),
            remove: Some(removal(&here, &label)),
            help: String::new(),
            ..form.field(&name, "name", true, shape)
        };
        form.items.push(FormItem::Field(Box::new(field)));
        let has_files = takes(desk, owner, "commands");
        let list = pointer::join(&here, "files");
        if has_files || form.value(&list).is_some() {
            let field = form.field(&list, "files", false, files);
            form.items.push(FormItem::Field(Box::new(field)));
        }
    }
    if count < most {
        let action = match desk.chosen {
            Chosen::Action(stage, place) => desk.outline.action(stage, place),
            _ => None,
        };
        let wish = action.map_or_else(String::new, |action| format!("{}Output", action.name));
        let item = json!({ "name": desk.outline.free_artifact(&wish) });
        form.add(
            "outputArtifacts",
            at,
            Change::Append {
                at: at.to_owned(),
                item,
            },
        );
    }
}

/// One field per key that the type knows, and one per key that is there besides.
fn configuration(form: &mut Form, at: &str) {
    let desk = form.desk;
    let (known, rule) = types(desk, at);
    let properties: &[Property] = match (known, rule) {
        (Some(Definition::BuiltIn(one)), _) => one.properties,
        (_, Some(rule)) => rule.properties,
        _ => &[],
    };
    let custom = match known {
        Some(Definition::Custom(one)) => one.properties.as_slice(),
        _ => &[],
    };
    let mut keys: Vec<String> = Vec::new();
    for one in properties {
        keys.push(one.name.to_owned());
        let allowed = plain(one.allowed.iter().copied());
        let help = text::help(one.description, &more_help(one));
        key_field(form, at, one.name, one.required, one.secret, help, allowed);
    }
    for one in custom {
        keys.push(one.name.clone());
        key_field(
            form,
            at,
            &one.name,
            one.required,
            one.secret,
            String::new(),
            vec![],
        );
    }
    let there: Vec<String> = form
        .value(at)
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(|members| members.keys().cloned())
        .filter(|key| !keys.contains(key))
        .collect();
    for key in there {
        key_field(form, at, &key, false, false, String::new(), vec![]);
    }
}

fn more_help(property: &Property) -> Vec<String> {
    let default = property.default.map(text::usually);
    let running = match property.required_when {
        Some(RequiredWhen::Running(case)) => Some(text::required_running(case)),
        _ => None,
    };
    default.into_iter().chain(running).collect()
}

fn key_field(
    form: &mut Form,
    at: &str,
    key: &str,
    required: bool,
    secret: bool,
    help: String,
    suggestions: Vec<(String, String)>,
) {
    let here = pointer::join(at, key);
    let value = form
        .value(&here)
        .and_then(Value::as_str)
        .unwrap_or_default();
    let field = EditField {
        label: key.to_owned(),
        required,
        help,
        value: value.to_owned(),
        // A mask stands for a stored value and may be read.
        kind: FieldKind::Text {
            secret: secret && !is_mask(value),
            suggestions,
        },
        variables: variables(form.desk, &here),
        findings: form.findings(&here),
        at: here,
        remove: None,
        fixed: None,
    };
    form.items.push(FormItem::Field(Box::new(field)));
}

/// The references that can be put into a field.
pub(super) fn variables(desk: &Desk, at: &str) -> Vec<FieldChoice> {
    let takes = ["/configuration/", "/commands", "/environmentVariables/"];
    if !takes.iter().any(|part| at.contains(part)) || at.ends_with("/name") {
        return Vec::new();
    }
    let available = available_variables(&desk.outline, position(desk, at), desk.world);
    available
        .into_iter()
        .map(|one| FieldChoice {
            group: String::new(),
            label: match &one.reason {
                Some(reason) => text::unusable(&one.reference, reason),
                None => one.reference.clone(),
            },
            disabled: one.reason.is_some(),
            value: one.reference,
        })
        .collect()
}

/// Values that are called what they are.
fn plain<'a>(values: impl Iterator<Item = &'a str>) -> Vec<(String, String)> {
    values
        .map(|value| (value.to_owned(), String::new()))
        .collect()
}

/// Values that mean something, of members whose shape lists none.
pub(super) fn suggestions(desk: &Desk, member: &str) -> Vec<(String, String)> {
    match member {
        "region" => plain(REGIONS.iter().copied()),
        "sourceActionName" => plain(
            desk.outline
                .stages
                .first()
                .into_iter()
                .flat_map(|stage| &stage.actions)
                .map(|action| action.name.as_str()),
        ),
        _ => Vec::new(),
    }
}
