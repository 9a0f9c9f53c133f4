//! Writing `first`: what a first look runs, and the way to the rest.

use crate::Failure;
use crate::emit::{self, HOST, MEMORY, Numbers, TABLE, THERE, Writer};
use crate::module::Module;
use crate::plan::Plan;
use wasm_encoder::reencode::Reencode;
use wasm_encoder::{
    BlockType, ConstExpr, EntityType, ExportKind, ExportSection, Function, FunctionSection,
    GlobalSection, ImportSection, Instruction, MemorySection, TableSection,
};
use wasmparser::{ExternalKind, Operator};

/// Numbers that no function of the program has.
const BRING: u32 = u32::MAX;
const PLACE: u32 = u32::MAX - 1;

/// Writes the part.
pub fn first(module: &Module<'_>, plan: &Plan, names: bool) -> Result<Vec<u8>, Failure> {
    let kept: Vec<u32> = module
        .with_bodies()
        .filter(|function| !plan.is_in_rest(*function))
        .collect();
    // What the host calls of the rest goes through a function of `first`, which stands behind all others.
    let passed: Vec<u32> = module
        .exports
        .iter()
        .filter(|export| export.kind == ExternalKind::Func && plan.is_in_rest(export.index))
        .map(|export| export.index)
        .collect();
    let imports = || plan.first_imports.iter().copied();
    let order = || {
        let imported = imports().chain([BRING]);
        let own = [PLACE].into_iter().chain(kept.iter().copied());
        imported.chain(own).chain(passed.iter().copied())
    };
    let numbers = Numbers::new(order());
    let mut writer = Writer::new(&numbers);
    let mut out = wasm_encoder::Module::new();

    let types = writer.types(module)?;
    out.section(&types.section);

    let mut section = ImportSection::new();
    for import in imports().filter_map(|function| module.imports.get(function as usize)) {
        let kind = writer
            .entity_type(import.ty)
            .map_err(|error| error.to_string())?;
        section.import(import.module, import.name, kind);
    }
    section.import(HOST.0, HOST.1, EntityType::Function(types.nothing));
    out.section(&section);

    let mut section = FunctionSection::new();
    section.function(types.number);
    for function in kept.iter().chain(&passed) {
        section.function(type_of(module, *function)?);
    }
    out.section(&section);

    let mut section = TableSection::new();
    for table in writer.tables(module, plan.table_size)? {
        section.table(table);
    }
    out.section(&section);

    let mut section = MemorySection::new();
    for memory in &module.memories {
        section.memory(
            writer
                .memory_type(*memory)
                .map_err(|error| error.to_string())?,
        );
    }
    out.section(&section);

    let mut section = GlobalSection::new();
    for (kind, (_, value)) in writer.globals(module)?.into_iter().zip(&module.globals) {
        let value = writer
            .const_expr(value.clone())
            .map_err(|error| error.to_string())?;
        section.global(kind, &value);
    }
    section.global(emit::there(), &ConstExpr::i32_const(0));
    out.section(&section);

    out.section(&exports(module, plan, &numbers)?);

    let mut tabled: Vec<(u32, u32)> = module
        .table
        .iter()
        .filter(|(_, function)| !plan.is_in_rest(*function))
        .copied()
        .collect();
    out.section(&emit::elements(&mut tabled, &numbers)?);

    let there = global(module)?;
    let place = numbers.of(PLACE)?;
    let mut bodies = vec![place_of(there, numbers.of(BRING)?)];
    for function in &kept {
        bodies.push(own(module, plan, &mut writer, *function, place)?);
    }
    for function in &passed {
        bodies.push(passing(module, plan, *function, place)?);
    }
    out.section(&emit::code(&bodies));
    out.section(&emit::data(plan.data(module, false)));
    if names {
        out.section(&emit::names(module, order()));
    }
    Ok(out.finish())
}

/// The number of the global that says whether the rest is there: behind those of the program.
fn global(module: &Module<'_>) -> Result<u32, Failure> {
    u32::try_from(module.globals.len()).map_err(|error| error.to_string())
}

