//! Facts about conditions and their rules become the case.

use crate::{
    engine::{
        fact::{Event, Fact},
        ids::RuleExecutionId,
        world::{
            Due, World,
            condition::{ConditionRun, RuleRun},
            execution::{Ending, Execution},
            plan::Plan,
        },
    },
    model::{ConditionExecutionStatus, ExecutionMode, RuleExecutionStatus},
};

/// Whether a fact about a condition or a rule can be made the case; every other fact can.
pub(super) fn fits(event: &Event, execution: &Execution, plan: &Plan) -> bool {
    let running = |ordinal: u32| {
        let rule = execution.rules.get(ordinal as usize);
        rule.is_some_and(RuleRun::running)
    };
    match event {
        Event::ConditionStarted {
            stage,
            place,
            condition,
            ..
        } => {
            execution.inside() == Some(*stage)
                && plan.condition(*stage, *place).is_some()
                && *condition as usize == execution.conditions.len()
                && execution.running_condition().is_none()
        }
        Event::ConditionEnded { condition, .. } => {
            let mut rules = execution.rules_of(*condition);
            (*condition as usize) < execution.conditions.len()
                && !rules.any(|(_, rule)| rule.running())
        }
        // Nothing goes past a condition that is being evaluated.
        Event::StageEnded { .. } | Event::ExecutionEnded { .. } => {
            execution.running_condition().is_none()
        }
        Event::RuleStarted {
            condition,
            rule,
            ordinal,
            ..
        } => {
            let evaluation = execution.conditions.get(*condition as usize);
            evaluation.is_some_and(|run| {
                run.running() && plan.rule(run.stage, run.place, *rule).is_some()
            }) && *ordinal as usize == execution.rules.len()
        }
        Event::RuleReplanned { ordinal, .. } | Event::RuleEnded { ordinal, .. } => {
            running(*ordinal)
        }
        _ => true,
    }
}

impl World {
    pub(super) fn apply_to_condition(&mut self, fact: &Fact) {
        let at = fact.at;
        match &fact.event {
            Event::ConditionStarted {
                execution,
                stage,
                place,
                condition,
            } => {
                let pipeline = self.pipeline_mut(execution.pipeline);
                let record = pipeline.record(execution.number);
                record.conditions.push(ConditionRun {
                    stage: *stage,
                    place: *place,
                    started: at,
                    updated: at,
                    status: ConditionExecutionStatus::InProgress,
                    dismissed: false,
                });
                let (version, mode) = (record.version, record.mode);
                if version == pipeline.version()
                    && mode != ExecutionMode::Parallel
                    && let Some(state) = pipeline.state_mut(version, *stage)
                {
                    state.conditions.put(*place, (execution.number, *condition));
                }
            }
            Event::ConditionEnded {
                execution,
                condition,
                status,
                ..
            } => {
                let record = self
                    .pipeline_mut(execution.pipeline)
                    .record(execution.number);
                if let Some(run) = record.conditions.get_mut(*condition as usize) {
                    run.status = *status;
                    run.updated = at;
                }
            }
            Event::RuleStarted {
                execution,
                condition,
                rule,
                ordinal,
                deadline,
                resolved,
            } => {
                let record = self
                    .pipeline_mut(execution.pipeline)
                    .record(execution.number);
                record.rules.push(RuleRun {
                    condition: *condition,
                    rule: *rule,
                    started: at,
                    updated: at,
                    status: RuleExecutionStatus::InProgress,
                    deadline: *deadline,
                    order: fact.sequence,
                    watching: false,
                    resolved: resolved.clone(),
                    ending: Ending::default(),
                });
                let due = Due::Rule(RuleExecutionId {
                    execution: *execution,
                    ordinal: *ordinal,
                });
                self.schedule(due, *deadline, fact.sequence);
            }
            Event::RuleReplanned {
                execution,
                ordinal,
                deadline,
                watching,
            } => {
                let id = RuleExecutionId {
                    execution: *execution,
                    ordinal: *ordinal,
                };
                let rule = self.rule_mut(id);
                let before = std::mem::replace(&mut rule.deadline, *deadline);
                let order = std::mem::replace(&mut rule.order, fact.sequence);
                rule.watching = *watching;
                self.unschedule(Due::Rule(id), before, order);
                self.schedule(Due::Rule(id), *deadline, fact.sequence);
            }
            Event::RuleEnded {
                execution,
                ordinal,
                status,
                ending,
            } => {
                let id = RuleExecutionId {
                    execution: *execution,
                    ordinal: *ordinal,
                };
                let rule = self.rule_mut(id);
                let deadline = rule.deadline.take();
                let order = std::mem::take(&mut rule.order);
                rule.status = *status;
                rule.updated = at;
                rule.watching = false;
                rule.ending = Ending::clone(ending);
                self.unschedule(Due::Rule(id), deadline, order);
            }
            _ => {}
        }
    }

    #[expect(
        clippy::expect_used,
        reason = "a fact about a rule execution that does not exist is a bug and must be loud"
    )]
    fn rule_mut(&mut self, id: RuleExecutionId) -> &mut RuleRun {
        self.pipeline_mut(id.execution.pipeline)
            .record(id.execution.number)
            .rules
            .get_mut(id.ordinal as usize)
            .expect("the fact names a rule execution that exists")
    }
}
