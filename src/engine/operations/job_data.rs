//! What a worker is told of a job (jobs-wire-cli.md §1.5): everything that it needs to do the work, secrets in clear.

use crate::{
    engine::{
        ids::{ActionExecutionId, JobId},
        operations::action_executions,
        random::{alphanumeric, digest, mix},
        rules::jobs::{self, Doer},
        time::MINUTE,
        world::{World, history::Recorded, job::Job, pipeline::Pipeline},
    },
    model::{
        AWSSessionCredentials, ActionConfiguration, ActionContext, ActionExecutionDetail, ApiError,
        Artifact, ArtifactDetail, ArtifactLocation, ArtifactLocationType, EncryptionKey, ErrorCode,
        JobData, PipelineContext, S3ArtifactLocation, StageContext,
    },
};

/// J-24: how long credentials are the same; a worker gets fresh ones by asking again.
const CREDENTIALS: i64 = 15 * MINUTE;

/// A job that a call names, live or past.
pub struct Found<'a> {
    /// Its id.
    pub id: JobId,
    /// The job.
    pub job: Job,
    /// Who does it.
    pub doer: Doer,
    /// The id of its partner's client (T-7).
    pub client: String,
    pipeline: &'a Pipeline,
    execution: Recorded<'a>,
}

/// J-4, J-37: a well-formed id that no job has.
pub fn unknown(id: &str) -> ApiError {
    ApiError::new(
        ErrorCode::JobNotFoundException,
        format!("The job '{id}' does not exist"),
    )
}

/// The job with this id.
pub fn find<'a>(world: &'a World, uuid: &str) -> Option<Found<'a>> {
    let id = world.key().parse_job(uuid)?;
    let pipeline = world.pipelines.get(&id.execution.pipeline)?;
    let execution = pipeline.execution(id.execution.number)?;
    let job = execution.jobs.get(id.ordinal as usize)?.clone();
    let record = execution.actions.get(job.action as usize)?;
    let plan = pipeline.plan(execution.version);
    let doer = jobs::doer(plan.action_plan(record.stage, record.action))?;
    let client = client(
        world,
        pipeline,
        &plan.stage(record.stage).name,
        &plan.action(record.stage, record.action).name,
    );
    Some(Found {
        id,
        job,
        doer,
        client,
        pipeline,
        execution,
    })
}

/// T-7: one client for each action of a pipeline, by names.
fn client(world: &World, pipeline: &Pipeline, stage: &str, action: &str) -> String {
    let place = digest(&format!("{}/{stage}/{action}", pipeline.name()));
    world.key().client(mix(place ^ u64::from(pipeline.id.0)))
}

impl Found<'_> {
    /// What its worker is told. A partner is not told which pipeline execution it is (J-27).
    pub fn data(&self, world: &World) -> JobData {
        let id = ActionExecutionId {
            execution: self.id.execution,
            ordinal: self.job.action,
        };
        let detail = action_executions::detail(world, self.pipeline, &self.execution, id);
        detail.map_or_else(JobData::default, |detail| self.of_detail(world, id, detail))
    }

    fn of_detail(
        &self,
        world: &World,
        id: ActionExecutionId,
        detail: ActionExecutionDetail,
    ) -> JobData {
        let plan = self.pipeline.plan(self.execution.version);
        let Some(record) = self.execution.actions.get(id.ordinal as usize) else {
            return JobData::default();
        };
        let declared = plan.action(record.stage, record.action);
        let partner = self.doer == Doer::Partner;
        // J-15: as it runs, and not as everybody may see it.
        let configuration = match &record.resolved {
            Some(resolved) => (**resolved).clone(),
            None => declared.configuration.clone().unwrap_or_default(),
        };
        let inputs = detail.input.and_then(|input| input.input_artifacts);
        let outputs =
            action_executions::outputs(world, self.pipeline, &self.execution, id, declared);
        JobData {
            action_type_id: Some(declared.action_type_id.clone()),
            action_configuration: Some(ActionConfiguration {
                configuration: Some(configuration),
            }),
            pipeline_context: Some(PipelineContext {
                pipeline_name: Some(plan.declaration.name.clone()),
                stage: Some(StageContext {
                    name: detail.stage_name,
                }),
                action: Some(ActionContext {
                    name: detail.action_name,
                    action_execution_id: detail.action_execution_id,
                }),
                pipeline_arn: (!partner).then(|| world.pipeline_arn(self.pipeline.name())),
                pipeline_execution_id: detail.pipeline_execution_id.filter(|_| !partner),
            }),
            input_artifacts: Some(
                inputs
                    .into_iter()
                    .flatten()
                    .map(|lies| {
                        let revision = self.revision(lies.name.as_deref(), id.ordinal);
                        artifact(lies, revision)
                    })
                    .collect(),
            ),
            output_artifacts: Some(
                outputs
                    .into_iter()
                    .map(|lies| artifact(lies, None))
                    .collect(),
            ),
            artifact_credentials: Some(self.credentials(world)),
            continuation_token: self.job.token.as_ref().map(ToString::to_string),
            encryption_key: self.encryption_key(world, declared.region.as_deref()),
        }
    }

    /// J-28: the revision of an input that a source made.
    fn revision(&self, artifact: Option<&str>, reader: u32) -> Option<String> {
        let plan = self.pipeline.plan(self.execution.version);
        let (stage, action) = *plan.producers.get(artifact?)?;
        let product = self.execution.product_before(stage, action, reader)?;
        Some(product.revision?.id.clone())
    }

    /// J-30: only where the artifact store names a key.
    fn encryption_key(&self, world: &World, region: Option<&str>) -> Option<EncryptionKey> {
        let declaration = &self.pipeline.plan(self.execution.version).declaration;
        let region = region.unwrap_or(&world.options.region);
        let of_region = || declaration.artifact_stores.as_ref()?.get(region);
        let store = declaration.artifact_store.as_ref().or_else(of_region)?;
        store.encryption_key.clone()
    }

    /// J-30a: they look like credentials, and open nothing.
    fn credentials(&self, world: &World) -> AWSSessionCredentials {
        let id = ActionExecutionId {
            execution: self.id.execution,
            ordinal: self.id.ordinal,
        };
        let quarter = digest(&world.now.0.div_euclid(CREDENTIALS).to_string());
        let letters = |salt: u64, length: usize| -> String {
            let part = |index: u64| {
                let number = world.key().number(id, mix(quarter ^ salt) ^ index);
                alphanumeric(number, 8)
            };
            (0..)
                .flat_map(|index| part(index).into_bytes())
                .take(length)
                .map(char::from)
                .collect()
        };
        AWSSessionCredentials {
            access_key_id: format!("ASIA{}", letters(1, 16).to_uppercase()),
            secret_access_key: letters(2, 40),
            session_token: letters(3, 120),
        }
    }
}

fn artifact(lies: ArtifactDetail, revision: Option<String>) -> Artifact {
    Artifact {
        name: lies.name,
        revision,
        location: Some(ArtifactLocation {
            r#type: Some(ArtifactLocationType::S3),
            s3_location: lies.s3_location.map(|location| S3ArtifactLocation {
                bucket_name: location.bucket.unwrap_or_default(),
                object_key: location.key.unwrap_or_default(),
            }),
        }),
    }
}
