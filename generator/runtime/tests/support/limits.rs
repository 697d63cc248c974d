//! No instance makes the checker panic, hang or overflow the stack.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::check::{report, schemas};
use crate::support::Direction;

#[track_caller]
fn quickly<T>(run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = run();
    assert!(start.elapsed() < Duration::from_secs(10), "took {:?}", start.elapsed());
    result
}

/// Objects that hold each other under `name`, `depth` levels deep.
fn nested(name: &str, depth: usize, inner: Value) -> Value {
    (0..depth).fold(inner, |value, _| Value::Object([(name.to_owned(), value)].into_iter().collect()))
}

#[test]
fn references_without_progress_say_nothing() {
    let table = schemas(&json!({
        "/s": { "$ref": "#/a" },
        "/a": { "allOf": [{ "$ref": "#/b" }] },
        "/b": { "anyOf": [{ "$ref": "#/a" }, { "$ref": "#/s" }], "type": "string" },
    }));
    assert_eq!(report(table, &json!("x"), Direction::Request), "");
    assert_eq!(report(table, &json!(1), Direction::Request), "must be a string (type)");
}

#[test]
fn parents_and_children_may_refer_to_each_other() {
    let table = schemas(&json!({
        "/s": { "oneOf": [{ "$ref": "#/cat" }, { "$ref": "#/dog" }], "required": ["kind"] },
        "/cat": { "allOf": [{ "$ref": "#/s" }], "properties": { "kind": { "const": "cat" } } },
        "/dog": { "allOf": [{ "$ref": "#/s" }], "properties": { "kind": { "const": "dog" } } },
    }));
    assert_eq!(report(table, &json!({ "kind": "cat" }), Direction::Request), "");
    assert_ne!(report(table, &json!({ "kind": "cow" }), Direction::Request), "");
}

#[test]
fn deep_instances_are_refused_and_not_followed() {
    let table = schemas(&json!({
        "/s": { "type": "object", "properties": { "next": { "oneOf": [{ "type": "null" }, { "allOf": [{ "$ref": "#/s" }] }] } } },
    }));
    // As deep as a parser goes.
    assert_eq!(report(table, &nested("next", 127, json!(null)), Direction::Request), "");
    let deep = report(table, &nested("next", 1_000, json!(null)), Direction::Request);
    assert_eq!(deep, "is nested too deeply to be checked (depth)");
    let negated = schemas(
        &json!({ "/s": { "not": { "$ref": "#/n" } }, "/n": { "required": ["next"], "properties": { "next": { "$ref": "#/n" } } } }),
    );
    assert_eq!(report(negated, &nested("next", 1_000, json!(1)), Direction::Request), deep);
    let unique = schemas(&json!({ "/s": { "uniqueItems": true } }));
    let item = || nested("a", 1_000, json!(1));
    report(unique, &json!([item(), item(), item()]), Direction::Request);
}

#[test]
fn unions_within_unions_do_not_multiply() {
    let side = json!({ "$ref": "#/s" });
    let operation = |name: &str| json!({ "type": "object", "required": [name], "properties": { "left": side, "right": side, name: { "type": "integer" } } });
    let names = ["a", "b", "c", "d"];
    let mut branches: Vec<_> = names.iter().map(|it| operation(it)).collect();
    branches.push(json!({ "type": "integer" }));
    let table = schemas(&json!({ "/s": { "oneOf": branches } }));
    let tree = |leaf: Value| (0..40).fold(leaf, |it, _| json!({ "left": it, "right": 1, "d": 1 }));
    assert_eq!(quickly(|| report(table, &tree(json!(1)), Direction::Request)), "");
    let message = quickly(|| report(table, &tree(json!("x")), Direction::Request));
    assert!(message.len() < 10_000, "{}", message.len());
}

#[test]
fn unique_items_takes_the_time_of_sorting() {
    let table = schemas(&json!({ "/s": { "uniqueItems": true } }));
    let mut items: Vec<_> = (0..20_000).map(|it| json!({ "id": it, "tags": ["a", "b"] })).collect();
    assert_eq!(quickly(|| report(table, &json!(items), Direction::Request)), "");
    items.push(json!({ "tags": ["a", "b"], "id": 5.0 }));
    assert_eq!(quickly(|| report(table, &json!(items), Direction::Request)), "must not have equal items (uniqueItems)");
}

#[test]
fn a_report_stays_small() {
    let table = schemas(&json!({ "/s": { "additionalProperties": { "items": { "type": "string" } } } }));
    let name = "n".repeat(100_000);
    let violations = table.check("/s", &json!({ name: vec![1; 100_000] }), Direction::Request);
    assert_eq!((violations.len(), violations.truncated()), (100, true));
    assert!(violations.to_string().len() < 100_000);
}
