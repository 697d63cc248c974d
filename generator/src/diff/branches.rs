//! Which branch of a union is which, whatever their order and names.

use serde_json::Value as Json;

use super::compare::Pair;
use super::shape::{Merged, Shapes};
use crate::ir::{SchemaId, Type};

/// Schemas are the same to this depth before they are compared in full.
pub(super) const LEVELS: usize = 5;
/// Unions with more branches that nobody knows are not searched for those that are alike.
const MOST: usize = 10_000;
/// What has less in common is something else.
const ALIKE: usize = 50;

/// Branches of both unions.
pub(super) struct Matched {
    /// Those that stayed, perhaps with changes.
    pub(super) pairs: Vec<(SchemaId, SchemaId)>,
    /// Those that are gone.
    pub(super) old: Vec<SchemaId>,
    /// Those that are new.
    pub(super) new: Vec<SchemaId>,
}

/// Says which branch is which: by tag, name and meaning first, then by what they have in common.
pub(super) fn matched(
    pair: &Pair<'_, '_>,
    (old, new): (&[SchemaId], &[SchemaId]),
    has_same_tag: &dyn Fn(SchemaId, SchemaId) -> bool,
) -> Matched {
    let mut found = Matched { pairs: Vec::new(), old: old.to_vec(), new: new.to_vec() };
    let named = |x: SchemaId, y: SchemaId| {
        let component = pair.old.component(&[x]);
        component.is_some() && component == pair.new.component(&[y])
    };
    let titled = |x: SchemaId, y: SchemaId| {
        let title = &pair.old.schema(x).annotations.title;
        title.is_some() && *title == pair.new.schema(y).annotations.title
    };
    let typed = |x: SchemaId, y: SchemaId| {
        let inline = pair.old.component(&[x]).is_none() && pair.new.component(&[y]).is_none();
        inline && pair.old.shape(&[x]).types == pair.new.shape(&[y]).types
    };
    found.take(&|x, y| is_same(pair, x, y) && named(x, y));
    found.take(has_same_tag);
    found.take(&named);
    found.take(&|x, y| is_same(pair, x, y));
    found.take(&titled);
    found.take_alike(pair);
    found.take(&typed);
    found
}

/// Whether two branches mean the same.
pub(super) fn is_same(pair: &Pair<'_, '_>, old: SchemaId, new: SchemaId) -> bool {
    pair.old.hash(&[old], LEVELS) == pair.new.hash(&[new], LEVELS)
}

impl Matched {
    fn take(&mut self, fits: &dyn Fn(SchemaId, SchemaId) -> bool) {
        let Self { pairs, old, new } = self;
        old.retain(|x| match new.iter().position(|y| fits(*x, *y)) {
            Some(idx) => {
                pairs.push((*x, new.remove(idx)));
                false
            }
            None => true,
        });
    }

    /// Takes what has most in common first.
    fn take_alike(&mut self, pair: &Pair<'_, '_>) {
        if self.old.len() * self.new.len() > MOST {
            return;
        }
        let score = |x: SchemaId, y: SchemaId| likeness((pair.old, x), (pair.new, y));
        let all = self.old.iter().flat_map(|x| self.new.iter().map(move |y| (*x, *y)));
        let mut all: Vec<_> = all.map(|(x, y)| (score(x, y), x, y)).filter(|(score, ..)| *score >= ALIKE).collect();
        all.sort_by_key(|(score, ..)| std::cmp::Reverse(*score));
        for (_, x, y) in all {
            if self.old.contains(&x) && self.new.contains(&y) {
                self.take(&|a, b| (a, b) == (x, y));
            }
        }
    }
}

/// How much two branches have in common, in percent.
fn likeness((old, x): (&Shapes<'_>, SchemaId), (new, y): (&Shapes<'_>, SchemaId)) -> usize {
    let (a, b) = (old.shape(&[x]), new.shape(&[y]));
    if a.types != b.types || disjoint(a.values.as_ref(), b.values.as_ref()) {
        return 0;
    }
    let objects = a.types.len() == 1 && a.types.contains(&Type::Object);
    if !objects {
        // What may be of any type says nothing about what it is.
        return if a.types.len() < Type::ALL.len() - 1 { ALIKE } else { 0 };
    }
    let values =
        |shapes: &Shapes<'_>, shape: &Merged, name: &str| shapes.shape(&shapes.property(shape, name)).values.clone();
    let common: Vec<_> = a.properties.iter().filter(|name| b.properties.contains(name)).collect();
    let tags = || common.iter().filter(|name| a.required.contains(**name) && b.required.contains(**name));
    let tags = tags().map(|name| (values(old, &a, name), values(new, &b, name)));
    let tags: Vec<_> = tags.filter(|(a, b)| a.is_some() && b.is_some()).collect();
    if tags.iter().any(|(a, b)| disjoint(a.as_ref(), b.as_ref())) {
        return 0;
    }
    let all = a.properties.len() + b.properties.len() - common.len();
    let share = (common.len() * 100).checked_div(all).unwrap_or(ALIKE);
    if tags.is_empty() { share } else { 100 + share }
}

/// Whether two lists of values have none in common.
pub(super) fn disjoint(a: Option<&Vec<Json>>, b: Option<&Vec<Json>>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => !a.iter().any(|it| b.contains(it)),
        _ => false,
    }
}
