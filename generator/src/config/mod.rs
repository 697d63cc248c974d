//! `specwright.toml`: what to generate of which documents, in one file that a team commits.
//!
//! ```toml
//! [[output]]
//! path = "crates/pets"
//!
//! [[output.api]]
//! document = "pets.yaml"
//! ```
//!
//! The records here are the file: serde reads them, and the [schema](json_schema) that editors complete by is made of
//! them. `read` checks the text against that schema first, so that both accept the same files and every mistake has
//! its place.

mod changes;
mod diff;
mod entries;
mod explain;
mod extensions;
mod read;
mod reserved;
mod schema;
mod select;
mod types;
mod walk;

pub use changes::*;
pub use diff::{Allowed, Diff, FailOn, LevelName, RuleLevel, RuleLevels};
#[doc(hidden)]
pub use explain::{explain, keys};
pub use extensions::Extension;
#[doc(hidden)]
pub use read::{Problem, Spot, Step, problem, read, read_diff, shared_folders};
pub(crate) use reserved::{is_no_crate, is_reserved};
pub use schema::json_schema;
#[doc(hidden)]
pub use select::{Selected, Selection};
pub use types::*;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

/// The name of the file.
pub const FILE: &str = "specwright.toml";

/// What `specwright.toml` holds.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// What to make, one entry for each crate or module tree.
    #[schemars(length(min = 1))]
    pub output: Vec<Output>,
    /// Refuse documents with a finding of this level or worse, notes included.
    pub deny: Option<Level>,
    /// Refuse documents where anything would be repaired or left out.
    #[serde(default)]
    pub strict: bool,
    /// The folder of copies that `specwright vendor` took of what URLs lead to, relative to this file; `specs/vendor` if
    /// left out.
    #[schemars(length(min = 1))]
    pub vendor: Option<String>,
    /// Extensions that are not to be honored.
    #[serde(default)]
    pub ignore_extensions: Vec<Extension>,
    /// Findings that weigh more or less than usual, each with the reason.
    #[serde(default)]
    pub finding: Vec<Finding>,
    /// Which Rust types stand for which schemas.
    #[serde(default)]
    pub types: Types,
    /// Types of the user's in place of generated ones.
    #[serde(default)]
    pub replace: Vec<Replace>,
    /// Names that a document does not carry.
    #[serde(default)]
    pub rename: Vec<Rename>,
    /// How pages lead from one to the next, for documents that do not say so.
    #[serde(default)]
    pub pagination: Vec<Pagination>,
    /// Derives and attributes that generated types get beside their own.
    #[serde(default)]
    pub attribute: Vec<Attribute>,
    /// Crates that the types and attributes above need: entries of `[dependencies]` in the generated `Cargo.toml`.
    #[serde(default)]
    #[schemars(schema_with = "schema::dependencies")]
    pub dependencies: BTreeMap<String, Dependency>,
    /// What `diff` decides about changes between two versions.
    #[serde(default)]
    pub diff: Diff,
}

/// A crate or a module tree, with the APIs in it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Output {
    /// The folder, relative to this file.
    #[schemars(length(min = 1))]
    pub path: String,
    /// Whether the folder is a crate of its own, or a module tree of a crate that is there.
    #[serde(default)]
    pub form: Form,
    /// The name of the crate; the folder's name if left out.
    #[schemars(regex(pattern = "^[A-Za-z][A-Za-z0-9_-]{0,63}$"))]
    pub name: Option<String>,
    /// One sentence about the crate, for its `Cargo.toml`.
    pub description: Option<String>,
    /// Where the module tree stands in its crate, such as `crate::api`.
    #[schemars(regex(pattern = "^crate(::(r#)?[a-z_][a-z0-9_]*)+$"))]
    pub module: Option<String>,
    /// How the code comes by its run time.
    #[serde(default)]
    pub runtime: Runtime,
    /// The folder of the crate `specwright-runtime`, as seen from the `Cargo.toml` that needs it: that of the crate, or of
    /// the package around a module tree; the registry's if left out.
    #[schemars(length(min = 1))]
    pub runtime_path: Option<String>,
    /// Write the surface of each API beside its code, for reviewers: what callers see, and what is sent, one line an
    /// item.
    #[serde(default)]
    pub surface: bool,
    /// Write a test of servers beside the code of each API, behind the feature `contract` of the crate: it asks every
    /// operation of a router what the document allows, and wants to be answered as documented.
    #[serde(default)]
    pub contract: bool,
    /// A folder with templates in place of those that `specwright templates export` writes, relative to this file.
    #[schemars(length(min = 1))]
    pub templates: Option<String>,
    /// The documents.
    #[schemars(length(min = 1))]
    pub api: Vec<ApiEntry>,
}

/// How generated code comes by its run time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Runtime {
    /// It carries a copy, and depends on nothing of Specwright
    #[default]
    Copy,
    /// It depends on the crate `specwright-runtime`, so that several crates share its types
    Depend,
}

/// What a folder of generated code is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// A crate with a `Cargo.toml` of its own.
    #[default]
    Crate,
    /// A folder with a `mod.rs`, for a crate that is there.
    Module,
}

