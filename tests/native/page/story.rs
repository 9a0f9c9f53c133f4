//! The story of the page's main picture: A is asked about in Production, B was superseded there by C, D stands at a
//! closed gate.

use codepipeline_simulator::{
    engine::time::{MINUTE, SECOND},
    page::{
        command::Command,
        view::{Frame, Icon, Role, Selection, Tile},
    },
};
use serde_json::{Value, json};

use super::{headline, page, picture, roster, selected, stage as view_of, tile, why};
use crate::bench::{Bench, action, approval, build, pipeline, stage};

fn storefront() -> Value {
    let mut checkout = action(
        "Checkout",
        "Source/AWS/CodeStarSourceConnection",
        1,
        json!({
            "ConnectionArn": "arn:aws:codeconnections:us-east-1:123456789012:connection/11111111-2222-3333-4444-555555555555",
            "FullRepositoryId": "shop/web", "BranchName": "main",
        }),
    );
    checkout["outputArtifacts"] = json!([{ "name": "SourceArtifact" }]);
    let mut lint = action("Lint", "Compute/AWS/Commands", 2, json!({}));
    lint["commands"] = json!(["npm run lint"]);
    lint["inputArtifacts"] = json!([{ "name": "SourceArtifact" }]);
    let deploy = |order: u32| {
        let mut deploy = action(
            "DeployWeb",
            "Deploy/AWS/ECS",
            order,
            json!({ "ClusterName": "web", "ServiceName": "web" }),
        );
        deploy["inputArtifacts"] = json!([{ "name": "SourceArtifact" }]);
        deploy
    };
    let mut approve = approval("Approve", 1);
    approve["configuration"] = json!({ "CustomData": "Check the basket", "ExternalEntityLink": "https://staging.example.com" });
    pipeline(
        "storefront-release",
        &[
            stage("Source", &[checkout]),
            stage("Build", &[build("Compile", 1), build("UnitTests", 2), lint]),
            stage("Staging", &[deploy(1)]),
            stage("Production", &[approve, build("LoadTest", 1), deploy(2)]),
        ],
    )
}

/// The world at 09:59:30 on Tuesday, 3 March 2026.
pub fn main_picture() -> Bench {
    let mut bench = Bench::new();
    let name = "storefront-release";
    for (stage, action, takes) in [
        ("Source", "Checkout", 58 * SECOND),
        ("Build", "Compile", 220 * SECOND),
        ("Build", "UnitTests", 131 * SECOND),
        ("Build", "Lint", 41 * SECOND),
        ("Staging", "DeployWeb", 511 * SECOND),
        ("Production", "LoadTest", 60 * MINUTE + 50 * SECOND),
    ] {
        bench.set(name, stage, action, None, Some(takes));
    }
    let began = bench.now();
    let at = |bench: &mut Bench, minutes: i64, seconds: i64| {
        let span = began
            .after(minutes * MINUTE + seconds * SECOND)
            .since(bench.now());
        bench.advance(span);
    };
    at(&mut bench, 56, 40);
    bench.create(&storefront()); // A is in Production at 09:12.
    at(&mut bench, 68, 30);
    bench.start(name); // B
    at(&mut bench, 101, 50);
    bench.start(name); // C reaches Production at 09:57:10.
    at(&mut bench, 107, 13);
    bench.start(name); // D reaches Staging at 09:54:30.
    at(&mut bench, 112, 30);
    bench.close(0, 2, "Load test - hold deploys");
    at(&mut bench, 119, 30);
    bench
}

#[test]
fn the_roster_says_who_is_where_and_why() {
    let bench = main_picture();
    let page = page(&bench);
    assert_eq!(
        roster(&page),
        [
            "A Needs approval holds Production, 47 min so far",
            "B Superseded by C, in front of Production, 09:57",
            "C Waits for the lock of Production, held by A, 2 min so far",
            "D Waits at a closed gate in front of Staging, 5 min so far",
        ]
    );
    let cells = &picture(&page).roster;
    let roles: Vec<_> = cells
        .iter()
        .map(|cell| (cell.state.role, cell.state.icon, cell.token.ghost))
        .collect();
    assert_eq!(
        roles,
        [
            (Role::Person, Icon::Person, false),
            (Role::Gone, Icon::Superseded, true),
            (Role::Wait, Icon::Lock, false),
            (Role::Wait, Icon::Gate, false),
        ]
    );
}

