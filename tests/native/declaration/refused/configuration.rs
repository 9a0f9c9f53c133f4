//! Configuration and secrets: AC-14 to AC-20, AC-32, AC-33.

use super::{ACTION, Refused};
use crate::declaration::draft::{CHECK, RELEASE, github, id, worker};
use codepipeline_simulator::engine::declaration::MASK;
use serde_json::json;

pub(super) fn rows() -> Vec<Refused> {
    vec![
        Refused(
            "AC-14",
            |d| {
                d.remove(&format!("{RELEASE}/configuration"), "StackName");
            },
            ACTION,
            "Action configuration for action 'Release' is missing required configuration 'StackName'",
        ),
        Refused(
            "AC-14",
            |d| {
                d.remove(CHECK, "configuration");
            },
            ACTION,
            "Action configuration for action 'Check' is missing required configuration 'ProjectName'",
        ),
        Refused(
            "AC-14",
            |d| {
                worker(d, json!({}));
            },
            ACTION,
            "Action configuration for action 'Check' is missing required configuration 'Project'",
        ),
        Refused(
            "AC-14 AC-32",
            |d| {
                d.push(
                    &format!("{CHECK}/inputArtifacts"),
                    json!({ "name": "code" }),
                );
            },
            ACTION,
            "Action configuration for action 'Check' is missing required configuration 'PrimarySource'",
        ),
        Refused(
            "AC-14 AC-33",
            |d| {
                d.remove(&format!("{RELEASE}/configuration"), "RoleArn");
            },
            ACTION,
            "Action configuration for action 'Release' is missing required configuration 'RoleArn'",
        ),
        Refused(
            "AC-14",
            |d| {
                d.set(
                    &format!("{RELEASE}/configuration"),
                    "ActionMode",
                    json!("CHANGE_SET_REPLACE"),
                );
            },
            ACTION,
            "Action configuration for action 'Release' is missing required configuration 'ChangeSetName'",
        ),
        Refused(
            "AC-14",
            |d| {
                d.action(
                    id("Deploy", "AWS", "Lambda"),
                    json!({ "FunctionName": "f" }),
                )
                .remove(CHECK, "inputArtifacts");
            },
            ACTION,
            "Action configuration for action 'Check' is missing required configuration 'PublishedTargetVersion'",
        ),
        Refused(
            "AC-14",
            |d| {
                d.action(id("Deploy", "AWS", "EKS"), json!({ "ClusterName": "c" }));
            },
            ACTION,
            "Action configuration for action 'Check' is missing required configuration 'ManifestFiles'",
        ),
        Refused(
            "AC-15",
            |d| {
                d.set(&format!("{CHECK}/configuration"), "Zebra", json!("1"))
                    .set(&format!("{CHECK}/configuration"), "Ape", json!("1"));
            },
            ACTION,
            "Action configuration for action 'Check' contains unknown configuration 'Ape'",
        ),
        Refused(
            "AC-18",
            |d| {
                github(d, MASK);
            },
            ACTION,
            "Action configuration for the new action 'Checkout' contains an invalid configuration for the secret property \
             'OAuthToken'. '****' may be used in secret properties only when updating an existing action.",
        ),
        Refused(
            "AC-18",
            |d| {
                worker(d, json!({ "Project": "shop", "Password": "*****" }));
            },
            ACTION,
            "Action configuration for the new action 'Check' contains an invalid configuration for the secret property \
             'Password'. '****' may be used in secret properties only when updating an existing action.",
        ),
        Refused(
            "AC-20",
            |d| {
                worker(d, json!({ "Project": "a name with spaces" }));
            },
            ACTION,
            "Action configuration for action 'Check' must have at most 20 letters, digits, underscores and hyphens in the \
             queryable property 'Project'",
        ),
        Refused(
            "AC-20",
            |d| {
                worker(d, json!({ "Project": "a".repeat(21) }));
            },
            ACTION,
            "Action configuration for action 'Check' must have at most 20 letters, digits, underscores and hyphens in the \
             queryable property 'Project'",
        ),
        Refused(
            "AC-32",
            |d| {
                d.set(
                    &format!("{CHECK}/configuration"),
                    "CombineArtifacts",
                    json!("true"),
                );
            },
            ACTION,
            "Action configuration for action 'Check' must set 'BatchEnabled' to true for 'CombineArtifacts'",
        ),
        Refused(
            "AC-33",
            |d| {
                d.set(
                    &format!("{CHECK}/configuration"),
                    "PrimarySource",
                    json!("code"),
                );
            },
            ACTION,
            "Action configuration for action 'Check' must name an input artifact of the action in 'PrimarySource'",
        ),
        Refused(
            "AC-33",
            |d| {
                d.set(
                    &format!("{RELEASE}/configuration"),
                    "TemplatePath",
                    json!("code::template.yaml"),
                );
            },
            ACTION,
            "Action configuration for action 'Release' must name an input artifact of the action in 'TemplatePath'",
        ),
        Refused(
            "AC-33",
            |d| {
                d.set(
                    &format!("{RELEASE}/configuration"),
                    "TemplateConfiguration",
                    json!("config.json"),
                );
            },
            ACTION,
            "Action configuration for action 'Release' must name an input artifact of the action in \
             'TemplateConfiguration'",
        ),
    ]
}
