//! Which constant data the functions of a program reach, from what the linker writes down when it is told to
//! (`--emit-relocs`): every place in code and data that holds an address, and the symbol at that address.
//!
//! wasm-bindgen gives functions other numbers and leaves data where it is, so functions are found again by their names,
//! and data by its address. A function that the linker does not know is one that wasm-bindgen made, and reaches none.

use crate::module::{broken, constant};
use crate::{Failure, names};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use wasmparser::{
    DataKind, KnownCustom, Linking, Name, Parser, Payload, RelocationEntry, RelocationType,
    SymbolInfo, TypeRef,
};

/// Data that nothing writes to: the linker's name of its segment.
const READ_ONLY: &str = ".rodata";

/// How the names of functions end that wasm-bindgen puts in front of others.
const SHIM: &str = " shim";

/// How the names of wasm-bindgen's own functions begin.
const BINDGEN: &str = "__wbindgen_";

/// What the relocations of a program say.
pub struct Constants {
    /// Where the data is that may be left out, as addresses.
    pub read_only: Range<u32>,
    /// The symbols that the functions of a name reach by themselves.
    reached: BTreeMap<String, BTreeSet<u32>>,
    /// The symbols that a symbol's data reaches by itself.
    onward: BTreeMap<u32, BTreeSet<u32>>,
    /// Where the data of a symbol is.
    places: BTreeMap<u32, Range<u32>>,
    /// The names of all functions that the linker knows.
    known: BTreeSet<String>,
}

/// What is gathered while the program is read.
#[derive(Default)]
struct Reading<'a> {
    imported: u32,
    /// Where the bodies of functions begin and end, from the beginning of the code section.
    bodies: Vec<Range<u32>>,
    code: (usize, u32),
    /// Where the data of segments begins, from the beginning of the data section, and at which address.
    segments: Vec<(u32, u32)>,
    data: (usize, u32),
    segment_names: Vec<&'a str>,
    segment_sizes: Vec<u32>,
    symbols: Vec<SymbolInfo<'a>>,
    relocations: BTreeMap<u32, Vec<RelocationEntry>>,
    names: BTreeMap<u32, String>,
}

impl Constants {
    /// Reads what the linker wrote.
    pub fn parse(linked: &[u8]) -> Result<Self, Failure> {
        let mut reading = Reading::default();
        let mut section = 0;
        for payload in Parser::new(0).parse_all(linked) {
            let payload = payload.map_err(broken)?;
            reading.take(&payload, section, linked)?;
            // Bodies are parts of a section, and neither beginning nor end is a section.
            let is_section = payload.as_section().is_some();
            section += usize::from(is_section);
        }
        reading.finish()
    }

    /// The addresses of read-only data that these functions reach, by themselves or through other data. Refuses a
    /// function that neither the linker nor wasm-bindgen made: what it reaches could not be told.
    pub fn needed<'n>(
        &self,
        functions: impl Iterator<Item = &'n str>,
    ) -> Result<BTreeSet<(u32, u32)>, Failure> {
        let mut open: Vec<u32> = Vec::new();
        for name in functions {
            let of_bindgen = name.is_empty() || name.ends_with(SHIM) || name.starts_with(BINDGEN);
            if !of_bindgen && !self.known.contains(name) {
                return Err(format!("The linker does not know the function `{name}`."));
            }
            open.extend(self.reached.get(name).into_iter().flatten());
        }
        Ok(self.reach(open))
    }

    /// The addresses that data which may be written to reaches: it is there from the start, and so must be what it names.
    pub fn needed_by_data(&self) -> BTreeSet<(u32, u32)> {
        let places = self.places.iter();
        let written = places.filter(|(_, place)| !self.read_only.contains(&place.start));
        self.reach(written.map(|(symbol, _)| *symbol).collect())
    }

    /// The addresses of these symbols and of all that they reach.
    fn reach(&self, mut open: Vec<u32>) -> BTreeSet<(u32, u32)> {
        let mut seen = BTreeSet::new();
        let mut reached = BTreeSet::new();
        while let Some(symbol) = open.pop() {
            if seen.insert(symbol) {
                let place = self.places.get(&symbol);
                reached.extend(place.map(|place| (place.start, place.end)));
                open.extend(self.onward.get(&symbol).into_iter().flatten());
            }
        }
        reached
    }
}

impl<'a> Reading<'a> {
    fn take(
        &mut self,
        payload: &Payload<'a>,
        section: usize,
        linked: &[u8],
    ) -> Result<(), Failure> {
        match payload {
            Payload::ImportSection(imports) => {
                for import in imports.clone().into_imports() {
                    let function = matches!(import.map_err(broken)?.ty, TypeRef::Func(_));
                    self.imported += u32::from(function);
                }
            }
            Payload::CodeSectionStart { range, .. } => self.code = (section, small(range.start)?),
            Payload::CodeSectionEntry(body) => {
                let range = body.range();
                let begin = small(range.start)? - self.code.1;
                self.bodies.push(begin..small(range.end)? - self.code.1);
            }
            Payload::DataSection(data) => {
                self.data = (section, small(data.range().start)?);
                for segment in data.clone() {
                    let segment = segment.map_err(broken)?;
                    let DataKind::Active { offset_expr, .. } = segment.kind else {
                        return Err(
                            "The linker left data that is not there from the start.".to_owned()
                        );
                    };
                    let begin = segment.data.as_ptr() as usize - linked.as_ptr() as usize;
                    self.segments
                        .push((small(begin)? - self.data.1, constant(&offset_expr)?));
                    self.segment_sizes.push(small(segment.data.len())?);
                }
            }
            Payload::CustomSection(custom) => self.custom(custom.as_known())?,
            _ => {}
        }
        Ok(())
    }

