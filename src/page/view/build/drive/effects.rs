//! What would happen, told from the facts of a rehearsal: who enters, who is superseded, what is cut off.

use super::effect;
use crate::{
    engine::{
        Rehearsal,
        fact::Event,
        ids::ExecutionId,
        reason::Reason,
        world::{World, execution::Execution},
    },
    model::{
        ActionExecutionStatus, ConditionExecutionStatus, ExecutionMode, PipelineExecutionStatus,
    },
    page::{
        text::{drive as text, fact::conditions},
        view::{
            EffectView, Icon, Role, Token,
            build::{scene::Scene, tokens},
        },
    },
};

/// Of more than this the rest is counted.
const MOST: usize = 8;

/// The facts of a rehearsal as sentences, in order.
pub fn told(scene: &Scene, rehearsal: &Rehearsal) -> Vec<EffectView> {
    let teller = Teller {
        scene,
        world: rehearsal.world(),
        retried: rehearsal
            .facts
            .iter()
            .any(|fact| matches!(fact.event, Event::StageRetried { .. })),
    };
    let mut said: Vec<EffectView> = vec![];
    let mut cut = vec![];
    for fact in &rehearsal.facts {
        if let Event::ActionEnded {
            execution,
            ordinal,
            status: ActionExecutionStatus::Abandoned,
            ..
        } = &fact.event
        {
            cut.extend(teller.action(*execution, *ordinal));
            continue;
        }
        if !cut.is_empty() {
            said.push(signed(
                Role::Gone,
                Icon::Abandoned,
                text::effect::cut_off(&cut),
            ));
            cut.clear();
        }
        said.extend(teller.effect(&fact.event));
    }
    if said.len() > MOST {
        let rest = said.len() - MOST;
        said.truncate(MOST);
        said.push(effect(text::effect::more(rest)));
    }
    said
}

fn signed(role: Role, icon: Icon, text: String) -> EffectView {
    EffectView {
        sign: Some((role, icon)),
        ..effect(text)
    }
}

struct Teller<'a> {
    scene: &'a Scene<'a>,
    world: &'a World,
    retried: bool,
}

