//! `cargo xtask corpus PATH`: what becomes of other people's documents.
//!
//! Each document goes through the whole pipeline into a folder that is deleted afterwards. The task fails where a
//! document makes the generator panic or takes too long, and where a `MANIFEST.tsv` beside it with the columns `file`
//! and `expect` (`error`: must be refused by `--strict`, and complained about without it; `literal`: must not be refused)
//! says otherwise than what happens. With `--compile` it also fails where a crate does not compile, or where rustc,
//! clippy or rustdoc warns about it, clippy with each set of sides; with `--round-trip`, where an instance that is valid
//! by the document is refused or changed, or another one accepted.

mod compile;
mod round_trip;
mod together;
mod totals;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{fs, io, thread};

use serde_json::{Value, json};
use specwright::cli::FolderLoader;
use specwright::diagnostics::Severity;
use specwright::output::Files;
use specwright::plan::Naming;
use specwright::render::{CrateOptions, Delivery, render};
use specwright::source::FileId;

use crate::failed;
use crate::within::{Ended, within};
use round_trip::{Outcome, Subject};
pub(crate) use together::Together;
use totals::Totals;

/// Flags of the task.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Documents, and folders with documents; folders in them are searched too
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How long one document may take
    #[arg(long, value_name = "N", default_value_t = 60)]
    seconds: u64,
    /// Refuse every fault, also those that can be repaired or left out
    #[arg(long)]
    strict: bool,
    /// Compile each crate too, below `target/corpus/`
    #[arg(long)]
    compile: bool,
    /// Compile so many documents as modules of one crate, with all sides, instead of each as a crate of its own
    #[arg(long, value_name = "N", requires = "compile")]
    together: Option<usize>,
    /// Send instances of every component through its type, below `target/round-trip/`; what is done is not done again
    #[arg(long)]
    round_trip: bool,
    /// How many instances of each component the round trip makes, each way
    #[arg(long, value_name = "N", default_value_t = 100)]
    cases: usize,
    /// How many documents are tried at once
    #[arg(long, value_name = "N", default_value_t = 1)]
    jobs: usize,
    /// Write the results as JSON too
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// What became of a document.
enum Verdict {
    /// A crate.
    Generated(Counts, Box<(Files, Subject)>),
    /// A report.
    Refused(Counts),
    /// A bug of ours.
    Bug(String),
    /// No answer in time.
    Late,
}

#[derive(Default)]
struct Counts {
    operations: usize,
    /// The operations whose pages are a stream, by how one leads to the next.
    pages: BTreeMap<&'static str, Vec<String>>,
    models: usize,
    files: usize,
    errors: usize,
    warnings: usize,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let mut documents = Vec::new();
    let mut expected = BTreeMap::new();
    for folder in &args.paths {
        if folder.is_file() {
            documents.push(folder.clone());
        } else if let Err(error) = collect(folder, &mut documents, &mut expected) {
            return failed(&format!("cannot read `{}`: {error}", folder.display()));
        }
    }
    documents.sort();
    if documents.is_empty() {
        return failed("there are no documents");
    }
    println!(
        "{:<44} {:<9} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>7}",
        "document", "result", "ops", "pages", "models", "files", "errors", "warn", "ms"
    );
    let together = args.together.map(Together::new);
    let totals = Mutex::new((Totals::default(), Vec::new()));
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..args.jobs.max(1) {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(path) = documents.get(number) else { break };
                    let task = Task { path, name: name(args, number), args, together: together.as_ref() };
                    let result = try_one(&task, expected.get(path).map(String::as_str));
                    let mut totals = totals.lock().unwrap_or_else(PoisonError::into_inner);
                    println!("{}", result.printed.trim_end());
                    totals.0.add(&result);
                    totals.1.push(result.json);
                }
            });
        }
    });
    let (mut totals, results) = totals.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let Some(together) = &together {
        (totals.compiled, totals.not_compiled) = together.finish();
    }
    totals.print(documents.len(), args);
    if let Some(path) = &args.json
        && let Err(error) = fs::write(path, format!("{:#}\n", Value::Array(results)))
    {
        return failed(&format!("cannot write `{}`: {error}", path.display()));
    }
    if totals.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// One document, and what is to be done with it.
struct Task<'t> {
    path: &'t Path,
    /// What its API is called.
    name: String,
    args: &'t Args,
    together: Option<&'t Together>,
}

