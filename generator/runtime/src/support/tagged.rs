//! Unions whose branches a property tells apart: its value, the tag, chooses, and it stays in the payload.

/// Makes a union whose branches a property tells apart: a row for each value of that.
///
/// ```text
/// support::tagged_union! {
///     /// A pet.
///     pub enum Pet by string "kind" in crate::zoo::SCHEMAS["/components/schemas/Pet"] {
///         /// `kind`: `cat`
///         "cat" => Cat(models::Cat) [as_cat into_cat from] if kind by as_str,
///     } open
/// }
/// ```
///
/// In brackets stand the methods that look at the branch and take it out, and `from` where no other branch has its type;
/// where that is a box, they are about what is in it. Behind `if` stands the field that has the value as well, and how to
/// look at it.
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
                $wire:literal => $variant:ident $payload:tt $methods:tt
                $(if $field:ident $(by $look:ident)?)?,
            )*
        } $openness:ident $(= $default:ident)? $(else $count:ident { $($branches:tt)* })?
        $(holds $holds:ident)?
    ) => {
        $crate::support::branches! {
            $openness $(#[$mark])* $name { $($(#[$about])* $variant $payload $methods,)* }
        }

        $crate::support::tagged_union! {
            $name by $kind $tag { $($wire => $variant,)* } $openness $($default)?
            $(else $count in $schemas { $($branches)* })?
        }

        $crate::support::holds_by_variant! {
            $($holds)? $name { $($variant $(if $field $(by $look)? == $wire)?,)* } $openness
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
        impl $crate::support::tagged::Tagged for $name {
            fn tagged<'de, __A: ::serde::de::MapAccess<'de>>(
                mut members: $crate::support::Replay<__A>,
            ) -> ::core::result::Result<Self, __A::Error> {
                let tag = members.take($tag)?;
                match tag.as_ref().and_then($crate::support::tagged::tags::$kind) {
                    $(::core::option::Option::Some($wire) => {
                        $crate::support::Json::read_members(members.and($tag, tag)).map(Self::$variant)
                    })*
                    $(::core::option::Option::Some(_) => members.and($tag, tag).into_value().map(Self::$unknown),)?
                    _ => members.and($tag, tag).into_value().and_then(<Self as $crate::support::tagged::Tagged>::untagged),
                }
            }

            fn untagged<__E: ::serde::de::Error>(value: ::serde_json::Value) -> ::core::result::Result<Self, __E> {
                $crate::support::tagged_union! { @otherwise value $tag $otherwise }
            }
        }

        impl $crate::support::Json for $name {
            fn read<'de, __D: ::serde::Deserializer<'de>>(deserializer: __D) -> ::core::result::Result<Self, __D::Error> {
                $crate::support::tagged::read(deserializer)
            }

            fn read_members<'de, __A: ::serde::de::MapAccess<'de>>(
                members: $crate::support::Replay<__A>,
            ) -> ::core::result::Result<Self, __A::Error> {
                $crate::support::tagged::Tagged::tagged(members)
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

#[doc(hidden)]
pub use __tagged_union as tagged_union;

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::replay::Replay;
use super::{Json, json};

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
            Value::read(SeqAccessDeserializer::new(seq)).and_then(T::untagged)
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
