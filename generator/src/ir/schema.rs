//! Schemas: one flat record of keywords each, for the 3.0 and the 3.1 vocabulary alike.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use super::rare::Rare;
use crate::ordered::IndexMap;
use crate::source::{Number, Origin, Pointer, Value};

/// The position of a schema in [`Schemas`](super::Schemas).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SchemaId(pub(super) u32);

impl SchemaId {
    /// The position as a number.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The same schema where others have come behind the first ones.
    pub(crate) fn moved(self, first: usize, others: usize) -> Self {
        let more = if self.index() < first { 0 } else { u32::try_from(others).unwrap_or(u32::MAX) };
        Self(self.0.saturating_add(more))
    }
}

/// A Schema Object: what it asserts, what it says to readers, and what Specwright reads beside both.
///
/// Absent keywords are empty; the schema `true` asserts nothing and `false` is [`Types::NONE`].
#[derive(Debug, Clone, PartialEq)]
pub struct Schema {
    /// Where it stands: its identity.
    pub origin: Origin,
    /// Where it was written: somewhere else if the document was put into another shape.
    pub source: Pointer,
    /// What it asserts.
    pub assertions: Assertions,
    /// What it says to readers.
    pub annotations: Annotations,
    /// The extensions that Specwright reads.
    pub extensions: Rare<Extensions>,
    /// In which direction its instances travel.
    pub usage: Usage,
}

/// A keyword is read as `schema.numbers`: that it asserts something matters where the assertions are taken apart only.
impl Deref for Schema {
    type Target = Assertions;

    fn deref(&self) -> &Assertions {
        &self.assertions
    }
}

impl DerefMut for Schema {
    fn deref_mut(&mut self) -> &mut Assertions {
        &mut self.assertions
    }
}

/// Every keyword that an instance can violate, applicators included.
///
/// What stands here and is expressed by no type and no check is left to the schema tables, so a field that nobody
/// knows costs time and no exactness. A record that equals its default allows every instance.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Assertions {
    /// `$ref`, and `$dynamicRef` where it is static.
    pub reference: Option<SchemaId>,
    /// `type`, with `nullable` and its other spellings.
    pub types: Types,
    /// `enum`.
    pub enumeration: Option<Vec<Value>>,
    /// `const`.
    pub constant: Option<Value>,
    /// `format`.
    pub format: Option<String>,
    /// Assertions on numbers.
    pub numbers: Rare<Numbers>,
    /// Assertions on strings.
    pub strings: Rare<Strings>,
    /// Assertions on arrays.
    pub arrays: Rare<Arrays>,
    /// Assertions on objects.
    pub objects: Rare<Objects>,
    /// `allOf`.
    pub all_of: Vec<SchemaId>,
    /// `anyOf`.
    pub any_of: Vec<SchemaId>,
    /// `oneOf`.
    pub one_of: Vec<SchemaId>,
    /// `not`.
    pub not: Option<SchemaId>,
    /// `if`, `then`, `else`.
    pub conditional: Option<Conditional>,
    /// `discriminator`.
    pub discriminator: Option<Discriminator>,
    /// Whether `null` satisfies the schema whatever else it says: `nullable` beside a reference or a composition.
    pub or_null: bool,
    /// What no type and no check expresses. No keyword says it: a test sets it, to see that such a keyword is left to the
    /// tables.
    pub unexpressed: bool,
}

impl Schema {
    /// The schema `true`.
    pub fn new(origin: Origin) -> Self {
        Self {
            source: origin.pointer.clone(),
            origin,
            assertions: Assertions::default(),
            annotations: Annotations::default(),
            extensions: Rare::default(),
            usage: Usage::default(),
        }
    }

