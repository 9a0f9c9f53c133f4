//! What each world says is the case, with the rule that makes it so, and what happens when somebody does what it
//! suggests.

use serde_json::json;

use super::Visit;

#[test]
fn first_release_a_takes_each_lock_in_turn_and_gives_it_back() {
    let mut visit = Visit::to("first-release");
    assert_eq!(visit.holder("Build").as_deref(), Some("A"));
    assert_eq!(visit.tile("Build", "Compile").state.word, "Running, 70 %");
    assert_eq!(visit.because("A").1, "ST-2");
    let mut held = vec![];
    for _ in 0..90 {
        let picture = visit.picture();
        let stages = picture.stages.iter().filter(|stage| stage.holder.is_some());
        let names: Vec<String> = stages.map(|stage| stage.name.clone()).collect();
        assert!(names.len() <= 1, "one lock at a time: {names:?}");
        for name in names {
            if held.last() != Some(&name) {
                held.push(name);
            }
        }
        visit.play(10);
    }
    assert_eq!(held, ["Build", "Staging", "Production"]);
    visit.play_on();
    assert_eq!(visit.state("A"), "Succeeded");
    assert!(
        visit
            .picture()
            .stages
            .iter()
            .all(|stage| stage.holder.is_none())
    );
}

#[test]
fn superseded_only_the_newest_may_wait_and_d_takes_cs_place() {
    let mut visit = Visit::to("superseded");
    let because = |visit: &Visit, letter: &str, rule: &str| {
        let (headline, found) = visit.because(letter);
        assert_eq!(found, rule, "{headline}");
        headline
    };
    assert_eq!(
        because(&visit, "A", "AP-7"),
        "A waits for a person: Approve"
    );
    let b = because(&visit, "B", "SU-1");
    assert_eq!(b, "B was superseded by C in front of Production");
    let c = because(&visit, "C", "SU-2");
    assert_eq!(
        c,
        "C waits for Production, held by A until Approve is answered"
    );
    let d = because(&visit, "D", "TR-3");
    assert_eq!(d, "D waits at the closed gate in front of Staging");
    visit.open_gate("Staging");
    assert_eq!(
        visit.holder("Staging").as_deref(),
        Some("D"),
        "Staging was free"
    );
    visit.play(15 * 60);
    assert_eq!(visit.waiting("Production"), ["D"]);
    assert_eq!(
        because(&visit, "C", "SU-1"),
        "C was superseded by D in front of Production"
    );
    assert_eq!(
        visit.holder("Production").as_deref(),
        Some("A"),
        "nobody answered"
    );
}

#[test]
fn queued_nobody_overtakes_and_each_enters_as_the_one_before_leaves() {
    let mut visit = Visit::to("queued");
    assert_eq!(visit.because("B").1, "MO-4");
    assert_eq!(
        visit.because("C"),
        ("C is 2nd in line for Build, behind B".into(), "QU-1".into())
    );
    assert_eq!(visit.because("D").1, "QU-1");
    let mut inside = vec![];
    for _ in 0..500 {
        if let Some(holder) = visit.holder("Build")
            && inside.last() != Some(&holder)
        {
            inside.push(holder);
        }
        visit.play(20);
    }
    assert_eq!(inside, ["A", "B", "C", "D"]);
    visit.play_on();
    let ended = json!({ "pipelineName": "ledger-nightly" });
    let answer = visit.call("ListPipelineExecutions", ended);
    let executions = answer["pipelineExecutionSummaries"]
        .as_array()
        .expect("a list");
    assert_eq!(executions.len(), 4);
    assert!(
        executions.iter().all(|one| one["status"] == "Succeeded"),
        "nobody was superseded"
    );
}

#[test]
fn parallel_three_are_inside_at_once_and_the_last_is_through_before_the_first() {
    let mut visit = Visit::to("parallel");
    assert_eq!(visit.stage("Build").line, "3 inside");
    assert!(
        visit
            .picture()
            .stages
            .iter()
            .all(|stage| stage.holder.is_none()),
        "no stage has a lock"
    );
    let letters = ["A", "B", "C"];
    assert!(
        letters
            .iter()
            .all(|letter| visit.state(letter) == "Running"),
        "{:?}",
        visit.roster()
    );
    while visit.state("C") == "Running" {
        visit.play(10);
    }
    assert_eq!(
        (visit.state("C").as_str(), visit.state("A").as_str()),
        ("Succeeded", "Running")
    );
}

#[test]
fn approval_production_stays_locked_until_somebody_answers() {
    let mut visit = Visit::to("approval");
    assert_eq!(
        visit.because("A"),
        ("A waits for a person: Approve".into(), "AP-7".into())
    );
    assert_eq!(visit.because("B").1, "SU-2");
    visit.play_on();
    visit.play(24 * 60 * 60);
    assert_eq!(
        visit.holder("Production").as_deref(),
        Some("A"),
        "a day later nothing has moved"
    );
    assert_eq!(visit.waiting("Production"), ["B"]);
    visit.answer("Production", "Approve", "Approved");
    assert_eq!(
        visit.tile("Production", "DeployWeb").state.word,
        "Running, 0 %"
    );
    visit.play(6 * 60 + 1);
    assert_eq!(visit.state("A"), "Succeeded");
    assert_eq!(
        visit.holder("Production").as_deref(),
        Some("B"),
        "B enters as A leaves"
    );
    assert!(
        visit.tile("Production", "Approve").approval.is_some(),
        "and is asked about, too"
    );
}

