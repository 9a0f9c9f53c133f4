//! The pipeline as a whole, its Regions and what needs type V2: PL, VT, PV.

use super::{ACTION, Refused, STAGE, STRUCTURE, VALIDATION};
use crate::declaration::draft::{CHECK, CHECKOUT, COMPILE, RELEASE, id, stores};
use serde_json::json;

pub(super) fn rows() -> Vec<Refused> {
    vec![
        Refused(
            "PL-6",
            |d| {
                d.at("/stages").as_array_mut().expect("a list").truncate(1);
            },
            STRUCTURE,
            "Pipeline has only 1 stage(s). There should be a minimum of 2 stages in a pipeline",
        ),
        Refused(
            "PL-6",
            |d| {
                d.set("", "stages", json!([]));
            },
            STRUCTURE,
            "Pipeline has only 0 stage(s). There should be a minimum of 2 stages in a pipeline",
        ),
        Refused(
            "PL-7",
            |d| {
                for number in 0..48 {
                    let mut stage = d.copy("/stages/1");
                    stage["name"] = json!(format!("Build{number}"));
                    d.push("/stages", stage);
                }
            },
            STRUCTURE,
            "Pipeline has too many stages. There can only be up to 50 stages in a pipeline",
        ),
        Refused(
            "PL-8",
            |d| {
                let build = d.copy(COMPILE);
                d.push("/stages/0/actions", build);
            },
            STRUCTURE,
            "Pipeline should start with a stage that only contains source actions",
        ),
        Refused(
            "PL-8",
            |d| {
                d.set("/stages/0", "actions", json!([]));
            },
            STRUCTURE,
            "Pipeline should start with a stage that only contains source actions",
        ),
        Refused(
            "PL-9",
            |d| {
                let source = d.copy(CHECKOUT);
                d.push("/stages/2/actions", source);
            },
            STRUCTURE,
            "Source actions can only be included in the first stage of the pipeline",
        ),
        Refused(
            "PL-10",
            |d| {
                let source = d.copy("/stages/0/actions");
                d.set("/stages/1", "actions", source.clone())
                    .set("/stages/2", "actions", source);
            },
            STRUCTURE,
            "Pipeline should contain at least 1 action whose category is not Source",
        ),
        Refused(
            "PL-11",
            |d| {
                let check = d.copy(CHECK);
                for number in 0..995 {
                    let mut action = check.clone();
                    action["name"] = json!(format!("Check{number}"));
                    d.push("/stages/1/actions", action);
                }
            },
            STRUCTURE,
            "Pipeline has too many actions. There can only be up to 1000 actions in a pipeline",
        ),
        Refused(
            "PL-12",
            |d| {
                let one = d.copy("/artifactStore");
                d.set("", "artifactStores", json!({ "us-east-1": one }));
            },
            VALIDATION,
            "Your pipeline must have exactly one of 'pipeline.artifactStore' and 'pipeline.artifactStores'.",
        ),
        Refused(
            "PL-12",
            |d| {
                d.remove("", "artifactStore");
            },
            VALIDATION,
            "Your pipeline must have exactly one of 'pipeline.artifactStore' and 'pipeline.artifactStores'.",
        ),
        Refused(
            "PL-14",
            |d| {
                d.set(RELEASE, "region", json!("eu-west-1"));
            },
            VALIDATION,
            "Your pipeline contains actions in more than one region. Use 'pipeline.artifactStores' instead of \
             'pipeline.artifactStore' to declare an artifact store, such as an artifact bucket, for each region \
             where you have an action.",
        ),
        Refused(
            "PL-15",
            |d| {
                stores(d, &["us-east-1"]);
                d.set(RELEASE, "region", json!("eu-west-1"));
            },
            VALIDATION,
            "Your pipeline must have an artifact store, such as an artifact bucket, for each region where you have an \
             action. The following region is missing in 'pipeline.artifactStores': eu-west-1.",
        ),
        Refused(
            "PL-15",
            |d| {
                stores(d, &["eu-west-1"]);
            },
            VALIDATION,
            "Your pipeline must have an artifact store, such as an artifact bucket, for each region where you have an \
             action. The following region is missing in 'pipeline.artifactStores': us-east-1.",
        ),
        Refused(
            "PL-16",
            |d| {
                stores(d, &["us-east-1", "moon-west-1"]);
            },
            VALIDATION,
            "The region moon-west-1 specified in 'pipeline.artifactStores' is not a valid AWS Region.",
        ),
        // A Region that does not exist has no store either.
        Refused(
            "PL-15 AC-36",
            |d| {
                stores(d, &["us-east-1"]);
                d.set(RELEASE, "region", json!("moon-west-1"));
            },
            VALIDATION,
            "Your pipeline must have an artifact store, such as an artifact bucket, for each region where you have an \
             action. The following region is missing in 'pipeline.artifactStores': moon-west-1.",
        ),
        Refused(
            "VT-1",
            |d| {
                d.v1(0);
            },
            STRUCTURE,
            "Pipeline variable can only be used with V2 pipelines",
        ),
        Refused(
            "VT-2",
            |d| {
                d.v1(1);
            },
            STRUCTURE,
            "Triggers on tag can only be used with V2 pipelines",
        ),
        Refused(
            "VT-3",
            |d| {
                d.v1(2);
            },
            STRUCTURE,
            "QUEUED or PARALLEL mode can only be used with V2 pipelines",
        ),
        Refused(
            "VT-4",
            |d| {
                d.v1(3);
            },
            STAGE,
            "Stage level conditions can only be used with V2 pipelines.",
        ),
        Refused(
            "VT-5",
            |d| {
                d.v1(4);
            },
            ACTION,
            "Commands Action can only be used with V2 pipelines.",
        ),
        Refused(
            "VT-5 VT-6",
            |d| {
                d.v1(4).action(id("Deploy", "AWS", "EC2"), json!({}));
            },
            ACTION,
            "EC2 Action can only be used with V2 pipelines.",
        ),
        Refused(
            "PV-2",
            |d| {
                d.push("/variables", json!({ "name": "target" }));
            },
            STRUCTURE,
            "Variable names must be unique. The following variable name is already in use: target",
        ),
    ]
}
