//! The jobs view: a job through its stations, who waits for whom, and the worker played by hand with the very calls that
//! the view shows.

use codepipeline_simulator::{
    api::controls::action_type,
    engine::{
        Engine,
        behavior::{DurationRange, Outcome},
        control::Control,
        ids::ExecutionId,
        time::{MINUTE, SECOND},
        worker::{Silence, WorkerSettings},
        world::{HistoryOption, Options},
    },
    page::{
        command::{Command, JobsCommand},
        drive::{Ask, Draft, DriveCommand},
        state::{Ui, jobs::JobsUi, jobs::Said},
        view::{
            ChainPart, DetailsView, JobsView, Role, Screen, Selection, Step, Ticket, WhyView,
            build::drive::sheet,
        },
    },
};
use serde_json::{Value, json};

use super::{seen, tile};
use crate::bench::{Bench, action, custom_type, pipeline, source, stage};

const RIG: &str = "Test/Custom/BenchRig/1";

/// A pipeline whose Test stage is a custom action, with its first execution in that stage.
fn rig() -> Bench {
    let mut bench = Bench::new();
    custom_type(&mut bench, "Test", "BenchRig");
    began(bench, action("BenchTest", RIG_ACTION, 1, json!({})))
}

const RIG_ACTION: &str = "Test/Custom/BenchRig";

fn began(mut bench: Bench, test: Value) -> Bench {
    bench.takes("firmware", "Source", "Checkout", 1);
    bench.create(&pipeline(
        "firmware",
        &[stage("Source", &[source()]), stage("Test", &[test])],
    ));
    bench.advance(MINUTE);
    bench
}

fn attach(bench: &mut Bench, settings: WorkerSettings) {
    bench.control(Control::AttachWorker {
        action_type: action_type(RIG).expect("a type"),
        settings,
    });
}

fn worker(seconds: i64) -> WorkerSettings {
    WorkerSettings {
        interval: Some(20 * SECOND),
        duration: Some(DurationRange {
            min: seconds * SECOND,
            max: seconds * SECOND,
        }),
        ..WorkerSettings::default()
    }
}

fn ui(jobs: JobsUi, selection: Selection) -> Ui {
    Ui {
        screen: Screen::Jobs,
        jobs,
        selection,
        ..Ui::default()
    }
}

fn view(bench: &Bench) -> JobsView {
    shown(bench, JobsUi::default(), Selection::Pipeline)
}

fn shown(bench: &Bench, jobs: JobsUi, selection: Selection) -> JobsView {
    seen(bench, &ui(jobs, selection))
        .jobs
        .expect("there are jobs")
}

fn counts(view: &JobsView) -> Vec<usize> {
    view.stations.iter().map(|station| station.count).collect()
}

/// The only ticket.
fn only(view: &JobsView) -> &Ticket {
    let mut tickets = view.stations.iter().flat_map(|station| &station.tickets);
    let ticket = tickets.next().expect("a ticket");
    assert!(tickets.next().is_none(), "there are more");
    ticket
}

/// State and line of the only ticket.
fn says(bench: &Bench) -> (String, String) {
    let view = view(bench);
    let ticket = only(&view);
    (ticket.state.word.clone(), ticket.line.clone())
}

fn details(bench: &Bench, job: &str) -> DetailsView {
    let ui = ui(JobsUi::default(), Selection::Job(job.to_owned()));
    seen(bench, &ui).details.expect("details")
}

fn why(bench: &Bench) -> WhyView {
    let view = view(bench);
    let ticket = only(&view);
    assert!(ticket.why);
    details(bench, &ticket.job).why.expect("an answer")
}

fn headline(why: &WhyView) -> String {
    let parts = why.chain.iter().map(|part| match part {
        ChainPart::Token(token) => token.letter.clone(),
        ChainPart::Thing(_, name) | ChainPart::Words(name) => name.clone(),
    });
    parts.collect::<Vec<_>>().join(" ")
}

/// The person at the worker's place: what was filled in and what came back, as the page keeps them.
#[derive(Default)]
struct Hand {
    jobs: JobsUi,
    selection: Selection,
}

