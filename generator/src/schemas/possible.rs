//! The types that instances of a schema can have, with all that it refers to.

use std::collections::BTreeMap;

use crate::ir::{Schema, SchemaId, Schemas, Type, Types};
use crate::source::Value;

/// Deeper than this, a schema may have any type.
const DEEPEST: usize = 64;

/// The types that instances of schemas can have, or more; each schema is looked at once.
pub(crate) struct Possible<'a> {
    schemas: &'a Schemas,
    known: BTreeMap<SchemaId, Types>,
}

impl<'a> Possible<'a> {
    /// Nothing is known yet.
    pub(crate) fn new(schemas: &'a Schemas) -> Self {
        Self { schemas, known: BTreeMap::new() }
    }

    /// The types of one schema, so many references away from where the question came from.
    pub(crate) fn types(&mut self, id: SchemaId, depth: usize) -> Types {
        if depth > DEEPEST {
            return Types::ALL;
        }
        if let Some(known) = self.known.get(&id) {
            return *known;
        }
        // Where a schema leads back to itself, nothing more is known there.
        self.known.insert(id, Types::ALL);
        let schema = &self.schemas[id];
        let mut types = schema.types.and(listed(schema));
        for inner in schema.reference.iter().chain(&schema.all_of) {
            types = types.and(self.types(*inner, depth + 1));
        }
        for branches in [&schema.one_of, &schema.any_of] {
            types = types.and(self.either(branches, depth + 1));
        }
        let types = if schema.or_null { types.with(Type::Null) } else { types };
        self.known.insert(id, types);
        types
    }

    /// The types of instances of at least one branch; all where there are no branches.
    pub(crate) fn either(&mut self, branches: &[SchemaId], depth: usize) -> Types {
        let all = branches.iter().map(|id| self.types(*id, depth));
        all.reduce(|one, other| other.iter().fold(one, Types::with)).unwrap_or(Types::ALL)
    }
}

/// The types of the values that a schema lists; all where it lists none.
fn listed(schema: &Schema) -> Types {
    let Some(values) = schema.enumeration.as_deref().or(schema.constant.as_ref().map(std::slice::from_ref)) else {
        return Types::ALL;
    };
    values.iter().map(type_of).fold(Types::NONE, Types::with)
}

/// The type of a value; `integer` for whole numbers.
pub(crate) fn type_of(value: &Value) -> Type {
    let fits = |ty: &Type| Types::only(*ty).allow(value);
    Type::ALL.into_iter().find(fits).unwrap_or(Type::Null)
}
