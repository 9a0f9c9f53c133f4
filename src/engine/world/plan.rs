//! A declaration, made ready to run: what the scheduler asks of it again and again, worked out once per version.
//!
//! A plan is derived from the declaration and the catalogue; it is never stored.

use std::{collections::BTreeMap, rc::Rc};

use crate::{
    engine::{
        catalogue,
        declaration::{self, ConditionPlace},
    },
    model::{
        ActionDeclaration, Condition, ExecutionMode, PipelineDeclaration, RuleDeclaration,
        StageDeclaration,
    },
};

/// One version of a pipeline, ready to run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What was declared, with defaults filled in and secrets in clear.
    pub declaration: Rc<PipelineDeclaration>,
    /// The stages, in order.
    pub stages: Vec<StagePlan>,
    /// Which action makes an artifact.
    pub producers: BTreeMap<String, (u16, u16)>,
    /// Which action owns a namespace.
    pub namespaces: BTreeMap<String, (u16, u16)>,
    /// The execution mode.
    pub mode: ExecutionMode,
}

/// A stage, ready to run.
#[derive(Clone, Debug)]
pub struct StagePlan {
    /// Indices of the actions, grouped by ascending run order (ST-1), each group in declaration order (ST-5).
    pub groups: Vec<Vec<u16>>,
    /// The actions, in declaration order.
    pub actions: Vec<ActionPlan>,
}

/// An action, ready to run.
#[derive(Clone, Debug)]
pub struct ActionPlan {
    /// Its built-in type; `None` for a custom type.
    pub kind: Option<&'static catalogue::ActionType>,
    /// Which group of the stage it belongs to.
    pub group: u16,
    /// Whether its configuration refers to variables.
    pub refers: bool,
}

/// Every text of an action that may refer to variables (VA-16): configuration, commands, environment.
pub fn texts(action: &ActionDeclaration) -> impl Iterator<Item = &str> {
    let configuration = action
        .configuration
        .iter()
        .flatten()
        .map(|(_, value)| value);
    let commands = action.commands.iter().flatten();
    let environment = action.environment_variables.iter().flatten();
    configuration
        .chain(commands)
        .chain(environment.map(|variable| &variable.value))
        .map(String::as_str)
}

impl Plan {
    /// Works a declaration out. It has been checked before: indices fit into 16 bits because quotas say so.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "at most 50 stages and 1,000 actions (QT-5, QT-6)"
    )]
    pub fn new(declaration: Rc<PipelineDeclaration>) -> Self {
        let mut producers = BTreeMap::new();
        let mut namespaces = BTreeMap::new();
        let mut stages = Vec::with_capacity(declaration.stages.len());
        for (stage_index, stage) in declaration.stages.iter().enumerate() {
            let mut by_order: BTreeMap<i64, Vec<u16>> = BTreeMap::new();
            for (action_index, action) in stage.actions.iter().enumerate() {
                by_order
                    .entry(declaration::run_order(action))
                    .or_default()
                    .push(action_index as u16);
                let here = (stage_index as u16, action_index as u16);
                for artifact in action.output_artifacts.iter().flatten() {
                    producers.insert(artifact.name.clone(), here);
                }
                if let Some(namespace) = &action.namespace {
                    namespaces.insert(namespace.clone(), here);
                }
            }
            let mut groups = Vec::with_capacity(by_order.len());
            let mut actions: Vec<ActionPlan> = stage
                .actions
                .iter()
                .map(|action| ActionPlan {
                    kind: catalogue::find(
                        action.action_type_id.category,
                        action.action_type_id.owner,
                        &action.action_type_id.provider,
                        &action.action_type_id.version,
                    ),
                    group: 0,
                    refers: texts(action)
                        .any(|text| declaration::references(text).next().is_some()),
                })
                .collect();
            for (group_index, members) in by_order.into_values().enumerate() {
                for member in &members {
                    if let Some(action) = actions.get_mut(usize::from(*member)) {
                        action.group = group_index as u16;
                    }
                }
                groups.push(members);
            }
            stages.push(StagePlan { groups, actions });
        }
        let mode = declaration
            .execution_mode
            .unwrap_or(ExecutionMode::Superseded);
        Self {
            declaration,
            stages,
            producers,
            namespaces,
            mode,
        }
    }

    /// The declaration of a stage.
    ///
    /// # Panics
    /// When the index is not one of this plan's: a bug, since only plans issue indices.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "indices are issued by the plan itself; a foreign one is a bug and must be loud"
    )]
    pub fn stage(&self, stage: u16) -> &StageDeclaration {
        &self.declaration.stages[usize::from(stage)]
    }

    /// The declaration of an action.
    ///
    /// # Panics
    /// As [`Self::stage`].
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "as in `stage`")]
    pub fn action(&self, stage: u16, action: u16) -> &ActionDeclaration {
        &self.stage(stage).actions[usize::from(action)]
    }

    /// How an action runs.
    ///
    /// # Panics
    /// As [`Self::stage`].
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "as in `stage`")]
    pub fn action_plan(&self, stage: u16, action: u16) -> &ActionPlan {
        &self.stages[usize::from(stage)].actions[usize::from(action)]
    }

    /// How a stage runs.
    ///
    /// # Panics
    /// As [`Self::stage`].
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "as in `stage`")]
    pub fn stage_plan(&self, stage: u16) -> &StagePlan {
        &self.stages[usize::from(stage)]
    }

    /// The condition of a stage at a place.
    #[must_use]
    pub fn condition(&self, stage: u16, place: ConditionPlace) -> Option<&Condition> {
        declaration::condition(self.stage(stage), place)
    }

    /// The declaration of a rule.
    #[must_use]
    pub fn rule(&self, stage: u16, place: ConditionPlace, rule: u16) -> Option<&RuleDeclaration> {
        self.condition(stage, place)?
            .rules
            .as_ref()?
            .get(usize::from(rule))
    }

    /// The index of a stage by its name.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "at most 50 stages (QT-5)")]
    pub fn stage_index(&self, name: &str) -> Option<u16> {
        self.declaration
            .stages
            .iter()
            .position(|stage| stage.name == name)
            .map(|index| index as u16)
    }

    /// The index of an action by its name.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "at most 100 actions in a stage (SG-4)"
    )]
    pub fn action_index(&self, stage: u16, name: &str) -> Option<u16> {
        self.stage(stage)
            .actions
            .iter()
            .position(|action| action.name == name)
            .map(|index| index as u16)
    }

    /// How many stages there are.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "at most 50 stages (QT-5)")]
    pub fn stage_count(&self) -> u16 {
        self.stages.len() as u16
    }
}
