//! References that lead nowhere, and of which it is clear what they mean.
//!
//! | written | meant |
//! | --- | --- |
//! | `#/$defs/X`, `#/definitions/X` | of the nearest schema around that has it |
//! | `#/definitions/X`, `#/components/X`, `#/components/schema/X`, `components/schemas/X`, `X` | `#/components/schemas/X` |
//! | `#/components/responses/X` where a schema is wanted and there is no such response | `#/components/schemas/X` |
//! | `#/parameters/X`, `#/component/parameter/X`, `#/components/schemas/X` where a parameter is wanted | `#/components/parameters/X` |
//! | `other.yaml#/components/responses/X` | the same in that file |
//! | `other.yaml#/` | the whole file |

use super::super::kinds::MAPS;
use super::super::ledger::ObjectKind;
use super::super::references::{Reference, Seen};
use super::super::scope::{join, percent_decode};
use super::Resolver;
use crate::diagnostics::Code;
use crate::source::{FileId, Origin, Pointer};

/// What people write for `schemas`, beside its own name and that of every other map of components.
const FOR_SCHEMAS: [&str; 3] = ["definitions", "$defs", "models"];

/// The name at the end of a path, where what stands before it names a map of components at most.
fn name(path: &str) -> Option<String> {
    let path = path.trim().strip_prefix("./").unwrap_or(path.trim()).trim_matches('/');
    let mut tokens: Vec<&str> = path.split('/').collect();
    let name = tokens.pop()?;
    let map = match tokens.as_slice() {
        [] | ["components" | "component"] => None,
        [map] | ["components" | "component", map] => Some(*map),
        _ => return None,
    };
    map.is_none_or(is_map).then(|| Pointer::unescape(name))
}

/// Whether this is the name of a map of components, or its singular.
fn is_map(token: &str) -> bool {
    FOR_SCHEMAS.contains(&token)
        || MAPS.iter().any(|(map, _)| {
            token == *map
                || map.strip_suffix('s') == Some(token)
                || map.strip_suffix("ies").is_some_and(|it| token == format!("{it}y"))
        })
}

impl Resolver<'_> {
    /// The object that a reference means which leads nowhere; nobody guesses what guards an operation.
    pub(super) fn meant(&mut self, reference: &Reference) -> Option<Origin> {
        let target = match reference.expected {
            ObjectKind::SecurityScheme => return None,
            ObjectKind::Schema => {
                self.around(reference).or_else(|| self.by_name(reference)).or_else(|| self.whole(reference))?
            }
            _ => self.by_name(reference).or_else(|| self.whole(reference))?,
        };
        let message = format!("`{}` is not defined", reference.text);
        let elsewhere = reference.text.split_once('#').map_or("", |(location, _)| location);
        let instead = match self.sources.written(&target).pointer.as_str() {
            "" => format!("`{elsewhere}`"),
            pointer => format!("`{elsewhere}#{pointer}`"),
        };
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

    /// The component of the wanted kind whose name is all that remains without what stands in front of it.
    fn by_name(&self, reference: &Reference) -> Option<Origin> {
        let (map, _) = MAPS.iter().find(|(_, kind)| *kind == reference.expected)?;
        let (location, fragment) = reference.text.split_once('#').unwrap_or((&reference.text, ""));
        let (file, path) = match (location, fragment) {
            (location, "") => (reference.member.file, location),
            ("", fragment) => (reference.member.file, fragment),
            (location, fragment) => (self.file_at(reference, location)?, fragment),
        };
        let target = Origin::root(file).key("components").key(map).key(&name(&percent_decode(path).ok()?)?);
        self.sources.at(&target).is_some().then_some(target)
    }

    /// The root of another file, whose pointer people write with the stroke that other pointers begin with.
    fn whole(&self, reference: &Reference) -> Option<Origin> {
        let location = reference.text.strip_suffix("#/").filter(|it| !it.is_empty())?;
        Some(Origin::root(self.file_at(reference, location)?))
    }

    /// The file that a reference names, if it was read.
    fn file_at(&self, reference: &Reference, location: &str) -> Option<FileId> {
        let base = join(&self.found.scopes.all[reference.scope].base, location).ok()?;
        let scope = self.found.scopes.by_base.get(&base)?;
        Some(self.found.scopes.all[*scope].root.file)
    }
}
