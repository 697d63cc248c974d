//! `cargo xtask prism`: the generated clients against Prism, an independent mock server.
//!
//! ```text
//! sample request -> generated router -> typed request -> generated client -> Prism
//!                                                                              |
//!           caller <- generated router <- typed response <- generated client <-+
//! ```
//!
//! Every operation is called for each response that its document has, which Prism answers with the document's example,
//! and once more for values that Prism makes up from the schemas. Prism checks the request, the client decodes the
//! answer, and the router holds what was decoded against the document. Prism is installed below `target/`.

mod relays;

use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use acceptance::requests::{SampleBody, SampleRequest, sample_requests};
use serde_json::{Value, json};
use specwright::document::NoFiles;
use specwright::ir::{Api, Operation, ResponseKey};
use specwright::plan::Naming;

use crate::scratch::{Package, Scratch};
use crate::tools::{Server, documents, npm, or_skipped};
use crate::{failed, root};

/// Flags of the task.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Try this API only; may be given several times
    #[arg(long, value_name = "NAME")]
    api: Vec<String>,
    /// What Prism makes values up from: the same seed makes the same ones
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Fail where Prism cannot be installed, instead of skipping it
    #[arg(long)]
    strict: bool,
}

/// The newest one that runs on Node.js 20.
const PRISM: &str = "@stoplight/prism-cli@5.14.2";

/// Answers of Prism that its document does not allow: API, operation, what was preferred, why.
const EXCLUSIONS: &[(&str, &str, &str, &str)] = &[];

/// A document, and what is asked of its client.
struct Subject {
    name: String,
    compiled: specwright::Compiled,
    asked: Vec<Asked>,
}

/// A request, and which answer is asked for.
struct Asked {
    operation: String,
    /// The value of `Prefer`, which tells Prism what to answer.
    prefer: String,
    /// The status that has to come; none where any success will do.
    status: Option<u16>,
    request: Value,
}

/// What became of one API.
#[derive(Default)]
struct Report {
    operations: usize,
    calls: usize,
    excluded: Vec<String>,
    failures: Vec<String>,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let programs = match or_skipped(PRISM, npm(PRISM), args.strict) {
        Ok(programs) => programs,
        Err(end) => return end,
    };
    match all(args, &programs.join("prism")) {
        Ok(reports) => table(&reports),
        Err(message) => failed(&message),
    }
}

