//! What a request may look like.

use super::*;

pub const SHOWN: &[Shown] = &[
    ("W-1", the_target_names_the_operation),
    ("W-2", a_signature_is_neither_needed_nor_looked_into),
    ("W-3", no_body_is_an_empty_object),
    ("W-6", instants_come_as_numbers_of_any_kind),
    ("W-7", null_is_absent_and_refused_inside_lists_and_maps),
    ("W-8", members_nobody_knows_are_ignored),
    ("W-9", members_have_the_services_names),
    ("W-25", a_browser_asks_before_it_sends),
    ("W-26", a_browser_may_read_every_answer),
];

fn the_target_names_the_operation() {
    let mut client = Client::new();
    let usual = client.send(&raw("ListPipelines", b"{}"));
    assert_eq!(usual.status, 200);
    for (name, target, kind, path) in [
        ("x-amz-target", "X-Amz-Target", JSON, "/"),
        (
            "charset",
            "x-amz-target",
            "application/x-amz-json-1.1; charset=utf-8",
            "/",
        ),
        ("base path", "X-AMZ-TARGET", JSON, "/base/"),
    ] {
        let mut sent = raw("ListPipelines", b"{}");
        sent.path = path.to_owned();
        sent.headers = vec![
            header(target, "CodePipeline_20150709.ListPipelines"),
            header("content-type", kind),
        ];
        assert_eq!(client.send(&sent), usual, "{name}");
    }
}

fn a_signature_is_neither_needed_nor_looked_into() {
    let mut client = Client::new();
    let bare = raw("ListPipelines", b"{}");
    let mut signed = raw("ListPipelines", b"{}");
    signed.headers.push(header(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=A/20200101/mars/codepipeline/aws4_request, SignedHeaders=host, Signature=0",
    ));
    let answered = client.send(&bare);
    assert_eq!(answered.status, 200);
    assert_eq!(client.send(&signed), answered);
    client.settings.require_authorization = true;
    assert_eq!(client.send(&signed), answered);
    let refused = client.send(&bare);
    assert_eq!(refused.status, 400);
    assert_eq!(
        body(&refused),
        json!({ "__type": "MissingAuthenticationTokenException", "message": "Missing Authentication Token" })
    );
}

fn no_body_is_an_empty_object() {
    let mut client = Client::new();
    let with = client.send(&raw("ListPipelines", b"{}"));
    assert_eq!(client.send(&raw("ListPipelines", b"")), with);
    assert_eq!(client.send(&raw("GetPipeline", b"")).status, 400);
}

fn instants_come_as_numbers_of_any_kind() {
    let mut client = Client::new();
    let body = |created: &str| {
        format!(
            "{{\"pipelineName\":\"shop\",\"stageName\":\"Source\",\"actionName\":\"Checkout\",\
             \"actionRevision\":{{\"revisionId\":\"r{created}\",\"revisionChangeId\":\"c\",\"created\":{created}}}}}"
        )
    };
    for created in ["1700000000", "1700000000.123", "1.7E9"] {
        let response = client.send(&raw("PutActionRevision", body(created).as_bytes()));
        assert_eq!(response.status, 200, "{created}: {:?}", response.body);
    }
    let response = client.send(&raw("PutActionRevision", body("\"2023-11-14\"").as_bytes()));
    assert_eq!(response.status, 400);
    let pipeline = client.ok("GetPipeline", &json!({ "name": "shop" }));
    assert!(pipeline["metadata"]["created"].is_number());
}

