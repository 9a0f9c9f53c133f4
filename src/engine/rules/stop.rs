//! Stopping an execution (execution.md §5).

use std::rc::Rc;

use super::{conditions, jobs, stage};
use crate::{
    engine::{
        decision::Decision,
        fact::Event,
        ids::{ActionExecutionId, ExecutionId},
        reason::Reason,
        world::execution::Ending,
    },
    model::{ActionExecutionStatus, ConditionExecutionStatus, PipelineExecutionStatus},
};

/// SP-2, SP-4, SP-5: the execution is on its way to Stopped. Running actions are let finish, or abandoned.
pub fn stop(decision: &mut Decision, id: ExecutionId, abandon: bool, reason: Option<Rc<str>>) {
    let execution = decision.execution(id);
    let inside = execution.inside();
    let again = execution.status == PipelineExecutionStatus::Stopping;
    decision.record(Event::ExecutionStopping {
        execution: id,
        abandon,
        reason,
        inside,
        again,
    });
    let execution = decision.execution(id);
    let Some(inside) = inside else {
        // SP-5: nothing runs in front of a stage.
        decision.record(Event::ExecutionEnded {
            execution: id,
            status: PipelineExecutionStatus::Stopped,
            reason: Reason::Stopped { abandon },
        });
        return;
    };
    if abandon {
        let running: Vec<u32> = execution
            .numbered()
            .filter(|(_, attempt)| attempt.running())
            .map(|(ordinal, _)| ordinal)
            .collect();
        for ordinal in running {
            let status = ActionExecutionStatus::Abandoned;
            let action = ActionExecutionId {
                execution: id,
                ordinal,
            };
            jobs::close(decision, action, status, false);
            decision.record(Event::ActionEnded {
                execution: id,
                ordinal,
                status,
                ending: Ending::plain(),
            });
        }
        conditions::cut_off(
            decision,
            id,
            ConditionExecutionStatus::Abandoned,
            Reason::Stopped { abandon },
        );
    }
    stage::go_on(decision, id, inside);
}
