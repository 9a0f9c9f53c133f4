//! The details of the selected thing: its values, its way, its behaviour, and the whole as the API answers it.
//! What stands in the tabs between is built in the files of the folder beside, one tab each.

mod artifacts;
mod difference;
mod history;
mod readers;
mod tabs;
mod variables;
mod versions;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    action::{self, Record},
    drive::offers,
    facts, roster,
    scene::Scene,
    stage, time,
};
use crate::{
    engine::{
        behavior::{DurationRange, Outcome as Setting},
        declaration,
        explain::{Situation, Work},
        ids::Kind,
        operations::{self, Handler},
        providers,
        rules::{action::configuration, behavior::of_declared},
        world::{
            execution::{Execution, Position, StageRun},
            pipeline::StageState,
        },
    },
    model::{self, ExecutionMode, StageExecutionStatus},
    page::{
        text::{self, action as action_words, details as words, state as states},
        view::{
            BehaviourView, DetailRow, DetailsTab, DetailsView, Icon, Outcome, PathRow, Role,
            Selection, StateView,
        },
    },
};

pub fn details(scene: &Scene) -> DetailsView {
    let mut view = overview(scene);
    tabs::add(scene, &mut view);
    view
}

fn overview(scene: &Scene) -> DetailsView {
    let places = |stage: &str, name: &str| {
        let index = scene.plan.stage_index(stage)?;
        Some((index, scene.plan.action_index(index, name)?))
    };
    match (&scene.selection, &scene.chosen) {
        (Selection::Stage(name), _) => match scene.plan.stage_index(name) {
            Some(index) => of_stage(scene, index),
            None => of_pipeline(scene),
        },
        (Selection::Action(stage, name), _) => match places(stage, name) {
            Some((stage, index)) => of_action(scene, stage, index),
            None => of_pipeline(scene),
        },
        (Selection::Execution(_), Some(execution)) => of_execution(scene, execution),
        (Selection::Job(job), _) => {
            super::jobs::of_job(scene, job).unwrap_or_else(|| of_pipeline(scene))
        }
        (Selection::Execution(_), None) | (Selection::Pipeline, _) => of_pipeline(scene),
    }
}

pub fn row(label: &str, value: impl Into<String>) -> DetailRow {
    DetailRow {
        label: label.to_owned(),
        value: value.into(),
        mono: false,
    }
}

pub fn mono(label: &str, value: impl Into<String>) -> DetailRow {
    DetailRow {
        mono: true,
        ..row(label, value)
    }
}

pub fn empty(scene: &Scene, title: String) -> DetailsView {
    DetailsView {
        selection: scene.selection.clone(),
        token: None,
        title,
        id: String::new(),
        state: None,
        api_word: String::new(),
        rows: vec![],
        path: vec![],
        behaviour: None,
        approval: None,
        offers: vec![],
        why: None,
        json: String::new(),
        json_call: String::new(),
        tabs: vec![DetailsTab::Overview, DetailsTab::Json],
        tab: DetailsTab::Overview,
        sections: vec![],
    }
}

/// What the API answers; an error is an answer too.
pub fn answer(scene: &Scene, operation: &str, input: Value) -> Value {
    let asked = model::operation(operation).zip(operations::handler(operation));
    let Some((shape, Handler::Query(answer))) = asked else {
        return Value::Null;
    };
    match model::admit(shape, input).and_then(|input| answer(scene.world, input)) {
        Ok(answer) => answer,
        Err(error) => json!({ "__type": error.code.name(), "message": error.message }),
    }
}

pub fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

