//! Headers of responses that stand in several lines.
//!
//! ```text
//! Set-Cookie: a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT
//! Set-Cookie: b=2
//! ```
//!
//! Lines of one name are one list with commas between them (RFC 9110, section 5.3). `Set-Cookie` is the exception: each
//! line is a cookie, with commas of its own. Where the document says a list, each line is an item; where it says text,
//! the text has a line for each. What servers write beyond ASCII, such as names of files, is read as UTF-8.

use http::HeaderMap;
use http::header::{GetAll, HeaderValue, SET_COOKIE};
use serde_json::Value;

use crate::support::params::{Parameter, Shape, header_text};

/// The value of a header that is not read as one line; `None` where it is, or where a line is no text.
pub(crate) fn value(parameter: &Parameter, headers: &HeaderMap) -> Option<Value> {
    let all = headers.get_all(parameter.name);
    if parameter.content {
        return None;
    }
    match (is_cookie(parameter), may_be_text(&parameter.shape)) {
        (true, false) if matches!(parameter.shape, Shape::Array(_)) => {
            Some(lines(&all)?.into_iter().map(Value::from).collect()).filter(|it| *it != Value::Array(Vec::new()))
        }
        (is_cookie, true) if all.iter().nth(1).is_some() || all.iter().any(|it| it.to_str().is_err()) => {
            Some(Value::String(lines(&all)?.join(if is_cookie { "\n" } else { ", " })))
        }
        _ => None,
    }
}

/// The lines that a value becomes, where that may be several; a text stays one, so that none can add a cookie.
pub(super) fn values(parameter: &Parameter, value: &Value) -> Option<Vec<String>> {
    let items = value.as_array().filter(|_| is_cookie(parameter) && !parameter.content)?;
    items.iter().map(|item| item.as_str().map(str::to_owned)).collect()
}

fn is_cookie(parameter: &Parameter) -> bool {
    parameter.name.eq_ignore_ascii_case(SET_COOKIE.as_str())
}

fn may_be_text(shape: &Shape) -> bool {
    match shape {
        Shape::String | Shape::Any => true,
        Shape::OneOf(shapes) => shapes.iter().any(may_be_text),
        _ => false,
    }
}

fn lines<'h>(all: &GetAll<'h, HeaderValue>) -> Option<Vec<&'h str>> {
    all.iter().map(header_text).collect()
}
