//! All schemas of an API, by their ids and by their places.

use std::collections::BTreeSet;

use super::schema::{Schema, SchemaId, Types};
use crate::ordered::IndexMap;
use crate::source::Origin;

/// All schemas of an API; looking one up cannot fail.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Schemas {
    /// In pieces of one size, so that adding one never moves those that are there: they are large, and many.
    pieces: Vec<Vec<Schema>>,
    by_origin: IndexMap<Origin, SchemaId>,
}

/// How many schemas a piece has, all but the last one.
const PIECE: usize = 128;

impl Schemas {
    /// The schema at a place, if it has been lowered.
    pub fn find(&self, origin: &Origin) -> Option<SchemaId> {
        self.by_origin.get(origin).copied()
    }

    /// The schema of the document at a JSON Pointer, as the document or what it was put into has it.
    pub fn at(&self, pointer: &str) -> Option<SchemaId> {
        let is_there = |it: &Schema| it.origin.file.0 == 0 && it.origin.pointer.as_str() == pointer;
        let was_there = |it: &Schema| it.origin.file.0 == 0 && it.source.as_str() == pointer;
        let find = |wanted: &dyn Fn(&Schema) -> bool| self.iter().find(|(_, it)| wanted(it)).map(|(id, _)| id);
        find(&is_there).or_else(|| find(&was_there))
    }

    /// Takes a place for a schema whose keywords follow with [`Schemas::set`], so that a cycle finds its start.
    pub fn reserve(&mut self, origin: &Origin) -> SchemaId {
        let id = self.add_form(Schema::new(origin.clone()));
        self.by_origin.insert(origin.clone(), id);
        id
    }

    /// Puts the keywords into a reserved place.
    pub fn set(&mut self, id: SchemaId, schema: Schema) {
        self[id] = schema;
    }

    /// Adds a second form of a schema that is there; its place still finds the first one.
    pub fn add_form(&mut self, schema: Schema) -> SchemaId {
        let id = SchemaId(u32::try_from(self.len()).unwrap_or(u32::MAX));
        if self.len().is_multiple_of(PIECE) {
            self.pieces.push(Vec::with_capacity(PIECE));
        }
        if let Some(piece) = self.pieces.last_mut() {
            piece.push(schema);
        }
        id
    }

    /// Every schema with its id, in the order in which they were met.
    pub fn iter(&self) -> impl Iterator<Item = (SchemaId, &Schema)> {
        (0..).map(SchemaId).zip(self.pieces.iter().flatten())
    }

    /// The types that all of some schemas allow.
    pub fn types(&self, all: &[SchemaId]) -> Types {
        all.iter().fold(Types::ALL, |types, id| types.and(self[*id].types))
    }

    /// A schema and, transitively, what `$ref` and `allOf` put beside it; each once.
    pub fn conjuncts(&self, id: SchemaId) -> Vec<SchemaId> {
        let mut all = vec![id];
        let mut seen = BTreeSet::from([id]);
        let mut next = 0;
        while let Some(id) = all.get(next).copied() {
            next += 1;
            let schema = &self[id];
            let beside = schema.reference.into_iter().chain(schema.all_of.iter().copied());
            all.extend(beside.filter(|id| seen.insert(*id)));
        }
        all
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.pieces.last().map_or(0, |last| (self.pieces.len() - 1) * PIECE + last.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}

impl std::ops::Index<SchemaId> for Schemas {
    type Output = Schema;

    fn index(&self, id: SchemaId) -> &Schema {
        &self.pieces[id.index() / PIECE][id.index() % PIECE]
    }
}

impl std::ops::IndexMut<SchemaId> for Schemas {
    fn index_mut(&mut self, id: SchemaId) -> &mut Schema {
        &mut self.pieces[id.index() / PIECE][id.index() % PIECE]
    }
}
