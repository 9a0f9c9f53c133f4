//! Triggers: TF.

use super::{Refused, STRUCTURE};
use crate::declaration::draft::{CHECKOUT, GIT, id};
use serde_json::json;

const COMBINATIONS: &str = "The trigger configuration for the source action is not valid. Make sure to choose valid \
    filter combinations.";

pub(super) fn rows() -> Vec<Refused> {
    vec![
        Refused(
            "TF-1",
            |d| {
                let patterns = || json!(vec!["\u{1F680}".repeat(127); 8]);
                let criteria = || json!({ "includes": patterns(), "excludes": patterns() });
                let mut trigger = d.copy("/triggers/0");
                trigger["gitConfiguration"]["push"] =
                    json!([{ "branches": criteria(), "filePaths": criteria() }]);
                d.set("", "triggers", json!(vec![trigger; 16]));
            },
            STRUCTURE,
            "The triggers of the pipeline are too large. There can only be up to 200 KB of triggers in a pipeline",
        ),
        Refused(
            "TF-2",
            |d| {
                d.set(GIT, "sourceActionName", json!("Nobody"));
            },
            STRUCTURE,
            "Triggers for connections must reference a CodeStarSourceConnection action.",
        ),
        Refused(
            "TF-2",
            |d| {
                d.set(CHECKOUT, "actionTypeId", id("Source", "AWS", "CodeCommit"));
                d.set(
                    CHECKOUT,
                    "configuration",
                    json!({ "RepositoryName": "shop", "BranchName": "main" }),
                );
            },
            STRUCTURE,
            "Triggers for connections must reference a CodeStarSourceConnection action.",
        ),
        Refused(
            "TF-3",
            |d| {
                let one = d.copy("/triggers/0");
                d.push("/triggers", one);
            },
            STRUCTURE,
            "Only one trigger can be used for each source action. Source action 'Checkout' is used more than once",
        ),
        Refused(
            "TF-4",
            |d| {
                d.push(&format!("{GIT}/pullRequest/0/events"), json!("OPEN"));
            },
            STRUCTURE,
            COMBINATIONS,
        ),
        Refused(
            "TF-4",
            |d| {
                let one = d.copy(&format!("{GIT}/push/1"));
                d.push(&format!("{GIT}/push"), one);
            },
            STRUCTURE,
            COMBINATIONS,
        ),
        Refused(
            "TF-6",
            |d| {
                d.set(
                    &format!("{GIT}/push/0"),
                    "tags",
                    json!({ "includes": ["v1"] }),
                );
            },
            STRUCTURE,
            COMBINATIONS,
        ),
        Refused(
            "TF-6",
            |d| {
                d.remove(&format!("{GIT}/push/0"), "branches");
            },
            STRUCTURE,
            COMBINATIONS,
        ),
        Refused(
            "TF-6",
            |d| {
                d.set(&format!("{GIT}/push/1"), "tags", json!({}));
            },
            STRUCTURE,
            COMBINATIONS,
        ),
        Refused(
            "TF-6",
            |d| {
                d.push(&format!("{GIT}/push"), json!({}));
            },
            STRUCTURE,
            COMBINATIONS,
        ),
        Refused(
            "TF-6",
            |d| {
                d.remove(&format!("{GIT}/pullRequest/0"), "branches");
            },
            STRUCTURE,
            COMBINATIONS,
        ),
        Refused(
            "TF-6",
            |d| {
                d.set(&format!("{GIT}/pullRequest/0"), "filePaths", json!({}));
            },
            STRUCTURE,
            COMBINATIONS,
        ),
    ]
}
