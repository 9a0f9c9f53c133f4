//! New worlds, failures, held work, updates, storage that fails.

use codepipeline_simulator::{
    api::controls::action_type,
    engine::{
        behavior::Outcome,
        control::Control,
        time::{DAY, HOUR, MINUTE, SECOND},
        worker::WorkerSettings,
    },
    model::FailureType,
    page::{
        command::Command,
        state::{ClockState, StorageInfo, StorageState, Ui},
        view::{BannerRole, Frame, Icon, Outcome as Shown, Role, Selection, Tile, build},
    },
};
use serde_json::json;

use super::{headline, page, picture, roster, seen, selected, stage as view_of, tile, why};
use crate::bench::{Bench, action, approval, build, pipeline, source, stage, three_stages};

#[test]
fn an_empty_world_says_what_is_missing() {
    let bench = Bench::new();
    let page = page(&bench);
    assert!(page.pipeline.is_none() && page.details.is_none() && page.facts.is_empty());
    assert_eq!(
        page.clock.next,
        ("nothing".into(), "until there is a pipeline.".into())
    );
    assert!(!page.clock.can_step);
    assert_eq!(page.world.facts, "0 facts");
}

#[test]
fn a_new_pipeline_has_a_hint_until_somebody_starts_an_execution() {
    let mut bench = Bench::new();
    bench.set("shop", "Source", "Checkout", None, Some(60 * SECOND));
    bench.create(&three_stages("shop"));
    bench.advance(12 * SECOND);
    let first = page(&bench);
    assert!(
        picture(&first)
            .hint
            .as_ref()
            .is_some_and(|hint| hint.contains("one socket each"))
    );
    assert_eq!(roster(&first), ["A Running holds Source, 12 s so far"]);
    assert_eq!(
        first.clock.next,
        ("Checkout ends".into(), "in 48 s.".into())
    );
    assert_eq!(view_of(&first, "Source").line, "locked by A, 12 s");
    let reason = why(&first, "A");
    assert_eq!(headline(reason), "A is inside Source while Checkout runs");
    assert!(
        reason
            .text
            .starts_with("Checkout ends in 48 s. A entered at 08:00."),
        "{}",
        reason.text
    );
    assert_eq!(reason.actions, [("Next fact".into(), Command::NextFact)]);
    bench.until_idle();
    let later = page(&bench);
    assert!(
        picture(&later)
            .hint
            .as_ref()
            .is_some_and(|hint| hint.contains("Press Start execution"))
    );
    assert_eq!(
        later.clock.next,
        ("nothing".into(), "until you start an execution.".into())
    );
    assert!(
        roster(&later)[0].starts_with("A Succeeded after "),
        "{:?}",
        roster(&later)
    );
    assert_eq!(
        picture(&later).roster[0].why,
        None,
        "a success needs no reason"
    );
    bench.start("shop");
    assert_eq!(picture(&page(&bench)).hint, None);
}

#[test]
fn an_ended_execution_leaves_the_roster_after_fifteen_minutes_unless_selected() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    bench.until_idle();
    bench.advance(15 * MINUTE - 1);
    assert_eq!(roster(&page(&bench)).len(), 1);
    bench.advance(1);
    assert_eq!(roster(&page(&bench)).len(), 0);
    let just_now = Ui {
        lingering: [(0, 1).into()].into(),
        ..Ui::default()
    };
    assert_eq!(
        roster(&seen(&bench, &just_now)).len(),
        1,
        "nobody can have seen it yet"
    );
    let id = bench.executions("shop")[0].clone();
    let shown = selected(&bench, Selection::Execution(id));
    assert_eq!(roster(&shown).len(), 1);
    assert!(picture(&shown).roster[0].selected);
}

