//! A declaration of the right shape on its way into a world: what it asks, and what comes of the choices.

use std::{collections::BTreeSet, rc::Rc};

use serde_json::{Value, json};

use super::choices::{Choices, NameChoice, Question, RegionChoice, TypesChoice};
use super::custom_types::{Available, Proposal, proposals};
use super::found::Found;
use super::problem::{Problem, plain, refusal};
use super::secrets::{Secrets, unmask};
use super::text;
use crate::engine::{
    Engine,
    declaration::{Context, check_tag_count, check_tags, refusal as broken_rule},
    world::{Options, World, custom_type::MOST_CUSTOM_TYPES},
};
use crate::json::to_value;
use crate::model::{
    self, CreatePipelineInput, ExecutionMode, PipelineDeclaration, PipelineName, Tag,
};
use crate::order::gathered;

/// The longest name of a pipeline (the shape's limit).
const LONGEST_NAME: usize = 100;

/// What an import does, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// A new world in this Region has to be opened first; the calls go there.
    pub new_world: Option<String>,
    /// The calls, to be made in this order. None of them is to be made when one before it was refused.
    pub steps: Vec<Step>,
}

/// A call with its input.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// CreateCustomActionType.
    CreateCustomActionType(Value),
    /// CreatePipeline, which starts one execution.
    CreatePipeline(Value),
    /// UpdatePipeline, which starts none.
    UpdatePipeline(Value),
}

impl Step {
    /// Operation and input.
    #[must_use]
    pub fn call(self) -> (&'static str, Value) {
        match self {
            Step::CreateCustomActionType(input) => ("CreateCustomActionType", input),
            Step::CreatePipeline(input) => ("CreatePipeline", input),
            Step::UpdatePipeline(input) => ("UpdatePipeline", input),
        }
    }
}

/// A declaration of the right shape, and what the world says to it.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// What was found.
    pub found: Found,
    /// Members that the service does not know and leaves out.
    pub ignored: Vec<String>,
    /// Every custom action type that is used, known here or not.
    pub proposals: Vec<Proposal>,
    declaration: PipelineDeclaration,
    tags: Option<Vec<Tag>>,
    here: Options,
    names: BTreeSet<Rc<str>>,
    existing: Option<Existing>,
    proposed_name: String,
}

/// The pipeline that has the name already.
#[derive(Clone, Debug)]
struct Existing {
    declaration: Rc<PipelineDeclaration>,
    version: u32,
    cancelled: usize,
}

/// What comes of a candidate with certain choices.
pub(super) struct Outcome {
    /// What would be done.
    pub(super) plan: Plan,
    /// What stands against it.
    pub(super) problems: Vec<Problem>,
    /// What is wrong with the new name; also one of `problems`.
    pub(super) name_problem: Option<String>,
    /// What became of masked secrets.
    pub(super) secrets: Secrets,
    /// The version that UpdatePipeline would save, if that is what happens.
    pub(super) updates_to: Option<u32>,
    /// The operation that would refuse, where there are problems.
    pub(super) refuses: &'static str,
}

impl Candidate {
    pub(super) fn new(
        found: Found,
        input: CreatePipelineInput,
        ignored: Vec<String>,
        world: &World,
    ) -> Self {
        let declaration = input.pipeline;
        let pipelines = world.pipelines_by_name();
        let names: BTreeSet<Rc<str>> = gathered(pipelines.map(|pipeline| pipeline.name().into()));
        let existing = world.pipeline_named(&declaration.name);
        let existing = existing.map(|pipeline| Existing {
            declaration: Rc::clone(&pipeline.current().plan.declaration),
            version: pipeline.version(),
            cancelled: pipeline
                .executions
                .values()
                .filter(|one| one.active() && one.mode != ExecutionMode::Parallel)
                .count(),
        });
        Self {
            proposals: proposals(&declaration, world),
            proposed_name: free_name(&declaration.name, &names),
            here: world.options.clone(),
            tags: input.tags,
            found,
            ignored,
            declaration,
            names,
            existing,
        }
    }

