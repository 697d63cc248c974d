//! From text to JSON, by shape.

use std::borrow::Cow;

use serde_json::{Number, Value};

use super::Shape;

/// A value, and whether its text was what the shape wants.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) value: Value,
    pub(super) fits: bool,
}

/// Reads the text of one scalar; text that does not fit stays a string, and its schema will say what is wrong.
pub(super) fn scalar<'t>(shape: &Shape, text: impl Into<Cow<'t, str>>) -> Read {
    let text = text.into();
    if let Some(value) = parse(shape, &text) {
        return Read { value, fits: true };
    }
    Read { value: Value::String(text.into_owned()), fits: takes_text(shape) }
}

/// The value that a text stands for; text that does not fit stays a string, which its schema then refuses.
pub(crate) fn value_of(shape: &Shape, text: String) -> Value {
    scalar(shape, text).value
}

/// The value of a text that is more than text.
fn parse(shape: &Shape, text: &str) -> Option<Value> {
    match shape {
        Shape::Null => (text == "null").then_some(Value::Null),
        Shape::Boolean => text.parse().ok().map(Value::Bool),
        Shape::Integer => integer(text),
        Shape::Number => number(text),
        Shape::OneOf(shapes) => shapes.iter().find_map(|shape| parse(shape, text)),
        Shape::Any | Shape::String | Shape::Array(_) | Shape::Object(..) => None,
    }
}

fn takes_text(shape: &Shape) -> bool {
    match shape {
        Shape::Any | Shape::String => true,
        Shape::OneOf(shapes) => shapes.iter().any(takes_text),
        Shape::Null | Shape::Boolean | Shape::Integer | Shape::Number | Shape::Array(_) | Shape::Object(..) => false,
    }
}

/// Digits without fraction, exponent, plus sign or leading zeros: one value, one text. More of them than 64 bits have are
/// a number that is whole, as they are in JSON: what it is too large for is for its type to say.
fn integer(text: &str) -> Option<Value> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let canonical = digits.bytes().all(|byte| byte.is_ascii_digit()) && (digits.len() == 1 || !digits.starts_with('0'));
    if !canonical {
        return None;
    }
    let small = text.parse::<i64>().map(Value::from).or_else(|_| text.parse::<u64>().map(Value::from)).ok();
    small.or_else(|| Number::from_f64(text.parse().ok()?).map(Value::Number))
}

/// A number as JSON writes it.
fn number(text: &str) -> Option<Value> {
    // The parser would skip white space around the number.
    let framed =
        text.starts_with(|c: char| c == '-' || c.is_ascii_digit()) && text.ends_with(|c: char| c.is_ascii_digit());
    if !framed {
        return None;
    }
    serde_json::from_str::<Number>(text).ok().map(Value::Number)
}
