//! What `diff` says about Rust and about the wire, held against the compiler and against clients and servers that run.
//!
//! Both versions of every edit are modules of one crate. A caller of the old version is compiled against both; the old
//! client calls the new server, and the new client the old server.

mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use acceptance::{fixtures, pipeline};
use specwright::diff::{Judgement, Level, Report, Side, diff, public_items};
use specwright::document::NoFiles;
use specwright::output::Files;
use specwright::plan::Naming;
use specwright::{Choices, Compiled, compile_with};

use crate::workspace::{Package, Workspace, rendered};
use table::{Change, EDITS, Edit};

const MANIFEST: &str = "[package]
name = \"callers\"
version.workspace = true
edition.workspace = true
autoexamples = false

[dependencies]
axum.workspace = true
edits = { path = \"../edits\", features = [\"stand-in\"] }
tokio.workspace = true
";

impl Edit {
    /// The document in both versions, with the operations that the edit is about.
    fn versions(&self, idx: usize) -> [Compiled; 2] {
        let (_, source, old) =
            fixtures::specs().into_iter().find(|(name, ..)| name == self.document).expect("a document of ours");
        let new = self.changes.iter().fold(old.clone(), |text, change| change.apply(&text));
        assert_ne!(old, new, "{}", self.name);
        let config = format!(
            "[[output]]\npath = \"a\"\n[[output.api]]\ndocument = \"a.yaml\"\nselect.operations = {:?}\n",
            self.operations
        );
        let config = specwright::config::read(&config).expect("a configuration");
        let entry = &config.output[0].api[0];
        let compile = |version: &str, text: String| {
            let naming = Naming { name: module(idx, version), source: source.clone() };
            let choices = Choices { selection: entry.selection(), ..Choices::default() };
            compile_with(&naming, text, &NoFiles, &choices)
        };
        [compile("old", old), compile("new", new)]
    }
}

impl Change {
    fn apply(&self, text: &str) -> String {
        match self {
            Self::After(anchor, from, to) => {
                let start = text.find(anchor).expect(anchor);
                let at = start + text[start..].find(from).expect(from);
                format!("{}{to}{}", &text[..at], &text[at + from.len()..])
            }
            Self::Without(start, end) => {
                let from = text.find(start).expect(start);
                let to = from + text[from..].find(end).expect(end);
                format!("{}{}", &text[..from], &text[to..])
            }
            Self::Everywhere(from, to) => text.replace(from, to),
        }
    }
}

fn module(idx: usize, version: &str) -> String {
    format!("e{idx:02}_{version}")
}

/// Whether somebody breaks, by the report about two versions.
fn breaks(old: &Compiled, new: &Compiled, judgement: Judgement) -> bool {
    // The two crates stand at one place, as they do in a project.
    let files = |it: &Compiled| -> Files {
        let mut plan = it.plan.clone().expect("a document without errors");
        "api".clone_into(&mut plan.module);
        "api".clone_into(&mut plan.feature);
        pipeline::render(&[plan])
    };
    let (olds, news) = public_items(&files(old), &files(new));
    let side = |name: &str, compiled, items| Side { name: name.to_owned(), compiled, items: Some(items) };
    let report: Report = diff("api", &side("old", old, olds), &side("new", new, news)).expect("both can be read");
    report.count(judgement, Level::Breaking) > 0
}

/// A caller of one version as a library of its own.
fn caller(body: &str, module: &str) -> String {
    format!(
        "//! A caller.\n#![allow(unused, deprecated)]\nuse edits::support;\nuse edits::{module}::{{client::Client, models, operations, server}};\n\n\
         type Fault = Box<dyn std::error::Error>;\n\nfn id() -> Result<support::Uuid, Fault> {{ Ok(\"{ID}\".parse()?) }}\n\n\
         pub async fn call(client: Client) -> Result<(), Fault> {{\n{body}\nOk(())\n}}\n"
    )
}

const ID: &str = "3c90c3cc-0d44-4b50-8888-8dd25736052a";

/// A program in which each client calls the server of the other version, and says how that ended.
fn program() -> String {
    let mut modules = String::new();
    let mut calls = String::new();
    for (idx, edit) in EDITS.iter().enumerate() {
        for (client, server, body) in [("old", "new", edit.caller), ("new", "old", edit.moved.unwrap_or(edit.caller))] {
            let (client, server) = (module(idx, client), module(idx, server));
            let _ = write!(modules, "mod {client} {{\n{}\n}}\n", caller(body, &client));
            let _ = writeln!(
                calls,
                "    let transport = ServiceTransport::new(edits::{server}::examples::router(), Body::from);\n    \
                 let client = edits::{client}::client::Client::new(Config::with_transport(\"http://localhost\", transport))?;\n    \
                 say(\"{client}\", {client}::call(client.with_bearer_auth(\"demo\")).await);"
            );
        }
    }
    format!(
        "//! Clients and servers of different versions.\n\nuse axum::body::Body;\nuse edits::support::client::{{Config, ServiceTransport}};\n\n\
         {modules}\ntype Ended = Result<(), Box<dyn std::error::Error>>;\n\n\
         fn say(name: &str, ended: Ended) {{\n    let ended = ended.map_or_else(|it| it.to_string().replace('\\n', \" \"), |()| \"ok\".to_owned());\n    \
         println!(\"{{name}} {{ended}}\");\n}}\n\n#[tokio::main(flavor = \"current_thread\")]\nasync fn main() -> Ended {{\n{calls}    Ok(())\n}}\n"
    )
}

/// The crate with both versions, and the callers.
fn workspace(versions: &[[Compiled; 2]]) -> Workspace {
    let plans: Vec<_> =
        versions.iter().flatten().map(|it| it.plan.clone().expect("a document without errors")).collect();
    let files = rendered("edits", &plans);
    let mut callers = Package::from([("src/main.rs".to_owned(), program())]);
    let mut manifest = MANIFEST.to_owned();
    for (idx, edit) in EDITS.iter().enumerate() {
        for version in ["old", "new"] {
            let name = module(idx, version);
            let _ = write!(manifest, "\n[[example]]\nname = \"{name}\"\ncrate-type = [\"lib\"]\n");
            callers.insert(format!("examples/{name}.rs"), caller(edit.caller, &name));
        }
    }
    callers.insert("Cargo.toml".to_owned(), manifest);
    Workspace::write("edits", &[("edits", files), ("callers", callers)])
}

#[test]
fn verdicts_are_those_of_the_compiler_and_of_programs_that_run() {
    let versions: Vec<_> = EDITS.iter().enumerate().map(|(idx, edit)| edit.versions(idx)).collect();
    let workspace = workspace(&versions);
    let ended: BTreeMap<String, String> = workspace
        .output(&["run", "--quiet", "--offline", "--package", "callers"])
        .lines()
        .filter_map(|line| line.split_once(' ').map(|(name, ended)| (name.to_owned(), ended.to_owned())))
        .collect();
    let failed = workspace.failed_examples("callers");
    let mut faults = Vec::new();
    for (idx, (edit, [old, new])) in EDITS.iter().zip(&versions).enumerate() {
        let mut same = |what: &str, seen: bool, said: bool| {
            if seen != said {
                faults.push(format!("{}: {what}: {seen}, and `diff` says {said}", edit.name));
            }
        };
        let compiles = |version: &str| !failed.contains(&module(idx, version));
        same("the old caller fails to compile against the old version", !compiles("old"), false);
        same("the old caller fails to compile against the new version", !compiles("new"), edit.breaks);
        same("callers break", !compiles("new"), breaks(old, new, Judgement::Rust));
        let end = |version: &str| ended.get(&module(idx, version)).map_or("it was not run", String::as_str);
        let what = format!("the old client fails at the new server ({})", end("old"));
        same(&what, end("old") != "ok", breaks(old, new, Judgement::Wire));
        let what = format!("the new client fails at the old server ({})", end("new"));
        same(&what, end("new") != "ok", breaks(new, old, Judgement::Wire));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn half_of_the_edits_break_callers() {
    let names: BTreeSet<_> = EDITS.iter().map(|it| it.name).collect();
    assert_eq!((names.len(), EDITS.iter().filter(|it| it.breaks).count()), (20, 10));
}
