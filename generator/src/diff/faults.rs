//! Parts that were repaired or left out: they have no meaning that could be compared, so what is written there is.
//!
//! ```text
//! style: simple -> (left out: a query parameter has no such style)     before, it said `style: form`
//! ```
//!
//! A fault stands at a place that stays when its neighbors move: a parameter is where it is and what it is called.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Draft, Drafts};
use super::facts::{Members, facts, is_for_readers};
use super::references::References;
use super::rules::{self, Rule};
use crate::Compiled;
use crate::diagnostics::{Consequence, Diagnostic, Felt};
use crate::source::{FileId, Origin, Sources, Value};

/// The way to a node, from the file on: keys, positions, and parameters by location and name.
pub(super) type Place = Vec<String>;

/// One document, with the places of its faults.
pub(super) struct Written<'a> {
    sources: &'a Sources,
    pub(super) faults: BTreeMap<Place, Origin>,
}

/// Compares what is written where either side has a fault.
pub(super) fn compare(old: &Written<'_>, new: &Written<'_>, references: &References, out: &mut Drafts) {
    let places: BTreeSet<&Place> = old.faults.keys().chain(new.faults.keys()).collect();
    for place in places.into_iter().filter(|it| !references.are_at(it)) {
        if let Some(draft) = changed(old, new, place) {
            out.add(draft);
        }
    }
}

/// What changed at a place, if it is not a part of something that came or went as a whole.
fn changed(old: &Written<'_>, new: &Written<'_>, place: &Place) -> Option<Draft> {
    let around = &place[..place.len().checked_sub(1)?];
    let (before, after) = (old.node(place), new.node(place));
    if old.node(around).is_none() || new.node(around).is_none() {
        return None;
    }
    let members = place[1..].iter().fold(Members::Fields, |members, key| members.member(key));
    let said = |written: &Written<'_>, node: Option<&(Origin, &Value)>| {
        node.map(|(origin, value)| facts(value, members, &written.sources.file(origin.file).root)).unwrap_or_default()
    };
    let (was, is) = (said(old, before.as_ref()), said(new, after.as_ref()));
    if was == is {
        return None;
    }
    let rule = rule(new.faults.contains_key(place), before.is_some(), after.as_ref().map(|(_, value)| *value));
    let message = match (before.is_some(), after.is_some()) {
        (true, true) => "says something else, and could not be understood",
        (true, false) => "is gone, and could not be understood",
        (false, _) => "is new, and could not be understood",
    };
    let (subject, path) = named(place);
    let mut draft = Draft::new(rule, subject.clone(), message).at(&path);
    draft.old = before.map(|(origin, _)| origin).or_else(|| old.node(around).map(|(origin, _)| origin));
    draft.new = after.map(|(origin, _)| origin).or_else(|| new.node(around).map(|(origin, _)| origin));
    draft.values(shown(&was, &is), shown(&is, &was));
    draft.operations.extend(operation(place, &subject));
    Some(draft)
}

/// The operation that a place is in.
pub(super) fn operation(place: &Place, subject: &str) -> Option<String> {
    let is_operation = |around: &String, method: &String| around != "components" && method != "parameters";
    let mut is_one = place.get(1).zip(place.get(3)).into_iter();
    is_one.any(|(around, method)| is_operation(around, method)).then(|| subject.to_owned())
}

fn rule(is_at_fault: bool, was_there: bool, after: Option<&Value>) -> &'static Rule {
    let is_required = |value: &Value| match value {
        Value::Object(members) => members.get("required") == Some(&Value::Bool(true)) && members.contains_key("in"),
        _ => false,
    };
    match after {
        _ if !is_at_fault => &rules::FAULTY_PART_MENDED,
        Some(after) if !was_there && !is_required(after) => &rules::FAULTY_PART_ADDED,
        _ => &rules::FAULTY_PART_CHANGED,
    }
}

/// The first facts that only one side has.
fn shown(here: &BTreeSet<String>, there: &BTreeSet<String>) -> String {
    const MOST: usize = 5;
    let only: Vec<_> = here.difference(there).take(MOST).map(|it| it.trim_start_matches([':', ' '])).collect();
    if only.is_empty() { "nothing".to_owned() } else { only.join(", ") }
}

/// What a place is about, and where in it.
pub(super) fn named(place: &Place) -> (String, String) {
    let at = |idx: usize| place.get(idx).map(String::as_str).unwrap_or_default();
    let (subject, rest) = match at(1) {
        "paths" if place.len() > 3 && at(3) != "parameters" => (format!("{} {}", at(3).to_ascii_uppercase(), at(2)), 4),
        "webhooks" if place.len() > 3 => (format!("webhook {} {}", at(3).to_ascii_uppercase(), at(2)), 4),
        "paths" => (format!("path `{}`", at(2)), 3),
        "components" if at(2) == "securitySchemes" => (format!("security scheme `{}`", at(3)), 4),
        "components" => (format!("{} `{}`", at(2).trim_end_matches('s'), at(3)), 4),
        _ => ("document".to_owned(), 1),
    };
    (subject, place.get(rest..).unwrap_or_default().join(" "))
}

