//! One run of a program: how long it took, and what of the machine.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use serde::Serialize;

/// What a run took.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(super) struct Cost {
    /// Seconds from start to end.
    pub(super) wall: f64,
    /// Seconds of all cores; zero where GNU time is not installed.
    pub(super) cpu: f64,
    /// The most memory at one time, in MiB; zero where GNU time is not installed.
    pub(super) memory: f64,
}

/// Measures a command, which has to succeed.
///
/// # Errors
/// What it said where it fails.
pub(super) fn cost(command: &Command, scratch: &Path) -> Result<Cost, String> {
    let report = scratch.with_extension("time");
    let timed = Path::new("/usr/bin/time").exists();
    let mut outer = if timed { Command::new("/usr/bin/time") } else { Command::new(command.get_program()) };
    if timed {
        outer.args(["-f", "%U %S %M", "-o"]).arg(&report).arg(command.get_program());
    }
    outer.args(command.get_args()).stdin(Stdio::null());
    outer.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    if let Some(folder) = command.get_current_dir() {
        outer.current_dir(folder);
    }
    let start = Instant::now();
    let output =
        outer.output().map_err(|error| format!("cannot run `{}`: {error}", command.get_program().display()))?;
    let wall = start.elapsed().as_secs_f64();
    if !output.status.success() {
        return Err(format!("{command:?} fails: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let text = std::fs::read_to_string(&report).unwrap_or_default();
    let figures: Vec<f64> = text.split_whitespace().filter_map(|it| it.parse().ok()).collect();
    Ok(match figures.as_slice() {
        [user, system, kib] => Cost { wall, cpu: user + system, memory: kib / 1024.0 },
        _ => Cost { wall, ..Cost::default() },
    })
}

/// The run in the middle, by its wall time.
pub(super) fn median(mut costs: Vec<Cost>) -> Cost {
    costs.sort_by(|left, right| left.wall.total_cmp(&right.wall));
    costs.get(costs.len() / 2).copied().unwrap_or_default()
}