impl Hand {
    fn view(&self, bench: &Bench) -> JobsView {
        shown(bench, self.jobs.clone(), self.selection.clone())
    }

    fn now(&self, bench: &Bench) -> String {
        let view = self.view(bench);
        let mut steps = view.play.steps.iter();
        let now = steps.find(|(_, step)| *step == Step::Now);
        now.map(|(name, _)| (*name).to_owned()).unwrap_or_default()
    }

    fn fill(&mut self, bench: &Bench, label: &str, value: &str) {
        let view = self.view(bench);
        let mut fields = view.play.fields.iter();
        let field = fields
            .find(|field| field.label == label)
            .expect("the field");
        self.jobs.set(field.id.clone(), value.to_owned());
    }

    /// Presses what stands on a button.
    fn press(&mut self, bench: &mut Bench, label: &str) -> Result<Value, String> {
        let view = self.view(bench);
        let mut presses = view.play.presses.iter();
        let (_, command) = presses
            .find(|(words, _)| words == label)
            .expect("the button");
        let Command::Jobs(JobsCommand::Call { operation, input }) = command.clone() else {
            panic!("{label} calls nothing: {command:?}");
        };
        assert_eq!(view.play.operation, operation);
        let answer = bench.call(operation, input.clone());
        if let Ok(answer) = &answer {
            let first = answer
                .pointer("/jobs/0/id")
                .or(answer.pointer("/jobs/0/jobId"));
            if let Some(id) = first.and_then(Value::as_str) {
                self.selection = Selection::Job(id.to_owned());
            }
        }
        let answer = answer.map_err(|error| (error.code.name().to_owned(), error.message));
        self.jobs.tell(Said {
            number: 0,
            at: bench.now(),
            operation,
            input,
            answer: answer.clone(),
        });
        answer.map_err(|(name, _)| name)
    }
}

#[test]
fn a_job_goes_through_the_stations_with_a_worker() {
    let mut bench = rig();
    attach(&mut bench, worker(60));
    let first = view(&bench);
    assert_eq!(counts(&first), [0, 1, 0, 0, 0]);
    assert_eq!(only(&first).token.letter, "A");
    assert_eq!(
        says(&bench),
        ("waits 0 s".into(), "worker 1 polls in 20 s".into())
    );
    bench.advance(5 * SECOND);
    assert_eq!(
        says(&bench),
        ("waits 5 s".into(), "worker 1 polls in 15 s".into())
    );
    bench.advance(45 * SECOND);
    assert_eq!(
        says(&bench),
        ("50 %".into(), "on worker 1, reports in 30 s".into())
    );
    let card = &view(&bench).workers[0];
    assert_eq!(
        (card.name.as_str(), card.state.word.as_str()),
        ("worker 1", "1 job in hand")
    );
    assert_eq!(card.jobs[0].0.letter, "A");
    bench.until_idle();
    let over = view(&bench);
    assert_eq!(counts(&over), [0, 0, 0, 0, 1]);
    assert_eq!(only(&over).state.word, "Succeeded");
    assert!(!only(&over).why);
    let told: Vec<&str> = over
        .news
        .iter()
        .rev()
        .map(|news| news.row.word.as_str())
        .collect();
    assert_eq!(
        told,
        [
            "Created:",
            "Attached:",
            "Handed out:",
            "Acknowledged:",
            "Succeeded:"
        ]
    );
}

