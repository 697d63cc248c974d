//! Whether all instances of one schema are instances of another one, as far as that is certain.

use super::alike::are_equal;
use super::view::behind;
use crate::ir::{Assertions, Objects, Rare, Schema, SchemaId, Schemas, Type, Types};

/// Larger unions are told apart by a property, or by nothing that is worth comparing each branch with each.
pub(crate) const MOST_BRANCHES: usize = 32;

/// Whether a schema lies within another one: it is equal, of a type that the other one includes, or an object that has
/// all that the other one asks for.
pub(crate) fn is_within(schemas: &Schemas, inner: SchemaId, outer: SchemaId) -> bool {
    let (inner, outer) = (behind(schemas, inner), behind(schemas, outer));
    let (narrow, wide) = (&schemas[inner], &schemas[outer]);
    if inner == outer || are_equal(schemas, inner, outer) {
        return true;
    }
    // What a schema has by `allOf` can only make it narrower.
    let types = schemas.types(&schemas.conjuncts(inner));
    let includes = |ty: Type| wide.types.contains(ty) || (ty == Type::Integer && wide.types.contains(Type::Number));
    let has_types = types != Types::NONE && types.iter().all(includes) && !narrow.or_null;
    has_types && asks_for_members_alone(wide) && has_members(schemas, narrow, wide)
}

/// Whether a schema says nothing but a type and what it asks of objects.
fn asks_for_members_alone(wide: &Schema) -> bool {
    let rest = Assertions { types: Types::ALL, objects: Rare::default(), ..wide.assertions.clone() };
    rest == Assertions::default()
}

/// Whether an object of one schema has all that another one asks of objects.
fn has_members(schemas: &Schemas, narrow: &Schema, wide: &Schema) -> bool {
    let asked = Objects {
        properties: wide.objects.properties.clone(),
        required: wide.objects.required.clone(),
        ..Objects::default()
    };
    let has = |(name, id): (&String, &SchemaId)| {
        let own = narrow.objects.properties.get(name);
        own.is_some_and(|own| are_equal(schemas, *own, *id))
    };
    *wide.objects == asked
        && asked.required.iter().all(|name| narrow.objects.required.contains(name))
        // Names are compared before what they mean, which takes longer.
        && asked.properties.keys().all(|name| narrow.objects.properties.contains_key(name))
        && asked.properties.iter().all(has)
}