    /// Every schema that this one names directly.
    pub fn children(&self) -> impl Iterator<Item = SchemaId> + '_ {
        let Arrays { items, prefix_items, contains, unevaluated_items, .. } = &*self.arrays;
        let Objects {
            properties,
            additional,
            pattern_properties,
            property_names,
            dependent_schemas,
            unevaluated_properties,
            ..
        } = &*self.objects;
        let conditional = self.conditional.iter().flat_map(|it| [Some(it.condition), it.then, it.otherwise]).flatten();
        let mapping = self.discriminator.iter().flat_map(Discriminator::branches);
        self.reference
            .into_iter()
            .chain(prefix_items.iter().copied())
            .chain(*items)
            .chain(contains.iter().map(|it| it.schema))
            .chain(*unevaluated_items)
            .chain(properties.values().copied())
            .chain(*additional)
            .chain(pattern_properties.values().copied())
            .chain(*property_names)
            .chain(dependent_schemas.values().copied())
            .chain(*unevaluated_properties)
            .chain(self.all_of.iter().copied())
            .chain(self.any_of.iter().copied())
            .chain(self.one_of.iter().copied())
            .chain(self.not)
            .chain(conditional)
            .chain(mapping)
    }

    /// The same keywords around other schemas: [`Schema::children`] of the result are those of this one, each mapped.
    #[must_use]
    pub fn with_children(&self, map: impl Fn(SchemaId) -> SchemaId) -> Self {
        let mut out = self.clone();
        out.map_children(&map);
        out
    }
}

impl Assertions {
    /// The same keywords around other schemas, each mapped.
    #[must_use]
    pub fn with_children(&self, map: impl Fn(SchemaId) -> SchemaId) -> Self {
        let mut out = self.clone();
        out.map_children(&map);
        out
    }

    /// Puts other schemas in the place of those inside.
    pub fn map_children(&mut self, map: &impl Fn(SchemaId) -> SchemaId) {
        let map = |id: &mut SchemaId| *id = map(*id);
        // What is no schema stays, whatever keywords there are.
        self.reference.iter_mut().for_each(map);
        if let Some(arrays) = self.arrays.present() {
            arrays.items.iter_mut().for_each(map);
            arrays.prefix_items.iter_mut().for_each(map);
            arrays.contains.iter_mut().for_each(|it| map(&mut it.schema));
            arrays.unevaluated_items.iter_mut().for_each(map);
        }
        if let Some(objects) = self.objects.present() {
            objects.properties.values_mut().for_each(map);
            objects.additional.iter_mut().for_each(map);
            objects.pattern_properties.values_mut().for_each(map);
            objects.property_names.iter_mut().for_each(map);
            objects.dependent_schemas.values_mut().for_each(map);
            objects.unevaluated_properties.iter_mut().for_each(map);
        }
        for list in [&mut self.all_of, &mut self.any_of, &mut self.one_of] {
            list.iter_mut().for_each(map);
        }
        self.not.iter_mut().for_each(map);
        if let Some(Conditional { condition, then, otherwise }) = &mut self.conditional {
            map(condition);
            then.iter_mut().chain(otherwise).for_each(map);
        }
        if let Some(discriminator) = &mut self.discriminator {
            discriminator.mapping.values_mut().chain(&mut discriminator.default).for_each(map);
        }
    }
}

/// Keywords that assert nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Annotations {
    /// `title`.
    pub title: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `readOnly`.
    pub read_only: bool,
    /// `contentEncoding`: the text stands for bytes.
    pub content_encoding: Option<String>,
    /// `contentMediaType`: what the text holds.
    pub content_media_type: Option<String>,
    /// `writeOnly`.
    pub write_only: bool,
    /// `default`.
    pub default: Option<Value>,
    /// `example` and `examples`.
    pub examples: Vec<Value>,
}

