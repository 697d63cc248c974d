//! The bytes of a file as text: UTF-8, or UTF-16 with a byte order mark, as shells and editors of Windows write it.

use std::fmt;

/// Bytes that are no text, and where that begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoText {
    /// A byte that UTF-8 does not have there: line and column, from 1.
    Utf8 { line: usize, column: usize },
    /// Half a character after a mark of UTF-16.
    Utf16,
}

impl fmt::Display for NoText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Utf8 { line, column } => {
                write!(f, "it is not UTF-8 text: line {line}, column {column} is where that begins")
            }
            Self::Utf16 => f.write_str("it is neither UTF-8 nor UTF-16 text, though it begins like the latter"),
        }
    }
}

/// The text of a file.
pub(crate) fn decode(bytes: Vec<u8>) -> Result<String, NoText> {
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => String::from_utf8(bytes).map_err(|error| {
            let good = String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]);
            let line = good.rsplit('\n').next().unwrap_or_default();
            NoText::Utf8 { line: good.matches('\n').count() + 1, column: line.chars().count() + 1 }
        }),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, NoText> {
    let (pairs, []) = bytes.as_chunks() else { return Err(NoText::Utf16) };
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect::<Result<_, _>>().map_err(|_| NoText::Utf16)
}
