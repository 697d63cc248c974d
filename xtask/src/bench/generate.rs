//! What a run of the generator takes: the first, one that changes nothing, and a check that trusts nothing; other
//! generators by turns with it.

use std::fmt;
use std::path::Path;
use std::process::Command;

use serde::Serialize;

use super::peers::{Peer, Turns};
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
    /// The Rust beside the run time.
    output: Output,
    /// What other generators take for a client, where any is installed.
    peers: Vec<super::peers::Row>,
}

/// How much Rust there is.
#[derive(Clone, Copy, Default, Serialize)]
struct Output {
    lines: usize,
    bytes: usize,
}

pub(super) fn head() {
    println!(
        "{:<24} {:>9} {:>9} {:>9} {:>9} {:>11} {:>9} {:>9} {:>9}",
        "document", "kB", "first s", "CPU s", "MiB", "unchanged s", "check s", "lines", "out kB"
    );
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { document, size, first, unchanged, check, output, peers } = self;
        write!(
            f,
            "{document:<24} {:>9} {:>9.3} {:>9.3} {:>9.0} {:>11.3} {:>9.3} {:>9} {:>9}",
            size / 1000,
            first.wall,
            first.cpu,
            first.memory,
            unchanged.wall,
            check.wall,
            output.lines,
            output.bytes / 1000,
        )?;
        peers.iter().try_for_each(|peer| write!(f, "\n{peer}"))
    }
}

/// Measures a document; every first run gets a folder of its own, since file systems such as ext4 are slow to make files
/// for some seconds after others were removed.
pub(super) fn measure(
    program: &Path,
    peers: &[Peer],
    document: &Path,
    folder: &Path,
    rounds: usize,
) -> Result<Row, String> {
    std::fs::create_dir_all(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    let out = |round: usize| folder.join(round.to_string());
    let generate = |round: usize, flags: &[&str]| {
        let mut command = Command::new(program);
        command.arg("generate").arg("--spec").arg(document).arg("--out").arg(out(round)).args(flags);
        cost(&command, &out(round))
    };
    let (mut first, mut unchanged, mut check) = (Vec::new(), Vec::new(), Vec::new());
    let mut turns: Vec<_> = peers.iter().map(Turns::new).collect();
    for round in 0..rounds.max(1) {
        let ours = generate(round, &[])?;
        for turns in &mut turns {
            turns.take(document, &folder.join(turns.folder(round)), ours);
        }
        first.push(ours);
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
        output: output(&out(0).join("src")),
        peers: turns.into_iter().map(Turns::row).collect(),
    };
    Ok(row(stem(document)))
}

/// A run into a folder that is not there yet.
pub(super) fn first_run(program: &Path, document: &Path, out: &Path) -> Result<Cost, String> {
    let mut command = Command::new(program);
    command.arg("generate").arg("--spec").arg(document).arg("--out").arg(out);
    cost(&command, out)
}

/// The Rust below a folder; the copied run time is not counted.
fn output(folder: &Path) -> Output {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).fold(Output::default(), |all, path| {
        let it = if path.is_dir() && !path.ends_with("support") {
            output(&path)
        } else if path.extension().is_some_and(|it| it == "rs") {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            Output { lines: text.lines().count(), bytes: text.len() }
        } else {
            Output::default()
        };
        Output { lines: all.lines + it.lines, bytes: all.bytes + it.bytes }
    })
}
