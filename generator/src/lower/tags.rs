//! By which values of a tag a branch of a union is known: those that it lists, or those of its own branches.
//!
//! ```yaml
//! Input: { oneOf: [{ $ref: '#/components/schemas/Call' }], discriminator: { propertyName: type } }
//! Call: { oneOf: [{ $ref: '#/components/schemas/Web' }, { $ref: '#/components/schemas/File' }] }
//! Web: { required: [type], properties: { type: { enum: [web_call] } } }
//! ```
//!
//! A value of `Call` is never tagged `Call`, but `web_call` or what a file is tagged.

use std::collections::BTreeSet;

use crate::ir::{Schema, SchemaId, Schemas, Type};
use crate::schemas::is_null;
use crate::source::Value;

/// The texts by which a branch is known, none if it leaves that to its name; `None` for a union with a branch that says
/// nothing.
pub(super) fn texts(schemas: &Schemas, branch: SchemaId, property: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    // A branch may be in many unions, and in itself.
    let mut seen = BTreeSet::new();
    let mut pending = vec![(branch, None)];
    while let Some((id, within)) = pending.pop() {
        let is_known = within.is_none_or(|union| names(schemas, union, id, property, &mut found));
        if !seen.insert(id) {
            continue;
        }
        let pins = pins(schemas, id, property);
        found.extend(pins.iter().filter_map(Value::as_str).map(str::to_owned));
        match union(schemas, id, property).filter(|_| pins.is_empty()) {
            Some(union) => {
                let within = branches(union).iter().rev().filter(|it| !is_null(schemas, **it));
                pending.extend(within.map(|it| (*it, Some(union))));
            }
            None if pins.is_empty() && !is_known && may_be_object(schemas, id) => return None,
            None => {}
        }
    }
    let mut seen = BTreeSet::new();
    found.retain(|it| seen.insert(it.clone()));
    Some(found)
}

/// The branches of the one union that a schema is.
pub(super) fn branches(schema: &Schema) -> &[SchemaId] {
    match (schema.one_of.as_slice(), schema.any_of.as_slice()) {
        (branches, []) | ([], branches) => branches,
        _ => &[],
    }
}

/// The union that a branch is, where it does not speak of the property itself.
fn union<'s>(schemas: &'s Schemas, id: SchemaId, property: &str) -> Option<&'s Schema> {
    let conjuncts = schemas.conjuncts(id);
    let names_properties = |id: &SchemaId| !schemas[*id].objects.properties.is_empty();
    let is_more = |id: &SchemaId| {
        let conjuncts = schemas.conjuncts(*id);
        conjuncts.iter().any(|it| names_properties(it) || !branches(&schemas[*it]).is_empty())
    };
    if conjuncts.iter().any(|it| schemas[*it].objects.properties.contains_key(property)) {
        return None;
    }
    // Branches that name no properties are conditions on one object.
    conjuncts.into_iter().map(|it| &schemas[it]).find(|it| branches(it).iter().any(is_more))
}

/// Adds the names that the discriminator of a union gives to one of its branches, and says whether there are any.
fn names(schemas: &Schemas, union: &Schema, branch: SchemaId, property: &str, found: &mut Vec<String>) -> bool {
    let Some(said) = union.discriminator.as_ref().filter(|it| it.property == property) else { return false };
    let target = schemas[branch].reference;
    let leads_here = |id: &SchemaId| *id == branch || Some(*id) == target;
    let mapped: Vec<_> = said.mapping.iter().filter(|(_, id)| leads_here(id)).map(|(name, _)| name.clone()).collect();
    let is_mapped = !mapped.is_empty();
    found.extend(mapped);
    let says_itself = !pins(schemas, branch, property).is_empty() || self::union(schemas, branch, property).is_some();
    if !is_mapped && !says_itself {
        found.extend(target.and_then(|it| schemas[it].origin.pointer.last()));
    }
    is_mapped || target.is_some()
}

/// Whether a value with properties may be of a schema.
fn may_be_object(schemas: &Schemas, id: SchemaId) -> bool {
    schemas.conjuncts(id).into_iter().all(|id| schemas[id].types.contains(Type::Object))
}

/// The values that a property of a branch may have, where they are listed; `null` is not counted.
pub(super) fn pins(schemas: &Schemas, branch: SchemaId, property: &str) -> Vec<Value> {
    let own = schemas.conjuncts(branch).into_iter().filter_map(|id| schemas[id].objects.properties.get(property));
    let all: BTreeSet<SchemaId> = own.flat_map(|id| schemas.conjuncts(*id)).collect();
    let lists = all.into_iter().flat_map(|id| {
        let schema = &schemas[id];
        schema.constant.clone().map(|it| vec![it]).into_iter().chain(schema.enumeration.clone())
    });
    let common = lists.reduce(|common, list| common.into_iter().filter(|it| list.contains(it)).collect());
    common.into_iter().flatten().filter(|it| *it != Value::Null).collect()
}
