//! Variables at run time (execution.md §10).

use serde_json::json;

use crate::bench::{Bench, three_stages};

#[test]
fn va_11_va_14_references_are_resolved_just_before_the_action_starts() {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    declaration["variables"] = json!([{ "name": "Target", "defaultValue": "beta" }]);
    declaration["stages"][1]["actions"][0]["configuration"]["EnvironmentVariables"] = json!(
        "[{\"name\":\"COMMIT\",\"value\":\"#{Source.CommitId}\"},{\"name\":\"TO\",\"value\":\"#{variables.Target}\"},\
          {\"name\":\"RUN\",\"value\":\"#{codepipeline.PipelineExecutionId}\"}]"
    );
    bench.create(&declaration);
    bench.until_idle();
    let id = bench.executions("shop")[0].clone();
    let rows = bench.ok("ListActionExecutions", json!({ "pipelineName": "shop" }));
    let rows = rows["actionExecutionDetails"]
        .as_array()
        .expect("rows")
        .clone();
    let of = |action: &str| {
        rows.iter()
            .find(|row| row["actionName"] == action)
            .expect("a row")
    };
    let commit = of("Checkout")["output"]["outputVariables"]["CommitId"]
        .as_str()
        .expect("a commit");
    let input = &of("Compile")["input"];
    assert!(
        input["configuration"]["EnvironmentVariables"]
            .as_str()
            .expect("text")
            .contains("#{Source.CommitId}")
    );
    assert_eq!(
        input["resolvedConfiguration"]["EnvironmentVariables"],
        json!(format!(
            "[{{\"name\":\"COMMIT\",\"value\":\"{commit}\"}},{{\"name\":\"TO\",\"value\":\"beta\"}},{{\"name\":\"RUN\",\"value\":\"{id}\"}}]"
        ))
    );
}

#[test]
fn sc_22_va_13_an_unknown_key_fails_the_action() {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    declaration["stages"][2]["actions"][0]["configuration"]["EnvironmentVariables"] =
        json!("[{\"name\":\"X\",\"value\":\"#{Source.Nope}\"}]");
    bench.create(&declaration);
    bench.until_idle();
    let latest = bench.stage("shop", 2)["actionStates"][0]["latestExecution"].clone();
    assert_eq!(latest["status"], "Failed");
    assert_eq!(latest["errorDetails"]["code"], "ConfigurationError");
    let message = latest["errorDetails"]["message"]
        .as_str()
        .expect("a message");
    assert!(
        message.starts_with(
            "An action in this pipeline failed because one or more variables could not be resolved: Action name=Ship."
        ),
        "{message}"
    );
}

#[test]
fn sc_22_va_6_va_7_va_8_va_9_values_of_pipeline_variables() {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    declaration["variables"] = json!([{ "name": "Must" }, { "name": "May", "defaultValue": "d" }]);
    bench.create(&declaration);
    let created = bench.executions("shop")[0].clone();
    assert_eq!(
        bench.status("shop", &created),
        "Failed",
        "VA-7: a start that no caller waits for"
    );
    let missing = bench.refused("StartPipelineExecution", json!({ "name": "shop" }));
    assert_eq!(missing.code.name(), "ValidationException", "VA-7");
    let variables = |name: &str, value: &str| json!({ "name": "shop", "variables": [{ "name": name, "value": value }] });
    for (name, value) in [("Nope", "x"), ("Must", "")] {
        let error = bench.refused("StartPipelineExecution", variables(name, value));
        assert_eq!(error.code.name(), "ValidationException", "VA-8");
    }
    let empty = bench.refused(
        "StartPipelineExecution",
        json!({ "name": "shop", "variables": [] }),
    );
    assert_eq!(empty.code.name(), "ValidationException", "VA-6");
    let answer = bench.ok("StartPipelineExecution", variables("Must", "m"));
    let execution = bench.ok(
        "GetPipelineExecution",
        json!({ "pipelineName": "shop", "pipelineExecutionId": answer["pipelineExecutionId"] }),
    );
    assert_eq!(
        execution["pipelineExecution"]["variables"],
        json!([{ "name": "Must", "resolvedValue": "m" }, { "name": "May", "resolvedValue": "d" }])
    );
}
