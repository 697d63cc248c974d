//! Every code has a fixture, and every fixture reports its code and no other.

use std::collections::BTreeSet;

use acceptance::{fixtures, pipeline};
use specwright::diagnostics::{Code, Severity};

/// Codes that no document reaches yet, each with its reason.
const UNREACHED: &[(Code, &str)] = &[
    (Code::InvalidOverlay, "only an overlay has it: `generator/tests/front_end/overlays.rs`"),
    (Code::UnmatchedAction, "only an overlay has it: `generator/tests/front_end/overlays.rs`"),
];

#[test]
fn every_code_has_a_fixture() {
    let folders: BTreeSet<_> = fixtures::rejected().into_iter().map(|it| it.folder).collect();
    let unreached = |code: &Code| UNREACHED.iter().any(|(it, _)| it == code);
    let codes: BTreeSet<_> = Code::ALL.iter().filter(|it| !unreached(it)).map(|it| it.as_str().to_owned()).collect();
    assert_eq!(folders, codes);
}

#[test]
fn each_fixture_reports_its_code_and_no_other() {
    for fixture in fixtures::rejected() {
        let compiled = pipeline::compile(&fixture.case, &fixture.text);
        let found = pipeline::codes(&compiled);
        assert_eq!(found, [&fixture.folder], "{}/{}:\n{}", fixture.folder, fixture.case, pipeline::print(&compiled));
        let code = Code::ALL.iter().find(|it| it.as_str() == fixture.folder);
        let is_error = code.is_some_and(|it| it.severity() == Severity::Error);
        assert_eq!(compiled.plan.is_none(), is_error, "{}/{}", fixture.folder, fixture.case);
    }
}

#[test]
fn every_code_is_explained_by_a_name_of_its_own() {
    let names: BTreeSet<_> = Code::ALL.iter().map(|it| it.as_str()).collect();
    assert_eq!(names.len(), Code::ALL.len());
    for code in Code::ALL {
        assert!(code.explanation().ends_with('.'), "{code}: {}", code.explanation());
    }
}
