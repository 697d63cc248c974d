//! What the variants of statuses are called.

use crate::ir::ResponseKey;
use crate::plan::names;

/// The variant of a status: its reason phrase.
pub(super) fn variant(key: ResponseKey) -> String {
    match key {
        ResponseKey::Status(code) => match reason(code) {
            Some(reason) => names::pascal(reason),
            None => format!("Status{code}"),
        },
        ResponseKey::Range(1) => "Informational".to_owned(),
        ResponseKey::Range(2) => "Success".to_owned(),
        ResponseKey::Range(3) => "Redirection".to_owned(),
        ResponseKey::Range(4) => "ClientError".to_owned(),
        ResponseKey::Range(_) => "ServerError".to_owned(),
        ResponseKey::Default => "Default".to_owned(),
    }
}

/// The reason phrase of a status: that of `http`, but the newer ones of RFC 9110, and words that make a name.
fn reason(code: u16) -> Option<&'static str> {
    match code {
        413 => Some("content too large"),
        418 => Some("im a teapot"),
        422 => Some("unprocessable content"),
        code => http::StatusCode::from_u16(code).ok()?.canonical_reason(),
    }
}
