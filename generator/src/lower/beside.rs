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
//!
//! The union may stand in `allOf`, itself or as a reference to one; of two unions each pair of branches is one.

use std::collections::BTreeSet;

use crate::ir::{Assertions, Schema, SchemaId, Schemas, Type, Types};
use crate::schemas::{behind, is_null};
use crate::source::Origin;

/// Larger products of unions are none.
const MOST_PAIRS: usize = 16;

/// A union that refers to what was divided is divided after it; longer chains of those than this are left.
const LONGEST: usize = 8;

/// Puts what stands beside unions into their branches.
pub(super) fn settle(schemas: &mut Schemas) {
    let ids: Vec<SchemaId> = schemas.iter().map(|(id, _)| id).collect();
    let referred: BTreeSet<SchemaId> = schemas.iter().filter_map(|(_, schema)| schema.reference).collect();
    for id in &ids {
        let hoisted = hoisted(schemas, *id, &referred);
        let whole = hoisted.as_ref().unwrap_or(&schemas[*id]);
        if let Some(branches) = divisible(schemas, whole).filter(|all| !all.iter().any(|it| referred.contains(it))) {
            let whole = whole.clone();
            divide(schemas, *id, whole, &branches);
        }
    }
    let composed = |id: &SchemaId| !schemas[*id].all_of.is_empty() || schemas[*id].reference.is_some();
    let mut left: Vec<SchemaId> = ids.into_iter().filter(composed).collect();
    for _ in 0..LONGEST {
        let before = left.len();
        left.retain(|id| !takes_in(schemas, *id));
        if left.len() == before {
            break;
        }
    }
}

/// A union that stands alone in `allOf`, one step up.
fn hoisted(schemas: &Schemas, id: SchemaId, referred: &BTreeSet<SchemaId>) -> Option<Schema> {
    let schema = &schemas[id];
    let mut unions = schema.all_of.iter().copied().filter(|it| is_union(&schemas[*it]));
    let (inner, None, false) = (unions.next()?, unions.next(), is_union(schema)) else { return None };
    let union = &schemas[inner];
    if !stands_alone(union) || referred.contains(&inner) {
        return None;
    }
    let mut out = schema.clone();
    out.all_of.retain(|it| *it != inner);
    out.types = out.types.and(union.types);
    (out.one_of, out.any_of) = (union.one_of.clone(), union.any_of.clone());
    out.discriminator = schema.discriminator.clone().or(union.discriminator.clone());
    Some(out)
}

fn is_union(schema: &Schema) -> bool {
    !schema.one_of.is_empty() || !schema.any_of.is_empty()
}

/// Whether a schema becomes a union of those that name it in `allOf`.
fn is_parent(schema: &Schema) -> bool {
    schema.discriminator.is_some() && !is_union(schema)
}

/// Whether a schema is a union of objects and nothing else.
fn stands_alone(union: &Schema) -> bool {
    let alone = Assertions {
        types: union.types,
        one_of: union.one_of.clone(),
        any_of: union.any_of.clone(),
        discriminator: union.discriminator.clone(),
        ..Assertions::default()
    };
    let is_of_objects = union.types == Types::ALL || union.types == Types::only(Type::Object);
    is_union(union) && union.assertions == alone && is_of_objects
}

/// Divides a schema that has unions in `allOf` or refers to one, by branches of its own: the unions stay what they are.
fn takes_in(schemas: &mut Schemas, id: SchemaId) -> bool {
    let Some((rest, unions)) = unions(schemas, id) else { return false };
    let Some(products) = products(schemas, &rest, &unions) else { return false };
    let keyword = if unions.iter().all(|it| it.any_of.is_empty()) { "oneOf" } else { "anyOf" };
    let origins: Vec<_> = (0..products.len()).map(|idx| rest.origin.key(keyword).key(&idx.to_string())).collect();
    let joined = origins.iter().zip(&products).map(|(origin, product)| joined(schemas, &rest, origin, product));
    let branches: Vec<_> = joined.collect();
    let mut whole = rest;
    if let [union] = unions.as_slice() {
        let mut told = whole.discriminator.clone().or_else(|| union.discriminator.clone());
        for (own, branch) in branches.iter().zip(products.iter().flatten()) {
            let target = schemas[*branch].reference;
            if let Some(it) = &mut told {
                it.replace(|id| id == *branch || Some(id) == target, *own);
            }
        }
        whole.discriminator = told;
    }
    (if keyword == "oneOf" { &mut whole.one_of } else { &mut whole.any_of }).clone_from(&branches);
    divide(schemas, id, whole, &branches);
    true
}

