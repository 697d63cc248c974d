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
fn a_branch_with_a_pointer_of_its_own_is_called_by_its_title_or_by_its_number() {
    let size = schemas(&json!({
        "/s": { "oneOf": [{ "$ref": "#/s/oneOf/0" }, { "$ref": "#/s/oneOf/1" }] },
        "/s/oneOf/0": { "type": "integer" },
        "/s/oneOf/1": { "title": "Word", "type": "string" },
    }));
    assert_eq!(
        report(size, &json!(true), Direction::Request),
        "must match exactly one of 2 schemas; branch 1: must be an integer; branch 2 (Word): must be a string (oneOf)"
    );
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

#[test]
fn a_value_that_one_branch_knows_is_no_unknown_value_of_another() {
    let branch = |tag: &str| {
        let tag = json!({ "type": "string", "enum": [tag], "x-open": true });
        json!({ "type": "object", "required": ["tag"], "properties": { "tag": tag } })
    };
    let union = pets(json!({ "oneOf": [branch("a"), branch("b")] }));
    assert_eq!(report(union, &json!({ "tag": "a" }), Direction::Response), "");
    assert_eq!(report(union, &json!({ "tag": "c" }), Direction::Response), "");
    assert!(!report(union, &json!({ "tag": "c" }), Direction::Request).is_empty());
    assert!(!report(union, &json!({ "tag": 1 }), Direction::Response).is_empty());
    let negated = pets(json!({ "not": branch("a") }));
    assert_eq!(report(negated, &json!({ "tag": "c" }), Direction::Response), "");
}

#[test]
fn open_enumerations_keep_values_of_their_own_type_alone() {
    let union = pets(json!({ "type": ["string", "null"], "enum": ["a"], "x-open": true }));
    assert_eq!(report(union, &json!("b"), Direction::Response), "");
    assert_eq!(report(union, &json!(null), Direction::Response), "must be `a` (enum)");
}

#[test]
fn the_branches_decide_where_there_is_no_tag() {
    let key = json!({ "required": ["key"], "properties": { "mode": { "enum": ["key"] } } });
    let role = json!({ "required": ["role"], "properties": { "mode": { "enum": ["role"] } } });
    let union = schemas(&json!({
        "/s": {
            "oneOf": [{ "$ref": "#/key" }, { "$ref": "#/role" }],
            "discriminator": { "propertyName": "mode", "mapping": { "key": "#/key", "role": "#/role" } },
        },
        "/key": key,
        "/role": role,
    }));
    assert_eq!(report(union, &json!({ "key": 1 }), Direction::Request), "");
    assert_eq!(report(union, &json!({ "mode": "key", "key": 1, "role": 1 }), Direction::Request), "");
    assert!(!report(union, &json!({ "key": 1, "role": 1 }), Direction::Request).is_empty());
    assert_eq!(report(union, &json!({ "mode": "role" }), Direction::Request), "/role: is missing (required)");
}

#[test]
fn tags_may_be_numbers_and_booleans() {
    let branch = |value: Value| json!({ "properties": { "tag": { "const": value } }, "required": ["tag"] });
    let tagged = |kind: &str, first: Value, second: Value| {
        let mapping = json!({ first.to_string(): "#/1", second.to_string(): "#/2" });
        schemas(&json!({
            "/s": {
                "oneOf": [{ "$ref": "#/1" }, { "$ref": "#/2" }],
                "discriminator": { "propertyName": "tag", "mapping": mapping, "x-type": kind },
                "x-open": kind == "integer",
            },
            "/1": branch(first),
            "/2": branch(second),
        }))
    };
    let numbers = tagged("integer", json!(1), json!(2));
    assert_eq!(report(numbers, &json!({ "tag": 2.0 }), Direction::Request), "");
    assert_eq!(report(numbers, &json!({ "tag": 3 }), Direction::Response), "");
    let expected = "/tag: must be one of `1`, `2` (discriminator)";
    assert_eq!(report(numbers, &json!({ "tag": 3 }), Direction::Request), expected);
    let expected = "/tag: must be an integer (discriminator)";
    assert_eq!(report(numbers, &json!({ "tag": "1" }), Direction::Request), expected);
    let booleans = tagged("boolean", json!(true), json!(false));
    assert_eq!(report(booleans, &json!({ "tag": false }), Direction::Request), "");
    assert_eq!(report(booleans, &json!({}), Direction::Request), "/tag: is missing (discriminator)");
}

/// What has a number already, and what does not: told apart by marks only.
static RECORDS: Schemas = Schemas::new(
    r##"{
        "/record": { "anyOf": [{ "$ref": "#/stored" }, { "$ref": "#/draft" }] },
        "/stored": {
            "type": "object", "required": ["id", "text"],
            "properties": { "id": { "type": "integer", "readOnly": true }, "text": { "type": "string" } }
        },
        "/draft": {
            "type": "object", "required": ["text"],
            "properties": { "text": { "type": "string" } }
        }
    }"##,
);

crate::support::untagged_union! {
    /// A record.
    pub enum Record: AtLeastOne in RECORDS["/record"] {
        /// With its number.
        "/stored" => Stored(Stored) [as_stored into_stored from],
        /// Without.
        "/draft" => Draft(Draft) [as_draft into_draft from],
    }
}

crate::support::object! {
    /// With its number.
    pub struct Stored in RECORDS["/stored"] {
        required id: i64 = "id",
        required text: String = "text",
    }
    dropped,
    holds always,
}

crate::support::object! {
    /// Without.
    pub struct Draft in RECORDS["/draft"] {
        required text: String = "text",
    }
    dropped,
    holds always,
}

#[test]
fn the_branch_is_that_of_the_direction() {
    let text = br#"{ "text": "a" }"#;
    let answered = crate::support::decode_response::<Record>(text).expect("a draft");
    assert!(answered.as_draft().is_some(), "{answered:?}");
    let stored = crate::support::decode_response::<Record>(br#"{ "id": 1, "text": "a" }"#).expect("a record");
    assert!(stored.as_stored().is_some(), "{stored:?}");
    assert!(crate::support::decode_response::<Record>(br#"{ "id": 1 }"#).is_err());
}
