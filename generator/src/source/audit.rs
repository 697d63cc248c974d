//! What only the events can locate: keys that stand twice or are no strings, tags, endless aliases, second documents.

use indexmap::IndexMap;

use super::events::{Event, Events, Kind};
use super::{FileId, Origin};
use crate::diagnostics::{Code, Diagnostics};

/// The tags of YAML's core schema, which say no more than the node's form.
const CORE_TAGS: [&str; 7] = ["str", "int", "float", "bool", "null", "map", "seq"];

/// Reports everything of a text that its tree cannot tell.
pub(super) fn report(events: &Events, source: &str, file: FileId, diagnostics: &mut Diagnostics) {
    if let Some(second) = events.second_document {
        diagnostics
            .report(Code::Syntax, &Origin::root(file), "the file holds more than one YAML document")
            .span(second..(second + 3).min(source.len()))
            .help("keep one document a file");
    }
    let mut auditor = Auditor { events, source, diagnostics };
    let mut open = Vec::from([(0, Origin::root(file))]);
    // Depth first, in the order of the text.
    while let Some((index, origin)) = open.pop() {
        auditor.node(index, &origin, &mut open);
    }
}

/// The first alias that stands inside the node it names.
pub(super) fn endless_alias(events: &Events) -> Option<&Event> {
    events.list.iter().enumerate().find_map(|(index, event)| {
        let Kind::Alias(anchor) = event.kind else { return None };
        let start = *events.anchors.get(&anchor)?;
        (start < index && index < events.list[start].skip).then_some(event)
    })
}

struct Auditor<'e> {
    events: &'e Events,
    source: &'e str,
    diagnostics: &'e mut Diagnostics,
}

impl Auditor<'_> {
    fn node(&mut self, index: usize, origin: &Origin, open: &mut Vec<(usize, Origin)>) {
        let Some(event) = self.events.list.get(index) else { return };
        self.tag(event, origin);
        let first = open.len();
        match event.kind {
            Kind::Mapping => self.mapping(index, origin, open),
            Kind::Sequence => {
                for (position, child) in self.events.children(index).enumerate() {
                    open.push((child, origin.index(position)));
                }
            }
            Kind::Plain => self.scalar(event, origin),
            Kind::Quoted | Kind::End | Kind::Alias(_) => {}
        }
        open[first..].reverse();
    }

    fn mapping(&mut self, index: usize, origin: &Origin, open: &mut Vec<(usize, Origin)>) {
        let mut seen: IndexMap<&str, usize> = IndexMap::new();
        for (key, value) in self.events.members(index) {
            let event = &self.events.list[key];
            if !self.key(event, origin) {
                continue;
            }
            let text = event.text(self.source);
            if seen.insert(text, key).is_some() {
                let place = origin.key(text);
                self.diagnostics
                    .report(Code::DuplicateKey, &place, format!("the key `{text}` stands twice in one mapping"))
                    .span(event.start..event.end)
                    .at_key()
                    .related(place, "first here");
            } else {
                open.push((value, origin.key(text)));
            }
        }
    }

    /// Whether a key is a string, or an integer that stands for one.
    fn key(&mut self, event: &Event, origin: &Origin) -> bool {
        let text = event.text(self.source);
        let what = match event.kind {
            Kind::Mapping => "a mapping",
            Kind::Sequence => "a sequence",
            Kind::Plain if matches!(text, "true" | "True" | "TRUE" | "false" | "False" | "FALSE") => "a boolean",
            Kind::Plain if matches!(text, "" | "~" | "null" | "Null" | "NULL") => "null",
            Kind::Plain if is_fraction(text) => "a number with a fraction",
            Kind::Plain | Kind::Quoted | Kind::Alias(_) | Kind::End => return true,
        };
        self.diagnostics
            .report(Code::Syntax, origin, format!("a key must be a string, and this one is {what}"))
            .span(event.start..event.end)
            .help("put the key in quotes if it is meant as text");
        false
    }

    fn tag(&mut self, event: &Event, origin: &Origin) {
        let core = event.tag.strip_prefix("tag:yaml.org,2002:").is_some_and(|name| CORE_TAGS.contains(&name));
        if event.tag.is_empty() || &*event.tag == "!" || core {
            return;
        }
        let message = format!("the tag `{}` has no meaning in OpenAPI", event.tag);
        let end = event.end.max(event.start);
        self.diagnostics.report(Code::Syntax, origin, message).span(event.start..end);
    }

    fn scalar(&mut self, event: &Event, origin: &Origin) {
        let text = event.text(self.source);
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        if matches!(digits, ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN") {
            self.diagnostics
                .report(Code::Syntax, origin, format!("JSON has no number for `{text}`"))
                .span(event.start..event.end)
                .help("put it in quotes if it is meant as text");
        }
    }
}

fn is_fraction(text: &str) -> bool {
    let number = text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first));
    number && text.contains(['.', 'e', 'E']) && text.parse::<f64>().is_ok_and(f64::is_finite)
}
