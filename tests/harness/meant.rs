//! What a schema means beyond its letter, as the notes of the generator say, in the words of JSON Schema.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde_json::{Map, Value, json};

/// What a fragment of a URI holds in no other way (RFC 3986, section 3.5).
const FRAGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b']')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What a reference leads to; people write it as a URI or as the bare pointer.
pub(crate) fn target<'v>(root: &'v Value, reference: &str) -> Option<&'v Value> {
    let pointer = reference.strip_prefix('#')?;
    root.pointer(pointer).or_else(|| root.pointer(&percent_decode_str(pointer).decode_utf8().ok()?))
}

/// The schema that a reference to a parameter, a header or a body means: the one in it.
pub(crate) fn of_another_kind<'v>(document: &'v Value, keywords: &Map<String, Value>) -> Option<&'v Value> {
    let reference = keywords.get("$ref")?.as_str()?;
    let is_component = reference.starts_with("#/components/") && reference.split('/').count() == 4;
    let found = target(document, reference).filter(|_| is_component)?;
    found
        .get("schema")
        .or_else(|| found.get("content")?.as_object()?.values().next()?.get("schema"))
        .filter(|_| !reference.starts_with("#/components/schemas/"))
}

/// A schema whose references are URIs.
pub(crate) fn encoded(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let inner = |(name, value): (&String, &Value)| match value {
                Value::String(it) if name == "$ref" => {
                    (name.clone(), utf8_percent_encode(it, FRAGMENT).to_string().into())
                }
                _ => (name.clone(), encoded(value)),
            };
            Value::Object(members.iter().map(inner).collect())
        }
        Value::Array(items) => items.iter().map(encoded).collect(),
        scalar => scalar.clone(),
    }
}

/// The formats that the validator knows, and about which there are no two opinions on what the instances hold.
const FORMATS: &[&str] = &[
    "date-time",
    "date",
    "time",
    "duration",
    "uuid",
    "ipv4",
    "ipv6",
    "email",
    "hostname",
    "uri",
    "uri-reference",
    "uri-template",
    "iri",
    "iri-reference",
    "json-pointer",
    "relative-json-pointer",
    "regex",
];
/// Those of OpenAPI's registry that it does not know, as patterns.
const PATTERNS: &[(&str, &str)] =
    &[("byte", "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"), ("decimal", r"^-?[0-9]+(\.[0-9]+)?$")];

/// The keyword that names the format of a pattern, for those who make instances.
pub(crate) const FORMAT: &str = "x-format";

/// What a format asserts; nothing where it is an annotation.
pub(crate) fn format(format: &str) -> Option<Value> {
    let range = match format {
        "int8" => Some((i64::from(i8::MIN), u64::from(i8::MAX.unsigned_abs()))),
        "int16" => Some((i64::from(i16::MIN), u64::from(i16::MAX.unsigned_abs()))),
        "int32" => Some((i64::from(i32::MIN), u64::from(i32::MAX.unsigned_abs()))),
        "int64" => Some((i64::MIN, i64::MAX.unsigned_abs())),
        "uint8" => Some((0, u64::from(u8::MAX))),
        "uint16" => Some((0, u64::from(u16::MAX))),
        "uint32" => Some((0, u64::from(u32::MAX))),
        "uint" | "uint64" => Some((0, u64::MAX)),
        _ => None,
    };
    let pattern = PATTERNS.iter().find(|(name, _)| *name == format);
    let known = FORMATS.contains(&format).then(|| json!({ "format": format }));
    known
        .or_else(|| range.map(|(min, max)| json!({ "minimum": min, "maximum": max, "multipleOf": 1 })))
        .or_else(|| pattern.map(|(name, pattern)| json!({ FORMAT: name, "pattern": pattern })))
}

/// Keywords about objects make an object of a schema without `type`.
pub(crate) fn object(keywords: &Map<String, Value>, schema: &mut Map<String, Value>) {
    let has = |names: &[&str]| names.iter().any(|name| keywords.contains_key(*name));
    if has(&["properties", "required", "additionalProperties"]) && !has(&["type", "enum", "const"]) {
        schema.insert("type".to_owned(), "object".into());
    }
}

fn is_nullable(keywords: &Map<String, Value>) -> bool {
    keywords.get("nullable") == Some(&Value::Bool(true))
}

fn is_composed(keywords: &Map<String, Value>) -> bool {
    ["$ref", "allOf", "oneOf", "anyOf"].iter().any(|it| keywords.contains_key(*it))
}

/// `nullable` beside a type or an enumeration, to which `null` then belongs.
pub(crate) fn null(keywords: &Map<String, Value>, schema: &mut Map<String, Value>) {
    if !is_nullable(keywords) || is_composed(keywords) {
        return;
    }
    if let Some(ty) = schema.get("type").cloned().filter(Value::is_string) {
        schema.insert("type".to_owned(), json!([ty, "null"]));
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
}

/// `nullable` beside a reference or a composition: `null` satisfies the whole.
pub(crate) fn or_null(keywords: &Map<String, Value>, schema: Value) -> Value {
    if is_nullable(keywords) && is_composed(keywords) {
        return json!({ "anyOf": [{ "type": "null" }, schema] });
    }
    schema
}

/// An enumeration that forgets `null`, or the quotes of a string.
pub(crate) fn enumeration(schema: &mut Map<String, Value>) {
    let types: Vec<&str> = match schema.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => return,
    };
    let allows_null = types.len() > 1 && types.contains(&"null");
    let are_strings = types.iter().all(|it| matches!(*it, "string" | "null"));
    let Some(Value::Array(values)) = schema.get_mut("enum") else { return };
    if are_strings {
        for value in values.iter_mut().filter(|it| it.is_boolean() || it.is_number()) {
            *value = value.to_string().into();
        }
    }
    if allows_null && !values.contains(&Value::Null) {
        values.push(Value::Null);
    }
}
