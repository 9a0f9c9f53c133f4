//! Values that mean something for a member, each with what it is called: what there is in the world, and never a limit.

use serde_json::Value;

use crate::{
    engine::{
        declaration::REGIONS,
        ids::{ExecutionId, JobId},
        world::{World, pipeline::Pipeline},
    },
    model::Shape,
    page::{text::operate as text, view::build::letter},
};

/// How many are suggested at most.
const MOST: usize = 50;

/// The suggestions for a shape in an input as it is filled in so far.
pub fn suggestions(world: &World, input: &Value, shape: &Shape) -> Vec<(String, String)> {
    let member = |names: [&str; 2]| {
        let mut found = names.iter().filter_map(|name| input.get(*name)?.as_str());
        found.next()
    };
    let pipeline = || world.pipeline_named(member(["pipelineName", "name"])?);
    let mut all = match shape.name {
        "PipelineName" => plain(world.pipelines_by_name().take(MOST).map(Pipeline::name)),
        "StageName" => pipeline().map_or_else(Vec::new, |pipeline| {
            let stages = &pipeline.current().plan.declaration.stages;
            plain(stages.iter().map(|stage| stage.name.as_str()))
        }),
        "ActionName" => pipeline().map_or_else(Vec::new, |pipeline| {
            let stage = member(["stageName", "stageName"]);
            let stages = pipeline.current().plan.declaration.stages.iter();
            let meant = stages.filter(|one| stage.is_none_or(|name| one.name == name));
            let actions = meant.flat_map(|stage| &stage.actions);
            plain(actions.map(|action| action.name.as_str()))
        }),
        "PipelineExecutionId" => {
            pipeline().map_or_else(Vec::new, |pipeline| executions(world, pipeline))
        }
        "WebhookName" => plain(world.webhooks.keys().map(|name| &**name)),
        "ActionProvider" => {
            let types = world.custom_types().filter(|one| one.deleted.is_none());
            plain(types.map(|one| one.shown.id.provider.as_str()))
        }
        "AWSRegionName" => plain(REGIONS.iter().copied()),
        "JobId" | "ThirdPartyJobId" => jobs(world),
        "ResourceArn" => arns(world),
        _ => Vec::new(),
    };
    all.truncate(MOST);
    all
}

fn plain<'a>(values: impl Iterator<Item = &'a str>) -> Vec<(String, String)> {
    values
        .map(|value| (value.to_owned(), String::new()))
        .collect()
}

fn executions(world: &World, pipeline: &Pipeline) -> Vec<(String, String)> {
    let newest = pipeline.executions.values().rev().take(MOST);
    let named = newest.map(|execution| {
        let id = ExecutionId {
            pipeline: pipeline.id,
            number: execution.number,
        };
        let called = text::execution(&letter(execution.number), execution.status.as_str());
        (world.key().execution(id), called)
    });
    named.collect()
}

fn jobs(world: &World) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for pipeline in world.pipelines.values() {
        for execution in pipeline.executions.values() {
            let open = execution
                .jobs
                .iter()
                .enumerate()
                .filter(|(_, job)| job.open());
            for (place, job) in open {
                let id = JobId {
                    execution: ExecutionId {
                        pipeline: pipeline.id,
                        number: execution.number,
                    },
                    ordinal: u32::try_from(place).unwrap_or(u32::MAX),
                };
                let called = text::job(job.status.as_str(), pipeline.name());
                all.push((world.key().job(id), called));
                if all.len() >= MOST {
                    return all;
                }
            }
        }
    }
    all
}

fn arns(world: &World) -> Vec<(String, String)> {
    let pipelines = world.pipelines_by_name().take(MOST);
    let pipelines = pipelines.map(|one| world.pipeline_arn(one.name()));
    let webhooks = world.webhooks.keys();
    let webhooks = webhooks.map(|name| world.pipeline_arn(&format!("webhook:{name}")));
    let types = world.custom_types().filter(|one| one.deleted.is_none());
    let types = types.map(|one| world.action_type_arn(&one.shown.id));
    pipelines
        .chain(webhooks)
        .chain(types)
        .map(|arn| (arn, String::new()))
        .collect()
}
