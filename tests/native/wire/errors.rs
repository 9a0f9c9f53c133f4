//! What is said of a request that cannot be answered.

use codepipeline_simulator::{
    api::wire::{Failure, Reading, read},
    model::{ApiError, ErrorCode},
};

use super::*;

pub const SHOWN: &[Shown] = &[
    ("W-11", an_error_has_a_bare_name_and_a_text),
    ("W-12", the_name_stands_in_the_body_and_in_a_header),
    ("W-13", every_error_has_a_text_but_those_of_the_protocol),
    ("W-14", the_services_errors_are_400_but_for_a_conflict),
    ("W-15", the_common_errors_have_the_status_that_was_seen),
    ("W-16", a_broken_request_is_answered_in_order),
    ("W-17", violations_are_counted_and_joined),
    ("W-18", the_offending_value_is_left_out),
    ("W-19", paths_count_from_one),
    ("W-20", every_constraint_has_its_words),
    ("W-21", the_pattern_comes_before_the_length),
    ("W-22", values_of_a_configuration_have_two_limits),
    ("W-23", the_server_checks_what_clients_do_not),
    ("W-24", a_missing_member_is_a_null_one),
];

fn an_error_has_a_bare_name_and_a_text() {
    let mut client = Client::new();
    let response = client.send(&raw("GetPipeline", br#"{"name":"none"}"#));
    assert_eq!(response.status, 400);
    assert_eq!(
        String::from_utf8_lossy(&response.body),
        r#"{"__type":"PipelineNotFoundException","message":"Account '123456789012' does not have a pipeline with name 'none'"}"#
    );
    assert_eq!(find(&response, "content-type"), Some(JSON));
    assert!(find(&response, "x-amzn-requestid").is_some());
}

fn the_name_stands_in_the_body_and_in_a_header() {
    let response = Client::new().send(&raw("GetPipeline", br#"{"name":"none"}"#));
    assert_eq!(
        find(&response, "x-amzn-errortype"),
        Some("PipelineNotFoundException")
    );
    assert_eq!(body(&response)["__type"], "PipelineNotFoundException");
}

/// The response to an error, whatever the world says.
fn failed(code: ErrorCode, message: &str) -> Response {
    let sent = raw("GetPipeline", b"{}");
    let request = Request {
        method: sent.method,
        path: &sent.path,
        headers: &sent.headers,
        body: &sent.body,
    };
    let Reading::Call(call) = read(&request, Settings::default(), &stamp()) else {
        panic!("it is a call");
    };
    call.answer(Err(Failure::from(&ApiError::new(code, message))), &stamp())
}

fn every_error_has_a_text_but_those_of_the_protocol() {
    for code in ErrorCode::PUBLISHED {
        let answer = body(&failed(*code, "why"));
        assert_eq!(answer, json!({ "__type": code.name(), "message": "why" }));
    }
    let response = Client::new().send(&raw("GetPipeline", b"["));
    assert_eq!(
        body(&response),
        json!({ "__type": "SerializationException" })
    );
}

fn the_services_errors_are_400_but_for_a_conflict() {
    for code in ErrorCode::PUBLISHED {
        let conflict = *code == ErrorCode::ConflictException;
        let status = if conflict { 409 } else { 400 };
        assert_eq!(failed(*code, "").status, status, "{code}");
    }
}

fn the_common_errors_have_the_status_that_was_seen() {
    for (code, status) in [
        (ErrorCode::AccessDeniedException, 400),
        (ErrorCode::ThrottlingException, 400),
        (ErrorCode::MissingAuthenticationTokenException, 400),
        (ErrorCode::InternalFailure, 500),
        (ErrorCode::ServiceUnavailable, 503),
    ] {
        assert_eq!(failed(code, "").status, status, "{code}");
    }
}

fn a_broken_request_is_answered_in_order() {
    let mut client = Client::new();
    let unknown = json!({ "__type": "UnknownOperationException" });
    for target in [
        None,
        Some("CodePipeline_20150709.Nothing"),
        Some("CodePipeline_20150709"),
        Some("Other.GetPipeline"),
    ] {
        // The body would be wrong, too, and is not looked at.
        let mut sent = raw("", b"[");
        sent.headers.truncate(1);
        sent.headers
            .extend(target.map(|target| header("X-Amz-Target", target)));
        let response = client.send(&sent);
        assert_eq!(
            (response.status, body(&response)),
            (400, unknown.clone()),
            "{target:?}"
        );
    }
    let mut get = raw("ListPipelines", b"{}");
    get.method = "GET";
    let mut form = raw("ListPipelines", b"{}");
    form.headers = vec![header("Content-Type", "application/x-www-form-urlencoded")];
    for sent in [get, form] {
        let response = client.send(&sent);
        assert_eq!(response.status, 404);
        let text = String::from_utf8_lossy(&response.body);
        assert_eq!(text.trim_end(), "<UnknownOperationException/>");
    }
    for wrong in [
        &b"nothing"[..],
        b"[]",
        b"3",
        b"null",
        b"{\"name\":",
        b"\xff{}",
        b"{\"name\":\"\\ud800\"}",
    ] {
        let response = client.send(&raw("GetPipeline", wrong));
        let none = json!({ "__type": "SerializationException" });
        assert_eq!((response.status, body(&response)), (400, none), "{wrong:?}");
    }
    // The first wrong type alone, although a member is missing.
    for (input, text) in [
        (
            json!({ "version": "5" }),
            "STRING_VALUE can not be converted to an Integer",
        ),
        (
            json!({ "version": 1.5 }),
            "NUMBER_VALUE can not be converted to an Integer",
        ),
        (
            json!({ "name": 5 }),
            "NUMBER_VALUE can not be converted to a String",
        ),
        (
            json!({ "name": true }),
            "TRUE_VALUE can not be converted to a String",
        ),
        (
            json!({ "name": {} }),
            "START_OBJECT can not be converted to a String",
        ),
    ] {
        let (code, message) = client.refused("GetPipeline", &input);
        assert_eq!(
            (code.as_str(), message.as_deref()),
            ("SerializationException", Some(text))
        );
    }
    client.ok("GetPipeline", &json!({ "name": "shop", "version": 1.0 }));
}

/// The text of a ValidationException.
fn invalid(operation: &str, input: &Value) -> String {
    let (code, message) = Client::new().refused(operation, input);
    assert_eq!(code, "ValidationException");
    message.expect("a text")
}

fn violations_are_counted_and_joined() {
    assert_eq!(
        invalid("GetPipeline", &json!({ "name": "", "version": 0 })),
        "3 validation errors detected: \
         Value at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [A-Za-z0-9.@\\-_]+; \
         Value at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1; \
         Value at 'version' failed to satisfy constraint: Member must have value greater than or equal to 1"
    );
    let one = invalid("GetPipeline", &json!({ "name": "shop", "version": 0 }));
    assert!(one.starts_with("1 validation error detected: "), "{one}");
}

fn the_offending_value_is_left_out() {
    let text = invalid("GetPipeline", &json!({ "name": "no such thing" }));
    assert!(
        !text.contains("no such thing") && text.contains("Value at 'name' failed"),
        "{text}"
    );
}

fn paths_count_from_one() {
    let mut declaration = three_stages("shop2");
    declaration["stages"][1]["actions"][0]["name"] = json!("");
    let text = invalid("CreatePipeline", &json!({ "pipeline": declaration }));
    assert!(
        text.contains("Value at 'pipeline.stages.2.member.actions.1.member.name' failed"),
        "{text}"
    );
}

fn every_constraint_has_its_words() {
    let long = "x".repeat(101);
    let mut declaration = three_stages(&long);
    declaration["pipelineType"] = json!("V3");
    declaration["stages"][1]["actions"][0]["runOrder"] = json!(1000);
    declaration["stages"][1]["actions"][0]["configuration"] = json!({ "": "x", "ProjectName": "" });
    let text = invalid(
        "CreatePipeline",
        &json!({ "pipeline": declaration, "tags": [{ "key": "" }] }),
    );
    for words in [
        "Member must have length less than or equal to 100",
        "Member must have value less than or equal to 999",
        "Member must satisfy enum value set: [V1, V2]",
        "Map value must satisfy constraint: [Member must have length less than or equal to 50000, \
         Member must have length greater than or equal to 1]",
        "Map keys must satisfy constraint: [Member must have length less than or equal to 50, \
         Member must have length greater than or equal to 1]",
        "Value at 'tags.1.member.value' failed to satisfy constraint: Member must not be null",
        "Value at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let keys = json!({ "resourceArn": "arn:aws:codepipeline:us-east-1:123456789012:shop", "tagKeys": [""] });
    let untag = codepipeline_simulator::model::operation("UntagResource").expect("it exists");
    let refused = codepipeline_simulator::model::admit(untag, keys).expect_err("an empty key");
    let words = "Member must satisfy constraint: [Member must have length less than or equal to 128, \
                 Member must have length greater than or equal to 1]";
    assert!(refused.message.contains(words), "{refused}");
}

fn the_pattern_comes_before_the_length() {
    let text = invalid("GetPipeline", &json!({ "name": " ".repeat(101) }));
    let at = |words: &str| {
        text.find(words)
            .unwrap_or_else(|| panic!("{words}: {text}"))
    };
    assert!(at("regular expression") < at("length less than"));
}

fn values_of_a_configuration_have_two_limits() {
    let of = |length: usize| {
        let mut declaration = three_stages("shop3");
        declaration["stages"][1]["actions"][0]["configuration"]["ProjectName"] =
            json!("x".repeat(length));
        json!({ "pipeline": declaration })
    };
    let late = invalid("CreatePipeline", &of(1_001));
    assert!(
        late.starts_with("ActionConfiguration Map value must satisfy") && late.contains("1000"),
        "{late}"
    );
    let early = invalid("CreatePipeline", &of(50_001));
    assert!(
        early.starts_with("1 validation error") && early.contains("50000"),
        "{early}"
    );
}

fn the_server_checks_what_clients_do_not() {
    // What the AWS CLI lets through (an empty id), and the SDK for JavaScript (nothing at all).
    for input in [json!({ "name": "" }), json!({})] {
        let text = invalid("GetPipeline", &input);
        assert!(text.contains("Value at 'name'"), "{text}");
    }
}

fn a_missing_member_is_a_null_one() {
    assert_eq!(
        invalid("GetPipeline", &json!({})),
        "1 validation error detected: Value at 'name' failed to satisfy constraint: Member must not be null"
    );
}
