//! The answer to "why?": the engine's explanation as a headline of signs and names, a few sentences, at most two
//! things to press, and the rule.
//!
//! One function per family of situations; each says which sentences are told and in which order, and no word.

mod conditions;
mod ended;
mod inside;
mod waiting;

use super::{chain::chain, scene::Scene};
use crate::{
    engine::{
        explain::{Explanation, Risk, Situation, UnderWay},
        sentences,
        world::execution::Execution,
    },
    model::ExecutionMode,
    page::{
        command::Command,
        text::why as words,
        view::{ChainPart, Icon, Selection, WhyView},
    },
};

/// The answer for an execution; `None` where nothing needs a reason, which is a success.
pub fn why(scene: &Scene, execution: &Execution, explanation: &Explanation) -> Option<WhyView> {
    let subject = Subject {
        scene,
        execution,
        explanation,
    };
    let answer = match &explanation.situation {
        Situation::Inside(stay) => inside::answer(&subject, stay),
        Situation::Lock { stage, holder } => waiting::lock(&subject, *stage, holder),
        Situation::Gate { stage, gate } => waiting::gate(&subject, *stage, gate),
        Situation::GateAndLock {
            stage,
            gate,
            holder,
        } => waiting::gate_and_lock(&subject, *stage, gate, holder),
        Situation::InLine {
            stage,
            ahead,
            gate,
            holder,
        } => waiting::in_line(&subject, *stage, ahead, gate.is_some(), holder.as_ref()),
        Situation::Inert { stage } => waiting::inert(&subject, *stage),
        Situation::Passing { stage } => waiting::passing(&subject, *stage),
        Situation::Superseded { by, boundary } => ended::superseded(&subject, *by, *boundary),
        Situation::Failed {
            stage,
            failure,
            rolled_back_by,
            followed_by,
        } => ended::failed(
            &subject,
            *stage,
            failure.as_ref(),
            *rolled_back_by,
            *followed_by,
        ),
        Situation::Refused(refusal) => ended::refused(&subject, refusal),
        Situation::Stopped {
            left,
            abandon,
            reason,
        } => ended::stopped_by_hand(&subject, *left, *abandon, reason.as_deref()),
        Situation::Cancelled { version, left } => ended::cancelled(&subject, *version, *left),
        Situation::Unrecorded { .. } => ended::unrecorded(&subject),
        Situation::RolledBack { stage, target } => ended::rolled_back(&subject, *stage, *target),
        Situation::Succeeded => return None,
    };
    Some(WhyView {
        chain: chain(answer.headline, answer.places),
        text: answer.sentences.join(" "),
        actions: answer.actions,
        rule: (
            sentences::sentence(explanation.rule)
                .unwrap_or_default()
                .to_owned(),
            explanation.rule.to_owned(),
        ),
    })
}

/// What is said of a situation, before it is put together.
struct Answer {
    headline: &'static str,
    places: Vec<(&'static str, ChainPart)>,
    sentences: Vec<String>,
    actions: Vec<(String, Command)>,
}

/// Whose situation it is.
struct Subject<'a> {
    scene: &'a Scene<'a>,
    execution: &'a Execution,
    explanation: &'a Explanation,
}

impl Subject<'_> {
    /// Its letter.
    fn who(&self) -> String {
        super::letter(self.execution.number)
    }

    /// Its sign, as a place of a headline.
    fn sign(&self) -> (&'static str, ChainPart) {
        ("who", ChainPart::Token(self.scene.standing(self.execution)))
    }

    /// Another execution's sign.
    fn token(&self, number: u32) -> ChainPart {
        ChainPart::Token(self.scene.token(number))
    }

    fn stage(&self, stage: u16) -> String {
        self.scene.stage_name(self.execution, stage)
    }

    /// What can be pressed to see another execution.
    fn show(&self, number: u32) -> (String, Command) {
        let uuid = self.scene.key().execution(self.scene.id(number));
        (
            words::press::show(&super::letter(number)),
            Command::Select(Selection::Execution(uuid)),
        )
    }

    /// Whether a newer execution may still take its place.
    fn may_be_superseded(&self) -> bool {
        self.explanation
            .risks
            .iter()
            .any(|risk| matches!(risk, Risk::Superseded { .. }))
    }
}

/// A name with its icon.
fn thing(icon: Icon, name: impl Into<String>) -> ChainPart {
    ChainPart::Thing(icon, name.into())
}

/// The name of a running action of an execution.
fn action_name(scene: &Scene, execution: &Execution, stage: u16, action: &UnderWay) -> String {
    scene.action_name(execution, stage, action.action)
}

/// What brings a person to an action: the page answers approvals and decides held actions there. In PARALLEL mode a
/// tile shows the newest execution, so another one's turn is found with that execution.
fn select_action(scene: &Scene, execution: &Execution, stage: u16, action: u16) -> Command {
    if execution.mode == ExecutionMode::Parallel {
        return Command::Select(Selection::Execution(
            scene.key().execution(scene.id(execution.number)),
        ));
    }
    let stage_name = scene.stage_name(execution, stage);
    Command::Select(Selection::Action(
        stage_name,
        scene.action_name(execution, stage, action),
    ))
}

/// What lets a person answer an approval: the page opens the question where the action stands.
fn ask_approval(scene: &Scene, execution: &Execution, stage: u16, action: u16) -> Command {
    match select_action(scene, execution, stage, action) {
        Command::Select(Selection::Action(stage, action)) => Command::AskApproval { stage, action },
        elsewhere => elsewhere,
    }
}
