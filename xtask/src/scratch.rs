//! Crates that a task makes, compiles and runs, in a workspace of their own below `target/`.
//!
//! The workspace has the versions, profiles and lock file of this one and shares its `target`, so that dependencies are
//! built once. Files that are as they should be keep their time, so that a second run builds what has changed.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use acceptance::scratch::{self as shared, Features};

use crate::target;

/// The files of one package, by their paths in it.
pub(crate) type Package<'a> = Vec<(String, &'a str)>;

/// A workspace below `target/`.
pub(crate) struct Scratch {
    root: PathBuf,
    target: PathBuf,
}

impl Scratch {
    /// Writes a workspace of these packages, with dependencies as they are built already.
    pub(crate) fn write(name: &str, packages: &[(&str, Package<'_>)]) -> io::Result<Self> {
        Self::write_with(name, packages, Features::AsBuilt)
    }

    /// Writes a workspace whose packages have the features that they ask for and no others.
    pub(crate) fn write_as_asked(name: &str, packages: &[(&str, Package<'_>)]) -> io::Result<Self> {
        Self::write_with(name, packages, Features::AsAsked)
    }

    fn write_with(name: &str, packages: &[(&str, Package<'_>)], features: Features) -> io::Result<Self> {
        let members: Vec<_> = packages.iter().map(|(package, _)| *package).collect();
        let scratch = Self::around(name, &members)?;
        for (package, files) in packages {
            let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
            shared::package(&scratch.package(package), &files, features)?;
        }
        Ok(scratch)
    }

    /// Writes a workspace around packages that are there already, or will be.
    pub(crate) fn around(name: &str, packages: &[&str]) -> io::Result<Self> {
        let target = target();
        let scratch = Self { root: target.join(name), target };
        shared::around(&scratch.root, packages)?;
        Ok(scratch)
    }

    /// The folder of a package.
    pub(crate) fn package(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Writes a file beside the packages.
    pub(crate) fn put(&self, path: &str, text: &str) -> io::Result<PathBuf> {
        let path = self.root.join(path);
        shared::put(&path, text)?;
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
        // A package may be called as its program is.
        let mut name = program.file_name().unwrap_or(program.as_os_str()).to_owned();
        name.push(".program");
        let own = self.root.join(name);
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
