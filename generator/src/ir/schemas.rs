//! All schemas of an API, by their ids and by their places.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use super::schema::{Schema, SchemaId, Types};
use crate::ordered::IndexMap;
use crate::source::{FileId, Origin};

/// All schemas of an API; looking one up cannot fail.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Schemas {
    /// Each by itself: they are large and many, and copies of them all have most of them in common.
    all: Vec<Arc<Schema>>,
    by_origin: IndexMap<Origin, SchemaId>,
}

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

    /// Takes a place for a schema that follows with [`Schemas::set`], so that a cycle finds its start; until then it is
    /// the schema `true`.
    pub fn reserve(&mut self, origin: &Origin) -> SchemaId {
        let id = self.add_form(Schema::new(origin.clone()));
        self.by_origin.insert(origin.clone(), id);
        id
    }

    /// The same for many, of which nobody looks at one before it follows.
    pub(crate) fn meet(&mut self, origin: &Origin) -> SchemaId {
        static NONE: LazyLock<Arc<Schema>> = LazyLock::new(|| Arc::new(Schema::new(Origin::root(FileId(0)))));
        let id = self.push(Arc::clone(&NONE));
        self.by_origin.insert(origin.clone(), id);
        id
    }

    /// Puts the keywords into a reserved place.
    pub fn set(&mut self, id: SchemaId, schema: Schema) {
        self.all[id.index()] = Arc::new(schema);
    }

    /// Adds a second form of a schema that is there; its place still finds the first one.
    pub fn add_form(&mut self, schema: Schema) -> SchemaId {
        self.push(Arc::new(schema))
    }

    fn push(&mut self, schema: Arc<Schema>) -> SchemaId {
        self.all.push(schema);
        SchemaId(u32::try_from(self.all.len() - 1).unwrap_or(u32::MAX))
    }

    /// Whether one that others have behind the first ones is here too.
    pub(crate) fn has_any(&self, others: &Self, first: usize) -> bool {
        self.len() > first && others.by_origin.keys().skip(first).any(|origin| self.by_origin.contains_key(origin))
    }

    /// Adds what others have behind the first ones, and takes some of the first ones from them. `moved` says what
    /// becomes of an id.
    pub(crate) fn append(
        &mut self,
        others: Self,
        first: usize,
        taken: impl Iterator<Item = SchemaId>,
        moved: &impl Fn(SchemaId) -> SchemaId,
    ) {
        let Self { mut all, by_origin } = others;
        let behind = all.split_off(first.min(all.len()));
        let is_moved = self.len() > first;
        let settled = |mut schema: Arc<Schema>| {
            if is_moved {
                Arc::make_mut(&mut schema).map_children(moved);
            }
            schema
        };
        for id in taken {
            self.all[id.index()] = settled(std::mem::replace(&mut all[id.index()], Arc::clone(&self.all[id.index()])));
        }
        self.all.extend(behind.into_iter().map(settled));
        self.by_origin.extend(by_origin.into_iter().skip(first).map(|(origin, id)| (origin, moved(id))));
    }

    /// Adds what others have met behind the first ones and nobody has met here, none of which refers to any. Gives the
    /// numbers that those of the others have here.
    pub(crate) fn merge(&mut self, others: Self, first: usize) -> Vec<SchemaId> {
        let Self { mut all, by_origin } = others;
        let behind = all.split_off(first.min(all.len()));
        let met = behind.into_iter().zip(by_origin.into_iter().skip(first));
        let add = |(schema, (origin, _)): (Arc<Schema>, (Origin, SchemaId))| {
            self.find(&origin).unwrap_or_else(|| {
                let id = self.push(schema);
                self.by_origin.insert(origin, id);
                id
            })
        };
        met.map(add).collect()
    }

    /// Every schema with its id, in the order in which they were met.
    pub fn iter(&self) -> impl Iterator<Item = (SchemaId, &Schema)> {
        (0..).map(SchemaId).zip(self.all.iter().map(|it| &**it))
    }

    /// The types that all of some schemas allow.
    pub fn types(&self, all: &[SchemaId]) -> Types {
        all.iter().fold(Types::ALL, |types, id| types.and(self[*id].types))
    }

    /// A schema and, transitively, what `$ref` and `allOf` put beside it; each once.
    pub fn conjuncts(&self, id: SchemaId) -> Vec<SchemaId> {
        let mut all = vec![id];
        // Most schemas stand alone.
        if self[id].reference.is_none() && self[id].all_of.is_empty() {
            return all;
        }
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
        self.all.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

impl std::ops::Index<SchemaId> for Schemas {
    type Output = Schema;

    fn index(&self, id: SchemaId) -> &Schema {
        &self.all[id.index()]
    }
}

impl std::ops::IndexMut<SchemaId> for Schemas {
    fn index_mut(&mut self, id: SchemaId) -> &mut Schema {
        Arc::make_mut(&mut self.all[id.index()])
    }
}
