//! One document as it is before it is compiled, for commands that do that more than once.

use super::{Codegen, Failure};
use crate::document::Loader;
use crate::overlay::Overlay;
use crate::plan::Naming;

/// One document with what changes it.
pub struct One {
    /// How it is called.
    pub naming: Naming,
    /// Its text.
    pub text: String,
    /// Its overlays.
    pub overlays: Vec<Overlay>,
    /// Where its other files come from.
    pub loader: Box<dyn Loader>,
}

impl Codegen {
    /// The one document with what changes it, for whoever compiles it more than once.
    ///
    /// # Errors
    /// Where a file cannot be read.
    pub fn one(&self) -> Result<One, Failure> {
        let Some(source) = self.sources.first() else {
            return Err(Failure::Request("there is no document".to_owned()));
        };
        Ok(One {
            naming: Naming { name: source.name.clone(), source: source.shown.clone() },
            text: self.text(&source.path, &source.shown)?,
            overlays: self.overlays_of(source)?,
            loader: self.loader(source)?,
        })
    }
}
