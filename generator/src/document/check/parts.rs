//! The members of a large mapping, paths or schemas, checked in parts side by side.

use super::super::ledger::ValueKind;
use super::super::references::Found;
use super::Checker;
use crate::diagnostics::Diagnostics;
use crate::parallel;
use crate::source::{At, FileId, Value};

/// From so many members on they are checked in parts.
const MANY: usize = 128;
/// Mappings so near to the root of the document have no schema around them, and are walked before anything refers to them.
const NEAR: usize = 2;

impl Checker<'_> {
    /// Checks the members of a mapping.
    pub(super) fn members(&mut self, at: &At<'_>, kind: ValueKind, scope: usize) {
        let members: Vec<At<'_>> = at.entries().map(|(_, member)| member).collect();
        let is_near = at.origin.file == FileId(0) && at.origin.pointer.tokens().count() <= NEAR;
        if members.len() < MANY || !is_near {
            return self.each(&members, kind, scope);
        }
        let this = &*self;
        let check = |part| {
            let scopes = this.found.scopes.clone();
            let (mut found, mut diagnostics) = (Found { scopes, ..Found::default() }, Diagnostics::new());
            let mut checker = Checker { version: this.version, found: &mut found, diagnostics: &mut diagnostics };
            checker.each(part, kind, scope);
            (part, found, diagnostics)
        };
        for (part, found, diagnostics) in parallel::each(parallel::parts(&members), check) {
            // Names of schemas are the same everywhere, so that those who have any go by turns.
            if found.names_as_many(&self.found.scopes) {
                self.found.append(found);
                self.diagnostics.append(diagnostics);
            } else {
                self.each(part, kind, scope);
            }
        }
    }

    fn each(&mut self, members: &[At<'_>], kind: ValueKind, scope: usize) {
        for member in members {
            if *member.value == Value::Null && kind != ValueKind::Any {
                self.null_entry(member, kind);
            } else {
                self.value(member, kind, scope);
            }
        }
    }
}
