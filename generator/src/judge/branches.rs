//! Branches that lie within another one of their union.
//!
//! Of `oneOf` such a branch has no instance, since each satisfies two; of `anyOf` one that says the same as one before it is
//! never chosen. Only what is certain is reported: equal schemas, a type that another one includes, and objects
//! that have everything that another one asks for.

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Api, SchemaId};
use crate::schemas::{MOST_BRANCHES, is_within};

/// Reports the branches of each union that another one contains.
pub(super) fn report(api: &Api, diagnostics: &mut Diagnostics) {
    for (_, schema) in api.schemas.iter().filter(|(_, it)| it.discriminator.is_none()) {
        within_others(api, &schema.one_of, true, diagnostics);
        // Conditions on one object choose no type.
        if schema.objects.properties.is_empty() {
            within_others(api, &schema.any_of, false, diagnostics);
        }
    }
}

/// Reports them for one union, of which an instance is of one branch only, or of the first that takes it.
fn within_others(api: &Api, branches: &[SchemaId], is_one: bool, diagnostics: &mut Diagnostics) {
    if branches.len() > MOST_BRANCHES {
        return;
    }
    for (position, inner) in branches.iter().enumerate() {
        let Some(outer) = container(api, branches, position, is_one) else { continue };
        let is_mutual = is_within(&api.schemas, outer, *inner);
        let (message, help) = match (is_one, is_mutual) {
            (true, true) => ("another branch says the same, so `oneOf` refuses what is either", "remove one of them"),
            (true, false) => (
                "every instance of this branch satisfies another one too, so `oneOf` refuses it",
                "narrow the other branch, or use `anyOf`, as which `types.one-of = \"any\"` takes it",
            ),
            (false, _) => (
                "every instance of this branch satisfies one before it, so it is never chosen",
                if is_mutual { "remove it" } else { "put it before the other branch, or remove it" },
            ),
        };
        let (inner, outer) = (&api.schemas[*inner].origin, api.schemas[outer].origin.clone());
        diagnostics.report(Code::UnreachableBranch, inner, message).related(outer, "the other branch").help(help);
    }
}

/// The first branch that contains another one; of two that say the same, the second is told of.
fn container(api: &Api, branches: &[SchemaId], position: usize, is_one: bool) -> Option<SchemaId> {
    let inner = branches[position];
    let is_within = |one, other| is_within(&api.schemas, one, other);
    let may_be = |at| at < position || (is_one && at > position && !is_within(branches[at], inner));
    (0..branches.len()).find(|at| may_be(*at) && is_within(inner, branches[*at])).map(|at| branches[at])
}
