//! Compiled schemas: an arena of small keyword lists that refer to each other by number.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Number, Value};

#[cfg(feature = "pattern")]
use super::super::pattern::Pattern;
use super::Direction;

/// The number of a schema in its arena.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Id(pub(super) usize);

/// All schemas of one API.
#[derive(Debug, Default)]
pub(super) struct Arena {
    pub(super) schemas: Vec<Schema>,
    /// The schemas that have a pointer: each parameter of a request is looked up here.
    pub(super) roots: HashMap<String, Id>,
    /// How refusals look that are instances of a schema with a pointer.
    pub(super) refusals: BTreeMap<String, Value>,
}

impl Arena {
    /// The number of the schema with a pointer.
    pub(super) fn root(&self, pointer: &str) -> Option<Id> {
        self.roots.get(pointer).copied()
    }

    /// The schema of a number that the compiler gave out.
    pub(super) fn get(&self, id: Id) -> &Schema {
        static ANYTHING: Schema = Schema::new();
        self.schemas.get(id.0).unwrap_or(&ANYTHING)
    }
}

/// One schema; without keywords it accepts everything.
#[derive(Debug)]
pub(super) struct Schema {
    /// The keywords, those first that others build on.
    pub(super) keywords: Vec<Keyword>,
    /// What reports call it.
    pub(super) name: Option<Box<str>>,
    /// Whether an `unevaluated…` keyword must know what the others have evaluated.
    pub(super) collects: bool,
    /// `readOnly`, of this schema itself.
    pub(super) read_only: bool,
    /// `writeOnly`, of this schema itself.
    pub(super) write_only: bool,
}

impl Schema {
    pub(super) const fn new() -> Self {
        Self { keywords: Vec::new(), name: None, collects: false, read_only: false, write_only: false }
    }
}

/// One keyword with what it was given.
#[derive(Debug)]
pub(super) enum Keyword {
    /// The schema `false`.
    Never,
    /// Something that the generator should not have written.
    Broken(String),
    Ref(Id),
    Type(Types),
    Enum(Enumeration),
    Const(Value),
    MultipleOf(Number),
    Minimum(Number),
    Maximum(Number),
    ExclusiveMinimum(Number),
    ExclusiveMaximum(Number),
    MinLength(u64),
    MaxLength(u64),
    #[cfg(feature = "pattern")]
    Pattern(Pattern),
    Format(Box<str>),
    MinItems(u64),
    MaxItems(u64),
    UniqueItems,
    PrefixItems(Vec<Id>),
    Items(Items),
    Contains(Contains),
    MinProperties(u64),
    MaxProperties(u64),
    Required(Vec<Required>),
    Properties(Properties),
    PropertyNames(Id),
    DependentRequired(BTreeMap<String, Vec<Box<str>>>),
    DependentSchemas(BTreeMap<String, Id>),
    AllOf(Vec<Id>),
    AnyOf(Union),
    OneOf(Union),
    Not(Id),
    If(If),
    UnevaluatedItems(Id),
    UnevaluatedProperties(Id),
}

/// A set of types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Types(u8);

impl Types {
    const NAMES: [&'static str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];

    /// The set with these names; `None` if one is unknown.
    pub(super) fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let bit = |name: &str| Self::NAMES.iter().position(|it| *it == name).map(|it| 1 << it);
        names.into_iter().try_fold(0, |types, name| Some(types | bit(name)?)).map(Self)
    }

    /// The set of `null` alone.
    pub(super) const NULL: Self = Self(1);

    pub(super) fn contains(self, instance: &Value) -> bool {
        let bits = match instance {
            Value::Null => 1,
            Value::Bool(_) => 1 << 1,
            Value::Number(number) if super::number::is_integer(number) => 1 << 2 | 1 << 3,
            Value::Number(_) => 1 << 3,
            Value::String(_) => 1 << 4,
            Value::Array(_) => 1 << 5,
            Value::Object(_) => 1 << 6,
        };
        self.0 & bits != 0
    }

    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        Self::NAMES.into_iter().enumerate().filter(move |(bit, _)| self.0 & (1 << bit) != 0).map(|(_, name)| name)
    }
}

/// Which values that it does not list an enumeration keeps in responses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Openness {
    Closed,
    /// Those of the types of its values.
    Alike,
    Open,
}

/// `enum`: the values in the order of [`super::equal::order`], and whether a response may hold others.
#[derive(Debug)]
pub(super) struct Enumeration {
    pub(super) sorted: Vec<Value>,
    /// The values in the order of the document, for messages.
    pub(super) limit: Value,
    pub(super) openness: Openness,
}

/// `items`: the schema of the items after the first `skip`, which `prefixItems` describes.
#[derive(Debug)]
pub(super) struct Items {
    pub(super) skip: usize,
    pub(super) schema: Id,
}

/// `contains` with its two limits.
#[derive(Debug)]
pub(super) struct Contains {
    pub(super) schema: Id,
    pub(super) min: Option<u64>,
    pub(super) max: Option<u64>,
}

/// A required property, and the direction in which it is not.
#[derive(Debug)]
pub(super) struct Required {
    pub(super) name: Box<str>,
    pub(super) except: Option<Direction>,
}

/// `properties`, `patternProperties` and `additionalProperties`, which need each other.
#[derive(Debug, Default)]
pub(super) struct Properties {
    pub(super) named: BTreeMap<String, Id>,
    #[cfg(feature = "pattern")]
    pub(super) patterns: Vec<(Pattern, Id)>,
    pub(super) additional: Option<Id>,
}

/// The branches of `anyOf` or `oneOf`.
#[derive(Debug)]
pub(super) struct Union {
    pub(super) branches: Vec<Id>,
    pub(super) discriminator: Option<Discriminator>,
}

/// The property that selects a branch.
#[derive(Debug, Clone)]
pub(super) struct Discriminator {
    pub(super) property: String,
    pub(super) kind: TagKind,
    pub(super) mapping: BTreeMap<String, Id>,
    /// The branch of everything else.
    pub(super) default: Option<Id>,
    /// Whether a response may hold another value.
    pub(super) open: bool,
}

/// The types that a tag may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TagKind {
    String,
    /// The mapping has its digits.
    Integer,
    /// The mapping has `true` and `false`.
    Boolean,
}

/// `if`, `then` and `else`.
#[derive(Debug)]
pub(super) struct If {
    pub(super) condition: Id,
    pub(super) then: Option<Id>,
    pub(super) otherwise: Option<Id>,
}
