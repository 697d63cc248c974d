//! What the walk over a document brings home: references, and what stands where.

use super::dynamic::DynamicAnchor;
use super::ledger::ObjectKind;
use super::scope::Scopes;
use crate::ordered::{IndexMap, IndexSet};
use crate::source::{Origin, Value};

/// A reference that the walk met.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    /// The member that holds the text: `$ref`, `$dynamicRef`, `$recursiveRef`, or a value of `mapping`.
    pub member: Origin,
    pub text: String,
    /// The object that it must lead to.
    pub expected: ObjectKind,
    /// What it is relative to.
    pub scope: usize,
    pub via: Via,
}

/// The way in which a reference is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Via {
    Ref,
    DynamicRef,
    /// `$recursiveRef`, which says `#` and means a schema around it.
    RecursiveRef,
    /// A value of a discriminator's `mapping`, which may also be the name of a schema.
    Mapping,
}

/// What stands at a place that the walk has seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    Object(ObjectKind),
    /// A Reference Object, where an object of the kind is wanted.
    Reference(ObjectKind),
    /// A mapping or a sequence of objects, which is none itself.
    Group,
    /// A value without a meaning of its own: an example, a default.
    Value,
}

impl Found {
    /// The schema in which an anchor is a name: the nearest one with an `$id`, else the outermost.
    pub(super) fn resource(&self, origin: &Origin) -> Origin {
        let mut resource = origin.clone();
        let mut around = Some(origin.clone());
        while let Some(here) = around {
            if self.scopes.by_root.contains_key(&here) && here.pointer.parent().is_some() {
                return here;
            }
            if self.seen.get(&here) == Some(&Seen::Object(ObjectKind::Schema)) {
                resource = here.clone();
            }
            around = here.pointer.parent().map(|pointer| Origin { file: here.file, pointer });
        }
        resource
    }

    /// Whether this has no scopes and anchors beyond those that it started with.
    pub(super) fn names_as_many(&self, scopes: &Scopes) -> bool {
        let count = |it: &Scopes| (it.all.len(), it.anchors.len());
        self.dynamic_anchors.is_empty() && self.dynamic.is_empty() && count(&self.scopes) == count(scopes)
    }

    /// Adds what a part of the walk brought home that has no scopes and anchors of its own.
    pub(super) fn append(&mut self, part: Self) {
        let Self { references, seen, scopes: _, in_place, repairs, dynamic_anchors: _, dynamic: _, settled } = part;
        self.references.extend(references);
        self.seen.extend(seen);
        self.in_place.extend(in_place);
        self.repairs.extend(repairs);
        self.settled.extend(settled);
    }

    /// Whether several schemas have a dynamic anchor of this name.
    pub(super) fn is_ambiguous(&self, name: &str) -> bool {
        self.dynamic_anchors.iter().filter(|it| it.name == name).count() > 1
    }
}

/// Everything that the walk brings home.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub references: Vec<Reference>,
    pub seen: IndexMap<Origin, Seen>,
    pub scopes: Scopes,
    /// Schemas that apply to the same instance: the outer one and one of its `allOf`, for example.
    pub in_place: Vec<(Origin, Origin)>,
    /// Members that are put right before anyone else reads them: the new value, or none to take the member out.
    pub repairs: IndexMap<Origin, Option<Value>>,
    /// Every `$dynamicAnchor`.
    pub dynamic_anchors: Vec<DynamicAnchor>,
    /// The members that are a `$dynamicRef` to such a name.
    pub dynamic: IndexMap<Origin, String>,
    /// Members that have been checked by a rule of their own, and stay as they are.
    pub settled: IndexSet<Origin>,
}
