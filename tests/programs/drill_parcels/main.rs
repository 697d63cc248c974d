//! The drill of a document of Swagger 2.0.

#[macro_use]
#[path = "../drill.rs"]
mod drill;

use drill::{Case, held, lost};

#[rustfmt::skip]
const CASES: &[Case] = &[
    held("null-text", r#"{"id":1,"weight":2,"label":null}"#, "/body/label (type)"),
    held("null-object", r#"{"id":1,"weight":2,"sender":null}"#, "/body/sender (type)"),
    held("number-as-text", r#"{"id":"1","weight":2}"#, "/body/id (type)"),
    held("text-as-number", r#"{"id":1,"weight":2,"sender":{"name":7}}"#, "/body/sender/name (type)"),
    held("boolean-as-text", r#"{"id":1,"weight":2,"paid":"true"}"#, "/body/paid (type)"),
    held("no-offset", r#"{"id":1,"weight":2,"made":"2024-05-31T12:00:00"}"#, "/body/made (format)"),
    held("empty-date", r#"{"id":1,"weight":2,"due":""}"#, "/body/due (format)"),
    held("bare-uuid", r#"{"id":1,"weight":2,"key":"123e4567e89b12d3a456426614174000"}"#, "/body/key (format)"),
    held("long-text", r#"{"id":1,"weight":2,"label":"ABCDEFGHI"}"#, "/body/label (maxLength)"),
    held("odd-text", r#"{"id":1,"weight":2,"label":"abc"}"#, "/body/label (pattern)"),
    held("large-number", r#"{"id":1,"weight":31}"#, "/body/weight (maximum)"),
    held("repeated-items", r#"{"id":1,"weight":2,"tags":["a","a","b"]}"#, "/body/tags (maxItems)"),
    held("unknown-property", r#"{"id":1,"weight":2,"sender":{"name":"Jo","age":7}}"#, "/body/sender/age (additionalProperties)"),
    lost("nothing-required", r#"{"id":1}"#, "/body/weight (required)"),
    Case { status: 418, ..lost("teapot", r#"{"tea":1}"#, "418") },
];

drill!(drill_parcels, drill_parcels_told, CASES);
