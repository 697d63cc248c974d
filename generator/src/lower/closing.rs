//! Objects that the user wants to have no property but those that are named.

use std::collections::BTreeSet;

use crate::ir::{Api, Schema, SchemaId, Types};

/// Makes schemas of objects refuse what they do not name, as if they said so.
///
/// Those that others are composed of stay as they are: `additionalProperties: false` in them would refuse what the
/// whole has. The whole says it by `unevaluatedProperties`.
pub fn close(api: &mut Api) {
    let parts = parts(api);
    let is_silent = |it: &Schema| it.objects.additional.is_none() && it.objects.unevaluated_properties.is_none();
    let all = api.schemas.iter().map(|(id, _)| id).collect::<Vec<_>>();
    let closed = all.into_iter().filter(|id| {
        let conjuncts = api.schemas.conjuncts(*id);
        let describes = conjuncts.iter().any(|it| !api.schemas[*it].objects.properties.is_empty());
        let is_silent = conjuncts.iter().all(|it| is_silent(&api.schemas[*it]));
        // An alias is what it names.
        describes && is_silent && !parts.contains(id) && !is_alias(&api.schemas[*id])
    });
    for id in closed.collect::<Vec<_>>() {
        let none = nothing(api, id);
        let schema = &mut api.schemas[id];
        let is_composed = schema.reference.is_some()
            || !(schema.all_of.is_empty() && schema.any_of.is_empty() && schema.one_of.is_empty())
            || schema.conditional.is_some()
            || !schema.objects.dependent_schemas.is_empty();
        let slot =
            if is_composed { &mut schema.objects.unevaluated_properties } else { &mut schema.objects.additional };
        *slot = Some(none);
    }
}

/// The schema `false`, as what a keyword of a schema holds.
fn nothing(api: &mut Api, id: SchemaId) -> SchemaId {
    let schema = &api.schemas[id];
    let (origin, source, usage) = (schema.origin.key("additionalProperties"), schema.source.clone(), schema.usage);
    let none = api.schemas.reserve(&origin);
    let mut schema = Schema { source, usage, ..Schema::new(origin) };
    schema.types = Types::NONE;
    api.schemas.set(none, schema);
    none
}

/// The schemas that hold for an instance beside others which may know of more properties.
fn parts(api: &Api) -> BTreeSet<SchemaId> {
    let mut parts = BTreeSet::new();
    for (_, schema) in api.schemas.iter() {
        let beside = schema.reference.iter().filter(|_| !is_alias(schema)).chain(&schema.all_of);
        let questions = schema.not.iter().chain(schema.objects.dependent_schemas.values());
        parts.extend(beside.chain(questions).copied());
        let conditional = schema.conditional.iter().flat_map(|it| [Some(it.condition), it.then, it.otherwise]);
        parts.extend(conditional.flatten());
        // Branches of a pure union are wholes.
        if !schema.objects.properties.is_empty() || !schema.all_of.is_empty() || schema.reference.is_some() {
            parts.extend(schema.any_of.iter().chain(&schema.one_of).copied());
        }
    }
    // What a part is made of is a part, too.
    let mut left: Vec<_> = parts.iter().copied().collect();
    while let Some(id) = left.pop() {
        let schema = &api.schemas[id];
        let inner = schema.reference.iter().chain(&schema.all_of).chain(&schema.any_of).chain(&schema.one_of);
        left.extend(inner.copied().filter(|it| parts.insert(*it)).collect::<Vec<_>>());
    }
    parts
}

/// Whether a schema is a reference and nothing else.
fn is_alias(schema: &Schema) -> bool {
    schema.reference.is_some() && schema.all_of.is_empty() && schema.objects.properties.is_empty()
}
