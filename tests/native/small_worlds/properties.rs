//! What holds of every state, of every move, and of every fact in between: over and above the invariants of the engine,
//! which know one pipeline after one fact, what only holds at rest or needs the world before.

use codepipeline_simulator::{
    engine::{
        explain::{Situation, explain},
        fact::{Event, Fact},
        ids::ExecutionId,
        invariants,
        reason::Reason,
        world::{
            World,
            execution::{Execution, Position},
            pipeline::{Pipeline, StageState},
        },
    },
    model::{ActionExecutionStatus, ExecutionMode, PipelineExecutionStatus},
};

use super::moves::{Move, shop};

type Held = Result<(), String>;

fn require(holds: bool, what: impl FnOnce() -> String) -> Held {
    if holds { Ok(()) } else { Err(what()) }
}

/// What holds at rest.
///
/// # Errors
/// What does not.
pub fn state(world: &World) -> Held {
    invariants::check(world)?;
    let due = world.next_due();
    require(
        due.is_none_or(|(deadline, _)| deadline.at > world.now),
        || "what is due has not happened".to_owned(),
    )?;
    let shop = shop(world);
    for (state, index) in shop.stages.iter().zip(0_u16..) {
        stage(shop, state, index).map_err(|what| format!("stage {index}: {what}"))?;
    }
    let mut planned = 0;
    for execution in shop.executions.values() {
        let number = execution.number;
        let wrong = |what: String| format!("execution {number}: {what}");
        if execution.active() {
            planned += active(shop, execution).map_err(wrong)?;
        }
        explained(world, shop, execution).map_err(wrong)?;
        let once = execution
            .stages
            .iter()
            .all(|run| run.retries.automatic <= 1);
        require(once, || {
            wrong("RE-14: it was retried by itself more than once".to_owned())
        })?;
    }
    require(planned == world.due().count(), || {
        format!(
            "{planned} deadlines belong to somebody, {} are on the agenda",
            world.due().count()
        )
    })
}

fn of_stage<'a>(shop: &'a Pipeline, index: u16) -> impl Fn(&Execution, u16) -> bool + 'a {
    move |execution, stage| shop.current_stage(execution.version, stage) == Some(index)
}

/// Locks and queues.
fn stage(shop: &Pipeline, state: &StageState, index: u16) -> Held {
    let here = of_stage(shop, index);
    let locks = |execution: &&Execution| execution.mode != ExecutionMode::Parallel;
    let inside: Vec<u32> = shop
        .executions
        .values()
        .map(Box::as_ref)
        .filter(locks)
        .filter(|execution| {
            execution.active()
                && execution
                    .inside()
                    .is_some_and(|stage| here(execution, stage))
        })
        .map(|execution| execution.number)
        .collect();
    require(inside == Vec::from_iter(state.holder), || {
        format!(
            "MO-2: {inside:?} are inside and {:?} holds the lock",
            state.holder
        )
    })?;
    let waiting = |execution: &&Execution| {
        execution.active()
            && matches!(execution.position, Position::Boundary { stage, .. } if here(execution, stage))
    };
    let mut in_front: Vec<u32> = shop
        .executions
        .values()
        .map(Box::as_ref)
        .filter(waiting)
        .map(|execution| execution.number)
        .collect();
    let mut line = Vec::from_iter(state.waiting.iter().copied());
    if shop.current().plan.mode == ExecutionMode::Superseded {
        require(line.len() <= 1, || format!("MO-9: {line:?} wait"))?;
    }
    // MO-4: whoever may go on does.
    let closed = state.transition.disabled.is_some();
    let may = |number: &u32| {
        shop.executions
            .get(number)
            .is_some_and(|execution| !execution.inert())
    };
    let head = line.iter().find(|number| may(number));
    require(head.is_none() || closed || state.holder.is_some(), || {
        format!("MO-4: {head:?} waits for nothing")
    })?;
    in_front.sort_unstable();
    line.sort_unstable();
    require(in_front == line, || {
        format!("{in_front:?} stand in front and {line:?} are in line")
    })?;
    for number in &line {
        let execution = &shop.executions[number];
        let parallel = execution.mode == ExecutionMode::Parallel;
        require(!parallel || closed || execution.inert(), || {
            format!("PA-1: {number} waits for nothing")
        })?;
        require(execution.mode == shop.current().plan.mode, || {
            format!("MO-6: {number} waits in another mode's line")
        })?;
        require(execution.version == shop.version() || parallel, || {
            format!("UP-3: {number} still waits")
        })?;
    }
    let newest = shop
        .executions
        .values()
        .rev()
        .find(|execution| shop.can_be_gone_back_to(execution, index));
    require(
        state.succeeded == newest.map(|execution| execution.number),
        || {
            format!(
                "RB-13: {:?} would be gone back to, not {:?}",
                state.succeeded,
                newest.map(|one| one.number)
            )
        },
    )
}

