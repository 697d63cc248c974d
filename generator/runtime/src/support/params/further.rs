//! Fields of a form that the document does not name, which is where additional properties go.

use std::borrow::Cow;

use serde_json::Value;

use super::raw::RawRequest;
use super::text::{Escape, Unescape};
use super::{EncodeError, Shape, read};
use crate::support::Violation;
use crate::support::violation::pointer_token;

/// The value of a name that no field of a form has.
///
/// # Errors
/// Where it is given more than once and is no list, or is not UTF-8.
pub(crate) fn further(name: &str, shape: &Shape, request: &RawRequest<'_>) -> Result<Value, Violation> {
    let fault = |message: &'static str| Violation::new(format!("/query/{}", pointer_token(name)), "style", message);
    let texts = request.query_pairs().filter(|(it, _)| it == name).map(|(_, value)| value);
    let texts = texts.map(|text| Unescape::Form.apply(text).map(Cow::into_owned));
    let texts: Vec<String> = texts.collect::<Option<_>>().ok_or_else(|| fault("is not UTF-8 in percent-encoding"))?;
    let list =
        |item: &Shape, texts: Vec<String>| texts.into_iter().map(|text| read::scalar(item, text).value).collect();
    if let Shape::Array(item) = shape {
        return Ok(list(item, texts));
    }
    match <[String; 1]>::try_from(texts) {
        Ok([text]) => Ok(read::scalar(shape, text).value),
        // What may be anything may be a list.
        Err(texts) if matches!(shape, Shape::Any) => Ok(list(shape, texts)),
        Err(_) => Err(fault("is given more than once")),
    }
}

/// The pairs of such a value: lists repeat the name, objects are JSON.
///
/// # Errors
/// Where the value is `null`, which text cannot tell from the word.
pub(crate) fn encode_further(name: &str, value: &Value) -> Result<Option<String>, EncodeError> {
    let pair = |value: &Value| {
        let text = match value {
            Value::Null => return Err(EncodeError::about(format!("form field `{name}`"), "is null, and text is not")),
            Value::String(text) => text.clone(),
            value => value.to_string(),
        };
        Ok(format!("{}={}", Escape::All.apply(name), Escape::All.apply(&text)))
    };
    let Value::Array(items) = value else { return pair(value).map(Some) };
    let pairs: Vec<_> = items.iter().map(pair).collect::<Result<_, _>>()?;
    Ok((!pairs.is_empty()).then(|| pairs.join("&")))
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
