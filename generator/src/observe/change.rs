//! The changes that make a node of a document true, in the spelling of its version.

use serde_json::Value as Json;

use crate::document::Version;
use crate::source::{Number, Object, Value};

/// One change of one node, in the order in which they are made: what moves the rest into a branch comes last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Change {
    /// An enumeration, or a constant, has one more value: its JSON.
    Value(String),
    /// A limit is as far as what was seen: the keyword, and the limit's JSON.
    Limit { keyword: String, limit: String },
    /// A keyword goes.
    Drop(String),
    /// A property need not be there.
    Optional(String),
    /// An object has one more property, of a type.
    Property { name: String, kind: Option<String> },
    /// One of several becomes any of them.
    AnyOf,
    /// A schema takes `null`.
    Null,
    /// A schema takes values of another type.
    Type(String),
    /// A header need not be there.
    OptionalHeader,
    /// An operation has one more response.
    Response { status: u16, media_type: Option<String>, kind: Option<String> },
    /// A response has one more media type.
    Media { media_type: String, kind: Option<String> },
}

/// What says nothing about which values a schema takes, and stays where it is when the rest moves.
const ANNOTATIONS: [&str; 10] = [
    "default",
    "deprecated",
    "description",
    "example",
    "examples",
    "externalDocs",
    "readOnly",
    "title",
    "writeOnly",
    "xml",
];

impl Change {
    /// What was seen, for people.
    pub(super) fn what(&self) -> String {
        match self {
            Self::Null => "`null`".to_owned(),
            Self::Type(kind) => format!("a value of type {kind}"),
            Self::Optional(name) => format!("no `{name}`, which is required,"),
            Self::Property { name, .. } => format!("`{name}`, which no property is,"),
            Self::Value(json) => format!("{json}, which is not among the values,"),
            Self::Limit { keyword, .. } => format!("a value beyond `{keyword}`"),
            Self::Drop(keyword) => format!("a value that `{keyword}` refuses"),
            Self::AnyOf => "a value that several branches take".to_owned(),
            Self::OptionalHeader => "no such header".to_owned(),
            Self::Response { status, .. } => format!("status {status}, which has no response,"),
            Self::Media { media_type, .. } => format!("a body of `{media_type}`"),
        }
    }

    /// Whether both put a limit into the same keyword.
    pub(super) fn is_limit_like(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Limit { keyword, .. }, Self::Limit { keyword: same, .. }) if keyword == same)
    }

    /// Of two limits of one keyword the one that takes what both take.
    pub(super) fn furthest(self, other: &Self) -> Self {
        let (Self::Limit { keyword, limit }, Self::Limit { limit: further, .. }) = (&self, other) else { return self };
        let number = |text: &str| Number::new(text).map_or(f64::NAN, |it| it.as_f64());
        let (here, there) = (number(limit), number(further));
        let is_further = if keyword.starts_with("min") { there < here } else { there > here };
        if is_further { other.clone() } else { self }
    }

    pub(super) fn apply(&self, node: &mut Object, version: Version) {
        match self {
            Self::Null => null(node, version),
            Self::Type(kind) => widen(node, kind, version),
            Self::Optional(name) => {
                let list = node.get("required").and_then(Value::as_array).unwrap_or_default();
                let rest: Vec<_> = list.iter().filter(|it| it.as_str() != Some(name)).cloned().collect();
                // Older versions know no empty list.
                if rest.is_empty() {
                    node.shift_remove("required");
                } else {
                    node.insert("required".to_owned(), Value::Array(rest));
                }
            }
            Self::Property { name, kind } => {
                let properties =
                    node.entry("properties".to_owned()).or_insert_with(|| Value::object(Object::default()));
                if let Value::Object(properties) = properties {
                    properties.entry(name.clone()).or_insert_with(|| of_type(kind.as_deref(), version));
                }
            }
            Self::Value(json) => add_value(node, &value_of(json)),
            Self::Limit { keyword, limit } => drop(node.insert(keyword.clone(), value_of(limit))),
            Self::Drop(keyword) => drop(node.shift_remove(keyword)),
            Self::AnyOf => {
                let branches = node.shift_remove("oneOf");
                node.extend(branches.map(|it| ("anyOf".to_owned(), it)));
            }
            Self::OptionalHeader => drop(node.insert("required".to_owned(), Value::Bool(false))),
            Self::Response { status, media_type, kind } => {
                let schema = of_type(kind.as_deref(), version);
                let mut response = object([("description", string("Seen, and not documented."))]);
                match media_type {
                    Some(_) if version == Version::V20 => drop(response.insert("schema".to_owned(), schema)),
                    Some(it) => {
                        let content = object([(it.as_str(), Value::object(object([("schema", schema)])))]);
                        response.insert("content".to_owned(), Value::object(content));
                    }
                    None => {}
                }
                node.entry(status.to_string()).or_insert(Value::object(response));
            }
            Self::Media { media_type, kind } => {
                let content = node.entry("content".to_owned()).or_insert_with(|| Value::object(Object::default()));
                if let Value::Object(content) = content {
                    let schema = Value::object(object([("schema", of_type(kind.as_deref(), version))]));
                    content.entry(media_type.clone()).or_insert(schema);
                }
            }
        }
    }
}

