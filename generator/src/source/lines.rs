//! From a byte of a text to its line and column, in a time that does not grow with the length of the line.

use std::ops::Range;

/// Bytes between two counts of characters.
const CHUNK: usize = 1024;

/// Where lines start, and how many characters stand before each chunk of bytes.
#[derive(Debug)]
pub(super) struct Lines {
    starts: Vec<usize>,
    chars_before: Vec<usize>,
}

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        let ends = text.match_indices('\n').map(|(offset, _)| offset + 1);
        let mut before = 0;
        let chars_before = text.as_bytes().chunks(CHUNK).map(|chunk| {
            let here = before;
            before += count(chunk);
            here
        });
        Self { chars_before: chars_before.collect(), starts: std::iter::once(0).chain(ends).collect() }
    }

    /// The line and the column of a byte, both from 1.
    pub(super) fn line_column(&self, text: &str, offset: usize) -> (usize, usize) {
        let offset = char_start(text, offset);
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        (line, self.chars(text, offset) - self.chars(text, self.starts[line - 1]) + 1)
    }

    /// The bytes of a line, counted from 1, without its end.
    pub(super) fn line(&self, text: &str, line: usize) -> Range<usize> {
        let Some(&start) = self.starts.get(line.saturating_sub(1)) else { return text.len()..text.len() };
        let end = self.starts.get(line).copied().unwrap_or(text.len());
        start..start + text[start..end].trim_end_matches(['\n', '\r']).len()
    }

    /// The characters before a byte.
    fn chars(&self, text: &str, offset: usize) -> usize {
        let chunk = offset / CHUNK;
        let before = self.chars_before.get(chunk).copied();
        let (from, before) = before.map_or_else(
            || (chunk.saturating_sub(1) * CHUNK, self.chars_before.last().copied().unwrap_or(0)),
            |before| (chunk * CHUNK, before),
        );
        before + count(&text.as_bytes()[from..offset])
    }
}

/// The start of the character that a byte is part of; the end of the text for what lies beyond.
pub(super) fn char_start(text: &str, offset: usize) -> usize {
    let mut start = offset.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    start
}

/// The characters that start in these bytes.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}
