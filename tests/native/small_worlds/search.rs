//! The enumeration: breadth-first, so that what it finds is reached by as few moves as can be.

use std::{
    collections::BTreeSet,
    fmt::Write,
    panic::{AssertUnwindSafe, catch_unwind},
    time::Instant,
};

use codepipeline_simulator::engine::{
    Engine,
    behavior::{Behavior, DurationRange, Outcome, Scope},
    control::Control,
    time::SECOND,
    world::Options,
};
use serde_json::json;

use super::{
    cases::{Case, DEPTH, Extent},
    form::{form, form_for_update},
    moves::{Move, moves, perform, shop},
    properties,
};

/// Of so many states, one is also asked for everything that it has to refuse, and let run out; and of so many moves, one is
/// compared with what its facts alone lead to.
const THOROUGH: usize = 64;

/// What an enumeration came to.
#[derive(Debug)]
pub struct Counted {
    pub states: usize,
    pub moves: usize,
    pub refused: usize,
    /// The depth at which nothing new was found; `None` where the enumeration ended before.
    pub closed: Option<usize>,
}

/// How a state was reached.
struct Node {
    from: usize,
    by: Option<Move>,
}

fn path(nodes: &[Node], mut node: usize, last: Option<Move>) -> String {
    let mut moves: Vec<Move> = last.into_iter().collect();
    while let Some(by) = nodes[node].by {
        moves.push(by);
        node = nodes[node].from;
    }
    let mut text = String::new();
    for (index, one) in moves.iter().rev().enumerate() {
        let _ = write!(text, "\n{:>4}. {one}", index + 1);
    }
    text
}

fn begin(case: &Case) -> Engine {
    let mut engine = Engine::new(Options::default());
    let now = engine.world().now;
    let held = |category: &str, provider: &str| Control::SetBehavior {
        scope: Scope::Provider {
            category: category.to_owned(),
            owner: "AWS".to_owned(),
            provider: provider.to_owned(),
        },
        behavior: Some(Behavior {
            outcome: Some(Outcome::Hold),
            ..Behavior::default()
        }),
    };
    let quick = Control::SetBehavior {
        scope: Scope::Provider {
            category: "Rule".to_owned(),
            owner: "AWS".to_owned(),
            provider: "LambdaInvoke".to_owned(),
        },
        behavior: Some(Behavior {
            duration: Some(DurationRange {
                min: SECOND,
                max: SECOND,
            }),
            ..Behavior::default()
        }),
    };
    for control in [
        held("Source", "CodeCommit"),
        held("Build", "CodeBuild"),
        quick,
    ] {
        engine.control(control, now).expect("a behavior");
    }
    engine
        .execute(
            "CreatePipeline",
            json!({ "pipeline": case.declaration }),
            now,
        )
        .expect("the pipeline is created");
    engine.take_facts();
    engine
}

/// Enumerates the worlds of a case.
///
/// # Panics
/// With the moves that lead to it, when something does not hold.
#[expect(
    clippy::disallowed_methods,
    reason = "how long it took is measured in real time"
)]
pub fn enumerate(case: &Case, extent: &Extent) -> Counted {
    let began = Instant::now();
    let first = begin(case);
    let mut seen = BTreeSet::from([form(first.world(), case.interchangeable)]);
    let mut nodes = vec![Node { from: 0, by: None }];
    let mut counted = Counted {
        states: 1,
        moves: 0,
        refused: 0,
        closed: None,
    };
    let mut frontier = vec![(first, 0)];
    // Updating is by far the dearest move, and leads to the same world from all that are alike to it.
    let mut updated = BTreeSet::new();
    for depth in 0..DEPTH {
        let mut next = vec![];
        for (engine, node) in frontier {
            let mut clone = engine.clone();
            let (mut may, not) = moves(engine.world(), case, extent);
            if !updated.insert(form_for_update(engine.world(), case.interchangeable)) {
                may.retain(|one| !matches!(one, Move::Update(_)));
            }
            if node % THOROUGH == 0 {
                let refused = guarded(|| refuses(&engine, case, &not));
                counted.refused += refused.unwrap_or_else(|what| {
                    panic!("{}: {what}, after{}", case.name, path(&nodes, node, None))
                });
                guarded(|| runs_out(engine.clone(), case, extent)).unwrap_or_else(|what| {
                    panic!("{}: {what}, after{}", case.name, path(&nodes, node, None))
                });
            }
            for one in may {
                let tried = guarded(|| attempt(&engine, &mut clone, case, one));
                let done = tried.unwrap_or_else(|what| {
                    panic!(
                        "{}: {what}, after{}",
                        case.name,
                        path(&nodes, node, Some(one))
                    )
                });
                let Some(form) = done else {
                    counted.refused += 1;
                    continue;
                };
                counted.moves += 1;
                let reached = std::mem::replace(&mut clone, engine.clone());
                if seen.insert(form) {
                    let checked = guarded(|| properties::state(reached.world()));
                    checked.unwrap_or_else(|what| {
                        panic!(
                            "{}: {what}, after{}",
                            case.name,
                            path(&nodes, node, Some(one))
                        )
                    });
                    nodes.push(Node {
                        from: node,
                        by: Some(one),
                    });
                    next.push((reached, nodes.len() - 1));
                }
            }
        }
        counted.states = nodes.len();
        if next.is_empty() {
            counted.closed = Some(depth);
            break;
        }
        if std::env::var_os("SMALL_WORLDS").is_some() {
            super::say(&format!(
                "  {} {depth}: {} new, {} s",
                case.name,
                next.len(),
                began.elapsed().as_secs()
            ));
        }
        frontier = next;
    }
    super::say(&format!(
        "small worlds, {}, {}: {} states, {} moves, {} refused, {}, {:.1} s",
        case.name,
        told(extent),
        counted.states,
        counted.moves,
        counted.refused,
        counted
            .closed
            .map_or(format!("not closed at depth {DEPTH}"), |depth| format!(
                "closed at depth {depth}"
            )),
        began.elapsed().as_secs_f64()
    ));
    counted
}