/// Extensions of the Schema Object.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Extensions {
    /// `x-enum-varnames` or `x-enumNames`: a name beside each member of `enum`.
    pub enum_names: Vec<String>,
    /// `x-enum-descriptions`: what each member of `enum` means; empty where it says nothing.
    pub enum_descriptions: Vec<String>,
    /// `x-extensible-enum`: values that are known today of a set that may grow.
    pub known_values: Option<Vec<String>>,
    /// `name` of `x-ms-enum`: what the type of the values is called.
    pub type_name: Option<String>,
    /// `modelAsString` of `x-ms-enum`, or `x-enumFlags`: `enum` does not list every value.
    pub is_open: bool,
    /// `x-ms-discriminator-value`: the value of the tag that leads here from a parent in `allOf`.
    pub discriminator_value: Option<String>,
    /// `x-rust-name`: the name that the author wants.
    pub rust_name: Option<String>,
    /// Names that the user gives to properties, or to the members of `enum`, by their text.
    pub member_names: BTreeMap<String, String>,
    /// `x-provenance` and what belongs to it, as one sentence.
    pub provenance: Option<String>,
    /// `x-secret`: the value must not show in logs.
    pub secret: bool,
}

/// The types of JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// `null`
    Null,
    /// `boolean`
    Boolean,
    /// `integer`
    Integer,
    /// `number`, integers included
    Number,
    /// `string`
    String,
    /// `array`
    Array,
    /// `object`
    Object,
}

impl Type {
    /// Every type.
    pub const ALL: [Self; 7] =
        [Self::Null, Self::Boolean, Self::Integer, Self::Number, Self::String, Self::Array, Self::Object];

    /// The type's name in JSON Schema.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }

    /// The type of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }
}

/// A set of types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Types(u8);

impl Default for Types {
    fn default() -> Self {
        Self::ALL
    }
}

impl Types {
    /// Every instance: the keyword `type` is absent.
    pub const ALL: Self = Self(0b111_1111);
    /// No instance: the schema is `false`.
    pub const NONE: Self = Self(0);

    /// A set of one.
    pub fn only(ty: Type) -> Self {
        Self(1 << ty as u8)
    }

    /// Whether the type is in the set.
    pub fn contains(self, ty: Type) -> bool {
        self.0 & (1 << ty as u8) != 0
    }

    /// The set with one more type.
    #[must_use]
    pub fn with(self, ty: Type) -> Self {
        Self(self.0 | 1 << ty as u8)
    }

    /// The set without a type.
    #[must_use]
    pub fn without(self, ty: Type) -> Self {
        Self(self.0 & !(1 << ty as u8))
    }

    /// What both sets allow; `integer` and `number` have `integer` in common.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let both = Self(self.0 & other.0);
        let mixed = |a: Self, b: Self| a.contains(Type::Number) && b.contains(Type::Integer);
        if mixed(self, other) || mixed(other, self) { both.with(Type::Integer) } else { both }
    }

    /// Whether a value has one of the types.
    pub fn allow(self, value: &Value) -> bool {
        match value {
            Value::Null => self.contains(Type::Null),
            Value::Bool(_) => self.contains(Type::Boolean),
            Value::Number(number) => {
                self.contains(Type::Number) || (self.contains(Type::Integer) && number.as_i128().is_some())
            }
            Value::String(_) => self.contains(Type::String),
            Value::Array(_) => self.contains(Type::Array),
            Value::Object(_) => self.contains(Type::Object),
        }
    }

    /// The types in the set.
    pub fn iter(self) -> impl Iterator<Item = Type> {
        Type::ALL.into_iter().filter(move |ty| self.contains(*ty))
    }

    /// The types, for people: `` `string` or `integer` ``.
    pub fn shown(self) -> String {
        self.iter().map(|it| format!("`{}`", it.as_str())).collect::<Vec<_>>().join(" or ")
    }

    /// The type, where there is exactly one.
    pub fn single(self) -> Option<Type> {
        let mut all = self.iter();
        all.next().filter(|_| all.next().is_none())
    }
}

