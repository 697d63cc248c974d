//! The events of JSON, by its punctuation.

use std::ops::Range;

use super::{Event, EventKind, Events};
use crate::parallel;
use crate::source::json;

/// About how many bytes of JSON make an event.
const BYTES: usize = 12;

/// From so many bytes on both halves of a text in JSON are read side by side.
const LARGE: usize = 1 << 20;

/// The events of JSON, by its punctuation.
pub(super) fn events(text: &str) -> Events {
    // No line break stands within a string. Where one does, the text is no JSON, and what is read before the break goes
    // beyond it.
    let middle = text.len() / 2;
    let split = text.as_bytes()[middle..].iter().position(|byte| *byte == b'\n').map(|at| middle + at);
    if let Some(split) = split.filter(|_| text.len() >= LARGE) {
        let ((mut events, end), (behind, _)) =
            parallel::both(|| within(text, 0..split), || within(text, split..text.len()));
        if end == split {
            events.append(behind);
            return events;
        }
    }
    within(text, 0..text.len()).0
}

/// The events that start in a part of a text, and where the last one ends.
fn within(text: &str, part: Range<usize>) -> (Events, usize) {
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
