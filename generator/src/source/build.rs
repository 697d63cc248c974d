//! Makes the tree of a text from its events, for JSON and YAML alike, while the library of its format accepts it or not.
//!
//! Everything that a tree cannot tell is found here and reported where it stands: keys that stand twice or are no
//! strings, tags, numbers that JSON has not. Behind an alias its node is built again, at the cost of a budget, and
//! nothing is reported a second time.

use std::ops::Range;

use super::events::{Event, EventKind, Events};
use super::{Fault, FileId, Number, Object, Origin, Syntax, TOO_DEEP, Value, scalar};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ordered::with_room;
use crate::parallel;

/// The tree may be so deep; the recursion ends with it.
pub(super) const DEEPEST: usize = 128;

/// Nodes and bytes that aliases may always add to a text, and how many for each byte of it.
const SPARE: usize = 16 << 20;
const PER_BYTE: usize = 4;

/// From so many events on the members of a mapping are built side by side.
const MANY: usize = 1 << 14;

/// The tree of a text.
pub(super) fn build(
    events: &Events,
    text: &str,
    format: Syntax,
    file: FileId,
    diagnostics: &mut Diagnostics,
) -> Result<Value, Fault> {
    let budget = text.len().saturating_mul(PER_BYTE).saturating_add(SPARE);
    let mut builder =
        Builder { events, text, format, file, diagnostics, path: Vec::new(), alias: None, budget, is_lost: false };
    if let Some(second) = events.second_document {
        builder
            .report("the file holds more than one YAML document", second..(second + 3).min(text.len()))
            .help("keep one document a file");
    }
    if events.list.is_empty() { Ok(Value::Null) } else { builder.node(0) }
}

struct Builder<'e> {
    events: &'e Events,
    text: &'e str,
    format: Syntax,
    file: FileId,
    diagnostics: &'e mut Diagnostics,
    /// The way to the node that is being built.
    path: Vec<Step>,
    /// The outermost alias that it stands behind.
    alias: Option<usize>,
    /// The nodes and bytes that aliases may still add up to.
    budget: usize,
    /// Whether the node that was just built is a number that JSON has not.
    is_lost: bool,
}

/// One step of a way.
#[derive(Clone, Copy)]
enum Step {
    /// To the member whose key is this event.
    Key(usize),
    Index(usize),
}