/// The unions that a schema consists of, and what else it says; `None` where there are none of one kind.
fn unions(schemas: &Schemas, id: SchemaId) -> Option<(Schema, Vec<Schema>)> {
    let union = |id: &SchemaId| Some(&schemas[behind(schemas, *id)]).filter(|it| stands_alone(it)).cloned();
    let mut found: Vec<Schema> = schemas[id].reference.iter().chain(&schemas[id].all_of).filter_map(union).collect();
    let is_one_kind = found.iter().all(|it| it.any_of.is_empty()) || found.iter().all(|it| it.one_of.is_empty());
    if found.is_empty() || !is_one_kind || is_union(&schemas[id]) {
        return None;
    }
    let mut rest = schemas[id].clone();
    rest.types = found.iter().fold(rest.types, |all, it| all.and(it.types));
    rest.reference = rest.reference.filter(|it| union(it).is_none());
    rest.all_of.retain(|it| union(it).is_none());
    let around = rest.reference.iter().chain(&rest.all_of).flat_map(|it| schemas.conjuncts(*it));
    if !around.fold(rest.types, |all, it| all.and(schemas[it].types)).contains(Type::Null) {
        for union in &mut found {
            union.one_of.retain(|it| !is_null(schemas, *it));
            union.any_of.retain(|it| !is_null(schemas, *it));
        }
    }
    Some((rest, found))
}

/// The branches of a union beside something, or those of several unions, one of each; `None` where they make no types.
fn products(schemas: &Schemas, rest: &Schema, unions: &[Schema]) -> Option<Vec<Vec<SchemaId>>> {
    let mut products: Vec<Vec<SchemaId>> = vec![Vec::new()];
    for union in unions {
        let branches: Vec<SchemaId> = union.one_of.iter().chain(&union.any_of).copied().collect();
        if branches.len() * products.len() > MOST_PAIRS && unions.len() > 1 {
            return None;
        }
        let with = |one: &Vec<SchemaId>| {
            let longer = |it: &SchemaId| one.iter().copied().chain([*it]).collect();
            branches.iter().map(longer).collect::<Vec<_>>()
        };
        products = products.iter().flat_map(with).collect();
    }
    let is_enough = has_properties_around(schemas, rest)? || unions.len() > 1;
    let fits = products.iter().flatten().all(|it| !is_null(schemas, *it) && is_object(schemas, *it));
    (is_enough && fits && !products.is_empty()).then_some(products)
}

/// A schema that is all of these branches.
fn joined(schemas: &mut Schemas, rest: &Schema, origin: &Origin, branches: &[SchemaId]) -> SchemaId {
    let id = schemas.reserve(origin);
    schemas[id].source = rest.source.clone();
    let mut all = branches.iter().map(|it| behind(schemas, *it)).collect::<Vec<_>>();
    if let [only] = all.as_slice() {
        schemas[id].reference = Some(*only);
        return id;
    }
    for (idx, branch) in all.iter_mut().enumerate() {
        let link = schemas.reserve(&origin.key("allOf").key(&idx.to_string()));
        schemas[link].source = rest.source.clone();
        schemas[link].reference = Some(*branch);
        *branch = link;
    }
    schemas[id].all_of = all;
    id
}

/// Whether what stands beside a union names properties; `None` if it cannot go into the branches.
fn has_properties_around(schemas: &Schemas, whole: &Schema) -> Option<bool> {
    let says_more = whole.enumeration.is_some() || whole.constant.is_some() || looks_around(whole) || whole.or_null;
    let beside: Vec<SchemaId> = whole.reference.iter().chain(&whole.all_of).copied().collect();
    let around: Vec<SchemaId> = beside.iter().flat_map(|id| schemas.conjuncts(*id)).collect();
    if says_more || around.iter().any(|it| is_union(&schemas[*it]) || is_parent(&schemas[*it])) {
        return None;
    }
    let mut said = [whole].into_iter().chain(around.iter().map(|it| &schemas[*it]));
    Some(said.any(|it| !it.objects.properties.is_empty()))
}

fn looks_around(schema: &Schema) -> bool {
    schema.arrays.unevaluated_items.is_some() || schema.objects.unevaluated_properties.is_some()
}

/// Whether a branch is an object with properties of its own, and neither a union nor what becomes one.
fn is_object(schemas: &Schemas, branch: SchemaId) -> bool {
    let conjuncts = schemas.conjuncts(branch);
    conjuncts.iter().any(|it| !schemas[*it].objects.properties.is_empty())
        && !conjuncts.iter().any(|it| is_union(&schemas[*it]))
        && !is_parent(&schemas[behind(schemas, branch)])
}

/// The branches that can take what stands beside their union; `None` if one cannot.
fn divisible(schemas: &Schemas, whole: &Schema) -> Option<Vec<SchemaId>> {
    let (([], union) | (union, [])) = (whole.one_of.as_slice(), whole.any_of.as_slice()) else { return None };
    if has_properties_around(schemas, whole) != Some(true) {
        return None;
    }
    let branches: Vec<SchemaId> = union.iter().copied().filter(|id| !is_null(schemas, *id)).collect();
    let fits = branches.iter().all(|id| is_object(schemas, *id) && !looks_around(&schemas[*id]));
    let allows_null = branches.len() == union.len() || whole.types.contains(Type::Null);
    (fits && !branches.is_empty() && allows_null).then_some(branches)
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
    let is_silent = own.assertions == Assertions::default();
    schemas.set(shared, own);
    for branch in branches.iter().filter(|_| !is_silent) {
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
