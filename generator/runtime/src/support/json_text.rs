//! JSON as it comes over the wire: what stands before it, and what is wrong with what is none.

use serde_json::Value;

use super::violation::Violation;

/// UTF-8's byte order mark, which writers must not add and readers may ignore: RFC 8259, section 8.1.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// What gzip begins with: RFC 1952, section 2.3.1.
const GZIP: &[u8] = b"\x1f\x8b";

/// The text without a byte order mark.
pub(crate) fn unmarked(text: &[u8]) -> &[u8] {
    text.strip_prefix(MARK).unwrap_or(text)
}

/// Reads a tree.
///
/// # Errors
/// What is wrong with text that is no JSON.
pub(crate) fn tree(text: &[u8]) -> Result<Value, Violation> {
    let text = unmarked(text);
    serde_json::from_slice(text).map_err(|error| Violation::new("", "json", complaint(text, &error)))
}

/// What is wrong, and where. The error's own words may quote the text, which may hold secrets.
fn complaint(text: &[u8], error: &serde_json::Error) -> String {
    let what = if text.trim_ascii().is_empty() {
        "is empty, and no JSON"
    } else if text.starts_with(GZIP) {
        "is gzip, and no JSON"
    } else if error.to_string().starts_with("number out of range") {
        "holds a number that is out of range"
    } else {
        "is not well-formed JSON"
    };
    format!("{what} (line {}, column {})", error.line(), error.column())
}
