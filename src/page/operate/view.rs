//! What the page shows of a draft.

use serde_json::Value;

use super::{Draft, GROUPS, items};
use crate::{
    engine::Engine,
    model,
    page::{
        call_text::call_text,
        text::operate as text,
        view::{AnswerView, OperateForm, OperateView, OperationGroup},
    },
};

/// The list of operations.
#[must_use]
pub fn list() -> OperateView {
    let groups = GROUPS.iter().map(|(title, names)| OperationGroup {
        title,
        operations: names
            .iter()
            .filter_map(|name| model::operation(name))
            .map(|operation| (operation.name, operation.summary))
            .collect(),
    });
    OperateView {
        groups: groups.collect(),
        form: None,
    }
}

/// The form of a draft, and what would come of it now: found out on a copy of the world.
#[must_use]
pub fn view(engine: &Engine, draft: &Draft) -> OperateView {
    let (items, problems) = items(engine.world(), draft);
    let would = (problems == 0 && draft.broken().is_none()).then(|| {
        let rehearsal = engine.rehearse(draft.operation.name, draft.value().clone());
        rehearsal.answer.err()
    });
    let outlook = match would {
        None if draft.broken().is_some() => String::new(),
        None => text::problems(problems),
        Some(None) => String::new(),
        // Of what is missing it is said at its field once somebody was there.
        Some(Some(error)) if is_about_members(&error.message) => String::new(),
        Some(Some(error)) => text::would_be_refused(error.code.name(), &error.message),
    };
    let answer = draft.answer.as_ref().map(|answer| match &answer.said {
        Ok(said) => AnswerView {
            error: None,
            title: text::answer(&answer.at),
            text: match said {
                Value::Null => text::NO_ANSWER.to_owned(),
                said if draft.operation.output.is_none() && *said == serde_json::json!({}) => {
                    text::NO_ANSWER.to_owned()
                }
                said => serde_json::to_string_pretty(said).unwrap_or_default(),
            },
            next: draft.next_page().is_some(),
        },
        Err((name, message)) => AnswerView {
            error: Some(name.clone()),
            title: text::refused(&answer.at),
            text: message.clone(),
            next: false,
        },
    });
    OperateView {
        groups: Vec::new(),
        form: Some(OperateForm {
            name: draft.operation.name,
            summary: draft.operation.summary,
            items,
            text: draft.text().to_owned(),
            broken: draft.broken().map(str::to_owned),
            call: call_text(draft.operation.name, draft.value()),
            outlook,
            answer,
            changed: draft.changed(),
            ready: draft.broken().is_none() && !draft.busy,
        }),
    }
}

/// Whether an error is the one that the service has for what is missing or too long.
fn is_about_members(message: &str) -> bool {
    message.contains("validation error")
}
