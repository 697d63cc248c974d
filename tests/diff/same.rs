//! What is spelled another way and means the same is no change.

use super::{both_ways, report, wire};

/// Pairs of schemas of the same meaning.
const SAME: &[(&str, &str, &str)] = &[
    ("null by type and by union", r#"{"type":["string","null"]}"#, r#"{"anyOf":[{"type":"string"},{"type":"null"}]}"#),
    ("null by one branch", r#"{"type":["string","null"]}"#, r#"{"oneOf":[{"type":"null"},{"type":"string"}]}"#),
    (
        "merged and written-out `allOf`",
        r#"{"type":"object","required":["a"],"properties":{"a":{"type":"string"},"b":{"type":"integer"}}}"#,
        r#"{"allOf":[{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}},
            {"type":"object","properties":{"b":{"type":"integer"}}}]}"#,
    ),
    ("order of values", r#"{"type":"string","enum":["a","b"]}"#, r#"{"type":"string","enum":["b","a"]}"#),
    ("one value", r#"{"enum":["a"]}"#, r#"{"const":"a"}"#),
    ("values by branches", r#"{"enum":["a","b"]}"#, r#"{"oneOf":[{"const":"a"},{"const":"b"}]}"#),
    ("a keyword of other types", r#"{"type":"integer"}"#, r#"{"type":"integer","maxLength":3}"#),
    ("what is said anyway", r#"{"type":"array"}"#, r#"{"type":"array","minItems":0,"uniqueItems":false}"#),
    (
        "bounds twice",
        r#"{"type":"integer","minimum":2}"#,
        r#"{"allOf":[{"type":"integer","minimum":1},{"minimum":2}]}"#,
    ),
    (
        "order of branches",
        r#"{"anyOf":[{"type":"string"},{"type":"integer"}]}"#,
        r#"{"anyOf":[{"type":"integer"},{"type":"string"}]}"#,
    ),
    ("types by branches", r#"{"type":["string","integer"]}"#, r#"{"oneOf":[{"type":"string"},{"type":"integer"}]}"#),
    (
        "types and their bounds by branches",
        r#"{"type":["string","number"],"maxLength":5,"minimum":1}"#,
        r#"{"anyOf":[{"type":"string","maxLength":5},{"type":"number","minimum":1}]}"#,
    ),
    ("the last integer", r#"{"type":"integer","maximum":10}"#, r#"{"type":"integer","exclusiveMaximum":11}"#),
    ("the first integer", r#"{"type":"integer","minimum":1}"#, r#"{"type":"integer","exclusiveMinimum":0.5}"#),
    ("multiples of all integers", r#"{"type":"integer"}"#, r#"{"type":"integer","multipleOf":0.5}"#),
    (
        "multiples of several",
        r#"{"type":"integer","allOf":[{"multipleOf":4},{"multipleOf":6}]}"#,
        r#"{"type":"integer","multipleOf":12}"#,
    ),
    ("a pattern of every text", r#"{"type":"string"}"#, r#"{"type":"string","pattern":".*"}"#),
    (
        "order of what is excluded",
        r#"{"type":"string","allOf":[{"not":{"const":"a"}},{"not":{"const":"b"}}]}"#,
        r#"{"type":"string","allOf":[{"not":{"const":"b"}},{"not":{"const":"a"}}]}"#,
    ),
    (
        "a branch within another one",
        r#"{"anyOf":[{"type":"string"},{"type":"integer"}]}"#,
        r#"{"anyOf":[{"type":"string"},{"type":"integer"},{"type":"string","maxLength":3}]}"#,
    ),
    (
        "branches that exclude each other",
        r#"{"oneOf":[{"required":["k"],"properties":{"k":{"const":"a"}},"type":"object"},
            {"required":["k"],"properties":{"k":{"const":"b"}},"type":"object"}]}"#,
        r#"{"anyOf":[{"required":["k"],"properties":{"k":{"const":"a"}},"type":"object"},
            {"required":["k"],"properties":{"k":{"const":"b"}},"type":"object"}]}"#,
    ),
    (
        "a union in a union",
        r#"{"oneOf":[{"oneOf":[{"required":["k"],"properties":{"k":{"const":"a"}},"type":"object"},
            {"required":["k"],"properties":{"k":{"const":"b"}},"type":"object"}]},{"type":"integer"}]}"#,
        r#"{"oneOf":[{"required":["k"],"properties":{"k":{"const":"a"}},"type":"object"},
            {"required":["k"],"properties":{"k":{"const":"b"}},"type":"object"},{"type":"integer"}]}"#,
    ),
    (
        "a format by its bounds",
        r#"{"type":"integer","format":"int32"}"#,
        r#"{"type":"integer","minimum":-2147483648,"maximum":2147483647}"#,
    ),
    (
        "bounds that a format implies",
        r#"{"type":"integer","format":"uint8"}"#,
        r#"{"type":"integer","format":"uint8","minimum":0,"maximum":255}"#,
    ),
    (
        "a format that bounds imply",
        r#"{"type":["integer","null"],"format":"int64","minimum":0,"maximum":100}"#,
        r#"{"type":["integer","null"],"minimum":0,"maximum":100}"#,
    ),
    (
        "a format with one bound",
        r#"{"type":"integer","format":"int32","minimum":0}"#,
        r#"{"type":"integer","format":"int64","minimum":0,"maximum":2147483647}"#,
    ),
    (
        "a format of listed values",
        r#"{"type":"integer","format":"int64","enum":[1,2]}"#,
        r#"{"type":"integer","enum":[1,2]}"#,
    ),
    ("both truths", r#"{"type":"boolean"}"#, r#"{"enum":[true,false]}"#),
    (
        "order of properties",
        r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}}"#,
        r#"{"properties":{"b":{"type":"string"},"a":{"type":"string"}},"type":"object"}"#,
    ),
];

