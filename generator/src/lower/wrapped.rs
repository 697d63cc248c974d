//! Wrapped references: what is one reference, and beside it nothing that an instance could violate.
//!
//! ```yaml
//! { type: object, allOf: [{ $ref: '#/components/schemas/Owner' }] }           # as the reference alone
//! { allOf: [{ $ref: '#/components/schemas/Owner' }, { description: Words. }] }  # as the reference, with the words
//! { type: object, oneOf: [{ $ref: '#/components/schemas/Owner' }] }           # as the union of one
//! ```
//!
//! Each allows the same instances in its shorter form, which has the type of what it refers to and no copy of it.
//! Components stay as they are: each is a name of its own.

use std::collections::BTreeSet;

use crate::ir::{Annotations, Assertions, Schema, SchemaId, Schemas, Types};
use crate::schemas::{Possible, is_null};

/// Takes away what says nothing beside a reference.
pub(super) fn settle(schemas: &mut Schemas, components: &[(String, SchemaId)]) {
    let components: BTreeSet<SchemaId> = components.iter().map(|(_, id)| *id).collect();
    let ids: Vec<SchemaId> = schemas.iter().map(|(id, _)| id).filter(|id| !components.contains(id)).collect();
    for id in ids {
        if let Some(unwrapped) = unwrapped(schemas, id).or_else(|| union_of_one(schemas, id)) {
            schemas.set(id, unwrapped);
        }
    }
}

/// A schema that is one reference in `allOf`, without what stands beside it for readers or for nothing.
fn unwrapped(schemas: &Schemas, id: SchemaId) -> Option<Schema> {
    let schema = &schemas[id];
    let (silent, said): (Vec<_>, Vec<_>) =
        schema.all_of.iter().partition(|id| asserts_types_alone(&schemas[**id].assertions));
    let target = match (schema.reference, said.as_slice()) {
        (Some(_), []) => id,
        (None, [only]) if schemas[*only].reference.is_some() => *only,
        _ => return None,
    };
    let rest = Assertions { reference: None, all_of: Vec::new(), or_null: false, ..schema.assertions.clone() };
    let inner = schema.reference.unwrap_or(target);
    let possible = Possible::new(schemas).types(inner, 0);
    let is_wide = |types: Types| types.and(possible) == possible;
    if !asserts_types_alone(&rest) || !silent.iter().all(|id| is_wide(schemas[*id].types)) {
        return None;
    }
    let mut out = schema.clone();
    out.all_of.retain(|id| !silent.contains(id));
    if is_wide(out.types) {
        out.types = Types::ALL;
    }
    for id in silent {
        hear(&mut out.annotations, &schemas[id].annotations);
    }
    (out != *schema).then_some(out)
}

/// A union of one branch beside a type that the branch has anyway.
fn union_of_one(schemas: &Schemas, id: SchemaId) -> Option<Schema> {
    let schema = &schemas[id];
    let (([], branches) | (branches, [])) = (schema.one_of.as_slice(), schema.any_of.as_slice()) else { return None };
    let mut rest = branches.iter().filter(|id| !is_null(schemas, **id));
    let (Some(_), None) = (rest.next(), rest.next()) else { return None };
    let beside = Assertions { one_of: Vec::new(), any_of: Vec::new(), or_null: false, ..schema.assertions.clone() };
    let possible = Possible::new(schemas).either(branches, 0);
    let is_neutral = asserts_types_alone(&beside) && beside.types != Types::ALL;
    if !is_neutral || beside.types.and(possible) != possible {
        return None;
    }
    let mut out = schema.clone();
    out.types = Types::ALL;
    Some(out)
}

/// Whether something asserts a type at most.
fn asserts_types_alone(said: &Assertions) -> bool {
    Assertions { types: Types::ALL, ..said.clone() } == Assertions::default()
}

/// Says to readers what a member of `allOf` says, unless the whole has words of its own.
fn hear(own: &mut Annotations, said: &Annotations) {
    let Annotations {
        title,
        description,
        deprecated,
        read_only,
        content_encoding,
        content_media_type,
        write_only,
        default,
        examples,
    } = said;
    own.title = own.title.take().or_else(|| title.clone());
    own.description = own.description.take().or_else(|| description.clone());
    own.content_encoding = own.content_encoding.take().or_else(|| content_encoding.clone());
    own.content_media_type = own.content_media_type.take().or_else(|| content_media_type.clone());
    own.default = own.default.take().or_else(|| default.clone());
    own.deprecated |= deprecated;
    own.read_only |= read_only;
    own.write_only |= write_only;
    own.examples.extend(examples.iter().cloned());
}
