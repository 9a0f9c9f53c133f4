//! A declaration laid out for the rules: every action with its place and its type, every rule of a condition with
//! what it can see.

use super::conditions::{ConditionPlace, conditions};
use super::looking::{Looking, Part};
use super::{Context, normalise};
use crate::engine::catalogue::{
    self, ActionType, ArtifactCounts, EnvironmentVariables, RequiredWhen, RuleType,
};
use crate::model::{
    self, ActionCategory, ActionDeclaration, ActionOwner, ActionTypeId, Condition,
    PipelineDeclaration, PipelineType, RuleDeclaration, StageDeclaration,
};

/// What the rules need to know of an action type that is not built in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ActionTypeDefinition {
    /// The fewest and the most input artifacts.
    pub inputs: (usize, usize),
    /// The fewest and the most output artifacts.
    pub outputs: (usize, usize),
    /// The configuration properties, in declared order.
    pub properties: Vec<PropertyDefinition>,
    /// Whether any key is taken besides these, because nobody published which there are.
    pub open_configuration: bool,
}

/// What the rules need to know of one configuration property.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PropertyDefinition {
    /// The key in `configuration`.
    pub name: String,
    /// Whether a declaration without it is refused (AC-14).
    pub required: bool,
    /// Whether its value is shown as asterisks (S-2).
    pub secret: bool,
    /// Whether job workers can ask by its value (AC-20).
    pub queryable: bool,
}

impl From<&model::ActionType> for ActionTypeDefinition {
    fn from(one: &model::ActionType) -> Self {
        // The shape keeps counts between 0 and 5.
        let counts = |details: &model::ArtifactDetails| {
            let count = |number: i64| usize::try_from(number).unwrap_or_default();
            (count(details.minimum_count), count(details.maximum_count))
        };
        let properties = one.action_configuration_properties.iter().flatten();
        ActionTypeDefinition {
            inputs: counts(&one.input_artifact_details),
            outputs: counts(&one.output_artifact_details),
            properties: properties
                .map(|property| PropertyDefinition {
                    name: property.name.clone(),
                    required: property.required,
                    secret: property.secret,
                    queryable: property.queryable.unwrap_or(false),
                })
                .collect(),
            open_configuration: false,
        }
    }
}

/// Where the action types are that are not built in: the world, for the engine.
pub trait CustomTypes {
    /// The type with this id, or `None` when there is no such type (any more). A built-in one is found here where it
    /// was changed.
    fn find(&self, id: &ActionTypeId) -> Option<&ActionTypeDefinition>;

    /// The type with this id, also where it was deleted.
    fn remembered(&self, id: &ActionTypeId) -> Option<&ActionTypeDefinition> {
        self.find(id)
    }
}

/// A place without any custom type.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoCustomTypes;

impl CustomTypes for NoCustomTypes {
    fn find(&self, _: &ActionTypeId) -> Option<&ActionTypeDefinition> {
        None
    }
}

/// An action type as the rules see it, wherever it comes from.
#[derive(Clone, Copy, Debug)]
pub enum Definition<'a> {
    /// One that the service ships with.
    BuiltIn(&'static ActionType),
    /// One of the world.
    Custom(&'a ActionTypeDefinition),
}

/// One property of either kind of type.
#[derive(Clone, Copy, Debug)]
pub(super) struct PropertyFacts<'a> {
    pub(super) name: &'a str,
    pub(super) required: bool,
    pub(super) required_when: Option<RequiredWhen>,
    pub(super) secret: bool,
    pub(super) queryable: bool,
    pub(super) reference: catalogue::Reference,
}

/// The type with this id, built in or of the world (AC-3).
pub fn definition<'a>(
    id: &ActionTypeId,
    custom_types: &'a dyn CustomTypes,
) -> Option<Definition<'a>> {
    let known = custom_types.find(id).map(Definition::Custom);
    known.or_else(|| built_in(id))
}

/// As [`definition`], and of a type that was deleted what it was.
pub(super) fn remembered<'a>(
    id: &ActionTypeId,
    custom_types: &'a dyn CustomTypes,
) -> Option<Definition<'a>> {
    let known = custom_types.remembered(id).map(Definition::Custom);
    known.or_else(|| built_in(id))
}

fn built_in(id: &ActionTypeId) -> Option<Definition<'static>> {
    catalogue::find(id.category, id.owner, &id.provider, &id.version).map(Definition::BuiltIn)
}

impl<'a> Definition<'a> {
    /// How many input artifacts a declaration may name.
    pub fn inputs(self) -> ArtifactCounts {
        match self {
            Definition::BuiltIn(one) => one.inputs,
            Definition::Custom(one) => counts(one.inputs),
        }
    }

