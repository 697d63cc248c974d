//! `cargo xtask test`: the documents by independent validators, all tests, and nothing left over of tests that are gone.

use std::collections::BTreeSet;
use std::io::Seek as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::{fs, io, thread};

use crate::suites::SuiteKind;
use crate::tools::{cargo, every_feature};
use crate::{failed, lint, root, suites, target};

/// Flags of the task.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only what runs in the process of a test: under two minutes when everything is built
    #[arg(long)]
    quick: bool,
    /// Passed on to `cargo test`, such as `-- -p acceptance --test http`
    #[arg(last = true, conflicts_with = "quick")]
    rest: Vec<String>,
}

/// Which tests run.
#[derive(PartialEq)]
enum Choice<'a> {
    All,
    Quick,
    /// Those that the arguments choose.
    Some(&'a [String]),
}

/// Runs the validators and `cargo test`, and ends with the status of the latter.
///
/// Without `--all-targets`, which would leave out the tests in documentation. A run of all tests fails where a snapshot
/// is read by none of them.
pub(crate) fn run(args: &Args) -> ExitCode {
    let choice = match args.rest.as_slice() {
        [] if args.quick => Choice::Quick,
        [] => Choice::All,
        rest => Choice::Some(rest),
    };
    announce(&choice);
    let references = match tempfile::NamedTempFile::new() {
        Ok(file) => file.into_temp_path(),
        Err(error) => return failed(&format!("cannot make a temporary file: {error}")),
    };
    let everything = match every_feature() {
        Ok(everything) => everything,
        Err(error) => return failed(&error),
    };
    let test = |chosen: &[&str]| {
        let mut command = cargo();
        // By them the tests build the programs that they run, so that nothing is built twice.
        command.env("SPECWRIGHT_TEST_FEATURES", everything.join(" "));
        // `insta` lists there which snapshots the tests read.
        command.env("INSTA_SNAPSHOT_REFERENCES_FILE", &references);
        command.arg("test").args(&everything).args(chosen);
        command
    };
    if choice == Choice::All {
        // Validators of documents are fetched while the tests are built.
        let (linted, built) = thread::scope(|scope| {
            let linted = scope.spawn(|| lint::run(&lint::Args::default()));
            let built = ended(test(&["--no-run"]).status());
            (linted.join().unwrap_or(ExitCode::FAILURE), built)
        });
        if let Some(failure) = [linted, built].into_iter().find(|it| *it != ExitCode::SUCCESS) {
            return failure;
        }
    }
    let tested = ended(match &choice {
        Choice::All => all(&test),
        Choice::Quick => quick(&test),
        Choice::Some(rest) => test(&rest.iter().map(String::as_str).collect::<Vec<_>>()).status(),
    });
    if choice == Choice::All && tested == ExitCode::SUCCESS { unread_snapshots(&references) } else { tested }
}

/// How cargo ended, as an exit code of ours.
fn ended(status: io::Result<ExitStatus>) -> ExitCode {
    match status.map(|it| it.code().and_then(|code| u8::try_from(code).ok())) {
        Ok(code) => code.map_or(ExitCode::FAILURE, ExitCode::from),
        Err(error) => failed(&format!("cannot run cargo: {error}")),
    }
}

/// Everything: the suites that build crates into `target` go on beside the others, which leave it alone, and the examples
/// of the documentation come last.
fn all(test: &impl Fn(&[&str]) -> Command) -> io::Result<ExitStatus> {
    // The programs that the tests run are built.
    let programs = target().join("debug");
    let test = |chosen: &[&str]| {
        let mut command = test(chosen);
        command.env("SPECWRIGHT_TEST_PROGRAMS", &programs);
        command
    };
    let beside = suites::arguments(suites::by_kind(&[SuiteKind::BuildsHere]));
    let tested = both(&test, &suites::arguments(suites::by_kind(&[SuiteKind::InProcess, SuiteKind::Builds])), &beside)?;
    if tested.success() { test(&["--doc"]).status() } else { Ok(tested) }
}

/// What runs in the process of a test, in two halves: most suites end with one long test, for which a core would wait.
fn quick(test: &impl Fn(&[&str]) -> Command) -> io::Result<ExitStatus> {
    let halves = suites::halves(suites::by_kind(&[SuiteKind::InProcess]));
    let [here, beside] = halves.map(|it| suites::arguments(it.into_iter()));
    let built = test(&[&here[..], &beside, &["--no-run"]].concat()).status()?;
    if built.success() { both(test, &here, &beside) } else { Ok(built) }
}

/// Runs some suites beside others; what the former say is printed when all have ended. The first failure counts.
fn both(test: &impl Fn(&[&str]) -> Command, here: &[&str], beside: &[&str]) -> io::Result<ExitStatus> {
    let mut said = tempfile::tempfile()?;
    let mut beside = test(beside).stdin(Stdio::null()).stdout(said.try_clone()?).stderr(said.try_clone()?).spawn()?;
    let here = test(here).status();
    let beside = beside.wait()?;
    said.rewind()?;
    io::copy(&mut said, &mut io::stdout())?;
    let here = here?;
    Ok(if here.success() { beside } else { here })
}

/// Says what will be done, and about how long it takes on two quiet cores.
fn announce(choice: &Choice) {
    match choice {
        Choice::All => {
            let minutes = suites::minutes(suites::SUITES.iter());
            println!(
                "All tests: two validators of documents, {} suites, the examples in documentation. About {minutes} \
                 minutes when everything is built, and 6 more on a fresh clone, which downloads dependencies.",
                suites::SUITES.len()
            );
        }
        Choice::Quick => {
            let names: Vec<_> = suites::left_out().map(|it| it.name).collect();
            println!(
                "The quick tests: under two minutes when everything is built. Left out: {}, the examples in \
                 documentation, the validators of documents.",
                names.join(", ")
            );
        }
        Choice::Some(_) => {}
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
