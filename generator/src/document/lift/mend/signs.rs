//! What shows that there is something to mend, so that most documents are not rebuilt.

use super::super::fields::VALUE;
use super::DEEPEST;
use crate::document::Version;
use crate::document::ledger::{ObjectKind, ValueKind, fields};
use crate::source::Value;

/// Keywords that say that an object is a schema, where a media type is wanted.
pub(super) const OF_SCHEMAS: [&str; 9] =
    ["type", "properties", "items", "allOf", "anyOf", "oneOf", "enum", "additionalProperties", "format"];

/// The fields of a Path Item Object that are operations.
pub(super) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Whether there is any sign in a value of a kind.
pub(super) fn any(value: &Value, kind: ValueKind, version: Version, depth: usize) -> bool {
    if depth > DEEPEST {
        return false;
    }
    match kind {
        ValueKind::Object(ObjectKind::Schema | ObjectKind::SecurityRequirement) => false,
        ValueKind::Object(object) | ValueKind::OrReference(object) => {
            let rows = fields(object, version);
            is_sign(value, object)
                || value.as_object().into_iter().flatten().any(|(key, member)| {
                    let row = rows.named(key).or_else(|| rows.pattern().filter(|_| !key.starts_with("x-")));
                    row.is_some_and(|row| any(member, row.kind, version, depth + 1))
                })
        }
        ValueKind::Map(inner) => {
            value.as_object().into_iter().flatten().any(|(_, member)| any(member, *inner, version, depth + 1))
        }
        ValueKind::Array(inner) => {
            let has_null = |item: &Value| *item == Value::Null && is_object_without_nulls(*inner);
            let items = value.as_array().unwrap_or_default();
            items.iter().any(|item| has_null(item) || any(item, *inner, version, depth + 1))
        }
        _ => false,
    }
}

/// Whether items of a kind are objects that say nothing where they are `null`.
pub(super) fn is_object_without_nulls(kind: ValueKind) -> bool {
    match kind {
        ValueKind::Object(kind) => !matches!(kind, ObjectKind::Schema | ObjectKind::SecurityRequirement),
        ValueKind::OrReference(_) => true,
        _ => false,
    }
}

/// Whether an object may have to be mended itself.
fn is_sign(value: &Value, kind: ObjectKind) -> bool {
    let is_object = |key: &str| value.get(key).is_some_and(|it| it.as_object().is_some());
    match kind {
        ObjectKind::OpenApi | ObjectKind::Operation => {
            is_object("servers") || is_object("parameters") || has_odd_security(value) || has_old_parameters(value)
        }
        ObjectKind::PathItem => {
            is_object("servers")
                || is_object("parameters")
                || has_old_parameters(value)
                || value.as_object().into_iter().flatten().any(|(key, _)| method(key).is_some())
        }
        ObjectKind::Components => {
            let parameters = value.get("parameters").and_then(Value::as_object);
            parameters.into_iter().flatten().any(|(_, it)| is_old_parameter(it))
        }
        ObjectKind::Parameter | ObjectKind::Header => {
            value.get("$ref").is_none() && (VALUE.iter().any(|key| value.get(key).is_some()) || has_bare_schema(value))
        }
        ObjectKind::RequestBody | ObjectKind::Response => {
            value.get("schema").is_some() || has_bare_schema(value) || refers_to_schema(value)
        }
        ObjectKind::MediaType => is_schema(value.get("$ref").and_then(Value::as_str), |key| value.get(key).is_some()),
        _ => false,
    }
}

/// The method that a key in capital letters names.
pub(super) fn method(key: &str) -> Option<&'static str> {
    METHODS.iter().find(|it| **it != key && it.eq_ignore_ascii_case(key)).copied()
}

/// `security` without its list, or with the names of schemes.
fn has_odd_security(value: &Value) -> bool {
    let security = value.get("security");
    let items = security.and_then(Value::as_array).unwrap_or_default();
    security.is_some_and(|it| it.as_object().is_some()) || items.iter().any(|it| it.as_str().is_some())
}

fn has_old_parameters(value: &Value) -> bool {
    let items = value.get("parameters").and_then(Value::as_array).unwrap_or_default();
    items.iter().any(is_old_parameter)
}

/// A parameter that 2.0 has for bodies.
pub(super) fn is_old_parameter(value: &Value) -> bool {
    let location = value.get("in").and_then(Value::as_str);
    location.is_some_and(|it| old_location(it).is_some())
}

/// `body` or `formData`, however it is spelled.
pub(super) fn old_location(location: &str) -> Option<&'static str> {
    ["body", "formData"].into_iter().find(|it| it.eq_ignore_ascii_case(location))
}

/// `content: { schema: … }`, without the level of the media type.
fn has_bare_schema(value: &Value) -> bool {
    value.get("content").and_then(|it| it.get("schema")).is_some_and(|it| it.as_object().is_some())
}

fn refers_to_schema(value: &Value) -> bool {
    value.get("$ref").and_then(Value::as_str).is_some_and(is_to_schema)
}

/// Whether a reference names a schema by where it stands.
pub(super) fn is_to_schema(reference: &str) -> bool {
    let Some((_, fragment)) = reference.split_once('#') else { return false };
    ["/components/schemas/", "/definitions/"].iter().any(|it| fragment.strip_prefix(it).is_some_and(is_one_name))
}

fn is_one_name(rest: &str) -> bool {
    !rest.is_empty() && !rest.contains('/')
}

/// Whether what stands in the place of a media type is a schema, by its reference and by the keys that it has.
pub(super) fn is_schema(reference: Option<&str>, has: impl Fn(&str) -> bool) -> bool {
    let has_own = ["schema", "itemSchema"].iter().any(|it| has(it));
    match reference {
        Some(reference) => is_to_schema(reference),
        None => !has_own && OF_SCHEMAS.iter().any(|it| has(it)),
    }
}
