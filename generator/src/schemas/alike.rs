//! What schemas are alike in: whether two say the same, and whether one leaves strings out.

use std::collections::BTreeSet;

use super::view::behind;
use crate::ir::{Annotations, Schema, SchemaId, Schemas, Type, Types};

/// How deep two schemas are compared that stand in two places.
const DEEPEST: usize = 8;

/// Whether two schemas assert the same by the same keywords, references that stand alone left aside.
pub(crate) fn are_equal(schemas: &Schemas, one: SchemaId, other: SchemaId) -> bool {
    Comparison { schemas, compared: BTreeSet::new() }.are_equal(one, other, DEEPEST)
}

struct Comparison<'a> {
    schemas: &'a Schemas,
    /// The pairs that are equal unless one of them turns out not to be, each compared once.
    compared: BTreeSet<(SchemaId, SchemaId)>,
}

impl Comparison<'_> {
    fn are_equal(&mut self, one: SchemaId, other: SchemaId, depth: usize) -> bool {
        let pair = (behind(self.schemas, one), behind(self.schemas, other));
        if pair.0 == pair.1 || !self.compared.insert(pair) {
            return true;
        }
        let (one, other) = (&self.schemas[pair.0], &self.schemas[pair.1]);
        let own = |it: &Schema| it.assertions.with_children(|_| SchemaId::default());
        let (left, right): (Vec<_>, Vec<_>) = (one.children().collect(), other.children().collect());
        depth > 0
            && left.len() == right.len()
            && in_bodies(&one.annotations) == in_bodies(&other.annotations)
            && own(one) == own(other)
            && left.into_iter().zip(right).all(|(one, other)| self.are_equal(one, other, depth - 1))
    }
}

/// What annotations say about bodies, and not to readers.
fn in_bodies(annotations: &Annotations) -> (bool, bool, &Option<String>, &Option<String>) {
    let Annotations { read_only, write_only, content_encoding, content_media_type, .. } = annotations;
    (*read_only, *write_only, content_encoding, content_media_type)
}

/// Whether all instances of a schema are something else than strings.
pub(crate) fn exclude_strings(schemas: &Schemas, id: SchemaId) -> bool {
    fn within(schemas: &Schemas, id: SchemaId, seen: &mut BTreeSet<SchemaId>) -> bool {
        if !seen.insert(id) {
            return false;
        }
        let conjuncts = schemas.conjuncts(id);
        let says_type = |it: &SchemaId| {
            let types = schemas[*it].types;
            types != Types::ALL && !types.contains(Type::String)
        };
        conjuncts.iter().any(says_type)
            || conjuncts.iter().any(|it| {
                let (one, any) = (&schemas[*it].one_of, &schemas[*it].any_of);
                [one, any].into_iter().any(|all| !all.is_empty() && all.iter().all(|it| within(schemas, *it, seen)))
            })
    }
    within(schemas, id, &mut BTreeSet::new())
}
