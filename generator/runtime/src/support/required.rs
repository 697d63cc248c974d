//! What must be there, as one value: for types with more required parts than a constructor has arguments.

/// Makes the struct of what a type must have, and the constructor that takes it.
///
/// The rows are the fields of the type:
///
/// - `required`: what must be given, with its type.
/// - `constant`: what has one possible value, in brackets.
/// - `optional`: absent, or what stands in brackets.
/// - `tristate`: absent.
/// - `defaulted`: the default of its type.
///
/// After them stands the field of all further properties in braces.
///
/// ```text
/// support::required! { RequestRequired of Request {
///     required team_id(i64),
///     optional page,
/// } {} }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __required {
    (
        $name:ident of $target:ident {
            $(
                $(required $field:ident($ty:ty))?
                $(constant $constant:ident($constant_ty:ty) [$given:expr])?
                $(optional $optional:ident $(($optional_ty:ty))? $([$preset:expr])?)?
                $(tristate $tristate:ident $(($tristate_ty:ty))?)?
                $(defaulted $defaulted:ident)?,
            )*
        } { $($rest:ident)? }
    ) => {
        #[doc = ::core::concat!("What a [`", ::core::stringify!($target), "`] must have.")]
        pub struct $name {
            $($(
                /// As the field of the same name.
                pub $field: $ty,
            )?)*
        }

        // The name alone: what is in it may be a secret, and compilers would go through all fields once more.
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(::core::stringify!($name)).finish_non_exhaustive()
            }
        }

        #[allow(deprecated, reason = "every field gets a value")]
        impl $target {
            /// With everything that must be there; the rest is absent.
            pub fn new(required: $name) -> Self {
                Self {
                    $(
                        $($field: required.$field,)?
                        $($constant: $given,)?
                        $($optional: $crate::support::required! { @preset $($preset)? },)?
                        $($tristate: $crate::support::Tristate::Absent,)?
                        $($defaulted: $crate::support::Default::default(),)?
                    )*
                    $($rest: $crate::support::Default::default(),)?
                }
            }
        }
    };
    (@preset) => { $crate::support::None };
    (@preset $preset:expr) => { $preset };
}

#[doc(hidden)]
pub use __required as required;
