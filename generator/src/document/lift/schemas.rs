//! Schemas: the same dialect as in 3.0, but for a few keywords.

use super::Lift;
use crate::source::{Node, Placed, Value};

/// Keywords with a schema.
const ONE: &[&str] = &["items", "not", "additionalProperties"];
/// Keywords with a list of schemas.
const LISTS: &[&str] = &["allOf", "anyOf", "oneOf"];
/// Keywords with schemas by name.
const MAPS: &[&str] = &["properties", "patternProperties"];

impl Lift<'_, '_> {
    /// A schema with everything in it; as deep as the document is.
    pub(super) fn schema(&mut self, tree: Placed) -> Placed {
        let origin = tree.origin.clone();
        if tree.members().is_none() {
            return tree;
        }
        let mut members = tree.into_members();
        let nullable = members.get("x-nullable").filter(|it| it.as_bool() == Some(true)).cloned();
        if let Some(reference) = members.get("$ref").filter(|_| nullable.is_some()).cloned() {
            // In 3.0 nothing may stand beside a reference, and a member of `allOf` says the same.
            members.shift_remove("$ref");
            let alone = Placed::object(&origin, [("$ref", reference)]);
            members.insert("allOf".to_owned(), Placed::array(&origin, vec![alone]));
            let described = members.into_iter().filter(|(key, _)| matches!(key.as_str(), "allOf" | "description"));
            let null = nullable.map(|it| ("nullable".to_owned(), it));
            return Placed::object(&origin, described.chain(null).collect::<Vec<_>>());
        }
        let mut lifted = Vec::new();
        for (key, member) in members {
            match key.as_str() {
                "x-nullable" if member.as_bool() == Some(true) => lifted.push(("nullable".to_owned(), member)),
                "discriminator" if member.as_str().is_some() => {
                    let place = member.origin.clone();
                    lifted.push((key, Placed::object(&place, [("propertyName", member)])));
                }
                "type" if member.as_str() == Some("file") => {
                    lifted.push(("format".to_owned(), Placed::string(&member.origin, "binary")));
                    lifted.push((key, Placed::string(&member.origin, "string")));
                }
                key if ONE.contains(&key) => lifted.push((key.to_owned(), self.schema(member))),
                key if LISTS.contains(&key) => lifted.push((key.to_owned(), self.schemas(member))),
                key if MAPS.contains(&key) => {
                    lifted.push((key.to_owned(), self.each(member, |lift, _, it| lift.schema(it))));
                }
                _ => lifted.push((key, member)),
            }
        }
        Placed::object(&origin, lifted)
    }

    fn schemas(&mut self, tree: Placed) -> Placed {
        let Placed { origin, node } = tree;
        match node {
            Node::Array(items) => Placed::array(&origin, items.into_iter().map(|it| self.schema(it)).collect()),
            node => Placed { origin, node },
        }
    }
}

/// A schema of any bytes.
pub(super) fn bytes(of: &Placed) -> Placed {
    let text = |text: &str| Placed { origin: of.origin.clone(), node: Node::Scalar(Value::String(text.to_owned())) };
    Placed::object(&of.origin, [("type", text("string")), ("format", text("binary"))])
}
