//! The test suites of the workspace: which question each answers, how long it takes, and who runs it.
//!
//! The table drives `cargo xtask test --quick`, what the task says before it starts, and `tests/README.md`.

use std::fmt::Write as _;

/// How a suite finds out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SuiteKind {
    /// In the process of the test: part of `--quick`.
    InProcess,
    /// It generates crates and builds them: for a change of what is generated, and for CI.
    Builds,
}

/// A target of `cargo test`.
pub(crate) struct Suite {
    /// The name of the target, such as `wire`.
    pub(crate) name: &'static str,
    pub(crate) question: &'static str,
    /// Seconds on two quiet cores when everything is built, rounded up.
    pub(crate) seconds: u32,
    pub(crate) kind: SuiteKind,
}

const fn quick(name: &'static str, seconds: u32, question: &'static str) -> Suite {
    Suite { name, question, seconds, kind: SuiteKind::InProcess }
}

const fn builds(name: &'static str, seconds: u32, question: &'static str) -> Suite {
    Suite { name, question, seconds, kind: SuiteKind::Builds }
}

/// Sorted by what they look at: from the text of a document to a program that uses what was made of it.
pub(crate) const SUITES: &[Suite] = &[
    quick("xtask", 1, "Do the tasks know all suites, and judge outside material as they say?"),
    quick("front_end", 8, "Is a document read, checked and resolved as the specification says, with its places?"),
    quick("diagnostics", 1, "What is said about wrong documents, and does every code have a document that shows it?"),
    quick("diff", 22, "Is every breaking change between two versions found, and no spelling called one?"),
    quick("pipeline", 31, "Which Rust comes out of a fixture, and what never changes when a document grows?"),
    quick("apis", 11, "Do the documents in `specs/` hold what the published pages name, with where it is from?"),
    quick("config", 12, "Does every key of `specwright.toml` do what it says, and is each mistake in it located?"),
    quick("support", 3, "Does the run time keep what it promises, alone?"),
    quick(
        "tidy",
        4,
        "Are the house rules kept: layers, sizes, words, snapshots, and what the pages about the house say?",
    ),
    builds(
        "fresh",
        55,
        "Is the tree on disk up to date, written whole or not at all, also when runs meet or are killed?",
    ),
    quick("wire", 1, "What do generated models accept, refuse and write, and where do they say a mistake is?"),
    quick("agreement", 3, "Do generated code, our checker and an independent validator agree on random instances?"),
    quick("http", 12, "Do generated clients and servers understand each other, and refuse what they must?"),
    quick("observe", 2, "Does an overlay of what was seen make a document true, and tell nothing that it should not?"),
    quick("mock", 1, "Does a stand-in of any document keep its items, and a proxy tell what deviates?"),
    quick("program", 1, "What does the program that serves a document say, and what does it refuse?"),
    builds(
        "embed",
        95,
        "Can other workspaces use it: in a build script, a task, a test, and as a program that watches?",
    ),
    builds(
        "walks",
        25,
        "Do the walks of `ARCHITECTURE.md` lead to a keyword and to an output, by what they name alone?",
    ),
    builds("media", 8, "Do bodies of every media type travel both ways?"),
    builds("conformance", 20, "Do generated types mean what JSON Schema says?"),
    builds("compile", 200, "Does every fixture compile without a warning, and do programs over generated code pass?"),
    builds("readme", 55, "Do the commands and excerpts of the README and the guide say what really happens?"),
];

/// The suites that the quick run leaves out.
pub(crate) fn left_out() -> impl Iterator<Item = &'static Suite> {
    SUITES.iter().filter(|it| it.kind != SuiteKind::InProcess)
}

/// The suites of the quick run.
pub(crate) fn quick_ones() -> impl Iterator<Item = &'static Suite> {
    SUITES.iter().filter(|it| it.kind == SuiteKind::InProcess)
}

/// Two halves of about the same time.
pub(crate) fn halves(suites: impl Iterator<Item = &'static Suite>) -> [Vec<&'static Suite>; 2] {
    let mut suites: Vec<_> = suites.collect();
    suites.sort_by_key(|it| std::cmp::Reverse(it.seconds));
    let mut halves = [Vec::new(), Vec::new()];
    for suite in suites {
        if let Some(half) = halves.iter_mut().min_by_key(|it| seconds(it)) {
            half.push(suite);
        }
    }
    halves
}

fn seconds(suites: &[&Suite]) -> u32 {
    suites.iter().map(|it| it.seconds).sum()
}

/// The arguments of `cargo test` that choose suites.
pub(crate) fn arguments(chosen: impl Iterator<Item = &'static Suite>) -> Vec<&'static str> {
    let target = |it: &Suite| [if it.name == TASKS { "--bin" } else { "--test" }, it.name];
    chosen.flat_map(target).collect()
}

/// The one program with tests inside: everything else is tested from outside.
const TASKS: &str = "xtask";

/// Minutes of some suites, rounded up.
pub(crate) fn minutes<'a>(suites: impl Iterator<Item = &'a Suite>) -> u32 {
    suites.map(|it| it.seconds).sum::<u32>().div_ceil(60)
}

/// The table of `tests/README.md`.
pub(crate) fn table() -> String {
    let mut out = String::from("| suite | question | seconds | in `--quick` |\n| --- | --- | --: | --- |\n");
    for Suite { name, question, seconds, kind } in SUITES {
        let chosen = if *kind == SuiteKind::InProcess { "yes" } else { "no: it builds crates" };
        let _ = writeln!(out, "| `{name}` | {question} | {seconds} | {chosen} |");
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::tools::cargo;

    #[test]
    fn every_test_target_of_the_workspace_is_a_suite() {
        let output = cargo().args(["metadata", "--no-deps", "--format-version", "1", "--offline"]).output().unwrap();
        let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let packages = metadata["packages"].as_array().expect("packages");
        let targets = packages.iter().flat_map(|it| it["targets"].as_array().expect("targets"));
        let tests: BTreeSet<_> =
            targets.filter(|it| it["kind"][0] == "test").filter_map(|it| it["name"].as_str()).collect();
        let suites: BTreeSet<_> = SUITES.iter().map(|it| it.name).filter(|it| *it != TASKS).collect();
        assert_eq!(tests, suites, "`suites.rs` names every test target, and no other");
    }

    #[test]
    fn the_quick_run_takes_less_than_two_minutes() {
        assert!(minutes(quick_ones()) <= 2);
    }
}
