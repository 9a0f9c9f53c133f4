//! Splits the page's program in two: `first`, which a first look at the page runs, and `rest`, everything else.
//!
//! The page is one program of several megabytes, of which a first look runs a quarter. Which quarter is learnt by
//! watching (`mark` makes a program that tells which of its functions are entered; `cargo xtask first-look` lets a browser
//! run it) and kept as a list of names (`list`). A release build then splits by that list (`parts`):
//!
//! - A call from `first` to a function of `rest` goes through the function table, and so does any call of a function
//!   that is only known by its number in the table. Where the table has nothing yet, `first` asks its host to bring
//!   `rest`; the host does so before it answers (www/rest.js). So nothing can go wrong but time: the list decides how
//!   much is downloaded when, never what the program does.
//! - `rest` shares memory, table and globals with `first`, and calls the functions of `first` that it needs.
//! - Constant data goes with the functions that reach it, which the linker's relocations tell.
//!
//! A program that this cannot split is refused in one sentence; nothing is written then. Both parts are validated.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a command line program; the bans are for the simulator"
)]

mod constants;
mod emit;
mod first;
mod mark;
mod module;
mod names;
mod plan;
mod rest;
#[cfg(test)]
mod tests;

use module::Module;
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "\
Usage: split parts <program> <linked> <list> <first> <rest> [--names]
       split mark <program> <marked>
       split list <program> <entered> <list>

  program   what wasm-bindgen made, with the names of its functions
  linked    what the linker made of the same, with its relocations
  list      the names of the functions that a first look runs
  entered   numbers of functions that a marked program entered, one a line
";

/// What goes wrong, as a sentence.
type Failure = String;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["parts", program, linked, list, first, rest] => {
            parts(program, linked, list, [first, rest], false)
        }
        ["parts", program, linked, list, first, rest, "--names"] => {
            parts(program, linked, list, [first, rest], true)
        }
        ["mark", program, marked] => mark(program, marked),
        ["list", program, entered, list] => learn(program, entered, list),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

/// Writes both parts. `names` keeps the names of the functions, for looking at what takes the room.
fn parts(
    program: &str,
    linked: &str,
    list: &str,
    out: [&str; 2],
    names: bool,
) -> Result<(), Failure> {
    let program = read(program)?;
    let module = Module::parse(&program)?;
    let linked = read(linked)?;
    let constants = constants::Constants::parse(&linked)?;
    let list = String::from_utf8_lossy(&read(list)?).into_owned();
    let first_look = names::read_list(&list);
    let plan = plan::Plan::new(&module, &constants, |name| {
        first_look.contains(&names::number(name))
    })?;
    let written = [
        first::first(&module, &plan, names)?,
        rest::rest(&module, &plan, names)?,
    ];
    for part in &written {
        wasmparser::validate(part)
            .map_err(|error| format!("A part is no valid program: {error}."))?;
    }
    for (path, part) in out.iter().zip(&written) {
        write(path, part)?;
    }
    Ok(())
}

/// Writes a program that reports every function it enters, by its number among the functions with a body.
fn mark(program: &str, marked: &str) -> Result<(), Failure> {
    let program = read(program)?;
    write(marked, &mark::mark(&Module::parse(&program)?, &program)?)
}

/// Writes the list of the functions with these numbers.
fn learn(program: &str, entered: &str, list: &str) -> Result<(), Failure> {
    let program = read(program)?;
    let module = Module::parse(&program)?;
    let entered = String::from_utf8_lossy(&read(entered)?).into_owned();
    let mut found = Vec::new();
    for line in entered.lines() {
        let name = line
            .parse::<usize>()
            .ok()
            .and_then(|number| module.names.get(module.imports.len() + number))
            .ok_or_else(|| format!("The program has no function number {line}."))?;
        found.push(name.as_str());
    }
    write(list, names::write_list(&found).as_bytes())
}

fn read(path: impl AsRef<Path>) -> Result<Vec<u8>, Failure> {
    let path = path.as_ref();
    std::fs::read(path).map_err(|error| format!("{} cannot be read: {error}.", path.display()))
}

fn write(path: impl AsRef<Path>, bytes: &[u8]) -> Result<(), Failure> {
    let path = path.as_ref();
    std::fs::write(path, bytes)
        .map_err(|error| format!("{} cannot be written: {error}.", path.display()))
}
