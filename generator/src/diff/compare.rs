//! Two shapes, side by side: what an instance had to be and has to be now, and the pairs of schemas inside it.

use std::fmt::Display;

use serde_json::Value as Json;

use super::rules::{self, Effect, Keyword, Rule, Travel};
use super::shape::{Merged, Node, Shapes};
use super::{contents, scalars, unions};
use crate::ir::SchemaId;

use Effect::{Narrows, Widens};

/// What a change is, before its direction makes a rule of it.
#[derive(Debug, Clone, Copy)]
pub(super) enum What {
    /// Fewer or more instances are valid.
    Set(Keyword, Effect),
    /// Something that has a rule of its own.
    Plain(&'static Rule),
}

/// One change of a schema.
#[derive(Debug, Clone)]
pub(super) struct Change {
    pub(super) what: What,
    pub(super) message: String,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    /// The keyword that says it, as it stands in the documents.
    pub(super) key: &'static str,
    /// The property that it is about, where the finding is about one rather than about the schema.
    pub(super) property: Option<String>,
    /// Instances that may show it.
    pub(super) candidates: Vec<Json>,
}

/// How the validity of an instance depends on what is inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Variance {
    /// The more is valid inside, the more is valid.
    With,
    /// The more is valid inside, the less is valid.
    Against,
    /// Both may happen.
    Either,
}

/// The way from a schema to one inside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// A property.
    Property(String),
    /// Every item.
    Items,
    /// The item at a position.
    Item(usize),
    /// Anything else, in words; the instance stays the same.
    Words(String),
}

/// A pair of schemas inside.
#[derive(Debug, Clone)]
pub(super) struct Child {
    pub(super) step: Step,
    pub(super) old: Node,
    pub(super) new: Node,
    pub(super) variance: Variance,
}

/// What differs between two shapes.
#[derive(Debug, Default)]
pub(super) struct Difference {
    pub(super) changes: Vec<Change>,
    pub(super) children: Vec<Child>,
}

/// Two documents and a direction.
pub(super) struct Pair<'a, 's> {
    pub(super) old: &'s Shapes<'a>,
    pub(super) new: &'s Shapes<'a>,
    pub(super) direction: Travel,
}

impl Difference {
    pub(super) fn push(
        &mut self,
        keyword: Keyword,
        effect: Effect,
        key: &'static str,
        message: impl Into<String>,
    ) -> &mut Change {
        self.add(What::Set(keyword, effect), key, message)
    }

    pub(super) fn plain(&mut self, rule: &'static Rule, key: &'static str, message: impl Into<String>) -> &mut Change {
        self.add(What::Plain(rule), key, message)
    }

    fn add(&mut self, what: What, key: &'static str, message: impl Into<String>) -> &mut Change {
        let message = message.into();
        let change = Change { what, message, before: None, after: None, key, property: None, candidates: Vec::new() };
        self.changes.push(change);
        let last = self.changes.len() - 1;
        &mut self.changes[last]
    }

    pub(super) fn child(&mut self, step: Step, old: Node, new: Node, variance: Variance) {
        if !(old.is_empty() && new.is_empty()) {
            self.children.push(Child { step, old, new, variance });
        }
    }
}

impl Change {
    pub(super) fn values(&mut self, before: impl Display, after: impl Display) -> &mut Self {
        (self.before, self.after) = (Some(before.to_string()), Some(after.to_string()));
        self
    }

    pub(super) fn show(&mut self, candidates: impl IntoIterator<Item = Json>) -> &mut Self {
        self.candidates.extend(candidates);
        self
    }

    pub(super) fn about(&mut self, property: &str) -> &mut Self {
        self.property = Some(property.to_owned());
        self
    }
}

/// Compares two sets of schemas; what is inside them is left to the caller, as children.
pub(super) fn compare(pair: &Pair<'_, '_>, old: &[SchemaId], new: &[SchemaId]) -> Difference {
    let (a, b) = (pair.old.shape(old), pair.new.shape(new));
    let mut out = Difference::default();
    if unions::wrapped(pair, (old, &a), (new, &b), &mut out) {
        annotations(pair, &a, &b, &mut out);
        return out;
    }
    scalars::types(&a, &b, &mut out);
    scalars::values(&a, &b, &mut out);
    scalars::numbers(&a, &b, &mut out);
    scalars::texts(&a, &b, &mut out);
    contents::arrays(pair, &a, &b, &mut out);
    contents::objects(pair, &a, &b, &mut out);
    unions::compare(pair, &a, &b, &mut out);
    logic(pair, &a, &b, &mut out);
    annotations(pair, &a, &b, &mut out);
    out
}

fn logic(pair: &Pair<'_, '_>, a: &Merged, b: &Merged, out: &mut Difference) {
    let _ = pair;
    for idx in 0..a.nots.len().max(b.nots.len()) {
        match (a.nots.get(idx), b.nots.get(idx)) {
            (Some(old), Some(new)) => {
                out.child(Step::Words("not".to_owned()), vec![*old], vec![*new], Variance::Against);
            }
            (None, Some(_)) => {
                out.push(Keyword::Not, Narrows, "not", "something is excluded now");
            }
            (Some(_), None) => {
                out.push(Keyword::Not, Widens, "not", "something is not excluded any more");
            }
            (None, None) => {}
        }
    }
    for idx in 0..a.conditionals.len().max(b.conditionals.len()) {
        match (a.conditionals.get(idx), b.conditionals.get(idx)) {
            (Some(old), Some(new)) => {
                let node = |id: Option<SchemaId>| id.into_iter().collect::<Vec<_>>();
                let words = |word: &str| Step::Words(word.to_owned());
                out.child(words("if"), vec![old.condition], vec![new.condition], Variance::Either);
                out.child(words("then"), node(old.then), node(new.then), Variance::With);
                out.child(words("else"), node(old.otherwise), node(new.otherwise), Variance::With);
            }
            (None, Some(_)) => {
                out.push(Keyword::Condition, Narrows, "if", "a condition was added");
            }
            (Some(_), None) => {
                out.push(Keyword::Condition, Widens, "if", "a condition is gone");
            }
            (None, None) => {}
        }
    }
}

fn annotations(pair: &Pair<'_, '_>, a: &Merged, b: &Merged, out: &mut Difference) {
    if a.default != b.default && pair.direction != Travel::Response {
        let text = |it: &Option<Json>| it.as_ref().map_or("none".to_owned(), |it| format!("`{it}`"));
        let (before, after) = (text(&a.default), text(&b.default));
        let message = format!("the default went from {before} to {after}");
        out.plain(&rules::DEFAULT_CHANGED, "default", message).values(before, after);
    }
    if b.deprecated && !a.deprecated {
        out.plain(&rules::DEPRECATED, "deprecated", "is deprecated now");
    }
}
