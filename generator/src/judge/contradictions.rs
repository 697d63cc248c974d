//! Schemas that no instance satisfies, or none with a property that they describe.
//!
//! What is brought together contradicts itself where it comes together: there, each contradiction is said once, and not
//! again by those that refer to it.

use std::collections::BTreeSet;

use crate::diagnostics::{Code, Diagnostics};
use crate::document::Document;
use crate::ir::{Api, SchemaId, Schemas};
use crate::schemas::clash::{Clash, Part, Side, clash, is_required, items, shared, whole, within};
use crate::schemas::directions::is_marked;
use crate::source::{Origin, Pointer};

/// What is described deeper in what several parts describe is left to the checker.
const DEEPEST: usize = 4;

/// So many places are looked at in what one schema brings together.
const MOST_PLACES: usize = 512;

/// Reports every schema that contradicts itself, once where several repeat one.
pub(super) fn report(document: &Document, api: &Api, diagnostics: &mut Diagnostics) {
    let mut said = BTreeSet::new();
    for (id, _) in api.schemas.iter() {
        let parts = whole(&api.schemas, id);
        let mut whole = Whole { document, api, id, below: None, left: MOST_PLACES, said: &mut said, diagnostics };
        whole.look(&parts, &mut Vec::new());
    }
}

/// A place in the instances of a schema.
struct Step {
    /// The property; none for items.
    name: Option<String>,
    /// Whether whoever has what is around it must have it.
    is_required: bool,
}

/// A schema with all that holds for its instances.
struct Whole<'a, 'r> {
    document: &'a Document,
    api: &'a Api,
    id: SchemaId,
    /// The conjuncts of each schema that it is put together from, once they are asked for.
    below: Option<Vec<BTreeSet<SchemaId>>>,
    left: usize,
    said: &'r mut BTreeSet<[Origin; 3]>,
    diagnostics: &'r mut Diagnostics,
}

impl Whole<'_, '_> {
    /// Reports what contradicts itself at a place, or in what is there.
    fn look(&mut self, parts: &[Part], path: &mut Vec<Step>) {
        let schemas = &self.api.schemas;
        self.left = self.left.saturating_sub(1);
        if let Some(clash) = clash(schemas, parts) {
            return self.report(&clash, path);
        }
        if parts.len() == 1 || path.len() > DEEPEST || self.left == 0 {
            return;
        }
        for (name, described) in shared(schemas, parts) {
            let stays = described.iter().any(|it| is_marked(self.api, it.id, |it| it.read_only || it.write_only));
            let is_required = !stays && is_required(schemas, parts, &name);
            self.step(&described, Step { name: Some(name), is_required }, path);
        }
        let items = items(schemas, parts);
        if !items.is_empty() {
            let is_required = parts.iter().any(|it| schemas[it.id].arrays.min_items.is_some_and(|it| it > 0));
            self.step(&items, Step { name: None, is_required }, path);
        }
    }

    fn step(&mut self, described: &[Part], step: Step, path: &mut Vec<Step>) {
        path.push(step);
        self.look(&within(&self.api.schemas, described), path);
        path.pop();
    }

    /// Whether two parts come together here, and not already in one of those that this schema is put together from.
    fn is_own(&mut self, clash: &Clash, path: &[Step]) -> bool {
        let schemas = &self.api.schemas;
        let [one, other] = [&clash.sides[0], &clash.sides[1]].map(|it| it.part.owner);
        let is_listed = |it: &Side| matches!(it.keyword, Some("enum" | "const")) && it.part.id == self.id;
        if one == other {
            return path.is_empty() && one == self.id;
        }
        // Its own values are held against all that it says.
        if path.is_empty() && clash.sides.iter().any(is_listed) {
            return false;
        }
        let below = self.below.get_or_insert_with(|| below(schemas, self.id));
        !below.iter().any(|it| it.contains(&one) && it.contains(&other))
    }

