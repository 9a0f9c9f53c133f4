//! What must hold after every fact (design, engine contract). Checked in debug builds and by the property tests.

use std::collections::BTreeSet;

use super::world::{World, execution::Position, pipeline::Pipeline};
use crate::model::{ActionExecutionStatus, ExecutionMode, PipelineExecutionStatus};

/// Checks a world.
///
/// # Panics
/// When an invariant does not hold: always a bug of ours.
pub fn check(world: &World) {
    for pipeline in world.pipelines.values() {
        check_pipeline(pipeline);
    }
}

fn check_pipeline(pipeline: &Pipeline) {
    let name = pipeline.name();
    let mut holders = BTreeSet::new();
    for stage in &pipeline.stages {
        if let Some(holder) = stage.holder {
            assert!(holders.insert(holder), "{name}: {holder} holds two stages");
            let execution = pipeline.executions.get(&holder);
            let alive = execution
                .is_some_and(|execution| execution.active() && execution.inside().is_some());
            assert!(
                alive,
                "{name}: the lock of {} has no live owner",
                stage.name
            );
        }
        let mut before = 0;
        for waiting in &stage.waiting {
            let execution = pipeline.executions.get(waiting);
            let waits = execution.is_some_and(|execution| {
                execution.active() && matches!(execution.position, Position::Boundary { .. })
            });
            assert!(
                waits,
                "{name}: {waiting} is in the queue of {} and does not wait",
                stage.name
            );
            assert!(
                *waiting > before,
                "QU-2 {name}: the queue of {} is not in the order of arrival",
                stage.name
            );
            before = *waiting;
        }
        let superseding = pipeline.current().plan.mode == ExecutionMode::Superseded;
        assert!(
            !superseding || stage.waiting.len() <= 1,
            "MO-9 {name}: two wait at {}",
            stage.name
        );
    }
    let mut active = 0;
    for execution in pipeline.executions.values() {
        active += u32::from(execution.active());
        let running = execution.actions.iter().filter(|action| action.running());
        if execution.active() {
            assert!(
                !matches!(execution.position, Position::Ended { .. }),
                "{name}: {} is active and nowhere",
                execution.number
            );
            if let Some(inside) = execution.inside() {
                for action in running {
                    assert_eq!(
                        action.stage, inside,
                        "{name}: {} runs an action elsewhere",
                        execution.number
                    );
                    run_order_holds(pipeline, execution.number, inside, action.action);
                }
            }
        } else {
            assert_eq!(
                running.count(),
                0,
                "{name}: {} is over and still runs an action",
                execution.number
            );
            assert!(matches!(execution.position, Position::Ended { .. }));
        }
        assert!(
            execution.status != PipelineExecutionStatus::Superseded
                || execution.mode == ExecutionMode::Superseded,
            "LC-4 {name}: {} was superseded in another mode",
            execution.number
        );
    }
    assert_eq!(
        active, pipeline.active,
        "{name}: the count of active executions"
    );
}

/// ST-2: an action runs only after all lower groups of its stage succeeded.
fn run_order_holds(pipeline: &Pipeline, number: u32, stage: u16, action: u16) {
    let Some(execution) = pipeline.executions.get(&number) else {
        return;
    };
    let plan = pipeline.plan(execution.version);
    let group = plan.action_plan(stage, action).group;
    for (index, other) in plan.stage_plan(stage).actions.iter().enumerate() {
        if other.group < group {
            let index = u16::try_from(index).unwrap_or(u16::MAX);
            let done = execution
                .latest_attempt(stage, index)
                .is_some_and(|(_, attempt)| attempt.status == ActionExecutionStatus::Succeeded);
            assert!(
                done,
                "ST-2: action {action} of stage {stage} runs before action {index} succeeded"
            );
        }
    }
}
