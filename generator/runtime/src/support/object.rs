//! Objects with named properties.
//!
//! `object!` gives a struct its [`Json`] form without buffering: known properties go straight into
//! their fields, every other one into the map of additional properties, away or, where the schema is closed, into an error.
//! A property that never travels the way of the struct is read over where it is sent all the same, as long as it
//! satisfies its schema: it is neither kept nor sent on.

use serde::ser::SerializeMap;

use super::collections::Properties;
use super::json::Written;
use super::{Json, Tristate};

pub use super::members::{Members, Never, Object, Required, incomplete, read, read_members};

/// Makes a struct with its JSON form, its setters and its constructor: a row for each property.
///
/// ```text
/// support::object! {
///     /// A team user.
///     #[derive(Eq, Hash)]
///     pub struct TeamUser in crate::ramp::SCHEMAS["/components/schemas/TeamUser"] {
///         /// Who it is.
///         required id: i64 = "id",
///         /// What it is called.
///         optional name with_name(impl Into<String>): String = "name",
///     }
///     keeps additional_properties: BTreeMap<String, serde_json::Value>,
///     new(id: i64),
///     holds(self, _) {
///         support::has_length(&self.name, 1..=255)
///     },
/// }
/// ```
///
/// A row has the type of the value:
///
/// - `required`: the property is always there; the type says whether it may be null.
/// - `constant`: it is always there, and has one possible value, which constructors fill in.
/// - `optional`: the field is an `Option` that is `None` when the property is absent.
/// - `tristate`: the field is a [`Tristate`].
///
/// Behind the name of a property that may be absent stands its setter, with its argument where that is another type, behind
/// its name in JSON the one value of a property that has one.
///
/// After the fields stands what becomes of further properties: the field that `keeps` them, `dropped` where they are read
/// over, or `closed`; then the constructor with the properties that it takes, or, where they are many, the name of the struct
/// that has them: `required TeamUserRequired`.
/// `never in` a direction are the properties that do not travel there, each with its schema.
/// At the end stands what `holds` for a value that the type can hold: what the fields must satisfy, `always` where that is
/// nothing, or `by_schema` where the schema itself decides.
#[doc(hidden)]
#[macro_export]
macro_rules! __object {
    (
        $(#[$name_mark:meta])*
        pub struct $name:ident in $schemas:path[$pointer:literal] {
            $(
                $(#[$mark:meta])*
                $presence:ident $field:ident $($setter:ident $(($held:ty))?)?: $ty:ty = $wire:literal $(is $given:expr)?,
            )*
        }
        $fate:ident $($rest:ident: $rest_ty:ty)?,
        $(never in $way:ident { $($away:literal: $schema:literal,)* },)?
        $(new $arguments:tt,)?
        $(required $required:ident,)?
        holds $holds:tt $($valid:block)?,
    ) => {
        $(#[$name_mark])*
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$mark])* pub $field: $crate::support::object! { @field $presence $ty },)*
            $(
                /// Properties that the document does not name.
                pub $rest: $rest_ty,
            )?
        }

        #[allow(deprecated, reason = "what is deprecated is set all the same")]
        impl $name {
            $($crate::support::setters! { @row $presence $field [$($setter [$($held)?])?] $ty, $wire $(#[$mark])* })*
        }

        $crate::support::object! {
            @new $name [$($arguments)?] [$($presence $field [$($given)?],)* $(rest $rest [],)?]
        }

        $crate::support::object! {
            @required [$($required)?] $name { $($presence $field($ty) $([$given])?,)* } { $($rest)? }
        }

        $crate::support::object! { @holds $name $holds $($valid)? }

        $crate::support::model! { $name = $schemas[$pointer] }

        $crate::support::object! {
            @impl $name { $($presence $field($ty): $wire,)* } { $($rest($rest_ty))? } $fate
            { $($way: $($away: $schema,)*)? }
        }
    };
    (
        @impl $name:ident { $($presence:ident $field:ident($ty:ty): $wire:literal,)* }
        { $($rest:ident($rest_ty:ty))? } $fate:ident { $($way:ident: $($away:literal: $schema:literal,)*)? }
    ) => {
        #[allow(deprecated, unused_mut, reason = "what is deprecated travels all the same; there may be nothing to write")]
        impl $crate::support::Json for $name {
            fn read<'de, __D: ::serde::Deserializer<'de>>(deserializer: __D) -> ::core::result::Result<Self, __D::Error> {
                $crate::support::object::read(deserializer)
            }

            fn read_members<'de, __A: ::serde::de::MapAccess<'de>>(
                members: $crate::support::Replay<__A>,
            ) -> ::core::result::Result<Self, __A::Error> {
                $crate::support::object::read_members(members)
            }

            fn write<__S: ::serde::Serializer>(&self, serializer: __S) -> ::core::result::Result<__S::Ok, __S::Error> {
                let mut map = $crate::support::object::Writer::new(serializer)?;
                $(map.$presence($wire, &self.$field);)*
                $(map.rest(&self.$rest);)?
                map.end()
            }
        }

        #[allow(deprecated, irrefutable_let_patterns, reason = "what is deprecated travels too; maybe nothing is required")]
        impl $crate::support::object::Object for $name {
            fn members<'de, __A: ::serde::de::MapAccess<'de>>(
                members: $crate::support::object::Members<__A>,
            ) -> ::core::result::Result<Self, __A::Error> {
                // With their types, so that the compiler need not come back to each slot when it gets to the struct.
                $(let mut $field: $crate::support::object! { @slot $presence $ty } = ::core::default::Default::default();)*
                $(let mut $rest: $rest_ty = ::core::default::Default::default();)?
                members
                    $(.without(&$crate::support::object::Never {
                        schemas: <$name as $crate::support::Model>::SCHEMAS,
                        direction: $crate::support::Direction::$way,
                        properties: &[$(($away, $schema)),*],
                    }))?
                    .$fate(&[$($wire),*], &mut [$(&mut $field),*] $(, &mut $rest)?)?;
                let ($($crate::support::object! { @there $presence $field },)*) = ($($field,)*) else {
                    return ::core::result::Result::Err($crate::support::object::incomplete());
                };
                ::core::result::Result::Ok($name { $($field,)* $($rest,)? })
            }
        }

        $crate::support::serde_by_json!($name);
    };
    (@new $name:ident [] $fields:tt) => {};
    (@new $name:ident [()] $fields:tt) => {
        $crate::support::object! { @made $name [] $fields }

        impl ::core::default::Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    (@new $name:ident [($($arguments:tt)*)] $fields:tt) => {
        $crate::support::object! { @made $name [$($arguments)*] $fields }
    };
    (@made $name:ident [$($argument:ident: $argument_ty:ty),*] [$($presence:ident $field:ident [$($given:expr)?],)*]) => {
        #[allow(deprecated, reason = "every field gets a value")]
        impl $name {
            /// With the required properties; every other one is absent.
            pub fn new($($argument: $argument_ty),*) -> Self {
                Self { $($field: $crate::support::object! { @initial $presence $field [$($given)?] },)* }
            }
        }
    };
    (@initial $presence:ident $field:ident [$given:expr]) => { $given };
    (@initial required $field:ident []) => { ::core::convert::Into::into($field) };
    (@initial optional $field:ident []) => { ::core::option::Option::None };
    (@initial tristate $field:ident []) => { $crate::support::Tristate::Absent };
    (@initial rest $field:ident []) => { ::core::default::Default::default() };
    (@required [] $($fields:tt)*) => {};
    (@required [$required:ident] $name:ident $fields:tt $rest:tt) => {
        $crate::support::required! { $required of $name $fields $rest }
    };
    (@holds $name:ident always) => {
        impl $crate::support::Validate for $name {
            fn holds(&self, _: $crate::support::Direction) -> bool {
                true
            }
        }
    };
    (@holds $name:ident ($this:ident, $direction:tt) $valid:block) => {
        impl $crate::support::Validate for $name {
            #[allow(deprecated, reason = "what is deprecated is checked all the same")]
            fn holds(&$this, $direction: $crate::support::Direction) -> bool $valid
        }
    };
    (@holds $name:ident by_schema) => { $crate::support::holds_by_schema! { $name } };
    (@field required $ty:ty) => { $ty };
    (@field constant $ty:ty) => { $ty };
    (@field optional $ty:ty) => { ::core::option::Option<$ty> };
    (@field tristate $ty:ty) => { $crate::support::Tristate<$ty> };
    (@slot required $ty:ty) => { $crate::support::object::Required<$ty> };
    (@slot constant $ty:ty) => { $crate::support::object::Required<$ty> };
    (@slot optional $ty:ty) => { ::core::option::Option<$ty> };
    (@slot tristate $ty:ty) => { $crate::support::Tristate<$ty> };
    (@there required $field:ident) => { $crate::support::object::Required(::core::option::Option::Some($field)) };
    (@there constant $field:ident) => { $crate::support::object::Required(::core::option::Option::Some($field)) };
    (@there $presence:ident $field:ident) => { $field };
}

#[doc(hidden)]
pub use __object as object;

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

/// The members of an object while it is written; what fails first is told at the end.
pub struct Writer<M: SerializeMap> {
    map: M,
    written: Result<(), M::Error>,
}

impl<M: SerializeMap> Writer<M> {
    /// Starts writing.
    pub fn new<S: serde::Serializer<SerializeMap = M, Error = M::Error>>(serializer: S) -> Result<Self, M::Error> {
        serializer.serialize_map(None).map(|map| Self { map, written: Ok(()) })
    }

    /// Writes a property that is always there.
    #[inline]
    pub fn required<T: Json>(&mut self, wire: &'static str, value: &T) {
        if self.written.is_ok() {
            self.written = self.map.serialize_entry(wire, &Written(value));
        }
    }

    /// Writes a property that always has one value.
    #[inline]
    pub fn constant<T: Json>(&mut self, wire: &'static str, value: &T) {
        self.required(wire, value);
    }

    /// Writes a property unless it is absent.
    #[inline]
    pub fn optional<T: Json>(&mut self, wire: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(wire, value);
        }
    }

    /// Writes a property unless it is absent.
    #[inline]
    pub fn tristate<T: Json>(&mut self, wire: &'static str, value: &Tristate<T>) {
        match value {
            Tristate::Absent => {}
            Tristate::Null => self.required(wire, &super::Null),
            Tristate::Value(value) => self.required(wire, value),
        }
    }

    /// Writes the properties that the document does not name.
    #[inline]
    pub fn rest<P: Properties<Value: Json>>(&mut self, rest: &P) {
        if self.written.is_ok() {
            self.written = rest.each().try_for_each(|(name, value)| self.map.serialize_entry(name, &Written(value)));
        }
    }

    /// Ends the object.
    pub fn end(self) -> Result<M::Ok, M::Error> {
        self.written.and_then(|()| self.map.end())
    }
}
