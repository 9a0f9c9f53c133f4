//! Forms for driving: a draft and the world become a form and the call that its button makes. Pure, and tested without a
//! browser.
//!
//! One file per family of questions. What would happen is never predicted here: the engine does it on a copy of the world
//! ([`crate::engine::Engine::rehearse`]), and [`effects`] tells the facts that this records.

mod again;
mod behaviour;
mod check;
mod effects;
mod gate;
pub mod offers;
mod outside;
mod push;
mod start;
mod stop;
mod webhook;
mod worker;

use super::scene::Scene;
use crate::{
    engine::{
        Engine,
        world::{World, execution::Execution, pipeline::StageState},
    },
    model::ApiError,
    page::{
        drive::{Ask, Deed, Draft},
        state::Ui,
        text::drive as text,
        view::{EffectView, FormField, FormInput, FormOption, FormView},
    },
};

/// A form, and what its button does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// What is on the screen.
    pub view: FormView,
    /// The call; `None` where the form cannot make one.
    pub deed: Option<Deed>,
}

/// The form of a draft, against the world as it is now.
#[must_use]
pub fn sheet(engine: &Engine, draft: &Draft) -> Sheet {
    let ui = Ui::default();
    let Some(pipeline) = engine.world().pipeline_named(&draft.pipeline) else {
        return gone(engine, draft);
    };
    let scene = Scene::new(engine.world(), pipeline, &ui);
    let desk = Desk {
        scene: &scene,
        engine,
        draft,
    };
    match &draft.ask {
        Ask::Gate(stage) => gate::sheet(&desk, stage.as_deref()),
        Ask::Stop(execution) => stop::sheet(&desk, execution),
        Ask::Retry { stage, execution } => {
            again::retry(&desk, stage.as_deref(), execution.as_deref())
        }
        Ask::RollBack(stage) => again::roll_back(&desk, stage.as_deref()),
        Ask::Override { stage, execution } => {
            again::override_condition(&desk, stage, execution.as_deref())
        }
        Ask::Start(like) => start::sheet(&desk, like.as_deref()),
        Ask::Push => push::sheet(&desk),
        Ask::Alarm(name) => outside::alarm(&desk, name.as_deref()),
        Ask::Lambda(name) => outside::lambda(&desk, name.as_deref()),
        Ask::Behaviour { stage, action } => behaviour::sheet(&desk, stage, action),
        Ask::Worker(kind) => worker::sheet(&desk, kind),
    }
}

/// Whether starting the pipeline asks for something: a variable without a default.
#[must_use]
pub fn start_asks(world: &World, pipeline: &str) -> bool {
    world.pipeline_named(pipeline).is_some_and(|pipeline| {
        let mut variables = pipeline
            .current()
            .plan
            .declaration
            .variables
            .iter()
            .flatten();
        variables.any(|variable| variable.default_value.is_none())
    })
}

/// The call that opens the gate in front of a stage.
#[must_use]
pub fn open_gate(pipeline: &str, stage: &str) -> Deed {
    gate::opening(pipeline, stage)
}

/// The pipeline was deleted while somebody filled in the form.
fn gone(engine: &Engine, draft: &Draft) -> Sheet {
    let asked = engine.rehearse(
        "StartPipelineExecution",
        serde_json::json!({ "name": draft.pipeline }),
    );
    Sheet {
        view: FormView {
            title: draft.pipeline.clone(),
            refusal: asked.answer.err().map(|error| words(&error)),
            ..FormView::default()
        },
        deed: None,
    }
}

fn words(error: &ApiError) -> (String, String) {
    (error.code.name().to_owned(), error.message.clone())
}

/// What every form is made with.
struct Desk<'a> {
    scene: &'a Scene<'a>,
    engine: &'a Engine,
    draft: &'a Draft,
}

/// What would come of a deed.
struct Outcome {
    refusal: Option<(String, String)>,
    effects: Vec<EffectView>,
    answer: serde_json::Value,
}

