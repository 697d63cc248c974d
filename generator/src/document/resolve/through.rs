//! Pointers that pass through references: `#/components/schemas/A/properties/b/properties/c`, where `b` refers to `B`.

use super::super::problems::Located;
use super::super::references::{Reference, Via};
use super::Resolver;
use crate::diagnostics::Code;
use crate::source::{Origin, Pointer};

impl Resolver<'_> {
    /// The node that a pointer means which passes through other references on its way.
    pub(super) fn through(&mut self, reference: &Reference, target: &Origin) -> Option<Origin> {
        /// A longer chain is a cycle.
        const LONGEST: usize = 16;
        if self.depth >= LONGEST {
            return None;
        }
        self.depth += 1;
        let found = self.step_through(reference, target);
        self.depth -= 1;
        found
    }

    fn step_through(&mut self, reference: &Reference, target: &Origin) -> Option<Origin> {
        self.passes = self.passes.checked_sub(1)?;
        let mut around = target.pointer.clone();
        let inner = loop {
            around = around.parent()?;
            let at = self.sources.at(&Origin { file: target.file, pointer: around.clone() });
            if let Some(at) = at {
                break at;
            }
        };
        let member = inner.field("$ref")?;
        let (member, text) = (member.origin.clone(), member.value.as_str()?.to_owned());
        let rest = target.pointer.as_str().get(around.as_str().len()..)?.to_owned();
        let scope = self.scope_around(&inner.origin);
        let step = Reference { member, text, scope, via: Via::Ref, ..reference.clone() };
        let Ok(Located::Found(next)) = self.locate(&step) else { return None };
        let found = Origin { pointer: Pointer::from_escaped(&format!("{}{rest}", next.pointer.as_str())), ..next };
        let found = if self.sources.at(&found).is_some() { found } else { self.through(reference, &found)? };
        let message = format!("`{}` passes through the reference `{}`", reference.text, step.text);
        self.diagnostics.report(Code::ReferenceElsewhere, &reference.member, message);
        Some(found)
    }
}
