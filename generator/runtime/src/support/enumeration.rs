//! Enumerations: strings or integers out of a list.
//!
//! A closed enumeration refuses every other value. An open one keeps it in `Unknown`, so that a value which
//! a server learns later neither fails nor gets lost.

/// Says which values of an enumeration hold: those of a closed one all do, since no others can be held, those of an
/// extensible one too, and those of an open one in requests only where the document names them.
#[doc(hidden)]
#[macro_export]
macro_rules! __holds_by_openness {
    (closed $name:ident) => {
        impl $crate::support::Validate for $name {
            fn holds(&self, _: $crate::support::Direction) -> bool {
                true
            }
        }
    };
    (extensible $name:ident) => {
        $crate::support::holds_by_openness! { closed $name }
    };
    (by_schema $openness:ident $name:ident) => {
        $crate::support::holds_by_schema! { $name }
    };
    (open $name:ident) => {
        impl $crate::support::Validate for $name {
            fn holds(&self, direction: $crate::support::Direction) -> bool {
                direction == $crate::support::Direction::Response || !::core::matches!(self, Self::Unknown(_))
            }
        }
    };
}

/// What stands above a value in the documentation: the value, or what is shown in its place.
#[doc(hidden)]
#[macro_export]
macro_rules! __value {
    ($wire:literal) => {
        ::core::concat!("`", $wire, "`\n\n")
    };
    ($wire:literal $shown:literal) => {
        ::core::concat!("`", $shown, "`\n\n")
    };
}