#[test]
fn nobody_asks_and_a_worker_is_attached_from_there() {
    let mut bench = rig();
    assert_eq!(says(&bench).1, "nobody asks for it");
    let reason = why(&bench);
    let short: String = only(&view(&bench)).short.clone();
    assert_eq!(
        headline(&reason),
        format!("Job {short} of A waits: nobody asks for Test / Custom / BenchRig / 1")
    );
    assert!(
        reason
            .text
            .contains("BenchTest fails on Wed 4 Mar, 08:01, 1 day after it began."),
        "{}",
        reason.text
    );
    assert_eq!(reason.rule.1, "J-5");
    let labels: Vec<&str> = reason
        .actions
        .iter()
        .map(|(label, _)| label.as_str())
        .collect();
    assert_eq!(labels, ["Poll yourself", "Attach a worker…"]);
    // The engine answers the execution's own "why?" with the way to its job.
    let (_, command) = &view(&bench).workers[0].presses[0];
    let Command::Drive(DriveCommand::Ask(ask)) = command.clone() else {
        panic!("no form: {command:?}");
    };
    assert_eq!(ask, Ask::Worker(RIG.into()));
    let mut draft = Draft::new(ask, "firmware".into());
    draft.set("worker interval".into(), "45".into());
    draft.set("worker continuations".into(), "1".into());
    let form = sheet(&bench.engine, &draft);
    assert_eq!(
        (form.view.press.as_str(), form.view.ready),
        ("Attach", true)
    );
    let deed = form.deed.expect("a call");
    let control = deed.read(bench.engine.world()).expect("a control");
    bench.control(control);
    let card = &view(&bench).workers[0];
    let value = |label: &str| {
        let row = card.rows.iter().find(|row| row.label == label);
        row.map(|row| row.value.clone())
    };
    assert_eq!(
        value("Polls").as_deref(),
        Some("every 45 s, next in 45 s: it gets a job")
    );
    assert_eq!(
        value("Result").as_deref(),
        Some("goes on 1 time first and succeeds")
    );
}

#[test]
fn the_form_of_a_worker_refuses_in_the_services_words() {
    let bench = rig();
    let mut draft = Draft::new(Ask::Worker(RIG.into()), "firmware".into());
    draft.set("worker interval".into(), "0.5".into());
    let form = sheet(&bench.engine, &draft);
    assert!(!form.view.ready);
    assert_eq!(
        form.view.refusal.expect("refused").1,
        "An interval is from a second to a day, in milliseconds"
    );
    draft.set("worker interval".into(), "soon".into());
    let form = sheet(&bench.engine, &draft);
    assert!(!form.view.ready && form.view.refusal.is_none());
}

#[test]
fn a_job_that_nobody_acknowledges_comes_back_and_says_why() {
    let mut bench = rig();
    attach(
        &mut bench,
        WorkerSettings {
            interval: Some(90 * SECOND),
            silence: Some(Silence::Acknowledge),
            ..WorkerSettings::default()
        },
    );
    bench.advance(90 * SECOND);
    assert_eq!(
        says(&bench),
        ("1 m left".into(), "handed to worker 1, nonce 1".into())
    );
    let reason = why(&bench);
    assert!(headline(&reason).ends_with("was handed out and waits for its acknowledgement"));
    assert_eq!(reason.rule.1, "J-13");
    bench.advance(60 * SECOND);
    let view_now = view(&bench);
    assert_eq!(counts(&view_now), [0, 1, 0, 0, 0]);
    assert_eq!(
        only(&view_now).line,
        "back: not acknowledged; worker 1 polls in 30 s"
    );
    assert!(
        view_now.news[0]
            .row
            .sentence
            .starts_with("Back in the queue: job"),
        "{:?}",
        view_now.news[0]
    );
    let reason = why(&bench);
    assert!(headline(&reason).ends_with("of A is in the queue again: it was not acknowledged"));
    assert!(
        reason
            .text
            .contains("with nonce 1 did not acknowledge it within 60 s"),
        "{}",
        reason.text
    );
    bench.advance(30 * SECOND);
    assert_eq!(says(&bench).1, "handed to worker 1, nonce 2");
    let told = &view(&bench).news[0].row;
    assert!(told.text.ends_with("to worker 1, nonce 2"), "{told:?}");
}