/// The name of an API, which no other one of its crate may have.
fn name(args: &Args, number: usize) -> String {
    if args.together.is_some() { format!("corpus-{number}") } else { "corpus".to_owned() }
}

/// What came of a document, with what is to be printed about it.
struct Tried {
    verdict: &'static str,
    unexpected: bool,
    operations: usize,
    pages: usize,
    compiles: Option<bool>,
    round_trip: Option<Result<Outcome, String>>,
    printed: String,
    json: Value,
}

fn try_one(task: &Task<'_>, expected: Option<&str>) -> Tried {
    let Task { path, name, args, together } = task;
    let start = Instant::now();
    let verdict = try_in_time(path, name, Duration::from_secs(args.seconds), args.strict);
    let surprise = surprise(&verdict, expected, args.strict);
    let (word, mut printed) = line(path, &verdict, start.elapsed(), surprise);
    let (mut compiled, mut round_trip) = (None, None);
    if let Verdict::Generated(_, made) = &verdict {
        let (files, subject) = &**made;
        match together {
            Some(together) => together.add(path, subject.plan.clone()),
            None => compiled = args.compile.then(|| compiles(path, files, &mut printed)),
        }
        round_trip = args.round_trip.then(|| round_trip::run(path, subject, files, args.cases));
    }
    if let Some(outcome) = &round_trip {
        printed.push_str(&told(outcome));
    }
    let outcome = match &round_trip {
        Some(Ok(outcome)) => outcome.to_json(),
        Some(Err(problem)) => problem.as_str().into(),
        None => Value::Null,
    };
    let counts = if let Verdict::Generated(counts, _) = &verdict { counts } else { &Counts::default() };
    let json = json!({
        "document": path.file_name().map(|it| it.to_string_lossy()),
        "result": word,
        "operations": counts.operations,
        "pages": counts.pages,
        "compiles": compiled,
        "round_trip": outcome,
    });
    let (operations, pages) = (counts.operations, counts.pages.values().map(Vec::len).sum());
    Tried {
        verdict: word,
        unexpected: surprise.is_some(),
        operations,
        pages,
        compiles: compiled,
        round_trip,
        printed,
        json,
    }
}

/// The round trip of a document in words.
fn told(outcome: &Result<Outcome, String>) -> String {
    let outcome = match outcome {
        Ok(outcome) => outcome,
        Err(problem) => return format!("  no round trip: {problem}\n"),
    };
    let Outcome { components, tried, faulty, valid, invalid, faults, examples } = outcome;
    let mut out = format!(
        "  round trip: {tried} of {components} components, {valid} valid instances and {invalid} others; {faulty} components at fault {faults:?}\n"
    );
    for example in examples {
        let short: String = example.chars().take(400).collect();
        out.extend(["    ", &short, "\n"]);
    }
    out
}

/// Compiles a crate, and tells what the compiler has to say.
fn compiles(path: &Path, files: &Files, out: &mut String) -> bool {
    match compile::compile(path, files) {
        Ok(said) => {
            for finding in &said.findings {
                out.extend(["  ", finding, "\n"]);
            }
            let word = if said.compiles { "compiles" } else { "does NOT compile" };
            let _ = writeln!(out, "  {word}, {} findings, {} s", said.findings.len(), said.time.as_secs());
            said.compiles && said.findings.is_empty()
        }
        Err(error) => {
            let _ = writeln!(out, "  cannot be compiled: {error}");
            false
        }
    }
}

/// The documents below a folder, and what its manifests say about them.
fn collect(folder: &Path, documents: &mut Vec<PathBuf>, expected: &mut BTreeMap<PathBuf, String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, documents, expected)?;
        } else if path.extension().is_some_and(|it| it == "yaml" || it == "yml" || it == "json") {
            documents.push(path);
        } else if path.file_name().is_some_and(|it| it == "MANIFEST.tsv") {
            read_manifest(folder, &fs::read_to_string(&path)?, expected);
        }
    }
    Ok(())
}

fn read_manifest(folder: &Path, text: &str, expected: &mut BTreeMap<PathBuf, String>) {
    let mut lines = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let Some(head) = lines.next() else { return };
    let column = |name: &str| head.iter().position(|it| *it == name);
    let (Some(file), Some(expect)) = (column("file"), column("expect")) else { return };
    for line in lines {
        if let (Some(file), Some(expect)) = (line.get(file), line.get(expect)) {
            expected.insert(folder.join(file), (*expect).to_owned());
        }
    }
}

