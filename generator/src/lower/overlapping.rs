//! Branches of a union that say what another one says, or lie within another one.
//!
//! ```yaml
//! oneOf: [{ type: string }, { type: integer }, { type: integer }]        # a text or an integer
//! oneOf: [{ title: Mail, type: string }, { title: Phone, type: string }] # a text
//! oneOf: [{ type: number }, { type: integer }]                           # an integer or any other number
//! ```
//!
//! By the letter each instance of such a branch satisfies two, so that `oneOf` refuses all of them, and nobody means that.
//! `anyOf` refuses none: there two components stay that say the same, since callers may want either by its name. The first
//! branch that takes a value is the type, so the narrower one comes first.

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Schema, SchemaId, Schemas};
use crate::schemas::{are_equal, behind, is_within};
use crate::source::Origin;

/// Larger unions are told apart by a property, or by nothing that is worth the comparison.
const MOST: usize = 32;

/// Takes each branch away that another one before it equals.
pub(super) fn settle_equal(schemas: &mut Schemas, diagnostics: &mut Diagnostics) {
    for id in untold(schemas) {
        let schema = &schemas[id];
        let (one, any) = (schema.origin.key("oneOf"), schema.origin.key("anyOf"));
        let one_of = once(schemas, &schema.one_of, true, &one, diagnostics);
        let any_of = once(schemas, &schema.any_of, false, &any, diagnostics);
        let assertions = &mut schemas[id].assertions;
        (assertions.one_of, assertions.any_of) = (one_of, any_of);
    }
}

/// Puts each branch before those that it lies within.
pub(super) fn settle_narrower(schemas: &mut Schemas, diagnostics: &mut Diagnostics) {
    for id in untold(schemas) {
        let schema = &schemas[id];
        // Conditions on one object choose no type.
        if !schema.objects.properties.is_empty() {
            continue;
        }
        let (mut one_of, mut any_of) = (schema.one_of.clone(), schema.any_of.clone());
        let refused = if any_of.is_empty() { within(schemas, &one_of) } else { Vec::new() };
        for (inner, outer) in &refused {
            let message = "every instance of this branch satisfies another one too, so `oneOf` refuses it";
            diagnostics
                .report(Code::ContradictorySchema, &schemas[*inner].origin, message)
                .taken_as("`anyOf`, where this branch is tried first")
                .related(schemas[*outer].origin.clone(), "the other branch");
        }
        if !refused.is_empty() {
            any_of = std::mem::take(&mut one_of);
        }
        let sorted = narrower_first(schemas, &any_of);
        if refused.is_empty() && sorted != any_of {
            let message = "a branch that lies within one before it is tried before that";
            diagnostics.report(Code::ImpliedType, &schema.origin.key("anyOf"), message).at_key();
        }
        let assertions = &mut schemas[id].assertions;
        (assertions.one_of, assertions.any_of) = (one_of, sorted);
    }
}

/// The unions whose branches no tag tells apart.
fn untold(schemas: &Schemas) -> Vec<SchemaId> {
    let has_several = |it: &Schema| it.one_of.len() > 1 || it.any_of.len() > 1;
    let all = schemas.iter().filter(|(_, it)| it.discriminator.is_none() && has_several(it));
    all.map(|(id, _)| id).collect()
}

/// The branches without those that repeat another one; whatever components are called, or not.
fn once(
    schemas: &Schemas,
    branches: &[SchemaId],
    is_one: bool,
    list: &Origin,
    diagnostics: &mut Diagnostics,
) -> Vec<SchemaId> {
    if branches.len() > MOST {
        return branches.to_vec();
    }
    let is_nameless = |id: SchemaId| is_one || behind(schemas, id) == id;
    let is_same = |one: SchemaId, other: SchemaId| {
        behind(schemas, one) == behind(schemas, other)
            || (is_nameless(one) && is_nameless(other) && are_equal(schemas, one, other))
    };
    let (code, message) = if is_one {
        (Code::ContradictorySchema, "another branch says the same, so `oneOf` refuses what is either")
    } else {
        (Code::UnreachableBranch, "another branch says the same")
    };
    let mut out = Vec::new();
    for (position, branch) in branches.iter().enumerate() {
        match (0..position).find(|it| is_same(branches[*it], *branch)) {
            None => out.push(*branch),
            Some(first) => {
                diagnostics
                    .report(code, &list.key(&position.to_string()), message)
                    .taken_as("one branch")
                    .related(list.key(&first.to_string()), "the other branch");
            }
        }
    }
    out
}

/// Each branch that lies within another one which does not lie within it, with the first of those.
fn within(schemas: &Schemas, branches: &[SchemaId]) -> Vec<(SchemaId, SchemaId)> {
    if branches.len() > MOST {
        return Vec::new();
    }
    let outer = |inner: SchemaId| branches.iter().copied().find(|outer| is_narrower(schemas, inner, *outer));
    branches.iter().filter_map(|inner| Some((*inner, outer(*inner)?))).collect()
}

fn is_narrower(schemas: &Schemas, inner: SchemaId, outer: SchemaId) -> bool {
    inner != outer && is_within(schemas, inner, outer) && !is_within(schemas, outer, inner)
}

/// The branches, each before those that it lies within.
fn narrower_first(schemas: &Schemas, branches: &[SchemaId]) -> Vec<SchemaId> {
    if branches.len() > MOST {
        return branches.to_vec();
    }
    let mut out: Vec<SchemaId> = Vec::new();
    for branch in branches {
        let wider = out.iter().position(|it| is_narrower(schemas, *branch, *it));
        out.insert(wider.unwrap_or(out.len()), *branch);
    }
    out
}
