//! Branches that lie within another one of their union.
//!
//! Of `oneOf` such a branch has no instance, since each satisfies two; of `anyOf` it is never chosen where it stands
//! behind the wider one. Only what is certain is reported: equal schemas, a type that another one includes, and objects
//! that have everything that another one asks for.

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Api, Assertions, Objects, Rare, Schema, SchemaId, Type, Types};
use crate::schemas::alias;
use crate::schemas::tables::Contents;

/// Reports the first branch of each union that another one contains.
pub(super) fn report(api: &Api, diagnostics: &mut Diagnostics) {
    let contents = Contents::new(api);
    for (_, schema) in api.schemas.iter().filter(|(_, it)| it.discriminator.is_none()) {
        for (keyword, branches) in [("oneOf", &schema.one_of), ("anyOf", &schema.any_of)] {
            // Conditions on one object choose no type.
            let are_conditions = keyword == "anyOf" && !schema.objects.properties.is_empty();
            let found = contained(api, &contents, branches, keyword == "oneOf").filter(|_| !are_conditions);
            let Some((inner, outer)) = found else { continue };
            let origin = schema.origin.key(keyword).key(&inner.to_string());
            let wider = schema.origin.key(keyword).key(&outer.to_string());
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
fn contained(api: &Api, contents: &Contents<'_>, branches: &[SchemaId], anywhere: bool) -> Option<(usize, usize)> {
    /// Larger unions are told apart by a property, or by nothing that is worth the comparison.
    const MOST: usize = 32;
    if branches.len() > MOST {
        return None;
    }
    let pairs = (0..branches.len()).flat_map(|inner| (0..branches.len()).map(move |outer| (inner, outer)));
    let mut pairs = pairs.filter(|(inner, outer)| if anywhere { inner != outer } else { outer < inner });
    pairs.find(|(inner, outer)| is_within(api, contents, branches[*inner], branches[*outer]))
}

fn is_within(api: &Api, contents: &Contents<'_>, inner: SchemaId, outer: SchemaId) -> bool {
    let target = |id: SchemaId| alias(&api.schemas, id).unwrap_or(id);
    let (inner, outer) = (target(inner), target(outer));
    let (narrow, wide) = (&api.schemas[inner], &api.schemas[outer]);
    if inner == outer || contents.line(inner) == contents.line(outer) {
        return true;
    }
    // What a branch has by `allOf` can only make it narrower.
    let types = api.schemas.types(&api.schemas.conjuncts(inner));
    let includes = |ty: Type| wide.types.contains(ty) || (ty == Type::Integer && wide.types.contains(Type::Number));
    let has_types = types != Types::NONE && types.iter().all(includes) && !narrow.or_null;
    let rest = Assertions { types: Types::ALL, objects: Rare::default(), ..wide.assertions.clone() };
    has_types && rest == Assertions::default() && has_members(contents, narrow, wide)
}

/// Whether an object of one schema has all that another one asks of objects.
fn has_members(contents: &Contents<'_>, narrow: &Schema, wide: &Schema) -> bool {
    let asked = Objects {
        properties: wide.objects.properties.clone(),
        required: wide.objects.required.clone(),
        ..Objects::default()
    };
    let has = |(name, id): (&String, &SchemaId)| {
        let own = narrow.objects.properties.get(name);
        own.is_some_and(|own| contents.line(*own) == contents.line(*id))
    };
    *wide.objects == asked
        && asked.required.iter().all(|name| narrow.objects.required.contains(name))
        && asked.properties.iter().all(has)
}
