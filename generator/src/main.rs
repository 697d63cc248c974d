//! The command for people outside this workspace: `specwright --spec FILE --out DIR`.

use std::process::ExitCode;

use clap::Parser;
use specwright::cli::{Codegen, CodegenArgs, run};

/// Turns an OpenAPI document into a Rust crate: models, validation, an axum server and a typed client
#[derive(Parser)]
#[command(name = "specwright", version)]
struct Cli {
    #[command(flatten)]
    args: CodegenArgs,
}

fn main() -> ExitCode {
    let Cli { args } = Cli::parse();
    let job = Codegen::standalone(&args);
    run(&args, job)
}
