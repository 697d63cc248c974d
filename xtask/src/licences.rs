//! `cargo xtask licences`: what comes in with dependencies, by the rules in `deny.toml`.
//!
//! cargo-deny is installed below `target/`, in the version that stands here. It looks at the licence of each crate, and
//! for crates that are there in two versions; it asks nobody, since cargo has fetched them.

use std::process::{Command, ExitCode};

use crate::tools::{cargo, cargo_program, or_skipped, succeeds};
use crate::{failed, root};

/// Flags of the task.
#[derive(clap::Args, Default)]
pub(crate) struct Args {
    /// Fail where cargo-deny cannot be installed, instead of skipping it
    #[arg(long)]
    strict: bool,
}

const CARGO_DENY: (&str, &str) = ("cargo-deny", "0.20.2");

pub(crate) fn run(args: &Args) -> ExitCode {
    let (name, version) = CARGO_DENY;
    let program = match or_skipped(name, cargo_program(name, version), args.strict) {
        Ok(folder) => folder.join(name),
        Err(end) => return end,
    };
    // Crates for every platform: asks the registry for what is not there yet, and for nothing else.
    if !succeeds(cargo().args(["fetch", "--locked"])) {
        return failed("`cargo fetch --locked` fails: cargo-deny reads every crate");
    }
    let mut deny = Command::new(program);
    deny.current_dir(root()).args(["--offline", "--color", "never", "check", "--hide-inclusion-graph"]);
    // An exception that nothing needs any more goes.
    deny.args(["-D", "unmatched-skip", "-D", "unnecessary-skip", "licenses", "bans", "sources"]);
    match deny.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => failed("cargo-deny has complaints: see `deny.toml`"),
        Err(error) => failed(&format!("cannot run {name}: {error}")),
    }
}
