//! Branches that lie within another one of their union.
//!
//! Of `oneOf` such a branch has no instance, since each satisfies two; of `anyOf` one that says the same as one before it is
//! never chosen. Only what is certain is reported: equal schemas, a type that another one includes, and objects
//! that have everything that another one asks for.

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Api, SchemaId};
use crate::schemas::is_within;

/// Reports the branches of each union that another one contains.
pub(super) fn report(api: &Api, diagnostics: &mut Diagnostics) {
    for (_, schema) in api.schemas.iter().filter(|(_, it)| it.discriminator.is_none()) {
        for (keyword, branches) in [("oneOf", &schema.one_of), ("anyOf", &schema.any_of)] {
            // Conditions on one object choose no type.
            let are_conditions = keyword == "anyOf" && !schema.objects.properties.is_empty();
            if are_conditions || branches.len() > MOST {
                continue;
            }
            let is_within = |inner: SchemaId, outer: SchemaId| is_within(&api.schemas, inner, outer);
            for (position, inner) in branches.iter().enumerate() {
                // Of two that say the same, the second is told of.
                let contains = |(at, outer): &(usize, &SchemaId)| {
                    let is_before = *at < position;
                    let may_be = is_before || (*at > position && keyword == "oneOf" && !is_within(**outer, *inner));
                    may_be && is_within(*inner, **outer)
                };
                let Some((_, outer)) = branches.iter().enumerate().find(contains) else { continue };
                let is_mutual = is_within(*outer, *inner);
                let (message, help) = match (keyword, is_mutual) {
                    ("oneOf", true) => {
                        ("another branch says the same, so `oneOf` refuses what is either", "remove one of them")
                    }
                    ("oneOf", false) => (
                        "every instance of this branch satisfies another one too, so `oneOf` refuses it",
                        "narrow the other branch, or use `anyOf`",
                    ),
                    _ => (
                        "every instance of this branch satisfies one before it, so it is never chosen",
                        if is_mutual { "remove it" } else { "put it before the other branch, or remove it" },
                    ),
                };
                let (inner, outer) = (&api.schemas[*inner].origin, api.schemas[*outer].origin.clone());
                diagnostics
                    .report(Code::UnreachableBranch, inner, message)
                    .related(outer, "the other branch")
                    .help(help);
            }
        }
    }
}

/// Larger unions are told apart by a property, or by nothing that is worth the comparison.
const MOST: usize = 32;