#[test]
fn lc_12_a_failure_is_seen_on_tile_stage_roster_and_in_the_details() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    let fails = Outcome::Fail {
        code: FailureType::ConfigurationError,
        message: Some("No such project".into()),
    };
    bench.outcome("shop", "Build", "Compile", fails);
    bench.until_idle();
    let before = bench.now();
    let view = page(&bench);
    let compile = tile(&view, "Build", "Compile");
    assert_eq!(
        (
            compile.state.role,
            compile.state.word.as_str(),
            compile.tile
        ),
        (Role::Fail, "Failed", Tile::Fail)
    );
    assert_eq!(compile.behaviour.as_deref(), Some("will fail"));
    let block = view_of(&view, "Build");
    assert_eq!(
        (block.frame, block.line.as_str(), &block.holder),
        (Frame::Bad, "failed for A", &None)
    );
    assert!(
        roster(&view)[0].starts_with("A Failed in Build at Compile, "),
        "{:?}",
        roster(&view)
    );
    let reason = why(&view, "A");
    assert_eq!(headline(reason), "A failed in Build because Compile failed");
    assert!(
        reason
            .text
            .starts_with("Compile failed with ConfigurationError: No such project. It failed at "),
        "{}",
        reason.text
    );
    assert!(
        reason.text.ends_with("and the lock of Build became free."),
        "{}",
        reason.text
    );

    let shown = selected(&bench, Selection::Action("Build".into(), "Compile".into()));
    let details = shown.details.expect("details");
    assert_eq!(details.api_word, "Failed");
    assert!(
        details
            .rows
            .iter()
            .any(|row| row.label == "Message" && row.value == "No such project")
    );
    assert_eq!(
        details.behaviour.map(|behaviour| behaviour.outcome),
        Some(Shown::Fail)
    );

    // SU-6: another one entered since.
    bench.start("shop");
    bench.until_idle();
    assert!(bench.now() > before);
    let view = page(&bench);
    assert!(
        why(&view, "A")
            .text
            .ends_with("B has entered since, so A cannot be retried any more.")
    );
}

#[test]
fn to_1_held_hanging_and_flaky_actions_are_marked_and_told() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    bench.outcome("shop", "Build", "Compile", Outcome::Hold);
    bench.outcome(
        "shop",
        "Deploy",
        "Ship",
        Outcome::Flaky { probability: 0.25 },
    );
    let view = page(&bench);
    assert_eq!(
        tile(&view, "Build", "Compile").behaviour.as_deref(),
        Some("will be held")
    );
    assert_eq!(
        tile(&view, "Deploy", "Ship").behaviour.as_deref(),
        Some("fails 25 %")
    );
    bench.until_idle();
    let view = page(&bench);
    let compile = tile(&view, "Build", "Compile");
    assert_eq!(
        (compile.state.word.as_str(), compile.tile, compile.progress),
        ("Held: decide", Tile::Person, None)
    );
    assert_eq!(compile.behaviour, None, "its state says so");
    assert!(
        roster(&view)[0].starts_with("A Held: decide holds Build, "),
        "{:?}",
        roster(&view)
    );
    let reason = why(&view, "A");
    assert_eq!(headline(reason), "A waits for your decision: Compile");
    assert_eq!(
        reason.actions[0],
        (
            "Decide Compile…".into(),
            Command::Select(Selection::Action("Build".into(), "Compile".into()))
        )
    );
    assert!(
        view.clock
            .next
            .1
            .starts_with("moves by itself until Compile times out on "),
        "{:?}",
        view.clock.next
    );
    let details = selected(&bench, Selection::Action("Build".into(), "Compile".into()))
        .details
        .expect("details");
    let behaviour = details.behaviour.expect("a behaviour");
    assert_eq!(
        behaviour.held,
        Some(details.id),
        "what completeAction needs"
    );

    bench.start("shop");
    bench.until_idle();
    let view = page(&bench);
    assert_eq!(
        headline(why(&view, "B")),
        "B waits for Build, held by A until Compile is decided"
    );
    bench.outcome("shop", "Build", "Compile", Outcome::Hang);
    let view = page(&bench);
    assert_eq!(
        headline(why(&view, "B")),
        "B waits for Build, held by A while Compile never answers"
    );
    assert_eq!(
        headline(why(&view, "A")),
        "A waits for Compile, which never answers"
    );
    assert_eq!(tile(&view, "Build", "Compile").state.word, "Hanging");
    bench.advance(4 * DAY); // A times out after 36 hours, then B, which hangs as well.
    let view = page(&bench);
    assert_eq!(tile(&view, "Build", "Compile").state.word, "Timed out");
}

