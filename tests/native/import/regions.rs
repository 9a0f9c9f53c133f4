//! Which Region a declaration belongs to, and what follows where that is not the world's.

use codepipeline_simulator::page::import::{Question, RegionChoice, RegionEvidence};
use serde_json::{Value, json};

use super::draft::{
    action, answer, carry_out, cross_region, import, messages, ok, plain, plan, reading,
    three_regions, with_placeholders, world, world_in,
};

fn found(document: &Value) -> Option<(String, RegionEvidence)> {
    reading(&world(), document)
        .found()
        .expect("found")
        .region
        .clone()
}

fn is(region: &str, evidence: RegionEvidence) -> Option<(String, RegionEvidence)> {
    Some((region.to_owned(), evidence))
}

#[test]
fn the_arn_of_the_pipeline_says_it_before_anything_else() {
    let mut document = three_regions();
    document["metadata"] =
        json!({ "pipelineArn": "arn:aws:codepipeline:sa-east-1:111122223333:orchard" });
    assert_eq!(
        found(&document),
        is("sa-east-1", RegionEvidence::PipelineArn)
    );
}

#[test]
fn the_arn_of_a_key_says_it_next() {
    assert_eq!(
        found(&three_regions()),
        is("eu-west-1", RegionEvidence::KeyArn)
    );
    let mut document = plain();
    document["pipeline"]["artifactStore"]["encryptionKey"] =
        json!({ "id": "arn:aws:kms:ca-central-1:111122223333:alias/orchard", "type": "KMS" });
    assert_eq!(found(&document), is("ca-central-1", RegionEvidence::KeyArn));
}

#[test]
fn the_store_without_an_action_says_it_then() {
    assert_eq!(
        found(&cross_region()),
        is("us-west-2", RegionEvidence::ArtifactStore)
    );
    // A key only says where its own store is: the one of the other Region must not win.
    let mut document = cross_region();
    document["pipeline"]["artifactStores"]["us-east-1"]["encryptionKey"] =
        json!({ "id": "arn:aws:kms:us-east-1:111122223333:alias/orchard", "type": "KMS" });
    assert_eq!(
        found(&document),
        is("us-west-2", RegionEvidence::ArtifactStore)
    );
}

#[test]
fn sources_are_where_the_pipeline_is() {
    // GetPipeline fills in the Region of every action of a cross-Region pipeline.
    let mut document = cross_region();
    document["pipeline"]["stages"][0]["actions"][0]["region"] = json!("us-west-2");
    assert_eq!(
        found(&document),
        is("us-west-2", RegionEvidence::SourceAction)
    );
}

#[test]
fn what_is_no_region_says_nothing() {
    assert_eq!(found(&plain()), None);
    assert_eq!(found(&with_placeholders()), None);
    for arn in [
        "",
        "arn",
        "arn:aws:codepipeline",
        "arn:aws:codepipeline:REGION:1:x",
        "arn:aws:codepipeline::1:x",
        "nra:aws:x:eu-west-1:1:x",
    ] {
        let mut document = plain();
        document["metadata"] = json!({ "pipelineArn": arn });
        assert_eq!(found(&document), None, "{arn}");
    }
    // The world's own is a Region whatever its name is.
    let read = reading(&world_in("mars-north-1"), &answer("mars-north-1"));
    assert!(read.questions(&read.choices()).is_empty());
    assert_eq!(
        read.found().expect("found").region,
        is("mars-north-1", RegionEvidence::PipelineArn)
    );
}

#[test]
fn another_region_is_said_and_a_new_world_offered() {
    let read = reading(&world(), &three_regions());
    let mut choices = read.choices();
    assert_eq!(
        read.questions(&choices),
        [Question::OtherRegion {
            region: "eu-west-1",
            evidence: RegionEvidence::KeyArn,
            here: "us-east-1"
        }]
    );
    assert_eq!(
        plan(&read).expect("a plan").new_world.as_deref(),
        Some("eu-west-1")
    );
    choices.region = RegionChoice::ThisWorld;
    assert_eq!(
        read.plan(&choices)
            .expect("a store is there, too")
            .new_world,
        None
    );
}

#[test]
fn the_wrong_region_is_refused_in_the_service_s_words() {
    let read = reading(&world_in("sa-east-1"), &three_regions());
    let mut choices = read.choices();
    choices.region = RegionChoice::ThisWorld;
    let problems = read.plan(&choices).expect_err("no store there");
    assert_eq!(
        messages(&problems),
        [
            "ValidationException: Your pipeline must have an artifact store, such as an artifact bucket, for each region \
          where you have an action. The following region is missing in 'pipeline.artifactStores': sa-east-1."
        ]
    );
    assert_eq!(problems[0].rule, Some("PL-15"));
    assert!(
        problems[0]
            .remedy
            .as_ref()
            .expect("a remedy")
            .contains("eu-west-1")
    );
}

#[test]
fn a_new_world_knows_neither_names_nor_types_of_this_one() {
    let mut engine = world();
    let rig = super::draft::rig("Bench", json!({ "Rig": "north" }));
    let mut document = json!({ "pipeline": super::draft::pipeline(&[rig]) });
    import(&mut engine, &document);
    document["metadata"] = json!({ "pipelineArn": "arn:aws:codepipeline:eu-west-1:1:orchard" });
    let read = reading(&engine, &document);
    let mut choices = read.choices();
    let questions = read.questions(&choices);
    assert!(matches!(
        questions.as_slice(),
        [Question::OtherRegion { .. }, Question::UnknownTypes(_)]
    ));
    let mut there = world_in("eu-west-1");
    assert_eq!(
        carry_out(&mut there, read.plan(&choices).expect("a plan")),
        ["CreateCustomActionType", "CreatePipeline"]
    );
    choices.region = RegionChoice::ThisWorld;
    assert!(matches!(
        read.questions(&choices).as_slice(),
        [Question::OtherRegion { .. }, Question::NameTaken { .. }]
    ));
    ok(&mut there, "GetPipelineState", json!({ "name": "orchard" }));
}

#[test]
fn a_type_that_this_world_has_is_taken_along_as_it_is() {
    let mut engine = world();
    let details = json!({ "minimumCount": 0, "maximumCount": 5 });
    ok(
        &mut engine,
        "CreateCustomActionType",
        json!({
            "category": "Test", "provider": "BenchRig", "version": "1",
            "configurationProperties": [
                { "name": "Rig", "required": true, "key": true, "secret": false, "queryable": true, "description": "which" },
                { "name": "Pin", "required": false, "key": false, "secret": true },
            ],
            "inputArtifactDetails": details, "outputArtifactDetails": details,
        }),
    );
    let rig = super::draft::taking(action(
        "Bench",
        "Test/Custom/BenchRig",
        json!({ "Rig": "north" }),
    ));
    let mut document = json!({ "pipeline": super::draft::pipeline(&[rig]) });
    document["metadata"] = json!({ "pipelineArn": "arn:aws:codepipeline:eu-west-1:1:orchard" });
    let plan = plan(&reading(&engine, &document)).expect("a plan");
    let (operation, input) = plan.steps[0].clone().call();
    assert_eq!(operation, "CreateCustomActionType");
    assert_eq!(input["inputArtifactDetails"], details);
    assert_eq!(input["configurationProperties"][0]["queryable"], true);
    assert_eq!(input["configurationProperties"][1]["secret"], true);
    carry_out(&mut world_in("eu-west-1"), plan);
}
