//! A document as a flat list of events with byte spans: what exact numbers, positions and duplicate keys are read from.
//!
//! For JSON it is made when a number must keep its text, or when something is wrong. For YAML it is made first: the
//! reader's time grows with the square of the depth of `[[[[…`, and this parser stops in time.
//! Invariant: events nest; `skip` of an event is the index just past its node, so that siblings are reached by jumps.

use std::ops::Range;

use super::Format;
use super::lines::char_start;

/// All events of one text, as far as it could be read.
#[derive(Debug, Clone, Default)]
pub(super) struct Events {
    /// The events of the first document.
    pub list: Vec<Event>,
    /// Where a second document starts, if there is one.
    pub second_document: Option<usize>,
    /// Where nesting goes deeper than the parser follows.
    pub too_deep: Option<usize>,
    /// Whether any node has a tag.
    pub is_tagged: bool,
    /// The event that each anchor stands for, by the number of the anchor.
    pub anchors: std::collections::BTreeMap<usize, usize>,
}

/// One node, or the end of one.
#[derive(Debug, Clone)]
pub(super) struct Event {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
    /// The index of the event after this node.
    pub skip: usize,
    /// The text of a scalar, where it is not the slice that the span covers.
    text: Option<Box<str>>,
    /// The tag as written in full, `tag:yaml.org,2002:str`; the empty text where there is none.
    pub tag: Box<str>,
}

/// What an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A scalar without quotes.
    Plain,
    /// A quoted or block scalar.
    Quoted,
    Mapping,
    Sequence,
    End,
    /// A second use of the node with this anchor.
    Alias(usize),
}

impl Event {
    fn new(kind: Kind, span: Range<usize>) -> Self {
        Self { kind, start: span.start, end: span.end, skip: 0, text: None, tag: Box::default() }
    }

    /// The decoded text of a scalar.
    pub(super) fn text<'a>(&'a self, source: &'a str) -> &'a str {
        self.text.as_deref().unwrap_or_else(|| source.get(self.start..self.end).unwrap_or_default())
    }
}

impl Events {
    /// Reads a text that the reader of its format has accepted; another text gives the events up to its fault.
    pub(super) fn of(text: &str, format: Format) -> Self {
        let mut events = match format {
            Format::Json => json(text),
            Format::Yaml => yaml(text),
        };
        events.link();
        events
    }

    /// Closes what a fault left open, and fills in `skip` and the ends of mappings and sequences.
    fn link(&mut self) {
        let mut open = Vec::new();
        let end = self.list.last().map_or(0, |last| last.end);
        for index in 0..self.list.len() {
            self.list[index].skip = index + 1;
            match self.list[index].kind {
                Kind::Mapping | Kind::Sequence => open.push(index),
                Kind::End => {
                    if let Some(start) = open.pop() {
                        self.list[start].skip = index + 1;
                        self.list[start].end = self.list[index].end;
                    }
                }
                Kind::Plain | Kind::Quoted | Kind::Alias(_) => {}
            }
        }
        while let Some(start) = open.pop() {
            self.list.push(Event { skip: self.list.len() + 1, ..Event::new(Kind::End, end..end) });
            self.list[start].skip = self.list.len();
            self.list[start].end = end;
        }
    }

    /// The children of the mapping or sequence at `index`: events of keys and values by turns, or of items.
    pub(super) fn children(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let mut next = index + 1;
        std::iter::from_fn(move || {
            let event = self.list.get(next)?;
            if event.kind == Kind::End {
                return None;
            }
            let child = next;
            next = event.skip;
            Some(child)
        })
    }

    /// The members of the mapping at `index`, each with the events of its key and its value.
    pub(super) fn members(&self, index: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
        let mut children = self.children(index);
        std::iter::from_fn(move || Some((children.next()?, children.next()?)))
    }
}