    /// How many output artifacts a declaration may name.
    pub fn outputs(self) -> ArtifactCounts {
        match self {
            Definition::BuiltIn(one) => one.outputs,
            Definition::Custom(one) => counts(one.outputs),
        }
    }

    /// The built-in type, if it is one.
    pub fn built_in(self) -> Option<&'static ActionType> {
        match self {
            Definition::BuiltIn(one) => Some(one),
            Definition::Custom(_) => None,
        }
    }

    pub(super) fn takes_commands(self) -> bool {
        self.built_in().is_some_and(|one| one.takes_commands)
    }

    pub(super) fn environment_variables(self) -> EnvironmentVariables {
        self.built_in()
            .map_or(EnvironmentVariables::None, |one| one.environment_variables)
    }

    /// Whether any key is taken because nobody published which keys there are.
    pub(super) fn open_configuration(self) -> bool {
        match self {
            Definition::BuiltIn(one) => one.open_configuration,
            Definition::Custom(one) => one.open_configuration,
        }
    }

    pub(super) fn properties(self) -> impl Iterator<Item = PropertyFacts<'a>> {
        let (built_in, custom): (&'static [catalogue::Property], &'a [PropertyDefinition]) =
            match self {
                Definition::BuiltIn(one) => (one.properties, &[]),
                Definition::Custom(one) => (&[], &one.properties),
            };
        built_in
            .iter()
            .map(PropertyFacts::from)
            .chain(custom.iter().map(PropertyFacts::from))
    }
}

fn counts((min, max): (usize, usize)) -> ArtifactCounts {
    ArtifactCounts { min, max }
}

impl<'a> From<&'static catalogue::Property> for PropertyFacts<'a> {
    fn from(one: &'static catalogue::Property) -> Self {
        PropertyFacts {
            name: one.name,
            required: one.required,
            required_when: one.required_when,
            secret: one.secret,
            queryable: false,
            reference: one.reference,
        }
    }
}

impl<'a> From<&'a PropertyDefinition> for PropertyFacts<'a> {
    fn from(one: &'a PropertyDefinition) -> Self {
        PropertyFacts {
            name: &one.name,
            required: one.required,
            required_when: None,
            secret: one.secret,
            queryable: one.queryable,
            reference: catalogue::Reference::Nothing,
        }
    }
}

/// When an action runs, relative to the others of its pipeline: the stage, then the run order within it. An action
/// surely runs before another exactly when its position is smaller (AC-10, VA-12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The stage, counted from 0.
    pub stage: usize,
    /// The run order in the stage; actions with the same one run together.
    pub run_order: i64,
}

/// The run order of an action: 1 if it names none (AC-5).
pub fn run_order(action: &ActionDeclaration) -> i64 {
    action.run_order.unwrap_or(1)
}

/// The names of the artifacts that an action makes.
pub fn output_artifacts(action: &ActionDeclaration) -> impl Iterator<Item = &str> {
    action
        .output_artifacts
        .iter()
        .flatten()
        .map(|artifact| artifact.name.as_str())
}

/// The names of the artifacts that an action takes.
pub(super) fn input_artifacts(action: &ActionDeclaration) -> impl Iterator<Item = &str> {
    action
        .input_artifacts
        .iter()
        .flatten()
        .map(|artifact| artifact.name.as_str())
}

/// An action in its place.
pub(super) struct PlacedAction<'a> {
    pub(super) stage: &'a StageDeclaration,
    pub(super) action: &'a ActionDeclaration,
    pub(super) part: Part,
    pub(super) position: Position,
    /// `None` for an unknown type; every rule after AC-3 may pass over it.
    pub(super) definition: Option<Definition<'a>>,
}

impl PlacedAction<'_> {
    pub(super) fn is_source(&self) -> bool {
        self.action.action_type_id.category == ActionCategory::Source
    }

    pub(super) fn is(&self, category: ActionCategory, provider: &str) -> bool {
        let id = &self.action.action_type_id;
        id.category == category && id.owner == ActionOwner::Aws && id.provider == provider
    }

    /// The value of a configuration key.
    pub(super) fn value(&self, key: &str) -> Option<&str> {
        let configuration = self.action.configuration.as_ref()?;
        configuration.get(key).map(String::as_str)
    }
}

/// A condition in its place.
pub(super) struct PlacedCondition<'a> {
    pub(super) stage: &'a StageDeclaration,
    pub(super) part: Part,
    pub(super) place: ConditionPlace,
    pub(super) condition: &'a Condition,
}

