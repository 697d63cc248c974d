//! Types that nobody wrote, beside types that somebody did.
//!
//! ```yaml
//! Base: { properties: { id: { type: string } } }
//! Rows:
//!   allOf:
//!     - $ref: '#/components/schemas/Base'
//!     - { type: array, items: { type: string } }
//! ```
//!
//! `Base` is an object, since its keywords say so. Beside a type that the document names, these keywords are about objects
//! and mean nothing else, as the letter has it: rows are a list, where no value was both. `Base` alone stays an object.

use std::collections::BTreeSet;

use super::copies::{Change, Made, replace, wholes};
use super::overridden::own;
use crate::diagnostics::{Code, Diagnostics};
use crate::document::Document;
use crate::ir::{Schema, SchemaId, Schemas, Type, Types};

/// Takes implied types away where a whole has one that is written and excludes them.
pub(super) fn settle(
    document: &Document,
    schemas: &mut Schemas,
    components: &[(String, SchemaId)],
    diagnostics: &mut Diagnostics,
) {
    let components: BTreeSet<SchemaId> = components.iter().map(|(_, id)| *id).collect();
    // What yields in a part does so in every whole that has it.
    let mut made = Made::new();
    for (_, id) in wholes(schemas) {
        let Some(Yielding { implied, written }) = yielding(document, schemas, id) else { continue };
        let types = schemas[written].types.shown();
        let place = implied.first().map_or(id, |it| *it);
        diagnostics
            .report(
                Code::ContradictorySchema,
                &schemas[place].origin,
                format!("this has no `type`, and a part beside it asks for {types}"),
            )
            .taken_as(format!("{types}, since keywords about objects say nothing of other values"))
            .help("name the `type` in one part, or take the keywords about objects away")
            .related(schemas[written].origin.clone(), "the other part");
        let own = own(schemas, &components, id);
        let (inside, shared): (BTreeSet<SchemaId>, BTreeSet<SchemaId>) =
            implied.into_iter().partition(|it| own.contains(it));
        for it in inside {
            schemas[it].types = Types::ALL;
        }
        if !shared.is_empty() {
            let of = |_: SchemaId, schema: &mut Schema| schema.types = Types::ALL;
            replace(schemas, &Change { whole: id, parts: &shared, of: &of, called: "untyped" }, &mut made);
        }
    }
}

/// The conjuncts of a whole whose type is implied, and one that excludes it.
struct Yielding {
    implied: Vec<SchemaId>,
    written: SchemaId,
}

fn yielding(document: &Document, schemas: &Schemas, id: SchemaId) -> Option<Yielding> {
    let is_object = |it: &SchemaId| schemas[*it].types.without(Type::Null) == Types::only(Type::Object);
    let names_none = |it: &SchemaId| {
        let at = document.at(&schemas[*it].origin);
        at.is_some_and(|it| ["type", "enum", "const"].iter().all(|key| it.value.get(key).is_none()))
    };
    let (implied, others): (Vec<SchemaId>, Vec<SchemaId>) =
        schemas.conjuncts(id).into_iter().partition(|it| is_object(it) && names_none(it));
    let types = schemas.types(&others);
    let excludes = |it: &&SchemaId| !schemas[**it].types.contains(Type::Object);
    let written = others.iter().find(excludes).copied().filter(|_| types.without(Type::Null) != Types::NONE)?;
    (!implied.is_empty()).then_some(Yielding { implied, written })
}
