//! Spellings of formatted values that have one meaning, though the format does not have them.

#[cfg(feature = "uri")]
use std::fmt::Write as _;

use crate::support::format;

/// The text as its format wants it: `2024-05-31 12:00:00` is `2024-05-31T12:00:00Z`.
pub(super) fn respelled(name: &str, text: &str) -> Option<String> {
    let better = match name {
        "date-time" => moment(text),
        "date" => day(text),
        "time" => clock(text),
        #[cfg(feature = "uuid")]
        "uuid" => uuid::Uuid::try_parse(text).ok().map(|it| it.to_string()),
        #[cfg(feature = "byte")]
        "byte" => bytes(text),
        #[cfg(feature = "uri")]
        "uri" | "uri-reference" => Some(escaped(text)),
        _ => None,
    };
    better.filter(|it| format::is_valid(name, it))
}

/// What ISO 8601 has and RFC 3339 has not; a moment without its offset is taken as one of UTC.
fn moment(text: &str) -> Option<String> {
    let (day, rest) = text.split_at_checked(10)?;
    let time = rest.strip_prefix(['T', 't', ' '])?;
    Some(format!("{day}T{}", clock(time)?))
}

/// Digits alone, and midnight.
fn day(text: &str) -> Option<String> {
    if text.len() == 8 {
        return Some(format!("{}-{}-{}", text.get(..4)?, text.get(4..6)?, text.get(6..)?));
    }
    let (day, rest) = text.split_at_checked(10)?;
    let rest = rest.strip_prefix(['T', 't', ' '])?.trim_end_matches(['Z', 'z']);
    rest.bytes().all(|it| matches!(it, b'0' | b':' | b'.')).then(|| day.to_owned())
}

/// Without seconds, with an offset in short, and without one, which is then that of UTC.
fn clock(text: &str) -> Option<String> {
    let end = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (time, offset) = text.split_at_checked(end)?;
    let time = time.trim_end();
    let seconds = if time.len() == 5 { ":00" } else { "" };
    let offset = match offset.len() {
        0 => "Z".to_owned(),
        3 => format!("{offset}:00"),
        5 => format!("{}:{}", offset.get(..3)?, offset.get(3..)?),
        _ => offset.to_owned(),
    };
    Some(format!("{time}{seconds}{offset}"))
}

/// In the alphabet of URLs, without padding, or in lines.
#[cfg(feature = "byte")]
fn bytes(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|it| !it.is_ascii_whitespace()).collect();
    let standard = text.trim_end_matches('=').replace('-', "+").replace('_', "/");
    let padded = format!("{standard}{}", "=".repeat(standard.len().wrapping_neg() % 4));
    format::byte::decode(&padded).map(|it| format::byte::encode(&it))
}

/// What no URI has, as RFC 3987 maps it: `/a b` is `/a%20b`.
#[cfg(feature = "uri")]
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_graphic() && !r#""<>\^`{|}"#.contains(c) {
            escaped.push(c);
            continue;
        }
        let mut buffer = [0; 4];
        for byte in c.encode_utf8(&mut buffer).bytes() {
            // Writing to a `String` cannot fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}
