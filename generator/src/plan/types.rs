//! The vocabulary of the plan: Rust types, models, fields, operations. Plain data, and every decision made.

use crate::ir::{ApiKeyLocation, Location, Method, ResponseKey, Style};
use crate::source::Number;

/// A type as the generated code spells it: a tree, never text.
#[derive(Debug, Clone, PartialEq)]
pub enum RustType {
    /// `bool`
    Bool,
    /// A primitive integer, by its name.
    Integer(Integer),
    /// `f64`
    Float,
    /// `String`
    String,
    /// Any JSON value.
    Value,
    /// `null` and nothing else.
    Null,
    /// A string with a format, by its name in the run time.
    Formatted(Format),
    /// `Vec`
    Vec(Box<RustType>),
    /// `BTreeMap` by `String`
    Map(Box<RustType>),
    /// `Option`
    Option(Box<RustType>),
    /// A property that may be absent, null or present.
    Tristate(Box<RustType>),
    /// A value that `Debug` hides.
    Secret(Box<RustType>),
    /// `Box`
    Boxed(Box<RustType>),
    /// A generated type.
    Model(ModelId),
}

impl RustType {
    /// `Option<inner>`
    pub fn option(inner: Self) -> Self {
        Self::Option(Box::new(inner))
    }

    /// `Vec<inner>`
    pub fn vec(inner: Self) -> Self {
        Self::Vec(Box::new(inner))
    }

    /// `BTreeMap<String, inner>`
    pub fn map(inner: Self) -> Self {
        Self::Map(Box::new(inner))
    }

    /// Whether a value of this type is reached through another one.
    pub fn inner(&self) -> Option<&Self> {
        match self {
            Self::Vec(inner)
            | Self::Map(inner)
            | Self::Option(inner)
            | Self::Tristate(inner)
            | Self::Secret(inner)
            | Self::Boxed(inner) => Some(inner),
            Self::Bool
            | Self::Integer(_)
            | Self::Float
            | Self::String
            | Self::Value
            | Self::Null
            | Self::Formatted(_)
            | Self::Model(_) => None,
        }
    }
}