/// Lets a schema take `null`, as its version spells that.
fn null(node: &mut Object, version: Version) {
    if version.has_json_schema() {
        let composed = ["$ref", "allOf", "anyOf", "oneOf"].iter().any(|it| node.contains_key(*it));
        let typed = node.contains_key("type") || node.contains_key("enum") || node.contains_key("const");
        if composed || !typed {
            return branch(node, of_type(Some("null"), version));
        }
        add_type(node, "null");
    } else if version == Version::V20 {
        node.insert("x-nullable".to_owned(), Value::Bool(true));
    } else {
        // Nothing may stand beside a reference in 3.0.
        if let Some(reference) = node.shift_remove("$ref") {
            let reference = Value::object(object([("$ref", reference)]));
            node.insert("allOf".to_owned(), Value::Array(vec![reference]));
        }
        node.insert("nullable".to_owned(), Value::Bool(true));
    }
    if node.contains_key("enum") || node.contains_key("const") {
        add_value(node, &Value::Null);
    }
}

/// Lets a schema take values of another type.
fn widen(node: &mut Object, kind: &str, version: Version) {
    let is_number = node.get("type").and_then(Value::as_str) == Some("integer") && kind == "number";
    let is_bare = node.keys().all(|it| it == "type" || is_annotation(it));
    if is_number {
        node.insert("type".to_owned(), string("number"));
        node.shift_remove("format");
    } else if version == Version::V20 {
        // Without unions, a schema takes several types only where it names none.
        node.retain(|name, _| is_annotation(name));
    } else if version.has_json_schema() && is_bare {
        add_type(node, kind);
    } else {
        branch(node, of_type(Some(kind), version));
    }
}

/// Adds to `type`, which then is a list.
fn add_type(node: &mut Object, kind: &str) {
    let Some(ty) = node.get_mut("type") else { return };
    match ty {
        Value::Array(kinds) => kinds.push(string(kind)),
        one => *one = Value::Array(vec![one.clone(), string(kind)]),
    }
}

/// Lets a schema be what it is, or something else.
fn branch(node: &mut Object, other: Value) {
    let is_union = node.keys().all(|it| it == "anyOf" || is_annotation(it));
    if is_union && let Some(Value::Array(branches)) = node.get_mut("anyOf") {
        branches.push(other);
        return;
    }
    let (kept, moved): (Object, Object) = std::mem::take(node).into_iter().partition(|(name, _)| is_annotation(name));
    *node = kept;
    node.insert("anyOf".to_owned(), Value::Array(vec![Value::object(moved), other]));
}

fn is_annotation(name: &str) -> bool {
    ANNOTATIONS.contains(&name) || (name.starts_with("x-") && name != "x-nullable")
}

/// Adds to an enumeration, or makes one of a constant.
fn add_value(node: &mut Object, value: &Value) {
    if let Some(constant) = node.shift_remove("const") {
        node.insert("enum".to_owned(), Value::Array(vec![constant, value.clone()]));
    } else if let Some(Value::Array(values)) = node.get_mut("enum")
        && !values.contains(value)
    {
        values.push(value.clone());
    }
}

/// The schema of a type; without one it takes anything.
fn of_type(kind: Option<&str>, version: Version) -> Value {
    Value::object(match kind {
        None => Object::default(),
        Some("null") if version == Version::V20 => object([("x-nullable", Value::Bool(true))]),
        Some("null") if !version.has_json_schema() => object([("nullable", Value::Bool(true))]),
        // Older versions want to know of what.
        Some("array") => object([("type", string("array")), ("items", Value::object(Object::default()))]),
        Some(kind) => object([("type", string(kind))]),
    })
}

fn value_of(json: &str) -> Value {
    serde_json::from_str(json).map_or(Value::Null, |it: Json| from_json(&it))
}

/// A tree of `serde_json` as one of documents.
fn from_json(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(it) => Value::Bool(*it),
        Json::Number(it) => Number::new(&it.to_string()).map_or(Value::Null, Value::Number),
        Json::String(it) => Value::String(it.clone()),
        Json::Array(items) => Value::Array(items.iter().map(from_json).collect()),
        Json::Object(members) => {
            Value::object(members.iter().map(|(name, it)| (name.clone(), from_json(it))).collect())
        }
    }
}

/// A text as a node.
pub(super) fn string(text: &str) -> Value {
    Value::String(text.to_owned())
}

/// An object of a few members.
pub(super) fn object<const N: usize>(members: [(&str, Value); N]) -> Object {
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
