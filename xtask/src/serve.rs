//! `cargo xtask serve`: the page on this machine, from whatever is there.
//!
//! The optimised page is built once under supervision, so that an error ends the command; then Trunk takes this process
//! over, serves the page on loopback and says where. Taking over instead of starting a child means that whoever stops this
//! process stops the server too. With `--dev` Trunk does everything, and stays alive through compile errors.

use crate::Stop;
use crate::browser::{self, Browser};
use crate::process;
use crate::report::step;
use crate::rust::Lock;
use crate::{node, project, rust, tools};
use std::ffi::OsStr;
use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;

struct Options {
    dev: bool,
    open: bool,
    port: u16,
}

/// Serves the page until the process is stopped.
pub fn run(arguments: &[String]) -> Result<(), Stop> {
    let options = parse(arguments)?;
    check_port(options.port)?;
    rust::ensure_wasm_target()?;
    let path = tools::ensure()?;
    step("fetching crates", || rust::fetch(Lock::MayChange))?;
    if !options.dev {
        step("building the page, optimised", || {
            build(&path, &served(options.port))
        })?;
    }
    // Installing and building take minutes in which somebody may have taken the port.
    check_port(options.port)?;
    println!(
        "==> starting the server of http://127.0.0.1:{}/ (Ctrl-C stops it)",
        options.port
    );
    Ok(serve(&options, &path)?)
}

/// Builds the page, optimised, into `folder` of the project. `path` is PATH with the tools in front.
pub fn build(path: &OsStr, folder: &str) -> Result<(), String> {
    process::run(trunk(path).args(["build", "--release", "--dist", folder]))
}

/// Builds the page into `dist/` for a browser that looks at it from a script: everything that this takes is installed.
pub fn build_to_look_at() -> Result<Browser, String> {
    node::ensure()?;
    rust::ensure_wasm_target()?;
    let path = tools::ensure()?;
    let browser = browser::ensure()?;
    node::ensure_packages()?;
    step("building the page, optimised", || build(&path, "dist"))?;
    Ok(browser)
}

/// Trunk with the right neighbours.
fn trunk(path: &OsStr) -> Command {
    let mut command = Command::new("trunk");
    command
        .current_dir(project::root())
        .env("PATH", path)
        .env("TRUNK_SKIP_VERSION_CHECK", "true");
    // Trunk reads NO_COLOR as a truth value and refuses the `1` that everybody sets.
    if std::env::var_os("NO_COLOR").is_some() {
        command.env("NO_COLOR", "true");
    }
    command
}

fn serve(options: &Options, path: &OsStr) -> Result<(), String> {
    let mut command = trunk(path);
    command
        .args(["serve", "--dist", &served(options.port), "--port"])
        .arg(options.port.to_string());
    if !options.dev {
        // The very page that would be published: no script of Trunk in it.
        command.args(["--release", "--no-autoreload"]);
    }
    if options.open {
        command.arg("--open");
    }
    process::become_program(&mut command)
}

/// Where the served page lies. Two Trunks in one folder delete each other's files, and Trunk rebuilds on every change; so
/// every server has a folder of its own, and none has `dist/`, which is the tests'.
fn served(port: u16) -> String {
    format!("target/served/{port}")
}

fn check_port(port: u16) -> Result<(), String> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) => Err(format!(
            "Port {port} of 127.0.0.1 cannot be used ({error}); stop the program that has it or choose another one with \
             `--port`."
        )),
    }
}

fn parse(arguments: &[String]) -> Result<Options, Stop> {
    let mut options = Options {
        dev: false,
        open: false,
        port: 8080,
    };
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--dev" => options.dev = true,
            "--open" => options.open = true,
            "--port" => {
                let number = arguments
                    .next()
                    .and_then(|number| number.parse().ok())
                    .filter(|port| *port != 0);
                options.port = number.ok_or_else(|| {
                    Stop::Usage("`--port` wants a number from 1 to 65535.".to_owned())
                })?;
            }
            other => return Err(Stop::Usage(format!("`serve` has no option `{other}`."))),
        }
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_one_sentence() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let sentence = check_port(port).unwrap_err();
        assert!(
            sentence.contains(&port.to_string()) && !sentence.contains('\n'),
            "{sentence}"
        );
        drop(taken);
        assert!(check_port(port).is_ok());
    }

    #[test]
    fn options_are_read_and_others_refused() {
        let words = |line: &str| {
            line.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let options = parse(&words("--port 9000 --dev")).ok().unwrap();
        assert!(options.dev && !options.open && options.port == 9000);
        for wrong in ["--port", "--port 0", "--port 70000", "--prot 1", "extra"] {
            assert!(
                matches!(parse(&words(wrong)), Err(Stop::Usage(_))),
                "{wrong}"
            );
        }
    }
}
