//! What rustc takes for a generated crate: the crate alone, its dependencies are built before.

use std::fmt;
use std::path::Path;
use std::process::Command;

use serde::Serialize;

use super::run::{Cost, cost};
use super::stem;

/// The figures of one crate.
#[derive(Serialize)]
pub(super) struct Row {
    document: String,
    /// The models of every API, without a side.
    models: Cost,
    /// Models, client, server and stand-in.
    everything: Cost,
}

pub(super) fn head() {
    println!("\n{:<24} {:>13} {:>9} {:>13} {:>9}", "cargo check", "models CPU s", "MiB", "all CPU s", "MiB");
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { document, models, everything } = self;
        let memory = [models.memory, everything.memory];
        write!(f, "{document:<24} {:>13.2} {:>9.0} {:>13.2} {:>9.0}", models.cpu, memory[0], everything.cpu, memory[1])
    }
}

/// Checks the crate that the first part has left in `folder`.
pub(super) fn measure(document: &Path, folder: &Path) -> Result<Row, String> {
    let target = folder.with_extension("target");
    let check = |flags: &[&str]| {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(folder).args(["check", "--quiet", "--lib"]).args(flags).env("CARGO_TARGET_DIR", &target);
        // What a crate takes from nothing is asked for, and not what is left to do after a touch.
        cargo.env("CARGO_INCREMENTAL", "0");
        cargo
    };
    let timed = |flags: &[&str]| {
        cost(&check(flags), folder)?;
        let source = folder.join("src/lib.rs");
        let text = std::fs::read(&source).and_then(|text| std::fs::write(&source, text));
        text.map_err(|error| format!("cannot touch {}: {error}", source.display()))?;
        cost(&check(flags), folder)
    };
    let models = timed(&["--no-default-features", "--features", &api(folder)?])?;
    let everything = timed(&["--all-features"])?;
    Ok(Row { document: stem(document), models, everything })
}

/// The feature of the API: the one that the manifest enables beside the sides.
fn api(folder: &Path) -> Result<String, String> {
    let path = folder.join("Cargo.toml");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let sides = ["client", "server", "stand-in", "default"];
    let features = text.split("[features]").nth(1).unwrap_or_default().lines();
    let names = features.take_while(|line| !line.starts_with('[')).filter_map(|line| line.split_once('='));
    let mut empty = names.filter(|(name, value)| value.trim() == "[]" && !sides.contains(&name.trim()));
    empty.next().map(|(name, _)| name.trim().to_owned()).ok_or_else(|| format!("{} has no API", path.display()))
}
