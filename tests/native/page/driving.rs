//! Driving: what is asked for, what pressing would do, what is offered and why not. A form is filled in, and what it
//! promises is compared with what the engine then does.

use codepipeline_simulator::{
    engine::{
        behavior::Outcome,
        conditions::AlarmState,
        time::{DAY, MINUTE},
    },
    model::FailureType,
    page::{
        command::Command,
        drive::{Ask, Deed, Draft, DriveCommand},
        view::{
            FormField, FormInput, FormOption, Frame, OfferView, Selection,
            build::drive::{Sheet, sheet, start_asks},
        },
    },
};
use serde_json::{Value, json};

use super::{page, selected, story::main_picture, why};
use crate::bench::{Bench, action, approval, pipeline, source, stage, three_stages};

fn form(bench: &Bench, ask: Ask, values: &[(&str, &str)]) -> Sheet {
    let world = bench.engine.world();
    let shown = world.pipelines_by_name().next().expect("a pipeline");
    let mut draft = Draft::new(ask, shown.name().to_owned());
    for (field, value) in values {
        draft.set((*field).to_owned(), (*value).to_owned());
    }
    sheet(&bench.engine, &draft)
}

fn effects(sheet: &Sheet) -> Vec<&str> {
    let effects = &sheet.view.effects;
    effects.iter().map(|effect| effect.text.as_str()).collect()
}

fn retry(stage: Option<String>) -> Ask {
    Ask::Retry {
        stage,
        execution: None,
    }
}

fn override_of(stage: String) -> Ask {
    Ask::Override {
        stage,
        execution: None,
    }
}

fn field<'a>(sheet: &'a Sheet, id: &str) -> &'a FormField {
    let mut fields = sheet.view.fields.iter();
    fields.find(|field| field.id == id).expect("the field")
}

fn options(field: &FormField) -> &[FormOption] {
    match &field.input {
        FormInput::Options(options) | FormInput::Select(options) => options,
        FormInput::Text { .. } => panic!("{} is a text", field.id),
    }
}

/// Does what the button does, and says which facts it made.
fn press(bench: &mut Bench, sheet: &Sheet) -> Value {
    assert!(sheet.view.ready, "{:?}", sheet.view.refusal);
    let Deed {
        name,
        input,
        control,
    } = sheet.deed.clone().expect("a deed");
    if !control {
        return bench.ok(name, input);
    }
    let read = sheet
        .deed
        .as_ref()
        .map(|deed| deed.read(bench.engine.world()));
    let control = read.expect("a deed").expect("a control");
    let now = bench.now();
    let answer = bench.engine.control(control, now).expect("accepted");
    bench.keep();
    answer
}

fn execution(bench: &mut Bench, place: usize) -> String {
    bench.executions("storefront-release").swap_remove(place)
}

fn offer<'a>(offers: &'a [OfferView], label: &str) -> &'a OfferView {
    offers
        .iter()
        .find(|offer| offer.label == label)
        .unwrap_or_else(|| panic!("{label} is not among {offers:?}"))
}

#[test]
fn tr_7_an_opened_gate_says_first_who_enters_and_then_lets_them_in() {
    let mut bench = main_picture();
    let asked = form(&bench, Ask::Gate(Some("Staging".into())), &[]);
    assert_eq!(asked.view.title, "Open the gate in front of Staging");
    assert_eq!(effects(&asked), ["D enters Staging."]);
    press(&mut bench, &asked);
    assert_eq!(
        super::stage(&page(&bench), "Staging").line,
        "locked by D, 0 s"
    );
    // Behind a lock nobody enters.
    bench.close(0, 3, "not now");
    let held = form(&bench, Ask::Gate(Some("Production".into())), &[]);
    assert_eq!(effects(&held), ["C goes on waiting: A holds Production."]);
    let empty = form(&bench, Ask::Gate(Some("Build".into())), &[]);
    assert_eq!(empty.view.title, "Close the gate in front of Build");
}

