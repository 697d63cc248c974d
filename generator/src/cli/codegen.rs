//! The main job: documents in, a crate out.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::files::{Changes, FileError, MANIFEST, compare, listed, recover, write};
use super::loader::FolderLoader;
use super::report::Report;
use super::{CodegenArgs, Deny};
use crate::diagnostics::{Code, Severity, Tally};
use crate::output::Files;
use crate::overlay::Overlay;
use crate::plan::{ApiPlan, Naming, OperationKind};
use crate::render::{CrateOptions, RenderError, render};
use crate::{Compiled, Effective, compile_overlaid};

/// A document to generate from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The API's name.
    pub name: String,
    /// The file.
    pub path: PathBuf,
    /// The path as it is printed and as generated files name it.
    pub shown: String,
}

/// Whether a run writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Bring the tree up to date.
    Write,
    /// Only compare.
    Check,
}

/// One run.
pub struct Codegen {
    /// The documents.
    pub sources: Vec<Source>,
    /// The folder of the crate.
    pub out: PathBuf,
    /// What the crate is called and how it depends on others.
    pub options: CrateOptions,
    /// Whether to write.
    pub mode: Mode,
    /// What to refuse.
    pub deny: Option<Deny>,
    /// Whether every fault refuses its document, also one that can be repaired or left out.
    pub strict: bool,
    /// The least findings that are shown one by one.
    pub shown: Severity,
    /// What changes the documents before they are read, in order.
    pub overlays: Vec<PathBuf>,
    /// The folder that references may lead into; that of each document if there is none.
    pub root: Option<PathBuf>,
    /// Only this document's findings and files count; the rest of the tree stays as it is.
    pub only: Option<String>,
}

/// What a run did.
pub struct Summary {
    /// How many documents were read.
    pub documents: usize,
    /// How many operations they have.
    pub operations: usize,
    /// The features of the APIs that have operations, and so something to serve.
    pub served: Vec<String>,
    /// How many models were made of them.
    pub models: usize,
    /// How many files the crate has.
    pub files: usize,
    /// How the tree differed.
    pub changes: Changes,
    /// What the tree should hold, for showing the difference.
    pub wanted: crate::output::Files,
    /// How long it took.
    pub time: Duration,
    /// What was found in the documents.
    pub report: Report,
    /// What was repaired and left out in them.
    pub tally: Tally,
}

/// Why a run did nothing.
pub enum Failure {
    /// The documents have errors.
    Documents(Report),
    /// The request cannot be met as it stands.
    Request(String),
    /// A file cannot be read or written.
    File(FileError),
    /// Our own mistake: a template does not render.
    Render(RenderError),
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl From<RenderError> for Failure {
    fn from(error: RenderError) -> Self {
        Self::Render(error)
    }
}

impl Codegen {
    /// A job with the flags that every job has.
    pub fn new(sources: Vec<Source>, out: PathBuf, options: CrateOptions, args: &CodegenArgs) -> Self {
        let mode = if args.check { Mode::Check } else { Mode::Write };
        // Whoever refuses what is ignored wants to see it.
        let notes = args.notes || args.deny == Some(Deny::Ignored);
        let shown = if notes { Severity::Note } else { Severity::Warning };
        let (overlays, root) = (args.overlay.clone(), args.root.clone());
        Self { sources, out, options, mode, deny: args.deny, strict: args.strict, shown, overlays, root, only: None }
    }

    /// The job of one document: a crate that stands alone.
    ///
    /// # Errors
    /// Where the flags do not say what to make of what.
    pub fn standalone(args: &CodegenArgs) -> Result<Self, String> {
        let nowhere = PathBuf::new();
        let out = args.out.as_ref().or(args.effective.then_some(&nowhere));
        let (Some(spec), Some(out)) = (&args.spec, out) else {
            return Err("`--spec FILE` and `--out DIR` belong together".to_owned());
        };
        let stem = spec.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        let name = args.name.clone().unwrap_or_else(|| package_name(&stem));
        let shown = spec.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        let source = Source { name: name.clone(), path: spec.clone(), shown };
        let description =
            format!("Models, validation, an axum server and a typed client, generated from {}", source.shown);
        let options = CrateOptions { name, description, workspace: false, runtime: args.delivery() };
        Ok(Self::new(vec![source], out.clone(), options, args))
    }

    /// Makes the job refuse every fault.
    #[must_use]
    pub fn strict(self) -> Self {
        Self { strict: true, ..self }
    }

    /// Limits the job to one of its documents.
    #[must_use]
    pub fn only(self, only: Option<String>) -> Self {
        Self { only, ..self }
    }

    /// Runs: read everything, and only if nothing is wrong anywhere, write.
    pub fn run(&self) -> Result<Summary, Failure> {
        let start = Instant::now();
        let progress = Progress::new(self.sources.len() + 2, start);
        let compiled = self.compile_all(&progress)?;
        let report = Report::new(&compiled, self.shown);
        let denied = compiled.iter().any(|(_, it)| it.plan.is_none() || self.denies(it));
        if denied {
            return Err(Failure::Documents(report));
        }
        let tally = compiled.iter().map(|(_, it)| it.diagnostics.tally()).fold(Tally::default(), Tally::plus);
        let plans: Vec<ApiPlan> = compiled.into_iter().filter_map(|(_, it)| it.plan).collect();
        progress.step("rendering");
        let rendered = render(&plans, &self.options)?;
        if self.mode == Mode::Write {
            recover(&self.out)?;
        }
        let files = match (&self.only, plans.as_slice()) {
            (Some(name), [plan]) => limited(&self.out, &rendered, name, &plan.module)?,
            _ => rendered,
        };
        progress.step("comparing");
        let changes = compare(&self.out, &files)?;
        if self.mode == Mode::Write && !changes.is_empty() {
            write(&self.out, &files, &changes)?;
        }
        drop(progress);
        let operations = |plan: &ApiPlan| plan.of_kind(OperationKind::Operation).count();
        Ok(Summary {
            documents: plans.len(),
            operations: plans.iter().map(operations).sum(),
            served: plans.iter().filter(|plan| operations(plan) > 0).map(|plan| plan.feature.clone()).collect(),
            models: plans.iter().map(|plan| plan.models.len()).sum(),
            files: files.len(),
            changes,
            wanted: files,
            time: start.elapsed(),
            report,
            tally,
        })
    }

