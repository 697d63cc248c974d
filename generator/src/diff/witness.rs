//! Instances that show a change: valid on one side, refused on the other.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::Value as Json;

use super::check::Validator;
use super::finding::Witness;
use super::instances::{sample, samples};
use super::rules::{Effect, Travel};
use super::shape::{Node, Shapes};
use super::walk::Located;

/// So many changes get a search for an instance; a report with more is read by its rules.
const MOST: usize = 300;
/// A larger instance shows nothing.
const LONGEST: usize = 400;

/// Looks for instances, with the validators that were made already.
pub(super) struct Witnesses<'a, 's> {
    old: &'s Shapes<'a>,
    new: &'s Shapes<'a>,
    made: BTreeMap<(bool, Node, Travel), Rc<Validator>>,
    left: usize,
}

impl<'a, 's> Witnesses<'a, 's> {
    pub(super) fn new(old: &'s Shapes<'a>, new: &'s Shapes<'a>) -> Self {
        Self { old, new, made: BTreeMap::new(), left: MOST }
    }

    /// An instance that shows a change, where one was found.
    pub(super) fn find(&mut self, located: &Located) -> Option<Witness> {
        let effect = located.effect?;
        self.left = self.left.checked_sub(1)?;
        let from = match effect {
            Effect::Narrows => samples(self.old, &located.old),
            Effect::Widens => samples(self.new, &located.new),
        };
        let mut candidates = located.change.candidates.clone();
        candidates.extend(located.change.candidates.iter().flat_map(|it| blended(it, &from)));
        candidates.extend(from);
        let shows = |it: &Json| self.verdicts(&located.old, &located.new, located.direction, it) == verdicts(effect);
        let mut shows = shows;
        let found = candidates.into_iter().find(|it| it.to_string().len() <= LONGEST && shows(it))?;
        let whole = located.parent.as_ref().and_then(|parent| self.wrapped(parent, located.direction, effect, &found));
        let instance = whole.unwrap_or(found);
        Some(match effect {
            Effect::Narrows => Witness::RefusedNow(instance),
            Effect::Widens => Witness::ValidNow(instance),
        })
    }

    /// The object around, which people recognize, if it shows the change too.
    fn wrapped(
        &mut self,
        (old, new, name): &(Node, Node, String),
        direction: Travel,
        effect: Effect,
        inner: &Json,
    ) -> Option<Json> {
        let around = match effect {
            Effect::Narrows => sample(self.old, old),
            Effect::Widens => sample(self.new, new),
        };
        let Some(Json::Object(mut members)) = around else { return None };
        members.insert(name.clone(), inner.clone());
        let object = Json::Object(members);
        let shows =
            object.to_string().len() <= LONGEST && self.verdicts(old, new, direction, &object) == verdicts(effect);
        shows.then_some(object)
    }

    /// Whether an instance is valid before and now.
    fn verdicts(&mut self, old: &Node, new: &Node, direction: Travel, instance: &Json) -> (bool, bool) {
        let before = self.validator(false, old, direction).is_valid(instance);
        (before, self.validator(true, new, direction).is_valid(instance))
    }

    fn validator(&mut self, is_new: bool, node: &Node, direction: Travel) -> Rc<Validator> {
        let api = if is_new { self.new.api } else { self.old.api };
        let key = (is_new, node.clone(), direction);
        Rc::clone(self.made.entry(key).or_insert_with(|| Rc::new(Validator::new(api, node, direction))))
    }
}

fn verdicts(effect: Effect) -> (bool, bool) {
    match effect {
        Effect::Narrows => (true, false),
        Effect::Widens => (false, true),
    }
}

/// An object with the members of a candidate beside those that it must have.
fn blended(candidate: &Json, samples: &[Json]) -> Vec<Json> {
    let Json::Object(members) = candidate else { return Vec::new() };
    let blend = |sample: &Json| {
        let mut object = sample.as_object()?.clone();
        object.extend(members.clone());
        Some(Json::Object(object))
    };
    samples.iter().filter_map(blend).collect()
}
