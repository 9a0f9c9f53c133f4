//! The live check: the limits of the model, and what is wrong with a value put at the field it belongs to.

use crate::{
    model::{self, ViolationKind},
    page::{
        drive::Deed,
        view::{FormField, FormInput},
    },
};

/// Puts what is wrong with the input of an operation at its fields. A field may be known by another path: `paths` says
/// so. Says whether every required field has a value.
pub fn fields(fields: &mut [FormField], deed: &Deed, touched: impl Fn(&str) -> bool) -> bool {
    placed(fields, deed, touched, &[])
}

/// As [`fields`]; `paths` are pairs of a path and the field that it means.
pub fn placed(
    fields: &mut [FormField],
    deed: &Deed,
    touched: impl Fn(&str) -> bool,
    paths: &[(String, String)],
) -> bool {
    if let Some(operation) = model::operation(deed.name) {
        for violation in model::violations(operation.input, "", deed.input.clone()) {
            let id = paths
                .iter()
                .find(|(path, _)| *path == violation.path)
                .map_or(violation.path.as_str(), |(_, field)| field);
            let said = match violation.kind {
                ViolationKind::LateLimit { message } => message.to_owned(),
                ViolationKind::Constraint | ViolationKind::Conversion => violation.constraint,
            };
            let field = fields.iter_mut().find(|field| field.id == id);
            // What nobody has filled in yet is not called wrong.
            if let Some(field) = field.filter(|field| touched(&field.id)) {
                field.problem.get_or_insert(said);
            }
        }
    }
    fields
        .iter()
        .all(|field| field.problem.is_none() && !(field.required && is_empty(field)))
}

fn is_empty(field: &FormField) -> bool {
    match &field.input {
        FormInput::Text { value, .. } => value.is_empty(),
        FormInput::Options(options) | FormInput::Select(options) => !options
            .iter()
            .any(|option| option.chosen && option.refused.is_none()),
    }
}