/// Why a verdict is not the expected one.
fn surprise(verdict: &Verdict, expected: Option<&str>, strict: bool) -> Option<&'static str> {
    match (verdict, expected?) {
        (Verdict::Generated(..), "error") if strict => Some("it should be refused"),
        (Verdict::Generated(counts, _), "error") if counts.warnings == 0 => {
            Some("it should not pass without a warning")
        }
        (Verdict::Refused(_), "literal") => Some("it should not be refused"),
        _ => None,
    }
}

fn try_in_time(path: &Path, name: &str, limit: Duration, strict: bool) -> Verdict {
    let (path, name) = (path.to_owned(), name.to_owned());
    match within(limit, move || try_document(&path, name, strict)) {
        Ended::Done(verdict) => verdict,
        Ended::Late => Verdict::Late,
        Ended::Panicked => Verdict::Bug("it panicked".to_owned()),
    }
}

fn try_document(path: &Path, name: String, strict: bool) -> Verdict {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => return Verdict::Bug(error.to_string()),
    };
    let Ok(text) = String::from_utf8(bytes) else {
        return Verdict::Refused(Counts { errors: 1, ..Counts::default() });
    };
    let folder = path.parent().map(Path::to_owned).unwrap_or_default();
    let source = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let naming = Naming { name, source };
    let mut compiled = specwright::compile(&naming, text, &FolderLoader::new(folder));
    if strict {
        compiled.diagnostics.harden();
    }
    let count = |severity| compiled.diagnostics.iter().filter(|it| it.severity == severity).count();
    let counts = Counts { errors: count(Severity::Error), warnings: count(Severity::Warning), ..Counts::default() };
    let document = compiled.sources.file(FileId(0)).root.to_json();
    if compiled.diagnostics.has_errors() {
        return Verdict::Refused(counts);
    }
    let (Some(plan), Some(api)) = (compiled.plan, compiled.api) else { return Verdict::Refused(counts) };
    let (operations, models) = (plan.operations.len(), plan.models.len());
    let mut pages: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (operation, it) in plan.operations.iter().filter_map(|it| Some((it, it.pages.as_ref()?))) {
        pages.entry(it.step.kind()).or_default().push(operation.id.clone());
    }
    match write(std::slice::from_ref(&plan)) {
        Ok(files) => {
            let counts = Counts { operations, pages, models, files: files.len(), ..counts };
            Verdict::Generated(counts, Box::new((files, Subject { api, plan, document })))
        }
        Err(error) => Verdict::Bug(error),
    }
}

/// Writes the crate, so that names which no file system takes are found.
fn write(plans: &[specwright::plan::ApiPlan]) -> Result<Files, String> {
    let options = CrateOptions {
        name: "corpus".to_owned(),
        description: String::new(),
        workspace: false,
        runtime: Delivery::Copy,
    };
    let files = render(plans, &options).map_err(|error| error.to_string())?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    for (path, text) in files.iter() {
        let target = folder.path().join(path);
        let parent = target.parent().unwrap_or(folder.path());
        fs::create_dir_all(parent)
            .and_then(|()| fs::write(&target, text))
            .map_err(|error| format!("cannot write `{path}`: {error}"))?;
    }
    Ok(files)
}

/// The line of a document, and the word for what became of it.
fn line(path: &Path, verdict: &Verdict, time: Duration, surprise: Option<&str>) -> (&'static str, String) {
    let name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let (word, counts) = match verdict {
        Verdict::Generated(counts, _) => ("generated", counts),
        Verdict::Refused(counts) => ("refused", counts),
        Verdict::Bug(_) => ("BUG", &Counts::default()),
        Verdict::Late => ("LATE", &Counts::default()),
    };
    let Counts { operations, pages, models, files, errors, warnings } = counts;
    let pages: usize = pages.values().map(Vec::len).sum();
    let ms = time.as_millis();
    let mut out = format!(
        "{name:<44} {word:<9} {operations:>6} {pages:>6} {models:>6} {files:>6} {errors:>6} {warnings:>6} {ms:>7}\n"
    );
    let message = if let Verdict::Bug(message) = verdict { Some(message.as_str()) } else { None };
    for message in message.into_iter().chain(surprise) {
        let _ = writeln!(out, "  {}: {message}", path.display());
    }
    (word, out)
}
