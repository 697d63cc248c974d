//! A judge that knows the document and nothing of what is generated from it: its schemas as JSON Schema 2020-12, one
//! set for each direction, for the `jsonschema` crate.
//!
//! What OpenAPI adds to JSON Schema is put into its words: `nullable`, exclusive bounds as switches, what only one side
//! writes, and the values by which a discriminator's mapping tells branches apart. So is what a note of the generator
//! says that a schema is taken as: an object where its keywords are about objects, `null` where `nullable` stands.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::families::{Families, is_wrapper};
use crate::meant;

/// Which way an instance travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To the server: `readOnly` properties may be absent.
    Request,
    /// From the server: `writeOnly` properties may be absent.
    Response,
    /// In no operation.
    Nowhere,
}

/// How much a judge lets pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rigor {
    /// What the document says.
    Exact,
    /// What a newer server may send as well: other values of enumerations, other branches of unions. It lets more pass
    /// than it should.
    Lax,
}

/// Keywords whose schema asks something of any instance, whatever it says about objects.
const QUESTIONS: &[&str] = &["not", "if", "then", "else", "dependentSchemas"];

/// Keywords whose value is a schema.
const ONE: &[&str] = &[
    "additionalProperties",
    "items",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
];
/// Keywords whose value is a list of schemas.
const LISTS: &[&str] = &["allOf", "anyOf", "oneOf", "prefixItems"];
/// Keywords whose value is a map of schemas.
const MAPS: &[&str] = &["properties", "patternProperties", "dependentSchemas", "$defs"];
/// Keywords that say nothing about instances, and those that become others.
const DROPPED: &[&str] = &[
    "nullable",
    "discriminator",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "example",
    "examples",
    "default",
    "xml",
    "externalDocs",
    "contentSchema",
    "$schema",
    "$id",
    "$comment",
];

/// The schemas of a document in one direction.
pub struct Judge<'a> {
    document: &'a Value,
    is_30: bool,
    /// Whether `x-implied-types: false` leaves schemas to the letter.
    is_literal: bool,
    way: Way,
    rigor: Rigor,
    families: Families,
}

impl<'a> Judge<'a> {
    /// A judge of a whole document.
    pub fn new(document: &'a Value, way: Way, rigor: Rigor) -> Self {
        let is_30 = document["openapi"].as_str().is_some_and(|it| it.starts_with("3.0"));
        let is_literal = document["x-implied-types"] == Value::Bool(false);
        Self { document, is_30, is_literal, way, rigor, families: Families::find(document) }
    }

