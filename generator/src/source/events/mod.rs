//! A document as a flat list of events with byte spans: what the tree is built from, and positions are looked up in.
//!
//! It is made before anyone reads the text: the time of `serde_yaml` grows with the square of the depth of `[[[[…`, and
//! here it ends in time.
//! Invariant: events nest; [`skip`](Events::skip) of an event is the index just past its node, so that siblings are
//! reached by jumps.

mod json;
mod yaml;

use std::collections::BTreeMap;
use std::ops::Range;

use super::Syntax;

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

    /// The same event in a text with so many bytes before it.
    fn shift(&mut self, bytes: usize) {
        let Range { start, end } = self.span();
        (self.start, self.end) = (short(start + bytes), short(end + bytes));
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
            Syntax::Json => json::events(text),
            Syntax::Yaml => yaml::events(text),
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
