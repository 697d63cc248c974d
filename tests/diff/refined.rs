//! Changes that go one way only: a request breaks by them, or a response, and not both.

use super::{both_ways, report, wire};

/// A wide schema and a narrow one.
const NARROWED: &[(&str, &str)] = &[
    (r#"{"type":"integer","multipleOf":2}"#, r#"{"type":"integer","multipleOf":4}"#),
    (r#"{"type":"number","multipleOf":0.01}"#, r#"{"type":"number","multipleOf":0.1}"#),
    (r#"{"type":"integer","maximum":9007199254740993}"#, r#"{"type":"integer","maximum":9007199254740992}"#),
    (r#"{"type":"number","exclusiveMaximum":11}"#, r#"{"type":"number","maximum":10}"#),
    (r#"{"type":"string","format":"uri-reference"}"#, r#"{"type":"string","format":"uri"}"#),
    (r#"{"type":"number","format":"double"}"#, r#"{"type":"number","format":"float"}"#),
    // A condition that more instances meet.
    (
        r#"{"type":"object","if":{"required":["k"],"properties":{"k":{"const":"a"}}},"then":{"required":["b"]}}"#,
        r#"{"type":"object","if":{"required":["k"],"properties":{"k":{"enum":["a","b"]}}},"then":{"required":["b"]}}"#,
    ),
    // Without it, one that fewer meet.
    (
        r#"{"type":"object","if":{"required":["k"],"properties":{"k":{"enum":["a","b"]}}},"else":{"required":["b"]}}"#,
        r#"{"type":"object","if":{"required":["k"],"properties":{"k":{"const":"a"}}},"else":{"required":["b"]}}"#,
    ),
    // Branches in another order, and one of them refined.
    (
        r#"{"anyOf":[{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}},
            {"type":"object","required":["b"],"properties":{"b":{"type":"string"},"c":{"type":"string"}}}]}"#,
        r#"{"anyOf":[{"type":"object","required":["b"],"properties":{"b":{"type":"string","maxLength":9},"c":{"type":"string"}}},
            {"type":"object","required":["a"],"properties":{"a":{"type":"string"}}}]}"#,
    ),
    // A branch in the place of which stand parts of it.
    (
        r#"{"anyOf":[{"type":"object","required":["k"],"properties":{"k":{"type":"string"}}},{"type":"integer"}]}"#,
        r#"{"anyOf":[{"type":"object","required":["k"],"properties":{"k":{"const":"a"}}},
            {"type":"object","required":["k"],"properties":{"k":{"const":"b"}}},{"type":"integer"}]}"#,
    ),
    // A refined branch of another name.
    (
        r##"{"anyOf":[{"$ref":"#/components/schemas/A"},{"type":"integer"}]},
            "A":{"type":"object","required":["a"],"properties":{"a":{"type":"string"},"b":{"type":"string"}}}"##,
        r##"{"anyOf":[{"type":"integer"},{"$ref":"#/components/schemas/B"}]},
            "B":{"type":"object","required":["a"],"properties":{"a":{"type":"string"},"b":{"type":"string","maxLength":9}}}"##,
    ),
    // A tag that names a refined branch of another name.
    (
        r##"{"oneOf":[{"$ref":"#/components/schemas/A"},{"$ref":"#/components/schemas/C"}],
            "discriminator":{"propertyName":"k","mapping":{"a":"#/components/schemas/A","c":"#/components/schemas/C"}}},
            "A":{"type":"object","required":["k"],"properties":{"k":{"const":"a"},"n":{"type":"string"}}},
            "C":{"type":"object","required":["k"],"properties":{"k":{"const":"c"}}}"##,
        r##"{"oneOf":[{"$ref":"#/components/schemas/C"},{"$ref":"#/components/schemas/B"}],
            "discriminator":{"propertyName":"k","mapping":{"a":"#/components/schemas/B","c":"#/components/schemas/C"}}},
            "B":{"type":"object","required":["k"],"properties":{"k":{"const":"a"},"n":{"type":"string","maxLength":9}}},
            "C":{"type":"object","required":["k"],"properties":{"k":{"const":"c"}}}"##,
    ),
    // What a branch knows counts for the closed object around it.
    (
        r#"{"type":"object","oneOf":[{"required":["a"],"properties":{"a":{},"x":{}}},{"required":["b"],"properties":{"b":{}}}],
            "unevaluatedProperties":false}"#,
        r#"{"type":"object","oneOf":[{"required":["a"],"properties":{"a":{}}},{"required":["b"],"properties":{"b":{}}}],
            "unevaluatedProperties":false}"#,
    ),
    (
        r#"{"type":"object","properties":{"k":{}},"if":{"required":["k"]},"then":{"properties":{"a":{},"b":{}}},
            "unevaluatedProperties":false}"#,
        r#"{"type":"object","properties":{"k":{}},"if":{"required":["k"]},"then":{"properties":{"a":{}}},
            "unevaluatedProperties":false}"#,
    ),
    (
        r#"{"type":"object","anyOf":[{"required":["a"],"additionalProperties":true},{"required":["b"],"properties":{"b":{}}}],
            "unevaluatedProperties":false}"#,
        r#"{"type":"object","anyOf":[{"required":["a"],"properties":{"a":{}}},{"required":["b"],"properties":{"b":{}}}],
            "unevaluatedProperties":false}"#,
    ),
];

