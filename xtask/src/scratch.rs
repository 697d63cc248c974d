//! Crates that a task makes, compiles and runs, in a workspace of their own below `target/`.
//!
//! The workspace has the versions, profiles and lock file of this one and shares its `target`, so that dependencies are
//! built once. Files that are as they should be keep their time, so that a second run builds what has changed.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{root, target};

/// The files of one package, by their paths in it.
pub(crate) type Package<'a> = Vec<(String, &'a str)>;

/// A workspace below `target/`.
pub(crate) struct Scratch {
    root: PathBuf,
    target: PathBuf,
}

impl Scratch {
    /// Writes a workspace of these packages.
    pub(crate) fn write(name: &str, packages: &[(&str, Package<'_>)]) -> io::Result<Self> {
        let members: Vec<_> = packages.iter().map(|(package, _)| *package).collect();
        let scratch = Self::around(name, &members)?;
        for (package, files) in packages {
            let folder = scratch.package(package);
            remove_others(&folder, &folder, files)?;
            for (path, text) in files {
                put(&folder.join(path), text)?;
            }
        }
        Ok(scratch)
    }

    /// Writes a workspace around packages that are there already, or will be.
    pub(crate) fn around(name: &str, packages: &[&str]) -> io::Result<Self> {
        let target = target();
        let scratch = Self { root: target.join(name), target };
        let members: Vec<_> = packages.iter().map(|package| format!("\"{package}\"")).collect();
        put(&scratch.root.join("Cargo.toml"), &manifest(&fs::read_to_string(root().join("Cargo.toml"))?, &members))?;
        // What we ask of ourselves is not asked of generated code: it keeps to the defaults.
        put(&scratch.root.join("clippy.toml"), "")?;
        let lock = scratch.root.join("Cargo.lock");
        if !lock.exists() {
            fs::copy(root().join("Cargo.lock"), &lock)?;
        }
        Ok(scratch)
    }

    /// The folder of a package.
    pub(crate) fn package(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Writes a file beside the packages.
    pub(crate) fn put(&self, path: &str, text: &str) -> io::Result<PathBuf> {
        let path = self.root.join(path);
        put(&path, text)?;
        Ok(path)
    }

    /// Waits until no other task builds what goes to the same place; until the file is dropped, others wait.
    pub(crate) fn lock(&self) -> io::Result<File> {
        let lock = File::create(self.target.join("scratch.lock"))?;
        lock.lock()?;
        Ok(lock)
    }

    /// Copies a program into the workspace, and says where it is.
    pub(crate) fn take(&self, program: &Path) -> io::Result<PathBuf> {
        let own = self.root.join(program.file_name().unwrap_or(program.as_os_str()));
        // A program that runs cannot be written to, but another one can have its name.
        if own.exists() {
            fs::remove_file(&own)?;
        }
        fs::copy(program, &own)?;
        Ok(own)
    }

    /// Cargo in the workspace.
    pub(crate) fn cargo(&self) -> Command {
        let mut cargo = crate::tools::cargo();
        cargo.current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        cargo
    }
}

/// The manifest of the workspace: that of this one with other members, and without the packages of this one.
fn manifest(ours: &str, members: &[String]) -> String {
    let lines = ours.lines().filter(|line| !line.contains("{ path = \""));
    let members = format!("members = [{}]", members.join(", "));
    let lines = lines.map(|line| if line.starts_with("members = ") { members.as_str() } else { line });
    let own = lines.collect::<Vec<_>>().join("\n");
    // The profile of a package that is not there would be a warning.
    own.replace("[profile.dev.package.specwright]\nopt-level = 1", "") + "\n"
}

fn put(path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|found| found == text) {
        return Ok(());
    }
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    fs::write(path, text)
}

/// Removes what an earlier run left in a package.
fn remove_others(package: &Path, folder: &Path, files: &Package<'_>) -> io::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.strip_prefix(package).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if path.is_dir() {
            remove_others(package, &path, files)?;
        } else if !files.iter().any(|(wanted, _)| *wanted == name) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}
