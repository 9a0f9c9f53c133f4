//! What the picture shows beside the line: lanes, checks, long lines, what flows.

use codepipeline_simulator::{
    engine::{
        behavior::Outcome,
        conditions::AlarmState,
        time::{MINUTE, SECOND},
    },
    model::FailureType,
    page::{
        command::Command,
        drive::{Ask, DriveCommand},
        edit::{self, Base, Change, Chosen, Draft},
        layout::line::{Look, line},
        state::{
            Ui,
            picture::{LaneOrder, PictureUi},
        },
        view::{
            ChainPart, CheckPlace, CheckView, FlowView, Icon, LaneRow, LanesView, PageView,
            Selection, Tile,
        },
    },
};
use serde_json::{Value, json};

use super::{page, picture, seen, selected, stage as view_of};
use crate::bench::{Bench, approval, build, pipeline, source, stage, three_stages};

/// An action that fails in the usual way.
const FAILS: Outcome = Outcome::Fail {
    code: FailureType::JobFailed,
    message: None,
};

fn in_mode(mode: &str, stages: &[Value]) -> Value {
    let mut declaration = pipeline("shop", stages);
    declaration["executionMode"] = json!(mode);
    declaration
}

fn previews() -> Bench {
    let mut bench = Bench::new();
    for (stage, action, minutes) in [
        ("Source", "Checkout", 1),
        ("Build", "Compile", 10),
        ("Test", "Unit", 1),
        ("Test", "E2E", 10),
    ] {
        bench.takes("shop", stage, action, minutes);
    }
    bench.create(&in_mode(
        "PARALLEL",
        &[
            stage("Source", &[source()]),
            stage("Build", &[build("Compile", 1)]),
            stage("Test", &[build("Unit", 1), build("E2E", 1)]),
        ],
    ));
    bench
}

fn lanes(page: &PageView) -> &LanesView {
    picture(page).lanes.as_ref().expect("lanes")
}

/// The signs of a row, cell by cell: words where they are grown, else the icon.
fn signs(row: &LaneRow) -> Vec<Vec<String>> {
    let cells = row.cells.iter().flatten();
    cells
        .map(|cell| {
            let pips = cell.pips.iter();
            pips.map(|pip| match pip.state.word.as_str() {
                "" => format!("{:?}", pip.state.icon),
                word => word.to_owned(),
            })
            .collect()
        })
        .collect()
}

#[test]
fn pa_1_every_execution_has_its_lane_and_the_newest_is_last() {
    let mut bench = previews();
    bench.advance(6 * MINUTE);
    bench.start("shop");
    bench.advance(6 * MINUTE);
    let view = page(&bench);
    let shown = lanes(&view);
    assert_eq!(
        (shown.title.as_str(), shown.active.as_str(), shown.share),
        ("2 lanes", "2 of 50 active", 4)
    );
    let letters: Vec<_> = shown
        .rows
        .iter()
        .map(|row| row.token.letter.as_str())
        .collect();
    assert_eq!(letters, ["A", "B"]);
    assert_eq!(
        signs(&shown.rows[0]),
        [
            vec!["Succeeded"],
            vec!["Succeeded"],
            vec!["Succeeded", "E2E 10 %"]
        ]
    );
    assert_eq!(
        signs(&shown.rows[1]),
        [
            vec!["Succeeded"],
            vec!["Compile 50 %"],
            vec!["NotStarted", "NotStarted"]
        ]
    );
    let way: Vec<_> = shown.rows[1]
        .cells
        .iter()
        .flatten()
        .map(|cell| (cell.reached, cell.passed))
        .collect();
    assert_eq!(way, [(true, true), (true, false), (false, false)]);
    let first = &shown.rows[0];
    assert_eq!(first.of, "main");
    assert_eq!(first.time, "12 m");
    assert!(first.label.starts_with("Execution A, "), "{}", first.label);
    assert_eq!(
        first.cells[2].as_ref().expect("a cell").said,
        "Unit: Done, 1 m. E2E: Running, 10 %. "
    );
}

#[test]
fn a_failed_lane_says_what_failed_and_can_be_retried() {
    let mut bench = previews();
    bench.outcome("shop", "Test", "E2E", FAILS);
    bench.until_idle();
    let view = page(&bench);
    let row = &lanes(&view).rows[0];
    assert_eq!(row.state.word, "Failed");
    assert_eq!(signs(row)[2], ["Succeeded", "E2E: Failed"]);
    let (label, command) = row.remedy.as_ref().expect("it can be retried");
    assert!(label.starts_with("Retry"), "{label}");
    assert!(matches!(
        command,
        Command::Drive(DriveCommand::Ask(Ask::Retry { .. }))
    ));
    assert!(row.why.is_some());
}