#[test]
fn the_line_shows_locks_bays_gates_and_tiles() {
    let bench = main_picture();
    let page = page(&bench);
    let lines: Vec<_> = picture(&page)
        .stages
        .iter()
        .map(|stage| (stage.line.as_str(), stage.frame))
        .collect();
    assert_eq!(
        lines,
        [
            ("free", Frame::Free),
            ("free", Frame::Free),
            ("free", Frame::Free),
            ("locked by A, 47 min", Frame::Held)
        ]
    );
    let production = view_of(&page, "Production");
    assert_eq!(
        production.label,
        "Production, stage 4 of 4, locked by A, 47 min, 1 execution waits"
    );
    assert_eq!(
        production
            .holder
            .as_ref()
            .map(|token| token.letter.as_str()),
        Some("A")
    );
    assert_eq!(
        (
            production.waiting[0].token.letter.as_str(),
            production.waiting[0].line.as_str()
        ),
        ("C", "waits 2 min")
    );
    assert_eq!(
        (
            production.ghosts[0].token.letter.as_str(),
            production.ghosts[0].line.as_str()
        ),
        ("B", "superseded by C, 09:57")
    );
    assert!(production.gate.open);
    assert_eq!(production.gate.label, "Gate in front of Production: open");
    let staging = view_of(&page, "Staging");
    assert_eq!(
        (staging.gate.open, staging.gate.note.as_str()),
        (false, "closed by you, 09:52: Load test - hold deploys")
    );
    assert_eq!(staging.waiting[0].line, "waits 5 min");

    let orders: Vec<_> = production
        .columns
        .iter()
        .map(|column| (column.run_order, column.actions.len()))
        .collect();
    assert_eq!(orders, [(1, 2), (2, 1)]);
    for (stage, action, provider, word, look, owner) in [
        (
            "Source",
            "Checkout",
            "CodeConnections",
            "Done, 58 s",
            Tile::Plain,
            Some("D"),
        ),
        (
            "Build",
            "Compile",
            "CodeBuild",
            "Done, 3 m 40 s",
            Tile::Plain,
            Some("D"),
        ),
        (
            "Build",
            "UnitTests",
            "CodeBuild",
            "Done, 2 m 11 s",
            Tile::Plain,
            Some("D"),
        ),
        (
            "Build",
            "Lint",
            "Commands",
            "Done, 41 s",
            Tile::Plain,
            Some("D"),
        ),
        (
            "Staging",
            "DeployWeb",
            "ECS",
            "Done, 8 m 31 s",
            Tile::Plain,
            Some("C"),
        ),
        (
            "Production",
            "Approve",
            "Manual approval",
            "Needs approval",
            Tile::Person,
            Some("A"),
        ),
        (
            "Production",
            "LoadTest",
            "CodeBuild",
            "Running, 78 %",
            Tile::Run,
            Some("A"),
        ),
        (
            "Production",
            "DeployWeb",
            "ECS",
            "Not started",
            Tile::None,
            None,
        ),
    ] {
        let view = tile(&page, stage, action);
        assert_eq!(
            (view.provider.as_str(), view.state.word.as_str(), view.tile),
            (provider, word, look)
        );
        assert_eq!(
            view.owner.as_ref().map(|owner| owner.letter.as_str()),
            owner
        );
    }
    assert_eq!(tile(&page, "Production", "LoadTest").progress, Some(78));
    assert_eq!(tile(&page, "Production", "Approve").progress, None);
    assert_eq!(
        tile(&page, "Production", "Approve").label,
        "Approve, Manual approval, run order 1: Needs approval, for A"
    );
    let open = tile(&page, "Production", "Approve")
        .approval
        .as_ref()
        .expect("an open approval");
    assert_eq!(open.expiry, "Unanswered, it fails on Tue 10 Mar, 09:12.");
    assert_eq!(open.comment.as_deref(), Some("Check the basket"));
    assert_eq!(open.link.as_deref(), Some("https://staging.example.com"));
}

#[test]
fn su_2_why_c_waits_is_a_chain_that_ends_at_the_person() {
    let bench = main_picture();
    let page = page(&bench);
    let why = why(&page, "C");
    assert_eq!(
        headline(why),
        "C waits for Production, held by A until Approve is answered"
    );
    assert_eq!(
        why.text,
        "C has waited since 09:57 and enters as soon as A leaves. Unanswered, the approval fails on Tue 10 Mar, 09:12. \
         If a newer execution gets here before that, it takes C's place and C is superseded."
    );
    assert_eq!(
        why.rule,
        (
            "An execution inside a stage cannot be superseded, whatever it waits for there.".into(),
            "SU-2".into()
        )
    );
    let labels: Vec<_> = why
        .actions
        .iter()
        .map(|(label, _)| label.as_str())
        .collect();
    assert_eq!(labels, ["Answer approval…", "Stop A…"]);
    assert_eq!(
        why.actions[0].1,
        Command::AskApproval {
            stage: "Production".into(),
            action: "Approve".into()
        }
    );
    assert_eq!(
        view_of(&page, "Production").waiting[0].why.as_ref(),
        Some(why),
        "the bay says the same"
    );
}

