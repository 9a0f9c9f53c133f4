//! The project's own commands: `cargo xtask serve` shows the page, `cargo xtask test` runs every test, `cargo xtask bench`
//! says what the simulator costs, `cargo xtask package` makes the npm package and `cargo xtask endpoint` serves it to AWS
//! clients.
//!
//! All install what they need and start from whatever they find: a fresh clone with nothing but rustup's cargo, or a
//! machine where everything is in place. A command that cannot go on says in one sentence what a person has to do and
//! exits with 1; wrong arguments exit with 2.
//!
//! No dependencies, so that this compiles in a second and a first run starts with the work, not with a build of its tool.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a command line program talks to a person and measures real time; the bans are for the simulator"
)]

mod bench;
mod bench_page;
mod browser;
mod endpoint;
mod finish;
mod first_look;
mod node;
mod package;
mod process;
mod project;
mod python;
mod report;
mod rust;
mod serve;
mod simpy;
mod sizes;
mod test;
mod tools;

use std::process::ExitCode;

const USAGE: &str = "\
Usage: cargo xtask <command> [options]

  serve               build the page, optimised, and serve it on http://127.0.0.1:8080/
    --dev             build it unoptimised instead, rebuild on every change and reload the browser
    --port <number>   serve on another port
    --open            open the page in the default browser

  test                run every test and print what the browser has to download
    --without browser leave out what needs a browser
    --only <part>     only lint, native, browser, clients or page; may be given more than once
    --long            only the small worlds in full and ten million random steps: an hour at most
    --long-inputs     only 100,000 inputs of each operation: about an hour

  bench               measure what the simulator costs, natively, in Node and in a page, and print it beside the aims
    --only <place>    only native or wasm

  package             build the npm package, into target/npm/codepipeline-simulator

  endpoint            serve the simulator to AWS clients, on http://127.0.0.1:4599/
    --port <number>   on another port; 0 takes any that is free
    --clock <clock>   `real`, or `manual`: it moves only when `advance` is called
    --seed <number>   the same seed and calls give the same answers
    --state <file>    keep the world in a file
    --cors <origin>   let pages of this origin in, besides those of this machine; may be given more than once
    --show-webhook-secrets
                      answer the secrets of webhooks as they are, which the service masks

  first-look          learn anew what a first look at the page runs, by which its program is split

  finish [folder]     the last step of a release build, which Trunk runs by itself: parts, content policy, service worker

  help                print this
";

/// What a command can end with besides success.
enum Stop {
    /// The arguments make no sense; the sentence says which.
    Usage(String),
    /// Something failed, or a person has to do something; the sentence says what.
    Failed(String),
}

impl From<String> for Stop {
    fn from(sentence: String) -> Self {
        Stop::Failed(sentence)
    }
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next();
    let rest: Vec<String> = arguments.collect();
    let result = match command.as_deref() {
        Some("serve") => serve::run(&rest),
        Some("test") => test::run(&rest),
        Some("package") => package::run(&rest),
        Some("endpoint") => endpoint::run(&rest),
        Some("finish") => finish::run(&rest),
        Some("first-look") => first_look::run_first_look(&rest),
        Some("bench") => bench::run(&rest),
        Some("help" | "--help" | "-h") => {
            print!("{USAGE}");
            Ok(())
        }
        Some(other) => Err(Stop::Usage(format!("There is no command `{other}`."))),
        None => Err(Stop::Usage("Which command?".to_owned())),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::Usage(sentence)) => {
            eprint!("{sentence}\n\n{USAGE}");
            ExitCode::from(2)
        }
        Err(Stop::Failed(sentence)) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}