/// A document, and what to take of it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ApiEntry {
    /// The OpenAPI document, YAML or JSON, relative to this file.
    #[schemars(length(min = 1))]
    pub document: String,
    /// The name of the API: its feature, and in snake case its module; the document's file name if left out.
    #[schemars(regex(pattern = "^[A-Za-z][A-Za-z0-9_-]{0,63}$"))]
    pub name: Option<String>,
    /// OpenAPI overlays, relative to this file, that change the document in this order before it is read.
    #[serde(default)]
    #[schemars(inner(length(min = 1)))]
    pub overlays: Vec<String>,
    /// Which operations to generate: those that one entry of this table names; all if left out.
    pub select: Option<Select>,
    /// Which operations to leave out of those.
    pub except: Option<Select>,
    /// Which Rust types stand for which schemas of this document, where that differs from `types` of the whole file.
    #[serde(default)]
    pub types: Types,
    /// Which sides of HTTP to generate; both if left out, and none if it is empty: models alone.
    pub sides: Option<Vec<Side>>,
    /// Whether the handlers of a server are one trait, or one for each tag.
    #[serde(default)]
    pub handlers: Handlers,
    /// Refuse the document where anything in it would be repaired or left out.
    pub strict: Option<bool>,
    /// Leave out schemas that no operation of those uses; where operations are selected, that is the default.
    pub prune: Option<bool>,
}

/// How handlers are divided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Handlers {
    /// One trait has all of them.
    #[default]
    Together,
    /// One trait for each tag, so that an application implements what it serves; an operation with several tags is at
    /// home in the first.
    ByTag,
}

/// A side of HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Who calls operations, and sends webhooks.
    Client,
    /// Who is called.
    Server,
}

impl Side {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::Client, Self::Server];

    /// Its name, which is that of its feature, too.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Server => "server",
        }
    }
}

/// Some operations of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Select {
    /// By `operationId`, or by method and path where there is none: `get /pets/{id}`.
    pub operations: Vec<String>,
    /// By tag.
    pub tags: Vec<String>,
    /// By path as the document spells it; `*` stands for any text.
    pub paths: Vec<String>,
    /// By method: `get` and the others of a path item, in small or capital letters, or one of the document's own as it
    /// spells it, such as `COPY`.
    pub methods: Vec<Verb>,
    /// Every operation that the document deprecates.
    pub deprecated: bool,
}

/// A method of HTTP.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(schema_with = "schema::verbs")]
pub enum Verb {
    /// `get`
    #[serde(alias = "GET")]
    Get,
    /// `put`
    #[serde(alias = "PUT")]
    Put,
    /// `post`
    #[serde(alias = "POST")]
    Post,
    /// `delete`
    #[serde(alias = "DELETE")]
    Delete,
    /// `options`
    #[serde(alias = "OPTIONS")]
    Options,
    /// `head`
    #[serde(alias = "HEAD")]
    Head,
    /// `patch`
    #[serde(alias = "PATCH")]
    Patch,
    /// `trace`
    #[serde(alias = "TRACE")]
    Trace,
    /// `query`
    #[serde(alias = "QUERY")]
    Query,
    /// A method of `additionalOperations`, as it is sent
    #[serde(untagged)]
    Other(String),
}

/// A JSON Pointer; documentation has it behind a `#`.
fn pointer<'de, D: Deserializer<'de>>(given: D) -> Result<Option<String>, D::Error> {
    let text = Option::<String>::deserialize(given)?;
    Ok(text.map(|it| it.strip_prefix('#').map(str::to_owned).unwrap_or(it)))
}

/// The level of findings from which on a run fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Anything that has no effect
    Ignored,
    /// Anything that is honored in part only
    Approximated,
    /// Only what cannot be generated at all
    Unsupported,
}

/// A kind of finding that weighs more or less than usual.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Finding {
    /// The code, as it stands between the brackets of `warning[...]`.
    #[schemars(schema_with = "schema::codes")]
    pub code: String,
    /// What becomes of it.
    pub level: Weight,
    /// Only below this JSON Pointer of a document, such as `/components/schemas/Pet`.
    #[serde(default, deserialize_with = "pointer")]
    #[schemars(regex(pattern = "^#?/"))]
    pub at: Option<String>,
    /// Only in the API of this name.
    pub api: Option<String>,
    /// Why, for the next reader.
    #[schemars(length(min = 1))]
    pub reason: String,
}

/// What becomes of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// It is not shown.
    Allow,
    /// Nothing is written.
    Deny,
}

/// Derives and attributes of some generated types.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Attribute {
    /// Derives by their paths, such as `schemars::JsonSchema`.
    #[serde(default)]
    #[schemars(inner(regex(pattern = "^[A-Za-z_][A-Za-z0-9_]*(::[A-Za-z_][A-Za-z0-9_]*)*$")))]
    pub derive: Vec<String>,
    /// Attributes as they stand in Rust, such as `#[non_exhaustive]`.
    #[serde(default)]
    #[schemars(inner(regex(pattern = "^#\\[.*\\]$")))]
    pub attributes: Vec<String>,
    /// Only types of this kind.
    pub kind: Option<Kind>,
    /// Only the types of these names.
    #[serde(default)]
    pub names: Vec<String>,
}

/// The kinds of generated types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Objects with named properties.
    Struct,
    /// Lists of strings or integers.
    Enum,
    /// `oneOf`, `anyOf`, and several JSON types in one schema.
    Union,
    /// Anything else that has a name.
    Newtype,
}

/// A crate that generated code needs because of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Dependency {
    /// The version alone.
    Version(#[schemars(length(min = 1))] String),
    /// The version with more.
    Full(FullDependency),
}

/// Where a crate is from, and which parts of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FullDependency {
    /// The version.
    #[schemars(length(min = 1))]
    pub version: Option<String>,
    /// The folder of the crate, as seen from the `Cargo.toml` that needs it.
    #[schemars(length(min = 1))]
    pub path: Option<String>,
    /// Whether the workspace around the output says where it is from.
    #[serde(default)]
    pub workspace: bool,
    /// The features.
    #[serde(default)]
    pub features: Vec<String>,
    /// Whether those that are on by default stay on.
    #[serde(default = "yes")]
    pub default_features: bool,
}

fn yes() -> bool {
    true
}
