//! What cannot be imported: every place is named, nothing is changed, nothing is lost.

use codepipeline_simulator::page::import::{Document, Reading, Refused, read};
use serde_json::{Value, json};

use super::draft::{deploy, messages, pipeline, plain, plan, reading, world};

fn refused(text: &str) -> Refused {
    match read(text, world().world()) {
        Reading::Refused(refused) => *refused,
        other => panic!("{other:?}"),
    }
}

#[test]
fn nothing_is_said_of_nothing() {
    for text in ["", " \n\t ", "\u{feff}"] {
        let read = read(text, world().world());
        assert!(matches!(read, Reading::Empty));
        assert_eq!(read.plan(&read.choices()), Err(vec![]));
    }
}

#[test]
fn a_byte_order_mark_is_no_mistake() {
    let text = format!("\u{feff}{}", plain());
    assert!(matches!(
        read(&text, world().world()),
        Reading::Candidate(_)
    ));
}

#[test]
fn a_text_that_is_no_json_is_refused_with_line_and_column() {
    for (text, place) in [
        ("{\n  \"pipeline\": {,\n}", "line 2, column 16"),
        ("{\n  \"pipeline\": {", "line 2, column 15"),
        ("{\"näme\": x}", "line 1, column 10"),
        ("{} {}", "line 1, column 4"),
        ("AWSTemplateFormatVersion: 2010-09-09", "line 1, column 1"),
        ("{\"a\": \"\\ud800\"}", "line 1, column 14"),
        ("\0", "line 1, column 1"),
    ] {
        let refused = refused(text);
        assert_eq!(refused.problems.len(), 1);
        assert_eq!(
            refused.problems[0].path.as_deref(),
            Some(place),
            "{text}: {refused:?}"
        );
        assert!(
            !refused.problems[0].message.contains("line"),
            "the place is said once: {refused:?}"
        );
    }
    assert!(
        refused("name: orchard").problems[0].remedy.is_some(),
        "what is expected is said"
    );
}

#[test]
fn other_json_is_called_what_it_is() {
    let template =
        json!({ "Resources": { "Pipeline": { "Type": "AWS::CodePipeline::Pipeline" } } });
    let resource = json!({ "Type": "AWS::CodePipeline::Pipeline", "Properties": { "Stages": [] } });
    for (document, expected) in [
        (template, Document::CloudFormationTemplate),
        (resource, Document::CloudFormationTemplate),
        (
            json!({ "AWSTemplateFormatVersion": "2010-09-09" }),
            Document::CloudFormationTemplate,
        ),
        (
            json!({ "pipelines": [{ "name": "orchard" }] }),
            Document::PipelineList,
        ),
        (
            json!({ "pipelineName": "orchard", "stageStates": [] }),
            Document::PipelineState,
        ),
        (
            json!({ "kind": "codepipeline-simulator-stored-records" }),
            Document::StoredRecords,
        ),
        (
            json!({ "name": "orchard", "version": "1.0.0" }),
            Document::Other,
        ),
        (json!({}), Document::Other),
        (json!([]), Document::Other),
        (json!([{ "pipeline": {} }]), Document::Other),
        (json!(null), Document::Other),
        (json!("pipeline"), Document::Other),
        (json!(7), Document::Other),
    ] {
        let refused = refused(&document.to_string());
        assert_eq!(refused.document, expected, "{document}");
        assert_eq!(refused.problems.len(), 1);
        let remedy = refused.problems[0]
            .remedy
            .as_ref()
            .expect("what is expected");
        assert!(remedy.contains("aws codepipeline get-pipeline"));
    }
}

#[test]
fn vm_1_every_place_that_is_wrong_is_named() {
    let mut document = plain();
    document["pipeline"]["name"] = json!("two words");
    document["pipeline"]["stages"][1]["actions"][0]["runOrder"] = json!(0);
    document["pipeline"]
        .as_object_mut()
        .expect("an object")
        .remove("roleArn");
    let refused = refused(&document.to_string());
    assert_eq!(
        refused.headline,
        "Nothing was imported: 3 validation errors detected"
    );
    let paths: Vec<_> = refused
        .problems
        .iter()
        .map(|problem| problem.path.as_deref().expect("a path"))
        .collect();
    assert_eq!(
        paths,
        [
            "pipeline.roleArn",
            "pipeline.name",
            "pipeline.stages.2.member.actions.1.member.runOrder"
        ]
    );
    assert_eq!(
        refused.problems[0].message,
        "Value at 'pipeline.roleArn' failed to satisfy constraint: Member must not be null"
    );
    assert_eq!(refused.found.expect("found all the same").stage_count, 2);
}

#[test]
fn w_16_a_wrong_type_is_named_with_its_place() {
    for (document, path, message) in [
        (
            json!({ "pipeline": 5 }),
            "pipeline",
            "NUMBER_VALUE can not be converted to a Structure",
        ),
        (
            json!({ "pipeline": {}, "tags": {} }),
            "tags",
            "START_OBJECT can not be converted to a List",
        ),
        (
            json!({ "stages": "none" }),
            "pipeline.stages",
            "STRING_VALUE can not be converted to a List",
        ),
    ] {
        let refused = refused(&document.to_string());
        let problem = refused
            .problems
            .iter()
            .find(|problem| problem.path.as_deref() == Some(path));
        assert_eq!(
            problem.map(|problem| problem.message.as_str()),
            Some(message),
            "{refused:?}"
        );
    }
    let refused = refused(&json!({ "pipeline": null }).to_string());
    assert_eq!(
        refused.problems[0].message,
        "Value at 'pipeline' failed to satisfy constraint: Member must not be null"
    );
}

#[test]
fn what_the_rules_refuse_is_a_problem_in_the_service_s_words() {
    let mut stray = deploy();
    stray["inputArtifacts"] = json!([{ "name": "Pears" }]);
    let problems = plan(&reading(
        &world(),
        &json!({ "pipeline": pipeline(&[stray]) }),
    ))
    .expect_err("AC-10");
    assert_eq!(
        messages(&problems),
        [
            "InvalidActionDeclarationException: Input Artifact Bundle Pears in action Plant is not declared as Output \
          Artifact Bundle in any of the preceding actions"
        ]
    );
    let mut document = plain();
    document["pipeline"]["stages"]
        .as_array_mut()
        .expect("a list")
        .truncate(1);
    let problems = plan(&reading(&world(), &document)).expect_err("PL-6");
    assert_eq!(problems[0].rule, Some("PL-6"));
    let mut document = plain();
    document["pipeline"]["stages"][1]["actions"][0]["actionTypeId"]["provider"] = json!("Tractor");
    let problems = plan(&reading(&world(), &document)).expect_err("AC-3");
    assert_eq!(problems[0].rule, Some("AC-3"));
    assert!(problems[0].remedy.is_some());
}

#[test]
fn vm_5_a_value_that_is_too_long_has_its_own_message() {
    let mut document = plain();
    document["pipeline"]["stages"][1]["actions"][0]["configuration"]["ApplicationName"] =
        Value::from("x".repeat(1001));
    let refused = refused(&document.to_string());
    assert!(
        refused.problems[0]
            .message
            .starts_with("ActionConfiguration Map value must satisfy constraint"),
        "{refused:?}"
    );
}
