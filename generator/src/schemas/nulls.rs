//! Whether `null` is an instance of a schema. It is one value, so all that a schema says of it is known beforehand.
//!
//! `{ oneOf: [{ type: [string, 'null'] }, { type: 'null' }] }` names `null` twice and refuses it: two branches take it.

use std::collections::BTreeMap;

use crate::ir::{Schema, SchemaId, Schemas, Type, Types};
use crate::source::Value;

/// Beyond this depth of schemas that are one instance's, nobody looks: a document may chain thousands of them, and each
/// is asked. What stands there is taken to allow `null`.
const DEEPEST: usize = 64;

/// Whether `null` satisfies a schema, with all that it refers to.
pub(crate) fn takes_null(schemas: &Schemas, id: SchemaId) -> bool {
    Nulls { schemas, known: BTreeMap::new(), depth: 0 }.takes(id)
}

/// Whether one of some schemas that hold for the same instance says that it may be `null`: one that allows everything
/// allows `null` too, and needs no word for it.
pub(crate) fn names_null(schemas: &Schemas, conjuncts: &[SchemaId]) -> bool {
    let names = |schema: &Schema| {
        let is_typed = schema.types != Types::ALL && schema.types.contains(Type::Null);
        let lists = |it: &Vec<Value>| it.contains(&Value::Null);
        let is_listed = schema.enumeration.as_ref().is_some_and(lists) || schema.constant == Some(Value::Null);
        is_typed || schema.or_null || is_listed
    };
    conjuncts.iter().any(|id| names(&schemas[*id]))
}

/// What is known of schemas; each is looked at once.
struct Nulls<'a> {
    schemas: &'a Schemas,
    known: BTreeMap<SchemaId, bool>,
    depth: usize,
}

impl Nulls<'_> {
    fn takes(&mut self, id: SchemaId) -> bool {
        if let Some(known) = self.known.get(&id) {
            return *known;
        }
        if self.depth > DEEPEST {
            return true;
        }
        // What is made of itself was reported, and says nothing there.
        self.known.insert(id, true);
        let schema = &self.schemas[id];
        self.depth += 1;
        let takes = schema.types != Types::NONE && (schema.or_null || self.satisfies(schema));
        self.depth -= 1;
        self.known.insert(id, takes);
        takes
    }

    /// Formats, bounds, properties and items are about values of other types.
    fn satisfies(&mut self, schema: &Schema) -> bool {
        let is_listed = schema.enumeration.as_ref().is_none_or(|values| values.contains(&Value::Null));
        let is_constant = schema.constant.as_ref().is_none_or(|value| *value == Value::Null);
        schema.types.contains(Type::Null)
            && is_listed
            && is_constant
            && schema.reference.iter().chain(&schema.all_of).all(|id| self.takes(*id))
            && (schema.any_of.is_empty() || schema.any_of.iter().any(|id| self.takes(*id)))
            && (schema.one_of.is_empty() || schema.one_of.iter().filter(|id| self.takes(**id)).count() == 1)
            && !schema.not.is_some_and(|id| self.takes(id))
            && schema.conditional.as_ref().is_none_or(|it| {
                let chosen = if self.takes(it.condition) { it.then } else { it.otherwise };
                chosen.is_none_or(|id| self.takes(id))
            })
    }
}
