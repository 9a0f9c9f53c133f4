//! PutApprovalResult (execution.md §9).

use std::rc::Rc;

use super::lookup;
use crate::{
    engine::{
        decision::Decision,
        ids::{ActionExecutionId, Kind},
        providers,
        rules::action,
        world::execution::{Ending, ErrorNote},
    },
    model::{
        ActionExecutionStatus, ApiError, ApprovalStatus, ErrorCode, FailureType,
        PutApprovalResultInput, PutApprovalResultOutput,
    },
};

/// AP-4 to AP-8: a person answers.
pub fn put(
    decision: &mut Decision,
    input: PutApprovalResultInput,
) -> Result<PutApprovalResultOutput, ApiError> {
    let pipeline = lookup::pipeline_to_change(decision, &input.pipeline_name)?;
    let id = decision
        .key()
        .parse(Kind::Approval, &input.token)
        .filter(|id| id.execution.pipeline == pipeline.id);
    let execution = id.and_then(|id| pipeline.execution(id.execution.number));
    // The names are looked up in the version that the approval runs in, else in the current one.
    let plan = Rc::clone(
        execution
            .as_ref()
            .map_or(&pipeline.current().plan, |found| {
                pipeline.plan(found.version)
            }),
    );
    let stage = plan.stage_index(&input.stage_name).ok_or_else(|| {
        ApiError::new(
            ErrorCode::StageNotFoundException,
            format!(
                "Pipeline '{}' does not have a stage with name '{}'",
                input.pipeline_name, input.stage_name
            ),
        )
    })?;
    let action = plan
        .action_index(stage, &input.action_name)
        .ok_or_else(|| {
            ApiError::new(
                ErrorCode::ActionNotFoundException,
                format!(
                    "Stage '{}' does not have an action with name '{}'",
                    input.stage_name, input.action_name
                ),
            )
        })?;
    let invalid = || {
        ApiError::new(
            ErrorCode::InvalidApprovalTokenException,
            "The approval request is not valid: its token is unknown, expired or replaced"
                .to_owned(),
        )
    };
    let (Some(id), Some(execution)) = (id, execution) else {
        return Err(invalid());
    };
    let record = execution
        .actions
        .get(id.ordinal as usize)
        .filter(|record| record.stage == stage && record.action == action)
        .filter(|_| providers::of(plan.action_plan(stage, action).kind).waits_for_a_person())
        .ok_or_else(invalid)?;
    // AP-8: this very approval was answered before; an expired or abandoned one has nobody who answered it, and one
    // that was retried has another in its place.
    if !record.running() {
        return Err(if record.ending.by.is_some() && !record.dismissed {
            ApiError::new(
                ErrorCode::ApprovalAlreadyCompletedException,
                "The approval has already been approved or rejected".to_owned(),
            )
        } else {
            invalid()
        });
    }
    answer(decision, id, &input.result.summary, input.result.status);
    Ok(PutApprovalResultOutput {
        approved_at: Some(decision.now().timestamp()),
    })
}

/// AP-5, AP-6: approved goes on, rejected fails.
fn answer(decision: &mut Decision, id: ActionExecutionId, summary: &str, status: ApprovalStatus) {
    let caller: Rc<str> = decision.options.caller_arn.as_str().into();
    let text = if summary.is_empty() {
        format!("{status} by {caller}")
    } else {
        summary.to_owned()
    };
    let (status, error) = match status {
        ApprovalStatus::Approved => (ActionExecutionStatus::Succeeded, None),
        ApprovalStatus::Rejected => (
            ActionExecutionStatus::Failed,
            Some(ErrorNote {
                code: FailureType::JobFailed,
                message: text.clone(),
            }),
        ),
    };
    let ending = Ending {
        summary: Some(text),
        error,
        by: Some(caller),
        ..Ending::default()
    };
    action::end(decision, id, status, ending);
}
