//! The members of an object while it is read.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use super::collections::Properties;
use super::json::Seed;
use super::reading::Reading;
use super::{Direction, Json, Schemas};

/// A property's name: the position of a known one, or the text of any other.
pub enum Key {
    /// The position among the struct's fields.
    Known(usize),
    /// Any other name.
    Other(String),
}

impl Key {
    /// Whether this is the next field in turn.
    pub fn is(&self, position: &mut std::ops::RangeFrom<usize>) -> bool {
        let turn = position.next();
        matches!(self, Self::Known(index) if Some(*index) == turn)
    }

    /// The error for a property that a closed object does not have.
    pub fn refuse<E: Error>(self) -> E {
        E::custom("a property that the schema does not allow")
    }
}

/// The properties that never travel the way of a struct.
pub struct Never {
    /// The schemas of the API.
    pub schemas: &'static Schemas,
    /// The direction of the struct.
    pub direction: Direction,
    /// The name of each, with the key of its schema.
    pub properties: &'static [(&'static str, &'static str)],
}

impl Never {
    /// Whether a value satisfies all schemas of a property.
    fn holds(&self, name: &str, value: &Value) -> bool {
        let mut schemas = self.properties.iter().filter(|(known, _)| *known == name);
        schemas.all(|(_, schema)| self.schemas.is_valid(schema, value, self.direction))
    }
}

/// The members of an object while it is read.
pub struct Members<A> {
    map: A,
    names: &'static [&'static str],
    never: Option<&'static Never>,
    /// Where the next key is expected, since most writers keep the order of the document.
    hint: usize,
}

impl<'de, A: MapAccess<'de>> Members<A> {
    /// Starts reading.
    pub fn new(map: A, names: &'static [&'static str]) -> Self {
        Self { map, names, never: None, hint: 0 }
    }

    /// The same, where some properties never travel.
    #[must_use]
    pub fn without(self, never: &'static Never) -> Self {
        Self { never: Some(never), ..self }
    }

    /// The next key of what travels; `None` at the end of the object.
    pub fn next_key(&mut self) -> Result<Option<Key>, A::Error> {
        let mut key = self.any_key()?;
        // Most types have nothing that never travels, and this is the way of every property.
        if self.never.is_some() {
            while let Some(Key::Other(name)) = &key
                && self.is_never(name)
            {
                self.read_over(name)?;
                key = self.any_key()?;
            }
        }
        Ok(key)
    }

    fn any_key(&mut self) -> Result<Option<Key>, A::Error> {
        let key = self.map.next_key_seed(KeySeed { names: self.names, hint: self.hint })?;
        if let Some(Key::Known(index)) = key {
            self.hint = index + 1;
        }
        Ok(key)
    }

    fn is_never(&self, name: &str) -> bool {
        self.never.is_some_and(|it| it.properties.iter().any(|(known, _)| *known == name))
    }

    /// Reads over what does not travel, which must be valid all the same.
    fn read_over(&mut self, name: &str) -> Result<(), A::Error> {
        let value: Value = self.map.next_value()?;
        let is_valid = Reading::is_tolerant() || self.never.is_none_or(|it| it.holds(name, &value));
        if is_valid { Ok(()) } else { Err(A::Error::custom("a property that does not satisfy its schema")) }
    }

    /// Reads the value of a known property.
    pub fn fill<T: Json>(&mut self, slot: &mut Option<T>, wire: &'static str) -> Result<(), A::Error> {
        if slot.is_some() {
            return Err(A::Error::duplicate_field(wire));
        }
        *slot = Some(self.map.next_value_seed(Seed::new())?);
        Ok(())
    }

    /// Reads the value of any other property.
    pub fn keep<P: Properties<Value: Json>>(&mut self, rest: &mut P, key: Key) -> Result<(), A::Error> {
        let value = self.map.next_value_seed(Seed::new())?;
        if let Key::Other(name) = key
            && rest.put(name, value)
        {
            return Err(A::Error::custom("a property stands twice"));
        }
        Ok(())
    }

    /// Reads over the value of any other property.
    pub fn skip(&mut self) -> Result<(), A::Error> {
        self.map.next_value::<IgnoredAny>().map(drop)
    }
}

struct KeySeed {
    names: &'static [&'static str],
    hint: usize,
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Key, E> {
        if self.names.get(self.hint).is_some_and(|expected| *expected == name) {
            return Ok(Key::Known(self.hint));
        }
        let known = self.names.iter().position(|known| *known == name);
        Ok(known.map_or_else(|| Key::Other(name.to_owned()), Key::Known))
    }
}
