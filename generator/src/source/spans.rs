//! From a JSON Pointer back to the bytes of the text; made when the first diagnostic of a file is printed.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Pointer;
use super::events::{EventKind, Events};

/// From this size on a mapping or sequence is looked up by halves.
const LARGE: usize = 32;

/// The children of the large mappings and sequences, so that thousands of findings in one of them stay cheap.
#[derive(Debug)]
pub(super) struct Index {
    /// Pairs of key and value, by the text of the key; a key that stands twice keeps its first place.
    members: BTreeMap<usize, Vec<(usize, usize)>>,
    items: BTreeMap<usize, Vec<usize>>,
}

/// The bytes of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The key, where the node is a member of a mapping.
    pub key: Option<Range<usize>>,
    /// The value.
    pub value: Range<usize>,
}

impl Index {
    pub(super) fn new(events: &Events, text: &str) -> Self {
        let mut index = Self { members: BTreeMap::new(), items: BTreeMap::new() };
        for (at, event) in events.list.iter().enumerate() {
            // Most are small: so few events have not so many children.
            if events.skip(at) - at <= LARGE {
                continue;
            }
            match event.kind {
                EventKind::Mapping if events.members(at).nth(LARGE).is_some() => {
                    let mut members: Vec<_> = events.members(at).collect();
                    members.sort_by_key(|(key, _)| events.decoded(*key, text));
                    members.dedup_by_key(|(key, _)| events.decoded(*key, text));
                    index.members.insert(at, members);
                }
                EventKind::Sequence if events.children(at).nth(LARGE).is_some() => {
                    index.items.insert(at, events.children(at).collect());
                }
                EventKind::Mapping
                | EventKind::Sequence
                | EventKind::Plain
                | EventKind::Quoted
                | EventKind::End
                | EventKind::Alias => {}
            }
        }
        index
    }

    /// The place of a node, or of its nearest ancestor that the text shows: merged members, for one, stand elsewhere.
    pub(super) fn place(&self, pointer: &Pointer, events: &Events, text: &str) -> Place {
        let mut found = Place { key: None, value: 0..0 };
        let Some(root) = events.list.first() else { return found };
        found.value = root.span();
        let mut at = 0;
        for token in pointer.tokens() {
            at = events.behind_alias(at);
            let step = match events.list[at].kind {
                EventKind::Mapping => self.member(at, &token, events, text).map(|(key, value)| (Some(key), value)),
                EventKind::Sequence => self.item(at, &token, events).map(|item| (None, item)),
                EventKind::Plain | EventKind::Quoted | EventKind::End | EventKind::Alias => None,
            };
            let Some((key, value)) = step else { break };
            let span = |index: usize| events.list[index].span();
            found = Place { key: key.map(span), value: span(value) };
            at = value;
        }
        found
    }

    fn member(&self, at: usize, name: &str, events: &Events, text: &str) -> Option<(usize, usize)> {
        let key_text = |key: usize| events.decoded(key, text);
        match self.members.get(&at) {
            Some(members) => {
                let position = members.binary_search_by(|(key, _)| key_text(*key).cmp(name)).ok()?;
                members.get(position).copied()
            }
            None => events.members(at).find(|(key, _)| key_text(*key) == name),
        }
    }

    fn item(&self, at: usize, token: &str, events: &Events) -> Option<usize> {
        let index: usize = token.parse().ok()?;
        match self.items.get(&at) {
            Some(items) => items.get(index).copied(),
            None => events.children(at).nth(index),
        }
    }
}
