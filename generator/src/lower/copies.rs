//! Copies of what a schema is put together from: in the whole it says something else than where it stands.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Schema, SchemaId, Schemas};

/// What becomes of a part in a whole.
type Change<'a> = &'a dyn Fn(SchemaId, &mut Schema);

/// The parts of a whole, some of them changed there.
pub(super) struct Copies<'a> {
    whole: SchemaId,
    changed: BTreeSet<SchemaId>,
    change: Change<'a>,
    made: BTreeMap<SchemaId, SchemaId>,
}

impl<'a> Copies<'a> {
    /// Puts a whole together from copies of the parts that are changed, and of those around them; what is no part of it
    /// is not touched.
    pub(super) fn replace(schemas: &mut Schemas, whole: SchemaId, changed: BTreeSet<SchemaId>, change: Change<'a>) {
        let mut copies = Self { whole, changed, change, made: BTreeMap::new() };
        let schema = copies.around(schemas, schemas[whole].clone());
        schemas.set(whole, schema);
    }

    /// A schema around the copies of its parts.
    fn around(&mut self, schemas: &mut Schemas, mut schema: Schema) -> Schema {
        for part in schema.assertions.reference.iter_mut().chain(&mut schema.assertions.all_of) {
            *part = self.copy(schemas, *part);
        }
        schema
    }

    /// The part that stands for one which is changed; any other one is its own.
    fn copy(&mut self, schemas: &mut Schemas, part: SchemaId) -> SchemaId {
        if let Some(known) = self.made.get(&part) {
            return *known;
        }
        // What leads back to itself has been reported, and ends here.
        self.made.insert(part, part);
        if part == self.whole || !schemas.conjuncts(part).iter().any(|it| self.changed.contains(it)) {
            return part;
        }
        let origin = schemas[self.whole].origin.key("allOf").key("described").key(&self.made.len().to_string());
        let copy = schemas.reserve(&origin);
        let mut schema = self.around(schemas, schemas[part].clone());
        schema.origin = origin;
        if self.changed.contains(&part) {
            (self.change)(part, &mut schema);
        }
        schemas.set(copy, schema);
        self.made.insert(part, copy);
        copy
    }
}
