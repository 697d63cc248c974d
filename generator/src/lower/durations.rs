//! Durations that are none of ISO 8601.
//!
//! ```yaml
//! { type: string, format: duration, default: 30s }   # any text
//! ```
//!
//! By the letter `duration` is `PT30S`. What a server takes for itself where nothing is said is what it understands: where
//! no `default` of the whole document is such a duration, and one is something else, all of them are texts of another
//! notation, such as that of Go. `x-implied-types: false` at the top of the document leaves it to the letter.

use specwright_runtime::format::is_valid;

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Schema, SchemaId, Schemas};

const DURATION: &str = "duration";

/// Takes the format from durations of a document whose own are others.
pub(super) fn settle(schemas: &mut Schemas, diagnostics: &mut Diagnostics) {
    let all: Vec<SchemaId> = schemas.iter().filter(|(_, it)| is_duration(it)).map(|(id, _)| id).collect();
    let default = |id: &SchemaId| {
        let text = schemas[*id].annotations.default.as_ref()?.as_str()?;
        (!text.is_empty()).then_some((*id, text))
    };
    let (fitting, others): (Vec<_>, Vec<_>) =
        all.iter().filter_map(default).partition(|(_, it)| is_valid(DURATION, it));
    let [(first, text), ..] = others.as_slice() else { return };
    if !fitting.is_empty() {
        return;
    }
    let message = format!("the default `{}` is no duration of ISO 8601, and no other is", text.escape_debug());
    diagnostics
        .report(Code::ContradictorySchema, &schemas[*first].origin.key("default"), message)
        .taken_as("any text, wherever this document has `format: duration`")
        .help("leave `format` out, or name one of your own");
    for id in all {
        schemas[id].assertions.format = None;
    }
}

fn is_duration(schema: &Schema) -> bool {
    schema.format.as_deref() == Some(DURATION)
}
