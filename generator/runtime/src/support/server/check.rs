//! Whether an answer is as the document says, for development.

use http::Method;
use serde_json::Value;

use super::Answer;
use crate::support::http::{Codec, Content, Documented, Operation, repeated};
use crate::support::params::{self, RawRequest, Siblings};
use crate::support::{Direction, Schemas, Violation, Violations, json_text};

/// What a schema does not say about a value.
pub(crate) type Look = fn(&Schemas, &str, &Value) -> Violations;

/// What the document does not say about an answer.
pub(crate) fn check(operation: &Operation, answer: &Answer) -> Violations {
    check_by(|schemas, pointer, value| schemas.check(pointer, value, Direction::Response), operation, answer)
}

/// The same, by what finds out what schemas do not say.
pub(crate) fn check_by(look: Look, operation: &Operation, answer: &Answer) -> Violations {
    let Some(documented) = operation.response(answer.status) else {
        return Violation::new("", "status", "is not documented").into();
    };
    let mut violations = check_headers(look, operation, documented, answer);
    // A body that is still to come cannot be looked at, and HEAD has none.
    if let Some(body) = answer.body.whole().filter(|it| !(it.is_empty() && operation.method == Method::HEAD)) {
        violations.merge(check_body(look, operation, documented, answer, &body));
    }
    violations
}

fn check_headers(look: Look, operation: &Operation, documented: &Documented, answer: &Answer) -> Violations {
    let headers = RawRequest { path: &[], query: "", headers: &answer.headers };
    let mut violations = Violations::default();
    for header in documented.headers {
        let found = match repeated::value(header, &answer.headers) {
            Some(value) => Ok(Some(value)),
            None => params::decode(header, &headers, Siblings::default()),
        };
        match found {
            Ok(Some(value)) => {
                let found = look(operation.schemas, header.schema, &value);
                violations.merge(found.prefixed(&header.pointer()));
            }
            Ok(None) => {}
            Err(violation) => violations.push(violation),
        }
    }
    violations
}

fn check_body(
    look: Look,
    operation: &Operation,
    documented: &'static Documented,
    answer: &Answer,
    body: &[u8],
) -> Violations {
    if documented.content().is_empty() {
        let message = "has a body, and the document has none";
        return if body.is_empty() {
            Violations::default()
        } else {
            Violation::new("/body", "content", message).into()
        };
    }
    let position = Content::position(documented.content(), &answer.headers);
    let other = || Content::in_charset(documented.content(), &answer.headers, Some(body));
    let (position, fault) = position.map(|it| (it, None)).or_else(other).unzip();
    if let Some(fault) = fault.flatten() {
        return fault.into();
    }
    let Some(content) = position.map(|it| &documented.content()[it]) else {
        return Violation::new("/header/Content-Type", "content", "is no documented media type").into();
    };
    let Some(schema) = content.schema else { return Violations::default() };
    let value = match content.codec {
        Codec::Json => json_text::tree_and_duplicates(body),
        Codec::Scalar(shape) => match std::str::from_utf8(body) {
            Ok(text) => Ok((params::value_of(shape, text.to_owned()), Violations::default())),
            Err(_) => Err(Violation::new("", "text", "is not UTF-8")),
        },
        _ => return Violations::default(),
    };
    match value {
        Ok((value, mut violations)) => {
            violations.merge(look(operation.schemas, schema, &value));
            violations
        }
        Err(malformed) => malformed.into(),
    }
    .prefixed("/body")
}