fn of_pipeline(scene: &Scene) -> DetailsView {
    let pipeline = scene.pipeline;
    let declaration = &scene.plan.declaration;
    let mode = match scene.plan.mode {
        ExecutionMode::Superseded => words::SUPERSEDED,
        ExecutionMode::Queued => words::QUEUED,
        ExecutionMode::Parallel => words::PARALLEL,
    };
    let actions: usize = declaration
        .stages
        .iter()
        .map(|stage| stage.actions.len())
        .sum();
    let mut rows = vec![
        row(
            words::TYPE,
            declaration.pipeline_type.unwrap_or_default().as_str(),
        ),
        row(words::MODE, mode),
        row(
            words::VERSION,
            words::version(pipeline.version(), &scene.when(pipeline.updated)),
        ),
        row(words::CREATED, scene.when(pipeline.created)),
        row(
            words::STAGES,
            words::stages(declaration.stages.len() as u64, actions as u64),
        ),
        row(
            words::EXECUTIONS,
            words::executions(u64::from(pipeline.active), u64::from(pipeline.started)),
        ),
    ];
    let variables: Vec<String> = declaration
        .variables
        .iter()
        .flatten()
        .map(|variable| variable.name.clone())
        .collect();
    if !variables.is_empty() {
        rows.push(row(words::VARIABLES, text::list(&variables)));
    }
    let tags: Vec<String> = pipeline
        .tags
        .iter()
        .map(|tag| words::tag(&tag.key, &tag.value))
        .collect();
    if !tags.is_empty() {
        rows.push(row(words::TAGS, text::list(&tags)));
    }
    rows.push(mono(words::ROLE, declaration.role_arn.clone()));
    rows.push(mono(words::ARN, scene.world.pipeline_arn(pipeline.name())));
    let call = "GetPipeline";
    DetailsView {
        selection: Selection::Pipeline,
        rows,
        offers: offers::of_pipeline(),
        json: scene
            .memo
            .text(&pipeline.current().plan, pipeline.updated, || {
                pretty(&answer(scene, call, json!({ "name": pipeline.name() })))
            }),
        json_call: call.to_owned(),
        ..empty(scene, words::pipeline(pipeline.name()))
    }
}

fn stage_state(status: StageExecutionStatus) -> StateView {
    let (role, icon, word) = match status {
        StageExecutionStatus::InProgress => (Role::Run, Icon::Running, states::RUNNING),
        StageExecutionStatus::Succeeded => (Role::Ok, Icon::Succeeded, states::SUCCEEDED),
        StageExecutionStatus::Failed => (Role::Fail, Icon::Failed, states::FAILED),
        StageExecutionStatus::Stopping => (Role::Wait, Icon::Stopping, states::STOPPING),
        StageExecutionStatus::Stopped => (Role::Gone, Icon::Stopped, states::STOPPED),
        StageExecutionStatus::Cancelled => (Role::Gone, Icon::Cancelled, states::CANCELLED),
        StageExecutionStatus::Skipped => (Role::Gone, Icon::Skipped, states::SKIPPED),
    };
    StateView {
        role,
        icon,
        word: word.to_owned(),
    }
}