fn all(args: &Args, prism: &Path) -> Result<Vec<(String, Report)>, String> {
    let mut subjects = Vec::new();
    for (name, document) in documents(&args.api)? {
        subjects.push((subject(name, &document)?, document));
    }
    let plans: Vec<_> = subjects.iter().filter_map(|(it, _)| it.compiled.plan.as_ref()).collect();
    let scratch = build(&relays::relays(&plans))?;
    let mut reports = Vec::new();
    for (subject, document) in subjects {
        let port = free_port().map_err(|error| format!("no port is free: {error}"))?;
        let mut command = Command::new(prism);
        command.args(["mock", "--port", &port.to_string(), "--seed", &args.seed.to_string()]).arg(document);
        let server = Server::start(&mut command)?;
        let report = judge(&subject, &observe(&scratch, &subject, &server)?);
        reports.push((subject.name, report));
    }
    Ok(reports)
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn subject(name: String, document: &Path) -> Result<Subject, String> {
    let text = std::fs::read_to_string(document);
    let text = text.map_err(|error| format!("cannot read `{}`: {error}", document.display()))?;
    let naming = Naming { name: name.clone(), source: document.display().to_string() };
    let compiled = specwright::compile(&naming, text, &NoFiles);
    let Some(api) = &compiled.api else { return Err(format!("`{}` is refused", document.display())) };
    let asked = asked(api);
    Ok(Subject { name, compiled, asked })
}

/// Every operation for each of its responses, and for a success that Prism makes up.
fn asked(api: &Api) -> Vec<Asked> {
    let mut all = Vec::new();
    for (operation, sample) in api.operations.iter().zip(sample_requests(api)) {
        let request = request(&sample);
        let mut ask = |prefer: String, status| {
            let (operation, request) = (operation.id.clone(), request.clone());
            all.push(Asked { operation, prefer, status, request });
        };
        for status in statuses(operation) {
            ask(format!("code={status}"), Some(status));
        }
        ask("dynamic=true".to_owned(), None);
    }
    all
}

/// A status for each response.
fn statuses(operation: &Operation) -> Vec<u16> {
    let named = |status: &u16| operation.responses.iter().any(|it| it.key == ResponseKey::Status(*status));
    let status = |key| match key {
        ResponseKey::Status(status) => Some(status),
        ResponseKey::Range(digit) => (digit * 100..digit * 100 + 100).find(|it| !named(it)),
        ResponseKey::Default => (500..600).find(|it| !named(it)),
    };
    operation.responses.iter().filter_map(|it| status(it.key)).collect()
}

/// The sample request with the credentials that anybody may have.
fn request(sample: &SampleRequest) -> Value {
    let mut headers = sample.headers.clone();
    let mut body = String::new();
    if let Some((media_type, text)) = sample.body.as_ref().map(SampleBody::content) {
        headers.push(("content-type".to_owned(), media_type));
        body = text;
    }
    json!({ "method": sample.method.to_string(), "target": sample.target, "headers": headers, "body": body })
}

const RUNNER: &str = "[package]
name = \"runner\"
version.workspace = true
edition.workspace = true

[dependencies]
axum.workspace = true
http.workspace = true
serde_json.workspace = true
tokio = { workspace = true, features = [\"net\", \"rt-multi-thread\"] }
tower.workspace = true
";

/// Compiles the relays.
fn build(relays: &str) -> Result<Scratch, String> {
    let generated = Value::from(root().join("generated").to_string_lossy().into_owned());
    let manifest = format!("{RUNNER}generated = {{ path = {generated} }}\n");
    let runner: Package<'_> = vec![
        ("Cargo.toml".to_owned(), &manifest),
        ("src/main.rs".to_owned(), include_str!("runner.rs")),
        ("src/relays.rs".to_owned(), relays),
    ];
    let unwritten = |error| format!("cannot write the crate: {error}");
    let scratch = Scratch::write("prism", &[("runner", runner)]).map_err(unwritten)?;
    match scratch.cargo().args(["build", "--quiet", "--package", "runner"]).status() {
        Ok(status) if status.success() => Ok(scratch),
        Ok(_) => Err("the relays do not compile".to_owned()),
        Err(error) => Err(format!("cannot run cargo: {error}")),
    }
}

/// Sends every request through the relay of its API.
fn observe(scratch: &Scratch, subject: &Subject, server: &Server) -> Result<Vec<Value>, String> {
    let calls = subject.asked.iter().map(|it| json!({ "prefer": it.prefer, "request": it.request }));
    let calls: Vec<_> = calls.collect();
    let calls = scratch.put("calls.json", &json!(calls).to_string());
    let calls = calls.map_err(|error| format!("cannot write the calls: {error}"))?;
    let mut cargo = scratch.cargo();
    cargo.args(["run", "--quiet", "--package", "runner", "--", &subject.name, &server.url]).arg(calls);
    let output = cargo.stderr(Stdio::inherit()).output().map_err(|error| format!("cannot run cargo: {error}"))?;
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let seen: Result<Vec<Value>, _> = lines.lines().map(serde_json::from_str).collect();
    match seen {
        Ok(seen) if output.status.success() && seen.len() == subject.asked.len() => Ok(seen),
        _ => Err(format!("the relay of {} fails", subject.name)),
    }
}

fn judge(subject: &Subject, seen: &[Value]) -> Report {
    let operations = subject.compiled.api.as_ref().map_or(0, |it| it.operations.len());
    let mut report = Report { operations, calls: seen.len(), ..Report::default() };
    for (asked, seen) in subject.asked.iter().zip(seen) {
        let status = seen["status"].as_u64().unwrap_or_default();
        let expected = asked.status.map_or_else(|| (200..300).contains(&status), |it| status == u64::from(it));
        if expected && seen["error"].is_null() {
            continue;
        }
        let Asked { operation, prefer, .. } = asked;
        let reason = EXCLUSIONS.iter().find(|(api, id, preferred, _)| {
            (*api, *id, *preferred) == (subject.name.as_str(), operation.as_str(), prefer.as_str())
        });
        match reason {
            Some((.., reason)) => report.excluded.push(format!("{operation}, {prefer}: {reason}")),
            None => report.failures.push(format!("{operation}, {prefer}: {seen}")),
        }
    }
    report
}

fn table(reports: &[(String, Report)]) -> ExitCode {
    println!("{:<16} {:>10} {:>8} {:>8} {:>9}", "API", "operations", "calls", "excluded", "failures");
    for (name, Report { operations, calls, excluded, failures }) in reports {
        println!("{name:<16} {operations:>10} {calls:>8} {:>8} {:>9}", excluded.len(), failures.len());
    }
    list("Excluded, where Prism does not do what the document says", reports, |it| &it.excluded);
    list("Failures", reports, |it| &it.failures);
    if reports.iter().all(|(_, it)| it.failures.is_empty()) {
        ExitCode::SUCCESS
    } else {
        failed("a client and Prism do not understand each other")
    }
}

/// Prints the lines of all reports, if there are any.
fn list(title: &str, reports: &[(String, Report)], lines: fn(&Report) -> &[String]) {
    if reports.iter().any(|(_, it)| !lines(it).is_empty()) {
        println!("\n{title}:");
    }
    for (name, report) in reports {
        for line in lines(report) {
            println!("  {name}: {line}");
        }
    }
}
