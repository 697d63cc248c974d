//! `specwright completions` and `specwright man`: what a shell and a manual reader need, made of the flags themselves.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::CommandFactory as _;

use super::super::printed;
use super::{Cli, unable};

/// Flags of `completions`.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "Example: specwright completions bash > ~/.local/share/bash-completion/completions/specwright")]
pub(super) struct CompletionsArgs {
    /// The shell
    shell: clap_complete::Shell,
}

/// Flags of `man`.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct ManArgs {
    /// The folder to write the pages of all commands to; left out, the main page is printed
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub(super) fn completions(args: &CompletionsArgs) -> ExitCode {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "specwright", &mut text);
    printed(&String::from_utf8_lossy(&text), ExitCode::SUCCESS)
}

pub(super) fn man(args: &ManArgs) -> ExitCode {
    let Some(folder) = &args.folder else {
        let mut text = Vec::new();
        return match clap_mangen::Man::new(Cli::command()).render(&mut text) {
            Ok(()) => printed(&String::from_utf8_lossy(&text), ExitCode::SUCCESS),
            Err(error) => unable(&format!("cannot make the page: {error}")),
        };
    };
    let written = std::fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(Cli::command(), folder));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => unable(&format!("cannot write to `{}`: {error}", folder.display())),
    }
}
