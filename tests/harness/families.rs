//! Parents and children: a discriminator in a schema without `oneOf`, and the components that have it in their `allOf`.
//!
//! Where the parent is used, an instance is one of the children, chosen by the tag; what the children take over is what
//! the parent says itself.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::meant;

/// How deep chains of `allOf` are followed.
const DEEPEST: usize = 16;

/// The parents among the components of a document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Families {
    parents: BTreeMap<String, Family>,
}

#[derive(Debug, Clone)]
struct Family {
    tag: String,
    /// The values of the tag, each with the component that it leads to; none for the parent itself.
    values: Vec<(String, Option<String>)>,
}

impl Families {
    /// Looks for parents.
    pub(crate) fn find(document: &Value) -> Self {
        let mut parents = BTreeMap::new();
        let Some(components) = document["components"]["schemas"].as_object() else { return Self::default() };
        for (name, schema) in components {
            let discriminator = &schema["discriminator"];
            let Some(tag) = discriminator["propertyName"].as_str() else { continue };
            if schema.get("oneOf").is_some() || schema.get("anyOf").is_some() {
                continue;
            }
            let mapping = discriminator["mapping"].as_object();
            let mapped: Vec<(String, String)> = mapping
                .into_iter()
                .flatten()
                .filter_map(|(value, it)| Some((value.clone(), last(it.as_str()?).to_owned())))
                .collect();
            let own = |child: &Value| {
                pinned(document, child, tag, 0).filter(|it| Some(it) != pinned(document, schema, tag, 0).as_ref())
            };
            let mut values: Vec<(String, Option<String>)> = Vec::new();
            values.extend(mapped.iter().map(|(value, child)| (value.clone(), (child != name).then(|| child.clone()))));
            for (child_name, child) in components.iter().filter(|(it, _)| *it != name) {
                let is_mapped = mapped.iter().any(|(_, it)| it == child_name);
                let adds = is_mapped || mapped.is_empty() || !is_wrapper(child);
                if adds && !is_mapped && extends(document, child, name, 0) {
                    let own = own(child).unwrap_or_else(|| vec![child_name.clone()]);
                    values.extend(own.into_iter().map(|value| (value, Some(child_name.clone()))));
                }
            }
            if values.iter().all(|(_, child)| child.is_none()) {
                continue;
            }
            let is_required = requires(document, schema, tag, 0);
            if mapped.is_empty() || !is_required {
                values.push((name.clone(), None));
            }
            parents.insert(name.clone(), Family { tag: tag.to_owned(), values });
        }
        Self { parents }
    }

    /// Whether a reference leads to a parent.
    pub(crate) fn has(&self, reference: &str) -> bool {
        reference.starts_with("#/components/schemas/") && self.parents.contains_key(last(reference))
    }

    /// A parent where it is used; what it says itself lies at `base`.
    pub(crate) fn union(&self, name: &str, base: &str) -> Option<Value> {
        let Family { tag, values } = self.parents.get(name)?;
        let all: Vec<&String> = values.iter().map(|(value, _)| value).collect();
        let mut members = vec![json!({ "$ref": base }), json!({ "properties": { tag: { "enum": all } } })];
        for (value, child) in values {
            if let Some(child) = child {
                members.push(json!({
                    "if": { "properties": { tag: { "const": value } }, "required": [tag] },
                    "then": { "$ref": format!("#/components/schemas/{child}") },
                }));
            }
        }
        Some(json!({ "allOf": members }))
    }

    /// The name of a reference's component.
    pub(crate) fn name(reference: &str) -> &str {
        last(reference)
    }
}

fn last(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or_default()
}

/// One reference in `allOf` and no more: the parent with a description beside it.
pub(crate) fn is_wrapper(schema: &Value) -> bool {
    let says = |name: &str| !matches!(name, "allOf" | "description" | "title" | "nullable" | "example" | "default");
    let members = schema["allOf"].as_array();
    members.is_some_and(|it| it.len() == 1) && !schema.as_object().into_iter().flatten().any(|(name, _)| says(name))
}

fn members<'d>(document: &'d Value, schema: &'d Value) -> impl Iterator<Item = &'d Value> {
    let target = meant::target(document, schema["$ref"].as_str().unwrap_or_default());
    target.into_iter().chain(schema["allOf"].as_array().into_iter().flatten())
}

fn extends(document: &Value, schema: &Value, parent: &str, depth: usize) -> bool {
    let leads = |it: &Value| it["$ref"].as_str().is_some_and(|it| last(it) == parent);
    let Some(all) = schema["allOf"].as_array().filter(|_| depth < DEEPEST) else { return false };
    let next = |it: &Value| members(document, it).any(|it| extends(document, it, parent, depth + 1));
    all.iter().any(|it| leads(it) || extends(document, it, parent, depth + 1) || next(it))
}

/// The values that a property may have, where a schema lists them.
fn pinned(document: &Value, schema: &Value, property: &str, depth: usize) -> Option<Vec<String>> {
    if depth >= DEEPEST {
        return None;
    }
    let own = &schema["properties"][property];
    let listed =
        own.get("enum").and_then(Value::as_array).cloned().or_else(|| own.get("const").map(|it| vec![it.clone()]));
    let texts = |all: Vec<Value>| all.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect();
    listed.map(texts).or_else(|| members(document, schema).find_map(|it| pinned(document, it, property, depth + 1)))
}

fn requires(document: &Value, schema: &Value, property: &str, depth: usize) -> bool {
    let own = schema["required"].as_array().into_iter().flatten().any(|it| it == property);
    own || (depth < DEEPEST && members(document, schema).any(|it| requires(document, it, property, depth + 1)))
}
