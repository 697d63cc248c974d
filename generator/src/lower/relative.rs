//! URLs that may be relative: those of headers, where `Location: /pets/7` is as good as the whole URL (RFC 9110, section
//! 10.2.2), and those whose own examples are.
//!
//! ```yaml
//! headers: { Location: { schema: { type: string, format: uri } } }   # as `uri-reference`
//! url: { type: string, format: uri, example: /pets/7 }               # as `uri-reference`
//! ```
//!
//! Frameworks write `format: uri` and answer with a path. Only what stands at the header itself is taken so: a component
//! may be meant for other places. It is reported where it stands; `x-implied-types: false` at the top of the document
//! leaves it to the letter.

use specwright_runtime::format::is_valid;

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Operation, Schema, Schemas};
use crate::source::Value;

/// The headers of responses that may be relative.
const RELATIVE: [&str; 2] = ["location", "content-location"];

/// Lets the headers of responses be relative where HTTP does.
pub(super) fn settle<'o>(
    operations: impl Iterator<Item = &'o Operation>,
    schemas: &mut Schemas,
    diagnostics: &mut Diagnostics,
) {
    for header in operations.flat_map(|it| &it.responses).flat_map(|it| &it.headers) {
        let schema = &mut schemas[header.schema];
        let may_be_relative = RELATIVE.iter().any(|it| header.name.eq_ignore_ascii_case(it));
        let is_its_own = schema.origin.is_within(&header.origin);
        if !(may_be_relative && is_its_own && schema.format.as_deref() == Some("uri")) {
            continue;
        }
        schema.format = Some("uri-reference".to_owned());
        let message = format!("`{}` may be relative, so `format: uri` is taken as `uri-reference`", header.name);
        diagnostics.report(Code::ImpliedType, &schema.origin.key("format"), message);
    }
}

/// Lets the URLs be relative whose own examples or defaults are.
pub(super) fn shown(schemas: &mut Schemas, diagnostics: &mut Diagnostics) {
    let relative = schemas.iter().filter_map(|(id, schema)| Some((id, relative(schema)?.to_owned())));
    for (id, text) in relative.collect::<Vec<_>>() {
        let schema = &mut schemas[id];
        let message = format!("`{}` is no URI, which has a scheme", text.escape_debug());
        diagnostics
            .report(Code::ContradictorySchema, &schema.origin.key("format"), message)
            .taken_as("`format: uri-reference`")
            .help("say so, or give a whole URL as the example");
        schema.assertions.format = Some("uri-reference".to_owned());
    }
}

/// The path that a schema shows as a URI.
fn relative(schema: &Schema) -> Option<&str> {
    let all = schema.annotations.default.iter().chain(&schema.annotations.examples).filter_map(Value::as_str);
    let mut paths = all.filter(|it| it.starts_with('/') && is_valid("uri-reference", it));
    paths.next().filter(|_| schema.format.as_deref() == Some("uri"))
}
