//! Properties and items that no schema names, where the rest is closed: by `additionalProperties` or `unevaluated...`.

use super::{both_ways, report, wire};

/// What the change of a request, and the same change backwards of a response, breaks.
type Case = (&'static str, &'static str, &'static str);

/// A wide schema, a narrow one, and the keyword of the rules that say so.
const PATTERNS: &[Case] = &[
    (
        r#"{"type":"object","properties":{"a":{}},"patternProperties":{"^x-":{}},"additionalProperties":false}"#,
        r#"{"type":"object","properties":{"a":{}},"additionalProperties":false}"#,
        "property",
    ),
    (
        r#"{"type":"object","patternProperties":{"^x-":{"type":"string"}},"additionalProperties":false}"#,
        r#"{"type":"object","additionalProperties":false}"#,
        "property",
    ),
    (
        r#"{"type":"object","patternProperties":{"^x-":{}},"additionalProperties":{"type":"string"}}"#,
        r#"{"type":"object","additionalProperties":{"type":"string"}}"#,
        "type",
    ),
    (
        r#"{"type":"object","additionalProperties":{"type":["string","integer"]}}"#,
        r#"{"type":"object","patternProperties":{"^x-":{"type":"string"}},"additionalProperties":{"type":["string","integer"]}}"#,
        "type",
    ),
    (
        r#"{"type":"object","patternProperties":{"^x-":{},"^y-":{}},"additionalProperties":false}"#,
        r#"{"type":"object","patternProperties":{"^y-":{}},"additionalProperties":false}"#,
        "property",
    ),
    (
        r#"{"type":"object","patternProperties":{"^x-.+":{}},"additionalProperties":false}"#,
        r#"{"type":"object","patternProperties":{"^x-[a-z]+$":{}},"additionalProperties":false}"#,
        "property",
    ),
    (
        r#"{"type":"object","patternProperties":{"^x-":{}},"unevaluatedProperties":false}"#,
        r#"{"type":"object","unevaluatedProperties":false}"#,
        "property",
    ),
];

const ITEMS: &[Case] = &[
    (
        r#"{"type":"array","prefixItems":[{"type":"string"},{"type":"string"}],"unevaluatedItems":false}"#,
        r#"{"type":"array","prefixItems":[{"type":"string"}],"unevaluatedItems":false}"#,
        "type",
    ),
    (
        r#"{"type":"array","prefixItems":[{"type":"string"}],"unevaluatedItems":{"type":["string","integer"]}}"#,
        r#"{"type":"array","prefixItems":[{"type":"string"},{"type":"string"}],"unevaluatedItems":{"type":["string","integer"]}}"#,
        "type",
    ),
];

const UNEVALUATED: &[Case] = &[
    (
        r#"{"type":"object","properties":{"a":{},"b":{}},"unevaluatedProperties":false}"#,
        r#"{"type":"object","properties":{"a":{}},"unevaluatedProperties":false}"#,
        "property",
    ),
    (
        r#"{"allOf":[{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}},
            {"type":"object","properties":{"c":{"type":"string"}}}],"unevaluatedProperties":false}"#,
        r#"{"allOf":[{"type":"object","properties":{"a":{"type":"string"}}},
            {"type":"object","properties":{"c":{"type":"string"}}}],"unevaluatedProperties":false}"#,
        "property",
    ),
    (
        r#"{"type":"object","properties":{"a":{}}}"#,
        r#"{"type":"object","properties":{"a":{}},"unevaluatedProperties":false}"#,
        "additional-properties",
    ),
];

fn check(cases: &[Case]) {
    for (wide, narrow, keyword) in cases {
        let (wide, narrow) = (both_ways(wide), both_ways(narrow));
        for (old, new, expected, other) in [
            (&wide, &narrow, format!("request-{keyword}-narrowed"), "response-"),
            (&narrow, &wide, format!("response-{keyword}-widened"), "request-"),
        ] {
            let report = report(old, new);
            let finding = report.findings.iter().find(|it| it.rule.id == expected);
            assert!(finding.is_some(), "{expected} of {new}: {:?}", wire(&report));
            let shown = finding.and_then(|it| it.witness.as_ref());
            assert!(shown.is_some(), "{expected} of {new} is shown by an instance");
            let breaks_other =
                wire(&report).into_iter().any(|(id, level)| level == "breaking" && id.starts_with(other));
            assert!(!breaks_other, "{new}: {:?}", wire(&report));
        }
    }
}

#[test]
fn a_pattern_of_properties_is_judged_with_the_other_properties() {
    check(PATTERNS);
}

#[test]
fn a_prefix_is_judged_with_the_unevaluated_items() {
    check(ITEMS);
}

#[test]
fn what_is_unevaluated_is_what_nobody_names() {
    check(UNEVALUATED);
}

/// Pairs of closed schemas of the same meaning.
const SAME: &[(&str, &str)] = &[
    (
        r#"{"type":"object","properties":{"a":{}},"additionalProperties":false}"#,
        r#"{"type":"object","properties":{"a":{}},"unevaluatedProperties":false}"#,
    ),
    (
        r#"{"type":"object","properties":{"a":{}},"additionalProperties":{"type":"string"}}"#,
        r#"{"type":"object","properties":{"a":{}},"unevaluatedProperties":{"type":"string"}}"#,
    ),
    (
        r#"{"type":"object","patternProperties":{"^x-":{"type":"string"}},"additionalProperties":false}"#,
        r#"{"type":"object","patternProperties":{"^x-.*":{"type":"string"}},"additionalProperties":false}"#,
    ),
    (
        r#"{"type":"object","patternProperties":{"^x-":{}},"additionalProperties":true}"#,
        r#"{"type":"object","additionalProperties":true}"#,
    ),
    (
        r#"{"type":"array","prefixItems":[{"type":"string"}],"items":false}"#,
        r#"{"type":"array","prefixItems":[{"type":"string"}],"unevaluatedItems":false}"#,
    ),
];

#[test]
fn spellings_of_closed_are_no_changes() {
    for (old, new) in SAME {
        let (old, new) = (both_ways(old), both_ways(new));
        assert_eq!(wire(&report(&old, &new)), [], "{new}");
        assert_eq!(wire(&report(&new, &old)), [], "{new}, backwards");
    }
}

#[test]
fn what_a_branch_may_evaluate_is_not_refused() {
    let old = both_ways(
        r#"{"type":"object","properties":{"a":{}},"oneOf":[{"required":["b"],"properties":{"b":{"type":"string"}}},
        {"required":["c"],"properties":{"c":{"type":"string"}}}],"unevaluatedProperties":false}"#,
    );
    let new = old.replace(r#""properties":{"a":{}},"#, r#""properties":{"a":{},"b":{}},"#);
    let found = wire(&report(&new, &old));
    assert!(!found.contains(&("request-property-narrowed", "breaking")), "{found:?}");
    let open = old.replace(r#","unevaluatedProperties":false"#, "");
    let found = wire(&report(&open, &old));
    assert!(found.contains(&("request-additional-properties-narrowed", "breaking")), "{found:?}");
}
