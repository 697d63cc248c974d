//! What a part of a document says, flat and in any order, without what is meant for readers.

use std::collections::BTreeSet;

use crate::source::{Pointer, Value};

/// References are followed this far, and so much is said of a part; what is more leads in circles.
const DEEPEST: usize = 6;
const MOST: usize = 2000;

/// What the members of a node are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Members {
    /// The fields of an object of OpenAPI or JSON Schema.
    Fields,
    /// What the document gave a name, which may be that of a field.
    Names,
    /// Scopes, each with what it allows, for readers.
    Scopes,
    /// A list of objects whose members have names.
    ListOfNames,
    /// A list in any order.
    Set,
}

/// Fields whose members have names of the document's own.
const NAMED: [&str; 24] = [
    "$defs",
    "callbacks",
    "content",
    "definitions",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "encoding",
    "headers",
    "links",
    "mapping",
    "mediaTypes",
    "parameters",
    "pathItems",
    "paths",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "securityDefinitions",
    "securitySchemes",
    "variables",
    "webhooks",
];

impl Members {
    /// What the members of a member are.
    pub(super) fn member(self, key: &str) -> Self {
        match (self, key) {
            (Self::ListOfNames, _) => Self::Names,
            (Self::Fields, "scopes") => Self::Scopes,
            (Self::Fields, "security") => Self::ListOfNames,
            (Self::Fields, "enum" | "required" | "type") => Self::Set,
            (Self::Fields, key) if NAMED.contains(&key) => Self::Names,
            _ => Self::Fields,
        }
    }

    /// Whether a member changes nothing that is sent.
    fn is_for_readers(self, key: &str) -> bool {
        const PROSE: [&str; 6] = ["description", "example", "examples", "externalDocs", "summary", "title"];
        self == Self::Fields && (PROSE.contains(&key) || key.starts_with("x-"))
    }
}

/// Whether a place is in a field that changes nothing that is sent.
pub(super) fn is_for_readers(place: &[String]) -> bool {
    let mut members = Members::Fields;
    place.iter().any(|key| {
        let is_prose = members.is_for_readers(key);
        members = members.member(key);
        is_prose
    })
}

/// The facts of a node of the file with this root, which stands under a key: `/in: query`.
pub(super) fn facts(value: &Value, members: Members, root: &Value) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut pending = vec![(String::new(), value, members, 0)];
    while let Some((path, value, members, depth)) = pending.pop() {
        if all.len() > MOST {
            break;
        }
        if let Some(target) = target(value, root).filter(|_| depth < DEEPEST) {
            pending.push((path, target, members, depth + 1));
            continue;
        }
        let below = |key: &str| (format!("{path}/{key}"), members.member(key), depth);
        match value {
            // What a scope is called counts, what is said about it does not.
            Value::Object(scopes) if members == Members::Scopes => {
                all.extend(scopes.keys().map(|it| format!("{path}/{it}")));
            }
            Value::Object(fields) => {
                for (key, value) in fields.iter().filter(|(key, _)| !members.is_for_readers(key)) {
                    let (path, members, depth) = below(key);
                    pending.push((path, value, members, depth));
                }
            }
            Value::Array(items) if members == Members::Set => {
                all.extend(items.iter().map(|it| format!("{path}: {}", it.to_json())));
            }
            Value::Array(items) => {
                for (idx, value) in items.iter().enumerate() {
                    let (path, members, depth) = below(&idx.to_string());
                    pending.push((path, value, members, depth));
                }
            }
            other => {
                let text = other.spelled();
                let text = if path == "/scheme" { text.to_ascii_lowercase() } else { text };
                all.insert(format!("{path}: {text}"));
            }
        }
    }
    all
}

/// The node of the same file that a reference leads to.
fn target<'v>(value: &Value, root: &'v Value) -> Option<&'v Value> {
    let Value::Object(members) = value else { return None };
    root.at(&Pointer::from_escaped(members.get("$ref")?.as_str()?.strip_prefix('#')?))
}
