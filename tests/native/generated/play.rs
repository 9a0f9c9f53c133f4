//! Trying inputs of one operation: batch by batch, each from a number, in a world of the stock that goes on with what
//! went well.

use std::collections::BTreeMap;

use codepipeline_simulator::{
    engine::{Engine, time::MINUTE},
    model::{ApiError, Operation},
};
use serde_json::{Value, json};

use super::{
    faults::Fault,
    inputs::Maker,
    random::Random,
    stock::Stock,
    verdict,
    wires::{self, Protocol},
};

/// How many inputs a batch has.
pub const BATCH: u64 = 32;

/// What became of the inputs of an operation.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// How many there were.
    pub cases: u64,
    /// How many went well.
    pub successes: u64,
    /// How many of these told something.
    pub telling: u64,
    /// How many of these changed something.
    pub changing: u64,
    /// How many were refused, by the name of the error.
    pub errors: BTreeMap<&'static str, u64>,
    /// How many had each fault.
    pub faults: BTreeMap<Fault, u64>,
}

impl Tally {
    /// Adds another run's.
    pub fn add(&mut self, other: &Self) {
        self.cases += other.cases;
        self.successes += other.successes;
        self.telling += other.telling;
        self.changing += other.changing;
        for (name, count) in &other.errors {
            *self.errors.entry(name).or_default() += count;
        }
        for (fault, count) in &other.faults {
            *self.faults.entry(*fault).or_default() += count;
        }
    }
}

/// How an input was made.
struct Made {
    input: Value,
    /// What is wrong with it, as far as it was meant to be.
    faults: Vec<Fault>,
}

/// Tries the inputs of a batch. `thorough`: whole worlds are compared after every error, and not after some.
///
/// # Errors
/// What does not hold, with the input that shows it.
pub fn batch(
    operation: &'static Operation,
    number: u64,
    stocks: &[Stock],
    thorough: bool,
    tally: &mut Tally,
) -> Result<(), String> {
    let mut random = Random::new(number);
    // The first world has most in it.
    let stock = &stocks[*random.pick(&[0, 0, 0, 1, 1, 2, 3]) % stocks.len()];
    let mut engine = stock.engine.clone();
    for case in 0..BATCH {
        let mut random = Random::new(number.wrapping_mul(BATCH).wrapping_add(case) ^ 0x5eed);
        let made = make(operation, &mut random, stock);
        let told = |problem: String| {
            let mut input = made.input.to_string();
            if input.len() > 4_000 {
                let end = (0..=4_000).rev().find(|at| input.is_char_boundary(*at));
                input.truncate(end.unwrap_or(0));
                input.push('…');
            }
            format!(
                "{} of batch {number}, input {case} ({:?}): {problem}\n{input}\nagain: GENERATED={}/{number} cargo xtask test --long-inputs",
                operation.name, made.faults, operation.name
            )
        };
        tally.cases += 1;
        for fault in &made.faults {
            *tally.faults.entry(*fault).or_default() += 1;
        }
        let whole = thorough || case % 8 == 0;
        let answer = attempt(operation, &mut engine, &made, whole).map_err(told)?;
        tally.changing += u64::from(!engine.take_facts().is_empty());
        count(tally, &answer);
        over_the_wire(operation, &mut random, &mut engine, &made, &answer).map_err(told)?;
        if answer.is_ok() && random.percent(40) {
            engine = stock.engine.clone();
        } else if random.percent(5) {
            let later = engine.world().now.after(random.between(1, 5 * MINUTE));
            engine.advance(later);
        }
        engine.take_facts();
    }
    Ok(())
}

/// An input: as good as its shape says, or with one or more faults, or no object at all.
fn make(operation: &'static Operation, random: &mut Random, stock: &Stock) -> Made {
    let mut maker = Maker::new(random.clone(), &stock.pool, operation);
    let input = maker.input();
    *random = maker.random;
    let mut made = Made {
        input,
        faults: vec![],
    };
    let wanted = match random.below(100) {
        0..55 => 0,
        55..90 => 1,
        90..98 => 2,
        98 => 4,
        _ => {
            made.input = random
                .pick(&[json!([]), json!("x"), json!(1), Value::Null, json!(true)])
                .clone();
            made.faults = vec![Fault::WrongType];
            return made;
        }
    };
    for _ in 0..wanted {
        let fault = *random.pick(&Fault::ALL);
        // After the first one the input may not be of its shapes any more; whatever fits still is put.
        if fault.put(random, operation.input, &mut made.input) {
            made.faults.push(fault);
        }
    }
    made
}

/// Carries the call out and holds what comes of it against the model, and the world against what it was.
fn attempt(
    operation: &'static Operation,
    engine: &mut Engine,
    made: &Made,
    whole: bool,
) -> Result<Result<Value, ApiError>, String> {
    if made.faults.is_empty()
        && let Some(problem) = verdict::spoilt(operation, &made.input)
    {
        return Err(problem);
    }
    let before = (engine.world().sequence, engine.world().now);
    let kept = whole.then(|| engine.snapshot());
    let now = engine.world().now;
    let answer = engine.execute(operation.name, made.input.clone(), now);
    if let Some(problem) = verdict::problem(operation, &answer) {
        return Err(problem);
    }
    if let [fault] = made.faults[..]
        && let Some(expected) = fault.answer()
    {
        let name = answer.as_ref().err().map(|error| error.code.name());
        if name != Some(expected) {
            return Err(format!(
                "{fault:?} is answered with {answer:?}, not {expected}"
            ));
        }
    }
    if let Err(error) = &answer {
        let after = (engine.world().sequence, engine.world().now);
        if after != before || !engine.take_facts().is_empty() {
            return Err(format!("{error}, and something happened"));
        }
        if kept.is_some_and(|kept| kept != engine.snapshot()) {
            return Err(format!("{error}, and the world has changed"));
        }
    }
    Ok(answer)
}

/// What changed nothing is said again, in bytes.
fn over_the_wire(
    operation: &'static Operation,
    random: &mut Random,
    engine: &mut Engine,
    made: &Made,
    answer: &Result<Value, ApiError>,
) -> Result<(), String> {
    let protocol = *random.pick(&[Protocol::Json, Protocol::Cbor]);
    let asks = ["Get", "List"]
        .iter()
        .any(|verb| operation.name.starts_with(verb));
    let before = engine.world().sequence;
    let mut problem = None;
    if (answer.is_err() || asks) && random.percent(25) {
        problem = wires::differs(protocol, engine, operation, &made.input, answer);
        if problem.is_none() && engine.world().sequence != before {
            problem = Some(format!("{protocol:?}: something happened"));
        }
    }
    if problem.is_none() && random.percent(4) {
        let mut other = engine.clone();
        problem = wires::damaged(protocol, random, &mut other, operation, &made.input);
    }
    problem.map_or(Ok(()), Err)
}

fn count(tally: &mut Tally, answer: &Result<Value, ApiError>) {
    match answer {
        Ok(output) => {
            tally.successes += 1;
            tally.telling += u64::from(verdict::says_something(output));
        }
        Err(error) => *tally.errors.entry(error.code.name()).or_default() += 1,
    }
}
