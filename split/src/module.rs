//! A program as it is read: its sections, as far as splitting has to know them.
//!
//! Read is what wasm-bindgen writes from what Rust compiles to; anything else that WebAssembly has (several memories,
//! passive data, imported tables, exceptions) is refused, so that nothing is split that this does not understand.

use crate::{Failure, names};
use wasmparser::{
    ConstExpr, DataKind, ElementItems, ElementKind, Export, FuncType, FunctionBody, GlobalType,
    Import, MemoryType, Name, NameSectionReader, Operator, Parser, Payload, TableType, TypeRef,
};

/// A program. Functions are numbered as WebAssembly does: imported ones first.
pub struct Module<'a> {
    pub types: Vec<FuncType>,
    /// All of them are functions.
    pub imports: Vec<Import<'a>>,
    /// The type of every function, imported ones first.
    pub functions: Vec<u32>,
    pub tables: Vec<TableType>,
    pub memories: Vec<MemoryType>,
    pub globals: Vec<(GlobalType, ConstExpr<'a>)>,
    pub exports: Vec<Export<'a>>,
    /// What stands in the first table from the start: place and function.
    pub table: Vec<(u32, u32)>,
    pub bodies: Vec<FunctionBody<'a>>,
    /// What stands in the memory from the start: address and bytes.
    pub data: Vec<(u32, &'a [u8])>,
    /// The stable name of every function; one without a name has an empty one.
    pub names: Vec<String>,
}

impl<'a> Module<'a> {
    /// Reads a program.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Failure> {
        let mut module = Module {
            types: Vec::new(),
            imports: Vec::new(),
            functions: Vec::new(),
            tables: Vec::new(),
            memories: Vec::new(),
            globals: Vec::new(),
            exports: Vec::new(),
            table: Vec::new(),
            bodies: Vec::new(),
            data: Vec::new(),
            names: Vec::new(),
        };
        for payload in Parser::new(0).parse_all(bytes) {
            module.take(payload.map_err(broken)?)?;
        }
        if module.names.iter().all(String::is_empty) {
            return Err(
                "The program has no names of its functions, by which it is split.".to_owned(),
            );
        }
        Ok(module)
    }

    fn take(&mut self, payload: Payload<'a>) -> Result<(), Failure> {
        match payload {
            Payload::TypeSection(section) => {
                for kind in section.into_iter_err_on_gc_types() {
                    self.types.push(kind.map_err(broken)?);
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import.map_err(broken)?;
                    let TypeRef::Func(kind) = import.ty else {
                        return Err(format!(
                            "The program imports `{}`, which is no function.",
                            import.name
                        ));
                    };
                    self.functions.push(kind);
                    self.imports.push(import);
                }
            }
            Payload::FunctionSection(section) => {
                for kind in section {
                    self.functions.push(kind.map_err(broken)?);
                }
                self.names = vec![String::new(); self.functions.len()];
            }
            Payload::TableSection(section) => {
                for table in section {
                    self.tables.push(table.map_err(broken)?.ty);
                }
            }
            Payload::MemorySection(section) => {
                for memory in section {
                    self.memories.push(memory.map_err(broken)?);
                }
            }
            Payload::GlobalSection(section) => {
                for global in section {
                    let global = global.map_err(broken)?;
                    self.globals.push((global.ty, global.init_expr));
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    self.exports.push(export.map_err(broken)?);
                }
            }
            Payload::ElementSection(section) => {
                for element in section {
                    self.element(&element.map_err(broken)?)?;
                }
            }
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::DataSection(section) => {
                for data in section {
                    let data = data.map_err(broken)?;
                    let DataKind::Active {
                        memory_index: 0,
                        offset_expr,
                    } = data.kind
                    else {
                        return Err(
                            "The program has data that is not there from the start.".to_owned()
                        );
                    };
                    self.data.push((constant(&offset_expr)?, data.data));
                }
            }
            Payload::StartSection { .. } => {
                return Err("The program starts by itself, before it could be split.".to_owned());
            }
            Payload::TagSection(_) => {
                return Err("The program has exceptions of its own.".to_owned());
            }
            Payload::CustomSection(section) => {
                if let wasmparser::KnownCustom::Name(names) = section.as_known() {
                    self.name(names)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn element(&mut self, element: &wasmparser::Element<'a>) -> Result<(), Failure> {
        let ElementKind::Active {
            table_index: None | Some(0),
            offset_expr,
        } = &element.kind
        else {
            return Err("The program fills its function table later than at its start.".to_owned());
        };
        let ElementItems::Functions(functions) = &element.items else {
            return Err("The program has a table of something else than functions.".to_owned());
        };
        let begin = constant(offset_expr)?;
        for (place, function) in (begin..).zip(functions.clone()) {
            self.table.push((place, function.map_err(broken)?));
        }
        Ok(())
    }

    fn name(&mut self, names: NameSectionReader<'_>) -> Result<(), Failure> {
        for part in names {
            if let Name::Function(functions) = part.map_err(broken)? {
                for naming in functions {
                    let naming = naming.map_err(broken)?;
                    if let Some(name) = self.names.get_mut(naming.index as usize) {
                        *name = names::stable(naming.name);
                    }
                }
            }
        }
        Ok(())
    }

    /// The body of a function, unless it is imported.
    pub fn body(&self, function: u32) -> Option<&FunctionBody<'a>> {
        self.bodies
            .get((function as usize).checked_sub(self.imports.len())?)
    }

    /// Whether a function is imported.
    pub fn is_imported(&self, function: u32) -> bool {
        (function as usize) < self.imports.len()
    }

    /// The numbers of the functions that have a body.
    pub fn with_bodies(&self) -> impl Iterator<Item = u32> + use<> {
        let numbers = self.imports.len()..self.functions.len();
        numbers.map(|function| u32::try_from(function).unwrap_or(u32::MAX))
    }
}

/// The number that a constant expression is.
pub fn constant(expression: &ConstExpr<'_>) -> Result<u32, Failure> {
    match expression.get_operators_reader().read().map_err(broken)? {
        Operator::I32Const { value } => Ok(value.cast_unsigned()),
        _ => Err("The program has a place that is no plain number.".to_owned()),
    }
}

/// What the reader says, as a sentence.
pub fn broken(error: wasmparser::BinaryReaderError) -> Failure {
    format!("The program cannot be read: {error}.")
}
