//! Every operation by name, and inputs that a shell or a language would read differently.

use serde_json::{Value, json};

use super::{CallText, call_text, kebab, snake};
use crate::model::OPERATIONS;

fn cli(operation: &str, input: Value) -> String {
    call_text(operation, &input).cli
}

#[test]
fn short_calls_stand_on_one_line_and_long_ones_on_several() {
    assert_eq!(
        cli("StartPipelineExecution", json!({ "name": "shop" })),
        "aws codepipeline start-pipeline-execution --name shop\n"
    );
    assert_eq!(
        cli("ListPipelines", json!({})),
        "aws codepipeline list-pipelines\n"
    );
    assert_eq!(
        cli(
            "StartPipelineExecution",
            json!({
                "name": "shop", "clientRequestToken": null,
                "variables": [{ "name": "Level", "value": "it's" }],
            })
        ),
        "aws codepipeline start-pipeline-execution \\\n  --name shop \\\n  \
         --variables '[{\"name\":\"Level\",\"value\":\"it'\\''s\"}]'\n"
    );
}

#[test]
fn booleans_are_flags_and_four_versions_are_renamed() {
    let stop = |abandon: bool| {
        let input = json!({ "pipelineName": "p", "abandon": abandon });
        cli("StopPipelineExecution", input)
    };
    assert!(stop(true).ends_with(" --abandon\n"), "{}", stop(true));
    assert!(stop(false).ends_with(" --no-abandon\n"));
    for (operation, option) in [
        ("GetPipeline", "--pipeline-version 3"),
        ("CreateCustomActionType", "--action-version 3"),
        ("DeleteCustomActionType", "--action-version 3"),
        ("GetActionType", "--action-version 3"),
        ("UpdatePipeline", "--version 3"),
    ] {
        let text = cli(operation, json!({ "version": 3 }));
        assert!(text.contains(&format!(" {option}\n")), "{text}");
    }
}

#[test]
fn a_shell_reads_what_was_written() {
    for (text, word) in [
        ("", "''"),
        ("plain-1.2_3/x:y@z", "plain-1.2_3/x:y@z"),
        ("two words", "'two words'"),
        ("it's", "'it'\\''s'"),
        ("$HOME `id` \"x\" \\", "'$HOME `id` \"x\" \\'"),
        ("a;b|c&d>e", "'a;b|c&d>e'"),
        ("~", "'~'"),
        ("*", "'*'"),
        ("#1", "'#1'"),
        ("first\nsecond", "'first\nsecond'"),
        ("日本", "'日本'"),
        ("ça 🚀", "'ça 🚀'"),
    ] {
        let line = cli("DisableStageTransition", json!({ "reason": text }));
        assert!(line.ends_with(&format!("--reason {word}\n")), "{line}");
    }
}

#[test]
fn a_value_like_an_option_a_file_or_a_key_press_still_arrives() {
    let of = |reason: &str| cli("DisableStageTransition", json!({ "reason": reason }));
    assert!(of("-1 day").ends_with("--reason='-1 day'\n"));
    assert!(of("--abandon").ends_with("--reason=--abandon\n"));
    for reason in [
        "file:///etc/hosts",
        "fileb://x",
        "https://example.com/",
        "http://a",
    ] {
        assert!(
            of(reason).ends_with(&format!(
                " --cli-input-json '{{\"reason\":\"{reason}\"}}'\n"
            )),
            "{}",
            of(reason)
        );
    }
    assert!(
        of("a\u{3}b\u{7f}").ends_with("--cli-input-json '{\"reason\":\"a\\u0003b\\u007f\"}'\n")
    );
    // Not what the model says: as a text, the CLI would read it as shorthand.
    let odd = cli("StartPipelineExecution", json!({ "variables": "a=b" }));
    assert!(
        odd.ends_with("--cli-input-json '{\"variables\":\"a=b\"}'\n"),
        "{odd}"
    );
}

#[test]
fn nested_json_is_readable_and_holds_no_nulls() {
    let tags: Vec<Value> = (0..4)
        .map(|n| json!({ "key": format!("key-{n}"), "value": "a long enough value", "x": null }))
        .collect();
    let text = cli(
        "TagResource",
        json!({ "resourceArn": "arn:aws:x", "tags": tags }),
    );
    assert!(
        text.contains("--tags '[\n  {\n    \"key\": \"key-0\","),
        "{text}"
    );
    assert!(!text.contains("null"));
    let (_, quoted) = text.split_once("--tags '").expect("the option");
    let back: Value = serde_json::from_str(quoted.trim_end().trim_end_matches('\'')).expect("JSON");
    assert_eq!(back.as_array().map(Vec::len), Some(4));
}

