//! `specwright mock FILE`: a stand-in for the server of any document.
//!
//! The document becomes a crate of its own, whose program `serve` takes the place of this one: what stops this command
//! stops the server, and how the server ends is how the command ends.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use super::super::{Codegen, Failure, Owner, findings, message, stand_in};
use super::{CodegenArgs, Common, exit, unable};

/// Flags of the command.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "\
Answers are the document's examples, else made from its schemas; what is created, changed or deleted stays so until \
the program stops.

Requests and credentials are checked as in any other server: every token, key and password is `demo`.

The first run builds the crate and what it depends on, which takes minutes; cargo must be installed.

Ctrl-C stops it.

Example: specwright mock pets.yaml --address 127.0.0.1:3000")]
pub(super) struct Args {
    /// An OpenAPI document, YAML or JSON; files that it refers to lie beside or below it
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Where to listen; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080", value_parser = stand_in::address)]
    address: String,
    /// The folder that the crate is built in, which makes a second run fast; by default one for temporary files
    #[arg(long, value_name = "DIR", env = "SPECWRIGHT_MOCK_DIR")]
    folder: Option<PathBuf>,
}

pub(super) fn run(args: &Args, _: &Common) -> ExitCode {
    if let Err(message) = stand_in::may_listen(&args.address) {
        return unable(&message);
    }
    match program(args) {
        Ok(Some((program, api))) => stand_in::serve(Command::new(program).args([&api, &args.address]))
            .unwrap_or_else(|error| unable(&format!("cannot start the stand-in: {error}"))),
        // The findings are printed.
        Ok(None) => exit::refused(),
        Err(message) => unable(&message),
    }
}

/// Generates and builds the stand-in: its program, and the name of the API; none where the document is refused.
fn program(args: &Args) -> Result<Option<(PathBuf, String)>, String> {
    let flags = CodegenArgs { spec: Some(args.file.clone()), out: Some(PathBuf::new()), ..CodegenArgs::default() };
    let mut job = Codegen::standalone(&flags)?;
    job.options.name = stand_in::package(&job.options.name, &args.file);
    let root = args.folder.clone().unwrap_or_else(|| std::env::temp_dir().join("specwright-mock"));
    let folder = root.join(&job.options.name);
    let cannot_write = |error: std::io::Error| format!("cannot write to `{}`: {error}", folder.display());
    fs::create_dir_all(&folder).map_err(cannot_write)?;
    // The workspace keeps cargo from looking for one further up.
    fs::write(folder.join("Cargo.toml"), "[workspace]\nresolver = \"3\"\nmembers = [\"crate\"]\n")
        .map_err(cannot_write)?;
    job.out = folder.join("crate");
    job.owner = Owner::Generator;
    let summary = match job.run() {
        Ok(summary) => summary,
        Err(Failure::Documents(report)) => {
            findings(&flags, &report);
            return Ok(None);
        }
        Err(failure) => return Err(message(&failure).trim_start_matches("error: ").trim_end().to_owned()),
    };
    findings(&flags, &summary.report);
    let Some(api) = summary.served.into_iter().next() else {
        return Err(format!("`{}` has no operation to serve", args.file.display()));
    };
    let lock = File::create(folder.join("lock")).map_err(cannot_write)?;
    lock.lock().map_err(cannot_write)?;
    let program = build(&folder, &root.join("target"), &job.options.name, &api)?;
    Ok(Some((program, api)))
}

/// Builds the program, and says where Cargo puts it.
fn build(folder: &Path, target: &Path, package: &str, api: &str) -> Result<PathBuf, String> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(folder).env("CARGO_TARGET_DIR", target);
    let program = stand_in::build(&mut cargo, package, api)?;
    // Cargo puts the program of every crate at one place, so this one is copied away before another one is built.
    let own = folder.join(program.file_name().unwrap_or(program.as_os_str()));
    // A program that runs cannot be written to, but another one can have its name.
    let copied = fs::remove_file(&own).or_else(|error| if own.exists() { Err(error) } else { Ok(()) });
    copied.and_then(|()| fs::copy(&program, &own)).map_err(|error| format!("cannot copy the stand-in: {error}"))?;
    Ok(own)
}
