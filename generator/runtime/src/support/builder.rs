//! Builders, for objects with more required properties than a constructor has arguments.

use super::violation::pointer_token;
use super::{Tristate, Violation, Violations};

/// Implements the builder of a struct: a method for each property, and one that gives the struct.
///
/// - `required`: the property must be set before the struct is built.
/// - `optional`: absent unless it is set.
/// - `tristate`: absent unless it is set, to a value or to `Tristate::Null`.
/// - `defaulted`: its default unless it is set.
///
/// Behind the name of a property stands its type, in brackets what an optional one is set with, and behind its name in
/// JSON the one value of a property that has one: `required kind(Kind) []: "kind" = Kind::Cat`.
///
/// After the properties stands the name of the last method, then the field of all further properties in braces.
#[doc(hidden)]
#[macro_export]
macro_rules! __builder {
    (
        $name:ident of $target:ident {
            $(
                $(#[$mark:meta])*
                $presence:ident $field:ident($ty:ty) [$($held:ty)?]: $wire:literal $(= $given:expr)?,
            )*
        } $build:ident { $($rest:ident($further:ty))? }
    ) => {
        #[doc = ::core::concat!("Builds a [`", ::core::stringify!($target), "`] property by property.")]
        #[derive(Debug, Clone, Default)]
        #[must_use]
        pub struct $name {
            $($field: $crate::support::builder! { @slot $presence $ty },)*
            $($rest: $further,)?
        }

        #[allow(deprecated, reason = "what is deprecated is built all the same")]
        impl $name {
            $(
                #[doc = ::core::concat!("Sets `", $wire, "`.\n\n")]
                $(#[$mark])*
                pub fn $field(mut self, value: $crate::support::builder! { @argument $presence $ty [$($held)?] }) -> Self {
                    $crate::support::builder::Slot::set(&mut self.$field, ::core::convert::Into::into(value));
                    self
                }
            )*

            $(
                /// Sets the properties that the document does not name.
                pub fn $rest(mut self, value: $further) -> Self {
                    self.$rest = value;
                    self
                }
            )?

            /// The whole.
            ///
            /// # Errors
            /// Everything required that was not set. Nothing else is checked here: `validate` does that.
            pub fn $build(self) -> ::core::result::Result<$target, $crate::support::Violations> {
                $crate::support::builder::complete(&[
                    $(($wire, $crate::support::builder::Slot::is_missing(&self.$field)),)*
                ])?;
                ::core::result::Result::Ok($target {
                    $($field: $crate::support::builder::Slot::settle(self.$field, $wire)?,)*
                    $($rest: self.$rest,)?
                })
            }
        }

        #[allow(deprecated, reason = "what is deprecated is built all the same")]
        impl $target {
            /// A builder with no property set but those that have one possible value.
            pub fn builder() -> $name {
                #[allow(unused_mut, reason = "most have no property with one possible value")]
                let mut builder = <$name as ::core::default::Default>::default();
                $($($crate::support::builder::Slot::set(&mut builder.$field, $given);)?)*
                builder
            }
        }
    };
    (@slot required $ty:ty) => { $crate::support::builder::Required<$ty> };
    (@slot defaulted $ty:ty) => { $crate::support::builder::Defaulted<$ty> };
    (@slot $presence:ident $ty:ty) => { $ty };
    (@argument optional $ty:ty [$held:ty]) => { $held };
    (@argument $presence:ident $ty:ty [$($held:ty)?]) => { impl ::core::convert::Into<$ty> };
}

#[doc(hidden)]
pub use __builder as builder;

/// Reports every required property that was not set.
pub fn complete(properties: &[(&str, bool)]) -> Result<(), Violations> {
    let mut violations = Violations::new();
    for (wire, _) in properties.iter().filter(|(_, is_missing)| *is_missing) {
        violations.push(missing(wire));
    }
    if violations.is_empty() { Ok(()) } else { Err(violations) }
}

fn missing(wire: &str) -> Violation {
    Violation::new(format!("/{}", pointer_token(wire)), "required", "is missing")
}

/// A property while its object is built.
pub trait Slot: Default {
    /// What sets it.
    type Argument;
    /// The type of the struct's field.
    type Field;

    /// Gives it a value.
    fn set(&mut self, value: Self::Argument);

    /// Whether it needs a value and has none.
    fn is_missing(&self) -> bool;

    /// The field's value.
    fn settle(self, wire: &str) -> Result<Self::Field, Violations>;
}

/// A property that must be set.
#[derive(Debug, Clone)]
pub struct Required<T>(Option<T>);

impl<T> Default for Required<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Slot for Required<T> {
    type Argument = T;
    type Field = T;

    fn set(&mut self, value: T) {
        self.0 = Some(value);
    }

    fn is_missing(&self) -> bool {
        self.0.is_none()
    }

    fn settle(self, wire: &str) -> Result<T, Violations> {
        self.0.ok_or_else(|| missing(wire).into())
    }
}

/// A part that has a default.
#[derive(Debug, Clone, Default)]
pub struct Defaulted<T>(T);

impl<T: Default> Slot for Defaulted<T> {
    type Argument = T;
    type Field = T;

    fn set(&mut self, value: T) {
        self.0 = value;
    }

    fn is_missing(&self) -> bool {
        false
    }

    fn settle(self, _: &str) -> Result<T, Violations> {
        Ok(self.0)
    }
}

impl<T> Slot for Option<T> {
    type Argument = T;
    type Field = Self;

    fn set(&mut self, value: T) {
        *self = Some(value);
    }

    fn is_missing(&self) -> bool {
        false
    }

    fn settle(self, _: &str) -> Result<Self, Violations> {
        Ok(self)
    }
}

impl<T> Slot for Tristate<T> {
    type Argument = Self;
    type Field = Self;

    fn set(&mut self, value: Self) {
        *self = value;
    }

    fn is_missing(&self) -> bool {
        false
    }

    fn settle(self, _: &str) -> Result<Self, Violations> {
        Ok(self)
    }
}
