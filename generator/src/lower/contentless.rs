//! Responses that have no content, whatever the document says about it.
//!
//! ```yaml
//! '204': { description: Gone., content: { application/json: { schema: {} } } }   # as without `content`
//! ```
//!
//! HTTP frames them without a body: who waits for one waits for nothing, and who sends one breaks the connection.

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Method, Response, ResponseKey};

/// Leaves out the content of the responses of an operation that have none.
pub(super) fn settle(method: &Method, responses: &mut [Response], diagnostics: &mut Diagnostics) {
    for response in responses.iter_mut().filter(|it| !it.content.is_empty()) {
        let Some(reason) = reason(method, response.key) else { continue };
        let message = format!("{reason} has no content: `content` has no effect");
        diagnostics.report(Code::IgnoredField, &response.origin.key("content"), message).at_key();
        response.content.clear();
    }
}

/// Which response has no content (RFC 9110, sections 9.3.2, 15.2, 15.3.5, 15.3.6 and 15.4.5).
fn reason(method: &Method, key: ResponseKey) -> Option<String> {
    match key {
        _ if *method == Method::Head => Some("a response to HEAD".to_owned()),
        ResponseKey::Status(status @ (100..=199 | 204 | 205 | 304)) => Some(format!("a response of status {status}")),
        ResponseKey::Range(1) => Some("a response of status 1XX".to_owned()),
        _ => None,
    }
}
