//! Writing `rest`: everything that a first look does not run. It puts its functions into the table and its data into the
//! memory of `first`, and then says that it is there.

use crate::Failure;
use crate::emit::{self, FIRST, MEMORY, Numbers, TABLE, THERE, Writer};
use crate::module::Module;
use crate::plan::Plan;
use wasm_encoder::reencode::Reencode;
use wasm_encoder::{EntityType, FunctionSection, ImportSection, Instruction, StartSection};

/// A number that no function of the program has.
const BEGIN: u32 = u32::MAX;

/// Writes the part.
pub fn rest(module: &Module<'_>, plan: &Plan, names: bool) -> Result<Vec<u8>, Failure> {
    let own: Vec<u32> = module
        .with_bodies()
        .filter(|function| plan.is_in_rest(*function))
        .collect();
    let imported = || plan.rest_imports.iter().chain(plan.shared.keys()).copied();
    let order = || imported().chain(own.iter().copied()).chain([BEGIN]);
    let numbers = Numbers::new(order());
    let mut writer = Writer::new(&numbers);
    let mut out = wasm_encoder::Module::new();

    let types = writer.types(module)?;
    out.section(&types.section);
    out.section(&imports(module, plan, &mut writer)?);

    let mut section = FunctionSection::new();
    for function in &own {
        let kind = module.functions.get(*function as usize);
        section.function(*kind.ok_or_else(|| format!("Function {function} has no type."))?);
    }
    section.function(types.nothing);
    out.section(&section);
    out.section(&StartSection {
        function_index: numbers.of(BEGIN)?,
    });

    let mut tabled: Vec<(u32, u32)> = module
        .table
        .iter()
        .filter(|(_, function)| plan.is_in_rest(*function))
        .copied()
        .collect();
    let had: std::collections::BTreeSet<(u32, u32)> = tabled.iter().copied().collect();
    let called = plan
        .places
        .iter()
        .map(|(function, place)| (*place, *function));
    tabled.extend(called.filter(|entry| !had.contains(entry)));
    out.section(&emit::elements(&mut tabled, &numbers)?);

    let mut bodies = Vec::with_capacity(own.len());
    for function in &own {
        let body = module
            .body(*function)
            .ok_or_else(|| format!("Function {function} has no body."))?;
        bodies.push(writer.body(body, |_, _| Ok(false))?);
    }
    let there = u32::try_from(module.globals.len()).map_err(|error| error.to_string())?;
    bodies.push(emit::plain(&[
        Instruction::I32Const(1),
        Instruction::GlobalSet(there),
    ]));
    out.section(&emit::code(&bodies));
    out.section(&emit::data(plan.data(module, true)));
    if names {
        out.section(&emit::names(module, order()));
    }
    Ok(out.finish())
}

/// The host's functions, then all that `first` hands over.
fn imports(
    module: &Module<'_>,
    plan: &Plan,
    writer: &mut Writer<'_>,
) -> Result<ImportSection, Failure> {
    let mut section = ImportSection::new();
    for function in &plan.rest_imports {
        if let Some(import) = module.imports.get(*function as usize) {
            let kind = writer
                .entity_type(import.ty)
                .map_err(|error| error.to_string())?;
            section.import(import.module, import.name, kind);
        }
    }
    for (function, name) in &plan.shared {
        let kind = module.functions.get(*function as usize);
        let kind = *kind.ok_or_else(|| format!("Function {function} has no type."))?;
        section.import(FIRST, name, EntityType::Function(kind));
    }
    for (number, table) in writer
        .tables(module, plan.table_size)?
        .into_iter()
        .enumerate()
    {
        section.import(
            FIRST,
            &emit::handed(TABLE, number),
            EntityType::Table(table),
        );
    }
    for memory in &module.memories {
        let memory = writer
            .memory_type(*memory)
            .map_err(|error| error.to_string())?;
        section.import(FIRST, MEMORY, EntityType::Memory(memory));
    }
    for (number, global) in writer.globals(module)?.into_iter().enumerate() {
        section.import(
            FIRST,
            &emit::handed(".global", number),
            EntityType::Global(global),
        );
    }
    section.import(FIRST, THERE, EntityType::Global(emit::there()));
    Ok(section)
}