#[test]
fn pa_9_a_closed_gate_is_the_one_thing_that_holds_a_lane() {
    let mut bench = previews();
    bench.close(0, 2, "no tests today");
    bench.advance(20 * MINUTE);
    let view = page(&bench);
    let row = &lanes(&view).rows[0];
    assert_eq!(
        signs(row)[2],
        ["Waits at a closed gate", "NotStarted", "NotStarted"]
    );
    let cell = row.cells[2].as_ref().expect("a cell");
    assert!(cell.reached && !cell.passed);
    assert_eq!(cell.pips[0].state.icon, Icon::Gate);
}

#[test]
fn lanes_are_ordered_by_start_by_need_or_by_place() {
    let mut bench = previews();
    bench.takes("shop", "Test", "E2E", 60);
    bench.advance(12 * MINUTE);
    bench.close(0, 2, "no tests today");
    bench.takes("shop", "Build", "Compile", 60);
    bench.start("shop");
    bench.advance(5 * MINUTE);
    bench.takes("shop", "Build", "Compile", 1);
    bench.start("shop");
    bench.advance(5 * MINUTE);
    // A tests, B still builds, C has passed it and waits at the gate.
    let letters = |order| {
        let ui = Ui {
            picture: PictureUi {
                order,
                ..PictureUi::default()
            },
            ..Ui::default()
        };
        let view = seen(&bench, &ui);
        let rows = lanes(&view).rows.iter();
        rows.map(|row| row.token.letter.as_str())
            .collect::<String>()
    };
    assert_eq!(LaneOrder::ALL.map(letters), ["ABC", "CAB", "ACB"]);
}

#[test]
fn only_lanes_that_are_seen_are_built() {
    let mut bench = previews();
    for _ in 0..30 {
        bench.start("shop");
    }
    bench.advance(SECOND);
    let ui = Ui {
        picture: PictureUi {
            lanes: (10, 5),
            ..PictureUi::default()
        },
        ..Ui::default()
    };
    let view = seen(&bench, &ui);
    let shown = lanes(&view);
    assert_eq!((shown.total, shown.first, shown.rows.len()), (31, 10, 5));
    assert_eq!(shown.rows[0].token.letter, "K");
}

/// The pipeline of [`previews`] in a mode with locks, while two executions of PARALLEL still run.
fn superseded_since() -> (Bench, Value) {
    let mut bench = previews();
    bench.start("shop");
    bench.advance(3 * MINUTE);
    let mut declaration = in_mode(
        "SUPERSEDED",
        &[
            stage("Source", &[source()]),
            stage("Build", &[build("Compile", 1)]),
            stage("Test", &[build("Unit", 1), build("E2E", 1)]),
        ],
    );
    declaration["version"] = json!(1);
    bench.ok("UpdatePipeline", json!({ "pipeline": declaration.clone() }));
    (bench, declaration)
}

