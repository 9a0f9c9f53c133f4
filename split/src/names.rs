//! Names of functions that stay the same from one build to the next, and the list of those that a first look runs.
//!
//! A function is named as a person reads it, with its types and without the numbers that the compiler gives crates. The
//! list has a short number for each name instead of the name itself, because names of generic functions are long: eight
//! hexadecimal digits, one a line, sorted, so that two lists can be compared.

use std::collections::BTreeSet;

/// The name of a symbol, or of what wasm-bindgen made of one, without what differs from build to build.
pub fn stable(symbol: &str) -> String {
    let readable = rustc_demangle::try_demangle(symbol)
        .map_or_else(|_| symbol.to_owned(), |name| name.to_string());
    let readable = without_crate_numbers(&readable);
    without_binding_number(without_place(&readable)).to_owned()
}

/// What Rust exports for wasm-bindgen as `mount_21bc2fb66419592b` is `mount`; imports have such numbers as well.
fn without_binding_number(symbol: &str) -> &str {
    const DIGITS: usize = 16;
    symbol
        .rsplit_once('_')
        .filter(|(_, number)| {
            number.len() == DIGITS && number.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
        .map_or(symbol, |(name, _)| name)
}

/// wasm-bindgen counts functions of one name: `with[1]` is the second `with`.
fn without_place(name: &str) -> &str {
    name.strip_suffix(']')
        .and_then(|name| name.rsplit_once('['))
        .filter(|(_, place)| !place.is_empty() && place.bytes().all(|byte| byte.is_ascii_digit()))
        .map_or(name, |(name, _)| name)
}

/// `core[c5930c85a12de822]::str` is `core::str`. Arrays and slices stay: no type is named with so many digits.
fn without_crate_numbers(name: &str) -> String {
    const LEAST_DIGITS: usize = 9;
    let mut kept = String::with_capacity(name.len());
    let mut left = name;
    while let Some(open) = left.find('[') {
        let (before, bracket) = left.split_at(open);
        let digits = bracket[1..]
            .bytes()
            .take_while(u8::is_ascii_hexdigit)
            .count();
        kept.push_str(before);
        if digits >= LEAST_DIGITS && bracket[1 + digits..].starts_with(']') {
            left = &bracket[digits + 2..];
        } else {
            kept.push('[');
            left = &bracket[1..];
        }
    }
    kept + left
}

/// The number of a name in the list: FNV-1a, folded to 32 bits. Two names with one number go the same way, which costs
/// some bytes and nothing else.
pub fn number(name: &str) -> u32 {
    let digest = name
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |digest, byte| {
            (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    let [a, b, c, d, e, f, g, h] = digest.to_be_bytes();
    u32::from_be_bytes([a ^ e, b ^ f, c ^ g, d ^ h])
}

/// Reads a list; lines that are no numbers are words for people.
pub fn read_list(list: &str) -> BTreeSet<u32> {
    list.lines()
        .filter_map(|line| u32::from_str_radix(line, 16).ok())
        .collect()
}

/// Writes the list of these names.
pub fn write_list(names: &[&str]) -> String {
    let numbers: BTreeSet<u32> = names.iter().map(|name| number(name)).collect();
    let mut list = String::from(
        "# What a first look at the page runs, as numbers of names of functions. `cargo xtask first-look` writes this.\n",
    );
    for number in numbers {
        list.push_str(&format!("{number:08x}\n"));
    }
    list
}
