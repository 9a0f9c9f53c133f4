//! The calls of a worker of the account, which a function makes as well: PollForJobs, AcknowledgeJob, GetJobDetails,
//! PutJobSuccessResult, PutJobFailureResult (jobs-wire-cli.md §1.2 to §1.7).

use std::collections::BTreeMap;

use super::job_data::{self, Found};
use crate::{
    engine::{
        decision::Decision,
        declaration::CustomTypes,
        ids::JobId,
        rules::{
            action,
            jobs::{self, Doer},
            variables::MOST_OUTPUT_BYTES,
        },
        world::{World, job::Progress},
    },
    model::{
        AcknowledgeJobInput, AcknowledgeJobOutput, ActionOwner, ActionTypeId, ApiError,
        CurrentRevision, ErrorCode, ExecutionDetails, FailureDetails, GetJobDetailsInput,
        GetJobDetailsOutput, Job, JobDetails, JobStatus, PollForJobsInput, PollForJobsOutput,
        PutJobFailureResultInput, PutJobSuccessResultInput,
    },
};

/// J-11: how many jobs are handed out where nobody says.
pub const BATCH: usize = 1_000;

pub fn invalid(message: impl Into<String>) -> ApiError {
    ApiError::new(ErrorCode::ValidationException, message.into())
}

/// J-8: a type of another owner has other calls, or none.
pub fn other_owner(owner: ActionOwner) -> ApiError {
    invalid(format!("ActionType with owner '{owner}' is not supported"))
}

/// J-9, CT-5: a type that there is not.
pub fn no_type(id: &ActionTypeId) -> ApiError {
    ApiError::new(
        ErrorCode::ActionTypeNotFoundException,
        format!(
            "ActionType (Category: '{}', Owner: '{}', Provider: '{}', Version: '{}') is not available",
            id.category, id.owner, id.provider, id.version
        ),
    )
}

/// How many jobs a poll takes at most.
pub fn batch(wanted: Option<i64>) -> usize {
    wanted.map_or(BATCH, |most| usize::try_from(most).unwrap_or(BATCH))
}

/// PollForJobs.
pub fn poll(
    decision: &mut Decision,
    input: PollForJobsInput,
) -> Result<PollForJobsOutput, ApiError> {
    let wanted = &input.action_type_id;
    if wanted.owner != ActionOwner::Custom {
        return Err(other_owner(wanted.owner));
    }
    let Some(definition) = decision.find(wanted) else {
        return Err(no_type(wanted));
    };
    let query = input.query_param.unwrap_or_default();
    let property = definition
        .properties
        .iter()
        .find(|property| property.queryable)
        .map(|property| property.name.clone());
    // J-10: every key is asked for, or none.
    let value = match (&property, query.len()) {
        (None, 0) => None,
        (None, _) => {
            return Err(invalid(
                "The action type has no queryable property; queryParam must be empty",
            ));
        }
        (Some(property), _) => Some(query.get(property).cloned().ok_or_else(|| {
            invalid(format!(
                "The action type requires the queryable property '{property}' in queryParam"
            ))
        })?),
    };
    let asked = property.zip(value);
    let found: Vec<JobId> = jobs::offers(decision, wanted)
        .filter(|id| {
            asked
                .as_ref()
                .is_none_or(|(key, value)| configured(decision, *id, key).as_ref() == Some(value))
        })
        .take(batch(input.max_batch_size))
        .collect();
    for id in &found {
        jobs::hand_out(decision, *id);
    }
    let handed_out = found.iter().filter_map(|id| {
        let uuid = decision.key().job(*id);
        let found = job_data::find(decision, &uuid)?;
        Some(Job {
            id: Some(uuid),
            data: Some(found.data(decision)),
            nonce: found.job.nonce(),
            account_id: Some(decision.options.account_id.clone()),
        })
    });
    Ok(PollForJobsOutput {
        jobs: Some(handed_out.collect()),
    })
}

/// J-10: what an action runs with.
fn configured(world: &World, id: JobId, key: &str) -> Option<String> {
    let (_, action) = jobs::live(world, id)?;
    action::with_run(world, action, |run, _| run.configuration.get(key).cloned())
}

/// The job that a worker of the account means: a partner's is none of its business (J-21).
fn find<'a>(world: &'a World, uuid: &str) -> Result<Found<'a>, ApiError> {
    job_data::find(world, uuid)
        .filter(|found| found.doer != Doer::Partner)
        .ok_or_else(|| job_data::unknown(uuid))
}

/// AcknowledgeJob.
pub fn acknowledge(
    decision: &mut Decision,
    input: AcknowledgeJobInput,
) -> Result<AcknowledgeJobOutput, ApiError> {
    let lost = lost(decision, &input.job_id, false);
    let status = match lost {
        Some(handed_out) => lost_acknowledged(handed_out, &input.nonce)?,
        None => {
            let found = find(decision, &input.job_id)?;
            let (id, job, function) = (found.id, found.job, found.doer == Doer::Function);
            claim(decision, id, &job, &input.nonce, function)?
        }
    };
    Ok(AcknowledgeJobOutput {
        status: Some(status),
    })
}

