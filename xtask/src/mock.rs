//! `cargo xtask mock`: the command of that name of the program, which is built with what a server needs and without TLS.

use std::ffi::OsString;
use std::process::{Command, ExitCode};

use crate::{failed, tools};

/// What the command takes.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The document, and the flags that `cargo xtask mock -- --help` lists
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<OsString>,
}

/// Serves until it is told to end.
pub(crate) fn run(args: &Args) -> ExitCode {
    let program = match tools::specwright() {
        Ok(program) => program,
        Err(error) => return failed(&error),
    };
    match Command::new(program).arg("mock").args(&args.rest).status() {
        Ok(status) => status.code().and_then(|it| u8::try_from(it).ok()).map_or(ExitCode::FAILURE, ExitCode::from),
        Err(error) => failed(&format!("cannot run `{}`: {error}", program.display())),
    }
}
