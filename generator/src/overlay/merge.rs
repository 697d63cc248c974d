//! What `update` and `copy` do to a node.

use super::read::Version;
use crate::diagnostics::{Code, Diagnostics};
use crate::source::{At, Node, Placed, Pointer};

/// One addition to one target.
pub(super) struct Merge<'m> {
    pub(super) version: Version,
    /// `update` or `copy`.
    pub(super) place: &'m At<'m>,
    pub(super) target: &'m Pointer,
    pub(super) diagnostics: &'m mut Diagnostics,
}

impl Merge<'_> {
    /// Adds to the node that the target selects.
    pub(super) fn onto(&mut self, node: &mut Placed, addition: &Placed) {
        let is_scalar = |it: &Placed| matches!(it.node, Node::Scalar(_));
        match &mut node.node {
            // The target is an array, and what is added an item of it.
            Node::Array(items) => items.push(addition.clone()),
            Node::Object(_) if addition.members().is_some() => self.members(node, addition),
            Node::Object(_) => {
                self.fail(format!("an object takes an object, and this is of type {}", addition.type_name()));
            }
            Node::Scalar(_) if self.version == Version::V10 => {
                self.fail("an overlay of version 1.0 changes objects and arrays only".to_owned());
            }
            Node::Scalar(_) if is_scalar(addition) => *node = addition.clone(),
            Node::Scalar(_) => {
                let (is, was) = (addition.type_name(), node.type_name());
                self.fail(format!("a value of type {was} cannot become one of type {is}"));
            }
        }
    }

    /// Merges what has the same name, and inserts what is new.
    fn members(&mut self, node: &mut Placed, addition: &Placed) {
        let (Some(members), Some(added)) = (node.members_mut(), addition.members()) else { return };
        for (key, addition) in added {
            let Some(member) = members.get_mut(key) else {
                members.insert(key.clone(), addition.clone());
                continue;
            };
            match (&mut member.node, &addition.node) {
                (Node::Array(items), Node::Array(more)) => items.extend(more.iter().cloned()),
                (Node::Object(_), Node::Object(_)) => self.members(member, addition),
                (Node::Scalar(_), Node::Scalar(_)) => *member = addition.clone(),
                _ => {
                    let (was, is) = (member.type_name(), addition.type_name());
                    self.fail_at(addition, format!("`{key}` is of type {was} in the document, and of type {is} here"));
                }
            }
        }
    }

    pub(super) fn fail(&mut self, message: String) {
        self.diagnostics
            .report(Code::InvalidOverlay, &self.place.origin, message)
            .at_key()
            .help(format!("`target` selects `{}`", self.target));
    }

    fn fail_at(&mut self, addition: &Placed, message: String) {
        self.diagnostics
            .report(Code::InvalidOverlay, &addition.origin, message)
            .at_key()
            .help(format!("`target` selects `{}`; remove the member first to replace it", self.target));
    }
}