fn type_of(module: &Module<'_>, function: u32) -> Result<u32, Failure> {
    module
        .functions
        .get(function as usize)
        .copied()
        .ok_or_else(|| format!("Function {function} has no type."))
}

/// Everything the program gives its host, and what `rest` needs.
fn exports(module: &Module<'_>, plan: &Plan, numbers: &Numbers) -> Result<ExportSection, Failure> {
    let mut section = ExportSection::new();
    for export in &module.exports {
        let (kind, number) = match export.kind {
            ExternalKind::Func => (ExportKind::Func, numbers.of(export.index)?),
            ExternalKind::Table => (ExportKind::Table, export.index),
            ExternalKind::Memory => (ExportKind::Memory, export.index),
            ExternalKind::Global => (ExportKind::Global, export.index),
            _ => {
                return Err(format!(
                    "The program exports `{}`, which is of no known kind.",
                    export.name
                ));
            }
        };
        section.export(export.name, kind, number);
    }
    section.export(MEMORY, ExportKind::Memory, 0);
    for (number, place) in (0..module.tables.len()).zip(0..) {
        section.export(&emit::handed(TABLE, number), ExportKind::Table, place);
    }
    for (number, place) in (0..module.globals.len()).zip(0..) {
        section.export(&emit::handed(".global", number), ExportKind::Global, place);
    }
    section.export(THERE, ExportKind::Global, global(module)?);
    for (function, name) in &plan.shared {
        section.export(name, ExportKind::Func, numbers.of(*function)?);
    }
    Ok(section)
}

/// Answers the place in the table that it is given, and sees to it that something stands there.
fn place_of(there: u32, bring: u32) -> Function {
    emit::plain(&[
        Instruction::GlobalGet(there),
        Instruction::I32Eqz,
        Instruction::If(BlockType::Empty),
        Instruction::LocalGet(0),
        Instruction::TableGet(0),
        Instruction::RefIsNull,
        Instruction::If(BlockType::Empty),
        Instruction::Call(bring),
        Instruction::End,
        Instruction::End,
        Instruction::LocalGet(0),
    ])
}

/// A body of the program, with its ways to the rest.
fn own(
    module: &Module<'_>,
    plan: &Plan,
    writer: &mut Writer<'_>,
    function: u32,
    place: u32,
) -> Result<Function, Failure> {
    let body = module
        .body(function)
        .ok_or_else(|| format!("Function {function} has no body."))?;
    writer.body(body, |operator, out| match operator {
        Operator::Call { function_index } if plan.is_in_rest(*function_index) => {
            for instruction in way(module, plan, *function_index, place)? {
                out.instruction(&instruction);
            }
            Ok(true)
        }
        Operator::CallIndirect {
            type_index,
            table_index,
        } => {
            out.instruction(&Instruction::Call(place));
            out.instruction(&Instruction::CallIndirect {
                type_index: *type_index,
                table_index: *table_index,
            });
            Ok(true)
        }
        _ => Ok(false),
    })
}

/// The call of a function of the rest, whose arguments stand there already.
fn way(
    module: &Module<'_>,
    plan: &Plan,
    function: u32,
    place: u32,
) -> Result<[Instruction<'static>; 3], Failure> {
    let at = plan
        .places
        .get(&function)
        .ok_or_else(|| format!("Function {function} has no place in the table."))?;
    Ok([
        Instruction::I32Const(at.cast_signed()),
        Instruction::Call(place),
        Instruction::CallIndirect {
            type_index: type_of(module, function)?,
            table_index: 0,
        },
    ])
}

/// Hands the host's call of a function of the rest on.
fn passing(
    module: &Module<'_>,
    plan: &Plan,
    function: u32,
    place: u32,
) -> Result<Function, Failure> {
    let kind = module.types.get(type_of(module, function)? as usize);
    let arguments = kind.map_or(0, |kind| kind.params().len());
    let arguments = (0..).take(arguments).map(Instruction::LocalGet);
    let calls = way(module, plan, function, place)?;
    Ok(emit::plain(&arguments.chain(calls).collect::<Vec<_>>()))
}
