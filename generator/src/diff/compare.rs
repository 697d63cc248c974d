//! Two shapes, side by side: what an instance had to be and has to be now, and the pairs of schemas inside it.

use std::fmt::Display;

use serde_json::Value as Json;

use super::branches::LEVELS;
use super::rules::{self, Effect, Keyword, Rule, Travel};
use super::shape::{Merged, Node, Shapes};
use super::{contents, numbers, scalars, unions};
use crate::ir::{Conditional, SchemaId};

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
    /// Whether it is about the same instance, so that what it knows counts as evaluated there.
    pub(super) in_place: bool,
}

/// Closed objects around the branch that is compared, before and now: what nobody evaluates is refused there.
pub(super) type Around = (Node, Node);

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
    pub(super) around: Option<Around>,
    /// How many comparisons this one is made for.
    pub(super) depth: u8,
}

impl Pair<'_, '_> {
    /// The closed objects around what is compared in the place of a set of schemas.
    pub(super) fn around(&self, old: &[SchemaId], new: &[SchemaId]) -> Option<Around> {
        let is_closed = self.old.is_closed(old) && self.new.is_closed(new);
        if is_closed { Some((old.to_vec(), new.to_vec())) } else { self.around.clone() }
    }
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
        self.add_child(Child { step, old, new, variance, in_place: false });
    }

    /// Schemas of the same instance, which some instances follow and others do not.
    pub(super) fn branch(&mut self, step: Step, old: Node, new: Node, variance: Variance) {
        self.add_child(Child { step, old, new, variance, in_place: true });
    }

    fn add_child(&mut self, child: Child) {
        if !(child.old.is_empty() && child.new.is_empty()) {
            self.children.push(child);
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
    numbers::compare(&a, &b, &mut out);
    scalars::texts(&a, &b, &mut out);
    contents::arrays(pair, &a, &b, &mut out);
    contents::objects(pair, &a, &b, &mut out);
    unions::compare(pair, &a, &b, &mut out);
    logic(pair, &a, &b, &mut out);
    annotations(pair, &a, &b, &mut out);
    out
}

fn logic(pair: &Pair<'_, '_>, a: &Merged, b: &Merged, out: &mut Difference) {
    let hash = |shapes: &Shapes<'_>, id: SchemaId| shapes.hash(&[id], LEVELS);
    for pair in matched(&a.nots, &b.nots, |old, new| hash(pair.old, *old) == hash(pair.new, *new)) {
        match pair {
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
    let is_same = |old: &Conditional, new: &Conditional| {
        let parts = |it: &Conditional| [Some(it.condition), it.then, it.otherwise];
        let hash = |shapes: &Shapes<'_>, it| parts(it).map(|id| id.map(|id| hash(shapes, id)));
        hash(pair.old, old) == hash(pair.new, new)
    };
    for pair in matched(&a.conditionals, &b.conditionals, is_same) {
        match pair {
            (Some(old), Some(new)) => conditional(old, new, out),
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

fn conditional(old: &Conditional, new: &Conditional, out: &mut Difference) {
    let node = |id: Option<SchemaId>| id.into_iter().collect::<Vec<_>>();
    let words = |word: &str| Step::Words(word.to_owned());
    // Without `else`, what meets the condition less often is asked for less; without `then`, for more.
    let variance = match (old.then.or(new.then), old.otherwise.or(new.otherwise)) {
        (_, None) => Variance::Against,
        (None, Some(_)) => Variance::With,
        (Some(_), Some(_)) => Variance::Either,
    };
    out.branch(words("if"), vec![old.condition], vec![new.condition], variance);
    out.branch(words("then"), node(old.then), node(new.then), Variance::With);
    out.branch(words("else"), node(old.otherwise), node(new.otherwise), Variance::With);
}

/// Which is which, where order means nothing: those that are the same first, then by position; what is left is alone.
fn matched<'m, T>(old: &'m [T], new: &'m [T], is_same: impl Fn(&T, &T) -> bool) -> Vec<(Option<&'m T>, Option<&'m T>)> {
    let (mut before, mut after): (Vec<&T>, Vec<&T>) = (Vec::new(), new.iter().collect());
    for it in old {
        match after.iter().position(|other| is_same(it, other)) {
            Some(idx) => drop(after.remove(idx)),
            None => before.push(it),
        }
    }
    let most = before.len().max(after.len());
    (0..most).map(|idx| (before.get(idx).copied(), after.get(idx).copied())).collect()
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
