//! Polling: sources that look for changes by themselves (TG-19 to TG-22).
//!
//! A look that finds nothing is nowhere: a change that a source will find plans the next look, which is then a
//! deadline like any other. Looks are at whole minutes, so two changes within a minute are found together, as one.

use std::rc::Rc;

use super::{
    source_change::pin,
    start::{self, Occasion},
};
use crate::{
    engine::{
        decision::Decision,
        fact::Event,
        ids::PipelineId,
        providers,
        time::{DAY, Instant, MINUTE},
        triggers,
        world::{execution::Trigger, pipeline::Pipeline, source::Place},
    },
    model::TriggerType,
};

/// TG-22: from one look to the next.
pub const INTERVAL: i64 = MINUTE;
/// TG-21: how long nothing has to start before polling is given up.
pub const PATIENCE: i64 = 30 * DAY;

/// The first look after an instant.
#[must_use]
pub fn next_look(now: Instant) -> Instant {
    Instant(now.0.div_euclid(INTERVAL).saturating_add(1) * INTERVAL).min(Instant::LAST)
}

/// TG-21: when polling was given up; `None` for a pipeline that does not poll, or still does at this instant. An
/// execution, however it starts, takes it up again.
#[must_use]
pub fn given_up(pipeline: &Pipeline, now: Instant) -> Option<Instant> {
    let stages = &pipeline.current().plan.declaration.stages;
    let polls = stages
        .iter()
        .flat_map(|stage| &stage.actions)
        .any(triggers::polls);
    let at = pipeline.last_start().after(PATIENCE);
    (polls && at <= now).then_some(at)
}

/// A source action will find something at its place.
pub fn plan(decision: &mut Decision, pipeline: PipelineId, action: &str, place: Place) {
    let planned = decision.pipeline(pipeline).watch.poll.as_ref();
    if planned.is_some_and(|poll| poll.finds.get(action) == Some(&place)) {
        return;
    }
    let at = planned.map_or_else(|| next_look(decision.now()), |poll| poll.at);
    decision.record(Event::PollPlanned {
        pipeline,
        at,
        action: Rc::from(action),
        place,
    });
}

/// The look that was planned: every source that still polls there and finds something starts an execution.
pub fn due(decision: &mut Decision, pipeline: PipelineId) {
    let Some(poll) = decision.pipeline(pipeline).watch.poll.clone() else {
        return;
    };
    decision.record(Event::Polled { pipeline });
    if given_up(decision.pipeline(pipeline), decision.now()).is_some() {
        return;
    }
    let plan = Rc::clone(&decision.pipeline(pipeline).current().plan);
    let sources = plan.declaration.stages.first().zip(plan.stages.first());
    let Some((stage, planned)) = sources else {
        return;
    };
    for (action, planned) in stage.actions.iter().zip(&planned.actions) {
        let configuration = action.configuration.as_ref();
        let place = configuration.and_then(|it| providers::of(planned.kind).place(it));
        let Some(place) = place.filter(|place| poll.finds.get(&action.name) == Some(place)) else {
            continue;
        };
        if !triggers::polls(action) {
            continue;
        }
        let revision = decision.revision_at(&place);
        let occasion = Occasion {
            pins: pin(plan.mode, action, revision, None),
            ..Occasion::from(Trigger {
                kind: TriggerType::PollForSourceChanges,
                detail: Rc::from(action.name.as_str()),
            })
        };
        start::by_event(decision, pipeline, occasion);
    }
}
