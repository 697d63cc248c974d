//! Generated crates that are built: each in a workspace of its own with the versions, profiles and lock file of this
//! one, so that nothing is fetched and the dependencies are those that are built already.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{fs, io};

use specwright::output::Files;

use crate::fixtures;

/// Which features the dependencies of a package have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Features {
    /// Those that this workspace has built them with, so that they are built already.
    AsBuilt,
    /// Those that the package asks for, and no others; only macros are those that are built.
    AsAsked,
}

impl Features {
    /// A manifest of a package, whose clients speak no [TLS] unless they are asked to.
    fn settled(self, manifest: &str) -> String {
        let manifest = manifest.replace(r#""reqwest", "rustls"]"#, r#""reqwest"]"#);
        let has_sides = manifest.lines().any(|line| line.starts_with("axum") || line.starts_with("tokio"));
        let features: &[&str] = match self {
            Self::AsBuilt if manifest.contains("\nspecwright-runtime = ") => &["runtime", "sides"],
            Self::AsBuilt if has_sides => &["sides"],
            Self::AsBuilt => &["models"],
            Self::AsAsked => &[],
        };
        manifest + &hack("dependencies", features)
    }
}

/// Writes a crate into a workspace of its own, and gives the workspace's folder.
pub fn workspace(name: &str, files: &Files) -> PathBuf {
    let root = in_target(name);
    around(&root, &[name]).expect("a workspace can be written");
    let files = files.iter().collect::<Vec<_>>();
    package(&root.join(name), &files, Features::AsBuilt).expect("a package can be written");
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

/// Writes the files of a package, by their paths in it, with a manifest that gives dependencies these features, and
/// removes what an earlier run left there.
///
/// Files that are as they should be keep their time, so that a second run builds what has changed.
///
/// # Errors
/// Where a file cannot be written or removed.
pub fn package(folder: &Path, files: &[(&str, &str)], features: Features) -> io::Result<()> {
    for (path, text) in files {
        match *path {
            "Cargo.toml" => put(&folder.join(path), &features.settled(text))?,
            _ => put(&folder.join(path), text)?,
        }
    }
    for path in fixtures::files(folder) {
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if !files.iter().any(|(wanted, _)| *wanted == name) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

/// The features by which a package speaks TLS. They take longer to build than most of the rest, and compilers and headers
/// of C: nothing in these workspaces leaves the machine, and the lints of the run time have each kind.
pub const TLS: &[&str] = &["tls", "native-tls", "rustls", "rustls-graviola", "rustls-ring"];

/// The features that a generated manifest has.
pub fn every_feature(manifest: &str) -> impl Iterator<Item = &str> {
    let section = manifest.split("[features]\n").nth(1).unwrap_or_default().split("\n[").next().unwrap_or_default();
    let names = section.lines().filter_map(|line| line.split_once(" = [")).map(|(name, _)| name);
    names.filter(|it| *it != "default")
}

/// The features that a generated manifest has, without those of TLS and of browsers, which are another target.
pub fn features(manifest: &str) -> impl Iterator<Item = &str> {
    every_feature(manifest).filter(|it| *it != "browser" && !TLS.contains(it))
}

/// A table of a manifest, of a kind of dependencies, by which those have the features that this workspace has built.
pub fn hack(kind: &str, features: &[&str]) -> String {
    let folder = fixtures::package().join("workspace-hack").display().to_string();
    // A second table of the kind: features of both add up.
    format!("\n[target.'cfg(all())'.{kind}]\nworkspace-hack = {{ path = {folder:?}, features = {features:?} }}\n")
}

/// Runs cargo in such a workspace, with the dependencies that this one has built.
pub fn run(mut cargo: Command, root: &Path) -> Output {
    small(cargo.current_dir(root)).output().expect("cargo runs")
}

/// Has a workspace built as and where this one is: without what debuggers and second builds want.
pub fn small(cargo: &mut Command) -> &mut Command {
    cargo.env("CARGO_TARGET_DIR", target()).env("CARGO_INCREMENTAL", "0").env("CARGO_PROFILE_DEV_DEBUG", "0");
    cargo.env_remove("RUSTFLAGS")
}

/// A folder for a workspace.
pub fn in_target(name: &str) -> PathBuf {
    target().join("tmp").join(name)
}

/// The cargo that runs the tests.
pub fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// The folder of the build that the tests are in.
pub fn target() -> PathBuf {
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