#[test]
fn up_3_what_saving_does_is_told_in_whole_sentences_beside_parallel_executions_too() {
    let (mut bench, declaration) = superseded_since();
    let told = |bench: &Bench| {
        let world = bench.engine.world();
        let base = Base::Version {
            name: "shop".to_owned(),
            version: 2,
        };
        let mut draft = Draft::new(base, declaration.clone());
        let change = Change::Set {
            at: "/stages/1/name".to_owned(),
            to: json!("Compile"),
        };
        draft.change(&change, world);
        let effect = edit::view(world, &draft, Chosen::Pipeline, None).effect;
        let parts = effect.into_iter().map(|part| match part {
            ChainPart::Token(token) => token.letter,
            ChainPart::Thing(_, text) | ChainPart::Words(text) => text,
        });
        parts.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(told(&bench), "2 of PARALLEL mode go on in their version.");
    bench.start("shop");
    assert_eq!(
        told(&bench),
        "As soon as what they run has ended, saving cancels C of version 2. \
         2 of PARALLEL mode go on in their version."
    );
}

#[test]
fn mo_6_those_left_over_from_parallel_are_folded_above_the_line() {
    let (mut bench, _) = superseded_since();
    let view = page(&bench);
    let folded = lanes(&view);
    assert_eq!(folded.title, "2 from PARALLEL still running");
    assert!(folded.left_over && !folded.open && folded.rows.is_empty());
    let ui = Ui {
        picture: PictureUi {
            left_over: true,
            ..PictureUi::default()
        },
        ..Ui::default()
    };
    let view = seen(&bench, &ui);
    let open = lanes(&view);
    assert_eq!(open.rows.len(), 2);
    assert_eq!(open.rows[0].version.as_deref(), Some("v1"));
    bench.until_idle();
    assert!(picture(&page(&bench)).lanes.is_none());
}

fn rule(name: &str, provider: &str, configuration: Value) -> Value {
    json!({
        "name": name,
        "ruleTypeId": { "category": "Rule", "owner": "AWS", "provider": provider, "version": "1" },
        "configuration": configuration,
    })
}

fn checked() -> Bench {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    declaration["pipelineType"] = json!("V2");
    let alarm = json!({ "AlarmName": "errors", "WaitTime": "30" });
    declaration["stages"][1]["beforeEntry"] = json!({ "conditions": [{ "result": "FAIL", "rules": [
        rule("OfficeHours", "DeploymentWindow", json!({ "Cron": "0 0 20 ? * * *" })),
    ] }] });
    declaration["stages"][1]["onSuccess"] = json!({ "conditions": [{ "result": "FAIL", "rules": [
        rule("NoAlarm", "CloudWatchAlarm", alarm.clone()),
    ] }] });
    declaration["stages"][1]["onFailure"] = json!({ "conditions": [{ "result": "ROLLBACK", "rules": [
        rule("Sure", "CloudWatchAlarm", alarm),
    ] }] });
    bench.create(&declaration);
    bench
}

fn check(page: &PageView, place: CheckPlace) -> CheckView {
    let checks = &view_of(page, "Build").checks;
    let mut found = checks.iter().filter(|check| check.place == place);
    found.next().expect("the check").clone()
}

#[test]
fn co_10_a_condition_stands_in_its_block_and_can_be_overridden_there() {
    let mut bench = checked();
    let view = page(&bench);
    let idle = check(&view, CheckPlace::Before);
    assert_eq!(idle.caption, "before entry");
    assert_eq!((idle.rules[0].tile, idle.remedy), (Tile::None, None));
    assert!(!check(&view, CheckPlace::Failure).engaged);
    bench.until_idle();
    let held = check(&page(&bench), CheckPlace::Before);
    let office = &held.rules[0];
    assert_eq!((office.tile, office.state.icon), (Tile::Wait, Icon::Clock));
    assert_eq!(office.state.word, "Opens 20:00");
    assert_eq!(
        office.label,
        "OfficeHours, DeploymentWindow, Opens 20:00, check before entry, for A"
    );
    let id = bench.executions("shop")[0].clone();
    assert_eq!(held.holds.as_ref(), Some(&id));
    let (label, command) = held.remedy.expect("it can be overridden");
    assert_eq!(label, "Override…");
    assert!(matches!(
        command,
        Command::Drive(DriveCommand::Ask(Ask::Override { .. }))
    ));
    bench.ok(
        "OverrideStageCondition",
        json!({
            "pipelineName": "shop", "stageName": "Build", "conditionType": "BEFORE_ENTRY",
            "pipelineExecutionId": id,
        }),
    );
    bench.advance(10 * MINUTE);
    let view = page(&bench);
    let over = check(&view, CheckPlace::Before);
    assert_eq!(over.rules[0].state.word, "Overridden");
    assert!(over.remedy.is_none());
    let watching = check(&view, CheckPlace::Success);
    assert_eq!(watching.rules[0].state.icon, Icon::Bell);
    assert!(
        watching.rules[0].state.word.starts_with("Until "),
        "{watching:?}"
    );
}

#[test]
fn a_failed_check_says_so_and_one_on_failure_hangs_under_its_block_when_it_is_asked() {
    let mut bench = checked();
    bench.alarm("errors", AlarmState::Alarm);
    bench.outcome("shop", "Build", "Compile", FAILS);
    bench.until_idle();
    let id = bench.executions("shop")[0].clone();
    bench.ok(
        "OverrideStageCondition",
        json!({
            "pipelineName": "shop", "stageName": "Build", "conditionType": "BEFORE_ENTRY",
            "pipelineExecutionId": id,
        }),
    );
    bench.until_idle();
    let under = check(&page(&bench), CheckPlace::Failure);
    assert!(under.engaged);
    assert_ne!(under.rules[0].tile, Tile::None);
    assert!(under.remedy.is_none(), "CO-28: nothing to override there");
}

fn long(stages: usize, actions: usize) -> Bench {
    let mut bench = Bench::new();
    let names: Vec<String> = (1..=actions)
        .map(|number| format!("Action{number}"))
        .collect();
    let mut all = vec![stage("Source", &[source()])];
    for number in 1..stages {
        let actions: Vec<Value> = names.iter().map(|name| build(name, 1)).collect();
        all.push(stage(&format!("Stage{number}"), &actions));
    }
    bench.create(&pipeline("shop", &all));
    bench
}

fn drawn(page: &PageView) -> Vec<usize> {
    let stages = picture(page).stages.iter().enumerate();
    stages
        .filter(|(_, stage)| stage.drawn)
        .map(|(place, _)| place)
        .collect()
}

#[test]
fn of_a_long_line_only_what_is_seen_is_built_and_its_size_is_known_all_the_same() {
    let bench = long(50, 10);
    let window = |first, count, kept: Option<&str>| Ui {
        picture: PictureUi {
            stages: (first, count),
            kept: kept.map(str::to_owned),
            ..PictureUi::default()
        },
        ..Ui::default()
    };
    let view = seen(&bench, &window(20, 3, None));
    assert!(picture(&view).large);
    assert_eq!(drawn(&view), [19, 20, 21, 22, 23]);
    let unseen = &picture(&view).stages[30];
    assert!(unseen.columns.is_empty());
    assert_eq!(unseen.shape.columns, [10]);
    let kept = seen(&bench, &window(20, 1, Some("Stage40")));
    assert_eq!(drawn(&kept), [19, 20, 21, 40]);
    let chosen = selected(
        &bench,
        Selection::Action("Stage45".into(), "Action3".into()),
    );
    assert!(drawn(&chosen).contains(&45));
    assert!(drawn(&page(&long(12, 3))).len() == 12);
}

#[test]
fn a_line_of_1_000_actions_is_placed_whole() {
    let bench = long(50, 20);
    let view = page(&bench);
    let shapes: Vec<_> = picture(&view)
        .stages
        .iter()
        .map(|stage| stage.shape.clone())
        .collect();
    let look = Look {
        density: Default::default(),
        tile: 132.0,
        queued: false,
    };
    let placed = line(shapes.iter(), look);
    assert_eq!(placed.legs.len(), 50);
    assert_eq!(
        shapes
            .iter()
            .flat_map(|shape| &shape.columns)
            .sum::<usize>(),
        981
    );
    assert_eq!(
        placed.width(),
        20.0 + 50.0 * (76.0 + 44.0 + 26.0 + 132.0) + 20.0
    );
}

fn flows(bench: &Bench, artifacts: bool, variables: bool) -> Vec<FlowView> {
    let ui = Ui {
        picture: PictureUi {
            artifacts,
            variables,
            ..PictureUi::default()
        },
        ..Ui::default()
    };
    picture(&seen(bench, &ui)).flows.clone()
}

#[test]
fn artifacts_and_variables_are_told_from_whoever_makes_them_to_whoever_reads_them() {
    let mut bench = Bench::new();
    let mut checkout = source();
    checkout["namespace"] = json!("Src");
    let artifact = checkout["outputArtifacts"][0]["name"]
        .as_str()
        .expect("it makes one")
        .to_owned();
    let mut compile = build("Compile", 1);
    compile["environmentVariables"] = json!(null);
    compile["configuration"]["EnvironmentVariables"] =
        json!("[{\"name\":\"COMMIT\",\"value\":\"#{Src.CommitId}\"}]");
    let mut ask = approval("Ask", 2);
    ask["configuration"] = json!({ "CustomData": "#{codepipeline.PipelineExecutionId}" });
    bench.create(&pipeline(
        "shop",
        &[
            stage("Source", &[checkout]),
            stage("Build", &[compile, ask]),
        ],
    ));
    assert!(flows(&bench, false, false).is_empty());
    let both = flows(&bench, true, true);
    let said: Vec<_> = both
        .iter()
        .flat_map(|flow| &flow.rows)
        .map(|row| row.said.as_str())
        .collect();
    assert_eq!(
        said,
        [
            format!("{artifact}, made by Source/Checkout, read by Build/Compile."),
            "Src, made by Source/Checkout, read by Build/Compile.".to_owned(),
        ]
    );
    let row = &both[0].rows[0];
    let from = row.from.as_ref().expect("it is made");
    assert_eq!((from.stage, from.column, row.to[0].stage), (0, 0, 1));
    assert!(!row.missing);
    assert_eq!(both[1].title, "Variables");
}