#[test]
fn spellings_are_no_changes() {
    for (name, old, new) in SAME {
        let (old, new) = (both_ways(old), both_ways(new));
        assert_eq!(wire(&report(&old, &new)), [], "{name}");
        assert_eq!(wire(&report(&new, &old)), [], "{name}, backwards");
    }
}

#[test]
fn a_format_and_bounds_that_allow_other_integers_are_a_change() {
    for (wide, narrow, rule) in [
        (r#"{"type":"integer"}"#, r#"{"type":"integer","format":"int64"}"#, "format"),
        (r#"{"type":"integer","minimum":0}"#, r#"{"type":"integer","minimum":0,"format":"int64"}"#, "format"),
        (r#"{"type":"integer","format":"int64"}"#, r#"{"type":"integer","format":"int32"}"#, "format"),
        (r#"{"type":"integer","format":"int32"}"#, r#"{"type":"integer","minimum":0,"maximum":2147483647}"#, "range"),
        (r#"{"type":"integer","maximum":300}"#, r#"{"type":"integer","maximum":300,"format":"uint8"}"#, "format"),
        (r#"{"type":["integer","string"]}"#, r#"{"type":["integer","string"],"format":"int32"}"#, "format"),
    ] {
        let (asked, answered) = (format!("request-{rule}-narrowed"), format!("response-{rule}-widened"));
        let (wide, narrow) = (both_ways(wide), both_ways(narrow));
        let found = wire(&report(&wide, &narrow));
        assert!(found.contains(&(asked.as_str(), "breaking")), "{wide} -> {narrow}: {found:?}");
        let found = wire(&report(&narrow, &wide));
        assert!(found.contains(&(answered.as_str(), "breaking")), "{narrow} -> {wide}: {found:?}");
    }
}

#[test]
fn a_reference_is_what_it_refers_to() {
    let inline = both_ways(r#"{"type":"object","properties":{"size":{"type":"integer","minimum":1}}}"#);
    let named = both_ways(
        r##"{"type":"object","properties":{"size":{"$ref":"#/components/schemas/Size"}}},
        "Size":{"type":"integer","minimum":1}"##,
    );
    assert_eq!(wire(&report(&inline, &named)), []);
    assert_eq!(wire(&report(&named, &inline)), []);
}

#[test]
fn a_renamed_component_changes_no_wire() {
    let old = both_ways(
        r##"{"type":"object","properties":{"size":{"$ref":"#/components/schemas/Size"}}},"Size":{"type":"integer"}"##,
    );
    let new = old.replace("Size", "Extent");
    let report = report(&old, &new);
    assert_eq!(wire(&report), []);
    assert_eq!(
        report.findings.iter().map(|it| it.rule.id).collect::<Vec<_>>(),
        ["component-renamed", "version-bump-too-small"]
    );
}

#[test]
fn versions_of_openapi_spell_the_same() {
    let document = |version: &str, schema: &str| both_ways(schema).replace("3.1.0", version);
    let old = document("3.0.3", r#"{"type":"integer","nullable":true,"minimum":0,"exclusiveMinimum":true}"#);
    let new = document("3.1.0", r#"{"type":["integer","null"],"exclusiveMinimum":0}"#);
    assert_eq!(wire(&report(&old, &new)), []);
}

#[test]
fn a_document_is_the_same_as_itself() {
    for (api, _, text) in acceptance::fixtures::specs() {
        assert_eq!(report(&text, &text).findings, [], "{api}");
    }
}

#[test]
fn a_status_within_a_range_is_not_gone() {
    let old = both_ways(r#"{"type":"string"}"#);
    let new = old.replace(r#""200""#, r#""2XX""#);
    assert_eq!(wire(&report(&old, &new)), [("response-added", "warning")]);
    let other = old.replace(r#""type":"string""#, r#""type":"string","maxLength":3"#);
    let found = wire(&report(&other, &new));
    assert!(found.contains(&("response-length-widened", "breaking")), "what the range has is compared: {found:?}");
    // Only the statuses of its hundred.
    let other = old.replace(r#""200""#, r#""4XX""#);
    assert!(wire(&report(&old, &other)).contains(&("response-removed", "breaking")));
}