/// A rule of a condition in its place.
pub(super) struct PlacedRule<'a> {
    pub(super) stage: &'a StageDeclaration,
    pub(super) part: Part,
    pub(super) rule: &'a RuleDeclaration,
    /// `None` for an unknown type; every rule after SG-18 may pass over it.
    pub(super) rule_type: Option<&'static RuleType>,
    /// The rule sees what actions before this position made (SG-17).
    pub(super) sees_before: Position,
}

/// A declaration, laid out.
pub(super) struct Subject<'a> {
    pub(super) declaration: &'a PipelineDeclaration,
    pub(super) context: &'a Context<'a>,
    /// The pipeline's type, declared or concluded (VT-10).
    pub(super) pipeline_type: PipelineType,
    pub(super) actions: Vec<PlacedAction<'a>>,
    pub(super) conditions: Vec<PlacedCondition<'a>>,
    pub(super) rules: Vec<PlacedRule<'a>>,
    /// Where the rule that is being asked looks.
    pub(super) looking: Looking,
}

impl<'a> Subject<'a> {
    pub(super) fn new(declaration: &'a PipelineDeclaration, context: &'a Context<'a>) -> Self {
        let mut actions = Vec::new();
        let mut placed_conditions = Vec::new();
        let mut rules = Vec::new();
        for (stage_number, stage) in declaration.stages.iter().enumerate() {
            for (number, action) in stage.actions.iter().enumerate() {
                actions.push(PlacedAction {
                    stage,
                    action,
                    part: Part::Action(stage_number, number),
                    position: Position {
                        stage: stage_number,
                        run_order: run_order(action),
                    },
                    definition: definition(&action.action_type_id, context.custom_types),
                });
            }
            for (place, condition) in conditions(stage) {
                placed_conditions.push(PlacedCondition {
                    stage,
                    part: Part::Condition(stage_number, place),
                    place,
                    condition,
                });
                let sees_before = Position {
                    stage: stage_number,
                    run_order: match place {
                        ConditionPlace::BeforeEntry => i64::MIN,
                        ConditionPlace::OnSuccess | ConditionPlace::OnFailure => i64::MAX,
                    },
                };
                let numbered = condition.rules.iter().flatten().enumerate();
                rules.extend(numbered.map(|(number, rule)| PlacedRule {
                    stage,
                    part: Part::Rule(stage_number, place, number),
                    rule,
                    rule_type: super::conditions::rule_type(&rule.rule_type_id),
                    sees_before,
                }));
            }
        }
        Subject {
            declaration,
            context,
            pipeline_type: normalise::pipeline_type(declaration),
            actions,
            conditions: placed_conditions,
            rules,
            looking: Looking::default(),
        }
    }

    /// The stages, each looked at as it is given out.
    pub(super) fn stages(&self) -> impl Iterator<Item = &'a StageDeclaration> {
        let stages = self.declaration.stages.iter().enumerate();
        stages.map(|(number, stage)| {
            self.looking.at(Part::Stage(number));
            stage
        })
    }

    /// The actions to judge, each looked at as it is given out. Who only looks something up goes through the field.
    pub(super) fn actions(&self) -> impl Iterator<Item = &PlacedAction<'a>> {
        self.actions
            .iter()
            .filter(|placed| !self.looking.heard(placed.part))
            .inspect(|placed| self.looking.at(placed.part))
    }

    /// The conditions, each looked at as it is given out.
    pub(super) fn conditions(&self) -> impl Iterator<Item = &PlacedCondition<'a>> {
        self.conditions
            .iter()
            .inspect(|placed| self.looking.at(placed.part))
    }

    /// The rules of conditions, each looked at as it is given out.
    pub(super) fn rules(&self) -> impl Iterator<Item = &PlacedRule<'a>> {
        self.rules
            .iter()
            .inspect(|placed| self.looking.at(placed.part))
    }

    /// The actions to judge whose type is known, each with it.
    pub(super) fn known_actions(
        &self,
    ) -> impl Iterator<Item = (&PlacedAction<'a>, Definition<'a>)> {
        self.actions()
            .filter_map(|placed| placed.definition.map(|definition| (placed, definition)))
    }

    /// The rules of conditions whose type is known, each with it.
    pub(super) fn known_rules(&self) -> impl Iterator<Item = (&PlacedRule<'a>, &'static RuleType)> {
        self.rules()
            .filter_map(|placed| placed.rule_type.map(|rule_type| (placed, rule_type)))
    }
}
