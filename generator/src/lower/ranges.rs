//! Media types that are JSON by another name.
//!
//! ```yaml
//! content: { '*/*': { schema: { $ref: '#/components/schemas/Pet' } } }   # as `application/json`
//! content:                                                               # both are JSON
//!   text/plain: { schema: { $ref: '#/components/schemas/Pet' } }
//!   application/json: { schema: { $ref: '#/components/schemas/Pet' } }
//! ```
//!
//! Frameworks that make documents of code write a range where they answer in JSON, and list `text/plain` beside JSON for
//! all that they answer. A schema whose instances are no strings says so; without one, or beside one of strings, a range
//! is whatever comes, and text is text. Each is reported where it stands; `x-implied-types: false` at the top of the
//! document leaves it to the letter.

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Content, MediaType, Operation, Schemas};
use crate::schemas::{are_equal, exclude_strings};

/// Takes the ranges and the texts of operations that are JSON as such.
pub(super) fn settle<'o>(
    operations: impl Iterator<Item = &'o mut Operation>,
    schemas: &Schemas,
    diagnostics: &mut Diagnostics,
) {
    for operation in operations {
        let bodies = operation.body.iter_mut().map(|it| &mut it.content);
        for content in bodies.chain(operation.responses.iter_mut().map(|it| &mut it.content)) {
            // Where JSON stands beside it, a range is for the rest.
            if content.iter().any(|it| it.media_type.is_json()) {
                settle_texts(content, schemas, diagnostics);
            } else {
                settle_range(content, schemas, diagnostics);
            }
        }
    }
}

fn settle_range(content: &mut [Content], schemas: &Schemas, diagnostics: &mut Diagnostics) {
    let Ok(json) = MediaType::parse("application/json") else { return };
    let is_range = |it: &Content| matches!(it.media_type.essence().as_str(), "*/*" | "application/*");
    let has_no_strings = |it: &Content| it.schema.is_some_and(|id| exclude_strings(schemas, id));
    if let Some(it) = content.iter_mut().find(|it| is_range(it) && has_no_strings(it)) {
        let message =
            format!("`{}` beside a schema without strings is taken as `application/json`", it.media_type.as_str());
        diagnostics.report(Code::ImpliedType, &it.origin, message).at_key();
        it.media_type = json;
    }
}

/// Text of what JSON beside it describes as well, and what is no string, is JSON; who answers prefers the proper name.
fn settle_texts(content: &mut Vec<Content>, schemas: &Schemas, diagnostics: &mut Diagnostics) {
    let json: Vec<_> = content.iter().filter(|it| it.media_type.is_json()).filter_map(|it| it.schema).collect();
    let says_json = |it: &mut Content| {
        let is_text = it.media_type.essence() == "text/plain";
        let described = it.schema.filter(|id| is_text && exclude_strings(schemas, *id));
        described.is_some_and(|id| json.iter().any(|other| are_equal(schemas, id, *other)))
    };
    let texts: Vec<_> = content.extract_if(.., says_json).collect();
    for mut it in texts {
        let message = "`text/plain` beside JSON of the same schema, which has no strings, is taken as JSON";
        diagnostics.report(Code::ImpliedType, &it.origin, message).at_key();
        it.media_type = it.media_type.holding_json();
        content.push(it);
    }
}
