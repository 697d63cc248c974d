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

pub use super::members::{Members, Never, Required, incomplete, read};
#[doc(hidden)]
pub use super::validate::satisfies_once;

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
/// that of a constant its value.
///
/// After the fields stands what becomes of further properties: the field that `keeps` them, `dropped` where they are read
/// over, or `closed`; then the constructor with the properties that it takes, or, where they are many, the name of the struct
/// that has them: `required TeamUserRequired`.
/// `never in` a direction are the properties that do not travel there, each with its schema.
/// `allows deprecated` says that a property is deprecated, which is read, checked and written all the same.
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
                $(required $required:ident)?
                $(constant $constant:ident($given:expr))?
                $(optional $optional:ident $($setter:ident $(($held:ty))?)?)?
                $(tristate $tristate:ident $($chooser:ident $(($chosen:ty))?)?)?
                : $ty:ty = $wire:literal,
            )*
        }
        $fate:ident $($rest:ident: $rest_ty:ty)?,
        $(never in $way:ident { $($away:literal: $schema:literal,)* },)?
        $(new $arguments:tt,)?
        $(required $of_required:ident,)?
        $(allows $lint:ident,)?
        holds $holds:tt $($valid:block)?,
    ) => {
        $(#[$name_mark])*
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        #[allow(missing_docs, reason = "a property has the words that its document gives it")]
        pub struct $name {
            $(
                $(#[$mark])*
                pub
                    $($required: $ty)?
                    $($constant: $ty)?
                    $($optional: $crate::support::Option<$ty>)?
                    $($tristate: $crate::support::Tristate<$ty>)?,
            )*
            $(
                /// Properties that the document does not name.
                pub $rest: $rest_ty,
            )?
        }

        $crate::support::setters! { [$($lint)?] $name: "Sets the property.\n\n" { $(
            (all(), must_use = "what is set is in the value that comes back", $($mark),*)
            $($(optional $optional $setter [$($held)?] $ty)?)?
            $($(tristate $tristate $chooser [$($chosen)?] $ty)?)?,
        )* } }

        $crate::support::object! {
            @new $name [$($arguments)?] [$(
                $(required $required)? $(constant $constant($given))? $(optional $optional)? $(tristate $tristate)?,
            )*] [$($rest)?] [$($lint)?]
        }

        $crate::support::object! {
            @required [$($of_required)?] $name { $(
                $(required $required($ty))? $(constant $constant($ty) [$given])? $(optional $optional($ty))?
                $(tristate $tristate($ty))?,
            )* } { $($rest)? }
        }

        $crate::support::object! { @holds [$($lint)?] $name [$($wire),*] [$($rest)?] $holds $($valid)? }

        $crate::support::model! { $name = $schemas[$pointer] }

        $(#[allow($lint, reason = "what is deprecated travels all the same")])?
        impl $crate::support::Json for $name {
            fn fields<__M: ::serde::ser::SerializeMap>(&self, map: &mut $crate::support::object::Writer<__M>) {
                let _ = &map; // there may be nothing to write
                $(
                    $(map.required($wire, &self.$required);)?
                    $(map.constant($wire, &self.$constant);)?
                    $(map.optional($wire, &self.$optional);)?
                    $(map.tristate($wire, &self.$tristate);)?
                )*
                $(map.rest(&self.$rest);)?
            }

            fn members<'de, __A: ::serde::de::MapAccess<'de>>(
                members: $crate::support::object::Members<__A>,
            ) -> $crate::support::Result<Self, __A::Error> {
                // With their types, so that the compiler need not come back to each slot when it gets to the struct.
                $(
                    let mut
                        $($required: $crate::support::object::Required<$ty>)?
                        $($constant: $crate::support::object::Required<$ty>)?
                        $($optional: $crate::support::Option<$ty>)?
                        $($tristate: $crate::support::Tristate<$ty>)? = $crate::support::Default::default();
                )*
                $(let mut $rest: $rest_ty = $crate::support::Default::default();)?
                members
                    $(.without(&$crate::support::object::Never {
                        schemas: <$name as $crate::support::Model>::SCHEMAS,
                        direction: $crate::support::Direction::$way,
                        properties: &[$(($away, $schema)),*],
                    }))?
                    .$fate(
                        &[$($wire),*],
                        &mut [$(&mut $($required)? $($constant)? $($optional)? $($tristate)?),*]
                        $(, &mut $rest)?
                    )?;
                // The first keeps the pattern one that may fail where nothing must be there.
                let ($crate::support::Some(()), $(
                    $($crate::support::object::Required($crate::support::Some($required)))?
                    $($crate::support::object::Required($crate::support::Some($constant)))?
                    $($optional)?
                    $($tristate)?,
                )*) = ($crate::support::Some(()), $($($required)? $($constant)? $($optional)? $($tristate)?,)*) else {
                    return $crate::support::Err($crate::support::object::incomplete());
                };
                $crate::support::Ok($name { $($($required)? $($constant)? $($optional)? $($tristate)?,)* $($rest,)? })
            }
        }

        $crate::support::serde_by_json!($name);
    };
    (@new $name:ident [] $fields:tt $rest:tt $lint:tt) => {};
    (@new $name:ident [()] $fields:tt $rest:tt $lint:tt) => {
        $crate::support::object! { @made $name [] $fields $rest $lint }

        impl ::core::default::Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    (@new $name:ident [($($arguments:tt)*)] $fields:tt $rest:tt $lint:tt) => {
        $crate::support::object! { @made $name [$($arguments)*] $fields $rest $lint }
    };
    (
        @made $name:ident [$($argument:ident: $argument_ty:ty),* $(,)?] [$(
            $(required $required:ident)? $(constant $constant:ident($given:expr))? $(optional $optional:ident)?
            $(tristate $tristate:ident)?,
        )*] [$($rest:ident)?] [$($lint:ident)?]
    ) => {
        $(#[allow($lint, reason = "every field gets a value")])?
        impl $name {
            /// With the required properties; every other one is absent.
            #[allow(clippy::self_named_constructors, reason = "a schema may be called `New`")]
            pub fn new($($argument: $argument_ty),*) -> Self {
                Self {
                    $(
                        $($required: $required.into(),)?
                        $($constant: $given,)?
                        $($optional: $crate::support::None,)?
                        $($tristate: $crate::support::Tristate::Absent,)?
                    )*
                    $($rest: $crate::support::Default::default(),)?
                }
            }
        }
    };
    (@required [] $($fields:tt)*) => {};
    (@required [$required:ident] $name:ident $fields:tt $rest:tt) => {
        $crate::support::required! { $required of $name $fields $rest }
    };
    (@holds [$($lint:ident)?] $name:ident $names:tt [] always) => {
        impl $crate::support::Validate for $name {
            fn holds(&self, _: $crate::support::Direction) -> bool {
                true
            }
        }
    };
    (@holds $lint:tt $name:ident $names:tt [$rest:ident] always) => {
        $crate::support::object! { @holds $lint $name $names [$rest] (self, _) { true } }
    };
    (@holds [$($lint:ident)?] $name:ident $names:tt [$($rest:ident)?] ($this:ident, $direction:tt) $valid:block) => {
        impl $crate::support::Validate for $name {
            $(#[allow($lint, reason = "what is deprecated is checked all the same")])?
            fn holds(&$this, direction: $crate::support::Direction) -> bool {
                $(
                    if $crate::support::object::repeats(&$this.$rest, &$names) {
                        return $crate::support::object::satisfies_once($this, direction);
                    }
                )?
                let $direction = direction;
                $valid
            }
        }
    };
    (@holds $lint:tt $name:ident $names:tt [] by_schema) => { $crate::support::holds_by_schema! { $name } };
    (@holds $lint:tt $name:ident $names:tt [$rest:ident] by_schema) => {
        $crate::support::object! {
            @holds $lint $name $names [$rest] (self, direction) { $crate::support::satisfies(self, direction) }
        }
    };
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

/// Whether one of the further properties has the name of one that the document names, as it can in Rust alone.
pub fn repeats<P: Properties>(rest: &P, names: &[&str]) -> bool {
    rest.each().next().is_some() && names.iter().any(|name| rest.has(name))
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