fn told(extent: &Extent) -> String {
    let mut text = format!("{} executions, gates {:?}", extent.executions, extent.gates);
    if extent.month {
        text += ", months";
    }
    if !extent.without.is_empty() {
        let _ = write!(text, ", without {}", extent.without.join(" and "));
    }
    text
}

/// A panic is a finding too.
fn guarded<T>(check: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(check)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Err(text.unwrap_or_else(|| "a panic".to_owned()))
    })
}

/// Tries a move in a clone, which it leaves alone where it is refused. Answers the form of the world it leads to.
fn attempt(
    before: &Engine,
    clone: &mut Engine,
    case: &Case,
    one: Move,
) -> Result<Option<Box<[u8]>>, String> {
    if let Err(error) = perform(clone, case, one) {
        return if unchanged(before, clone) {
            Ok(None)
        } else {
            Err(format!("refused ({error}) and yet something changed"))
        };
    }
    let facts = clone.take_facts();
    let mut replayed = properties::step(before.world(), one, &facts, clone.world())?;
    let reached = form(clone.world(), case.interchangeable);
    if clone.world().sequence.is_multiple_of(THOROUGH as u64) {
        replayed.now = clone.world().now;
        if form(&replayed, case.interchangeable) != reached {
            return Err("replay(journal) is another world".to_owned());
        }
    }
    Ok(Some(reached))
}

/// Every change of a record is a fact and has a number.
fn unchanged(before: &Engine, after: &Engine) -> bool {
    (before.world().sequence, before.world().now) == (after.world().sequence, after.world().now)
}

/// What cannot be accepted is refused, and changes nothing.
fn refuses(engine: &Engine, case: &Case, not: &[Move]) -> Result<usize, String> {
    let mut clone = engine.clone();
    let whole = engine.snapshot();
    for one in not {
        if perform(&mut clone, case, *one).is_ok() {
            return Err(format!("\"{one}\" was accepted"));
        }
    }
    if clone.snapshot() == whole {
        Ok(not.len())
    } else {
        Err("a refused command has changed something".to_owned())
    }
}

/// Once the gates are open and everything that runs is finished, everybody comes to an end: nobody waits for ever. Whoever
/// an expired gate left behind (TR-10) stays there, because that is what the rule says.
fn runs_out(mut engine: Engine, case: &Case, extent: &Extent) -> Result<(), String> {
    /// More than three executions can take.
    const ROUNDS: usize = 100;
    let closed = |engine: &Engine| {
        let stages = shop(engine.world()).stages.iter().zip(0_u16..);
        stages
            .filter(|(state, _)| state.transition.disabled.is_some())
            .map(|(_, index)| index)
            .collect::<Vec<_>>()
    };
    for stage in closed(&engine) {
        perform(&mut engine, case, Move::Open(stage)).map_err(|error| error.to_string())?;
    }
    for _ in 0..ROUNDS {
        let mut left = shop(engine.world())
            .executions
            .values()
            .filter(|one| one.active() && !one.inert());
        if left.next().is_none() {
            return Ok(());
        }
        let (may, _) = moves(engine.world(), case, extent);
        let finish = may
            .iter()
            .find(|one| matches!(one, Move::Finish(..) | Move::Approve(..)));
        let one = finish.copied().unwrap_or(Move::Time);
        perform(&mut engine, case, one).map_err(|error| format!("{one}: {error}"))?;
    }
    Err("not everybody comes to an end".to_owned())
}
