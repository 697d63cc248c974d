//! Builders, for objects with more required properties than a constructor has arguments.

use super::violation::pointer_token;
use super::{Violation, Violations};

/// Implements the builder of a struct: a method for each property, and one that gives the struct.
///
/// - `required`: the property must be set before the struct is built.
/// - `optional`: absent unless it is set.
/// - `tristate`: absent unless it is set, to a value or to `Tristate::Null`.
/// - `defaulted`: its default unless it is set.
///
/// Behind the name of a property stands the type of its value, in brackets what an optional one is set with where that is
/// another type, and behind its name in JSON the one value of a property that has one:
/// `required kind(Kind) []: "kind" = Kind::Cat`.
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
        #[derive(Clone)]
        #[must_use]
        pub struct $name {
            $($field: $crate::support::builder! { @slot $presence $ty },)*
            $($rest: $further,)?
        }

        // The name alone: what is set so far may be a secret, and compilers would go through all properties once more.
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(::core::stringify!($name)).finish_non_exhaustive()
            }
        }

        impl ::core::default::Default for $name {
            fn default() -> Self {
                Self {
                    $($field: $crate::support::builder! { @unset $presence },)*
                    $($rest: ::core::default::Default::default(),)?
                }
            }
        }

        #[allow(deprecated, reason = "what is deprecated is built all the same")]
        impl $name {
            $(
                #[doc = ::core::concat!("Sets `", $wire, "`.\n\n")]
                $(#[$mark])*
                pub fn $field(mut self, value: $crate::support::builder! { @argument $presence $ty [$($held)?] }) -> Self {
                    $crate::support::builder! { @put $presence self.$field, value }
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
                match self {
                    Self { $($field: $crate::support::builder! { @there $presence $field },)* $($rest,)? } => {
                        ::core::result::Result::Ok($target { $($field,)* $($rest,)? })
                    }
                    this => ::core::result::Result::Err($crate::support::builder::incomplete(&[
                        $(($wire, $crate::support::builder! { @missing $presence this.$field }),)*
                    ])),
                }
            }
        }

        #[allow(deprecated, reason = "what is deprecated is built all the same")]
        impl $target {
            /// A builder with no property set but those that have one possible value.
            pub fn builder() -> $name {
                #[allow(unused_mut, reason = "most have no property with one possible value")]
                let mut builder = <$name as ::core::default::Default>::default();
                $($(builder.$field = $crate::support::builder! { @set $presence $given };)?)*
                builder
            }
        }
    };
    (@slot required $ty:ty) => { ::core::option::Option<$ty> };
    (@slot optional $ty:ty) => { ::core::option::Option<$ty> };
    (@slot tristate $ty:ty) => { $crate::support::Tristate<$ty> };
    (@slot defaulted $ty:ty) => { $ty };
    (@argument optional $ty:ty [$held:ty]) => { $held };
    (@argument optional $ty:ty []) => { $ty };
    (@argument tristate $ty:ty [$($held:ty)?]) => { impl ::core::convert::Into<$crate::support::Tristate<$ty>> };
    (@argument $presence:ident $ty:ty [$($held:ty)?]) => { impl ::core::convert::Into<$ty> };
    (@unset required) => { ::core::option::Option::None };
    (@unset optional) => { ::core::option::Option::None };
    (@unset tristate) => { $crate::support::Tristate::Absent };
    (@unset defaulted) => { ::core::default::Default::default() };
    (@set required $value:expr) => { ::core::option::Option::Some($value) };
    (@set optional $value:expr) => { ::core::option::Option::Some($value) };
    (@set $presence:ident $value:expr) => { $value };
    (@put required $slot:expr, $value:ident) => { $crate::support::builder::put(&mut $slot, $value); };
    (@put optional $slot:expr, $value:ident) => { $crate::support::builder::put(&mut $slot, $value); };
    (@put $presence:ident $slot:expr, $value:ident) => { $slot = ::core::convert::Into::into($value); };
    (@missing required $slot:expr) => { ::core::option::Option::is_none(&$slot) };
    (@missing $presence:ident $slot:expr) => { false };
    (@there required $field:ident) => { ::core::option::Option::Some($field) };
    (@there $presence:ident $field:ident) => { $field };
}

#[doc(hidden)]
pub use __builder as builder;

/// Sets a property: what all methods of all builders do, so that the compiler looks at it once.
#[inline]
pub fn put<T>(slot: &mut Option<T>, value: impl Into<T>) {
    *slot = Some(value.into());
}

/// Every required property that was not set.
pub fn incomplete(properties: &[(&str, bool)]) -> Violations {
    let mut violations = Violations::new();
    for (wire, _) in properties.iter().filter(|(_, is_missing)| *is_missing) {
        violations.push(Violation::new(format!("/{}", pointer_token(wire)), "required", "is missing"));
    }
    violations
}
