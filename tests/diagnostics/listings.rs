//! The listings, as a terminal shows them.

use acceptance::fixtures::Fixture;
use acceptance::pipeline;
use specwright::listing;

#[test]
fn fixtures() {
    insta::glob!("../fixtures/reject", "**/*.yaml", |path| {
        let fixture = Fixture::read(path);
        insta::assert_snapshot!("listing", pipeline::listing(&fixture.case, &fixture.text));
    });
}

#[test]
fn ten_mistakes_are_reported_at_once() {
    let text = include_str!("ten_mistakes.yaml");
    let mut compiled = pipeline::compile("ten-mistakes", text);
    compiled.diagnostics.harden();
    assert!(compiled.diagnostics.has_errors());
    assert_eq!(pipeline::codes(&compiled).len(), 10);
    insta::assert_snapshot!("ten_mistakes", pipeline::print(&compiled));
}

#[test]
fn tools_get_lines_and_columns() {
    let compiled = pipeline::compile("ten-mistakes", include_str!("ten_mistakes.yaml"));
    let json = listing::to_json(&compiled.diagnostics, &compiled.sources);
    let findings = json.as_array().expect("a list");
    let line = |it: &serde_json::Value| format!("{}:{} {} {}", it["line"], it["column"], it["code"], it["pointer"]);
    insta::assert_snapshot!("ten_mistakes_for_tools", findings.iter().map(line).collect::<Vec<_>>().join("\n"));
}
