//! Properties that a child of `allOf` describes again, in a way that no value is what both say.
//!
//! ```yaml
//! Base: { type: object, properties: { id: { type: string } } }
//! Row:
//!   allOf:
//!     - $ref: '#/components/schemas/Base'
//!     - { type: object, properties: { id: { type: integer } } }
//! ```
//!
//! By the letter no row has an `id`. Whoever writes this means that of a row, as overriding in a program does: what stands
//! in the child itself is taken, and what it refers to says the rest. `Base` alone stays what it is. Where some value is
//! both, both hold; where two references disagree, nobody knows whose word counts.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Schema, SchemaId, Schemas};
use crate::schemas::clash::{Part, clash, is_impossible, shared, whole, within};

/// Takes the descriptions away that children have others for.
pub(super) fn settle(schemas: &mut Schemas, components: &[(String, SchemaId)], diagnostics: &mut Diagnostics) {
    let components: BTreeSet<SchemaId> = components.iter().map(|(_, id)| *id).collect();
    let composed = schemas.iter().filter(|(_, it)| !it.all_of.is_empty() || it.reference.is_some());
    let mut wholes: Vec<_> = composed.map(|(id, _)| (schemas.conjuncts(id).len(), id)).collect();
    // What a schema is put together from is settled before it.
    wholes.sort_unstable();
    for (_, id) in wholes {
        let own = own(schemas, &components, id);
        let gone = overridden(schemas, id, &own, diagnostics);
        if !gone.is_empty() {
            let mut copies = Copies { whole: id, own, gone, made: BTreeMap::new() };
            let schema = copies.around(schemas, schemas[id].clone());
            schemas.set(id, schema);
        }
    }
}

/// The conjuncts that stand in a schema itself.
fn own(schemas: &Schemas, components: &BTreeSet<SchemaId>, id: SchemaId) -> BTreeSet<SchemaId> {
    let is_inline = |it: &SchemaId| schemas[*it].reference.is_none() && !components.contains(it);
    schemas[id].all_of.iter().copied().filter(is_inline).chain([id]).collect()
}

/// A property, and the conjunct whose description of it goes.
type Gone = BTreeSet<(SchemaId, String)>;

/// What the schema's own descriptions stand in the place of.
fn overridden(schemas: &Schemas, id: SchemaId, own: &BTreeSet<SchemaId>, diagnostics: &mut Diagnostics) -> Gone {
    let mut gone = Gone::new();
    if own.iter().all(|it| schemas[*it].objects.properties.is_empty()) {
        return gone;
    }
    for (name, described) in shared(schemas, &whole(schemas, id)) {
        let (nearest, others): (Vec<Part>, Vec<Part>) = described.into_iter().partition(|it| own.contains(&it.owner));
        let Some(first) = nearest.first().filter(|_| !excludes(schemas, &nearest)) else { continue };
        for other in others {
            let both: Vec<Part> = nearest.iter().copied().chain([other]).collect();
            if excludes(schemas, &[other]) || !excludes(schemas, &both) {
                continue;
            }
            let (place, said) = (&schemas[first.id].origin, clash(schemas, &within(schemas, &both)));
            let how = said.map(|it| format!(": {}", it.what)).unwrap_or_default();
            let message = format!("`{}` is described again, and no value is what both say{how}", name.escape_debug());
            diagnostics
                .report(Code::ContradictorySchema, place, message)
                .taken_as("this description alone")
                .related(schemas[other.id].origin.clone(), "described here too")
                .help("describe it once, or by what values of both have in common");
            gone.insert((other.owner, name.clone()));
        }
    }
    gone
}

/// Whether nothing but `null` is all that some schemas describe.
fn excludes(schemas: &Schemas, described: &[Part]) -> bool {
    let parts = within(schemas, described);
    clash(schemas, &parts).is_some() || is_impossible(schemas, &parts, 0)
}

/// The parts of a whole without the descriptions that are gone.
struct Copies {
    whole: SchemaId,
    own: BTreeSet<SchemaId>,
    gone: Gone,
    made: BTreeMap<SchemaId, SchemaId>,
}

impl Copies {
    /// A schema around the copies of its parts.
    fn around(&mut self, schemas: &mut Schemas, mut schema: Schema) -> Schema {
        for part in schema.assertions.reference.iter_mut().chain(&mut schema.assertions.all_of) {
            *part = self.copy(schemas, *part);
        }
        schema
    }

    /// The part that stands for one which says something that is gone; any other one is its own.
    fn copy(&mut self, schemas: &mut Schemas, part: SchemaId) -> SchemaId {
        if let Some(known) = self.made.get(&part) {
            return *known;
        }
        // What leads back to itself has been reported, and ends here.
        self.made.insert(part, part);
        let says = |id: &SchemaId| self.gone.iter().any(|(by, _)| by == id);
        if part == self.whole || !schemas.conjuncts(part).iter().any(says) {
            return part;
        }
        let origin = schemas[self.whole].origin.key("allOf").key("described").key(&self.made.len().to_string());
        let copy = schemas.reserve(&origin);
        let mut schema = self.around(schemas, schemas[part].clone());
        schema.origin = origin;
        if !self.own.contains(&part)
            && let Some(objects) = schema.assertions.objects.present()
        {
            objects.properties.retain(|name, _| !self.gone.contains(&(part, name.clone())));
        }
        schemas.set(copy, schema);
        self.made.insert(part, copy);
        copy
    }
}
