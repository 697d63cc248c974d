//! Random unions, conditions and multiples, of which one is made of the other: where a report says that requests do not
//! break, none that was valid is refused, and where it says so of responses, none is valid that was refused.

use proptest::prelude::*;
use serde_json::{Value, json};
use specwright::diff::{Judgement, Level};
use specwright_runtime::Schemas;
use specwright_runtime::check::Direction;

use acceptance::edits::closed;
use acceptance::pipeline;

use super::overlap::one_way;
use super::report;

/// A branch, and the same with one thing said in addition.
fn branch() -> impl Strategy<Value = Value> {
    let tag =
        prop_oneof![Just(json!({"const": "a"})), Just(json!({"enum": ["a", "b"]})), Just(json!({"type": "string"}))];
    let rest = prop_oneof![Just(None), Just(Some(false)), Just(Some(true))];
    let object = (tag, prop::bool::ANY, prop::bool::ANY, rest).prop_map(|(tag, has_n, is_required, rest)| {
        let mut object = json!({"type": "object", "properties": {"k": tag}});
        if has_n {
            object["properties"]["n"] = json!({"type": "string"});
        }
        if is_required {
            object["required"] = json!(["k"]);
        }
        if let Some(rest) = rest {
            object["additionalProperties"] = json!(rest);
        }
        object
    });
    prop_oneof![
        4 => object,
        1 => Just(json!({"type": "string"})),
        1 => Just(json!({"type": "string", "maxLength": 1})),
        1 => (1..7_u8).prop_map(|it| json!({"type": "integer", "multipleOf": it})),
        1 => (0..5_u8).prop_map(|it| json!({"type": "integer", "exclusiveMaximum": it})),
        1 => (0..5_u8).prop_map(|it| json!({"type": "number", "maximum": it})),
    ]
}

/// A union of some branches, an object of closed ones, or a condition.
fn schema() -> impl Strategy<Value = Value> {
    let union = (prop::bool::ANY, prop::collection::vec(branch(), 1..4));
    let union = union.prop_map(|(one, all)| if one { json!({"oneOf": all}) } else { json!({"anyOf": all}) });
    let names = || prop::sample::subsequence(vec!["k", "n", "z"], 1..3);
    let known = |names: Vec<&str>| -> Value {
        names.into_iter().map(|it| (it.to_owned(), json!({}))).collect::<serde_json::Map<_, _>>().into()
    };
    let outer = (names(), names(), names(), prop::bool::ANY).prop_map(move |(base, one, other, is_closed)| {
        let branches =
            json!([{"required": ["k"], "properties": known(one)}, {"required": ["n"], "properties": known(other)}]);
        json!({"type": "object", "properties": known(base), "anyOf": branches, "unevaluatedProperties": !is_closed})
    });
    let condition = (branch(), branch(), prop::option::of(branch()));
    let condition = condition.prop_map(|(condition, then, otherwise)| match otherwise {
        Some(otherwise) => json!({"if": condition, "then": then, "else": otherwise}),
        None => json!({"if": condition, "then": then}),
    });
    prop_oneof![3 => union, 1 => outer, 1 => condition]
}

/// A pair of schemas that have much in common.
fn pair() -> impl Strategy<Value = (Value, Value)> {
    let edited = (schema(), branch(), 0..4_usize, any::<prop::sample::Index>());
    let edited = edited.prop_map(|(old, other, how, which)| {
        let mut new = old.clone();
        let key = ["oneOf", "anyOf"].into_iter().find(|it| new.get(it).is_some());
        if let Some(branches) = key.and_then(|it| new[it].as_array_mut()) {
            let at = which.index(branches.len());
            match how {
                0 => branches.reverse(),
                1 => branches.push(other),
                2 if branches.len() > 1 => drop(branches.remove(at)),
                _ => branches[at] = other,
            }
        } else {
            let part = ["if", "then", "else"][which.index(3)];
            new[part] = other;
        }
        (old, new)
    });
    prop_oneof![4 => edited, 1 => (schema(), schema())]
}

fn instances() -> Vec<Value> {
    let values = [json!("a"), json!("b"), json!("cc"), json!(1), json!({})];
    let mut all: Vec<Value> = (0..13).map(Value::from).collect();
    all.extend([json!(""), json!("a"), json!("cc"), json!(1.5), json!(-1), json!(null), json!([]), json!({})]);
    for k in &values {
        all.extend([
            json!({"k": k}),
            json!({"n": k}),
            json!({"z": k}),
            json!({"k": k, "z": 1}),
            json!({"n": k, "z": 1}),
        ]);
        for n in &values {
            all.extend([json!({"k": k, "n": n}), json!({"k": k, "n": n, "z": "a"})]);
        }
    }
    all
}

/// An instance that breaks somebody whom the report does not name.
fn miss(old: &Value, new: &Value) -> Option<String> {
    let (before, after) = (one_way(&old.to_string()), one_way(&new.to_string()));
    for (idx, direction) in [Direction::Request, Direction::Response].into_iter().enumerate() {
        let tables = |text: &str| Some(closed(&pipeline::compile("api", text).plan.as_ref()?.tables));
        let (a, b) = (Schemas::owned(tables(&before[idx])?), Schemas::owned(tables(&after[idx])?));
        let report = report(&before[idx], &after[idx]);
        // A property that came or went widens or narrows what stays unread.
        let is_told =
            |it: &specwright::diff::Finding| it.rule.id.contains("-property-") || it.rule.id.ends_with("-removed");
        if report.count(Judgement::Wire, Level::Breaking) > 0 || report.findings.iter().any(is_told) {
            continue;
        }
        let key = "/components/schemas/Thing";
        for instance in instances() {
            let valid = (a.is_valid(key, &instance, direction), b.is_valid(key, &instance, direction));
            let broken = if direction == Direction::Request { (true, false) } else { (false, true) };
            if valid == broken {
                return Some(format!("{old} -> {new}: {instance} was {} and is {}", valid.0, valid.1));
            }
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_break_of_either_way_is_missed((old, new) in pair()) {
        prop_assert_eq!(miss(&old, &new), None);
    }
}