/// Whoever is inside a stage can get out: something runs, and it ends. Answers how many deadlines are its own.
fn active(shop: &Pipeline, execution: &Execution) -> Result<usize, String> {
    let actions = execution.actions.iter().filter(|action| action.running());
    let rules = execution.rules.iter().filter(|rule| rule.running());
    let own = actions.clone().count() + rules.clone().count();
    let timed = actions.clone().all(|action| action.deadline.is_some())
        && rules.clone().all(|rule| rule.deadline.is_some());
    require(timed, || "TO-1: something runs that never ends".to_owned())?;
    let inside = execution.inside().is_some();
    require(!inside || own > 0, || {
        "it is inside a stage and nothing in it can end".to_owned()
    })?;
    require(inside || own == 0, || {
        "it waits in front of a stage and does something".to_owned()
    })?;
    require(
        execution.running_condition().is_some() == (rules.count() > 0),
        || "a condition without rules, or rules without a condition".to_owned(),
    )?;
    let stopping = execution.status == PipelineExecutionStatus::Stopping;
    require(stopping == execution.stop.is_some(), || {
        "LC-5: half stopped".to_owned()
    })?;
    require(!stopping || inside, || {
        "SP-5: it is Stopping where nothing runs".to_owned()
    })?;
    let abandoned = execution.stop.as_ref().is_some_and(|stop| stop.abandon);
    require(!abandoned, || {
        "SP-4: it was abandoned and is still there".to_owned()
    })?;
    let old = execution.version != shop.version() && execution.mode != ExecutionMode::Parallel;
    require(!old || stopping || execution.cancelled_by.is_some(), || {
        "UP-3: it goes on in a version that is gone".to_owned()
    })?;
    Ok(own)
}

/// "Why?" has an answer.
fn explained(world: &World, shop: &Pipeline, execution: &Execution) -> Held {
    let id = ExecutionId {
        pipeline: shop.id,
        number: execution.number,
    };
    let explanation = explain(world, id).ok_or("nobody knows why it is there")?;
    require(
        !explanation.rule.is_empty() && explanation.since <= world.now,
        || format!("{explanation:?}"),
    )?;
    let vague = matches!(
        explanation.situation,
        Situation::Passing { .. } | Situation::Unrecorded { .. }
    );
    require(!vague, || format!("{explanation:?}"))?;
    let said = !explanation.ends.is_empty() || execution.inert();
    require(said || !execution.active(), || {
        format!("nothing would end it: {explanation:?}")
    })
}

/// What holds of one move and the facts that it made. Answers the world that the facts alone lead to.
///
/// # Errors
/// What does not hold.
pub fn step(before: &World, one: Move, facts: &[Fact], after: &World) -> Result<World, String> {
    let mut world = before.clone();
    for fact in facts {
        happens(&world, fact)?;
        world.apply(fact);
    }
    for execution in shop(before).executions.values() {
        let number = execution.number;
        let now = shop(after).executions.get(&number).ok_or("it is gone")?;
        let same = now == execution;
        match execution.status {
            PipelineExecutionStatus::Superseded
            | PipelineExecutionStatus::Succeeded
            | PipelineExecutionStatus::Cancelled => {
                require(same, || format!("LC-8: {number} has changed since its end"))?;
            }
            PipelineExecutionStatus::Failed | PipelineExecutionStatus::Stopped => {
                let asked =
                    matches!(one, Move::Retry(own, ..) | Move::Override(own, ..) if own == number);
                require(same || asked, || {
                    format!("LC-7: {number} has changed and nobody retried it")
                })?;
            }
            _ => {}
        }
    }
    outcome(before, one, facts, after)?;
    Ok(world)
}

