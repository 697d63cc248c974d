//! How callers make objects: by a builder where more is required than a constructor has arguments.

use std::collections::BTreeSet;

use crate::plan::names;
use crate::plan::operations::{BodyDraft, OperationDraft};
use crate::plan::schemas::Draft;
use crate::plan::words::{Builder, Construction, Field};

/// Constructors take no more arguments than people can tell apart (clippy's own bound).
pub(super) const MOST_ARGUMENTS: usize = 7;

/// How callers make what asks for so much; the builder has the fields of these names.
pub(super) fn construction<'a>(
    asked: usize,
    builder: impl FnOnce() -> String,
    fields: impl Iterator<Item = &'a str>,
) -> Construction {
    match asked {
        0 => Construction::Default,
        1..=MOST_ARGUMENTS => Construction::New,
        _ => Construction::Builder(Builder { name: builder(), build: build_method(fields) }),
    }
}

/// The builders of the objects that need one.
pub(super) struct Builders {
    /// The names that types have, in lower case.
    taken: BTreeSet<String>,
}

impl Builders {
    pub(super) fn new(drafts: &[Draft], operations: &[OperationDraft]) -> Self {
        let bodies = operations.iter().flat_map(|operation| operation.bodies.iter().map(BodyDraft::name));
        let models = drafts.iter().map(|draft| draft.name.as_str());
        Self { taken: models.chain(bodies).map(str::to_lowercase).collect() }
    }

    /// How callers make an object of this name. One that fills something in has a constructor without arguments, too.
    pub(super) fn construction(&mut self, model: &str, fields: &[Field]) -> Construction {
        let asked = fields.iter().filter(|field| field.is_asked()).count();
        match construction(asked, || self.builder(model), fields.iter().map(|field| field.name.as_str())) {
            Construction::Default if fields.iter().any(|field| field.constant.is_some()) => Construction::New,
            it => it,
        }
    }

    /// The name of the builder of an object of this name.
    fn builder(&mut self, model: &str) -> String {
        let name = free(&names::builder(model), &self.taken);
        self.taken.insert(name.to_lowercase());
        name
    }
}

/// The name, or the first longer one that nothing else has.
fn free(name: &str, taken: &BTreeSet<String>) -> String {
    let longer = std::iter::successors(Some(name.to_owned()), |it| Some(names::builder(it)));
    longer.into_iter().find(|it| !taken.contains(&it.to_lowercase())).unwrap_or_default()
}

/// `build`, unless a field has that name.
fn build_method<'a>(fields: impl Iterator<Item = &'a str>) -> String {
    let fields: BTreeSet<&str> = fields.collect();
    let mut name = "build".to_owned();
    while fields.contains(name.as_str()) {
        name = names::snake(&format!("{name} all"));
    }
    name
}
