//! The rows of the Schema Object: OpenAPI 3.0's own vocabulary, and JSON Schema 2020-12 for 3.1.

use super::ObjectKind::{Discriminator, ExternalDocs, Schema, Xml};
use super::ValueKind::{
    Any, Array, Boolean, Count, DynamicReference, Either, Map, Number, Object, OneOf, RecursiveReference, Reference,
    Text,
};
use super::Versions::{Both, V30, V31};
use super::{Row, ValueKind, Versions};

const fn row(field: &'static str, versions: Versions, kind: ValueKind) -> Row {
    Row::new(Schema, field, versions, kind)
}

const SCHEMA: ValueKind = Object(Schema);
const SCHEMAS: ValueKind = Array(&SCHEMA);
const NAMED_SCHEMAS: ValueKind = Map(&SCHEMA);
const NAMES: ValueKind = Array(&Text);
const TYPES: &[&str] = &["array", "boolean", "integer", "number", "object", "string"];
const TYPES_AND_NULL: ValueKind = OneOf(&["null", "boolean", "object", "array", "number", "string", "integer"]);
const ENCODED: &str = "an annotation: the text is passed on as it is; in events it says what `data` holds";
const FILES: &str = "an annotation: the text is passed on as it is; in multipart forms it tells files from text";

/// Every keyword of the Schema Object.
pub(super) const ROWS: &[Row] = &[
    // JSON Schema Core.
    row("$schema", V31, Text).approximated("schemas are read as the dialect of OpenAPI 3.1"),
    row("$id", V31, Text),
    row("$anchor", V31, Text),
    row("$dynamicAnchor", V31, Text),
    row("$ref", Both, Reference(Schema)),
    row("$dynamicRef", V31, DynamicReference)
        .approximated("an anchor is a name in the schema with an `$id` or the component around it"),
    // Of an older draft, for which documents of today have them: one name for what is recursive.
    row("$recursiveAnchor", V31, Boolean)
        .approximated("marks what `$recursiveRef` within leads to, whoever refers here"),
    row("$recursiveRef", V31, RecursiveReference)
        .approximated("leads to the nearest schema around with `$recursiveAnchor: true`, else to the component"),
    row("$vocabulary", V31, Map(&Boolean)).ignored("has a meaning in meta-schemas only"),
    row("$comment", V31, Text).ignored("a comment"),
    row("$defs", V31, NAMED_SCHEMAS),
    // Applicators.
    row("allOf", Both, SCHEMAS),
    row("anyOf", Both, SCHEMAS),
    row("oneOf", Both, SCHEMAS),
    row("not", Both, SCHEMA),
    row("if", V31, SCHEMA),
    row("then", V31, SCHEMA),
    row("else", V31, SCHEMA),
    row("dependentSchemas", V31, NAMED_SCHEMAS),
    // Of older drafts, and still valid: one keyword for what are two.
    row("dependencies", V31, Map(&Either(&[NAMES, Boolean, SCHEMA]))),
    row("prefixItems", V31, SCHEMAS),
    row("items", Both, SCHEMA),
    row("contains", V31, SCHEMA),
    row("properties", Both, NAMED_SCHEMAS),
    row("patternProperties", V31, NAMED_SCHEMAS),
    row("additionalProperties", V30, Either(&[Boolean, SCHEMA])),
    row("additionalProperties", V31, SCHEMA),
    row("propertyNames", V31, SCHEMA),
    row("unevaluatedItems", V31, SCHEMA),
    row("unevaluatedProperties", V31, SCHEMA),
    // Assertions.
    row("type", V30, OneOf(TYPES)),
    row("type", V31, Either(&[TYPES_AND_NULL, Array(&TYPES_AND_NULL)])),
    row("enum", Both, Array(&Any)),
    row("const", V31, Any),
    row("multipleOf", Both, Number),
    row("maximum", Both, Number),
    row("exclusiveMaximum", V30, Boolean),
    row("exclusiveMaximum", V31, Number),
    row("minimum", Both, Number),
    row("exclusiveMinimum", V30, Boolean),
    row("exclusiveMinimum", V31, Number),
    row("maxLength", Both, Count),
    row("minLength", Both, Count),
    row("pattern", Both, Text),
    row("maxItems", Both, Count),
    row("minItems", Both, Count),
    row("uniqueItems", Both, Boolean),
    row("maxContains", V31, Count),
    row("minContains", V31, Count),
    row("maxProperties", Both, Count),
    row("minProperties", Both, Count),
    row("required", Both, NAMES),
    row("dependentRequired", V31, Map(&NAMES)),
    row("format", Both, Text),
    row("nullable", V30, Boolean),
    // Annotations.
    row("title", Both, Text),
    row("description", Both, Text),
    row("default", Both, Any),
    row("deprecated", Both, Boolean),
    row("readOnly", Both, Boolean),
    row("writeOnly", Both, Boolean),
    row("example", Both, Any),
    row("examples", V31, Array(&Any)),
    row("contentEncoding", V31, Text).ignored(FILES),
    row("contentMediaType", V31, Text).ignored(FILES),
    row("contentSchema", V31, SCHEMA).ignored(ENCODED),
    row("discriminator", Both, Object(Discriminator)),
    row("xml", Both, Object(Xml)).ignored("bodies of XML are passed on as text"),
    row("externalDocs", Both, Object(ExternalDocs)).ignored("documentation only; the link is not carried over"),
];
