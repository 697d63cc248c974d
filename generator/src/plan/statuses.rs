//! What the variants of statuses are called, and which of them leave the status or the body open.

use super::api::ResponsePlan;
use super::names;
use crate::ir::ResponseKey;

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

impl ResponsePlan {
    /// Whether the document leaves both status and body open, so that the response is held as it comes.
    pub fn is_raw(&self) -> bool {
        self.payload.is_none() && !matches!(self.key, ResponseKey::Status(_))
    }

    /// Whether it has its status beside headers and body.
    pub fn has_status(&self) -> bool {
        self.payload.is_some() && !matches!(self.key, ResponseKey::Status(_))
    }

    /// Whether it has a body, be it one that the document leaves open.
    pub fn has_body(&self) -> bool {
        self.payload.is_some() || self.is_raw()
    }
}
