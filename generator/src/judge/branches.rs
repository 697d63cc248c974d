//! Branches that lie within another one of their union.
//!
//! Of `oneOf` such a branch has no instance, since each satisfies two; of `anyOf` it is never chosen where it stands
//! behind the wider one. Only what is certain is reported: equal schemas, a type that another one includes, and objects
//! that have everything that another one asks for.

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Api, SchemaId};
use crate::schemas::is_within;

/// Reports the first branch of each union that another one contains.
pub(super) fn report(api: &Api, diagnostics: &mut Diagnostics) {
    for (_, schema) in api.schemas.iter().filter(|(_, it)| it.discriminator.is_none()) {
        for (keyword, branches) in [("oneOf", &schema.one_of), ("anyOf", &schema.any_of)] {
            // Conditions on one object choose no type.
            let are_conditions = keyword == "anyOf" && !schema.objects.properties.is_empty();
            let found = contained(api, branches, keyword == "oneOf").filter(|_| !are_conditions);
            let Some((inner, outer)) = found else { continue };
            let [origin, wider] = [inner, outer].map(|it| api.schemas[branches[it]].origin.clone());
            let (message, help) = if keyword == "oneOf" {
                let message = "every instance of this branch satisfies another one too, so `oneOf` refuses it";
                (message, "narrow the other branch, or use `anyOf` with this branch first")
            } else {
                let message = "every instance of this branch satisfies one before it, so it is never chosen";
                (message, "put it before the other branch, or remove it")
            };
            diagnostics.report(Code::UnreachableBranch, &origin, message).related(wider, "the other branch").help(help);
        }
    }
}

/// The positions of a branch and of one that contains it; of `anyOf`, one that stands before it.
fn contained(api: &Api, branches: &[SchemaId], anywhere: bool) -> Option<(usize, usize)> {
    /// Larger unions are told apart by a property, or by nothing that is worth the comparison.
    const MOST: usize = 32;
    if branches.len() > MOST {
        return None;
    }
    let pairs = (0..branches.len()).flat_map(|inner| (0..branches.len()).map(move |outer| (inner, outer)));
    let mut pairs = pairs.filter(|(inner, outer)| if anywhere { inner != outer } else { outer < inner });
    pairs.find(|(inner, outer)| is_within(&api.schemas, branches[*inner], branches[*outer]))
}
