//! Which Rust types stand for which schemas.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which Rust types stand for which schemas.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Types {
    /// Whose types `date-time`, `date` and `time` have, unless `formats` says otherwise; `jiff`'s if left out.
    pub dates: Option<Dates>,
    /// By `format`.
    pub formats: Formats,
    /// Integers whose format and bounds ask for no other type; `i64` if left out.
    pub integers: Option<Integer>,
    /// Objects without named properties, and further properties; `BTreeMap` if left out.
    pub maps: Option<Maps>,
    /// Values of several branches of `oneOf`; refused if left out, as OpenAPI has it.
    pub one_of: Option<OneOf>,
    /// Arrays with `uniqueItems` of strings, integers and enumerations; `Vec` if left out.
    pub sets: Option<Sets>,
    /// Properties that an object may have and no schema names; kept if left out.
    pub unknown_properties: Option<Unknown>,
}

/// Which Rust types stand for which formats.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Formats {
    /// `date-time`.
    pub date_time: Option<Dates>,
    /// `date`.
    pub date: Option<Dates>,
    /// `time`: a time of the day with its offset.
    pub time: Option<Dates>,
    /// `decimal`, of strings; text if left out.
    pub decimal: Option<Decimals>,
    /// `uuid`.
    pub uuid: Option<Plain>,
    /// `uri`.
    pub uri: Option<Plain>,
    /// `int32`; other values than those of 32 bits are refused all the same.
    pub int32: Option<Integer>,
    /// `int64`; values that a narrower type does not hold are refused.
    pub int64: Option<Integer>,
}

/// Whose types dates and times have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Dates {
    /// `Timestamp`, `civil::Date` and `civil::Time` of the crate `jiff`.
    Jiff,
    /// `DateTime<Utc>`, `NaiveDate` and `NaiveTime` of the crate `chrono`.
    Chrono,
    /// `OffsetDateTime`, `Date` and `Time` of the crate `time`.
    Time,
    /// A string that is checked.
    Text,
}

/// What decimal numbers in strings are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Decimals {
    /// `Decimal` of the crate `rust_decimal`: up to 28 digits.
    RustDecimal,
    /// A string that is checked.
    Text,
}

/// A type, or text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Plain {
    /// The type of the run time.
    Typed,
    /// A string that is checked.
    Text,
}

/// A primitive integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Integer {
    /// 8 bits.
    I8,
    /// 16 bits.
    I16,
    /// 32 bits.
    I32,
    /// 64 bits.
    I64,
    /// 8 bits without a sign.
    U8,
    /// 16 bits without a sign.
    U16,
    /// 32 bits without a sign.
    U32,
    /// 64 bits without a sign.
    U64,
}

/// What a map by property names is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum Maps {
    /// In the order of the names.
    #[default]
    #[serde(rename = "BTreeMap")]
    BTree,
    /// In no order; types that hold one are not `Hash`.
    #[serde(rename = "HashMap")]
    Hash,
    /// In the order of the document, by the crate `indexmap`; types that hold one are not `Hash`.
    #[serde(rename = "IndexMap")]
    Index,
}

/// What becomes of a value that satisfies several branches of `oneOf`, where no discriminator tells them apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OneOf {
    /// It is a violation.
    #[default]
    Exact,
    /// It is valid, as if the schema said `anyOf`, and of the first branch that takes it, a narrower one before a wider one.
    Any,
}

/// What an array is whose items differ.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum Sets {
    /// A list, whose items are compared.
    #[default]
    #[serde(rename = "Vec")]
    List,
    /// In the order of the items.
    #[serde(rename = "BTreeSet")]
    BTree,
    /// In no order; types that hold one are not `Hash`.
    #[serde(rename = "HashSet")]
    Hash,
    /// In the order of the document, by the crate `indexmap`; types that hold one are not `Hash`.
    #[serde(rename = "IndexSet")]
    Index,
}

/// What becomes of properties that no schema names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unknown {
    /// They stand in a map, and are written again.
    #[default]
    Keep,
    /// They are read over, except where the rest of the schema depends on them.
    Drop,
    /// They are violations, as if the schema said `additionalProperties: false`.
    Refuse,
}

/// A crate whose types formats have, or maps and sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Library {
    /// Dates and times.
    Chrono,
    /// Maps and sets in the order of the document.
    Indexmap,
    /// Dates and times.
    Jiff,
    /// Decimal numbers.
    RustDecimal,
    /// Dates and times.
    Time,
}

impl Library {
    /// The name of the crate, and of the feature of the run time that needs it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chrono => "chrono",
            Self::Indexmap => "indexmap",
            Self::Jiff => "jiff",
            Self::RustDecimal => "rust_decimal",
            Self::Time => "time",
        }
    }
}

impl Dates {
    /// The crate; none for text.
    pub fn library(self) -> Option<Library> {
        match self {
            Self::Jiff => Some(Library::Jiff),
            Self::Chrono => Some(Library::Chrono),
            Self::Time => Some(Library::Time),
            Self::Text => None,
        }
    }
}

impl Types {
    /// These where they say anything, else the other ones.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        let Self { dates, formats, integers, maps, one_of, sets, unknown_properties } = self;
        // What an API says about all dates goes before what all APIs say about one of them.
        let base = if dates.is_some() { &other.formats.without_dates() } else { &other.formats };
        Self {
            dates: dates.or(other.dates),
            formats: formats.or(base),
            integers: integers.or(other.integers),
            maps: maps.or(other.maps),
            one_of: one_of.or(other.one_of),
            sets: sets.or(other.sets),
            unknown_properties: unknown_properties.or(other.unknown_properties),
        }
    }

    /// The types of `date-time`, `date` and `time`.
    pub fn dates(&self) -> [Dates; 3] {
        let default = self.dates.unwrap_or(Dates::Jiff);
        [self.formats.date_time, self.formats.date, self.formats.time].map(|it| it.unwrap_or(default))
    }
}

impl Formats {
    fn or(self, other: &Self) -> Self {
        let Self { date_time, date, time, decimal, uuid, uri, int32, int64 } = self;
        Self {
            date_time: date_time.or(other.date_time),
            date: date.or(other.date),
            time: time.or(other.time),
            decimal: decimal.or(other.decimal),
            uuid: uuid.or(other.uuid),
            uri: uri.or(other.uri),
            int32: int32.or(other.int32),
            int64: int64.or(other.int64),
        }
    }

    fn without_dates(&self) -> Self {
        Self { date_time: None, date: None, time: None, ..self.clone() }
    }
}
