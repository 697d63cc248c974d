//! References to anchors: `#item`, by a `$ref` or by a `$dynamicRef`.

use super::super::ledger::ObjectKind;
use super::super::problems::{Located, Problem};
use super::super::references::{Reference, Seen, Via};
use super::Resolver;
use crate::diagnostics::Code;
use crate::source::Origin;

impl Resolver<'_> {
    /// The schema that has an anchor.
    pub(super) fn anchor(&mut self, reference: &Reference, scope: usize, name: &str) -> Located {
        let text = &reference.text;
        let missing = || Problem::new(Code::UnresolvedReference, format!("`{text}` is not defined"));
        if let Some(own) = self.own_anchor(reference, name) {
            if reference.via == Via::DynamicRef {
                self.found.dynamic.insert(reference.member.clone(), name.to_owned());
            }
            return Located::Found(own);
        }
        let Some(anchor) = self.found.scopes.anchors.get(&(scope, name.to_owned())) else {
            return Located::Unknown(missing().help(format!("no schema has the anchor `{name}`")));
        };
        if reference.via == Via::DynamicRef && anchor.is_dynamic {
            // Where several bind the name, what another component binds is not what this one means, unless it says whose.
            if text.starts_with('#') && self.found.is_ambiguous(name) {
                return Located::Unknown(missing());
            }
            self.found.dynamic.insert(reference.member.clone(), name.to_owned());
        }
        Located::Found(anchor.origin.clone())
    }

    /// The schema that binds a name in the component of the reference itself, whoever else binds it.
    fn own_anchor(&self, reference: &Reference, name: &str) -> Option<Origin> {
        let mut named = self.found.dynamic_anchors.iter().filter(|it| it.name == name).peekable();
        // Most references have no name, and most names nobody binds.
        named.peek().filter(|_| reference.text.starts_with('#'))?;
        let resource = self.found.resource(&reference.member);
        named.find(|it| it.resource == resource).map(|it| it.origin.clone())
    }

    /// The schema that a `$recursiveRef` means: the nearest around it that says so, else the outermost.
    pub(super) fn recursive(&self, reference: &Reference) -> Origin {
        let file = reference.member.file;
        let around = |origin: &Origin| origin.pointer.parent().map(|pointer| Origin { file, pointer });
        let is_marked = |origin: &Origin| {
            self.found.seen.get(origin) == Some(&Seen::Object(ObjectKind::Schema))
                && self.sources.at(&origin.key("$recursiveAnchor")).is_some_and(|it| it.value.as_bool() == Some(true))
        };
        let mut all = std::iter::successors(around(&reference.member), around);
        all.find(is_marked).unwrap_or_else(|| self.found.resource(&reference.member))
    }

    /// Whether a `$dynamicRef` leads nowhere by itself, and has a meaning for those who bind its name.
    pub(super) fn is_bound_by_others(&mut self, reference: &Reference) -> bool {
        let name = reference.text.strip_prefix('#').filter(|_| reference.via == Via::DynamicRef);
        let Some(name) = name.filter(|name| self.found.dynamic_anchors.iter().any(|it| it.name == *name)) else {
            return false;
        };
        self.found.dynamic.insert(reference.member.clone(), name.to_owned());
        let message = format!("`{}` is not defined here", reference.text);
        self.diagnostics
            .report(Code::UnresolvedReference, &reference.member, message)
            .taken_as("what those who refer here bind it to, and any JSON value without them");
        true
    }
}
