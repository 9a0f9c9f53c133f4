//! The calls of a partner's worker: as those of a worker of the account, with a client token on top, and in one step
//! more (jobs-wire-cli.md §2): the poll tells ids only, the details tell the nonce.

use super::{
    job_data::{self, Found},
    jobs::{
        batch, claim, failed, lost, lost_acknowledged, no_type, other_owner, progress, under_way,
    },
};
use crate::{
    engine::{
        catalogue,
        decision::Decision,
        ids::JobId,
        rules::jobs::{self, Doer},
        world::World,
    },
    model::{
        AcknowledgeThirdPartyJobInput, AcknowledgeThirdPartyJobOutput, ActionOwner, ApiError,
        ErrorCode, GetThirdPartyJobDetailsInput, GetThirdPartyJobDetailsOutput, JobData, JobStatus,
        PollForThirdPartyJobsInput, PollForThirdPartyJobsOutput,
        PutThirdPartyJobFailureResultInput, PutThirdPartyJobSuccessResultInput, ThirdPartyJob,
        ThirdPartyJobData, ThirdPartyJobDetails,
    },
};

/// T-7: the token of a client for which nobody set another.
pub const USUAL_TOKEN: &str = "DEFAULT_CLIENT_TOKEN";

/// PollForThirdPartyJobs.
pub fn poll(
    decision: &mut Decision,
    input: PollForThirdPartyJobsInput,
) -> Result<PollForThirdPartyJobsOutput, ApiError> {
    let wanted = &input.action_type_id;
    if wanted.owner != ActionOwner::ThirdParty {
        return Err(other_owner(wanted.owner));
    }
    let known = catalogue::find(
        wanted.category,
        wanted.owner,
        &wanted.provider,
        &wanted.version,
    );
    if known.is_none() {
        return Err(no_type(wanted));
    }
    let found: Vec<JobId> = jobs::offers(decision, wanted)
        .take(batch(input.max_batch_size))
        .collect();
    for id in &found {
        jobs::hand_out(decision, *id);
    }
    let handed_out = found.iter().filter_map(|id| {
        let uuid = decision.key().job(*id);
        let found = job_data::find(decision, &uuid)?;
        Some(ThirdPartyJob {
            client_id: Some(found.client),
            job_id: Some(uuid),
        })
    });
    Ok(PollForThirdPartyJobsOutput {
        jobs: Some(handed_out.collect()),
    })
}

/// T-7: the token by which the worker of a partner's client shows who it is.
#[must_use]
pub fn client_token<'a>(world: &'a World, client: &str) -> &'a str {
    world
        .client_tokens
        .get(client)
        .map_or(USUAL_TOKEN, |said| said)
}

/// The partner's job that is meant, by whoever knows its client's token (T-4).
fn find<'a>(world: &'a World, uuid: &str, token: &str) -> Result<Found<'a>, ApiError> {
    let found = job_data::find(world, uuid)
        .filter(|found| found.doer == Doer::Partner)
        .ok_or_else(|| job_data::unknown(uuid))?;
    if client_token(world, &found.client) == token {
        Ok(found)
    } else {
        Err(ApiError::new(
            ErrorCode::InvalidClientTokenException,
            "The client token is not the one of the job's client".to_owned(),
        ))
    }
}

/// GetThirdPartyJobDetails.
pub fn details(
    world: &World,
    input: GetThirdPartyJobDetailsInput,
) -> Result<GetThirdPartyJobDetailsOutput, ApiError> {
    let found = find(world, &input.job_id, &input.client_token)?;
    if !found.job.open() {
        return Err(ApiError::new(
            ErrorCode::InvalidJobException,
            format!("The job '{}' is over", input.job_id),
        ));
    }
    let JobData {
        action_type_id,
        action_configuration,
        pipeline_context,
        input_artifacts,
        output_artifacts,
        artifact_credentials,
        continuation_token,
        encryption_key,
    } = found.data(world);
    Ok(GetThirdPartyJobDetailsOutput {
        job_details: Some(ThirdPartyJobDetails {
            id: Some(input.job_id),
            data: Some(ThirdPartyJobData {
                action_type_id,
                action_configuration,
                pipeline_context,
                input_artifacts,
                output_artifacts,
                artifact_credentials,
                continuation_token,
                encryption_key,
            }),
            nonce: found.job.nonce(),
        }),
    })
}

/// AcknowledgeThirdPartyJob.
pub fn acknowledge(
    decision: &mut Decision,
    input: AcknowledgeThirdPartyJobInput,
) -> Result<AcknowledgeThirdPartyJobOutput, ApiError> {
    let status = match lost(decision, &input.job_id, true) {
        Some(handed_out) => lost_acknowledged(handed_out, &input.nonce)?,
        None => {
            let found = find(decision, &input.job_id, &input.client_token)?;
            let (id, job) = (found.id, found.job);
            claim(decision, id, &job, &input.nonce, false)?
        }
    };
    Ok(AcknowledgeThirdPartyJobOutput {
        status: Some(status),
    })
}

/// The job that takes a result now.
fn reported(decision: &Decision, uuid: &str, token: &str) -> Result<JobId, ApiError> {
    if lost(decision, uuid, true).is_some() {
        under_way(uuid, JobStatus::Failed)?;
    }
    let found = find(decision, uuid, token)?;
    under_way(uuid, found.job.status)?;
    Ok(found.id)
}

/// PutThirdPartyJobSuccessResult.
pub fn succeed(
    decision: &mut Decision,
    input: PutThirdPartyJobSuccessResultInput,
) -> Result<(), ApiError> {
    let id = reported(decision, &input.job_id, &input.client_token)?;
    let progress = progress(input.execution_details, input.current_revision);
    match input.continuation_token {
        Some(token) => jobs::go_on(decision, id, &token, progress),
        None => jobs::succeed(decision, id, std::collections::BTreeMap::new(), progress),
    }
    Ok(())
}

/// PutThirdPartyJobFailureResult.
pub fn fail(
    decision: &mut Decision,
    input: PutThirdPartyJobFailureResultInput,
) -> Result<(), ApiError> {
    let id = reported(decision, &input.job_id, &input.client_token)?;
    failed(decision, id, input.failure_details);
    Ok(())
}
