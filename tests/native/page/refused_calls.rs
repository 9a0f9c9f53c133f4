//! Refused calls among the facts: at their time, in the service's words, with the rule behind them.

use codepipeline_simulator::{
    api::session::Session,
    engine::world::Options,
    page::{
        state::{
            Ui,
            facts::{FactFilter, FactKind, FactsCommand},
        },
        view::{FactDetail, FactRow, PageView},
    },
};
use serde_json::{Value, json};

use super::fact_list::page;
use crate::bench::three_stages;

fn session() -> Session {
    let mut session = Session::new(Options::default());
    for name in ["shop", "other"] {
        let created = json!({ "pipeline": three_stages(name) });
        session
            .execute("CreatePipeline", created, 0.0)
            .expect("created");
    }
    session.collect();
    session
}

fn refuse(session: &mut Session, operation: &str, input: Value) {
    let before = session.world().sequence;
    session
        .execute(operation, input, 0.0)
        .expect_err("it is refused");
    session.collect();
    assert_eq!(session.world().sequence, before, "nothing changed");
}

fn shop() -> Ui {
    Ui {
        pipeline: Some("shop".into()),
        ..Ui::default()
    }
}

fn refused(view: &PageView) -> Vec<&FactRow> {
    view.facts
        .iter()
        .filter(|row| row.word == "Refused")
        .collect()
}

fn opened(session: &Session, sequence: u64) -> FactDetail {
    let mut ui = shop();
    ui.facts.change(FactsCommand::Open(Some(sequence)), 0);
    page(session, &ui).fact_list.open.expect("it is open")
}

#[test]
fn a_refused_call_stands_at_its_time_with_its_words_and_its_rule() {
    let mut session = session();
    let started = session
        .execute("StartPipelineExecution", json!({ "name": "shop" }), 0.0)
        .expect("started");
    session.collect();
    let execution = started["pipelineExecutionId"]
        .as_str()
        .expect("an id")
        .to_owned();
    let stop = json!({ "pipelineName": "shop", "pipelineExecutionId": execution });
    session
        .execute("StopPipelineExecution", stop.clone(), 0.0)
        .expect("stopped");
    session.collect();
    refuse(&mut session, "StopPipelineExecution", stop);
    session
        .execute(
            "EnableStageTransition",
            json!({
                "pipelineName": "shop", "stageName": "Build", "transitionType": "Inbound",
            }),
            0.0,
        )
        .expect("opened");
    session.execute("DisableStageTransition", json!({
        "pipelineName": "shop", "stageName": "Build", "transitionType": "Inbound", "reason": "why",
    }), 0.0).expect("closed");
    session.collect();

    let view = page(&session, &shop());
    let place = view
        .facts
        .iter()
        .position(|row| row.word == "Refused")
        .expect("a row");
    assert_eq!(
        place, 1,
        "between what came after and what was before: {:?}",
        view.facts
    );
    let row = &view.facts[place];
    assert_eq!(row.call.as_deref(), Some("StopPipelineExecution"));
    assert!(
        row.text
            .starts_with("PipelineExecutionNotStoppableException: "),
        "{}",
        row.text
    );
    assert!(
        row.sentence.starts_with(
            "StopPipelineExecution was refused. PipelineExecutionNotStoppableException"
        )
    );
    assert_eq!(
        row.token.as_ref().map(|token| token.execution.as_str()),
        Some(execution.as_str())
    );

    let detail = opened(&session, row.sequence);
    let (sentence, rule) = detail.rule.expect("a rule explains it");
    assert_eq!(rule, "SP-7");
    assert!(sentence.contains("cannot be stopped"));
    assert!(
        detail
            .call
            .expect("the call")
            .cli
            .starts_with("aws codepipeline stop-pipeline-execution")
    );
    assert!(
        detail
            .json
            .contains("PipelineExecutionNotStoppableException")
    );
}

