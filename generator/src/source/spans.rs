//! From a JSON Pointer back to the bytes of the text; made when the first diagnostic of a file is printed.

use std::ops::Range;

use super::events::{Events, Kind};
use super::{Format, Pointer};

/// The positions of every node of one file.
#[derive(Debug, Clone)]
pub(super) struct Index {
    events: Events,
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
    pub(super) fn new(text: &str, format: Format) -> Self {
        Self { events: Events::of(text, format) }
    }

    /// The place of a node, or of its nearest ancestor that the text shows: merged members, for one, stand elsewhere.
    pub(super) fn place(&self, pointer: &Pointer, text: &str) -> Place {
        let mut found = Place { key: None, value: 0..0 };
        let Some(root) = self.events.list.first() else { return found };
        found.value = root.start..root.end;
        let mut at = 0;
        for token in pointer.tokens() {
            at = self.behind_alias(at);
            let step = match self.events.list[at].kind {
                Kind::Mapping => {
                    let mut members = self.events.members(at);
                    members.find(|(key, _)| self.events.list[*key].text(text) == token).map(|(key, it)| (Some(key), it))
                }
                Kind::Sequence => {
                    token.parse().ok().and_then(|index| self.events.children(at).nth(index)).map(|it| (None, it))
                }
                Kind::Plain | Kind::Quoted | Kind::End | Kind::Alias(_) => None,
            };
            let Some((key, value)) = step else { break };
            let span = |index: usize| self.events.list[index].start..self.events.list[index].end;
            found = Place { key: key.map(span), value: span(value) };
            at = value;
        }
        found
    }

    fn behind_alias(&self, mut at: usize) -> usize {
        while let Kind::Alias(anchor) = self.events.list[at].kind {
            match self.events.anchors.get(&anchor) {
                Some(target) if *target < at => at = *target,
                _ => break,
            }
        }
        at
    }
}
