//! Stages and their conditions: SG, CO, and what rules refer to.

use super::{BLOCKER, Refused, STAGE, STRUCTURE};
use crate::declaration::draft::{CHECK, ENTRY, SUCCESS, rule};
use serde_json::json;

pub(super) fn rows() -> Vec<Refused> {
    vec![
        Refused(
            "SG-2",
            |d| {
                d.set("/stages/2", "name", json!("Build"));
            },
            STAGE,
            "Stage name 'Build' is used more than once",
        ),
        Refused(
            "SG-3",
            |d| {
                d.set("/stages/2", "actions", json!([]));
            },
            STAGE,
            "Stage 'Deploy' must contain at least one action",
        ),
        Refused(
            "SG-4 TO-4",
            |d| {
                let check = d.copy(CHECK);
                for _ in 0..99 {
                    d.push("/stages/1/actions", check.clone());
                }
            },
            STRUCTURE,
            "Stage 'Build' has too many actions. There can only be up to 100 actions in a stage",
        ),
        Refused(
            "SG-5",
            |d| {
                d.set(CHECK, "name", json!("Compile"));
            },
            STAGE,
            "Action name 'Compile' is used more than once in stage 'Build'",
        ),
        Refused(
            "SG-7",
            |d| {
                let one = d.copy("/stages/2/blockers/0");
                d.push("/stages/2/blockers", one);
            },
            BLOCKER,
            "Blocker name 'One' is used more than once in stage 'Deploy'",
        ),
        Refused(
            "SG-9",
            |d| {
                d.set(SUCCESS, "result", json!("SKIP"));
            },
            STAGE,
            "The result SKIP cannot be used in onSuccess of stage 'Deploy'. Valid results are: ROLLBACK, FAIL",
        ),
        Refused(
            "SG-9",
            |d| {
                d.set(ENTRY, "result", json!("RETRY"));
            },
            STAGE,
            "The result RETRY cannot be used in beforeEntry of stage 'Build'. Valid results are: FAIL, SKIP",
        ),
        Refused(
            "SG-9",
            |d| {
                d.set("/stages/1/onFailure", "result", json!("FAIL"));
            },
            STAGE,
            "The result FAIL cannot be used in onFailure of stage 'Build'. Valid results are: ROLLBACK, RETRY",
        ),
        Refused(
            "SG-9",
            |d| {
                let mut condition = d.copy(SUCCESS);
                condition["result"] = json!("FAIL");
                d.set(
                    "/stages/2",
                    "onFailure",
                    json!({ "conditions": [condition] }),
                );
            },
            STAGE,
            "The result FAIL cannot be used in onFailure of stage 'Deploy'. Valid results are: ROLLBACK, RETRY",
        ),
        Refused(
            "SG-10",
            |d| {
                let one = d.copy(SUCCESS);
                d.set("/stages/1/onFailure", "conditions", json!([one]));
            },
            STAGE,
            "The following stage cannot have a failure exit gate configured with both top level result and conditions: \
             'Build",
        ),
        Refused(
            "SG-11",
            |d| {
                d.set("", "executionMode", json!("PARALLEL"));
            },
            STAGE,
            "Failure conditions with rollback result type cannot be added to a PARALLEL pipeline.",
        ),
        Refused(
            "SG-11 PA-5",
            |d| {
                d.set("", "executionMode", json!("PARALLEL"))
                    .remove("/stages/1", "onFailure");
                d.set(SUCCESS, "result", json!("ROLLBACK"));
            },
            STAGE,
            "Failure conditions with rollback result type cannot be added to a PARALLEL pipeline.",
        ),
        Refused(
            "SG-12",
            |d| {
                d.set(
                    "/stages/1/onFailure",
                    "retryConfiguration",
                    json!({ "retryMode": "ALL_ACTIONS" }),
                );
            },
            STAGE,
            "retryConfiguration can only be used with the result RETRY. Stage 'Build'",
        ),
        Refused(
            "SG-13 CO-4",
            |d| {
                rule(
                    d,
                    ENTRY,
                    "DeploymentWindow",
                    json!({ "Cron": "* * * * * ?" }),
                );
            },
            STAGE,
            "Rule 'Extra' with provider DeploymentWindow in stage 'Build' cannot be used with the result SKIP. Valid \
             providers are: LambdaInvoke, VariableCheck",
        ),
        Refused(
            "SG-14",
            |d| {
                d.set("/stages/0", "onFailure", json!({ "result": "ROLLBACK" }));
            },
            STAGE,
            "The result ROLLBACK cannot be used in stage 'Source' because it contains source actions",
        ),
        Refused(
            "CO-3",
            |d| {
                d.remove(ENTRY, "result");
            },
            STAGE,
            "The beforeEntry condition of stage 'Build' must have result",
        ),
        Refused(
            "CO-3",
            |d| {
                d.remove(SUCCESS, "rules");
            },
            STAGE,
            "The onSuccess condition of stage 'Deploy' must have rules",
        ),
        Refused(
            "SG-16",
            |d| {
                d.set(&format!("{SUCCESS}/rules/1"), "name", json!("Quiet"));
            },
            STAGE,
            "Rule name 'Quiet' is used more than once in onSuccess of stage 'Deploy'",
        ),
        Refused(
            "SG-18",
            |d| {
                rule(d, SUCCESS, "Oracle", json!({}));
            },
            STAGE,
            "RuleType (Category: 'Rule', Provider: 'Oracle', Owner: 'AWS', Version: '1') in rule 'Extra' is not available \
             in region 'US_EAST_1'",
        ),
        Refused(
            "SG-18",
            |d| {
                d.set(
                    &format!("{ENTRY}/rules/0/ruleTypeId"),
                    "version",
                    json!("2"),
                );
            },
            STAGE,
            "RuleType (Category: 'Rule', Provider: 'VariableCheck', Owner: 'AWS', Version: '2') in rule 'OnMain' is not \
             available in region 'US_EAST_1'",
        ),
        Refused(
            "SG-18",
            |d| {
                d.set(&format!("{ENTRY}/rules/0"), "region", json!("moon-west-1"));
            },
            STAGE,
            "RuleType (Category: 'Rule', Provider: 'VariableCheck', Owner: 'AWS', Version: '1') in rule 'OnMain' is not \
             available in region 'MOON_WEST_1'",
        ),
        Refused(
            "SG-15",
            |d| {
                d.remove(&format!("{SUCCESS}/rules/1"), "commands");
            },
            STAGE,
            "Rule Answers must have a non-empty commands field",
        ),
        Refused(
            "SG-15",
            |d| {
                d.set(&format!("{SUCCESS}/rules/0"), "commands", json!(["ls"]));
            },
            STAGE,
            "Rule Quiet cannot have a commands field",
        ),
        Refused(
            "SG-15",
            |d| {
                d.set(
                    &format!("{SUCCESS}/rules/1"),
                    "commands",
                    json!(["ls\npwd"]),
                );
            },
            STAGE,
            "Rule Answers must have single-line commands",
        ),
        Refused(
            "SG-15",
            |d| {
                d.remove(&format!("{SUCCESS}/rules/0/configuration"), "AlarmName");
            },
            STAGE,
            "Rule configuration for rule 'Quiet' is missing required configuration 'AlarmName'",
        ),
        Refused(
            "SG-15",
            |d| {
                d.set(
                    &format!("{SUCCESS}/rules/0/configuration"),
                    "Volume",
                    json!("low"),
                );
            },
            STAGE,
            "Rule configuration for rule 'Quiet' contains unknown configuration 'Volume'",
        ),
        Refused(
            "SG-17",
            |d| {
                rule(d, SUCCESS, "CodeBuild", json!({ "ProjectName": "shop" }));
            },
            STAGE,
            "Rule Extra declares 0 input artifacts which is less than the minimum count (1)",
        ),
        Refused(
            "SG-17",
            |d| {
                d.set(
                    &format!("{SUCCESS}/rules/1"),
                    "inputArtifacts",
                    json!([{ "name": "nothing" }]),
                );
            },
            STAGE,
            "Input Artifact Bundle nothing in rule Answers is not declared as Output Artifact Bundle in any of the \
             preceding actions",
        ),
        Refused(
            "SG-17",
            |d| {
                rule(d, ENTRY, "LambdaInvoke", json!({ "FunctionName": "ask" }));
                d.set(
                    &format!("{ENTRY}/rules/1"),
                    "inputArtifacts",
                    json!([{ "name": "built" }]),
                );
            },
            STAGE,
            "Input Artifact Bundle built in rule Extra is not declared as Output Artifact Bundle in any of the preceding \
             actions",
        ),
        Refused(
            "VA-12",
            |d| {
                d.set(
                    &format!("{ENTRY}/rules/0/configuration"),
                    "Variable",
                    json!("#{Nobody.Key}"),
                );
            },
            STAGE,
            "Valid format for a pipeline execution variable reference is a namespace and a key separated by a period (.). \
             The following pipeline execution variables are referencing a namespace that does not exist.\n\
             StageName=[Build], RuleName=[OnMain], RuleConfigurationKey=[Variable], VariableReferenceText=[Nobody.Key]",
        ),
        Refused(
            "VA-12 CO-5",
            |d| {
                d.set(
                    &format!("{ENTRY}/rules/0/configuration"),
                    "Variable",
                    json!("#{Built.Key}"),
                );
            },
            STAGE,
            "The following pipeline execution variables are referencing an action that does not run before they are used.\n\
             StageName=[Build], RuleName=[OnMain], RuleConfigurationKey=[Variable], VariableReferenceText=[Built.Key]",
        ),
    ]
}
