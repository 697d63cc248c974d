//! The drill of a document of OpenAPI 3.0.

#[macro_use]
#[path = "../drill.rs"]
mod drill;

use drill::Case;

const fn held(name: &'static str, body: &'static str, place: &'static str) -> Case {
    Case { header: "1", ..drill::held(name, body, place) }
}

const fn lost(name: &'static str, body: &'static str, place: &'static str) -> Case {
    Case { header: "1", ..drill::lost(name, body, place) }
}

const WELL: &str = r#"{"id":1,"rank":1,"title":"A"}"#;

#[rustfmt::skip]
const CASES: &[Case] = &[
    held("null-in-a-part", r#"{"id":1,"rank":1,"title":"A","note":null}"#, "/body/note (type)"),
    held("null-behind-a-reference", r#"{"id":1,"rank":1,"title":"A","holder":null}"#, "/body/holder (type)"),
    held("null-behind-two", r#"{"id":1,"rank":1,"title":"A","others":[{"name":null}]}"#, "/body/others/0/name (type)"),
    held("number-as-text", r#"{"id":"1","rank":1,"title":"A"}"#, "/body/id (type)"),
    held("text-as-number", r#"{"id":1,"rank":1,"title":5}"#, "/body/title (type)"),
    held("a-space-for-a-t", r#"{"id":1,"rank":1,"title":"A","made":"2024-05-31 12:00:00Z"}"#, "/body/made (format)"),
    held("unescaped-uri", r#"{"id":1,"rank":1,"title":"A","site":"http://a.example/b c"}"#, "/body/site (format)"),
    held("large-number", r#"{"id":1,"rank":9,"title":"A"}"#, "/body/rank (maximum)"),
    held("small-number", r#"{"id":1,"rank":1,"title":"A","price":-1}"#, "/body/price (minimum)"),
    held("no-multiple", r#"{"id":1,"rank":1,"title":"A","price":0.7}"#, "/body/price (multipleOf)"),
    held("text-in-a-map", r#"{"id":1,"rank":1,"title":"A","seats":{"secret-name":"4"}}"#, "/body/seats/secret-name (type)"),
    held("unknown-property", r#"{"id":1,"rank":1,"title":"A","holder":{"age":7}}"#, "/body/holder/age (additionalProperties)"),
    held("nothing-required", r#"{"id":1,"rank":1,"title":"A","others":[{"born":""}]}"#, "/body/others/0/born (format)"),
    lost("no-rank", r#"{"id":1,"title":"A"}"#, "/body/rank (required)"),
    Case { media_type: "text/plain", ..held("other-media-type", WELL, "/header/Content-Type (content)") },
];

drill!(drill_tickets, drill_tickets_told, CASES);
