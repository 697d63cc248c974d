//! `cargo xtask dist`: the program that is handed out.
//!
//! It is built twice, for profile-guided optimization. The first build counts what runs go through: over the documents of
//! `specs/` and those of the tests, which have what `specs/` has not, each as it is and several times over in one. The
//! second is optimized for what was counted. What the program does is the same, in about a tenth less time.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::copies::Document;
use crate::{failed, root, target, tools};

/// How many copies of a document make a large one.
const COPIES: u32 = 8;
/// What documents can say, each by a small one.
const FIXTURES: &str = "tests/fixtures/accept";

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Documents that the first build runs over; those in `specs/` and of the tests by default
    documents: Vec<PathBuf>,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    match dist(args) {
        Ok(program) => {
            println!("{}", program.display());
            ExitCode::SUCCESS
        }
        Err(error) => failed(&error),
    }
}

fn dist(args: &Args) -> Result<PathBuf, String> {
    let merge = profdata()?;
    let folder = tempfile::tempdir().map_err(|error| format!("cannot make a folder: {error}"))?;
    let counts = folder.path().join("counts");
    // By the same profile of cargo, which gives crates and so functions their names: counts are kept by these.
    let instrumented = build("instrumented", &flag("-Cprofile-generate=", &counts))?;
    let (documents, parts) = if args.documents.is_empty() {
        let specs = tools::documents(&[])?.into_iter().map(|(_, path)| path);
        (specs.collect(), below(&root().join(FIXTURES))?)
    } else {
        (args.documents.clone(), Vec::new())
    };
    for (idx, document) in documents.iter().chain(&parts).enumerate() {
        let scratch = folder.path().join(idx.to_string());
        let ran = exercise(&instrumented, document, &scratch);
        // Among those of the tests are parts of others, which are no documents.
        if idx < documents.len() {
            ran?;
        }
        let Ok(read) = Document::read(document) else { continue };
        let large = scratch.with_extension("json");
        read.write_copies(COPIES, &large)?;
        // One that refers to what copies do not have is refused, and was read all the same.
        let _ = exercise(&instrumented, &large, &scratch.with_extension("large"));
    }
    let profile = folder.path().join("profile");
    succeed(Command::new(merge).arg("merge").arg(&counts).arg("--output").arg(&profile))?;
    build("optimized", &flag("-Cprofile-use=", &profile))
}

/// The documents below a folder, in the order of their paths.
fn below(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let entries = entries.map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
    let mut paths: Vec<_> = entries.into_iter().map(|it| it.path()).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            found.extend(below(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

/// LLVM's program that reads counts.
fn profdata() -> Result<PathBuf, String> {
    let said = Command::new("rustc").args(["--print", "target-libdir"]).output();
    let said = said.map_err(|error| format!("cannot run rustc: {error}"))?;
    let libraries = PathBuf::from(String::from_utf8_lossy(&said.stdout).trim());
    let program = libraries.with_file_name("bin").join("llvm-profdata").with_extension(std::env::consts::EXE_EXTENSION);
    if program.exists() {
        Ok(program)
    } else {
        Err("there is no `llvm-profdata`: `rustup component add llvm-tools` installs it".to_owned())
    }
}

fn flag(name: &str, path: &Path) -> OsString {
    let mut flag = OsString::from(name);
    flag.push(path);
    flag
}

/// Builds the program in a folder of its own: cargo takes flags of rustc for another reason to build everything again.
fn build(folder: &str, flag: &OsString) -> Result<PathBuf, String> {
    let folder = target().join("pgo").join(folder);
    let mut cargo = tools::cargo();
    cargo.args(["build", "--profile", "dist", "--package", "specwright", "--bin", "specwright", "--all-features"]);
    // Named, the target is not what build scripts and macros are built for: they go without the flag.
    let host = host()?;
    cargo.args(["--locked", "--target", &host, "--target-dir"]).arg(&folder);
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flag);
    if !cargo.status().is_ok_and(|it| it.success()) {
        return Err("cargo fails".to_owned());
    }
    Ok(folder.join(host).join("dist/specwright").with_extension(std::env::consts::EXE_EXTENSION))
}

/// What this machine is to rustc.
fn host() -> Result<String, String> {
    let said = Command::new("rustc").arg("-vV").output().map_err(|error| format!("cannot run rustc: {error}"))?;
    let said = String::from_utf8_lossy(&said.stdout);
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "rustc does not say what it runs on".to_owned())
}

/// What people do all day: a first run, one that changes nothing, and a check that trusts nothing.
fn exercise(program: &Path, document: &Path, out: &Path) -> Result<(), String> {
    for flags in [[].as_slice(), &[], &["--check", "--full"]] {
        let mut command = Command::new(program);
        succeed(command.args(["generate", "--quiet", "--spec"]).arg(document).arg("--out").arg(out).args(flags))?;
    }
    Ok(())
}

fn succeed(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("cannot run {command:?}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{command:?} fails: {}", String::from_utf8_lossy(&output.stderr)))
}