#[test]
fn tr_10_a_gate_closed_for_too_long_says_that_nobody_goes_on() {
    let mut bench = main_picture();
    bench.advance(31 * DAY);
    let asked = form(&bench, Ask::Gate(Some("Staging".into())), &[]);
    assert_eq!(
        effects(&asked),
        ["D does not go on: the gate was closed for more than 30 days."]
    );
}

#[test]
fn tr_12_a_closing_gate_takes_the_reasons_that_the_service_takes() {
    let bench = main_picture();
    let gate = || Ask::Gate(Some("Production".into()));
    let untouched = form(&bench, gate(), &[]);
    assert!(!untouched.view.ready);
    let reason = field(&untouched, "reason");
    assert!(
        reason.required && reason.problem.is_none(),
        "nobody has written yet"
    );
    let wrong = form(&bench, gate(), &[("reason", "no #1")]);
    assert_eq!(
        field(&wrong, "reason").problem.as_deref(),
        Some("Member must satisfy regular expression pattern: [a-zA-Z0-9!@ \\(\\)\\.\\*\\?\\-]+")
    );
    assert!(
        !wrong.view.ready && wrong.view.refusal.is_none(),
        "it is said once"
    );
    let long = form(&bench, gate(), &[("reason", &"a".repeat(301))]);
    assert_eq!(
        field(&long, "reason").problem.as_deref(),
        Some("Member must have length less than or equal to 300")
    );
    let right = form(&bench, gate(), &[("reason", "Load test - hold!")]);
    assert!(right.view.ready);
    assert_eq!(
        effects(&right),
        [
            "A is inside Production and goes on.",
            "C waits in front of it and stays there.",
            "A gate that was closed for 30 days lets nobody in who waited there, even when it is opened.",
        ]
    );
}

#[test]
fn a_gate_without_a_name_is_the_closed_one_and_another_can_be_chosen() {
    let bench = main_picture();
    let asked = form(&bench, Ask::Gate(None), &[]);
    assert_eq!(asked.view.title, "Open the gate in front of Staging");
    let other = form(&bench, Ask::Gate(None), &[("stageName", "Build")]);
    assert_eq!(other.view.title, "Close the gate in front of Build");
}

#[test]
fn sp_2_sp_4_a_stop_says_what_it_ends_and_who_is_next() {
    let mut bench = main_picture();
    let a = execution(&mut bench, 0);
    let wait = form(&bench, Ask::Stop(a.clone()), &[]);
    assert_eq!(
        effects(&wait),
        [
            "Approve and LoadTest may end, and then A is stopped.",
            "Approve still waits for its answer.",
            "Then C is the next for Production.",
        ]
    );
    let abandon = form(&bench, Ask::Stop(a.clone()), &[("abandon", "true")]);
    assert_eq!(
        effects(&abandon),
        [
            "Approve and LoadTest are cut off.",
            "A is stopped at once.",
            "C enters Production."
        ]
    );
    let wait = form(&bench, Ask::Stop(a.clone()), &[("reason", "wrong build")]);
    press(&mut bench, &wait);
    // SP-6: only abandoning is left.
    let again = form(&bench, Ask::Stop(a.clone()), &[]);
    let ways = options(field(&again, "abandon"));
    assert!(
        ways[0]
            .refused
            .as_deref()
            .is_some_and(|why| why.contains("already being stopped"))
            && ways[1].chosen
    );
    assert_eq!(effects(&again).last(), Some(&"C enters Production."));
    press(&mut bench, &again);
    assert_eq!(
        super::stage(&page(&bench), "Production").line,
        "locked by C, 0 s"
    );
    let over = form(&bench, Ask::Stop(a), &[]);
    let (name, sentence) = over.view.refusal.clone().expect("it has ended");
    assert_eq!(name, "PipelineExecutionNotStoppableException");
    assert!(
        sentence.ends_with("is not in progress and cannot be stopped"),
        "{sentence}"
    );
    assert!(!over.view.ready);
}

