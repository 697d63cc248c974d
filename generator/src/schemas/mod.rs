//! Facts about schemas that hold whatever becomes of them: what a schema amounts to, and how it stands in tables.

mod alike;
pub(crate) mod clash;
pub(crate) mod directions;
pub(crate) mod integers;
mod nulls;
mod possible;
pub mod tables;
mod view;
mod within;

pub(crate) use alike::{are_equal, exclude_strings};
pub(crate) use nulls::{names_null, takes_null};
pub(crate) use possible::{Possible, type_of};
pub(crate) use view::{Category, View, alias, behind, is_null, refers, whole};
pub(crate) use within::{MOST_BRANCHES, is_within};

/// The formats that are asserted; every other one is an annotation.
pub(crate) const ASSERTED_FORMATS: &[&str] = &[
    "date-time",
    "date",
    "time",
    "duration",
    "email",
    "idn-email",
    "hostname",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uri-reference",
    "iri",
    "iri-reference",
    "uri-template",
    "uuid",
    "json-pointer",
    "relative-json-pointer",
    "regex",
    "byte",
    "decimal",
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "uint",
    "float",
    "double",
];

/// Those of them that are about whole numbers.
pub(crate) const INTEGER_FORMATS: &[&str] =
    &["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "uint"];

/// Those of them that are about numbers.
pub(crate) const NUMBER_FORMATS: &[&str] =
    &["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "uint", "float", "double"];