/// The events of YAML; the parser counts in characters, so the bytes are counted along.
fn yaml(text: &str) -> Events {
    use saphyr_parser::{Event as Parsed, Parser, ScalarStyle};

    let mut events = Events::default();
    let mut cursor = Cursor::new(text);
    let mut documents = 0;
    for parsed in Parser::new_from_str(text) {
        let (parsed, span) = match parsed {
            Ok(parsed) => parsed,
            Err(error) => {
                if error.info().contains("recursion limit") {
                    events.too_deep = Some(cursor.advance(error.marker().index()));
                }
                break;
            }
        };
        let start = cursor.advance(span.start.index());
        let span = start..cursor.advance(span.end.index()).max(start);
        let (mut event, anchor, tag) = match parsed {
            Parsed::DocumentStart(_) => {
                documents += 1;
                if documents == 2 {
                    events.second_document = Some(start);
                    break;
                }
                continue;
            }
            Parsed::Scalar(value, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain;
                let mut event = Event::new(if plain { Kind::Plain } else { Kind::Quoted }, span);
                if plain {
                    event.end = event.start + text[event.start..event.end].trim_end().len();
                }
                if text.get(event.start..event.end) != Some(&*value) {
                    event.text = Some(value.into());
                }
                (event, anchor, tag)
            }
            Parsed::MappingStart(anchor, tag) => (Event::new(Kind::Mapping, span), anchor, tag),
            Parsed::SequenceStart(anchor, tag) => (Event::new(Kind::Sequence, span), anchor, tag),
            Parsed::MappingEnd | Parsed::SequenceEnd => (Event::new(Kind::End, span), 0, None),
            Parsed::Alias(anchor) => (Event::new(Kind::Alias(anchor), span), 0, None),
            Parsed::Nothing | Parsed::StreamStart | Parsed::StreamEnd | Parsed::DocumentEnd => continue,
        };
        if let Some(tag) = tag {
            event.tag = format!("{}{}", tag.handle, tag.suffix).into();
            events.is_tagged = true;
        }
        if anchor != 0 {
            events.anchors.insert(anchor, events.list.len());
        }
        events.list.push(event);
    }
    events
}

/// Byte offsets of growing character offsets; a step back starts again.
struct Cursor<'t> {
    text: &'t str,
    chars: usize,
    offset: usize,
    ascii: bool,
}

impl<'t> Cursor<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, chars: 0, offset: 0, ascii: text.is_ascii() }
    }

    fn advance(&mut self, chars: usize) -> usize {
        if self.ascii {
            return chars.min(self.text.len());
        }
        while self.chars > chars && self.offset > 0 {
            self.offset = char_start(self.text, self.offset - 1);
            self.chars -= 1;
        }
        for char in self.text[self.offset..].chars() {
            if self.chars >= chars {
                break;
            }
            self.chars += 1;
            self.offset += char.len_utf8();
        }
        self.offset
    }
}

/// The events of JSON, by its punctuation.
fn json(text: &str) -> Events {
    let bytes = text.as_bytes();
    let mut events = Events::default();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        at += 1;
        let kind = match bytes[start] {
            b'{' => Kind::Mapping,
            b'[' => Kind::Sequence,
            b'}' | b']' => Kind::End,
            b'"' => {
                at = end_of_string(bytes, start);
                Kind::Quoted
            }
            byte if is_word(byte) => {
                at = start + bytes[start..].iter().take_while(|byte| is_word(**byte)).count();
                Kind::Plain
            }
            _ => continue,
        };
        let mut event = Event::new(kind, start..at);
        if kind == Kind::Quoted {
            event.text = decode(text.get(start..at).unwrap_or_default());
        }
        events.list.push(event);
    }
    events
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.')
}

/// The offset after the closing quote of the string that starts at `start`.
fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'\\' => at += 1,
            b'"' => break,
            _ => {}
        }
    }
    at.min(bytes.len())
}

fn decode(quoted: &str) -> Option<Box<str>> {
    if quoted.contains('\\') {
        return serde_json::from_str::<String>(quoted).ok().map(String::into_boxed_str);
    }
    Some(quoted.trim_matches('"').into())
}

/// The spans of the numbers in a text that looks like JSON.
pub(super) fn json_numbers(text: &str) -> Vec<Range<usize>> {
    let is_number = |event: &Event| {
        let first = text.as_bytes().get(event.start).copied().unwrap_or_default();
        event.kind == Kind::Plain && (first == b'-' || first.is_ascii_digit())
    };
    json(text).list.iter().filter(|event| is_number(event)).map(|event| event.start..event.end).collect()
}
