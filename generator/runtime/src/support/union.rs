//! Unions: values that satisfy one of several schemas.
//!
//! Without a tag (see [`tagged`](super::tagged)) the schemas decide, exactly as JSON Schema means `oneOf` and `anyOf`; the
//! first type that happens to parse never does.

/// Lets the value of the chosen branch say whether the union's schema is satisfied, and whether it is of the branch.
#[doc(hidden)]
#[macro_export]
macro_rules! __holds_by_variant {
    (by_schema $name:ident $($rest:tt)*) => { $crate::support::holds_by_schema! { $name } };
    ($name:ident { $($variant:ident $(if $field:ident $(by $look:ident)? == $wire:literal)?,)* } open) => {
        #[allow(deprecated, reason = "what is deprecated travels all the same")]
        impl $crate::support::Validate for $name {
            fn holds(&self, direction: $crate::support::Direction) -> bool {
                match self {
                    $(Self::$variant(value) => {
                        $(value.$field $(.$look())? == $wire &&)? $crate::support::Validate::holds(value, direction)
                    })*
                    // Whether no branch knows it is what the schema says.
                    Self::Unknown(_) => $crate::support::satisfies(self, direction),
                }
            }
        }
    };
    ($name:ident { $($variant:ident $(if $field:ident $(by $look:ident)? == $wire:literal)?,)* } closed) => {
        #[allow(deprecated, reason = "what is deprecated travels all the same")]
        impl $crate::support::Validate for $name {
            fn holds(&self, direction: $crate::support::Direction) -> bool {
                match self {
                    $(Self::$variant(value) => {
                        $(value.$field $(.$look())? == $wire &&)? $crate::support::Validate::holds(value, direction)
                    })*
                }
            }
        }
    };
}

/// Makes a union whose branches the JSON type of the value tells apart: a row for each type, as in `tagged_union!`.
#[doc(hidden)]
#[macro_export]
macro_rules! __type_union {
    (
        $(#[$mark:meta])*
        pub enum $name:ident in $schemas:path[$pointer:literal] {
            $(
                $(#[$about:meta])*
                $json:ident => $variant:ident $payload:tt $methods:tt,
            )*
        }
        $(holds $holds:ident)?
    ) => {
        $crate::support::branches! {
            closed $(#[$mark])* $name { $($(#[$about])* $variant $payload $methods,)* }
        }

        $crate::support::type_union! { $name { $($json => $variant,)* } }

        $crate::support::holds_by_variant! { $($holds)? $name { $($variant,)* } closed }

        $crate::support::model! { $name = $schemas[$pointer] }
    };
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

/// Makes a union that the schemas of its branches decide: a row for each of those, as in `tagged_union!`.
#[doc(hidden)]
#[macro_export]
macro_rules! __untagged_union {
    (@choose $value:ident $schemas:path { $($pointer:literal => $variant:ident,)* } $count:ident) => {{
        let chosen = $crate::support::union::choose(
            &$schemas,
            &[$($pointer),*],
            &$value,
            $crate::support::union::Count::$count,
        );
        let mut position = 0_usize..;
        $(
            if chosen.is_some() && chosen == position.next() {
                return $crate::support::union::branch($value).map(Self::$variant);
            }
        )*
        let _ = position;
        ::core::result::Result::Err(::serde::de::Error::custom("the branches of the union do not decide"))
    }};
    (
        $(#[$mark:meta])*
        pub enum $name:ident: $count:ident in $schemas:path[$pointer:literal] {
            $(
                $(#[$about:meta])*
                $branch:literal => $variant:ident $payload:tt $methods:tt,
            )*
        }
    ) => {
        $crate::support::branches! {
            closed $(#[$mark])* $name { $($(#[$about])* $variant $payload $methods,)* }
        }

        $crate::support::untagged_union! { $name in $schemas { $($branch => $variant,)* } $count }

        $crate::support::holds_by_schema! { $name }

        $crate::support::model! { $name = $schemas[$pointer] }
    };
    ($name:ident in $schemas:path { $($pointer:literal => $variant:ident,)* } $count:ident) => {
        impl $crate::support::Json for $name {
            fn read<'de, __D: ::serde::Deserializer<'de>>(deserializer: __D) -> ::core::result::Result<Self, __D::Error> {
                let value = <::serde_json::Value as $crate::support::Json>::read(deserializer)?;
                $crate::support::untagged_union! { @choose value $schemas { $($pointer => $variant,)* } $count }
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
pub use __holds_by_variant as holds_by_variant;
#[doc(hidden)]
pub use __type_union as type_union;
#[doc(hidden)]
pub use __untagged_union as untagged_union;

use serde::de::Error;
use serde_json::Value;

use super::reading::Reading;
use super::{Json, Schemas, json};

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
    let known = Reading::directions().iter().find_map(|direction| {
        let matching = schemas.matching(branches, value, *direction);
        match (matching.as_slice(), count) {
            ([only], _) => Some(*only),
            ([first, ..], Count::AtLeastOne) => Some(*first),
            _ => None,
        }
    });
    let kept = known.or_else(|| schemas.keeping(branches, value));
    kept.or_else(|| if Reading::is_tolerant() { schemas.closest(branches, value) } else { None })
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
