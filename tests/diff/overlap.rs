//! Branches of `oneOf` that hold at once refuse what they share, and give it back where one is gone or narrower.

use super::{both_ways, report, wire};

/// Schemas with branches that share instances, and what becomes of them, which takes instances and gives others.
const SHARED: &[(&str, &str)] = &[
    (r#"{"oneOf":[{"type":"string"},{"maxLength":3}]}"#, r#"{"oneOf":[{"type":"string"}]}"#),
    (r#"{"oneOf":[{"enum":["a","b"]},{"enum":["b"]}]}"#, r#"{"oneOf":[{"enum":["a"]},{"enum":["b"]}]}"#),
    (
        r#"{"oneOf":[{"type":"string"},{"type":"string","maxLength":3},{"type":"object","required":["a"]}]}"#,
        r#"{"oneOf":[{"type":"string"},{"type":"object","required":["a"]}]}"#,
    ),
    (
        r#"{"oneOf":[{"type":"string","maxLength":5},{"type":"string","minLength":3},{"type":"object"}]}"#,
        r#"{"oneOf":[{"type":"string","maxLength":4},{"type":"string","minLength":3},{"type":"object"}]}"#,
    ),
];

/// Documents of which the one takes and the other answers a schema.
pub(crate) fn one_way(schema: &str) -> [String; 2] {
    const THING: &str = r##""$ref":"#/components/schemas/Thing""##;
    const TEXT: &str = r#""type":"string""#;
    let document = both_ways(schema);
    let (request, response) = document.split_once(r#""responses""#).expect("there are responses");
    [
        format!(r#"{request}"responses"{}"#, response.replacen(THING, TEXT, 1)),
        format!(r#"{}"responses"{response}"#, request.replacen(THING, TEXT, 1)),
    ]
}

#[test]
fn what_branches_share_is_given_back() {
    for (shared, apart) in SHARED {
        let ([taken_shared, shared], [taken_apart, apart]) = (one_way(shared), one_way(apart));
        for (old, new, way) in [(&shared, &apart, "response-"), (&taken_apart, &taken_shared, "request-")] {
            let found = wire(&report(old, new));
            assert!(found.iter().any(|(id, level)| *level == "breaking" && id.starts_with(way)), "{new}: {found:?}");
        }
    }
}

#[test]
fn a_branch_that_is_gone_is_shown_with_what_it_took_away() {
    let old = both_ways(
        r#"{"oneOf":[{"type":"string"},{"type":"string","maxLength":3},{"type":"object","required":["a"]}]}"#,
    );
    let new = both_ways(r#"{"oneOf":[{"type":"string"},{"type":"object","required":["a"]}]}"#);
    let report = report(&old, &new);
    let finding = report.findings.iter().find(|it| it.rule.id == "response-union-widened").expect("the change");
    assert!(finding.witness.is_some(), "{finding:?}");
}

/// Schemas with branches that share nothing, or whose branches may hold at once.
const APART: &[(&str, &str)] = &[
    (
        r#"{"oneOf":[{"type":"string"},{"type":"array","items":{"type":"integer"}},{"type":"object","required":["a"]}]}"#,
        r#"{"oneOf":[{"type":"string"},{"type":"object","required":["a"]}]}"#,
    ),
    (
        r#"{"anyOf":[{"type":"string","pattern":"^a"},{"type":"string","maxLength":3},{"type":"object","required":["a"]}]}"#,
        r#"{"anyOf":[{"type":"string","pattern":"^a"},{"type":"object","required":["a"]}]}"#,
    ),
    (
        r##"{"discriminator":{"propertyName":"kind","mapping":{"a":"#/components/schemas/A","b":"#/components/schemas/B"}},
        "oneOf":[{"$ref":"#/components/schemas/A"},{"$ref":"#/components/schemas/B"}]},
        "A":{"type":"object","required":["kind"],"properties":{"kind":{"type":"string"}}},
        "B":{"type":"object","required":["kind"],"properties":{"kind":{"type":"string"}}}"##,
        r##"{"discriminator":{"propertyName":"kind","mapping":{"a":"#/components/schemas/A"}},
        "oneOf":[{"$ref":"#/components/schemas/A"}]},
        "A":{"type":"object","required":["kind"],"properties":{"kind":{"type":"string"}}},
        "B":{"type":"object","required":["kind"],"properties":{"kind":{"type":"string"}}}"##,
    ),
];

#[test]
fn a_branch_that_shares_nothing_only_narrows() {
    for (old, new) in APART {
        let found = wire(&report(&both_ways(old), &both_ways(new)));
        let widens = found.iter().any(|(id, _)| id.ends_with("-widened"));
        assert!(!widens, "{new}: {found:?}");
        assert!(found.iter().any(|(id, _)| *id == "request-union-narrowed"), "{new}: {found:?}");
    }
}
