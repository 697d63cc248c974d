//! Objects with named properties.
//!
//! `object!` gives a struct its [`Json`] form without buffering: known properties go straight into
//! their fields, every other one into the map of additional properties, away or, where the schema is closed, into an error.
//! A property that never travels the way of the struct is read over where it is sent all the same, as long as it
//! satisfies its schema: it is neither kept nor sent on.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde_json::Value;

use super::collections::Properties;
use super::json::{Seed, Written};
use super::{Direction, Json, Schemas, Tristate, tolerance};

/// Implements the JSON form of a struct, field by field.
///
/// - `required`: the property is always there; the field's type says whether it may be null.
/// - `optional`: the field is an `Option` that is `None` when the property is absent.
/// - `tristate`: the field is a [`Tristate`].
///
/// Behind the name of a property that may be absent stands its setter with the argument of that; `#[deprecated]` in front
/// of it is that of the property.
///
/// After the fields stands the one that takes all further properties, `dropped` where they are read over, or `closed`.
/// Behind that may stand `never in` a direction, with the properties that do not travel there and the schema of each.
#[doc(hidden)]
#[macro_export]
macro_rules! __object {
    (
        $name:ident { $($presence:ident $field:ident $($(#[$mark:meta])* $setter:ident($argument:ty))?: $wire:literal,)* }
        $rest:ident $(never in $way:ident { $($away:literal: $schema:literal,)* })?
    ) => {
        $crate::support::setters! { $name { $($($presence $field $(#[$mark])* $setter($argument): $wire,)?)* } }

        $crate::support::object! {
            @rest $name { $($presence $field: $wire,)* } { $($way: $($away: $schema,)*)? } $rest
        }
    };
    (@rest $name:ident $properties:tt $never:tt closed) => {
        $crate::support::object! { @impl $name $properties {} refuse $never }
    };
    (@rest $name:ident $properties:tt $never:tt dropped) => {
        $crate::support::object! { @impl $name $properties {} drop $never }
    };
    (@rest $name:ident $properties:tt $never:tt $rest:ident) => {
        $crate::support::object! { @impl $name $properties { $rest } keep $never }
    };
    (
        @impl $name:ident { $($presence:ident $field:ident: $wire:literal,)* } { $($rest:ident)? } $fate:ident
        { $($way:ident: $($away:literal: $schema:literal,)*)? }
    ) => {
        #[allow(deprecated, reason = "what is deprecated travels all the same")]
        impl $crate::support::Json for $name {
            fn read<'de, __D: ::serde::Deserializer<'de>>(deserializer: __D) -> ::core::result::Result<Self, __D::Error> {
                struct __Properties;

                impl<'de> ::serde::de::Visitor<'de> for __Properties {
                    type Value = $name;

                    fn expecting(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<__A: ::serde::de::MapAccess<'de>>(
                        self,
                        map: __A,
                    ) -> ::core::result::Result<$name, __A::Error> {
                        let mut members = $crate::support::object::Members::new(map, &[$($wire),*])
                            $(.without(&$crate::support::object::Never {
                                schemas: <$name as $crate::support::Model>::SCHEMAS,
                                direction: $crate::support::Direction::$way,
                                properties: &[$(($away, $schema)),*],
                            }))?;
                        $(let mut $field = ::core::option::Option::None;)*
                        $(let mut $rest = ::core::default::Default::default();)?
                        while let ::core::option::Option::Some(key) = members.next_key()? {
                            let mut position = 0_usize..;
                            $(
                                if key.is(&mut position) {
                                    members.fill(&mut $field, $wire)?;
                                    continue;
                                }
                            )*
                            let _ = position;
                            $crate::support::object! { @$fate members key { $($rest)? } }
                        }
                        ::core::result::Result::Ok($name {
                            $($field: $crate::support::object::$presence($field, $wire)?,)*
                            $($rest,)?
                        })
                    }
                }

                deserializer.deserialize_map(__Properties)
            }

            fn write<__S: ::serde::Serializer>(&self, serializer: __S) -> ::core::result::Result<__S::Ok, __S::Error> {
                let mut map = $crate::support::object::Writer::new(serializer)?;
                $(map.$presence($wire, &self.$field)?;)*
                $(map.rest(&self.$rest)?;)?
                map.end()
            }
        }

        $crate::support::serde_by_json!($name);
    };
    (@keep $members:ident $key:ident { $rest:ident }) => { $members.keep(&mut $rest, $key)? };
    (@drop $members:ident $key:ident {}) => { $members.skip()? };
    (@refuse $members:ident $key:ident {}) => { return ::core::result::Result::Err($key.refuse()) };
}

#[doc(hidden)]
pub use __object as object;

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
        loop {
            let key = self.map.next_key_seed(KeySeed { names: self.names, hint: self.hint })?;
            match key {
                Some(Key::Known(index)) => self.hint = index + 1,
                Some(Key::Other(name)) if self.is_never(&name) => {
                    self.read_over(&name)?;
                    continue;
                }
                Some(Key::Other(_)) | None => {}
            }
            return Ok(key);
        }
    }

    fn is_never(&self, name: &str) -> bool {
        self.never.is_some_and(|it| it.properties.iter().any(|(known, _)| *known == name))
    }

    /// Reads over what does not travel, which must be valid all the same.
    fn read_over(&mut self, name: &str) -> Result<(), A::Error> {
        let value: Value = self.map.next_value()?;
        let is_valid = tolerance::is_on() || self.never.is_none_or(|it| it.holds(name, &value));
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

/// The value of a property that must be there.
pub fn required<T, E: Error>(slot: Option<T>, wire: &'static str) -> Result<T, E> {
    slot.ok_or_else(|| E::missing_field(wire))
}

/// The value of a property that may be absent.
///
/// # Errors
/// None: the signature is that of [`required`], so that one macro serves both.
pub fn optional<T, E>(slot: Option<T>, _: &'static str) -> Result<Option<T>, E> {
    Ok(slot)
}

/// The value of a property that may be absent or null.
///
/// # Errors
/// None: the signature is that of [`required`], so that one macro serves both.
pub fn tristate<T, E>(slot: Option<Option<T>>, _: &'static str) -> Result<Tristate<T>, E> {
    Ok(slot.into())
}

/// A field that may stand for no property at all.
pub trait Presence {
    /// Whether the property is there.
    fn is_present(&self) -> bool;
}

impl<T> Presence for Option<T> {
    fn is_present(&self) -> bool {
        self.is_some()
    }
}

impl<T> Presence for Tristate<T> {
    fn is_present(&self) -> bool {
        !self.is_absent()
    }
}

/// How many of some properties are there.
pub fn present(properties: &[&dyn Presence]) -> usize {
    properties.iter().filter(|it| it.is_present()).count()
}

/// The members of an object while it is written.
pub struct Writer<M>(M);

impl<M: SerializeMap> Writer<M> {
    /// Starts writing.
    pub fn new<S: serde::Serializer<SerializeMap = M, Error = M::Error>>(serializer: S) -> Result<Self, M::Error> {
        serializer.serialize_map(None).map(Self)
    }

    /// Writes a property that is always there.
    pub fn required<T: Json>(&mut self, wire: &'static str, value: &T) -> Result<(), M::Error> {
        self.0.serialize_entry(wire, &Written(value))
    }

    /// Writes a property unless it is absent.
    pub fn optional<T: Json>(&mut self, wire: &'static str, value: &Option<T>) -> Result<(), M::Error> {
        value.as_ref().map_or(Ok(()), |value| self.required(wire, value))
    }

    /// Writes a property unless it is absent.
    pub fn tristate<T: Json>(&mut self, wire: &'static str, value: &Tristate<T>) -> Result<(), M::Error> {
        match value {
            Tristate::Absent => Ok(()),
            Tristate::Null => self.0.serialize_entry(wire, &()),
            Tristate::Value(value) => self.required(wire, value),
        }
    }

    /// Writes the properties that the document does not name.
    pub fn rest<P: Properties<Value: Json>>(&mut self, rest: &P) -> Result<(), M::Error> {
        rest.each().try_for_each(|(name, value)| self.0.serialize_entry(name, &Written(value)))
    }

    /// Ends the object.
    pub fn end(self) -> Result<M::Ok, M::Error> {
        self.0.end()
    }
}
