//! References that lead nowhere, in both documents or in one: what stands there is unknown, which is no change of it.
//!
//! ```text
//! $ref: models.yaml#/Pet      in the old document a pet, in the new one nothing, since `models.yaml` does not exist
//! ```

use std::collections::BTreeSet;

use super::draft::{Draft, Drafts};
use super::faults::{Place, Written, named};
use super::rules::{self, Rule};
use crate::Compiled;
use crate::diagnostics::Code;
use crate::ir::{Api, SchemaId};
use crate::source::{Origin, Pointer, Value};

/// A reference that leads nowhere, by the part of the document that is at fault because of it.
struct Dangling {
    place: Place,
    old: Origin,
    new: Origin,
    which: Which,
    message: String,
}

/// In which documents it leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Old,
    New,
    Both,
}

/// The references that lead nowhere in either document, and are written in both, by their places.
pub(super) struct References {
    all: Vec<Dangling>,
}

impl References {
    pub(super) fn new((old, before): (&Compiled, &Written<'_>), (new, after): (&Compiled, &Written<'_>)) -> Self {
        let places: BTreeSet<&Place> = before.faults.keys().chain(after.faults.keys()).collect();
        let find = |place: &Place| {
            let (was, is) = (before.node(place)?, after.node(place)?);
            let told = |compiled, written: &Written<'_>, value| {
                written.faults.get(place).and_then(|fault| Told::new(compiled, fault, value))
            };
            let (which, told) = match (told(old, before, was.1), told(new, after, is.1)) {
                (Some(it), None) => (Which::Old, it),
                (None, Some(it)) => (Which::New, it),
                (Some(it), Some(other)) if it.is_elsewhere() && it == other => (Which::Both, it),
                _ => return None,
            };
            Some(Dangling { place: place.clone(), old: was.0, new: is.0, which, message: told.message(which) })
        };
        Self { all: places.into_iter().filter_map(find).collect() }
    }

    /// Whether one leads nowhere at a place, and is told of as that.
    pub(super) fn are_at(&self, place: &Place) -> bool {
        self.all.binary_search_by(|it| it.place.cmp(place)).is_ok()
    }

    /// The schemas of the old document, or of the new one, that stand for what a reference leads to on the other side.
    pub(super) fn unknown(&self, old: &Api, new: &Api) -> (BTreeSet<SchemaId>, BTreeSet<SchemaId>) {
        let ids = |api: &Api, which: Which| {
            let places = self.all.iter().filter(|it| it.which == which);
            let origins = places.map(|it| if which == Which::Old { &it.old } else { &it.new });
            let around: BTreeSet<Origin> = origins.filter_map(parent).collect();
            let all = api.schemas.iter().filter(|(_, schema)| around.contains(&schema.origin));
            all.map(|(id, _)| id).collect()
        };
        (ids(old, Which::Old), ids(new, Which::New))
    }

    /// Tells of each, in the place of what would be said if what was left out because of it were gone or new.
    pub(super) fn report(self, out: &mut Drafts) {
        for dangling in self.all {
            let Dangling { place, old, new, which, message } = dangling;
            let is_side = |draft: &Draft| match which {
                Which::Old => draft.new.as_ref().is_some_and(|it| it.is_within(&new)),
                Which::New => draft.old.as_ref().is_some_and(|it| it.is_within(&old)),
                Which::Both => false,
            };
            out.all.retain(|it| !(comes_or_goes(it.rule) && is_side(it)));
            let rule = match which {
                Which::Old => &rules::REFERENCE_FOUND,
                Which::New => &rules::REFERENCE_LOST,
                Which::Both => &rules::REFERENCE_NOT_COMPARED,
            };
            let (subject, path) = named(&place);
            let mut draft = Draft::new(rule, subject, message).at(&path).old(&old).new_at(&new);
            draft.operations.extend(super::faults::operation(&place, &draft.subject));
            out.add(draft);
        }
    }
}

/// A reference that leads nowhere, and why.
#[derive(PartialEq)]
struct Told {
    reference: String,
    reason: String,
}

impl Told {
    /// The reference because of which a part, which is given as it was written, is at fault.
    fn new(compiled: &Compiled, fault: &Origin, written: &Value) -> Option<Self> {
        const CODES: [Code; 3] = [Code::UnresolvedReference, Code::ReferenceOutside, Code::VendoredFile];
        let mut found = compiled.diagnostics.iter().filter(|it| CODES.contains(&it.code));
        let found = found.find(|it| it.origin.is_within(fault))?;
        let below = found.origin.pointer.as_str().strip_prefix(fault.pointer.as_str())?;
        let reference = written.at(&Pointer::from_escaped(below))?.as_str()?.to_owned();
        Some(Self { reference, reason: found.message.clone() })
    }

    /// Whether it names another file, which nobody has read.
    fn is_elsewhere(&self) -> bool {
        !self.reference.starts_with('#') && !self.reference.contains(':')
    }

    fn message(&self, which: Which) -> String {
        let Self { reference, reason } = self;
        let reference = reference.escape_debug();
        match which {
            Which::Old => format!("`{reference}` leads nowhere in the old document: {reason}"),
            Which::New => format!("`{reference}` leads nowhere in the new document: {reason}"),
            Which::Both => format!("`{reference}` leads nowhere in both documents: {reason}"),
        }
    }
}

fn comes_or_goes(rule: &Rule) -> bool {
    ["-added", "-added-required", "-removed"].iter().any(|it| rule.id.ends_with(it))
}

fn parent(origin: &Origin) -> Option<Origin> {
    Some(Origin { file: origin.file, pointer: origin.pointer.parent()? })
}
