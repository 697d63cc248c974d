//! What rustc takes for a generated crate: the crate alone, its dependencies are built before.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Serialize;

use super::generate::first_run;
use super::run::{Cost, cost};
use super::stem;
use crate::copies::Document;

/// How many copies of a document are compiled where growth is asked for.
const COPIES: [u32; 3] = [1, 4, 16];

/// The figures of one crate.
#[derive(Serialize)]
pub(super) struct Row {
    document: String,
    /// How many copies of the document it is made of.
    copies: u32,
    /// How many schemas the components have.
    schemas: usize,
    /// How many operations there are.
    operations: usize,
    builds: Vec<Build>,
}

/// One build of it.
#[derive(Serialize)]
struct Build {
    what: &'static str,
    cost: Cost,
    /// Bytes of the program, where one comes out.
    program: Option<u64>,
}

pub(super) fn head() {
    println!(
        "\n{:<24} {:>6}  {:<18} {:>8} {:>8} {:>12} {:>15} {:>10}",
        "rustc", "copies", "what", "CPU s", "MiB", "ms a schema", "ms an operation", "program kB"
    );
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { document, copies, schemas, operations, builds } = self;
        for (idx, Build { what, cost, program }) in builds.iter().enumerate() {
            let line = if idx == 0 { "" } else { "\n" };
            let (schema, operation) = (each(*cost, *schemas), each(*cost, *operations));
            let program = program.map_or_else(String::new, |it| (it / 1000).to_string());
            let Cost { cpu, memory, .. } = cost;
            write!(
                f,
                "{line}{document:<24} {copies:>6}  {what:<18} {cpu:>8.2} {memory:>8.0} {schema:>12} {operation:>15} \
                 {program:>10}"
            )?;
        }
        Ok(())
    }
}

/// Milliseconds for each of some things.
#[expect(clippy::cast_precision_loss, reason = "nobody has so many")]
fn each(cost: Cost, count: usize) -> String {
    if count == 0 { String::new() } else { format!("{:.2}", cost.cpu * 1000.0 / count as f64) }
}

/// Compiles the crates of a document, and with `growth` of copies of it.
pub(super) fn measure(
    program: &Path,
    document: &Path,
    folder: &Path,
    growth: bool,
    report: &mut dyn FnMut(Row),
) -> Result<(), String> {
    let read = Document::read(document)?;
    std::fs::create_dir_all(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    for copies in if growth { COPIES.as_slice() } else { &COPIES[..1] } {
        let library =
            Library { folder: folder.join(format!("{}-{copies}", stem(document))), target: folder.join("target") };
        if *copies == 1 {
            first_run(program, document, &library.folder)?;
        } else {
            let input = library.folder.with_extension("json");
            read.write_copies(*copies, &input)?;
            first_run(program, &input, &library.folder)?;
        }
        let count = *copies as usize;
        report(Row {
            document: stem(document),
            copies: *copies,
            schemas: count * read.schemas(),
            operations: count * read.operations(),
            builds: library.builds()?,
        });
    }
    Ok(())
}

/// A crate that is compiled.
struct Library {
    folder: PathBuf,
    /// Where all of them are built, so that what they depend on is built once.
    target: PathBuf,
}

impl Library {
    /// Checks each side of it, then makes the program that serves it with examples.
    fn builds(&self) -> Result<Vec<Build>, String> {
        let api = self.api()?;
        let sides = [
            ("check models", api.clone()),
            ("check client", format!("{api},client")),
            ("check server", format!("{api},server")),
        ];
        let mut builds = Vec::new();
        for (what, features) in &sides {
            let cost = self.timed(&["check", "--lib", "--no-default-features", "--features", features])?;
            builds.push(Build { what, cost, program: None });
        }
        let cost = self.timed(&["check", "--lib", "--all-features"])?;
        builds.push(Build { what: "check everything", cost, program: None });
        let features = format!("{api},client,stand-in");
        let release = ["build", "--release", "--no-default-features", "--features", &features, "--example", "serve"];
        let cost = self.timed(&release)?;
        let program = self.target.join("release/examples/serve").with_extension(std::env::consts::EXE_EXTENSION);
        builds.push(Build { what: "release", cost, program: std::fs::metadata(program).ok().map(|it| it.len()) });
        Ok(builds)
    }

    /// A command of cargo, for the crate alone: whatever else it builds is built before.
    fn timed(&self, arguments: &[&str]) -> Result<Cost, String> {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(&self.folder).args(arguments).arg("--quiet").env("CARGO_TARGET_DIR", &self.target);
        // What a crate takes from nothing is asked for, and not what is left to do after a touch.
        cargo.env("CARGO_INCREMENTAL", "0");
        cost(&cargo, &self.folder)?;
        let source = self.folder.join("src/lib.rs");
        let text = std::fs::read(&source).and_then(|text| std::fs::write(&source, text));
        text.map_err(|error| format!("cannot touch {}: {error}", source.display()))?;
        cost(&cargo, &self.folder)
    }

    /// The feature of the API: the one that the manifest enables beside the sides.
    fn api(&self) -> Result<String, String> {
        let path = self.folder.join("Cargo.toml");
        let text =
            std::fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        let sides = ["client", "server", "stand-in", "default"];
        let features = text.split("[features]").nth(1).unwrap_or_default().lines();
        let names = features.take_while(|line| !line.starts_with('[')).filter_map(|line| line.split_once('='));
        let mut empty = names.filter(|(name, value)| value.trim() == "[]" && !sides.contains(&name.trim()));
        empty.next().map(|(name, _)| name.trim().to_owned()).ok_or_else(|| format!("{} has no API", path.display()))
    }
}
