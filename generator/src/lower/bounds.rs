//! What all schemas of a document are made of, which a short text can make more than anybody can look at.
//!
//! A thousand schemas over a chain of `allOf` with a thousand links are a million parts: each of them is looked at, and most
//! of them are written. Where people write documents, a schema has a handful.

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::Schemas;

/// So many parts may all schemas have together.
const MOST_PARTS: usize = 2_000_000;

/// Refuses a document of more; what it is made of is left aside, so that nobody else looks at it.
pub(super) fn settle(schemas: &mut Schemas, diagnostics: &mut Diagnostics) {
    let (mut all, mut most) = (0, (0, None));
    for (id, schema) in schemas.iter() {
        if schema.all_of.is_empty() && schema.reference.is_none() {
            continue;
        }
        let parts = schemas.conjuncts(id).len();
        all += parts;
        most = most.max((parts, Some(id)));
        if all > MOST_PARTS {
            break;
        }
    }
    let Some(largest) = most.1.filter(|_| all > MOST_PARTS) else { return };
    let message = format!(
        "references and `allOf` make more than {MOST_PARTS} parts of all schemas together; this one alone has {}",
        most.0
    );
    diagnostics
        .report(Code::UnsupportedField, &schemas[largest].origin, message)
        .help("nobody could review the code: let schemas hold each other by properties");
    let ids: Vec<_> = schemas.iter().map(|(id, _)| id).collect();
    for id in ids {
        let assertions = &mut schemas[id].assertions;
        assertions.all_of.clear();
        assertions.reference = None;
    }
}
