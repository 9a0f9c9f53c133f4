//! A program of a few functions is split, and what comes out is looked at. That split programs do what the whole one
//! does, the page's tests show: all of them drive a page that was split.

use crate::constants::Constants;
use crate::module::Module;
use crate::plan::Plan;
use crate::{first, mark, names, rest};
use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, DataSection, ElementSection, Elements, Encode,
    EntityType, ExportKind, ExportSection, FunctionSection, GlobalSection, GlobalType,
    ImportSection, Instruction as I, MemArg, MemorySection, MemoryType, NameMap, NameSection,
    RefType, TableSection, TableType, TypeSection, ValType,
};
use wasmparser::{ExternalKind, TypeRef};

/// Numbers of the functions below; 0 is imported.
const SEEN: u32 = 1;
const HIDDEN: u32 = 2;
const SHARED: u32 = 3;
const BY_NUMBER: u32 = 4;
const UNSEEN: u32 = 5;
const NAMES: [&str; 6] = ["host", "seen", "hidden", "shared", "by_number", "unseen"];
/// Where the texts lie: one that `seen` reads, one that `hidden` reads, and a word that points to a third.
const TEXT: u32 = 1024;
const DATA: &[u8; 48] = b"seen............hidden..........pointed to......";

/// A program and what its linker wrote down: `seen(n)` answers `hidden(n)` and what its text begins with; `by_number` stands
/// in the table, where `seen` calls it; `unseen` is only for the host.
fn program() -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([ValType::I32], [ValType::I32]);
    types.ty().function([ValType::I32], []);
    let mut imports = ImportSection::new();
    imports.import("host", "told", EntityType::Function(1));
    let mut functions = FunctionSection::new();
    for _ in SEEN..=UNSEEN {
        functions.function(0);
    }
    let mut tables = TableSection::new();
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: 2,
        maximum: Some(2),
        shared: false,
    });
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut globals = GlobalSection::new();
    let kind = GlobalType {
        val_type: ValType::I32,
        mutable: true,
        shared: false,
    };
    globals.global(kind, &ConstExpr::i32_const(7));
    let mut exports = ExportSection::new();
    exports.export("seen", ExportKind::Func, SEEN);
    exports.export("unseen", ExportKind::Func, UNSEEN);
    exports.export("memory", ExportKind::Memory, 0);
    let mut elements = ElementSection::new();
    let by_number = Elements::Functions((&[BY_NUMBER]).into());
    elements.active(None, &ConstExpr::i32_const(1), by_number);
    let read = MemArg {
        offset: 0,
        align: 0,
        memory_index: 0,
    };
    let bodies: [&[I<'_>]; 5] = [
        // seen: hidden(n) + table[1](n) + its text
        &[
            I::LocalGet(0),
            I::Call(HIDDEN),
            I::LocalGet(0),
            I::I32Const(1),
            I::CallIndirect {
                type_index: 0,
                table_index: 0,
            },
            I::I32Add,
            I::I32Const(TEXT.cast_signed()),
            I::I32Load8U(read),
            I::I32Add,
        ],
        // hidden: shared(n) + its text, and tells the host
        &[
            I::LocalGet(0),
            I::Call(0),
            I::LocalGet(0),
            I::Call(SHARED),
            I::I32Const((TEXT + 16).cast_signed()),
            I::I32Load8U(read),
            I::I32Add,
        ],
        // shared: n + the global
        &[I::LocalGet(0), I::GlobalGet(0), I::I32Add],
        // by_number: n * 1000
        &[I::LocalGet(0), I::I32Const(1000), I::I32Mul],
        // unseen: seen(n) + 1
        &[I::LocalGet(0), I::Call(SEEN), I::I32Const(1), I::I32Add],
    ];
    let mut code = CodeSection::new();
    for body in bodies {
        code.function(&crate::emit::plain(body));
    }
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(TEXT.cast_signed()), *DATA);
    let mut known = NameMap::new();
    for (number, name) in (0..).zip(NAMES) {
        known.append(number, name);
    }
    let mut names = NameSection::new();
    names.functions(&known);

    let mut module = wasm_encoder::Module::new();
    module
        .section(&types)
        .section(&imports)
        .section(&functions)
        .section(&tables)
        .section(&memories)
        .section(&globals)
        .section(&exports)
        .section(&elements)
        .section(&code)
        .section(&data)
        .section(&names)
        .section(&linking())
        .section(&relocations());
    module.finish()
}