fn of_stage(scene: &Scene, index: u16) -> DetailsView {
    let declaration = scene.plan.stage(index);
    let nothing = StageState::default();
    let state = scene
        .pipeline
        .stages
        .get(usize::from(index))
        .unwrap_or(&nothing);
    let letters = |numbers: &mut dyn Iterator<Item = u32>| {
        text::list(&numbers.map(super::letter).collect::<Vec<_>>())
    };
    let holder = state
        .holder
        .filter(|_| !scene.parallel())
        .and_then(|number| scene.pipeline.executions.get(&number));
    let latest = stage::latest(scene, index, state);

    let mut rows = vec![];
    if let Some(lanes) = &scene.lanes {
        let inside = lanes.inside(index);
        let who = letters(&mut inside.iter().rev().copied());
        rows.push(row(
            words::INSIDE,
            if inside.is_empty() {
                text::stage::NOBODY_INSIDE.to_owned()
            } else {
                who
            },
        ));
    } else {
        rows.push(row(
            words::LOCK,
            match holder {
                Some(holder) => {
                    let since = stage::held_since(holder);
                    words::held(
                        &super::letter(holder.number),
                        &scene.when(since),
                        &scene.so_far(since),
                    )
                }
                None => text::stage::FREE.to_owned(),
            },
        ));
    }
    let gate = super::gate::gate(scene, &declaration.name, state);
    rows.push(row(
        words::GATE,
        if gate.open {
            words::GATE_OPEN.to_owned()
        } else {
            gate.note
        },
    ));
    if !state.waiting.is_empty() {
        rows.push(row(
            words::IN_FRONT,
            letters(&mut state.waiting.iter().copied()),
        ));
    }
    let shown = latest.map(|(_, status)| stage_state(status));
    if let (Some((number, _)), Some(shown)) = (latest, &shown) {
        rows.push(row(
            words::LAST_RESULT,
            words::result(&shown.word, &super::letter(number)),
        ));
    }
    rows.push(row(
        words::ACTIONS,
        text::thousands(declaration.actions.len() as u64),
    ));

    let call = "GetPipelineState";
    let answer = answer(scene, call, json!({ "name": scene.pipeline.name() }));
    let own = answer
        .pointer(&format!("/stageStates/{index}"))
        .unwrap_or(&answer);
    let open = (0..).take(declaration.actions.len()).find_map(|place| {
        let record = action::record(scene, index, place)?;
        let approval = action::approval(scene, &record)?;
        Some((
            declaration.name.clone(),
            declaration.actions.get(usize::from(place))?.name.clone(),
            approval,
        ))
    });
    DetailsView {
        token: holder.map(|holder| scene.token(holder.number)),
        state: shown,
        api_word: latest
            .map(|(_, status)| status.as_str().to_owned())
            .unwrap_or_default(),
        rows,
        approval: open,
        offers: offers::of_stage(scene, index),
        why: holder.and_then(|holder| scene.told(holder)?.why.clone()),
        json: pretty(own),
        json_call: call.to_owned(),
        ..empty(scene, words::stage(&declaration.name))
    }
}

fn of_action(scene: &Scene, stage: u16, index: u16) -> DetailsView {
    let stage_name = &scene.plan.stage(stage).name;
    let declared = scene.plan.action(stage, index);
    let record = action::record(scene, stage, index);
    let id = &declared.action_type_id;

    let mut rows = vec![
        row(
            words::PROVIDER,
            words::provider(
                id.category.as_str(),
                id.owner.as_str(),
                &id.provider,
                &id.version,
            ),
        ),
        row(
            words::RUN_ORDER,
            declaration::run_order(declared).to_string(),
        ),
    ];
    if let Some(record) = &record {
        rows.extend(record_rows(scene, record));
    }
    let names = |artifacts: Vec<String>| (!artifacts.is_empty()).then(|| text::list(&artifacts));
    let inputs = declared
        .input_artifacts
        .iter()
        .flatten()
        .map(|artifact| artifact.name.clone())
        .collect();
    let outputs = declared
        .output_artifacts
        .iter()
        .flatten()
        .map(|artifact| artifact.name.clone())
        .collect();
    rows.extend(names(inputs).map(|names| row(words::INPUTS, names)));
    rows.extend(names(outputs).map(|names| row(words::OUTPUTS, names)));
    rows.extend(
        declared
            .namespace
            .as_ref()
            .map(|namespace| row(words::NAMESPACE, namespace.clone())),
    );
    rows.extend(
        declared
            .region
            .as_ref()
            .map(|region| row(words::REGION, region.clone())),
    );
    let empty_map = BTreeMap::new();
    let resolved = record
        .as_ref()
        .and_then(|record| record.action.resolved.as_ref());
    let values = configuration(resolved, declared, &empty_map);
    let values = declaration::mask_configuration(id, values, scene.world);
    rows.extend(values.iter().map(|(key, value)| mono(key, value.clone())));

    let behaviour = behaviour(scene, stage, index, record.as_ref());
    let mut offers: Vec<_> = behaviour
        .iter()
        .map(|_| offers::of_action(stage_name, &declared.name))
        .collect();
    offers.extend(record.as_ref().and_then(|record| {
        let count = action::jobs(record)?;
        Some(offers::of_jobs(stage_name, &declared.name, &count))
    }));
    let (json, call) = action_json(scene, stage, index, record.as_ref());
    let owner = record.as_ref().map(|record| record.execution);
    let approval = record
        .as_ref()
        .and_then(|record| action::approval(scene, record));
    // Its owner's reason, while that is here: inside this stage, or ended by it.
    let reason = owner.and_then(|owner| {
        let told = scene.told(owner)?;
        let here = match &told.explanation.situation {
            Situation::Inside(stay) => {
                scene.pipeline.current_stage(owner.version, stay.stage) == Some(stage)
            }
            Situation::Failed { stage: failed, .. } => {
                scene.pipeline.current_stage(owner.version, *failed) == Some(stage)
            }
            _ => false,
        };
        told.why.clone().filter(|_| here)
    });
    DetailsView {
        token: owner.map(|owner| scene.token(owner.number)),
        id: record
            .as_ref()
            .map(|record| scene.key().uuid(Kind::ActionExecution, record.id))
            .unwrap_or_default(),
        state: Some(
            record
                .as_ref()
                .map_or_else(action::not_started, |record| action::state(scene, record)),
        ),
        api_word: record
            .as_ref()
            .map(|record| record.action.status.as_str().to_owned())
            .unwrap_or_default(),
        rows,
        behaviour,
        offers,
        approval: approval.map(|approval| (stage_name.clone(), declared.name.clone(), approval)),
        why: reason,
        json,
        json_call: call.to_owned(),
        ..empty(scene, words::action(&declared.name))
    }
}