#[test]
fn python_and_javascript_write_the_same_input() {
    let CallText {
        boto3, javascript, ..
    } = call_text(
        "PutApprovalResult",
        &json!({
            "pipelineName": "shop", "token": null,
            "result": { "status": "Approved", "summary": "say \"yes\"\n\\o/ \u{1}\u{2028}é🚀" },
        }),
    );
    assert_eq!(
        boto3,
        "import boto3\n\ncodepipeline = boto3.client(\"codepipeline\")\n\
         answer = codepipeline.put_approval_result(\n    pipelineName=\"shop\",\n    \
         result={ \"status\": \"Approved\", \"summary\": \"say \\\"yes\\\"\\n\\\\o/ \\x01\\u2028é🚀\" },\n)\n"
    );
    assert_eq!(
        javascript,
        "import { CodePipelineClient, PutApprovalResultCommand } from \"@aws-sdk/client-codepipeline\";\n\n\
         const codepipeline = new CodePipelineClient();\n\
         const answer = await codepipeline.send(new PutApprovalResultCommand({\n    pipelineName: \"shop\",\n    \
         result: { status: \"Approved\", summary: \"say \\\"yes\\\"\\n\\\\o/ \\u0001\\u2028é🚀\" },\n}));\n"
    );
}

#[test]
fn nothing_to_say_is_said_briefly() {
    let text = call_text("ListPipelines", &json!({}));
    assert!(
        text.boto3
            .ends_with("answer = codepipeline.list_pipelines()\n")
    );
    assert!(
        text.javascript
            .ends_with(".send(new ListPipelinesCommand({}));\n")
    );
    // Neither is a call that was no object.
    assert_eq!(call_text("ListPipelines", &json!([1])), text);
    assert_eq!(call_text("ListPipelines", &Value::Null), text);
}

#[test]
fn instants_are_instants() {
    let input = json!({ "jobId": "j", "currentRevision": {
        "revision": "r", "changeIdentifier": "c", "created": 1_772_531_970,
    }});
    let text = call_text("PutJobSuccessResult", &input);
    assert!(
        text.boto3
            .contains("\"created\": datetime.fromtimestamp(1772531970, tz=timezone.utc)"),
        "{}",
        text.boto3
    );
    assert!(
        text.boto3
            .starts_with("from datetime import datetime, timezone\n\nimport boto3\n")
    );
    assert!(text.javascript.contains("created: new Date(1772531970000)"));
    assert!(
        text.cli.contains("\"created\":1772531970") || text.cli.contains("\"created\": 1772531970")
    );
    let half = json!({ "currentRevision": { "created": 1.5 } });
    let text = call_text("PutJobSuccessResult", &half).javascript;
    assert!(text.contains("new Date(1500)"), "{text}");
    // A number elsewhere is a number.
    let number = call_text("GetPipeline", &json!({ "version": 1_772_531_970 }));
    assert!(
        number.javascript.contains("version: 1772531970") && !number.boto3.contains("datetime")
    );
}

#[test]
fn keys_that_are_no_names_are_quoted() {
    let input =
        json!({ "jobId": "j", "outputVariables": { "a-b": "1", "class": "2", "__proto__": "3" } });
    let text = call_text("PutJobSuccessResult", &input);
    assert!(
        text.javascript
            .contains("\"a-b\": \"1\", class: \"2\", [\"__proto__\"]: \"3\""),
        "{}",
        text.javascript
    );
    assert!(text.boto3.contains("\"a-b\": \"1\", \"class\": \"2\""));
    let odd = call_text("ListPipelines", &json!({ "from": 1, "a b": true }));
    assert!(
        odd.boto3
            .contains("**{\"from\": 1},\n    **{\"a b\": True},"),
        "{}",
        odd.boto3
    );
}

/// As botocore spells them; the list was printed by it.
#[test]
fn every_operation_is_spelled_as_the_clients_spell_it() {
    let mut names: Vec<&str> = OPERATIONS.iter().map(|operation| operation.name).collect();
    names.sort_unstable();
    let spelled: Vec<String> = names.iter().map(|name| kebab(name)).collect();
    assert_eq!(
        spelled.join(" "),
        KEBAB.split_whitespace().collect::<Vec<_>>().join(" ")
    );
    for name in names {
        assert_eq!(snake(name), kebab(name).replace('-', "_"));
    }
    assert_eq!(kebab("pipelineExecutionId"), "pipeline-execution-id");
    assert_eq!(
        (kebab("MaxResults"), kebab("nonce")),
        ("max-results".into(), "nonce".into())
    );
}

const KEBAB: &str = "
    acknowledge-job acknowledge-third-party-job create-custom-action-type create-pipeline delete-custom-action-type
    delete-pipeline delete-webhook deregister-webhook-with-third-party disable-stage-transition
    enable-stage-transition get-action-type get-job-details get-pipeline get-pipeline-execution get-pipeline-state
    get-third-party-job-details list-action-executions list-action-types list-deploy-action-execution-targets
    list-pipeline-executions list-pipelines list-rule-executions list-rule-types list-tags-for-resource list-webhooks
    override-stage-condition poll-for-jobs poll-for-third-party-jobs put-action-revision put-approval-result
    put-job-failure-result put-job-success-result put-third-party-job-failure-result
    put-third-party-job-success-result put-webhook register-webhook-with-third-party retry-stage-execution
    rollback-stage start-pipeline-execution stop-pipeline-execution tag-resource untag-resource update-action-type
    update-pipeline
";
