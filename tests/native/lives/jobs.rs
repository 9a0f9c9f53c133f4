//! Worlds in which everything happens that may to jobs.

use codepipeline_simulator::engine::{behavior::Outcome, fact::Fact};
use serde_json::{Value, json};

use crate::bench::{Bench, action, custom_type, pipeline, source, stage};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

fn kind() -> Value {
    json!({ "category": "Test", "owner": "Custom", "provider": "Rig", "version": "1" })
}

/// A pipeline with a custom action, which has begun.
fn rig() -> Bench {
    let mut bench = Bench::new();
    custom_type(&mut bench, "Test", "Rig");
    bench.takes("shop", "Source", "Checkout", 1);
    let test = action("Bench", "Test/Custom/Rig", 1, json!({}));
    bench.create(&pipeline(
        "shop",
        &[stage("Source", &[source()]), stage("Test", &[test])],
    ));
    bench.advance(MINUTE);
    bench
}

/// Polls; answers the id and the nonce of the one job.
fn polled(bench: &mut Bench) -> (Value, Value) {
    let answer = bench.ok("PollForJobs", json!({ "actionTypeId": kind() }));
    let job = &answer["jobs"][0];
    (job["id"].clone(), job["nonce"].clone())
}

fn acknowledged(bench: &mut Bench) -> Value {
    let (id, nonce) = polled(bench);
    bench.ok("AcknowledgeJob", json!({ "jobId": id, "nonce": nonce }));
    id
}

fn goes_on(bench: &mut Bench, id: &Value) {
    let input = json!({ "jobId": id, "continuationToken": "more" });
    bench.ok("PutJobSuccessResult", input);
}

fn abandoned(bench: &mut Bench) {
    let id = bench.executions("shop")[0].clone();
    let input = json!({ "pipelineName": "shop", "pipelineExecutionId": id, "abandon": true });
    bench.ok("StopPipelineExecution", input);
}

/// See the module.
pub fn drives() -> Vec<Vec<Fact>> {
    // It is handed out twice, acknowledged late, goes on, and fails at last.
    let mut long = rig();
    polled(&mut long);
    long.advance(MINUTE);
    let (id, nonce) = polled(&mut long);
    long.advance(MINUTE);
    long.ok("AcknowledgeJob", json!({ "jobId": id, "nonce": nonce }));
    goes_on(&mut long, &id);
    long.advance(MINUTE);
    let next = acknowledged(&mut long);
    let failure = json!({ "type": "JobFailed", "message": "it broke" });
    let input = json!({ "jobId": next, "failureDetails": failure });
    long.ok("PutJobFailureResult", input);

    // The action times out, however far its job is.
    let mut unasked = rig();
    unasked.advance(DAY);
    let mut silent = rig();
    acknowledged(&mut silent);
    silent.advance(DAY);
    let mut unacknowledged = rig();
    unacknowledged.advance(DAY - MINUTE / 2);
    polled(&mut unacknowledged);
    unacknowledged.advance(MINUTE);
    let mut late = rig();
    let id = acknowledged(&mut late);
    late.advance(DAY - MINUTE / 4);
    goes_on(&mut late, &id);
    late.advance(MINUTE);

    // The action is abandoned, however far its job is.
    let mut unasked_lost = rig();
    abandoned(&mut unasked_lost);
    let mut handed_out_lost = rig();
    polled(&mut handed_out_lost);
    abandoned(&mut handed_out_lost);
    let mut on_the_way_lost = rig();
    let id = acknowledged(&mut on_the_way_lost);
    goes_on(&mut on_the_way_lost, &id);
    abandoned(&mut on_the_way_lost);

    // A function is invoked, goes on, and is invoked again.
    let mut function = Bench::new();
    function.takes("shop", "Source", "Checkout", 1);
    function.outcome("shop", "Run", "Call", Outcome::Hold);
    let call = action(
        "Call",
        "Invoke/AWS/Lambda",
        1,
        json!({ "FunctionName": "function" }),
    );
    function.create(&pipeline(
        "shop",
        &[stage("Source", &[source()]), stage("Run", &[call])],
    ));
    function.advance(MINUTE);
    let world = function.engine.world();
    let made = world
        .pipelines
        .values()
        .flat_map(|pipeline| pipeline.executions.values().map(|it| (pipeline.id, it)))
        .find(|(_, execution)| !execution.jobs.is_empty());
    let (pipeline, execution) = made.expect("the function was invoked");
    let id = codepipeline_simulator::engine::ids::JobId {
        execution: (pipeline.0, execution.number).into(),
        ordinal: 0,
    };
    let id = json!(world.key().job(id));
    goes_on(&mut function, &id);
    function.until_idle();
    function.advance(MINUTE);

    [
        long,
        unasked,
        silent,
        unacknowledged,
        late,
        unasked_lost,
        handed_out_lost,
        on_the_way_lost,
        function,
    ]
    .map(|bench| bench.facts)
    .into()
}
