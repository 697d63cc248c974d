//! Fixtures say what they show.

use std::collections::BTreeSet;

use acceptance::fixtures::{Fixture, accepted, below, rejected};

#[test]
fn every_fixture_starts_with_a_comment() {
    for Fixture { folder, case, text } in accepted().into_iter().chain(rejected()) {
        let first = text.lines().next().unwrap_or_default();
        assert!(first.starts_with("# ") && first.ends_with('.') && first.len() > 20, "{folder}/{case}: {first}");
    }
}

#[test]
fn fixtures_stand_in_one_folder_each_and_are_yaml() {
    for path in below("fixtures/accept").into_iter().chain(below("fixtures/reject")) {
        assert!(path.extension().is_some_and(|it| it == "yaml"), "{}", path.display());
    }
}

#[test]
fn the_name_of_an_api_is_its_own() {
    let all = accepted();
    let names: BTreeSet<_> = all.iter().map(Fixture::api).collect();
    assert_eq!(names.len(), all.len());
}

/// Accepted all the same: what is shown is how a mistake is put right.
const REPAIRED: &[&str] = &["responses-none"];

#[test]
fn accepted_fixtures_are_free_of_complaints() {
    for fixture in accepted().into_iter().filter(|it| !REPAIRED.contains(&it.api().as_str())) {
        let compiled = acceptance::pipeline::compile(&fixture.api(), &fixture.document());
        let listing = acceptance::pipeline::print(&compiled);
        assert!(!acceptance::pipeline::has_complaints(&compiled), "{}/{}:\n{listing}", fixture.folder, fixture.case);
    }
}
