//! A borrowed value that knows where it stands.

use super::{Object, Origin, Value};

/// A node together with its [`Origin`], so that losing the position takes effort and keeping it takes none.
#[derive(Debug, Clone)]
pub struct At<'a> {
    /// The node.
    pub value: &'a Value,
    /// Where it stands.
    pub origin: Origin,
}

impl<'a> At<'a> {
    /// A node and its place.
    pub fn new(value: &'a Value, origin: Origin) -> Self {
        Self { value, origin }
    }

    /// The member of this mapping, if it is a mapping and has one.
    pub fn field(&self, key: &str) -> Option<At<'a>> {
        self.value.get(key).map(|value| At::new(value, self.origin.key(key)))
    }

    /// The text of the member, if it is a string.
    pub fn string(&self, key: &str) -> Option<&'a str> {
        self.value.get(key)?.as_str()
    }

    /// The truth of the member, if it is a boolean.
    pub fn flag(&self, key: &str) -> Option<bool> {
        self.value.get(key)?.as_bool()
    }

    /// The members of this mapping in the order of the document; none if it is something else.
    pub fn entries(&self) -> impl Iterator<Item = (&'a str, At<'a>)> + use<'a> {
        static NONE: std::sync::LazyLock<Object> = std::sync::LazyLock::new(Object::default);
        let origin = self.origin.clone();
        let members: &'a Object = self.value.as_object().unwrap_or(&NONE);
        members.iter().map(move |(key, value)| (key.as_str(), At::new(value, origin.key(key))))
    }

    /// The items of this sequence; none if it is something else.
    pub fn items(&self) -> impl Iterator<Item = At<'a>> + use<'a> {
        let origin = self.origin.clone();
        let items: &'a [Value] = self.value.as_array().unwrap_or(&[]);
        items.iter().enumerate().map(move |(index, value)| At::new(value, origin.index(index)))
    }
}
