//! What every part of the editor's view looks at: the draft as far as it can be read, the world around it, and what is
//! wrong with it or could be better, by place.

use serde_json::Value;

use super::advice::advice;
use super::change::Chosen;
use super::draft::{Base, Draft};
use super::findings::problems;
use super::outline::Outline;
use super::{pointer, remedies};
use crate::engine::declaration::Context;
use crate::engine::world::{World, pipeline::Pipeline};
use crate::model::PipelineDeclaration;
use crate::page::text::edit as text;
use crate::page::view::FindingView;

/// A draft in its world.
pub struct Desk<'a> {
    pub world: &'a World,
    pub draft: &'a Draft,
    pub value: &'a Value,
    pub outline: Outline,
    pub chosen: Chosen,
    /// The pipeline that it is a draft of, if that is still there.
    pub saved: Option<&'a Pipeline>,
    /// Everything wrong, once per problem, with all its places.
    pub problems: Vec<FindingView>,
    pub advice: Vec<FindingView>,
    /// Both, once per place; whether it is advice.
    pub placed: Vec<(bool, FindingView)>,
}

impl<'a> Desk<'a> {
    pub fn new(world: &'a World, draft: &'a Draft, chosen: Chosen) -> Self {
        let value = draft.value();
        let outline = Outline::of(value);
        let saved = match &draft.base {
            Base::New => None,
            Base::Version { name, .. } => world.pipeline_named(name),
        };
        let existing: Option<&PipelineDeclaration> =
            saved.map(|pipeline| &*pipeline.current().plan.declaration);
        let context = Context {
            region: &world.options.region,
            custom_types: world,
            existing: existing.filter(|existing| existing.name == outline.name),
        };
        let mut desk = Self {
            world,
            draft,
            value,
            chosen: chosen.within(&outline),
            outline,
            saved,
            problems: Vec::new(),
            advice: Vec::new(),
            placed: Vec::new(),
        };
        for problem in problems(value, &context) {
            let views: Vec<FindingView> = problem
                .places
                .iter()
                .map(|at| FindingView {
                    error: problem.error.to_owned(),
                    message: problem.message.clone(),
                    place: desk.path(at),
                    at: at.clone(),
                    remedies: remedies::remedies(value, &desk.outline, &problem, at, &context),
                })
                .collect();
            desk.problems.extend(views.first().cloned());
            desk.placed
                .extend(views.into_iter().map(|one| (false, one)));
        }
        for one in advice(value, &desk.outline, saved, world.now) {
            let view = FindingView {
                error: String::new(),
                message: one.message,
                place: desk.path(&one.at),
                at: one.at,
                remedies: one.remedies,
            };
            desk.advice.push(view.clone());
            desk.placed.push((true, view));
        }
        desk
    }

    /// A place in words: "Staging / DeployWeb / inputArtifacts".
    fn path(&self, at: &str) -> String {
        let parts = pointer::parts(at);
        let mut words: Vec<String> = Vec::new();
        let mut so_far = String::new();
        let mut named = false;
        for (index, part) in parts.iter().enumerate() {
            so_far = pointer::join(&so_far, part);
            let is_step = matches!(part.as_str(), "stages" | "actions") && index % 2 == 0;
            let is_last = index + 1 == parts.len();
            if is_step && !is_last {
                continue;
            }
            // What has a name was called by it.
            if is_last && part == "name" && words.len() > 1 && named {
                continue;
            }
            let name = self.value.pointer(&so_far).and_then(|one| one.get("name"));
            named = part.parse::<usize>().is_ok() && name.is_some();
            match (part.parse::<usize>(), name.and_then(Value::as_str)) {
                (Ok(_), Some(name)) if !name.is_empty() => words.push(name.to_owned()),
                (Ok(number), _) => words.push(text::item(number + 1)),
                (Err(_), _) => words.push(part.clone()),
            }
        }
        if words.is_empty() {
            return text::THE_PIPELINE.to_owned();
        }
        text::path(&words)
    }

    /// How many problems stand at a thing or inside it.
    pub fn count(&self, at: &str) -> usize {
        let problems = self.placed.iter().filter(|(advice, _)| !advice);
        problems.filter(|(_, one)| inside(&one.at, at)).count()
    }
}

/// Whether a pointer names a thing or something in it.
pub fn inside(at: &str, whole: &str) -> bool {
    let rest = at.strip_prefix(whole);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
