//! Generated crates that are built: each in a workspace of its own with the versions, profiles and lock file of this
//! one, so that nothing is fetched and the dependencies are those that are built already.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{fs, io};

use specwright::output::Files;

use crate::fixtures;

/// Writes a crate into a workspace of its own, and gives the workspace's folder.
pub fn workspace(name: &str, files: &Files) -> PathBuf {
    let root = target().join("tmp").join(name);
    around(&root, &[name]).expect("a workspace can be written");
    package(&root.join(name), &files.iter().collect::<Vec<_>>()).expect("a package can be written");
    root
}

/// Writes a workspace around packages that are there already, or will be: with the versions, profiles and lock file of
/// this one, but without its packages.
///
/// # Errors
/// Where a file cannot be read or written.
pub fn around(root: &Path, members: &[&str]) -> io::Result<()> {
    let ours = fixtures::workspace();
    let manifest = fs::read_to_string(ours.join("Cargo.toml"))?;
    let members = format!("members = {members:?}");
    let lines = manifest.lines().filter(|line| !line.contains("{ path = \""));
    let lines = lines.map(|line| if line.starts_with("members = ") { &members } else { line });
    put(&root.join("Cargo.toml"), &(lines.collect::<Vec<_>>().join("\n") + "\n"))?;
    // What we ask of ourselves is not asked of generated code: it keeps to the defaults.
    put(&root.join("clippy.toml"), "")?;
    let lock = fs::read_to_string(ours.join("Cargo.lock"))?;
    let kept = root.join("Cargo.lock.from");
    if !fs::read_to_string(&kept).is_ok_and(|known| known == lock) {
        put(&root.join("Cargo.lock"), &lock)?;
        put(&kept, &lock)?;
    }
    Ok(())
}

/// Writes the files of a package, by their paths in it, and removes what an earlier run left there.
///
/// Files that are as they should be keep their time, so that a second run builds what has changed.
///
/// # Errors
/// Where a file cannot be written or removed.
pub fn package(folder: &Path, files: &[(&str, &str)]) -> io::Result<()> {
    for (path, text) in files {
        put(&folder.join(path), text)?;
    }
    for path in fixtures::files(folder) {
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if !files.iter().any(|(wanted, _)| *wanted == name) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

/// A manifest whose clients speak no TLS, which takes longest to build: nothing in these workspaces leaves the machine.
pub fn without_tls(manifest: &str) -> String {
    manifest.replace(r#""reqwest", "rustls"]"#, r#""reqwest"]"#)
}

/// Runs cargo in such a workspace, with the dependencies that this one has built.
pub fn run(cargo: Command, root: &Path) -> Output {
    run_in(cargo, root, &target())
}

/// Runs cargo in a workspace that builds into a folder of its own, as [`beside`] names one.
pub fn run_in(mut cargo: Command, root: &Path, target: &Path) -> Output {
    cargo.current_dir(root);
    small(&mut cargo, target).output().expect("cargo runs")
}

/// Has a workspace built into a folder as this one is: without what debuggers and second builds want.
pub fn small<'c>(cargo: &'c mut Command, target: &Path) -> &'c mut Command {
    cargo.env("CARGO_TARGET_DIR", target).env("CARGO_INCREMENTAL", "0").env("CARGO_PROFILE_DEV_DEBUG", "0");
    cargo.env_remove("RUSTFLAGS")
}

/// A folder for a workspace that is no generated one, and the folder that the builds of such workspaces share.
pub fn beside(name: &str) -> (PathBuf, PathBuf) {
    (target().join("tmp").join(name), target().join("tmp").join("beside"))
}

/// The cargo that runs the tests.
pub fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// The folder of the build that the tests are in.
fn target() -> PathBuf {
    let executable = std::env::current_exe().expect("tests are programs");
    let profile = executable.ancestors().nth(2).expect("`target/debug/deps`");
    profile.parent().expect("`target`").to_owned()
}

/// Writes a file, unless it is as it should be.
///
/// # Errors
/// Where it cannot be written.
pub fn put(path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|found| found == text) {
        return Ok(());
    }
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    fs::write(path, text)
}
