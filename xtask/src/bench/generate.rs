//! What a run of the generator takes: the first, one that changes nothing, and a check that trusts nothing.

use std::fmt;
use std::path::Path;
use std::process::Command;

use serde::Serialize;

use super::run::{Cost, cost, median};
use super::stem;

/// The figures of one document.
#[derive(Serialize)]
pub(super) struct Row {
    document: String,
    /// Bytes of the document.
    size: u64,
    first: Cost,
    unchanged: Cost,
    check: Cost,
    /// Lines of Rust beside the run time.
    lines: usize,
}

pub(super) fn head() {
    println!(
        "{:<24} {:>9} {:>9} {:>9} {:>9} {:>11} {:>9} {:>9}",
        "document", "kB", "first s", "CPU s", "MiB", "unchanged s", "check s", "lines"
    );
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { document, size, first, unchanged, check, lines } = self;
        write!(
            f,
            "{document:<24} {:>9} {:>9.3} {:>9.3} {:>9.0} {:>11.3} {:>9.3} {lines:>9}",
            size / 1000,
            first.wall,
            first.cpu,
            first.memory,
            unchanged.wall,
            check.wall,
        )
    }
}

/// Measures a document; every first run gets a folder of its own, since file systems such as ext4 are slow to make files
/// for some seconds after others were removed.
pub(super) fn measure(program: &Path, document: &Path, folder: &Path, rounds: usize) -> Result<Row, String> {
    std::fs::create_dir_all(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    let out = |round: usize| folder.join(round.to_string());
    let generate = |round: usize, flags: &[&str]| {
        let mut command = Command::new(program);
        command.arg("generate").arg("--spec").arg(document).arg("--out").arg(out(round)).args(flags);
        cost(&command, &out(round))
    };
    let (mut first, mut unchanged, mut check) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..rounds.max(1) {
        first.push(generate(round, &[])?);
        unchanged.push(generate(round, &[])?);
        check.push(generate(round, &["--check", "--full"])?);
    }
    let size = std::fs::metadata(document).map_or(0, |it| it.len());
    let row = |document| Row {
        document,
        size,
        first: median(first),
        unchanged: median(unchanged),
        check: median(check),
        lines: lines(&out(0).join("src")),
    };
    Ok(row(stem(document)))
}

/// A run into a folder that is not there yet.
pub(super) fn first_run(program: &Path, document: &Path, out: &Path) -> Result<Cost, String> {
    let mut command = Command::new(program);
    command.arg("generate").arg("--spec").arg(document).arg("--out").arg(out);
    cost(&command, out)
}

/// Lines of Rust below a folder; the copied run time is not counted.
fn lines(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let count = |path: &Path| std::fs::read_to_string(path).map_or(0, |text| text.lines().count());
    entries
        .map(|entry| match entry.path() {
            path if path.is_dir() => {
                if path.ends_with("support") {
                    0
                } else {
                    lines(&path)
                }
            }
            path if path.extension().is_some_and(|it| it == "rs") => count(&path),
            _ => 0,
        })
        .sum()
}
