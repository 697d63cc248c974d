//! Whether an answer is as the document says, for development.

use http::Method;
use serde_json::Value;

use super::Answer;
use crate::support::http::{Codec, Content, Documented, Operation};
use crate::support::params::{self, RawRequest};
use crate::support::{Direction, Violation, Violations};

/// What the document does not say about an answer.
pub(crate) fn check(operation: &Operation, answer: &Answer) -> Violations {
    let Some(documented) = operation.response(answer.status) else {
        return Violation::new("", "status", "is not documented").into();
    };
    let mut violations = check_headers(operation, documented, answer);
    // A body that is still to come cannot be looked at, and HEAD has none.
    if let Some(body) = answer.body.whole().filter(|it| !(it.is_empty() && operation.method == Method::HEAD)) {
        violations.merge(check_body(operation, documented, answer, &body));
    }
    violations
}

fn check_headers(operation: &Operation, documented: &Documented, answer: &Answer) -> Violations {
    let headers = RawRequest { path: &[], query: "", headers: &answer.headers };
    let mut violations = Violations::default();
    for header in documented.headers {
        match params::decode(header, &headers, &[]) {
            Ok(Some(value)) => {
                let found = operation.schemas.check(header.schema, &value, Direction::Response);
                violations.merge(found.prefixed(&header.pointer()));
            }
            Ok(None) => {}
            Err(violation) => violations.push(violation),
        }
    }
    violations
}

fn check_body(operation: &Operation, documented: &Documented, answer: &Answer, body: &[u8]) -> Violations {
    if documented.content.is_empty() {
        let message = "has a body, and the document has none";
        return if body.is_empty() {
            Violations::default()
        } else {
            Violation::new("/body", "content", message).into()
        };
    }
    let position = Content::of(documented.content, &answer.headers);
    let Some(content) = position.map(|it| &documented.content[it]) else {
        return Violation::new("/header/Content-Type", "content", "is no documented media type").into();
    };
    let Some(schema) = content.schema else { return Violations::default() };
    let value = match content.codec {
        Codec::Json => serde_json::from_slice::<Value>(body).map_err(|_| ("json", "is not well-formed JSON")),
        Codec::Scalar(shape) => match std::str::from_utf8(body) {
            Ok(text) => Ok(params::value_of(shape, text.to_owned())),
            Err(_) => Err(("text", "is not UTF-8")),
        },
        _ => return Violations::default(),
    };
    match value {
        Ok(value) => operation.schemas.check(schema, &value, Direction::Response).prefixed("/body"),
        Err((keyword, message)) => Violation::new("/body", keyword, message).into(),
    }
}
