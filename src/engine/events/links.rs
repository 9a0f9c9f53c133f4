//! Addresses in the web console. They have the console's form and lead nowhere: what is simulated has no page there.

use crate::{
    engine::{
        catalogue::ActionType,
        providers::{self, Run},
        world::{World, execution::Ending},
    },
    model::ActionCategory,
};

/// The host of the console in a partition.
fn console(world: &World) -> &'static str {
    match world.options.partition.as_str() {
        "aws-cn" => "console.amazonaws.cn",
        "aws-us-gov" => "console.amazonaws-us-gov.com",
        _ => "console.aws.amazon.com",
    }
}

/// The page of a pipeline.
pub fn pipeline(world: &World, name: &str) -> String {
    let region = &world.options.region;
    format!(
        "https://{}/codepipeline/home?region={region}#/view/{name}",
        console(world)
    )
}

/// The page of what an action did at its provider, where the form of its address is known.
pub fn result(run: &Run, kind: Option<&ActionType>, ending: &Ending) -> Option<String> {
    let Some(kind) = kind else {
        return providers::urls(run, ending.external_id.as_deref()).execution;
    };
    let (host, region) = (console(run.world), run.region());
    let provider = providers::of(Some(kind));
    let external = || provider.external_id(run);
    match (kind.category, kind.provider) {
        (ActionCategory::Source, "CodeCommit") => {
            let revision = ending.revision.as_ref()?;
            Some(format!(
                "https://{region}.{host}/codecommit/home#/repository/{}/commit/{}",
                run.value("RepositoryName"),
                revision.id
            ))
        }
        (ActionCategory::Source, _) => {
            let place = provider.place(run.configuration)?;
            providers::revision_url(&place, ending.revision.as_ref()?)
        }
        (_, "CodeBuild") => Some(format!(
            "https://{host}/codebuild/home?region={region}#/builds/{}/view/new",
            external()?
        )),
        (_, "CodeDeploy" | "CodeDeployToECS") => Some(format!(
            "https://{region}.{host}/codedeploy/home?#/deployments/{}",
            external()?
        )),
        _ => None,
    }
}
