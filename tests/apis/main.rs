//! Whole APIs: the documents that `specs/` grows towards, each with every operation that its vendor's pages name.
//!
//! They are larger and use more of OpenAPI than the fixtures, so they show early what breadth costs.

use std::fs;

use acceptance::pipeline;

/// The documents with the number of their operations, webhooks and named schemas.
const DOCUMENTS: &[(&str, usize, usize, usize)] = &[
    ("brms", 9, 0, 15),
    ("hbg-dta", 4, 0, 12),
    ("hbg-portal-v1", 21, 2, 25),
    ("hbg-portal-v2", 19, 0, 24),
    ("hbg-ramp", 40, 2, 54),
    ("hbg-services", 1, 0, 7),
    ("nexudus", 6, 0, 13),
    ("nuweb", 7, 0, 34),
];

fn text(name: &str) -> std::io::Result<String> {
    fs::read_to_string(acceptance::fixtures::workspace().join(format!("tests/fixtures/apis/{name}.yaml")))
}

#[test]
fn every_operation_and_schema_is_understood() {
    for (name, operations, webhooks, schemas) in DOCUMENTS {
        let compiled = pipeline::compile(name, &text(name).expect("a document"));
        assert!(!compiled.diagnostics.has_errors(), "{}", pipeline::print(&compiled));
        let api = compiled.api.expect("an API");
        let counts = (api.operations.len(), api.webhooks.len(), api.components.len());
        assert_eq!(counts, (*operations, *webhooks, *schemas), "{name}");
    }
}

#[test]
fn they_make_one_crate_together() {
    let plans: Vec<_> =
        DOCUMENTS.iter().map(|(name, ..)| pipeline::plan(name, &text(name).expect("a document"))).collect();
    let files = pipeline::render(&plans);
    for plan in &plans {
        assert!(files.get(&format!("src/{}/server.rs", plan.module)).is_some(), "{}", plan.module);
    }
}