/// The primitive integers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Integer {
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u32`
    U32,
    /// `u64`
    U64,
}

/// Formats that have a type of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `date-time`
    DateTime,
    /// `date`
    Date,
    /// `time`
    Time,
    /// `uuid`
    Uuid,
    /// `uri`
    Uri,
    /// `uri-reference`
    UriReference,
    /// `byte`
    Byte,
    /// `ipv4`
    Ipv4,
    /// `ipv6`
    Ipv6,
}

/// The position of a model in [`ApiPlan::models`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModelId(pub usize);

/// The file that a model lives in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Home {
    /// `models/<module>.rs`, by the position in [`ApiPlan::model_files`].
    Component(usize),
    /// `operations/<module>.rs`, by the position in [`ApiPlan::operations`].
    Operation(usize),
    /// `shared.rs`: inline schemas of shared parameters, headers, responses and bodies.
    Shared,
}

/// A generated type.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Its name.
    pub name: String,
    /// The file that it lives in.
    pub home: Home,
    /// Its documentation.
    pub docs: String,
    /// Whether the document deprecates it.
    pub deprecated: bool,
    /// The key of its schema in the tables.
    pub pointer: String,
    /// What it is.
    pub kind: ModelKind,
    /// Whether the schema asserts something that neither the type nor its checks cover, so that the tables must be asked.
    pub residue: bool,
}

/// What a model is.
#[derive(Debug, Clone, PartialEq)]
pub enum ModelKind {
    /// An object with named properties.
    Struct(Struct),
    /// A list of strings.
    StringEnum(Openness, Vec<EnumVariant<String>>),
    /// A list of integers.
    IntegerEnum(Openness, Vec<EnumVariant<i64>>),
    /// A union told apart by a property.
    TaggedUnion(TaggedUnion),
    /// A union that the schemas of its branches decide.
    UntaggedUnion(UntaggedUnion),
    /// Anything else that has a name.
    Newtype(RustType, Checks),
}

/// An object with named properties.
#[derive(Debug, Clone, PartialEq)]
pub struct Struct {
    /// The properties, in the order of the document.
    pub fields: Vec<Field>,
    /// What further properties are.
    pub rest: Rest,
}

/// The properties that an object may have beyond the named ones.
#[derive(Debug, Clone, PartialEq)]
pub enum Rest {
    /// None.
    Closed,
    /// Any, kept in a field of this name.
    Open(String, RustType, Checks),
}

/// A property as a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The field's identifier.
    pub name: String,
    /// The property's name.
    pub wire: String,
    /// The field's type.
    pub ty: RustType,
    /// When the property is there.
    pub presence: Presence,
    /// Its documentation.
    pub docs: String,
    /// Whether the document deprecates it.
    pub deprecated: bool,
    /// What must hold for its value.
    pub checks: Checks,
}

/// When a property is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Always.
    Required,
    /// The field is `None` when it is not.
    Optional,
    /// The field tells absent and null apart.
    Tristate,
}

/// Whether values that the document does not name are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Openness {
    /// Refused: instances travel in requests only, or the value is a constant.
    Closed,
    /// Kept in responses, refused in requests.
    Open,
    /// Kept in both directions: the document says so.
    Extensible,
}

/// A value of an enumeration.
#[derive(Debug, Clone, PartialEq)]
pub struct EnumVariant<T> {
    /// The variant's identifier.
    pub name: String,
    /// The value.
    pub wire: T,
}

/// A union told apart by a property.
#[derive(Debug, Clone, PartialEq)]
pub struct TaggedUnion {
    /// `propertyName`.
    pub tag: String,
    /// Whether values of the tag that the document does not name are kept.
    pub open: bool,
    /// The branches.
    pub variants: Vec<TaggedVariant>,
}

/// A branch of a tagged union.
#[derive(Debug, Clone, PartialEq)]
pub struct TaggedVariant {
    /// The variant's identifier.
    pub name: String,
    /// The value of the tag.
    pub wire: String,
    /// What it holds.
    pub ty: RustType,
}

/// A union that the schemas of its branches decide.
#[derive(Debug, Clone, PartialEq)]
pub struct UntaggedUnion {
    /// Whether exactly one branch must accept a value (`oneOf`), or one at least (`anyOf`).
    pub exactly_one: bool,
    /// The branches.
    pub variants: Vec<UntaggedVariant>,
}

/// A branch of an untagged union.
#[derive(Debug, Clone, PartialEq)]
pub struct UntaggedVariant {
    /// The variant's identifier.
    pub name: String,
    /// What it holds.
    pub ty: RustType,
    /// The key of the branch's schema in the tables.
    pub pointer: String,
}

/// What must hold for a value beyond its type.
///
/// The tree follows the type: `inner` is about the items of a `Vec` and the values of a map.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Checks {
    /// Assertions on the value itself.
    pub own: Vec<Assertion>,
    /// Assertions on what it holds.
    pub inner: Option<Box<Checks>>,
}

impl Checks {
    /// Whether nothing is left to check.
    pub fn is_empty(&self) -> bool {
        self.own.is_empty() && self.inner.as_ref().is_none_or(|inner| inner.is_empty())
    }
}

/// One assertion of the fast path.
#[derive(Debug, Clone, PartialEq)]
pub enum Assertion {
    /// The generated type has checks of its own.
    Nested,
    /// `minLength` and `maxLength`, in code points.
    Length(Option<u64>, Option<u64>),
    /// `pattern`.
    Pattern(String),
    /// `format` without a type of its own.
    Format(String),
    /// `minItems` and `maxItems`.
    Items(Option<u64>, Option<u64>),
    /// `minimum` and its kin: the sign, and the bound as a literal of the field's type.
    Bound(Comparison, Number),
}

/// The four bounds on numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `minimum`
    AtLeast,
    /// `exclusiveMinimum`
    Above,
    /// `maximum`
    AtMost,
    /// `exclusiveMaximum`
    Below,
}

/// All generated code of one API.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiPlan {
    /// The feature's name, such as `hbg-ramp`.
    pub feature: String,
    /// The module's name, such as `hbg_ramp`.
    pub module: String,
    /// The name of the handler trait, such as `HbgRamp`.
    pub trait_name: String,
    /// The document as people name it, such as `specs/hbg-ramp.yaml`.
    pub source: String,
    /// The documentation of the module.
    pub docs: String,
    /// `info.title`.
    pub title: String,
    /// `models/<module>.rs`, in order.
    pub model_files: Vec<ModelFile>,
    /// Every generated type.
    pub models: Vec<Model>,
    /// Every operation.
    pub operations: Vec<OperationPlan>,
    /// Every security scheme that an operation asks for.
    pub schemes: Vec<SchemePlan>,
    /// The base URLs that the document names.
    pub servers: Vec<ServerPlan>,
    /// The schema tables as JSON text.
    pub tables: String,
}

impl ApiPlan {
    /// The models that live in a file, the main one first.
    pub fn models_in(&self, home: &Home) -> Vec<&Model> {
        self.models.iter().filter(|model| model.home == *home).collect()
    }
}

/// A file of models.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelFile {
    /// The module's name.
    pub module: String,
    /// The component's name in the document.
    pub component: String,
    /// The model of the component itself.
    pub main: ModelId,
}

/// A base URL.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerPlan {
    /// The URL, with its variables in braces.
    pub url: String,
    /// What it is.
    pub docs: String,
    /// The variables, each with its default and its allowed values.
    pub variables: Vec<(String, String, Vec<String>)>,
}

/// A security scheme.
#[derive(Debug, Clone, PartialEq)]
pub struct SchemePlan {
    /// The name in the document.
    pub wire: String,
    /// The hook's name, such as `bearer_auth`.
    pub hook: String,
    /// Whether its hook is told the scopes that an operation asks for.
    pub scoped: bool,
    /// What it asks for.
    pub credential: Credential,
    /// Its documentation.
    pub docs: String,
}

/// What a scheme asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// A token in `Authorization: Bearer`.
    Bearer,
    /// User and password in `Authorization: Basic`.
    Basic,
    /// A key.
    ApiKey(ApiKeyLocation, String),
}

/// One operation.
#[derive(Debug, Clone, PartialEq)]
pub struct OperationPlan {
    /// The module's name, such as `update_team_user`.
    pub module: String,
    /// The function's name, such as `update_team_user`.
    pub function: String,
    /// `operationId`.
    pub id: String,
    /// Its pointer in the document.
    pub pointer: String,
    /// Its method.
    pub method: Method,
    /// Its path, with parameters in braces.
    pub path: String,
    /// Its documentation.
    pub docs: String,
    /// Whether the document deprecates it.
    pub deprecated: bool,
    /// Its parameters.
    pub parameters: Vec<ParameterPlan>,
    /// Its body.
    pub body: Option<BodyPlan>,
    /// Its answers.
    pub responses: Vec<ResponsePlan>,
    /// Who may call.
    pub security: SecurityPlan,
    /// The status that answers invalid input in the operation's own schema; none where RFC 9457 does.
    pub violations: Option<u16>,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterPlan {
    /// The field's identifier.
    pub name: String,
    /// The name of the constant that describes it.
    pub constant: String,
    /// Its name on the wire.
    pub wire: String,
    /// Where it stands.
    pub location: Location,
    /// `style`; `None` where the value is JSON text.
    pub style: Option<Style>,
    /// `explode`.
    pub explode: bool,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// `required`.
    pub required: bool,
    /// The type of its value.
    pub ty: RustType,
    /// How text becomes JSON.
    pub shape: Shape,
    /// The key of its schema in the tables.
    pub pointer: String,
    /// Its documentation.
    pub docs: String,
    /// Whether the document deprecates it.
    pub deprecated: bool,
}

/// How the text of a parameter becomes JSON.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Anything: a string.
    Any,
    /// `null`
    Null,
    /// `boolean`
    Boolean,
    /// `integer`
    Integer,
    /// `number`
    Number,
    /// `string`
    String,
    /// `array`
    Array(Box<Shape>),
    /// `object`
    Object(Vec<(String, Shape)>, Box<Shape>),
    /// One of several.
    OneOf(Vec<Shape>),
}

/// A request body.
#[derive(Debug, Clone, PartialEq)]
pub struct BodyPlan {
    /// Whether it must be there.
    pub required: bool,
    /// What it is.
    pub payload: Payload,
    /// Its documentation.
    pub docs: String,
}

/// What a body holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Payload {
    /// JSON of a model.
    Json {
        /// The media type.
        media_type: String,
        /// The model.
        ty: RustType,
    },
    /// Text or bytes, taken as they are.
    Raw {
        /// The media types.
        media_types: Vec<String>,
    },
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponsePlan {
    /// The variant's identifier.
    pub variant: String,
    /// The status.
    pub key: ResponseKey,
    /// Its documentation.
    pub docs: String,
    /// Its body.
    pub payload: Option<Payload>,
    /// Its headers.
    pub headers: Vec<HeaderPlan>,
    /// How the run time fills the body when it answers itself: the template as JSON text.
    pub refusal: Option<String>,
}

/// A header of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct HeaderPlan {
    /// The field's identifier.
    pub name: String,
    /// The name of the constant that describes it.
    pub constant: String,
    /// The header's name.
    pub wire: String,
    /// Whether it must be there.
    pub required: bool,
    /// The type of its value.
    pub ty: RustType,
    /// `explode`.
    pub explode: bool,
    /// Whether the value is JSON text.
    pub content: bool,
    /// How text becomes JSON.
    pub shape: Shape,
    /// The key of its schema in the tables.
    pub pointer: String,
    /// Its documentation.
    pub docs: String,
}

/// Who may call an operation.
#[derive(Debug, Clone, PartialEq)]
pub enum SecurityPlan {
    /// Anyone, and nobody asks who it is.
    Anyone,
    /// Callers whose credentials satisfy one of the alternatives.
    Callers {
        /// The alternatives, in the order of the document; all schemes of one must hold.
        alternatives: Vec<Vec<Required>>,
        /// Whether callers without credentials are let in as well.
        anonymous: bool,
    },
}

/// A scheme with the scopes that it must grant.
#[derive(Debug, Clone, PartialEq)]
pub struct Required {
    /// The position in [`ApiPlan::schemes`].
    pub scheme: usize,
    /// The scopes.
    pub scopes: Vec<String>,
}
