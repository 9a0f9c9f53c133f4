//! Actions, their types and artifacts: AC-3 to AC-12, AC-21 to AC-31.

use super::{ACTION, Refused};
use crate::declaration::draft::{
    APPROVE, CHECK, CHECKOUT, SMOKE, SUCCESS, id, stores, topic, worker,
};
use serde_json::json;

pub(super) fn rows() -> Vec<Refused> {
    vec![
        Refused(
            "AC-3",
            |d| {
                d.action(id("Deploy", "AWS", "CodeBuild"), json!({}));
            },
            ACTION,
            "ActionType (Category: 'Deploy', Provider: 'CodeBuild', Owner: 'AWS', Version: '1') in action 'Check' is not \
             available in region 'US_EAST_1'",
        ),
        Refused(
            "AC-3",
            |d| {
                d.action(id("Test", "Custom", "Gone"), json!({}));
            },
            ACTION,
            "ActionType (Category: 'Test', Provider: 'Gone', Owner: 'Custom', Version: '1') in action 'Check' is not \
             available in region 'US_EAST_1'",
        ),
        Refused(
            "AC-3 AC-4",
            |d| {
                d.set(&format!("{CHECK}/actionTypeId"), "version", json!("2"));
            },
            ACTION,
            "ActionType (Category: 'Test', Provider: 'CodeBuild', Owner: 'AWS', Version: '2') in action 'Check' is not \
             available in region 'US_EAST_1'",
        ),
        Refused(
            "AC-6",
            |d| {
                d.remove(CHECK, "inputArtifacts");
            },
            ACTION,
            "Action Check declares 0 input artifacts which is less than the minimum count (1)",
        ),
        Refused(
            "AC-7",
            |d| {
                d.set(APPROVE, "inputArtifacts", json!([{ "name": "built" }]));
            },
            ACTION,
            "Action Approve declares 1 input artifacts which is more than the maximum count (0)",
        ),
        Refused(
            "AC-7",
            |d| {
                d.remove(CHECKOUT, "outputArtifacts");
            },
            ACTION,
            "Action Checkout declares 0 output artifacts which is less than the minimum count (1)",
        ),
        Refused(
            "AC-7",
            |d| {
                d.set(APPROVE, "outputArtifacts", json!([{ "name": "yes" }]));
            },
            ACTION,
            "Action Approve declares 1 output artifacts which is more than the maximum count (0)",
        ),
        Refused(
            "AC-9",
            |d| {
                d.set(SMOKE, "outputArtifacts", json!([{ "name": "code" }]));
                d.set(&format!("{SUCCESS}/rules/1"), "inputArtifacts", json!([]));
            },
            ACTION,
            "Output Artifact Bundle name must be unique within the pipeline. code has been used more than once.",
        ),
        Refused(
            "AC-10",
            |d| {
                d.set(CHECK, "inputArtifacts", json!([{ "name": "nothing" }]));
            },
            ACTION,
            "Input Artifact Bundle nothing in action Check is not declared as Output Artifact Bundle in any of the \
             preceding actions",
        ),
        // The same run order is not surely earlier.
        Refused(
            "AC-10",
            |d| {
                d.set(CHECK, "runOrder", json!(1));
            },
            ACTION,
            "Input Artifact Bundle built in action Check is not declared as Output Artifact Bundle in any of the \
             preceding actions",
        ),
        Refused(
            "AC-10",
            |d| {
                d.set(CHECK, "inputArtifacts", json!([{ "name": "report" }]));
            },
            ACTION,
            "Input Artifact Bundle report in action Check is not declared as Output Artifact Bundle in any of the \
             preceding actions",
        ),
        Refused(
            "AC-11",
            |d| {
                d.push(
                    &format!("{CHECK}/inputArtifacts"),
                    json!({ "name": "built" }),
                );
            },
            ACTION,
            "Input Artifact Bundle built has been used more than once in action Check",
        ),
        Refused(
            "AC-12",
            |d| {
                stores(d, &["us-east-1", "eu-west-1"]);
                d.set(CHECKOUT, "region", json!("eu-west-1"));
            },
            ACTION,
            "Action 'Checkout' of category Source / owner AWS cannot run in a region other than the pipeline's",
        ),
        Refused(
            "AC-12",
            |d| {
                stores(d, &["us-east-1", "eu-west-1"]);
                worker(d, json!({ "Project": "shop" }));
                d.set(CHECK, "region", json!("eu-west-1"));
            },
            ACTION,
            "Action 'Check' of category Build / owner Custom cannot run in a region other than the pipeline's",
        ),
        Refused(
            "AC-21",
            |d| {
                d.set(CHECK, "timeoutInMinutes", json!(10));
            },
            ACTION,
            "timeoutInMinutes is only supported for the manual approval action. Action 'Check'",
        ),
        Refused(
            "AC-28",
            |d| {
                d.remove(SMOKE, "commands");
            },
            ACTION,
            "Action Smoke must have a non-empty commands field",
        ),
        Refused(
            "AC-28",
            |d| {
                d.set(CHECK, "commands", json!(["ls"]));
            },
            ACTION,
            "Action Check cannot have a commands field",
        ),
        Refused(
            "AC-28",
            |d| {
                d.set(SMOKE, "commands", json!(["ls\npwd"]));
            },
            ACTION,
            "Action Smoke must have single-line commands",
        ),
        Refused(
            "AC-29",
            |d| {
                d.set(CHECK, "outputVariables", json!(["A"]));
            },
            ACTION,
            "outputVariables can only be used with the Commands action. Action 'Check'",
        ),
        Refused(
            "AC-29",
            |d| {
                d.set(
                    CHECK,
                    "outputArtifacts",
                    json!([{ "name": "log", "files": ["*"] }]),
                );
            },
            ACTION,
            "files of the output artifact 'log' can only be used with the Commands action. Action 'Check'",
        ),
        Refused(
            "AC-30",
            |d| {
                d.set(
                    CHECK,
                    "environmentVariables",
                    json!([{ "name": "A", "value": "b" }]),
                );
            },
            ACTION,
            "environmentVariables can only be used with the Commands and EKS actions. Action 'Check'",
        ),
        Refused(
            "AC-30",
            |d| {
                d.action(
                    id("Deploy", "AWS", "EKS"),
                    json!({ "ClusterName": "c", "ManifestFiles": "m.yaml" }),
                );
                d.set(
                    CHECK,
                    "environmentVariables",
                    json!([{ "name": "A", "value": "b", "type": "SECRETS_MANAGER" }]),
                );
            },
            ACTION,
            "Environment variable 'A' of type SECRETS_MANAGER can only be used with the Commands action. Action 'Check'",
        ),
        Refused(
            "AC-31",
            |d| {
                topic(d, "reviews");
            },
            ACTION,
            "The ARN reviews you specified for sending notifications for the approval action Approve contains a format \
             error.",
        ),
        Refused(
            "AC-31",
            |d| {
                topic(d, "arn:aws:s3:::reviews");
            },
            ACTION,
            "The ARN arn:aws:s3:::reviews has been specified for sending notifications for the approval action Approve, \
             but the AWS service for this ARN cannot be used to send approval requests.",
        ),
        Refused(
            "AC-31",
            |d| {
                topic(d, "arn:aws:sns:eu-west-1:123456789012:reviews");
            },
            ACTION,
            "The ARN arn:aws:sns:eu-west-1:123456789012:reviews has been specified for sending notifications for the \
             approval action Approve, but the ARN is not in the same region as the pipeline.",
        ),
    ]
}
