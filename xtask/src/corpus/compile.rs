//! Whether the crates that documents became compile, without a warning.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use specwright::output::Files;

use crate::scratch::Scratch;

/// What the compiler says about a crate.
pub(super) struct Said {
    /// One line each, as `path:line:column: error[CODE]: message`.
    pub(super) findings: Vec<String>,
    /// Whether there is a crate now.
    pub(super) compiles: bool,
    /// Dependencies included, where this is the first crate.
    pub(super) time: Duration,
}

/// A crate of so many files at most is compiled with each set of sides, a larger one with all of them.
const SMALL: usize = 300;

/// Compiles a crate in a workspace of its own, next to those of other documents, and asks clippy about it.
pub(super) fn compile(document: &Path, files: &Files) -> Result<Said, String> {
    let stem = document.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    compile_package(&stem, files)
}

/// Compiles a crate below `target/corpus/` under a name of its own, and asks clippy about it.
pub(super) fn compile_package(stem: &str, files: &Files) -> Result<Said, String> {
    let package = files.iter().map(|(path, text)| (path.to_owned(), text)).collect();
    // The folder has a name of its own too: by it, cargo tells the packages of workspaces apart that share a `target`.
    let scratch =
        Scratch::write_as_asked(&format!("corpus/{stem}"), &[(stem, package)]).map_err(|it| it.to_string())?;
    let start = Instant::now();
    let mut said = Said { findings: Vec::new(), compiles: true, time: Duration::ZERO };
    let manifest = files.get("Cargo.toml").unwrap_or_default();
    let everything = acceptance::scratch::features(manifest).join(",");
    ask(&scratch, &everything, &mut said)?;
    let api = feature(manifest).filter(|_| files.len() <= SMALL);
    // A document that is about schemas or webhooks alone has no side, or not all of them.
    let has = |side: &&str| manifest.lines().any(|line| line.starts_with(&format!("{side} = [")));
    if let Some(api) = api {
        ask(&scratch, &api, &mut said)?;
        for side in SIDES.iter().filter(|side| has(side)) {
            ask(&scratch, &format!("{api},{side}"), &mut said)?;
        }
    }
    Ok(Said { time: start.elapsed(), ..said })
}

/// The sides that are tried alone.
const SIDES: [&str; 3] = ["client", "server", "stand-in"];

/// The feature of the API: the first of the default ones.
fn feature(manifest: &str) -> Option<String> {
    let list = manifest.lines().find_map(|line| line.strip_prefix("default = [\""))?;
    list.split('"').next().map(str::to_owned)
}

/// Asks about one set of features.
fn ask(scratch: &Scratch, features: &str, said: &mut Said) -> Result<(), String> {
    let mut cargo = scratch.cargo();
    cargo.args(["clippy", "--quiet", "--message-format=short", "--no-default-features", "--features", features]);
    cargo.stdin(Stdio::null());
    let output = cargo.output().map_err(|it| it.to_string())?;
    let text = String::from_utf8_lossy(&output.stderr);
    let findings = text.lines().filter(|line| line.contains(": error") || line.contains(": warning"));
    said.findings.extend(findings.map(|line| format!("{line} ({features})")));
    said.compiles &= output.status.success();
    Ok(())
}
