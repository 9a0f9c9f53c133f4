//! Which part everything goes into, and by which way the parts reach each other.

use crate::Failure;
use crate::constants::Constants;
use crate::module::{Module, broken};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use wasmparser::{ExternalKind, Operator};

/// The plan of a program's parts.
pub struct Plan {
    /// Whether a function belongs to `rest`; imported functions belong to neither.
    in_rest: Vec<bool>,
    /// The places in the table of the functions of `rest` that `first` calls, or its host through `first`.
    pub places: BTreeMap<u32, u32>,
    /// How many places the table has.
    pub table_size: u32,
    /// What `first` hands to `rest`: functions, by the name they are handed over with.
    pub shared: BTreeMap<u32, String>,
    /// The imported functions that `first` calls, or has in its table or hands on.
    pub first_imports: BTreeSet<u32>,
    /// The imported functions that `rest` calls.
    pub rest_imports: BTreeSet<u32>,
    /// The addresses whose data comes with `first`; all other data comes with `rest`.
    first_data: Vec<Range<u32>>,
}

/// Data between two pieces that is as short as this stays with them: a piece of its own costs more.
const SHORT: u32 = 12;

impl Plan {
    /// Makes the plan. `wanted` says of a function's name whether a first look runs it.
    pub fn new(
        module: &Module<'_>,
        constants: &Constants,
        wanted: impl Fn(&str) -> bool,
    ) -> Result<Self, Failure> {
        let in_rest = |function: u32| {
            let name = module.names.get(function as usize);
            !module.is_imported(function) && !name.is_some_and(|name| wanted(name))
        };
        let all = 0..u32::try_from(module.functions.len()).unwrap_or(u32::MAX);
        let mut plan = Plan {
            in_rest: all.map(in_rest).collect(),
            places: BTreeMap::new(),
            table_size: 0,
            shared: BTreeMap::new(),
            first_imports: BTreeSet::new(),
            rest_imports: BTreeSet::new(),
            first_data: Vec::new(),
        };
        plan.find_calls(module)?;
        plan.find_places(module)?;
        plan.find_data(module, constants)?;
        Ok(plan)
    }

    /// Whether a function belongs to `rest`.
    pub fn is_in_rest(&self, function: u32) -> bool {
        self.in_rest
            .get(function as usize)
            .copied()
            .unwrap_or(false)
    }

    fn find_calls(&mut self, module: &Module<'_>) -> Result<(), Failure> {
        // The host, the table: whatever they reach of `rest` they reach through `first`.
        let mut reached = BTreeSet::new();
        for export in &module.exports {
            if export.kind == ExternalKind::Func {
                reached.insert(export.index);
            }
        }
        let tabled = module.table.iter().map(|(_, function)| *function);
        self.first_imports
            .extend(tabled.filter(|function| module.is_imported(*function)));
        let mut shared = BTreeSet::new();
        for (body, function) in module.bodies.iter().zip(module.with_bodies()) {
            let from_rest = self.is_in_rest(function);
            for operator in body.get_operators_reader().map_err(broken)? {
                let callee = match operator.map_err(broken)? {
                    Operator::Call { function_index } => function_index,
                    Operator::CallIndirect { table_index: 0, .. } => continue,
                    Operator::CallIndirect { .. }
                    | Operator::ReturnCall { .. }
                    | Operator::ReturnCallIndirect { .. }
                    | Operator::RefFunc { .. }
                    | Operator::MemoryInit { .. }
                    | Operator::TableInit { .. } => {
                        return Err(
                            "The program has calls or tables that cannot be split.".to_owned()
                        );
                    }
                    _ => continue,
                };
                match (
                    from_rest,
                    module.is_imported(callee),
                    self.is_in_rest(callee),
                ) {
                    (false, true, _) => drop(self.first_imports.insert(callee)),
                    (true, true, _) => drop(self.rest_imports.insert(callee)),
                    (false, false, true) => drop(reached.insert(callee)),
                    (true, false, false) => drop(shared.insert(callee)),
                    (false, false, false) | (true, false, true) => {}
                }
            }
        }
        self.first_imports.extend(
            reached
                .iter()
                .filter(|function| module.is_imported(**function)),
        );
        for function in reached {
            if self.is_in_rest(function) {
                self.places.insert(function, 0);
            }
        }
        // No name that wasm-bindgen gives begins with a dot.
        self.shared = (0..)
            .zip(shared)
            .map(|(number, function)| (function, format!(".{}", short(number))))
            .collect();
        Ok(())
    }

