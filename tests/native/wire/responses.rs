//! What a response looks like.

use codepipeline_simulator::{
    api::wire::{Reading, read},
    model::OPERATIONS,
};

use super::*;

pub const SHOWN: &[Shown] = &[
    ("W-4", a_response_says_what_it_is),
    ("W-5", no_output_is_no_body_and_an_empty_one_is_an_object),
    ("W-10", a_declaration_comes_back_with_its_defaults),
];

fn a_response_says_what_it_is() {
    let response = Client::new().send(&raw("ListPipelines", b"{}"));
    assert_eq!(response.status, 200);
    let Stamp { request_id, date } = stamp();
    let length = response.body.len().to_string();
    for (name, value) in [
        ("x-amzn-requestid", &request_id),
        ("content-type", &JSON.to_owned()),
        ("content-length", &length),
        ("date", &date),
    ] {
        assert_eq!(find(&response, name), Some(value.as_str()), "{name}");
    }
}

fn no_output_is_no_body_and_an_empty_one_is_an_object() {
    let mut bodies = (vec![], vec![]);
    for operation in OPERATIONS {
        let sent = raw(operation.name, b"{}");
        let request = Request {
            method: sent.method,
            path: &sent.path,
            headers: &sent.headers,
            body: &sent.body,
        };
        let Reading::Call(call) = read(&request, Settings::default(), &stamp()) else {
            panic!("{} is an operation", operation.name);
        };
        let nothing = match operation.output {
            None => Value::Null,
            Some(_) => json!({}),
        };
        let response = call.answer(Ok(&nothing), &stamp());
        match response.body.as_slice() {
            b"" => bodies.0.push(operation.name),
            b"{}" => bodies.1.push(operation.name),
            other => panic!("{}: {other:?}", operation.name),
        }
    }
    assert_eq!(
        bodies.0,
        [
            "DeleteCustomActionType",
            "DeletePipeline",
            "DisableStageTransition",
            "EnableStageTransition",
            "OverrideStageCondition",
            "PutJobFailureResult",
            "PutJobSuccessResult",
            "PutThirdPartyJobFailureResult",
            "PutThirdPartyJobSuccessResult",
            "UpdateActionType",
        ]
    );
    let mut client = Client::new();
    let transition =
        json!({ "pipelineName": "shop", "stageName": "Build", "transitionType": "Inbound" });
    assert_eq!(client.ok("EnableStageTransition", &transition), Value::Null);
}

fn a_declaration_comes_back_with_its_defaults() {
    let mut client = Client::new();
    let mut declaration = three_stages("plain");
    let approval = json!({
        "name": "Decide",
        "actionTypeId": { "category": "Approval", "owner": "AWS", "provider": "Manual", "version": "1" },
    });
    declaration["stages"][2]["actions"] = json!([approval]);
    client.ok("CreatePipeline", &json!({ "pipeline": declaration }));
    let answer = client.ok("GetPipeline", &json!({ "name": "plain" }));
    let action = &answer["pipeline"]["stages"][2]["actions"][0];
    for (member, value) in [
        ("inputArtifacts", json!([])),
        ("outputArtifacts", json!([])),
        ("runOrder", json!(1)),
        ("configuration", json!({})),
    ] {
        assert_eq!(action[member], value, "{member}");
    }
}
