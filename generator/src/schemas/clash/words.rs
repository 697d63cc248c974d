//! Values, numbers and types of schemas that are held against each other, and how they are called.

use crate::ir::{Schema, Type, Types};
use crate::source::{Number, Value};

/// Longer lists of values are not compared.
pub(super) const MOST_VALUES: usize = 1_000;

/// Shown of a list of values.
const SHOWN: usize = 3;

/// The values of `const`, else those of `enum`.
pub(super) fn listed(schema: &Schema) -> Option<(&'static str, Vec<&Value>)> {
    let constant = schema.constant.as_ref().map(|it| ("const", vec![it]));
    let list = || Some(("enum", schema.enumeration.as_ref()?.iter().collect::<Vec<_>>()));
    constant.or_else(list).filter(|(_, values)| values.len() <= MOST_VALUES)
}

/// Whether two values are the same instance; `1.0` is 1. Of lists and objects, those that are not certainly different.
pub(super) fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64().total_cmp(&other.as_f64()).is_eq(),
        (Value::Array(_), Value::Array(_)) | (Value::Object(_), Value::Object(_)) => true,
        _ => one == other,
    }
}

pub(super) fn is_empty(min: &Number, max: &Number, is_open: bool) -> bool {
    match (min.as_i128(), max.as_i128()) {
        (Some(min), Some(max)) => min > max || (is_open && min == max),
        _ => min.as_f64() > max.as_f64() || (is_open && min.as_f64() >= max.as_f64()),
    }
}

/// `enum` with a few of its values.
pub(super) fn shown(keyword: &str, values: &[&Value]) -> String {
    let shown: Vec<_> = values.iter().take(SHOWN).map(|it| format!("`{}`", it.spelled().escape_debug())).collect();
    let further = if values.len() > SHOWN { " and more" } else { "" };
    let says = if keyword == "enum" { "lists" } else { "is" };
    format!("`{keyword}` {says} {}{further}", shown.join(", "))
}

/// The types of a set, for people.
pub(crate) fn shown_types(types: Types) -> String {
    let types = if types.contains(Type::Number) { types.without(Type::Integer) } else { types };
    types.shown()
}