    /// The document's `components.schemas` as JSON Schema, at the places that references name.
    pub fn schemas(&self) -> Value {
        let mut components = Map::new();
        for (kind, members) in self.document["components"].as_object().into_iter().flatten() {
            if let ("schemas", Some(members)) = (kind.as_str(), members.as_object()) {
                let mut bases = Map::new();
                let mut all = Map::new();
                for (name, it) in members {
                    let own = self.convert(it, &BTreeSet::new(), 0);
                    let used = self.families.union(name, &format!("#/components/bases/{name}"));
                    // A newer server may know other children.
                    let used = used.filter(|_| self.rigor == Rigor::Exact);
                    if self.families.has(&format!("#/components/schemas/{name}")) {
                        bases.insert(name.clone(), own.clone());
                    }
                    all.insert(name.clone(), used.unwrap_or(own));
                }
                components.insert(kind.clone(), Value::Object(all));
                components.insert("bases".to_owned(), Value::Object(bases));
            }
        }
        json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "components": components })
    }

    /// A schema in plain JSON Schema; `waived` are properties that some member of the same `allOf` lets one side write.
    fn convert(&self, schema: &Value, waived: &BTreeSet<String>, depth: usize) -> Value {
        self.schema(schema, waived, depth, false)
    }

    /// A schema; a question is about any instance, whatever it says about objects.
    fn schema(&self, schema: &Value, waived: &BTreeSet<String>, depth: usize, is_question: bool) -> Value {
        let Some(keywords) = schema.as_object() else { return schema.clone() };
        // Parameters may lead to each other for ever.
        if depth < 64
            && let Some(schema) = meant::of_another_kind(self.document, keywords)
        {
            return self.schema(schema, waived, depth + 1, is_question);
        }
        if self.is_30
            && let Some(target) = keywords.get("$ref")
        {
            return meant::or_null(keywords, json!({ "$ref": target }));
        }
        let waived: BTreeSet<String> = waived.union(&self.waived(schema, 0)).cloned().collect();
        let mut out = Map::new();
        let mut more = Vec::new();
        for (name, value) in keywords.iter().filter(|(name, _)| !DROPPED.contains(&name.as_str())) {
            let converted = match (name.as_str(), value) {
                ("required", Value::Array(names)) => {
                    let mut names = names.clone();
                    names.retain(|it| it.as_str().is_none_or(|it| !waived.contains(it)));
                    // One that is named twice is wanted twice by the validator.
                    names.sort_by_key(Value::to_string);
                    names.dedup();
                    Value::Array(names)
                }
                ("format", Value::String(format)) => {
                    more.extend(meant::format(format));
                    continue;
                }
                ("enum" | "const", _) => value.clone(),
                ("oneOf" | "anyOf", _) if self.rigor == Rigor::Lax => continue,
                ("oneOf" | "anyOf", Value::Array(branches)) => {
                    branches.iter().map(|it| self.branch(keywords, it, depth)).collect()
                }
                ("allOf", Value::Array(members)) => {
                    let adds = depth == 0 || !is_wrapper(schema);
                    members.iter().map(|it| self.member(it, adds, &waived, depth)).collect()
                }
                (it, Value::Array(members)) if LISTS.contains(&it) => {
                    members.iter().map(|it| self.convert(it, &BTreeSet::new(), depth + 1)).collect()
                }
                (it, Value::Object(members)) if MAPS.contains(&it) => Value::Object(
                    members.iter().map(|(name, schema)| (name.clone(), self.part(it, schema, depth + 1))).collect(),
                ),
                (it, _) if ONE.contains(&it) => self.part(it, value, depth + 1),
                (it, _) if it.starts_with("x-") => continue,
                _ => value.clone(),
            };
            out.insert(name.clone(), converted);
        }
        bounds(keywords, &mut out);
        if !more.is_empty() {
            let all = out.entry("allOf").or_insert_with(|| json!([]));
            all.as_array_mut().into_iter().for_each(|all| all.append(&mut more));
        }
        meant::null(keywords, &mut out);
        if !self.is_literal {
            if !is_question {
                meant::object(keywords, &mut out);
            }
            meant::enumeration(&mut out);
        }
        if self.rigor == Rigor::Lax {
            loosen(&mut out);
        }
        meant::or_null(keywords, Value::Object(out))
    }

    /// What a keyword holds.
    fn part(&self, keyword: &str, schema: &Value, depth: usize) -> Value {
        self.schema(schema, &BTreeSet::new(), depth, QUESTIONS.contains(&keyword))
    }

    /// A member of `allOf`; who adds to a parent has what the parent says itself.
    fn member(&self, member: &Value, adds: bool, waived: &BTreeSet<String>, depth: usize) -> Value {
        match member["$ref"].as_str().filter(|it| adds && self.families.has(it)) {
            Some(parent) => json!({ "$ref": format!("#/components/bases/{}", Families::name(parent)) }),
            None => self.convert(member, waived, depth + 1),
        }
    }

    /// A branch of a union, with the values of the tag that the mapping gives it.
    fn branch(&self, union: &Map<String, Value>, branch: &Value, depth: usize) -> Value {
        let converted = self.convert(branch, &BTreeSet::new(), depth + 1);
        let Some(discriminator) = union.get("discriminator") else { return converted };
        let (Some(tag), Some(target)) = (discriminator["propertyName"].as_str(), branch["$ref"].as_str()) else {
            return converted;
        };
        let name = target.rsplit('/').next().unwrap_or_default();
        let leads_here = |it: &Value| it.as_str().is_some_and(|it| it == target || it == name);
        let mapping = discriminator["mapping"].as_object();
        let mut values: Vec<Value> = mapping
            .into_iter()
            .flatten()
            .filter(|(_, it)| leads_here(it))
            .map(|(value, _)| Value::from(value.as_str()))
            .collect();
        // What the mapping says holds beside the values that the branch lists; its name only where nobody says any. A
        // branch that is a union has the values of its own branches.
        if values.is_empty() {
            if self.lists(branch, tag, 0) || self.is_union(branch, 0) {
                return converted;
            }
            values.push(name.into());
        }
        json!({ "allOf": [converted, { "properties": { tag: { "enum": values } } }] })
    }

    /// Whether a schema is a choice of others, behind its references.
    fn is_union(&self, schema: &Value, depth: usize) -> bool {
        let is_choice = ["anyOf", "oneOf"].into_iter().any(|it| schema[it].is_array());
        depth < 16 && (is_choice || self.beside(schema).any(|it| self.is_union(it, depth + 1)))
    }

    /// Whether a schema lists the values of a property itself.
    fn lists(&self, schema: &Value, property: &str, depth: usize) -> bool {
        let own = &schema["properties"][property];
        depth < 16
            && (own.get("const").is_some()
                || own.get("enum").is_some()
                || self.beside(own).any(|it| it.get("enum").is_some() || it.get("const").is_some())
                || self.beside(schema).any(|it| self.lists(it, property, depth + 1)))
    }

    /// The target of a schema's reference and the members of its `allOf`.
    fn beside<'s>(&'s self, schema: &'s Value) -> impl Iterator<Item = &'s Value> {
        let target = meant::target(self.document, schema["$ref"].as_str().unwrap_or_default());
        target.into_iter().chain(schema["allOf"].as_array().into_iter().flatten())
    }

    /// An instance without the properties that do not travel this way, by all branches of unions.
    pub fn travelling(&self, schema: &Value, instance: &Value, depth: usize) -> Value {
        if depth > 32 {
            return instance.clone();
        }
        let branches = ["anyOf", "oneOf"].into_iter().filter_map(|it| schema[it].as_array()).flatten();
        let whole = self.beside(schema).chain(branches);
        let instance = whole.fold(instance.clone(), |value, it| self.travelling(it, &value, depth + 1));
        match instance {
            Value::Object(members) => {
                let described =
                    |name: &str| schema["properties"].get(name).or_else(|| schema.get("additionalProperties"));
                let travels = |name: &str| !schema["properties"].get(name).is_some_and(|it| self.is_marked(it, 0));
                let kept = members.into_iter().filter(|(name, _)| travels(name));
                let inner = |name: &str, it: Value| match described(name) {
                    Some(schema) => self.travelling(schema, &it, depth + 1),
                    None => it,
                };
                Value::Object(kept.map(|(name, it)| (name.clone(), inner(&name, it))).collect())
            }
            Value::Array(items) => items.iter().map(|it| self.travelling(&schema["items"], it, depth + 1)).collect(),
            scalar => scalar,
        }
    }

    /// The properties of a schema and its `allOf` that do not travel this way.
    fn waived(&self, schema: &Value, depth: usize) -> BTreeSet<String> {
        let own = schema["properties"].as_object().into_iter().flatten();
        let mut all: BTreeSet<String> =
            own.filter(|(_, it)| self.is_marked(it, 0)).map(|(name, _)| name.clone()).collect();
        if depth < 16 {
            all.extend(self.beside(schema).flat_map(|it| self.waived(it, depth + 1)));
        }
        all
    }

    fn is_marked(&self, schema: &Value, depth: usize) -> bool {
        let mark = match self.way {
            Way::Request => "readOnly",
            Way::Response => "writeOnly",
            Way::Nowhere => return false,
        };
        schema[mark] == Value::Bool(true) || (depth < 16 && self.beside(schema).any(|it| self.is_marked(it, depth + 1)))
    }
}

/// Exclusive bounds, as numbers or as the switches of 3.0.
fn bounds(keywords: &Map<String, Value>, out: &mut Map<String, Value>) {
    for (exclusive, inclusive) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        match keywords.get(exclusive) {
            Some(Value::Bool(true)) => {
                if let Some(bound) = out.remove(inclusive) {
                    out.insert(exclusive.to_owned(), bound);
                }
            }
            Some(bound @ Value::Number(_)) => drop(out.insert(exclusive.to_owned(), bound.clone())),
            _ => {}
        }
    }
}

/// Lets other values of enumerations pass.
fn loosen(out: &mut Map<String, Value>) {
    out.remove("enum");
    for keyword in ["not", "if", "then", "else", "unevaluatedProperties", "unevaluatedItems"] {
        out.remove(keyword);
    }
}
