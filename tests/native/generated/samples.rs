//! Values that are too particular to be hit by chance, by the names of their shapes.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    declarations::{
        LAMBDA, RIG, RUNSCOPE, custom_types, open_webhook, plain_pipeline, plain_type, webhooks,
    },
    stock::Scene,
};

/// Values that are worth trying wherever their shape stands.
pub fn samples() -> BTreeMap<&'static str, Vec<Value>> {
    let texts = |texts: &[&str]| texts.iter().map(|text| json!(text)).collect::<Vec<Value>>();
    let numbered = |number: usize| json!({ "key": format!("k{number}"), "value": "" });
    let types = (0..9).map(|number| plain_type(&format!("Q{number}")));
    let blocker = json!({ "name": "Wait", "type": "Schedule" });
    BTreeMap::from([
        ("ActionTypeId", vec![RIG.id(), RUNSCOPE.id(), LAMBDA.id()]),
        ("QueryParamMap", vec![json!({ "Bench": "one" }), json!({})]),
        (
            "OutputVariablesMap",
            vec![
                json!({ "Score": "9" }),
                json!({ "Score": "x".repeat(123_000) }),
            ],
        ),
        (
            "CreateCustomActionTypeInput",
            custom_types().into_iter().chain(types).collect(),
        ),
        ("WebhookDefinition", webhooks()),
        (
            "WebhookFilters",
            vec![
                json!([]),
                json!([{ "jsonPath": "$.x" }]),
                json!([{ "jsonPath": "$..[" }]),
            ],
        ),
        (
            "WebhookAuthConfiguration",
            vec![json!({}), json!({ "SecretToken": "****" })],
        ),
        (
            "StageBlockerDeclarationList",
            vec![json!([blocker]), json!([blocker, blocker])],
        ),
        (
            "TagList",
            vec![
                json!([{ "key": "team", "value": "web" }]),
                (0..51).map(numbered).collect(),
            ],
        ),
        ("TagKey", texts(&["team", "stage", "aws:x", "cost centre"])),
        ("TagValue", texts(&["web", "", "{}"])),
        (
            "ResourceArn",
            texts(&[
                "arn:aws:codepipeline:us-east-1:123456789012:none",
                "arn:aws:codepipeline:us-east-1::webhook:none",
                "arn:aws:codepipeline:eu-west-1:123456789012:shop",
            ]),
        ),
        ("Nonce", texts(&["1", "2", "3"])),
        ("ClientToken", texts(&["DEFAULT_CLIENT_TOKEN"])),
        ("AWSRegionName", texts(&["us-east-1", "eu-west-1"])),
        ("StopPipelineExecutionReason", texts(&["enough"])),
        (
            "PipelineVariable",
            vec![json!({ "name": "region", "value": "us" })],
        ),
        (
            "SourceRevisionOverride",
            vec![
                json!({ "actionName": "Checkout", "revisionType": "COMMIT_ID", "revisionValue": "a".repeat(40) }),
            ],
        ),
        ("PipelineVersion", vec![json!(1), json!(2), json!(3)]),
        (
            "ActionRevision",
            vec![json!({ "revisionId": "r1", "revisionChangeId": "c1", "created": 1_772_524_800 })],
        ),
    ])
}

/// Whole things that a call is about, each in a scene of its own, and nothing in particular between them.
pub fn scenes() -> Vec<(Scene, &'static [&'static str])> {
    let mut scenes = vec![];
    let mut add = |shape: &'static str, values: Vec<Value>, hot_for: &'static [&'static str]| {
        for value in values {
            scenes.push((Scene::from([(shape, value)]), hot_for));
            scenes.push((Scene::new(), hot_for));
        }
    };
    // A blocker twice, and a single stage.
    let blocker = json!({ "name": "Wait", "type": "Schedule" });
    let mut blocked = plain_pipeline("shop");
    blocked["stages"][1]["blockers"] = json!([blocker, blocker]);
    let mut cut = plain_pipeline("shop");
    cut["stages"] = json!([cut["stages"][0]]);
    add(
        "PipelineDeclaration",
        vec![blocked, plain_pipeline("shop"), cut],
        &["CreatePipeline", "UpdatePipeline"],
    );
    let webhooks = ["fresh-0", "fresh-1"].map(open_webhook);
    add("WebhookDefinition", webhooks.into(), &["PutWebhook"]);
    let numbered = |number: usize| json!({ "key": format!("k{number}"), "value": "" });
    let many: Value = (0..51).map(numbered).collect();
    let reserved = json!([{ "key": "aws:x", "value": "" }]);
    add(
        "TagList",
        vec![many.clone(), reserved.clone()],
        &["CreateCustomActionType", "CreatePipeline"],
    );
    let shop = json!("arn:aws:codepipeline:us-east-1:123456789012:shop");
    for tags in [many, reserved, (0..3).map(numbered).collect()] {
        let scene = Scene::from([("ResourceArn", shop.clone()), ("TagList", tags)]);
        scenes.push((scene, &["TagResource"]));
    }
    scenes
}
