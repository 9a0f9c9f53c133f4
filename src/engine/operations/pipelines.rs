//! CreatePipeline, GetPipeline, UpdatePipeline, DeletePipeline, ListPipelines.

use std::rc::Rc;

use super::{lookup, paging};
use crate::{
    engine::{
        decision::Decision,
        declaration::{self, Context},
        fact::Event,
        ids::{MAX_PIPELINES, PipelineId},
        rules::{polling, start, update as updating},
        time::Instant,
        world::{World, execution::Trigger, pipeline::Version},
    },
    model::{
        ApiError, CreatePipelineInput, CreatePipelineOutput, DeletePipelineInput, ErrorCode,
        GetPipelineInput, GetPipelineOutput, ListPipelinesInput, ListPipelinesOutput,
        PipelineDeclaration, PipelineMetadata, PipelineSummary, TriggerType, UpdatePipelineInput,
        UpdatePipelineOutput,
    },
};

/// QT-1: pipelines in a Region.
const MOST_PIPELINES: usize = 1_000;
/// Items of a page of ListPipelines where nobody asks for another number (LA-6 allows up to 1,000).
const PAGE: usize = 1_000;

/// What a caller may see of a version.
fn shown(world: &World, version: &Version, number: u32) -> PipelineDeclaration {
    let mut declaration = declaration::mask_secrets(&version.plan.declaration, world);
    declaration.version = Some(i64::from(number));
    declaration
}

fn context<'a>(world: &'a World, existing: Option<&'a PipelineDeclaration>) -> Context<'a> {
    Context {
        region: &world.options.region,
        custom_types: world,
        existing,
    }
}

/// CreatePipeline: the checks of CK-1 to CK-8, then version 1, then one execution by itself.
pub fn create(
    decision: &mut Decision,
    input: CreatePipelineInput,
) -> Result<CreatePipelineOutput, ApiError> {
    let CreatePipelineInput {
        pipeline: declared,
        tags,
    } = input;
    let world: &World = decision;
    let account = &world.options.account_id;
    if world.pipeline_named(&declared.name).is_some() {
        return Err(ApiError::new(
            ErrorCode::PipelineNameInUseException,
            format!(
                "A pipeline with the name '{}' already exists in account '{account}'",
                declared.name
            ),
        ));
    }
    let context = context(world, None);
    declaration::check(&declared, &context)?;
    if world.pipelines.len() >= MOST_PIPELINES || world.created_pipelines >= MAX_PIPELINES {
        return Err(ApiError::new(
            ErrorCode::LimitExceededException,
            format!(
                "The maximum number of pipelines ({MOST_PIPELINES}) in account '{account}' for this region has been reached"
            ),
        ));
    }
    let tags = tags.unwrap_or_default();
    declaration::check_tags(&tags)?;
    declaration::check_tag_count(tags.len())?;
    let declared = declaration::normalise(declared, &context);
    let id = PipelineId(world.created_pipelines);
    decision.record(Event::PipelineCreated {
        pipeline: id,
        declaration: Rc::new(declared),
        tags: tags.clone(),
    });
    let answer = CreatePipelineOutput {
        pipeline: Some(shown(decision, decision.pipeline(id).current(), 1)),
        tags: Some(tags).filter(|tags| !tags.is_empty()),
    };
    let detail: Rc<str> = decision.options.caller_arn.as_str().into();
    start::by_event(
        decision,
        id,
        Trigger {
            kind: TriggerType::CreatePipeline,
            detail,
        },
    );
    Ok(answer)
}

/// GetPipeline: any version (UP-11).
pub fn get(world: &World, input: GetPipelineInput) -> Result<GetPipelineOutput, ApiError> {
    let pipeline = lookup::pipeline(world, &input.name)?;
    let number = match input.version {
        None => pipeline.version(),
        Some(asked) => u32::try_from(asked)
            .ok()
            .filter(|asked| *asked <= pipeline.version())
            .ok_or_else(|| {
                ApiError::new(
                    ErrorCode::PipelineVersionNotFoundException,
                    format!(
                        "The pipeline '{}' does not have a version {asked}",
                        input.name
                    ),
                )
            })?,
    };
    let version = pipeline
        .versions
        .get(number as usize - 1)
        .unwrap_or(pipeline.current());
    Ok(GetPipelineOutput {
        pipeline: Some(shown(world, version, number)),
        metadata: Some(PipelineMetadata {
            pipeline_arn: Some(world.pipeline_arn(pipeline.name())),
            created: Some(pipeline.created.timestamp()),
            updated: Some(pipeline.updated.timestamp()),
            polling_disabled_at: polling::given_up(pipeline, world.now).map(Instant::timestamp),
        }),
    })
}

/// UpdatePipeline: one version more (UP-1), no execution (UP-2).
pub fn update(
    decision: &mut Decision,
    input: UpdatePipelineInput,
) -> Result<UpdatePipelineOutput, ApiError> {
    let world: &World = decision;
    let pipeline = lookup::pipeline_to_change(world, &input.pipeline.name)?;
    let id = pipeline.id;
    let context = context(world, Some(&pipeline.current().plan.declaration));
    declaration::check(&input.pipeline, &context)?;
    let declared = declaration::normalise(input.pipeline, &context);
    updating::update(decision, id, declared);
    let pipeline = decision.pipeline(id);
    Ok(UpdatePipelineOutput {
        pipeline: Some(shown(decision, pipeline.current(), pipeline.version())),
    })
}

/// DeletePipeline: a name that does not exist is deleted already (UP-12).
pub fn delete(decision: &mut Decision, input: DeletePipelineInput) -> Result<(), ApiError> {
    if let Some(id) = decision
        .pipeline_named(&input.name)
        .map(|pipeline| pipeline.id)
    {
        updating::delete(decision, id);
    }
    Ok(())
}

/// ListPipelines, in the order of names.
pub fn list(world: &World, input: ListPipelinesInput) -> Result<ListPipelinesOutput, ApiError> {
    let question = paging::Question::new(world, "ListPipelines", "");
    let after = question.position(input.next_token.as_deref())?;
    let size = paging::size(input.max_results, PAGE);
    let mut pipelines: Vec<PipelineSummary> = world
        .pipelines_after(after.as_deref().unwrap_or_default())
        .take(size + 1)
        .map(|pipeline| {
            let declaration = &pipeline.current().plan.declaration;
            PipelineSummary {
                name: Some(declaration.name.clone()),
                version: Some(i64::from(pipeline.version())),
                pipeline_type: declaration.pipeline_type,
                execution_mode: declaration.execution_mode,
                created: Some(pipeline.created.timestamp()),
                updated: Some(pipeline.updated.timestamp()),
            }
        })
        .collect();
    let more = pipelines.len() > size;
    pipelines.truncate(size);
    let next_token = more
        .then(|| {
            pipelines
                .last()
                .and_then(|last| last.name.as_deref())
                .map(|name| question.token(name))
        })
        .flatten();
    Ok(ListPipelinesOutput {
        pipelines: Some(pipelines),
        next_token,
    })
}
