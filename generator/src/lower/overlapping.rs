//! Branches of `anyOf` that say what another one says, or lie within another one.
//!
//! ```yaml
//! anyOf: [{ type: string }, { type: integer }, { type: integer }]   # a text or an integer
//! anyOf: [{ type: number }, { type: integer }]                      # an integer, or any other number
//! ```
//!
//! The first branch that takes a value is its type, so that the narrower one comes first, and nothing that is valid changes:
//! of `oneOf` an instance of two branches is refused, which the judge tells, unless the user has it taken as `anyOf`. Two
//! components stay that say the same, since callers may want either by its name.

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Schema, SchemaId, Schemas};
use crate::schemas::{MOST_BRANCHES, are_equal, behind, is_within};

/// Takes each branch away that repeats another one, and puts each before those that it lies within.
pub(super) fn settle(schemas: &mut Schemas, diagnostics: &mut Diagnostics) {
    for id in untold(schemas) {
        let schema = &schemas[id];
        let branches = once(schemas, &schema.any_of, diagnostics);
        let sorted = narrower_first(schemas, &branches);
        if sorted != branches {
            let message = "a branch that lies within one before it is tried before that";
            diagnostics.report(Code::ImpliedType, &schema.origin.key("anyOf"), message).at_key();
        }
        schemas[id].assertions.any_of = sorted;
    }
}

/// Takes `oneOf` as `anyOf` where it chooses a type and no tag does: a value of several branches is valid. Where a tag may
/// be left out, it does not always; the order is that of the document then.
pub fn take_any(schemas: &mut Schemas, diagnostics: &mut Diagnostics) {
    let is_union = |it: &Schema| {
        it.objects.properties.is_empty() && it.one_of.len() > 1 && it.any_of.is_empty() && !is_told(schemas, it)
    };
    for id in schemas.iter().filter(|(_, it)| is_union(it)).map(|(id, _)| id).collect::<Vec<_>>() {
        let mut branches = std::mem::take(&mut schemas[id].assertions.one_of);
        if chooses_type(&schemas[id]) && branches.len() <= MOST_BRANCHES {
            branches = narrower_first(schemas, &once(schemas, &branches, diagnostics));
        }
        schemas[id].assertions.any_of = branches;
    }
}

/// The unions whose branches no tag tells apart.
fn untold(schemas: &Schemas) -> Vec<SchemaId> {
    let is_union = |it: &Schema| chooses_type(it) && (2..=MOST_BRANCHES).contains(&it.any_of.len());
    schemas.iter().filter(|(_, it)| is_union(it)).map(|(id, _)| id).collect()
}

/// Whether a tag tells of every value which branch it is of.
fn is_told(schemas: &Schemas, schema: &Schema) -> bool {
    let Some(discriminator) = &schema.discriminator else { return false };
    let is_there = |it: &SchemaId| schemas[*it].objects.required.contains(&discriminator.property);
    discriminator.default.is_some()
        || schema.one_of.iter().all(|branch| schemas.conjuncts(behind(schemas, *branch)).iter().any(is_there))
}

/// Whether the first branch that takes a value is its type: no tag says which, and conditions on one object choose none.
fn chooses_type(schema: &Schema) -> bool {
    schema.discriminator.is_none() && schema.objects.properties.is_empty()
}

/// The branches without those that repeat another one.
fn once(schemas: &Schemas, branches: &[SchemaId], diagnostics: &mut Diagnostics) -> Vec<SchemaId> {
    let is_nameless = |id: SchemaId| behind(schemas, id) == id;
    let is_same = |one: SchemaId, other: SchemaId| {
        behind(schemas, one) == behind(schemas, other)
            || (is_nameless(one) && is_nameless(other) && are_equal(schemas, one, other))
    };
    let mut out: Vec<SchemaId> = Vec::new();
    for branch in branches {
        match out.iter().find(|it| is_same(**it, *branch)) {
            None => out.push(*branch),
            Some(first) => {
                diagnostics
                    .report(Code::UnreachableBranch, &schemas[*branch].origin, "another branch says the same")
                    .taken_as("one branch")
                    .related(schemas[*first].origin.clone(), "the other branch");
            }
        }
    }
    out
}

/// The branches, each before those that it lies within and that do not lie within it.
fn narrower_first(schemas: &Schemas, branches: &[SchemaId]) -> Vec<SchemaId> {
    let is_narrower = |inner, outer| is_within(schemas, inner, outer) && !is_within(schemas, outer, inner);
    let mut out: Vec<SchemaId> = Vec::new();
    for branch in branches {
        let wider = out.iter().position(|it| is_narrower(*branch, *it));
        out.insert(wider.unwrap_or(out.len()), *branch);
    }
    out
}
