//! A YAML text whose lines are indented as far as YAML 1.2 says, for a parser that insists.
//!
//! Inside brackets and quotes indentation means nothing, so the rule that lines there stand right of what surrounds
//! them is one that few readers know and `serde_yaml` does not: `[` on one line and `]` below it, at the margin.
//! Spaces in front of such a line change no value, and the places of what was read are told without them.

use std::borrow::Cow;

/// Bytes that are read again because of lines that stand too far to the left.
const MOST_WORK: usize = 64 << 20;

/// A text with spaces in front of some of its lines.
pub(super) struct Padded<'t> {
    source: &'t str,
    /// The text for the parser.
    pub text: Cow<'t, str>,
    /// How far lines are moved: right of every other line.
    width: usize,
    /// Where the lines start that were moved, in the source and in the text.
    lines: Vec<usize>,
    starts: Vec<usize>,
    /// Bytes that were read so far.
    work: usize,
}

impl<'t> Padded<'t> {
    pub(super) fn new(source: &'t str) -> Self {
        let indents = source.lines().map(|line| line.len() - line.trim_start_matches(' ').len());
        let width = indents.max().unwrap_or_default() + 1;
        Self { source, text: Cow::Borrowed(source), width, lines: Vec::new(), starts: Vec::new(), work: 0 }
    }

    /// Moves the lines that a message of the parser is about; false where it is about something else.
    pub(super) fn pad(&mut self, message: &str, at: usize) -> bool {
        let moved = match message {
            "invalid indentation" | "invalid indentation in flow construct" => vec![self.line_start(at)],
            "invalid indentation in quoted scalar" => self.further_lines(at),
            _ => return false,
        };
        let before = self.lines.len();
        self.lines.extend(moved);
        self.lines.sort_unstable();
        self.lines.dedup();
        self.work += self.text.len();
        if self.lines.len() == before || self.work > MOST_WORK {
            return false;
        }
        let mut text = String::with_capacity(self.source.len() + self.lines.len() * self.width);
        let mut copied = 0;
        self.starts.clear();
        for line in &self.lines {
            text.push_str(&self.source[copied..*line]);
            self.starts.push(text.len());
            text.extend(std::iter::repeat_n(' ', self.width));
            copied = *line;
        }
        text.push_str(&self.source[copied..]);
        self.text = Cow::Owned(text);
        true
    }

    /// Where a byte of the text stands in the source; the start of its line for a space that was added.
    pub(super) fn original(&self, offset: usize) -> usize {
        match self.starts.partition_point(|start| *start < offset).checked_sub(1) {
            Some(last) => self.lines[last] + (offset - self.starts[last]).saturating_sub(self.width),
            None => offset,
        }
    }

    fn line_start(&self, at: usize) -> usize {
        self.source[..at].rfind('\n').map_or(0, |end| end + 1)
    }

    /// The lines of the quoted scalar that starts here, but the first.
    fn further_lines(&self, start: usize) -> Vec<usize> {
        let bytes = self.source.as_bytes();
        let Some(quote) = bytes.get(start) else { return Vec::new() };
        let mut lines = Vec::new();
        let mut at = start + 1;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'\\' if *quote == b'"' => at += 1,
                b'\n' => lines.push(at + 1),
                byte if byte == quote => break,
                _ => {}
            }
            at += 1;
        }
        lines
    }
}
