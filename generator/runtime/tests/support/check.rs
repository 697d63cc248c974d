//! Each keyword of JSON Schema, with valid and invalid instances.

use serde_json::{Value, json};

use crate::support::{Direction, Schemas};

/// Schemas from a value, under the pointer `/s` of the first and whatever else the table names.
#[track_caller]
pub(crate) fn schemas(table: &Value) -> &'static Schemas {
    let text = table.to_string().leak();
    Box::leak(Box::new(Schemas::new(text)))
}

/// The report in one line a violation; checks that the quick answer is the same.
#[track_caller]
pub(crate) fn report(schemas: &Schemas, instance: &Value, direction: Direction) -> String {
    let violations = schemas.check("/s", instance, direction);
    assert_eq!(violations.is_empty(), schemas.is_valid("/s", instance, direction), "{violations}");
    violations.to_string()
}

#[expect(clippy::needless_pass_by_value, reason = "the literals of the cases read best as they are")]
#[track_caller]
fn valid(schema: Value, instances: &[Value]) {
    let schemas = schemas(&json!({ "/s": schema }));
    for instance in instances {
        assert_eq!(report(schemas, instance, Direction::Request), "", "{instance}");
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the literals of the cases read best as they are")]
#[track_caller]
fn invalid(schema: Value, instances: &[(Value, &str)]) {
    let schemas = schemas(&json!({ "/s": schema }));
    for (instance, expected) in instances {
        assert_eq!(report(schemas, instance, Direction::Request), *expected, "{instance}");
    }
}

#[test]
fn types() {
    valid(json!({ "type": "integer" }), &[json!(1), json!(1.0), json!(1e300), json!(u64::MAX)]);
    invalid(json!({ "type": "integer" }), &[(json!(1.5), "must be an integer (type)")]);
    invalid(json!({ "type": ["string", "null"] }), &[(json!(true), "must be null or a string (type)")]);
    valid(json!(true), &[json!(null)]);
    invalid(json!(false), &[(json!(null), "is not allowed (false)")]);
}

#[test]
fn enumerations_compare_as_json_does() {
    let schema = json!({ "enum": [1, "a", null, [0], { "a": 1, "b": 2.0 }] });
    valid(schema.clone(), &[json!(1.0), json!("a"), json!(null), json!([0.0]), json!({ "b": 2, "a": 1.0 })]);
    let expected = "must be one of 1, `a`, null, a certain array, a certain object (enum)";
    invalid(schema, &[(json!([false]), expected), (json!("1"), expected), (json!({ "a": 1 }), expected)]);
    valid(json!({ "const": { "a": [false] } }), &[json!({ "a": [false] })]);
    invalid(json!({ "const": 0 }), &[(json!(false), "must be 0 (const)"), (json!(-0.5), "must be 0 (const)")]);
    valid(json!({ "const": 0 }), &[json!(-0.0)]);
}

#[test]
fn open_enumerations_keep_unknown_values_in_responses() {
    let schemas = schemas(&json!({ "/s": { "type": "string", "enum": ["a"], "x-open": true } }));
    assert_eq!(report(schemas, &json!("b"), Direction::Request), "must be `a` (enum)");
    assert_eq!(report(schemas, &json!("b"), Direction::Response), "");
    assert_eq!(report(schemas, &json!(1), Direction::Response), "must be a string (type)");
}

#[test]
fn numbers_are_exact() {
    valid(json!({ "multipleOf": 0.0001 }), &[json!(0.0075), json!(0), json!(12), json!(-0.3), json!(1e22)]);
    invalid(json!({ "multipleOf": 0.0001 }), &[(json!(0.00751), "must be a multiple of 0.0001 (multipleOf)")]);
    valid(json!({ "multipleOf": 0.123_456_789 }), &[json!(0.123_456_789)]);
    assert_ne!(
        report(schemas(&json!({ "/s": { "multipleOf": 0.123_456_789 } })), &json!(1e308), Direction::Request),
        ""
    );
    valid(json!({ "multipleOf": 1e-8 }), &[json!(12_391_239_123_i64), json!(1e308)]);
    valid(json!({ "multipleOf": 7 }), &[json!(u64::MAX - u64::MAX % 7), json!("x")]);
    valid(json!({ "minimum": 9_007_199_254_740_993_i64 }), &[json!(9_007_199_254_740_993_i64), json!(1e300)]);
    invalid(
        json!({ "minimum": 9_007_199_254_740_993_i64, "maximum": 9_007_199_254_740_994_i64 }),
        &[
            (json!(9_007_199_254_740_992_f64), "must be at least 9007199254740993 (minimum)"),
            (json!(u64::MAX), "must be at most 9007199254740994 (maximum)"),
        ],
    );
    invalid(
        json!({ "exclusiveMinimum": 1, "exclusiveMaximum": 1.5 }),
        &[
            (json!(1.0), "must be greater than 1 (exclusiveMinimum)"),
            (json!(1.5), "must be less than 1.5 (exclusiveMaximum)"),
        ],
    );
    invalid(json!({ "format": "int32" }), &[(json!(2_147_483_648_i64), "must be an integer of 32 bits (format)")]);
}

#[test]
fn lengths_are_in_code_points() {
    let schema = json!({ "minLength": 2, "maxLength": 3.0 });
    valid(schema.clone(), &[json!("\u{1F600}\u{1F600}"), json!("abc"), json!(1)]);
    invalid(
        schema,
        &[
            (json!("\u{1F600}"), "must be at least 2 characters long (minLength)"),
            (json!("\u{E9}\u{E9}\u{E9}\u{E9}"), "must be at most 3 characters long (maxLength)"),
        ],
    );
    valid(json!({ "maxLength": 1e30, "minLength": 0 }), &[json!("")]);
    invalid(json!({ "maxLength": 0 }), &[(json!("a"), "must be at most 0 characters long (maxLength)")]);
    invalid(json!({ "pattern": "^a" }), &[(json!("ba"), "must match the pattern `^a` (pattern)")]);
    invalid(json!({ "format": "uuid" }), &[(json!("x"), "must be a UUID (format)")]);
    valid(json!({ "format": "my-own" }), &[json!("x"), json!(1)]);
}

#[test]
fn arrays() {
    invalid(
        json!({ "minItems": 1, "maxItems": 2, "uniqueItems": true }),
        &[
            (json!([]), "must have at least 1 item (minItems)"),
            (json!([1, 2, 3]), "must have at most 2 items (maxItems)"),
            (json!([1, 1.0]), "must not have equal items (uniqueItems)"),
        ],
    );
    valid(
        json!({ "uniqueItems": true }),
        &[json!([0, false, "0", [0], [false], null]), json!([{ "a": 1 }, { "a": 2 }, { "b": 1 }])],
    );
    invalid(
        json!({ "prefixItems": [{ "type": "string" }], "items": { "type": "integer" } }),
        &[(json!([1, 2, "x"]), "/0: must be a string (type)\n/2: must be an integer (type)")],
    );
    invalid(json!({ "items": false, "prefixItems": [true] }), &[(json!([1, 2]), "/1: is not allowed (false)")]);
}

#[test]
fn contains() {
    let matching = "that match the schema of `contains`";
    let schema = json!({ "contains": { "type": "integer" }, "maxContains": 2 });
    valid(schema.clone(), &[json!([1]), json!(["a", 1, 2])]);
    invalid(
        schema,
        &[
            (json!(["a"]), "must have at least 1 item that matches the schema of `contains` (contains)"),
            (json!([1, 2, 3]), &format!("must have at most 2 items {matching} (maxContains)")),
        ],
    );
    valid(json!({ "contains": { "const": 1 }, "minContains": 0 }), &[json!([])]);
    invalid(
        json!({ "contains": { "const": 1 }, "minContains": 2 }),
        &[(json!([1]), &format!("must have at least 2 items {matching} (minContains)"))],
    );
}

#[test]
fn objects() {
    invalid(
        json!({
            "type": "object",
            "required": ["id", "na/me"],
            "properties": { "id": { "type": "integer" } },
            "patternProperties": { "^x-": { "type": "string" } },
            "additionalProperties": false,
            "minProperties": 1,
            "maxProperties": 2,
        }),
        &[
            (
                json!({ "id": "a", "x-a": 1, "more": 1 }),
                "must have at most 2 properties (maxProperties)\n/id: must be an integer (type)\n\
                 /more: is not a property of this object (additionalProperties)\n/na~1me: is missing (required)\n\
                 /x-a: must be a string (type)",
            ),
            (
                json!({}),
                "must have at least 1 property (minProperties)\n/id: is missing (required)\n/na~1me: is missing (required)",
            ),
            (json!([]), "must be an object (type)"),
        ],
    );
    invalid(
        json!({ "additionalProperties": { "type": "integer" } }),
        &[(json!({ "a": 1, "b": "x" }), "/b: must be an integer (type)")],
    );
    invalid(
        json!({ "propertyNames": { "maxLength": 3, "pattern": "^[a-z]+$" } }),
        &[(
            json!({ "abc": 1, "abcd": 1 }),
            "/abcd: has a name that is not allowed: it must be at most 3 characters long (propertyNames)",
        )],
    );
}

#[test]
fn dependencies() {
    let schema = json!({
        "dependentRequired": { "card": ["name", "address"] },
        "dependentSchemas": { "card": { "properties": { "name": { "type": "string" } } } },
    });
    valid(schema.clone(), &[json!({}), json!({ "name": 1 }), json!({ "card": 1, "name": "a", "address": 1 })]);
    invalid(
        schema,
        &[(
            json!({ "card": 1, "name": 1 }),
            "/address: is missing, and `card` needs it (dependentRequired)\n/name: must be a string (type)",
        )],
    );
}

#[test]
fn conditions() {
    let schema = json!({
        "if": { "properties": { "kind": { "const": "a" } }, "required": ["kind"] },
        "then": { "required": ["a"] },
        "else": { "required": ["b"] },
    });
    valid(schema.clone(), &[json!({ "kind": "a", "a": 1 }), json!({ "b": 1 })]);
    invalid(
        schema,
        &[(json!({ "kind": "a" }), "/a: is missing (required)"), (json!({ "kind": "b" }), "/b: is missing (required)")],
    );
    invalid(json!({ "not": { "type": "string" } }), &[(json!("a"), "must not match the schema of `not` (not)")]);
}

#[test]
fn unevaluated_properties_see_through_composition() {
    let schema = json!({
        "allOf": [{ "properties": { "a": true } }],
        "anyOf": [{ "properties": { "b": { "type": "string" } }, "required": ["b"] }, { "properties": { "c": true } }],
        "if": { "required": ["d"] },
        "then": { "properties": { "d": true } },
        "patternProperties": { "^x-": true },
        "unevaluatedProperties": false,
    });
    valid(schema.clone(), &[json!({ "a": 1, "b": "x", "c": 1, "d": 1, "x-y": 1 })]);
    invalid(
        schema,
        &[(
            json!({ "a": 1, "b": 1, "c": 1, "e": 1 }),
            "/b: is not a property of this object (unevaluatedProperties)\n/e: is not a property of this object (unevaluatedProperties)",
        )],
    );
    // A cousin's properties stay unseen.
    invalid(
        json!({ "allOf": [{ "properties": { "a": true } }, { "unevaluatedProperties": false }] }),
        &[(json!({ "a": 1 }), "/a: is not a property of this object (unevaluatedProperties)")],
    );
    valid(
        json!({ "allOf": [{ "unevaluatedProperties": true }], "unevaluatedProperties": false }),
        &[json!({ "a": 1 })],
    );
}

#[test]
fn unevaluated_items_see_through_composition() {
    let schema = json!({
        "prefixItems": [true],
        "anyOf": [{ "prefixItems": [true, { "const": 2 }] }, true],
        "contains": { "type": "string" },
        "unevaluatedItems": { "type": "null" },
    });
    valid(schema.clone(), &[json!([1, 2, "a", null, "b"])]);
    invalid(schema, &[(json!([1, 3, "a", 4]), "/1: must be null (type)\n/3: must be null (type)")]);
}

#[test]
fn references_have_siblings() {
    let schemas = schemas(&json!({
        "/s": { "$ref": "#/base", "maxLength": 3 },
        "/base": { "type": "string", "minLength": 2 },
    }));
    assert_eq!(report(schemas, &json!("abc"), Direction::Request), "");
    assert_eq!(report(schemas, &json!("a"), Direction::Request), "must be at least 2 characters long (minLength)");
    assert_eq!(report(schemas, &json!("abcd"), Direction::Request), "must be at most 3 characters long (maxLength)");
}

#[test]
fn required_follows_the_direction() {
    let schemas = schemas(&json!({
        "/s": {
            "allOf": [{ "$ref": "#/base" }, { "required": ["secret"] }],
            "required": ["id", "name"],
            "properties": { "id": { "$ref": "#/id" }, "secret": { "type": "string", "writeOnly": true } },
        },
        "/base": { "properties": { "name": { "allOf": [{ "$ref": "#/id" }] } } },
        "/id": { "type": "integer", "readOnly": true },
    }));
    assert_eq!(report(schemas, &json!({}), Direction::Request), "/secret: is missing (required)");
    let expected = "/id: is missing (required)\n/name: is missing (required)";
    assert_eq!(report(schemas, &json!({}), Direction::Response), expected);
    assert_eq!(
        report(schemas, &json!({ "id": "x", "secret": "" }), Direction::Request),
        "/id: must be an integer (type)"
    );
}

#[test]
fn our_own_mistakes_are_said_plainly() {
    let table = schemas(&json!({ "/s": { "properties": { "a": { "$ref": "#/nowhere" } } } }));
    let expected = "/a: cannot be checked: `#/nowhere` is not defined; this is a bug of the generated code (schema)";
    assert_eq!(report(table, &json!({ "a": 1 }), Direction::Request), expected);
    assert_eq!(report(table, &json!({}), Direction::Request), "");
    let missing = table.check("/other", &json!(1), Direction::Request);
    assert_eq!(missing.iter().next().unwrap().keyword, "schema");
    let broken = Schemas::new("[]");
    assert!(!broken.is_valid("/s", &json!(1), Direction::Request));
    assert_eq!(table.matching(&["/s", "/other"], &json!(1), Direction::Request), [0]);
}
