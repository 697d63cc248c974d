//! The keyword ledger: one row for every field of every OpenAPI object and every schema keyword, per version.
//!
//! It drives the checks of the document, the swap of schemas in the skeleton, and the support matrix of the README.
//! Invariant: a field has at most one row per version; `every_field_has_one_row_per_version` holds it.

mod objects;
mod schemas;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use super::Version;
use crate::ordered::IndexMap;

/// The objects that OpenAPI defines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObjectKind {
    /// The root of a document.
    OpenApi,
    /// Title, version and contact.
    Info,
    /// Who to ask.
    Contact,
    /// The license of the API.
    License,
    /// A base URL.
    Server,
    /// A variable of a base URL.
    ServerVariable,
    /// The reusable objects.
    Components,
    /// All paths.
    Paths,
    /// The operations of one path.
    PathItem,
    /// One operation.
    Operation,
    /// A link to more documentation.
    ExternalDocs,
    /// A parameter of an operation.
    Parameter,
    /// The body of a request.
    RequestBody,
    /// One representation of a body.
    MediaType,
    /// How one property of a form is written.
    Encoding,
    /// All responses of an operation.
    Responses,
    /// One response.
    Response,
    /// Requests that the server sends.
    Callback,
    /// An example.
    Example,
    /// A relation from a response to another operation.
    Link,
    /// A header of a response or of a part.
    Header,
    /// A tag.
    Tag,
    /// A schema.
    Schema,
    /// The property that tells alternatives apart.
    Discriminator,
    /// How a schema is written in XML.
    Xml,
    /// A way to authenticate.
    SecurityScheme,
    /// The flows of OAuth 2.
    OAuthFlows,
    /// One flow of OAuth 2.
    OAuthFlow,
    /// The schemes that a request needs together.
    SecurityRequirement,
}

impl ObjectKind {
    /// The name that the specification gives the object.
    pub fn name(self) -> &'static str {
        match self {
            Self::OpenApi => "OpenAPI Object",
            Self::Info => "Info Object",
            Self::Contact => "Contact Object",
            Self::License => "License Object",
            Self::Server => "Server Object",
            Self::ServerVariable => "Server Variable Object",
            Self::Components => "Components Object",
            Self::Paths => "Paths Object",
            Self::PathItem => "Path Item Object",
            Self::Operation => "Operation Object",
            Self::ExternalDocs => "External Documentation Object",
            Self::Parameter => "Parameter Object",
            Self::RequestBody => "Request Body Object",
            Self::MediaType => "Media Type Object",
            Self::Encoding => "Encoding Object",
            Self::Responses => "Responses Object",
            Self::Response => "Response Object",
            Self::Callback => "Callback Object",
            Self::Example => "Example Object",
            Self::Link => "Link Object",
            Self::Header => "Header Object",
            Self::Tag => "Tag Object",
            Self::Schema => "Schema Object",
            Self::Discriminator => "Discriminator Object",
            Self::Xml => "XML Object",
            Self::SecurityScheme => "Security Scheme Object",
            Self::OAuthFlows => "OAuth Flows Object",
            Self::OAuthFlow => "OAuth Flow Object",
            Self::SecurityRequirement => "Security Requirement Object",
        }
    }
}

impl ObjectKind {
    /// The name with its article: `an Operation Object`.
    pub fn with_article(self) -> String {
        let name = self.name();
        let article = if name.starts_with(['A', 'E', 'I', 'O', 'U', 'X']) { "an" } else { "a" };
        format!("{article} {name}")
    }
}

impl fmt::Display for ObjectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What stands in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// Any value: an example, a default, a constant.
    Any,
    /// A string.
    Text,
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// A whole number that is not negative.
    Count,
    /// An object.
    Object(ObjectKind),
    /// An object, or a Reference Object that leads to one.
    OrReference(ObjectKind),
    /// `$ref` itself, leading to an object of this kind.
    Reference(ObjectKind),
    /// `$dynamicRef`.
    DynamicReference,
    /// `$recursiveRef`.
    RecursiveReference,
    /// A mapping from names to such values.
    Map(&'static ValueKind),
    /// A sequence of such values.
    Array(&'static ValueKind),
    /// The first that fits.
    Either(&'static [ValueKind]),
}

/// The versions in which a row holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Versions {
    /// All.
    Both,
    /// 2.0 in the shape of 3.0, where that has a row of its own.
    V20,
    /// 3.0, and 2.0 in its shape.
    V30,
    /// 3.1 and later.
    V31,
    /// 3.2 and later.
    V32,
    /// 3.1, where 3.2 has a row of its own.
    Only31,
    /// All before 3.2, which has a row of its own.
    Before32,
}

impl Versions {
    /// Whether the row holds in a version.
    pub fn contains(self, version: Version) -> bool {
        match self {
            Self::Both => true,
            Self::V20 => version == Version::V20,
            Self::V30 => !version.has_json_schema(),
            Self::V31 => version.has_json_schema(),
            Self::V32 => version == Version::V32,
            Self::Only31 => version == Version::V31,
            Self::Before32 => version != Version::V32,
        }
    }
}

/// Whether a field must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It must.
    Required,
    /// It should, but real documents leave it out; a default is taken and said.
    Expected(&'static str),
    /// It need not.
    Optional,
}

/// What becomes of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// What is generated does what the field says.
    Honored,
    /// In part; the note says which part is not.
    Approximated,
    /// It is an annotation or a feature without an effect on what is generated.
    Ignored,
    /// A document with it is refused.
    Unsupported,
}

