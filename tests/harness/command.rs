//! `cargo xtask` as people run it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// The binary behind `cargo xtask`, built once.
pub fn xtask() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| built("xtask", "conformance"))
}

/// The program `specwright`, built once.
pub fn specwright_program() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| built("specwright", "program"))
}

/// Runs `specwright` in a folder.
pub fn specwright(folder: &Path, args: &[&str]) -> Run {
    finish(&in_folder(folder, args).output().expect("the binary runs"))
}

/// As [`specwright()`], on so many threads.
pub fn specwright_on_threads(folder: &Path, args: &[&str], threads: usize) -> Run {
    let mut command = in_folder(folder, args);
    finish(&command.env("RAYON_NUM_THREADS", threads.to_string()).output().expect("the binary runs"))
}

fn in_folder(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(specwright_program());
    command.current_dir(folder).args(args).env_remove("RUST_BACKTRACE");
    command
}

/// The program of a package: where `cargo xtask test` says that the programs are, or else built now, with a suite that is
/// where the program is, and in the features of that task where it says them, so that nothing is built that the tests
/// have not built themselves.
fn built(package: &str, suite: &str) -> PathBuf {
    // Asking cargo again would mean to wait for the suites that build crates at that time.
    if let Some(folder) = std::env::var_os("SPECWRIGHT_TEST_PROGRAMS") {
        return Path::new(&folder).join(format!("{package}{}", std::env::consts::EXE_SUFFIX));
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build.args(["test", "--no-run", "--quiet", "--offline", "--test", suite, "--message-format=json"]);
    match std::env::var("SPECWRIGHT_TEST_FEATURES") {
        Ok(features) => build.args(features.split(' ')),
        Err(_) => build.args(["--package", package]),
    };
    let output = build.current_dir(crate::fixtures::workspace()).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout);
    let mut programs = text.lines().filter(|it| it.contains("\"kind\":[\"bin\"]")).filter_map(executable);
    programs.next().expect("cargo names the program that it built")
}

/// The `executable` of a message of cargo.
fn executable(message: &str) -> Option<PathBuf> {
    let (_, rest) = message.split_once("\"executable\":\"")?;
    Some(PathBuf::from(rest.split('"').next()?))
}

/// What a run of `cargo xtask` said and how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The exit code; none where the process was killed.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// Runs a task of the workspace.
pub fn run<I: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = I>) -> Run {
    let mut command = Command::new(xtask());
    command.args(args).env_remove("RUST_BACKTRACE");
    finish(&command.output().expect("the binary runs"))
}

fn finish(output: &Output) -> Run {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Run { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
}

/// `codegen` of one document into a folder, with more flags behind.
pub fn codegen(spec: &Path, out: &Path, more: &[&str]) -> Run {
    let args = ["codegen".as_ref(), "--spec".as_ref(), spec.as_os_str(), "--out".as_ref(), out.as_os_str()];
    run(args.into_iter().chain(more.iter().map(AsRef::as_ref)))
}
