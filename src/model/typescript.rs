//! The tables as TypeScript: an interface for every structure, a union for every enumeration, and one type that
//! maps the 44 methods to what they take and answer.
//!
//! Names are the AWS SDK's, so types written for it fit. Instants go in as `Date` or seconds and come out as `Date`;
//! a structure that travels both ways and holds an instant has a second interface, named `…Input`, for the way in.

use super::operation::Operation;
use super::shape::{Kind, Shape};
use super::tables::operations::OPERATIONS;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write};

/// The text of the declarations: ends in a line end, in the same order every time.
pub fn declarations() -> String {
    let mut text = String::new();
    // Writing into a text cannot fail.
    let _ = write(&mut text);
    text
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Input,
    Answer,
}

/// The shapes that travel each way, by name.
struct Travels {
    input: BTreeMap<&'static str, &'static Shape>,
    answer: BTreeMap<&'static str, &'static Shape>,
    /// Structures that travel both ways and hold an instant somewhere.
    twofold: BTreeSet<&'static str>,
}

impl Travels {
    fn all() -> Self {
        let (mut input, mut answer) = (BTreeMap::new(), BTreeMap::new());
        for operation in OPERATIONS {
            collect(operation.input, &mut input);
            if let Some(shape) = operation.output {
                collect(shape, &mut answer);
            }
        }
        let twofold = input
            .iter()
            .filter(|(name, shape)| answer.contains_key(*name) && holds_instant(shape))
            .filter(|(_, shape)| matches!(shape.kind, Kind::Structure(_)))
            .map(|(name, _)| *name)
            .collect();
        Self {
            input,
            answer,
            twofold,
        }
    }

    fn type_of(&self, shape: &Shape, side: Side) -> String {
        match shape.kind {
            Kind::Structure(_) if side == Side::Input && self.twofold.contains(shape.name) => {
                format!("{}Input", shape.name)
            }
            Kind::Structure(_) | Kind::Choice(_) => shape.name.to_owned(),
            Kind::List { member, .. } => format!("{}[]", self.type_of(member, side)),
            Kind::Map { value, .. } => format!("Record<string, {}>", self.type_of(value, side)),
            Kind::Text { .. } => "string".to_owned(),
            Kind::Integer { .. } => "number".to_owned(),
            Kind::Boolean => "boolean".to_owned(),
            Kind::Timestamp if side == Side::Input => "Date | number".to_owned(),
            Kind::Timestamp => "Date".to_owned(),
        }
    }
}

fn collect(shape: &'static Shape, found: &mut BTreeMap<&'static str, &'static Shape>) {
    if found.insert(shape.name, shape).is_none() {
        for next in inside(shape) {
            collect(next, found);
        }
    }
}

fn holds_instant(shape: &'static Shape) -> bool {
    matches!(shape.kind, Kind::Timestamp) || inside(shape).into_iter().any(holds_instant)
}

fn inside(shape: &'static Shape) -> Vec<&'static Shape> {
    match shape.kind {
        Kind::Structure(members) => members.iter().map(|member| member.shape).collect(),
        Kind::List { member, .. } => vec![member],
        Kind::Map { value, .. } => vec![value],
        _ => Vec::new(),
    }
}

fn write(text: &mut String) -> fmt::Result {
    let travels = Travels::all();
    writeln!(
        text,
        "// The operations of AWS CodePipeline and their shapes. Derived from src/model/tables; to renew it:"
    )?;
    writeln!(text, "// BLESS=1 cargo test --test native typescript")?;
    let mut all = travels.input.clone();
    all.extend(&travels.answer);
    for (name, shape) in &all {
        match shape.kind {
            Kind::Choice(values) => {
                let values: Vec<String> =
                    values.iter().map(|value| format!("\"{value}\"")).collect();
                writeln!(text, "\nexport type {name} = {};", values.join(" | "))?;
            }
            Kind::Structure(_) => {
                let side = if travels.answer.contains_key(name) {
                    Side::Answer
                } else {
                    Side::Input
                };
                interface(text, name, shape, side, &travels)?;
                if travels.twofold.contains(name) {
                    interface(text, &format!("{name}Input"), shape, Side::Input, &travels)?;
                }
            }
            _ => {}
        }
    }
    writeln!(
        text,
        "\n/** The operations as methods, named as in the AWS SDK. */"
    )?;
    writeln!(text, "export interface Operations {{")?;
    for operation in OPERATIONS {
        method(text, operation)?;
    }
    writeln!(text, "}}")
}

fn interface(
    text: &mut String,
    name: &str,
    shape: &Shape,
    side: Side,
    travels: &Travels,
) -> fmt::Result {
    if shape.members().is_empty() {
        return writeln!(text, "\nexport interface {name} {{}}");
    }
    writeln!(text, "\nexport interface {name} {{")?;
    for member in shape.members() {
        let optional = if member.required { "" } else { "?" };
        let member_type = travels.type_of(member.shape, side);
        writeln!(text, "  {}{optional}: {member_type};", member.name)?;
    }
    writeln!(text, "}}")
}

fn method(text: &mut String, operation: &Operation) -> fmt::Result {
    let needed = operation
        .input
        .members()
        .iter()
        .any(|member| member.required);
    let optional = if needed { "" } else { "?" };
    let answer = operation.output.map_or("void", |shape| shape.name);
    writeln!(text, "  /** {} */", operation.summary)?;
    writeln!(
        text,
        "  {}(input{optional}: {}): Promise<{answer}>;",
        operation.method(),
        operation.input.name
    )
}
