//! Equal schemas: those that allow the same instances by the same keywords, whatever they say to readers.
//!
//! Two schemas are equal where their keywords are and where the schemas inside them are equal. A component is equal to
//! nothing but inline schemas and references to it: what an author names twice may part tomorrow. Equalities are only
//! ever added, so stopping early is safe: it finds fewer of them.

use std::collections::{BTreeMap, BTreeSet};

use super::targets::Root;
use crate::ir::{Annotations, Api, Assertions, Rare, Schema, SchemaId, Type, Types, Usage};
use crate::ordered::{IndexMap, IndexSet};
use crate::parallel;
use crate::schemas::{Category, View, alias, directions};
use crate::source::{FileId, Origin, Value};

/// Rounds of looking for inline schemas that are equal to components; each finds those that contain the last ones.
const ROUNDS: usize = 8;

/// Which schemas are equal.
#[derive(Debug, Clone)]
pub(in crate::plan) struct Classes {
    /// The schema that stands for each.
    links: Vec<SchemaId>,
    /// The number of each schema's class where `null` is left aside.
    without_null: Vec<usize>,
}

impl Classes {
    /// Compares all schemas of an API.
    pub(in crate::plan) fn new(api: &Api, roots: &[Root]) -> Self {
        let mut finder = Finder::new(api, roots);
        finder.follow_references();
        for _ in 0..ROUNDS {
            if !finder.round() {
                break;
            }
        }
        let without_null = finder.without_null();
        // Where no type is made of a schema, nothing is gained by another one in its place.
        let mut stands_for = |id: SchemaId| if finder.parts[id.index()].is_plain { id } else { finder.find(id) };
        Self { links: api.schemas.iter().map(|(id, _)| stands_for(id)).collect(), without_null }
    }

    /// The schema that stands for all that are equal to this one; a component stands for itself.
    pub(in crate::plan) fn representative(&self, id: SchemaId) -> SchemaId {
        self.links[id.index()]
    }

    /// The number of a schema's class where `null` is left aside.
    pub(in crate::plan) fn without_null(&self, id: SchemaId) -> usize {
        self.without_null[id.index()]
    }
}

/// What a schema says itself, as a number, and the schemas inside it.
struct Parts {
    own: usize,
    own_without_null: usize,
    children: Vec<SchemaId>,
    /// Whether no type is made of it.
    is_plain: bool,
    /// The schema that it only refers to; it stands for none then.
    alias: Option<SchemaId>,
}

struct Finder<'a> {
    api: &'a Api,
    components: BTreeMap<SchemaId, &'a str>,
    parts: Vec<Parts>,
    links: Vec<SchemaId>,
    /// Which schemas are components or roots, by number.
    is_component: Vec<bool>,
    /// Inline schemas, inner ones first.
    inline: Vec<SchemaId>,
}

impl<'a> Finder<'a> {
    fn new(api: &'a Api, roots: &'a [Root]) -> Self {
        let said = parallel::each(api.schemas.iter().collect(), |(id, schema)| {
            let view = View::new(api, id);
            let usage = relevant_usage(api, id, &view);
            let parts = Parts {
                own: 0,
                own_without_null: 0,
                children: schema.children().collect(),
                is_plain: view.category == Category::Plain,
                alias: alias(&api.schemas, id),
            };
            (parts, own_text(schema, usage), without_null(schema).map(|it| own_text(&it, usage)))
        });
        let mut texts: IndexSet<String> = IndexSet::default();
        let mut number = |text: String| texts.insert_full(text).0;
        let parts = said.into_iter().map(|(parts, own, without_null)| {
            let own = number(own);
            Parts { own, own_without_null: without_null.map_or(own, &mut number), ..parts }
        });
        let parts: Vec<Parts> = parts.collect();
        let named = api.components.iter().map(|(name, id)| (*id, name.as_str()));
        let components: BTreeMap<_, _> = named.chain(roots.iter().map(|root| (root.id, root.name.as_str()))).collect();
        let all = || api.schemas.iter().map(|(id, _)| id);
        let is_component: Vec<bool> = all().map(|id| components.contains_key(&id)).collect();
        let is_inline = |id: &SchemaId| !is_component[id.index()] && parts[id.index()].alias.is_none();
        let mut inline: Vec<_> = all().filter(is_inline).collect();
        inline.sort_by_cached_key(|id| std::cmp::Reverse(rank(&api.schemas[*id].origin)));
        Self { api, components, parts, is_component, links: all().collect(), inline }
    }

    /// What stands for a schema so far. Links on the way are shortened: thousands of schemas may be equal.
    fn find(&mut self, id: SchemaId) -> SchemaId {
        let mut id = id;
        loop {
            let next = self.links[id.index()];
            let behind = self.links[next.index()];
            if next == behind {
                return next;
            }
            self.links[id.index()] = behind;
            id = behind;
        }
    }

