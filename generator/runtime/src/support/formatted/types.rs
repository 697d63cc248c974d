//! The types that have a textual form, and the two that no library provides.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt::{self, Write};
use std::hash::{Hash, Hasher};
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::fmt::temporal::DateTimePrinter;
use serde::de::{self, Deserialize, Deserializer};
use serde::{Serialize, Serializer};

use super::super::format::time::{self, FullDate, FullTime};
use super::super::format::{self, is_valid};
use super::{Format, FormatError, is_rendered};

/// Writes moments and days without the detour through `Display`.
const PRINTER: DateTimePrinter = DateTimePrinter::new();

/// Appends what a value displays.
fn display(value: impl fmt::Display, text: &mut String) {
    // Writing to a `String` cannot fail.
    let _ = write!(text, "{value}");
}

impl Format for jiff::Timestamp {
    const NAME: &'static str = "date-time";

    fn parse(text: &str) -> Option<Self> {
        let (day, clock) = time::date_time(text)?;
        let instant = offset_of(clock)?.to_timestamp(date_of(day)?.to_datetime(time_of(clock)?));
        // What is valid and out of range lies in the last hours of the year 9999 or the first of the year 0.
        Some(instant.unwrap_or(if day.year > 0 { Self::MAX } else { Self::MIN }))
    }

    fn render(&self, text: &mut String) {
        // Writing to a `String` cannot fail.
        let _ = PRINTER.print_timestamp(self, text);
    }

    fn is_canonical(&self, text: &str) -> bool {
        // `2024-01-01T00:00:00Z` or `2024-01-01T00:00:00.123Z`: in UTC, in capitals, no leap second, no digit too many.
        match text.as_bytes() {
            // The last year has instants that are out of range.
            [b'9', ..] => is_rendered(self, text),
            [_, _, _, _, _, _, _, _, _, _, b'T', _, _, _, _, _, _, b'0'..=b'5', _, fraction @ .., b'Z'] => {
                fraction.len() <= 10 && fraction.last() != Some(&b'0')
            }
            _ => false,
        }
    }
}

fn date_of(day: FullDate) -> Option<jiff::civil::Date> {
    jiff::civil::Date::new(day.year, day.month, day.day).ok()
}

/// A leap second becomes the second before it, with the fraction that it has.
fn time_of(clock: FullTime) -> Option<jiff::civil::Time> {
    jiff::civil::Time::new(clock.hour, clock.minute, clock.second.min(59), clock.nanosecond).ok()
}

fn offset_of(clock: FullTime) -> Option<jiff::tz::Offset> {
    jiff::tz::Offset::from_seconds(clock.offset * 60).ok()
}

impl Format for jiff::civil::Date {
    const NAME: &'static str = "date";

    fn parse(text: &str) -> Option<Self> {
        date_of(time::date_of(text)?)
    }

    fn render(&self, text: &mut String) {
        // Writing to a `String` cannot fail.
        let _ = PRINTER.print_date(self, text);
    }

    fn is_canonical(&self, _: &str) -> bool {
        true
    }
}

/// A time of the day and its distance from UTC, as in `08:30:00+02:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OffsetTime {
    /// The time of the day.
    pub time: jiff::civil::Time,
    /// The distance from UTC.
    pub offset: jiff::tz::Offset,
}

impl Format for OffsetTime {
    const NAME: &'static str = "time";

    fn parse(text: &str) -> Option<Self> {
        let clock = time::time_of(text)?;
        Some(Self { time: time_of(clock)?, offset: offset_of(clock)? })
    }

    fn render(&self, text: &mut String) {
        display(self.time, text);
        let minutes = self.offset.seconds() / 60;
        if minutes == 0 {
            return text.push('Z');
        }
        let sign = if minutes < 0 { '-' } else { '+' };
        display(format_args!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60), text);
    }
}

impl Format for uuid::Uuid {
    const NAME: &'static str = "uuid";

    fn parse(text: &str) -> Option<Self> {
        // The library also reads braces, URNs and plain digits, which the format does not have.
        if is_valid(Self::NAME, text) { Self::try_parse(text).ok() } else { None }
    }

    fn render(&self, text: &mut String) {
        display(self, text);
    }

    fn is_canonical(&self, text: &str) -> bool {
        !text.bytes().any(|it| it.is_ascii_uppercase())
    }
}

impl Format for fluent_uri::Uri<String> {
    const NAME: &'static str = "uri";

    fn parse(text: &str) -> Option<Self> {
        Self::parse(text.to_owned()).ok()
    }

    fn render(&self, text: &mut String) {
        text.push_str(self.as_str());
    }

    fn is_canonical(&self, _: &str) -> bool {
        true
    }
}

impl Format for fluent_uri::UriRef<String> {
    const NAME: &'static str = "uri-reference";

    fn parse(text: &str) -> Option<Self> {
        Self::parse(text.to_owned()).ok()
    }

    fn render(&self, text: &mut String) {
        text.push_str(self.as_str());
    }

    fn is_canonical(&self, _: &str) -> bool {
        true
    }
}

impl Format for Vec<u8> {
    const NAME: &'static str = "byte";

    fn parse(text: &str) -> Option<Self> {
        format::decode_base64(text)
    }

    fn render(&self, text: &mut String) {
        STANDARD.encode_string(self, text);
    }
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
