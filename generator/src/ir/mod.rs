//! The intermediate representation: what an API is, in the words of OpenAPI and JSON Schema.
//!
//! Invariants: no word of Rust in it, no `openapiv3` type, no raw document; every node has its [`Origin`];
//! a [`SchemaId`] always finds its schema; every spelling of `null` has become a member of [`Types`].

mod operation;
mod outline;
mod pagination;
mod path;
mod placeholder;
mod rare;
mod schema;
mod schemas;
mod security;

pub use operation::{
    Body, Content, Encoding, Example, Header, Location, MediaType, Method, Operation, Parameter, ParameterForm,
    Response, ResponseKey, Style,
};
pub use outline::outline;
pub use pagination::{Pagination, Step};
pub use path::{PathTemplate, Repair, Segment};
pub(crate) use placeholder::is_alike;
pub use rare::{Absent, Rare};
pub use schema::{
    Annotations, Arrays, Assertions, Conditional, Contains, Discriminator, Extensions, Numbers, Objects, Schema,
    SchemaId, Strings, TagKind, Type, Types, Usage,
};
pub use schemas::Schemas;
pub use security::{ApiKeyLocation, Requirement, SecurityScheme, SecuritySchemeKind};

use crate::source::{FileId, Origin, Pointer};

/// A whole API: one document with everything that it references.
#[derive(Debug, Clone, PartialEq)]
pub struct Api {
    /// `info`.
    pub info: Info,
    /// `servers`, in order.
    pub servers: Vec<Server>,
    /// `tags`, in order.
    pub tags: Vec<Tag>,
    /// The path of each file, by its number; the document itself is the first.
    pub files: Vec<String>,
    /// Every schema that is named or used.
    pub schemas: Schemas,
    /// `components.schemas` by name.
    pub components: Vec<(String, SchemaId)>,
    /// `components.securitySchemes` by name.
    pub security_schemes: Vec<SecurityScheme>,
    /// Every operation below `paths`.
    pub operations: Vec<Operation>,
    /// Every operation below `webhooks` and `callbacks`: requests that the API's owner sends to its users.
    pub webhooks: Vec<Operation>,
}

/// The Info Object.
#[derive(Debug, Clone, PartialEq)]
pub struct Info {
    /// `title`.
    pub title: String,
    /// `version`: that of the document, not of OpenAPI.
    pub version: String,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
}

impl Api {
    /// A place for people: its pointer, behind the path of the file where that is another one than the document.
    ///
    /// The path begins at the folder of the document, so that it is the same on every machine.
    pub fn place(&self, file: FileId, pointer: &Pointer) -> String {
        let Some(path) = self.files.get(usize::from(file.0)).filter(|_| file != FileId(0)) else {
            return pointer.to_string();
        };
        let folder = self.files[0].rfind('/').map_or("", |slash| &self.files[0][..=slash]);
        let name = path.rsplit('/').next().unwrap_or(path);
        format!("{}{pointer}", path.strip_prefix(folder).unwrap_or(name))
    }
}

/// A Server Object.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// Where it stands.
    pub origin: Origin,
    /// `name`, which OpenAPI 3.2 has.
    pub name: Option<String>,
    /// `url`, with its variables in braces.
    pub url: String,
    /// `description`.
    pub description: Option<String>,
    /// `variables` by name.
    pub variables: Vec<ServerVariable>,
}

impl Server {
    /// The path of its URL, with the defaults of its variables and without a slash at its end.
    pub fn base_path(&self) -> String {
        let variables = self.variables.iter();
        let url = variables.fold(self.url.clone(), |url, it| url.replace(&format!("{{{}}}", it.name), &it.default));
        let path = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
        path.trim_end_matches('/').to_owned()
    }
}

/// A Server Variable Object.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerVariable {
    /// The name in the braces.
    pub name: String,
    /// `default`.
    pub default: String,
    /// `enum`; empty when every value is allowed.
    pub allowed: Vec<String>,
    /// `description`.
    pub description: Option<String>,
}

/// A Tag Object.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    /// `name`.
    pub name: String,
    /// `description`.
    pub description: Option<String>,
}
