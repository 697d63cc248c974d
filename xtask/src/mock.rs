//! `cargo xtask mock FILE`: a stand-in for the server of any document.
//!
//! The document becomes a crate below `target/mock/`, whose program `serve` takes the place of this one: what stops
//! this task stops the server, and how the server ends is how the task ends.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use specwright::cli::{self, Codegen, CodegenArgs, stand_in};

use crate::failed;
use crate::scratch::Scratch;

/// Flags of the task.
#[derive(clap::Args)]
#[command(after_help = "\
Answers are the document's examples, else made from its schemas; what is created, changed or deleted stays so until \
the program stops.

Requests and credentials are checked as in any other server: every token, key and password is `demo`.

Ctrl-C stops it.

Example: cargo xtask mock pets.yaml --address 127.0.0.1:3000")]
pub(crate) struct Args {
    /// An OpenAPI document, YAML or JSON; files that it refers to lie beside or below it
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Where to listen; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080", value_parser = stand_in::address)]
    address: String,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    if let Err(message) = stand_in::may_listen(&args.address) {
        return failed(&message);
    }
    match program(&args.file) {
        Ok(Some((program, api))) => stand_in::serve(Command::new(program).args([&api, &args.address]))
            .unwrap_or_else(|error| failed(&format!("cannot start the stand-in: {error}"))),
        // The findings are printed.
        Ok(None) => ExitCode::FAILURE,
        Err(message) => failed(&message),
    }
}

/// Generates and builds the stand-in: its program, and the name of the API; none where the document has errors.
fn program(file: &Path) -> Result<Option<(PathBuf, String)>, String> {
    let flags = CodegenArgs { spec: Some(file.to_owned()), out: Some(PathBuf::new()), ..CodegenArgs::default() };
    let mut job = Codegen::standalone(&flags)?;
    job.options.name = stand_in::package(&job.options.name, file);
    job.options.workspace = true;
    let name = job.options.name.clone();
    let cannot_write = |error| format!("cannot write the crate of the stand-in: {error}");
    let scratch = Scratch::around(&format!("mock/{name}"), &[&name]).map_err(cannot_write)?;
    job.out = scratch.package(&name);
    let Some(summary) = cli::generate(&flags, &job) else { return Ok(None) };
    let Some(api) = summary.served.into_iter().next() else {
        return Err(format!("`{}` has no operation to serve", file.display()));
    };
    // Cargo puts each such program at the same place, so this one is taken from there before another one is built.
    let lock = scratch.lock().map_err(cannot_write)?;
    let built = stand_in::build(&mut scratch.cargo(), &name, &api)?;
    let program = scratch.take(&built).map_err(cannot_write)?;
    drop(lock);
    Ok(Some((program, api)))
}
