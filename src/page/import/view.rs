//! A reading as the dialog shows it, and what the dialog's questions and fields mean for the choices.

use super::candidate::Outcome;
use super::choices::{Choices, NameChoice, Question, RegionChoice, TypesChoice};
use super::found::{Found, Wrapping};
use super::problem::Problem;
use super::{Candidate, Reading, SavedWorld, text};
use crate::page::view::build::time;
use crate::page::view::{
    ChoiceOption, ChoiceView, DetailRow, FieldView, FoundStage, FoundView, ImportView, ProblemView,
};

/// The dialog for a reading. The text, where it comes from and the samples are the caller's to fill in; `busy` says
/// that the import is going on.
#[must_use]
pub fn view(reading: &Reading, choices: &Choices, busy: bool) -> ImportView {
    let shown = match reading {
        Reading::Empty => ImportView {
            accept: text::IMPORT.to_owned(),
            ..ImportView::default()
        },
        Reading::Refused(refused) => ImportView {
            found: refused.found.as_ref().map(|found| found_view(found, None)),
            headline: Some(refused.headline.clone()),
            problems: refused.problems.iter().map(problem_view).collect(),
            accept: text::IMPORT.to_owned(),
            ..ImportView::default()
        },
        Reading::Candidate(candidate) => candidate_view(candidate, choices),
        Reading::SavedWorld(saved) => saved_world_view(saved),
    };
    ImportView {
        ready: shown.ready && !busy,
        busy: busy.then(|| text::BUSY.to_owned()),
        ..shown
    }
}

fn saved_world_view(saved: &SavedWorld) -> ImportView {
    let facts = saved.facts.map(|facts| row(text::FACTS, facts.to_string()));
    let clock = saved.clock.map(|clock| {
        let said = format!("{}, {}", time::clock(clock), time::date(clock));
        row(text::CLOCK, said)
    });
    ImportView {
        found: Some(FoundView {
            kind: text::WORLD_FILE.to_owned(),
            name: text::SAVED_WORLD.to_owned(),
            rows: facts.into_iter().chain(clock).collect(),
            stages: vec![],
        }),
        notices: vec![text::REPLACES_THE_WORLD.to_owned()],
        accept: text::OPEN_WORLD.to_owned(),
        ready: true,
        ..ImportView::default()
    }
}

fn row(label: &str, value: String) -> DetailRow {
    DetailRow {
        label: label.to_owned(),
        value,
        mono: false,
    }
}

fn candidate_view(candidate: &Candidate, choices: &Choices) -> ImportView {
    let outcome = candidate.outcome(choices);
    let updates = outcome.updates_to;
    let name_path = outcome.name_problem.is_some().then_some("pipeline.name");
    // A wrong new name is said at its field.
    let problems: Vec<ProblemView> = outcome
        .problems
        .iter()
        .filter(|problem| name_path.is_none() || problem.path.as_deref() != name_path)
        .map(problem_view)
        .collect();
    let headline = (!problems.is_empty()).then(|| text::would_refuse(outcome.refuses));
    let accept = match (&outcome.plan.new_world, updates) {
        (Some(_), _) => text::IMPORT_INTO_NEW_WORLD.to_owned(),
        (None, Some(version)) => text::import_as_version(version),
        (None, None) => text::IMPORT.to_owned(),
    };
    ImportView {
        found: Some(found_view(&candidate.found, Some(updates.unwrap_or(1)))),
        headline,
        problems,
        notices: notices(candidate, &outcome),
        choices: candidate
            .questions(choices)
            .iter()
            .map(|question| {
                let without = candidate.works_without(choices);
                choice_view(question, choices, &outcome, without)
            })
            .collect(),
        accept,
        ready: outcome.problems.is_empty(),
        ..ImportView::default()
    }
}

fn notices(candidate: &Candidate, outcome: &Outcome) -> Vec<String> {
    let starts = match outcome.updates_to {
        None => text::STARTS_ONE,
        Some(_) => text::STARTS_NONE,
    };
    let secrets = &outcome.secrets;
    let some = |places: &[super::SecretPlace], words: fn(&[super::SecretPlace]) -> String| {
        (!places.is_empty()).then(|| words(places))
    };
    let said = [
        outcome.problems.is_empty().then(|| starts.to_owned()),
        some(&secrets.replaced, text::secrets_replaced),
        some(&secrets.kept, text::secrets_kept),
        (!candidate.ignored.is_empty()).then(|| text::ignored(&candidate.ignored)),
    ];
    said.into_iter().flatten().collect()
}

fn problem_view(problem: &Problem) -> ProblemView {
    ProblemView {
        message: problem.message.clone(),
        path: problem.path.clone(),
        remedy: problem.remedy.clone(),
    }
}

