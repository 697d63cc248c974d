//! The formats of JSON Schema 2020-12 and of OpenAPI, as assertions.
//!
//! A format that is not known, such as `password` or one of the document's own, allows every value.

use std::borrow::Cow;

use serde_json::Number;

#[cfg(feature = "byte")]
pub(super) mod byte;
#[cfg(feature = "hostname")]
mod host;
pub(super) mod time;
mod uri;

/// Whether `text` is valid by `format`.
pub fn is_valid(format: &str, text: &str) -> bool {
    match format {
        "date-time" => time::date_time(text).is_some(),
        "date" => time::date_of(text).is_some(),
        "time" => time::time_of(text).is_some(),
        "duration" => time::is_duration(text),
        #[cfg(feature = "hostname")]
        "email" => host::is_email(text),
        #[cfg(feature = "hostname")]
        "idn-email" => host::is_idn_email(text),
        #[cfg(feature = "hostname")]
        "hostname" => host::is_hostname(text),
        #[cfg(feature = "hostname")]
        "idn-hostname" => host::is_idn_hostname(text),
        "ipv4" => text.parse::<std::net::Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<std::net::Ipv6Addr>().is_ok(),
        #[cfg(feature = "uri")]
        "uri" => fluent_uri::Uri::parse(text).is_ok(),
        #[cfg(feature = "uri")]
        "uri-reference" => fluent_uri::UriRef::parse(text).is_ok(),
        #[cfg(feature = "uri")]
        "iri" => fluent_uri::Iri::parse(text).is_ok(),
        #[cfg(feature = "uri")]
        "iri-reference" => fluent_uri::IriRef::parse(text).is_ok(),
        "uri-template" => uri::is_template(text),
        "uuid" => is_uuid(text),
        "json-pointer" => uri::is_json_pointer(text),
        "relative-json-pointer" => uri::is_relative_json_pointer(text),
        #[cfg(feature = "pattern")]
        "regex" => super::pattern::compile(text).is_ok(),
        #[cfg(feature = "byte")]
        "byte" => byte::decode(text).is_some(),
        #[cfg(feature = "byte")]
        "base64url" => byte::is_of_urls(text),
        "decimal" => is_decimal(text),
        _ => true,
    }
}

/// Whether `number` is valid by `format`: within the range of the type that the format names.
pub fn is_valid_number(format: &str, number: &Number) -> bool {
    let is_within = |min: f64, max: f64| number.as_f64().is_some_and(|it| it.fract() == 0.0 && it >= min && it < max);
    match format {
        "int8" => is_within(-128.0, 128.0),
        "int16" => is_within(-32_768.0, 32_768.0),
        "int32" => is_within(-2_147_483_648.0, 2_147_483_648.0),
        "uint8" => is_within(0.0, 256.0),
        "uint16" => is_within(0.0, 65_536.0),
        "uint32" => is_within(0.0, 4_294_967_296.0),
        // Near their ends a float is too coarse, hence the exact answer for what is held as an integer. What is not held
        // as one may be -2^63, or an integer below it that was rounded.
        "int64" if !number.is_f64() => number.is_i64(),
        "int64" => number.as_f64().is_some_and(|it| it.fract() == 0.0 && it.abs() < 9_223_372_036_854_775_808.0),
        "uint64" | "uint" if !number.is_f64() => number.is_u64(),
        "uint64" | "uint" => is_within(0.0, 18_446_744_073_709_551_616.0),
        // What rounds to a float of 32 bits is one: shortest texts, such as `3.4028235e38`, may lie a little above it.
        #[expect(clippy::cast_possible_truncation, reason = "what is too large becomes infinite")]
        "float" => number.as_f64().is_some_and(|it| (it as f32).is_finite()),
        _ => true,
    }
}

/// What a valid value is, with its article: `a UUID`.
pub fn describe(format: &str) -> Cow<'static, str> {
    let words = match format {
        "date-time" => "a date and time such as 2024-05-31T12:00:00Z",
        "date" => "a date such as 2024-05-31",
        "time" => "a time with its offset such as 12:00:00Z",
        "duration" => "a duration such as P1DT12H",
        "email" | "idn-email" => "an e-mail address",
        "hostname" | "idn-hostname" => "a host name",
        "ipv4" => "an IPv4 address",
        "ipv6" => "an IPv6 address",
        "uri" => "a URI",
        "uri-reference" => "a URI or a relative reference",
        "iri" => "an IRI",
        "iri-reference" => "an IRI or a relative reference",
        "uri-template" => "a URI template",
        "uuid" => "a UUID",
        "json-pointer" => "a JSON Pointer",
        "relative-json-pointer" => "a relative JSON Pointer",
        "regex" => "a regular expression of ECMA-262",
        "byte" => "base64",
        "base64url" => "base64 in the alphabet of URLs",
        "decimal" => "a decimal number such as 12.50",
        "int8" => "an integer of 8 bits",
        "int16" => "an integer of 16 bits",
        "int32" => "an integer of 32 bits",
        "int64" => "an integer of 64 bits",
        "uint8" => "an integer of 8 bits that is not negative",
        "uint16" => "an integer of 16 bits that is not negative",
        "uint32" => "an integer of 32 bits that is not negative",
        "uint64" | "uint" => "an integer of 64 bits that is not negative",
        "float" => "a number of single precision",
        _ => return format!("valid by the format `{format}`").into(),
    };
    words.into()
}

/// Five groups of hexadecimal digits.
fn is_uuid(text: &str) -> bool {
    let is_hyphen = |index| matches!(index, 8 | 13 | 18 | 23);
    let is_right = |(index, byte): (usize, u8)| if is_hyphen(index) { byte == b'-' } else { byte.is_ascii_hexdigit() };
    text.len() == 36 && text.bytes().enumerate().all(is_right)
}

/// An optional minus, digits, and after a point more digits.
fn is_decimal(text: &str) -> bool {
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let magnitude = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = magnitude.split_once('.').unwrap_or((magnitude, "0"));
    digits(whole) && digits(fraction)
}
