//! Run-time code shared by all APIs of this crate; it does not depend on any document.
//!
//! - [`decode`] and [`Validate`]: the one door for values, and the check behind it.
//! - [`Violations`]: the full report on a value that is not valid.
//! - `server` and `client`: the two sides of HTTP; `http` and `params` are what they share.
//! - [`Tristate`], [`Secret`], [`Formatted`] and the formats: what properties are made of.

mod aliases;
mod anything;
mod branches;
pub mod check;
#[cfg(feature = "client")]
pub mod client;
pub mod collections;
pub mod enumeration;
pub mod form;
pub mod format;
pub mod formatted;
#[cfg(any(feature = "client", feature = "server"))]
pub mod http;
pub mod json;
pub(crate) mod json_text;
pub mod members;
pub mod newtype;
pub mod object;
mod own;
#[cfg(any(feature = "client", feature = "server"))]
pub mod params;
#[cfg(feature = "pattern")]
pub mod pattern;
mod reading;
mod replay;
mod required;
mod secret;
#[cfg(feature = "server")]
pub mod server;
pub mod setters;
pub mod tagged;
mod tolerance;
mod tristate;
pub mod union;
mod validate;
mod violation;

pub use check::{Direction, Schemas};
#[cfg(feature = "indexmap")]
pub use collections::{IndexMap, IndexSet};
pub use enumeration::UnknownValue;
#[cfg(feature = "byte")]
pub use formatted::Bytes;
#[cfg(feature = "uuid")]
pub use formatted::Uuid;
#[cfg(feature = "chrono")]
pub use formatted::chrono;
#[cfg(feature = "rust_decimal")]
pub use formatted::rust_decimal;
#[cfg(feature = "time")]
pub use formatted::time;
#[cfg(feature = "jiff")]
pub use formatted::{Date, DateTime, Time};
pub use formatted::{Decimal, Formatted, Ipv4, Ipv6};
#[cfg(feature = "uri")]
pub use formatted::{Uri, UriRef};
pub use json::{Json, Null};
pub use own::Own;
#[cfg(feature = "pattern")]
pub use pattern::Pattern;
pub use replay::Replay;
pub use secret::Secret;
pub use tolerance::{tolerate, tolerate_value};
pub use tristate::Tristate;
pub use validate::{
    Model, Texts, Validate, decode, decode_in, decode_response, decode_value, has_length, is_unique, length, satisfies,
};
pub use violation::{Violation, Violations};

// The words of the prelude as macros say them: a type of a document may have each of these names.
#[doc(hidden)]
pub use core::{
    default::Default,
    option::Option::{self, None, Some},
    result::Result::{self, Err, Ok},
};

// The macros that give generated types their JSON form.
#[doc(hidden)]
pub use {
    aliases::aliases,
    branches::branches,
    enumeration::{enumeration, holds_by_openness, integer_enum, string_enum},
    json::serde_by_json,
    newtype::newtype,
    object::{object, present},
    required::required,
    setters::setters,
    tagged::tagged_union,
    union::{holds_by_variant, type_union, untagged_union},
    validate::{holds_by_schema, model},
};
