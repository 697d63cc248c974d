//! Draft 2020-12 in OpenAPI 3.1: the schema becomes a component as it is.
//!
//! Only references change: `#/$defs/x` counted from the schema, and counts from the document now. Within a schema that
//! has an `$id` it counts from there before and after.

use specwright::source::{Object, Value};

/// Keywords that hold a schema.
const ONE: &[&str] = &[
    "not",
    "if",
    "then",
    "else",
    "items",
    "contains",
    "additionalProperties",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentSchema",
];
/// Keywords that hold a list of schemas.
const LIST: &[&str] = &["allOf", "anyOf", "oneOf", "prefixItems"];
/// Keywords that hold schemas by name; the last ones are of older drafts.
const MAP: &[&str] = &["properties", "patternProperties", "dependentSchemas", "$defs", "definitions", "dependencies"];
/// The dialects that are draft 2020-12.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
/// Where the schema is in the document.
const ROOT: &str = "#/components/schemas/Root";

/// The components for a schema, or why OpenAPI cannot express it.
pub(super) fn wrap(schema: &Value) -> Result<Vec<(String, Value)>, String> {
    let mut wrapper = Wrapper::default();
    let root = wrapper.schema(schema, &Around { base: None, moved: true });
    if let Some(dialect) = wrapper.other_dialect {
        return Err(format!("another dialect: {dialect}"));
    }
    let is_known = |(location, _): &&(String, String)| wrapper.ids.iter().any(|id| id == location);
    if let Some((_, text)) = wrapper.references.iter().find(|it| !is_known(it)) {
        return Err(format!("remote reference: {text}"));
    }
    Ok(vec![("Root".to_owned(), root)])
}

/// What surrounds a schema.
#[derive(Clone)]
struct Around {
    /// The `$id` that references are relative to.
    base: Option<String>,
    /// Whether `#` was the root of the group's schema, which is a component now.
    moved: bool,
}

#[derive(Default)]
struct Wrapper {
    other_dialect: Option<String>,
    /// Every `$id`, resolved.
    ids: Vec<String>,
    /// Every reference that leaves its schema: the location, resolved, and the text.
    references: Vec<(String, String)>,
}

impl Wrapper {
    fn schema(&mut self, schema: &Value, around: &Around) -> Value {
        let Value::Object(members) = schema else { return schema.clone() };
        let around = self.around(members, around);
        let mapped = members.iter().map(|(name, value)| (name.clone(), self.keyword(name, value, &around)));
        Value::object(mapped.collect())
    }

    fn around(&mut self, members: &Object, around: &Around) -> Around {
        if let Some(dialect) = members.get("$schema").and_then(Value::as_str)
            && dialect.trim_end_matches('#') != DIALECT
        {
            self.other_dialect.get_or_insert_with(|| dialect.to_owned());
        }
        let Some(id) = members.get("$id").and_then(Value::as_str) else { return around.clone() };
        let location = resolve(around.base.as_deref(), id.split('#').next().unwrap_or_default());
        self.ids.push(location.clone());
        Around { base: Some(location), moved: false }
    }

    fn keyword(&mut self, name: &str, value: &Value, around: &Around) -> Value {
        match value {
            Value::String(text) if name == "$ref" || name == "$dynamicRef" => self.reference(text, around),
            Value::Array(items) if LIST.contains(&name) => {
                Value::Array(items.iter().map(|it| self.schema(it, around)).collect())
            }
            Value::Object(members) if MAP.contains(&name) => {
                let members = members.iter().map(|(name, it)| (name.clone(), self.schema(it, around)));
                Value::object(members.collect())
            }
            _ if ONE.contains(&name) => self.schema(value, around),
            _ => value.clone(),
        }
    }

    fn reference(&mut self, text: &str, around: &Around) -> Value {
        let (location, fragment) = text.split_once('#').unwrap_or((text, ""));
        if !location.is_empty() {
            self.references.push((resolve(around.base.as_deref(), location), text.to_owned()));
        }
        let is_pointer = fragment.is_empty() || fragment.starts_with('/');
        let text = if location.is_empty() && around.moved && is_pointer {
            format!("{ROOT}{fragment}")
        } else {
            text.to_owned()
        };
        Value::String(text)
    }
}

/// A location against a base, as far as the suite needs it.
fn resolve(base: Option<&str>, location: &str) -> String {
    let base = fluent_uri::Uri::parse(base.unwrap_or("https://conformance.invalid/document.json"));
    let reference = fluent_uri::UriRef::parse(location);
    match (base, reference) {
        (Ok(base), Ok(reference)) => {
            reference.resolve_against(&base).map_or_else(|_| location.to_owned(), |it| it.normalize().into_string())
        }
        _ => location.to_owned(),
    }
}
