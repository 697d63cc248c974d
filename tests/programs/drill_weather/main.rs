//! The drill of a document of OpenAPI 3.1.

#[macro_use]
#[path = "../drill.rs"]
mod drill;

use drill::{Case, held, lost};

const WELL: &str = r#"{"id":1,"sky":{"uv":3}}"#;

#[rustfmt::skip]
const CASES: &[Case] = &[
    held("null-list", r#"{"id":1,"sky":{"uv":3},"winds":null}"#, "/body/winds (type)"),
    held("null-behind-a-reference", r#"{"id":1,"sky":{"uv":3},"place":null}"#, "/body/place (type)"),
    held("number-as-text", r#"{"id":"1","sky":{"uv":3}}"#, "/body/id (type)"),
    held("within-a-union", r#"{"id":1,"sky":{"millimeters":"2.5"}}"#, "/body/sky"),
    held("text-among-items", r#"{"id":1,"sky":{"uv":3},"winds":[1,"2"]}"#, "/body/winds/1 (type)"),
    held("short-text", r#"{"id":1,"sky":{"uv":3},"place":{"name":"A"}}"#, "/body/place/name (minLength)"),
    held("unknown-property", r#"{"id":1,"sky":{"uv":3},"place":{"country":"B"}}"#, "/body/place/country (unevaluatedProperties)"),
    held("no-items", r#"{"id":1,"sky":{"uv":3},"winds":[]}"#, "/body/winds (minItems)"),
    held("large-item", r#"{"id":1,"sky":{"uv":3},"winds":[400]}"#, "/body/winds/0 (exclusiveMaximum)"),
    held("bare-base64", r#"{"id":1,"sky":{"uv":3},"seal":"-_8"}"#, "/body/seal (format)"),
    held("empty-date", r#"{"id":1,"sky":{"uv":3},"day":""}"#, "/body/day (format)"),
    held("bare-uuid", r#"{"id":1,"sky":{"uv":3},"station":"123e4567e89b12d3a456426614174000"}"#, "/body/station (format)"),
    Case { header: "some", ..held("text-in-a-header", WELL, "/header/X-Left (type)") },
    lost("nothing-required", r#"{"sky":{"uv":3}}"#, "/body/id (required)"),
    Case { media_type: "text/html", status: 503, ..lost("gateway", "<html>Bad gateway</html>", "503") },
];

drill!(drill_weather, drill_weather_told, CASES);
