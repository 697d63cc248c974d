//! Values that a `format` describes: parsed, and written again exactly as they came.
//!
//! `format: date-time` is one instant with many spellings (`2024-01-01T00:00:00Z`, `2024-01-01t01:00:00.0+01:00`).
//! A [`Formatted`] is the parsed value and, only where it differs from the canonical one, the spelling.

use std::borrow::Cow;
use std::cell::Cell;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Deref;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::{Serialize, Serializer};

#[cfg(feature = "byte")]
mod byte;
#[cfg(feature = "chrono")]
pub mod chrono;
#[cfg(feature = "jiff")]
pub mod jiff;
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
mod offset_time;
#[cfg(feature = "rust_decimal")]
pub mod rust_decimal;
#[cfg(feature = "time")]
pub mod time;
mod types;
#[cfg(feature = "uri")]
mod uri;
#[cfg(feature = "uuid")]
mod uuid;

#[cfg(feature = "jiff")]
pub use jiff::{Date, DateTime, Time};
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
pub use offset_time::OffsetTime;
pub use types::Decimal;

/// `format: uuid`.
#[cfg(feature = "uuid")]
pub type Uuid = Formatted<::uuid::Uuid>;
/// `format: uri`.
#[cfg(feature = "uri")]
pub type Uri = Formatted<fluent_uri::Uri<String>>;
/// `format: uri-reference`.
#[cfg(feature = "uri")]
pub type UriRef = Formatted<fluent_uri::UriRef<String>>;
/// `format: byte`: binary data as base64.
#[cfg(feature = "byte")]
pub type Bytes = Formatted<Vec<u8>>;
/// `format: ipv4`.
pub type Ipv4 = Formatted<std::net::Ipv4Addr>;
/// `format: ipv6`.
pub type Ipv6 = Formatted<std::net::Ipv6Addr>;

/// A type whose values have a textual form that a `format` names.
pub trait Format: Sized {
    /// The value of `format`, such as `date-time`.
    const NAME: &'static str;

    /// The value of a text that is valid by the format; `None` for any other text.
    fn parse(text: &str) -> Option<Self>;

    /// Appends the canonical text.
    fn render(&self, text: &mut String);

    /// Whether the canonical text is this one, from which the value was parsed.
    fn is_canonical(&self, text: &str) -> bool {
        is_rendered(self, text)
    }
}

/// A value, and its text where that is not the canonical one.
///
/// Equality, order and hash are those of the value.
#[derive(Clone)]
pub struct Formatted<T> {
    value: T,
    text: Option<Box<str>>,
}

impl<T> Formatted<T> {
    /// A value in its canonical form.
    pub const fn new(value: T) -> Self {
        Self { value, text: None }
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T: Format> Formatted<T> {
    /// The value of a text; `None` if the text is not valid by the format.
    pub fn parse(text: &str) -> Option<Self> {
        let value = T::parse(text)?;
        let spelling = if value.is_canonical(text) { None } else { Some(text.into()) };
        Some(Self { value, text: spelling })
    }

    /// The text as it came, or the canonical one.
    pub fn spelling(&self) -> Cow<'_, str> {
        self.text.as_deref().map_or_else(|| canonical(&self.value).into(), Cow::from)
    }
}

/// How much room a thread keeps for the next text.
const KEPT: usize = 1024;

/// Whether a value is rendered as this text.
fn is_rendered<T: Format>(value: &T, text: &str) -> bool {
    canonical(value) == text
}

fn canonical<T: Format>(value: &T) -> String {
    // Room for a UUID and for moments up to the nanosecond.
    let mut text = String::with_capacity(36);
    value.render(&mut text);
    text
}

impl<T> From<T> for Formatted<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T> Deref for Formatted<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> AsRef<T> for Formatted<T> {
    fn as_ref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Formatted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T: Format> fmt::Display for Formatted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.spelling())
    }
}

impl<T: Default> Default for Formatted<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: PartialEq> PartialEq for Formatted<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Formatted<T> {}

impl<T: PartialOrd> PartialOrd for Formatted<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.value.partial_cmp(&other.value)
    }
}

impl<T: Ord> Ord for Formatted<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value)
    }
}

impl<T: Hash> Hash for Formatted<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

/// A text that is not valid by its format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormatError {
    /// The format, such as `date-time`.
    pub format: &'static str,
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "must be {}", super::format::describe(self.format))
    }
}

impl std::error::Error for FormatError {}

impl<T: Format> FromStr for Formatted<T> {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, FormatError> {
        Self::parse(text).ok_or(FormatError { format: T::NAME })
    }
}

thread_local! {
    /// Where texts are made that are only looked at, so that each of a page of moments costs no memory of its own.
    static SCRATCH: Cell<String> = const { Cell::new(String::new()) };
}

impl<T: Format> Serialize for Formatted<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(text) = &self.text {
            return serializer.serialize_str(text);
        }
        // Threads that end have no place for it any more.
        let mut text = SCRATCH.try_with(Cell::take).unwrap_or_default();
        text.clear();
        self.value.render(&mut text);
        let written = serializer.serialize_str(&text);
        if text.capacity() <= KEPT {
            let _ = SCRATCH.try_with(|scratch| scratch.set(text));
        }
        written
    }
}

impl<'de, T: Format> Deserialize<'de> for Formatted<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text<T>(PhantomData<T>);

        impl<T: Format> Visitor<'_> for Text<T> {
            type Value = Formatted<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&super::format::describe(T::NAME))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                text.parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_str(Text(PhantomData))
    }
}
