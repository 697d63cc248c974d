//! The members of an object while it is read.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use super::collections::Properties;
use super::json::Seed;
use super::reading::Reading;
use super::replay::Replay;
use super::{Direction, Json, Schemas, Tristate};

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
    /// Whether a property is one of them.
    fn has(&self, name: &str) -> bool {
        self.properties.iter().any(|(known, _)| *known == name)
    }

    /// Reads over what does not travel, which must be valid all the same.
    fn read_over<'de, A: MapAccess<'de>>(&self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let value: Value = map.next_value_seed(Seed::new())?;
        let is_valid = Reading::is_tolerant() || self.holds(name, &value);
        if is_valid { Ok(()) } else { Err(A::Error::custom("a property that does not satisfy its schema")) }
    }

    /// Whether a value satisfies all schemas of a property.
    fn holds(&self, name: &str, value: &Value) -> bool {
        let mut schemas = self.properties.iter().filter(|(known, _)| *known == name);
        schemas.all(|(_, schema)| self.schemas.is_valid(schema, value, self.direction))
    }
}

/// Reads an object.
pub fn read<'de, T: Json, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Visit<T>(PhantomData<T>);

    impl<'de, T: Json> Visitor<'de> for Visit<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            T::read_members(Replay::new(map))
        }
    }

    deserializer.deserialize_map(Visit(PhantomData))
}

/// Where the value of a property goes while its object is read.
///
/// What reads an object asks the slots of its properties one by one, so that a struct says no more of each than its type.
pub trait Slot<'de, A: MapAccess<'de>> {
    /// Reads the value, which must be the first.
    fn fill(&mut self, map: &mut A, wire: &'static str) -> Result<(), A::Error>;

    /// Whether the property must be there and is not.
    fn is_missing(&self) -> bool {
        false
    }
}

/// The slot of a property that must be there.
pub struct Required<T>(pub Option<T>);

impl<T> Default for Required<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, A: MapAccess<'de>, T: Json> Slot<'de, A> for Required<T> {
    fn fill(&mut self, map: &mut A, wire: &'static str) -> Result<(), A::Error> {
        self.0.fill(map, wire)
    }

    fn is_missing(&self) -> bool {
        self.0.is_none()
    }
}

impl<'de, A: MapAccess<'de>, T: Json> Slot<'de, A> for Option<T> {
    fn fill(&mut self, map: &mut A, wire: &'static str) -> Result<(), A::Error> {
        if self.is_some() {
            return Err(A::Error::duplicate_field(wire));
        }
        match map.next_value_seed(Seed::new()) {
            Ok(value) => *self = Some(value),
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

impl<'de, A: MapAccess<'de>, T: Json> Slot<'de, A> for Tristate<T> {
    fn fill(&mut self, map: &mut A, wire: &'static str) -> Result<(), A::Error> {
        if !self.is_absent() {
            return Err(A::Error::duplicate_field(wire));
        }
        *self = match map.next_value_seed(Seed::<Option<T>>::new())? {
            Some(value) => Self::Value(value),
            None => Self::Null,
        };
        Ok(())
    }
}

/// The error for a property that is missing although nothing reported it.
pub fn incomplete<E: Error>() -> E {
    E::custom("a property is missing")
}

/// The members of an object while it is read.
pub struct Members<A> {
    map: Replay<A>,
    never: Option<&'static Never>,
}

/// The names of the properties of a struct.
type Names = &'static [&'static str];

/// Their slots, in the same order.
type Slots<'s, 'de, A> = [&'s mut dyn Slot<'de, A>];

impl<'de, A: MapAccess<'de>> Members<A> {
    /// All of them.
    pub(crate) fn new(map: Replay<A>) -> Self {
        Self { map, never: None }
    }

    /// The tree of the whole object.
    pub(crate) fn into_value(self) -> Result<Value, A::Error> {
        self.map.into_value()
    }

    /// The same, where some properties never travel.
    #[must_use]
    pub fn without(self, never: &'static Never) -> Self {
        Self { never: Some(never), ..self }
    }

    /// Reads the properties, and keeps all others.
    pub fn keeps<P: Properties<Value: Json>>(
        self,
        names: Names,
        slots: &mut Slots<'_, 'de, Replay<A>>,
        rest: &mut P,
    ) -> Result<(), A::Error> {
        self.read(names, slots, |map, name| {
            let value = map.next_value_seed(Seed::new())?;
            if rest.put(name, value) { Err(A::Error::custom("a property stands twice")) } else { Ok(()) }
        })
    }

    /// Reads the properties, and over all others.
    pub fn dropped(self, names: Names, slots: &mut Slots<'_, 'de, Replay<A>>) -> Result<(), A::Error> {
        self.read(names, slots, |map, _| map.next_value::<IgnoredAny>().map(drop))
    }

    /// Reads the properties, and refuses all others.
    pub fn closed(self, names: Names, slots: &mut Slots<'_, 'de, Replay<A>>) -> Result<(), A::Error> {
        self.read(names, slots, |_, _| Err(A::Error::custom("a property that the schema does not allow")))
    }

    fn read(
        mut self,
        names: Names,
        slots: &mut Slots<'_, 'de, Replay<A>>,
        mut other: impl FnMut(&mut Replay<A>, String) -> Result<(), A::Error>,
    ) -> Result<(), A::Error> {
        // Where the next key is expected, since most writers keep the order of the document.
        let mut hint = 0;
        while let Some(key) = self.map.next_key_seed(KeySeed { names, hint })? {
            match key {
                Key::Known(index) => {
                    hint = index + 1;
                    if let (Some(slot), Some(wire)) = (slots.get_mut(index), names.get(index)) {
                        slot.fill(&mut self.map, wire)?;
                    }
                }
                Key::Other(name) => match self.never {
                    Some(never) if never.has(&name) => never.read_over(&name, &mut self.map)?,
                    _ => other(&mut self.map, name)?,
                },
            }
        }
        let mut missing = names.iter().zip(slots).filter(|(_, slot)| slot.is_missing());
        missing.next().map_or(Ok(()), |(wire, _)| Err(A::Error::missing_field(wire)))
    }
}

/// A property's name: the position of a known one, or the text of any other.
enum Key {
    Known(usize),
    Other(String),
}

struct KeySeed {
    names: Names,
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
        // What is left out is passed over on the way; what stands in another order is found in a second round.
        let (before, ahead) = self.names.split_at_checked(self.hint).unwrap_or((&[], self.names));
        let known = ahead.iter().position(|known| *known == name).map(|index| before.len() + index);
        let known = known.or_else(|| before.iter().position(|known| *known == name));
        Ok(known.map_or_else(|| Key::Other(name.to_owned()), Key::Known))
    }
}
