//! A tree whose nodes know where they were written, for what rebuilds a document before it is read.
//!
//! An overlay moves, removes and adds nodes, and a document of an older version is put into the shape of a newer one.
//! The rebuilt tree is an ordinary [`Value`]; [`Places`] lead from a node of it back to the text, and forth.

use super::value::array_index;
use super::{At, Origin, Pointer, Value};
use crate::ordered::IndexMap;

/// A node and the place where it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// Where it was written, or what it was made of.
    pub origin: Origin,
    /// What it is.
    pub node: Node,
}

/// A value whose children are placed.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// `null`, a boolean, a number or a string.
    Scalar(Value),
    /// A sequence.
    Array(Vec<Placed>),
    /// A mapping.
    Object(IndexMap<String, Placed>),
}

impl Placed {
    /// A whole tree, each node at its own place; readers bound how deep it is.
    pub fn new(at: &At<'_>) -> Self {
        let node = match at.value {
            Value::Object(_) => Node::Object(at.entries().map(|(key, it)| (key.to_owned(), Self::new(&it))).collect()),
            Value::Array(_) => Node::Array(at.items().map(|it| Self::new(&it)).collect()),
            scalar => Node::Scalar(scalar.clone()),
        };
        Self { origin: at.origin.clone(), node }
    }

    /// A string that was made of something.
    pub fn string(origin: &Origin, text: impl Into<String>) -> Self {
        Self { origin: origin.clone(), node: Node::Scalar(Value::String(text.into())) }
    }

    /// A boolean that was made of something.
    pub fn flag(origin: &Origin, flag: bool) -> Self {
        Self { origin: origin.clone(), node: Node::Scalar(Value::Bool(flag)) }
    }

    /// A sequence that was made of something.
    pub fn array(origin: &Origin, items: Vec<Self>) -> Self {
        Self { origin: origin.clone(), node: Node::Array(items) }
    }

    /// A mapping that was made of something.
    pub fn object<K: Into<String>>(origin: &Origin, members: impl IntoIterator<Item = (K, Self)>) -> Self {
        let members = members.into_iter().map(|(key, it)| (key.into(), it)).collect();
        Self { origin: origin.clone(), node: Node::Object(members) }
    }

    /// The same tree, each node of it at another place.
    #[must_use]
    pub fn map(self, place: &impl Fn(&Origin) -> Origin) -> Self {
        let node = match self.node {
            Node::Scalar(value) => Node::Scalar(value),
            Node::Array(items) => Node::Array(items.into_iter().map(|it| it.map(place)).collect()),
            Node::Object(members) => Node::Object(members.into_iter().map(|(key, it)| (key, it.map(place))).collect()),
        };
        Self { origin: place(&self.origin), node }
    }

    /// The members, if it is a mapping.
    pub fn members(&self) -> Option<&IndexMap<String, Self>> {
        if let Node::Object(members) = &self.node { Some(members) } else { None }
    }

    /// The members for changing them, if it is a mapping.
    pub fn members_mut(&mut self) -> Option<&mut IndexMap<String, Self>> {
        if let Node::Object(members) = &mut self.node { Some(members) } else { None }
    }

    /// The members of a mapping, none of anything else.
    pub fn into_members(self) -> IndexMap<String, Self> {
        if let Node::Object(members) = self.node { members } else { IndexMap::default() }
    }

    /// The items, if it is a sequence.
    pub fn items(&self) -> Option<&[Self]> {
        if let Node::Array(items) = &self.node { Some(items) } else { None }
    }