impl Desk<'_> {
    fn pipeline(&self) -> &str {
        self.scene.pipeline.name()
    }

    /// Does it on a copy of the world.
    fn rehearse(&self, deed: &Deed) -> Outcome {
        let rehearsal = if deed.control {
            match deed.read(self.engine.world()) {
                Ok(control) => self.engine.rehearse_control(control),
                Err(error) => {
                    return Outcome {
                        refusal: Some(words(&error)),
                        effects: vec![],
                        answer: serde_json::Value::Null,
                    };
                }
            }
        } else {
            self.engine.rehearse(deed.name, deed.input.clone())
        };
        let effects = effects::told(self.scene, &rehearsal);
        match rehearsal.answer {
            Ok(answer) => Outcome {
                refusal: None,
                effects,
                answer,
            },
            Err(error) => Outcome {
                refusal: Some(words(&error)),
                effects: vec![],
                answer: serde_json::Value::Null,
            },
        }
    }

    /// The stage that is meant: the one that was asked about, else the one that was chosen, else the usual one.
    fn stage(&self, asked: Option<&str>, usual: impl Fn(u16) -> bool) -> (u16, Option<FormField>) {
        let plan = self.scene.plan;
        let named = |name: &str| plan.stage_index(name);
        if let Some(index) = asked.and_then(named) {
            return (index, None);
        }
        let count = plan.stage_count();
        let index = self
            .draft
            .value("stageName")
            .and_then(named)
            .or_else(|| (0..count).rev().find(|index| usual(*index)))
            .unwrap_or(count.saturating_sub(1));
        let options = (0..count).map(|place| {
            let name = &plan.stage(place).name;
            FormOption {
                value: name.clone(),
                label: name.clone(),
                chosen: place == index,
                ..FormOption::default()
            }
        });
        let field = FormField::new(
            "stageName",
            "stageName",
            FormInput::Select(options.collect()),
        );
        (index, Some(field.required().help(text::CHOOSE_STAGE)))
    }

    fn state(&self, stage: u16) -> Option<&StageState> {
        self.scene.pipeline.stages.get(usize::from(stage))
    }

    /// The number of an execution of this pipeline.
    fn number(&self, uuid: &str) -> Option<u32> {
        let id = self.scene.key().parse_execution(uuid)?;
        (id.pipeline == self.scene.pipeline.id).then_some(id.number)
    }

    /// Who was in a stage last.
    fn latest(&self, stage: u16) -> Option<u32> {
        let nothing = StageState::default();
        let state = self.state(stage).unwrap_or(&nothing);
        super::stage::latest(self.scene, stage, state)
            .map(|(number, _)| number)
            .or(state.latest)
    }

    fn uuid(&self, number: u32) -> String {
        self.scene.key().execution(self.scene.id(number))
    }
}

/// Names of the actions of an execution that are under way.
fn running(scene: &Scene, execution: &Execution) -> Vec<String> {
    let records = execution.numbered().filter(|(_, record)| record.running());
    records
        .map(|(_, record)| scene.action_name(execution, record.stage, record.action))
        .collect()
}

fn effect(text: impl Into<String>) -> EffectView {
    EffectView {
        sign: None,
        token: None,
        text: text.into(),
        more: vec![],
    }
}

/// One of a few.
fn option(value: &str, label: &str, note: &str, chosen: &str) -> FormOption {
    FormOption {
        value: value.to_owned(),
        label: label.to_owned(),
        note: note.to_owned(),
        chosen: value == chosen,
        ..FormOption::default()
    }
}

/// The value that is chosen among options: the wanted one if it can be, else the first that can be, else the first.
fn choose(options: &mut [FormOption], wanted: Option<&str>) -> String {
    let open = |option: &&FormOption| option.refused.is_none();
    let found = options
        .iter()
        .filter(open)
        .find(|option| Some(option.value.as_str()) == wanted)
        .or_else(|| options.iter().find(open))
        .or(options.first());
    let value = found.map(|option| option.value.clone()).unwrap_or_default();
    for option in options {
        option.chosen = option.value == value;
    }
    value
}
