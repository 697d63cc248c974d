//! How callers make objects: with arguments, or with a struct of them where they are too many to tell apart.

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::names;
use crate::plan::operations::{BodyDraft, OperationDraft};
use crate::plan::schemas::Draft;
use crate::plan::words::{Construction, Field, Home};

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
///
/// What they are made of stands in the file of the object and nowhere else, so that no schema of that name moves it.
pub(super) struct Constructions {
    /// The names that the types of each file have, in lower case.
    taken: BTreeMap<Home, BTreeSet<String>>,
}

impl Constructions {
    pub(super) fn new(drafts: &[Draft], operations: &[OperationDraft]) -> Self {
        let of_operation = |(idx, it): (usize, &OperationDraft)| {
            let names: Vec<_> = it.bodies.iter().map(BodyDraft::name).map(str::to_lowercase).collect();
            (Home::Operation(idx), names)
        };
        let models = drafts.iter().map(|draft| (draft.home.clone(), vec![draft.name.to_lowercase()]));
        let mut taken: BTreeMap<Home, BTreeSet<String>> = BTreeMap::new();
        for (home, names) in models.chain(operations.iter().enumerate().map(of_operation)) {
            taken.entry(home).or_default().extend(names);
        }
        Self { taken }
    }

    /// How callers make an object of this file and name. One that fills something in has a constructor without arguments, too.
    pub(super) fn construction(&mut self, home: &Home, model: &str, fields: &[Field]) -> Construction {
        let asked = fields.iter().filter(|field| field.is_asked()).count();
        match construction(asked, || self.required(home, model)) {
            Construction::Default if fields.iter().any(|field| field.constant.is_some()) => Construction::New,
            it => it,
        }
    }

    /// The name of the struct of what an object of this name must have.
    fn required(&mut self, home: &Home, model: &str) -> String {
        let taken = self.taken.entry(home.clone()).or_default();
        let name = free(&names::required(model), taken);
        taken.insert(name.to_lowercase());
        name
    }
}

/// The name, or the first longer one that nothing else has.
fn free(name: &str, taken: &BTreeSet<String>) -> String {
    let longer = std::iter::successors(Some(name.to_owned()), |it| Some(names::required(it)));
    longer.into_iter().find(|it| !taken.contains(&it.to_lowercase())).unwrap_or_default()
}
