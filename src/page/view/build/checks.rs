//! Conditions of a stage as checks: their rules with whatever they last found, and what can be done about them.

use super::{drive::offers, scene::Scene, time};
use crate::{
    engine::{
        catalogue,
        declaration::ConditionPlace,
        explain::{RuleWork, Situation},
        time::{DAY, Instant},
        world::{condition::ConditionRun, execution::Execution},
    },
    model::{ConditionExecutionStatus, RuleDeclaration, RuleExecutionStatus},
    page::{
        text::{picture::checks as words, state as states},
        view::{ActionView, CheckPlace, CheckView, Icon, Role, StateView, Tile},
    },
};

/// The evaluation of a condition that is shown: whose it is, its index among those of that execution, and itself.
pub type Evaluation<'a> = (&'a Execution, u32, &'a ConditionRun);

/// The conditions of a stage of the current version.
pub fn checks(scene: &Scene, stage: u16) -> Vec<CheckView> {
    ConditionPlace::ALL
        .into_iter()
        .filter_map(|place| check(scene, stage, place))
        .collect()
}

fn check(scene: &Scene, stage: u16, place: ConditionPlace) -> Option<CheckView> {
    let rules = scene.plan.condition(stage, place)?.rules.as_deref()?;
    let shown = latest(scene, stage, place);
    let caption = words::caption(place);
    let held = shown.filter(|(_, _, run)| run.running() || failed(run));
    let (kind, engaged) = match place {
        ConditionPlace::BeforeEntry => (CheckPlace::Before, true),
        ConditionPlace::OnSuccess => (CheckPlace::Success, true),
        // Nothing hangs under a block before it has to.
        ConditionPlace::OnFailure => (CheckPlace::Failure, shown.is_some()),
    };
    Some(CheckView {
        place: kind,
        caption: caption.to_owned(),
        engaged,
        rules: rules
            .iter()
            .map(|rule| boxed(scene, rule, caption, place, shown))
            .collect(),
        holds: held
            .filter(|(execution, ..)| scene.told(execution).is_some_and(|told| told.why.is_some()))
            .map(|(execution, ..)| scene.key().execution(scene.id(execution.number))),
        remedy: held.and_then(|(execution, _, run)| {
            offers::can_override(scene, execution, run.stage, place)
        }),
    })
}

fn failed(run: &ConditionRun) -> bool {
    matches!(
        run.status,
        ConditionExecutionStatus::Failed | ConditionExecutionStatus::Errored
    )
}

/// The evaluation that the picture shows; in PARALLEL mode that of the newest execution that has one.
fn latest<'a>(scene: &Scene<'a>, stage: u16, place: ConditionPlace) -> Option<Evaluation<'a>> {
    if scene.parallel() {
        let newest = scene.pipeline.executions.values().rev();
        return newest
            .filter(|execution| execution.version == scene.pipeline.version())
            .find_map(|execution| counting(execution, stage, place));
    }
    let state = scene.pipeline.stages.get(usize::from(stage))?;
    let (number, index) = state.conditions.at(place)?;
    let execution = scene.pipeline.executions.get(&number)?;
    Some((execution, index, execution.conditions.get(index as usize)?))
}

/// The evaluation that counts for an execution, by a stage of its own version.
pub fn counting(
    execution: &Execution,
    stage: u16,
    place: ConditionPlace,
) -> Option<Evaluation<'_>> {
    let (index, run) = execution.counting_condition(stage, place)?;
    Some((execution, index, run))
}

fn boxed(
    scene: &Scene,
    rule: &RuleDeclaration,
    caption: &str,
    place: ConditionPlace,
    shown: Option<Evaluation>,
) -> ActionView {
    let (state, tile) = rule_state(scene, &rule.name, place, shown);
    let provider = catalogue::display_name(&rule.rule_type_id.provider);
    let owner = shown
        .filter(|_| tile != Tile::None)
        .map(|(execution, ..)| scene.token(execution.number));
    let letter = owner.as_ref().map(|owner| owner.letter.as_str());
    ActionView {
        name: rule.name.clone(),
        provider: provider.to_owned(),
        label: words::label(&rule.name, provider, &state.word, caption, letter),
        owner,
        state,
        tile,
        progress: None,
        behaviour: None,
        approval: None,
        jobs: None,
        selected: false,
    }
}

