//! The guard against getting slower: instructions of fixed work, counted by callgrind, against a committed baseline.
//!
//! A count does not depend on what else the machine does, nor on how fast it is. It does depend on the compiler, so a
//! baseline that another one made is compared and printed, and fails nothing.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::{fs, io};

use serde::{Deserialize, Serialize};

use crate::{failed, root, tools};

/// How much more than the baseline is an error: what layouts, hashes and another processor move is less than half of it.
const TOLERANCE: f64 = 0.05;
/// How often work is done more in one run than in the other; both do it once, so that what is made once is not counted.
const TIMES: u64 = 20;
/// The document that is generated from.
const DOCUMENT: &str = "specs/hbg-ramp.yaml";

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Write the counts as the new baseline
    #[arg(long)]
    bless: bool,
    /// Fail where valgrind is not installed, or the baseline is of another compiler
    #[arg(long)]
    strict: bool,
}

/// What work cost, and what counted it.
#[derive(Serialize, Deserialize)]
struct Baseline {
    /// What `rustc --version` said.
    compiler: String,
    /// Instructions of one piece of work, by its name.
    instructions: BTreeMap<String, u64>,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    if !tools::succeeds(Command::new("valgrind").arg("--version")) {
        if args.strict {
            return failed("valgrind is not on the PATH");
        }
        println!("SKIPPED: valgrind is not on the PATH");
        return ExitCode::SUCCESS;
    }
    match guard(args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => failed("work got slower: look at what changed, or accept it with `cargo xtask guard --bless`"),
        Err(error) => failed(&error),
    }
}

/// Whether nothing got slower.
fn guard(args: &Args) -> Result<bool, String> {
    let counted = Baseline { compiler: compiler()?, instructions: count()? };
    let path = root().join("tests/benches/instructions.json");
    if args.bless {
        let text = serde_json::to_string_pretty(&counted).map_err(|error| error.to_string())?;
        fs::write(&path, text + "\n").map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    }
    let text = fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let baseline: Baseline = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let held = compare(&baseline, &counted);
    if baseline.compiler == counted.compiler {
        return Ok(held);
    }
    println!("SKIPPED: the baseline is of `{}`, this is `{}`", baseline.compiler, counted.compiler);
    Ok(!args.strict)
}

/// Prints each piece of work, and whether none costs more than before.
fn compare(baseline: &Baseline, counted: &Baseline) -> bool {
    println!("{:<18} {:>14} {:>14} {:>8}", "work", "baseline", "instructions", "ratio");
    let mut held = true;
    for (name, now) in &counted.instructions {
        let before = baseline.instructions.get(name).copied();
        let ratio = before.map_or(f64::INFINITY, |before| ratio(*now, before));
        let word = match ratio {
            _ if before.is_none() => "  not in the baseline",
            it if it > 1.0 + TOLERANCE => "  SLOWER",
            it if it < 1.0 - TOLERANCE => "  faster: bless it",
            _ => "",
        };
        held &= ratio <= 1.0 + TOLERANCE;
        println!("{name:<18} {:>14} {now:>14} {ratio:>8.3}{word}", before.unwrap_or_default());
    }
    for name in baseline.instructions.keys().filter(|name| !counted.instructions.contains_key(*name)) {
        println!("{name:<18} is in the baseline, and nobody does it");
        held = false;
    }
    held
}

#[expect(clippy::cast_precision_loss, reason = "counts are below 2^53")]
fn ratio(now: u64, before: u64) -> f64 {
    now as f64 / before as f64
}

fn compiler() -> Result<String, String> {
    let output = Command::new("rustc").arg("--version").output().map_err(|error| format!("rustc: {error}"))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Counts everything: what generated code does, and a run of the generator.
fn count() -> Result<BTreeMap<String, u64>, String> {
    let programs = tools::built(&["build", "--release", "--package", "instructions"])?;
    let work = programs.get("instructions").ok_or("cargo builds no `instructions`")?;
    // That of the tests: to optimize it takes minutes, and what makes it slower costs instructions there too.
    let generator = tools::specwright()?;
    let folder = tempfile::tempdir().map_err(|error| format!("cannot make a folder: {error}"))?;
    let listed = Command::new(work).output().map_err(|error| format!("{}: {error}", work.display()))?;
    let mut all = BTreeMap::new();
    for name in String::from_utf8_lossy(&listed.stdout).lines() {
        let cost = |times: u64| instructions(folder.path(), work, &[name, &times.to_string()]);
        all.insert(name.to_owned(), cost(TIMES + 1)?.saturating_sub(cost(1)?) / TIMES);
    }
    let out = folder.path().join("crate");
    let (document, out) = (root().join(DOCUMENT), out.to_string_lossy().into_owned());
    let arguments = ["generate", "--spec", &document.to_string_lossy(), "--out", &out];
    all.insert("generate".to_owned(), instructions(folder.path(), generator, &arguments)?);
    Ok(all)
}

/// How many instructions a program takes; on one thread, so that nobody waits for work.
fn instructions(folder: &Path, program: &Path, arguments: &[&str]) -> Result<u64, String> {
    let counts = folder.join("counts");
    let mut valgrind = Command::new("valgrind");
    valgrind.arg("--tool=callgrind").arg(format!("--callgrind-out-file={}", counts.display()));
    valgrind.arg(program).args(arguments).env("RAYON_NUM_THREADS", "1");
    let output = valgrind.output().map_err(|error: io::Error| format!("valgrind: {error}"))?;
    if !output.status.success() {
        return Err(format!("{} fails: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr)));
    }
    let text = fs::read_to_string(&counts).map_err(|error| format!("callgrind wrote nothing: {error}"))?;
    let total = text.lines().find_map(|line| line.strip_prefix("totals:").or_else(|| line.strip_prefix("summary:")));
    total.and_then(|it| it.trim().parse().ok()).ok_or_else(|| "callgrind gives no total".to_owned())
}