/// What a move is for.
fn outcome(before: &World, one: Move, facts: &[Fact], after: &World) -> Held {
    let (before, after) = (shop(before), shop(after));
    let started = after.started - before.started;
    match one {
        Move::Start => require(started == 1, || "LC-1: one execution starts".to_owned()),
        Move::RollBack(_, stage) => {
            let holder = after.stages[usize::from(stage)].holder;
            require(started == 1 && holder == Some(after.started), || {
                "RB-8: it has the lock at once".to_owned()
            })
        }
        // What follows may be anything: a stage in which nothing is left to be repeated goes on from there (RE-5).
        Move::Retry(number, ..) => {
            let first = facts.first().map(|fact| &fact.event);
            let again = matches!(first, Some(Event::StageRetried { execution, .. }) if execution.number == number);
            require(started == 0 && again, || {
                "RE-9: it is inside again at once".to_owned()
            })
        }
        Move::Stop(number, abandon) => {
            let status = after.executions[&number].status;
            let over = status == PipelineExecutionStatus::Stopped;
            let on_its_way = !abandon && status == PipelineExecutionStatus::Stopping;
            require(over || on_its_way, || {
                format!("LC-5: it was stopped and is {status}")
            })
        }
        Move::Update(_) => {
            let waited = before.executions.values().filter(|execution| {
                let waits =
                    matches!(execution.position, Position::Boundary { .. }) && execution.active();
                waits && execution.mode != ExecutionMode::Parallel
            });
            for execution in waited {
                let status = after.executions[&execution.number].status;
                require(status == PipelineExecutionStatus::Cancelled, || {
                    format!("UP-3: one that waited is {status}")
                })?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// What holds of a fact in the world in which it becomes the case.
fn happens(world: &World, fact: &Fact) -> Held {
    let shop = shop(world);
    match &fact.event {
        Event::StageEntered { execution, stage } => {
            enters(shop, &shop.executions[&execution.number], *stage)
        }
        Event::ExecutionWaits {
            execution,
            stage,
            reason,
        } => {
            let execution = &shop.executions[&execution.number];
            let Some(state) = shop.stage_state(execution.version, *stage) else {
                return Err("it waits in front of a stage that is gone".to_owned());
            };
            let held = match reason {
                Reason::TransitionDisabled { .. } => state.transition.disabled.is_some(),
                Reason::LockHeld { by } => state.holder == Some(*by) && *by != execution.number,
                Reason::BehindOthers { ahead } => state.waiting.contains(ahead),
                _ => false,
            };
            require(held, || {
                format!(
                    "{} waits for a reason that is none: {reason:?}",
                    execution.number
                )
            })
        }
        Event::ExecutionEnded {
            execution,
            status: PipelineExecutionStatus::Superseded,
            reason,
        } => {
            let Reason::SupersededBy { by } = reason else {
                return Err(format!("SU-1: superseded by nobody, {reason:?}"));
            };
            let (loser, winner) = (&shop.executions[&execution.number], &shop.executions[by]);
            let between = |one: &Execution| match one.position {
                Position::Boundary { stage, .. } => Some(stage),
                _ => None,
            };
            let fair = between(loser).is_some()
                && between(loser) == between(winner)
                && winner.number > loser.number
                && loser.mode == ExecutionMode::Superseded
                && winner.rollback.is_none();
            require(fair, || {
                format!("SU-1, SU-2: {} was superseded by {by}", loser.number)
            })
        }
        Event::ActionStarted { execution, .. } | Event::ConditionStarted { execution, .. } => {
            let execution = &shop.executions[&execution.number];
            let asked = matches!(fact.event, Event::ConditionStarted { .. });
            require(!asked || execution.rollback.is_none(), || {
                format!(
                    "RB-9: the rollback {} is held to a condition",
                    execution.number
                )
            })?;
            let free = execution.status == PipelineExecutionStatus::InProgress
                && execution.cancelled_by.is_none();
            require(free, || {
                format!("SP-2, UP-3: {} begins something new", execution.number)
            })
        }
        Event::ActionEnded {
            execution, ordinal, ..
        } => {
            let action = &shop.executions[&execution.number].actions[*ordinal as usize];
            require(action.status == ActionExecutionStatus::InProgress, || {
                "LC-17: an action that is over ends".to_owned()
            })
        }
        _ => Ok(()),
    }
}

/// MO-2, QU-1, TR-3: who may enter a stage.
fn enters(shop: &Pipeline, execution: &Execution, stage: u16) -> Held {
    let number = execution.number;
    let Some(state) = shop.stage_state(execution.version, stage) else {
        return Ok(());
    };
    if execution.mode == ExecutionMode::Parallel {
        let leftover = shop.current().plan.mode != ExecutionMode::Parallel;
        let open = state.transition.disabled.is_none();
        return require(open || leftover, || {
            format!("TR-3: {number} enters past a closed gate")
        });
    }
    require(state.holder.is_none(), || {
        format!("MO-2: {number} enters and {:?} is inside", state.holder)
    })?;
    if execution.rollback.is_some() {
        return Ok(());
    }
    require(state.transition.disabled.is_none(), || {
        format!("TR-3: {number} enters past a closed gate")
    })?;
    let overtaken = state.waiting.iter().find(|waiting| {
        let other = &shop.executions[*waiting];
        **waiting < number && other.active() && !other.inert()
    });
    require(overtaken.is_none(), || {
        format!("QU-1: {number} overtakes {overtaken:?}")
    })
}
