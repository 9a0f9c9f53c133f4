//! What was imported runs to its end.

use codepipeline_simulator::{engine::Engine, page::import::Reading};
use serde_json::{Value, json};

use super::draft::{
    answer, call, carry_out, cross_region, ok, plain, plan, reading, three_regions, with_function,
    with_placeholders, world, world_in,
};

/// Lets everything happen, approves whatever asks, and answers how many times.
fn to_the_end(engine: &mut Engine, name: &str) -> usize {
    let mut approvals = 0;
    loop {
        while let Some(at) = engine.next_completion() {
            engine.advance(at);
        }
        let state = ok(engine, "GetPipelineState", json!({ "name": name }));
        let Some(question) = pending(&state) else {
            return approvals;
        };
        ok(engine, "PutApprovalResult", question);
        approvals += 1;
    }
}

/// The input that approves the first approval that is open.
fn pending(state: &Value) -> Option<Value> {
    state["stageStates"].as_array()?.iter().find_map(|stage| {
        stage["actionStates"].as_array()?.iter().find_map(|action| {
            let token = action["latestExecution"]["token"].as_str()?;
            Some(json!({
                "pipelineName": state["pipelineName"],
                "stageName": stage["stageName"],
                "actionName": action["actionName"],
                "token": token,
                "result": { "summary": "", "status": "Approved" },
            }))
        })
    })
}

#[test]
fn every_form_is_created_in_its_region_and_runs_to_the_end() {
    for (document, region, approvals, actions) in [
        (plain(), None, 0, 2),
        (answer("eu-north-1"), Some("eu-north-1"), 0, 2),
        (with_placeholders(), None, 0, 2),
        (cross_region(), Some("us-west-2"), 0, 2),
        (three_regions(), Some("eu-west-1"), 2, 15),
        (with_function(), None, 0, 2),
    ] {
        let read = reading(&world(), &document);
        assert_eq!(read.found().expect("found").action_count, actions);
        let plan = plan(&read).unwrap_or_else(|problems| panic!("{problems:#?}"));
        assert_eq!(plan.new_world.as_deref(), region);
        let mut engine = world_in(region.unwrap_or("us-east-1"));
        assert_eq!(carry_out(&mut engine, plan), ["CreatePipeline"]);
        assert_eq!(to_the_end(&mut engine, "orchard"), approvals);
        let list = ok(
            &mut engine,
            "ListPipelineExecutions",
            json!({ "pipelineName": "orchard" }),
        );
        let executions = list["pipelineExecutionSummaries"]
            .as_array()
            .expect("a list");
        assert_eq!(executions.len(), 1, "CreatePipeline starts one execution");
        assert_eq!(executions[0]["status"], "Succeeded", "{executions:#?}");
        assert_eq!(executions[0]["trigger"]["triggerType"], "CreatePipeline");
        let list = ok(
            &mut engine,
            "ListActionExecutions",
            json!({ "pipelineName": "orchard" }),
        );
        let done = list["actionExecutionDetails"].as_array().expect("a list");
        assert_eq!(done.len(), actions);
        assert!(
            done.iter().all(|one| one["status"] == "Succeeded"),
            "{done:#?}"
        );
    }
}

#[test]
fn what_the_simulator_answers_can_be_imported_again() {
    let mut engine = world();
    let read = reading(&engine, &three_regions());
    let mut other = world_in("eu-west-1");
    carry_out(&mut other, plan(&read).expect("a plan"));
    let answer = ok(&mut other, "GetPipeline", json!({ "name": "orchard" }));
    for home in ["us-east-1", "eu-west-1"] {
        let read = reading(&world_in(home), &answer);
        assert!(matches!(read, Reading::Candidate(_)));
        let plan = plan(&read).expect("a plan");
        assert_eq!(plan.new_world.is_some(), home == "us-east-1");
    }
    assert!(
        call(&mut engine, "GetPipeline", json!({ "name": "orchard" })).is_err(),
        "reading changes nothing"
    );
}
