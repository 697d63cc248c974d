//! `cargo xtask test`: the documents by independent validators, all tests, and nothing left over of tests that are gone.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use crate::tools::cargo;
use crate::{failed, lint, root};

/// Flags of the task.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Passed on to `cargo test`, such as `-- -p acceptance --test http`
    #[arg(last = true)]
    rest: Vec<String>,
}

/// Runs the validators and `cargo test`, and ends with the status of the latter.
///
/// Without `--all-targets`, which would leave out the tests in documentation. A run of all tests fails where a snapshot
/// is read by none of them.
pub(crate) fn run(args: &Args) -> ExitCode {
    if args.rest.is_empty() && lint::run(&lint::Args::default()) != ExitCode::SUCCESS {
        return ExitCode::FAILURE;
    }
    let references = match tempfile::NamedTempFile::new() {
        Ok(file) => file.into_temp_path(),
        Err(error) => return failed(&format!("cannot make a temporary file: {error}")),
    };
    let status = cargo()
        .args(["test", "--workspace", "--all-features"])
        .args(&args.rest)
        // `insta` lists there which snapshots the tests read.
        .env("INSTA_SNAPSHOT_REFERENCES_FILE", &references)
        .status();
    match status {
        Ok(status) if status.success() && args.rest.is_empty() => unread_snapshots(&references),
        Ok(status) => match status.code().and_then(|code| u8::try_from(code).ok()) {
            Some(code) => ExitCode::from(code),
            None => ExitCode::FAILURE,
        },
        Err(error) => failed(&format!("cannot run cargo: {error}")),
    }
}

fn unread_snapshots(references: &Path) -> ExitCode {
    let unread = fs::read_to_string(references).and_then(|text| {
        let read: BTreeSet<PathBuf> = text.lines().filter_map(|line| fs::canonicalize(line).ok()).collect();
        let mut all = BTreeSet::new();
        for folder in ["generator", "generated", "tests", "xtask"] {
            snapshots(&root().join(folder), &mut all)?;
        }
        Ok(all.difference(&read).map(|path| path.display().to_string()).collect::<Vec<_>>())
    });
    match unread {
        Ok(unread) if unread.is_empty() => ExitCode::SUCCESS,
        Ok(unread) => failed(&format!("no test reads these snapshots: remove them\n  {}", unread.join("\n  "))),
        Err(error) => failed(&format!("cannot compare the snapshots: {error}")),
    }
}

/// The snapshots below a folder.
fn snapshots(folder: &Path, found: &mut BTreeSet<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            snapshots(&path, found)?;
        } else if path.extension().is_some_and(|it| it == "snap") {
            found.insert(fs::canonicalize(&path)?);
        }
    }
    Ok(())
}
