//! One run of the checker over one instance.
//!
//! The same walk serves both questions: with a report it goes on after a violation, without one it stops there and
//! allocates nothing for places. Inside unions, `not`, `if` and `contains` it runs without one.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::violation::{Violation, Violations, pointer_token};
use super::Direction;
use super::schema::{Arena, Id, Keyword, Schema};

/// How deep schemas are followed into an instance and into each other: six for each of the 128 levels that a JSON
/// parser reads. Without optimization that takes a megabyte of the stack.
const MAX_DEPTH: usize = 768;
/// How many schemas may apply to one and the same place of an instance.
const MAX_SCHEMAS_IN_PLACE: usize = 100_000;
/// How long a property name may be in a pointer of a report.
const MAX_NAME: usize = 256;

/// Where in the instance the walk is: a list on the stack, turned into a pointer only for a report.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    parent: Option<&'a At<'a>>,
    step: Step<'a>,
}

/// How a value is reached from its parent.
#[derive(Clone, Copy)]
pub(super) enum Step<'a> {
    Root,
    Property(&'a str),
    Item(usize),
}

impl<'a> At<'a> {
    pub(super) const ROOT: Self = At { parent: None, step: Step::Root };

    pub(super) fn property(&'a self, name: &'a str) -> Self {
        At { parent: Some(self), step: Step::Property(name) }
    }

    pub(super) fn item(&'a self, index: usize) -> Self {
        At { parent: Some(self), step: Step::Item(index) }
    }

    /// The JSON Pointer.
    pub(super) fn pointer(&self) -> String {
        let mut steps = Vec::new();
        let mut place = Some(self);
        while let Some(at) = place {
            match at.step {
                Step::Root => {}
                Step::Property(name) => steps.push(escape(name)),
                Step::Item(index) => steps.push(index.to_string().into()),
            }
            place = at.parent;
        }
        steps.iter().rev().flat_map(|step| ["/", step]).collect()
    }
}

/// A property name as a token of a pointer; a very long one is shortened, since a report repeats it.
fn escape(name: &str) -> Cow<'_, str> {
    match name.char_indices().nth(MAX_NAME) {
        Some((end, _)) => format!("{}…", pointer_token(name.get(..end).unwrap_or_default())).into(),
        None => pointer_token(name),
    }
}

/// The references that led to the schema at hand without a step into the instance.
#[derive(Clone, Copy)]
pub(super) struct References<'a> {
    target: Id,
    before: Option<&'a References<'a>>,
}

/// A value, where it is, and how the walk came to look at it.
#[derive(Clone, Copy)]
pub(super) struct Place<'i, 'a> {
    pub(super) instance: &'i Value,
    pub(super) at: &'a At<'a>,
    references: Option<&'a References<'a>>,
}

impl<'i, 'a> Place<'i, 'a> {
    pub(super) fn new(instance: &'i Value, at: &'a At<'a>) -> Self {
        Self { instance, at, references: None }
    }
}

/// The properties and items that the keywords so far have evaluated, for `unevaluatedProperties` and `unevaluatedItems`.
#[derive(Default)]
pub(super) struct Evaluated<'i> {
    pub(super) all_properties: bool,
    pub(super) properties: BTreeSet<&'i str>,
    /// All items before this one.
    pub(super) items_before: usize,
    pub(super) items: BTreeSet<usize>,
    /// Whether a union failed, so that what its branches would have evaluated is unknown.
    pub(super) incomplete: bool,
}

impl Evaluated<'_> {
    pub(super) fn absorb(&mut self, mut other: Self) {
        self.all_properties |= other.all_properties;
        self.properties.append(&mut other.properties);
        self.items_before = self.items_before.max(other.items_before);
        self.items.append(&mut other.items);
        self.incomplete |= other.incomplete;
    }

    pub(super) fn everything(&mut self) {
        self.all_properties = true;
        self.items_before = usize::MAX;
    }
}

/// Takes notes of what is evaluated, where somebody asks.
pub(super) type Notes<'n, 'i> = Option<&'n mut Evaluated<'i>>;

/// The state of a walk.
pub(super) struct Run<'s> {
    pub(super) arena: &'s Arena,
    pub(super) direction: Direction,
    /// Whether open sets are closed for now: values that some branch of a union knows belong to that branch alone.
    letter: bool,
    /// Whether a union that does not decide reports what its closest branch says.
    pub(super) closely: bool,
    /// `None` while only validity matters.
    pub(super) report: Option<Violations>,
    /// How many union reports lie around the one at hand.
    pub(super) explaining: usize,
    /// How many quiet walks lie around the schema at hand.
    quiet: usize,
    depth: usize,
    in_place: usize,
    /// Whether a limit was reached, so that the result means nothing.
    exhausted: bool,
    /// Results of quiet walks within quiet walks, by address of the value: without them, nested unions multiply.
    known: BTreeMap<(usize, Id, bool), bool>,
}

impl<'s> Run<'s> {
    pub(super) fn new(arena: &'s Arena, direction: Direction, report: Option<Violations>) -> Self {
        let known = BTreeMap::new();
        Self {
            arena,
            direction,
            letter: false,
            closely: false,
            report,
            explaining: 0,
            quiet: 0,
            depth: 0,
            in_place: 0,
            exhausted: false,
            known,
        }
    }

    /// Reports what the closest branch of a union says, where none accepts.
    pub(super) fn closely(&mut self) -> &mut Self {
        self.closely = true;
        self
    }

