//! Which items there are before anything was done to them: those that the examples of a document show.

use std::collections::BTreeMap;

use http::HeaderMap;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::examples::{Does, Example, Resource};
use super::memory::Memory;
use crate::support::Direction;
use crate::support::http::Operation;
use crate::support::params::{self, Location, Parameter, RawRequest, spelled};

/// The items of a collection that the document shows.
#[derive(Debug, Default)]
pub(super) struct Collection {
    seeds: Vec<Seed>,
    /// Whether the document says which items there are: it lists them, or says how they are made.
    is_told: bool,
}

/// An item that the document shows.
#[derive(Debug)]
pub(super) struct Seed {
    pub(super) id: String,
    /// As it stands in a body, where it does.
    pub(super) value: Option<Value>,
    pub(super) members: Map<String, Value>,
}

impl Collection {
    /// Whether an item is there that nobody deleted: one that the document shows or somebody created; any where the
    /// document does not say which there are.
    pub(super) fn has(&self, memory: &Memory, path: &str, id: &str) -> bool {
        if let Some(thing) = memory.items(path).find(|it| it.id == id) {
            return !thing.is_deleted();
        }
        !self.is_closed() || self.seed(id).is_some()
    }

    pub(super) fn seed(&self, id: &str) -> Option<&Seed> {
        self.seeds.iter().find(|it| it.id == id)
    }

    /// An identifier as the document shows them.
    pub(super) fn first_id(&self) -> Option<&Value> {
        self.seeds.iter().find_map(|it| it.value.as_ref())
    }

    fn is_closed(&self) -> bool {
        self.is_told && !self.seeds.is_empty()
    }

    fn add(&mut self, id: String, value: Option<Value>, members: Map<String, Value>) {
        match self.seeds.iter_mut().find(|it| it.id == id) {
            Some(seed) => {
                seed.value = seed.value.take().or(value);
                seed.members.extend(members);
            }
            None => self.seeds.push(Seed { id, value, members }),
        }
    }
}

/// The collections of all examples, by the path templates of these.
pub(super) fn all<'a>(examples: impl Iterator<Item = &'a Example>) -> BTreeMap<String, Collection> {
    let mut all: BTreeMap<String, Collection> = BTreeMap::new();
    let mut about: Vec<_> = examples.filter_map(|it| Some((it, it.resource.as_ref()?))).collect();
    // What is shown alone says more than what is shown in a list, so it comes last.
    about.sort_by_key(|(_, resource)| {
        (resource.does != Does::List, !matches!(resource.does, Does::Change | Does::Replace))
    });
    for (example, resource) in about {
        let collection = all.entry(resource.collection.clone()).or_default();
        collection.is_told |= matches!(resource.does, Does::List | Does::Create);
        match resource.does {
            Does::List => {
                let items = example.body.pointer(&resource.items).and_then(Value::as_array);
                items.into_iter().flatten().for_each(|it| show(collection, resource, it));
            }
            Does::Read | Does::Change | Does::Replace => show(collection, resource, &example.body),
            // A new item is none before it is made, and one that is deleted is there under the name that it is asked by.
            Does::Create | Does::Delete => {}
        }
        for id in &resource.known {
            collection.add(id.clone(), None, Map::new());
        }
    }
    all
}

/// Adds the item that a value shows.
fn show(collection: &mut Collection, resource: &Resource, value: &Value) {
    let Some(item) = resource.item.as_ref().and_then(|it| value.pointer(it)) else { return };
    let Some(id) = item.get(&resource.id).filter(|it| it.is_string() || it.is_number()) else { return };
    let fields = item.pointer(&resource.fields).and_then(Value::as_object);
    let members = fields.into_iter().flatten().filter(|(name, _)| **name != resource.id);
    collection.add(spelled(id), Some(id.clone()), members.map(|(name, it)| (name.clone(), it.clone())).collect());
}

/// An item that a path names.
pub(super) struct Step<'t> {
    /// The path template of its collection.
    pub(super) template: &'t str,
    /// The path of its collection, decoded.
    pub(super) path: String,
    /// Its identifier.
    pub(super) id: String,
    /// The name of the parameter, and its text as it stands in the path.
    name: &'t str,
    text: String,
    /// Whether the path ends there.
    pub(super) is_last: bool,
}

impl Step<'_> {
    /// Whether the operation takes the identifier.
    pub(super) fn is_valid(&self, operation: &'static Operation) -> bool {
        let is_own = |it: &&&Parameter| it.location == Location::Path && it.name == self.name;
        let Some(parameter) = operation.parameters.iter().find(is_own) else { return true };
        let headers = HeaderMap::new();
        let captures = vec![(parameter.name, self.text.clone())];
        let request = RawRequest { path: &captures, query: "", headers: &headers };
        let value = params::decode(parameter, &request, operation.siblings());
        let valid = |it: Value| operation.schemas.is_valid(parameter.schema, &it, Direction::Request);
        value.is_ok_and(|it| it.is_some_and(valid))
    }
}

/// The items that a path names, the outermost first.
pub(super) fn steps<'t>(template: &'t str, path: &str) -> Vec<Step<'t>> {
    let raw: Vec<&str> = path.split('/').collect();
    let texts: Vec<String> = raw.iter().map(|it| decoded(it)).collect();
    let (mut steps, mut start) = (Vec::new(), 0);
    for (idx, segment) in template.split('/').enumerate() {
        if let Some(id) = texts.get(idx).filter(|_| is_parameter(segment)) {
            let end = start.max(1) - 1;
            let is_last = start + segment.len() == template.len();
            let (name, text) = (segment.trim_matches(['{', '}']), raw[idx].to_owned());
            let (template, path) = (&template[..end], texts[..idx].join("/"));
            steps.push(Step { template, path, id: id.clone(), name, text, is_last });
        }
        start += segment.len() + 1;
    }
    steps
}

fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{') && segment.find('}') == Some(segment.len() - 1)
}

/// A text of a path without escapes.
pub(super) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
