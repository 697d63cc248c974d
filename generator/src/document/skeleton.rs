//! What is said of operations, parameters, bodies, responses, headers and security schemes beside their parts.
//!
//! `openapiv3` reads each object, so that one bad operation is one located diagnostic, and nothing of it leaves this
//! file: what comes out are small records, and the parts are lowered from the tree. In what the library reads, **every
//! schema, every reference, every value without a meaning of its own, and every part that is read by itself is a
//! stand-in**: it has no say in what stands there.
//!
//! `openapiv3` is an image of OpenAPI 3.0, so some things are read from the tree where they matter:
//! - `responses` may be missing (3.1, and real documents), and so may a response's `description`: they read as empty;
//! - a parameter or header without `schema` and `content` reads as if it had a schema;
//! - `style` of a parameter or an encoding is left out, and `in: querystring` reads as `query`;
//! - `mutualTLS` is [`SchemeHead::MutualTls`];
//! - what the ledger ignores (examples, links, callbacks, `externalDocs`) is left out.

use openapiv3::{APIKeyLocation, SecurityScheme};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json, json};

use super::Document;
use super::ledger::{Fields, Level, ObjectKind, ValueKind, fields};
use super::policy::operation_name;
use crate::diagnostics::{Code, Diagnostics, Felt, Left};
use crate::source::{At, Value};

/// What is said of an Operation Object as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationHead {
    /// `operationId`.
    pub id: Option<String>,
    /// `tags`.
    pub tags: Vec<String>,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
}

/// What is said of a Parameter Object as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a field of the Parameter Object")]
pub struct ParameterHead {
    /// `name`.
    pub name: String,
    /// `in`, where `querystring` is a query.
    pub place: ParameterPlace,
    /// `description`.
    pub description: Option<String>,
    /// `required`.
    pub required: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// `explode`, where the document says it.
    pub explode: Option<bool>,
    /// `allowReserved`, which only a query has.
    pub allow_reserved: bool,
    /// `allowEmptyValue`, which only a query has.
    pub allow_empty: bool,
}

/// The `in` of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterPlace {
    /// `path`
    Path,
    /// `query` and `querystring`
    Query,
    /// `header`
    Header,
    /// `cookie`
    Cookie,
}

/// What is said of a Request Body Object or a Header Object as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartHead {
    /// `description`.
    pub description: Option<String>,
    /// `required`.
    pub required: bool,
}

/// What is said of a Response Object as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseHead {
    /// `description`; empty where there is none.
    pub description: String,
}

/// What a Security Scheme Object asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemeHead {
    /// `apiKey`.
    ApiKey {
        /// `in`.
        place: KeyPlace,
        /// `name`.
        name: String,
    },
    /// `http`.
    Http {
        /// `scheme`.
        scheme: String,
    },
    /// `oauth2`.
    OAuth2,
    /// `openIdConnect`.
    OpenIdConnect,
    /// `mutualTLS`, from OpenAPI 3.1 on.
    MutualTls,
}

/// The `in` of an API key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyPlace {
    /// `query`
    Query,
    /// `header`
    Header,
    /// `cookie`
    Cookie,
}

/// Reads an Operation Object.
pub fn operation(document: &Document, at: &At<'_>, diagnostics: &mut Diagnostics) -> Option<OperationHead> {
    let read: openapiv3::Operation = read(document, at, ObjectKind::Operation, diagnostics)?;
    Some(OperationHead {
        id: read.operation_id,
        tags: read.tags,
        summary: read.summary,
        description: read.description,
        deprecated: read.deprecated,
    })
}

/// Reads a Parameter Object.
pub fn parameter(document: &Document, at: &At<'_>, diagnostics: &mut Diagnostics) -> Option<ParameterHead> {
    use openapiv3::Parameter::{Cookie, Header, Path, Query};
    let read: openapiv3::Parameter = read(document, at, ObjectKind::Parameter, diagnostics)?;
    let (data, place, allow_reserved, allow_empty) = match read {
        Path { parameter_data, .. } => (parameter_data, ParameterPlace::Path, false, false),
        Header { parameter_data, .. } => (parameter_data, ParameterPlace::Header, false, false),
        Cookie { parameter_data, .. } => (parameter_data, ParameterPlace::Cookie, false, false),
        Query { parameter_data, allow_reserved, allow_empty_value, .. } => {
            (parameter_data, ParameterPlace::Query, allow_reserved, allow_empty_value.unwrap_or(false))
        }
    };
    Some(ParameterHead {
        name: data.name,
        place,
        description: data.description,
        required: data.required,
        deprecated: data.deprecated.unwrap_or(false),
        explode: data.explode,
        allow_reserved,
        allow_empty,
    })
}

/// Reads a Request Body Object.
pub fn request_body(document: &Document, at: &At<'_>, diagnostics: &mut Diagnostics) -> Option<PartHead> {
    let read: openapiv3::RequestBody = read(document, at, ObjectKind::RequestBody, diagnostics)?;
    Some(PartHead { description: read.description, required: read.required })
}

/// Reads a Response Object.
pub fn response(document: &Document, at: &At<'_>, diagnostics: &mut Diagnostics) -> Option<ResponseHead> {
    let read: openapiv3::Response = read(document, at, ObjectKind::Response, diagnostics)?;
    Some(ResponseHead { description: read.description })
}

/// Reads a Header Object.
pub fn header(document: &Document, at: &At<'_>, diagnostics: &mut Diagnostics) -> Option<PartHead> {
    let read: openapiv3::Header = read(document, at, ObjectKind::Header, diagnostics)?;
    Some(PartHead { description: read.description, required: read.required })
}