    /// Checks a whole instance.
    pub(super) fn start(&mut self, id: Id, instance: &Value) -> bool {
        let at = At::ROOT;
        let references = References { target: id, before: None };
        let valid = self.eval(id, Place { references: Some(&references), ..Place::new(instance, &at) }, None);
        if self.exhausted {
            return self.fail(&at, |pointer| Violation::new(pointer, "depth", "is nested too deeply to be checked"));
        }
        valid
    }

    /// Whether open sets keep values that the document does not name.
    pub(super) fn is_lenient(&self) -> bool {
        self.direction == Direction::Response && !self.letter
    }

    /// Runs a part of the walk by the letter of the document.
    pub(super) fn by_letter<T>(&mut self, walk: impl FnOnce(&mut Self) -> T) -> T {
        let outside = std::mem::replace(&mut self.letter, true);
        let result = walk(self);
        self.letter = outside;
        result
    }

    /// Whether going on can change nothing.
    pub(super) fn is_done(&self) -> bool {
        self.exhausted || self.report.as_ref().is_none_or(Violations::truncated)
    }

    /// Records a violation and gives `false`.
    pub(super) fn fail(&mut self, at: &At<'_>, violation: impl FnOnce(String) -> Violation) -> bool {
        if let Some(report) = &mut self.report {
            report.push(violation(at.pointer()));
        }
        false
    }

    /// Applies a schema to a value; `notes` learns what was evaluated.
    pub(super) fn eval<'i>(&mut self, id: Id, place: Place<'i, '_>, notes: Notes<'_, 'i>) -> bool {
        if self.depth >= MAX_DEPTH || self.in_place >= MAX_SCHEMAS_IN_PLACE {
            self.exhausted = true;
            return false;
        }
        self.depth += 1;
        self.in_place += 1;
        let schema = self.arena.get(id);
        let valid = if schema.collects {
            let mut evaluated = Evaluated::default();
            let valid = self.keywords(schema, place, Some(&mut evaluated));
            if let Some(notes) = notes {
                notes.absorb(evaluated);
            }
            valid
        } else {
            self.keywords(schema, place, notes)
        };
        self.depth -= 1;
        valid
    }

    fn keywords<'i>(&mut self, schema: &Schema, place: Place<'i, '_>, mut notes: Notes<'_, 'i>) -> bool {
        let mut valid = true;
        for keyword in &schema.keywords {
            if !self.keyword(keyword, place, notes.as_deref_mut()) {
                valid = false;
                if self.is_done() {
                    return false;
                }
            }
        }
        valid
    }

    fn keyword<'i>(&mut self, keyword: &Keyword, place: Place<'i, '_>, mut notes: Notes<'_, 'i>) -> bool {
        match keyword {
            Keyword::Ref(target) => self.follow(*target, place, notes),
            Keyword::AllOf(members) => {
                let mut valid = true;
                for member in members {
                    valid &= self.eval(*member, place, notes.as_deref_mut());
                    if !valid && self.is_done() {
                        return false;
                    }
                }
                valid
            }
            Keyword::AnyOf(union) => self.union(union, super::union::Count::Any, place, notes),
            Keyword::OneOf(union) => self.union(union, super::union::Count::One, place, notes),
            Keyword::Not(schema) => self.not(*schema, place),
            Keyword::If(condition) => self.condition(condition, place, notes),
            _ => match place.instance {
                Value::Array(items) => self.array(keyword, items, place, notes),
                Value::Object(object) => self.object(keyword, object, place, notes),
                _ => self.scalar(keyword, place),
            },
        }
    }

    /// Applies the target of a reference.
    ///
    /// A reference that comes back to itself at the same value says nothing new, hence nothing.
    pub(super) fn follow<'i>(&mut self, target: Id, place: Place<'i, '_>, notes: Notes<'_, 'i>) -> bool {
        let mut before = place.references;
        while let Some(reference) = before {
            if reference.target == target {
                return true;
            }
            before = reference.before;
        }
        let references = References { target, before: place.references };
        let inner = Place { references: Some(&references), ..place };
        if self.quiet < 2 || place.references.is_some() || notes.is_some() {
            return self.eval(target, inner, notes);
        }
        let key = (std::ptr::from_ref(place.instance).addr(), target, self.letter);
        if let Some(valid) = self.known.get(&key) {
            return *valid;
        }
        let valid = self.eval(target, inner, notes);
        self.known.insert(key, valid);
        valid
    }

    /// Applies a schema to a part of the value.
    pub(super) fn descend(&mut self, id: Id, instance: &Value, at: &At<'_>) -> bool {
        let in_place = std::mem::take(&mut self.in_place);
        let valid = self.eval(id, Place::new(instance, at), None);
        self.in_place = in_place;
        valid
    }

    /// Applies a schema to a value that does not outlive the call.
    pub(super) fn descend_temporary(&mut self, id: Id, instance: &Value, at: &At<'_>) -> bool {
        let known = std::mem::take(&mut self.known);
        let valid = self.descend(id, instance, at);
        self.known = known;
        valid
    }

    /// Runs a part of the walk only for its result.
    pub(super) fn quietly<T>(&mut self, walk: impl FnOnce(&mut Self) -> T) -> T {
        let report = self.report.take();
        self.quiet += 1;
        let result = walk(self);
        self.quiet -= 1;
        self.report = report;
        result
    }

    /// Runs a part of the walk into a report of its own with up to `capacity` violations.
    pub(super) fn apart(&mut self, capacity: usize, walk: impl FnOnce(&mut Self)) -> Violations {
        let report = self.report.replace(Violations::with_capacity(capacity));
        self.explaining += 1;
        walk(self);
        self.explaining -= 1;
        std::mem::replace(&mut self.report, report).unwrap_or_default()
    }
}
