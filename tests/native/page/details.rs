//! The tabs of the details: history, variables, artifacts, and two versions side by side.

use codepipeline_simulator::{
    engine::{behavior::Outcome, time::MINUTE},
    model::FailureType,
    page::{
        state::{
            Ui,
            details::{DetailsCommand, DetailsUi},
        },
        view::{DetailsTab, DetailsView, Section, Selection},
    },
};
use serde_json::{Value, json};

use super::seen;
use crate::bench::{Bench, action, build, pipeline, source, stage, three_stages};

fn details(bench: &Bench, selection: Selection, commands: &[DetailsCommand]) -> DetailsView {
    let mut shown = DetailsUi::default();
    commands.iter().for_each(|command| shown.change(*command));
    let ui = Ui {
        selection,
        details: shown,
        ..Ui::default()
    };
    seen(bench, &ui).details.expect("something is selected")
}

fn tab(bench: &Bench, selection: Selection, tab: DetailsTab) -> Vec<Section> {
    let view = details(bench, selection, &[DetailsCommand::Tab(tab)]);
    assert_eq!(view.tab, tab, "of {:?}", view.tabs);
    view.sections
}

/// A section as it reads, a line for each row.
fn told(section: &Section) -> Vec<String> {
    let row = |row: &codepipeline_simulator::page::view::SectionRow| {
        let mut line = row.label.clone();
        if !row.mark.is_empty() {
            line = format!("{line} [{}]", row.mark);
        }
        line = format!("{line}: {}", row.value);
        if let Some(second) = &row.second {
            line = format!("{line} > {second}");
        }
        if !row.note.is_empty() {
            line = format!("{line} ({})", row.note);
        }
        line
    };
    section.rows.iter().map(row).collect()
}

fn titles(sections: &[Section]) -> Vec<&str> {
    sections.iter().map(|one| one.title.as_str()).collect()
}

fn found<'a>(sections: &'a [Section], title: &str) -> &'a Section {
    sections
        .iter()
        .find(|one| one.title == title)
        .unwrap_or_else(|| panic!("{title} is not among {:?}", titles(sections)))
}

fn chosen(stage: &str, action: &str) -> Selection {
    Selection::Action(stage.into(), action.into())
}

/// A pipeline variable, a namespace that is read, and a secret.
fn with_variables() -> Value {
    let mut compile = build("Compile", 1);
    compile["configuration"]["EnvironmentVariables"] = json!(
        r##"[{"name":"COMMIT","value":"#{Source.CommitId}"},{"name":"TO","value":"#{variables.Target}"}]"##
    );
    compile["outputArtifacts"] = json!([{ "name": "App" }]);
    let mut ship = action(
        "Ship",
        "Deploy/AWS/S3",
        1,
        json!({ "BucketName": "site", "Extract": "true", "CannedACL": "private" }),
    );
    ship["inputArtifacts"] = json!([{ "name": "App" }]);
    let mut declaration = pipeline(
        "shop",
        &[
            stage("Source", &[source()]),
            stage("Build", &[compile]),
            stage("Deploy", &[ship]),
        ],
    );
    declaration["variables"] =
        json!([{ "name": "Target", "defaultValue": "blue", "description": "Which half" }]);
    declaration
}

#[test]
fn an_action_tells_every_attempt_and_why_it_failed() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    bench.until_idle();
    let fail = Outcome::Fail {
        code: FailureType::JobFailed,
        message: Some("The tests are red".into()),
    };
    bench.outcome("shop", "Build", "Compile", fail);
    let second = bench.start("shop");
    bench.until_idle();
    bench.outcome("shop", "Build", "Compile", Outcome::Succeed);
    bench.ok(
        "RetryStageExecution",
        json!({ "pipelineName": "shop", "stageName": "Build", "pipelineExecutionId": second, "retryMode": "FAILED_ACTIONS" }),
    );
    bench.until_idle();
    let attempts = tab(&bench, chosen("Build", "Compile"), DetailsTab::History);
    assert_eq!(
        titles(&attempts),
        [
            "Execution B, attempt 2",
            "Execution B, attempt 1",
            "Execution A"
        ]
    );
    let words: Vec<_> = attempts
        .iter()
        .map(|one| one.state.as_ref().expect("a state").word.as_str())
        .collect();
    assert_eq!((words[0], words[1]), ("Done, 1 m", "Failed"));
    assert_eq!(attempts[1].note, "A retry took its place.");
    assert_eq!(attempts[1].to, Some(Selection::Execution(second)));
    let failed = told(&attempts[1]);
    assert!(
        failed.contains(&"Error code: JobFailed".to_owned()),
        "{failed:?}"
    );
    assert!(
        failed.contains(&"Message: The tests are red".to_owned()),
        "{failed:?}"
    );
    let done = told(&attempts[0]);
    assert!(
        done.iter()
            .any(|row| row.starts_with("External id: project-Compile:")),
        "{done:?}"
    );
    // What it found is told by its outputs.
    let checkout = tab(&bench, chosen("Source", "Checkout"), DetailsTab::History);
    let rows = told(&checkout[0]);
    assert!(
        rows.iter()
            .any(|row| row.starts_with("CommitId [output]: ")),
        "{rows:?}"
    );
}

