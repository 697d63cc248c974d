//! `diff`: two versions of some documents, from files, folders or git, and a report about them.

mod versions;

pub use versions::{Version, document, folder};

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::say;
use crate::diff::policy::{FailOn, Policy};
use crate::diff::render::{Format, write};
use crate::diff::{Report, Side, alone, diff, public_items};
use crate::output::Files;
use crate::plan::Naming;
use crate::render::{CrateOptions, Delivery, Origin, render};
use crate::{Compiled, compile, diagnostics};

/// The flags of `diff`.
#[derive(Debug, Clone, Args)]
pub struct DiffArgs {
    /// How the report is written
    #[arg(long, value_enum, default_value = "terminal")]
    pub format: Format,
    /// Write the report to a file
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Exit with 1 where somebody breaks; may be given several times
    #[arg(long, value_name = "WHO", value_enum)]
    pub fail_on: Vec<FailOn>,
    /// The file whose table `[diff]` has levels and the allow-list; `specwright.toml` where there is one
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Do not generate code to compare: the answer for Rust is left out, and the report comes sooner
    #[arg(long)]
    pub no_rust: bool,
}

/// The flags of `specwright diff`.
#[derive(Debug, Clone, Args)]
pub struct DiffCommand {
    /// The old version: a document, a folder of documents, or `REVISION:PATH` of git
    pub old: String,
    /// The new version
    pub new: String,
    #[command(flatten)]
    args: DiffArgs,
}

/// A document in both versions; on one side there may be none.
pub struct Pair {
    /// What people call the API.
    pub name: String,
    /// Version and path.
    pub old: Option<(Version, String)>,
    /// Version and path.
    pub new: Option<(Version, String)>,
}

/// Runs `specwright diff`.
pub fn run_command(command: &DiffCommand) -> ExitCode {
    finish(&command.args, versions::pairs(&command.old, &command.new))
}

/// Compares pairs of documents, writes the report, and says by the exit code what was decided.
pub fn finish(args: &DiffArgs, pairs: Result<Vec<Pair>, String>) -> ExitCode {
    match compare(args, pairs) {
        Ok(code) => code,
        Err(message) => {
            say(&mut anstream::stderr(), &format!("error: {message}\n"));
            ExitCode::from(2)
        }
    }
}

fn compare(args: &DiffArgs, pairs: Result<Vec<Pair>, String>) -> Result<ExitCode, String> {
    if args.format == Format::JsonSchema {
        put(args, &write(&[], args.format))?;
        return Ok(ExitCode::SUCCESS);
    }
    let (name, text, mut policy) = policy(args)?;
    if !args.fail_on.is_empty() {
        policy.fail_on.clone_from(&args.fail_on);
    }
    let mut reports = Vec::new();
    for pair in pairs? {
        reports.push(report(&pair, args.no_rust)?);
    }
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let faults = policy.apply(&mut reports, today, &name, &text);
    put(args, &write(&reports, args.format))?;
    let failed = policy.failed(&reports);
    let mut err = anstream::stderr();
    for fault in &faults {
        say(&mut err, &format!("error: {fault}\n"));
    }
    if !failed.is_empty() {
        let whom: Vec<_> = failed.iter().map(|it| it.as_str()).collect();
        say(&mut err, &format!("error: breaking changes: {}\n", whom.join(", ")));
    }
    Ok(if faults.is_empty() && failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The policy with its file's name and text.
fn policy(args: &DiffArgs) -> Result<(String, String, Policy), String> {
    const USUAL: &str = "specwright.toml";
    let path = match &args.policy {
        Some(path) => path.clone(),
        None if Path::new(USUAL).is_file() => PathBuf::from(USUAL),
        None => return Ok((USUAL.to_owned(), String::new(), Policy::default())),
    };
    let name = path.display().to_string();
    let text = std::fs::read_to_string(&path).map_err(|error| format!("cannot read `{name}`: {error}"))?;
    let policy = Policy::read(&name, &text)?;
    Ok((name, text, policy))
}

fn put(args: &DiffArgs, text: &str) -> Result<(), String> {
    if let Some(path) = &args.output {
        let text = anstream::adapter::strip_str(text).to_string();
        std::fs::write(path, text).map_err(|error| format!("cannot write `{}`: {error}", path.display()))
    } else {
        say(&mut anstream::stdout(), text);
        Ok(())
    }
}

fn report(pair: &Pair, no_rust: bool) -> Result<Report, String> {
    let (Some(old), Some(new)) = (&pair.old, &pair.new) else {
        let shown = |it: &Option<(Version, String)>| it.as_ref().map(|(version, path)| version.shown(path));
        return Ok(alone(&pair.name, shown(&pair.old).as_deref(), shown(&pair.new).as_deref()));
    };
    let (before, after) = (compiled(&pair.name, old)?, compiled(&pair.name, new)?);
    let faulty = |it: &Compiled| it.diagnostics.has_errors();
    for (compiled, which) in [(&before, "old"), (&after, "new")] {
        if faulty(compiled) {
            let errors = compiled.diagnostics.at_least(diagnostics::Severity::Error);
            let listing = diagnostics::render(&errors, &compiled.sources, diagnostics::Style::Plain);
            let message = format!(
                "{listing}warning: the {which} document of `{}` has errors: what stands there is not compared\n",
                pair.name
            );
            say(&mut anstream::stderr(), &message);
        }
    }
    let (items, others) = match (crate_of(&before, no_rust), crate_of(&after, no_rust)) {
        (Some(before), Some(after)) => {
            let (old, new) = public_items(&before, &after);
            (Some(old), Some(new))
        }
        _ => (None, None),
    };
    let old = Side { name: old.0.shown(&old.1), compiled: &before, items };
    let new = Side { name: new.0.shown(&new.1), compiled: &after, items: others };
    let report = diff(&pair.name, &old, &new);
    Ok(report.unwrap_or_else(|| alone(&pair.name, None, None)))
}

fn compiled(name: &str, (version, path): &(Version, String)) -> Result<Compiled, String> {
    let text = version.read(path)?;
    let naming = Naming { name: name.to_owned(), source: version.shown(path) };
    Ok(compile(&naming, text, &*version.loader(path)))
}

/// The generated crate; none where the document has errors.
fn crate_of(compiled: &Compiled, no_rust: bool) -> Option<Files> {
    if no_rust {
        return None;
    }
    let plan = compiled.plan.as_ref()?;
    let options = CrateOptions {
        name: "api".to_owned(),
        description: String::new(),
        workspace: false,
        runtime: Delivery::Depend(Origin::Registry),
    };
    render(std::slice::from_ref(plan), &options).ok()
}