#[test]
fn mo_4_a_holder_at_work_is_told_with_what_is_left() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    bench.takes("shop", "Deploy", "Ship", 60);
    bench.until_idle();
    let mut bench = Bench::new();
    bench.takes("shop", "Source", "Checkout", 1);
    bench.takes("shop", "Build", "Compile", 1);
    bench.takes("shop", "Deploy", "Ship", 60);
    bench.create(&three_stages("shop"));
    bench.advance(3 * MINUTE);
    bench.start("shop");
    bench.advance(2 * MINUTE);
    let view = page(&bench);
    let reason = why(&view, "B");
    assert_eq!(
        headline(reason),
        "B waits for Deploy, held by A while Ship runs"
    );
    assert_eq!(
        reason.text,
        "B has waited since 08:05 and enters as soon as A leaves. Ship ends in about 57 min. If a newer execution gets here \
         before that, it takes B's place and B is superseded."
    );
    assert_eq!(
        reason.rule,
        (
            "An inbound execution enters in the very instant in which nothing holds it any more."
                .into(),
            "MO-4".into()
        )
    );
    assert_eq!(reason.actions[0].0, "Next fact");
}

#[test]
fn ap_7_ap_10_answered_approvals_and_failures_beside_them() {
    let mut bench = Bench::new();
    bench.create(&pipeline(
        "shop",
        &[
            stage("Source", &[source()]),
            stage("Deploy", &[approval("Approve", 1), build("LoadTest", 1)]),
        ],
    ));
    bench.outcome(
        "shop",
        "Deploy",
        "LoadTest",
        Outcome::Fail {
            code: FailureType::JobFailed,
            message: None,
        },
    );
    bench.until_idle();
    let view = page(&bench);
    assert!(
        roster(&view)[0].starts_with("A Needs approval in Deploy, LoadTest failed"),
        "{:?}",
        roster(&view)
    );
    let reason = why(&view, "A");
    assert_eq!(
        headline(reason),
        "LoadTest failed, but Deploy goes on until Approve is answered"
    );
    assert_eq!(
        reason.text,
        "A stage ends when its running actions have ended. Whatever the answer, A fails then."
    );
    assert_eq!(reason.rule.1, "AP-10");
    let token = tile(&view, "Deploy", "Approve")
        .approval
        .as_ref()
        .expect("open")
        .token
        .clone();
    bench.ok(
        "PutApprovalResult",
        json!({
            "pipelineName": "shop", "stageName": "Deploy", "actionName": "Approve", "token": token,
            "result": { "status": "Rejected", "summary": "no" },
        }),
    );
    let view = page(&bench);
    assert_eq!(tile(&view, "Deploy", "Approve").state.word, "Rejected");
    let row = view
        .facts
        .iter()
        .find(|row| row.word == "Approve rejected")
        .expect("a fact");
    assert_eq!(
        (row.text.as_str(), row.call.as_deref()),
        ("by you", Some("PutApprovalResult"))
    );

    let mut bench = Bench::new();
    bench.create(&pipeline(
        "shop",
        &[
            stage("Source", &[source()]),
            stage("Deploy", &[approval("Approve", 1)]),
        ],
    ));
    bench.until_idle();
    bench.advance(7 * DAY);
    assert_eq!(
        tile(&page(&bench), "Deploy", "Approve").state.word,
        "Expired"
    );
}

