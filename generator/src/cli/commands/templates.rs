//! `specwright templates`: ours as files, for those who want others.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

use super::super::templates;
use super::{Common, unable};

/// Flags of the command.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Clone, Subcommand)]
enum Command {
    /// Write every template into a folder, with a page and a JSON Schema of what they are given
    #[command(after_help = "\
Keep those that you change and remove the other ones, then name the folder in `specwright.toml`:

  [[output]]
  templates = \"templates\"")]
    Export {
        /// The folder; files that are there stay as they are
        #[arg(default_value = "templates")]
        folder: PathBuf,
    },
}

pub(super) fn run(args: &Args, common: &Common) -> ExitCode {
    let Command::Export { folder } = &args.command;
    match templates::export(folder) {
        Ok((written, kept)) => {
            let stayed = if kept > 0 { format!("; {kept} were there and stay as they are") } else { String::new() };
            common.tell(&format!("{written} files in `{}`{stayed}\n", folder.display()))
        }
        Err(error) => unable(&format!("cannot write templates into `{}`: {error}", folder.display())),
    }
}