/// Three symbols of data in one read-only segment.
fn linking() -> CustomSection<'static> {
    const VERSION: u32 = 2;
    const SEGMENTS: u8 = 5;
    const SYMBOLS: u8 = 8;
    const OF_DATA: u8 = 1;
    let mut segments = Vec::new();
    1_u32.encode(&mut segments);
    ".rodata".encode(&mut segments);
    for number in [0_u32, 0] {
        number.encode(&mut segments);
    }
    let mut symbols = Vec::new();
    3_u32.encode(&mut symbols);
    for (place, name) in (0_u32..).zip(["one", "two", "three"]) {
        symbols.push(OF_DATA);
        0_u32.encode(&mut symbols);
        name.encode(&mut symbols);
        for number in [0, place * 16, 16] {
            number.encode(&mut symbols);
        }
    }
    let mut bytes = Vec::new();
    VERSION.encode(&mut bytes);
    for (kind, part) in [(SEGMENTS, segments), (SYMBOLS, symbols)] {
        bytes.push(kind);
        part.as_slice().encode(&mut bytes);
    }
    CustomSection {
        name: "linking".into(),
        data: bytes.into(),
    }
}

/// Where bodies hold addresses: that of `seen` the first symbol's, that of `hidden` the second's.
fn relocations() -> CustomSection<'static> {
    const CODE: u32 = 8;
    const ADDRESS: u8 = 4;
    // Any place within the body will do; both are one line above.
    let [in_seen, in_hidden] = [2_u32, 26];
    let mut bytes = Vec::new();
    CODE.encode(&mut bytes);
    2_u32.encode(&mut bytes);
    for (offset, symbol) in [(in_seen, 0_u32), (in_hidden, 1)] {
        bytes.push(ADDRESS);
        offset.encode(&mut bytes);
        symbol.encode(&mut bytes);
        0_i32.encode(&mut bytes);
    }
    CustomSection {
        name: "reloc.CODE".into(),
        data: bytes.into(),
    }
}

/// Both parts, where a first look runs these functions.
fn split(wanted: &[&str]) -> Result<[Vec<u8>; 2], String> {
    let program = program();
    let module = Module::parse(&program)?;
    let constants = Constants::parse(&program)?;
    let plan = Plan::new(&module, &constants, |name| wanted.contains(&name))?;
    let parts = [
        first::first(&module, &plan, true)?,
        rest::rest(&module, &plan, true)?,
    ];
    for part in &parts {
        wasmparser::validate(part).map_err(|error| error.to_string())?;
    }
    Ok(parts)
}

/// The names of the functions with a body, but those that splitting adds.
fn own<'m>(module: &'m Module<'_>) -> Vec<&'m str> {
    let names = module.names.iter().skip(module.imports.len());
    names
        .map(String::as_str)
        .filter(|name| !name.is_empty())
        .collect()
}

fn texts(module: &Module<'_>) -> Vec<(u32, String)> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    module
        .data
        .iter()
        .map(|(address, bytes)| (*address, text(bytes)))
        .collect()
}

#[test]
fn each_function_is_in_one_part_and_the_host_finds_all_it_had() {
    let [first, rest] = split(&["seen", "shared"]).unwrap();
    let first = Module::parse(&first).unwrap();
    // What the host calls of the rest goes through the first part, under the same name.
    assert_eq!(own(&first), ["seen", "shared", "unseen"]);
    let exported: Vec<&str> = first.exports.iter().map(|export| export.name).collect();
    assert_eq!(exported[..3], ["seen", "unseen", "memory"]);

    // A part is not split again: the rest takes its table from the first.
    let refused = Module::parse(&rest).err().unwrap();
    assert!(refused.contains("imports `.table0`"), "{refused}");
}

