//! Schemas of a large document, lowered in parts side by side, with the numbers that one after the other gives them.
//!
//! Schemas wait in a stack, so that what is in the last one is numbered before what is in the one before it. A part is a
//! piece of the stack, and numbers what only it has met from where all parts started. Put behind one another, the parts
//! of the top first, they are what one walk would have made, unless two of them met the same schema: then the later one
//! is done again, behind the others.

use std::collections::{BTreeMap, BTreeSet};

use super::generic::Dynamic;
use super::patterns::Patterns;
use super::{Lowering, Waiting};
use crate::config::Selection;
use crate::diagnostics::{Diagnostics, Severity};
use crate::ir::{SchemaId, Schemas};
use crate::parallel;

/// From so many waiting schemas on they are lowered in parts.
const MANY: usize = 1 << 10;

/// What a part of the waiting schemas was lowered to.
struct Part<'a> {
    waiting: Vec<Waiting<'a>>,
    schemas: Schemas,
    questions: BTreeSet<SchemaId>,
    dynamic: BTreeMap<SchemaId, Dynamic>,
    found: Diagnostics,
    /// Whether it is as one walk would have it, but for the numbers.
    is_whole: bool,
}

impl<'a> Lowering<'a, '_> {
    /// Reads the keywords of every schema that was met.
    pub(super) fn drain(&mut self) {
        if self.pending.len() >= MANY {
            let waiting = std::mem::take(&mut self.pending);
            let parts = parallel::parts(&waiting).into_iter().rev().map(<[_]>::to_vec).collect();
            let (base, this) = (self.schemas.len(), &*self);
            for part in parallel::each(parts, |waiting| this.part(waiting)) {
                self.take_in(part, base);
            }
        }
        self.drain_one_by_one();
    }

    /// The state of a walk that goes on from here beside this one.
    pub(super) fn aside<'d>(
        &self,
        diagnostics: &'d mut Diagnostics,
        selection: &'d mut Selection,
        pending: Vec<Waiting<'a>>,
        patterns: Patterns,
    ) -> Lowering<'a, 'd> {
        Lowering {
            document: self.document,
            diagnostics,
            formats_assert: self.formats_assert,
            types_are_implied: self.types_are_implied,
            schemas: self.schemas.clone(),
            pending,
            questions: self.questions.clone(),
            dynamic: BTreeMap::new(),
            security_schemes: Vec::new(),
            callbacks: Vec::new(),
            owners: BTreeMap::new(),
            patterns,
            within: self.within,
            reading: String::new(),
            selection,
        }
    }

    /// Lowers a part; what is known so far stays as it is.
    fn part(&self, waiting: Vec<Waiting<'a>>) -> Part<'a> {
        // Whether there is an error is what lowering asks.
        let mut diagnostics = self.diagnostics.at_least(Severity::Error);
        let mut selection = self.selection.clone();
        let before = diagnostics.len();
        let mut lowering = self.aside(&mut diagnostics, &mut selection, waiting.clone(), Patterns::without_large());
        lowering.drain_one_by_one();
        let Lowering { schemas, questions, dynamic, patterns, .. } = lowering;
        let is_whole = !patterns.lacks_large();
        Part { waiting, schemas, questions, dynamic, found: diagnostics.split_off(before), is_whole }
    }

    /// Puts a part behind what is there; all parts started with the same schemas.
    fn take_in(&mut self, part: Part<'a>, base: usize) {
        let Part { waiting, schemas, questions, dynamic, found, is_whole } = part;
        if !is_whole || self.schemas.has_any(&schemas, base) {
            self.pending = waiting;
            return self.drain_one_by_one();
        }
        let others = self.schemas.len() - base;
        let moved = |id: SchemaId| id.moved(base, others);
        self.schemas.append(schemas, base, waiting.iter().map(|(id, _)| *id), &moved);
        self.questions.extend(questions.into_iter().map(moved));
        let dynamic = dynamic.into_iter().map(|(id, it)| (moved(id), Dynamic { initial: it.initial.map(moved), ..it }));
        self.dynamic.extend(dynamic);
        self.diagnostics.append(found);
    }
}
