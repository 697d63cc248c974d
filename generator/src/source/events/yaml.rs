//! The events of YAML, by a parser that knows where each stands.

use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::ScalarStyle;

use super::{Event, EventKind, Events, short};
use crate::parallel;
use crate::source::lines::char_start;
use crate::source::padded::Padded;

/// The events of YAML; where the parser asks for more indentation than `serde_yaml` does, it is shown what it asks for.
pub(super) fn events(text: &str) -> Events {
    if let Some(events) = seam(text).and_then(|seam| halves(text, seam)) {
        return events;
    }
    let mut padded = Padded::new(text);
    loop {
        let events = parse(text, &padded);
        let fault = events.broken.as_ref();
        if !fault.is_some_and(|(message, at)| padded.pad(message, *at)) {
            return events;
        }
    }
}

/// From so many bytes on both halves of a text in YAML are read side by side, which takes longer than JSON.
const LONG: usize = 1 << 16;

/// Where a long text can be divided: the start of the line closest to its middle that has a key of the outermost mapping.
fn seam(text: &str) -> Option<usize> {
    if text.len() < LONG {
        return None;
    }
    let is_key = |at: &usize| text.as_bytes().get(*at).is_some_and(u8::is_ascii_alphabetic);
    let (before, behind) = text.split_at(char_start(text, text.len() / 2));
    let later = behind.match_indices('\n').map(|(at, _)| before.len() + at + 1).find(is_key);
    let sooner = before.rmatch_indices('\n').map(|(at, _)| at + 1).find(is_key);
    sooner.into_iter().chain(later).min_by_key(|at| at.abs_diff(before.len()))
}

/// The events of a mapping whose members before the seam and behind it are a mapping each; none where they are not, or
/// where one half may say something about the other.
///
/// Whatever goes on over the seam, a text in quotes or brackets, is a fault of the first half.
fn halves(text: &str, seam: usize) -> Option<Events> {
    let (before, behind) = text.split_at(seam);
    if before.contains("\n...") {
        return None;
    }
    let half = |text: &str| parse(text, &Padded::new(text));
    let (mut events, mut others) = parallel::both(|| half(before), || half(behind));
    let is_alone = |it: &Events| {
        let is_whole = it.broken.is_none() && it.too_deep.is_none() && it.second_document.is_none();
        is_whole
            && !it.are_shared
            && it.tags.is_empty()
            && it.list.first().map(|it| it.kind) == Some(EventKind::Mapping)
    };
    let is_flow = || before.as_bytes().get(events.list[0].span().start) == Some(&b'{');
    if !(is_alone(&events) && is_alone(&others)) || is_flow() {
        return None;
    }
    events.list.pop();
    others.list.remove(0);
    others.list.iter_mut().for_each(|event| event.shift(seam));
    events.append(others);
    Some(events)
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
