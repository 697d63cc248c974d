//! Unions: values that satisfy one of several schemas.
//!
//! With a discriminator the tag chooses, and it stays in the payload. Without one the schemas decide, exactly as
//! JSON Schema means `oneOf` and `anyOf`; the first type that happens to parse never does.

/// Implements a union whose branches a property tells apart.
#[doc(hidden)]
#[macro_export]
macro_rules! __tagged_union {
    ($name:ident by $tag:literal { $($wire:literal => $variant:ident,)* } open) => {
        $crate::support::tagged_union! { @impl $name $tag { $($wire => $variant,)* } { Unknown } }
    };
    ($name:ident by $tag:literal { $($wire:literal => $variant:ident,)* } closed) => {
        $crate::support::tagged_union! { @impl $name $tag { $($wire => $variant,)* } {} }
    };
    (@impl $name:ident $tag:literal { $($wire:literal => $variant:ident,)* } { $($unknown:ident)? }) => {
        impl $crate::support::Json for $name {
            fn read<'de, __D: ::serde::Deserializer<'de>>(deserializer: __D) -> ::core::result::Result<Self, __D::Error> {
                let value = <::serde_json::Value as $crate::support::Json>::read(deserializer)?;
                match value.get($tag).and_then(::serde_json::Value::as_str) {
                    $(::core::option::Option::Some($wire) => {
                        $crate::support::union::branch(value).map(Self::$variant)
                    })*
                    $(::core::option::Option::Some(_) => ::core::result::Result::Ok(Self::$unknown(value)),)?
                    _ => ::core::result::Result::Err(::serde::de::Error::custom(::core::concat!(
                        "no branch for this value of `", $tag, "`",
                    ))),
                }
            }

            fn write<__S: ::serde::Serializer>(&self, serializer: __S) -> ::core::result::Result<__S::Ok, __S::Error> {
                match self {
                    $(Self::$variant(value) => $crate::support::Json::write(value, serializer),)*
                    $(Self::$unknown(value) => $crate::support::Json::write(value, serializer),)?
                }
            }
        }

        $crate::support::serde_by_json!($name);
    };
}

/// Lets the value of the chosen branch say whether the union's schema is satisfied.
#[doc(hidden)]
#[macro_export]
macro_rules! __holds_by_variant {
    ($name:ident { $($variant:ident,)* } $openness:ident) => {
        impl $crate::support::Validate for $name {
            fn holds(&self, direction: $crate::support::Direction) -> bool {
                $crate::support::holds_by_variant!(@match self direction { $($variant,)* } $openness)
            }
        }
    };
    (@match $this:ident $direction:ident { $($variant:ident,)* } open) => {
        match $this {
            $(Self::$variant(value) => $crate::support::Validate::holds(value, $direction),)*
            Self::Unknown(_) => $direction == $crate::support::Direction::Response,
        }
    };
    (@match $this:ident $direction:ident { $($variant:ident,)* } closed) => {
        match $this {
            $(Self::$variant(value) => $crate::support::Validate::holds(value, $direction),)*
        }
    };
}

/// Implements a union whose branches the JSON type of the value tells apart.
#[doc(hidden)]
#[macro_export]
macro_rules! __type_union {
    ($name:ident { $($json:ident => $variant:ident,)* }) => {
        impl $crate::support::Json for $name {
            fn read<'de, __D: ::serde::Deserializer<'de>>(deserializer: __D) -> ::core::result::Result<Self, __D::Error> {
                let value = <::serde_json::Value as $crate::support::Json>::read(deserializer)?;
                $(
                    if $crate::support::union::$json(&value) {
                        return $crate::support::union::branch(value).map(Self::$variant);
                    }
                )*
                ::core::result::Result::Err(::serde::de::Error::custom("no branch for a value of this type"))
            }

            fn write<__S: ::serde::Serializer>(&self, serializer: __S) -> ::core::result::Result<__S::Ok, __S::Error> {
                match self {
                    $(Self::$variant(value) => $crate::support::Json::write(value, serializer),)*
                }
            }
        }

        $crate::support::serde_by_json!($name);
    };
}

