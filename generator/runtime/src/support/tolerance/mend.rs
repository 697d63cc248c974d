//! What has one meaning only, although it is not as its schema says.

use serde_json::{Number, Value};

use super::spelling;
use crate::support::check::is_integer;
use crate::support::violation::unescape;
use crate::support::{Violation, Violations};

/// Mends what violations are about, and says whether anything was.
pub(super) fn mend(value: &mut Value, violations: &Violations) -> bool {
    violations.iter().filter(|violation| one(value, violation)).count() > 0
}

/// Whether what a violation is about can be mended.
pub(crate) fn is_mendable(value: &Value, violation: &Violation) -> bool {
    is_left_out(value, violation) || substitute(value, violation).is_some()
}

fn one(root: &mut Value, violation: &Violation) -> bool {
    let Some(value) = root.pointer_mut(&violation.pointer) else { return false };
    if let Some(better) = substitute(value, violation) {
        *value = better;
        return true;
    }
    is_left_out(value, violation) && remove(root, &violation.pointer)
}

/// Whether a value stands for none: null, an empty text that no format has, and what a closed object does not know.
///
/// Whether the property is one that may be absent is the type's to say, when it is read.
fn is_left_out(value: &Value, violation: &Violation) -> bool {
    match &*violation.keyword {
        "additionalProperties" | "unevaluatedProperties" => violation.limit == Some(Value::Bool(false)),
        "format" => value.as_str() == Some(""),
        _ => value.is_null(),
    }
}

/// The value as its schema wants it.
fn substitute(value: &Value, violation: &Violation) -> Option<Value> {
    let limit = violation.limit.as_ref()?;
    match &*violation.keyword {
        "type" => retyped(value, limit),
        "format" => spelling::respelled(limit.as_str()?, value.as_str()?).map(Value::String),
        _ => None,
    }
}

/// A number or boolean that came as its text, and the text of a number.
fn retyped(value: &Value, types: &Value) -> Option<Value> {
    let wants = |name: &str| match types {
        Value::Array(all) => all.iter().any(|it| it == name),
        one => one == name,
    };
    match value {
        Value::String(text) => {
            let number = || number(text).filter(|it| wants("number") || (wants("integer") && is_integer(it)));
            let boolean = || text.parse::<bool>().ok().filter(|_| wants("boolean"));
            number().map(Value::Number).or_else(|| boolean().map(Value::Bool))
        }
        Value::Number(number) => wants("string").then(|| Value::String(number.to_string())),
        _ => None,
    }
}

/// The number of a text that JSON would write so.
fn number(text: &str) -> Option<Number> {
    let is_bare = !text.is_empty() && !text.bytes().any(|it| it.is_ascii_whitespace());
    is_bare.then(|| serde_json::from_str(text).ok()).flatten()
}

fn remove(root: &mut Value, pointer: &str) -> bool {
    let Some((parent, token)) = pointer.rsplit_once('/') else { return false };
    let members = root.pointer_mut(parent).and_then(Value::as_object_mut);
    members.is_some_and(|it| it.remove(&*unescape(token)).is_some())
}
