//! CBOR (RFC 8949), as far as the service's values go: texts, numbers, truth values, null, arrays, maps with texts as
//! keys, and instants as tag 1.
//!
//! Reading is lenient where the format is (lengths known or not, all widths of numbers) and ends at the first byte that
//! makes no sense. Byte strings do not occur in this service, so they make no sense either. Nesting is limited, and no
//! length is believed before the bytes are there, so that no input can exhaust stack or memory.

use serde_json::{Map, Number, Value};

use crate::model::{Kind, Shape};

/// How deep values may be nested: as deep as the JSON reader allows.
const DEEPEST: usize = 127;

/// The tag of seconds since 1970-01-01T00:00:00Z.
const INSTANT: u64 = 1;

/// The byte that ends what began without a length.
const BREAK: u8 = 0xff;

/// The value that the bytes are, all of them; none if they are no value. Tags are looked through: what an instant is
/// follows from the shape it is for, as in JSON.
pub fn decode(bytes: &[u8]) -> Option<Value> {
    let mut reader = Reader { rest: bytes };
    let value = reader.value(DEEPEST)?;
    reader.rest.is_empty().then_some(value)
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    fn take(&mut self, count: usize) -> Option<&[u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    /// Whether the next byte is a break, which is then gone.
    fn at_break(&mut self) -> bool {
        let found = self.rest.first() == Some(&BREAK);
        if found {
            self.byte();
        }
        found
    }

    fn big_endian(&mut self, count: usize) -> Option<u64> {
        let bytes = self.take(count)?;
        Some(
            bytes
                .iter()
                .fold(0, |number, byte| (number << 8) | u64::from(*byte)),
        )
    }

    /// The number behind the first byte; none inside where the length is not known.
    fn argument(&mut self, low: u8) -> Option<Option<u64>> {
        Some(match low {
            0..=23 => Some(u64::from(low)),
            24 => Some(self.big_endian(1)?),
            25 => Some(self.big_endian(2)?),
            26 => Some(self.big_endian(4)?),
            27 => Some(self.big_endian(8)?),
            31 => None,
            _ => return None,
        })
    }

    fn value(&mut self, levels: usize) -> Option<Value> {
        let below = levels.checked_sub(1)?;
        let first = self.byte()?;
        let (major, low) = (first >> 5, first & 0x1f);
        if major == 7 {
            return self.simple(low);
        }
        let argument = self.argument(low)?;
        match (major, argument) {
            (0, Some(number)) => Some(Value::from(number)),
            (1, Some(number)) => Some(negative(number)),
            (3, argument) => self.text(argument).map(Value::String),
            (4, argument) => self.array(argument, below),
            (5, argument) => self.map(argument, below),
            (6, Some(_)) => self.value(below),
            _ => None,
        }
    }

    fn simple(&mut self, low: u8) -> Option<Value> {
        match low {
            20 => Some(Value::Bool(false)),
            21 => Some(Value::Bool(true)),
            22 | 23 => Some(Value::Null),
            25 => {
                let bits = u16::try_from(self.big_endian(2)?).ok()?;
                float(half(bits))
            }
            26 => {
                let bits = u32::try_from(self.big_endian(4)?).ok()?;
                float(f64::from(f32::from_bits(bits)))
            }
            27 => float(f64::from_bits(self.big_endian(8)?)),
            _ => None,
        }
    }

    fn text(&mut self, length: Option<u64>) -> Option<String> {
        let Some(length) = length else {
            let mut text = String::new();
            while !self.at_break() {
                let first = self.byte()?;
                let piece = self.argument(first & 0x1f)??;
                // Only pieces of known length may stand inside.
                if first >> 5 != 3 {
                    return None;
                }
                text.push_str(&self.text(Some(piece))?);
            }
            return Some(text);
        };
        let bytes = self.take(usize::try_from(length).ok()?)?;
        std::str::from_utf8(bytes).ok().map(str::to_owned)
    }

    fn array(&mut self, length: Option<u64>, levels: usize) -> Option<Value> {
        let mut items = Vec::new();
        let mut left = length;
        while self.more(&mut left)? {
            items.push(self.value(levels)?);
        }
        Some(Value::Array(items))
    }

    fn map(&mut self, length: Option<u64>, levels: usize) -> Option<Value> {
        let mut entries = Map::new();
        let mut left = length;
        while self.more(&mut left)? {
            let Value::String(key) = self.value(levels)? else {
                return None;
            };
            entries.insert(key, self.value(levels)?);
        }
        Some(Value::Object(entries))
    }

    /// Whether one more item follows, of so many that are left, or until the break.
    fn more(&mut self, left: &mut Option<u64>) -> Option<bool> {
        match left {
            None => Some(!self.at_break()),
            Some(0) => Some(false),
            Some(count) => {
                *count -= 1;
                Some(true)
            }
        }
    }
}

/// −1 − number.
fn negative(number: u64) -> Value {
    match i64::try_from(number) {
        Ok(number) => Value::from(-1 - number),
        // Beyond 64 bits; nothing the service takes is.
        #[expect(
            clippy::cast_precision_loss,
            reason = "it is beyond every limit anyway"
        )]
        Err(_) => Value::from(-1.0 - number as f64),
    }
}

