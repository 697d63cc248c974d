//! Lines of JSON whose schema is about all of them as one text.
//!
//! ```yaml
//! content: { application/x-ndjson: { schema: { type: string } } }   # lines of any JSON
//! ```
//!
//! Whoever looks at a stream as a text says so, and nobody sends lines of nothing but texts. With `x-implied-types: false` at
//! the top of the document, the schema is about each line, as any other schema that is no array.

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Assertions, Content, Operation, SchemaId, Schemas, Type, Types};

/// Lets such a schema say nothing about the lines.
pub(super) fn settle<'o>(
    operations: impl Iterator<Item = &'o Operation>,
    schemas: &mut Schemas,
    diagnostics: &mut Diagnostics,
) {
    for operation in operations {
        let bodies = operation.body.iter().flat_map(|it| &it.content);
        for content in bodies.chain(operation.responses.iter().flat_map(|it| &it.content)) {
            let Some(schema) = whole_text(content, schemas) else { continue };
            let shown = content.media_type.as_str().escape_debug();
            let message = format!("`{shown}` is values of JSON, and its schema is the text of all of them");
            diagnostics
                .report(Code::ApproximatedField, &content.origin, message)
                .taken_as("values of any JSON")
                .help("describe one of the values instead")
                .at_key();
            schemas[schema].assertions = Assertions::default();
        }
    }
}

/// The schema of lines that is a text, where it stands there and nowhere else.
fn whole_text(content: &Content, schemas: &Schemas) -> Option<SchemaId> {
    let is_lines = content.media_type.is_json_lines() || content.media_type.is_json_sequence();
    let is_text = |id: &SchemaId| schemas[*id].types == Types::only(Type::String) && schemas[*id].reference.is_none();
    content.schema.filter(|_| is_lines && !content.is_item).filter(is_text)
}
