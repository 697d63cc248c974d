//! Everything of a document but its schemas, as `openapiv3` types. The only file that names `openapiv3`.
//!
//! Objects are read one at a time, so that one bad operation is one located diagnostic. In what is read,
//! **every reference is the pointer of the node that stood there**: a Schema Object at `#/…/schema` is
//! `{"$ref": "#/…/schema"}`, and so is a Reference Object. [`origin`] turns such a text into the node's origin, and
//! [`Document::follow`] goes on from there.
//!
//! `openapiv3` is an image of OpenAPI 3.0, so some things are read from the tree where they matter:
//! - `responses` may be missing (3.1, and real documents), and so may a response's `description`: they read as empty;
//! - a parameter or header without `schema` and `content` reads as if a schema stood at its `schema`;
//! - `style` of a parameter is left out, and `in: querystring` reads as `query`;
//! - `mutualTLS` is [`SecurityScheme::MutualTls`];
//! - what the ledger ignores (examples, links, callbacks, `externalDocs`) is left out;
//! - `explode` of a header, `explode` of an encoding that is absent, `summary` of `info`, and `identifier` of a license
//!   have no place in `openapiv3`.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json, json};

use super::Document;
use super::ledger::{Fields, Kind, Level, ObjectKind, fields};
use super::policy::operation_name;
use crate::diagnostics::{Code, Diagnostics, Felt, Left};
use crate::source::{At, Origin, Pointer};

/// A security scheme.
#[expect(clippy::large_enum_variant, reason = "there are few of them, and matching through a box is awkward")]
#[derive(Debug, Clone, PartialEq)]
pub enum SecurityScheme {
    /// One that OpenAPI 3.0 knows as well.
    Known(openapiv3::SecurityScheme),
    /// A client certificate, from OpenAPI 3.1 on.
    MutualTls {
        /// What the author says about it.
        description: Option<String>,
    },
}

/// The origin of the node that a reference in a skeleton stands for; `at` is any node of the same file.
pub fn origin(at: &At<'_>, reference: &str) -> Origin {
    let pointer = Pointer::from_escaped(reference.strip_prefix('#').unwrap_or(reference));
    Origin { file: at.origin.file, pointer }
}

macro_rules! readers {
    ($($(#[$doc:meta])* $name:ident $kind:ident $type:ty;)*) => {
        $(
            $(#[$doc])*
            pub fn $name(document: &Document, at: &At<'_>, diagnostics: &mut Diagnostics) -> Option<$type> {
                read(document, at, ObjectKind::$kind, diagnostics)
            }
        )*
    };
}

readers! {
    /// The Info Object.
    info Info openapiv3::Info;
    /// A Tag Object.
    tag Tag openapiv3::Tag;
    /// A Server Object.
    server Server openapiv3::Server;
    /// The fields of a Path Item Object that all its operations share; the operations are left out.
    path_item PathItem openapiv3::PathItem;
    /// An Operation Object.
    operation Operation openapiv3::Operation;
    /// A Parameter Object.
    parameter Parameter openapiv3::Parameter;
    /// A Request Body Object.
    request_body RequestBody openapiv3::RequestBody;
    /// A Media Type Object.
    media_type MediaType openapiv3::MediaType;
    /// A Response Object.
    response Response openapiv3::Response;
    /// A Header Object.
    header Header openapiv3::Header;
}

/// A Security Scheme Object.
pub fn security_scheme(document: &Document, at: &At<'_>, diagnostics: &mut Diagnostics) -> Option<SecurityScheme> {
    if at.text("type") == Some("mutualTLS") {
        return Some(SecurityScheme::MutualTls { description: at.text("description").map(str::to_owned) });
    }
    read(document, at, ObjectKind::SecurityScheme, diagnostics).map(SecurityScheme::Known)
}

/// A list of Security Requirement Objects; a bad one is reported and left out.
pub fn security(
    document: &Document,
    at: &At<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<openapiv3::SecurityRequirement> {
    at.items().filter_map(|item| read(document, &item, ObjectKind::SecurityRequirement, diagnostics)).collect()
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
            let name = operation_name(&at.origin);
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
    /// The fields that matter, with pointers in the place of schemas and references.
    fn object(&self, at: &At<'_>, kind: ObjectKind) -> Json {
        let rows = fields(kind, self.document.version);
        let mut members = Map::new();
        for (key, member) in at.entries() {
            if let Some(value) = self.field(rows, key, &member, kind) {
                members.insert(key.to_owned(), value);
            }
        }
        if matches!(kind, ObjectKind::Parameter | ObjectKind::Header) && !members.contains_key("content") {
            members.entry("schema").or_insert_with(|| pointer(&at.origin.key("schema")));
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
        let Some(row) = rows.named(key).or_else(|| rows.pattern().filter(|_| !is_extension)) else {
            return is_extension.then(|| member.value.to_json());
        };
        let is_operation = row.kind == Kind::Object(ObjectKind::Operation);
        // Callbacks may refer to each other in circles, and are lowered from the tree.
        let is_callbacks = row.kind == Kind::Map(&Kind::OrReference(ObjectKind::Callback));
        // Lowering reads it from the tree: `openapiv3` knows fewer.
        let is_style = key == "style" && owner == ObjectKind::Parameter;
        if row.level == Level::Ignored
            || is_operation
            || is_callbacks
            || is_style
            || (*member.value == crate::source::Value::Null)
        {
            return None;
        }
        if key == "in" && owner == ObjectKind::Parameter && member.value.as_str() == Some("querystring") {
            return Some(json!("query"));
        }
        Some(self.value(member, row.kind))
    }

    fn value(&self, at: &At<'_>, kind: Kind) -> Json {
        match kind {
            Kind::Object(ObjectKind::Schema) => pointer(&at.origin),
            Kind::OrReference(_) if at.value.get("$ref").is_some() => pointer(&at.origin),
            Kind::Object(object) | Kind::OrReference(object) => self.object(at, object),
            Kind::Map(inner) => {
                Json::Object(at.entries().map(|(key, member)| (key.to_owned(), self.value(&member, *inner))).collect())
            }
            // An item that was left out has left its place.
            Kind::Array(inner) => {
                let items = at.items().filter(|item| *item.value != crate::source::Value::Null);
                items.map(|item| self.value(&item, *inner)).collect()
            }
            Kind::Any
            | Kind::Text
            | Kind::OneOf(_)
            | Kind::Boolean
            | Kind::Number
            | Kind::Count
            | Kind::Reference(_)
            | Kind::DynamicReference
            | Kind::Either(_) => at.value.to_json(),
        }
    }
}

fn pointer(origin: &Origin) -> Json {
    json!({ "$ref": origin.pointer.to_string() })
}
