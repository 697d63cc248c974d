//! Streams of version 3.2: what each value is, and what an event says beside its `data`.
//!
//! ```yaml
//! text/event-stream: { itemSchema: { properties: { event: { const: loan }, data: { contentSchema: … } } } }
//! ```
//!
//! The schema is about the fields of an event, and what is in `data` is what matters. Where each kind of event is a branch,
//! `data` stands in the branches; where those differ, no type holds the data of all of them, which is text then.

use super::Lowering;
use crate::diagnostics::Code;
use crate::document::Version;
use crate::ir::{MediaType, SchemaId};
use crate::source::{At, Origin};

/// The fields of an event; a comment is none, and some describe it.
const FIELDS: &[&str] = &["comment", "data", "event", "id", "retry"];
/// What a schema says without asking for anything.
const HARMLESS: &[&str] = &["$comment", "description", "examples", "title", "type"];
/// Parts within parts beyond this are not looked at.
const DEEPEST: usize = 8;

/// What describes the data of events.
enum Data<'a> {
    /// One schema does.
    One(At<'a>),
    /// The kinds of events have data of their own.
    Several,
}

impl<'a> Lowering<'a, '_> {
    /// `itemSchema`: what each value of a stream is. Of an event, what is in `data` matters.
    pub(super) fn item_schema(&mut self, media_type: &MediaType, at: &At<'a>) -> Option<SchemaId> {
        let item = at.field("itemSchema").filter(|_| self.document.version == Version::V32)?;
        if !media_type.is_json_lines() && !media_type.is_json_sequence() && !media_type.is_event_stream() {
            let message = format!("`itemSchema` has no effect: `{}` is not read as a stream", media_type.as_str());
            self.diagnostics.report(Code::IgnoredField, &item.origin, message).at_key();
            return None;
        }
        let event = self.document.follow(item.clone());
        let data = if media_type.is_event_stream() { self.data(&event) } else { None };
        Some(match data {
            None => self.schema(item),
            Some(Data::One(data)) => {
                if self.asks_more(&event) {
                    let message =
                        "of an event `data` is checked, and what is said about its other fields has no effect";
                    self.diagnostics.report(Code::IgnoredField, &item.origin, message).at_key();
                }
                self.takes_effect(&data);
                self.schema(data)
            }
            Some(Data::Several) => {
                let message = "the events of a stream differ, and no type holds the `data` of all of them";
                let reported = self.diagnostics.report(Code::ApproximatedField, &item.origin, message);
                reported.taken_as("text in `data`").at_key();
                self.any_text(&item.origin.key("data"))
            }
        })
    }

    /// The data of an event; `None` where its schema does not describe an event.
    fn data(&self, event: &At<'a>) -> Option<Data<'a>> {
        if let Some(own) = self.own_data(event, 0) {
            return Some(Data::One(self.content_of(own)));
        }
        let mut all = Vec::new();
        if !self.kinds(event, 0, &mut all) {
            return None;
        }
        let first = all.first()?.clone();
        let target = |it: &At<'a>| self.document.follow(it.clone()).origin;
        let is_one = all.iter().all(|it| target(it) == target(&first));
        Some(if is_one { Data::One(first) } else { Data::Several })
    }

    /// The data that a schema describes whatever kind an event is of: its own, else that of a part of `allOf`, rather one
    /// that says what the text holds.
    fn own_data(&self, event: &At<'a>, depth: usize) -> Option<At<'a>> {
        let own = event.field("properties").and_then(|it| it.field("data"));
        if own.is_some() || depth > DEEPEST {
            return own;
        }
        let parts: Vec<_> = self.members(event, &["allOf"]).collect();
        let all: Vec<_> = parts.iter().filter_map(|it| self.own_data(it, depth + 1)).collect();
        let says_more = |it: &&At<'a>| self.document.follow((*it).clone()).value.get("contentSchema").is_some();
        all.iter().find(says_more).or(all.last()).cloned()
    }

    /// What the text of data holds, where that is said.
    fn content_of(&self, data: At<'a>) -> At<'a> {
        let data = self.document.follow(data);
        data.field("contentSchema").unwrap_or(data)
    }

    /// Forgets that `contentSchema` has no effect, where it has one.
    fn takes_effect(&mut self, data: &At<'a>) {
        let Origin { file, pointer } = &data.origin;
        let Some(parent) = pointer.parent().filter(|_| pointer.last().as_deref() == Some("contentSchema")) else {
            return;
        };
        let text = Origin { file: *file, pointer: parent };
        let is_json = self.document.sources.at(&text.key("contentMediaType"));
        let is_json = is_json.is_none_or(|it| it.value.as_str() == Some("application/json"));
        let kind = Some(text.key("contentMediaType")).filter(|_| is_json);
        self.diagnostics.retain(|it| {
            it.code != Code::IgnoredField || it.origin != data.origin && Some(&it.origin) != kind.as_ref()
        });
    }

    /// The data of each kind of event; whether the branches are events, all of them.
    fn kinds(&self, schema: &At<'a>, depth: usize, all: &mut Vec<At<'a>>) -> bool {
        let is_kind = |branch: At<'a>| {
            let properties = branch.field("properties");
            let is_event = properties.iter().flat_map(At::entries).all(|(name, _)| FIELDS.contains(&name));
            match self.own_data(&branch, 0).filter(|_| is_event) {
                Some(data) => all.push(self.content_of(data)),
                None => return is_event && self.kinds(&branch, depth + 1, all),
            }
            true
        };
        depth <= DEEPEST && self.members(schema, &["oneOf", "anyOf", "allOf"]).all(is_kind)
    }

    fn members<'k>(&'k self, schema: &At<'a>, keywords: &'k [&str]) -> impl Iterator<Item = At<'a>> + 'k {
        let lists: Vec<_> = keywords.iter().filter_map(|it| schema.field(it)).collect();
        let all: Vec<_> = lists.iter().flat_map(At::items).collect();
        all.into_iter().map(|it| self.document.follow(it))
    }

    /// Whether something is asked of an event beside its `data`.
    fn asks_more(&self, event: &At<'a>) -> bool {
        let is_asked = |(_, it): (&str, At<'a>)| {
            let schema = self.document.follow(it);
            schema.entries().any(|(key, _)| !HARMLESS.contains(&key) && !key.starts_with("x-"))
        };
        let others = event.field("properties").into_iter();
        others.flat_map(|it| it.entries().collect::<Vec<_>>()).any(|it| it.0 != "data" && is_asked(it))
    }
}