fn record_rows(scene: &Scene, record: &Record) -> Vec<DetailRow> {
    let action = record.action;
    let who = super::letter(record.execution.number);
    let mut rows = vec![row(
        words::STARTED,
        words::started_for(&time::stamp(action.started, scene.now), &who),
    )];
    if action.running() {
        rows.extend(action.deadline.map(|deadline| {
            row(
                words::ENDS,
                words::ends(&scene.when(deadline.at), &scene.until(deadline.at)),
            )
        }));
    } else {
        let span = time::exact(action.updated.since(action.started));
        rows.push(row(
            words::ENDED,
            words::ended(&time::stamp(action.updated, scene.now), &span),
        ));
    }
    let attempt = action::attempt(record);
    if attempt > 1 {
        rows.push(row(words::ATTEMPT, attempt.to_string()));
    }
    if let Some(error) = &action.ending.error {
        rows.push(row(words::CODE, error.code.as_str()));
        rows.push(row(words::MESSAGE, error.message.clone()));
    }
    if let Some(by) = &action.ending.by {
        rows.push(row(words::ANSWERED_BY, scene.person(by)));
        let comment = action.ending.summary.as_ref();
        rows.extend(comment.map(|comment| row(words::COMMENT, comment.clone())));
    }
    if let Some(revision) = &action.ending.revision {
        rows.push(row(
            words::REVISION,
            revision_text(&revision.id, &revision.message),
        ));
    }
    rows
}

pub fn revision_text(id: &str, message: &str) -> String {
    words::revision(&facts::short_revision(id), &facts::first_line(message))
}