#[test]
fn closed_gate_a_enters_at_once_where_it_opens_and_b_takes_its_place_where_it_does_not() {
    let mut visit = Visit::to("closed-gate");
    assert_eq!(
        visit.because("A"),
        (
            "A waits at the closed gate in front of Staging".into(),
            "TR-3".into()
        )
    );
    assert_eq!(visit.stage("Staging").line, "free");
    let now = visit.session.world().now;
    visit.open_gate("Staging");
    assert_eq!(visit.holder("Staging").as_deref(), Some("A"));
    assert_eq!(visit.session.world().now, now, "in the same moment");
    let mut other = Visit::to("closed-gate");
    other.play_on();
    assert_eq!(other.waiting("Staging"), ["B"]);
    assert_eq!(other.because("A").1, "SU-1");
}

#[test]
fn retry_runs_only_what_failed() {
    let mut visit = Visit::to("retry");
    assert_eq!(
        visit.because("A"),
        (
            "A failed in Build because UnitTests failed".into(),
            "LC-12".into()
        )
    );
    let words = |visit: &Visit| {
        ["UnitTests", "Lint", "Docs"].map(|name| visit.tile("Build", name).state.word)
    };
    assert_eq!(words(&visit), ["Failed", "Done, 1 m", "Done, 2 m 30 s"]);
    let id = visit.id("A");
    visit.call(
        "RetryStageExecution",
        json!({
            "pipelineName": "storefront-release", "stageName": "Build", "pipelineExecutionId": id,
            "retryMode": "FAILED_ACTIONS",
        }),
    );
    let [tests, lint, docs] = words(&visit);
    assert_eq!(tests, "Running, 0 %");
    assert!(
        lint.contains("1 m") && docs.contains("2 m 30 s"),
        "{lint}, {docs}: kept"
    );
    visit.play_on();
    assert_eq!(visit.state("A"), "Succeeded");
}

#[test]
fn rollback_c_took_the_lock_directly_and_ends_with_its_one_stage() {
    let mut visit = Visit::to("rollback");
    assert_eq!(
        visit.because("B"),
        (
            "B failed in Production because SmokeTest failed".into(),
            "LC-12".into()
        )
    );
    let holder = visit.stage("Production").holder.expect("C");
    assert_eq!((holder.letter.as_str(), holder.rollback), ("C", true));
    let c = visit
        .session
        .world()
        .pipelines_by_name()
        .next()
        .and_then(|pipeline| {
            pipeline
                .executions
                .get(&3)
                .map(|execution| execution.stages.len())
        });
    assert_eq!(c, Some(1), "it never was in another stage");
    visit.play_on();
    assert_eq!(visit.state("C"), "Succeeded");
    assert_eq!(visit.stage("Production").line, "free");
    // What B failed at was put right.
    assert_eq!(visit.page().clock.next.1, "until you start an execution.");
}

#[test]
fn workers_a_job_that_nobody_acknowledges_comes_back_and_is_done() {
    let mut visit = Visit::to("workers");
    assert_eq!(
        visit.because("A"),
        ("A waits for a worker: BenchTest".into(), "J-13".into())
    );
    let told = |visit: &Visit, sentence: &str| {
        visit
            .page()
            .facts
            .iter()
            .filter(|fact| fact.sentence == sentence)
            .count()
    };
    const OUT: &str = "The job of BenchTest of A was handed out to a worker";
    assert_eq!(told(&visit, OUT), 1);
    visit.play(6);
    assert!(
        told(&visit, "The job of BenchTest of A can be had by a worker") > 0,
        "it is back"
    );
    visit.play(30);
    assert_eq!(told(&visit, OUT), 2, "handed out again");
    visit.play(180);
    assert_eq!(
        visit.holder("Flash").as_deref(),
        Some("A"),
        "the new worker did it"
    );
}

#[test]
fn triggers_a_push_starts_an_execution_where_branch_and_path_fit() {
    let mut visit = Visit::to("triggers");
    let started = |visit: &Visit| {
        let world = visit.session.world();
        world
            .pipelines_by_name()
            .next()
            .map_or(0, |pipeline| pipeline.started)
    };
    assert_eq!(
        started(&visit),
        2,
        "A by its creation, B by the push to src; none for docs"
    );
    let arrived = visit.page().facts;
    let pushes = arrived
        .iter()
        .filter(|fact| fact.call.as_deref() == Some("pushRevision"));
    assert!(pushes.count() >= 2, "both pushes are told");
    for (branch, file, starts, rule) in [
        ("feature/basket", "src/cart.ts", false, "TG-7"),
        ("main", "docs/guide.md", false, "TG-9"),
        ("release/2.1", "src/cart.ts", true, "TG-7"),
    ] {
        let before = started(&visit);
        let push = json!({
            "provider": "CodeStarSourceConnection", "repository": "acme/storefront", "branch": branch, "files": [file],
        });
        let push = codepipeline_simulator::api::controls::read::<
            codepipeline_simulator::api::controls::PushRevision,
        >("pushRevision", push)
        .and_then(|push| push.control(visit.session.world()))
        .expect("a push");
        let answer = visit.session.control(push, 0.0).expect("it is carried out");
        let _ = visit.session.collect();
        assert_eq!(
            started(&visit) > before,
            starts,
            "{branch} {file}: {answer}"
        );
        assert_eq!(answer["pipelines"][0]["started"], json!(starts));
        assert_eq!(
            answer["pipelines"][0]["rule"], rule,
            "{branch} {file}: {answer}"
        );
    }
}
