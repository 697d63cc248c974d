//! `cargo xtask test`: the documents by independent validators, all tests, and nothing left over of tests that are gone.

use std::collections::BTreeSet;
use std::io::Seek as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::{fs, io, thread};

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

/// Everything, in two halves of about the same time; the examples of the documentation are in the second one.
///
/// Suites build crates whose dependencies are in `target`, and cargo lets one run at a time into that: the second half has
/// a twin of it, which goes when the tests have ended, and with it a gigabyte.
fn all(test: &impl Fn(&[&str]) -> Command) -> io::Result<ExitStatus> {
    // The programs that the tests run are built.
    let programs = target().join("debug");
    let test = |chosen: &[&str]| {
        let mut command = test(chosen);
        command.env("SPECWRIGHT_TEST_PROGRAMS", &programs);
        command
    };
    let twin = target().join("twin");
    let remove_twin = || if twin.exists() { fs::remove_dir_all(&twin) } else { Ok(()) };
    remove_twin()?; // of a run that was killed
    for part in [".fingerprint", "build", "deps"] {
        link(&programs.join(part), &twin.join("debug").join(part))?;
    }
    let twin_test = |chosen: &[&str]| {
        let mut command = test(chosen);
        command.env("CARGO_TARGET_DIR", &twin);
        command
    };
    let [here, beside] = suites::halves(suites::SUITES.iter()).map(|it| suites::arguments(it.into_iter()));
    let tested = both(&mut [test(&here)], &mut [twin_test(&beside), twin_test(&["--doc"])]);
    remove_twin()?;
    tested
}

/// Gives a new folder the files of another one, as hard links.
fn link(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() { link(&from, &to)? } else { fs::hard_link(&from, &to)? }
    }
    Ok(())
}

/// What runs in the process of a test, in two halves: most suites end with one long test, for which a core would wait.
fn quick(test: &impl Fn(&[&str]) -> Command) -> io::Result<ExitStatus> {
    let [here, beside] = suites::halves(suites::quick_ones()).map(|it| suites::arguments(it.into_iter()));
    let built = test(&[&here[..], &beside, &["--no-run"]].concat()).status()?;
    if built.success() { both(&mut [test(&here)], &mut [test(&beside)]) } else { Ok(built) }
}

/// Runs tests one by one beside others, whose output is printed when all have ended. The first failure counts.
fn both(here: &mut [Command], beside: &mut [Command]) -> io::Result<ExitStatus> {
    let mut said = tempfile::tempfile()?;
    for command in &mut *beside {
        command.stdin(Stdio::null()).stdout(said.try_clone()?).stderr(said.try_clone()?);
    }
    let (here, beside) = thread::scope(|scope| {
        let beside = scope.spawn(|| one_by_one(beside));
        (
            one_by_one(here),
            beside.join().unwrap_or_else(|_| Err(io::Error::other("the second half of the tests is lost"))),
        )
    });
    said.rewind()?;
    io::copy(&mut said, &mut io::stdout())?;
    let here = here?;
    if here.success() { beside } else { Ok(here) }
}

/// Runs tests until some fail.
fn one_by_one(commands: &mut [Command]) -> io::Result<ExitStatus> {
    commands
        .iter_mut()
        .try_fold(ExitStatus::default(), |ended, it| if ended.success() { it.status() } else { Ok(ended) })
}

/// Says what will be done, and about how long it takes on two quiet cores.
fn announce(choice: &Choice) {
    match choice {
        Choice::All => {
            let halves = suites::halves(suites::SUITES.iter());
            let minutes = halves.map(|it| suites::minutes(it.into_iter())).into_iter().max().unwrap_or_default();
            println!(
                "All tests: two validators of documents, {} suites, the examples in documentation. About {minutes} \
                 minutes when everything is built, and 3 more on a fresh clone, which downloads dependencies.",
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
