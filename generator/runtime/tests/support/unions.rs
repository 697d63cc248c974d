//! `anyOf`, `oneOf` and the discriminator.

use serde_json::{Value, json};

use super::check::{report, schemas};
use crate::support::{Direction, Schemas};

#[expect(clippy::needless_pass_by_value, reason = "the literals of the cases read best as they are")]
fn pets(union: Value) -> &'static Schemas {
    schemas(&json!({
        "/s": union,
        "/components/schemas/Cat": {
            "type": "object",
            "required": ["kind", "lives"],
            "properties": { "kind": { "const": "cat" }, "lives": { "type": "integer" } },
        },
        "/components/schemas/Dog": {
            "type": "object",
            "required": ["kind", "bark"],
            "properties": { "kind": { "enum": ["dog", "Dog"] }, "bark": { "type": "string" } },
        },
    }))
}

fn branches() -> Value {
    json!([{ "$ref": "#/components/schemas/Cat" }, { "$ref": "#/components/schemas/Dog" }])
}

#[test]
fn a_report_says_why_each_branch_failed() {
    let pets = pets(json!({ "oneOf": branches() }));
    assert_eq!(report(pets, &json!({ "kind": "cat", "lives": 9 }), Direction::Request), "");
    assert_eq!(
        report(pets, &json!({ "kind": "cat" }), Direction::Request),
        "must match exactly one of 2 schemas; branch 1 (Cat): /lives is missing; \
         branch 2 (Dog): /bark is missing, /kind must be one of `dog`, `Dog` (oneOf)"
    );
    let many = self::pets(
        json!({ "anyOf": (0..20).map(|it| json!({ "title": format!("T{it}"), "minimum": 9 })).collect::<Vec<_>>() }),
    );
    let message = report(many, &json!(1), Direction::Request);
    assert!(message.contains("branch 8 (T7): must be at least 9; and 12 others (anyOf)"), "{message}");
}

#[test]
fn one_of_is_exactly_one_and_any_of_is_some() {
    let one = pets(json!({ "oneOf": [{ "minimum": 1 }, { "title": "Even", "multipleOf": 2 }, { "const": 9 }] }));
    assert_eq!(report(one, &json!(1), Direction::Request), "");
    assert_eq!(
        report(one, &json!(2), Direction::Request),
        "must match exactly one of 3 schemas, but matches 2: branch 1, branch 2 (Even) (oneOf)"
    );
    let any = pets(json!({ "anyOf": [{ "minimum": 1 }, { "multipleOf": 2 }] }));
    assert_eq!(report(any, &json!(2), Direction::Request), "");
    assert_eq!(
        report(any, &json!(-1), Direction::Request),
        "must match at least one of 2 schemas; branch 1: must be at least 1; branch 2: must be a multiple of 2 (anyOf)"
    );
}

#[test]
fn a_nullable_reference_reports_what_is_wrong_with_the_value() {
    let pets = pets(json!({ "anyOf": [{ "$ref": "#/components/schemas/Cat" }, { "type": "null" }] }));
    assert_eq!(report(pets, &json!(null), Direction::Request), "");
    assert_eq!(report(pets, &json!({ "kind": "cat" }), Direction::Request), "/lives: is missing (required)");
}

#[test]
fn a_discriminator_selects_the_branch_to_report() {
    let discriminator = json!({ "propertyName": "kind", "mapping": { "cat": "#/components/schemas/Cat" } });
    let pets = pets(json!({ "oneOf": branches(), "discriminator": discriminator, "x-open": true }));
    assert_eq!(report(pets, &json!({ "kind": "cat" }), Direction::Request), "/lives: is missing (required)");
    // The name of a schema that the mapping leaves out stands for it.
    assert_eq!(report(pets, &json!({ "kind": "Dog" }), Direction::Request), "/bark: is missing (required)");
    assert_eq!(
        report(pets, &json!({ "kind": "cow" }), Direction::Request),
        "/kind: must be one of `Dog`, `cat` (discriminator)"
    );
    assert_eq!(report(pets, &json!({ "kind": "cow" }), Direction::Response), "");
    assert_eq!(report(pets, &json!({}), Direction::Request), "/kind: is missing (discriminator)");
    assert_eq!(report(pets, &json!({ "kind": 1 }), Direction::Response), "/kind: must be a string (discriminator)");
    assert!(report(pets, &json!(1), Direction::Request).ends_with("(oneOf)"));
}

#[test]
fn a_closed_discriminator_is_closed_in_both_directions() {
    let pets = pets(json!({ "oneOf": branches(), "discriminator": { "propertyName": "kind" } }));
    let expected = "/kind: must be one of `Cat`, `Dog` (discriminator)";
    assert_eq!(report(pets, &json!({ "kind": "cow" }), Direction::Response), expected);
}

#[test]
fn matching_gives_the_branches_that_accept() {
    let pets = pets(json!(true));
    let pointers = ["/components/schemas/Cat", "/components/schemas/Dog", "/s"];
    assert_eq!(pets.matching(&pointers, &json!({ "kind": "dog", "bark": "" }), Direction::Request), [1, 2]);
    assert_eq!(pets.matching(&pointers, &json!(1), Direction::Request), [2]);
}
