//! `cargo xtask schemathesis`: the stand-in of each API against Schemathesis, an independent program that reads the
//! document and tries whatever it allows and forbids; or the mocks of any documents, which are its arguments.
//!
//! All checks are on, for valid and invalid data, in all phases: examples, coverage, fuzzing, and sequences of calls.
//! Schemathesis is installed below `target/`. Where it is mistaken, `exclusions.py` says so, failure by failure.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};
use std::{io, thread};

use serde_json::Value;
use specwright::document::NoFiles;
use specwright::ir::SecuritySchemeKind;
use specwright::plan::Naming;

use crate::tools::{Server, cargo, documents, every_feature, or_skipped, python, specwright};
use crate::{failed, target};

/// Flags of the task.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Try this API only; may be given several times
    #[arg(long, value_name = "NAME")]
    api: Vec<String>,
    /// Try the mocks of these documents instead
    #[arg(value_name = "DOCUMENT", conflicts_with = "api")]
    documents: Vec<PathBuf>,
    /// How many requests to make up for each operation, phase and kind of data
    #[arg(long, default_value_t = 100)]
    max_examples: u32,
    /// What the requests are made up from: the same seed makes the same ones
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How long one document may take
    #[arg(long, value_name = "SECONDS", default_value_t = 900)]
    seconds: u64,
    /// Fail where Schemathesis cannot be installed, instead of skipping it
    #[arg(long)]
    strict: bool,
}

const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// What became of one API.
struct Report {
    name: String,
    operations: (u64, u64),
    cases: u64,
    failures: u64,
    /// How often each exclusion was used, by its line of text.
    excluded: BTreeMap<String, u64>,
    /// Why there is nothing more to say.
    unfinished: Option<String>,
}

impl Report {
    /// One that was not finished.
    fn unfinished(name: String, reason: String) -> Self {
        let excluded = BTreeMap::new();
        Self { name, operations: (0, 0), cases: 0, failures: 1, excluded, unfinished: Some(reason) }
    }
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let programs = match or_skipped(SCHEMATHESIS, python(SCHEMATHESIS), args.strict) {
        Ok(programs) => programs,
        Err(end) => return end,
    };
    match all(args, &programs.join("schemathesis")) {
        Ok(reports) => table(&reports),
        Err(message) => failed(&message),
    }
}

fn all(args: &Args, program: &Path) -> Result<Vec<Report>, String> {
    let folder = target().join("schemathesis");
    fs::create_dir_all(&folder).map_err(|error| format!("cannot make `{}`: {error}", folder.display()))?;
    let mut reports = Vec::new();
    let mut report = |name: String, document: &Path, server: Result<Server, String>| {
        let run = Run { args, program, folder: &folder, document, name: name.clone() };
        let report = server.and_then(|server| run.against(&server));
        // The others are of interest all the same.
        reports.push(report.unwrap_or_else(|reason| Report::unfinished(name, reason)));
    };
    if args.documents.is_empty() {
        let documents = documents(&args.api)?;
        let stand_ins = build()?;
        for (name, document) in documents {
            let server = Server::start(Command::new(&stand_ins).args([&name, "127.0.0.1:0"]));
            report(name, &document, server);
        }
    }
    for document in &args.documents {
        let name = document.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let document = document.canonicalize().map_err(|error| format!("`{}`: {error}", document.display()))?;
        report(name, &document, mock(&document));
    }
    Ok(reports)
}

/// Starts the mock of a document.
fn mock(document: &Path) -> Result<Server, String> {
    let mut command = Command::new(specwright()?);
    command.arg("mock").arg(document).args(["--credentials", "demo", "--address", "127.0.0.1:0"]);
    Server::start(&mut command)
}

/// Builds the program that serves each API from the examples of its document, in the features of the tests.
fn build() -> Result<PathBuf, String> {
    let status = cargo().args(["build", "--quiet", "--example", "serve"]).args(every_feature()?).status();
    match status {
        Ok(status) if status.success() => Ok(target().join("debug/examples/serve")),
        Ok(_) => Err("the stand-ins do not build".to_owned()),
        Err(error) => Err(format!("cannot run cargo: {error}")),
    }
}

/// One run of Schemathesis.
struct Run<'a> {
    args: &'a Args,
    program: &'a Path,
    folder: &'a Path,
    document: &'a Path,
    name: String,
}

