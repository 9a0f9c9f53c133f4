//! The list of facts: what is looked for, what waits above, and the one that is open.

use codepipeline_simulator::{
    api::session::Session,
    engine::world::Options,
    page::{
        state::{
            ClockState, Ui,
            facts::{FactFilter, FactKind, FactsCommand},
        },
        view::{FactDetail, PageView, build},
    },
};
use serde_json::{Value, json};

use super::kept;
use crate::bench::three_stages;

/// A session in which a pipeline was made and started once more, and everything is over.
fn ran() -> Session {
    let mut session = Session::new(Options::default());
    let created = json!({ "pipeline": three_stages("shop") });
    session
        .execute("CreatePipeline", created, 0.0)
        .expect("created");
    finish(&mut session);
    start(&mut session);
    finish(&mut session);
    session
}

fn start(session: &mut Session) {
    let input = json!({ "name": "shop" });
    session
        .execute("StartPipelineExecution", input, 0.0)
        .expect("started");
    session.collect();
}

fn finish(session: &mut Session) {
    while let Some(at) = session.engine().next_completion() {
        session.advance_some(at, usize::MAX, 0.0);
    }
    session.collect();
}

pub(super) fn page(session: &Session, ui: &Ui) -> PageView {
    let storage = kept(session.world().sequence);
    let recent = &mut session.recent();
    let clock = ClockState::default();
    build::page(
        session.world(),
        ui,
        &clock,
        &storage,
        recent,
        session.calls(),
    )
}

fn with(filter: FactFilter) -> Ui {
    let mut ui = Ui::default();
    ui.facts.change(FactsCommand::Filter(filter), 0);
    ui
}

fn told(view: &PageView) -> Vec<String> {
    let rows = view.facts.iter();
    rows.map(|row| format!("{} {}", row.word, row.text))
        .collect()
}

/// The newest fact that begins so, opened.
fn opened(session: &Session, word: &str) -> FactDetail {
    let mut ui = Ui::default();
    let view = page(session, &ui);
    let row = view.facts.iter().find(|row| row.word.starts_with(word));
    let row = row.unwrap_or_else(|| panic!("{word} is not in {:?}", told(&view)));
    ui.facts.change(FactsCommand::Open(Some(row.sequence)), 0);
    page(session, &ui).fact_list.open.expect("it is open")
}

#[test]
fn filters_leave_what_is_looked_for() {
    let session = ran();
    let all = page(&session, &Ui::default());
    assert_eq!(all.fact_list.total, all.facts.len());
    let newest = all
        .fact_list
        .executions
        .first()
        .expect("an execution")
        .clone();
    assert!(newest.1.starts_with("Execution B, "));
    let of_b = page(
        &session,
        &with(FactFilter {
            execution: Some(newest.0.clone()),
            ..FactFilter::default()
        }),
    );
    assert!(of_b.facts.len() > 5 && of_b.facts.len() < all.facts.len());
    for row in &of_b.facts {
        assert_eq!(
            row.token.as_ref().map(|token| &token.execution),
            Some(&newest.0)
        );
    }
    let of_build = page(
        &session,
        &with(FactFilter {
            stage: Some("Build".into()),
            ..FactFilter::default()
        }),
    );
    let said = told(&of_build);
    assert_eq!(said.len(), 8, "{said:?}");
    assert!(
        said.iter()
            .all(|said| said.contains("Build") || said.contains("Compile")),
        "{said:?}"
    );
    for (kind, count) in [
        (FactKind::All, all.facts.len()),
        (FactKind::Executions, 4),
        (FactKind::Stages, 12),
        (FactKind::Actions, 12),
        (FactKind::Jobs, 0),
        (FactKind::Conditions, 0),
        (FactKind::Settings, 1),
    ] {
        let filter = FactFilter {
            kind,
            ..FactFilter::default()
        };
        let view = page(&session, &with(filter));
        assert_eq!(view.facts.len(), count, "{kind:?}: {:?}", told(&view));
    }
    let mine = page(
        &session,
        &with(FactFilter {
            mine: true,
            ..FactFilter::default()
        }),
    );
    assert!(mine.facts.iter().all(|row| row.call.is_some()));
    assert_eq!(
        mine.facts[0].call.as_deref(),
        Some("StartPipelineExecution")
    );
    // Somebody else's execution, and none at all.
    let of_nobody = FactFilter {
        execution: Some("x".into()),
        ..FactFilter::default()
    };
    assert!(page(&session, &with(of_nobody)).facts.is_empty());
}