/// The action execution's row of the list; the declaration where nothing ran yet.
fn action_json(
    scene: &Scene,
    stage: u16,
    index: u16,
    record: Option<&Record>,
) -> (String, &'static str) {
    let name = scene.pipeline.name();
    let Some(record) = record else {
        let call = "GetPipeline";
        let answer = answer(scene, call, json!({ "name": name }));
        let own = answer.pointer(&format!("/pipeline/stages/{stage}/actions/{index}"));
        return (pretty(own.unwrap_or(&answer)), call);
    };
    let call = "ListActionExecutions";
    let wanted = scene.key().uuid(Kind::ActionExecution, record.id);
    let execution = scene.key().execution(record.id.execution);
    let mut input = json!({ "pipelineName": name, "filter": { "pipelineExecutionId": execution } });
    loop {
        let answer = answer(scene, call, input.clone());
        let rows = answer["actionExecutionDetails"].as_array();
        if let Some(own) = rows
            .into_iter()
            .flatten()
            .find(|row| row["actionExecutionId"] == wanted.as_str())
        {
            return (pretty(own), call);
        }
        let Some(token) = answer["nextToken"].as_str() else {
            return (pretty(&answer), call);
        };
        input["nextToken"] = json!(token);
    }
}

/// How an action behaves from now on. An approval is always its person's.
fn behaviour(
    scene: &Scene,
    stage: u16,
    index: u16,
    record: Option<&Record>,
) -> Option<BehaviourView> {
    let planned = scene.plan.action_plan(stage, index);
    let provider = providers::of(planned.kind);
    if provider.waits_for_a_person() {
        return None;
    }
    let declared = scene.plan.action(stage, index);
    let setting = of_declared(scene.world, scene.plan, stage, index);
    let outcome = match setting.outcome {
        Some(Setting::Fail { .. }) => Outcome::Fail,
        Some(Setting::Hold) => Outcome::Hold,
        Some(Setting::Hang) => Outcome::Hang,
        // J-5: without a worker nobody ever answers.
        None if provider.waits_for_a_worker() => Outcome::Hang,
        Some(Setting::Succeed | Setting::Flaky { .. }) | None => Outcome::Succeed,
    };
    let nothing = BTreeMap::new();
    let duration = match (setting.duration, planned.kind) {
        (Some(DurationRange { min, max }), _) => {
            action_words::takes_as_set(&time::exact(min), &time::exact(max))
        }
        (None, Some(_)) => {
            let values = declared.configuration.as_ref().unwrap_or(&nothing);
            let (min, max) = providers::usual_duration(planned.kind, values);
            action_words::takes_usually(&time::exact(min), &time::exact(max))
        }
        (None, None) => action_words::TAKES_WORKER.to_owned(),
    };
    let held = record.filter(|record| record.work == Some(Work::Held));
    Some(BehaviourView {
        stage: scene.plan.stage(stage).name.clone(),
        action: declared.name.clone(),
        outcome,
        duration,
        held: held.map(|record| scene.key().uuid(Kind::ActionExecution, record.id)),
    })
}

fn of_execution(scene: &Scene, execution: &Execution) -> DetailsView {
    let uuid = scene.key().execution(scene.id(execution.number));
    let told = scene.told(execution);
    let mut rows = vec![];
    let revisions: Vec<_> = execution
        .actions
        .iter()
        .filter_map(|action| Some((action, action.ending.revision.as_ref()?)))
        .collect();
    for (action, revision) in &revisions {
        let label = if revisions.len() == 1 {
            words::REVISION.to_owned()
        } else {
            words::revision_of(&scene.action_name(execution, action.stage, action.action))
        };
        rows.push(row(&label, revision_text(&revision.id, &revision.message)));
    }
    let by = facts::trigger(scene, &execution.trigger);
    rows.push(row(
        words::STARTED,
        words::started(&time::stamp(execution.started, scene.now), &by),
    ));
    if !execution.active() {
        let span = time::exact(execution.updated.since(execution.started));
        rows.push(row(
            words::ENDED,
            words::ended(&time::stamp(execution.updated, scene.now), &span),
        ));
    }
    rows.push(row(words::VERSION, execution.version.to_string()));
    rows.push(row(words::MODE, execution.mode.as_str()));
    for variable in &execution.variables {
        let (name, value) = (variable.name.as_deref(), variable.resolved_value.as_deref());
        rows.push(mono(name.unwrap_or_default(), value.unwrap_or_default()));
    }
    let call = "GetPipelineExecution";
    let input = json!({ "pipelineName": scene.pipeline.name(), "pipelineExecutionId": uuid });
    let (approval, behaviour) = own_turn(scene, execution);
    DetailsView {
        token: Some(scene.standing(execution)),
        id: uuid,
        state: told.as_ref().map(|told| roster::state(&told.explanation)),
        api_word: execution.status.as_str().to_owned(),
        rows,
        path: path(scene, execution),
        behaviour,
        approval,
        offers: offers::of_execution(scene, execution),
        why: told.and_then(|told| told.why.clone()),
        json: pretty(&answer(scene, call, input)),
        json_call: call.to_owned(),
        ..empty(scene, words::execution(&super::letter(execution.number)))
    }
}

