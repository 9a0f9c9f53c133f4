//! Playing a script: calls and controls on a world of its own, with time passing in between.

use serde_json::{Value, json};

use super::{
    Lesson,
    script::{Script, Step, declaration, duration},
};
use crate::{
    api::{
        controls::{AttachWorker, DetachWorker, PushRevision, SetAlarm, SetBehavior, read},
        session::Session,
    },
    engine::{control::Control, time::Instant, world::World},
    model::{ApiError, ErrorCode},
    page::begin,
};

/// How many facts are made in one step: a script makes far fewer.
const MOST: usize = 10_000;

/// The world of a lesson at its beginning, paused.
///
/// # Errors
/// The step that was refused, and why: a defect of the script.
pub fn play(lesson: &Lesson) -> Result<Session, String> {
    let script: Script =
        crate::json::from_text(lesson.script).map_err(|error| error.to_string())?;
    let options = begin::options("us-east-1", script.seed, Instant(script.begins));
    let mut session = Session::new(options);
    for (number, step) in script.steps.into_iter().enumerate() {
        perform(&mut session, &script.pipeline, step)
            .map_err(|error| format!("step {}: {error}", number + 1))?;
        let _ = session.collect();
    }
    Ok(session)
}

fn perform(session: &mut Session, pipeline: &str, step: Step) -> Result<(), ApiError> {
    match step {
        Step::Create { create } => {
            let input = json!({ "pipeline": declaration(create) });
            session.execute("CreatePipeline", input, 0.0).map(drop)
        }
        Step::Takes { takes } => takes.iter().try_for_each(|(place, takes)| {
            let (stage, action) = place.split_once('/').unwrap_or_default();
            let target =
                json!({ "pipelineName": pipeline, "stageName": stage, "actionName": action });
            let behavior = duration(takes);
            let input = json!({ "target": target, "behavior": behavior });
            control(session, "setBehavior", input)
        }),
        Step::Call { call, input } => session.execute(&call, input, 0.0).map(drop),
        Step::Control {
            control: name,
            input,
        } => control(session, &name, input),
        Step::Advance { advance } => {
            let goal = advance.goal(session.world().now)?;
            while session.step_towards(goal, MOST, false, 0.0).is_none() {}
            Ok(())
        }
    }
}

fn control(session: &mut Session, name: &str, input: Value) -> Result<(), ApiError> {
    let control = named(session.world(), name, input)?;
    session.control(control, 0.0).map(drop)
}

/// The controls that scripts use.
fn named(world: &World, name: &str, input: Value) -> Result<Control, ApiError> {
    match name {
        "setBehavior" => read::<SetBehavior>(name, input)?.control(world),
        "pushRevision" => read::<PushRevision>(name, input)?.control(world),
        "attachWorker" => read::<AttachWorker>(name, input)?.control(),
        "detachWorker" => read::<DetachWorker>(name, input)?.control(),
        "setAlarm" => read::<SetAlarm>(name, input)?.control(),
        other => Err(ApiError::new(
            ErrorCode::ValidationException,
            format!("No script uses the control {other}"),
        )),
    }
}
