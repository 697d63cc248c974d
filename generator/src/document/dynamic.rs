//! What `$dynamicRef` needs to know: which references mean what is bound on the way to them, and who binds what.
//!
//! By the letter of JSON Schema an anchor is a name in a file or in a schema with an `$id`. Documents bind one name in
//! many components and bodies, so here the outermost Schema Object is where a name counts.

use std::collections::BTreeSet;

use super::references::Found;
use crate::ordered::IndexMap;
use crate::source::Origin;

/// A schema that binds a name.
#[derive(Debug, Clone)]
pub struct DynamicAnchor {
    /// The schema in which it is a name.
    pub resource: Origin,
    /// The name.
    pub name: String,
    /// The schema that has it.
    pub origin: Origin,
}

/// The dynamic references of a document; empty where each is as good as a `$ref`.
#[derive(Debug, Default)]
pub struct Dynamics {
    names: IndexMap<Origin, String>,
    anchors: Vec<DynamicAnchor>,
    resources: BTreeSet<Origin>,
}

impl Dynamics {
    /// Takes what matters of what the walk has found.
    pub(super) fn new(found: &mut Found, targets: &IndexMap<Origin, Origin>) -> Self {
        let names = std::mem::take(&mut found.dynamic);
        let is_open = |member: &Origin, name: &str| !targets.contains_key(member) || found.is_ambiguous(name);
        let names: IndexMap<_, _> = names.into_iter().filter(|(member, name)| is_open(member, name)).collect();
        if names.is_empty() {
            return Self::default();
        }
        let anchors = std::mem::take(&mut found.dynamic_anchors);
        let with_id = found.scopes.by_root.keys().filter(|it| it.pointer.parent().is_some());
        let resources = anchors.iter().map(|it| &it.resource).chain(with_id).cloned().collect();
        Self { names, anchors, resources }
    }

    /// The name of a schema's `$dynamicRef`; `None` where it is as good as a `$ref`.
    pub fn name(&self, schema: &Origin) -> Option<&str> {
        // Most documents have none, and many schemas.
        if self.names.is_empty() { None } else { self.names.get(&schema.key("$dynamicRef")).map(String::as_str) }
    }

    /// Every `$dynamicAnchor`.
    pub fn anchors(&self) -> &[DynamicAnchor] {
        &self.anchors
    }

    /// The schema around a place in which anchors are names, where there are any.
    pub fn resource(&self, origin: &Origin) -> Option<&Origin> {
        let mut around = Some(origin.clone());
        while let Some(here) = around {
            if let Some(resource) = self.resources.get(&here) {
                return Some(resource);
            }
            around = here.pointer.parent().map(|pointer| Origin { file: here.file, pointer });
        }
        None
    }
}
