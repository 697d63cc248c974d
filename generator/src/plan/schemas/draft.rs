//! Models on their way, until the names of all are settled.

use crate::ir::SchemaId;
use crate::plan::docs;
use crate::plan::words::Model;
use crate::source::{Origin, Pointer};

/// A model on its way: its name is settled when all are known.
#[derive(Clone)]
pub(in crate::plan) struct Draft {
    pub(in crate::plan) model: Model,
    /// The schema that it was made from.
    pub(in crate::plan) id: SchemaId,
    pub(in crate::plan) origin: Origin,
    /// Where that was written.
    pub(in crate::plan) source: Pointer,
    /// The words of the place where it stands, outermost first.
    pub(in crate::plan) words: Vec<String>,
    /// `title`.
    pub(in crate::plan) title: Option<String>,
    /// The name that the author wants.
    pub(in crate::plan) rust_name: Option<String>,
    /// What the document says about it.
    pub(in crate::plan) about: String,
    /// Whether it has a file of its own.
    pub(in crate::plan) is_component: bool,
}

impl Draft {
    /// Its documentation.
    pub(in crate::plan) fn docs(&self) -> String {
        docs::with_source(&self.about, &self.source)
    }

    /// Adds a paragraph to it.
    pub(in crate::plan) fn add_docs(&mut self, text: &str) {
        let gap = if self.about.is_empty() { "" } else { "\n\n" };
        self.about = format!("{}{gap}{text}", self.about);
        self.model.docs = self.docs();
    }
}
