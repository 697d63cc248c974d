//! The developers' tasks: `cargo xtask <TASK>`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "tasks talk to people; the library never does")]

/// A line for people: a reader who goes away (`cargo xtask readme | head`) stops no task.
macro_rules! println {
    () => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout());
    }};
    ($($text:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($text)*);
    }};
}

/// The same without the end of the line.
macro_rules! print {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        let _ = write!(std::io::stdout(), $($text)*);
    }};
}

mod bench;
mod codegen;
mod conformance;
mod copies;
mod corpus;
mod diff;
mod dist;
mod edits;
mod explain;
mod guard;
mod harness;
mod licences;
mod lint;
mod mock;
mod mutate;
mod params;
mod prism;
mod provenance;
mod readme;
mod schemathesis;
mod scratch;
mod suites;
mod test;
mod tools;
mod verdicts;
mod within;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The tasks of the workspace.
#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    about = "The tasks of the workspace",
    after_help = "`cargo xtask TASK --help` shows the flags of a task.",
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Generate `generated/` from `specs/`, or a crate of its own from any document
    Codegen(codegen::Args),
    /// Run all tests, those in documentation included
    Test(test::Args),
    /// Serve any document from its examples and schemas: a stand-in for a server that nobody has written yet
    Mock(mock::Args),
    /// Say what changed in `specs/` since a revision, and whom it breaks
    Diff(diff::Args),
    /// Hold the verdicts of `diff` against those that the test material of other tools states
    Verdicts(verdicts::Args),
    /// Edit documents at random: what `diff` is silent about must tell no instances apart
    Edits(edits::Args),
    /// Measure the generator, and what rustc takes for its output
    Bench(bench::Args),
    /// Build the program that is handed out, optimized for what runs of it were seen to do
    Dist(dist::Args),
    /// Count the instructions of fixed work, and hold them against the committed baseline
    Guard(guard::Args),
    /// Hold the licences and copies of dependencies against `deny.toml`
    Licences(licences::Args),
    /// Explain a code such as `unresolved-reference`
    Explain(explain::Args),
    /// Bring the tables of `README.md` in line with the keyword ledger and the documents
    Readme(readme::Args),
    /// Ask two independent validators about the documents in `specs/`
    Lint(lint::Args),
    /// Try the stand-in of each API, or mocks of other documents, with Schemathesis
    Schemathesis(schemathesis::Args),
    /// Try the mock with the tests that Prism has for itself, below a folder
    Harness(harness::Args),
    /// Call every operation of each generated client, with Prism as the server
    Prism(prism::Args),
    /// Print how much of each document is documented, published and inferred
    Provenance(provenance::Args),
    /// Try every document below some folders, and print what becomes of each
    Corpus(corpus::Args),
    /// Change documents at random: what is accepted must compile
    Mutate(mutate::Args),
    /// Run a truth table of parameters through generated code in both directions
    Params(params::Args),
    /// Hold generated types against a suite of JSON Schema: folders of `draft4` or `draft2020-12`
    Conformance(conformance::Args),
}

fn main() -> ExitCode {
    match Cli::parse().task {
        Task::Codegen(args) => codegen::run(&args),
        Task::Test(args) => test::run(&args),
        Task::Mock(args) => mock::run(&args),
        Task::Diff(args) => diff::run(&args),
        Task::Verdicts(args) => verdicts::run(&args),
        Task::Edits(args) => edits::run(&args),
        Task::Bench(args) => bench::run(&args),
        Task::Dist(args) => dist::run(&args),
        Task::Guard(args) => guard::run(&args),
        Task::Licences(args) => licences::run(&args),
        Task::Explain(args) => explain::run(&args),
        Task::Readme(args) => readme::run(&args),
        Task::Lint(args) => lint::run(&args),
        Task::Schemathesis(args) => schemathesis::run(&args),
        Task::Harness(args) => harness::run(&args),
        Task::Prism(args) => prism::run(&args),
        Task::Provenance(args) => provenance::run(&args),
        Task::Corpus(args) => corpus::run(&args),
        Task::Mutate(args) => mutate::run(&args),
        Task::Params(args) => params::run(&args),
        Task::Conformance(args) => conformance::run(&args),
    }
}

/// The folder of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}

/// The folder of what cargo builds, and of what tasks install and write.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Says why a task cannot do its work.
fn failed(message: &str) -> ExitCode {
    eprintln!("error: {message}");
    ExitCode::FAILURE
}