/// Reads a Security Scheme Object.
pub fn security_scheme(document: &Document, at: &At<'_>, diagnostics: &mut Diagnostics) -> Option<SchemeHead> {
    if at.string("type") == Some("mutualTLS") {
        return Some(SchemeHead::MutualTls);
    }
    let read: SecurityScheme = read(document, at, ObjectKind::SecurityScheme, diagnostics)?;
    Some(match read {
        SecurityScheme::APIKey { location, name, .. } => SchemeHead::ApiKey { place: key_place(&location), name },
        SecurityScheme::HTTP { scheme, .. } => SchemeHead::Http { scheme },
        SecurityScheme::OAuth2 { .. } => SchemeHead::OAuth2,
        SecurityScheme::OpenIDConnect { .. } => SchemeHead::OpenIdConnect,
    })
}

fn key_place(location: &APIKeyLocation) -> KeyPlace {
    match location {
        APIKeyLocation::Query => KeyPlace::Query,
        APIKeyLocation::Header => KeyPlace::Header,
        APIKeyLocation::Cookie => KeyPlace::Cookie,
    }
}

fn read<T: DeserializeOwned>(
    document: &Document,
    at: &At<'_>,
    kind: ObjectKind,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let skeleton = Skeleton { document }.object(at, kind);
    match serde_json::from_value(skeleton) {
        Ok(value) => Some(value),
        // Mostly the object has been checked already, and the finding inside it says more.
        Err(_) if diagnostics.has_errors_within(&at.origin) => None,
        Err(error) => {
            let message = format!("{} cannot be read: {error}", kind.with_article());
            let finding = diagnostics.report(Code::InvalidField, &at.origin, message).at_key();
            let name = operation_name(&at.origin, &document.targets);
            match kind {
                // The caller has a hook in its place.
                ObjectKind::SecurityScheme => finding.taken_as("a scheme that the document does not describe"),
                ObjectKind::Operation => finding.leaves_out(Left::operation(format!("the operation `{name}`"))),
                ObjectKind::Parameter | ObjectKind::RequestBody => {
                    finding.leaves_out(Left::operation("the operation that needs it"))
                }
                kind => finding.leaves_out(Left::new(kind.with_article(), Felt::Both)),
            };
            None
        }
    }
}

struct Skeleton<'d> {
    document: &'d Document,
}

impl Skeleton<'_> {
    /// The fields that matter, with stand-ins for schemas and references.
    fn object(&self, at: &At<'_>, kind: ObjectKind) -> Json {
        let rows = fields(kind, self.document.version);
        let mut members = Map::new();
        for (key, member) in at.entries() {
            if let Some(value) = self.field(rows, key, &member, kind) {
                members.insert(key.to_owned(), value);
            }
        }
        if matches!(kind, ObjectKind::Parameter | ObjectKind::Header) && !members.contains_key("content") {
            members.entry("schema").or_insert_with(stand_in);
        }
        if kind == ObjectKind::Operation {
            members.entry("responses").or_insert_with(|| json!({}));
        }
        if kind == ObjectKind::Response {
            members.entry("description").or_insert_with(|| json!(""));
        }
        Json::Object(members)
    }

    fn field(&self, rows: &Fields, key: &str, member: &At<'_>, owner: ObjectKind) -> Option<Json> {
        let is_extension = key.starts_with("x-") && owner != ObjectKind::SecurityRequirement;
        let row = rows.named(key).or_else(|| rows.pattern().filter(|_| !is_extension))?;
        let is_operation = row.kind == ValueKind::Object(ObjectKind::Operation);
        // Callbacks may refer to each other in circles, and are lowered from the tree.
        let is_callbacks = row.kind == ValueKind::Map(&ValueKind::OrReference(ObjectKind::Callback));
        // Lowering reads it from the tree: `openapiv3` knows fewer.
        let is_style = key == "style" && matches!(owner, ObjectKind::Parameter | ObjectKind::Encoding);
        if row.level == Level::Ignored || is_operation || is_callbacks || is_style || (*member.value == Value::Null) {
            return None;
        }
        if key == "in" && owner == ObjectKind::Parameter && member.value.as_str() == Some("querystring") {
            return Some(json!("query"));
        }
        Some(self.value(member, row.kind))
    }

    fn value(&self, at: &At<'_>, kind: ValueKind) -> Json {
        match kind {
            ValueKind::Object(ObjectKind::Schema)
            | ValueKind::OrReference(
                ObjectKind::Parameter | ObjectKind::RequestBody | ObjectKind::Response | ObjectKind::Header,
            ) => stand_in(),
            ValueKind::OrReference(_) if at.value.get("$ref").is_some() => stand_in(),
            ValueKind::Object(object) | ValueKind::OrReference(object) => self.object(at, object),
            ValueKind::Map(inner) => {
                Json::Object(at.entries().map(|(key, member)| (key.to_owned(), self.value(&member, *inner))).collect())
            }
            // An item that was left out has left its place.
            ValueKind::Array(inner) => {
                let items = at.items().filter(|item| *item.value != Value::Null);
                items.map(|item| self.value(&item, *inner)).collect()
            }
            ValueKind::Any => Json::Null,
            ValueKind::Text
            | ValueKind::OneOf(_)
            | ValueKind::Boolean
            | ValueKind::Number
            | ValueKind::Count
            | ValueKind::Reference(_)
            | ValueKind::DynamicReference
            | ValueKind::RecursiveReference
            | ValueKind::Either(_) => at.value.to_json(),
        }
    }
}

/// What the library sees in the place of a schema or a reference.
fn stand_in() -> Json {
    json!({ "$ref": "" })
}
