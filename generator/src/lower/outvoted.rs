//! A `type` that everything beside it contradicts: what stands beside it says the type.
//!
//! ```yaml
//! { type: object, oneOf: [{ type: string }, { type: integer }] }        # a text or a number
//! { type: object, allOf: [{ $ref: '#/components/schemas/Profile' }] }   # a profile, where that is a text
//! { type: object, oneOf: [{ type: string }, { $ref: '#/components/schemas/Options' }] }   # a text or options
//! ```
//!
//! By the letter each refuses every value, or every value of a branch that somebody wrote down. `object` is what forms and
//! generators write where nobody chose a type; another `type` beside a single schema may be what is meant, so that it
//! stays, and the judge says that nothing is both.

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Assertions, Schema, SchemaId, Schemas, Type, Types};
use crate::schemas::{Possible, is_null};

/// Widens each `type` that what is composed beside it excludes.
pub(super) fn settle(schemas: &mut Schemas, diagnostics: &mut Diagnostics) {
    let mut possible = Possible::new(schemas);
    let found: Vec<_> =
        schemas.iter().filter_map(|(id, schema)| Some((id, meant(schemas, schema, &mut possible)?))).collect();
    for (id, Meant { keyword, excluded, types }) in found {
        let place = excluded.map_or_else(|| schemas[id].origin.key(keyword), |it| schemas[it].origin.clone());
        let schema = &mut schemas[id];
        let what = if excluded.is_some() { "a branch of" } else { "all of" };
        let message = format!("`type` is {}, which excludes {what} `{keyword}`", schema.types.shown());
        diagnostics
            .report(Code::ContradictorySchema, &schema.origin.key("type"), message)
            .taken_as(format!("what `{keyword}` says"))
            .help("remove `type`, or correct it")
            .related(place, "what it excludes");
        schema.types = types;
    }
}

/// What says the type of a schema better than its own `type`, which says nothing else.
struct Meant {
    keyword: &'static str,
    /// The branch that could never be, where others could.
    excluded: Option<SchemaId>,
    types: Types,
}

fn meant(schemas: &Schemas, schema: &Schema, possible: &mut Possible<'_>) -> Option<Meant> {
    let (types, left) = (schema.types.without(Type::Null), &schema.assertions);
    let alone = Assertions {
        types: left.types,
        all_of: left.all_of.clone(),
        one_of: left.one_of.clone(),
        any_of: left.any_of.clone(),
        discriminator: left.discriminator.clone(),
        or_null: left.or_null,
        ..Assertions::default()
    };
    if types == Types::NONE || left.types == Types::ALL || *left != alone {
        return None;
    }
    let keywords = [("allOf", &left.all_of), ("oneOf", &left.one_of), ("anyOf", &left.any_of)];
    let mut used = keywords.into_iter().filter(|(_, it)| !it.is_empty());
    let (Some((keyword, all)), None) = (used.next(), used.next()) else { return None };
    if keyword == "allOf" {
        let said = all.iter().map(|id| possible.types(*id, 0)).fold(Types::ALL, Types::and).without(Type::Null);
        let is_outvoted = said != Types::NONE && said.and(types) == Types::NONE && types == Types::only(Type::Object);
        return is_outvoted.then_some(Meant { keyword, excluded: None, types: Types::ALL });
    }
    let said: Vec<_> = all.iter().map(|id| (*id, possible.types(*id, 0))).collect();
    let is_apart = |types: Types| types != Types::NONE && types.and(left.types) == Types::NONE;
    let apart: Vec<_> = said.iter().filter(|(_, types)| is_apart(*types)).collect();
    let is_all = said.iter().all(|(id, types)| is_apart(*types) || is_null(schemas, *id));
    // One branch that is none of `type` may be the mistake.
    let is_several = said.iter().filter(|(id, _)| !is_null(schemas, *id)).count() > 1;
    if apart.is_empty() || (is_all && !is_several && types != Types::only(Type::Object)) {
        return None;
    }
    // Beside a branch that takes all, `type` still says something.
    let is_said = said.iter().all(|(_, types)| *types != Types::ALL);
    let wider = apart.iter().flat_map(|(_, types)| types.iter()).fold(left.types, Types::with);
    let excluded = apart.first().map(|(id, _)| *id).filter(|_| !is_all);
    Some(Meant { keyword, excluded, types: if is_said { Types::ALL } else { wider } })
}
