//! A workspace that a test writes, and cargo in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use acceptance::fixtures;

/// The files of a package by their paths in it.
pub(crate) type Package = BTreeMap<String, String>;

/// A workspace below the folder of the build.
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// Writes the workspace; files that are as they should be keep their time, so that a second run builds nothing.
    pub(crate) fn write(name: &str, packages: &[(&str, Package)]) -> Self {
        let temporary = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
        let target = temporary.parent().expect("a folder of the build").to_owned();
        let workspace = Self { root: temporary.join(name), target };
        let ours = fixtures::workspace();
        let manifest = fs::read_to_string(ours.join("Cargo.toml")).expect("the workspace's manifest");
        let members: Vec<_> = packages.iter().map(|(package, _)| format!("\"{package}\"")).collect();
        let members = format!("members = [{}]", members.join(", "));
        let lines = manifest.lines().filter(|line| !line.contains("{ path = \""));
        let lines = lines.map(|line| if line.starts_with("members = ") { &members } else { line });
        put(&workspace.root.join("Cargo.toml"), &(lines.collect::<Vec<_>>().join("\n") + "\n"));
        // What we ask of ourselves is not asked of generated code: it keeps to the defaults.
        put(&workspace.root.join("clippy.toml"), "");
        let lock = fs::read_to_string(ours.join("Cargo.lock")).expect("the workspace's lock file");
        if !workspace.root.join("Cargo.lock").exists() {
            put(&workspace.root.join("Cargo.lock"), &lock);
        }
        for (package, files) in packages {
            workspace.package(package, files);
        }
        workspace
    }

    fn package(&self, name: &str, files: &Package) {
        let package = self.root.join(name);
        for (path, text) in files {
            put(&package.join(path), text);
        }
        for path in fixtures::files(&package) {
            let name = path.strip_prefix(&package).expect("a file below its folder");
            if !files.contains_key(&*name.to_string_lossy()) {
                fs::remove_file(&path).expect("an old file can go");
            }
        }
    }

    /// Runs cargo, which must succeed.
    pub(crate) fn cargo(&self, args: &[&str]) {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args(args).current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target).env_remove("RUSTFLAGS");
        // Programs talk over loopback sockets, whatever proxy there is.
        command.env("NO_PROXY", "127.0.0.1");
        let output = command.output().expect("cargo runs");
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{out}{err}");
    }
}

fn put(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|found| found == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
    fs::write(path, text).expect("a file can be written");
}