/// Makes the type that `string_enum!` and `integer_enum!` declare, and lets them implement it.
#[doc(hidden)]
#[macro_export]
macro_rules! __enumeration {
    (
        $kind:ident $other:ty, $(#[$mark:meta])*
        pub enum $name:ident: $openness:ident in $schemas:path[$pointer:literal] {
            $($(#[$about:meta])* $variant:ident = $wire:literal $(as $shown:literal)?,)*
        }
        $(holds $holds:ident)?
    ) => {
        $crate::support::enumeration! {
            @enum $openness $kind $other, $(#[$mark])* $name {
                $(
                    #[doc = $crate::support::enumeration::value! { $wire $($shown)? }]
                    $(#[$about])*
                    $variant = $wire,
                )*
            }
        }

        $crate::support::model! { $name = $schemas[$pointer] }

        $crate::support::holds_by_openness! { $($holds)? $openness $name }
    };
    (@enum closed $kind:ident $other:ty, $(#[$mark:meta])* $name:ident {
        $($(#[$about:meta])* $variant:ident = $wire:literal,)*
    }) => {
        $(#[$mark])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$about])* $variant,)*
        }

        $crate::support::$kind! { @closed $name { $($variant = $wire,)* } }
    };
    (@enum $openness:ident $kind:ident $other:ty, $(#[$mark:meta])* $name:ident {
        $($(#[$about:meta])* $variant:ident = $wire:literal,)*
    }) => {
        $(#[$mark])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$about])* $variant,)*
            /// A value that the document does not name.
            Unknown($other),
        }

        $crate::support::$kind! { @open $name { $($variant = $wire,)* } }
    };
}

/// Makes an enumeration of strings: a row for each value.
///
/// ```text
/// support::string_enum! {
///     /// How far a job has got.
///     pub enum Status: open in crate::ramp::SCHEMAS["/components/schemas/Status"] {
///         Queued = "queued",
///         /// Nothing more happens.
///         Done = "done",
///     }
/// }
/// ```
///
/// `closed` has no other values; `open` keeps them, and they are valid in responses; `extensible` keeps them, and they
/// are valid. Behind `as` stands what the documentation shows where the value itself would be markup there. `holds
/// by_schema` says that the schema decides which values are valid.
#[doc(hidden)]
#[macro_export]
macro_rules! __string_enum {
    ($(#[$mark:meta])* pub enum $($rest:tt)*) => {
        $crate::support::enumeration! { string_enum ::std::string::String, $(#[$mark])* pub enum $($rest)* }
    };
    (@closed $name:ident { $($variant:ident = $wire:literal,)* }) => {
        impl $name {
            /// Every value that the document names.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The value as it goes over the wire.
            pub fn as_str(&self) -> &'static str {
                match self { $(Self::$variant => $wire,)* }
            }

            fn from_wire(text: &str) -> ::core::option::Option<Self> {
                match text { $($wire => ::core::option::Option::Some(Self::$variant),)* _ => ::core::option::Option::None }
            }
        }

        $crate::support::string_enum! { @common $name }
    };
    (@open $name:ident { $($variant:ident = $wire:literal,)* }) => {
        impl $name {
            /// Every value that the document names.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The value as it goes over the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(text) => text,
                }
            }

            /// The value of a text, whether the document names it or not.
            pub fn from_text(text: &str) -> Self {
                match text {
                    $($wire => Self::$variant,)*
                    _ => Self::Unknown(text.into()),
                }
            }

            fn from_wire(text: &str) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(Self::from_text(text))
            }
        }

        $crate::support::string_enum! { @common $name }
    };
    (@common $name:ident) => {
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = $crate::support::UnknownValue;

            fn from_str(text: &str) -> ::core::result::Result<Self, $crate::support::UnknownValue> {
                let known = Self::ALL.iter().find(|it| it.as_str() == text);
                known.cloned().ok_or($crate::support::UnknownValue)
            }
        }

        impl $crate::support::Json for $name {
            fn read<'de, __D: ::serde::Deserializer<'de>>(deserializer: __D) -> ::core::result::Result<Self, __D::Error> {
                $crate::support::enumeration::read_text(deserializer, Self::from_wire)
            }

            fn write<__S: ::serde::Serializer>(&self, serializer: __S) -> ::core::result::Result<__S::Ok, __S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        $crate::support::serde_by_json!($name);
    };
}

/// Makes an enumeration of integers, in the same way.
#[doc(hidden)]
#[macro_export]
macro_rules! __integer_enum {
    ($(#[$mark:meta])* pub enum $($rest:tt)*) => {
        $crate::support::enumeration! { integer_enum i64, $(#[$mark])* pub enum $($rest)* }
    };
    (@closed $name:ident { $($variant:ident = $wire:literal,)* }) => {
        impl $name {
            /// Every value that the document names.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The value as it goes over the wire.
            pub fn as_i64(&self) -> i64 {
                match self { $(Self::$variant => $wire,)* }
            }

            fn from_wire(value: i64) -> ::core::option::Option<Self> {
                match value { $($wire => ::core::option::Option::Some(Self::$variant),)* _ => ::core::option::Option::None }
            }
        }

        $crate::support::integer_enum! { @common $name }
    };
    (@open $name:ident { $($variant:ident = $wire:literal,)* }) => {
        impl $name {
            /// Every value that the document names.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The value as it goes over the wire.
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(value) => *value,
                }
            }

            fn from_wire(value: i64) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(match value { $($wire => Self::$variant,)* _ => Self::Unknown(value) })
            }
        }

        $crate::support::integer_enum! { @common $name }
    };
    (@common $name:ident) => {
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl ::core::convert::TryFrom<i64> for $name {
            type Error = $crate::support::UnknownValue;

            fn try_from(value: i64) -> ::core::result::Result<Self, $crate::support::UnknownValue> {
                Self::from_wire(value).ok_or($crate::support::UnknownValue)
            }
        }

        impl $crate::support::Json for $name {
            fn read<'de, __D: ::serde::Deserializer<'de>>(deserializer: __D) -> ::core::result::Result<Self, __D::Error> {
                let value = <i64 as $crate::support::Json>::read(deserializer)?;
                Self::from_wire(value).ok_or_else(|| ::serde::de::Error::custom($crate::support::UnknownValue))
            }

            fn write<__S: ::serde::Serializer>(&self, serializer: __S) -> ::core::result::Result<__S::Ok, __S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }

        $crate::support::serde_by_json!($name);
    };
}

#[doc(hidden)]
pub use __enumeration as enumeration;
#[doc(hidden)]
pub use __holds_by_openness as holds_by_openness;
#[doc(hidden)]
pub use __integer_enum as integer_enum;
#[doc(hidden)]
pub use __string_enum as string_enum;
#[doc(hidden)]
pub use __value as value;

use std::fmt;

use serde::de::{Deserializer, Error, Visitor};

/// A value that an enumeration does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownValue;

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not one of the values that the document names")
    }
}

impl std::error::Error for UnknownValue {}

/// Reads a string without keeping it.
pub fn read_text<'de, T, D: Deserializer<'de>>(deserializer: D, parse: fn(&str) -> Option<T>) -> Result<T, D::Error> {
    struct Text<T>(fn(&str) -> Option<T>);

    impl<T> Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("one of the values that the document names")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            self.0(text).ok_or_else(|| E::custom(UnknownValue))
        }
    }

    deserializer.deserialize_str(Text(parse))
}
