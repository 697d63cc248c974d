//! Whether the crates that documents became compile and are documented, without a warning.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use acceptance::scratch;
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

/// Compiles a crate in a workspace of its own, next to those of other documents, with every feature and with each set of
/// sides, and asks clippy and rustdoc about it.
pub(super) fn compile(document: &Path, files: &Files) -> Result<Said, String> {
    let stem = document.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let manifest = files.get("Cargo.toml").unwrap_or_default();
    let every: Vec<_> = scratch::every_feature(manifest).collect();
    let mut sets = vec![every.join(",")];
    if let Some(api) = feature(manifest) {
        // A document that is about schemas or webhooks alone has no side, or not all of them.
        let sides = SIDES.iter().filter(|side| every.contains(side)).map(|side| format!("{api},{side}"));
        sets.extend(std::iter::once(api.clone()).chain(sides));
    }
    ask_all(&stem, files, &sets)
}

/// Compiles a crate with all sides and without TLS, below `target/corpus/` under a name of its own, and asks clippy
/// and rustdoc about it.
pub(super) fn compile_whole(stem: &str, files: &Files) -> Result<Said, String> {
    let features: Vec<_> = scratch::features(files.get("Cargo.toml").unwrap_or_default()).collect();
    ask_all(stem, files, &[features.join(",")])
}

/// Writes a crate, and asks about some sets of features, the first of which has all others in it; rustdoc is asked about
/// that one.
fn ask_all(stem: &str, files: &Files, sets: &[String]) -> Result<Said, String> {
    let package = files.iter().map(|(path, text)| (path.to_owned(), text)).collect();
    // The folder has a name of its own too: by it, cargo tells the packages of workspaces apart that share a `target`.
    let scratch =
        Scratch::write_as_asked(&format!("corpus/{stem}"), &[(stem, package)]).map_err(|it| it.to_string())?;
    let start = Instant::now();
    let mut said = Said { findings: Vec::new(), compiles: true, time: Duration::ZERO };
    for (idx, features) in sets.iter().enumerate() {
        ask(&scratch, &["clippy"], features, &mut said)?;
        if idx == 0 {
            ask(&scratch, &["doc", "--no-deps"], features, &mut said)?;
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

/// Has a tool look at one set of features.
fn ask(scratch: &Scratch, tool: &[&str], features: &str, said: &mut Said) -> Result<(), String> {
    let mut cargo = scratch.cargo();
    cargo.args(tool);
    cargo.args(["--quiet", "--message-format=short", "--no-default-features", "--features", features]);
    cargo.stdin(Stdio::null());
    let output = cargo.output().map_err(|it| it.to_string())?;
    let text = String::from_utf8_lossy(&output.stderr);
    let findings = text.lines().filter(|line| line.contains(": error") || line.contains(": warning"));
    said.findings.extend(findings.map(|line| format!("{line} ({features})")));
    said.compiles &= output.status.success();
    Ok(())
}
