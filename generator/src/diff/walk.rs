//! From a pair of schemas to every pair inside them, each looked at once for each direction.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::Value as Json;

use super::compare::{Around, Change, Pair, Step, Variance, What, compare};
use super::rules::{Effect, Keyword, Travel};
use super::shape::{DEEPEST, Node, Shapes};
use crate::ir::SchemaId;

/// Where something stands, for people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Trail {
    /// An operation or a component.
    pub(super) subject: String,
    /// The way inside it.
    pub(super) path: String,
}

impl Trail {
    pub(super) fn new(subject: impl Into<String>, path: impl Into<String>) -> Self {
        Self { subject: subject.into(), path: path.into() }
    }

    fn step(&self, step: &Step) -> Self {
        let path = match step {
            Step::Property(name) if self.path.is_empty() => name.clone(),
            Step::Property(name) if self.path.ends_with(": ") => format!("{}{name}", self.path),
            Step::Property(name) => format!("{}.{name}", self.path),
            Step::Items => format!("{}[]", self.path),
            Step::Item(idx) => format!("{}[{idx}]", self.path),
            Step::Words(words) => format!("{}({words})", self.path),
        };
        Self { subject: self.subject.clone(), path }
    }
}

/// A pair of schemas in one direction.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    old: Node,
    new: Node,
    direction: Travel,
    variance: Variance,
    around: Option<Around>,
}

/// A change of a schema with its place.
pub(super) struct Located {
    pub(super) change: Change,
    pub(super) effect: Option<Effect>,
    pub(super) direction: Travel,
    pub(super) trail: Trail,
    pub(super) old: Node,
    pub(super) new: Node,
    /// The object around, and the property in it, for an instance that people recognize.
    pub(super) parent: Option<(Node, Node, String)>,
    pub(super) operations: BTreeSet<String>,
}

/// All pairs that were met.
pub(super) struct Walk<'a, 's> {
    old: &'s Shapes<'a>,
    new: &'s Shapes<'a>,
    /// Schemas that stand for what nobody knows, before and now.
    unknown: (BTreeSet<SchemaId>, BTreeSet<SchemaId>),
    seen: BTreeMap<Key, usize>,
    /// For each pair: those that it stands in, and the operations that start with it.
    parents: Vec<BTreeSet<usize>>,
    operations: Vec<BTreeSet<String>>,
    found: Vec<(usize, Located)>,
}

struct Item {
    key: Key,
    trail: Trail,
    parent: Option<(Node, Node, String)>,
    from: Option<usize>,
}

impl<'a, 's> Walk<'a, 's> {
    pub(super) fn new(
        old: &'s Shapes<'a>,
        new: &'s Shapes<'a>,
        unknown: (BTreeSet<SchemaId>, BTreeSet<SchemaId>),
    ) -> Self {
        let (seen, parents, operations, found) = (BTreeMap::new(), Vec::new(), Vec::new(), Vec::new());
        Self { old, new, unknown, seen, parents, operations, found }
    }

    /// Compares a pair of schemas that an operation uses, and everything inside.
    pub(super) fn root(
        &mut self,
        old: &[SchemaId],
        new: &[SchemaId],
        direction: Travel,
        trail: Trail,
        operation: Option<&str>,
    ) {
        let key = Key { old: old.to_vec(), new: new.to_vec(), direction, variance: Variance::With, around: None };
        let mut pending = VecDeque::from([Item { key, trail, parent: None, from: None }]);
        let mut first = true;
        while let Some(item) = pending.pop_front() {
            let known = self.seen.get(&item.key).copied();
            let index = known.unwrap_or(self.parents.len());
            if known.is_none() {
                self.seen.insert(item.key.clone(), index);
                self.parents.push(BTreeSet::new());
                self.operations.push(BTreeSet::new());
            }
            self.parents[index].extend(item.from.filter(|it| *it != index));
            if std::mem::take(&mut first) {
                self.operations[index].extend(operation.map(str::to_owned));
            }
            if known.is_none() && !self.is_unknown(&item.key) {
                self.visit(index, item, &mut pending);
            }
        }
    }

