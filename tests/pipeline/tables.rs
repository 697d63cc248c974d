//! The schema tables of all fixtures: whoever follows references arrives.

use acceptance::fixtures;
use acceptance::pipeline;
use serde_json::Value;

/// The entry that one refers to in place.
fn next(entry: &Value) -> Option<&str> {
    entry.get("$ref")?.as_str()?.strip_prefix('#')
}

#[test]
fn no_reference_leads_back_to_itself_in_place() {
    let mut followed = 0;
    for fixture in fixtures::accepted() {
        let plan = pipeline::plan(&fixture.api(), &fixture.document());
        let tables: Value = serde_json::from_str(&plan.tables).expect("tables are JSON");
        let tables = tables.as_object().expect("tables are an object");
        for (key, entry) in tables {
            let mut seen = vec![key.as_str()];
            let mut entry = entry;
            while let Some(target) = next(entry) {
                assert!(!seen.contains(&target), "{}: {seen:?}", fixture.api());
                seen.push(target);
                entry = tables.get(target).unwrap_or_else(|| panic!("{}: no `{target}`", fixture.api()));
                followed += 1;
            }
        }
    }
    assert!(followed > 10, "only {followed} references were followed");
}
