//! Numbers that generated code does not have: integers beyond 64 bits, and what JSON cannot exchange.

use std::cmp::Ordering;

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Api, SchemaId};
use crate::schemas::{View, integers};
use crate::source::{Number, Pointer, Value};

/// Reports bounds of integers that leave room for more than there is.
pub(super) fn bounds(api: &Api, diagnostics: &mut Diagnostics) {
    for (id, schema) in api.schemas.iter() {
        let numbers = &schema.numbers;
        let bounds = [
            ("minimum", &numbers.minimum),
            ("exclusiveMinimum", &numbers.exclusive_minimum),
            ("maximum", &numbers.maximum),
            ("exclusiveMaximum", &numbers.exclusive_maximum),
        ];
        let bounds = bounds.into_iter().filter_map(|(keyword, it)| Some((keyword, it.as_ref()?)));
        for (keyword, bound) in bounds.filter(|(_, it)| is_long(it)) {
            let Some(range) = integers::range(&View::new(api, id)) else { continue };
            let Some(consequence) = consequence(keyword, bound, range) else { continue };
            let message = format!("`{keyword}` is {}, and integers have 64 bits: {consequence}", bound.as_str());
            diagnostics.report(Code::ApproximatedField, &schema.origin.key(keyword), message);
        }
    }
}

/// What a bound that no integer of 64 bits is means for those that are.
fn consequence(keyword: &str, bound: &Number, range: (i128, i128)) -> Option<&'static str> {
    // What is next to the limit and excluded is the limit, and so is what some languages round it to.
    let is_limit = |limit: i128, next: i128| {
        let is_next = bound.as_i128() == Some(next);
        let is_rounded = bound.as_f64().total_cmp(&nearest(limit)).is_eq() && !is_next;
        is_rounded || (is_next && keyword.starts_with("exclusive"))
    };
    let side = beyond(bound, range)?;
    let is_lower = keyword.ends_with("inimum");
    match (side, is_lower) {
        (Ordering::Less, true) if is_limit(range.0, range.0 - 1) => None,
        (Ordering::Greater, false) if is_limit(range.1, range.1 + 1) => None,
        (Ordering::Less, true) | (Ordering::Greater, false) => Some("what is beyond them is refused"),
        _ => Some("every value is refused"),
    }
}

/// Why a value that its schema allows can never be there, if that is so.
pub(super) fn reason(api: &Api, id: SchemaId, value: &Value) -> Option<String> {
    if !has_long(value) {
        return None;
    }
    let (pointer, what) = found(api, Some(id), value, &Pointer::root())?;
    let subject = match pointer.as_str() {
        "" => "it".to_owned(),
        pointer => format!("`{}`", pointer.escape_debug()),
    };
    Some(format!("{subject} is {what}"))
}

/// Whether a number in a value is none that JSON can exchange, so that no text stands for it.
pub(super) fn is_no_json(value: &Value) -> bool {
    match value {
        Value::Number(number) => !number.as_f64().is_finite(),
        Value::Array(items) => items.iter().any(is_no_json),
        Value::Object(members) => members.values().any(is_no_json),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}

/// The first number that there is not, and what it is.
fn found(api: &Api, id: Option<SchemaId>, value: &Value, at: &Pointer) -> Option<(Pointer, &'static str)> {
    let view = || id.map(|id| View::new(api, id));
    match value {
        Value::Number(number) if !number.as_f64().is_finite() => {
            Some((at.clone(), "beyond the numbers that JSON can exchange"))
        }
        Value::Number(number) if is_long(number) => beyond(number, integers::range(&view()?)?)
            .map(|_| (at.clone(), "beyond the integers of 64 bits of its type")),
        Value::Array(items) => {
            let view = view();
            let item = |idx: usize| {
                let mut schemas = view.iter().flat_map(View::schemas);
                schemas.find_map(|it| it.arrays.prefix_items.get(idx).copied().or(it.arrays.items))
            };
            items.iter().enumerate().find_map(|(idx, it)| found(api, item(idx), it, &at.index(idx)))
        }
        Value::Object(members) => {
            let view = view();
            let schemas = || view.iter().flat_map(View::schemas);
            let member = |name: &str| {
                let named = schemas().find_map(|it| it.objects.properties.get(name).copied());
                named.or_else(|| schemas().find_map(|it| it.objects.additional))
            };
            members.iter().find_map(|(name, it)| found(api, member(name), it, &at.key(name)))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// On which side of some integers a number is that is none of them.
fn beyond(number: &Number, (least, greatest): (i128, i128)) -> Option<Ordering> {
    let (is_less, is_greater) = match number.as_i128() {
        Some(it) => (it < least, it > greatest),
        None => (number.as_f64() < nearest(least), number.as_f64() > nearest(greatest)),
    };
    match (is_less, is_greater) {
        (true, _) => Some(Ordering::Less),
        (_, true) => Some(Ordering::Greater),
        _ => None,
    }
}

fn nearest(whole: i128) -> f64 {
    Number::new(&whole.to_string()).map_or(f64::NAN, |it| it.as_f64())
}

/// Whether a number may be beyond 64 bits; most are known not to be without a look at their schema.
fn is_long(number: &Number) -> bool {
    const LARGE: f64 = 9e18;
    number.as_f64().abs() > LARGE
}

fn has_long(value: &Value) -> bool {
    match value {
        Value::Number(number) => is_long(number),
        Value::Array(items) => items.iter().any(has_long),
        Value::Object(members) => members.values().any(has_long),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}