/// In PARALLEL mode the tiles show the newest execution; what another one asks of a person is found with it.
fn own_turn(
    scene: &Scene,
    execution: &Execution,
) -> (
    Option<(String, String, crate::page::view::ApprovalView)>,
    Option<BehaviourView>,
) {
    if execution.mode != ExecutionMode::Parallel || !execution.active() {
        return (None, None);
    }
    let records = || {
        execution
            .numbered()
            .filter(|(_, action)| action.running())
            .map(|(ordinal, record)| action::of_execution(scene, execution, ordinal, record))
    };
    let named = |record: &Record| {
        let (stage, action) = (record.action.stage, record.action.action);
        (
            scene.stage_name(execution, stage),
            scene.action_name(execution, stage, action),
        )
    };
    let approval = records().find_map(|record| {
        let approval = action::approval(scene, &record)?;
        let (stage, action) = named(&record);
        Some((stage, action, approval))
    });
    let behaviour = records()
        .find(|record| record.work == Some(Work::Held))
        .and_then(|record| {
            let (stage, action) = named(&record);
            let stage = scene.plan.stage_index(&stage)?;
            behaviour(
                scene,
                stage,
                scene.plan.action_index(stage, &action)?,
                Some(&record),
            )
        });
    (approval, behaviour)
}

/// Its way through the stages of its version.
fn path(scene: &Scene, execution: &Execution) -> Vec<PathRow> {
    let plan = scene.pipeline.plan(execution.version);
    let stages = plan.declaration.stages.iter().zip(0_u16..);
    stages
        .map(|(stage, index)| {
            let (state, time) = match execution.stage_run(index) {
                Some(run) => (stage_state(run.status), run_time(scene, run)),
                None => in_front(scene, execution, index),
            };
            PathRow {
                stage: stage.name.clone(),
                state,
                time,
            }
        })
        .collect()
}

fn run_time(scene: &Scene, run: &StageRun) -> String {
    match run.ended {
        Some(ended) => time::exact(ended.since(run.since())),
        None => words::so_far(&time::exact(scene.span(run.since()))),
    }
}

/// A stage that it has not entered: it waits there, left there, or has not come so far.
fn in_front(scene: &Scene, execution: &Execution, index: u16) -> (StateView, String) {
    let explained = || {
        scene
            .told(execution)
            .map(|told| roster::state(&told.explanation))
    };
    match execution.position {
        Position::Boundary { stage, since, .. } if stage == index => {
            let state = explained().unwrap_or_else(not_reached);
            (state, words::waits(&time::exact(scene.span(since))))
        }
        Position::Ended {
            boundary: Some((stage, since)),
        } if stage == index => {
            let state = explained().unwrap_or_else(not_reached);
            (
                state,
                words::had_waited(&time::exact(execution.updated.since(since))),
            )
        }
        _ => (not_reached(), String::new()),
    }
}

fn not_reached() -> StateView {
    StateView {
        role: Role::Gone,
        icon: Icon::NotStarted,
        word: states::NOT_REACHED.to_owned(),
    }
}