#[test]
fn what_narrows_breaks_requests_and_what_widens_responses() {
    for (wide, narrow) in NARROWED {
        let (wide, narrow) = (both_ways(wide), both_ways(narrow));
        for (old, new, breaks, other) in
            [(&wide, &narrow, "request-", "response-"), (&narrow, &wide, "response-", "request-")]
        {
            let found = wire(&report(old, new));
            let is_broken = |way: &str| found.iter().any(|(id, level)| *level == "breaking" && id.starts_with(way));
            assert!(is_broken(breaks), "{old} -> {new}: {found:?}");
            assert!(!is_broken(other), "{old} -> {new}: {found:?}");
        }
    }
}

#[test]
fn multiples_of_different_numbers_go_both_ways() {
    let (four, six) = (both_ways(r#"{"multipleOf":4}"#), both_ways(r#"{"multipleOf":6}"#));
    for (old, new) in [(&four, &six), (&six, &four)] {
        // One finding has the worse view of both ways.
        let found = report(old, new);
        assert_eq!(wire(&found), [("request-multiple-narrowed", "breaking")]);
    }
    let answered = |step: u8| {
        format!(
            "paths:\n  /a:\n    get:\n      operationId: a\n      responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{multipleOf: {step}}}}}}}}}}}\n"
        )
    };
    let found = wire(&report(&answered(4), &answered(6)));
    assert!(found.contains(&("response-multiple-widened", "breaking")), "{found:?}");
}

#[test]
fn a_property_that_moves_out_of_a_branch_stays_where_the_object_is_closed() {
    let branch = r#"{"type":"object","oneOf":[{"required":["a"],"properties":{"a":{},"x":{}}},{"required":["b"],"properties":{"b":{}}}],
        "unevaluatedProperties":false}"#;
    let base = branch.replace(r#","x":{}"#, "").replace(r#""oneOf""#, r#""properties":{"x":{}},"oneOf""#);
    let found = wire(&report(&both_ways(branch), &both_ways(&base)));
    assert!(!found.iter().any(|(id, level)| *level == "breaking" && id.starts_with("request-")), "{found:?}");
    // Beside the other branch, it was refused.
    assert!(found.contains(&("response-property-widened", "breaking")), "{found:?}");
}

#[test]
fn a_branch_that_is_another_thing_is_gone_and_new() {
    let old = both_ways(
        r#"{"oneOf":[{"type":"object","required":["k"],"properties":{"k":{"const":"a"}}},{"type":"integer"}]}"#,
    );
    let new = both_ways(
        r#"{"oneOf":[{"type":"object","required":["k"],"properties":{"k":{"const":"b"}}},{"type":"integer"}]}"#,
    );
    let found = wire(&report(&old, &new));
    assert!(found.iter().any(|(id, level)| *level == "breaking" && id.starts_with("request-")), "{found:?}");
    assert!(found.iter().any(|(id, level)| *level == "breaking" && id.starts_with("response-")), "{found:?}");
}
