//! `specwright`: the program for people outside this workspace.

mod generate;
mod init;
mod pages;
mod shell;
mod templates;
mod validate;
mod vendor;
mod watch;

pub use pages::{everything, explained};

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use super::diff::{DiffCommand, run_command};
use super::{CodegenArgs, Project, ProjectError, printed, say};
use crate::listing::Style;

/// How a command ends.
pub(super) mod exit {
    use std::process::ExitCode;

    /// All is well.
    pub(in super::super) fn fine() -> ExitCode {
        ExitCode::SUCCESS
    }

    /// Documents were refused, or what is generated is stale.
    pub(in super::super) fn refused() -> ExitCode {
        ExitCode::from(1)
    }

    /// The request cannot be met: flags, configuration, files.
    pub(in super::super) fn unable() -> ExitCode {
        ExitCode::from(2)
    }
}

/// Turns OpenAPI documents into Rust: models, validation, axum servers and typed clients
#[derive(Parser)]
#[command(
    name = "specwright",
    version,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    after_help = "\
Exit codes: 0 where all is well; 1 where a document is refused or generated code is stale; 2 where the request cannot \
be met, such as for a mistake in `specwright.toml`.

`specwright COMMAND --help` shows the flags of a command."
)]
pub(super) struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

/// Flags of every command.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Common {
    /// When to use colors
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto")]
    color: Color,
    /// Say nothing but what is wrong
    #[arg(long, short, global = true)]
    quiet: bool,
    /// The configuration, instead of the nearest `specwright.toml` here or above
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
}

/// When to use colors.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Color {
    /// Where a terminal watches
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Subcommand)]
enum Command {
    /// Make a `specwright.toml` for a document
    Init(init::Args),
    /// Generate what `specwright.toml` asks for, or a crate of one document
    #[command(alias = "gen")]
    Generate(generate::Args),
    /// Say what `generate` would change, as a diff, and fail if that is anything
    #[command(mut_arg("check", hidden), mut_arg("update_manifest", hidden))]
    Check(generate::Args),
    /// Say what is wrong with documents, and make nothing of them
    #[command(alias = "lint")]
    Validate(validate::Args),
    /// Generate again whenever a document, an overlay or the configuration is saved
    #[command(mut_arg("effective", hidden))]
    Watch(generate::Args),
    /// Take a copy of what a URL leads to, for references that name it
    Vendor(vendor::Args),
    /// Say what changed between two versions of a document, and whom it breaks
    Diff(DiffCommand),
    /// Print what code sees of a Rust file, one line an item: a `textconv` for `git diff`
    Surface(pages::SurfaceArgs),
    /// Serve a document from its examples and schemas, or watch the traffic of a real server
    #[cfg(feature = "mock")]
    #[command(alias = "serve")]
    Mock(super::MockArgs),
    /// Make an overlay of what a server was seen to do, so that its document is true
    #[cfg(feature = "mock")]
    Observe(super::ObserveArgs),
    /// Explain a code such as `unresolved-reference`
    Explain(pages::ExplainArgs),
    /// Show the configuration, every key that it may have, or its JSON Schema
    Config(pages::ConfigArgs),
    /// Write the templates of generated code, to change some of them
    Templates(templates::Args),
    /// Print completions for a shell
    Completions(shell::CompletionsArgs),
    /// Print the manual page, or write one for each command
    Man(shell::ManArgs),
}

/// A flag that several commands share, as one shows it that has no use for it.
fn hidden(flag: clap::Arg) -> clap::Arg {
    flag.hide(true)
}

/// Runs the command that the arguments name.
pub fn main() -> ExitCode {
    let Cli { command, common } = Cli::parse();
    common.color.apply();
    match command {
        Command::Init(args) => init::run(&args, &common),
        Command::Generate(args) => generate::run(&args, &common),
        Command::Check(args) => generate::run(&args.checking(), &common),
        Command::Validate(args) => validate::run(&args, &common),
        Command::Watch(args) => watch::run(&args, &common),
        Command::Vendor(args) => vendor::run(&args, &common),
        Command::Diff(command) => run_command(&command, common.config.as_deref()),
        Command::Surface(args) => pages::surface(&args),
        #[cfg(feature = "mock")]
        Command::Mock(args) => super::mock(&args),
        #[cfg(feature = "mock")]
        Command::Observe(args) => super::observe(&args),
        Command::Explain(args) => pages::explain(&args),
        Command::Config(args) => pages::config(&args, &common),
        Command::Templates(args) => templates::run(&args, &common),
        Command::Completions(args) => shell::completions(&args),
        Command::Man(args) => shell::man(&args),
    }
}

impl Color {
    fn apply(self) {
        let choice = match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}

impl Common {
    /// The configuration.
    fn project(&self) -> Result<Project, ProjectError> {
        let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
        Project::find(&here, self.config.as_deref())
    }

    /// The file that the configuration stands in, or will.
    fn configuration(&self) -> PathBuf {
        self.config.clone().unwrap_or_else(|| {
            let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
            super::project::nearest(&here).unwrap_or_else(|| here.join(crate::config::FILE))
        })
    }

    /// Says something that is not wrong, and ends the command.
    fn tell(&self, text: &str) -> ExitCode {
        printed(self.heard(text), exit::fine())
    }

    /// What is said of something that is not wrong.
    fn heard<'a>(&self, text: &'a str) -> &'a str {
        if self.quiet { "" } else { text }
    }
}

/// Says why a command cannot do its work.
fn unable(message: &str) -> ExitCode {
    say(&mut anstream::stderr(), &format!("error: {message}\n"));
    exit::unable()
}

/// How listings on standard error look.
fn style() -> Style {
    super::style()
}
