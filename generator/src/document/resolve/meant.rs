//! References that lead nowhere, and of which it is clear what they mean.
//!
//! | written | meant |
//! | --- | --- |
//! | `#/$defs/X`, `#/definitions/X` | of the nearest schema around that has it |
//! | `#/definitions/X`, `#/components/X`, `#/components/schema/X`, `components/schemas/X`, `X` | `#/components/schemas/X` |

use super::super::ledger::ObjectKind;
use super::super::references::{Reference, Seen};
use super::super::scope::percent_decode;
use super::Resolver;
use crate::diagnostics::Code;
use crate::source::{Origin, Pointer};

/// What people write for `#/components/schemas/`, the longest first.
const BEFORE_NAMES: [&str; 9] = [
    "/components/schemas/",
    "/components/schema/",
    "/components/",
    "/definitions/",
    "/$defs/",
    "/schemas/",
    "/schema/",
    "/models/",
    "/",
];

impl Resolver<'_> {
    /// The schema that a reference means which leads nowhere.
    pub(super) fn meant(&mut self, reference: &Reference) -> Option<Origin> {
        if reference.expected != ObjectKind::Schema {
            return None;
        }
        let target = self.around(reference).or_else(|| self.by_name(reference))?;
        let message = format!("`{}` is not defined", reference.text);
        let instead = format!("`{}`", self.sources.written(&target).pointer);
        self.diagnostics.report(Code::UnresolvedReference, &reference.member, message).taken_as(instead);
        Some(target)
    }

    /// What the nearest schema around has under `$defs` or `definitions`.
    fn around(&self, reference: &Reference) -> Option<Origin> {
        let fragment = percent_decode(reference.text.strip_prefix('#')?).ok()?;
        if !["/$defs/", "/definitions/"].iter().any(|it| fragment.starts_with(it)) {
            return None;
        }
        let file = reference.member.file;
        let mut around = reference.member.pointer.parent();
        while let Some(outer) = around {
            let schema = Origin { file, pointer: outer.clone() };
            if self.found.seen.get(&schema) == Some(&Seen::Object(ObjectKind::Schema)) {
                let pointer = Pointer::from_escaped(&format!("{}{fragment}", outer.as_str()));
                let target = Origin { file, pointer };
                if self.sources.at(&target).is_some() {
                    return Some(target);
                }
            }
            around = outer.parent();
        }
        None
    }

    /// The component whose name is all that remains without what stands in front of it.
    fn by_name(&self, reference: &Reference) -> Option<Origin> {
        let (location, fragment) = reference.text.split_once('#').unwrap_or((&reference.text, ""));
        let path = if location.is_empty() { fragment } else { location };
        if !location.is_empty() && !fragment.is_empty() {
            return None;
        }
        let path = format!("/{}", path.strip_prefix("./").unwrap_or(path).trim_start_matches('/'));
        let name = BEFORE_NAMES.iter().find_map(|before| path.strip_prefix(before))?;
        let name = Pointer::unescape(&percent_decode(name).ok()?);
        let target = Origin::root(reference.member.file).key("components").key("schemas").key(&name);
        (!name.contains('/') && self.sources.at(&target).is_some()).then_some(target)
    }
}