#[test]
fn an_action_that_never_ran_has_no_history_and_its_tab_gives_way_to_the_overview() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    let asked = [DetailsCommand::Tab(DetailsTab::History)];
    let view = details(&bench, chosen("Deploy", "Ship"), &asked);
    assert_eq!(view.tab, DetailsTab::Overview);
    assert_eq!(
        view.tabs,
        [
            DetailsTab::Overview,
            DetailsTab::Variables,
            DetailsTab::Artifacts,
            DetailsTab::Json
        ]
    );
    assert!(view.sections.is_empty());
    assert!(
        !details(&bench, Selection::Stage("Deploy".into()), &asked)
            .tabs
            .contains(&DetailsTab::History)
    );
}

#[test]
fn a_stage_tells_its_stays_with_retries_and_conditions() {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    declaration["stages"][2]["beforeEntry"] = json!({ "conditions": [{ "result": "FAIL", "rules": [{
        "name": "Quiet", "ruleTypeId": { "category": "Rule", "owner": "AWS", "provider": "CloudWatchAlarm", "version": "1" },
        "configuration": { "AlarmName": "errors", "WaitTime": "5" },
    }] }] });
    bench.create(&declaration);
    bench.until_idle();
    let id = bench.executions("shop")[0].clone();
    let stays = tab(
        &bench,
        Selection::Stage("Deploy".into()),
        DetailsTab::History,
    );
    assert_eq!(titles(&stays), ["Execution A"]);
    let rows = told(&stays[0]);
    assert!(
        rows.iter()
            .any(|row| row.starts_with("Condition before entry: Passed, ")),
        "{rows:?}"
    );
    assert!(
        rows.iter()
            .any(|row| row.starts_with("Quiet [rule]: Passed, ")),
        "{rows:?}"
    );
    assert!(
        rows.iter().any(|row| row.starts_with("Ship: Done, ")),
        "{rows:?}"
    );

    let fail = Outcome::Fail {
        code: FailureType::JobFailed,
        message: None,
    };
    bench.outcome("shop", "Build", "Compile", fail);
    let second = bench.start("shop");
    bench.until_idle();
    bench.ok(
        "RetryStageExecution",
        json!({ "pipelineName": "shop", "stageName": "Build", "pipelineExecutionId": second, "retryMode": "FAILED_ACTIONS" }),
    );
    bench.until_idle();
    let stays = tab(
        &bench,
        Selection::Stage("Build".into()),
        DetailsTab::History,
    );
    assert_eq!(titles(&stays), ["Execution B", "Execution A"]);
    let rows = told(&stays[0]);
    assert!(rows.contains(&"Retries: 1 by hand".to_owned()), "{rows:?}");
    assert!(
        rows.iter()
            .any(|row| row.starts_with("Compile [attempt 2]: Failed")),
        "{rows:?}"
    );
    // The same stay stands in the execution's way, and the reason beside the stage that it ended in.
    let way = tab(&bench, Selection::Execution(second), DetailsTab::History);
    assert_eq!(titles(&way), ["Source", "Build"]);
    assert_eq!((way[0].why, way[1].why), (false, true));
    assert_eq!(told(&way[1]), rows);
    let way = tab(&bench, Selection::Execution(id), DetailsTab::History);
    assert_eq!(titles(&way), ["Source", "Build", "Deploy"]);
    assert!(way.iter().all(|one| !one.why));
}

#[test]
fn an_execution_that_waits_says_where_and_can_be_asked_why() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    bench.until_idle();
    bench.close(0, 2, "no");
    let id = bench.start("shop");
    bench.until_idle();
    bench.advance(5 * MINUTE);
    let way = tab(&bench, Selection::Execution(id), DetailsTab::History);
    assert_eq!(titles(&way), ["Source", "Build", "In front of Deploy"]);
    assert!(way[2].why && !way[1].why);
    assert_eq!(
        way[2].state.as_ref().expect("a state").word,
        "Waits at a closed gate"
    );
    assert_eq!(way[2].aside, "waits 5 m");
}