#[test]
fn a_broken_rule_on_declarations_is_named() {
    let mut session = session();
    let mut declared = three_stages("shop");
    declared["stages"][2]["name"] = declared["stages"][1]["name"].clone();
    refuse(
        &mut session,
        "UpdatePipeline",
        json!({ "pipeline": declared }),
    );
    let view = page(&session, &shop());
    let detail = opened(&session, refused(&view)[0].sequence);
    let (_, rule) = detail.rule.expect("a rule");
    assert!(rule.starts_with("SG-"), "{rule}");
}

#[test]
fn another_pipelines_refusals_stand_there_and_filters_know_them() {
    let mut session = session();
    let gate = |pipeline: &str, stage: &str| json!({ "pipelineName": pipeline, "stageName": stage, "transitionType": "Inbound" });
    refuse(
        &mut session,
        "EnableStageTransition",
        gate("shop", "Nowhere"),
    );
    refuse(
        &mut session,
        "EnableStageTransition",
        gate("other", "Nowhere"),
    );
    refuse(&mut session, "GetPipeline", json!({ "name": "shpo" }));
    refuse(&mut session, "GetPipeline", json!("shop"));
    let of = |filter: FactFilter| {
        let mut ui = shop();
        ui.facts.change(FactsCommand::Filter(filter), 0);
        let view = page(&session, &ui);
        let calls = refused(&view)
            .into_iter()
            .filter_map(|row| row.call.clone());
        (calls.collect::<Vec<_>>(), view.facts.len())
    };
    let kind = |kind| FactFilter {
        kind,
        ..FactFilter::default()
    };
    // The newest first; what names no pipeline that there is may have meant this one.
    let all = ["GetPipeline", "GetPipeline", "EnableStageTransition"];
    assert_eq!(of(FactFilter::default()).0, all);
    assert_eq!(
        of(kind(FactKind::Refused)),
        (all.map(str::to_owned).to_vec(), 3)
    );
    assert!(of(kind(FactKind::Executions)).0.is_empty());
    let stage = FactFilter {
        stage: Some("Nowhere".into()),
        ..FactFilter::default()
    };
    assert_eq!(of(stage), (vec!["EnableStageTransition".to_owned()], 1));
    let view = page(&session, &shop());
    assert_eq!(view.fact_list.total, view.facts.len());
    let newest = refused(&view)[0];
    assert!(
        newest.text.starts_with("SerializationException"),
        "{}",
        newest.text
    );
    assert!(
        view.fact_list
            .newest
            .0
            .iter()
            .all(|fact| *fact <= session.world().sequence),
        "no fact of the world"
    );
}

#[test]
fn a_world_without_a_pipeline_tells_of_refused_calls_too() {
    let mut session = Session::new(Options::default());
    assert!(page(&session, &Ui::default()).facts.is_empty());
    refuse(&mut session, "GetPipeline", json!({ "name": "shop" }));
    let mut declaration = three_stages("shop");
    declaration["stages"] = json!([]);
    let created = json!({ "pipeline": declaration });
    refuse(&mut session, "CreatePipeline", created);

    let view = page(&session, &Ui::default());
    let texts: Vec<&str> = view.facts.iter().map(|row| row.text.as_str()).collect();
    assert!(
        texts[0].starts_with("InvalidStructureException")
            || texts[0].starts_with("ValidationException"),
        "{}",
        texts[0]
    );
    assert!(
        texts[1].starts_with("PipelineNotFoundException"),
        "{}",
        texts[1]
    );
    assert_eq!(view.fact_list.total, 2);

    let mut ui = Ui::default();
    let first = view.facts[0].sequence;
    ui.facts.change(FactsCommand::Open(Some(first)), 0);
    let opened = page(&session, &ui).fact_list.open.expect("it is open");
    assert!(opened.json.contains("CreatePipeline"));
    assert!(opened.call.is_some(), "as it was written");

    let executions = FactFilter {
        kind: FactKind::Executions,
        ..FactFilter::default()
    };
    ui.facts.change(FactsCommand::Filter(executions), 0);
    assert!(page(&session, &ui).facts.is_empty());

    // Once there is a pipeline they stand among its facts.
    let created = json!({ "pipeline": three_stages("shop") });
    session
        .execute("CreatePipeline", created, 0.0)
        .expect("created");
    session.collect();
    assert_eq!(refused(&page(&session, &shop())).len(), 2);
}
