//! Parts of `allOf` that are closed: what other parts add is refused by the letter, and nobody means that.
//!
//! ```yaml
//! Base: { type: object, additionalProperties: false, properties: { name: { type: string } } }
//! Dog:
//!   allOf:
//!     - $ref: '#/components/schemas/Base'
//!     - { type: object, additionalProperties: false, properties: { barks: { type: boolean } } }
//! ```
//!
//! By the letter only `{}` is a dog. As generators that make such documents have it, the whole has no more properties than
//! its parts describe together, which is `unevaluatedProperties: false` of the whole. `Base` alone stays closed.
//!
//! `additionalProperties: { type: integer }` beside a part with a text is the same with another schema.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Schema, SchemaId, Schemas, Types};

/// Moves what closes the parts to the wholes.
pub(super) fn settle(schemas: &mut Schemas, diagnostics: &mut Diagnostics) {
    let wholes: Vec<(SchemaId, Closing)> = schemas
        .iter()
        .filter(|(_, schema)| is_composed(schema))
        .filter_map(|(id, _)| Some((id, closing(schemas, id)?)))
        .collect();
    let mut opened = BTreeMap::new();
    for (whole, Closing { part, rest, name }) in wholes {
        let name = name.escape_debug();
        let message = format!("`additionalProperties` of one part refuses the property `{name}` of another");
        let found = diagnostics.report(Code::ContradictorySchema, &schemas[whole].origin, message);
        found.taken_as("what is said about the whole: `unevaluatedProperties`");
        if part != whole {
            found.related(schemas[part].origin.clone(), "the part that says it");
        }
        let mut schema = open(schemas, whole, &mut opened);
        schema.objects.unevaluated_properties.get_or_insert(rest);
        schemas.set(whole, schema);
    }
}

fn is_composed(schema: &Schema) -> bool {
    !schema.all_of.is_empty() || (schema.reference.is_some() && !schema.objects.properties.is_empty())
}

/// A part that refuses what another one describes.
struct Closing {
    part: SchemaId,
    /// What it says of further properties.
    rest: SchemaId,
    /// One that it refuses.
    name: String,
}

fn closing(schemas: &Schemas, whole: SchemaId) -> Option<Closing> {
    let parts = schemas.conjuncts(whole);
    let described = |part: SchemaId| {
        let others = parts.iter().filter(move |other| **other != part);
        others.flat_map(|other| schemas[*other].objects.properties.iter())
    };
    let found = parts.iter().filter_map(|part| {
        let objects = &schemas[*part].objects;
        let rest = closes(schemas, *part).filter(|_| objects.pattern_properties.is_empty())?;
        let is_refused = |id: SchemaId| {
            let types = types_of(schemas, id);
            types != Types::NONE && types.and(types_of(schemas, rest)) == Types::NONE
        };
        let refused = |(name, id): &(&String, &SchemaId)| !objects.properties.contains_key(*name) && is_refused(**id);
        let (name, _) = described(*part).find(refused)?;
        Some(Closing { part: *part, rest, name: name.clone() })
    });
    // Where one of several allows nothing, the whole has no more.
    found.min_by_key(|it| types_of(schemas, it.rest) != Types::NONE)
}

/// The schema of further properties, where it does not take all.
fn closes(schemas: &Schemas, part: SchemaId) -> Option<SchemaId> {
    schemas[part].objects.additional.filter(|rest| types_of(schemas, *rest) != Types::ALL)
}

/// The types that a schema allows, its conjuncts included.
fn types_of(schemas: &Schemas, id: SchemaId) -> Types {
    schemas.types(&schemas.conjuncts(id))
}

/// A schema that is as it was but for what closes it.
fn open(schemas: &mut Schemas, id: SchemaId, opened: &mut BTreeMap<SchemaId, SchemaId>) -> Schema {
    let mut schema = schemas[id].clone();
    for part in schema.assertions.reference.iter_mut().chain(&mut schema.assertions.all_of) {
        *part = part_of(schemas, *part, opened);
    }
    if closes(schemas, id).is_some() {
        schema.assertions.objects.additional = None;
    }
    let unevaluated = schema.objects.unevaluated_properties;
    schema.assertions.objects.unevaluated_properties = unevaluated.filter(|it| types_of(schemas, *it) == Types::ALL);
    schema
}

/// The part that stands for one which is closed somewhere; any other one is its own.
fn part_of(schemas: &mut Schemas, part: SchemaId, opened: &mut BTreeMap<SchemaId, SchemaId>) -> SchemaId {
    if let Some(known) = opened.get(&part) {
        return *known;
    }
    // What leads back to itself has been reported, and ends here.
    opened.insert(part, part);
    let all = schemas.conjuncts(part);
    let unevaluated = |id: SchemaId| schemas[id].objects.unevaluated_properties;
    let is_closed = |id: &SchemaId| {
        closes(schemas, *id).is_some() || unevaluated(*id).is_some_and(|rest| types_of(schemas, rest) != Types::ALL)
    };
    if !all.iter().any(is_closed) {
        return part;
    }
    let origin = schemas[part].origin.key("additionalProperties").key("open");
    let copy = schemas.reserve(&origin);
    let schema = Schema { origin, ..open(schemas, part, opened) };
    schemas.set(copy, schema);
    opened.insert(part, copy);
    // What is open is its own open form.
    opened.insert(copy, copy);
    copy
}
