//! A document as a flat list of events with byte spans: what the tree is built from, and positions are looked up in.
//!
//! It is made before anyone reads the text: the time of `serde_yaml` grows with the square of the depth of `[[[[…`, and
//! here it ends in time.
//! Invariant: events nest; [`skip`](Events::skip) of an event is the index just past its node, so that siblings are
//! reached by jumps.

use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::ScalarStyle;

use super::lines::char_start;
use super::padded::Padded;
use super::{Syntax, json};
use crate::parallel;

/// All events of one text, as far as it could be read.
#[derive(Debug, Clone, Default)]
pub(super) struct Events {
    /// The events of the first document.
    pub list: Vec<Event>,
    /// The texts of scalars that are neither what the span covers nor, in quotes, what stands between them.
    texts: Vec<Box<str>>,
    /// The tags that are written, in full, `tag:yaml.org,2002:str`.
    tags: BTreeMap<usize, Box<str>>,
    /// Where a second document starts, if there is one.
    pub second_document: Option<usize>,
    /// Where nesting goes deeper than any tree may.
    pub too_deep: Option<usize>,
    /// Whether a node may stand for another, or be merged into one.
    pub are_shared: bool,
    /// Why the text ends here for the parser, and where.
    pub broken: Option<(String, usize)>,
}

/// One node, or the end of one.
///
/// A large document has millions of them, so that what few have is apart, and numbers have 32 bits: no text is longer.
#[derive(Debug, Clone)]
pub(super) struct Event {
    pub kind: EventKind,
    start: u32,
    end: u32,
    /// Of a mapping or sequence the event after it, of an alias its target, of a scalar the number of its text from 1 on,
    /// or 0 where the span says it.
    link: u32,
}

/// What an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EventKind {
    /// A scalar without quotes.
    Plain,
    /// A quoted or block scalar.
    Quoted,
    Mapping,
    Sequence,
    End,
    /// A second use of another node.
    Alias,
}

impl Event {
    fn new(kind: EventKind, span: Range<usize>) -> Self {
        Self { kind, start: short(span.start), end: short(span.end), link: 0 }
    }

    /// Its bytes.
    pub(super) fn span(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// What the text shows of a scalar, without its quotes.
    fn shown<'t>(&self, text: &'t str) -> &'t str {
        let quote = usize::from(self.kind == EventKind::Quoted);
        let Range { start, end } = self.span();
        text.get(start + quote..end.saturating_sub(quote)).unwrap_or_default()
    }
}

