//! Streams of version 3.2: what each value is, and what an event says beside its `data`.
//!
//! ```yaml
//! text/event-stream: { itemSchema: { properties: { event: { const: loan }, data: { contentSchema: … } } } }
//! ```
//!
//! The schema is about the fields of an event, and what is in `data` is what matters. Where branches describe events that
//! differ, no type holds the data of all of them, which is text then.

use super::Lowering;
use crate::diagnostics::Code;
use crate::document::Version;
use crate::ir::{MediaType, SchemaId};
use crate::source::At;

/// The fields of an event; a comment is none, and some describe it.
const FIELDS: &[&str] = &["comment", "data", "event", "id", "retry"];
/// What a schema says without asking for anything.
const HARMLESS: &[&str] = &["$comment", "description", "examples", "title", "type"];
const DEEPEST: usize = 8;

impl<'a> Lowering<'a, '_> {
    /// `itemSchema`: what each value of a stream is. Of an event, what is in `data` matters.
    pub(super) fn item_schema(&mut self, media_type: &MediaType, at: &At<'a>) -> Option<SchemaId> {
        let item = at.field("itemSchema").filter(|_| self.document.version == Version::V32)?;
        if !media_type.is_json_lines() && !media_type.is_json_sequence() && !media_type.is_event_stream() {
            let message = format!("`itemSchema` has no effect: `{}` is not read as a stream", media_type.as_str());
            self.diagnostics.report(Code::IgnoredField, &item.origin, message).at_key();
            return None;
        }
        if !media_type.is_event_stream() {
            return Some(self.schema(item));
        }
        let event = self.document.follow(item.clone());
        if let Some(data) = self.data(&event, 0) {
            if self.asks_more(&event) {
                let message = "of an event `data` is checked, and what is said about its other fields has no effect";
                self.diagnostics.report(Code::IgnoredField, &item.origin, message).at_key();
            }
            let data = self.document.follow(data);
            return Some(self.schema(data.field("contentSchema").unwrap_or(data)));
        }
        if !self.has_events(&event, 0) {
            return Some(self.schema(item));
        }
        let message = "the events of a stream differ, and no type holds the `data` of all of them";
        self.diagnostics.report(Code::ApproximatedField, &item.origin, message).taken_as("text in `data`").at_key();
        Some(self.any_text(&item.origin.key("data")))
    }

    /// The schema of `data`: the event's own, else that of a part of `allOf`, rather one that says what the text holds.
    fn data(&self, event: &At<'a>, depth: usize) -> Option<At<'a>> {
        let own = event.field("properties").and_then(|it| it.field("data"));
        if own.is_some() || depth > DEEPEST || self.branches(event, &["oneOf", "anyOf"]).next().is_some() {
            return own;
        }
        let parts: Vec<_> = self.branches(event, &["allOf"]).collect();
        let all: Vec<_> = parts.iter().filter_map(|it| self.data(it, depth + 1)).collect();
        let says_more = |it: &&At<'a>| self.document.follow((*it).clone()).value.get("contentSchema").is_some();
        all.iter().find(says_more).or(all.last()).cloned()
    }

    /// Whether a schema is about events by the names of the properties of one of its branches.
    fn has_events(&self, schema: &At<'a>, depth: usize) -> bool {
        let properties = schema.field("properties");
        let names: Vec<_> = properties.iter().flat_map(At::entries).map(|(name, _)| name).collect();
        let is_event = names.contains(&"data") && names.iter().all(|it| FIELDS.contains(it));
        is_event
            || (depth <= DEEPEST
                && self.branches(schema, &["oneOf", "anyOf", "allOf"]).any(|it| self.has_events(&it, depth + 1)))
    }

    fn branches<'k>(&'k self, schema: &At<'a>, keywords: &'k [&str]) -> impl Iterator<Item = At<'a>> + 'k {
        let lists: Vec<_> = keywords.iter().filter_map(|it| schema.field(it)).collect();
        let all: Vec<_> = lists.iter().flat_map(At::items).collect();
        all.into_iter().map(|it| self.document.follow(it))
    }

    /// Whether something is asked of the event beside its `data`.
    fn asks_more(&self, event: &At<'a>) -> bool {
        let is_asked = |(_, it): (&str, At<'a>)| {
            let schema = self.document.follow(it);
            schema.entries().any(|(key, _)| !HARMLESS.contains(&key) && !key.starts_with("x-"))
        };
        let others = event.field("properties").into_iter();
        others.flat_map(|it| it.entries().collect::<Vec<_>>()).any(|it| it.0 != "data" && is_asked(it))
            || ["oneOf", "anyOf", "allOf", "not", "if"].iter().any(|it| event.value.get(it).is_some())
    }
}