#[test]
fn ap_7_su_1_tr_3_the_others_have_their_reasons_too() {
    let bench = main_picture();
    let page = page(&bench);
    let a = why(&page, "A");
    assert_eq!(headline(a), "A waits for a person: Approve");
    assert_eq!(
        a.text,
        "Approve was asked for at 09:12. Unanswered, it fails on Tue 10 Mar, 09:12, after 7 days, and the lock is free. \
         LoadTest runs beside it and ends in about 13 min. Newer executions cannot overtake A: superseding happens only in \
         front of a stage."
    );
    let b = why(&page, "B");
    assert_eq!(headline(b), "B was superseded by C in front of Production");
    assert_eq!(
        b.text,
        "Both stood in front of Production at 09:57, and there only the newest may wait. B had waited 33 min. It cannot be \
         retried."
    );
    assert_eq!(b.actions[0].0, "Show C");
    let d = why(&page, "D");
    assert_eq!(
        headline(d),
        "D waits at the closed gate in front of Staging"
    );
    assert_eq!(
        d.text,
        "You closed it at 09:52: \"Load test - hold deploys\". Staging is free, so D enters the moment the gate opens. If a \
         newer execution gets here before that, it takes D's place and D is superseded."
    );
}

#[test]
fn the_clock_says_what_is_next_and_then_nothing_until_the_approval() {
    let bench = main_picture();
    let page = page(&bench);
    let clock = &page.clock;
    assert_eq!(
        (clock.time.as_str(), clock.date.as_str()),
        ("09:59:30", "Tue 3 Mar 2026, UTC")
    );
    assert_eq!(clock.iso, "2026-03-03T09:59:30Z");
    assert_eq!(clock.next.0, "LoadTest ends");
    assert_eq!(
        clock.next.1,
        "in about 13 min. Then nothing moves by itself until the approval times out on Tue 10 Mar, 09:12."
    );
    assert!(clock.can_step && clock.playing);
    assert_eq!(page.world.saved, "Saved");
    assert_eq!(page.world.facts, format!("{} facts", bench.facts.len()));
    assert_eq!(picture(&page).version, "version 1");
    assert_eq!(page.pipelines[0].note, "V2, SUPERSEDED, version 1");
}

#[test]
fn the_facts_read_as_in_the_picture() {
    let bench = main_picture();
    let c = bench.engine.world().key().execution((0, 3).into());
    let page = selected(&bench, Selection::Execution(c));
    let rows: Vec<String> = page
        .facts
        .iter()
        .take(7)
        .map(|row| {
            let who = row
                .token
                .as_ref()
                .map_or("-", |token| token.letter.as_str());
            format!("{} {who} {} {}", row.time, row.word, row.text)
                .trim_end()
                .to_owned()
        })
        .collect();
    assert_eq!(
        rows,
        [
            "09:57:10 C Waits for the lock held by A",
            "09:57:10 B Superseded: C reached Production",
            "09:57:10 C Staging succeeded in 8 m 31 s",
            "09:57:10 C DeployWeb succeeded in 8 m 31 s",
            "09:54:30 D Waits: the gate into Staging is closed",
            "09:54:30 D Build succeeded in 5 m 51 s",
            "09:54:30 D UnitTests succeeded in 2 m 11 s",
        ]
    );
    assert!(page.facts[0].selected && !page.facts[1].selected);
    let started = page
        .facts
        .iter()
        .find(|row| row.word == "Started")
        .expect("D's start");
    assert_eq!(
        (started.text.as_str(), started.call.as_deref()),
        ("by you", Some("StartPipelineExecution"))
    );
}

#[test]
fn the_details_of_c_show_its_way() {
    let bench = main_picture();
    let c = bench.engine.world().key().execution((0, 3).into());
    let page = selected(&bench, Selection::Execution(c.clone()));
    let details = page.details.as_ref().expect("details");
    assert_eq!(
        (details.title.as_str(), details.id.as_str()),
        ("Execution C", c.as_str())
    );
    assert_eq!(
        details.state.as_ref().map(|state| state.word.as_str()),
        Some("Waits for the lock")
    );
    assert_eq!(details.api_word, "InProgress");
    let path: Vec<_> = details
        .path
        .iter()
        .map(|row| format!("{} {} {}", row.stage, row.state.word, row.time))
        .collect();
    assert_eq!(
        path,
        [
            "Source Succeeded 58 s",
            "Build Succeeded 5 m 51 s",
            "Staging Succeeded 8 m 31 s",
            "Production Waits for the lock waits 2 m 20 s",
        ]
    );
    assert_eq!(details.rows[0].label, "Revision");
    assert_eq!(
        (
            details.rows[1].label.as_str(),
            details.rows[1].value.as_str()
        ),
        ("Started", "09:41:50 by you")
    );
    assert_eq!(details.json_call, "GetPipelineExecution");
    let json: Value = serde_json::from_str(&details.json).expect("JSON");
    assert_eq!(json["pipelineExecution"]["pipelineExecutionId"], json!(c));
    assert!(details.why.is_some());
    assert_eq!(
        picture(&page)
            .roster
            .iter()
            .filter(|cell| cell.selected)
            .count(),
        1
    );
}