impl Teller<'_> {
    fn effect(&self, event: &Event) -> Option<EffectView> {
        use text::effect as words;
        Some(match event {
            Event::ExecutionStarted(start) => {
                let id = start.execution;
                let who = super::super::letter(id.number);
                let text = match &start.rollback {
                    Some(rollback) => words::rolls_back(
                        &who,
                        &self.stage(id, rollback.stage),
                        &super::super::letter(rollback.target),
                    ),
                    None => words::starts(&who),
                };
                self.of(id, Role::Run, Icon::Running, text)
            }
            // Where a rollback starts is said already.
            Event::StageEntered { execution, .. } if self.rolls_back(*execution) => return None,
            Event::StageEntered { execution, stage } => {
                let text = words::enters(&self.who(*execution), &self.stage(*execution, *stage));
                self.of(*execution, Role::Run, Icon::Lock, text)
            }
            Event::ExecutionWaits {
                execution, stage, ..
            } => {
                let text = words::waits(&self.who(*execution), &self.stage(*execution, *stage));
                self.of(*execution, Role::Wait, Icon::Hourglass, text)
            }
            Event::ExecutionResumed { execution, stage } => {
                let text = words::resumes(&self.who(*execution), &self.stage(*execution, *stage));
                self.of(*execution, Role::Run, Icon::Running, text)
            }
            Event::StageRetried {
                execution, stage, ..
            } => {
                let (who, stage) = (self.who(*execution), self.stage(*execution, *stage));
                let parallel = |one: &Execution| Some(one.mode == ExecutionMode::Parallel);
                let text = if self.execution(*execution, parallel) == Some(true) {
                    words::resumes(&who, &stage)
                } else {
                    words::retried(&who, &stage)
                };
                self.of(*execution, Role::Run, Icon::Retrying, text)
            }
            Event::ActionStarted {
                execution,
                stage,
                ordinal,
                ..
            } if self.retried => {
                let action = self.action(*execution, *ordinal)?;
                signed(
                    Role::Run,
                    Icon::Retrying,
                    words::run(&[action], &self.stage(*execution, *stage)),
                )
            }
            Event::ConditionStarted {
                execution: _,
                place,
                ..
            } => signed(
                Role::Wait,
                Icon::Hourglass,
                words::asked_first(conditions::place(*place)),
            ),
            Event::ConditionEnded {
                execution,
                condition,
                status,
                ..
            } => {
                let place = self.execution(*execution, |one| {
                    one.conditions
                        .get(*condition as usize)
                        .map(|run| conditions::place(run.place))
                })?;
                let who = self.who(*execution);
                match status {
                    ConditionExecutionStatus::Abandoned | ConditionExecutionStatus::Cancelled => {
                        signed(Role::Gone, Icon::Abandoned, words::condition_cut_off(place))
                    }
                    ConditionExecutionStatus::Failed | ConditionExecutionStatus::Errored => self
                        .of(
                            *execution,
                            Role::Fail,
                            Icon::Failed,
                            words::condition_fails(&who, place),
                        ),
                    _ => self.of(
                        *execution,
                        Role::Ok,
                        Icon::Succeeded,
                        words::passes(&who, place),
                    ),
                }
            }
            Event::ExecutionEnded {
                execution,
                status,
                reason,
            } => self.ended(*execution, *status, reason),
            _ => return None,
        })
    }

    fn ended(
        &self,
        id: ExecutionId,
        status: PipelineExecutionStatus,
        reason: &Reason,
    ) -> EffectView {
        use text::effect as words;
        let who = self.who(id);
        let (role, icon, text) = match (status, reason) {
            (PipelineExecutionStatus::Superseded, Reason::SupersededBy { by }) => (
                Role::Gone,
                Icon::Superseded,
                words::superseded(&who, &super::super::letter(*by)),
            ),
            (PipelineExecutionStatus::Stopped, _) => {
                (Role::Gone, Icon::Stopped, words::stopped(&who))
            }
            (PipelineExecutionStatus::Succeeded, _) => {
                (Role::Ok, Icon::Succeeded, words::succeeds(&who))
            }
            (PipelineExecutionStatus::Failed, _) => (Role::Fail, Icon::Failed, words::fails(&who)),
            _ => (Role::Gone, Icon::Cancelled, words::cancelled(&who)),
        };
        self.of(id, role, icon, text)
    }

    /// Something that happens to an execution; one of another pipeline is told with its name.
    fn of(&self, id: ExecutionId, role: Role, icon: Icon, said: String) -> EffectView {
        let here = id.pipeline == self.scene.pipeline.id;
        let name = self.world.pipelines.get(&id.pipeline).map(|one| one.name());
        EffectView {
            token: here.then(|| Token {
                rollback: self.rolls_back(id),
                ..tokens::token(self.scene.key(), id)
            }),
            ..signed(
                role,
                icon,
                match name.filter(|_| !here) {
                    Some(name) => text::elsewhere(name, &said),
                    None => said,
                },
            )
        }
    }

    fn rolls_back(&self, id: ExecutionId) -> bool {
        self.execution(id, |one| Some(one.rollback.is_some())) == Some(true)
    }

    fn who(&self, id: ExecutionId) -> String {
        super::super::letter(id.number)
    }

    fn execution<T>(&self, id: ExecutionId, read: impl Fn(&Execution) -> Option<T>) -> Option<T> {
        let pipeline = self.world.pipelines.get(&id.pipeline)?;
        read(&*pipeline.execution(id.number)?)
    }

    fn stage(&self, id: ExecutionId, stage: u16) -> String {
        let pipeline = self.world.pipelines.get(&id.pipeline);
        let version = self.execution(id, |one| Some(one.version));
        pipeline
            .zip(version)
            .and_then(|(pipeline, version)| {
                let plan = pipeline.plan(version);
                plan.declaration.stages.get(usize::from(stage))
            })
            .map(|stage| stage.name.clone())
            .unwrap_or_default()
    }

    fn action(&self, id: ExecutionId, ordinal: u32) -> Option<String> {
        let pipeline = self.world.pipelines.get(&id.pipeline)?;
        let (version, stage, action) = self.execution(id, |one| {
            let record = one.actions.get(ordinal as usize)?;
            Some((one.version, record.stage, record.action))
        })?;
        let declared = pipeline.plan(version);
        let stage = declared.declaration.stages.get(usize::from(stage))?;
        Some(stage.actions.get(usize::from(action))?.name.clone())
    }
}