fn failed() -> Bench {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    bench.until_idle();
    let fails = Outcome::Fail {
        code: FailureType::JobFailed,
        message: None,
    };
    bench.outcome("shop", "Deploy", "Ship", fails);
    bench.start("shop");
    bench.until_idle();
    bench
}

#[test]
fn re_1_a_retry_is_offered_where_it_can_be_done_and_does_what_it_says() {
    let mut bench = failed();
    let asked = form(&bench, retry(None), &[]);
    assert_eq!(asked.view.title, "Retry Deploy", "the stage that failed");
    assert_eq!(
        effects(&asked),
        [
            "B takes the lock of Deploy again.",
            "Ship runs again in Deploy.",
            "Ship is still told to fail: that can be changed in its details."
        ]
    );
    let refused = form(&bench, retry(Some("Build".into())), &[]);
    let (name, _) = refused.view.refusal.clone().expect("it did not fail");
    assert_eq!(name, "StageNotRetryableException");
    assert!(
        options(field(&refused, "retryMode"))
            .iter()
            .all(|mode| mode.refused.as_deref() == Some("")),
        "the reason is said once"
    );
    let labels = |bench: &Bench| -> Vec<String> {
        let page = page(bench);
        why(&page, "B")
            .actions
            .iter()
            .map(|(label, _)| label.clone())
            .collect()
    };
    assert_eq!(labels(&bench), ["Retry Deploy…", "Show Ship"]);
    let stage = selected(&bench, Selection::Stage("Deploy".into()));
    let offers = &stage.details.as_ref().expect("details").offers;
    assert_eq!(offer(offers, "Retry…").refused, None);
    press(&mut bench, &asked);
    assert_eq!(
        super::stage(&page(&bench), "Deploy").line,
        "locked by B, 0 s"
    );
}

#[test]
fn re_7_whom_somebody_followed_is_started_again_instead() {
    let mut bench = failed();
    bench.start("shop");
    bench.until_idle();
    let page = page(&bench);
    let reason = why(&page, "B");
    assert_eq!(reason.actions[0].0, "Start with B's revision…");
    let Command::Drive(DriveCommand::Ask(ask)) = reason.actions[0].1.clone() else {
        panic!("{:?}", reason.actions);
    };
    let asked = form(&bench, ask, &[]);
    let revision = field(&asked, "sourceRevisions.Checkout");
    assert!(matches!(&revision.input, FormInput::Text { value, .. } if !value.is_empty()));
    let started = press(&mut bench, &asked);
    assert!(started["pipelineExecutionId"].is_string());
}