impl Run<'_> {
    fn against(self, server: &Server) -> Result<Report, String> {
        let Self { args, program, folder, document, name } = self;
        let file = |end: &str| folder.join(format!("{name}{end}"));
        let unwritten = |error| format!("cannot write below `{}`: {error}", folder.display());
        let (settings, hooks, report, excluded) =
            (file(".toml"), folder.join("exclusions.py"), file(".json"), file(".excluded"));
        fs::write(&settings, self::settings(document, &hooks)?).map_err(unwritten)?;
        fs::write(&hooks, include_str!("exclusions.py")).map_err(unwritten)?;
        fs::write(&excluded, "").map_err(unwritten)?;
        // One of an earlier run says nothing about this one.
        fs::write(&report, "").map_err(unwritten)?;
        let mut command = Command::new(program);
        command.arg("--config-file").arg(&settings).arg("run").arg(document).args(["--url", &server.url]);
        command.args(["--checks", "all", "--mode", "all", "--phases", "examples,coverage,fuzzing,stateful"]);
        command.args(["--max-examples", &args.max_examples.to_string(), "--seed", &args.seed.to_string()]);
        command.args(["--generation-database", "none", "--no-color", "--report", "json", "--report-json-path"]);
        command.arg(&report).current_dir(folder).env("EXCLUDED", &excluded);
        let log = file(".log");
        let success = ran_within(&mut command, Duration::from_secs(args.seconds), &log)?;
        let said = fs::read_to_string(&log).unwrap_or_default();
        let report = fs::read_to_string(&report).ok().and_then(|text| serde_json::from_str::<Value>(&text).ok());
        let Some(report) = report.filter(|it| it["complete"] == true) else {
            return Err(format!("Schemathesis fails\n{said}"));
        };
        if !success {
            eprintln!("{said}");
        }
        let count = |value: &Value| value.as_u64().unwrap_or_default();
        let errors = report["errors"].as_array().map_or(0, |it| it.len() as u64);
        let failures = count(&report["test_cases"]["unique_failures"]) + errors;
        Ok(Report {
            name,
            operations: (count(&report["operations"]["tested"]), count(&report["operations"]["total"])),
            cases: count(&report["test_cases"]["generated"]),
            // Whatever else it has to complain about.
            failures: if success { failures } else { failures.max(1) },
            excluded: lines(&fs::read_to_string(&excluded).unwrap_or_default()),
            unfinished: None,
        })
    }
}

/// Runs a program that writes into a log, and says whether it succeeds; one that takes too long is ended.
fn ran_within(command: &mut Command, limit: Duration, log: &Path) -> Result<bool, String> {
    let fault = |error: io::Error| format!("cannot run Schemathesis: {error}");
    let out = fs::File::create(log).map_err(fault)?;
    let err = out.try_clone().map_err(fault)?;
    let mut child = command.stdin(Stdio::null()).stdout(out).stderr(err).spawn().map_err(fault)?;
    let start = Instant::now();
    while start.elapsed() < limit {
        if let Some(status) = child.try_wait().map_err(fault)? {
            return Ok(status.success());
        }
        thread::sleep(Duration::from_millis(200));
    }
    child.kill().and_then(|()| child.wait()).map_err(fault)?;
    Err(format!("it was not over after {} s; `{}` has what was said", limit.as_secs(), log.display()))
}

/// The settings of a run: each security scheme has the credential that stand-ins know.
fn settings(document: &Path, hooks: &Path) -> Result<String, String> {
    let text =
        fs::read_to_string(document).map_err(|error| format!("cannot read `{}`: {error}", document.display()))?;
    let naming = Naming { name: "api".to_owned(), source: document.display().to_string() };
    let compiled = specwright::compile(&naming, text, &NoFiles);
    let api = compiled.api.ok_or_else(|| format!("`{}` is refused", document.display()))?;
    let quoted = |text: &str| Value::from(text).to_string();
    let credentials = api.security_schemes.iter().filter_map(|scheme| {
        let credential = match scheme.kind {
            SecuritySchemeKind::Basic => "username = \"demo\", password = \"demo\"",
            SecuritySchemeKind::Bearer => "bearer = \"demo\"",
            SecuritySchemeKind::ApiKey { .. } => "api_key = \"demo\"",
            SecuritySchemeKind::MutualTls | SecuritySchemeKind::Http { .. } | SecuritySchemeKind::Unknown => {
                return None;
            }
        };
        Some(format!("{} = {{ {credential} }}", quoted(&scheme.name)))
    });
    let credentials = credentials.collect::<Vec<_>>().join("\n");
    let hooks = quoted(&hooks.to_string_lossy());
    // A table without a scheme is none.
    let credentials = if credentials.is_empty() { String::new() } else { format!("\n[auth.openapi]\n{credentials}\n") };
    Ok(format!("hooks = {hooks}\n\n[cache]\nenabled = false\n{credentials}"))
}

/// The lines of a text with how often each stands there.
fn lines(text: &str) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for line in text.lines() {
        *counts.entry(line.to_owned()).or_default() += 1;
    }
    counts
}

fn table(reports: &[Report]) -> ExitCode {
    println!("{:<16} {:>10} {:>8} {:>8} {:>9}", "API", "operations", "cases", "excluded", "failures");
    let mut fine = true;
    for Report { name, operations: (tested, all), cases, failures, excluded, unfinished } in reports {
        if let Some(reason) = unfinished {
            println!("{name:<16} unfinished: {reason}");
        }
        let excluded: u64 = excluded.values().sum();
        println!("{name:<16} {:>10} {cases:>8} {excluded:>8} {failures:>9}", format!("{tested}/{all}"));
        fine &= *failures == 0 && tested == all;
    }
    let used: Vec<_> = reports.iter().flat_map(|it| it.excluded.iter().map(|line| (&it.name, line))).collect();
    if !used.is_empty() {
        println!("\nExcluded, where Schemathesis is mistaken:");
    }
    for (name, (line, count)) in used {
        println!("  {name}, {count} x {line}");
    }
    if fine { ExitCode::SUCCESS } else { failed("a stand-in does not do what its document says") }
}
