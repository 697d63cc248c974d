//! Unions: values that satisfy one of several schemas.
//!
//! With a discriminator the tag chooses, and it stays in the payload. Without one the schemas decide, exactly as
//! JSON Schema means `oneOf` and `anyOf`; the first type that happens to parse never does.

/// Makes a union whose branches a property tells apart: a row for each value of that.
///
/// ```text
/// support::tagged_union! {
///     /// A pet.
///     pub enum Pet by string "kind" in crate::zoo::SCHEMAS["/components/schemas/Pet"] {
///         /// `kind`: `cat`
///         "cat" => Cat(models::Cat) [as_cat into_cat from] if kind by as_str == "cat",
///     } open
/// }
/// ```
///
/// In brackets stand the methods that look at the branch and take it out, and `from` where no other branch has its type;
/// where the type is a box, what is in it stands behind it: `Cat(Box<models::Cat>, models::Cat)`. Behind `if` stands how
/// the value itself says of which branch it is.
///
/// `open` keeps values of branches that the document does not name. Where the property may be absent, `else` names the
/// branches that decide then, and `default` the one that has the rest. `holds by_schema` lets the schema decide.
#[doc(hidden)]
#[macro_export]
macro_rules! __tagged_union {
    (
        $(#[$mark:meta])*
        pub enum $name:ident by $kind:ident $tag:literal in $schemas:path[$pointer:literal] {
            $(
                $(#[$about:meta])*
                $wire:literal => $variant:ident($ty:ty $(, $held:ty)?) $methods:tt
                $(if $field:ident $(by $look:ident)? == $value:literal)?,
            )*
        } $openness:ident $(= $default:ident)? $(else $count:ident { $($branches:tt)* })?
        $(holds $holds:ident)?
    ) => {
        $crate::support::branches! {
            $openness $(#[$mark])* $name { $($(#[$about])* $variant [$ty] [$($held)?] $methods,)* }
        }

        $crate::support::tagged_union! {
            $name by $kind $tag { $($wire => $variant,)* } $openness $($default)?
            $(else $count in $schemas { $($branches)* })?
        }

        $crate::support::holds_by_variant! {
            $($holds)? $name { $($variant $(if $field $(by $look)? == $value)?,)* } $openness
        }

        $crate::support::model! { $name = $schemas[$pointer] }
    };
    ($name:ident by $kind:ident $tag:literal { $($wire:literal => $variant:ident,)* } open $(else $($rest:tt)*)?) => {
        $crate::support::tagged_union! {
            @impl $name $kind $tag { $($wire => $variant,)* } { Unknown } { $($($rest)*)? }
        }
    };
    ($name:ident by $kind:ident $tag:literal { $($wire:literal => $variant:ident,)* } closed $(else $($rest:tt)*)?) => {
        $crate::support::tagged_union! { @impl $name $kind $tag { $($wire => $variant,)* } {} { $($($rest)*)? } }
    };
    ($name:ident by $kind:ident $tag:literal { $($wire:literal => $variant:ident,)* } default $default:ident) => {
        $crate::support::tagged_union! { @impl $name $kind $tag { $($wire => $variant,)* } {} { default $default } }
    };
    (@otherwise $value:ident $tag:literal { default $default:ident }) => {
        $crate::support::union::branch($value).map(Self::$default)
    };
    (@otherwise $value:ident $tag:literal {}) => {{
        let _ = $value;
        ::core::result::Result::Err(::serde::de::Error::custom(::core::concat!("no branch for this value of `", $tag, "`")))
    }};
    (@otherwise $value:ident $tag:literal { $count:ident in $schemas:path { $($branches:tt)* } }) => {
        $crate::support::untagged_union! { @choose $value $schemas { $($branches)* } $count }
    };
    (@impl $name:ident $kind:ident $tag:literal { $($wire:literal => $variant:ident,)* } { $($unknown:ident)? }
        $otherwise:tt) => {
        impl $crate::support::union::Tagged for $name {
            fn tagged<'de, __A: ::serde::de::MapAccess<'de>>(
                mut members: $crate::support::Replay<__A>,
            ) -> ::core::result::Result<Self, __A::Error> {
                let tag = members.take($tag)?;
                match tag.as_ref().and_then($crate::support::union::tags::$kind) {
                    $(::core::option::Option::Some($wire) => {
                        $crate::support::Json::read_members(members.and($tag, tag)).map(Self::$variant)
                    })*
                    $(::core::option::Option::Some(_) => members.and($tag, tag).into_value().map(Self::$unknown),)?
                    _ => members.and($tag, tag).into_value().and_then(<Self as $crate::support::union::Tagged>::untagged),
                }
            }

            fn untagged<__E: ::serde::de::Error>(value: ::serde_json::Value) -> ::core::result::Result<Self, __E> {
                $crate::support::tagged_union! { @otherwise value $tag $otherwise }
            }
        }

        impl $crate::support::Json for $name {
            fn read<'de, __D: ::serde::Deserializer<'de>>(deserializer: __D) -> ::core::result::Result<Self, __D::Error> {
                $crate::support::union::read(deserializer)
            }

            fn read_members<'de, __A: ::serde::de::MapAccess<'de>>(
                members: $crate::support::Replay<__A>,
            ) -> ::core::result::Result<Self, __A::Error> {
                $crate::support::union::Tagged::tagged(members)
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
                $json:ident => $variant:ident($ty:ty $(, $held:ty)?) $methods:tt,
            )*
        }
        $(holds $holds:ident)?
    ) => {
        $crate::support::branches! {
            closed $(#[$mark])* $name { $($(#[$about])* $variant [$ty] [$($held)?] $methods,)* }
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
                $branch:literal => $variant:ident($ty:ty $(, $held:ty)?) $methods:tt,
            )*
        }
    ) => {
        $crate::support::branches! {
            closed $(#[$mark])* $name { $($(#[$about])* $variant [$ty] [$($held)?] $methods,)* }
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
pub use __tagged_union as tagged_union;
#[doc(hidden)]
pub use __type_union as type_union;
#[doc(hidden)]
pub use __untagged_union as untagged_union;

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserialize as _, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::reading::Reading;
use super::replay::Replay;
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

/// A union whose branches a property tells apart.
pub trait Tagged: Json {
    /// Reads the branch of the tag, member by member.
    ///
    /// # Errors
    /// Where the branch cannot hold them.
    fn tagged<'de, A: MapAccess<'de>>(members: Replay<A>) -> Result<Self, A::Error>;

    /// Reads what has no tag that the document names.
    ///
    /// # Errors
    /// Where no branch has that.
    fn untagged<E: Error>(value: Value) -> Result<Self, E>;
}

/// Reads such a union. Only what stands before the tag is looked at twice.
pub fn read<'de, T: Tagged, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Visit<T>(PhantomData<T>);

    impl<'de, T: Tagged> Visitor<'de> for Visit<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a value of one of the branches")
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            T::tagged(Replay::new(map))
        }

        fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<T, A::Error> {
            Value::deserialize(SeqAccessDeserializer::new(seq)).and_then(T::untagged)
        }

        fn visit_unit<E: Error>(self) -> Result<T, E> {
            T::untagged(Value::Null)
        }

        fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
            T::untagged(value.into())
        }

        fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
            T::untagged(value.into())
        }

        fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
            T::untagged(value.into())
        }

        fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
            T::untagged(value.into())
        }

        fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
            T::untagged(value.into())
        }
    }

    deserializer.deserialize_any(Visit(PhantomData))
}

/// Tags: the property that tells the branches of a union apart, by the type of its values.
pub mod tags {
    use super::{Value, json};

    /// A text.
    pub fn string(tag: &Value) -> Option<&str> {
        tag.as_str()
    }

    /// A whole number: `1.0` is one.
    pub fn integer(tag: &Value) -> Option<i64> {
        if tag.is_number() { json::from_value(tag.clone()).ok() } else { None }
    }

    /// A boolean.
    pub fn boolean(tag: &Value) -> Option<bool> {
        tag.as_bool()
    }
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
