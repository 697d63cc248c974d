//! References to URLs, of which somebody took a copy.

use super::super::VendorError;
use super::super::problems::{Problem, not_copied};
use super::super::scope::Base;
use super::super::vendored::normalized;
use super::Resolver;
use crate::diagnostics::Code;
use crate::source::Origin;

/// What a URL leads to.
pub(super) enum Copy {
    /// The scope of a file.
    Scope(usize),
    /// Nothing, as long as no schema is met that has it as its `$id`.
    None(Problem),
}

impl Resolver<'_> {
    /// The copy of what a URL leads to, read once however often and however it is spelled.
    pub(super) fn vendored(&mut self, url: &str, text: &str) -> Result<Copy, Problem> {
        let Ok(url) = normalized(url) else { return Ok(Copy::None(not_copied(text, None))) };
        let base = Base::Uri(url.clone());
        if let Some(scope) = self.found.scopes.by_base.get(&base) {
            return Ok(Copy::Scope(*scope));
        }
        let copy = match self.loader.vendored(&url) {
            Ok(copy) => copy,
            Err(VendorError::Missing(command)) => return Ok(Copy::None(not_copied(text, command))),
            Err(VendorError::Faulty { message, help }) => {
                return Err(Problem::new(Code::VendoredFile, message).help(help));
            }
        };
        let Some(file) = self.sources.add(&copy.path, copy.text, self.diagnostics) else {
            return Err(Problem::new(Code::UnresolvedReference, "there are too many files"));
        };
        let scope = self.found.scopes.add(base, Origin::root(file)).unwrap_or_else(|second| second);
        Ok(Copy::Scope(scope))
    }
}