/// Assertions on numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Numbers {
    /// `minimum`.
    pub minimum: Option<Number>,
    /// `maximum`.
    pub maximum: Option<Number>,
    /// `exclusiveMinimum` as a number, whichever way the document's version spells it.
    pub exclusive_minimum: Option<Number>,
    /// `exclusiveMaximum` as a number.
    pub exclusive_maximum: Option<Number>,
    /// `multipleOf`.
    pub multiple_of: Option<Number>,
}

/// Assertions on strings; lengths count code points.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Strings {
    /// `minLength`.
    pub min_length: Option<u64>,
    /// `maxLength`.
    pub max_length: Option<u64>,
    /// `pattern`, a regular expression of ECMA-262.
    pub pattern: Option<String>,
}

/// Assertions on arrays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Arrays {
    /// `items`.
    pub items: Option<SchemaId>,
    /// `prefixItems`.
    pub prefix_items: Vec<SchemaId>,
    /// `minItems`.
    pub min_items: Option<u64>,
    /// `maxItems`.
    pub max_items: Option<u64>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `contains`, `minContains`, `maxContains`.
    pub contains: Option<Contains>,
    /// `unevaluatedItems`.
    pub unevaluated_items: Option<SchemaId>,
}

/// `contains` with its bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contains {
    /// What is counted.
    pub schema: SchemaId,
    /// `minContains`.
    pub min: Option<u64>,
    /// `maxContains`.
    pub max: Option<u64>,
}

/// Assertions on objects.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Objects {
    /// `properties`, in the order of the document.
    pub properties: IndexMap<String, SchemaId>,
    /// `required`.
    pub required: Vec<String>,
    /// `additionalProperties`.
    pub additional: Option<SchemaId>,
    /// `patternProperties`.
    pub pattern_properties: IndexMap<String, SchemaId>,
    /// `propertyNames`.
    pub property_names: Option<SchemaId>,
    /// `minProperties`.
    pub min_properties: Option<u64>,
    /// `maxProperties`.
    pub max_properties: Option<u64>,
    /// `dependentRequired`.
    pub dependent_required: IndexMap<String, Vec<String>>,
    /// `dependentSchemas`.
    pub dependent_schemas: IndexMap<String, SchemaId>,
    /// `unevaluatedProperties`.
    pub unevaluated_properties: Option<SchemaId>,
}

/// `if` with `then` and `else`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conditional {
    /// `if`.
    pub condition: SchemaId,
    /// `then`.
    pub then: Option<SchemaId>,
    /// `else`.
    pub otherwise: Option<SchemaId>,
}

/// The property that tells the branches of a union apart: a Discriminator Object, or what the branches say themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discriminator {
    /// `propertyName`.
    pub property: String,
    /// The type of its values.
    pub kind: TagKind,
    /// The branch of each value: those of the document, those that branches insist on, and the names of components.
    pub mapping: IndexMap<String, SchemaId>,
    /// `defaultMapping`: the branch of every other value, and of values without the property.
    pub default: Option<SchemaId>,
}

impl Discriminator {
    /// The branches that it names.
    pub fn branches(&self) -> impl Iterator<Item = SchemaId> + '_ {
        self.mapping.values().copied().chain(self.default)
    }

    /// Names another schema wherever one of these is named.
    pub fn replace(&mut self, is_one: impl Fn(SchemaId) -> bool, with: SchemaId) {
        let named = self.mapping.values_mut().chain(&mut self.default);
        named.filter(|id| is_one(**id)).for_each(|id| *id = with);
    }
}

/// The types that a tag may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagKind {
    /// `string`
    String,
    /// `integer`; the mapping has its digits.
    Integer,
    /// `boolean`; the mapping has `true` and `false`.
    Boolean,
}

impl TagKind {
    /// The name of the type in JSON Schema.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
        }
    }
}

/// In which direction the instances of a schema travel; both are false for schemas that no operation uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    /// From client to server.
    pub request: bool,
    /// From server to client.
    pub response: bool,
}