/// Not a number and infinite have no place in JSON, nor in this service.
fn float(number: f64) -> Option<Value> {
    Number::from_f64(number).map(Value::Number)
}

/// A number of 16 bits: sign, 5 bits of exponent, 10 of fraction.
fn half(bits: u16) -> f64 {
    let exponent = i32::from((bits >> 10) & 0x1f);
    let fraction = f64::from(bits & 0x3ff);
    let size = match exponent {
        0 => fraction * 2f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1024.0 + fraction) * 2f64.powi(exponent - 25),
    };
    if bits & 0x8000 == 0 { size } else { -size }
}

/// A value as bytes. Where its shape is known, instants are marked as such.
pub fn encode(shape: Option<&Shape>, value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(&mut bytes, shape, value);
    bytes
}

fn write(bytes: &mut Vec<u8>, shape: Option<&Shape>, value: &Value) {
    let kind = shape.map(|shape| &shape.kind);
    match value {
        Value::Null => bytes.push(0xf6),
        Value::Bool(false) => bytes.push(0xf4),
        Value::Bool(true) => bytes.push(0xf5),
        Value::Number(number) => {
            if matches!(kind, Some(Kind::Timestamp)) {
                head(bytes, 6, INSTANT);
            }
            write_number(bytes, number);
        }
        Value::String(text) => write_text(bytes, text),
        Value::Array(items) => {
            let of = match kind {
                Some(Kind::List { member, .. }) => Some(*member),
                _ => None,
            };
            head(bytes, 4, items.len() as u64);
            for item in items {
                write(bytes, of, item);
            }
        }
        Value::Object(entries) => {
            head(bytes, 5, entries.len() as u64);
            for (key, inner) in entries {
                write_text(bytes, key);
                let of = match kind {
                    Some(Kind::Map { value, .. }) => Some(*value),
                    _ => shape
                        .and_then(|shape| shape.member(key))
                        .map(|member| member.shape),
                };
                write(bytes, of, inner);
            }
        }
    }
}

fn write_text(bytes: &mut Vec<u8>, text: &str) {
    head(bytes, 3, text.len() as u64);
    bytes.extend_from_slice(text.as_bytes());
}

fn write_number(bytes: &mut Vec<u8>, number: &Number) {
    if let Some(number) = number.as_u64() {
        head(bytes, 0, number);
    } else if let Some(number) = number.as_i64() {
        head(bytes, 1, (-1 - number).unsigned_abs());
    } else {
        bytes.push(0xfb);
        let float = number.as_f64().unwrap_or_default();
        bytes.extend_from_slice(&float.to_be_bytes());
    }
}

/// The first byte and its number, in as few bytes as it needs.
#[expect(
    clippy::cast_possible_truncation,
    reason = "each arm names the numbers that fit"
)]
fn head(bytes: &mut Vec<u8>, major: u8, number: u64) {
    let major = major << 5;
    match number {
        0..=23 => bytes.push(major | number as u8),
        24..=0xff => bytes.extend([major | 24, number as u8]),
        0x100..=0xffff => {
            bytes.push(major | 25);
            bytes.extend_from_slice(&(number as u16).to_be_bytes());
        }
        0x1_0000..=0xffff_ffff => {
            bytes.push(major | 26);
            bytes.extend_from_slice(&(number as u32).to_be_bytes());
        }
        _ => {
            bytes.push(major | 27);
            bytes.extend_from_slice(&number.to_be_bytes());
        }
    }
}
