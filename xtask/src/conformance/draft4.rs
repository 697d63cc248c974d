//! Draft 4 in OpenAPI 3.0, which has fewer keywords: `definitions` become components, and a schema that uses what 3.0
//! does not have is not expressible.

use std::collections::BTreeMap;

use specwright::source::{Object, Value};

/// Keywords of the Schema Object that draft 4 has too and that hold no schema.
const PLAIN: &[&str] = &[
    "title",
    "description",
    "default",
    "multipleOf",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "maxProperties",
    "minProperties",
    "required",
    "enum",
    "format",
    // OpenAPI's own keyword: the suite has none of it, groups of ours may.
    "nullable",
];
const DIALECT: &str = "http://json-schema.org/draft-04/schema";

/// The components for a schema, or why OpenAPI cannot express it.
pub(super) fn wrap(schema: &Value) -> Result<Vec<(String, Value)>, String> {
    let Some(members) = schema.as_object() else { return Err("a schema that is no object".to_owned()) };
    let mut members = members.clone();
    if let Some(dialect) = members.shift_remove("$schema")
        && dialect.as_str().is_none_or(|it| it.trim_end_matches('#') != DIALECT)
    {
        return Err("another dialect".to_owned());
    }
    let definitions = match members.shift_remove("definitions") {
        Some(Value::Object(definitions)) => *definitions,
        _ => Object::default(),
    };
    let names = definitions.keys().enumerate().map(|(idx, name)| (name.clone(), format!("Definition{idx}")));
    let wrapper = Wrapper { components: names.collect() };
    let mut components = vec![("Root".to_owned(), wrapper.schema(&Value::object(members))?)];
    for (name, definition) in &definitions {
        components.push((wrapper.components[name].clone(), wrapper.schema(definition)?));
    }
    Ok(components)
}

struct Wrapper {
    /// The component of each definition.
    components: BTreeMap<String, String>,
}

impl Wrapper {
    fn schema(&self, schema: &Value) -> Result<Value, String> {
        let members = schema.as_object().ok_or("a boolean schema")?;
        let mut out = Object::default();
        for (name, value) in members {
            let value = self.keyword(name, value).map_err(|reason| reason.replace("{name}", name))?;
            out.insert(name.clone(), value);
        }
        // OpenAPI 3.0 wants `items` beside `type: array`; draft 4 means any item where it is absent.
        if out.get("type").and_then(Value::as_str) == Some("array") && !out.contains_key("items") {
            out.insert("items".to_owned(), Value::object(Object::default()));
        }
        Ok(Value::object(out))
    }

    fn keyword(&self, name: &str, value: &Value) -> Result<Value, String> {
        match (name, value) {
            ("$ref", Value::String(text)) => self.reference(text).map(Value::String),
            ("type", Value::String(name)) if name == "null" => Err("type: null".to_owned()),
            ("type", Value::Array(_)) => Err("type: a list".to_owned()),
            ("items", Value::Array(_)) => Err("items: a list".to_owned()),
            ("additionalProperties", Value::Bool(_)) | ("type", _) => Ok(value.clone()),
            ("items" | "not" | "additionalProperties", schema) => self.schema(schema),
            ("allOf" | "anyOf" | "oneOf", Value::Array(items)) => {
                items.iter().map(|it| self.schema(it)).collect::<Result<_, _>>().map(Value::Array)
            }
            ("properties", Value::Object(members)) => {
                let members = members.iter().map(|(name, it)| Ok((name.clone(), self.schema(it)?)));
                members.collect::<Result<_, String>>().map(Value::object)
            }
            _ if PLAIN.contains(&name) => Ok(value.clone()),
            _ => Err("keyword {name}".to_owned()),
        }
    }

    /// `#/definitions/x/y` is `#/components/schemas/X/y`.
    fn reference(&self, text: &str) -> Result<String, String> {
        let Some(pointer) = text.strip_prefix('#').filter(|it| it.is_empty() || it.starts_with('/')) else {
            return Err(format!("remote reference: {text}"));
        };
        let Some(rest) = pointer.strip_prefix("/definitions/") else {
            return Ok(format!("#/components/schemas/Root{pointer}"));
        };
        let (token, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let name = percent_encoding::percent_decode_str(token).decode_utf8_lossy();
        let name = name.replace("~1", "/").replace("~0", "~");
        let component = self.components.get(&name).ok_or_else(|| format!("dangling reference: {text}"))?;
        Ok(format!("#/components/schemas/{component}{rest}"))
    }
}
