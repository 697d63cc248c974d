//! How callers make objects: with arguments, or with a struct of them where they are too many to tell apart.

use std::collections::BTreeSet;

use crate::plan::names;
use crate::plan::operations::{BodyDraft, OperationDraft};
use crate::plan::schemas::Draft;
use crate::plan::words::{Construction, Field};

/// Constructors take no more arguments than people can tell apart (clippy's own bound).
pub(super) const MOST_ARGUMENTS: usize = 7;

/// How callers make what asks for so much.
pub(super) fn construction(asked: usize, required: impl FnOnce() -> String) -> Construction {
    match asked {
        0 => Construction::Default,
        1..=MOST_ARGUMENTS => Construction::New,
        _ => Construction::Required(required()),
    }
}

/// How callers make the objects of an API.
pub(super) struct Constructions {
    /// The names that types have, in lower case.
    taken: BTreeSet<String>,
}

impl Constructions {
    pub(super) fn new(drafts: &[Draft], operations: &[OperationDraft]) -> Self {
        let bodies = operations.iter().flat_map(|operation| operation.bodies.iter().map(BodyDraft::name));
        let models = drafts.iter().map(|draft| draft.name.as_str());
        Self { taken: models.chain(bodies).map(str::to_lowercase).collect() }
    }

    /// How callers make an object of this name. One that fills something in has a constructor without arguments, too.
    pub(super) fn construction(&mut self, model: &str, fields: &[Field]) -> Construction {
        let asked = fields.iter().filter(|field| field.is_asked()).count();
        match construction(asked, || self.required(model)) {
            Construction::Default if fields.iter().any(|field| field.constant.is_some()) => Construction::New,
            it => it,
        }
    }

    /// The name of the struct of what an object of this name must have.
    fn required(&mut self, model: &str) -> String {
        let name = free(&names::required(model), &self.taken);
        self.taken.insert(name.to_lowercase());
        name
    }
}

/// The name, or the first longer one that nothing else has.
fn free(name: &str, taken: &BTreeSet<String>) -> String {
    let longer = std::iter::successors(Some(name.to_owned()), |it| Some(names::required(it)));
    longer.into_iter().find(|it| !taken.contains(&it.to_lowercase())).unwrap_or_default()
}
