//! Headers that hold a reference: `Location: /pets/7` is as good as the whole URL (RFC 9110, section 10.2.2).
//!
//! ```yaml
//! headers: { Location: { schema: { type: string, format: uri } } }   # as `uri-reference`
//! ```
//!
//! Frameworks write `format: uri` and answer with a path. Only what stands at the header itself is taken so: a component
//! may be meant for other places. It is reported where it stands; `x-implied-types: false` at the top of the document
//! leaves it to the letter.

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Operation, Schemas};

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
