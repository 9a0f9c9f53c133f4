//! StartPipelineExecution with values of pipeline variables and revisions.

use serde_json::{Value, json};

use super::{Desk, Sheet, check, option};
use crate::{
    model::SourceRevisionType,
    page::{
        drive::Deed,
        text::drive::start as words,
        view::{FormField, FormInput, FormView},
    },
};

pub fn sheet(desk: &Desk, like: Option<&str>) -> Sheet {
    let plan = desk.scene.plan;
    let declaration = &plan.declaration;
    // The revisions and values of an execution to start like.
    let like = like
        .and_then(|uuid| desk.scene.key().parse_execution(uuid))
        .filter(|id| id.pipeline == desk.scene.pipeline.id)
        .and_then(|id| desk.scene.pipeline.execution(id.number));
    let mut fields: Vec<FormField> = vec![];
    let mut paths: Vec<(String, String)> = vec![];
    let mut variables: Vec<Value> = vec![];
    for variable in declaration.variables.iter().flatten() {
        let id = format!("variables.{}", variable.name);
        let before = like.as_ref().and_then(|execution| {
            let mut values = execution.variables.iter();
            let found = values.find(|value| value.name.as_deref() == Some(&variable.name))?;
            found.resolved_value.clone()
        });
        let value = desk.draft.text(&id, &before.unwrap_or_default());
        if !value.is_empty() {
            variables.push(json!({ "name": variable.name, "value": value }));
            paths.push((
                format!("variables.{}.member.value", variables.len()),
                id.clone(),
            ));
        }
        let help = words::variable(
            variable.default_value.as_deref(),
            variable.description.as_deref(),
        );
        let mut field =
            FormField::new(id, variable.name.clone(), FormInput::line(value)).help(help);
        field.required = variable.default_value.is_none();
        fields.push(field);
    }
    let mut revisions: Vec<Value> = vec![];
    let sources = declaration
        .stages
        .first()
        .map(|stage| stage.actions.as_slice());
    let planned = plan.stages.first().map(|stage| stage.actions.as_slice());
    let both = sources
        .unwrap_or_default()
        .iter()
        .zip(planned.unwrap_or_default());
    for (index, (action, planned)) in (0_u16..).zip(both) {
        let types = planned
            .kind
            .map(|kind| kind.revision_types)
            .unwrap_or_default();
        let Some(first) = types.first() else { continue };
        let before = like.as_ref().and_then(|execution| {
            let product = execution.product(0, index)?;
            Some(product.revision.as_ref()?.id.clone())
        });
        let (id, kind_id) = (
            format!("sourceRevisions.{}", action.name),
            format!("sourceRevisions.{}.revisionType", action.name),
        );
        let value = desk.draft.text(&id, &before.unwrap_or_default());
        let kind = desk.draft.text(&kind_id, first.as_str());
        if !value.is_empty() {
            revisions.push(json!({
                "actionName": action.name, "revisionType": kind, "revisionValue": value,
            }));
            let path = format!("sourceRevisions.{}.member", revisions.len());
            paths.push((format!("{path}.revisionValue"), id.clone()));
            paths.push((format!("{path}.revisionType"), kind_id.clone()));
        }
        let now = crate::engine::rules::webhook::place(action, planned)
            .map(|place| desk.engine.world().revision_at(&place));
        let help = now.map(|revision| {
            words::newest(&super::super::details::revision_text(
                &revision.id,
                &revision.message,
            ))
        });
        let label = words::revision(&action.name);
        let input = FormInput::Text {
            value,
            lines: 1,
            mono: true,
        };
        fields.push(FormField::new(id, label, input).help(help.unwrap_or_default()));
        if types.len() > 1 {
            fields.push(revision_type(&action.name, &kind_id, &kind, types));
        }
    }
    let mut input = json!({ "name": desk.pipeline() });
    if let Some(members) = input.as_object_mut() {
        if !variables.is_empty() {
            members.insert("variables".to_owned(), variables.into());
        }
        if !revisions.is_empty() {
            members.insert("sourceRevisions".to_owned(), revisions.into());
        }
    }
    let deed = Deed::call("StartPipelineExecution", input);
    let touched = |field: &str| desk.draft.value(field).is_some();
    let ready = check::placed(&mut fields, &deed, touched, &paths);
    let outcome = desk.rehearse(&deed);
    let none = declaration.variables.iter().flatten().next().is_none();
    Sheet {
        view: FormView {
            title: words::title(desk.pipeline()),
            call: deed.name.to_owned(),
            intro: if none { words::NOTHING } else { words::INTRO }.to_owned(),
            fields,
            effects: outcome.effects,
            refusal: outcome.refusal,
            ready,
            press: words::PRESS.to_owned(),
            ..FormView::default()
        },
        deed: Some(deed),
    }
    .held()
}

fn revision_type(action: &str, id: &str, chosen: &str, types: &[SourceRevisionType]) -> FormField {
    let options = types.iter().map(|kind| {
        let name = kind.as_str();
        option(name, name, "", chosen)
    });
    FormField::new(
        id,
        words::revision_type(action),
        FormInput::Select(options.collect()),
    )
}