    /// A member of a mapping.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.members()?.get(key)
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        if let Node::Scalar(value) = &self.node { value.as_str() } else { None }
    }

    /// The text of a member.
    pub fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// The truth of a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        if let Node::Scalar(value) = &self.node { value.as_bool() } else { None }
    }

    /// The node at a pointer.
    pub fn at_pointer(&self, pointer: &Pointer) -> Option<&Self> {
        pointer.tokens().try_fold(self, |node, token| match &node.node {
            Node::Object(members) => members.get(&token),
            Node::Array(items) => items.get(array_index(&token)?),
            Node::Scalar(_) => None,
        })
    }

    /// The node at a pointer, for changing it.
    pub fn at_mut(&mut self, pointer: &Pointer) -> Option<&mut Self> {
        pointer.tokens().try_fold(self, |node, token| match &mut node.node {
            Node::Object(members) => members.get_mut(&token),
            Node::Array(items) => items.get_mut(array_index(&token)?),
            Node::Scalar(_) => None,
        })
    }

    /// Takes out a member or an item.
    pub fn remove(&mut self, token: &str) {
        match &mut self.node {
            Node::Object(members) => {
                members.shift_remove(token);
            }
            Node::Array(items) => {
                if let Some(index) = array_index(token).filter(|index| *index < items.len()) {
                    items.remove(index);
                }
            }
            Node::Scalar(_) => {}
        }
    }

    /// What the node is, in JSON Schema's words.
    pub fn type_name(&self) -> &'static str {
        match &self.node {
            Node::Scalar(value) => value.type_name(),
            Node::Array(_) => "array",
            Node::Object(_) => "object",
        }
    }

    /// How many nodes there are, this one included.
    pub fn count(&self) -> usize {
        1 + match &self.node {
            Node::Scalar(_) => 0,
            Node::Array(items) => items.iter().map(Self::count).sum(),
            Node::Object(members) => members.values().map(Self::count).sum(),
        }
    }

    /// How deep it is nested.
    pub fn depth(&self) -> usize {
        1 + match &self.node {
            Node::Scalar(_) => 0,
            Node::Array(items) => items.iter().map(Self::depth).max().unwrap_or_default(),
            Node::Object(members) => members.values().map(Self::depth).max().unwrap_or_default(),
        }
    }

    /// The same tree without places.
    pub fn to_value(&self) -> Value {
        match &self.node {
            Node::Scalar(value) => value.clone(),
            Node::Array(items) => Value::Array(items.iter().map(Self::to_value).collect()),
            Node::Object(members) => {
                Value::object(members.iter().map(|(key, it)| (key.clone(), it.to_value())).collect())
            }
        }
    }

    /// The tree that stands at `root` from now on, and the way back from its nodes to where they were written.
    pub fn into_tree(self, root: &Pointer, places: &mut Places) -> Value {
        places.stands(&self.origin, root);
        places.written.insert(root.clone(), self.origin.clone());
        self.into_value(root, places)
    }

    fn into_value(self, pointer: &Pointer, places: &mut Places) -> Value {
        let Self { origin, node } = self;
        match node {
            Node::Scalar(value) => value,
            Node::Array(items) => {
                let items = items.into_iter().enumerate();
                Value::Array(
                    items.map(|(index, it)| it.child(&pointer.index(index), &origin.index(index), places)).collect(),
                )
            }
            Node::Object(members) => {
                let child = |(key, member): (String, Self)| {
                    let value = member.child(&pointer.key(&key), &origin.key(&key), places);
                    (key, value)
                };
                Value::object(members.into_iter().map(child).collect())
            }
        }
    }

    /// Notes the place of a node only where it is not the one that its parent implies.
    fn child(self, pointer: &Pointer, implied: &Origin, places: &mut Places) -> Value {
        places.stands(&self.origin, pointer);
        if self.origin != *implied {
            places.written.insert(pointer.clone(), self.origin.clone());
        }
        self.into_value(pointer, places)
    }
}

/// Where the nodes of a rebuilt tree were written.
///
/// On the way back only nodes are listed that do not stand where their parent implies; the others follow.
#[derive(Debug, Clone, Default)]
pub struct Places {
    written: IndexMap<Pointer, Origin>,
    /// The first node that was made of what is written somewhere.
    now: IndexMap<Origin, Pointer>,
}

impl Places {
    /// Notes the first node that was made of what is written somewhere; one that stayed where it is comes before copies.
    fn stands(&mut self, origin: &Origin, pointer: &Pointer) {
        if origin.pointer == *pointer {
            self.now.insert(origin.clone(), pointer.clone());
        } else {
            self.now.entry(origin.clone()).or_insert_with(|| pointer.clone());
        }
    }

    /// Leaves the way back only: references name the rebuilt tree.
    pub(super) fn forget(&mut self) {
        self.now = IndexMap::default();
    }

    /// Where a node of the rebuilt tree was written; `None` where nothing around it was rebuilt.
    pub fn written(&self, pointer: &Pointer) -> Option<Origin> {
        let (around, rest) = nearest(pointer, |it| self.written.get(it).cloned())?;
        Some(Origin { pointer: append(&around.pointer, rest), ..around })
    }

    /// Where what was written at a place stands in the rebuilt tree; `None` where nothing around it was rebuilt.
    pub fn now(&self, origin: &Origin) -> Option<Pointer> {
        let known = |it: &Pointer| self.now.get(&Origin { file: origin.file, pointer: it.clone() }).cloned();
        let (around, rest) = nearest(&origin.pointer, known)?;
        Some(append(&around, rest))
    }
}

/// What is known about the nearest node around a pointer, itself included, and the rest of the way.
fn nearest<T>(pointer: &Pointer, known: impl Fn(&Pointer) -> Option<T>) -> Option<(T, &str)> {
    let text = pointer.as_str();
    let mut around = pointer.clone();
    loop {
        if let Some(found) = known(&around) {
            return Some((found, &text[around.as_str().len()..]));
        }
        around = around.parent()?;
    }
}

fn append(pointer: &Pointer, rest: &str) -> Pointer {
    Pointer::from_escaped(&format!("{}{rest}", pointer.as_str()))
}
