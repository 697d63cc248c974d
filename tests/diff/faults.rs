//! Parts that are repaired or left out before they are compared: what is written there counts all the same.

use crate::{report, wire};

/// The rules of a change of one operation's line, and of the security schemes.
fn rules(old: (&str, &str), new: (&str, &str)) -> Vec<(&'static str, &'static str)> {
    let document = |(operation, schemes): (&str, &str)| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: 1.0.0}}\npaths:\n  /things:\n    get:\n      operationId: list\n      \
             security: [{{key: []}}]\n      parameters: [{operation}]\n      responses: {{'200': {{description: ok}}}}\n\
             components:\n  securitySchemes: {{key: {schemes}}}\n"
        )
    };
    wire(&report(&document(old), &document(new)))
}

const KEY: &str = "{type: apiKey, name: k, in: header}";

#[test]
fn a_parameter_that_its_path_has_no_place_for_is_compared() {
    let old = "{name: id, in: path, required: true, schema: {type: string}}";
    let new = "{name: id, in: path, required: true, schema: {type: integer, enum: [1, 2]}}";
    assert_eq!(rules((old, KEY), (new, KEY)), [("faulty-part-changed", "breaking")]);
    assert_eq!(rules((old, KEY), (&old.replace("schema", "description: words, schema"), KEY)), []);
    // It is the same parameter wherever it stands.
    let other = "{name: size, in: query, schema: {type: integer}}";
    let (before, after) = (format!("{old}, {other}"), format!("{other}, {old}"));
    assert_eq!(rules((&before, KEY), (&after, KEY)), []);
    let after = format!("{other}, {new}");
    assert_eq!(rules((&before, KEY), (&after, KEY)), [("faulty-part-changed", "breaking")]);
}

#[test]
fn what_comes_with_a_fault_or_goes_is_told() {
    let fault = "{name: id, in: path, required: true, schema: {type: string}}";
    assert_eq!(rules(("", KEY), (fault, KEY)), [("faulty-part-changed", "breaking")]);
    assert_eq!(rules((fault, KEY), ("", KEY)), [("faulty-part-mended", "warning")]);
    // What nobody has to send breaks nobody, as far as can be told.
    let unread = "{name: size, in: query, content: 5}";
    assert_eq!(rules(("", KEY), (unread, KEY)), [("faulty-part-added", "warning")]);
}

#[test]
fn names_are_no_prose_and_lists_that_are_sets_have_no_order() {
    let of = |schema: &str| format!("{{name: id, in: path, required: true, schema: {schema}}}");
    let changed = |old: &str, new: &str| !rules((&of(old), KEY), (&of(new), KEY)).is_empty();
    for name in ["title", "description", "example", "x-rate", "properties", "scopes"] {
        let object = |ty: &str| format!("{{type: object, properties: {{{name}: {{type: {ty}}}}}}}");
        assert!(changed(&object("string"), &object("integer")), "{name}");
    }
    assert!(!changed("{type: string, title: A}", "{type: string, title: B}"));
    assert!(!changed("{type: string, enum: [a, b]}", "{type: string, enum: [b, a]}"));
    assert!(!changed("{type: object, required: [a, b]}", "{type: object, required: [b, a]}"));
    assert!(changed("{type: string, enum: [a, b]}", "{type: string, enum: [b, c]}"));
}

#[test]
fn a_style_that_there_is_not_is_compared_with_the_one_before() {
    let parameter = |style: &str| format!("{{name: size, in: query, style: {style}, schema: {{type: string}}}}");
    let (form, simple, matrix) = (parameter("form"), parameter("simple"), parameter("matrix"));
    assert_eq!(rules((&form, KEY), (&simple, KEY)), [("faulty-part-changed", "breaking")]);
    assert_eq!(rules((&simple, KEY), (&matrix, KEY)), [("faulty-part-changed", "breaking")]);
    assert_eq!(rules((&simple, KEY), (&form, KEY)), [("faulty-part-mended", "warning")]);
    assert_eq!(rules((&simple, KEY), (&simple, KEY)), []);
}

#[test]
fn a_scheme_that_nobody_understands_is_compared() {
    let schemes = ["{type: http}", "{type: http, bearerFormat: JWT}", "{type: apiKey}", KEY];
    let [bare, format, key, right] = schemes;
    assert_eq!(rules(("", bare), ("", format)), [("faulty-part-changed", "breaking")]);
    assert_eq!(rules(("", bare), ("", key)), [("faulty-part-changed", "breaking")]);
    assert_eq!(rules(("", bare), ("", "{description: words, type: http}")), []);
    let mended = rules(("", key), ("", right));
    assert!(mended.contains(&("faulty-part-mended", "warning")), "{mended:?}");
}

#[test]
fn what_only_readers_feel_is_no_change_of_the_wire() {
    let example = |value: &str| format!("{{name: size, in: query, schema: {{type: integer}}, example: {value}}}");
    assert_eq!(rules((&example("none"), KEY), (&example("never"), KEY)), []);
}

#[test]
fn the_default_of_a_parameter_counts_more_than_that_of_a_property() {
    let parameter = |schema: &str| format!("{{name: size, in: query, schema: {schema}}}");
    let (ten, twenty) = (parameter("{type: integer, default: 10}"), parameter("{type: integer, default: 20}"));
    assert_eq!(rules((&ten, KEY), (&twenty, KEY)), [("parameter-default-changed", "breaking")]);
    assert_eq!(rules((&ten, KEY), (&ten, KEY)), []);
}
