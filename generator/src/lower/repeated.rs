//! Branches of a union that say what another one says.
//!
//! ```yaml
//! oneOf: [{ type: string }, { type: integer }, { type: integer }]        # a text or an integer
//! oneOf: [{ title: Mail, type: string }, { title: Phone, type: string }] # a text
//! ```
//!
//! By the letter each instance of such a branch satisfies two, so that `oneOf` refuses all of them, and nobody means that.
//! `anyOf` refuses none: there two components stay that say the same, since callers may want either by its name.

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{SchemaId, Schemas};
use crate::schemas::{are_equal, behind};

/// Larger unions are told apart by a property, or by nothing that is worth the comparison.
const MOST: usize = 32;

/// Takes each branch away that another one before it equals.
pub(super) fn settle(schemas: &mut Schemas, diagnostics: &mut Diagnostics) {
    let ids: Vec<SchemaId> = schemas.iter().map(|(id, _)| id).collect();
    for id in ids {
        let schema = &schemas[id];
        if schema.discriminator.is_some() {
            continue;
        }
        let found = [("oneOf", &schema.one_of), ("anyOf", &schema.any_of)].map(|(keyword, branches)| {
            let is_one = keyword == "oneOf";
            let repeated = repeated(schemas, branches, is_one);
            let (code, message) = if is_one {
                (Code::ContradictorySchema, "another branch says the same, so `oneOf` refuses what is either")
            } else {
                (Code::UnreachableBranch, "another branch says the same")
            };
            for (position, first) in &repeated {
                let list = schema.origin.key(keyword);
                diagnostics
                    .report(code, &list.key(&position.to_string()), message)
                    .taken_as("one branch")
                    .related(list.key(&first.to_string()), "the other branch");
            }
            repeated
        });
        let [one_of, any_of] = found;
        let assertions = &mut schemas[id].assertions;
        remove(&mut assertions.one_of, &one_of);
        remove(&mut assertions.any_of, &any_of);
    }
}

/// The positions of branches that repeat another one, each with that of the first; whatever components are called, or not.
fn repeated(schemas: &Schemas, branches: &[SchemaId], by_any_name: bool) -> Vec<(usize, usize)> {
    if branches.len() > MOST {
        return Vec::new();
    }
    let is_nameless = |id: SchemaId| by_any_name || behind(schemas, id) == id;
    let is_same = |one: SchemaId, other: SchemaId| {
        behind(schemas, one) == behind(schemas, other)
            || (is_nameless(one) && is_nameless(other) && are_equal(schemas, one, other))
    };
    let first = |position: usize| (0..position).find(|it| is_same(branches[*it], branches[position]));
    (1..branches.len()).filter_map(|position| Some((position, first(position)?))).collect()
}

fn remove(branches: &mut Vec<SchemaId>, repeated: &[(usize, usize)]) {
    for (position, _) in repeated.iter().rev() {
        branches.remove(*position);
    }
}