#[test]
fn rb_4_a_rollback_offers_who_succeeded_there_and_says_why_the_others_cannot_be() {
    let mut bench = failed();
    let asked = form(&bench, Ask::RollBack(Some("Deploy".into())), &[]);
    let targets = options(field(&asked, "targetPipelineExecutionId"));
    let seen: Vec<_> = targets
        .iter()
        .map(|target| {
            let letter = target.token.as_ref().map(|token| token.letter.as_str());
            (
                letter.unwrap_or_default(),
                target.chosen,
                target.refused.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("A", true, None),
            (
                "B",
                false,
                Some("The stage 'Deploy' cannot be rolled back: the target did not succeed in it")
            ),
        ]
    );
    assert_eq!(
        effects(&asked)[0],
        "C starts in Deploy at once and puts back what A brought there."
    );
    press(&mut bench, &asked);
    assert_eq!(
        super::stage(&page(&bench), "Deploy").line,
        "locked by C, 0 s"
    );
    let source = form(&bench, Ask::RollBack(Some("Source".into())), &[]);
    let (_, sentence) = source.view.refusal.expect("sources stay");
    assert!(
        sentence.ends_with("it contains source actions"),
        "{sentence}"
    );
}

fn guarded(provider: &str, configuration: Value) -> Bench {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    declaration["stages"][2]["beforeEntry"] = json!({ "conditions": [{ "result": "FAIL", "rules": [{
        "name": "Check",
        "ruleTypeId": { "category": "Rule", "owner": "AWS", "provider": provider, "version": "1" },
        "configuration": configuration,
    }] }] });
    bench.create(&declaration);
    bench
}

#[test]
fn co_27_a_condition_is_overridden_where_it_holds_an_execution_up() {
    let mut bench = guarded("DeploymentWindow", json!({ "Cron": "0 0 20 ? * * *" }));
    bench.until_idle();
    let view = page(&bench);
    let actions = &why(&view, "A").actions;
    assert_eq!(actions[0].0, "Override…");
    let asked = form(&bench, override_of("Deploy".into()), &[]);
    let conditions = options(field(&asked, "conditionType"));
    assert!(conditions[0].chosen && conditions[0].refused.is_none());
    assert!(
        conditions[1]
            .refused
            .as_deref()
            .is_some_and(|why| why.contains("no such condition")),
        "{conditions:?}"
    );
    press(&mut bench, &asked);
    bench.until_idle();
    assert_eq!(super::stage(&page(&bench), "Deploy").frame, Frame::Free);
    let late = form(&bench, override_of("Deploy".into()), &[]);
    let (name, _) = late.view.refusal.expect("it is over");
    assert_eq!(name, "ConditionNotOverridableException");
}

#[test]
fn co_21_an_alarm_is_set_from_the_reason_that_names_it() {
    let mut bench = guarded(
        "CloudWatchAlarm",
        json!({ "AlarmName": "errors", "WaitTime": "600" }),
    );
    bench.alarm("errors", AlarmState::Alarm);
    bench.advance(20 * MINUTE);
    let view = page(&bench);
    let labels: Vec<_> = why(&view, "A")
        .actions
        .iter()
        .map(|(label, _)| label.as_str())
        .collect();
    assert_eq!(labels, ["Override…", "Set alarm…"]);
    let asked = form(&bench, Ask::Alarm(Some("errors".into())), &[]);
    assert!(
        options(field(&asked, "state"))[0].chosen,
        "it is in ALARM, so OK is meant"
    );
    assert_eq!(effects(&asked)[0], "A passes the entry condition.");
    press(&mut bench, &asked);
    let ship = super::tile(&page(&bench), "Deploy", "Ship")
        .state
        .word
        .clone();
    assert!(ship.starts_with("Running"), "{ship}");
}

#[test]
fn a_function_answers_what_was_said() {
    let mut bench = guarded("LambdaInvoke", json!({ "FunctionName": "gatekeeper" }));
    let asked = form(&bench, Ask::Lambda(None), &[("message", "not on a Friday")]);
    press(&mut bench, &asked);
    bench.until_idle();
    let view = page(&bench);
    assert!(
        why(&view, "A").text.contains("not on a Friday"),
        "{}",
        why(&view, "A").text
    );
    let none = form(&main_picture(), Ask::Lambda(None), &[]);
    assert_eq!(
        (none.view.intro.as_str(), none.deed),
        ("No rule of this world asks a function.", None)
    );
}

fn with_variables() -> Bench {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    declaration["variables"] = json!([
        { "name": "Target", "description": "Where it goes." },
        { "name": "Speed", "defaultValue": "slow" },
    ]);
    bench.create(&declaration);
    bench
}

#[test]
fn va_6_a_start_asks_for_what_has_no_default_and_says_what_is_wrong() {
    let mut bench = with_variables();
    assert!(start_asks(bench.engine.world(), "shop"));
    let empty = form(&bench, Ask::Start(None), &[]);
    let target = field(&empty, "variables.Target");
    assert!(target.required && !field(&empty, "variables.Speed").required);
    assert_eq!(
        field(&empty, "variables.Speed").help,
        "without a value: slow"
    );
    let (name, sentence) = empty.view.refusal.clone().expect("a value is missing");
    assert_eq!(name, "ValidationException");
    assert!(
        sentence.contains("Target has no default value"),
        "{sentence}"
    );
    let long = form(
        &bench,
        Ask::Start(None),
        &[("variables.Target", &"x".repeat(1_001))],
    );
    assert_eq!(
        field(&long, "variables.Target").problem.as_deref(),
        Some("Member must have length less than or equal to 1000")
    );
    let filled = form(
        &bench,
        Ask::Start(None),
        &[
            ("variables.Target", "eu"),
            ("sourceRevisions.Checkout", "0a1b2c3d"),
        ],
    );
    assert_eq!(effects(&filled), ["B starts.", "B enters Source."]);
    let started = press(&mut bench, &filled);
    let asked = json!({
        "pipelineName": "shop", "pipelineExecutionId": started["pipelineExecutionId"],
    });
    bench.until_idle();
    let told = bench.ok("GetPipelineExecution", asked);
    let told = &told["pipelineExecution"];
    assert_eq!(told["variables"][0]["resolvedValue"], "eu");
    assert_eq!(told["artifactRevisions"][0]["revisionId"], "0a1b2c3d");
}

#[test]
fn a_plain_pipeline_starts_without_a_question() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    assert!(!start_asks(bench.engine.world(), "shop"));
}

