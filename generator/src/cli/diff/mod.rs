//! `diff`: two versions of some documents, from files, folders or git, and a report about them.

mod project;
mod versions;

pub use versions::{Version, document, folder, revisions};

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::files::read_text;
use super::project::{listing, nearest};
use super::vendor::VendorFolder;
use super::{print, say};
use crate::config::FailOn;
use crate::diff::churn::Churn;
use crate::diff::policy::Policy;
use crate::diff::render::{Output, write_all as write};
use crate::diff::{Report, Side, alone, diff, public_items};
use crate::listing::{Style, render};
use crate::output::Files;
use crate::overlay::Overlay;
use crate::plan::Naming;
use crate::render::drafts;
use crate::{Choices, Compiled, compile_with, diagnostics};

/// The flags of `diff`.
#[derive(Debug, Clone, Args)]
pub struct DiffArgs {
    /// How the report is written
    #[arg(long, value_enum, default_value = "terminal")]
    pub format: Output,
    /// Write the report to a file
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Exit with 1 where somebody breaks; may be given several times
    #[arg(long, value_name = "WHO", value_enum)]
    pub fail_on: Vec<FailOn>,
    /// The file whose table `[diff]` has levels and the allow-list; the nearest `specwright.toml` if left out
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Do not generate code to compare: the answer for Rust is left out, and the report comes sooner
    #[arg(long)]
    pub no_rust: bool,
}

/// The flags of `specwright diff`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  specwright diff old.yaml new.yaml
  specwright diff main:api.yaml api.yaml --fail-on wire
  specwright diff HEAD:api.yaml :api.yaml
  specwright diff main..HEAD --format markdown")]
pub struct DiffCommand {
    /// Two documents, folders of documents, or `REVISION:PATH`s of git (`:PATH` is what is staged), the old one first;
    /// or, for the documents of `specwright.toml`, a revision (compared with the working tree) or two (`main..HEAD`); `HEAD` if left out
    #[arg(value_name = "VERSION", num_args = 0..=2)]
    pub versions: Vec<String>,
    #[command(flatten)]
    args: DiffArgs,
}

/// A document in both versions; on one side there may be none.
pub struct Pair {
    /// What people call the API.
    pub name: String,
    /// The document before.
    pub old: Option<Edition>,
    /// The document after.
    pub new: Option<Edition>,
}

/// A document in one version.
#[derive(Debug, Clone)]
pub struct Edition {
    /// Where it is.
    pub version: Version,
    /// Its path there.
    pub path: String,
    /// What the configuration of that version says about it.
    pub settings: EditionSettings,
}

impl Edition {
    /// A document that no configuration says anything about.
    pub fn new((version, path): (Version, String)) -> Self {
        Self { version, path, settings: EditionSettings::default() }
    }

    /// The document as people name it.
    fn shown(&self) -> String {
        self.version.shown(&self.path)
    }
}

/// What a configuration says about a document.
#[derive(Debug, Clone, Default)]
pub struct EditionSettings {
    /// Which operations to take, and which types stand for what.
    pub choices: Choices,
    /// The overlays, by their paths.
    pub overlays: Vec<String>,
    /// Where the version has copies of what URLs lead to.
    pub vendor: VendorFolder,
}

/// Runs `specwright diff`; a configuration may be named.
pub(super) fn run_command(command: &DiffCommand, config: Option<&Path>) -> ExitCode {
    let mut args = command.args.clone();
    args.policy = args.policy.or_else(|| config.map(Path::to_owned));
    let compared = match command.versions.as_slice() {
        [old, new] => versions::pairs(old, new).map(|it| (it, Vec::new())),
        [one] if Path::new(one).exists() && !versions::is_revision(one) => Err(format!(
            "`{one}` is one version: name two, the old one first, such as `specwright diff HEAD:{one} {one}`"
        )),
        _ if args.format == Output::JsonSchema => Ok((Vec::new(), Vec::new())),
        some => project::compared(config, some.first().map_or("HEAD", |it| it)),
    };
    match compared {
        Ok((pairs, churn)) => finish(&args, Ok(pairs), &churn),
        Err(message) => finish(&args, Err(message), &[]),
    }
}

/// Compares pairs of documents, writes the report, and says by the exit code what was decided.
pub fn finish(args: &DiffArgs, pairs: Result<Vec<Pair>, String>, churn: &[Churn]) -> ExitCode {
    match compare(args, pairs, churn) {
        Ok(code) => code,
        Err(message) => {
            say(&mut anstream::stderr(), &format!("error: {message}\n"));
            ExitCode::from(2)
        }
    }
}

