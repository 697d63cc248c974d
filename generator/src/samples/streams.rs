//! Streams as text: JSON lines, JSON text sequences (RFC 7464), and server-sent events.

use serde_json::Value as Json;

use crate::ir::{Content, MediaType};

/// What stands before and behind each item of a stream; none for what is no stream.
fn frame(media_type: &MediaType) -> Option<(&'static str, &'static str)> {
    match () {
        () if media_type.is_event_stream() => Some(("data: ", "\n\n")),
        () if media_type.is_json_sequence() => Some(("\u{1e}", "\n")),
        () if media_type.is_json_lines() => Some(("", "\n")),
        () => None,
    }
}

/// Whether bodies of a media type are streams of items.
pub(super) fn is_stream(media_type: &MediaType) -> bool {
    frame(media_type).is_some()
}

/// A value as a stream of one item or, where the document describes all items as a list, of those of the list.
///
/// Text that an author has framed stays as it is.
pub(super) fn framed(content: &Content, value: Json) -> Option<String> {
    let (before, behind) = frame(&content.media_type)?;
    let is_event = content.media_type.is_event_stream();
    let items = match value {
        Json::String(text) if is_framed(&content.media_type, &text) => return Some(text),
        Json::Array(items) if !content.is_item => items,
        one => vec![one],
    };
    let line = |item: &Json| match item {
        Json::String(text) if is_event => text.replace('\n', "\ndata: "),
        item => item.to_string(),
    };
    let framed: Vec<_> = items.iter().map(|item| format!("{before}{}{behind}", line(item))).collect();
    Some(framed.concat())
}

/// Whether a text is a stream already, and not what a stream is made of.
fn is_framed(media_type: &MediaType, text: &str) -> bool {
    if media_type.is_event_stream() {
        return text.contains("data:");
    }
    if media_type.is_json_sequence() {
        return text.contains('\u{1e}');
    }
    text.lines().all(|line| line.trim().is_empty() || serde_json::from_str::<Json>(line).is_ok())
}
