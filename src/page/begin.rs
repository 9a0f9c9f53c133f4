//! How a world begins, as far as the page decides it: what a new one is told, and whether anybody has begun to use one.

use crate::{
    engine::{
        time::Instant,
        world::{Options, World},
    },
    model::TriggerType,
};

/// What a new world in a Region is told: the partition is the Region's, and the caller has an ARN there.
#[must_use]
pub fn options(region: &str, seed: u64, start_time: Instant) -> Options {
    let given = Options::default();
    let partition = partition(region);
    let account_id = &given.account_id;
    Options {
        caller_arn: format!("arn:{partition}:iam::{account_id}:user/simulator"),
        seed,
        region: region.to_owned(),
        partition: partition.to_owned(),
        start_time,
        ..given
    }
}

/// The partition of ARNs in a Region.
fn partition(region: &str) -> &'static str {
    if region.starts_with("us-gov-") {
        "aws-us-gov"
    } else if region.starts_with("cn-") {
        "aws-cn"
    } else {
        "aws"
    }
}

/// Whether nobody has started anything yet: each pipeline that is here only ever had the execution that its creation
/// started. Asked of the world, so that it holds in every tab and after a reload.
#[must_use]
pub fn untouched(world: &World) -> bool {
    world.pipelines.values().all(|pipeline| {
        pipeline.started <= 1
            && pipeline
                .executions
                .values()
                .all(|execution| execution.trigger.kind == TriggerType::CreatePipeline)
    })
}