    /// Whether nobody knows what stands on one of the sides.
    fn is_unknown(&self, key: &Key) -> bool {
        let leads = |shapes: &Shapes<'_>, node: &Node, unknown: &BTreeSet<SchemaId>| {
            let [only] = node.as_slice() else { return false };
            let mut chain = std::iter::successors(Some(*only), |id| shapes.schema(*id).reference).take(DEEPEST);
            !unknown.is_empty() && chain.any(|id| unknown.contains(&id))
        };
        leads(self.old, &key.old, &self.unknown.0) || leads(self.new, &key.new, &self.unknown.1)
    }

    /// The shapes of both documents.
    pub(super) fn shapes(&self) -> (&'s Shapes<'a>, &'s Shapes<'a>) {
        (self.old, self.new)
    }

    /// The defaults of a pair of schemas.
    pub(super) fn defaults(&self, old: SchemaId, new: SchemaId) -> (Option<Json>, Option<Json>) {
        (self.old.shape(&[old]).default.clone(), self.new.shape(&[new]).default.clone())
    }

    fn visit(&mut self, index: usize, item: Item, pending: &mut VecDeque<Item>) {
        let Item { key, trail, parent, .. } = item;
        // What stands in a component is a matter of the component, whoever refers to it.
        let name = self.new.component(&key.new).filter(|name| self.old.component(&key.old).as_ref() == Some(name));
        let outer = trail;
        let trail = name.map_or_else(|| outer.clone(), |name| Trail::new(format!("schema `{name}`"), ""));
        // `nullable` beside a reference is said of this place alone.
        let is_beside = self.old.is_nullable_beside(&key.old) != self.new.is_nullable_beside(&key.new);
        let around = key.around.clone();
        let pair = Pair { old: self.old, new: self.new, direction: key.direction, around, depth: 0 };
        let difference = compare(&pair, &key.old, &key.new);
        for change in difference.changes {
            let is_outer = is_beside && matches!(change.what, What::Set(Keyword::Null, _));
            for effect in effects(&change.what, key.variance) {
                let located = Located {
                    change: change.clone(),
                    effect,
                    direction: key.direction,
                    trail: if is_outer { outer.clone() } else { trail.clone() },
                    old: key.old.clone(),
                    new: key.new.clone(),
                    parent: parent.clone(),
                    operations: BTreeSet::new(),
                };
                self.found.push((index, located));
            }
        }
        let around = pair.around(&key.old, &key.new);
        for child in difference.children {
            let around = around.clone().filter(|_| child.in_place);
            let variance = combined(key.variance, child.variance);
            let parent = match &child.step {
                Step::Property(name) if name != "*" => Some((key.old.clone(), key.new.clone(), name.clone())),
                Step::Words(_) => parent.clone(),
                _ => None,
            };
            let trail = trail.step(&child.step);
            let key = Key { old: child.old, new: child.new, direction: key.direction, variance, around };
            pending.push_back(Item { key, trail, parent, from: Some(index) });
        }
    }

    /// Every change, with all operations that it reaches.
    pub(super) fn finish(self) -> Vec<Located> {
        let Self { parents, operations, found, .. } = self;
        let mut known: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        let reach = |index: usize| {
            let mut seen = BTreeSet::from([index]);
            let mut pending = vec![index];
            let mut all = BTreeSet::new();
            while let Some(next) = pending.pop() {
                all.extend(operations[next].iter().cloned());
                pending.extend(parents[next].iter().copied().filter(|it| seen.insert(*it)));
            }
            all
        };
        let finished = found.into_iter().map(|(index, located)| {
            let operations = known.entry(index).or_insert_with(|| reach(index)).clone();
            Located { operations, ..located }
        });
        finished.collect()
    }
}

pub(super) fn effects(what: &What, variance: Variance) -> Vec<Option<Effect>> {
    match (what, variance) {
        (What::Plain(_), _) => vec![None],
        (What::Set(_, effect), Variance::With) => vec![Some(*effect)],
        (What::Set(_, effect), Variance::Against) => vec![Some(effect.flipped())],
        (What::Set(..), Variance::Either) => vec![Some(Effect::Narrows), Some(Effect::Widens)],
    }
}

pub(super) fn combined(outer: Variance, inner: Variance) -> Variance {
    match (outer, inner) {
        (Variance::Either, _) | (_, Variance::Either) => Variance::Either,
        (Variance::With, other) | (other, Variance::With) => other,
        (Variance::Against, Variance::Against) => Variance::With,
    }
}
