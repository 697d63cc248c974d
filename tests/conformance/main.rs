//! Generated types mean what JSON Schema says: groups of ours in the form of the JSON Schema Test Suite, which lies
//! beside some checkouts only.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs `cargo xtask conformance`: whether it succeeds, and what it prints.
fn conformance(arguments: &[&str], folder: &Path) -> (bool, String) {
    let mut command = Command::new(acceptance::command::xtask());
    let output = command.arg("conformance").args(arguments).arg(folder).output().unwrap();
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

/// All in one, since the runs share the folder that they build in.
#[test]
fn groups_are_decided_and_failures_are_told() {
    let ours = PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("tests/suite");
    for arguments in [&[][..], &["--nested"]] {
        let (succeeds, printed) = conformance(arguments, &ours);
        assert!(succeeds, "{printed}");
        assert!(printed.contains("draft4/components/02 (1 tests): items: a list"), "{printed}");
        assert!(printed.contains("remote reference: https://example.com/elsewhere.json"), "{printed}");
    }

    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("draft2020-12");
    fs::create_dir(&draft).unwrap();
    let group = r#"[{"description": "wrong", "schema": {"type": "boolean"}, "tests": [
        {"description": "a boolean", "data": true, "valid": false},
        {"description": "null", "data": null, "valid": true}
    ]}]"#;
    fs::write(draft.join("wrong.json"), group).unwrap();
    let (succeeds, printed) = conformance(&[], folder.path());
    assert!(!succeeds, "{printed}");
    assert!(printed.contains("draft2020-12/wrong/00, a boolean: invalid, but accepted"), "{printed}");
    assert!(
        printed.contains("draft2020-12/wrong/00, null: valid, but rejected: must be a boolean (type)"),
        "{printed}"
    );
}
