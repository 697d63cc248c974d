//! JSON as JSON Schema means it, between bytes and Rust types.
//!
//! [`Json`] is what serde's traits are, with three differences that the specification asks for:
//! `1.0` is an integer, `null` is a value that only nullable types take, and a property may be absent, null or present.
//! Every model implements serde's traits through it, so models fit into other people's types too.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::ser::{SerializeMap, SerializeSeq, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::formatted::{Decimal, Format, Formatted};
use super::members::Members;
use super::object::Writer;
use super::replay::Replay;
use super::{Direction, Validate, json_text, object};

/// A type with one JSON form.
///
/// A type says how it is read by `read` and how it is written by `write`; an object with members of its own says both member
/// by member, by `members` and `fields`. Every type needs one of the two ways.
pub trait Json: Sized {
    /// Reads the JSON form.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        object::read(deserializer)
    }

    /// Reads the JSON form of an object of which some members have been looked at.
    ///
    /// Objects and unions do it member by member, everything else by a tree.
    fn read_members<'de, A: MapAccess<'de>>(members: Replay<A>) -> Result<Self, A::Error> {
        Self::members(Members::new(members))
    }

    /// Reads the members of an object.
    ///
    /// # Errors
    /// Where one is not as the document says, stands twice, or is missing.
    fn members<'de, A: MapAccess<'de>>(members: Members<A>) -> Result<Self, A::Error> {
        members.into_value().and_then(|value| from_value(value).map_err(A::Error::custom))
    }

    /// Writes the JSON form.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = Writer::new(serializer)?;
        self.fields(&mut map);
        map.end()
    }

    /// Writes the members of an object; none by default.
    fn fields<M: SerializeMap>(&self, _: &mut Writer<M>) {}
}

/// The JSON tree of a value.
///
/// ```
#[doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::support::json;")]
/// assert_eq!(json::to_value(&vec![1_i64, 2]), serde_json::json!([1, 2]));
/// ```
pub fn to_value<T: Json>(value: &T) -> Value {
    // Keys are strings and numbers are JSON's, so this cannot fail; `null` would then fail validation, not pass it.
    value.write(serde_json::value::Serializer).unwrap_or(Value::Null)
}

/// The JSON text of a value.
pub fn to_vec<T: Json>(value: &T) -> Vec<u8> {
    json_text::written(value).unwrap_or_default()
}

/// Reads a JSON tree.
pub fn from_value<T: Json>(value: Value) -> Result<T, serde_json::Error> {
    T::read(value)
}

/// Asks serde to read a `T` by its [`Json`] form.
pub struct Seed<T>(PhantomData<T>);

impl<T> Seed<T> {
    /// The seed.
    pub fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T> Default for Seed<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'de, T: Json> DeserializeSeed<'de> for Seed<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read(deserializer)
    }
}

/// Lends a value to serde by its [`Json`] form.
pub struct Written<'a, T>(pub &'a T);

impl<T: Json> Serialize for Written<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

/// Types whose serde form is their JSON form.
macro_rules! json_by_serde {
    ($($ty:ty),*) => {$(
        impl Json for $ty {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <$ty>::deserialize(deserializer)
            }

            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.serialize(serializer)
            }
        }
    )*};
}

json_by_serde!(bool, f64, f32, String, Decimal);

impl<T: Format> Json for Formatted<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }
}

/// Integers take every JSON number without a fraction, `1.0` and `1e2` included.
macro_rules! json_integer {
    ($($ty:ty),*) => {$(
        impl Json for $ty {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Integer;

                impl Visitor<'_> for Integer {
                    type Value = $ty;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str(concat!("an integer that fits ", stringify!($ty)))
                    }

                    fn visit_i64<E: Error>(self, value: i64) -> Result<$ty, E> {
                        value.try_into().map_err(|_| E::invalid_value(Unexpected::Signed(value), &self))
                    }

                    fn visit_u64<E: Error>(self, value: u64) -> Result<$ty, E> {
                        value.try_into().map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))
                    }

                    fn visit_f64<E: Error>(self, value: f64) -> Result<$ty, E> {
                        whole(value)
                            .and_then(|whole| <$ty>::try_from(whole).ok())
                            .ok_or_else(|| E::invalid_value(Unexpected::Float(value), &self))
                    }
                }

                deserializer.deserialize_any(Integer)
            }

            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.serialize(serializer)
            }
        }
    )*};
}

json_integer!(i8, i16, i32, i64, u8, u16, u32, u64);

