//! The fields that Swagger 2.0 gives its objects, but for the Schema Object, whose keywords are those of 3.0.

use super::Lift;
use crate::diagnostics::Code;
use crate::document::suggest::similar;
use crate::source::Placed;

/// An object of Swagger 2.0.
pub(super) struct Object {
    name: &'static str,
    fields: &'static [&'static str],
}

/// What a parameter, an item or a header says about its value.
pub(super) const VALUE: &[&str] = &[
    "type",
    "format",
    "items",
    "default",
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
    "enum",
    "multipleOf",
];

pub(super) const ROOT: Object = Object {
    name: "a Swagger Object",
    fields: &[
        "swagger",
        "info",
        "host",
        "basePath",
        "schemes",
        "consumes",
        "produces",
        "paths",
        "definitions",
        "parameters",
        "responses",
        "securityDefinitions",
        "security",
        "tags",
        "externalDocs",
    ],
};

pub(super) const PATH_ITEM: Object = Object {
    name: "a Path Item Object",
    fields: &["$ref", "get", "put", "post", "delete", "options", "head", "patch", "parameters"],
};

pub(super) const OPERATION: Object = Object {
    name: "an Operation Object",
    fields: &[
        "tags",
        "summary",
        "description",
        "externalDocs",
        "operationId",
        "consumes",
        "produces",
        "parameters",
        "responses",
        "schemes",
        "deprecated",
        "security",
    ],
};

pub(super) const BODY: Object =
    Object { name: "a Parameter Object with `in: body`", fields: &["name", "in", "description", "required", "schema"] };

/// Without those of [`VALUE`].
pub(super) const PARAMETER: Object = Object {
    name: "a Parameter Object",
    fields: &["name", "in", "description", "required", "allowEmptyValue", "collectionFormat"],
};

/// Without those of [`VALUE`].
pub(super) const HEADER: Object = Object { name: "a Header Object", fields: &["description", "collectionFormat"] };

pub(super) const RESPONSE: Object =
    Object { name: "a Response Object", fields: &["description", "schema", "headers", "examples"] };

pub(super) const SECURITY_SCHEME: Object = Object {
    name: "a Security Scheme Object",
    fields: &["type", "description", "name", "in", "flow", "authorizationUrl", "tokenUrl", "scopes"],
};

impl Lift<'_, '_> {
    /// Whether 2.0 knows a field; one that it does not know is reported, and goes.
    pub(super) fn knows(&mut self, object: &Object, key: &str, member: &Placed) -> bool {
        let is_value = std::ptr::eq(object.name, PARAMETER.name) || std::ptr::eq(object.name, HEADER.name);
        let more: &[&str] = if is_value { VALUE } else { &[] };
        if key.starts_with("x-") || object.fields.contains(&key) || more.contains(&key) {
            return true;
        }
        let message = format!("`{key}` is not a field of {}", object.name);
        let diagnostic = self.diagnostics.report(Code::UnknownField, &member.origin, message).at_key();
        if let Some(instead) = instead(key) {
            diagnostic.help(instead);
        } else if let Some(name) = similar(key, object.fields.iter().chain(more).copied()) {
            diagnostic.help(format!("a field with a similar name is `{name}`"));
        }
        false
    }
}

/// How 2.0 says what is a field of its own in OpenAPI 3.
fn instead(key: &str) -> Option<&'static str> {
    Some(match key {
        "requestBody" => "in Swagger 2.0 a body is a parameter with `in: body`",
        "servers" => "in Swagger 2.0 a server is `host`, `basePath` and `schemes`",
        "components" => {
            "in Swagger 2.0 these are `definitions`, `parameters`, `responses` and `securityDefinitions` at the root"
        }
        "content" => "in Swagger 2.0 media types stand in `consumes` and `produces`, beside a `schema`",
        "style" | "explode" => "in Swagger 2.0 this is `collectionFormat`",
        "openapi" | "webhooks" | "callbacks" => "write `openapi` in the place of `swagger` to use it",
        _ => return None,
    })
}