fn compare(args: &DiffArgs, pairs: Result<Vec<Pair>, String>, churn: &[Churn]) -> Result<ExitCode, String> {
    if args.format == Output::JsonSchema {
        put(args, &write(&[], &[], args.format))?;
        return Ok(ExitCode::SUCCESS);
    }
    let (name, mut policy) = policy(args)?;
    if !args.fail_on.is_empty() {
        policy.diff.fail_on.clone_from(&args.fail_on);
    }
    let mut reports = Vec::new();
    for pair in pairs? {
        reports.push(report(&pair, args.no_rust)?);
    }
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let faults = policy.apply(&mut reports, today);
    put(args, &write(&reports, churn, args.format))?;
    let failed = policy.failed(&reports);
    let mut err = anstream::stderr();
    if !faults.is_empty() {
        say(&mut err, &listing(&name, policy.written(), &faults, super::style()));
    }
    if !failed.is_empty() {
        let whom: Vec<_> = failed.iter().map(|it| it.as_str()).collect();
        say(&mut err, &format!("error: breaking changes: {}\n", whom.join(", ")));
    }
    Ok(if faults.is_empty() && failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The policy with its file's name.
fn policy(args: &DiffArgs) -> Result<(String, Policy), String> {
    let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    let Some(path) = args.policy.clone().or_else(|| nearest(&here)) else {
        return Ok((String::new(), Policy::default()));
    };
    let name = path.strip_prefix(&here).unwrap_or(&path).display().to_string();
    let text = read_text(&path).map_err(|error| format!("cannot read `{name}`: {error}"))?;
    let policy = Policy::read(&text).map_err(|problems| {
        listing(&name, &text, &problems, super::style()).trim_start_matches("error: ").trim_end().to_owned()
    })?;
    Ok((name, policy))
}

fn put(args: &DiffArgs, text: &str) -> Result<(), String> {
    if let Some(path) = &args.output {
        let text = anstream::adapter::strip_str(text).to_string();
        std::fs::write(path, text).map_err(|error| format!("cannot write `{}`: {error}", path.display()))
    } else {
        print(text)
    }
}

fn report(pair: &Pair, no_rust: bool) -> Result<Report, String> {
    let (Some(old), Some(new)) = (&pair.old, &pair.new) else {
        let shown = |it: &Option<Edition>| it.as_ref().map(Edition::shown);
        return Ok(alone(&pair.name, shown(&pair.old).as_deref(), shown(&pair.new).as_deref()));
    };
    let ((before, old_files), (after, new_files)) =
        both(|| built(&pair.name, old, no_rust), || built(&pair.name, new, no_rust))?;
    let faulty = |it: &Compiled| it.diagnostics.has_errors();
    for (compiled, which) in [(&before, "old"), (&after, "new")] {
        if faulty(compiled) {
            let errors = compiled.diagnostics.at_least(diagnostics::Severity::Error);
            let listing = render(&errors, &compiled.sources, Style::Plain);
            let message = format!(
                "{listing}warning: the {which} document of `{}` has errors: what stands there is not compared\n",
                pair.name
            );
            say(&mut anstream::stderr(), &message);
        }
    }
    let (items, others) = match (old_files, new_files) {
        (Some(before), Some(after)) => {
            let (old, new) = public_items(&before, &after);
            (Some(old), Some(new))
        }
        _ => (None, None),
    };
    let old = Side { name: old.shown(), compiled: &before, items };
    let new = Side { name: new.shown(), compiled: &after, items: others };
    let report = diff(&pair.name, &old, &new);
    Ok(report.unwrap_or_else(|| alone(&pair.name, None, None)))
}

fn compiled(name: &str, edition: &Edition) -> Result<Compiled, String> {
    let Edition { version, path, settings: EditionSettings { choices, overlays, vendor } } = edition;
    let text = version.read(path)?;
    let naming = Naming { name: name.to_owned(), source: edition.shown() };
    let mut choices = choices.clone();
    for path in overlays.iter().filter(|it| version.has(it)) {
        choices.overlays.push(Overlay { path: path.clone(), text: version.read(path)? });
    }
    Ok(compile_with(&naming, text, &*version.loader(path, vendor), &choices))
}

/// A version, and the files of its crate: none where the document has errors, or nobody asks for them.
type Built = (Compiled, Option<Files>);

fn built(name: &str, edition: &Edition, no_rust: bool) -> Result<Built, String> {
    let mut compiled = compiled(name, edition)?;
    if let Some(plan) = &mut compiled.plan {
        // Where a document is from is no difference between its versions.
        name.clone_into(&mut plan.source);
    }
    let plan = compiled.plan.as_ref().filter(|_| !no_rust);
    let files = plan.and_then(|plan| drafts(std::slice::from_ref(plan)).ok());
    Ok((compiled, files))
}

/// Both versions at once: large documents take seconds.
fn both(
    old: impl FnOnce() -> Result<Built, String> + Send,
    new: impl FnOnce() -> Result<Built, String> + Send,
) -> Result<(Built, Built), String> {
    // As much stack as the main thread has.
    const STACK: usize = 8 << 20;
    std::thread::scope(|scope| {
        let other = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, old);
        let other = other.map_err(|error| format!("cannot start a thread: {error}"))?;
        let new = new();
        let old = other.join().map_err(|_| "the old version could not be compiled".to_owned())?;
        Ok((old?, new?))
    })
}