    /// A place in the table for every function of `rest` that `first` calls: the one it has, or a new one at the end.
    fn find_places(&mut self, module: &Module<'_>) -> Result<(), Failure> {
        let table = module
            .tables
            .first()
            .ok_or_else(|| "The program has no table of functions.".to_owned())?;
        self.table_size = u32::try_from(table.initial).map_err(|error| error.to_string())?;
        let had: BTreeMap<u32, u32> = module
            .table
            .iter()
            .map(|(place, function)| (*function, *place))
            .collect();
        for (function, place) in &mut self.places {
            *place = had.get(function).copied().unwrap_or_else(|| {
                self.table_size += 1;
                self.table_size - 1
            });
        }
        Ok(())
    }

    fn find_data(&mut self, module: &Module<'_>, constants: &Constants) -> Result<(), Failure> {
        let kept = module
            .with_bodies()
            .filter(|function| !self.is_in_rest(*function));
        let names = kept.filter_map(|function| module.names.get(function as usize));
        let mut needed = constants.needed(names.map(String::as_str))?;
        needed.extend(constants.needed_by_data());
        let read_only = &constants.read_only;
        // What is not read-only data stays.
        needed.insert((0, read_only.start));
        needed.insert((read_only.end, u32::MAX));
        let mut pieces: Vec<Range<u32>> = Vec::new();
        for (begin, end) in needed {
            match pieces.last_mut() {
                Some(last) if begin <= last.end.saturating_add(SHORT) => {
                    last.end = last.end.max(end)
                }
                _ => pieces.push(begin..end),
            }
        }
        self.first_data = pieces;
        Ok(())
    }

    /// The data of one part: addresses and bytes.
    pub fn data<'d>(&self, module: &Module<'d>, of_rest: bool) -> Vec<(u32, &'d [u8])> {
        let mut pieces = Vec::new();
        for (address, bytes) in &module.data {
            let end = address + u32::try_from(bytes.len()).unwrap_or(u32::MAX);
            let mut at = *address;
            while at < end {
                let next = self.first_data.partition_point(|piece| piece.end <= at);
                let piece = self.first_data.get(next);
                let (here, until) = match piece {
                    Some(piece) if piece.start <= at => (false, piece.end),
                    Some(piece) => (true, piece.start),
                    None => (true, u32::MAX),
                };
                let until = until.min(end);
                if here == of_rest {
                    let piece = bytes.get((at - address) as usize..(until - address) as usize);
                    pieces.extend(piece.and_then(|piece| trimmed(at, piece)));
                }
                at = until;
            }
        }
        pieces
    }
}

/// A piece of data without the zeros around it, which are there anyway.
fn trimmed(address: u32, piece: &[u8]) -> Option<(u32, &[u8])> {
    let begin = piece.iter().position(|byte| *byte != 0)?;
    let end = piece.iter().rposition(|byte| *byte != 0)? + 1;
    let address = address + u32::try_from(begin).ok()?;
    Some((address, piece.get(begin..end)?))
}

/// A number in as few letters as can be.
fn short(mut number: u32) -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut digits = Vec::new();
    loop {
        digits.push(DIGITS[(number % 36) as usize]);
        number /= 36;
        if number == 0 {
            break;
        }
    }
    digits.reverse();
    String::from_utf8(digits).unwrap_or_default()
}
