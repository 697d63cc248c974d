//! Builders: where an object has more required properties than a constructor has arguments.

use std::collections::BTreeSet;

use crate::plan::names;
use crate::plan::operations::{BodyDraft, OperationDraft};
use crate::plan::schemas::Draft;
use crate::plan::words::{Builder, Field};

/// Constructors take no more arguments than people can tell apart (clippy's own bound).
pub const MOST_ARGUMENTS: usize = 7;

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

    /// The builder of an object of this name.
    pub(super) fn builder(&mut self, model: &str, fields: &[Field]) -> Option<Builder> {
        if fields.iter().filter(|field| field.is_asked()).count() <= MOST_ARGUMENTS {
            return None;
        }
        let name = free(&names::builder(model), &self.taken);
        self.taken.insert(name.to_lowercase());
        Some(Builder { name, build: build_method(fields.iter().map(|field| field.name.as_str())) })
    }
}

/// The name, or the first longer one that nothing else has.
fn free(name: &str, taken: &BTreeSet<String>) -> String {
    let longer = std::iter::successors(Some(name.to_owned()), |it| Some(names::builder(it)));
    longer.into_iter().find(|it| !taken.contains(&it.to_lowercase())).unwrap_or_default()
}

/// `build`, unless a field has that name.
pub(crate) fn build_method<'a>(fields: impl Iterator<Item = &'a str>) -> String {
    let fields: BTreeSet<&str> = fields.collect();
    let mut name = "build".to_owned();
    while fields.contains(name.as_str()) {
        name = names::snake(&format!("{name} all"));
    }
    name
}
