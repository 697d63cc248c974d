//! `specwright vendor`: a copy of what a URL leads to, for references that name it.

use std::path::PathBuf;
use std::process::ExitCode;

use super::super::vendor::{self, VendorFolder};
use super::{Common, ProjectError, exit, style, unable};

/// Flags of the command.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "\
Nothing is ever fetched: get the file in a way that you trust, and name it here. Its SHA-256 is locked, and a copy that \
is another one is refused until this command locks it anew.

Examples:
  specwright vendor https://schemas.example.com/v1/common.json downloads/common.json
  specwright vendor https://schemas.example.com/v1/ downloads/*.json")]
pub(super) struct Args {
    /// What documents call the file; where it ends in `/`, the name of each file follows
    #[arg(value_name = "URL")]
    url: String,
    /// The files to take copies of
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The folder of copies; that of `specwright.toml`, or `specs/vendor`, if left out
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
}

pub(super) fn run(args: &Args, common: &Common) -> ExitCode {
    let place = match (&args.into, common.project()) {
        (Some(folder), _) => VendorFolder::flag(Some(folder)),
        (None, Ok(project)) => VendorFolder::configured(&project.folder, project.config.vendor.as_ref()),
        (None, Err(ProjectError::Missing)) => VendorFolder::flag(None),
        (None, Err(error)) => {
            super::say(&mut anstream::stderr(), &error.message(style()));
            return exit::unable();
        }
    };
    match vendor::add(&place, &args.url, &args.files) {
        Ok(lines) => common.tell(&lines.concat()),
        Err(message) => unable(&message),
    }
}