/// What a rule found or does, by its name: the evaluation may be one of an older version.
pub fn rule_state(
    scene: &Scene,
    name: &str,
    place: ConditionPlace,
    shown: Option<Evaluation>,
) -> (StateView, Tile) {
    let not_asked = || {
        (
            view(Role::Gone, Icon::NotStarted, words::NOT_ASKED),
            Tile::None,
        )
    };
    let Some((execution, index, run)) = shown else {
        return not_asked();
    };
    let plan = scene.pipeline.plan(execution.version);
    let mut of_rule = execution.rules_of(index).filter(|(_, record)| {
        plan.rule(run.stage, place, record.rule)
            .is_some_and(|rule| rule.name == name)
    });
    let Some((ordinal, record)) = of_rule.next_back() else {
        return not_asked();
    };
    let overridden = run.status == ConditionExecutionStatus::Overridden;
    match record.status {
        RuleExecutionStatus::InProgress => under_way(scene, execution, ordinal),
        RuleExecutionStatus::Succeeded => {
            let span = time::exact(record.updated.since(record.started));
            (
                view(Role::Ok, Icon::Succeeded, words::passed(&span)),
                Tile::Plain,
            )
        }
        RuleExecutionStatus::Failed | RuleExecutionStatus::Abandoned if overridden => (
            view(Role::Gone, Icon::Overridden, words::OVERRIDDEN),
            Tile::Plain,
        ),
        RuleExecutionStatus::Failed => (view(Role::Fail, Icon::Failed, states::FAILED), Tile::Fail),
        RuleExecutionStatus::Abandoned => (
            view(Role::Gone, Icon::Abandoned, states::ABANDONED),
            Tile::Plain,
        ),
    }
}

/// A running rule: what it waits for.
fn under_way(scene: &Scene, execution: &Execution, ordinal: u32) -> (StateView, Tile) {
    let told = scene.told(execution);
    let found = told
        .as_ref()
        .and_then(|told| match &told.explanation.situation {
            Situation::Inside(stay) => stay.rules.iter().find(|rule| rule.ordinal == ordinal),
            _ => None,
        });
    let Some(rule) = found else {
        return (view(Role::Run, Icon::Running, states::RUNNING), Tile::Run);
    };
    match (&rule.work, rule.until) {
        (RuleWork::Held, _) => (view(Role::Person, Icon::Person, states::HELD), Tile::Person),
        (RuleWork::Hanging, _) => (view(Role::Run, Icon::Running, states::HANGING), Tile::Run),
        (RuleWork::Window, Some(until)) => (
            view(
                Role::Wait,
                Icon::Clock,
                words::opens(&soon(scene, until.at)),
            ),
            Tile::Wait,
        ),
        (RuleWork::Alarm { .. }, until) => {
            let word = until.map(|until| words::until(&soon(scene, until.at)));
            let word = word.unwrap_or_else(|| words::WATCHES.to_owned());
            (view(Role::Wait, Icon::Bell, word), Tile::Wait)
        }
        (RuleWork::Window | RuleWork::Running, _) => {
            (view(Role::Run, Icon::Running, states::RUNNING), Tile::Run)
        }
    }
}

/// The time of day alone where that can mean only one: there is little room in a box.
fn soon(scene: &Scene, at: Instant) -> String {
    if at.since(scene.now) < DAY {
        time::clock(at)
    } else {
        scene.when(at)
    }
}

fn view(role: Role, icon: Icon, word: impl Into<String>) -> StateView {
    StateView {
        role,
        icon,
        word: word.into(),
    }
}
