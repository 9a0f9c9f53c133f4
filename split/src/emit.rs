//! What writing both parts has in common: types, tables, memories and globals are the program's own in both, and bodies
//! are copied with other numbers of functions.

use crate::Failure;
use crate::module::{Module, broken};
use std::collections::BTreeMap;
use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, DataSection, ElementSection, Elements, Function, GlobalType, Instruction, NameMap,
    NameSection, TableType, TypeSection, ValType,
};
use wasmparser::{FunctionBody, Operator};

/// The module of the host's that brings `rest`, and what `first` calls there.
pub const HOST: (&str, &str) = ("rest", "bring");
/// The module by which `rest` knows `first`.
pub const FIRST: &str = "first";
/// What `first` calls things that it hands to `rest` besides functions.
pub const MEMORY: &str = ".memory";
/// See [`MEMORY`].
pub const TABLE: &str = ".table";
/// See [`MEMORY`]: 0 until `rest` is there.
pub const THERE: &str = ".there";

/// The name under which `first` hands a table or a global of the program to `rest`.
pub fn handed(what: &str, number: usize) -> String {
    format!("{what}{number}")
}

/// The types of the program, then `() -> ()` and `(i32) -> i32`.
pub struct Types {
    /// The section.
    pub section: TypeSection,
    /// The type of what takes and answers nothing.
    pub nothing: u32,
    /// The type of what takes a number and answers one.
    pub number: u32,
}

/// How functions are numbered in a part.
pub struct Numbers(BTreeMap<u32, u32>);

impl Numbers {
    /// Numbers functions in this order.
    pub fn new(order: impl Iterator<Item = u32>) -> Self {
        Numbers(order.zip(0..).collect())
    }

    /// The number of a function in this part.
    pub fn of(&self, function: u32) -> Result<u32, Failure> {
        self.0
            .get(&function)
            .copied()
            .ok_or_else(|| format!("Function {function} was left out of the part that calls it."))
    }
}

/// Writes with other numbers of functions; all else keeps its number.
pub struct Writer<'n> {
    /// The numbers.
    pub numbers: &'n Numbers,
    missing: bool,
}

impl Reencode for Writer<'_> {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        Ok(self.numbers.of(function).unwrap_or_else(|_| {
            self.missing = true;
            0
        }))
    }
}

impl<'n> Writer<'n> {
    /// A writer with these numbers.
    pub fn new(numbers: &'n Numbers) -> Self {
        Writer {
            numbers,
            missing: false,
        }
    }

    /// Copies a body; `instead` may write something else in an operator's place, and says whether it did.
    pub fn body(
        &mut self,
        body: &FunctionBody<'_>,
        mut instead: impl FnMut(&Operator<'_>, &mut Function) -> Result<bool, Failure>,
    ) -> Result<Function, Failure> {
        let mut function = self
            .new_function_with_parsed_locals(body)
            .map_err(unwritten)?;
        for operator in body.get_operators_reader().map_err(broken)? {
            let operator = operator.map_err(broken)?;
            if !instead(&operator, &mut function)? {
                function.instruction(&self.instruction(operator).map_err(unwritten)?);
            }
        }
        if self.missing {
            return Err("A function was left out of the part that calls it.".to_owned());
        }
        Ok(function)
    }

    /// The program's types.
    pub fn types(&mut self, module: &Module<'_>) -> Result<Types, Failure> {
        let mut section = TypeSection::new();
        for kind in &module.types {
            let kind = self.func_type(kind.clone()).map_err(unwritten)?;
            section.ty().func_type(&kind);
        }
        let nothing = section.len();
        section.ty().function([], []);
        section.ty().function([ValType::I32], [ValType::I32]);
        Ok(Types {
            section,
            nothing,
            number: nothing + 1,
        })
    }

    /// The program's tables, the first with so many places.
    pub fn tables(&mut self, module: &Module<'_>, size: u32) -> Result<Vec<TableType>, Failure> {
        let mut tables = Vec::new();
        for table in &module.tables {
            tables.push(self.table_type(*table).map_err(unwritten)?);
        }
        if let Some(functions) = tables.first_mut() {
            functions.minimum = u64::from(size);
            functions.maximum = functions.maximum.map(|most| most.max(u64::from(size)));
        }
        Ok(tables)
    }

    /// The types of the program's globals.
    pub fn globals(&mut self, module: &Module<'_>) -> Result<Vec<GlobalType>, Failure> {
        let globals = module.globals.iter();
        globals
            .map(|(kind, _)| self.global_type(*kind).map_err(unwritten))
            .collect()
    }
}

/// What tells `first` whether `rest` is there.
pub fn there() -> GlobalType {
    GlobalType {
        val_type: ValType::I32,
        mutable: true,
        shared: false,
    }
}

/// Writes functions into the table, one piece for each run of places.
pub fn elements(entries: &mut [(u32, u32)], numbers: &Numbers) -> Result<ElementSection, Failure> {
    entries.sort_unstable();
    let mut section = ElementSection::new();
    for run in entries.chunk_by(|one, next| one.0 + 1 == next.0) {
        let functions: Result<Vec<u32>, Failure> = run
            .iter()
            .map(|(_, function)| numbers.of(*function))
            .collect();
        let begin = run.first().map_or(0, |(place, _)| *place);
        let begin = wasm_encoder::ConstExpr::i32_const(begin.cast_signed());
        section.active(None, &begin, Elements::Functions(functions?.into()));
    }
    Ok(section)
}

/// Writes data.
pub fn data(pieces: Vec<(u32, &[u8])>) -> DataSection {
    let mut section = DataSection::new();
    for (address, bytes) in pieces {
        let address = wasm_encoder::ConstExpr::i32_const(address.cast_signed());
        section.active(0, &address, bytes.iter().copied());
    }
    section
}

/// Writes bodies in order.
pub fn code(bodies: &[Function]) -> CodeSection {
    let mut section = CodeSection::new();
    for body in bodies {
        section.function(body);
    }
    section
}

/// A body without locals of its own.
pub fn plain(instructions: &[Instruction<'_>]) -> Function {
    let mut body = Function::new([]);
    for instruction in instructions {
        body.instruction(instruction);
    }
    body.instruction(&Instruction::End);
    body
}

/// The names of the functions of a part, in the order of their numbers.
pub fn names(module: &Module<'_>, order: impl Iterator<Item = u32>) -> NameSection {
    let mut functions = NameMap::new();
    for (number, function) in (0..).zip(order) {
        if let Some(name) = module.names.get(function as usize) {
            functions.append(number, name);
        }
    }
    let mut section = NameSection::new();
    section.functions(&functions);
    section
}

fn unwritten(error: Error<Infallible>) -> Failure {
    format!("A part cannot be written: {error}.")
}