fn null_is_absent_and_refused_inside_lists_and_maps() {
    let mut client = Client::new();
    let without = client.ok("GetPipeline", &json!({ "name": "shop" }));
    let with = client.ok("GetPipeline", &json!({ "name": "shop", "version": null }));
    assert_eq!(without, with);
    let (code, message) = client.refused("GetPipeline", &json!({ "name": null }));
    assert_eq!(code, "ValidationException");
    assert_eq!(
        message.as_deref(),
        Some(
            "1 validation error detected: Value at 'name' failed to satisfy constraint: Member must not be null"
        )
    );
    let mut declaration = three_stages("other");
    declaration["stages"][0]["actions"][0]["configuration"]["BranchName"] = Value::Null;
    let (code, message) = client.refused("CreatePipeline", &json!({ "pipeline": declaration }));
    assert_eq!(code, "ValidationException");
    assert!(message.is_some_and(|text| text.ends_with("Member must not be null")));
    fn nulls(value: &Value) -> bool {
        match value {
            Value::Null => true,
            Value::Array(items) => items.iter().any(nulls),
            Value::Object(entries) => entries.values().any(nulls),
            _ => false,
        }
    }
    for (operation, input) in [
        ("GetPipeline", json!({ "name": "shop" })),
        ("GetPipelineState", json!({ "name": "shop" })),
        ("ListPipelineExecutions", json!({ "pipelineName": "shop" })),
        ("ListActionExecutions", json!({ "pipelineName": "shop" })),
    ] {
        assert!(!nulls(&client.ok(operation, &input)), "{operation}");
    }
}

fn members_nobody_knows_are_ignored() {
    let mut client = Client::new();
    let without = client.ok("GetPipeline", &json!({ "name": "shop" }));
    let with = json!({ "name": "shop", "colour": { "deep": [1, null] }, "Version": "x" });
    assert_eq!(client.ok("GetPipeline", &with), without);
}

fn members_have_the_services_names() {
    use codepipeline_simulator::model::{admit, operation};
    let list = operation("ListWebhooks").expect("it exists");
    let admitted = admit(
        list,
        json!({ "MaxResults": 5, "NextToken": "t", "maxResults": 0 }),
    );
    assert_eq!(admitted, Ok(json!({ "MaxResults": 5, "NextToken": "t" })));
    let output = list.output.expect("it answers");
    assert!(output.member("webhooks").is_some() && output.member("NextToken").is_some());
    let mut client = Client::new();
    let answer = client.ok("GetPipeline", &json!({ "name": "shop" }));
    assert_eq!(answer["pipeline"]["name"], "shop");
}

fn preflight() -> Sent {
    Sent {
        method: "OPTIONS",
        path: "/".to_owned(),
        headers: vec![
            header("Origin", "http://localhost:3000"),
            header("Access-Control-Request-Method", "POST"),
            header(
                "Access-Control-Request-Headers",
                "amz-sdk-invocation-id,amz-sdk-request,authorization,content-type,x-amz-content-sha256,x-amz-date,\
                 x-amz-security-token,x-amz-target,x-amz-user-agent",
            ),
        ],
        body: vec![],
    }
}

fn a_browser_asks_before_it_sends() {
    let sent = preflight();
    let response = Client::new().send(&sent);
    assert_eq!((response.status, response.body.len()), (200, 0));
    let asked = sent.headers.last().map(|(_, value)| value.as_str());
    assert_eq!(find(&response, "access-control-allow-headers"), asked);
}

fn a_browser_may_read_every_answer() {
    let mut client = Client::new();
    let asked = client.send(&preflight());
    for (name, value) in [
        ("access-control-allow-origin", "*"),
        ("access-control-allow-methods", "POST, OPTIONS"),
        ("access-control-max-age", "86400"),
    ] {
        assert_eq!(find(&asked, name), Some(value));
    }
    let mut nothing = raw("ListPipelines", b"{}");
    nothing.method = "GET";
    for sent in [
        raw("ListPipelines", b"{}"),
        raw("GetPipeline", b"{}"),
        raw("Nothing", b"{}"),
        nothing,
    ] {
        let response = client.send(&sent);
        assert_eq!(find(&response, "access-control-allow-origin"), Some("*"));
        let exposed = find(&response, "access-control-expose-headers");
        assert_eq!(exposed, Some("x-amzn-RequestId, x-amzn-ErrorType, Date"));
    }
}
