//! The types that have a textual form, and the one that no library provides.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt::{self, Write};
use std::hash::{Hash, Hasher};
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer};
use serde::{Serialize, Serializer};

use super::super::format::is_valid;
use super::{Format, FormatError};

/// Appends what a value displays.
pub(super) fn display(value: impl fmt::Display, text: &mut String) {
    // Writing to a `String` cannot fail.
    let _ = write!(text, "{value}");
}

impl Format for Ipv4Addr {
    const NAME: &'static str = "ipv4";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn render(&self, text: &mut String) {
        display(self, text);
    }
}

impl Format for Ipv6Addr {
    const NAME: &'static str = "ipv6";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn render(&self, text: &mut String) {
        display(self, text);
    }
}

/// `format: decimal`: a decimal number of any length, kept as it is written (`1.50` stays `1.50`).
///
/// Equality and order are those of the number: `1.5` equals `1.50`.
#[derive(Clone)]
pub struct Decimal {
    text: Box<str>,
}

impl Decimal {
    /// The number of a text such as `-12.50`; `None` if the text is not a plain decimal number.
    pub fn parse(text: &str) -> Option<Self> {
        is_valid("decimal", text).then(|| Self { text: text.into() })
    }

    /// The number as it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the number is written with a minus sign.
    pub fn is_negative(&self) -> bool {
        self.text.starts_with('-')
    }

    /// The digits before and after the point, as they are written.
    pub fn digits(&self) -> (&str, &str) {
        let digits = self.text.strip_prefix('-').unwrap_or(&self.text);
        digits.split_once('.').unwrap_or((digits, ""))
    }

    /// The nearest floating-point number.
    pub fn to_f64(&self) -> f64 {
        self.text.parse().unwrap_or(f64::NAN)
    }

    /// Sign, significant integer digits and significant fraction digits: the same for equal numbers.
    fn key(&self) -> (bool, &str, &str) {
        let (integer, fraction) = self.digits();
        let (integer, fraction) = (integer.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let is_zero = integer.is_empty() && fraction.is_empty();
        (self.is_negative() && !is_zero, integer, fraction)
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Decimal {}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let ((left_negative, left, left_fraction), (right_negative, right, right_fraction)) = (self.key(), other.key());
        let magnitude = || left.len().cmp(&right.len()).then(left.cmp(right)).then(left_fraction.cmp(right_fraction));
        match (left_negative, right_negative) {
            (false, false) => magnitude(),
            (true, true) => magnitude().reverse(),
            (left, right) => right.cmp(&left),
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<i64> for Decimal {
    fn from(number: i64) -> Self {
        Self { text: number.to_string().into() }
    }
}

impl FromStr for Decimal {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, FormatError> {
        Self::parse(text).ok_or(FormatError { format: "decimal" })
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