    /// Makes two schemas equal, unless both are components.
    fn join(&mut self, one: SchemaId, other: SchemaId) -> bool {
        let (one, other) = (self.find(one), self.find(other));
        if one == other {
            return false;
        }
        let order = |id: SchemaId| {
            (!self.is_component[id.index()], self.parts[id.index()].alias.is_some(), rank(&self.api.schemas[id].origin))
        };
        let (first, second) = if order(one) <= order(other) { (one, other) } else { (other, one) };
        if self.is_component[second.index()] {
            return false;
        }
        self.links[second.index()] = first;
        true
    }

    /// A schema that only refers to another one is equal to it, unless it says in which direction it is left out.
    fn follow_references(&mut self) {
        for (id, schema) in self.api.schemas.iter() {
            let directed = schema.annotations.read_only || schema.annotations.write_only;
            let is_component = self.is_component[id.index()];
            if let Some(target) = self.parts[id.index()].alias.filter(|_| !directed && !is_component) {
                self.join(id, target);
            }
        }
    }

    /// The schemas inside a schema, each as what stands for it.
    fn children(&mut self, id: SchemaId) -> Vec<SchemaId> {
        let count = self.parts[id.index()].children.len();
        (0..count).map(|child| self.find(self.parts[id.index()].children[child])).collect()
    }

    fn key(&mut self, id: SchemaId) -> (usize, Vec<SchemaId>) {
        (self.parts[id.index()].own, self.children(id))
    }

    /// Finds equal inline schemas, inner ones first, then those that are equal to a component.
    fn round(&mut self) -> bool {
        let mut changed = false;
        let mut known: IndexMap<(usize, Vec<SchemaId>), SchemaId> = IndexMap::default();
        for position in 0..self.inline.len() {
            let id = self.inline[position];
            let first = *known.entry(self.key(id)).or_insert(id);
            changed |= self.join(first, id);
        }
        // Of several components that are equal to an inline schema, the shortest name is the plainest.
        let components = self.components.iter().filter(|(id, _)| self.parts[id.index()].alias.is_none());
        let mut components: Vec<_> = components.map(|(id, name)| (name.len(), *name, *id)).collect();
        components.sort_unstable();
        let mut taken = BTreeSet::new();
        for (_, _, id) in components {
            let key = self.key(id);
            if let Some(first) = known.get(&key).copied().filter(|_| taken.insert(key)) {
                changed |= self.join(first, id);
            }
        }
        changed
    }

    fn without_null(&mut self) -> Vec<usize> {
        let mut numbers: IndexSet<(usize, Vec<SchemaId>)> = IndexSet::default();
        let all = self.api.schemas.iter().map(|(id, _)| {
            let target = self.find(id);
            numbers.insert_full((self.parts[target.index()].own_without_null, self.children(target))).0
        });
        all.collect()
    }
}

/// The order in which schemas stand for others: the shortest pointer first.
fn rank(origin: &Origin) -> (usize, FileId, &str) {
    let pointer = origin.pointer.as_str();
    (pointer.len(), origin.file, pointer)
}

/// The keywords of a schema as text, without those for readers and with nothing said about the schemas inside it.
fn own_text(schema: &Schema, usage: Usage) -> String {
    let Annotations { read_only, write_only, content_encoding, content_media_type, .. } = &schema.annotations;
    let said = (read_only, write_only, content_encoding, content_media_type);
    let mut extensions = schema.extensions.clone();
    if extensions.provenance.is_some() {
        extensions.provenance = None;
    }
    // Most schemas are no more than a type and a format.
    let plain = Assertions { types: schema.types, format: schema.format.clone(), ..Assertions::default() };
    if schema.assertions == plain && extensions == Rare::default() {
        return format!("{:?} {:?} {said:?} {usage:?}", schema.types, schema.format);
    }
    let nobody = SchemaId::default();
    let mut assertions = schema.assertions.with_children(|_| nobody);
    if !assertions.objects.required.is_empty() {
        assertions.objects.required.sort();
    }
    format!("{assertions:?} {said:?} {extensions:?} {usage:?}")
}

/// The same schema where `null` is not allowed; none where that changes nothing.
fn without_null(schema: &Schema) -> Option<Schema> {
    let types = if schema.types == Types::ALL { schema.types } else { schema.types.without(Type::Null) };
    let lists_null = schema.enumeration.as_ref().is_some_and(|values| values.contains(&Value::Null));
    if types == schema.types && !lists_null {
        return None;
    }
    let mut out = schema.clone();
    out.types = types;
    if let Some(values) = &mut out.enumeration {
        values.retain(|value| *value != Value::Null);
    }
    Some(out)
}

/// The directions of a schema, where they decide anything: about what is kept, and about what is left out.
fn relevant_usage(api: &Api, id: SchemaId, view: &View<'_>) -> Usage {
    let usage = api.schemas[id].usage;
    let is_left_out = |id: &SchemaId| directions::is_marked(api, *id, |it| it.read_only || it.write_only);
    if view.schemas().any(|it| it.objects.properties.values().any(is_left_out)) {
        return usage;
    }
    let has_values = |it: &Schema| {
        it.enumeration.is_some()
            || it.constant.is_some()
            || it.discriminator.is_some()
            || it.extensions.known_values.is_some()
    };
    if view.schemas().any(has_values) { Usage { request: false, ..usage } } else { Usage::default() }
}
