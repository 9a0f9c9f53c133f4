//! How a world begins, as far as the page decides it.

use codepipeline_simulator::{
    engine::{Engine, time::Instant},
    page::begin::{options, untouched},
};
use serde_json::{Value, json};

const FIRST_RELEASE: &str = include_str!("../../../www/worlds/first-release.json");

fn call(engine: &mut Engine, operation: &str, input: Value) {
    let now = engine.world().now;
    engine
        .execute(operation, input, now)
        .unwrap_or_else(|error| panic!("{operation}: {error}"));
}

fn first_release() -> Value {
    serde_json::from_str(FIRST_RELEASE).expect("it is JSON")
}

#[test]
fn a_new_world_has_the_partition_of_its_region() {
    for (region, partition) in [
        ("eu-central-1", "aws"),
        ("us-east-1", "aws"),
        ("us-gov-west-1", "aws-us-gov"),
        ("cn-north-1", "aws-cn"),
    ] {
        let options = options(region, 7, Instant(86_400_000));
        assert_eq!(
            (options.region.as_str(), options.partition.as_str()),
            (region, partition)
        );
        assert_eq!(
            options.caller_arn,
            format!("arn:{partition}:iam::123456789012:user/simulator")
        );
        assert_eq!((options.seed, options.start_time), (7, Instant(86_400_000)));
    }
}

#[test]
fn a_world_is_untouched_until_something_is_started_by_hand() {
    let mut engine = Engine::new(options("us-east-1", 7, Instant(86_400_000)));
    call(&mut engine, "CreatePipeline", first_release());
    assert!(untouched(engine.world()));
    let later = engine.world().now.after(3_600_000);
    engine.advance(later);
    assert!(untouched(engine.world()), "its first execution has ended");
    let mut second = first_release();
    second["pipeline"]["name"] = json!("another");
    call(&mut engine, "CreatePipeline", second);
    assert!(
        untouched(engine.world()),
        "its execution, too, nobody started"
    );
    call(
        &mut engine,
        "StartPipelineExecution",
        json!({ "name": "another" }),
    );
    assert!(!untouched(engine.world()));
}
