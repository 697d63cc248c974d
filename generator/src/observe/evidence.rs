//! What was seen of each place, counted, and what it asks for.

use std::collections::{BTreeMap, BTreeSet};

use super::change::Change;
use super::write;
use crate::document::Version;
use crate::source::{Pointer, Value};

/// An answer to a finding: a change of one node of the document.
pub(super) struct Answer {
    /// The node, in the document as overlays leave it.
    pub(super) target: Pointer,
    pub(super) change: Change,
    /// Where it was seen, for people.
    pub(super) place: String,
}

/// How often something was seen, and where.
#[derive(Debug, Clone, Default)]
pub(super) struct Evidence {
    count: u64,
    places: BTreeSet<String>,
}

impl Evidence {
    fn add(&mut self, place: String) {
        self.count += 1;
        self.places.insert(place);
    }

    fn join(&mut self, other: Self) {
        self.count += other.count;
        self.places.extend(other.places);
    }

    /// One line: how often, what, and at which places, of many a few.
    pub(super) fn line(&self, what: &str) -> String {
        const SHOWN: usize = 3;
        let mut places = self.places.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
        let further = self.places.len().saturating_sub(SHOWN);
        if further > 0 {
            places = format!("{places} and {further} more");
        }
        let times = if self.count == 1 { "once".to_owned() } else { format!("{} times", self.count) };
        format!("seen {times}: {what} at {places}")
    }
}

/// The changes that all findings ask for, by their nodes.
#[derive(Default)]
pub(super) struct Asked(BTreeMap<Pointer, BTreeMap<Change, Evidence>>);

impl Asked {
    pub(super) fn add(&mut self, answer: Answer) {
        let Answer { target, change, place } = answer;
        let changes = self.0.entry(target).or_default();
        // Of one limit the furthest is all that is to be said, whoever reached it.
        let known = changes.keys().find(|it| it.is_limit_like(&change)).cloned();
        let furthest = known.as_ref().map_or_else(|| change.clone(), |it| it.clone().furthest(&change));
        let mut evidence = known.and_then(|it| changes.remove(&it)).unwrap_or_default();
        evidence.add(place);
        changes.entry(furthest).or_default().join(evidence);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is asked for and nobody does.
    pub(super) fn leave(self, left: &mut Seen, reason: &'static str) {
        for (change, evidence) in self.0.into_values().flatten() {
            left.add(evidence.line(&change.what()), reason, true);
        }
    }

    /// The actions that change the document so, inner nodes first: what is around them may be put elsewhere.
    pub(super) fn actions(self, mut root: Value, version: Version) -> Vec<Value> {
        let mut nodes: Vec<_> = self.0.into_iter().collect();
        nodes.sort_by_key(|(pointer, _)| std::cmp::Reverse(pointer.tokens().count()));
        let mut actions = Vec::new();
        for (pointer, changes) in nodes {
            let Some(before) = root.at(&pointer).and_then(Value::as_object).cloned() else { continue };
            let mut after = before.clone();
            let mut said = Vec::new();
            for (change, evidence) in &changes {
                change.apply(&mut after, version);
                said.push(evidence.line(&change.what()));
            }
            actions.extend(write::actions(&super::path(&pointer, &root), &before, &after, &said.join("\n")));
            if let Some(node) = root.at_mut(&pointer) {
                *node = Value::object(after);
            }
        }
        actions
    }
}

/// What nobody can say in an overlay without a person, by what it is.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen(BTreeMap<Deviation, u64>);

/// What deviates, why it is left, and whether it is of an exchange.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Deviation {
    place: String,
    reason: &'static str,
    recorded: bool,
}

impl Seen {
    pub(super) fn add(&mut self, place: String, reason: &'static str, recorded: bool) {
        *self.0.entry(Deviation { place, reason, recorded }).or_default() += 1;
    }

    /// Takes what exchanges say from another look, which knows more of them.
    pub(super) fn keep_recorded(&mut self, other: &Self) {
        self.0.retain(|it, _| !it.recorded);
        self.0.extend(other.0.iter().filter(|(it, _)| it.recorded).map(|(it, count)| (it.clone(), *count)));
    }

    pub(super) fn lines(&self) -> Vec<String> {
        self.0.iter().map(|(it, count)| format!("{count} x {}: {}", it.place, it.reason)).collect()
    }
}
