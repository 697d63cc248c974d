//! A workspace that a test writes, and cargo in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::{Command, Output};

use acceptance::fixtures;
use acceptance::scratch::{self, Features};
use specwright::plan::ApiPlan;
use specwright::render::{CrateOptions, Delivery, Origin, render};

/// The files of a package by their paths in it.
pub(crate) type Package = BTreeMap<String, String>;

/// The files of a crate of several APIs, over the run time that all such crates share.
pub(crate) fn rendered(name: &str, plans: &[ApiPlan]) -> Package {
    let runtime = fixtures::workspace().join("generator/runtime").to_string_lossy().into_owned();
    let options = CrateOptions {
        name: name.to_owned(),
        description: "What the tests call.".to_owned(),
        workspace: true,
        runtime: Delivery::Depend(Origin::Folder(runtime)),
    };
    let files = render(plans, &options).expect("it can be rendered");
    files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

/// A workspace below the folder of the build.
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Writes the workspace, with dependencies as they are built already; files that are as they should be keep their
    /// time, so that a second run builds nothing.
    pub(crate) fn write(name: &str, packages: &[(&str, Package)]) -> Self {
        Self::write_with(name, packages, Features::AsBuilt)
    }

    /// Writes a workspace whose packages have the features that they ask for and no others.
    pub(crate) fn write_as_asked(name: &str, packages: &[(&str, Package)]) -> Self {
        Self::write_with(name, packages, Features::AsAsked)
    }

    fn write_with(name: &str, packages: &[(&str, Package)], features: Features) -> Self {
        let workspace = Self { root: scratch::in_target(name) };
        let members: Vec<_> = packages.iter().map(|(package, _)| *package).collect();
        scratch::around(&workspace.root, &members).expect("a workspace can be written");
        for (package, files) in packages {
            let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
            scratch::package(&workspace.root.join(package), &files, features).expect("a package can be written");
        }
        workspace
    }

    /// Runs cargo, which must succeed.
    pub(crate) fn cargo(&self, args: &[&str]) {
        self.output(args);
    }

    /// Runs cargo, which must succeed, and gives what it printed.
    pub(crate) fn output(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{out}{err}");
        out.into_owned()
    }

    /// The examples of a package that do not compile, which are libraries; what they need is built already.
    pub(crate) fn failed_examples(&self, package: &str) -> BTreeSet<String> {
        self.broken("build", package, "--examples", "example").into_keys().collect()
    }

    /// The first error of each program of a package that does not compile, by its name.
    pub(crate) fn broken_programs(&self, package: &str) -> BTreeMap<String, String> {
        self.broken("check", package, "--bins", "bin")
    }

    /// Checks or builds all targets of a kind: the first error of each that does not compile; everything else must.
    fn broken(&self, how: &str, package: &str, targets: &str, kind: &str) -> BTreeMap<String, String> {
        let output =
            self.run(&[how, "--offline", "--package", package, targets, "--keep-going", "--message-format=json"]);
        let mut broken = BTreeMap::new();
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let Ok(message) = serde_json::from_str::<serde_json::Value>(line) else { continue };
            if message["message"]["level"] != "error" {
                continue;
            }
            let text = message["message"]["rendered"].as_str().unwrap_or_default();
            assert!(message["target"]["kind"][0] == kind, "the libraries must compile: {text}");
            let name = message["target"]["name"].as_str().unwrap_or_default();
            broken.entry(name.to_owned()).or_insert_with(|| text.to_owned());
        }
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() == broken.is_empty(), "{err}");
        broken
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(scratch::cargo());
        scratch::small(command.args(args).current_dir(&self.root));
        // Programs talk over loopback sockets, whatever proxy there is.
        command.env("NO_PROXY", "127.0.0.1");
        command.output().expect("cargo runs")
    }
}