/// Gives a union two methods for each branch: one that looks at what it holds, one that takes it out.
#[doc(hidden)]
#[macro_export]
macro_rules! __accessors {
    ($name:ident { $($look:ident $take:ident: $variant:ident($held:ty),)* }) => {
        impl $name {
            $(
                /// The value, if it is of this branch.
                #[must_use]
                pub fn $look(&self) -> ::core::option::Option<&$held> {
                    if let Self::$variant(value) = self {
                        ::core::option::Option::Some(::core::borrow::Borrow::borrow(value))
                    } else {
                        ::core::option::Option::None
                    }
                }

                /// Takes the value out, if it is of this branch.
                #[must_use]
                pub fn $take(self) -> ::core::option::Option<$held> {
                    if let Self::$variant(value) = self {
                        ::core::option::Option::Some($crate::support::union::Held::take(value))
                    } else {
                        ::core::option::Option::None
                    }
                }
            )*
        }
    };
}

/// Implements a union that the schemas of its branches decide.
#[doc(hidden)]
#[macro_export]
macro_rules! __untagged_union {
    ($name:ident in $schemas:path { $($pointer:literal => $variant:ident,)* } $count:ident) => {
        impl $crate::support::Json for $name {
            fn read<'de, __D: ::serde::Deserializer<'de>>(deserializer: __D) -> ::core::result::Result<Self, __D::Error> {
                let value = <::serde_json::Value as $crate::support::Json>::read(deserializer)?;
                let chosen = $crate::support::union::choose(
                    &$schemas,
                    &[$($pointer),*],
                    &value,
                    $crate::support::union::Count::$count,
                );
                let mut position = 0_usize..;
                $(
                    if chosen.is_some() && chosen == position.next() {
                        return $crate::support::union::branch(value).map(Self::$variant);
                    }
                )*
                let _ = position;
                ::core::result::Result::Err(::serde::de::Error::custom("the branches of the union do not decide"))
            }

            fn write<__S: ::serde::Serializer>(&self, serializer: __S) -> ::core::result::Result<__S::Ok, __S::Error> {
                match self {
                    $(Self::$variant(value) => $crate::support::Json::write(value, serializer),)*
                }
            }
        }

        $crate::support::serde_by_json!($name);
    };
}

#[doc(hidden)]
pub use __accessors as accessors;
#[doc(hidden)]
pub use __holds_by_variant as holds_by_variant;
#[doc(hidden)]
pub use __tagged_union as tagged_union;
#[doc(hidden)]
pub use __type_union as type_union;
#[doc(hidden)]
pub use __untagged_union as untagged_union;

use serde::de::Error;
use serde_json::Value;

use super::{Direction, Json, Schemas, json};

/// What a branch holds: a value, or the box of one.
pub trait Held<T> {
    /// The value.
    fn take(self) -> T;
}

impl<T> Held<T> for T {
    fn take(self) -> T {
        self
    }
}

impl<T> Held<T> for Box<T> {
    fn take(self) -> T {
        *self
    }
}

/// How many branches may accept a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// `oneOf`
    ExactlyOne,
    /// `anyOf`: the first of those that accept it gives the type.
    AtLeastOne,
}

/// The branch that a value belongs to: by the letter of the schemas, else by what a newer server may send.
pub fn choose(schemas: &Schemas, branches: &[&str], value: &Value, count: Count) -> Option<usize> {
    [Direction::Request, Direction::Response].into_iter().find_map(|direction| {
        let matching = schemas.matching(branches, value, direction);
        match (matching.as_slice(), count) {
            ([only], _) => Some(*only),
            ([first, ..], Count::AtLeastOne) => Some(*first),
            _ => None,
        }
    })
}

/// The JSON types, by their names in `type`.
macro_rules! json_types {
    ($($name:ident => $pattern:pat,)*) => {$(
        #[doc = concat!("Whether a value is of the type `", stringify!($name), "`.")]
        pub fn $name(value: &Value) -> bool {
            matches!(value, $pattern)
        }
    )*};
}

json_types! {
    boolean => Value::Bool(_),
    number => Value::Number(_),
    string => Value::String(_),
    array => Value::Array(_),
    object => Value::Object(_),
}

/// Whether a value is of the type `integer`: `1.0` is.
pub fn integer(value: &Value) -> bool {
    value.as_number().is_some_and(super::check::is_integer)
}

/// Reads the chosen branch.
pub fn branch<T: Json, E: Error>(value: Value) -> Result<T, E> {
    json::from_value(value).map_err(E::custom)
}
