//! The crate of all models, and the program that decodes by them.
//!
//! Both lie in a workspace of their own below `target/`.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use specwright::plan::ApiPlan;
use specwright::render::{CrateOptions, Delivery, render};

use crate::scratch::Scratch;

/// What `decode` made of an instance.
pub(super) enum Answer {
    /// The value, encoded again.
    Accepted(String),
    /// The violations.
    Rejected(String),
    /// A panic, or the end of the program.
    Crashed(String),
}

/// Builds the program; the answer is its path.
pub(super) fn build(plans: &[ApiPlan]) -> Result<PathBuf, String> {
    let options = CrateOptions {
        name: "models".to_owned(),
        description: "All groups.".to_owned(),
        workspace: true,
        runtime: Delivery::Copy,
    };
    let rendered = render(plans, &options).map_err(|error| error.to_string())?;
    let models = rendered.iter().map(|(path, text)| (path.to_owned(), text)).collect();
    let features: Vec<_> = plans.iter().map(|plan| format!("{:?}", plan.feature)).collect();
    let manifest = RUNNER_MANIFEST.replace("FEATURES", &features.join(", "));
    let program = RUNNER.replace("PROBES_HERE", &probes(plans));
    let runner = vec![("Cargo.toml".to_owned(), manifest.as_str()), ("src/main.rs".to_owned(), program.as_str())];
    let scratch = Scratch::write("conformance", &[("models", models), ("runner", runner)])
        .map_err(|error| format!("cannot write the crate: {error}"))?;
    let mut build = scratch.cargo();
    build.args(["build", "--quiet", "--package", "runner", "--message-format", "json-render-diagnostics"]);
    let output = build.stderr(Stdio::inherit()).output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err("the generated code does not compile".to_owned());
    }
    // Only Cargo knows where the program is.
    let messages = String::from_utf8_lossy(&output.stdout).into_owned();
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let mut programs = messages.filter_map(|message| Some(PathBuf::from(message.get("executable")?.as_str()?)));
    programs.next_back().ok_or_else(|| "cargo names no program".to_owned())
}

/// Decodes the instances of each model; the program is started again behind one that ends it.
pub(super) fn decode(runner: &Path, instances: &[Vec<&str>]) -> Result<Vec<Vec<Answer>>, String> {
    let mut lines = Vec::new();
    for (model, texts) in instances.iter().enumerate() {
        lines.extend(texts.iter().map(|text| format!("{model}\t{text}\n")));
    }
    let mut answers: Vec<Answer> = Vec::new();
    while answers.len() < lines.len() {
        let rest = lines.get(answers.len()..).unwrap_or_default();
        let output = feed(runner, rest).map_err(|error| format!("cannot run the decoders: {error}"))?;
        let before = answers.len();
        answers.extend(output.lines().filter_map(answer));
        if answers.len() < lines.len() {
            answers.push(Answer::Crashed("the program ended".to_owned()));
        }
        debug_assert!(answers.len() > before, "each start answers or crashes once at least");
    }
    let mut answers = answers.into_iter();
    Ok(instances.iter().map(|texts| answers.by_ref().take(texts.len()).collect()).collect())
}

fn feed(runner: &Path, lines: &[String]) -> io::Result<String> {
    let mut child = Command::new(runner).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let input = child.stdin.take();
    let text = lines.concat();
    let writer = std::thread::spawn(move || input.map(|mut it| it.write_all(text.as_bytes())));
    let output = child.wait_with_output()?;
    // A program that ended early has not read everything, which the missing answers say.
    let _ = writer.join();
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn answer(line: &str) -> Option<Answer> {
    let (word, text) = line.split_once('\t')?;
    match word {
        "accepted" => Some(Answer::Accepted(text.to_owned())),
        "rejected" => Some(Answer::Rejected(text.to_owned())),
        "panicked" => Some(Answer::Crashed("a panic".to_owned())),
        _ => None,
    }
}

/// One line for each root type.
fn probes(plans: &[ApiPlan]) -> String {
    let mut out = String::new();
    for plan in plans {
        let root = plan.model_files.iter().find(|file| file.component == "Root");
        let Some(model) = root.and_then(|file| plan.models.get(file.main.0)) else { continue };
        let name = format!("models::{}::models::{}", plan.module, model.name);
        // This is how generated code spells the type of a nullable schema wherever it is used.
        let name = if model.nullable { format!("Option<{name}>") } else { name };
        let _ = writeln!(out, "    probe::<{name}>,");
    }
    out
}

const RUNNER_MANIFEST: &str = r#"[package]
name = "runner"
edition = "2024"
publish = false

[dependencies]
models = { path = "../models", default-features = false, features = [FEATURES] }
"#;

const RUNNER: &str = r#"//! Reads lines of a model's number and an instance, and says what becomes of each.

use std::io::{BufRead, Write};
use std::panic::catch_unwind;

use models::support::{Model, decode, json};

/// Decodes an instance and encodes it again.
type Probe = fn(&[u8]) -> Result<Vec<u8>, String>;

const PROBES: &[Probe] = &[
PROBES_HERE];

fn probe<T: Model>(text: &[u8]) -> Result<Vec<u8>, String> {
    decode::<T>(text).map(|value| json::to_vec(&value)).map_err(|violations| violations.to_string())
}

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let Some((model, instance)) = line.split_once('\t') else { continue };
        let Some(probe) = model.parse().ok().and_then(|model: usize| PROBES.get(model)) else { continue };
        match catch_unwind(|| probe(instance.as_bytes())) {
            Ok(Ok(text)) => writeln!(out, "accepted\t{}", String::from_utf8_lossy(&text))?,
            Ok(Err(violations)) => writeln!(out, "rejected\t{}", violations.replace('\n', "; "))?,
            Err(_) => writeln!(out, "panicked\t")?,
        }
        out.flush()?;
    }
    Ok(())
}
"#;
