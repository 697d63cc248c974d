//! The paths of a large document, lowered in parts side by side, with the numbers that one after the other gives them.
//!
//! Operations only meet schemas, whose keywords are read later. So of schemas that several parts have met the first part
//! is who numbers them, as it is in one walk, and operations of the others are told that number. A part with a finding
//! that is an error, a callback or a security scheme of its own is lowered again, behind the parts before it: what such a
//! thing comes to may depend on those.

use super::patterns::Patterns;
use super::{Lowering, Waiting};
use crate::diagnostics::{Diagnostics, Severity};
use crate::ir::{Operation, SchemaId, Schemas};
use crate::parallel;
use crate::source::At;

/// From so many paths on they are lowered in parts.
const MANY: usize = 1 << 7;

/// A path as it is written, and what stands there.
type Path<'a> = (&'a str, At<'a>);

/// What a part of the paths was lowered to.
struct Part<'p, 'a> {
    paths: &'p [Path<'a>],
    operations: Vec<Operation>,
    schemas: Schemas,
    waiting: Vec<Waiting<'a>>,
    found: Diagnostics,
    /// Whether it is as one walk would have it, but for the numbers.
    is_whole: bool,
}

impl<'a> Lowering<'a, '_> {
    /// The operations of some paths.
    pub(super) fn paths(&mut self, paths: &[Path<'a>]) -> Vec<Operation> {
        // Which entries of a selection have named an operation is told once, for all.
        if paths.len() < MANY || !self.selection.is_whole() {
            return self.paths_one_by_one(paths);
        }
        let (base, this) = (self.schemas.len(), &*self);
        let parts = parallel::each(parallel::parts(paths), |paths| this.part_of_paths(paths));
        parts.into_iter().flat_map(|part| self.take_in_paths(part, base)).collect()
    }

    fn paths_one_by_one(&mut self, paths: &[Path<'a>]) -> Vec<Operation> {
        let mut operations = Vec::new();
        for (path, item) in paths {
            if let Some(template) = self.template(path, item) {
                operations.extend(self.path_item(&template, item.clone()));
            }
        }
        operations
    }

    /// Lowers a part; what is known so far stays as it is.
    fn part_of_paths<'p>(&self, paths: &'p [Path<'a>]) -> Part<'p, 'a> {
        let mut diagnostics = self.diagnostics.at_least(Severity::Error);
        let (before, mut selection) = (diagnostics.len(), self.selection.clone());
        let mut lowering = Lowering {
            security_schemes: self.security_schemes.clone(),
            ..self.aside(&mut diagnostics, &mut selection, Vec::new(), Patterns::default())
        };
        let operations = lowering.paths_one_by_one(paths);
        let is_alone = lowering.callbacks.is_empty() && lowering.security_schemes.len() == self.security_schemes.len();
        let Lowering { schemas, pending: waiting, .. } = lowering;
        let found = diagnostics.split_off(before);
        let is_whole = is_alone && found.at_least(Severity::Error).is_empty();
        Part { paths, operations, schemas, waiting, found, is_whole }
    }

    /// Puts a part behind what is there; all parts started with the same schemas.
    fn take_in_paths(&mut self, part: Part<'_, 'a>, base: usize) -> Vec<Operation> {
        let Part { paths, mut operations, schemas, waiting, found, is_whole } = part;
        if !is_whole {
            return self.paths_one_by_one(paths);
        }
        let new = self.schemas.len();
        let numbers = self.schemas.merge(schemas, base);
        let number = |id: SchemaId| id.index().checked_sub(base).map_or(id, |place| numbers[place]);
        let waiting = waiting.into_iter().map(|(id, at)| (number(id), at));
        self.pending.extend(waiting.filter(|(id, _)| id.index() >= new));
        operations.iter_mut().flat_map(Operation::schemas_mut).for_each(|id| *id = number(*id));
        self.diagnostics.append(found);
        operations
    }
}
