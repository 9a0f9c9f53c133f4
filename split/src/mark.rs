//! A program that reports every function it enters: what the list of a first look is learnt from.

use crate::Failure;
use crate::module::Module;
use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{EntityType, ImportSection, Instruction};

/// What the marked program calls with the number of each function it enters.
const HOST: (&str, &str) = ("mark", "entered");

/// Writes the marked program.
pub fn mark(module: &Module<'_>, program: &[u8]) -> Result<Vec<u8>, Failure> {
    let takes_a_number = |kind: &wasmparser::FuncType| {
        kind.params() == [wasmparser::ValType::I32] && kind.results().is_empty()
    };
    let kind = module.types.iter().position(takes_a_number);
    let mut marker = Marker {
        imported: u32::try_from(module.imports.len()).map_err(|error| error.to_string())?,
        kind: kind
            .and_then(|kind| u32::try_from(kind).ok())
            .ok_or_else(|| "The program has no function that takes just a number.".to_owned())?,
        next: 0,
    };
    let mut out = wasm_encoder::Module::new();
    marker
        .parse_core_module(&mut out, wasmparser::Parser::new(0), program)
        .map_err(|error| format!("The marked program cannot be written: {error}."))?;
    Ok(out.finish())
}

struct Marker {
    imported: u32,
    kind: u32,
    next: i32,
}

impl Reencode for Marker {
    type Error = Infallible;

    /// One more function is imported, behind those that are.
    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        Ok(function + u32::from(function >= self.imported))
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: wasmparser::ImportSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        utils::parse_import_section(self, imports, section)?;
        imports.import(HOST.0, HOST.1, EntityType::Function(self.kind));
        Ok(())
    }

    fn parse_function_body(
        &mut self,
        code: &mut wasm_encoder::CodeSection,
        body: wasmparser::FunctionBody<'_>,
    ) -> Result<(), Error<Infallible>> {
        let mut function = self.new_function_with_parsed_locals(&body)?;
        function.instruction(&Instruction::I32Const(self.next));
        function.instruction(&Instruction::Call(self.imported));
        self.next += 1;
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            function.instruction(&self.parse_instruction(&mut operators)?);
        }
        code.function(&function);
        Ok(())
    }

    /// Names and the linker's notes are of the program as it was.
    fn parse_custom_section(
        &mut self,
        _: &mut wasm_encoder::Module,
        _: wasmparser::CustomSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        Ok(())
    }
}
