//! The schema tables of all fixtures: whoever follows references arrives.

use acceptance::fixtures;
use acceptance::pipeline;
use serde_json::Value;

/// The entries that one refers to in place.
fn next(entry: &Value) -> Vec<&str> {
    let parts = entry.get("allOf").and_then(Value::as_array).into_iter().flatten();
    let references = parts.chain([entry]).filter_map(|it| it.get("$ref")?.as_str()?.strip_prefix('#'));
    references.collect()
}

#[test]
fn no_reference_leads_back_to_itself_in_place() {
    let mut followed = 0;
    for fixture in fixtures::accepted() {
        let plan = pipeline::plan(&fixture.api(), &fixture.document());
        let tables: Value = serde_json::from_str(&plan.tables).expect("tables are JSON");
        let tables = tables.as_object().expect("tables are an object");
        for key in tables.keys() {
            let mut paths = vec![vec![key.as_str()]];
            while let Some(path) = paths.pop() {
                let last = path.last().copied().unwrap_or_default();
                let entry = tables.get(last).unwrap_or_else(|| panic!("{}: no `{last}`", fixture.api()));
                for target in next(entry) {
                    assert!(!path.contains(&target), "{}: {path:?}", fixture.api());
                    paths.push(path.iter().copied().chain([target]).collect());
                    followed += 1;
                }
            }
        }
    }
    assert!(followed > 3, "only {followed} references were followed");
}
