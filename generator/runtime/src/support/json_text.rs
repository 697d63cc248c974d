//! JSON as it goes over the wire: a reader and a writer, what stands before it, and what is wrong with what is none.

use std::fmt;

use serde::{de, ser};
use serde_json::Value;

use super::Json;
#[cfg(any(feature = "client", feature = "server"))]
use super::check::duplicates;
use super::json::Written;
use super::violation::Violation;
#[cfg(any(feature = "client", feature = "server"))]
use super::violation::Violations;

mod growing;
mod read;
mod write;

/// UTF-8's byte order mark, which writers must not add and readers may ignore: RFC 8259, section 8.1.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// What gzip begins with: RFC 1952, section 2.3.1.
const GZIP: &[u8] = b"\x1f\x8b";

/// The text without a byte order mark.
pub(crate) fn unmarked(text: &[u8]) -> &[u8] {
    text.strip_prefix(MARK).unwrap_or(text)
}

/// Reads a value.
///
/// # Errors
/// Where the text is no JSON, or the type does not hold it.
pub(crate) fn value<T: Json>(text: &[u8]) -> Result<T, Failed> {
    // One look at the whole is quicker than one at each string.
    match std::str::from_utf8(unmarked(text)) {
        Ok(text) => read::whole(text, |text| T::read(text)),
        Err(_) => Err(Failed),
    }
}

/// Writes a value; none where it has no JSON form.
pub(crate) fn written<T: Json>(value: &T) -> Option<Vec<u8>> {
    // Bodies are rarely shorter, and growing costs more than the room.
    const ROOM: usize = 1024;
    write::whole(ROOM, &Written(value))
}

/// Text is no JSON, or a value has no form in it; nobody asks why.
#[derive(Debug)]
pub(crate) struct Failed;

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no such JSON")
    }
}

impl std::error::Error for Failed {}

impl de::Error for Failed {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl ser::Error for Failed {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// How many of the first bytes stand in a JSON string as they are: neither quote nor backslash, nor control characters.
#[inline]
fn plain(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let found = special(u64::from_le_bytes(*word));
        if found != 0 {
            return index * 8 + found.trailing_zeros() as usize / 8;
        }
    }
    rest.iter().position(|byte| is_special(*byte)).map_or(bytes.len(), |position| words.len() * 8 + position)
}

/// Whether a byte must be escaped.
#[inline]
fn is_special(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | ..b' ')
}

/// The high bit of each of eight bytes that must be escaped; bits above the lowest of them mean nothing.
#[inline]
fn special(word: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = EACH * 0x80;
    let below = |word: u64, least: u64| word.wrapping_sub(EACH * least) & !word;
    let is = |byte: u8| below(word ^ (EACH * u64::from(byte)), 1);
    (below(word, 0x20) | is(b'"') | is(b'\\')) & HIGH
}

/// Reads a tree, which keeps the last value of a name that stands twice.
///
/// # Errors
/// What is wrong with text that is no JSON.
pub(crate) fn tree(text: &[u8]) -> Result<Value, Violation> {
    let text = unmarked(text);
    serde_json::from_slice(text).map_err(|error| Violation::new("", "json", complaint(text, &error)))
}

/// Reads a tree, and looks for names that stand twice in it.
///
/// # Errors
/// What is wrong with text that is no JSON.
#[cfg(any(feature = "client", feature = "server"))]
pub(crate) fn tree_and_duplicates(text: &[u8]) -> Result<(Value, Violations), Violation> {
    // Where nothing stands twice, one look is enough.
    match value(text) {
        Ok(value) => Ok((value, Violations::new())),
        Err(Failed) => tree(text).map(|value| (value, duplicates(text))),
    }
}

/// What is wrong, and where. The error's own words may quote the text, which may hold secrets.
fn complaint(text: &[u8], error: &serde_json::Error) -> String {
    let what = if text.trim_ascii().is_empty() {
        "is empty, and no JSON"
    } else if text.starts_with(GZIP) {
        "is gzip, and no JSON"
    } else if error.to_string().starts_with("number out of range") {
        "holds a number that is out of range"
    } else if error.to_string().starts_with("recursion limit exceeded") {
        "is nested more than 127 levels deep"
    } else {
        "is not well-formed JSON"
    };
    format!("{what} (line {}, column {})", error.line(), error.column())
}