#[test]
fn a_person_plays_the_worker_with_the_calls_that_are_shown() {
    let mut bench = rig();
    let mut hand = Hand::default();
    assert_eq!(hand.now(&bench), "Poll");
    let call = hand.view(&bench).play.call.expect("a call");
    assert!(
        call.cli.starts_with("aws codepipeline poll-for-jobs"),
        "{}",
        call.cli
    );
    hand.press(&mut bench, "Poll").expect("a job");
    assert_eq!(hand.now(&bench), "Acknowledge");
    let view = hand.view(&bench);
    assert!(only(&view).yours);
    assert_eq!(only(&view).line, "handed to you, nonce 1");
    assert_eq!(
        hand.press(&mut bench, "Acknowledge with nonce 1")
            .expect("it")["status"],
        "InProgress"
    );
    assert_eq!(hand.now(&bench), "Report");
    assert_eq!(only(&hand.view(&bench)).state.word, "Your turn");
    hand.fill(&bench, "outputVariables", "FIRMWARE=2.4.1\nbroken");
    let wrong = hand.view(&bench).play;
    assert!(wrong.presses.is_empty());
    assert!(wrong.fields.iter().any(|field| field.problem.is_some()));
    hand.fill(&bench, "outputVariables", "FIRMWARE=2.4.1");
    let shown = hand.view(&bench).play.call.expect("a call").cli;
    assert!(
        shown.contains("put-job-success-result") && shown.contains("FIRMWARE"),
        "{shown}"
    );
    hand.press(&mut bench, "Report success").expect("accepted");
    assert_eq!(counts(&hand.view(&bench)), [0, 0, 0, 0, 1]);
    // A late report is refused, in the service's words, and changes nothing.
    assert_eq!(
        hand.press(&mut bench, "Report it late"),
        Err("InvalidJobStateException".into())
    );
    let said = hand.view(&bench).play.said;
    assert_eq!(said.len(), 4);
    assert!(
        said[0].refused && said[0].text.contains("is in state 'Succeeded'"),
        "{:?}",
        said[0]
    );
    assert!(said[3].text.ends_with("nonce 1"), "{:?}", said[3]);
    let execution = bench.executions("firmware").remove(0);
    assert_eq!(bench.status("firmware", &execution), "Succeeded");
}

#[test]
fn a_stale_nonce_is_refused_and_what_lapses_comes_back_with_another() {
    let mut bench = rig();
    let mut hand = Hand::default();
    hand.press(&mut bench, "Poll").expect("a job");
    let stale = hand.view(&bench).play.presses;
    let (_, Command::Jobs(JobsCommand::Call { operation, input })) = &stale[1] else {
        panic!("no stale nonce: {stale:?}");
    };
    let refused = bench.refused(operation, input.clone());
    assert_eq!(refused.code.name(), "InvalidNonceException");
    let (words, Command::Advance(span)) = &stale[2] else {
        panic!("it cannot lapse: {stale:?}");
    };
    assert_eq!((words.as_str(), *span), ("Let it lapse", 60_000));
    bench.advance(60 * SECOND);
    assert_eq!(hand.now(&bench), "Poll");
    hand.press(&mut bench, "Poll").expect("it again");
    assert_eq!(only(&hand.view(&bench)).line, "handed to you, nonce 2");
}

#[test]
fn a_job_goes_on_in_another_one() {
    let mut bench = rig();
    let mut hand = Hand::default();
    hand.press(&mut bench, "Poll").expect("a job");
    hand.press(&mut bench, "Acknowledge with nonce 1")
        .expect("it");
    hand.fill(&bench, "Report", "continue");
    hand.fill(&bench, "percentComplete", "120");
    assert!(hand.view(&bench).play.presses.is_empty());
    hand.fill(&bench, "percentComplete", "40");
    hand.press(&mut bench, "Report that it goes on")
        .expect("accepted");
    let view = view(&bench);
    assert_eq!(counts(&view), [1, 0, 0, 0, 1]);
    let (next, done) = (&view.stations[0].tickets[0], &view.stations[4].tickets[0]);
    assert_eq!(next.state.word, "to be had in 30 s");
    assert_eq!(next.line, format!("goes on from job {}", done.short));
    assert!(
        done.line
            .ends_with(&format!("goes on in job {}", next.short)),
        "{}",
        done.line
    );
    let details = details(&bench, &next.job);
    let reason = details.why.expect("an answer");
    assert_eq!(reason.rule.1, "J-31");
    assert!(
        details.json.contains("\"continuationToken\": \"step-1\""),
        "{}",
        details.json
    );
    bench.advance(30 * SECOND);
    hand.selection = Selection::Pipeline;
    hand.press(&mut bench, "Poll").expect("the next");
    hand.press(&mut bench, "Acknowledge with nonce 1")
        .expect("it");
    hand.fill(&bench, "Report", "failure");
    hand.press(&mut bench, "Report failure").expect("accepted");
    let page = seen(&bench, &Ui::default());
    assert_eq!(
        tile(&page, "Test", "BenchTest").jobs.as_deref(),
        Some("2 jobs")
    );
    assert_eq!(tile(&page, "Source", "Checkout").jobs, None);
}

