//! Effects: reading documents, writing trees, flags, progress and what a run says.

mod answers;
mod churn;
mod codegen;
mod commands;
pub mod diff;
mod files;
mod fingerprint;
mod finish;
mod kept;
mod levels;
mod loader;
mod lock;
#[cfg(feature = "mock")]
mod mock;
mod names;
#[cfg(feature = "mock")]
mod observe;
mod one;
mod outcome;
mod place;
mod print;
mod progress;
mod project;
mod report;
mod settings;
mod templates;
mod unlisted;
mod vendor;

use print::{print, printed, say};

pub use churn::{Past, churn};
pub use codegen::{Codegen, Mode, Prepared, Source, Trust};
pub use commands::{everything, explained, main};
pub use files::{FileError, MANIFEST, recover};
pub use kept::{Offer, Owner};
pub use loader::FolderLoader;
#[cfg(feature = "mock")]
pub use mock::{MockArgs, run as mock};
#[cfg(feature = "mock")]
pub use observe::{ObserveArgs, run as observe};
pub use one::One;
pub use outcome::{Failure, Remedy, Summary};
pub use project::{Project, ProjectError};
pub use report::Report;
pub use settings::Settings;
pub use vendor::VendorFolder;

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

pub use crate::config::{Level as Deny, Runtime};
use crate::listing::{Style, render, to_json};
use crate::render::{Delivery, Origin};

/// The flags of `codegen`.
#[derive(Debug, Clone, Default, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag that is there or not")]
pub struct CodegenArgs {
    /// Write nothing; say what is stale, as a diff, and exit with 1 if anything is
    #[arg(long)]
    pub check: bool,
    /// A document of your own, instead of what would be generated without it
    #[arg(long, alias = "input", short_alias = 'i', value_name = "FILE", group = "document")]
    pub spec: Option<PathBuf>,
    /// The folder of the crate to make of it
    #[arg(long, short, alias = "output", value_name = "DIR", requires = "document")]
    pub out: Option<PathBuf>,
    /// The name of that crate; the document's file name if left out
    #[arg(long, value_name = "NAME", requires = "document", value_parser = names::wanted_name)]
    pub name: Option<String>,
    /// How that crate comes by its run time: a copy in it, or the crate `specwright-runtime`
    #[arg(long, value_name = "HOW", requires = "document", default_value = "copy")]
    pub runtime: Runtime,
    /// The folder of `specwright-runtime`, as seen from that crate; the registry has it if left out
    #[arg(long, value_name = "DIR", requires = "document")]
    pub runtime_path: Option<String>,
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// Write nothing; print the document as overlays leave it
    #[arg(long)]
    pub effective: bool,
    /// Write the surface of each API beside its code: what callers see, and what is sent, one line an item
    #[arg(long)]
    pub surface: bool,
    /// Write a test of servers beside the code of each API: it asks every operation what its document allows
    #[arg(long)]
    pub contract: bool,
    /// Compare everything, whatever the fingerprint of the last run says
    #[arg(long)]
    pub full: bool,
    /// Add what generated code needs to the `Cargo.toml` that has it, which is kept otherwise
    #[arg(long, conflicts_with = "check")]
    pub update_manifest: bool,
}

/// How documents are read, and what is said about them: flags of every command that does so.
#[derive(Debug, Clone, Default, Args)]
pub struct ReadingArgs {
    /// An OpenAPI overlay that changes the document first; several are applied in order
    #[arg(long, value_name = "FILE", requires = "document")]
    pub overlay: Vec<PathBuf>,
    /// The folder that references may lead into; that of the document if left out
    #[arg(long, value_name = "DIR", requires = "document")]
    pub root: Option<PathBuf>,
    /// The folder of copies that `specwright vendor` took of what URLs lead to; `specs/vendor` if left out
    #[arg(long, value_name = "DIR", requires = "document")]
    pub vendor: Option<PathBuf>,
    /// Refuse documents with a finding of this level or worse, notes included
    #[arg(long, value_name = "LEVEL")]
    pub deny: Option<Deny>,
    /// Refuse every fault of a document, also those that can be repaired or left out, and fields that nobody knows
    #[arg(long)]
    pub strict: bool,
    /// Show notes too: what is valid but has no effect; otherwise they are only counted
    #[arg(long)]
    pub notes: bool,
    /// Findings as JSON on standard output, one document a line; the rest goes to standard error
    #[arg(long)]
    pub json: bool,
}

impl CodegenArgs {
    /// How the crate comes by its run time.
    pub fn delivery(&self) -> Delivery {
        delivery(self.runtime, self.runtime_path.as_ref())
    }
}

/// How a crate comes by its run time, as flags and the configuration say it.
fn delivery(runtime: Runtime, path: Option<&String>) -> Delivery {
    match (runtime, path) {
        (Runtime::Copy, _) => Delivery::Copy,
        (Runtime::Depend, None) => Delivery::Depend(Origin::Registry),
        (Runtime::Depend, Some(path)) => Delivery::Depend(Origin::Folder(path.clone())),
    }
}

