//! Path items, and what stands beside references.
//!
//! ```yaml
//! /pets: { $ref: pets.yaml, parameters: [ … ], post: { … } }
//! ```
//!
//! OpenAPI leaves open what a field means that stands in both, so the one that stands beside the reference counts; what
//! stands in one of them is there.

use super::Lowering;
use crate::diagnostics::Code;
use crate::ir::Method;
use crate::source::At;

/// A path item: what a reference leads to where it is one, and then what stands in it.
pub(super) struct PathItem<'a> {
    parts: Vec<At<'a>>,
}

impl<'a> PathItem<'a> {
    /// A field: that of the path item itself, else that of what it refers to.
    pub(super) fn field(&self, key: &str) -> Option<At<'a>> {
        self.parts.iter().rev().find_map(|it| it.field(key))
    }

    /// A text, in the same way.
    pub(super) fn string(&self, key: &str) -> Option<&'a str> {
        self.field(key).and_then(|it| it.value.as_str())
    }

    /// A field of both, that of the path item itself last, so that what is in it overrides the others.
    pub(super) fn fields<'k>(&'k self, key: &'k str) -> impl Iterator<Item = At<'a>> + 'k {
        self.parts.iter().filter_map(move |it| it.field(key))
    }

    /// Methods of one's own.
    pub(super) fn additional(&self) -> Vec<(&'a str, At<'a>)> {
        let maps: Vec<_> = self.fields("additionalOperations").collect();
        let entries: Vec<_> = maps.iter().flat_map(At::entries).collect();
        let is_last = |at: usize, name: &str| entries[at + 1..].iter().all(|(other, _)| *other != name);
        entries.iter().enumerate().filter(|(at, (name, _))| is_last(*at, name)).map(|(_, it)| it.clone()).collect()
    }
}

impl<'a> Lowering<'a, '_> {
    /// A path item with what it refers to.
    pub(super) fn taken_together(&self, item: At<'a>) -> PathItem<'a> {
        let target = self.document.follow(item.clone());
        let parts = if target.origin == item.origin { vec![item] } else { vec![target, item] };
        PathItem { parts }
    }

    /// The description that stands beside a reference, and counts instead of that of its target from 3.1 on.
    pub(super) fn beside(&self, at: &At<'a>) -> Option<String> {
        let text = at.string("description").filter(|_| at.value.get("$ref").is_some())?;
        self.document.version.has_json_schema().then(|| text.to_owned())
    }

    /// Says which operations stand beside a reference and behind it.
    pub(super) fn told_twice(&mut self, item: &PathItem<'a>) {
        for key in Method::ALL.iter().map(Method::field) {
            let both: Vec<_> = item.fields(key).collect();
            let [behind, beside] = both.as_slice() else { continue };
            let message = format!("`{key}` stands beside `$ref` and behind it");
            self.diagnostics
                .report(Code::InvalidField, &beside.origin, message)
                .taken_as("the one that stands here")
                .at_key()
                .related(behind.origin.clone(), "the other one");
        }
    }
}