#[test]
fn a_worker_asks_by_the_value_of_the_property() {
    let mut bench = Bench::new();
    let any = json!({ "minimumCount": 0, "maximumCount": 5 });
    bench.ok(
        "CreateCustomActionType",
        json!({
            "category": "Test", "provider": "BenchRig", "version": "1",
            "inputArtifactDetails": any, "outputArtifactDetails": any,
            "configurationProperties": [{ "name": "Rig", "required": true, "key": true, "secret": false, "queryable": true }],
        }),
    );
    let mut bench = began(
        bench,
        action("BenchTest", RIG_ACTION, 1, json!({ "Rig": "bench-2" })),
    );
    let mut hand = Hand::default();
    assert!(hand.view(&bench).stations[1].explains.contains("its Rig"));
    hand.fill(&bench, "Rig", "bench-1");
    let answer = hand.press(&mut bench, "Poll").expect("none");
    assert_eq!(answer["jobs"], json!([]));
    assert_eq!(hand.view(&bench).play.said[0].text, "no job to be had");
    hand.fill(&bench, "Rig", "bench-2");
    hand.press(&mut bench, "Poll").expect("a job");
    assert_eq!(hand.now(&bench), "Acknowledge");
}

#[test]
fn a_partners_worker_shows_its_token_and_gets_the_nonce_with_the_details() {
    let mut bench = Bench::new();
    let kind = "Test/ThirdParty/Runscope/1";
    bench.control(Control::AttachWorker {
        action_type: action_type(kind).expect("a type"),
        settings: WorkerSettings {
            external: true,
            ..WorkerSettings::default()
        },
    });
    let mut bench = began(
        bench,
        action("Load", "Test/ThirdParty/Runscope", 1, json!({})),
    );
    let mut hand = Hand::default();
    assert_eq!(says(&bench).1, "until a program outside polls");
    hand.press(&mut bench, "Poll").expect("a job");
    assert_eq!(hand.now(&bench), "Get details");
    hand.fill(&bench, "clientToken", "nobody");
    assert_eq!(
        hand.press(&mut bench, "Get the details"),
        Err("InvalidClientTokenException".into())
    );
    hand.fill(&bench, "clientToken", "DEFAULT_CLIENT_TOKEN");
    hand.press(&mut bench, "Get the details").expect("details");
    assert_eq!(hand.now(&bench), "Acknowledge");
    hand.press(&mut bench, "Acknowledge with nonce 1")
        .expect("it");
    // A partner has no variables to give.
    assert!(
        hand.view(&bench)
            .play
            .fields
            .iter()
            .all(|field| field.label != "outputVariables")
    );
    hand.press(&mut bench, "Report success").expect("accepted");
    assert_eq!(counts(&view(&bench)), [0, 0, 0, 0, 1]);
}

