//! Properties beside a union: what is said once about all branches is said about each of them.
//!
//! ```yaml
//! Entry:
//!   properties: { at: { type: integer } }
//!   oneOf: [{ $ref: '#/components/schemas/Failed' }, { $ref: '#/components/schemas/Ignored' }]
//! ```
//!
//! An entry is a failed one with `at` or an ignored one with `at`. Both forms allow the same instances; in the second,
//! each branch is a struct with all of its fields. Branches that name no properties of their own, such as
//! `required: [left]`, are conditions on the one object, and stay what they are.

use std::collections::BTreeSet;

use crate::ir::{Assertions, Schema, SchemaId, Schemas, Type, Types};
use crate::schemas::is_null;

/// Puts what stands beside unions into their branches.
pub(super) fn settle(schemas: &mut Schemas) {
    let ids: Vec<SchemaId> = schemas.iter().map(|(id, _)| id).collect();
    let referred: BTreeSet<SchemaId> = schemas.iter().filter_map(|(_, schema)| schema.reference).collect();
    for id in ids {
        let hoisted = hoisted(schemas, id, &referred);
        let whole = hoisted.as_ref().unwrap_or(&schemas[id]);
        if let Some(branches) = divisible(schemas, whole, &referred) {
            let whole = whole.clone();
            divide(schemas, id, whole, &branches);
        }
    }
}

/// A union that stands alone in `allOf`, one step up.
fn hoisted(schemas: &Schemas, id: SchemaId, referred: &BTreeSet<SchemaId>) -> Option<Schema> {
    let schema = &schemas[id];
    let has_union = |id: &SchemaId| !schemas[*id].one_of.is_empty() || !schemas[*id].any_of.is_empty();
    let mut unions = schema.all_of.iter().copied().filter(has_union);
    let (inner, None, false) = (unions.next()?, unions.next(), has_union(&id)) else { return None };
    let union = &schemas[inner];
    let alone = Assertions {
        types: union.types,
        one_of: union.one_of.clone(),
        any_of: union.any_of.clone(),
        discriminator: union.discriminator.clone(),
        ..Assertions::default()
    };
    let is_of_objects = union.types == Types::ALL || union.types == Types::only(Type::Object);
    if union.assertions != alone || !is_of_objects || referred.contains(&inner) {
        return None;
    }
    let mut out = schema.clone();
    out.all_of.retain(|it| *it != inner);
    (out.one_of, out.any_of) = (alone.one_of, alone.any_of);
    out.discriminator = schema.discriminator.clone().or(alone.discriminator);
    Some(out)
}

/// The branches that can take what stands beside their union; `None` if one cannot.
fn divisible(schemas: &Schemas, whole: &Schema, referred: &BTreeSet<SchemaId>) -> Option<Vec<SchemaId>> {
    let (([], union) | (union, [])) = (whole.one_of.as_slice(), whole.any_of.as_slice()) else { return None };
    let looks_around =
        |it: &Schema| it.arrays.unevaluated_items.is_some() || it.objects.unevaluated_properties.is_some();
    let says_more = whole.enumeration.is_some() || whole.constant.is_some() || looks_around(whole) || whole.or_null;
    let beside: Vec<SchemaId> = whole.reference.iter().chain(&whole.all_of).copied().collect();
    let around: Vec<SchemaId> = beside.iter().flat_map(|id| schemas.conjuncts(*id)).collect();
    let is_union = |id: &SchemaId| !schemas[*id].one_of.is_empty() || !schemas[*id].any_of.is_empty();
    let has_properties =
        !whole.objects.properties.is_empty() || around.iter().any(|id| !schemas[*id].objects.properties.is_empty());
    if says_more || !has_properties || around.iter().any(is_union) {
        return None;
    }
    let mut branches = Vec::new();
    for id in union.iter().copied().filter(|id| !is_null(schemas, *id)) {
        let conjuncts = schemas.conjuncts(id);
        let is_object = conjuncts.iter().any(|it| !schemas[*it].objects.properties.is_empty());
        let fits = is_object && !conjuncts.iter().any(is_union) && !looks_around(&schemas[id]);
        if !fits || referred.contains(&id) {
            return None;
        }
        branches.push(id);
    }
    let allows_null = branches.len() == union.len() || whole.types.contains(Type::Null);
    (!branches.is_empty() && allows_null).then_some(branches)
}

/// Moves what stands beside a union into a schema of its own, to which each branch refers.
fn divide(schemas: &mut Schemas, id: SchemaId, whole: Schema, branches: &[SchemaId]) {
    let place = if whole.objects.properties.is_empty() { "allOf" } else { "properties" };
    let shared = schemas.reserve(&whole.origin.key(place));
    let mut own = Schema::new(schemas[shared].origin.clone());
    own.source = whole.source.clone();
    own.assertions = whole.assertions.clone();
    (own.one_of, own.any_of, own.discriminator) = (Vec::new(), Vec::new(), None);
    if own.types != Types::ALL {
        own.types = own.types.without(Type::Null);
    }
    schemas.set(shared, own);
    for branch in branches {
        let origin = schemas[*branch].origin.key("allOf").key(&schemas[*branch].all_of.len().to_string());
        let link = schemas.reserve(&origin);
        schemas[link].reference = Some(shared);
        schemas[*branch].all_of.push(link);
    }
    let union = Assertions {
        one_of: whole.one_of.clone(),
        any_of: whole.any_of.clone(),
        discriminator: whole.discriminator.clone(),
        ..Assertions::default()
    };
    schemas.set(id, Schema { assertions: union, ..whole });
}
