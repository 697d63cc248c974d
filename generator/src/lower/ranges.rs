//! Media ranges that are JSON.
//!
//! ```yaml
//! content: { '*/*': { schema: { $ref: '#/components/schemas/Pet' } } }   # as `application/json`
//! ```
//!
//! Frameworks that make documents of code write a range where they answer in JSON. A schema whose instances are no
//! strings says so; without one, or beside one of strings, a range is whatever comes. Each is reported where it stands;
//! `x-implied-types: false` at the top of the document leaves it to the letter.

use std::collections::BTreeSet;

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Content, MediaType, Operation, SchemaId, Schemas, Type, Types};

/// Takes the ranges of operations that are JSON as `application/json`.
pub(super) fn settle<'o>(
    operations: impl Iterator<Item = &'o mut Operation>,
    schemas: &Schemas,
    diagnostics: &mut Diagnostics,
) {
    let Ok(json) = MediaType::parse("application/json") else { return };
    for operation in operations {
        let bodies = operation.body.iter_mut().map(|it| &mut it.content);
        for content in bodies.chain(operation.responses.iter_mut().map(|it| &mut it.content)) {
            // Where JSON stands beside it, the range is for the rest.
            if content.iter().any(|it| it.media_type.is_json()) {
                continue;
            }
            if let Some(it) = content.iter_mut().find(|it| is_json(it, schemas)) {
                let message = format!(
                    "`{}` beside a schema without strings is taken as `application/json`",
                    it.media_type.as_str()
                );
                diagnostics.report(Code::ImpliedType, &it.origin, message).at_key();
                it.media_type = json.clone();
            }
        }
    }
}

fn is_json(content: &Content, schemas: &Schemas) -> bool {
    let is_range = matches!(content.media_type.essence().as_str(), "*/*" | "application/*");
    is_range && content.schema.is_some_and(|id| is_structured(schemas, id, &mut BTreeSet::new()))
}

/// Whether all instances are something else than strings; `seen` are the schemas that are being looked at.
fn is_structured(schemas: &Schemas, id: SchemaId, seen: &mut BTreeSet<SchemaId>) -> bool {
    if !seen.insert(id) {
        return false;
    }
    let conjuncts = schemas.conjuncts(id);
    let says_type = |it: &SchemaId| {
        let types = schemas[*it].types;
        types != Types::ALL && !types.contains(Type::String)
    };
    conjuncts.iter().any(says_type)
        || conjuncts.iter().any(|it| {
            let (one, any) = (&schemas[*it].one_of, &schemas[*it].any_of);
            [one, any].into_iter().any(|all| !all.is_empty() && all.iter().all(|it| is_structured(schemas, *it, seen)))
        })
}