impl<'a> Written<'a> {
    pub(super) fn new(compiled: &'a Compiled) -> Self {
        let Compiled { sources, diagnostics, .. } = compiled;
        let mut written = Self { sources, faults: BTreeMap::new() };
        let replaced = sources.replaced().keys().filter(|it| written.is_uncertain(it)).cloned();
        let is_read = |origin: &Origin| {
            let mut found = diagnostics.iter().filter(|it| it.origin.is_within(origin)).peekable();
            found.peek().is_some() && found.all(|it| felt(it) == Some(Felt::Readers))
        };
        let replaced: Vec<_> = replaced.filter(|origin| !is_read(origin)).collect();
        let later = diagnostics.iter().filter(|it| it.rebuilt.is_none() && written.is_later(it));
        let all: Vec<_> = replaced.into_iter().chain(later.map(|it| it.origin.clone())).collect();
        for origin in all {
            let place = written.place(&origin);
            if !is_for_readers(&place[1..]) {
                written.faults.insert(place, origin);
            }
        }
        written
    }

    /// Whether a repair had to guess; where it put a value, the meaning of that one is compared.
    fn is_uncertain(&self, origin: &Origin) -> bool {
        let now = self.sources.at(origin).map(|it| it.value);
        !matches!(now, Some(Value::Bool(_) | Value::Number(_) | Value::String(_)))
    }

    /// Whether lowering left something out that still stands in the tree.
    fn is_later(&self, finding: &Diagnostic) -> bool {
        felt(finding).is_some_and(|it| it != Felt::Readers) && self.sources.at(&finding.origin).is_some()
    }

    /// The place of a node.
    fn place(&self, origin: &Origin) -> Place {
        let file = origin.file;
        let mut place = vec![self.file_name(file)];
        let mut here = Origin::root(file);
        for token in origin.pointer.tokens() {
            let in_array = matches!(self.written(&here), Some(Value::Array(_)));
            here = here.key(&token);
            let name = self.written(&here).filter(|_| in_array).and_then(parameter_name);
            place.push(name.unwrap_or(token));
        }
        place
    }

    /// The document itself has no name, since both are called as people like.
    fn file_name(&self, file: FileId) -> String {
        let path = &self.sources.file(file).path;
        if file.0 == 0 { String::new() } else { path.rsplit('/').next().unwrap_or_default().to_owned() }
    }

    /// What was written at a place of the tree, before repairs.
    pub(super) fn written(&self, origin: &Origin) -> Option<&'a Value> {
        match self.sources.replaced().get(origin) {
            Some(written) => written.as_ref(),
            None => self.sources.at(origin).map(|it| it.value),
        }
    }

    /// The node at a place, as it was written.
    pub(super) fn node(&self, place: &[String]) -> Option<(Origin, &'a Value)> {
        let (file, tokens) = place.split_first()?;
        let (id, file) = self.sources.iter().find(|(id, _)| self.file_name(*id) == *file)?;
        let mut here = (Origin::root(id), &file.root);
        for token in tokens {
            let (origin, value) = here;
            here = match value {
                Value::Array(items) => {
                    let is_named = |idx: usize, item: &'a Value| {
                        let item = self.written(&origin.index(idx)).unwrap_or(item);
                        parameter_name(item).as_ref() == Some(token)
                    };
                    let by_name = items.iter().enumerate().position(|(idx, item)| is_named(idx, item));
                    let idx = by_name.or_else(|| token.parse().ok())?;
                    let next = origin.index(idx);
                    let item = self.sources.replaced().get(&next).map_or_else(|| items.get(idx), Option::as_ref)?;
                    (next, item)
                }
                Value::Object(members) => {
                    let next = origin.key(token);
                    let member =
                        self.sources.replaced().get(&next).map_or_else(|| members.get(token), Option::as_ref)?;
                    (next, member)
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
            };
        }
        Some(here)
    }
}

fn felt(finding: &Diagnostic) -> Option<Felt> {
    match &finding.consequence {
        Consequence::LeftOut(left) => Some(left.felt),
        _ => None,
    }
}

/// `query limit`, of a parameter.
fn parameter_name(value: &Value) -> Option<String> {
    let Value::Object(members) = value else { return None };
    Some(format!("{} {}", members.get("in")?.as_str()?, members.get("name")?.as_str()?))
}