/// The value of a float without a fraction, as far as it may fit an integer type.
///
/// An integer that no type can hold comes as a float, too: -2^63 may stand for one below it, and is none.
fn whole(value: f64) -> Option<i128> {
    const LEAST: f64 = -9_223_372_036_854_775_808.0;
    const LIMIT: f64 = 1e38;
    #[expect(clippy::cast_possible_truncation, reason = "the bounds are checked and the fraction is zero")]
    (value.fract() == 0.0 && value > LEAST && value < LIMIT).then_some(value as i128)
}

/// The JSON value `null` and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Null;

impl Json for Null {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <()>::deserialize(deserializer).map(|()| Self)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

/// A nullable value: `None` is JSON's `null`.
impl<T: Json> Json for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Nullable<T>(PhantomData<T>);

        impl<'de, T: Json> Visitor<'de> for Nullable<T> {
            type Value = Option<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value or null")
            }

            fn visit_none<E: Error>(self) -> Result<Option<T>, E> {
                Ok(None)
            }

            fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
                Ok(None)
            }

            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
                T::read(deserializer).map(Some)
            }
        }

        deserializer.deserialize_option(Nullable(PhantomData))
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => value.write(serializer),
            None => serializer.serialize_unit(),
        }
    }
}

impl<T: Json> Json for Box<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self::new)
    }

    fn read_members<'de, A: MapAccess<'de>>(members: Replay<A>) -> Result<Self, A::Error> {
        T::read_members(members).map(Self::new)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).write(serializer)
    }
}

impl<T: Json> Json for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Items<T>(PhantomData<T>);

        impl<'de, T: Json> Visitor<'de> for Items<T> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
                let mut items = Vec::new();
                loop {
                    match seq.next_element_seed(Seed::new()) {
                        Ok(Some(item)) => items.push(item),
                        Ok(None) => return Ok(items),
                        Err(error) => return Err(error),
                    }
                }
            }
        }

        deserializer.deserialize_seq(Items(PhantomData))
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(Some(self.len()))?;
        for item in self {
            seq.serialize_element(&Written(item))?;
        }
        seq.end()
    }
}

/// Arrays of fixed length.
macro_rules! json_tuple {
    ($length:literal: $($ty:ident $position:tt),*) => {
        impl<$($ty: Json),*> Json for ($($ty,)*) {
            fn read<'de, __D: Deserializer<'de>>(deserializer: __D) -> Result<Self, __D::Error> {
                struct Items<$($ty),*>(PhantomData<($($ty,)*)>);

                impl<'de, $($ty: Json),*> Visitor<'de> for Items<$($ty),*> {
                    type Value = ($($ty,)*);

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str(concat!("an array of length ", $length))
                    }

                    fn visit_seq<__A: SeqAccess<'de>>(self, mut seq: __A) -> Result<Self::Value, __A::Error> {
                        let items = ($(item::<$ty, __A>(&mut seq, $position)?,)*);
                        match seq.next_element::<IgnoredAny>()? {
                            None => Ok(items),
                            Some(_) => Err(__A::Error::invalid_length($length + 1, &self)),
                        }
                    }
                }

                deserializer.deserialize_seq(Items(PhantomData))
            }

            fn write<__S: Serializer>(&self, serializer: __S) -> Result<__S::Ok, __S::Error> {
                let mut seq = serializer.serialize_seq(Some($length))?;
                $(seq.serialize_element(&Written(&self.$position))?;)*
                seq.end()
            }
        }

        impl<$($ty: Validate),*> Validate for ($($ty,)*) {
            fn holds(&self, direction: Direction) -> bool {
                $(self.$position.holds(direction))&&*
            }
        }
    };
}

json_tuple!(1: A 0);
json_tuple!(2: A 0, B 1);
json_tuple!(3: A 0, B 1, C 2);
json_tuple!(4: A 0, B 1, C 2, D 3);
json_tuple!(5: A 0, B 1, C 2, D 3, E 4);
json_tuple!(6: A 0, B 1, C 2, D 3, E 4, F 5);
json_tuple!(7: A 0, B 1, C 2, D 3, E 4, F 5, G 6);
json_tuple!(8: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);

/// The item at a position that must be there.
fn item<'de, T: Json, A: SeqAccess<'de>>(seq: &mut A, position: usize) -> Result<T, A::Error> {
    seq.next_element_seed(Seed::new())?.ok_or_else(|| A::Error::invalid_length(position, &"an item at each position"))
}

/// Implements serde's traits for a type by its [`Json`] form.
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_by_json {
    ($name:ident) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<__D: ::serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::support::Json::read(deserializer)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<__S: ::serde::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                $crate::support::Json::write(self, serializer)
            }
        }
    };
}

#[doc(hidden)]
pub use __serde_by_json as serde_by_json;
