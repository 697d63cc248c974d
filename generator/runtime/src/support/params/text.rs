//! The characters of parameters: percent-encoding, and what may stand in a header.

use std::borrow::Cow;

use http::HeaderValue;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};
use serde_json::Value;

/// Everything but RFC 3986's unreserved characters.
const RESERVED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What `allowReserved` still escapes in a query: `[ ] #` are not legal there, `& = +` delimit, a lone `%` would decode.
const NOT_ALLOWED: AsciiSet = RESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';');

/// The same for an item, where the comma delimits.
const NOT_ALLOWED_IN_ITEM: AsciiSet = NOT_ALLOWED.add(b',');

/// Which characters stay as they are.
#[derive(Debug, Clone, Copy)]
pub(super) enum Escape {
    /// The unreserved ones.
    All,
    /// Also the reserved ones that are harmless in a query.
    Query,
    /// The same, without the comma.
    QueryItem,
    /// All of them, since the value goes into a header, which knows no escapes.
    Nothing,
}

impl Escape {
    pub(super) fn apply(self, text: &str) -> String {
        match self {
            Self::All => utf8_percent_encode(text, &RESERVED).to_string(),
            Self::Query => around_triples(text, &NOT_ALLOWED),
            Self::QueryItem => around_triples(text, &NOT_ALLOWED_IN_ITEM),
            Self::Nothing => text.to_owned(),
        }
    }
}

/// The places of percent signs, and whether two hexadecimal digits follow each.
fn triples(text: &str) -> impl Iterator<Item = (usize, bool)> + '_ {
    let digits = |at: usize| text.as_bytes().get(at + 1..at + 3).is_some_and(|it| it.iter().all(u8::is_ascii_hexdigit));
    text.match_indices('%').map(move |(at, _)| (at, digits(at)))
}

/// Escapes what is not allowed; percent-encoded triples stay as they are (RFC 6570, 3.2.3).
fn around_triples(text: &str, set: &'static AsciiSet) -> String {
    let mut out = String::new();
    let mut done = 0;
    for (at, _) in triples(text).filter(|(_, is_triple)| *is_triple) {
        out.extend(utf8_percent_encode(&text[done..at], set));
        out.push_str(&text[at..at + 3]);
        done = at + 3;
    }
    out.extend(utf8_percent_encode(&text[done..], set));
    out
}

/// How text becomes characters again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unescape {
    /// Percent-encoding.
    Percent,
    /// Percent-encoding, and `+` is a space.
    Form,
    /// Percent-encoding, where it is one: a cookie may be anybody's.
    Cookie,
    /// None.
    Nothing,
    /// None; white space around list items is not part of them.
    Header,
}

impl Unescape {
    /// The characters, or `None` where a percent sign stands alone or they are not UTF-8.
    pub(super) fn apply(self, text: &str) -> Option<Cow<'_, str>> {
        match self {
            Self::Form | Self::Percent if !triples(text).all(|(_, is_triple)| is_triple) => None,
            Self::Form if text.contains('+') => {
                let spaced = text.replace('+', " ");
                percent_decode(spaced.as_bytes()).decode_utf8().ok().map(|it| it.into_owned().into())
            }
            Self::Percent | Self::Form | Self::Cookie => percent_decode(text.as_bytes()).decode_utf8().ok(),
            Self::Header => Some(text.trim_matches([' ', '\t']).into()),
            Self::Nothing => Some(text.into()),
        }
    }
}

/// Whether a text can be a cookie's value as it is (RFC 6265, 4.1.1).
pub(crate) fn is_cookie(text: &str) -> bool {
    text.bytes().all(|it| matches!(it, 0x21 | 0x23..=0x2b | 0x2d..=0x3a | 0x3c..=0x5b | 0x5d..=0x7e))
}

/// Why a text cannot be a header's value, if it cannot.
pub(crate) fn header_fault(text: &str) -> Option<&'static str> {
    if !text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\t')) {
        return Some("holds a character that no header can carry");
    }
    // Receivers strip it, so the value would arrive as another one.
    if text.starts_with([' ', '\t']) || text.ends_with([' ', '\t']) {
        return Some("starts or ends with white space, which no header can carry");
    }
    None
}

/// The text of a header that came: what others write beyond ASCII is read as UTF-8, and is no text where it is none.
pub(crate) fn header_text(value: &HeaderValue) -> Option<&str> {
    str::from_utf8(value.as_bytes()).ok()
}

/// A value as it stands in a path, a query or a body of text: a string as it is, anything else as JSON.
pub(crate) fn spelled(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// JSON text in the characters that a header can carry.
pub(super) fn ascii_json(text: &str) -> String {
    let mut ascii = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() && c != '\u{7f}' {
            ascii.push(c);
            continue;
        }
        let mut units = [0; 2];
        for unit in c.encode_utf16(&mut units) {
            ascii.push_str("\\u");
            ascii.extend(
                [12, 8, 4, 0].map(|shift| char::from_digit(u32::from(*unit >> shift) & 0xf, 16).unwrap_or('0')),
            );
        }
    }
    ascii
}