fn watched() -> Bench {
    let mut bench = Bench::new();
    let checkout = |branches: Value| {
        let mut source = action(
            "Checkout",
            "Source/AWS/CodeStarSourceConnection",
            1,
            json!({
                "ConnectionArn": "arn:aws:codeconnections:us-east-1:123456789012:connection/11111111-2222-3333-4444-555555555555",
                "FullRepositoryId": "shop/web", "BranchName": "main",
            }),
        );
        source["outputArtifacts"] = json!([{ "name": "SourceArtifact" }]);
        let trigger = json!([{ "providerType": "CodeStarSourceConnection", "gitConfiguration": {
            "sourceActionName": "Checkout", "push": [{ "branches": branches }],
        } }]);
        (source, trigger)
    };
    for (name, branches) in [
        ("docs", json!({ "includes": ["docs/*"] })),
        ("web", json!({ "includes": ["main", "release/*"] })),
    ] {
        let (source, trigger) = checkout(branches);
        let mut declaration = pipeline(
            name,
            &[
                stage("Source", &[source]),
                stage("Ask", &[approval("Approve", 1)]),
            ],
        );
        declaration["triggers"] = trigger;
        bench.create(&declaration);
    }
    bench.until_idle();
    bench
}

#[test]
fn tg_7_a_push_says_first_which_pipelines_start_and_why_the_others_do_not() {
    let mut bench = watched();
    let main = form(&bench, Ask::Push, &[]);
    let said: Vec<_> = main
        .view
        .effects
        .iter()
        .map(|effect| effect.text.as_str())
        .collect();
    assert_eq!(
        said,
        [
            "docs does not start.",
            "web starts.",
            "web: B starts.",
            "web: B enters Source."
        ]
    );
    let reasons = &main.view.effects[0].more;
    assert!(
        reasons.iter().any(|reason| reason == "It takes docs/*."),
        "{reasons:?}"
    );
    let docs = form(&bench, Ask::Push, &[("branch", "docs/readme")]);
    assert_eq!(effects(&docs)[..2], ["docs starts.", "web does not start."]);
    let request = form(
        &bench,
        Ask::Push,
        &[("kind", "pullRequest"), ("event", "CLOSED")],
    );
    assert!(
        field(&request, "merged").problem.is_none(),
        "only a closed one can be merged"
    );
    let elsewhere = form(&bench, Ask::Push, &[("repository", "shop/app")]);
    assert_eq!(
        effects(&elsewhere),
        ["No pipeline looks there: nothing starts."]
    );
    let nowhere = form(&bench, Ask::Push, &[("repository", "")]);
    assert!(!nowhere.view.ready);
    let before = bench.executions("web").len();
    press(&mut bench, &main);
    assert_eq!(bench.executions("web").len(), before + 1);
    assert_eq!(bench.executions("docs").len(), 1);
}

