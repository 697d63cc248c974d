//! Whether instances come through: those that are valid by the document, equal; others not at all.
//!
//! The result of a document is kept below `target/`, under the sum of what it was made of, so that a run that was ended
//! goes on where it was.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::{fs, io};

use acceptance::round_trip::{Judges, Runner, components, manifest, program, try_component};
use serde_json::{Value, json};
use specwright::ir::Api;
use specwright::output::Files;
use specwright::plan::ApiPlan;

use crate::scratch::Scratch;

/// A document as the round trip needs it.
pub(super) struct Subject {
    pub(super) api: Api,
    pub(super) plan: ApiPlan,
    /// The document itself.
    pub(super) document: Value,
}

/// What came of a document's components.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) components: usize,
    /// Those of which some instance was made.
    pub(super) tried: usize,
    /// Those at which something was wrong.
    pub(super) faulty: usize,
    pub(super) valid: usize,
    pub(super) invalid: usize,
    pub(super) faults: BTreeMap<String, usize>,
    pub(super) examples: Vec<String>,
}

impl Outcome {
    pub(super) fn to_json(&self) -> Value {
        let Self { components, tried, faulty, valid, invalid, faults, examples } = self;
        json!({
            "components": components,
            "tried": tried,
            "faulty": faulty,
            "valid": valid,
            "invalid": invalid,
            "faults": faults,
            "examples": examples,
        })
    }

    fn from_json(value: &Value) -> Option<Self> {
        let count = |name: &str| value.get(name)?.as_u64().and_then(|it| usize::try_from(it).ok());
        let faults = value.get("faults")?.as_object()?.iter();
        let faults = faults.map(|(kind, it)| Some((kind.clone(), usize::try_from(it.as_u64()?).ok()?)));
        let examples = value.get("examples")?.as_array()?.iter().map(|it| it.as_str().map(str::to_owned));
        Some(Self {
            components: count("components")?,
            tried: count("tried")?,
            faulty: count("faulty")?,
            valid: count("valid")?,
            invalid: count("invalid")?,
            faults: faults.collect::<Option<_>>()?,
            examples: examples.collect::<Option<_>>()?,
        })
    }
}

/// Tries every component of a document, `cases` instances each way.
pub(super) fn run(path: &Path, subject: &Subject, files: &Files, cases: usize) -> Result<Outcome, String> {
    let stem = path.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let plans = std::slice::from_ref(&subject.plan);
    let (manifest, program) = (manifest(plans, "corpus", &stem), program(plans));
    let package = files.iter().map(|(path, text)| (path.to_owned(), text)).collect();
    let runner = vec![("Cargo.toml".to_owned(), manifest.as_str()), ("src/main.rs".to_owned(), program.as_str())];
    let name = format!("round-trip/{stem}");
    let scratch = Scratch::write(&name, &[(&stem, package), ("runner", runner)]).map_err(|it| it.to_string())?;
    let sum = sum(files, &subject.document, cases);
    let kept = crate::target().join(&name).join("result.json");
    if let Some(known) = known(&kept, &sum) {
        return Ok(known);
    }
    let program = build(&scratch)?;
    let mut runner = Runner::new(&program);
    let judges = Judges::new(&subject.document);
    let mut outcome = Outcome::default();
    for component in components(&subject.api, &subject.plan, 0) {
        let tally = try_component(&mut runner, &judges, &component, cases);
        outcome.components += 1;
        outcome.tried += usize::from(tally.valid > 0);
        outcome.faulty += usize::from(!tally.faults.is_empty());
        outcome.valid += tally.valid;
        outcome.invalid += tally.invalid;
        for (kind, count) in tally.faults {
            *outcome.faults.entry(kind.to_owned()).or_default() += count;
        }
        outcome.examples.extend(tally.examples);
    }
    let result = json!({ "sum": sum, "outcome": outcome.to_json() });
    fs::write(&kept, result.to_string()).map_err(|error| error.to_string())?;
    Ok(outcome)
}

fn known(kept: &Path, sum: &str) -> Option<Outcome> {
    let kept: Value = serde_json::from_str(&fs::read_to_string(kept).ok()?).ok()?;
    (kept.get("sum")?.as_str()? == sum).then(|| Outcome::from_json(kept.get("outcome")?)).flatten()
}

/// A sum (FNV-1a) of what a result depends on; the judge is a part of this program.
fn sum(files: &Files, document: &Value, cases: usize) -> String {
    let parts = files.iter().flat_map(|(path, text)| [path.to_owned(), text.to_owned()]);
    let program = std::env::current_exe().and_then(fs::metadata).and_then(|it| it.modified());
    let all = parts.chain([document.to_string(), cases.to_string(), format!("{program:?}")]);
    let hash = all.fold(0xcbf2_9ce4_8422_2325_u64, |hash, part| {
        part.bytes().fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
    });
    format!("{hash:016x}")
}

/// Builds the program, and takes it away before another document's has its place.
fn build(scratch: &Scratch) -> Result<PathBuf, String> {
    let lock = scratch.lock().map_err(|error| error.to_string())?;
    let mut cargo = scratch.cargo();
    cargo.args(["build", "--quiet", "--package", "runner", "--message-format", "json-render-diagnostics"]);
    let output = cargo.stdin(Stdio::null()).output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr);
        return Err(format!("the crate does not compile: {}", text.lines().take(12).collect::<Vec<_>>().join("\n")));
    }
    let messages = String::from_utf8_lossy(&output.stdout);
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut programs = messages.filter_map(|message| Some(PathBuf::from(message.get("executable")?.as_str()?)));
    let program = programs.next_back().ok_or("cargo names no program")?;
    let own = scratch.take(&program).map_err(|error: io::Error| error.to_string());
    drop(lock);
    own
}