    fn compile_all(&self, progress: &Progress) -> Result<Vec<(Source, Compiled)>, Failure> {
        let mut all = Vec::new();
        let wanted = |source: &&Source| self.only.as_ref().is_none_or(|only| source.name == *only);
        for source in self.sources.iter().filter(wanted) {
            progress.step(&source.shown);
            let text = read(&source.path)?;
            let loader = self.loader(source)?;
            let naming = Naming { name: source.name.clone(), source: source.shown.clone() };
            let mut compiled = compile_overlaid(&naming, text, self.overlays()?, &loader);
            if self.strict {
                compiled.diagnostics.harden();
            }
            all.push((source.clone(), compiled));
        }
        Ok(all)
    }

    fn loader(&self, source: &Source) -> Result<FolderLoader, Failure> {
        if let Some(root) = &self.root {
            return FolderLoader::below(root, &source.path).map_err(Failure::Request);
        }
        let folder = source.path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Ok(FolderLoader::new(folder.to_owned()))
    }

    fn overlays(&self) -> Result<Vec<Overlay>, Failure> {
        let overlay =
            |path: &PathBuf| Ok(Overlay { path: path.to_string_lossy().replace('\\', "/"), text: read(path)? });
        self.overlays.iter().map(overlay).collect()
    }

    /// The documents as overlays leave them.
    ///
    /// # Errors
    /// Where a file cannot be read.
    pub fn effective(&self) -> Result<Vec<Effective>, String> {
        let read = |source: &Source| Ok((read(&source.path)?, self.overlays()?));
        let all = self.sources.iter().map(|source| {
            let (text, overlays) = read(source).map_err(|failure: Failure| match failure {
                Failure::File(error) => error.to_string(),
                Failure::Request(message) => message,
                Failure::Documents(_) | Failure::Render(_) => String::new(),
            })?;
            Ok(crate::effective(&source.shown, text, overlays))
        });
        all.collect()
    }

    fn denies(&self, compiled: &Compiled) -> bool {
        let level = |code: Code| match code {
            Code::IgnoredField => Some(Deny::Ignored),
            Code::ApproximatedField => Some(Deny::Approximated),
            Code::UnsupportedField => Some(Deny::Unsupported),
            _ => None,
        };
        let findings = || compiled.diagnostics.iter();
        findings().any(|it| it.severity == Severity::Error)
            || self.deny.is_some_and(|deny| findings().filter_map(|it| level(it.code)).any(|found| found >= deny))
    }
}

/// The tree as it is, with the files of one API as they were rendered.
fn limited(out: &Path, rendered: &Files, name: &str, module: &str) -> Result<Files, Failure> {
    let folder = format!("src/{module}/");
    let mut files = Files::new();
    let listed = listed(out)?;
    if !listed.iter().any(|path| path.starts_with(&folder)) {
        return Err(Failure::Request(format!("`{name}` was never generated: run once without `--api`")));
    }
    for path in listed.iter().filter(|path| !path.starts_with(&folder) && *path != MANIFEST) {
        let text = fs::read_to_string(out.join(path)).map_err(|cause| FileError {
            path: out.join(path),
            action: "read",
            cause,
        })?;
        files.insert(path.clone(), text);
    }
    for (path, text) in rendered.iter().filter(|(path, _)| path.starts_with(&folder)) {
        files.insert(path.to_owned(), text.to_owned());
    }
    let manifest = crate::render::manifest(&files);
    files.insert(MANIFEST.to_owned(), manifest);
    Ok(files)
}

fn read(path: &Path) -> Result<String, Failure> {
    let failed = |cause| Failure::File(FileError { path: path.to_owned(), action: "read", cause });
    let bytes = fs::read(path).map_err(failed)?;
    String::from_utf8(bytes)
        .map_err(|_| failed(std::io::Error::new(std::io::ErrorKind::InvalidData, "it is not UTF-8 text")))
}

/// A bar that a terminal sees once the run has taken longer than a moment.
struct Progress {
    bar: ProgressBar,
    start: Instant,
}

impl Progress {
    const PATIENCE: Duration = Duration::from_secs(1);

    fn new(steps: usize, start: Instant) -> Self {
        let bar = ProgressBar::with_draw_target(Some(steps as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len} {msg}") {
            bar.set_style(style);
        }
        Self { bar, start }
    }

    /// Says what comes next.
    fn step(&self, message: &str) {
        if self.bar.is_hidden() && self.start.elapsed() > Self::PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_message(message.to_owned());
        self.bar.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// A package name made of a file's name.
fn package_name(stem: &str) -> String {
    let name: String =
        stem.chars().map(|it| if it.is_ascii_alphanumeric() { it.to_ascii_lowercase() } else { '-' }).collect();
    let name = name.trim_matches('-');
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) { name.to_owned() } else { format!("api-{name}") }
}