    /// Whether an object has too few properties because the configuration closes it, and not the document.
    fn is_closed_by_choice(&self, clash: &Clash) -> bool {
        let [least, closed] = &clash.sides;
        let place = self.api.schemas[closed.part.id].origin.key("additionalProperties");
        least.keyword == Some("minProperties")
            && closed.keyword == Some("additionalProperties")
            && self.document.at(&place).is_none()
    }

    fn report(&mut self, clash: &Clash, path: &[Step]) {
        if !self.is_own(clash, path) || self.is_closed_by_choice(clash) {
            return;
        }
        let schemas = &self.api.schemas;
        let alone = clash.sides.iter().all(|it| it.part.id == self.id && path.is_empty());
        let [first, second] = [&clash.sides[0], &clash.sides[1]].map(|it| {
            let origin = written(self.document, &schemas[it.part.id].origin);
            it.keyword.filter(|_| alone).map_or(origin.clone(), |keyword| origin.key(keyword))
        });
        let origin = if alone { first.clone() } else { written(self.document, &schemas[self.id].origin) };
        if !self.said.insert([origin.clone(), first.clone(), second.clone()]) {
            return;
        }
        let Clash { sides: [one, other], what, none, or_null } = clash;
        let message = format!("{}{what}: {none}, so {}", subject(path), consequence(path, *or_null));
        let found = self.diagnostics.report(Code::ContradictorySchema, &origin, message);
        for (place, side) in [(first, one), (second, other)] {
            if place != origin {
                found.related(place, side.role.clone());
            }
        }
        found.help(if alone {
            "correct one of the two"
        } else {
            "describe it in one part only, or let one of them allow what the other asks for"
        });
    }
}

/// The conjuncts of each schema that one is put together from.
pub(super) fn below(schemas: &Schemas, id: SchemaId) -> Vec<BTreeSet<SchemaId>> {
    let schema = &schemas[id];
    let direct = schema.reference.iter().chain(&schema.all_of);
    direct.map(|it| schemas.conjuncts(*it).into_iter().collect()).collect()
}

/// The closest place that somebody wrote: some schemas are made of others.
pub(super) fn written(document: &Document, origin: &Origin) -> Origin {
    let around = std::iter::successors(Some(origin.pointer.clone()), Pointer::parent);
    let mut places = around.map(|pointer| Origin { file: origin.file, pointer });
    places.find(|it| document.at(it).is_some()).unwrap_or_else(|| origin.clone())
}

/// Which place it is about: nothing for the instance itself.
fn subject(path: &[Step]) -> String {
    if path.is_empty() { String::new() } else { format!("for {}, ", place(path)) }
}

/// ``items of `a.b` ``
fn place(path: &[Step]) -> String {
    let Some((last, around)) = path.split_last() else { return "it".to_owned() };
    let Some(name) = &last.name else {
        return if around.is_empty() { "items".to_owned() } else { format!("items of {}", place(around)) };
    };
    let is_named = |it: &&Step| it.name.is_some();
    let names = around.iter().rev().take_while(is_named).filter_map(|it| it.name.as_deref());
    let mut names: Vec<_> =
        std::iter::once(name.as_str()).chain(names).map(|it| it.escape_debug().to_string()).collect();
    names.reverse();
    let outer = &around[..around.len() + 1 - names.len()];
    let inside = if outer.is_empty() { String::new() } else { format!(" in {}", place(outer)) };
    format!("`{}`{inside}", names.join("."))
}

/// What whoever uses the generated code feels.
fn consequence(path: &[Step], or_null: bool) -> String {
    let with = path.iter().rposition(|it| !it.is_required).map(|last| format!(" with {}", place(&path[..=last])));
    match (with, or_null) {
        (with, false) => format!("generated code refuses every value{}", with.unwrap_or_default()),
        (_, true) => "generated code takes nothing there but `null`".to_owned(),
    }
}
