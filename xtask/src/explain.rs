//! `cargo xtask explain CODE`: what a finding means, in a document or between two versions of one.

use std::process::ExitCode;

use specwright::diagnostics::{Code, Severity};
use specwright::diff::rules;

use crate::failed;

/// Flags of the task.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// What stands between the brackets of `error[...]`; left out, every code is listed
    code: Option<String>,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let Some(wanted) = &args.code else {
        for code in Code::ALL {
            println!("{:<26} {:<8} {}", code.as_str(), severity(*code), code.explanation());
        }
        for rule in rules::all() {
            println!("{:<40} {:<8} {}", rule.id, rule.levels.worst(), rule.reason);
        }
        return ExitCode::SUCCESS;
    };
    if let Some(rule) = rules::find(wanted) {
        print!("{}", rules::explain(rule));
        return ExitCode::SUCCESS;
    }
    let Some(code) = Code::ALL.iter().find(|it| it.as_str() == wanted) else {
        return failed(&format!("there is no code `{wanted}`; `cargo xtask explain` lists all codes"));
    };
    println!("{}[{code}]\n\n{}", severity(*code), code.explanation());
    ExitCode::SUCCESS
}

fn severity(code: Code) -> &'static str {
    match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