#[test]
fn whoever_reads_on_is_not_disturbed() {
    let mut session = ran();
    let mut ui = Ui::default();
    let newest = session.world().sequence;
    ui.facts.change(
        FactsCommand::Rows {
            first: 5,
            count: 4,
            top: false,
        },
        newest,
    );
    let before = page(&session, &ui);
    assert_eq!(
        (
            before.facts.len(),
            before.fact_list.first,
            &before.fact_list.fresh
        ),
        (4, 5, &None)
    );
    start(&mut session);
    let during = page(&session, &ui);
    assert_eq!(told(&during), told(&before));
    assert_eq!(during.fact_list.total, before.fact_list.total);
    let fresh = during.fact_list.fresh.expect("something is new");
    // The numbers for whoever listens are of all of them.
    let heard = during
        .fact_list
        .newest
        .0
        .iter()
        .take_while(|number| **number > newest)
        .count();
    assert_eq!(fresh, format!("{heard} new"));
    ui.facts.change(
        FactsCommand::Rows {
            first: 0,
            count: 4,
            top: true,
        },
        session.world().sequence,
    );
    let after = page(&session, &ui);
    assert_eq!((after.facts.len(), after.fact_list.fresh), (4, None));
    assert_eq!(after.facts[0].sequence, after.fact_list.newest.0[0]);
    // Beyond the end are the last ones.
    ui.facts.change(
        FactsCommand::Rows {
            first: 9_999,
            count: 4,
            top: false,
        },
        newest,
    );
    let end = page(&session, &ui);
    assert_eq!(
        (end.facts.len(), end.fact_list.first),
        (4, end.fact_list.total - 4)
    );
}

#[test]
fn an_open_fact_has_its_rule_its_call_and_itself() {
    let mut session = ran();
    let started = opened(&session, "Started");
    let call = started.call.expect("its call is known");
    assert_eq!(
        call.cli,
        "aws codepipeline start-pipeline-execution --name shop\n"
    );
    assert_eq!((started.cause, started.rule), (None, None));
    let fact: Value = serde_json::from_str(&started.json).expect("JSON");
    assert_eq!(
        (&fact["type"], &fact["call"]),
        (&json!("ExecutionStarted"), &json!("StartPipelineExecution"))
    );
    let ended = opened(&session, "Succeeded");
    assert_eq!(
        ended.cause.as_deref(),
        Some("The clock did this; no call caused it.")
    );
    let (sentence, id) = ended.rule.expect("a rule");
    assert_eq!(id, "LC-2");
    assert!(sentence.len() > 20, "{sentence}");
    assert!(ended.call.is_none());
    start(&mut session);
    let follows = opened(&session, "Checkout started");
    assert_eq!(
        follows.cause.as_deref(),
        Some("It followed from StartPipelineExecution by the rules.")
    );
    assert!(follows.call.is_some());
    // In another session nobody knows what was said.
    let stored = session.stored();
    let again = Session::open(&stored).expect("it opens");
    let started = opened(&again, "Started");
    assert!(started.call.is_none());
    assert!(
        started
            .cause
            .is_some_and(|cause| cause.contains("the input was not kept"))
    );
}

#[test]
fn what_happened_at_one_instant_stands_together() {
    let session = ran();
    let view = page(&session, &Ui::default());
    let together: Vec<bool> = view.facts.iter().map(|row| row.together).collect();
    let instants = view.facts.iter().map(|row| {
        let mut recent = session.recent();
        let fact = recent.find(|fact| fact.sequence == row.sequence);
        fact.expect("it is remembered").at
    });
    let instants: Vec<_> = instants.collect();
    let same = instants.windows(2).map(|pair| pair[0] == pair[1]);
    let expected: Vec<bool> = std::iter::once(false).chain(same).collect();
    assert_eq!(together, expected);
    assert!(together.contains(&true) && together.iter().filter(|row| !**row).count() > 3);
    // Where the list is looked at from its second row on, that row knows the one above it.
    let second = together.iter().position(|row| *row).expect("one");
    let mut ui = Ui::default();
    ui.facts.change(
        FactsCommand::Rows {
            first: second,
            count: 5,
            top: false,
        },
        session.world().sequence,
    );
    assert!(page(&session, &ui).facts[0].together);
}
