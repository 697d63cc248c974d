//! `cargo xtask params FILE`: a truth table of parameters, through generated code in both directions.
//!
//! ```text
//! cases -> an OpenAPI document -> generated client and router -> a program that runs each case -> verdicts
//! ```
//!
//! The generated client sends the value of a case, and a transport notes the request; the generated router answers it,
//! and the handler notes the value. Other forms of the same value, and requests that must be refused, go to the router
//! as they are. The task fails where a case is wrong that the specification or RFC 6570 decides.

mod cases;
mod decisions;
mod document;
mod judge;
mod program;

use std::path::PathBuf;
use std::process::{ExitCode, Stdio};
use std::time::Instant;

use serde_json::{Value as Json, json};
use specwright::diagnostics::Severity;
use specwright::document::NoFiles;
use specwright::listing::{Style, render};
use specwright::plan::{ApiPlan, Naming};
use specwright::render::{CrateOptions, Delivery};

use crate::failed;
use crate::scratch::{Package, Scratch};
use cases::Case;
use document::Declared;
use judge::{Findings, Verdict, judge};

/// Flags of the task.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The file of cases, such as `tests/compile/params.yaml`
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Where a table has its word from; a case of the last one is a matter of judgment.
const CONFIDENCES: &[&str] = &["spec-table", "spec-appendix", "spec-text", "rfc6570", "derived"];

pub(crate) fn run(args: &Args) -> ExitCode {
    match table(args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => failed("a case that the specification decides is wrong"),
        Err(message) => failed(&message),
    }
}

/// Runs a table, and says whether all is well.
fn table(args: &Args) -> Result<bool, String> {
    let path = args.file.display().to_string();
    let text = std::fs::read_to_string(&args.file).map_err(|error| format!("cannot read `{path}`: {error}"))?;
    let cases = cases::read(&path, text)?;
    let (operations, positions) = document::declare(&cases);
    let (plan, findings) = compile(&operations)?;
    let requests: Vec<_> = cases.iter().zip(&positions).map(|(case, at)| request(case, &operations[*at])).collect();
    let start = Instant::now();
    let seen = observe(&plan, &requests)?;
    let seconds = start.elapsed().as_secs();
    println!("{} cases, {} operations, built and run in {seconds} s\n", cases.len(), plan.operations.len());
    let judged = cases.iter().zip(&positions).zip(&seen);
    let verdicts: Vec<_> =
        judged.map(|((case, at), seen)| (case, judge(case, &operations[*at], &findings[*at], seen))).collect();
    Ok(report(&verdicts))
}

/// Compiles the document of the operations that the generator takes, and says what it finds about each.
fn compile(operations: &[Declared]) -> Result<(ApiPlan, Vec<Findings>), String> {
    let mut findings: Vec<Findings> = operations.iter().map(|_| Findings::default()).collect();
    // Errors of one stage may hide those of the next.
    loop {
        let taken: Vec<&Declared> =
            operations.iter().zip(&findings).filter(|(_, it)| it.errors.is_empty()).map(|(it, _)| it).collect();
        let naming = Naming { name: "table".to_owned(), source: "table.json".to_owned() };
        let compiled = specwright::compile(&naming, document::document(&taken), &NoFiles);
        let mut located = true;
        for finding in compiled.diagnostics.iter().filter(|it| it.severity != Severity::Note) {
            let path = finding.origin.pointer.tokens().nth(1).unwrap_or_default();
            let position = operations.iter().position(|it| document::path(it) == path);
            let about = position.and_then(|position| findings.get_mut(position));
            match (about, finding.severity) {
                (Some(about), Severity::Error) => about.errors.push(finding.message.clone()),
                (Some(about), _) => about.warnings.push(finding.message.clone()),
                (None, severity) => located &= severity != Severity::Error,
            }
        }
        match compiled.plan {
            Some(plan) => return Ok((plan, findings)),
            None if compiled.diagnostics.has_errors() && located => {}
            None => {
                let listing = render(&compiled.diagnostics, &compiled.sources, Style::Plain);
                return Err(format!("the document of the cases is refused\n{listing}"));
            }
        }
    }
}

/// What the program is told about a case.
fn request(case: &Case, operation: &Declared) -> Json {
    let values = match case.json() {
        _ if case.wire.is_some() => Json::Null,
        Some(Json::Object(members)) if case.kind == "multi" => Json::Object(members),
        Some(value) => json!({ case.name.as_str(): value }),
        None => json!({}),
    };
    // What stands in a header is never decoded, so the other forms of a header's value are other values.
    let others = case.also.iter().filter(|_| case.location != "header" && case.kind != "multi");
    let texts: Vec<&String> = case.wire.iter().chain(others).collect();
    let requests: Vec<_> = texts.into_iter().map(|text| raw(case, operation, text)).collect();
    json!({ "operation": operation.id, "values": values, "requests": requests })
}