    pub(super) fn choices(&self) -> Choices {
        Choices {
            new_name: self.proposed_name.clone(),
            ..Choices::default()
        }
    }

    /// The Region of the declaration, where it is another than the world's.
    fn other_region(&self) -> Option<&str> {
        let (region, _) = self.found.region.as_ref()?;
        (*region != self.here.region).then_some(region.as_str())
    }

    /// The Region of the new world, where these choices want one.
    fn new_world(&self, choices: &Choices) -> Option<&str> {
        match choices.region {
            RegionChoice::NewWorld => self.other_region(),
            RegionChoice::ThisWorld => None,
        }
    }

    /// The types that have to be created where these choices lead.
    fn missing_types(&self, choices: &Choices) -> Vec<&Proposal> {
        let elsewhere = self.new_world(choices).is_some();
        let all = self.proposals.iter();
        all.filter(|proposal| elsewhere || !proposal.known_here)
            .collect()
    }

    pub(super) fn questions(&self, choices: &Choices) -> Vec<Question<'_>> {
        let mut questions = vec![];
        if let Some((region, evidence)) = &self.found.region
            && self.other_region().is_some()
        {
            questions.push(Question::OtherRegion {
                region,
                evidence: *evidence,
                here: &self.here.region,
            });
        }
        if let Some(existing) = &self.existing
            && self.new_world(choices).is_none()
        {
            questions.push(Question::NameTaken {
                name: &self.declaration.name,
                proposed: &self.proposed_name,
                next_version: existing.version + 1,
                cancelled: existing.cancelled,
            });
        }
        let missing = self.missing_types(choices);
        if !missing.is_empty() {
            questions.push(Question::UnknownTypes(missing));
        }
        questions
    }

    pub(super) fn plan(&self, choices: &Choices) -> Result<Plan, Vec<Problem>> {
        let outcome = self.outcome(choices);
        if outcome.problems.is_empty() {
            Ok(outcome.plan)
        } else {
            Err(outcome.problems)
        }
    }

    pub(super) fn outcome(&self, choices: &Choices) -> Outcome {
        let new_world = self.new_world(choices);
        let region = new_world.unwrap_or(&self.here.region);
        let taken = self.existing.as_ref().filter(|_| new_world.is_none());
        let updated = taken.filter(|_| choices.name == NameChoice::Update);
        let mut problems = vec![];
        let mut steps = vec![];
        let mut declaration = self.declaration.clone();
        let mut name_problem = None;
        if taken.is_some() && updated.is_none() {
            name_problem = self.name_problem(&choices.new_name);
            match &name_problem {
                Some(sentence) => problems.push(Problem {
                    path: Some("pipeline.name".to_owned()),
                    ..plain(sentence.clone())
                }),
                None => declaration.name.clone_from(&choices.new_name),
            }
        }
        let secrets = unmask(
            &mut declaration,
            &Available::new(&self.proposals),
            updated.map(|existing| &*existing.declaration),
        );
        let creates = choices.custom_types == TypesChoice::Create;
        let mut refused_types = vec![];
        if creates {
            (steps, refused_types) = self.create_types(&self.missing_types(choices), region);
        }
        // A type that cannot be created ends the import: nobody gets to ask for the pipeline.
        if refused_types.is_empty() {
            let here = |proposal: &&Proposal| new_world.is_none() && proposal.known_here;
            let available = self.proposals.iter().filter(|one| creates || here(one));
            let context = Context {
                region,
                custom_types: &Available::new(available),
                existing: updated.map(|existing| &*existing.declaration),
            };
            if let Some(broken) = broken_rule(&declaration, &context) {
                problems.push(Problem {
                    remedy: self.remedy(broken.rule, region),
                    ..refusal(&broken.error, Some(broken.rule))
                });
            }
        }
        let refuses = match updated {
            _ if !refused_types.is_empty() => "CreateCustomActionType",
            Some(_) => "UpdatePipeline",
            None => "CreatePipeline",
        };
        problems.extend(refused_types);
        let tags = self.tags.as_deref().filter(|_| updated.is_none());
        let tags = tags.filter(|tags| !tags.is_empty());
        if let Some(tags) = tags
            && let Err(error) = check_tags(tags).and_then(|()| check_tag_count(tags.len()))
        {
            problems.push(refusal(&error, None));
        }
        steps.push(match (updated, tags) {
            (Some(_), _) => Step::UpdatePipeline(json!({ "pipeline": to_value(&declaration) })),
            (None, None) => Step::CreatePipeline(json!({ "pipeline": to_value(&declaration) })),
            (None, Some(tags)) => Step::CreatePipeline(
                json!({ "pipeline": to_value(&declaration), "tags": to_value(&tags) }),
            ),
        });
        Outcome {
            plan: Plan {
                new_world: new_world.map(str::to_owned),
                steps,
            },
            problems,
            name_problem,
            secrets,
            updates_to: updated.map(|existing| existing.version + 1),
            refuses,
        }
    }

    /// Whether it can be imported without the types that are missing: as a new version of a pipeline that uses them
    /// already. Elsewhere the service refuses, and nobody is asked.
    pub(super) fn works_without(&self, choices: &Choices) -> bool {
        let without = Choices {
            custom_types: TypesChoice::Leave,
            ..choices.clone()
        };
        !self.missing_types(choices).is_empty() && self.outcome(&without).problems.is_empty()
    }

    /// What is wrong with a new name.
    fn name_problem(&self, name: &str) -> Option<String> {
        let violations = model::violations(&PipelineName, "pipeline.name", Value::from(name));
        if let Some(first) = violations.first() {
            return Some(text::violation(&first.path, &first.constraint));
        }
        self.names.contains(name).then(|| text::name_taken(name))
    }

    /// The calls that create the types, and what the service would say against them. An empty world is asked: what a
    /// type must satisfy depends on nothing else, and there is room for as many as a Region takes (QT-4).
    fn create_types(&self, missing: &[&Proposal], region: &str) -> (Vec<Step>, Vec<Problem>) {
        let options = Options {
            region: region.to_owned(),
            ..self.here.clone()
        };
        let start = options.start_time;
        let mut empty = Engine::new(options);
        let mut steps = vec![];
        let mut problems = vec![];
        for proposal in missing.iter().take(MOST_CUSTOM_TYPES + 1) {
            let input = to_value(&proposal.input);
            if let Err(error) = empty.execute("CreateCustomActionType", input.clone(), start) {
                problems.push(Problem {
                    remedy: Some(text::type_not_creatable(&proposal.id)),
                    ..refusal(&error, None)
                });
            }
            steps.push(Step::CreateCustomActionType(input));
        }
        (steps, problems)
    }

    /// What helps against a broken rule, where the import itself can help.
    fn remedy(&self, rule: &str, region: &str) -> Option<String> {
        match (rule, self.other_region()) {
            ("PL-14" | "PL-15" | "AC-12" | "AC-31", Some(other)) if other != region => {
                Some(text::belongs_elsewhere(other))
            }
            ("AC-3", _) => Some(text::TYPES_THAT_EXIST.to_owned()),
            _ => None,
        }
    }
}

/// A name near this one that is free; this one if it is.
fn free_name(name: &str, taken: &BTreeSet<Rc<str>>) -> String {
    if !taken.contains(name) {
        return name.to_owned();
    }
    let numbered = |number: u64| {
        let suffix = format!("-{number}");
        let mut start = name.to_owned();
        // The shape of names is checked: every letter is one byte.
        start.truncate(LONGEST_NAME - suffix.len());
        start + &suffix
    };
    let free = (2..)
        .map(numbered)
        .find(|name| !taken.contains(name.as_str()));
    free.unwrap_or_default()
}