/// A place in a text; one that is too long for it is refused before anybody looks at places.
fn short(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl Events {
    /// Reads a text that the reader of its format has accepted; another text gives the events up to its fault.
    pub(super) fn read(text: &str, format: Syntax) -> Self {
        let mut events = match format {
            Syntax::Json => json_events(text),
            Syntax::Yaml => yaml_events(text),
        };
        events.link();
        events
    }

    /// Closes what a fault left open, and fills in where mappings and sequences end.
    fn link(&mut self) {
        let mut open = Vec::new();
        let end = self.list.last().map_or(0, |last| last.span().end);
        for index in 0..self.list.len() {
            match self.list[index].kind {
                EventKind::Mapping | EventKind::Sequence => open.push(index),
                EventKind::End => {
                    if let Some(start) = open.pop() {
                        self.list[start].link = short(index + 1);
                        self.list[start].end = self.list[index].end;
                    }
                }
                EventKind::Plain | EventKind::Quoted | EventKind::Alias => {}
            }
        }
        while let Some(start) = open.pop() {
            self.list.push(Event::new(EventKind::End, end..end));
            self.list[start].link = short(self.list.len());
            self.list[start].end = short(end);
        }
    }

    /// The index of the event after a node.
    pub(super) fn skip(&self, index: usize) -> usize {
        match self.list[index] {
            Event { kind: EventKind::Mapping | EventKind::Sequence, link, .. } => link as usize,
            _ => index + 1,
        }
    }

    /// The tag of a node as written in full, `tag:yaml.org,2002:str`; the empty text where there is none.
    pub(super) fn tag(&self, index: usize) -> &str {
        self.tags.get(&index).map_or("", |tag| tag)
    }

    /// The decoded text of a scalar.
    pub(super) fn decoded<'a>(&'a self, index: usize, text: &'a str) -> &'a str {
        let event = &self.list[index];
        let is_scalar = matches!(event.kind, EventKind::Plain | EventKind::Quoted);
        let number = if is_scalar { event.link as usize } else { 0 };
        match number.checked_sub(1).and_then(|number| self.texts.get(number)) {
            Some(decoded) => decoded,
            None => event.shown(text),
        }
    }

    /// Adds the events of what stands behind this part of the text.
    fn append(&mut self, behind: Self) {
        let texts = short(self.texts.len());
        self.texts.extend(behind.texts);
        let is_decoded = |event: &Event| matches!(event.kind, EventKind::Plain | EventKind::Quoted) && event.link > 0;
        let moved = |event: Event| {
            let link = if is_decoded(&event) { event.link.saturating_add(texts) } else { event.link };
            Event { link, ..event }
        };
        self.list.extend(behind.list.into_iter().map(moved));
        self.broken = self.broken.take().or(behind.broken);
    }

    /// Gives a scalar a text that its span does not say.
    fn set_text(&mut self, event: &mut Event, text: Box<str>) {
        self.texts.push(text);
        event.link = short(self.texts.len());
    }

    /// The node that an alias names; none for other nodes.
    pub(super) fn target(&self, index: usize) -> Option<usize> {
        let event = &self.list[index];
        (event.kind == EventKind::Alias).then_some(event.link as usize)
    }

    /// The children of the mapping or sequence at `index`: events of keys and values by turns, or of items.
    pub(super) fn children(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let mut next = index + 1;
        std::iter::from_fn(move || {
            let event = self.list.get(next)?;
            if event.kind == EventKind::End {
                return None;
            }
            let child = next;
            next = self.skip(child);
            Some(child)
        })
    }

    /// The node that an alias names, through all aliases; any other node itself.
    pub(super) fn behind_alias(&self, mut index: usize) -> usize {
        // An anchor stands before its aliases, so the index only falls.
        while let Some(target) = self.target(index) {
            index = target;
        }
        index
    }

    /// The members of the mapping at `index`, each with the events of its key and its value.
    pub(super) fn members(&self, index: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
        let mut children = self.children(index);
        std::iter::from_fn(move || Some((children.next()?, children.next()?)))
    }
}

/// The events of YAML; where the parser asks for more indentation than `serde_yaml` does, it is shown what it asks for.
fn yaml_events(text: &str) -> Events {
    let mut padded = Padded::new(text);
    loop {
        let events = parse(text, &padded);
        let fault = events.broken.as_ref();
        if !fault.is_some_and(|(message, at)| padded.pad(message, *at)) {
            return events;
        }
    }
}

/// The parser counts in characters, so the bytes are counted along.
fn parse(text: &str, padded: &Padded<'_>) -> Events {
    use saphyr_parser::{Event as Parsed, Parser};

    let mut events = Events::default();
    let mut anchors: BTreeMap<usize, usize> = BTreeMap::new();
    let mut cursor = Cursor::new(&padded.text);
    let mut documents = 0;
    for parsed in Parser::new_from_str(&padded.text) {
        let (parsed, span) = match parsed {
            Ok(parsed) => parsed,
            Err(error) => {
                let offset = padded.original(cursor.advance(error.marker().index()));
                if error.info().contains("recursion limit") {
                    events.too_deep = Some(offset);
                } else {
                    events.broken = Some((error.info().to_owned(), offset));
                }
                break;
            }
        };
        let start = cursor.advance(span.start.index());
        let end = cursor.advance(span.end.index()).max(start);
        let span = padded.original(start)..padded.original(end);
        let (event, anchor, tag) = match parsed {
            Parsed::DocumentStart(_) => {
                documents += 1;
                if documents == 2 {
                    events.second_document = Some(span.start);
                    break;
                }
                continue;
            }
            Parsed::Scalar(value, style, anchor, tag) => {
                events.are_shared |= value == "<<";
                (scalar(&mut events, &value, style, span, text), anchor, tag)
            }
            Parsed::MappingStart(anchor, tag) => (Event::new(EventKind::Mapping, span), anchor, tag),
            Parsed::SequenceStart(anchor, tag) => (Event::new(EventKind::Sequence, span), anchor, tag),
            Parsed::MappingEnd | Parsed::SequenceEnd => (Event::new(EventKind::End, span), 0, None),
            Parsed::Alias(anchor) => match anchors.get(&anchor) {
                Some(target) => {
                    events.are_shared = true;
                    (Event { link: short(*target), ..Event::new(EventKind::Alias, span) }, 0, None)
                }
                None => continue,
            },
            Parsed::Nothing | Parsed::StreamStart | Parsed::StreamEnd | Parsed::DocumentEnd => continue,
        };
        if let Some(tag) = tag {
            events.tags.insert(events.list.len(), format!("{}{}", tag.handle, tag.suffix).into());
        }
        if anchor != 0 {
            anchors.insert(anchor, events.list.len());
        }
        events.list.push(event);
    }
    events
}

fn scalar(events: &mut Events, value: &str, style: ScalarStyle, span: Range<usize>, text: &str) -> Event {
    let mut event = Event::new(if style == ScalarStyle::Plain { EventKind::Plain } else { EventKind::Quoted }, span);
    if style == ScalarStyle::Plain {
        event.end = event.start + short(text[event.span()].trim_end().len());
    }
    let mut value = value;
    // A block that ends with the text has no last line break, unless the text has one.
    if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) && !text.ends_with(['\n', '\r']) {
        let is_last = text.get(event.span().end..).is_some_and(|rest| rest.trim().is_empty());
        value = value.strip_suffix('\n').filter(|_| is_last).unwrap_or(value);
    }
    if event.shown(text) != value {
        events.set_text(&mut event, value.into());
    }
    event
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

/// About how many bytes of JSON make an event.
const BYTES: usize = 12;

/// From so many bytes on both halves of a text in JSON are read side by side.
const LARGE: usize = 1 << 20;

/// The events of JSON, by its punctuation.
fn json_events(text: &str) -> Events {
    // No line break stands within a string. Where one does, the text is no JSON, and what is read before the break goes
    // beyond it.
    let middle = text.len() / 2;
    let split = text.as_bytes()[middle..].iter().position(|byte| *byte == b'\n').map(|at| middle + at);
    if let Some(split) = split.filter(|_| text.len() >= LARGE) {
        let ((mut events, end), (behind, _)) =
            parallel::both(|| json_within(text, 0..split), || json_within(text, split..text.len()));
        if end == split {
            events.append(behind);
            return events;
        }
    }
    json_within(text, 0..text.len()).0
}

/// The events that start in a part of a text, and where the last one ends.
fn json_within(text: &str, part: Range<usize>) -> (Events, usize) {
    let bytes = text.as_bytes();
    let mut events = Events { list: Vec::with_capacity(text.len() / BYTES), ..Events::default() };
    let mut at = part.start;
    while at < part.end {
        let start = at;
        at += 1;
        let kind = match bytes[start] {
            b'{' => EventKind::Mapping,
            b'[' => EventKind::Sequence,
            b'}' | b']' => EventKind::End,
            b'"' => {
                at = end_of_string(bytes, start);
                EventKind::Quoted
            }
            byte if is_word(byte) => {
                at = start + bytes[start..].iter().take_while(|byte| is_word(**byte)).count();
                EventKind::Plain
            }
            _ => continue,
        };
        let mut event = Event::new(kind, start..at);
        let slice = text.get(start..at).unwrap_or_default();
        if kind == EventKind::Quoted && slice.contains('\\') {
            match serde_json::from_str::<Box<str>>(slice) {
                Ok(text) => events.set_text(&mut event, text),
                Err(error) => events.broken = events.broken.or(Some((json::words(&error), start))),
            }
        }
        events.list.push(event);
    }
    (events, at)
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
