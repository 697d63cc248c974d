//! Copies of what a schema is put together from: in the whole it says something else than where it stands.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Schema, SchemaId, Schemas};

/// The parts that have copies, each with its copy.
pub(super) type Made = BTreeMap<SchemaId, SchemaId>;

/// The schemas that are put together from others, with how many they are with these; each behind those that it is put
/// together from.
pub(super) fn wholes(schemas: &Schemas) -> Vec<(usize, SchemaId)> {
    let composed = schemas.iter().filter(|(_, it)| !it.all_of.is_empty() || it.reference.is_some());
    let mut wholes: Vec<_> = composed.map(|(id, _)| (schemas.conjuncts(id).len(), id)).collect();
    wholes.sort_unstable();
    wholes
}

/// How a whole differs from what it is put together from.
pub(super) struct Change<'a> {
    pub(super) whole: SchemaId,
    /// The parts that say something else in it.
    pub(super) parts: &'a BTreeSet<SchemaId>,
    /// What becomes of each.
    pub(super) of: &'a dyn Fn(SchemaId, &mut Schema),
    /// What the copies are called in the whole.
    pub(super) called: &'a str,
}

/// Puts a whole together from copies of the parts that are changed, and of those around them; what is no part of it is not
/// touched. What has been made of parts before serves again.
pub(super) fn replace(schemas: &mut Schemas, change: &Change<'_>, made: &mut Made) {
    let Change { whole, parts: changed, of, called } = *change;
    let fresh: Vec<SchemaId> =
        around(schemas, whole, changed).into_iter().filter(|it| !made.contains_key(it)).collect();
    let place = schemas[whole].origin.key("allOf").key(called);
    for (idx, part) in fresh.iter().enumerate() {
        let copy = schemas.reserve(&place.key(&idx.to_string()));
        made.insert(*part, copy);
    }
    for part in fresh {
        let copy = made[&part];
        let mut schema = put(schemas[part].clone(), made);
        schema.origin = schemas[copy].origin.clone();
        if changed.contains(&part) {
            of(part, &mut schema);
        }
        schemas.set(copy, schema);
    }
    let schema = put(schemas[whole].clone(), made);
    schemas.set(whole, schema);
}

/// The parts of a whole that are changed, or have such a part, in the order in which they are met.
fn around(schemas: &Schemas, whole: SchemaId, changed: &BTreeSet<SchemaId>) -> Vec<SchemaId> {
    let parts = schemas.conjuncts(whole);
    let mut holders: BTreeMap<SchemaId, Vec<SchemaId>> = BTreeMap::new();
    for part in &parts {
        for inner in schemas[*part].reference.iter().chain(&schemas[*part].all_of) {
            holders.entry(*inner).or_default().push(*part);
        }
    }
    let mut found: BTreeSet<SchemaId> = changed.clone();
    let mut next: Vec<SchemaId> = changed.iter().copied().collect();
    while let Some(part) = next.pop() {
        next.extend(holders.get(&part).into_iter().flatten().filter(|it| found.insert(**it)));
    }
    parts.into_iter().filter(|it| *it != whole && found.contains(it)).collect()
}

/// A schema with copies in the place of its parts.
fn put(mut schema: Schema, made: &Made) -> Schema {
    for part in schema.assertions.reference.iter_mut().chain(&mut schema.assertions.all_of) {
        *part = made.get(part).copied().unwrap_or(*part);
    }
    schema
}
