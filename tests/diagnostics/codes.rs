//! Every code has a fixture, and every fixture reports its code and no other.

use std::collections::BTreeSet;

use acceptance::{fixtures, pipeline};
use specwright::Compiled;
use specwright::diagnostics::{Code, Consequence, Severity};

/// Codes that no document reaches yet, each with its reason.
const UNREACHED: &[(Code, &str)] = &[
    (Code::InvalidOverlay, "only an overlay has it: `tests/front_end/overlays.rs`"),
    (Code::UnmatchedAction, "only an overlay has it: `tests/front_end/overlays.rs`"),
    (Code::OtherDocument, "only an overlay has it: `tests/front_end/overlays.rs`"),
    (Code::VendoredFile, "only a folder of copies has it: `tests/config/vendor.rs`"),
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
        let mut found = pipeline::codes(&compiled);
        // Something must have gone before nothing is left.
        if fixture.folder == "nothing-left" {
            found.retain(|code| *code != "invalid-path");
        }
        assert_eq!(found, [&fixture.folder], "{}/{}:\n{}", fixture.folder, fixture.case, pipeline::print(&compiled));
    }
}

/// What refuses a document whatever else is in it.
const FINAL: &[Code] = &[Code::Syntax, Code::DuplicateKey, Code::UnsupportedVersion, Code::NothingLeft];

#[test]
fn what_can_be_repaired_or_left_out_refuses_strict_runs_only() {
    for fixture in fixtures::rejected() {
        let Compiled { mut diagnostics, plan, .. } = pipeline::compile(&fixture.case, &fixture.text);
        let code = *Code::ALL.iter().find(|it| it.as_str() == fixture.folder).unwrap();
        let case = format!("{}/{}", fixture.folder, fixture.case);
        assert_eq!(plan.is_none(), FINAL.contains(&code), "{case}");
        assert_eq!(diagnostics.has_errors(), FINAL.contains(&code), "{case}");
        diagnostics.harden();
        let advises = matches!(code, Code::ApproximatedField | Code::UnreachableBranch);
        let stays = code.severity() == Severity::Note || advises;
        assert_eq!(diagnostics.has_errors(), !stays, "{case}");
    }
}

#[test]
fn every_fault_says_what_becomes_of_it() {
    for fixture in fixtures::rejected() {
        let compiled = pipeline::compile(&fixture.case, &fixture.text);
        for finding in compiled.diagnostics.iter() {
            let is_fault = finding.code.severity() == Severity::Error || finding.code == Code::RepairedField;
            let says = finding.consequence != Consequence::Nothing;
            assert!(says || !is_fault, "{}: {}", fixture.case, finding.message);
            assert_eq!(finding.severity == Severity::Error, finding.consequence == Consequence::Refused);
        }
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
