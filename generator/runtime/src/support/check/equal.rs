//! Equality of JSON values as JSON Schema has it: `1` equals `1.0`, the order of properties does not matter.

use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::number;

/// Below this depth values count as equal: nothing that was parsed is so deep.
const MAX_DEPTH: usize = 256;

/// A total order in which exactly the equal values are equal.
pub(super) fn order(left: &Value, right: &Value) -> Ordering {
    order_within(left, right, MAX_DEPTH)
}

/// Whether two items of an array are equal; takes the time of sorting.
pub(super) fn has_duplicates(items: &[Value]) -> bool {
    match items {
        [] | [_] => false,
        [first, second] => order(first, second).is_eq(),
        _ => {
            let mut sorted: Vec<&Value> = items.iter().collect();
            sorted.sort_unstable_by(|left, right| order(left, right));
            sorted.windows(2).any(|pair| matches!(pair, [left, right] if order(left, right).is_eq()))
        }
    }
}

fn order_within(left: &Value, right: &Value, depth: usize) -> Ordering {
    let Some(depth) = depth.checked_sub(1) else { return Ordering::Equal };
    match (left, right) {
        (Value::Bool(left), Value::Bool(right)) => left.cmp(right),
        (Value::Number(left), Value::Number(right)) => number::compare(left, right),
        (Value::String(left), Value::String(right)) => left.cmp(right),
        (Value::Array(left), Value::Array(right)) => left.len().cmp(&right.len()).then_with(|| {
            left.iter().zip(right).map(|(left, right)| order_within(left, right, depth)).find_difference()
        }),
        (Value::Object(left), Value::Object(right)) => left.len().cmp(&right.len()).then_with(|| {
            // A map keeps its properties in order, unless a feature of `serde_json` says otherwise.
            if left.keys().is_sorted() && right.keys().is_sorted() {
                order_properties(left.iter().zip(right), depth)
            } else {
                order_properties(sorted(left).into_iter().zip(sorted(right)), depth)
            }
        }),
        (left, right) => kind(left).cmp(&kind(right)),
    }
}

fn order_properties<'a>(
    pairs: impl Iterator<Item = ((&'a String, &'a Value), (&'a String, &'a Value))>,
    depth: usize,
) -> Ordering {
    pairs.map(|(left, right)| left.0.cmp(right.0).then_with(|| order_within(left.1, right.1, depth))).find_difference()
}

/// The first difference of a comparison part by part.
trait FindDifference: Iterator<Item = Ordering> + Sized {
    fn find_difference(mut self) -> Ordering {
        self.find(|it| it.is_ne()).unwrap_or(Ordering::Equal)
    }
}

impl<I: Iterator<Item = Ordering>> FindDifference for I {}

/// The properties by name, however the map keeps them.
fn sorted(object: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut properties: Vec<_> = object.iter().collect();
    properties.sort_unstable_by_key(|(name, _)| *name);
    properties
}

fn kind(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::Bool(_) => 1,
        Value::Number(_) => 2,
        Value::String(_) => 3,
        Value::Array(_) => 4,
        Value::Object(_) => 5,
    }
}
