//! Admission: the wording of every violation, their order, and that what is admitted always fits its type.

use codepipeline_simulator::json as json_of;
use codepipeline_simulator::model::{
    self, ApiError, Constraint, ErrorCode, Kind, OPERATIONS, Shape, ViolationKind, admission,
    admit, violations,
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn ask(operation: &str, input: Value) -> Result<Value, ApiError> {
    admit(model::operation(operation).expect("an operation"), input)
}

/// The text of the ValidationException.
fn refusal(operation: &str, input: Value) -> String {
    let error = ask(operation, input).expect_err("the input is wrong");
    assert_eq!(error.code, ErrorCode::ValidationException);
    error.message
}

/// The text of the ValidationException, which is about one thing only, from the path on.
fn single(operation: &str, input: Value) -> String {
    let message = refusal(operation, input);
    let rest = message.strip_prefix("1 validation error detected: Value at ");
    rest.unwrap_or_else(|| panic!("{message}")).to_owned()
}

/// The text of the SerializationException.
fn unreadable(operation: &str, input: Value) -> String {
    let error = ask(operation, input).expect_err("the input is wrong");
    assert_eq!(error.code, ErrorCode::SerializationException);
    error.message
}

fn action() -> Value {
    json!({
        "name": "Build",
        "actionTypeId": { "category": "Build", "owner": "AWS", "provider": "CodeBuild", "version": "1" },
        "configuration": { "ProjectName": "project" },
    })
}

/// A CreatePipeline input with one action, changed at a JSON pointer below the action.
fn with_action(change: &str, value: Value) -> Value {
    let mut action = action();
    action[change] = value;
    json!({ "pipeline": {
        "name": "P",
        "roleArn": "arn:aws:iam::123456789012:role/R",
        "stages": [{ "name": "S", "actions": [action] }],
    } })
}

const ACTION: &str = "pipeline.stages.1.member.actions.1.member";

#[test]
fn vm_1_all_violations_are_in_one_message_and_counted() {
    assert_eq!(
        refusal(
            "DeleteCustomActionType",
            json!({ "category": "Build", "provider": "a b", "version": "1234567890" })
        ),
        "2 validation errors detected: Value at 'provider' failed to satisfy constraint: \
         Member must satisfy regular expression pattern: [0-9A-Za-z_-]+; \
         Value at 'version' failed to satisfy constraint: Member must have length less than or equal to 9"
    );
}

#[test]
fn vm_3_an_empty_configuration_value_is_refused_with_the_larger_limit() {
    assert_eq!(
        refusal(
            "CreatePipeline",
            with_action("configuration", json!({ "A": "", "B": "" }))
        ),
        format!(
            "1 validation error detected: Value at '{ACTION}.configuration' failed to satisfy constraint: \
             Map value must satisfy constraint: [Member must have length less than or equal to 50000, \
             Member must have length greater than or equal to 1]"
        )
    );
}

#[test]
fn vm_4_two_violations_are_joined_by_a_semicolon() {
    let mut input = with_action("runOrder", json!(0));
    let mut second = action();
    second["runOrder"] = json!(1000);
    input["pipeline"]["stages"]
        .as_array_mut()
        .expect("stages")
        .push(json!({ "name": "T", "actions": [second] }));
    assert_eq!(
        refusal("CreatePipeline", input),
        "2 validation errors detected: Value at 'pipeline.stages.1.member.actions.1.member.runOrder' failed to \
         satisfy constraint: Member must have value greater than or equal to 1; Value at \
         'pipeline.stages.2.member.actions.1.member.runOrder' failed to satisfy constraint: Member must have value \
         less than or equal to 999"
    );
}

#[test]
fn vm_5_a_long_configuration_value_has_a_message_of_its_own() {
    let of_length =
        |length: usize| with_action("configuration", json!({ "A": "x".repeat(length) }));
    assert!(ask("CreatePipeline", of_length(1000)).is_ok());
    let late = "ActionConfiguration Map value must satisfy constraint: [Member must have length less than or equal to \
                1000, Member must have length greater than or equal to 1]";
    assert_eq!(refusal("CreatePipeline", of_length(1001)), late);
    assert_eq!(refusal("CreatePipeline", of_length(50_000)), late);
    assert!(single("CreatePipeline", of_length(50_001)).contains("less than or equal to 50000"));
}

#[test]
fn vm_5_the_late_limit_waits_for_all_others() {
    let mut input = with_action("configuration", json!({ "A": "x".repeat(1001) }));
    input["pipeline"]["name"] = json!("");
    assert!(
        refusal("CreatePipeline", input)
            .starts_with("2 validation errors detected: Value at 'pipeline.name'")
    );
}

#[test]
fn vm_6_paths_name_members_list_items_and_map_entries() {
    let cases = [
        (
            "CreatePipeline",
            with_action(
                "inputArtifacts",
                json!([{ "name": "a" }, { "name": "a.b" }]),
            ),
            format!("'{ACTION}.inputArtifacts.2.member.name'"),
        ),
        (
            "CreatePipeline",
            json!({ "pipeline": { "name": "P", "roleArn": "arn:aws:iam::123456789012:role/R",
            "stages": [], "artifactStores": { "us-east-1": { "type": "S3" } } } }),
            "'pipeline.artifactStores.us-east-1.member.location'".to_owned(),
        ),
        (
            "CreatePipeline",
            with_action("configuration", json!({ "": "x" })),
            format!("'{ACTION}.configuration'"),
        ),
        (
            "ListWebhooks",
            json!({ "MaxResults": 0 }),
            "'MaxResults'".to_owned(),
        ),
    ];
    for (operation, input, path) in cases {
        let text = single(operation, input);
        assert!(text.starts_with(&format!("{path} failed")), "{text}");
    }
}

#[test]
fn vm_7_a_missing_member_must_not_be_null() {
    assert_eq!(
        single("GetPipeline", json!({})),
        "'name' failed to satisfy constraint: Member must not be null"
    );
}

#[test]
fn vm_8_to_13_each_constraint_has_its_wording() {
    let cases = [
        (
            "vm_8 text",
            "GetPipeline",
            json!({ "name": "" }),
            "2 validation errors detected: Value at 'name' failed to satisfy constraint: Member must satisfy regular \
          expression pattern: [A-Za-z0-9.@\\-_]+; Value at 'name' failed to satisfy constraint: Member must have \
          length greater than or equal to 1",
        ),
        (
            "vm_8 list",
            "StartPipelineExecution",
            json!({ "name": "P", "variables": [] }),
            "1 validation error detected: Value at 'variables' failed to satisfy constraint: Member must have length \
          greater than or equal to 1",
        ),
        (
            "vm_9 text",
            "GetPipeline",
            json!({ "name": "x".repeat(101) }),
            "1 validation error detected: Value at 'name' failed to satisfy constraint: Member must have length less \
          than or equal to 100",
        ),
        (
            "vm_9 map",
            "PollForJobs",
            json!({ "actionTypeId": action()["actionTypeId"], "queryParam": { "a": "1", "b": "2" } }),
            "1 validation error detected: Value at 'queryParam' failed to satisfy constraint: Member must have length \
          less than or equal to 1",
        ),
        (
            "vm_10",
            "ListPipelines",
            json!({ "maxResults": 0 }),
            "1 validation error detected: Value at 'maxResults' failed to satisfy constraint: Member must have value \
          greater than or equal to 1",
        ),
        (
            "vm_11",
            "ListPipelines",
            json!({ "maxResults": 1001 }),
            "1 validation error detected: Value at 'maxResults' failed to satisfy constraint: Member must have value \
          less than or equal to 1000",
        ),
        (
            "vm_12",
            "GetJobDetails",
            json!({ "jobId": "x" }),
            "1 validation error detected: Value at 'jobId' failed to satisfy constraint: Member must satisfy regular \
          expression pattern: [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        ),
        (
            "vm_13",
            "ListActionTypes",
            json!({ "actionOwnerFilter": "aws" }),
            "1 validation error detected: Value at 'actionOwnerFilter' failed to satisfy constraint: Member must satisfy \
          enum value set: [AWS, ThirdParty, Custom]",
        ),
    ];
    for (rule, operation, input, message) in cases {
        assert_eq!(refusal(operation, input), message, "{rule}");
    }
}

#[test]
fn vm_14_lengths_count_utf_16_code_units() {
    let approval = |summary: String| {
        json!({ "pipelineName": "P", "stageName": "S", "actionName": "A",
            "token": "00000000-0000-0000-0000-000000000000", "result": { "status": "Approved", "summary": summary } })
    };
    assert!(ask("PutApprovalResult", approval("😀".repeat(256))).is_ok());
    assert!(
        single("PutApprovalResult", approval("😀".repeat(256) + "a"))
            .contains("less than or equal to 512")
    );
    assert!(ask("PutApprovalResult", approval("é".repeat(512))).is_ok());
    assert!(
        ask("PutApprovalResult", approval(String::new())).is_ok(),
        "a published minimum of 0 allows nothing"
    );
}

#[test]
fn vm_15_w_8_unknown_members_are_dropped_whatever_they_hold() {
    let admitted = ask(
        "GetPipeline",
        json!({ "metadata": { "a": [1] }, "name": "P", "Name": 7 }),
    );
    assert_eq!(admitted, Ok(json!({ "name": "P" })));
}

#[test]
fn w_7_null_members_are_absent() {
    assert_eq!(
        ask("GetPipeline", json!({ "name": "P", "version": null })),
        Ok(json!({ "name": "P" }))
    );
    assert_eq!(
        single("GetPipeline", json!({ "name": null })),
        "'name' failed to satisfy constraint: Member must not be null"
    );
}

#[test]
fn w_7_null_in_a_list_or_map_is_a_violation() {
    let cases = [
        (
            "CreatePipeline",
            with_action("configuration", json!({ "A": null })),
            format!("'{ACTION}.configuration.A.member'"),
        ),
        (
            "CreatePipeline",
            with_action("inputArtifacts", json!([null])),
            format!("'{ACTION}.inputArtifacts.1.member'"),
        ),
        (
            "UntagResource",
            json!({ "resourceArn": "arn:aws:codepipeline:r:123456789012:P", "tagKeys": ["a", null] }),
            "'tagKeys.2.member'".to_owned(),
        ),
    ];
    for (operation, input, path) in cases {
        assert_eq!(
            single(operation, input),
            format!("{path} failed to satisfy constraint: Member must not be null")
        );
    }
}

#[test]
fn w_16_anything_but_an_object_cannot_be_read() {
    for input in [json!(null), json!([]), json!("{}"), json!(1), json!(true)] {
        assert_eq!(unreadable("ListPipelines", input), "");
    }
}

#[test]
fn w_16_a_wrong_json_type_is_named() {
    let cases = [
        (
            "ListPipelines",
            json!({ "maxResults": "5" }),
            "STRING_VALUE can not be converted to an Integer",
        ),
        (
            "ListPipelines",
            json!({ "maxResults": 1.5 }),
            "NUMBER_VALUE can not be converted to an Integer",
        ),
        (
            "ListPipelines",
            json!({ "maxResults": 3_000_000_000_u64 }),
            "NUMBER_VALUE can not be converted to an Integer",
        ),
        (
            "ListPipelines",
            json!({ "nextToken": 5 }),
            "NUMBER_VALUE can not be converted to a String",
        ),
        (
            "ListPipelines",
            json!({ "nextToken": true }),
            "TRUE_VALUE can not be converted to a String",
        ),
        (
            "ListActionTypes",
            json!({ "actionOwnerFilter": false }),
            "FALSE_VALUE can not be converted to a String",
        ),
        (
            "CreatePipeline",
            json!({ "pipeline": [] }),
            "START_ARRAY can not be converted to a Structure",
        ),
        (
            "CreatePipeline",
            json!({ "pipeline": { "stages": {} } }),
            "START_OBJECT can not be converted to a List",
        ),
        (
            "CreatePipeline",
            with_action("configuration", json!("x")),
            "STRING_VALUE can not be converted to a Map",
        ),
        (
            "CreatePipeline",
            with_action("configuration", json!({ "A": true })),
            "TRUE_VALUE can not be converted to a String",
        ),
        (
            "StopPipelineExecution",
            json!({ "abandon": "true" }),
            "STRING_VALUE can not be converted to a Boolean",
        ),
        (
            "PutJobSuccessResult",
            json!({ "currentRevision": { "created": "2026-01-01" } }),
            "STRING_VALUE can not be converted to a Timestamp",
        ),
    ];
    for (operation, input, message) in cases {
        assert_eq!(unreadable(operation, input), message);
    }
}

#[test]
fn w_16_json_types_come_before_limits_and_the_first_wrong_one_is_answered() {
    let input = json!({ "name": "", "variables": [{ "name": 1 }, { "name": {} }] });
    assert_eq!(
        unreadable("StartPipelineExecution", input),
        "NUMBER_VALUE can not be converted to a String"
    );
}

#[test]
fn w_16_whole_numbers_with_a_fraction_of_zero_become_whole() {
    let admitted = ask(
        "ListPipelines",
        serde_json::from_str(r#"{ "maxResults": 5.0 }"#).expect("JSON"),
    );
    assert_eq!(
        admitted.map(|input| input.to_string()),
        Ok(r#"{"maxResults":5}"#.to_owned())
    );
}

#[test]
fn w_6_instants_may_be_whole_fractional_or_with_an_exponent() {
    for created in ["1446137312", "1446137312.204", "1.7E9", "-1"] {
        let text = format!(
            r#"{{ "jobId": "00000000-0000-0000-0000-000000000000",
            "currentRevision": {{ "revision": "r", "changeIdentifier": "c", "created": {created} }} }}"#
        );
        let admitted = ask(
            "PutJobSuccessResult",
            serde_json::from_str(&text).expect("JSON"),
        )
        .expect("admitted");
        assert!(
            json_of::from_value::<model::PutJobSuccessResultInput>(admitted).is_ok(),
            "{created}"
        );
    }
    let written = |seconds| json_of::to_text(&model::Timestamp(seconds));
    assert_eq!(written(1_446_137_312.204_4), "1446137312.204");
    assert_eq!(written(1_446_137_312.0), "1446137312");
    assert_eq!(
        model::Timestamp::from_millis(1_446_137_312_204).millis(),
        1_446_137_312_204
    );
}

#[test]
fn w_20_items_keys_and_values_are_worded_by_their_list_or_map() {
    let cases = [
        ("CreatePipeline", with_action("commands", json!(["", "x", ""])), format!(
            "'{ACTION}.commands' failed to satisfy constraint: Member must satisfy constraint: [Member must have \
             length less than or equal to 1000, Member must have length greater than or equal to 1]")),
        ("CreatePipeline", with_action("configuration", json!({ "": "x" })), format!(
            "'{ACTION}.configuration' failed to satisfy constraint: Map keys must satisfy constraint: [Member must \
             have length less than or equal to 50, Member must have length greater than or equal to 1]")),
        ("PutJobSuccessResult",
         json!({ "jobId": "00000000-0000-0000-0000-000000000000", "outputVariables": { "a b": "x" } }),
         "'outputVariables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy \
          regular expression pattern: [A-Za-z0-9@\\-_]+]".to_owned()),
        ("PollForJobs", json!({ "actionTypeId": action()["actionTypeId"], "queryParam": { "a": "b c" } }),
         "'queryParam' failed to satisfy constraint: Map value must satisfy constraint: [Member must satisfy regular \
          expression pattern: [a-zA-Z0-9_-]+, Member must have length less than or equal to 50, Member must have \
          length greater than or equal to 1]".to_owned()),
    ];
    for (operation, input, message) in cases {
        assert_eq!(single(operation, input), message);
    }
}

#[test]
fn w_21_missing_members_come_first_in_table_order_then_the_others_in_document_order() {
    let input = json!({ "transitionType": "x", "reason": "" });
    let message = refusal("DisableStageTransition", input);
    let paths: Vec<&str> = message
        .split("Value at '")
        .skip(1)
        .filter_map(|part| part.split('\'').next())
        .collect();
    assert_eq!(
        paths,
        [
            "pipelineName",
            "stageName",
            "transitionType",
            "reason",
            "reason"
        ]
    );
}

#[test]
fn w_21_pattern_before_maximum() {
    let input = json!({ "name": "ä".repeat(101) });
    let message = refusal("GetPipeline", input);
    let (pattern, max) = (
        message.find("regular expression"),
        message.find("less than or equal to 100"),
    );
    assert!(pattern.is_some() && pattern < max, "{message}");
}

#[test]
fn w_18_the_offending_value_is_never_shown() {
    assert!(
        !refusal("CreatePipeline", with_action("namespace", json!("se cret"))).contains("se cret")
    );
}

#[test]
fn w_15_statuses() {
    let cases = [
        (ErrorCode::ValidationException, 400),
        (ErrorCode::ConflictException, 409),
        (ErrorCode::NotImplementedException, 501),
        (ErrorCode::InternalFailure, 500),
        (ErrorCode::ServiceUnavailable, 503),
        (ErrorCode::AccessDeniedException, 400),
    ];
    for (code, status) in cases {
        assert_eq!(
            (code.status(), ErrorCode::from_name(code.name())),
            (status, Some(code))
        );
    }
    assert_eq!(ErrorCode::from_name("NoSuchError"), None);
    assert_eq!(
        ApiError::new(ErrorCode::JobNotFoundException, "gone").to_string(),
        "JobNotFoundException: gone"
    );
}

#[test]
fn the_list_of_violations_is_what_the_message_is_made_of() {
    let declaration = json!({ "name": "a b", "roleArn": "arn:aws:iam::123456789012:role/R", "version": "1",
        "stages": [{ "name": "S", "actions": [
            { "name": "A", "actionTypeId": null, "configuration": { "A": "x".repeat(2000) } }] }] });
    let found = violations(&model::PipelineDeclaration, "pipeline", declaration);
    let found: Vec<(&str, bool, &str)> = found
        .iter()
        .map(|one| {
            (
                one.path.as_str(),
                one.kind == ViolationKind::Constraint,
                one.constraint.as_str(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            (
                "pipeline.name",
                true,
                "Member must satisfy regular expression pattern: [A-Za-z0-9.@\\-_]+"
            ),
            (
                "pipeline.version",
                false,
                "STRING_VALUE can not be converted to an Integer"
            ),
            (
                "pipeline.stages.1.member.actions.1.member.actionTypeId",
                true,
                "Member must not be null"
            ),
            (
                "pipeline.stages.1.member.actions.1.member.configuration",
                false,
                "Map value must satisfy constraint: [Member must have length less than or equal to 1000, \
          Member must have length greater than or equal to 1]"
            ),
        ]
    );
}

#[test]
fn ac_38_answers_may_have_more_artifacts_than_inputs() {
    let details = json!({ "minimumCount": 0, "maximumCount": 10 });
    let listed = json!({ "actionTypes": [{ "id": action()["actionTypeId"],
        "inputArtifactDetails": details, "outputArtifactDetails": details }] });
    let operation = model::operation("ListActionTypes").expect("an operation");
    assert_eq!(model::answer_violations(operation, listed), []);
    assert_eq!(model::answer_violations(operation, json!({})).len(), 1);
    let made = json!({ "category": "Build", "provider": "P", "version": "1",
        "inputArtifactDetails": details, "outputArtifactDetails": { "minimumCount": 0, "maximumCount": 5 } });
    assert!(
        single("CreateCustomActionType", made).starts_with("'inputArtifactDetails.maximumCount'")
    );
}

#[test]
fn deep_input_is_no_deeper_than_the_shapes() {
    let mut deep = json!("end");
    for _ in 0..100 {
        deep = json!({ "pipeline": [deep], "stages": 1 });
    }
    assert!(ask("ListPipelines", deep.clone()).is_ok());
    assert_eq!(
        unreadable("CreatePipeline", deep.clone()),
        "START_ARRAY can not be converted to a Structure"
    );
    let refused = refusal(
        "CreatePipeline",
        json!({ "pipeline": { "stages": [{ "a": deep }] } }),
    );
    assert!(
        refused.starts_with("4 validation errors detected"),
        "{refused}"
    );
}

#[test]
fn large_input_is_counted_to_the_end_and_listed_up_to_a_limit() {
    let tags: Vec<Value> = (0..50_000)
        .map(|_| json!({ "key": "", "value": "x".repeat(20) }))
        .collect();
    let arn = "arn:aws:codepipeline:us-east-1:123456789012:P";
    let message = refusal("TagResource", json!({ "resourceArn": arn, "tags": tags }));
    assert!(message.starts_with("50000 validation errors detected: Value at 'tags.1.member.key'"));
    assert_eq!(message.matches("Value at").count(), admission::MOST_LISTED);
    // A wrong type at the very end still decides.
    let mut tags: Vec<Value> = (0..2000).map(|_| json!({ "key": "" })).collect();
    tags.push(json!(7));
    assert_eq!(
        unreadable("TagResource", json!({ "resourceArn": arn, "tags": tags })),
        "NUMBER_VALUE can not be converted to a Structure"
    );
}

#[test]
fn constraints_are_there_for_forms() {
    let texts: Vec<String> = model::PipelineName
        .constraints()
        .iter()
        .flatten()
        .map(ToString::to_string)
        .collect();
    assert_eq!(texts.len(), 3);
    assert!(Constraint::MaxLength(100).holds(&json!("x")));
    assert_eq!(
        model::PipelineDeclaration
            .member("roleArn")
            .map(|member| member.shape.name),
        Some("RoleArn")
    );
}

/// Reads an admitted input as the type of its operation; every input type has to be here.
fn reads(shape: &str, input: Value) -> Result<Value, json_of::Misfit> {
    macro_rules! dispatch {
        ($($name:ident)*) => {
            match shape {
                $(stringify!($name) => json_of::from_value::<model::$name>(input).map(|read| json_of::to_value(&read)),)*
                other => panic!("{other} is not in the list"),
            }
        };
    }
    dispatch! {
        AcknowledgeJobInput AcknowledgeThirdPartyJobInput CreateCustomActionTypeInput CreatePipelineInput
        DeleteCustomActionTypeInput DeletePipelineInput DeleteWebhookInput DeregisterWebhookWithThirdPartyInput
        DisableStageTransitionInput EnableStageTransitionInput GetActionTypeInput GetJobDetailsInput
        GetPipelineExecutionInput GetPipelineInput GetPipelineStateInput GetThirdPartyJobDetailsInput
        ListActionExecutionsInput ListActionTypesInput ListDeployActionExecutionTargetsInput
        ListPipelineExecutionsInput ListPipelinesInput ListRuleExecutionsInput ListRuleTypesInput
        ListTagsForResourceInput ListWebhooksInput OverrideStageConditionInput PollForJobsInput
        PollForThirdPartyJobsInput PutActionRevisionInput PutApprovalResultInput PutJobFailureResultInput
        PutJobSuccessResultInput PutThirdPartyJobFailureResultInput PutThirdPartyJobSuccessResultInput
        PutWebhookInput RegisterWebhookWithThirdPartyInput RetryStageExecutionInput RollbackStageInput
        StartPipelineExecutionInput StopPipelineExecutionInput TagResourceInput UntagResourceInput
        UpdateActionTypeInput UpdatePipelineInput
    }
}

/// Makes inputs along the shapes: mostly right, and wrong once in `wrong` values (never if 0).
struct Maker {
    state: u64,
    wrong: u64,
}

impl Maker {
    fn below(&mut self, limit: u64) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (mixed ^ (mixed >> 27)) % limit
    }

    fn make(&mut self, shape: &Shape) -> Value {
        if self.wrong > 0 && self.below(self.wrong) == 0 {
            let odd = [
                json!(null),
                json!("x y\n"),
                json!(""),
                json!(-1),
                json!(2.0),
                json!(1e300),
                json!(true),
                json!([]),
                json!({}),
                json!([null]),
                json!({ "a": null }),
            ];
            return odd[self.below(odd.len() as u64) as usize].clone();
        }
        match shape.kind {
            Kind::Structure(members) => {
                let mut made = Map::new();
                for member in members {
                    if member.required || self.below(3) == 0 {
                        made.insert(member.name.to_owned(), self.make(member.shape));
                    }
                }
                Value::Object(made)
            }
            Kind::List { member, length } => {
                let least = length.min.unwrap_or(0) as u64;
                let many = least
                    + self
                        .below(2)
                        .min(length.max.map_or(2, |max| max as u64 - least));
                (0..many).map(|_| self.make(member)).collect()
            }
            Kind::Map { key, value, .. } => {
                let mut made = Map::new();
                if let (Value::String(key), value) = (self.make(key), self.make(value)) {
                    made.insert(key, value);
                }
                Value::Object(made)
            }
            Kind::Text { length, pattern } => {
                let uuid = "0123abcd-4567-89ab-cdef-0123456789ab";
                let samples = [
                    "abcd",
                    uuid,
                    "123456789012",
                    "AWS",
                    "*",
                    "arn:aws:iam::123456789012:role/R",
                    "arn:aws:codepipeline:r:123456789012:P",
                    "arn:aws:lambda:r:123456789012:function:F",
                ];
                let fits = |text: &&str| {
                    pattern.is_none_or(|pattern| (pattern.matches)(text))
                        && length.max.is_none_or(|max| text.len() as i64 <= max)
                };
                Value::from(
                    samples
                        .into_iter()
                        .find(fits)
                        .expect("a sample fits every pattern"),
                )
            }
            Kind::Choice(values) => Value::from(values[self.below(values.len() as u64) as usize]),
            Kind::Integer { value } => {
                let (least, most) = (
                    value.min.unwrap_or(0),
                    value.max.unwrap_or(i64::from(i32::MAX)),
                );
                let whole = least + self.below((most - least + 1) as u64) as i64;
                if self.below(2) == 0 {
                    Value::from(whole)
                } else {
                    Value::from(whole as f64)
                }
            }
            Kind::Boolean => Value::from(self.below(2) == 0),
            Kind::Timestamp => Value::from(self.below(2_000_000_000_000) as f64 / 1000.0),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_fits_the_shapes_is_admitted_and_keeps_its_meaning(seed: u64) {
        for operation in OPERATIONS {
            let input = Maker { state: seed, wrong: 0 }.make(operation.input);
            let admitted = admit(operation, input.clone());
            prop_assert!(admitted.is_ok(), "{} {:?} {}", operation.name, admitted, input);
            let admitted = admitted.unwrap_or_default();
            let typed = reads(operation.input.name, admitted.clone());
            prop_assert!(typed.is_ok(), "{} {:?} {}", operation.name, typed, admitted);
            // Instants may change from 5.0 to 5; nothing else may change.
            let again = admit(operation, typed.unwrap_or_default()).map(|input| normal(&input));
            prop_assert_eq!(again, Ok(normal(&admitted)));
        }
    }

    #[test]
    fn what_is_admitted_always_fits_its_type(seed: u64, wrong in 5_u64..60) {
        for operation in OPERATIONS {
            let input = Maker { state: seed, wrong }.make(operation.input);
            if let Ok(admitted) = admit(operation, input) {
                let typed = reads(operation.input.name, admitted.clone());
                prop_assert!(typed.is_ok(), "{} {:?} {}", operation.name, typed, admitted);
            }
        }
    }
}

/// The value with every number as a float and members in the order of their names.
fn normal(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(items) => items.iter().map(normal).collect(),
        Value::Object(entries) => {
            let mut entries: Vec<_> = entries
                .iter()
                .map(|(name, value)| (name.clone(), normal(value)))
                .collect();
            entries.sort_by(|one, other| one.0.cmp(&other.0));
            entries.into_iter().collect()
        }
        other => other.clone(),
    }
}