#[test]
fn configuration_stands_as_written_and_as_resolved() {
    let mut bench = Bench::new();
    bench.create(&with_variables());
    let before = tab(&bench, chosen("Build", "Compile"), DetailsTab::Variables);
    let written = found(&before, "Configuration");
    assert_eq!(
        (written.columns.as_ref(), written.note.as_str()),
        (None, "References are filled in when it runs.")
    );
    assert_eq!(
        told(found(&before, "Reads")),
        [
            "Source.CommitId: No value yet. (from Source / Checkout)",
            "variables.Target: No value yet. (a variable of the pipeline)"
        ]
    );
    bench.until_idle();
    let after = tab(&bench, chosen("Build", "Compile"), DetailsTab::Variables);
    let pair = found(&after, "Configuration");
    assert_eq!(
        pair.columns,
        Some(("Written".into(), "Resolved for A".into()))
    );
    let (environment, project) = (&pair.rows[0], &pair.rows[1]);
    assert_eq!(environment.label, "EnvironmentVariables");
    assert!(environment.value.contains("#{variables.Target}"));
    assert!(
        environment
            .second
            .as_ref()
            .is_some_and(|value| value.contains(r#""TO","value":"blue""#))
    );
    assert_eq!(
        (project.value.as_str(), &project.second),
        ("project-Compile", &None)
    );
    let reads = told(found(&after, "Reads"));
    assert!(
        reads.contains(&"variables.Target: blue (a variable of the pipeline)".to_owned()),
        "{reads:?}"
    );
    // The giver says who reads what it gives out.
    let gives = tab(&bench, chosen("Source", "Checkout"), DetailsTab::Variables);
    let rows = told(found(&gives, "Gives out as Source"));
    assert!(
        rows.iter()
            .any(|row| row.starts_with("CommitId: ") && row.ends_with("(read by Build / Compile)")),
        "{rows:?}"
    );
    assert!(
        rows.iter()
            .any(|row| row.starts_with("BranchName: main") && row.ends_with("(read by nobody)")),
        "{rows:?}"
    );
}

#[test]
fn secrets_are_masked_in_both_columns() {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    declaration["stages"][0]["actions"] = json!([action(
        "Fetch",
        "Source/ThirdParty/GitHub",
        1,
        json!({ "Owner": "shop", "Repo": "web", "Branch": "main", "OAuthToken": "very-secret" }),
    )]);
    declaration["stages"][0]["actions"][0]["outputArtifacts"] =
        json!([{ "name": "SourceArtifact" }]);
    bench.create(&declaration);
    bench.until_idle();
    for shown in [
        tab(&bench, chosen("Source", "Fetch"), DetailsTab::Variables),
        tab(&bench, chosen("Source", "Fetch"), DetailsTab::History),
        tab(&bench, Selection::Pipeline, DetailsTab::History),
    ] {
        assert!(!format!("{shown:?}").contains("very-secret"));
    }
    let rows = told(found(
        &tab(&bench, chosen("Source", "Fetch"), DetailsTab::Variables),
        "Configuration",
    ));
    assert!(rows.contains(&"OAuthToken: ****".to_owned()), "{rows:?}");
}

#[test]
fn pipeline_and_executions_tell_their_variables() {
    let mut bench = Bench::new();
    bench.create(&with_variables());
    let declared = tab(&bench, Selection::Pipeline, DetailsTab::Variables);
    assert_eq!(
        told(&declared[0]),
        ["Target: blue (Which half (read by Build / Compile))"]
    );
    let id = bench.executions("shop")[0].clone();
    let values = tab(
        &bench,
        Selection::Execution(id.clone()),
        DetailsTab::Variables,
    );
    assert_eq!(
        titles(&values),
        ["Variables of the pipeline", "Source, of Source / Checkout"]
    );
    assert_eq!(told(&values[0]), ["Target: blue (read by Build / Compile)"]);
    assert_eq!(
        values[1].note,
        "Nothing yet: Source / Checkout has not succeeded here."
    );
    bench.until_idle();
    let values = tab(&bench, Selection::Execution(id), DetailsTab::Variables);
    assert!(told(&values[1]).contains(&"BranchName: main (read by nobody)".to_owned()));
}

#[test]
fn artifacts_tell_where_they_come_from_and_where_they_lie() {
    let mut bench = Bench::new();
    bench.create(&with_variables());
    let before = tab(&bench, chosen("Build", "Compile"), DetailsTab::Artifacts);
    assert_eq!(
        told(&before[0]),
        ["SourceArtifact: not read yet (from Source / Checkout)"]
    );
    assert_eq!(
        told(&before[1]),
        ["App: not made yet (read by Deploy / Ship)"]
    );
    bench.until_idle();
    let made = tab(&bench, chosen("Build", "Compile"), DetailsTab::Artifacts);
    let lies = &made[1].rows[0].value;
    assert!(
        lies.starts_with("s3://artifacts-bucket/shop/App/"),
        "{lies}"
    );
    // Whoever reads it reads the same object.
    let read = tab(&bench, chosen("Deploy", "Ship"), DetailsTab::Artifacts);
    assert_eq!(&read[0].rows[0].value, lies);
    let id = bench.executions("shop")[0].clone();
    let all = tab(&bench, Selection::Execution(id), DetailsTab::Artifacts);
    assert_eq!(titles(&all), ["Source revisions", "Artifacts"]);
    assert_eq!(all[0].rows[0].label, "Source / Checkout");
    assert_eq!(all[0].rows[0].value.len(), 40);
    assert_eq!(&all[1].rows[1].value, lies);
    assert_eq!(
        all[1].rows[1].note,
        "made by Build / Compile, read by Deploy / Ship"
    );
}

#[test]
fn two_versions_stand_side_by_side() {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    bench.create(&declaration);
    let one = tab(&bench, Selection::Pipeline, DetailsTab::History);
    assert_eq!(titles(&one), ["Versions"]);
    assert_eq!(
        one[0].note,
        "There is one version so far. Save another one and what changed stands here."
    );
    declaration["stages"][1]["actions"][0]["configuration"]["ProjectName"] = json!("other");
    bench.ok("UpdatePipeline", json!({ "pipeline": declaration }));
    declaration["executionMode"] = json!("QUEUED");
    declaration["stages"][2]["name"] = json!("Release");
    bench.ok("UpdatePipeline", json!({ "pipeline": declaration }));

    let sections = tab(&bench, Selection::Pipeline, DetailsTab::History);
    assert_eq!(
        titles(&sections),
        ["What changed since version 2", "Versions"]
    );
    let labels = |section: &Section| -> Vec<String> {
        section
            .rows
            .iter()
            .map(|row| format!("{} {}", row.mark, row.label))
            .collect()
    };
    assert_eq!(
        labels(&sections[0]),
        [
            "added stages / Release",
            "removed stages / Deploy",
            "changed executionMode"
        ]
    );
    assert_eq!(
        sections[0].columns,
        Some(("Version 2".into(), "Version 3, today's".into()))
    );
    assert_eq!(
        (
            sections[0].rows[2].value.as_str(),
            sections[0].rows[2].second.as_deref()
        ),
        ("SUPERSEDED", Some("QUEUED"))
    );
    assert!(sections[0].rows[1].value.contains("\"Ship\""));
    let versions: Vec<_> = sections[1]
        .rows
        .iter()
        .map(|row| (row.label.as_str(), row.mark.as_str()))
        .collect();
    assert_eq!(
        versions,
        [
            ("Version 3", "today's"),
            ("Version 2", ""),
            ("Version 1", "")
        ]
    );

    let asked = [
        DetailsCommand::Tab(DetailsTab::History),
        DetailsCommand::Against(1),
    ];
    let view = details(&bench, Selection::Pipeline, &asked);
    assert_eq!(view.sections[0].title, "What changed since version 1");
    assert_eq!(
        view.sections[0].choice.as_ref().expect("a choice").chosen,
        1
    );
    let rows = told(&view.sections[0]);
    assert!(rows.contains(&"stages / Build / actions / Compile / configuration / ProjectName [changed]: project-Compile > other".to_owned()), "{rows:?}");
    // One that is gone falls back to the one before.
    let asked = [
        DetailsCommand::Tab(DetailsTab::History),
        DetailsCommand::Against(9),
    ];
    let view = details(&bench, Selection::Pipeline, &asked);
    assert_eq!(view.sections[0].title, "What changed since version 2");
}

#[test]
fn the_overview_of_a_pipeline_tells_its_tags() {
    let mut bench = Bench::new();
    bench.ok(
        "CreatePipeline",
        json!({ "pipeline": three_stages("shop"), "tags": [{ "key": "team", "value": "basket" }, { "key": "draft", "value": "" }] }),
    );
    let view = details(&bench, Selection::Pipeline, &[]);
    let tags = view.rows.iter().find(|row| row.label == "Tags");
    assert_eq!(
        tags.map(|row| row.value.as_str()),
        Some("team = basket and draft")
    );
}
