//! What generated code takes of the time that code by hand takes, as `tests/benches/ratios.rs` measures it.

use std::fmt;
use std::process::Command;

use serde::Serialize;

use crate::tools;

/// One piece of work.
#[derive(Serialize)]
pub(super) struct Row {
    work: String,
    /// Nanoseconds of the generated code.
    ours: f64,
    /// Nanoseconds of the code by hand.
    theirs: f64,
    /// The median of the ratios of their turns.
    ratio: f64,
    /// What the ratio should be at most, where that was ever said.
    target: Option<f64>,
}

pub(super) fn head() {
    println!("\n{:<46} {:>12} {:>12} {:>7} {:>7}", "run time", "generated ns", "by hand ns", "ratio", "target");
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { work, ours, theirs, ratio, target } = self;
        let shown = target.map_or_else(String::new, |it| format!("{it:.2}"));
        let word = if target.is_some_and(|it| *ratio > it) { "  MISSED" } else { "" };
        write!(f, "{work:<46} {ours:>12.0} {theirs:>12.0} {ratio:>7.3} {shown:>7}{word}")
    }
}

/// Builds the program that measures, and reads what it prints.
pub(super) fn measure() -> Result<Vec<Row>, String> {
    let programs = tools::measured("acceptance", &["--bench", "ratios"])?;
    let program = programs.get("ratios").ok_or("cargo builds no `ratios`")?;
    let output = Command::new(program).output().map_err(|error| format!("{}: {error}", program.display()))?;
    if !output.status.success() {
        return Err(format!("`ratios` fails: {}", String::from_utf8_lossy(&output.stderr)));
    }
    String::from_utf8_lossy(&output.stdout).lines().map(row).collect()
}

fn row(line: &str) -> Result<Row, String> {
    let number = |text: &str| text.parse::<f64>().map_err(|error| format!("`{line}`: {error}"));
    match line.split('\t').collect::<Vec<_>>().as_slice() {
        [work, ours, theirs, ratio, target] => Ok(Row {
            work: (*work).to_owned(),
            ours: number(ours)?,
            theirs: number(theirs)?,
            ratio: number(ratio)?,
            target: target.parse().ok(),
        }),
        _ => Err(format!("`ratios` prints `{line}`")),
    }
}
