//! Fields of a form whose texts are what their values are: additional properties, which the document does not name, and
//! properties that may be text or JSON.

use std::borrow::Cow;

use serde_json::Value;

use super::decode::list_item;
use super::text::{Escape, Unescape};
use super::{EncodeError, Shape, read};
use crate::support::Violation;
use crate::support::violation::pointer_token;

/// The value of a field by its texts: those of scalars are as they are, those of objects are JSON, and a list has a text
/// for each of its items. Where the shape leaves open which of these it is, the text decides.
///
/// # Errors
/// Where it is given more than once and is no list, or is not UTF-8, or not the JSON that it can only be.
pub(crate) fn further(name: &str, shape: &Shape, texts: &[&str]) -> Result<Value, Violation> {
    let fault =
        |keyword: &'static str, message| Violation::new(format!("/query/{}", pointer_token(name)), keyword, message);
    let unescaped = texts.iter().map(|text| Unescape::Form.apply(text).map(Cow::into_owned));
    let Some(mut texts) = unescaped.collect::<Option<Vec<String>>>() else {
        return Err(fault("style", "is not UTF-8 in percent-encoding"));
    };
    let one = |shape: &Shape, text: String| one(shape, text).ok_or_else(|| fault("json", "is not well-formed JSON"));
    let item = list_item(shape);
    if item.is_none() && texts.len() == 1 {
        return one(shape, texts.pop().unwrap_or_default());
    }
    let item = item.or_else(|| shape.items()).ok_or_else(|| fault("style", "is given more than once"))?;
    // The whole list in one text, which no item of it can be.
    if let [only] = &*texts
        && is_json(item)
        && !may_be(item, &|it| matches!(it, Shape::Array(_)))
        && let Ok(whole @ Value::Array(_)) = serde_json::from_str(only)
    {
        return Ok(whole);
    }
    texts.into_iter().map(|text| one(item, text)).collect()
}

/// The value of a text; `None` where it can only be JSON and is none.
fn one(shape: &Shape, text: String) -> Option<Value> {
    if is_json(shape) {
        return serde_json::from_str(&text).ok();
    }
    match read::value_of(shape, text) {
        Value::String(text) => Some(structure(shape, &text).unwrap_or(Value::String(text))),
        value => Some(value),
    }
}

/// The object or the list that a text is the JSON of, where the shape may be one.
fn structure(shape: &Shape, text: &str) -> Option<Value> {
    let fits = |kind: char| match kind {
        '{' => may_be(shape, &|it| matches!(it, Shape::Any | Shape::Object(..))),
        '[' => may_be(shape, &|it| matches!(it, Shape::Any | Shape::Array(_))),
        _ => false,
    };
    text.trim_start().chars().next().filter(|it| fits(*it)).and_then(|_| serde_json::from_str(text).ok())
}

/// Whether the text of a field is the JSON of an object or of a list.
pub(crate) fn is_structure(shape: &Shape, text: &str) -> bool {
    structure(list_item(shape).unwrap_or(shape), text).is_some()
}

/// The pairs of such a value.
///
/// # Errors
/// Where the value is `null`, which text cannot tell from the word.
pub(crate) fn write_further(name: &str, shape: &Shape, value: &Value) -> Result<Option<String>, EncodeError> {
    let pair = |shape: &Shape, value: &Value| {
        let text = match value {
            Value::Null if !may_be(shape, &|it| matches!(it, Shape::Null)) => {
                return Err(EncodeError::about(
                    format!("form field `{name}`"),
                    "is null, for which a form has no text",
                ));
            }
            Value::String(text) if !is_json(shape) => text.clone(),
            value => value.to_string(),
        };
        Ok(form_pair(name, &text))
    };
    let Value::Array(items) = value else { return pair(shape, value).map(Some) };
    let item = match list_item(shape) {
        Some(item) => item,
        // Beside other shapes, several texts can only be a list, and one can only be one as JSON.
        None if items.len() > 1 && items.iter().all(is_scalar) => shape.items().unwrap_or(&Shape::Any),
        None => return pair(shape, value).map(Some),
    };
    let pairs: Vec<_> = items.iter().map(|value| pair(item, value)).collect::<Result<_, _>>()?;
    Ok((!pairs.is_empty()).then(|| pairs.join("&")))
}

fn is_scalar(value: &Value) -> bool {
    matches!(value, Value::Bool(_) | Value::Number(_) | Value::String(_))
}

/// Whether a shape has no text but JSON: an object or a list, or `null` in the place of one.
fn is_json(shape: &Shape) -> bool {
    match shape {
        Shape::Array(_) | Shape::Object(..) => true,
        Shape::OneOf(shapes) => {
            let mut others = shapes.iter().filter(|it| !matches!(it, Shape::Null)).peekable();
            others.peek().is_some() && others.all(is_json)
        }
        _ => false,
    }
}

/// Whether a shape, or one of several, is of a kind.
fn may_be(shape: &Shape, kind: &dyn Fn(&Shape) -> bool) -> bool {
    match shape {
        Shape::OneOf(shapes) => shapes.iter().any(|it| may_be(it, kind)),
        shape => kind(shape),
    }
}

/// Whether a text of a form is UTF-8 behind its escapes.
pub(crate) fn is_utf8(text: &str) -> bool {
    Unescape::Form.apply(text).is_some()
}

/// The names and texts of a form.
pub(crate) fn form_pairs(text: &str) -> Vec<(String, String)> {
    let unescape = |text: &str| Unescape::Form.apply(text).map(Cow::into_owned).unwrap_or_default();
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (unescape(name), unescape(value)))
        .collect()
}

/// The pair of a name and a text in a form.
pub(crate) fn form_pair(name: &str, text: &str) -> String {
    format!("{}={}", Escape::All.apply(name), Escape::All.apply(text))
}