fn raw(case: &Case, operation: &Declared, text: &str) -> Json {
    let prefix = &operation.prefix;
    match case.location.as_str() {
        "path" => json!({ "uri": format!("{prefix}{text}") }),
        "query" => json!({ "uri": format!("{prefix}?{text}") }),
        "header" => json!({ "uri": prefix, "header": case.name, "value": text }),
        _ => json!({ "uri": prefix, "header": "cookie", "value": text }),
    }
}

const RUNNER: &str = "[package]
name = \"runner\"
version.workspace = true
edition.workspace = true

[dependencies]
axum.workspace = true
cases = { path = \"../cases\" }
http.workspace = true
serde_json.workspace = true
tokio = { workspace = true, features = [\"net\", \"rt-multi-thread\"] }
";

/// Compiles client, router and program, and runs every case.
fn observe(plan: &ApiPlan, requests: &[Json]) -> Result<Vec<Json>, String> {
    let options = CrateOptions {
        name: "cases".to_owned(),
        description: "Cases.".to_owned(),
        workspace: true,
        runtime: Delivery::Copy,
    };
    let files = specwright::render::render(std::slice::from_ref(plan), &options).map_err(|error| error.to_string())?;
    let generated: Package<'_> = files.iter().map(|(path, text)| (path.to_owned(), text)).collect();
    let operations = program::operations(plan);
    let runner: Package<'_> = vec![
        ("Cargo.toml".to_owned(), RUNNER),
        ("src/main.rs".to_owned(), include_str!("runner.rs")),
        ("src/operations.rs".to_owned(), &operations),
    ];
    let unwritten = |error: std::io::Error| format!("cannot write the crate: {error}");
    let scratch = Scratch::write("params", &[("cases", generated), ("runner", runner)]).map_err(unwritten)?;
    let input = scratch.put("cases.json", &json!(requests).to_string()).map_err(unwritten)?;
    let mut cargo = scratch.cargo();
    cargo.args(["run", "--quiet", "--package", "runner", "--"]).arg(input).stderr(Stdio::inherit());
    let output = cargo.output().map_err(|error| format!("cannot run cargo: {error}"))?;
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let seen: Result<Vec<Json>, _> = lines.lines().map(serde_json::from_str).collect();
    match seen {
        Ok(seen) if output.status.success() && seen.len() == requests.len() => Ok(seen),
        _ => Err("the program of the cases fails".to_owned()),
    }
}

/// Prints the table, what is wrong or not run, and what is decided; says whether nothing is wrong that must not be.
fn report(verdicts: &[(&Case, Verdict)]) -> bool {
    println!("{:<16} {:>6} {:>6} {:>6} {:>8}", "confidence", "cases", "right", "wrong", "not run");
    let mut others: Vec<&str> = verdicts.iter().map(|(case, _)| case.confidence.as_str()).collect();
    others.retain(|it| !CONFIDENCES.contains(it));
    others.sort_unstable();
    others.dedup();
    for confidence in CONFIDENCES.iter().copied().chain(others) {
        let of_it = || verdicts.iter().filter(move |(case, _)| case.confidence == confidence);
        let count = |wanted: fn(&Verdict) -> bool| of_it().filter(|(_, verdict)| wanted(verdict)).count();
        let (right, wrong) = (count(|it| *it == Verdict::Right), count(|it| matches!(it, Verdict::Wrong(_))));
        let not_run = count(|it| matches!(it, Verdict::NotRun(_)));
        println!("{confidence:<16} {:>6} {right:>6} {wrong:>6} {not_run:>8}", of_it().count());
    }
    println!();
    for (case, verdict) in verdicts {
        match verdict {
            Verdict::Right => {}
            Verdict::Wrong(reason) => println!("wrong    {} ({}): {reason}", case.id, case.confidence),
            Verdict::NotRun(reason) => println!("not run  {} ({}): {reason}", case.id, case.confidence),
        }
    }
    println!("\nDecided where the specification leaves it open, or HTTP overrules it:");
    let is_open = |case: &Case| case.confidence == "derived" || decisions::OVERRULED.contains(&case.id.as_str());
    for (case, verdict) in verdicts.iter().filter(|(case, _)| is_open(case)) {
        let word = if *verdict == Verdict::Right { "as the table says" } else { "otherwise" };
        let decision = decisions::decision(&case.id).unwrap_or("nothing is decided yet");
        println!("  {}: {decision} ({word})", case.id);
    }
    !verdicts.iter().any(|(case, verdict)| !is_open(case) && matches!(verdict, Verdict::Wrong(_)))
}
