//! Where an inline schema stands, which is what its type is called after.

use super::targets::Root;
use crate::plan::words::{Home, ModelId};

/// Where an inline schema stands, for its name.
#[derive(Debug, Clone)]
pub(in crate::plan) struct Place {
    /// The file that its type goes to.
    pub(in crate::plan) home: Home,
    /// The words of its name, outermost first.
    pub(in crate::plan) words: Vec<String>,
    /// The model that was set aside for it, if others refer to it.
    pub(super) slot: Option<ModelId>,
}

impl Place {
    /// The place of a schema inside a file.
    pub(in crate::plan) fn new(home: Home, word: &str) -> Self {
        Self { home, words: vec![word.to_owned()], slot: None }
    }

    /// The name of the root that it is the place of.
    pub(in crate::plan) fn root<'r>(&self, roots: &'r [Root]) -> Option<&'r str> {
        self.slot.and_then(|slot| roots.get(slot.0)).map(|root| root.name.as_str())
    }

    /// Whether a model was set aside for it.
    pub(in crate::plan) fn is_component(&self) -> bool {
        self.slot.is_some()
    }

    /// The place of a schema inside one with a file of its own.
    pub(in crate::plan) fn inside(home: Home, words: Vec<String>) -> Self {
        Self { home, words, slot: None }
    }

    /// The place of a schema inside this one.
    pub(in crate::plan) fn inner(&self, word: &str) -> Self {
        let words = self.words.iter().cloned().chain([word.to_owned()]).collect();
        Self { home: self.home.clone(), words, slot: None }
    }
}
