//! Random edits: where no change of the wire is reported, instances get the same verdict before and after.

use proptest::prelude::*;
use serde_json::{Value, json};
use specwright::diff::{Judgement, Level};
use specwright_runtime::Schemas;
use specwright_runtime::check::Direction;

use acceptance::edits::{Outcome, closed, edit, judge};
use acceptance::instances::Random;
use acceptance::pipeline;

use super::{both_ways, report};

/// A schema of a few levels.
fn schema() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!({})),
        Just(json!({"type": "string"})),
        Just(json!({"type": ["string", "null"]})),
        (0..3_u8).prop_map(|it| json!({"type": "string", "minLength": it})),
        (0..4_u8).prop_map(|it| json!({"type": "integer", "minimum": it})),
        (1..4_u8).prop_map(|it| json!({"type": "integer", "maximum": it, "multipleOf": 2})),
        Just(json!({"enum": ["a", "b", 1, null]})),
        Just(json!({"const": "a"})),
        Just(json!({"type": "boolean"})),
        Just(json!(false)),
    ];
    leaf.prop_recursive(3, 16, 3, |inner| {
        prop_oneof![
            (inner.clone(), any::<bool>(), any::<bool>()).prop_map(|(it, required, closed)| {
                let mut object = json!({"type": "object", "properties": {"a": it}});
                if required {
                    object["required"] = json!(["a"]);
                }
                if closed {
                    object["additionalProperties"] = json!(false);
                }
                object
            }),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| json!({"properties": {"a": a, "b": b}})),
            (inner.clone(), 0..3_u8).prop_map(|(it, least)| json!({"type": "array", "items": it, "minItems": least})),
            prop::collection::vec(inner.clone(), 1..3).prop_map(|it| json!({"anyOf": it})),
            prop::collection::vec(inner.clone(), 1..3).prop_map(|it| json!({"oneOf": it})),
            prop::collection::vec(inner.clone(), 1..3).prop_map(|it| json!({"allOf": it})),
            inner.clone().prop_map(|it| json!({"not": it})),
            inner.prop_map(|it| json!({"type": "object", "additionalProperties": it})),
        ]
    })
}

/// Instances that tell such schemas apart.
fn instances() -> Vec<Value> {
    let scalars = [
        json!(null),
        json!(true),
        json!("a"),
        json!("b"),
        json!(""),
        json!("abc"),
        json!(0),
        json!(1),
        json!(2),
        json!(4),
        json!(1.5),
    ];
    let mut all: Vec<Value> = scalars.to_vec();
    for it in &scalars {
        all.push(json!([it]));
        all.push(json!({"a": it}));
        all.push(json!({"b": it}));
        all.push(json!({"a": "a", "b": it}));
        all.push(json!({"z": it}));
        all.push(json!([it, it]));
        all.push(json!({"a": {"a": it}}));
        all.push(json!([{"a": it}]));
        all.push(json!({"a": [it]}));
    }
    all.extend([json!([]), json!({}), json!([[]]), json!([{}]), json!({"a": {}}), json!({"a": []})]);
    all
}

/// What says that nobody is told of a break and yet somebody breaks.
fn miss(old: &Value, new: &Value) -> Option<String> {
    let (before, after) = (both_ways(&old.to_string()), both_ways(&new.to_string()));
    let compiled = [pipeline::compile("api", &before), pipeline::compile("api", &after)];
    let [Some(a), Some(b)] = [&compiled[0].plan, &compiled[1].plan] else { return None };
    let report = report(&before, &after);
    if report.count(Judgement::Wire, Level::Breaking) > 0 {
        return None;
    }
    let (a, b) = (Schemas::owned(closed(&a.tables)), Schemas::owned(closed(&b.tables)));
    let key = "/components/schemas/Thing";
    for instance in instances() {
        for direction in [Direction::Request, Direction::Response] {
            let valid = (a.is_valid(key, &instance, direction), b.is_valid(key, &instance, direction));
            let silent = report.findings.iter().all(|it| it.levels.wire == Level::None);
            let broken = match direction {
                Direction::Request => valid == (true, false),
                Direction::Response => valid == (false, true),
            };
            if broken && (silent || !told(&report)) {
                return Some(format!("{old} -> {new}: {instance} was {} and is {}", valid.0, valid.1));
            }
        }
    }
    None
}

/// Whether a property came or went, which widens or narrows what stays unread.
fn told(report: &specwright::diff::Report) -> bool {
    report.findings.iter().any(|it| it.rule.id.contains("-property-"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_break_is_missed(old in schema(), new in schema()) {
        prop_assert_eq!(miss(&old, &new), None);
    }

    #[test]
    fn a_schema_has_not_changed_when_nothing_did(schema in schema()) {
        let document = both_ways(&schema.to_string());
        prop_assert_eq!(report(&document, &document).findings, vec![]);
    }
}

/// Clients keep an unknown value of an enumeration and refuse one for a constant: how they read, not what is documented.
#[test]
fn a_constant_is_an_enumeration_of_one_value() {
    let constant = json!({"const": "a"});
    for same in [json!({"enum": ["a"]}), json!({"oneOf": [{"const": "a"}]}), json!({"anyOf": [{"enum": ["a"]}]})] {
        assert_eq!(miss(&constant, &same), None);
        assert_eq!(miss(&same, &constant), None);
    }
    let wider = json!({"oneOf": [{"const": "a"}, {"const": "b"}]});
    let report = report(&both_ways(&constant.to_string()), &both_ways(&wider.to_string()));
    assert_eq!(report.count(Judgement::Wire, Level::Breaking), 1);
}

/// `cargo xtask edits` does so a thousand times, with a thousand instances each.
#[test]
fn silence_about_a_random_edit_is_right() {
    let documents: Vec<Value> =
        acceptance::fixtures::specs().iter().map(|(name, _, text)| pipeline::json(name, text)).collect();
    let small: Vec<_> = documents.iter().filter(|it| it.to_string().len() < 60_000).collect();
    let mut random = Random::new(7);
    let (mut silent, mut reported) = (0, 0);
    for nth in 0..60 {
        let document = small[nth % small.len()];
        let Some((what, edited)) = edit(document, &mut random) else { continue };
        match judge(document, &edited, 200, nth as u64) {
            Outcome::Missed(instance) => panic!("{what}: {instance}"),
            Outcome::Silent(count) => silent += usize::from(count > 100),
            Outcome::Reported => reported += 1,
            Outcome::Refused => {}
        }
    }
    assert!(silent > 5 && reported > 5, "{silent} silent, {reported} reported");
}

#[test]
fn edits_are_reported_or_tried() {
    let document = |least: u8| {
        serde_json::from_str::<Value>(&both_ways(&json!({"type": "integer", "minimum": least}).to_string()))
            .expect("JSON")
    };
    assert_eq!(judge(&document(0), &document(1), 50, 1), Outcome::Reported);
    assert!(matches!(judge(&document(0), &document(0), 50, 1), Outcome::Silent(50..)));
}