#[test]
fn wh_13_a_webhook_is_called_with_its_payload_and_our_signature() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    bench.until_idle();
    bench.ok(
        "PutWebhook",
        json!({ "webhook": {
            "name": "pushes", "targetPipeline": "shop", "targetAction": "Checkout",
            "filters": [{ "jsonPath": "$.ref", "matchEquals": "refs/heads/{BranchName}" }],
            "authentication": "GITHUB_HMAC", "authenticationConfiguration": { "SecretToken": "s3cret" },
        } }),
    );
    let call = form(&bench, Ask::Push, &[("kind", "webhook")]);
    let body = field(&call, "body pushes");
    assert!(
        matches!(&body.input, FormInput::Text { value, .. } if value.contains("refs/heads/main"))
    );
    assert_eq!(effects(&call)[0], "shop starts.");
    let other = form(
        &bench,
        Ask::Push,
        &[
            ("kind", "webhook"),
            ("body pushes", "{\"ref\":\"refs/heads/other\"}"),
        ],
    );
    assert_eq!(effects(&other)[0], "shop does not start.");
    let started = press(&mut bench, &call);
    assert_eq!(started["started"], true, "{started}");
}

#[test]
fn to_1_a_behaviour_is_said_of_an_action_or_of_its_provider() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    let ask = || Ask::Behaviour {
        stage: "Build".into(),
        action: "Compile".into(),
    };
    let usual = form(&bench, ask(), &[]);
    assert!(options(field(&usual, "action outcome"))[0].chosen);
    let fails = form(
        &bench,
        ask(),
        &[
            ("action outcome", "fail"),
            ("action code", "PermissionError"),
            ("action message", "no role"),
            ("action duration.min", "90"),
            ("action outputVariables", "Version=7"),
        ],
    );
    press(&mut bench, &fails);
    bench.until_idle();
    let view = page(&bench);
    assert!(
        why(&view, "A").text.contains("PermissionError: no role"),
        "{}",
        why(&view, "A").text
    );
    let wrong = form(&bench, ask(), &[("action duration.min", "soon")]);
    assert_eq!(
        field(&wrong, "action duration.min").problem.as_deref(),
        Some("'soon' is no number")
    );
    assert!(!wrong.view.ready);
    let all = form(
        &bench,
        ask(),
        &[
            ("target", "provider"),
            ("provider outcome", "flaky"),
            ("provider probability", "2"),
        ],
    );
    let (_, sentence) = all.view.refusal.clone().expect("no probability");
    assert_eq!(sentence, "A probability is a number from 0 to 1");
    let all = form(
        &bench,
        ask(),
        &[("target", "provider"), ("provider outcome", "flaky")],
    );
    press(&mut bench, &all);
    let forgotten = form(
        &bench,
        ask(),
        &[
            ("action outcome", "usual"),
            ("action duration.min", ""),
            ("action duration.max", ""),
            ("action outputVariables", ""),
        ],
    );
    press(&mut bench, &forgotten);
    assert_eq!(
        super::tile(&page(&bench), "Build", "Compile")
            .behaviour
            .as_deref(),
        Some("fails 50 %")
    );
}