/// What was found; `becomes` is the version that it gets here.
fn found_view(found: &Found, becomes: Option<u32>) -> FoundView {
    let version = found.version.map(|version| match becomes {
        Some(here) if i64::from(here) != version => text::version_becomes(version, here),
        _ => version.to_string(),
    });
    let region = found
        .region
        .as_ref()
        .map(|(region, evidence)| text::region_found(region, *evidence));
    let rows = [
        (text::STAGES, Some(found.stage_count.to_string())),
        (text::ACTIONS, Some(found.action_count.to_string())),
        (text::VERSION, version),
        (text::MODE, found.mode.clone()),
        (text::TYPE, found.pipeline_type.clone()),
        (text::REGION, region),
    ];
    let named = |name: &str| match name {
        "" => text::NO_NAME.to_owned(),
        name => name.to_owned(),
    };
    FoundView {
        kind: match found.wrapping {
            Wrapping::Bare | Wrapping::Input => text::DECLARATION,
            Wrapping::Answer => text::ANSWER,
        }
        .to_owned(),
        name: named(&found.name),
        rows: rows
            .into_iter()
            .filter_map(|(label, value)| value.map(|value| row(label, value)))
            .collect(),
        stages: found
            .stages
            .iter()
            .map(|stage| FoundStage {
                name: named(&stage.name),
                note: text::actions(stage.actions),
            })
            .collect(),
    }
}

fn option(label: String, note: Option<String>) -> ChoiceOption {
    ChoiceOption { label, note }
}

/// A question with its options in the order that [`Choices::choose`] knows.
fn choice_view(
    question: &Question,
    choices: &Choices,
    outcome: &Outcome,
    works_without: bool,
) -> ChoiceView {
    match question {
        Question::OtherRegion {
            region,
            evidence,
            here,
        } => ChoiceView {
            question: text::other_region(region, here, *evidence),
            options: vec![
                option(
                    text::new_world(region),
                    Some(text::NEW_WORLD_NOTE.to_owned()),
                ),
                option(text::this_world(here), None),
            ],
            chosen: usize::from(choices.region == RegionChoice::ThisWorld),
            field: None,
        },
        Question::NameTaken {
            name,
            next_version,
            cancelled,
            ..
        } => ChoiceView {
            question: text::name_taken(name),
            options: vec![
                option(text::RENAME.to_owned(), None),
                option(
                    text::update(*next_version),
                    Some(text::update_note(*cancelled)),
                ),
            ],
            chosen: usize::from(choices.name == NameChoice::Update),
            field: (choices.name == NameChoice::Rename).then(|| FieldView {
                label: text::NEW_NAME.to_owned(),
                value: choices.new_name.clone(),
                problem: outcome.name_problem.clone(),
            }),
        },
        Question::UnknownTypes(types) => ChoiceView {
            question: text::unknown_types(&types.iter().map(|one| &one.id).collect::<Vec<_>>()),
            options: {
                let create = option(
                    text::create_types(types.len()),
                    Some(text::CREATE_TYPES_NOTE.to_owned()),
                );
                let leave = option(text::LEAVE_TYPES.to_owned(), None);
                [Some(create), works_without.then_some(leave)]
                    .into_iter()
                    .flatten()
                    .collect()
            },
            chosen: usize::from(works_without && choices.custom_types == TypesChoice::Leave),
            field: None,
        },
    }
}

impl Choices {
    /// Chooses an option of a question, both by their index in the [`view`] of this reading with these choices. An
    /// index out of range changes nothing.
    pub fn choose(&mut self, reading: &Reading, question: usize, option: usize) {
        let questions = reading.questions(self);
        match (questions.get(question), option) {
            (Some(Question::OtherRegion { .. }), 0) => self.region = RegionChoice::NewWorld,
            (Some(Question::OtherRegion { .. }), 1) => self.region = RegionChoice::ThisWorld,
            (Some(Question::NameTaken { .. }), 0) => self.name = NameChoice::Rename,
            (Some(Question::NameTaken { .. }), 1) => self.name = NameChoice::Update,
            (Some(Question::UnknownTypes(_)), 0) => self.custom_types = TypesChoice::Create,
            (Some(Question::UnknownTypes(_)), 1) => self.custom_types = TypesChoice::Leave,
            _ => {}
        }
    }

    /// Fills the field of a question, by its index as in [`Choices::choose`].
    pub fn fill(&mut self, reading: &Reading, question: usize, value: String) {
        let questions = reading.questions(self);
        if let Some(Question::NameTaken { .. }) = questions.get(question) {
            self.new_name = value;
        }
    }
}
