//! Whether one schema lies within another one: a comparison of its own, whose findings nobody sees.
//!
//! ```text
//! oneOf: [Pet]  ->  oneOf: [Cat, Dog]      nothing new, where every Cat and every Dog is a Pet
//! ```

use std::collections::{BTreeSet, VecDeque};

use super::compare::{Pair, Variance, What, compare};
use super::rules::{self, Effect, Level, Rule};
use super::walk::{combined, effects};
use crate::ir::SchemaId;

/// Comparisons within comparisons end here; what lies deeper counts as a change.
const DEEPEST: u8 = 2;
/// As many pairs of schemas are looked at; what has more counts as changed.
const MOST: usize = 100;

/// Whether going from one schema to another one has no such effect, as far as can be told.
pub(super) fn is_free(pair: &Pair<'_, '_>, (old, new): (SchemaId, SchemaId), unwanted: Effect) -> bool {
    if pair.depth >= DEEPEST {
        return false;
    }
    let mut seen = BTreeSet::new();
    let mut pending = VecDeque::from([(vec![old], vec![new], Variance::With, pair.around.clone())]);
    while let Some(next) = pending.pop_front() {
        if !seen.insert(next.clone()) {
            continue;
        }
        if seen.len() > MOST || !pair.new.affords_one() {
            return false;
        }
        let (old, new, variance, around) = next;
        let inner = Pair { old: pair.old, new: pair.new, direction: pair.direction, around, depth: pair.depth + 1 };
        let difference = compare(&inner, &old, &new);
        let is_unwanted = |what: &What| match what {
            // What nobody knew is sent by nobody, and was valid: it says of sets what it does not say of people.
            What::Plain(rule) if adds(rule) => unwanted == Effect::Narrows,
            What::Plain(rule) => rule.levels.wire <= Level::Warning,
            What::Set(..) => effects(what, variance).contains(&Some(unwanted)),
        };
        if difference.changes.iter().any(|it| is_unwanted(&it.what)) {
            return false;
        }
        let around = inner.around(&old, &new);
        for child in difference.children {
            let around = around.clone().filter(|_| child.in_place);
            pending.push_back((child.old, child.new, combined(variance, child.variance), around));
        }
    }
    true
}

/// Whether a property has a schema that it did not have.
fn adds(rule: &Rule) -> bool {
    [&rules::PROPERTY_ADDED_REQUEST, &rules::PROPERTY_ADDED_RESPONSE].contains(&rule)
}