/// Runs a job and says what it did: listings and failures go to standard error, the summary to standard output.
pub fn run(args: &CodegenArgs, job: Result<Codegen, String>) -> ExitCode {
    run_with(args, job, &|_, _| Ok(String::new()))
}

/// As [`run`]; where the check finds something stale, the last function says why, with the job and what it found.
pub fn run_with(args: &CodegenArgs, job: Result<Codegen, String>, why: Why<'_>) -> ExitCode {
    let job = match job {
        Ok(job) => job,
        Err(message) => {
            say(&mut anstream::stderr(), &format!("error: {message}\n"));
            return ExitCode::from(2);
        }
    };
    if args.effective {
        return effective(args, &[job]);
    }
    let summary = match job.run() {
        Ok(summary) => summary,
        Err(failure) => return refused(args, &failure),
    };
    let mut done = if job.mode == Mode::Check { summary.diff() } else { String::new() };
    done.push_str(&summary.screen(job.mode));
    let remedy = summary.remedy().filter(|_| job.mode == Mode::Check);
    let Some(remedy) = remedy else { return told(args, &summary.report, &done, ExitCode::SUCCESS) };
    if !summary.is_new() {
        done.push_str(&churn_text(why(&job, &summary)));
    }
    let code = told(args, &summary.report, &done, ExitCode::FAILURE);
    let message = remedy.message(|flag| match flag {
        "" => "the same command without `--check`".to_owned(),
        flag => format!("the same command with `{}` in place of `--check`", flag.trim_start()),
    });
    say(&mut anstream::stderr(), &format!("error: {message}\n"));
    code
}

/// Says why a tree is stale.
pub type Why<'a> = &'a dyn Fn(&Codegen, &Summary) -> Result<String, String>;

/// Why a tree is stale, or why nobody knows.
fn churn_text(text: Result<String, String>) -> String {
    text.unwrap_or_else(|error| format!("note: nobody knows why it is stale: {error}\n"))
}

/// Prints the documents of jobs as overlays leave them: several as a stream of YAML, each with its name.
fn effective(args: &CodegenArgs, jobs: &[Codegen]) -> ExitCode {
    let all = match jobs.iter().map(Codegen::effective).collect::<Result<Vec<_>, _>>() {
        Ok(all) => all.into_iter().flatten().collect::<Vec<_>>(),
        Err(error) => {
            say(&mut anstream::stderr(), &format!("error: {error}\n"));
            return ExitCode::FAILURE;
        }
    };
    let mut out = String::new();
    let is_alone = all.len() == 1;
    for (source, crate::Effective { text, sources, diagnostics }) in jobs.iter().flat_map(|it| &it.sources).zip(all) {
        let style = if std::io::stderr().is_terminal() { Style::Color } else { Style::Plain };
        if args.reading.json {
            say(&mut anstream::stderr(), &format!("{}\n", to_json(&diagnostics, &sources)));
        } else if !diagnostics.is_empty() {
            say(&mut anstream::stderr(), &render(&diagnostics, &sources, style));
        }
        let Some(text) = text else { return printed(&out, ExitCode::FAILURE) };
        if !is_alone {
            out.push_str("---\n# ");
            out.extend(source.shown.chars().filter(|it| !it.is_control()));
            out.push('\n');
        }
        out.push_str(&text);
    }
    printed(&out, ExitCode::SUCCESS)
}

/// Says why a job did nothing, and what was found in its documents.
fn refused(args: &CodegenArgs, failure: &Failure) -> ExitCode {
    let code = match failure {
        Failure::Documents(report) | Failure::Denied(report, _) => told(args, report, "", ExitCode::FAILURE),
        _ => ExitCode::FAILURE,
    };
    say(&mut anstream::stderr(), &message(failure));
    code
}

/// Why a job did nothing, beyond what was found in the documents.
fn message(failure: &Failure) -> String {
    match failure {
        Failure::Documents(_) | Failure::Denied(..) | Failure::Config(_) | Failure::Missing(_) => {
            "error: nothing was written\n".to_owned()
        }
        Failure::Request(message) => format!("error: {message}\n"),
        Failure::File(error) => format!("error: {error}\n"),
        Failure::Render(error) => format!("error: {error}\nThis is a bug of Specwright; nothing was written.\n"),
    }
}

/// Says what was found in documents and what was done: what is for people leaves standard output to JSON.
fn told(args: &CodegenArgs, report: &Report, done: &str, code: ExitCode) -> ExitCode {
    if args.reading.json {
        say(&mut anstream::stderr(), done);
        return printed(&report.json(), code);
    }
    list(report);
    printed(done, code)
}

/// Lists what was found in documents.
fn list(report: &Report) {
    say(&mut anstream::stderr(), report.listing(style()));
}

/// How listings on standard error look.
fn style() -> Style {
    match anstream::ColorChoice::global() {
        anstream::ColorChoice::Always | anstream::ColorChoice::AlwaysAnsi => Style::Color,
        anstream::ColorChoice::Auto if std::io::stderr().is_terminal() => Style::Color,
        anstream::ColorChoice::Auto | anstream::ColorChoice::Never => Style::Plain,
    }
}