#[test]
fn a_function_is_invoked_and_can_be_reported_by_hand() {
    let bench = Bench::new();
    let invoke = action(
        "Notify",
        "Invoke/AWS/Lambda",
        1,
        json!({ "FunctionName": "notify" }),
    );
    let mut bench = began(bench, invoke);
    let mut hand = Hand::default();
    let view = hand.view(&bench);
    assert_eq!(counts(&view), [0, 0, 0, 1, 0]);
    assert!(view.stations[1].explains.contains("invoked"));
    assert_eq!(view.loops[0], "");
    assert_eq!(view.workers[0].name, "The simulated function");
    assert_eq!(hand.now(&bench), "Report");
    hand.press(&mut bench, "Report success").expect("accepted");
    assert_eq!(counts(&hand.view(&bench)), [0, 0, 0, 0, 1]);
}

#[test]
fn a_behaviour_that_decides_keeps_the_job_from_workers_and_says_so() {
    let mut bench = rig();
    bench.outcome("firmware", "Test", "BenchTest", Outcome::Hold);
    assert_eq!(says(&bench).1, "the behaviour of its action decides");
    assert!(headline(&why(&bench)).ends_with("the behaviour of BenchTest decides it"));
}

#[test]
fn only_a_few_of_many_tickets_are_drawn_until_more_are_wanted() {
    let mut bench = Bench::new();
    custom_type(&mut bench, "Test", "BenchRig");
    bench.takes("firmware", "Source", "Checkout", 1);
    let mut declaration = pipeline(
        "firmware",
        &[
            stage("Source", &[source()]),
            stage("Test", &[action("BenchTest", RIG_ACTION, 1, json!({}))]),
        ],
    );
    declaration["executionMode"] = json!("PARALLEL");
    bench.create(&declaration);
    for _ in 0..9 {
        bench.start("firmware");
    }
    bench.advance(MINUTE);
    let view = view(&bench);
    let queued = &view.stations[1];
    assert_eq!((queued.count, queued.tickets.len()), (10, 6));
    assert_eq!(queued.more.as_deref(), Some("Show 4 more"));
    assert!(
        view.about
            .ends_with("PARALLEL: 10 executions are in it at once."),
        "{}",
        view.about
    );
    let more = JobsUi {
        more: [0, 1, 0, 0, 0],
        ..JobsUi::default()
    };
    let view = shown(&bench, more, Selection::Pipeline);
    assert_eq!(view.stations[1].tickets.len(), 10);
    assert_eq!(view.stations[1].more, None);
}

#[test]
fn details_tell_all_about_a_job_and_lead_to_its_execution_and_action() {
    let mut bench = rig();
    attach(&mut bench, worker(60));
    bench.advance(30 * SECOND);
    let job = only(&view(&bench)).job.clone();
    let told = details(&bench, &job);
    assert_eq!(told.id, job);
    assert_eq!(told.api_word, "InProgress");
    assert_eq!(told.state.as_ref().map(|state| state.role), Some(Role::Run));
    let value = |label: &str| {
        told.rows
            .iter()
            .find(|row| row.label == label)
            .map(|row| row.value.as_str())
    };
    assert_eq!(value("Action"), Some("Test / BenchTest"));
    assert_eq!(value("Nonce"), Some("1, handed out 1 time"));
    assert_eq!(value("Worker"), Some("worker 1"));
    assert_eq!(told.json_call, "GetJobDetails");
    assert!(told.json.contains("\"pipelineName\": \"firmware\""));
    let leads: Vec<&str> = told
        .offers
        .iter()
        .map(|offer| offer.label.as_str())
        .collect();
    assert_eq!(leads, ["Show execution A", "Show action BenchTest"]);
    // What is gone counts as the pipeline.
    let gone = details(&bench, "7d03a1c4-58e2-4c1b-9a57-0f6d2b8e1c90");
    assert_eq!(gone.title, "Pipeline firmware");
}

#[test]
fn jobs_of_other_pipelines_are_counted_and_a_pipeline_without_jobs_has_no_view() {
    let mut bench = rig();
    bench.create(&pipeline(
        "gadget",
        &[
            stage("Source", &[source()]),
            stage("Test", &[action("BenchTest", RIG_ACTION, 1, json!({}))]),
        ],
    ));
    bench.takes("gadget", "Source", "Checkout", 1);
    bench.advance(60 * MINUTE);
    assert_eq!(
        view(&bench).stations[1].elsewhere.as_deref(),
        Some("and 1 job of other pipelines")
    );
    let mut plain = Bench::new();
    plain.create(&crate::bench::three_stages("shop"));
    assert_eq!(
        seen(&plain, &ui(JobsUi::default(), Selection::Pipeline)).jobs,
        None
    );
}