#[test]
fn what_is_offered_can_be_done_and_what_is_not_says_why() {
    let bench = main_picture();
    let production = selected(&bench, Selection::Stage("Production".into()));
    let offers = &production.details.as_ref().expect("details").offers;
    assert_eq!(offer(offers, "Stop A…").refused, None);
    assert_eq!(
        offer(offers, "Retry…").refused.as_deref(),
        Some("The stage 'Production' cannot be retried: it has no failed actions")
    );
    assert_eq!(
        offer(offers, "Roll back…").refused.as_deref(),
        Some("The stage 'Production' cannot be rolled back: it is running")
    );
    assert_eq!(offer(offers, "Close the gate…").refused, None);
    let staging = selected(&bench, Selection::Stage("Staging".into()));
    let offers = &staging.details.as_ref().expect("details").offers;
    assert_eq!(offer(offers, "Open the gate…").refused, None);
    let labels = |letter: &str| -> Vec<String> {
        let view = page(&bench);
        why(&view, letter)
            .actions
            .iter()
            .map(|(label, _)| label.clone())
            .collect()
    };
    assert_eq!(labels("A"), ["Answer approval…", "Stop A…"]);
    assert_eq!(labels("D"), ["Open the gate"]);
}

#[test]
fn no_question_breaks_in_any_stage_of_any_world() {
    let mut worlds = vec![
        main_picture(),
        failed(),
        with_variables(),
        watched(),
        Bench::new(),
    ];
    worlds[4].create(&pipeline(
        "bare",
        &[
            stage("Source", &[source()]),
            stage("Ask", &[approval("Approve", 1)]),
        ],
    ));
    worlds[4].advance(MINUTE);
    for bench in &worlds {
        let stages: Vec<String> = {
            let shown = bench
                .engine
                .world()
                .pipelines_by_name()
                .next()
                .expect("a pipeline");
            let stages = &shown.current().plan.declaration.stages;
            stages.iter().map(|stage| stage.name.clone()).collect()
        };
        let mut asks = vec![
            Ask::Gate(None),
            retry(None),
            Ask::RollBack(None),
            Ask::Start(None),
            Ask::Start(Some("no such execution".into())),
            Ask::Stop("no such execution".into()),
            Ask::Push,
            Ask::Alarm(None),
            Ask::Lambda(None),
            Ask::Behaviour {
                stage: "No".into(),
                action: "No".into(),
            },
            Ask::Gate(Some("No".into())),
        ];
        for stage in stages {
            asks.push(Ask::Gate(Some(stage.clone())));
            asks.push(retry(Some(stage.clone())));
            asks.push(Ask::RollBack(Some(stage.clone())));
            asks.push(override_of(stage));
        }
        let before = bench.engine.snapshot();
        for ask in asks {
            let sheet = form(
                bench,
                ask.clone(),
                &[("stageName", "?"), ("kind", "?"), ("files", "\n\n")],
            );
            assert!(!sheet.view.title.is_empty(), "{ask:?}");
            let fits = sheet.view.ready == (sheet.deed.is_some() && sheet.view.refusal.is_none())
                || sheet
                    .view
                    .fields
                    .iter()
                    .any(|field| field.required || field.problem.is_some());
            assert!(fits, "{ask:?}: {:?}", sheet.view);
        }
        assert_eq!(before, bench.engine.snapshot(), "asking changes nothing");
    }
}

#[test]
fn pa_8_in_parallel_an_older_execution_is_retried_from_its_own_reason() {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    declaration["executionMode"] = json!("PARALLEL");
    let fails = Outcome::Fail {
        code: FailureType::JobFailed,
        message: None,
    };
    bench.outcome("shop", "Deploy", "Ship", fails);
    bench.create(&declaration);
    bench.until_idle();
    bench.start("shop");
    bench.until_idle();
    let view = page(&bench);
    let Command::Drive(DriveCommand::Ask(ask)) = why(&view, "A").actions[0].1.clone() else {
        panic!("{:?}", why(&view, "A").actions);
    };
    let asked = form(&bench, ask, &[]);
    assert_eq!(effects(&asked)[0], "A goes on in Deploy.");
    press(&mut bench, &asked);
}
