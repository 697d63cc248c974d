//! Objects that must have themselves in them: no instance of them ends.
//!
//! ```yaml
//! Node: { type: object, required: [next], properties: { next: { $ref: '#/components/schemas/Node' } } }
//! ```

use super::contradictions::written;
use crate::diagnostics::{Code, Diagnostics};
use crate::document::Document;
use crate::ir::{Api, Schema, SchemaId, Type, Types};
use crate::schemas::directions::is_marked;
use crate::schemas::is_null;

/// Longer chains of what must be there are taken to end.
const LONGEST: usize = 64;

/// Reports each circle once.
pub(super) fn report(document: &Document, api: &Api, diagnostics: &mut Diagnostics) {
    let Some(endless) = endless(api) else { return };
    let mut is_seen = vec![false; api.schemas.len()];
    for (id, _) in api.schemas.iter().filter(|(id, _)| endless[id.index()]) {
        let mut path: Vec<SchemaId> = Vec::new();
        let mut here = id;
        while !std::mem::replace(&mut is_seen[here.index()], true) {
            path.push(here);
            let needed = needs(api, &api.schemas[here]).into_iter().find(|it| it.iter().all(|it| endless[it.index()]));
            let Some(next) = needed.and_then(|it| it.first().copied()) else { break };
            here = next;
        }
        if let Some(start) = path.iter().position(|it| *it == here) {
            say(document, api, &path[start..], diagnostics);
        }
    }
}

/// Says of a circle who is in it.
fn say(document: &Document, api: &Api, circle: &[SchemaId], diagnostics: &mut Diagnostics) {
    let is_component = |id: &&SchemaId| api.components.iter().any(|(_, it)| it == *id);
    let Some(first) = circle.iter().find(is_component).or_else(|| circle.first()) else { return };
    let place = |id: SchemaId| written(document, &api.schemas[id].origin);
    let message = "each value must have another one in it without an end: generated code refuses every value";
    let found = diagnostics.report(Code::ContradictorySchema, &place(*first), message);
    let start = circle.iter().position(|it| it == first).unwrap_or(0);
    let around = circle.iter().cycle().skip(start).take(circle.len());
    let last = around.filter(|id| api.schemas[**id].reference.is_some()).last();
    if let Some(last) = last.filter(|last| *last != first) {
        found.related(place(*last), "must be there, and leads back");
    }
    found.help("take one of the properties out of `required`, or let it be `null`");
}

/// Which schemas have no instance that ends; nothing where that takes too long to say.
fn endless(api: &Api) -> Option<Vec<bool>> {
    let mut open: Vec<(SchemaId, Vec<Vec<SchemaId>>)> = Vec::new();
    let mut is_endless = vec![false; api.schemas.len()];
    for (id, schema) in api.schemas.iter() {
        let needed = needs(api, schema);
        if !needed.is_empty() {
            is_endless[id.index()] = true;
            open.push((id, needed));
        }
    }
    for round in 0..LONGEST {
        let before = open.len();
        // What is needed stands before or behind who needs it.
        if round % 2 == 0 {
            open.reverse();
        }
        open.retain(|(id, needed)| {
            let ends = needed.iter().all(|any| any.iter().any(|it| !is_endless[it.index()]));
            is_endless[id.index()] = !ends;
            !ends
        });
        if open.len() == before {
            return Some(is_endless);
        }
    }
    None
}

/// What an instance needs instances of, one of each list; nothing where there is a value without.
fn needs(api: &Api, schema: &Schema) -> Vec<Vec<SchemaId>> {
    let mut all: Vec<Vec<SchemaId>> = Vec::new();
    if schema.or_null || schema.types == Types::NONE {
        return all;
    }
    let is_only = |ty: Type| schema.types == Types::only(ty);
    all.extend(schema.reference.iter().chain(&schema.all_of).map(|it| vec![*it]));
    let branches = [&schema.one_of, &schema.any_of].into_iter().filter(|it| !it.is_empty());
    all.extend(branches.filter(|it| !it.iter().any(|id| is_null(&api.schemas, *id))).cloned());
    if is_only(Type::Object) {
        let required = schema.objects.required.iter().filter_map(|name| schema.objects.properties.get(name));
        let stays = |id: &&SchemaId| is_marked(api, **id, |it| it.read_only || it.write_only);
        all.extend(required.filter(|id| !stays(id)).map(|it| vec![*it]));
    }
    if is_only(Type::Array) && schema.arrays.min_items.is_some_and(|it| it > 0) {
        all.extend(schema.arrays.items.map(|it| vec![it]));
    }
    all
}
