//! The vocabulary of the plan for models: Rust types, fields, variants. Plain data, and every decision made.

use super::checks::Checks;
use super::differences::{LeftOut, MadeOf};
use super::given::DefaultValue;
use super::integers::Integer;
use super::places::{Home, ModelId};
use crate::config::Library;
use crate::ir::{TagKind, Type};

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
    /// The map that the user wants, with the type of its keys, which are texts.
    Map(Box<RustType>, Box<RustType>),
    /// The set that the user wants
    Set(Box<RustType>),
    /// A tuple: an array of fixed length with a type for each position.
    Tuple(Vec<RustType>),
    /// `Option`
    Option(Box<RustType>),
    /// A property that may be absent, null or present.
    Tristate(Box<RustType>),
    /// A value that `Debug` hides.
    Secret(Box<RustType>),
    /// `Box`
    Boxed(Box<RustType>),
    /// A type of the user's, by its path
    Own(String),
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

    /// A map of `inner` by `key`
    pub fn map(key: Self, inner: Self) -> Self {
        Self::Map(Box::new(key), Box::new(inner))
    }

    /// Whether a value of this type is reached through another one.
    pub fn inner(&self) -> Option<&Self> {
        match self {
            Self::Vec(inner)
            | Self::Map(_, inner)
            | Self::Set(inner)
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
            | Self::Tuple(_)
            | Self::Own(_)
            | Self::Model(_) => None,
        }
    }
}

/// Formats that have a type of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `date-time`, of a library
    DateTime(Library),
    /// `date`, of a library
    Date(Library),
    /// `time`, of a library
    Time(Library),
    /// `decimal`
    Decimal,
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

/// A generated type.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Its name.
    pub name: String,
    /// The file that it lives in.
    pub home: Home,
    /// What the document says about it.
    pub docs: String,
    /// Where its schema was written.
    pub source: String,
    /// Whether the document deprecates it.
    pub deprecated: bool,
    /// The key of its schema in the tables.
    pub pointer: String,
    /// What it is.
    pub kind: ModelKind,
    /// Which traits of equality hold.
    pub equality: Equality,
    /// Whether the schema allows `null` beside what the type holds; where it is used, the type is then an `Option`.
    pub nullable: bool,
    /// Whether the schema asserts something that neither the type nor its checks cover, so that the tables must be asked.
    pub residue: bool,
}

/// What holds for the equality of a model's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Equality {
    /// `PartialEq` alone.
    Partial,
    /// `Eq` and `Hash` too: it is one name, number or the like.
    Total,
    /// These, and an order: its values are keys of maps.
    Ordered,
}

/// What a model is; while it is planned, objects and branches of tagged unions are drafts.
#[derive(Debug, Clone, PartialEq)]
pub enum ModelKind<S = Struct, V = TaggedVariant> {
    /// An object with named properties.
    Struct(S),
    /// A list of strings.
    StringEnum(Openness, Vec<EnumVariant<String>>),
    /// A list of integers.
    IntegerEnum(Openness, Vec<EnumVariant<i64>>),
    /// A union told apart by a property.
    TaggedUnion(TaggedUnion<V>),
    /// A union that the schemas of its branches decide.
    UntaggedUnion(UntaggedUnion),
    /// A union told apart by the JSON type of its value.
    TypeUnion(Vec<TypeVariant>),
    /// Anything else that has a name.
    Newtype(RustType, Checks),
    /// Another name of a model.
    Alias(ModelId),
    /// Another name of a type of the user's.
    Own(String),
}

impl Field {
    /// Whether a constructor asks for it.
    pub fn is_asked(&self) -> bool {
        self.presence == Presence::Required && self.constant.is_none()
    }

    /// Whether it is always there, with its one value.
    pub fn is_constant(&self) -> bool {
        self.presence == Presence::Required && self.constant.is_some()
    }
}

/// An object with named properties.
#[derive(Debug, Clone, PartialEq)]
pub struct Struct {
    /// The properties, in the order of the document.
    pub fields: Vec<Field>,
    /// What further properties are.
    pub rest: Rest,
    /// `minProperties` and `maxProperties`, as far as the fields leave them open.
    pub sizes: Vec<(Option<u64>, Option<u64>)>,
    /// How callers make it.
    pub construction: Construction,
    /// The properties of the document that it does not have, because they do not travel its way.
    pub left_out: Option<LeftOut>,
    /// How it is made of what a server answered, where it is what requests send of the same schema.
    pub made_of: Option<MadeOf>,
}

/// How callers make a value of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Construction {
    /// By `default`: nothing is asked for.
    Default,
    /// By `new`, with what is asked for.
    New,
    /// By `new` with a struct of this name, which has what is asked for, where arguments would be too many.
    Required(String),
}

impl Construction {
    /// The name of the struct of what is asked for, where there is one.
    pub fn required(&self) -> Option<&str> {
        if let Self::Required(name) = self { Some(name) } else { None }
    }
}

/// The properties that an object may have beyond the named ones.
#[derive(Debug, Clone, PartialEq)]
pub enum Rest {
    /// None.
    Closed,
    /// Any, which are read over.
    Dropped,
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
    /// What an absent property stands for.
    pub default: Option<DefaultValue>,
    /// What a constructor fills in, because no other value is possible.
    pub constant: Option<DefaultValue>,
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
    /// What the author says about it.
    pub docs: Option<String>,
}

/// A union told apart by a property.
#[derive(Debug, Clone, PartialEq)]
pub struct TaggedUnion<V = TaggedVariant> {
    /// `propertyName`.
    pub tag: String,
    /// The type of the tag's values.
    pub kind: TagKind,
    /// Whether values of the tag that the document does not name are kept.
    pub open: bool,
    /// The branches, one for each value of the tag.
    pub variants: Vec<V>,
    /// What decides where the tag is not there, if it may be absent.
    pub untagged: Option<Untagged>,
    /// The variant of values whose tag is not there, or is none of the others.
    pub default: Option<String>,
}

/// How the branches of a tagged union decide about a value without the tag.
#[derive(Debug, Clone, PartialEq)]
pub struct Untagged {
    /// Whether exactly one branch must accept a value (`oneOf`), or one at least (`anyOf`).
    pub exactly_one: bool,
    /// The key of each branch's schema in the tables, and the variant that holds its values.
    pub branches: Vec<(String, String)>,
}

/// How a value of a branch says that it is of the branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TagCheck {
    /// Its type has no other tag.
    Never,
    /// The text of a field, by its identifier.
    Text(String),
    /// The number behind an enumeration in a field.
    Number(String),
    /// A field itself.
    Itself(String),
}

/// A branch of a tagged union.
#[derive(Debug, Clone, PartialEq)]
pub struct TaggedVariant {
    /// The variant's identifier.
    pub name: String,
    /// The value of the tag, as the mapping spells it.
    pub wire: String,
    /// What it holds.
    pub ty: RustType,
    /// The method that gives a reference to it.
    pub accessor: String,
    /// What a value that was built in Rust must say.
    pub check: TagCheck,
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
    /// The method that gives a reference to it.
    pub accessor: String,
}

/// A branch of a union of JSON types.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeVariant {
    /// The variant's identifier.
    pub name: String,
    /// The JSON type.
    pub json: Type,
    /// What it holds.
    pub ty: RustType,
    /// The method that gives a reference to it.
    pub accessor: String,
}