impl Builder<'_> {
    fn node(&mut self, index: usize) -> Result<Value, Fault> {
        let events = self.events;
        self.spend(index)?;
        if let Some(target) = events.target(index) {
            return self.alias(index, target);
        }
        match events.list[index].kind {
            EventKind::Sequence => self.sequence(index),
            EventKind::Mapping => self.mapping(index),
            EventKind::Plain | EventKind::Quoted | EventKind::End | EventKind::Alias => Ok(self.scalar(index)),
        }
    }

    /// Pays for a node behind an alias; a node without text weighs as much as its memory.
    fn spend(&mut self, index: usize) -> Result<(), Fault> {
        let Some(alias) = self.alias else { return Ok(()) };
        let weight = match self.events.list[index].kind {
            EventKind::Mapping => 16,
            EventKind::Sequence => 8,
            EventKind::Plain | EventKind::Quoted | EventKind::End | EventKind::Alias => {
                self.events.decoded(index, self.text).len()
            }
        };
        let rest = self.budget.checked_sub(weight + 1);
        let start = self.events.list[alias].span().start;
        self.budget = rest
            .ok_or_else(|| Fault::new("aliases make the document many times larger than its text", self.text, start))?;
        Ok(())
    }

    fn alias(&mut self, index: usize, target: usize) -> Result<Value, Fault> {
        let events = self.events;
        if (target..events.skip(target)).contains(&index) {
            let event = &events.list[index];
            return Err(Fault {
                message: "an alias stands inside the node that it names".to_owned(),
                span: event.span(),
                help: Some("references between schemas are written with `$ref`"),
            });
        }
        let outer = self.alias;
        self.alias = outer.or(Some(index));
        let value = self.node(target);
        self.alias = outer;
        value
    }

    /// Goes into a mapping or sequence.
    fn enter(&mut self, index: usize) -> Result<(), Fault> {
        let event = &self.events.list[index];
        self.tag(index);
        if self.path.len() < DEEPEST { Ok(()) } else { Err(Fault::new(TOO_DEEP, self.text, event.span().start)) }
    }

    fn sequence(&mut self, index: usize) -> Result<Value, Fault> {
        self.enter(index)?;
        let events = self.events;
        let mut items = Vec::with_capacity(events.children(index).count());
        for (position, child) in events.children(index).enumerate() {
            self.path.push(Step::Index(position));
            items.push(self.node(child)?);
            // The items behind it keep their places.
            self.is_lost = false;
            self.path.pop();
        }
        Ok(Value::Array(items))
    }

    fn mapping(&mut self, index: usize) -> Result<Value, Fault> {
        self.enter(index)?;
        let events = self.events;
        if events.skip(index) - index > MANY && !events.are_shared {
            return self.large_mapping(index);
        }
        let mut members: Object = with_room(events.members(index).count());
        let mut bases = Vec::new();
        for (at, value) in events.members(index) {
            self.spend(at)?;
            let Some(key) = self.key(at) else { continue };
            let is_merge = key == "<<" && self.format == Syntax::Yaml;
            if members.contains_key(&key) || (is_merge && !bases.is_empty()) {
                self.twice(&key, &events.list[at]);
                continue;
            }
            if let Some(value) = self.member(at, value)? {
                if is_merge {
                    self.path.push(Step::Key(at));
                    self.merge(value, &mut bases);
                    self.path.pop();
                } else {
                    members.insert(key, value);
                }
            }
        }
        // A mapping keeps its own members, and earlier bases come before later ones.
        for (key, value) in bases.into_iter().flatten() {
            members.entry(key).or_insert(value);
        }
        Ok(Value::object(members))
    }

    /// A mapping of many nodes, in a text where none stands for another: its members are built side by side.
    fn large_mapping(&mut self, index: usize) -> Result<Value, Fault> {
        let events = self.events;
        let mut members: Object = with_room(events.members(index).count());
        let mut places = Vec::with_capacity(members.capacity());
        for (at, value) in events.members(index) {
            let Some(key) = self.key(at) else { continue };
            if members.contains_key(&key) {
                self.twice(&key, &events.list[at]);
                continue;
            }
            members.insert(key, Value::Null);
            places.push((at, value));
        }
        let mut values = self.side_by_side(&places)?.into_iter();
        members.retain(|_, member| values.next().flatten().map(|value| *member = value).is_some());
        Ok(Value::object(members))
    }

    /// The values of members, each given as the places of its key and of its value; none where a member has none.
    fn side_by_side(&mut self, members: &[(usize, usize)]) -> Result<Vec<Option<Value>>, Fault> {
        let events = self.events;
        let start = members.first().map_or(0, |(at, _)| *at);
        let end = members.last().map_or(0, |(_, value)| events.skip(*value));
        if members.len() < 2 || end - start <= MANY {
            return members.iter().map(|(at, value)| self.member(*at, *value)).collect();
        }
        // Each side has a member at least, and about as many nodes as the other.
        let half = members.partition_point(|(at, _)| at - start < (end - start) / 2);
        let (before, behind) = members.split_at(half.clamp(1, members.len() - 1));
        let mut found = Diagnostics::new();
        let mut other = Builder { diagnostics: &mut found, path: self.path.clone(), ..*self };
        let (before, behind) = parallel::both(|| self.side_by_side(before), || other.side_by_side(behind));
        self.diagnostics.append(found);
        let mut values = before?;
        values.extend(behind?);
        Ok(values)
    }

    /// The value of a member; none where it has none.
    fn member(&mut self, at: usize, value: usize) -> Result<Option<Value>, Fault> {
        self.path.push(Step::Key(at));
        let value = self.node(value)?;
        self.path.pop();
        let is_lost = std::mem::take(&mut self.is_lost);
        Ok((!is_lost).then_some(value))
    }

    /// `<<: *base` adds the members of `base` that the mapping does not have itself.
    fn merge(&mut self, value: Value, bases: &mut Vec<Object>) {
        let values = if let Value::Array(values) = value { values } else { vec![value] };
        for value in values {
            if let Value::Object(base) = value {
                bases.push(*base);
            } else if self.alias.is_none() {
                let message = format!("`<<` merges mappings, and this is of type {}", value.type_name());
                self.diagnostics.report(Code::Syntax, &self.origin(), message);
            }
        }
    }

    fn twice(&mut self, key: &str, event: &Event) {
        if self.alias.is_none() {
            let place = self.origin().key(key);
            self.diagnostics
                .report(Code::DuplicateKey, &place, format!("the key `{key}` stands twice in one mapping"))
                .span(event.span())
                .at_key()
                .related(place, "first here");
        }
    }

    /// A key is a string, or an integer that stands for one. What YAML reads as another scalar is the text that stands
    /// there: somebody has left out the quotes. A key of another kind is reported, and its member left out.
    fn key(&mut self, at: usize) -> Option<String> {
        let events = self.events;
        let written = &events.list[at];
        self.tag(at);
        let behind = events.behind_alias(at);
        let event = &events.list[behind];
        let text = events.decoded(behind, self.text);
        let what = match event.kind {
            EventKind::Mapping => "a mapping",
            EventKind::Sequence => "a sequence",
            EventKind::Quoted | EventKind::End | EventKind::Alias => return Some(text.to_owned()),
            EventKind::Plain => match scalar::plain(text) {
                Value::Bool(_) => "a boolean",
                Value::Null => "null",
                Value::Number(number) if number.as_str().contains(['.', 'e', 'E']) => "a number with a fraction",
                Value::Number(number) => return Some(number.as_str().to_owned()),
                _ if scalar::is_infinite(text) => "a number that JSON has not",
                _ => return Some(text.to_owned()),
            },
        };
        let is_meant = event.kind == EventKind::Plain && !text.is_empty();
        if self.alias.is_none() {
            let message = format!("a key must be a string, and this one is {what}");
            let origin = self.origin();
            let code = if is_meant { Code::RepairedField } else { Code::Syntax };
            let reported = self.diagnostics.report(code, &origin, message).span(written.span());
            if is_meant {
                reported.taken_as(format!("the text `{text}`")).help("put it in quotes");
            } else {
                reported.help("put the key in quotes if it is meant as text");
            }
        }
        is_meant.then(|| text.to_owned())
    }

    fn scalar(&mut self, index: usize) -> Value {
        let events = self.events;
        let event = &events.list[index];
        let text = events.decoded(index, self.text);
        let is_core = self.tag(index);
        if self.format == Syntax::Json && event.kind == EventKind::Plain {
            return Number::new(text).map_or_else(|| scalar::plain(text), Value::Number);
        }
        let is_plain = match events.tag(index) {
            "" => event.kind == EventKind::Plain,
            tag if is_core => tag != "tag:yaml.org,2002:str",
            _ => false,
        };
        if !is_plain {
            return Value::String(text.to_owned());
        }
        if scalar::is_infinite(text) {
            self.is_lost = true;
            if self.alias.is_none() {
                let is_item = matches!(self.path.last(), Some(Step::Index(_)));
                let origin = self.origin();
                self.diagnostics
                    .report(Code::RepairedField, &origin, format!("JSON has no number for `{text}`"))
                    .span(event.span())
                    .taken_as(if is_item { "`null`" } else { "no value" })
                    .help("put it in quotes if it is meant as text");
            }
            return Value::Null;
        }
        scalar::plain(text)
    }

    /// Reports a tag that says more than the form of its node; the answer is whether it is one of YAML's core schema.
    fn tag(&mut self, index: usize) -> bool {
        let events = self.events;
        let tag = events.tag(index);
        let core = tag.strip_prefix("tag:yaml.org,2002:").is_some_and(|name| CORE_TAGS.contains(&name));
        if !tag.is_empty() && tag != "!" && !core && self.alias.is_none() {
            let message = format!("the tag `{tag}` has no meaning in OpenAPI");
            let Range { start, end } = events.list[index].span();
            self.report(&message, start..end.max(start));
        }
        core
    }

    fn report(&mut self, message: &str, span: Range<usize>) -> &mut Diagnostic {
        let origin = self.origin();
        self.diagnostics.report(Code::Syntax, &origin, message).span(span)
    }

    /// Where the node stands that is being built.
    fn origin(&self) -> Origin {
        self.path.iter().fold(Origin::root(self.file), |origin, step| match step {
            Step::Key(at) => origin.key(self.events.decoded(self.events.behind_alias(*at), self.text)),
            Step::Index(index) => origin.index(*index),
        })
    }
}

/// The tags of YAML's core schema, which say no more than the node's form.
const CORE_TAGS: [&str; 7] = ["str", "int", "float", "bool", "null", "map", "seq"];
