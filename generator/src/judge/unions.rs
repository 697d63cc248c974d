//! Branches that exclude what stands beside their union, such as `type`.
//!
//! ```yaml
//! { type: array, oneOf: [{ type: object }, { type: array }] }   # the first branch can never be
//! { type: object, oneOf: [{ type: string }, { type: integer }] } # none can
//! ```

use std::collections::BTreeSet;

use super::contradictions::{below, written};
use crate::diagnostics::{Code, Diagnostics};
use crate::document::Document;
use crate::ir::{Api, SchemaId, Schemas, Type, Types};
use crate::schemas::Possible;
use crate::schemas::clash::shown_types;
use crate::source::Origin;

/// Reports each union of which a branch can never be.
pub(super) fn report(document: &Document, api: &Api, diagnostics: &mut Diagnostics) {
    let mut possible = Possible::new(&api.schemas);
    let mut said = BTreeSet::new();
    for (id, _) in api.schemas.iter() {
        let conjuncts = api.schemas.conjuncts(id);
        let types = api.schemas.types(&conjuncts);
        if types == Types::ALL || types.without(Type::Null) == Types::NONE {
            continue;
        }
        let or_null = conjuncts.iter().any(|it| api.schemas[*it].or_null);
        let allowed = if or_null { types.with(Type::Null) } else { types };
        for union in &conjuncts {
            let schema = &api.schemas[*union];
            for (keyword, branches) in [("oneOf", &schema.one_of), ("anyOf", &schema.any_of)] {
                let found = Beside { schemas: &api.schemas, whole: id, union: *union, keyword, allowed };
                let excluded = found.excluded(&conjuncts, branches, &mut possible);
                if let Some(excluded) = excluded
                    && said.insert((excluded.by.clone(), schema.origin.clone(), keyword))
                {
                    found.report(document, &excluded, branches, diagnostics);
                }
            }
        }
    }
}

/// A union, and the types that what stands beside it allows.
struct Beside<'a> {
    schemas: &'a Schemas,
    whole: SchemaId,
    union: SchemaId,
    keyword: &'static str,
    allowed: Types,
}

/// Branches that can never be.
struct Excluded {
    branches: Vec<SchemaId>,
    /// The types of the first.
    types: Types,
    /// What excludes it.
    by: Origin,
}

impl Beside<'_> {
    fn excluded(&self, conjuncts: &[SchemaId], all: &[SchemaId], possible: &mut Possible<'_>) -> Option<Excluded> {
        let mut can_never_be = |id: &SchemaId| {
            let types = possible.types(*id, 0);
            (types != Types::NONE && types.and(self.allowed) == Types::NONE).then_some((*id, types))
        };
        let found: Vec<_> = all.iter().filter_map(&mut can_never_be).collect();
        let (_, types) = *found.first()?;
        let excludes = |it: &&SchemaId| self.schemas[**it].types.and(types) == Types::NONE;
        let by = *conjuncts.iter().find(excludes)?;
        // What a schema below this one brings together has been said there.
        let below = below(self.schemas, self.whole);
        let is_own = !below.iter().any(|it| it.contains(&by) && it.contains(&self.union));
        let branches = found.into_iter().map(|(id, _)| id).collect();
        is_own.then(|| Excluded { branches, types, by: self.schemas[by].origin.clone() })
    }

    fn report(&self, document: &Document, excluded: &Excluded, all: &[SchemaId], diagnostics: &mut Diagnostics) {
        let Self { schemas, union, keyword, allowed, .. } = self;
        let Excluded { branches, types, by } = excluded;
        let place = |id: SchemaId| written(document, &schemas[id].origin);
        let (types, allowed) = (shown_types(*types), shown_types(*allowed));
        let is_none_left = branches.len() == all.len();
        let by = written(document, &by.key("type"));
        let found = if is_none_left {
            let message = format!(
                "what stands beside `{keyword}` asks for {allowed}, and no branch is one: generated code refuses every value"
            );
            diagnostics.report(Code::ContradictorySchema, &place(*union).key(keyword), message).at_key()
        } else {
            let message = format!(
                "this branch is {types}, and what stands beside `{keyword}` asks for {allowed}: generated code refuses \
                 every value of it"
            );
            diagnostics.report(Code::UnreachableBranch, &place(branches[0]), message)
        };
        found.related(by, format!("asks for {allowed}")).help("remove `type`, or correct it");
        for other in branches.iter().skip(1).filter(|_| !is_none_left) {
            found.related(place(*other), "and this branch");
        }
    }
}
