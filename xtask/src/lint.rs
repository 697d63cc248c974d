//! `cargo xtask lint`: what two independent validators say about the documents in `specs/`.
//!
//! Both are installed below `target/`, in the versions that stand here. A machine that lacks what a validator runs on
//! skips it and says so.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::tools::{npm, python};
use crate::{failed, target};

/// Flags of the task.
#[derive(clap::Args, Default)]
pub(crate) struct Args {
    /// Fail where a validator cannot be installed, instead of skipping it
    #[arg(long)]
    strict: bool,
}

const SPEC_VALIDATOR: &str = "openapi-spec-validator==0.9.0";
const REDOCLY: &str = "@redocly/cli@2.77.0";
/// Redocly's recommended rules, all of them as errors. An exception would stand here with its reason; there is none.
const REDOCLY_RULES: &str = "extends: [recommended]\n";

/// What came of a validator.
enum Outcome {
    Accepted,
    Refused,
    Skipped(String),
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let documents = match crate::provenance::specs() {
        Ok(documents) => documents,
        Err(error) => return failed(&format!("cannot read `specs/`: {error}")),
    };
    let folder = target().join("lint");
    if let Err(error) = std::fs::create_dir_all(&folder) {
        return failed(&format!("cannot make `{}`: {error}", folder.display()));
    }
    let mut fine = true;
    for (name, validator) in [(SPEC_VALIDATOR, spec_validator as Validator), (REDOCLY, redocly)] {
        match validator(&folder, &documents) {
            Outcome::Accepted => println!("{name}: {} documents, no error, no warning", documents.len()),
            Outcome::Refused => {
                eprintln!("error: {name} has complaints");
                fine = false;
            }
            Outcome::Skipped(reason) => {
                println!("SKIPPED: {name}: {reason}");
                fine &= !args.strict;
            }
        }
    }
    if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

type Validator = fn(&Path, &[PathBuf]) -> Outcome;

fn spec_validator(_: &Path, documents: &[PathBuf]) -> Outcome {
    let programs = match python(SPEC_VALIDATOR) {
        Ok(programs) => programs,
        Err(reason) => return Outcome::Skipped(reason),
    };
    let mut command = Command::new(programs.join("openapi-spec-validator"));
    outcome(command.args(["--errors", "all"]).args(documents), |_| true)
}

fn redocly(folder: &Path, documents: &[PathBuf]) -> Outcome {
    let programs = match npm(REDOCLY) {
        Ok(programs) => programs,
        Err(reason) => return Outcome::Skipped(reason),
    };
    let rules = folder.join("redocly.yaml");
    if let Err(error) = std::fs::write(&rules, REDOCLY_RULES) {
        return Outcome::Skipped(format!("cannot write `{}`: {error}", rules.display()));
    }
    let mut command = Command::new(programs.join("redocly"));
    command.args(["lint", "--format", "json", "--max-problems", "100", "--config"]).arg(rules).args(documents);
    // It asks its makers about newer versions and tells them about its use, unless told not to.
    command.env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true").env("REDOCLY_TELEMETRY", "off");
    outcome(&mut command, |text| text.contains("\"errors\": 0,") && text.contains("\"warnings\": 0,"))
}

/// Accepted is a success whose output says that there is nothing to say; anything else is shown.
fn outcome(command: &mut Command, is_clean: fn(&str) -> bool) -> Outcome {
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => return Outcome::Skipped(format!("it cannot be run: {error}")),
    };
    let said = String::from_utf8_lossy(&output.stdout);
    if output.status.success() && is_clean(&said) {
        return Outcome::Accepted;
    }
    eprintln!("{said}{}", String::from_utf8_lossy(&output.stderr));
    Outcome::Refused
}
