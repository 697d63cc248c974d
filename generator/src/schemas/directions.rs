//! What differs by direction: properties that a request does not send, and those that a response does not have.

use std::collections::BTreeSet;

use specwright_runtime::Direction;

use crate::ir::{Annotations, Api, Schema, SchemaId, Usage};

/// Whether a property is left out in a direction, by all the schemas that describe it: `readOnly` in requests,
/// `writeOnly` in responses.
pub(crate) fn is_left_out(api: &Api, described: &[SchemaId], direction: Direction) -> bool {
    described.iter().all(|id| is_marked(api, *id, |it| stays(it, direction)))
}

/// The same by any of these schemas.
pub(crate) fn may_be_left_out(api: &Api, described: &[SchemaId], direction: Direction) -> bool {
    described.iter().any(|id| is_marked(api, *id, |it| stays(it, direction)))
}

/// Whether a schema says that its instances do not travel in a direction.
fn stays(said: &Annotations, direction: Direction) -> bool {
    match direction {
        Direction::Request => said.read_only,
        Direction::Response => said.write_only,
    }
}

/// The direction in which all instances of a schema travel, where it is only one.
pub(crate) fn only(usage: Usage) -> Option<Direction> {
    match usage {
        Usage { request: true, response: false } => Some(Direction::Request),
        Usage { request: false, response: true } => Some(Direction::Response),
        _ => None,
    }
}

/// The schemas whose instances are others in requests than in responses, however deep that is.
pub(crate) fn differing(api: &Api) -> BTreeSet<SchemaId> {
    let mut holders: Vec<Vec<SchemaId>> = vec![Vec::new(); api.schemas.len()];
    let mut found: Vec<SchemaId> = Vec::new();
    for (id, schema) in api.schemas.iter() {
        held(schema).for_each(|inner| holders[inner.index()].push(id));
        if schema.objects.properties.values().any(|it| is_marked(api, *it, |it| it.read_only || it.write_only)) {
            found.push(id);
        }
    }
    let mut all = BTreeSet::new();
    while let Some(id) = found.pop() {
        if all.insert(id) {
            found.extend(&holders[id.index()]);
        }
    }
    all
}

/// Whether a schema, or one that it builds on, has a mark.
pub(crate) fn is_marked(api: &Api, id: SchemaId, mark: impl Fn(&Annotations) -> bool) -> bool {
    api.schemas.conjuncts(id).into_iter().any(|it| mark(&api.schemas[it].annotations))
}

/// The schemas of what an instance holds: not those that are only asked whether they accept it.
fn held(schema: &Schema) -> impl Iterator<Item = SchemaId> + '_ {
    let asked = [
        schema.not,
        schema.conditional.as_ref().map(|it| it.condition),
        schema.arrays.contains.as_ref().map(|it| it.schema),
        schema.objects.property_names,
    ];
    schema.children().filter(move |id| !asked.contains(&Some(*id)))
}
