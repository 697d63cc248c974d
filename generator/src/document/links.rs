//! Links that lead to no operation of the document. Nothing is generated for links, but readers follow them.

use std::collections::BTreeSet;

use super::ledger::ObjectKind;
use super::references::{Found, Seen};
use super::scope::percent_decode;
use super::suggest::similar;
use crate::diagnostics::{Code, Diagnostics};
use crate::source::{Origin, Pointer, Sources};

/// Reports each link by its `operationId` or its `operationRef`; one that leads out of its file is taken as it is.
pub(super) fn report(found: &Found, sources: &Sources, diagnostics: &mut Diagnostics) {
    let links: Vec<_> = all(found, ObjectKind::Link).filter_map(|it| sources.at(it)).collect();
    if links.is_empty() {
        return;
    }
    let operations = all(found, ObjectKind::Operation).filter_map(|it| sources.at(it));
    let ids: BTreeSet<String> = operations.filter_map(|it| it.string("operationId").map(str::to_owned)).collect();
    for link in links {
        if let Some(id) = link.string("operationId").filter(|it| !ids.contains(*it)) {
            let message = format!("no operation has the `operationId` `{}`", id.escape_debug());
            let origin = link.origin.key("operationId");
            let diagnostic = diagnostics.report(Code::UnresolvedReference, &origin, message);
            if let Some(similar) = similar(id, ids.iter().map(String::as_str)) {
                diagnostic.help(format!("one with a similar `operationId` is `{similar}`"));
            }
        }
        if let Some(reference) =
            link.string("operationRef").filter(|it| leads_nowhere(it, &link.origin, found, sources))
        {
            let message = format!("`{}` is no operation", reference.escape_debug());
            diagnostics.report(Code::UnresolvedReference, &link.origin.key("operationRef"), message);
        }
    }
}

/// Whether a reference leads to what is no operation, as far as that is to be seen: not into other files, nor through
/// other references.
fn leads_nowhere(reference: &str, link: &Origin, found: &Found, sources: &Sources) -> bool {
    let Some(fragment) = reference.strip_prefix('#').and_then(|it| percent_decode(it).ok()) else { return false };
    let target = Origin { file: link.file, pointer: Pointer::from_escaped(&fragment) };
    if found.seen.get(&target) == Some(&Seen::Object(ObjectKind::Operation)) {
        return false;
    }
    let above = |it: &Pointer| it.parent();
    let mut on_the_way = std::iter::successors(Some(target.pointer), above);
    let there = on_the_way.find_map(|pointer| sources.at(&Origin { file: link.file, pointer }));
    there.is_none_or(|it| it.value.get("$ref").is_none())
}

fn all(found: &Found, kind: ObjectKind) -> impl Iterator<Item = &Origin> {
    found.seen.iter().filter(move |(_, it)| **it == Seen::Object(kind)).map(|(origin, _)| origin)
}
