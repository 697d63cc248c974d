//! Setters: a method for each property that may be absent, so that whoever makes a value names what it has and no more.

/// Implements the setters of a struct.
///
/// - `optional`, `tristate`: the field gets the value.
/// - `optional_file`, `files`: the same for parts of a form.
#[doc(hidden)]
#[macro_export]
macro_rules! __setters {
    ($name:ident {}) => {};
    ($name:ident { $($presence:ident $field:ident $(#[$mark:meta])* $setter:ident($argument:ty): $wire:literal,)* }) => {
        #[allow(deprecated, reason = "what is deprecated is set all the same")]
        impl $name {
            $($crate::support::setters! { @row $presence $field [$setter []] $argument, $wire $(#[$mark])* })*
        }
    };
    (@row $presence:ident $field:ident [] $($rest:tt)*) => {};
    (@row $presence:ident $field:ident [$setter:ident [$argument:ty]] $ty:ty, $($rest:tt)*) => {
        $crate::support::setters! { @row $presence $field [$setter []] $argument, $($rest)* }
    };
    (@row $presence:ident $field:ident [$setter:ident []] $argument:ty, $wire:literal $(#[$mark:meta])*) => {
        #[doc = ::core::concat!("Sets the property `", $wire, "`.\n\n")]
        #[must_use = "what is set is in the value that comes back"]
        $(#[$mark])*
        pub fn $setter(mut self, value: $argument) -> Self {
            self.$field = $crate::support::setters! { @$presence value };
            self
        }
    };
    (@optional $value:ident) => { ::core::option::Option::Some(::core::convert::Into::into($value)) };
    (@tristate $value:ident) => { $crate::support::Tristate::Value(::core::convert::Into::into($value)) };
    (@optional_file $value:ident) => { ::core::option::Option::Some($value) };
    (@files $value:ident) => { $value };
}

#[doc(hidden)]
pub use __setters as setters;
