//! What a stand-in remembers: a bounded number of items, the oldest forgotten first. Paths have no escapes here.

use std::collections::VecDeque;

use serde_json::{Map, Value};

use crate::support::format;

/// More items than this are not kept.
const MOST: usize = 1000;
/// Nor more bytes of JSON than this.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// What was done to the items of all collections.
#[derive(Default)]
pub(super) struct Memory {
    /// Paths that were deleted.
    gone: VecDeque<String>,
    things: VecDeque<Thing>,
    created: u64,
}

/// What is known about an item.
pub(super) struct Thing {
    /// The path of its collection.
    collection: String,
    /// Its identifier as text.
    pub(super) id: String,
    /// What requests said about it.
    pub(super) members: Map<String, Value>,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Created,
    Changed,
    Deleted,
}

impl Thing {
    pub(super) fn is_created(&self) -> bool {
        self.state == State::Created
    }

    pub(super) fn is_deleted(&self) -> bool {
        self.state == State::Deleted
    }

    fn size(&self) -> usize {
        let members = self.members.iter().map(|(name, value)| name.len() + value.to_string().len());
        self.collection.len() + self.id.len() + members.sum::<usize>()
    }
}

impl Memory {
    /// Whether a path, or one above it, was deleted.
    pub(super) fn is_gone(&self, path: &str) -> bool {
        let is_below =
            |it: &String| path.strip_prefix(it.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        self.gone.iter().any(is_below)
    }

    /// Remembers that a path was deleted.
    pub(super) fn gone(&mut self, path: &str) {
        self.gone.push_back(path.to_owned());
        if self.gone.len() > MOST {
            self.gone.pop_front();
        }
    }

    /// Takes back that paths below this one were deleted.
    pub(super) fn made_below(&mut self, path: &str) {
        self.gone.retain(|it| !it.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')));
        let is_below = |it: &str| it.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        self.things.retain(|it| !(it.is_deleted() && is_below(&it.collection)));
    }

    /// Takes back that a path was deleted.
    pub(super) fn back(&mut self, path: &str) {
        self.gone.retain(|it| it != path);
    }

    /// What is known about the items of a collection.
    pub(super) fn items(&self, collection: &str) -> impl Iterator<Item = &Thing> {
        self.things.iter().filter(move |it| it.collection == collection)
    }

    /// What is known about an item that is there.
    pub(super) fn find(&self, collection: &str, id: &str) -> Option<&Thing> {
        self.items(collection).find(|it| it.id == id && !it.is_deleted())
    }

    /// Keeps a new item, in place of one that has its identifier.
    pub(super) fn create(&mut self, collection: String, id: String, members: Map<String, Value>) -> &Thing {
        self.back(&format!("{collection}/{id}"));
        self.take(&collection, &id);
        self.keep(Thing { collection, id, members, state: State::Created })
    }

    /// Changes an item; one that nobody created may be an example.
    pub(super) fn change(&mut self, collection: String, id: String, members: Map<String, Value>) -> &Thing {
        let known = self.take(&collection, &id).filter(|it| !it.is_deleted());
        let mut thing = known.unwrap_or(Thing { collection, id, members: Map::new(), state: State::Changed });
        thing.members.extend(members);
        self.keep(thing)
    }

    /// Puts an item in place of another one, or where there is none.
    pub(super) fn replace(
        &mut self,
        (collection, id): (String, String),
        members: Map<String, Value>,
        is_new: bool,
    ) -> &Thing {
        let known = self.take(&collection, &id).filter(|it| !it.is_deleted());
        let otherwise = if is_new { State::Created } else { State::Changed };
        let state = known.map_or(otherwise, |it| it.state);
        self.keep(Thing { collection, id, members, state })
    }

    /// Deletes an item.
    pub(super) fn delete(&mut self, collection: String, id: String) {
        let known = self.take(&collection, &id);
        if !known.is_some_and(|it| it.is_created()) {
            self.keep(Thing { collection, id, members: Map::new(), state: State::Deleted });
        }
    }

    /// Identifiers like another one, of which each may be one that nobody has yet: other ones each time.
    pub(super) fn fresh(&mut self, like: &Value) -> Vec<Value> {
        self.created += 1;
        let like = match like {
            Value::String(text) => text,
            other => return vec![other.as_u64().unwrap_or_default().saturating_add(self.created).into()],
        };
        if format::is_valid("uuid", like) {
            // Version and variant stay what they are.
            return vec![format!("{}{:012x}", &like[..24], self.created).into()];
        }
        let head = like.trim_end_matches(|it: char| it.is_ascii_digit());
        let digits = &like[head.len()..];
        let counted = match digits.parse::<u64>() {
            Ok(number) => format!("{head}{:0width$}", number.saturating_add(self.created), width = digits.len()),
            Err(_) => format!("{like}-{}", self.created),
        };
        vec![counted.into(), turned(like, self.created).into()]
    }

    fn take(&mut self, collection: &str, id: &str) -> Option<Thing> {
        let position = self.things.iter().position(|it| it.id == id && it.collection == collection)?;
        self.things.remove(position)
    }

    /// Keeps what is known about an item, and forgets the oldest where that is too much.
    fn keep(&mut self, thing: Thing) -> &Thing {
        let mut bytes = thing.size();
        let newest = self.things.iter().rev().take(MOST - 1);
        let kept = newest.take_while(|it| {
            bytes += it.size();
            bytes <= MOST_BYTES
        });
        let kept = kept.count();
        self.things.drain(..self.things.len() - kept);
        self.things.push_back(thing);
        let last = self.things.len() - 1;
        &self.things[last]
    }
}

/// A text so many steps further, as a counter with a wheel for each letter and digit: `a-9z` becomes `b-0a`.
fn turned(text: &str, steps: u64) -> String {
    let mut rest = steps;
    let wheel = |it: char| match it {
        '0'..='9' => Some((b'0', 10)),
        'a'..='z' => Some((b'a', 26)),
        'A'..='Z' => Some((b'A', 26)),
        _ => None,
    };
    let turn = |it: char| {
        let Some((first, size)) = wheel(it) else { return it };
        let place = u64::from(it as u32) - u64::from(first) + rest % size;
        rest = rest / size + place / size;
        u8::try_from(place % size).map_or(it, |place| char::from(first + place))
    };
    let turned: Vec<_> = text.chars().rev().map(turn).collect();
    turned.into_iter().rev().collect()
}
