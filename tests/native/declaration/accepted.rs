//! What no rule forbids.

use super::draft::{
    APPROVE, CHECK, CHECKOUT, COMPILE, Draft, ENTRY, GIT, RELEASE, SUCCESS, World, changed,
    context, id, rule, stores, topic, v1_without_commands, worker,
};
use codepipeline_simulator::engine::declaration::{self as declaration, Context, NoCustomTypes};
use serde_json::json;

/// What a rule does not refuse.
struct Accepted(&'static str, fn(&mut Draft));

fn accepted() -> Vec<Accepted> {
    vec![
        Accepted("nothing changed", |_| {}),
        Accepted("PL-4, PL-5: roles are believed", |d| {
            d.set(
                "",
                "roleArn",
                json!("arn:aws:iam::999999999999:role/elsewhere"),
            );
            d.set(
                RELEASE,
                "roleArn",
                json!("arn:aws:iam::999999999999:role/elsewhere"),
            );
        }),
        Accepted("PL-12: an empty map beside the store", |d| {
            d.set("", "artifactStores", json!({}));
        }),
        Accepted("PL-14: the pipeline's own Region", |d| {
            d.set(RELEASE, "region", json!("us-east-1"));
        }),
        Accepted("PL-15: a store for each Region", |d| {
            stores(d, &["us-east-1", "eu-west-1"]);
            d.set(RELEASE, "region", json!("eu-west-1"));
        }),
        Accepted("PL-17: a store without an action", |d| {
            stores(d, &["us-east-1", "eu-west-1"])
        }),
        Accepted("PL-18: any version", |d| {
            d.set("", "version", json!(7));
        }),
        Accepted("VT-7: InspectorScan on V1", |d| {
            v1_without_commands(d);
            d.action(
                id("Invoke", "AWS", "InspectorScan"),
                json!({ "InspectorRunMode": "SourceCodeScan" }),
            );
            d.set(CHECK, "outputArtifacts", json!([{ "name": "findings" }]));
        }),
        Accepted("VT-9: namespaces and approvals on V1", v1_without_commands),
        Accepted("VT-10: the type left out", |d| {
            d.remove("", "pipelineType");
        }),
        Accepted("VT-1, VT-2: empty lists on V1", |d| {
            v1_without_commands(d);
            d.set("", "variables", json!([]))
                .set("", "triggers", json!([]));
        }),
        Accepted("SG-5: the same action name in another stage", |d| {
            d.set(APPROVE, "name", json!("Check"));
        }),
        Accepted("SG-9, RE-18: RETRY in a condition of onFailure", |d| {
            let mut condition = d.copy(SUCCESS);
            condition["result"] = json!("RETRY");
            let failure = json!({ "conditions": [condition], "retryConfiguration": { "retryMode": "ALL_ACTIONS" } });
            d.set("/stages/2", "onFailure", failure);
        }),
        Accepted("SG-11: a rollback outside PARALLEL", |d| {
            d.set(SUCCESS, "result", json!("ROLLBACK"));
        }),
        Accepted(
            "SG-12: a retry, also of the source stage, with and without configuration",
            |d| {
                d.set("/stages/0", "onFailure", json!({ "result": "RETRY" }));
                let failure = json!({ "result": "RETRY", "retryConfiguration": { "retryMode": "FAILED_ACTIONS" } });
                d.set("/stages/1", "onFailure", failure);
            },
        ),
        Accepted("SG-14: a condition before the source stage", |d| {
            let entry = json!({ "conditions": [{ "result": "FAIL", "rules": [] }] });
            d.set("/stages/0", "beforeEntry", entry);
            rule(
                d,
                "/stages/0/beforeEntry/conditions/0",
                "DeploymentWindow",
                json!({ "Cron": "* * * * * ?" }),
            );
        }),
        Accepted("SG-16: the same rule name in another condition", |d| {
            d.set(&format!("{ENTRY}/rules/0"), "name", json!("Quiet"));
        }),
        Accepted("AC-3: a custom type", |d| {
            worker(d, json!({ "Project": "shop_1-a", "Password": "secret" }))
        }),
        Accepted("AC-12: an approval elsewhere", |d| {
            stores(d, &["us-east-1", "eu-west-1"]);
            d.set(APPROVE, "region", json!("eu-west-1"));
        }),
        Accepted("AC-15: keys that only the partner knows", |d| {
            d.action(
                id("Test", "ThirdParty", "Runscope"),
                json!({ "anything": "goes" }),
            );
        }),
        Accepted("AC-20: a queryable value that is known later", |d| {
            worker(d, json!({ "Project": "#{Git.CommitId}-and-more" }));
        }),
        Accepted("AC-27: a key that the provider never sets", |d| {
            d.set(
                &format!("{CHECK}/configuration"),
                "ProjectName",
                json!("#{Git.Weather}"),
            );
        }),
        Accepted("AC-30: a plain environment variable of EKS", |d| {
            d.action(
                id("Deploy", "AWS", "EKS"),
                json!({ "ClusterName": "c", "ManifestFiles": "m.yaml" }),
            );
            d.set(
                CHECK,
                "environmentVariables",
                json!([{ "name": "A", "value": "b" }]),
            );
        }),
        Accepted("AC-31: a topic of another account, a FIFO topic", |d| {
            topic(d, "arn:aws:sns:us-east-1:999999999999:a.fifo")
        }),
        Accepted("AC-31: a topic that a variable names", |d| {
            topic(d, "#{variables.target}")
        }),
        Accepted("AC-32: one of several inputs", |d| {
            d.push(
                &format!("{CHECK}/inputArtifacts"),
                json!({ "name": "code" }),
            );
            d.set(
                &format!("{CHECK}/configuration"),
                "PrimarySource",
                json!("code"),
            );
        }),
        Accepted("AC-33: no template to delete a stack", |d| {
            d.set(
                &format!("{RELEASE}/configuration"),
                "ActionMode",
                json!("DELETE_ONLY"),
            );
            d.remove(&format!("{RELEASE}/configuration"), "TemplatePath");
        }),
        Accepted("AC-34: an odd Extract and no ObjectKey", |d| {
            d.action(
                id("Deploy", "AWS", "S3"),
                json!({ "BucketName": "b", "Extract": "perhaps" }),
            );
        }),
        Accepted("VA-3: variables as an ordinary namespace", |d| {
            d.remove("", "variables")
                .set(CHECKOUT, "namespace", json!("variables"));
            d.set(
                &format!("{COMPILE}/configuration"),
                "EnvironmentVariables",
                json!("#{variables.CommitId}"),
            );
            d.remove("/stages/1", "beforeEntry");
        }),
        Accepted("VA-10: the execution id in a source action", |d| {
            d.set(
                &format!("{CHECKOUT}/configuration"),
                "BranchName",
                json!("#{codepipeline.PipelineExecutionId}"),
            );
        }),
        Accepted(
            "TF-4: push and pull request filters together, neither of them",
            |d| {
                d.remove(GIT, "push").remove(GIT, "pullRequest");
            },
        ),
    ]
}

/// Every rule that a row shows: what stands before its colon.
pub(super) fn rules() -> impl Iterator<Item = &'static str> {
    accepted()
        .into_iter()
        .filter_map(|Accepted(what, _)| what.split_once(": "))
        .flat_map(|(rules, _)| rules.split(", "))
}

#[test]
fn what_no_rule_forbids_is_accepted() {
    let world = World::new();
    for Accepted(what, change) in accepted() {
        assert_eq!(
            declaration::refusal(&changed(change), &context(&world)),
            None,
            "{what}"
        );
    }
}

#[test]
fn a_world_in_a_region_of_its_own_is_believed() {
    let context = Context {
        region: "cn-north-1",
        custom_types: &NoCustomTypes,
        existing: None,
    };
    let declaration = changed(|d| {
        stores(d, &["cn-north-1"]);
        topic(d, "arn:aws-cn:sns:cn-north-1:123456789012:reviews");
    });
    assert_eq!(declaration::check(&declaration, &context), Ok(()));
}
