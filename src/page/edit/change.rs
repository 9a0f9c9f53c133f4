//! Everything that can be done to a draft, as values. Applying one never fails: what it is about may be gone, and then
//! nothing happens. Nothing is checked either; what a change makes wrong is told by [`super::findings`].

use serde_json::{Value, json};

use super::moves::{self, Move, Slot};
use super::outline::Outline;
use super::{pointer, provider, rename, start};
use crate::engine::declaration::CustomTypes;
use crate::json::to_value;
use crate::model::ActionTypeId;

/// What the editor is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Chosen {
    /// The pipeline itself.
    #[default]
    Pipeline,
    /// A stage, counted from 0.
    Stage(usize),
    /// An action by stage and place in it, both counted from 0.
    Action(usize, usize),
}

impl Chosen {
    /// Its JSON pointer.
    #[must_use]
    pub fn pointer(self) -> String {
        match self {
            Chosen::Pipeline => String::new(),
            Chosen::Stage(stage) => format!("/stages/{stage}"),
            Chosen::Action(stage, action) => format!("/stages/{stage}/actions/{action}"),
        }
    }

    /// The smallest thing that can be chosen around what a pointer names.
    #[must_use]
    pub fn around(at: &str) -> Self {
        let parts = pointer::parts(at);
        let number = |index: usize| parts.get(index).and_then(|part| part.parse().ok());
        let is = |index: usize, name: &str| parts.get(index).is_some_and(|part| part == name);
        match (number(1), number(3)) {
            (Some(stage), Some(action)) if is(0, "stages") && is(2, "actions") => {
                Chosen::Action(stage, action)
            }
            (Some(stage), _) if is(0, "stages") => Chosen::Stage(stage),
            _ => Chosen::Pipeline,
        }
    }

    /// Itself where it is there, else what was around it.
    #[must_use]
    pub fn within(self, outline: &Outline) -> Self {
        match self {
            Chosen::Action(stage, action) if outline.action(stage, action).is_some() => self,
            Chosen::Stage(stage) | Chosen::Action(stage, _) if stage < outline.stages.len() => {
                Chosen::Stage(stage)
            }
            _ => Chosen::Pipeline,
        }
    }
}

/// One thing that is done to a draft. Places are JSON pointers.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// The text is this now.
    Text(String),
    /// A member or an item has this value.
    Set {
        /// What.
        at: String,
        /// Its value.
        to: Value,
    },
    /// A member or an item goes.
    Remove {
        /// What.
        at: String,
    },
    /// A list gets one item more.
    Append {
        /// The list, which may be absent yet.
        at: String,
        /// The item.
        item: Value,
    },
    /// A name becomes another, and what refers to it follows.
    Rename {
        /// The name.
        at: String,
        /// The other name.
        to: String,
    },
    /// An action does something else.
    Provider {
        /// Its stage.
        stage: usize,
        /// Its place.
        action: usize,
        /// What it does now.
        id: ActionTypeId,
    },
    /// A stage more, with an action in it.
    AddStage {
        /// Before which it comes; the number of stages for the end.
        at: usize,
    },
    /// A stage goes elsewhere on the line.
    MoveStage {
        /// Which.
        from: usize,
        /// Before which of the others it comes.
        to: usize,
    },
    /// An action more.
    AddAction {
        /// Its stage.
        stage: usize,
        /// Where in it.
        slot: Slot,
    },
    /// An action goes elsewhere.
    MoveAction {
        /// Its stage.
        stage: usize,
        /// Its place.
        action: usize,
        /// Where to.
        to: Move,
    },
    /// Several at once, as one step.
    Several(Vec<Change>),
}

impl Change {
    /// What a run of such changes is about, for changes that come letter by letter.
    #[must_use]
    pub fn place(&self) -> Option<String> {
        match self {
            Change::Set { at, .. } | Change::Rename { at, .. } => Some(at.clone()),
            Change::Remove { at } => Some(at.clone()).filter(|at| is_a_text(at)),
            _ => None,
        }
    }
}

/// Emptying a field is typing; taking a part away is not.
fn is_a_text(at: &str) -> bool {
    let in_a_list = at
        .rsplit('/')
        .next()
        .is_some_and(|part| part.parse::<usize>().is_ok());
    !in_a_list
}

/// Does it. Says what is to be chosen then, if the change is about it.
pub(super) fn apply(draft: &mut Value, change: &Change, types: &dyn CustomTypes) -> Option<Chosen> {
    match change {
        Change::Text(_) => None,
        Change::Set { at, to } => {
            pointer::set(draft, at, to.clone());
            None
        }
        Change::Remove { at } => {
            pointer::remove(draft, at);
            let whole = Chosen::around(at).pointer() == *at;
            whole.then(|| match Chosen::around(at) {
                Chosen::Action(stage, action) => Chosen::Action(stage, action.saturating_sub(1)),
                _ => Chosen::Pipeline,
            })
        }
        Change::Append { at, item } => {
            let end = draft.pointer(at).and_then(Value::as_array);
            let end = end.map_or(0, Vec::len).to_string();
            pointer::set(draft, &pointer::join(at, &end), item.clone());
            None
        }
        Change::Rename { at, to } => {
            rename::rename(draft, at, to, types);
            None
        }
        Change::Provider { stage, action, id } => {
            provider::set(draft, *stage, *action, id, types);
            None
        }
        Change::AddStage { at } => add_stage(draft, *at, types),
        Change::MoveStage { from, to } => {
            let stages = draft.get_mut("stages").and_then(Value::as_array_mut)?;
            if *from >= stages.len() {
                return None;
            }
            let stage = stages.remove(*from);
            let to = (*to).min(stages.len());
            stages.insert(to, stage);
            Some(Chosen::Stage(to))
        }
        Change::AddAction { stage, slot } => add_action(draft, *stage, *slot, types),
        Change::MoveAction { stage, action, to } => moves::move_action(draft, *stage, *action, *to),
        Change::Several(changes) => changes
            .iter()
            .filter_map(|change| apply(draft, change, types))
            .last(),
    }
}

fn add_stage(draft: &mut Value, at: usize, types: &dyn CustomTypes) -> Option<Chosen> {
    let outline = Outline::of(draft);
    let wish = if at == 0 { "Source" } else { "Stage" };
    let stage = json!({ "name": outline.free_stage(wish), "actions": [] });
    if !draft.get("stages").is_some_and(Value::is_array) {
        pointer::set(draft, "/stages", json!([]));
    }
    let stages = draft.get_mut("stages").and_then(Value::as_array_mut)?;
    let at = at.min(stages.len());
    stages.insert(at, stage);
    add_action(draft, at, Slot::With(1), types)?;
    Some(Chosen::Stage(at))
}

fn add_action(
    draft: &mut Value,
    stage: usize,
    slot: Slot,
    types: &dyn CustomTypes,
) -> Option<Chosen> {
    let id = start::usual_type(stage);
    let run_order = moves::make_room(draft, stage, slot)?;
    let outline = Outline::of(draft);
    let name = outline
        .stages
        .get(stage)?
        .free_action(start::usual_name(id.category));
    let action = json!({ "name": name, "actionTypeId": to_value(&id), "runOrder": run_order });
    let list = format!("/stages/{stage}/actions");
    if draft.pointer(&list).is_none_or(|list| !list.is_array()) {
        pointer::set(draft, &list, json!([]));
    }
    let actions = draft.pointer_mut(&list).and_then(Value::as_array_mut)?;
    actions.push(action);
    let place = actions.len() - 1;
    provider::set(draft, stage, place, &id, types);
    Some(Chosen::Action(stage, place))
}