#[test]
fn j_5_a_custom_action_waits_for_a_worker() {
    let mut bench = Bench::new();
    bench.ok(
        "CreateCustomActionType",
        json!({
            "category": "Test", "provider": "BenchRig", "version": "1",
            "inputArtifactDetails": { "minimumCount": 0, "maximumCount": 1 },
            "outputArtifactDetails": { "minimumCount": 0, "maximumCount": 0 },
        }),
    );
    let test = action("BenchTest", "Test/Custom/BenchRig", 1, json!({}));
    bench.create(&pipeline(
        "shop",
        &[stage("Source", &[source()]), stage("Test", &[test])],
    ));
    bench.until_idle();
    let view = page(&bench);
    let shown = tile(&view, "Test", "BenchTest");
    assert_eq!(
        (shown.state.word.as_str(), shown.state.icon, shown.tile),
        ("Waits for a worker", Icon::Ticket, Tile::Wait)
    );
    let reason = why(&view, "A");
    assert_eq!(headline(reason), "A waits for a worker: BenchTest");
    assert!(reason.text.starts_with(
        "Nobody asks for jobs of Test / Custom / BenchRig / 1. BenchTest fails on Wed 4 Mar, "
    ));
    assert!(
        reason.text.ends_with("1 day after it began."),
        "{}",
        reason.text
    );
    let details = selected(&bench, Selection::Action("Test".into(), "BenchTest".into()))
        .details
        .expect("details");
    let behaviour = details.behaviour.expect("it can be set");
    assert_eq!(
        (behaviour.outcome, behaviour.duration.as_str()),
        (Shown::Hang, "takes as long as its worker takes")
    );
    // The facts tell how far its job is, and so does the reason.
    let told = |bench: &Bench, word: &str, text: &str| {
        let facts = page(bench).facts;
        assert!(
            facts.iter().any(|row| row.word == word && row.text == text),
            "{word} {text}"
        );
    };
    let says = |bench: &Bench, begins: &str| {
        let view = page(bench);
        let text = why(&view, "A").text.clone();
        assert!(text.starts_with(begins), "{text}");
    };
    told(&bench, "Job offered:", "BenchTest waits for a worker");
    let kind =
        json!({ "category": "Test", "owner": "Custom", "provider": "BenchRig", "version": "1" });
    let answer = bench.ok("PollForJobs", json!({ "actionTypeId": kind }));
    told(&bench, "Job handed out:", "BenchTest to a worker");
    says(&bench, "A worker got its job and has not acknowledged it: ");
    let id = &answer["jobs"][0]["id"];
    bench.ok("AcknowledgeJob", json!({ "jobId": id, "nonce": "1" }));
    told(&bench, "Job begun:", "BenchTest is under way");
    says(
        &bench,
        "A worker has acknowledged its job and not reported yet.",
    );
    let input = json!({ "jobId": id, "continuationToken": "more" });
    bench.ok("PutJobSuccessResult", input);
    says(&bench, "Its worker goes on: the next job can be had ");
    let action_type = action_type("Test/Custom/BenchRig").expect("a type");
    bench.control(Control::AttachWorker {
        action_type,
        settings: WorkerSettings::default(),
    });
    told(&bench, "Worker attached:", "Test / Custom / BenchRig / 1");
    bench.advance(30_000);
    says(
        &bench,
        "Its job waits until the worker of Test / Custom / BenchRig / 1 asks for jobs.",
    );
    assert_eq!(
        page(&bench).clock.next.0,
        "the worker of BenchRig asks for jobs"
    );
    bench.advance(30_000);
    says(&bench, "A worker has acknowledged its job, and reports ");
    bench.until_idle();
    let view = page(&bench);
    assert_eq!(tile(&view, "Test", "BenchTest").tile, Tile::Plain);
    assert!(view.facts.iter().any(
        |row| row.word == "Action type created:" && row.text == "Test / Custom / BenchRig / 1"
    ));
}