    fn custom(&mut self, custom: KnownCustom<'a>) -> Result<(), Failure> {
        match custom {
            KnownCustom::Linking(linking) => {
                for part in linking.subsections() {
                    match part.map_err(broken)? {
                        Linking::SegmentInfo(segments) => {
                            for segment in segments {
                                self.segment_names.push(segment.map_err(broken)?.name);
                            }
                        }
                        Linking::SymbolTable(symbols) => {
                            for symbol in symbols {
                                self.symbols.push(symbol.map_err(broken)?);
                            }
                        }
                        _ => {}
                    }
                }
            }
            KnownCustom::Reloc(relocations) => {
                let entries: Result<Vec<_>, _> = relocations.entries().into_iter().collect();
                self.relocations
                    .insert(relocations.section_index(), entries.map_err(broken)?);
            }
            KnownCustom::Name(names) => {
                for part in names {
                    if let Name::Function(functions) = part.map_err(broken)? {
                        for naming in functions {
                            let naming = naming.map_err(broken)?;
                            self.names.insert(naming.index, names::stable(naming.name));
                        }
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(self) -> Result<Constants, Failure> {
        let segment = self
            .segment_names
            .iter()
            .position(|name| name.starts_with(READ_ONLY));
        let (Some(segment), false) = (segment, self.symbols.is_empty()) else {
            return Err(
                "The linker left no relocations; it has to be told `--emit-relocs`.".to_owned(),
            );
        };
        let (Some((_, begin)), Some(size)) =
            (self.segments.get(segment), self.segment_sizes.get(segment))
        else {
            return Err("The linker names a segment of data that is not there.".to_owned());
        };
        let places = self.places();
        let reached = self.reached();
        let onward = self.onward(&places);
        Ok(Constants {
            read_only: *begin..begin + size,
            reached,
            onward,
            places,
            known: self.names.into_values().collect(),
        })
    }

    /// The addresses of the symbols that are data.
    fn places(&self) -> BTreeMap<u32, Range<u32>> {
        let mut places = BTreeMap::new();
        for (number, symbol) in (0..).zip(&self.symbols) {
            if let SymbolInfo::Data {
                symbol: Some(data), ..
            } = symbol
                && let Some((_, address)) = self.segments.get(data.index as usize)
            {
                let begin = address + data.offset;
                places.insert(number, begin..begin + data.size);
            }
        }
        places
    }

    /// The relocations of a section that hold an address of data: where, and of which symbol.
    fn addresses(&self, section: usize) -> impl Iterator<Item = (u32, u32)> {
        let entries = u32::try_from(section)
            .ok()
            .and_then(|section| self.relocations.get(&section));
        entries
            .into_iter()
            .flatten()
            .filter(|entry| is_address(entry.ty))
            .map(|entry| (entry.offset, entry.index))
    }

    fn reached(&self) -> BTreeMap<String, BTreeSet<u32>> {
        let mut reached: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
        let functions = self.bodies.iter().zip(self.imported..);
        let begins: BTreeMap<u32, (u32, u32)> = functions
            .map(|(body, function)| (body.start, (body.end, function)))
            .collect();
        for (offset, symbol) in self.addresses(self.code.0) {
            if let Some((_, (end, function))) = begins.range(..=offset).next_back()
                && offset < *end
                && let Some(name) = self.names.get(function)
            {
                reached.entry(name.clone()).or_default().insert(symbol);
            }
        }
        reached
    }

    fn onward(&self, places: &BTreeMap<u32, Range<u32>>) -> BTreeMap<u32, BTreeSet<u32>> {
        // Symbols may lie over each other (the linker merges ends of texts): every one that covers a place reaches on.
        let mut begins: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
        let mut longest = 0;
        for (symbol, place) in places {
            begins
                .entry(place.start)
                .or_default()
                .push((place.end, *symbol));
            longest = longest.max(place.end - place.start);
        }
        let mut onward: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for (offset, target) in self.addresses(self.data.0) {
            let inside = self.segments.iter().zip(&self.segment_sizes);
            let address = inside
                .filter(|((begin, _), size)| (*begin..begin + *size).contains(&offset))
                .map(|((begin, address), _)| address + (offset - begin))
                .next();
            let Some(address) = address else { continue };
            let near = address.saturating_sub(longest)..=address;
            for (end, symbol) in begins.range(near).flat_map(|(_, ends)| ends) {
                if address < *end {
                    onward.entry(*symbol).or_default().insert(target);
                }
            }
        }
        onward
    }
}

fn is_address(kind: RelocationType) -> bool {
    matches!(
        kind,
        RelocationType::MemoryAddrLeb
            | RelocationType::MemoryAddrSleb
            | RelocationType::MemoryAddrI32
    )
}

fn small(number: usize) -> Result<u32, Failure> {
    u32::try_from(number).map_err(|_| "The program is larger than 4 GB.".to_owned())
}
