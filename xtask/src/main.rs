//! The developers' tasks: `cargo xtask <TASK>`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "tasks talk to people; the library never does")]

mod codegen;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The tasks of the workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", about = "The tasks of the workspace", arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Generate `generated/` from `specs/`, or a crate of its own from any document
    Codegen(codegen::Args),
    /// Run all tests
    Test(test::Args),
    /// Explain a code of `error[code]`
    Explain {
        /// The code, such as `unresolved-reference`
        code: String,
    },
}

fn main() -> ExitCode {
    match Cli::parse().task {
        Task::Codegen(args) => codegen::run(args),
        Task::Test(args) => test::run(&args),
        Task::Explain { code } => explain(&code),
    }
}

fn explain(code: &str) -> ExitCode {
    let found = specwright::diagnostics::Code::ALL.iter().find(|it| it.as_str() == code);
    match found {
        Some(code) => {
            println!("{code} ({:?})\n\n{}", code.severity(), code.explanation());
            ExitCode::SUCCESS
        }
        None => {
            let all: Vec<_> = specwright::diagnostics::Code::ALL.iter().map(|it| it.as_str()).collect();
            eprintln!("error: there is no code `{code}`; the codes are {}", all.join(", "));
            ExitCode::FAILURE
        }
    }
}
