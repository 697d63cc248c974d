//! The command for people outside this workspace: `specwright --spec FILE --out DIR`, `specwright diff OLD NEW`.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use specwright::cli::diff::{DiffCommand, run_command};
use specwright::cli::{Codegen, CodegenArgs, run};

/// Turns an OpenAPI document into a Rust crate: models, validation, an axum server and a typed client
#[derive(Parser)]
#[command(name = "specwright", version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    args: CodegenArgs,
}

#[derive(Subcommand)]
enum Command {
    /// Say what changed between two versions of a document, and whom it breaks
    Diff(DiffCommand),
}

fn main() -> ExitCode {
    let Cli { command, args } = Cli::parse();
    match command {
        Some(Command::Diff(command)) => run_command(&command),
        None => run(&args, Codegen::standalone(&args)),
    }
}
