//! What the variants of statuses are called.

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

/// The reason phrases of the HTTP status code registry.
fn reason(code: u16) -> Option<&'static str> {
    const REASONS: &[(u16, &str)] = &[
        (100, "continue"),
        (101, "switching protocols"),
        (102, "processing"),
        (103, "early hints"),
        (200, "ok"),
        (201, "created"),
        (202, "accepted"),
        (203, "non authoritative information"),
        (204, "no content"),
        (205, "reset content"),
        (206, "partial content"),
        (207, "multi status"),
        (208, "already reported"),
        (226, "im used"),
        (300, "multiple choices"),
        (301, "moved permanently"),
        (302, "found"),
        (303, "see other"),
        (304, "not modified"),
        (305, "use proxy"),
        (307, "temporary redirect"),
        (308, "permanent redirect"),
        (400, "bad request"),
        (401, "unauthorized"),
        (402, "payment required"),
        (403, "forbidden"),
        (404, "not found"),
        (405, "method not allowed"),
        (406, "not acceptable"),
        (407, "proxy authentication required"),
        (408, "request timeout"),
        (409, "conflict"),
        (410, "gone"),
        (411, "length required"),
        (412, "precondition failed"),
        (413, "content too large"),
        (414, "uri too long"),
        (415, "unsupported media type"),
        (416, "range not satisfiable"),
        (417, "expectation failed"),
        (418, "im a teapot"),
        (421, "misdirected request"),
        (422, "unprocessable content"),
        (423, "locked"),
        (424, "failed dependency"),
        (425, "too early"),
        (426, "upgrade required"),
        (428, "precondition required"),
        (429, "too many requests"),
        (431, "request header fields too large"),
        (451, "unavailable for legal reasons"),
        (500, "internal server error"),
        (501, "not implemented"),
        (502, "bad gateway"),
        (503, "service unavailable"),
        (504, "gateway timeout"),
        (505, "http version not supported"),
        (506, "variant also negotiates"),
        (507, "insufficient storage"),
        (508, "loop detected"),
        (510, "not extended"),
        (511, "network authentication required"),
    ];
    REASONS.iter().find(|(known, _)| *known == code).map(|(_, reason)| *reason)
}
