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
//! both, `null` and empty lists aside, both hold; where two references disagree, nobody knows whose word counts.

use std::collections::BTreeSet;

use super::copies::{Change, Made, replace, wholes};
use crate::diagnostics::{Code, Diagnostics};
use crate::document::Document;
use crate::ir::{Schema, SchemaId, Schemas, Type, Types};
use crate::schemas::clash::{Part, difference, shared, whole};

/// So many places are looked at in what one schema brings together.
const MOST_PLACES: usize = 512;

/// So many parts are copied for all wholes together; what is beyond stays a contradiction, which the judge reports.
const MOST_COPIES: usize = 10_000;

/// Takes the descriptions away that children have others for.
pub(super) fn settle(
    document: &Document,
    schemas: &mut Schemas,
    components: &[(String, SchemaId)],
    diagnostics: &mut Diagnostics,
) {
    let components: BTreeSet<SchemaId> = components.iter().map(|(_, id)| *id).collect();
    let is_written = |schemas: &Schemas, it: SchemaId| {
        document.at(&schemas[it].origin).is_none_or(|it| it.value.get("type").is_some())
    };
    let mut left = MOST_COPIES;
    for (parts, id) in wholes(schemas) {
        if parts > left {
            continue;
        }
        let own = own(schemas, &components, id);
        let (implied, gone) = overridden(schemas, id, &own, &is_written, diagnostics);
        for it in implied {
            schemas[it].types = Types::ALL;
        }
        if !gone.is_empty() {
            let parts = gone.iter().map(|(by, _)| *by).collect();
            let of = |part: SchemaId, schema: &mut Schema| {
                if !own.contains(&part)
                    && let Some(objects) = schema.assertions.objects.present()
                {
                    objects.properties.retain(|name, _| !gone.contains(&(part, name.clone())));
                }
            };
            let mut made = Made::new();
            replace(schemas, &Change { whole: id, parts: &parts, of: &of, called: "described" }, &mut made);
            left = left.saturating_sub(made.len());
        }
    }
}

/// The conjuncts that stand in a schema itself.
pub(super) fn own(schemas: &Schemas, components: &BTreeSet<SchemaId>, id: SchemaId) -> BTreeSet<SchemaId> {
    let is_inline = |it: &SchemaId| schemas[*it].reference.is_none() && !components.contains(it);
    schemas[id].all_of.iter().copied().filter(is_inline).chain([id]).collect()
}

/// A property, and the conjunct whose description of it goes.
type Gone = BTreeSet<(SchemaId, String)>;

/// What the schema's own descriptions stand in the place of.
///
/// A description whose type was implied by its keywords is outvoted itself: it comes first in what is given.
fn overridden(
    schemas: &Schemas,
    id: SchemaId,
    own: &BTreeSet<SchemaId>,
    is_written: &dyn Fn(&Schemas, SchemaId) -> bool,
    diagnostics: &mut Diagnostics,
) -> (Vec<SchemaId>, Gone) {
    let (mut implied, mut gone) = (Vec::new(), Gone::new());
    if own.iter().all(|it| schemas[*it].objects.properties.is_empty()) {
        return (implied, gone);
    }
    let mut left = MOST_PLACES;
    let mut says = |described: &[Part]| difference(schemas, described, 0, &mut left);
    for (name, described) in shared(schemas, &whole(schemas, id)) {
        let (nearest, others): (Vec<Part>, Vec<Part>) = described.into_iter().partition(|it| own.contains(&it.owner));
        let Some(first) = nearest.first().filter(|_| says(&nearest).is_none()) else { continue };
        for other in others {
            let both: Vec<Part> = nearest.iter().copied().chain([other]).collect();
            let Some(how) = says(&both).filter(|_| says(&[other]).is_none()) else { continue };
            let message = format!("`{}` is described again in another way: {how}", name.escape_debug());
            let is_implied =
                |it: &Part| schemas[it.id].types == Types::only(Type::Object) && !is_written(schemas, it.id);
            let is_object = schemas.types(&schemas.conjuncts(other.id)).contains(Type::Object);
            let yields = !is_object && nearest.iter().all(is_implied);
            diagnostics
                .report(Code::ContradictorySchema, &schemas[first.id].origin, message)
                .taken_as(if yields {
                    "the other description, since this one names no `type`"
                } else {
                    "this description alone"
                })
                .related(schemas[other.id].origin.clone(), "described here too")
                .help("describe it once, or by what values of both have in common");
            if yields {
                implied.extend(nearest.iter().map(|it| it.id));
                continue;
            }
            gone.insert((other.owner, name.clone()));
        }
    }
    (implied, gone)
}