#[test]
fn the_details_of_stage_action_and_pipeline_answer_as_the_api_does() {
    let bench = main_picture();
    let page = selected(&bench, Selection::Stage("Production".into()));
    let details = page.details.as_ref().expect("details");
    assert_eq!(
        (details.title.as_str(), details.json_call.as_str()),
        ("Stage Production", "GetPipelineState")
    );
    let rows: Vec<_> = details
        .rows
        .iter()
        .map(|row| format!("{}: {}", row.label, row.value))
        .collect();
    assert_eq!(
        rows[..3],
        [
            "Lock: held by A since 09:12, 47 min so far",
            "Gate: open",
            "In front: C"
        ]
    );
    let json: Value = serde_json::from_str(&details.json).expect("JSON");
    assert_eq!(json["stageName"], "Production");
    let (stage, action, approval) = details.approval.as_ref().expect("an approval to answer");
    assert_eq!((stage.as_str(), action.as_str()), ("Production", "Approve"));
    assert_eq!(
        json["actionStates"][0]["latestExecution"]["token"],
        json!(approval.token),
        "AP-2"
    );

    let page = selected(
        &bench,
        Selection::Action("Production".into(), "LoadTest".into()),
    );
    let details = page.details.as_ref().expect("details");
    assert_eq!(
        (details.title.as_str(), details.json_call.as_str()),
        ("Action LoadTest", "ListActionExecutions")
    );
    let json: Value = serde_json::from_str(&details.json).expect("JSON");
    assert_eq!(
        (&json["actionExecutionId"], &json["actionName"]),
        (&json!(details.id), &json!("LoadTest"))
    );
    let rows: Vec<_> = details
        .rows
        .iter()
        .map(|row| format!("{}: {}", row.label, row.value))
        .collect();
    assert_eq!(
        rows[..4],
        [
            "Provider: Build / AWS / CodeBuild / 1",
            "Run order: 1",
            "Started: 09:12:00 for A",
            "Ends: 10:12, in about 13 min"
        ]
    );
    let behaviour = details.behaviour.as_ref().expect("it can be set");
    assert_eq!(behaviour.duration, "takes 1 h, as you set it");

    // Nothing ran there yet: the declaration.
    let page = selected(
        &bench,
        Selection::Action("Production".into(), "DeployWeb".into()),
    );
    let details = page.details.as_ref().expect("details");
    assert_eq!(details.json_call, "GetPipeline");
    let json: Value = serde_json::from_str(&details.json).expect("JSON");
    assert_eq!(
        (&json["name"], &json["runOrder"]),
        (&json!("DeployWeb"), &json!(2))
    );

    // What is gone counts as the pipeline.
    let page = selected(&bench, Selection::Stage("Nope".into()));
    let details = page.details.as_ref().expect("details");
    assert_eq!(
        (&details.selection, details.json_call.as_str()),
        (&Selection::Pipeline, "GetPipeline")
    );
    assert_eq!(details.title, "Pipeline storefront-release");
    let mode = details
        .rows
        .iter()
        .find(|row| row.label == "Mode")
        .expect("a mode");
    assert_eq!(
        mode.value,
        "SUPERSEDED: a newer execution takes the place of one that waits"
    );
}

#[test]
fn what_is_remembered_of_a_pipeline_is_built_anew_when_it_changes() {
    let mut bench = main_picture();
    let ui = codepipeline_simulator::page::state::Ui::default();
    let version = |bench: &Bench| {
        let clock = codepipeline_simulator::page::state::ClockState::default();
        let mut recent = bench.facts.iter().rev();
        let page = codepipeline_simulator::page::view::build::page(
            bench.engine.world(),
            &ui,
            &clock,
            &super::kept(1),
            &mut recent,
            &codepipeline_simulator::api::calls::Calls::default(),
        );
        let json: Value = serde_json::from_str(&page.details.expect("details").json).expect("JSON");
        json["pipeline"]["version"].clone()
    };
    assert_eq!((version(&bench), version(&bench)), (json!(1), json!(1)));
    bench.ok("UpdatePipeline", json!({ "pipeline": storefront() }));
    assert_eq!(version(&bench), json!(2));
}
