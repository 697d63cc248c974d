//! `cargo xtask corpus DIR`: what becomes of other people's documents.
//!
//! Each document goes through the whole pipeline into a folder that is deleted afterwards. The task fails where a
//! document makes the generator panic or takes too long, and where a `MANIFEST.tsv` beside it with the columns `file`
//! and `expect` (`error`: must be refused, `literal`: must not be) says otherwise than what happens. With `--compile` it
//! also fails where a crate does not compile, or compiles with a warning.

mod compile;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc;
use std::time::{Duration, Instant};
use std::{fs, io, thread};

use specwright::cli::FolderLoader;
use specwright::diagnostics::Severity;
use specwright::output::Files;
use specwright::plan::Naming;
use specwright::render::{CrateOptions, Delivery, render};

use crate::failed;

/// Flags of the task.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folders with documents; folders in them are searched too
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// How long one document may take
    #[arg(long, value_name = "N", default_value_t = 60)]
    seconds: u64,
    /// Compile each crate too, below `target/corpus/`
    #[arg(long)]
    compile: bool,
}

/// What became of a document.
enum Verdict {
    /// A crate.
    Generated(Counts, Files),
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
    models: usize,
    files: usize,
    errors: usize,
    warnings: usize,
}

/// How many documents ended in each way.
#[derive(Default)]
struct Totals {
    generated: usize,
    refused: usize,
    bugs: usize,
    unexpected: usize,
    compiled: usize,
    not_compiled: usize,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let mut documents = Vec::new();
    let mut expected = BTreeMap::new();
    for folder in &args.folders {
        if let Err(error) = collect(folder, &mut documents, &mut expected) {
            return failed(&format!("cannot read `{}`: {error}", folder.display()));
        }
    }
    documents.sort();
    if documents.is_empty() {
        return failed("there are no documents");
    }
    println!(
        "{:<44} {:<9} {:>6} {:>6} {:>6} {:>6} {:>6} {:>7}",
        "document", "result", "ops", "models", "files", "errors", "warn", "ms"
    );
    let mut totals = Totals::default();
    for path in &documents {
        let start = Instant::now();
        let verdict = try_in_time(path, Duration::from_secs(args.seconds));
        let surprise = surprise(&verdict, expected.get(path).map(String::as_str));
        print(path, &verdict, start.elapsed(), surprise);
        totals.add(&verdict, surprise.is_some());
        if let Verdict::Generated(_, files) = &verdict
            && args.compile
        {
            totals.add_compiled(compiles(path, files));
        }
    }
    totals.print(documents.len(), args.compile);
    if totals.bugs + totals.unexpected + totals.not_compiled == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Compiles a crate, and prints what the compiler has to say.
fn compiles(path: &Path, files: &Files) -> bool {
    match compile::compile(path, files) {
        Ok(said) => {
            for finding in &said.findings {
                println!("  {finding}");
            }
            let word = if said.compiles { "compiles" } else { "does NOT compile" };
            println!("  {word}, {} findings, {} s", said.findings.len(), said.time.as_secs());
            said.compiles && said.findings.is_empty()
        }
        Err(error) => {
            println!("  cannot be compiled: {error}");
            false
        }
    }
}

impl Totals {
    fn add(&mut self, verdict: &Verdict, unexpected: bool) {
        match verdict {
            Verdict::Generated(..) => self.generated += 1,
            Verdict::Refused(_) => self.refused += 1,
            Verdict::Bug(_) | Verdict::Late => self.bugs += 1,
        }
        self.unexpected += usize::from(unexpected);
    }

    fn add_compiled(&mut self, compiles: bool) {
        self.compiled += usize::from(compiles);
        self.not_compiled += usize::from(!compiles);
    }

    fn print(&self, documents: usize, with_compiled: bool) {
        let Self { generated, refused, bugs, unexpected, compiled, not_compiled } = self;
        println!(
            "{documents} documents: {generated} generated, {refused} refused, {bugs} failed, {unexpected} not as expected"
        );
        if with_compiled {
            println!("{generated} crates: {compiled} compile without a warning, {not_compiled} do not");
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
fn surprise(verdict: &Verdict, expected: Option<&str>) -> Option<&'static str> {
    match (verdict, expected?) {
        (Verdict::Generated(..), "error") => Some("it should be refused"),
        (Verdict::Refused(_), "literal") => Some("it should not be refused"),
        _ => None,
    }
}

/// Tries a document in a thread of its own: one that does not end is left behind.
fn try_in_time(path: &Path, limit: Duration) -> Verdict {
    let (sender, receiver) = mpsc::channel();
    let path = path.to_owned();
    thread::spawn(move || {
        let verdict = catch_unwind(AssertUnwindSafe(|| try_document(&path)));
        let verdict = verdict.unwrap_or_else(|_| Verdict::Bug("it panicked".to_owned()));
        // Nobody listens any more where it came too late.
        let _ = sender.send(verdict);
    });
    receiver.recv_timeout(limit).unwrap_or(Verdict::Late)
}

fn try_document(path: &Path) -> Verdict {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => return Verdict::Bug(error.to_string()),
    };
    let Ok(text) = String::from_utf8(bytes) else {
        return Verdict::Refused(Counts { errors: 1, ..Counts::default() });
    };
    let folder = path.parent().map(Path::to_owned).unwrap_or_default();
    let source = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let naming = Naming { name: "corpus".to_owned(), source };
    let compiled = specwright::compile(&naming, text, &FolderLoader::new(folder));
    let count = |severity| compiled.diagnostics.iter().filter(|it| it.severity == severity).count();
    let counts = Counts { errors: count(Severity::Error), warnings: count(Severity::Warning), ..Counts::default() };
    let Some(plan) = compiled.plan else { return Verdict::Refused(counts) };
    let (operations, models) = (plan.operations.len(), plan.models.len());
    match write(&[plan]) {
        Ok(files) => Verdict::Generated(Counts { operations, models, files: files.len(), ..counts }, files),
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

fn print(path: &Path, verdict: &Verdict, time: Duration, surprise: Option<&str>) {
    let name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let (word, counts) = match verdict {
        Verdict::Generated(counts, _) => ("generated", counts),
        Verdict::Refused(counts) => ("refused", counts),
        Verdict::Bug(_) => ("BUG", &Counts::default()),
        Verdict::Late => ("LATE", &Counts::default()),
    };
    let Counts { operations, models, files, errors, warnings } = counts;
    let ms = time.as_millis();
    println!("{name:<44} {word:<9} {operations:>6} {models:>6} {files:>6} {errors:>6} {warnings:>6} {ms:>7}");
    if let Verdict::Bug(message) = verdict {
        println!("  {}: {message}", path.display());
    }
    if let Some(surprise) = surprise {
        println!("  {}: {surprise}", path.display());
    }
}