/// J-50: how often a job was handed out whose pipeline was deleted before it was over.
pub fn lost(world: &World, uuid: &str, partner: bool) -> Option<u32> {
    let id = world.key().parse_job(uuid)?;
    let lost = world.lost_jobs.get(&id)?;
    (lost.partner == partner).then_some(lost.handed_out)
}

/// J-47, J-50: the last nonce of a lost job tells that it has failed.
pub fn lost_acknowledged(handed_out: u32, nonce: &str) -> Result<JobStatus, ApiError> {
    if handed_out > 0 && handed_out.to_string() == nonce {
        Ok(JobStatus::Failed)
    } else {
        Err(wrong_nonce())
    }
}

fn wrong_nonce() -> ApiError {
    ApiError::new(
        ErrorCode::InvalidNonceException,
        "The nonce is not the one of the last time the job was handed out, or was used before"
            .to_owned(),
    )
}

/// J-17 to J-21: claims a job by its nonce; answers how far it then is.
pub fn claim(
    decision: &mut Decision,
    id: JobId,
    job: &crate::engine::world::job::Job,
    nonce: &str,
    function: bool,
) -> Result<JobStatus, ApiError> {
    let last = job.nonce().as_deref() == Some(nonce);
    match job.status {
        _ if !last || function => Err(wrong_nonce()),
        JobStatus::Dispatched | JobStatus::Queued => {
            jobs::acknowledge(decision, id);
            Ok(JobStatus::InProgress)
        }
        // J-18: the first acknowledgement has used it up. Nothing Created was ever handed out.
        JobStatus::InProgress | JobStatus::Created => Err(wrong_nonce()),
        JobStatus::Succeeded | JobStatus::Failed | JobStatus::TimedOut => Ok(job.status),
    }
}

/// GetJobDetails.
pub fn details(world: &World, input: GetJobDetailsInput) -> Result<GetJobDetailsOutput, ApiError> {
    let found = find(world, &input.job_id)?;
    Ok(GetJobDetailsOutput {
        job_details: Some(JobDetails {
            data: Some(found.data(world)),
            id: Some(input.job_id),
            account_id: Some(world.options.account_id.clone()),
        }),
    })
}

/// J-37: only a job that was acknowledged and is not over takes a result.
pub fn under_way(uuid: &str, status: JobStatus) -> Result<(), ApiError> {
    if status == JobStatus::InProgress {
        return Ok(());
    }
    Err(ApiError::new(
        ErrorCode::InvalidJobStateException,
        format!("The job '{uuid}' is in state '{status}' and cannot be updated"),
    ))
}

/// What a result tells besides.
pub fn progress(details: Option<ExecutionDetails>, revision: Option<CurrentRevision>) -> Progress {
    let details = details.unwrap_or_default();
    Progress {
        summary: details.summary,
        external_id: details.external_execution_id,
        percent: details.percent_complete,
        revision,
    }
}

/// PutJobSuccessResult.
pub fn succeed(decision: &mut Decision, input: PutJobSuccessResultInput) -> Result<(), ApiError> {
    if lost(decision, &input.job_id, false).is_some() {
        return under_way(&input.job_id, JobStatus::Failed);
    }
    let found = find(decision, &input.job_id)?;
    let (id, status) = (found.id, found.job.status);
    // J-34: what goes on has no outputs yet.
    if input.continuation_token.is_some() && input.output_variables.is_some() {
        return Err(invalid(
            "outputVariables cannot be specified with a continuationToken",
        ));
    }
    under_way(&input.job_id, status)?;
    let variables: BTreeMap<String, String> = input.output_variables.unwrap_or_default();
    let size: usize = variables
        .iter()
        .map(|(key, value)| key.len() + value.len())
        .sum();
    if size > MOST_OUTPUT_BYTES {
        return Err(ApiError::new(
            ErrorCode::OutputVariablesSizeExceededException,
            format!(
                "The output variables of the action have {size} bytes, more than {MOST_OUTPUT_BYTES}"
            ),
        ));
    }
    let progress = progress(input.execution_details, input.current_revision);
    match input.continuation_token {
        Some(token) => jobs::go_on(decision, id, &token, progress),
        None => jobs::succeed(decision, id, variables, progress),
    }
    Ok(())
}

/// PutJobFailureResult.
pub fn fail(decision: &mut Decision, input: PutJobFailureResultInput) -> Result<(), ApiError> {
    if lost(decision, &input.job_id, false).is_some() {
        return under_way(&input.job_id, JobStatus::Failed);
    }
    let found = find(decision, &input.job_id)?;
    let (id, status) = (found.id, found.job.status);
    under_way(&input.job_id, status)?;
    failed(decision, id, input.failure_details);
    Ok(())
}

/// J-40: the job and its action have failed.
pub fn failed(decision: &mut Decision, id: JobId, details: FailureDetails) {
    let progress = Progress {
        external_id: details.external_execution_id,
        ..Progress::default()
    };
    jobs::fail(decision, id, details.r#type, details.message, progress);
}