/// One field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The object that has it.
    pub object: ObjectKind,
    /// Its name; a name with a brace stands for a pattern, such as `{status}`.
    pub field: &'static str,
    /// The versions that know it.
    pub versions: Versions,
    /// What stands there.
    pub kind: ValueKind,
    /// Whether it must be there.
    pub presence: Need,
    /// What becomes of it.
    pub level: Level,
    /// What a reader of the support matrix should know; empty where there is nothing to add.
    pub note: &'static str,
}

impl Row {
    const fn new(object: ObjectKind, field: &'static str, versions: Versions, kind: ValueKind) -> Self {
        Self { object, field, versions, kind, presence: Need::Optional, level: Level::Honored, note: "" }
    }

    const fn required(mut self) -> Self {
        self.presence = Need::Required;
        self
    }

    const fn expected(mut self, instead: &'static str) -> Self {
        self.presence = Need::Expected(instead);
        self
    }

    const fn ignored(mut self, note: &'static str) -> Self {
        self.level = Level::Ignored;
        self.note = note;
        self
    }

    const fn approximated(mut self, note: &'static str) -> Self {
        self.level = Level::Approximated;
        self.note = note;
        self
    }

    /// Whether the row stands for all names of a pattern.
    pub fn is_pattern(&self) -> bool {
        self.field.contains('{')
    }
}

/// The whole table, in the order of the specification.
pub fn table() -> impl Iterator<Item = &'static Row> {
    objects::ROWS.iter().chain(schemas::ROWS)
}

/// The rows of one object in one version.
#[derive(Debug, Default)]
pub struct Fields {
    by_name: IndexMap<&'static str, &'static Row>,
    /// Those that must be there, or are expected.
    needed: Vec<&'static Row>,
    pattern: Option<&'static Row>,
}

impl Fields {
    /// The row of a field with a fixed name.
    pub fn named(&self, field: &str) -> Option<&'static Row> {
        self.by_name.get(field).copied()
    }

    /// The row of the fields with a pattern, where the object has such fields.
    pub fn pattern(&self) -> Option<&'static Row> {
        self.pattern
    }

    /// The rows with fixed names, by name.
    pub fn iter(&self) -> impl Iterator<Item = &'static Row> {
        self.by_name.values().copied()
    }

    /// Those of them that must be there, or are expected.
    pub fn needed(&self) -> impl Iterator<Item = &'static Row> {
        self.needed.iter().copied()
    }
}

/// The fields that a version gives an object.
pub fn fields(object: ObjectKind, version: Version) -> &'static Fields {
    static NONE: LazyLock<Fields> = LazyLock::new(Fields::default);
    static V20: LazyLock<BTreeMap<ObjectKind, Fields>> = LazyLock::new(|| collect(Version::V20));
    static V30: LazyLock<BTreeMap<ObjectKind, Fields>> = LazyLock::new(|| collect(Version::V30));
    static V32: LazyLock<BTreeMap<ObjectKind, Fields>> = LazyLock::new(|| collect(Version::V32));
    static V31: LazyLock<BTreeMap<ObjectKind, Fields>> = LazyLock::new(|| collect(Version::V31));
    let all = match version {
        Version::V20 => &V20,
        Version::V30 => &V30,
        Version::V31 => &V31,
        Version::V32 => &V32,
    };
    all.get(&object).unwrap_or(&NONE)
}

fn collect(version: Version) -> BTreeMap<ObjectKind, Fields> {
    let mut all = BTreeMap::<ObjectKind, Fields>::new();
    for row in table().filter(|row| row.versions.contains(version)) {
        let fields = all.entry(row.object).or_default();
        if row.is_pattern() {
            fields.pattern = Some(row);
        } else {
            // A row of 2.0 stands before the one of 3.0.
            fields.by_name.entry(row.field).or_insert(row);
        }
    }
    for fields in all.values_mut() {
        fields.by_name.sort_unstable_keys();
        fields.needed = fields.iter().filter(|row| row.presence != Need::Optional).collect();
    }
    all
}