#[test]
fn a_detached_worker_still_reports_what_it_has_in_hand() {
    let mut bench = rig();
    attach(&mut bench, worker(60));
    bench.advance(30 * SECOND);
    bench.control(Control::DetachWorker {
        action_type: action_type(RIG).expect("a type"),
    });
    let names: Vec<String> = view(&bench)
        .workers
        .iter()
        .map(|worker| worker.name.clone())
        .collect();
    assert_eq!(names, ["No worker", "worker 1", "You"]);
    assert_eq!(says(&bench).1, "on worker 1, reports in 50 s");
    assert!(view(&bench).attach.is_some());
}

/// A world in which jobs have ended so long ago that their executions are history; the first of these.
fn long_ago(history: HistoryOption) -> (Bench, String) {
    let mut bench = Bench {
        engine: Engine::new(Options {
            history,
            ..Options::default()
        }),
        facts: vec![],
    };
    custom_type(&mut bench, "Test", "BenchRig");
    let mut bench = began(bench, action("BenchTest", RIG_ACTION, 1, json!({})));
    attach(&mut bench, worker(20));
    let pipeline = bench.engine.world().pipelines_by_name().next();
    let pipeline = pipeline.expect("the pipeline");
    let id = ExecutionId {
        pipeline: pipeline.id,
        number: *pipeline.executions.keys().next().expect("an execution"),
    };
    let uuid = bench.engine.world().key().execution(id);
    bench.advance(5 * MINUTE);
    for _ in 0..80 {
        bench.ok("StartPipelineExecution", json!({ "name": "firmware" }));
        bench.advance(5 * MINUTE);
    }
    (bench, uuid)
}

#[test]
fn the_jobs_of_a_past_execution_are_there_while_it_is_looked_at() {
    let (bench, first) = long_ago(HistoryOption::Full);
    let pipeline = bench.engine.world().pipelines_by_name().next();
    let pipeline = pipeline.expect("the pipeline");
    assert!(!pipeline.history.segments().is_empty(), "some are history");
    let live = pipeline.executions.len();

    let ended = |view: &JobsView| view.stations[4].clone();
    let without = view(&bench);
    assert_eq!(ended(&without).count, live);
    assert_eq!(
        ended(&without).elsewhere.as_deref(),
        Some(
            "Jobs of earlier executions are kept with them. Select one in the timeline, and its jobs of this type are here, too."
        )
    );

    // What ended first stands last.
    let chosen = Selection::Execution(first.clone());
    let more = JobsUi {
        more: [0, 0, 0, 0, 100],
        ..JobsUi::default()
    };
    let with = ended(&shown(&bench, more.clone(), chosen));
    assert_eq!(with.count, live + 1);
    let oldest = with.tickets.last().expect("a ticket");
    assert_eq!(oldest.token.execution, first);
    assert_eq!(oldest.state.word, "Succeeded");

    // It stays while one looks at the job itself, with everything that is kept of it.
    let job = Selection::Job(oldest.job.clone());
    let with = ended(&shown(&bench, more, job));
    assert!(with.tickets.last().is_some_and(|ticket| ticket.selected));
    let details = details(&bench, &oldest.job);
    assert_eq!(details.api_word, "Succeeded");
    assert!(details.json.contains(&oldest.job));
}

#[test]
fn a_world_without_a_history_says_that_earlier_jobs_are_gone() {
    let (bench, first) = long_ago(HistoryOption::None);
    let view = shown(&bench, JobsUi::default(), Selection::Execution(first));
    assert_eq!(
        view.stations[4].elsewhere.as_deref(),
        Some("This world keeps no history: earlier executions are gone, and their jobs with them.")
    );
}
