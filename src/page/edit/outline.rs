//! A draft as far as it can be read: names, types, run orders, artifacts. A draft may be anything that is JSON, so
//! nothing is taken for granted; what cannot be read counts as absent.

use serde_json::Value;

use crate::engine::declaration::Position;
use crate::model::{ActionCategory, ActionOwner, ActionTypeId};

/// The stages of a draft.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// Name of the pipeline.
    pub name: String,
    /// Its stages.
    pub stages: Vec<Stage>,
    /// The names of its variables.
    pub variables: Vec<String>,
}

/// A stage of a draft.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stage {
    /// Its name.
    pub name: String,
    /// Its actions, in declaration order.
    pub actions: Vec<Action>,
}

/// An action of a draft.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Action {
    /// Its name.
    pub name: String,
    /// Its type, if it has the form of one.
    pub type_id: Option<ActionTypeId>,
    /// 1 where it names none.
    pub run_order: i64,
    /// The artifacts it takes.
    pub inputs: Vec<String>,
    /// The artifacts it makes.
    pub outputs: Vec<String>,
    /// Where its variables can be found.
    pub namespace: Option<String>,
    /// The names of variables that it declares itself.
    pub output_variables: Vec<String>,
}

impl Outline {
    /// Reads a draft.
    #[must_use]
    pub fn of(draft: &Value) -> Self {
        Self {
            name: text(draft, "name"),
            stages: items(draft, "stages").map(stage).collect(),
            variables: names(draft, "variables"),
        }
    }

    /// An action by stage and place.
    #[must_use]
    pub fn action(&self, stage: usize, action: usize) -> Option<&Action> {
        self.stages.get(stage)?.actions.get(action)
    }

    /// Every action with its stage, its place and its position in time.
    pub fn actions(&self) -> impl Iterator<Item = ((usize, usize), &Stage, &Action)> {
        self.stages.iter().enumerate().flat_map(|(number, stage)| {
            let actions = stage.actions.iter().enumerate();
            actions.map(move |(place, action)| ((number, place), stage, action))
        })
    }

    /// A name with this beginning that no stage has.
    #[must_use]
    pub fn free_stage(&self, wish: &str) -> String {
        free(wish, |name| self.stages.iter().any(|one| one.name == name))
    }

    /// A name with this beginning that no artifact of the pipeline has, and no namespace (VA-2).
    #[must_use]
    pub fn free_artifact(&self, wish: &str) -> String {
        let wish: String = wish
            .chars()
            .map(|letter| {
                let fits = letter.is_ascii_alphanumeric() || letter == '_' || letter == '-';
                if fits { letter } else { '_' }
            })
            .collect();
        free(&wish, |name| {
            self.actions().any(|(_, _, action)| {
                action.outputs.iter().any(|one| one == name)
                    || action.namespace.as_deref() == Some(name)
            })
        })
    }

    /// A name with this beginning that no namespace has.
    #[must_use]
    pub fn free_namespace(&self, wish: &str) -> String {
        self.free_artifact(wish)
    }
}

impl Stage {
    /// A name with this beginning that no action of the stage has.
    #[must_use]
    pub fn free_action(&self, wish: &str) -> String {
        free(wish, |name| self.actions.iter().any(|one| one.name == name))
    }

    /// The run orders of the stage, ascending, each with the places of its actions.
    #[must_use]
    pub fn columns(&self) -> Vec<(i64, Vec<usize>)> {
        let mut columns: std::collections::BTreeMap<i64, Vec<usize>> = Default::default();
        for (place, action) in self.actions.iter().enumerate() {
            columns.entry(action.run_order).or_default().push(place);
        }
        columns.into_iter().collect()
    }
}

impl Action {
    /// When the action runs, relative to the others.
    #[must_use]
    pub fn position(&self, stage: usize) -> Position {
        Position {
            stage,
            run_order: self.run_order,
        }
    }
}

/// The wished name, else with a number after it.
pub fn free(wish: &str, taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2_u32..).map(|number| format!("{wish}{number}"));
    std::iter::once(wish.to_owned())
        .chain(numbered)
        .find(|name| !taken(name))
        .unwrap_or_default()
}

fn stage(stage: &Value) -> Stage {
    Stage {
        name: text(stage, "name"),
        actions: items(stage, "actions").map(action).collect(),
    }
}

fn action(action: &Value) -> Action {
    Action {
        name: text(action, "name"),
        type_id: action.get("actionTypeId").and_then(type_id),
        run_order: action.get("runOrder").and_then(Value::as_i64).unwrap_or(1),
        inputs: names(action, "inputArtifacts"),
        outputs: names(action, "outputArtifacts"),
        namespace: Some(text(action, "namespace")).filter(|name| !name.is_empty()),
        output_variables: items(action, "outputVariables")
            .filter_map(|one| one.as_str().map(str::to_owned))
            .collect(),
    }
}

/// The type that four members name, if they do.
pub fn type_id(id: &Value) -> Option<ActionTypeId> {
    Some(ActionTypeId {
        category: ActionCategory::from_name(id.get("category")?.as_str()?)?,
        owner: ActionOwner::from_name(id.get("owner")?.as_str()?)?,
        provider: id.get("provider")?.as_str()?.to_owned(),
        version: id.get("version")?.as_str()?.to_owned(),
    })
}

/// A text member; empty where there is none.
pub fn text(value: &Value, member: &str) -> String {
    let text = value.get(member).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}

/// The items of a list; none where there is no list.
pub fn items<'a>(value: &'a Value, member: &str) -> std::slice::Iter<'a, Value> {
    let list = value.get(member).and_then(Value::as_array);
    list.map(Vec::as_slice).unwrap_or_default().iter()
}

fn names(value: &Value, member: &str) -> Vec<String> {
    items(value, member).map(|one| text(one, "name")).collect()
}
