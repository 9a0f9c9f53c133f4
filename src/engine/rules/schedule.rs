//! Schedules: rules of EventBridge that start a pipeline at certain times (§11.1, TG-27).
//!
//! A schedule is a deadline, so that the clock can go to it, and no work: a world in which only a schedule is left is
//! idle.

use std::rc::Rc;

use super::start::{self, Occasion};
use crate::{
    engine::{
        cron::schedule::Schedule as Times,
        decision::Decision,
        fact::Event,
        ids::PipelineId,
        random::digest,
        time::Instant,
        world::{World, execution::Trigger, pipeline::Pipeline, watch::Schedule},
    },
    model::{ApiError, ErrorCode, PipelineVariable, SourceRevisionOverride, TriggerType},
};

/// Sets the schedule of a pipeline; `None` removes it. Answers when it starts the pipeline next.
///
/// # Errors
/// ValidationException for an expression that is none, or for variables and overrides that the pipeline does not take.
pub fn set(
    decision: &mut Decision,
    pipeline: PipelineId,
    expression: Option<&str>,
    variables: Vec<PipelineVariable>,
    overrides: Vec<SourceRevisionOverride>,
) -> Result<Option<Instant>, ApiError> {
    let invalid = |message: String| ApiError::new(ErrorCode::ValidationException, message);
    let Some(expression) = expression else {
        if decision.pipeline(pipeline).watch.schedule.is_some() {
            decision.record(Event::ScheduleSet {
                pipeline,
                schedule: None,
            });
        }
        return Ok(None);
    };
    let times = Times::parse(expression).map_err(|error| invalid(error.to_string()))?;
    let record = decision.pipeline(pipeline);
    start::check_given(record, &variables)?;
    start::check_overrides(record, &overrides)?;
    let now = decision.now();
    let next = times.next(now, now);
    decision.record(Event::ScheduleSet {
        pipeline,
        schedule: Some(Box::new(Schedule {
            expression: Rc::from(expression),
            variables,
            overrides,
            since: now,
            next,
            order: 0,
        })),
    });
    Ok(next)
}

/// A schedule has come to one of its times. Values and revisions that the current version does not take any more are
/// left out.
pub fn due(decision: &mut Decision, pipeline: PipelineId) {
    let record = decision.pipeline(pipeline);
    let Some(schedule) = record.watch.schedule.clone() else {
        return;
    };
    let now = decision.now();
    let next = Times::parse(&schedule.expression)
        .ok()
        .and_then(|times| times.next(now, schedule.since));
    let fits = |given: &SourceRevisionOverride| {
        start::check_overrides(record, std::slice::from_ref(given)).is_ok()
    };
    let occasion = Occasion {
        variables: schedule.variables,
        overrides: schedule.overrides.into_iter().filter(fits).collect(),
        ..Occasion::from(Trigger {
            kind: TriggerType::CloudWatchEvent,
            detail: rule_arn(decision, record, "schedule").into(),
        })
    };
    decision.record(Event::ScheduleFired { pipeline, next });
    start::by_event(decision, pipeline, occasion);
}

/// The ARN of the rule of EventBridge that starts a pipeline, for one of its sources or for its schedule. The names of
/// such rules have 64 characters at most, so the pipeline's is cut and a number tells two of them apart.
#[must_use]
pub fn rule_arn(world: &World, pipeline: &Pipeline, about: &str) -> String {
    let options = &world.options;
    let cut = |text: &str, most: usize| -> String {
        let plain = |letter: &char| letter.is_ascii_alphanumeric() || "-_".contains(*letter);
        text.chars().filter(plain).take(most).collect()
    };
    let number = digest(&format!("{}/{about}", pipeline.id.0)) % 1_000_000;
    format!(
        "arn:{}:events:{}:{}:rule/codepipeline-{}-{}-{number:06}-rule",
        options.partition,
        options.region,
        options.account_id,
        cut(pipeline.name(), 24),
        cut(about, 12),
    )
}
