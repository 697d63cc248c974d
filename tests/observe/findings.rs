//! Findings of observers: they hold no values, and what they cannot say is left to a person, with a reason.

use specwright::observe::records;

use super::{observed, overlay};

const DOCUMENT: &str = "openapi: 3.1.0\ninfo: { title: Things, version: '1' }\npaths:\n  /things:\n    get:\n      \
    operationId: getThing\n      responses: { '200': { description: A thing., content: { application/json: { schema: { \
    type: object, properties: { a: { type: string, enum: [x, y] } } } } } } }\n";

fn finding(operation: &str, pointer: &str, keyword: &str) -> String {
    format!(
        r#"{{"operation":"{operation}","method":"GET","path":"/things","status":200,"mediaType":"application/json","pointer":"{pointer}","keyword":"{keyword}","message":"is wrong","limit":null,"found":"string","tolerated":true}}"#
    )
}

#[test]
fn what_has_no_place_is_left_with_its_reason() {
    let lines = [
        finding("other", "/body/a", "type"),
        finding("getThing", "/body/secret-name/b", "type"),
        finding("getThing", "/body", "json"),
    ];
    let found = observed(DOCUMENT, &[&lines[..], &lines[2..]].concat().join("\n"));
    assert_eq!(found.overlay, None);
    assert_eq!(
        found.left,
        [
            "2 x `json` `/body` of `getThing` 200: no single change makes the document true here",
            "1 x `type` `/body/*/*` of `getThing` 200: no schema of the document says anything about this place",
            "1 x `type` of an unknown operation: the document has no such operation",
        ]
    );
}

#[test]
fn an_enumeration_of_which_a_value_is_unknown_goes() {
    let text = overlay(DOCUMENT, &finding("getThing", "/body/a", "enum"));
    assert!(text.contains("remove: true") && text.contains("['enum']"), "{text}");
}

#[test]
fn what_is_no_record_is_said_with_its_line_and_without_its_values() {
    let cases = [
        ("\n{\"pointer\": \"/body\", \"secret\": 1}", "line 2: is no finding: missing field `operation`"),
        ("{\"method\": \"GET\", \"url\": \"/\", \"status\": \"secret\"}", "line 1: is neither a finding"),
        ("{\"method\": \"GET\", \"url\": \"/ secret\", \"status\": 200}", "line 1: has a URL that is none"),
        ("{\"method\": \"GET\", \"url\": \"/\", \"status\": 42}", "line 1: has a status that is none"),
        ("secret", "line 1: is no JSON"),
        ("{\"log\": {}}", "is no HAR: `log.entries` is missing"),
        ("{\"log\": {\"entries\": [{\"request\": \"secret\"}]}}", "entry 0 of `log.entries` is no exchange"),
    ];
    for (text, message) in cases {
        let error = records(text).expect_err(text).to_string();
        assert!(error.starts_with(message) && !error.contains("secret"), "{error}");
    }
}
