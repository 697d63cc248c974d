//! What each stage of a run takes, as `tests/benches/stages.rs` measures it: all but reading and writing files.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Serialize;

use super::stem;
use crate::tools;

/// The figures of one document.
#[derive(Serialize)]
pub(super) struct Row {
    document: String,
    /// Seconds of each stage that the document comes to.
    stages: Vec<(String, f64)>,
}

pub(super) fn head() {
    println!("\nseconds by stage");
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { document, stages } = self;
        write!(f, "{document:<24}")?;
        stages.iter().try_for_each(|(stage, seconds)| write!(f, " {:>15}", format!("{stage} {seconds:.3}")))
    }
}

/// Builds the program that measures.
pub(super) fn program() -> Result<PathBuf, String> {
    let programs = tools::measured("acceptance", &["--bench", "stages"])?;
    programs.get("stages").cloned().ok_or_else(|| "cargo builds no `stages`".to_owned())
}

pub(super) fn measure(program: &Path, document: &Path, rounds: usize) -> Result<Row, String> {
    let output = Command::new(program).arg(document).arg(rounds.max(1).to_string()).output();
    let output = output.map_err(|error| format!("{}: {error}", program.display()))?;
    if !output.status.success() {
        return Err(format!("`stages` fails: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let stage = |line: &str| {
        let (stage, seconds) = line.split_once('\t')?;
        Some((stage.to_owned(), seconds.parse().ok()?))
    };
    let stages = String::from_utf8_lossy(&output.stdout).lines().filter_map(stage).collect();
    Ok(Row { document: stem(document), stages })
}
