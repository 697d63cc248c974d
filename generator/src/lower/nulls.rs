//! `null` that an author names, and that a union refuses all the same.
//!
//! ```yaml
//! { type: [object, 'null'], anyOf: [{ $ref: '#/…/Cat' }, { $ref: '#/…/Dog' }] }   # no branch takes it
//! { oneOf: [{ $ref: '#/…/MaybeCat' }, { type: 'null' }] }                         # two branches take it, and one may
//! ```
//!
//! Whoever writes so has a server that answers `null`. Each is reported where it stands; `x-implied-types: false` at the
//! top of the document takes them by the letter.

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Schema, SchemaId, Schemas, Type, Types};
use crate::schemas::{names_null, takes_null};

/// Lets these schemas have `null`.
pub(super) fn settle(schemas: &mut Schemas, diagnostics: &mut Diagnostics) {
    // All of them before any is changed: unions within unions are read as the document has them.
    let found: Vec<_> = schemas.iter().filter_map(|(id, schema)| Some((id, refused(schemas, schema)?))).collect();
    for (id, Refused { keyword, message, help }) in found {
        let schema = &mut schemas[id];
        diagnostics
            .report(Code::RepairedField, &schema.origin.key(keyword), message)
            .taken_as("or `null`")
            .help(help)
            .at_key();
        schema.assertions.or_null = true;
    }
}

struct Refused {
    keyword: &'static str,
    message: String,
    help: &'static str,
}

fn refused(schemas: &Schemas, schema: &Schema) -> Option<Refused> {
    let is_union = !schema.any_of.is_empty() || !schema.one_of.is_empty();
    if !is_union || schema.or_null || !schema.types.contains(Type::Null) || schema.types == Types::only(Type::Null) {
        return None;
    }
    let takers = |branches: &[SchemaId]| branches.iter().filter(|id| takes_null(schemas, **id)).count();
    let in_one = takers(&schema.one_of);
    if in_one > 1 && schema.one_of.iter().any(|id| names_null(schemas, &schemas.conjuncts(*id))) {
        return Some(Refused {
            keyword: "oneOf",
            message: format!("`null` is an instance of {in_one} branches of `oneOf`, which refuses it"),
            help: "leave `null` to one of the branches",
        });
    }
    let keyword = match (schema.any_of.is_empty(), schema.one_of.is_empty()) {
        (false, _) if takers(&schema.any_of) == 0 => "anyOf",
        (_, false) if in_one == 0 => "oneOf",
        _ => return None,
    };
    // Without `type`, all types are allowed, and none is named.
    (schema.types != Types::ALL).then(|| Refused {
        keyword,
        message: format!("`type` allows `null`, and no branch of `{keyword}` does"),
        help: "add a branch `{ type: 'null' }`, or leave `null` out of `type`",
    })
}
