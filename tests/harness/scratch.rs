//! Generated crates that are built: each in a workspace of its own with the versions, profiles and lock file of this
//! one, so that nothing is fetched and the dependencies are those that are built already.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use specwright::output::Files;

use crate::fixtures;

/// Writes a crate into a workspace of its own, and gives the workspace's folder.
///
/// Files that are as they should be keep their time, so that a second run builds nothing.
pub fn workspace(name: &str, files: &Files) -> PathBuf {
    let root = target().join("tmp").join(name);
    let ours = fixtures::workspace();
    let manifest = fs::read_to_string(ours.join("Cargo.toml")).expect("the workspace's manifest");
    let members = format!("members = [\"{name}\"]");
    let lines = manifest.lines().filter(|line| !line.contains("{ path = \""));
    let lines = lines.map(|line| if line.starts_with("members = ") { &members } else { line });
    put(&root.join("Cargo.toml"), &(lines.collect::<Vec<_>>().join("\n") + "\n"));
    let lock = fs::read_to_string(ours.join("Cargo.lock")).expect("the workspace's lock file");
    let kept = root.join("Cargo.lock.from");
    if !fs::read_to_string(&kept).is_ok_and(|known| known == lock) {
        put(&root.join("Cargo.lock"), &lock);
        put(&kept, &lock);
    }
    let package = root.join(name);
    for (path, text) in files.iter() {
        put(&package.join(path), text);
    }
    for path in fixtures::files(&package) {
        let name = path.strip_prefix(&package).expect("a file below its folder");
        if files.get(&name.to_string_lossy()).is_none() {
            fs::remove_file(&path).expect("an old file can go");
        }
    }
    root
}

/// Runs cargo in such a workspace, with the dependencies that this one has built.
pub fn run(mut cargo: Command, root: &Path) -> Output {
    cargo.current_dir(root).env("CARGO_TARGET_DIR", target()).env_remove("RUSTFLAGS").output().expect("cargo runs")
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

fn put(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|found| found == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
    fs::write(path, text).expect("a file can be written");
}