#[test]
fn up_3_an_update_is_told_to_who_waits_and_who_works() {
    let mut bench = Bench::new();
    for (stage, action, minutes) in [
        ("Source", "Checkout", 1),
        ("Build", "Compile", 1),
        ("Deploy", "Ship", 60),
    ] {
        bench.takes("shop", stage, action, minutes);
    }
    bench.create(&three_stages("shop"));
    bench.advance(3 * MINUTE);
    bench.start("shop");
    bench.advance(3 * MINUTE);
    bench.ok(
        "UpdatePipeline",
        json!({ "pipeline": three_stages("shop") }),
    );
    let view = page(&bench);
    assert_eq!(
        roster(&view)[0],
        "A Cancelling in Deploy, goes no further, version 2 was saved"
    );
    assert_eq!(headline(why(&view, "A")), "A goes no further than Ship");
    assert_eq!(
        why(&view, "A").text,
        "Version 2 was saved at 08:06. What runs may end, nothing further starts, and then A is cancelled. Ship ends in about 56 min."
    );
    assert_eq!(roster(&view)[1], "B Cancelled by version 2, 08:06");
    assert_eq!(headline(why(&view, "B")), "B was cancelled by version 2");
    assert_eq!(
        view_of(&view, "Deploy").ghosts[0].line,
        "cancelled by version 2, 08:06"
    );
    assert_eq!(view.pipelines[0].note, "V2, SUPERSEDED, version 2");

    // UP-4: a new one on the new version waits for the old one.
    bench.start("shop");
    bench.advance(3 * MINUTE);
    let view = page(&bench);
    assert_eq!(
        headline(why(&view, "C")),
        "C waits for Deploy, held by A until Ship has ended"
    );
    bench.advance(HOUR);
    let shown = selected(
        &bench,
        Selection::Execution(bench.engine.world().key().execution((0, 1).into())),
    );
    assert!(
        why(&shown, "A")
            .text
            .starts_with("Version 2 was saved while A was inside Deploy.")
    );
}

#[test]
fn va_7_a_refused_start_says_what_was_missing() {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    declaration["variables"] = json!([{ "name": "Level" }]);
    bench.create(&declaration);
    let view = page(&bench);
    assert_eq!(roster(&view), ["A Start refused Level has no value, 08:00"]);
    assert_eq!(headline(why(&view, "A")), "The start of A was refused");
    assert_eq!(view.facts[0].word, "Start refused:");
}

#[test]
fn what_the_storage_does_is_said_and_work_at_risk_is_a_banner() {
    let bench = Bench::new();
    let view = |state: StorageState| {
        let storage = StorageInfo {
            world: "default".into(),
            facts: 8_214,
            state,
        };
        build::page(
            bench.engine.world(),
            &Ui::default(),
            &ClockState::default(),
            &storage,
            &mut std::iter::empty(),
            &codepipeline_simulator::api::calls::Calls::default(),
        )
        .world
    };
    for (state, saved, banner) in [
        (StorageState::Saved, "Saved", None),
        (StorageState::Memory(None), "In memory", None),
        (
            StorageState::Memory(Some("No Web Locks.".into())),
            "In memory",
            Some((
                BannerRole::Limit,
                "No Web Locks. What happens here is gone when you close the page.",
                Command::ExportWorld,
            )),
        ),
        (
            StorageState::Beside("The stored world is damaged at checkpoint: cut".into()),
            "In memory",
            Some((
                BannerRole::Risk,
                "The stored world is damaged at checkpoint: cut. What is stored stays as it is. Its records can be saved as a file, to keep or to mend by hand; the simulator cannot open that file. The world shown is another one, in memory, and gone when you close the page.",
                Command::SaveStored,
            )),
        ),
        (
            StorageState::Detached("The browser's storage is full.".into()),
            "Not saved",
            Some((
                BannerRole::Risk,
                "Not saved. The browser's storage is full. The page goes on in memory; what was saved before is untouched.",
                Command::ExportWorld,
            )),
        ),
        (
            StorageState::ReadOnly,
            "Read only",
            Some((
                BannerRole::Limit,
                "Another tab writes this world; this one shows what happens there and changes nothing. When that tab is closed, this one goes on by itself.",
                Command::TakeOver,
            )),
        ),
    ] {
        let world = view(state);
        assert_eq!(
            (world.saved.as_str(), world.facts.as_str()),
            (saved, "8,214 facts")
        );
        let shown = world
            .banner
            .map(|banner| (banner.role, banner.text, banner.actions[0].1.clone()));
        assert_eq!(
            shown,
            banner.map(|(role, text, command)| (role, text.to_owned(), command))
        );
    }
}
