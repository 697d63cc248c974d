//! `cargo xtask explain CODE`: what a finding means, in a document or between two versions of one.

use std::process::ExitCode;

use specwright::cli::{everything, explained};

use crate::failed;

/// Flags of the task.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// What stands between the brackets of `error[...]`, or a rule of `diff`; left out, all are listed
    code: Option<String>,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let text = match &args.code {
        Some(wanted) => explained(wanted),
        None => Some(everything()),
    };
    let Some(text) = text else {
        let wanted = args.code.as_deref().unwrap_or_default();
        return failed(&format!("there is no code `{wanted}`; `cargo xtask explain` lists all codes"));
    };
    print!("{text}");
    ExitCode::SUCCESS
}
