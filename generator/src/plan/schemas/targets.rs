//! Targets: the schemas that others refer to, which therefore have a name of their own.
//!
//! Components have files of their own, and so do schemas that other files hold for everybody, such as
//! `common.yaml#/schemas/Pet`, which is called `Pet`, and `schemas/Owner.yaml`, which is called `Owner`. Every other
//! target is a type beside the schema that it stands in. Who refers to a target first decides nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::directions::{Directions, WRITABLE};
use crate::ir::{Api, SchemaId};
use crate::schemas::{Category, View, alias};
use crate::source::{Origin, Pointer};

/// A schema with a file of its own.
#[derive(Debug, Clone)]
pub(in crate::plan) struct Root {
    /// The name of the component, or the last segment of the reference.
    pub(in crate::plan) name: String,
    /// What makes it different from others of the same name.
    pub(in crate::plan) place: String,
    /// The schema.
    pub(in crate::plan) id: SchemaId,
    /// Whether it is a component of the document itself, which keeps its name before all others.
    pub(in crate::plan) is_component: bool,
    /// The root whose other form it is.
    pub(in crate::plan) form_of: Option<usize>,
}

/// The schemas that others refer to.
#[derive(Debug, Clone)]
pub(in crate::plan) struct Targets {
    /// Those with files of their own: the components in their order, then those of other files by name, then what
    /// requests send of any of these.
    pub(in crate::plan) roots: Vec<Root>,
    /// The others.
    pub(in crate::plan) inner: BTreeSet<SchemaId>,
    by_origin: BTreeMap<Origin, usize>,
}

impl Targets {
    /// Finds the targets of an API.
    pub(in crate::plan) fn new(api: &Api, directions: &Directions) -> Self {
        let components: BTreeSet<SchemaId> = api.components.iter().map(|(_, id)| *id).collect();
        let mut inner: BTreeSet<SchemaId> = api.schemas.iter().filter_map(|(_, schema)| schema.reference).collect();
        inner.retain(|id| !components.contains(id) && alias(&api.schemas, *id).is_none());
        let forms: BTreeSet<SchemaId> = inner.iter().copied().filter(|id| directions.is_writable(*id)).collect();
        inner.retain(|id| !forms.contains(id));
        let mut by_origin = BTreeMap::new();
        let mut roots = Vec::new();
        for (idx, (name, id)) in api.components.iter().enumerate() {
            by_origin.insert(api.schemas[*id].origin.clone(), idx);
            // A component that only leads into another file is what stands there.
            let elsewhere = alias(&api.schemas, *id).filter(|it| api.schemas[*it].origin.file.0 != 0);
            let elsewhere = elsewhere.filter(|it| inner.remove(it));
            let id = elsewhere.unwrap_or(*id);
            by_origin.insert(api.schemas[id].origin.clone(), idx);
            roots.push(Root { name: name.clone(), place: name.clone(), id, is_component: true, form_of: None });
        }
        let mut files: Vec<Root> = inner.iter().filter_map(|id| in_file(api, *id)).collect();
        files.sort_by(|one, other| (&one.name, &one.place).cmp(&(&other.name, &other.place)));
        for root in files {
            inner.remove(&root.id);
            by_origin.insert(api.schemas[root.id].origin.clone(), roots.len());
            roots.push(root);
        }
        let written = |(idx, root): (usize, &Root)| {
            let name = format!("{} {WRITABLE}", root.name);
            let place = format!("{} {WRITABLE}", root.place);
            Some(Root { name, place, id: directions.writable(root.id)?, is_component: false, form_of: Some(idx) })
        };
        let written: Vec<Root> = roots.iter().enumerate().filter_map(written).collect();
        inner.extend(forms.into_iter().filter(|id| written.iter().all(|root| root.id != *id)));
        roots.extend(written);
        Self { roots, inner, by_origin }
    }

    /// The root that is what requests send of another one.
    pub(in crate::plan) fn written(&self, idx: usize) -> Option<usize> {
        self.roots.iter().position(|root| root.form_of == Some(idx))
    }

    /// The root that a schema stands in, with the pointer from there.
    pub(in crate::plan) fn owner<'o>(&self, origin: &'o Origin) -> Option<(usize, &'o str)> {
        let mut place = origin.clone();
        loop {
            place.pointer = place.pointer.parent()?;
            if let Some(idx) = self.by_origin.get(&place) {
                return Some((*idx, &origin.pointer.as_str()[place.pointer.as_str().len()..]));
            }
        }
    }
}

/// A schema that another file holds for everybody: not one inside another schema, unless it is worth a type.
fn in_file(api: &Api, id: SchemaId) -> Option<Root> {
    let origin = &api.schemas[id].origin;
    if origin.file.0 == 0 {
        return None;
    }
    let path = api.files.get(usize::from(origin.file.0)).map(String::as_str).unwrap_or_default();
    let mut outer = origin.clone();
    while let Some(pointer) = outer.pointer.parent() {
        outer.pointer = pointer;
        if api.schemas.find(&outer).is_some() && View::new(api, id).category == Category::Plain {
            return None;
        }
    }
    let name = origin.pointer.last().unwrap_or_else(|| stem(path).to_owned());
    Some(Root { name, place: format!("{path}{}", origin.pointer), id, is_component: false, form_of: None })
}

/// The name of a file without its folder and its extensions: `schemas/Pet.v1.yaml` is `Pet.v1`.
pub(in crate::plan) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The words of a place inside a schema: `/properties/tags/items` gives `tags` and `item`.
pub(in crate::plan) fn words(pointer: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut tokens = pointer.split('/').skip(1).map(Pointer::unescape);
    while let Some(token) = tokens.next() {
        match token.as_str() {
            "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas" => {
                words.extend(tokens.next());
            }
            "items" | "contains" => words.push("item".to_owned()),
            "additionalProperties" => words.push("value".to_owned()),
            "allOf" => {
                tokens.next();
            }
            // What a reference leads to is what stands here.
            "$ref" | "$dynamicRef" | "$recursiveRef" => {}
            _ => words.push(token),
        }
    }
    words
}