#[test]
fn the_first_part_asks_for_what_it_has_not() {
    let [first, _] = split(&["seen", "shared"]).unwrap();
    let first = Module::parse(&first).unwrap();
    let asked: Vec<&str> = first.imports.iter().map(|import| import.name).collect();
    // The host's own function is called by the rest alone.
    assert_eq!(asked, ["bring"]);
    // Nothing stands in the table yet; two places came to it, for `hidden` and for `unseen`.
    assert_eq!(first.table, []);
    assert_eq!(first.tables[0].initial, 4);
}

#[test]
fn the_rest_is_given_what_it_shares() {
    let [_, rest] = split(&["seen", "shared"]).unwrap();
    let mut given = Vec::new();
    for payload in wasmparser::Parser::new(0).parse_all(&rest) {
        if let wasmparser::Payload::ImportSection(section) = payload.unwrap() {
            for import in section.into_imports() {
                let import = import.unwrap();
                given.push((import.module, matches!(import.ty, TypeRef::Func(_))));
            }
        }
    }
    let functions = given
        .iter()
        .filter(|(module, function)| *module == "first" && *function);
    // `seen`, which `unseen` calls, and `shared`, which `hidden` calls.
    assert_eq!(functions.count(), 2);
    assert!(
        given.contains(&("host", true)),
        "the host's function, which `hidden` calls"
    );
}

#[test]
fn data_comes_with_those_who_reach_it() {
    let [first, _] = split(&["seen", "shared"]).unwrap();
    let text = |part: &[u8]| texts(&Module::parse(part).unwrap());
    assert_eq!(text(&first), [(TEXT, "seen............".to_owned())]);
    let [both, _] = split(&["seen", "hidden", "shared"]).unwrap();
    assert_eq!(
        text(&both),
        [(TEXT, "seen............hidden..........".to_owned())]
    );
}

#[test]
fn a_function_that_the_linker_does_not_know_is_refused() {
    let program = program();
    let module = Module::parse(&program).unwrap();
    let constants = Constants::parse(&program).unwrap();
    let mut renamed = Module::parse(&program).unwrap();
    renamed.names[SEEN as usize] = "another".to_owned();
    let refused = Plan::new(&renamed, &constants, |name| name == "another").err();
    assert!(refused.is_some_and(|sentence| sentence.contains("another")));
    assert!(Plan::new(&module, &constants, |name| name == "seen").is_ok());
}

#[test]
fn a_marked_program_reports_what_it_enters() {
    let program = program();
    let marked = mark::mark(&Module::parse(&program).unwrap(), &program).unwrap();
    wasmparser::validate(&marked).unwrap();
    for payload in wasmparser::Parser::new(0).parse_all(&marked) {
        match payload.unwrap() {
            wasmparser::Payload::ImportSection(section) => {
                let names: Vec<&str> = section
                    .into_imports()
                    .map(|import| import.unwrap().name)
                    .collect();
                assert_eq!(names, ["told", "entered"]);
            }
            wasmparser::Payload::ExportSection(section) => {
                let seen = section.into_iter().next().unwrap().unwrap();
                assert_eq!((seen.kind, seen.index), (ExternalKind::Func, SEEN + 1));
            }
            _ => {}
        }
    }
}

#[test]
fn names_are_those_of_every_build() {
    let cases = [
        ("_RNvNtCscRoghuj2SQd_7mycrate3abc3def", "mycrate::abc::def"),
        ("core[c5930c85a12de822]::str::find", "core::str::find"),
        ("drop::<[u8; 4usize]>", "drop::<[u8; 4usize]>"),
        (
            "with::<alloc[3ca501edff3f0c7c]::vec::Vec<u8>>[12]",
            "with::<alloc::vec::Vec<u8>>",
        ),
        ("mount_21bc2fb66419592b", "mount"),
        ("two_words", "two_words"),
    ];
    for (symbol, name) in cases {
        assert_eq!(names::stable(symbol), name, "{symbol}");
    }
}

#[test]
fn a_list_is_read_as_it_was_written() {
    let list = names::write_list(&["one", "two", "one"]);
    assert_eq!(list.lines().count(), 3, "a line of words, and two numbers");
    let read = names::read_list(&list);
    assert_eq!(read, [names::number("one"), names::number("two")].into());
}
