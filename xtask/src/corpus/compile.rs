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

/// Compiles a crate in a workspace of its own, next to those of other documents.
pub(super) fn compile(document: &Path, files: &Files) -> Result<Said, String> {
    let stem = document.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let package = files.iter().map(|(path, text)| (path.to_owned(), text)).collect();
    // The folder has a name of its own too: by it, cargo tells the packages of workspaces apart that share a `target`.
    let scratch = Scratch::write(&format!("corpus/{stem}"), &[(&stem, package)]).map_err(|it| it.to_string())?;
    let start = Instant::now();
    let mut cargo = scratch.cargo();
    cargo.args(["check", "--quiet", "--all-features", "--message-format=short"]).stdin(Stdio::null());
    let output = cargo.output().map_err(|it| it.to_string())?;
    let text = String::from_utf8_lossy(&output.stderr);
    let findings = text.lines().filter(|line| line.contains(": error") || line.contains(": warning"));
    Ok(Said {
        findings: findings.map(str::to_owned).collect(),
        compiles: output.status.success(),
        time: start.elapsed(),
    })
}
