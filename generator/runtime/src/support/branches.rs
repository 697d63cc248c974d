//! The branches of unions: the enum that has them, and the ways in and out of each.

/// Makes the enum of a union, with the ways in and out of each branch.
#[doc(hidden)]
#[macro_export]
macro_rules! __branches {
    (open $($rest:tt)*) => {
        $crate::support::branches! {
            @enum [
                /// A branch that the document does not name.
                Unknown(::serde_json::Value)
            ] $($rest)*
        }
    };
    (closed $($rest:tt)*) => { $crate::support::branches! { @enum [] $($rest)* } };
    // Where one branch takes the rest, nothing is unknown.
    (default $($rest:tt)*) => { $crate::support::branches! { @enum [] $($rest)* } };
    (
        @enum [$($unknown:tt)*] $(#[$mark:meta])* $name:ident {
            $($(#[$about:meta])* $variant:ident $payload:tt $methods:tt,)*
        }
    ) => {
        $(#[$mark])*
        #[allow(
            clippy::large_enum_variant,
            reason = "branches are not boxed for their size, so that no edit of a schema changes a variant"
        )]
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$about])* $variant $payload,)*
            $($unknown)*
        }

        $($crate::support::branches! { @ways $name $variant $payload $methods })*
    };
    // What is in a box is what callers give and get.
    (@ways $name:ident $variant:ident (Box<$held:ty>) $methods:tt) => {
        $crate::support::branches! { @methods $name $variant ::std::boxed::Box<$held>, $held, $methods }
    };
    (@ways $name:ident $variant:ident (::std::boxed::Box<$held:ty>) $methods:tt) => {
        $crate::support::branches! { @methods $name $variant ::std::boxed::Box<$held>, $held, $methods }
    };
    (@ways $name:ident $variant:ident ($ty:ty) $methods:tt) => {
        $crate::support::branches! { @methods $name $variant $ty, $ty, $methods }
    };
    (@methods $name:ident $variant:ident $ty:ty, $held:ty, [$look:ident $take:ident from]) => {
        $crate::support::branches! { @methods $name $variant $ty, $held, [$look $take] }

        impl ::core::convert::From<$held> for $name {
            fn from(value: $held) -> Self {
                Self::$variant(<$ty as ::core::convert::From<$held>>::from(value))
            }
        }
    };
    (@methods $name:ident $variant:ident $ty:ty, $held:ty, [$look:ident $take:ident]) => {
        #[allow(irrefutable_let_patterns, reason = "a union may have one branch")]
        impl $name {
            /// The value, if it is of this branch.
            #[must_use]
            pub fn $look(&self) -> ::core::option::Option<&$held> {
                if let Self::$variant(value) = self {
                    ::core::option::Option::Some(::core::borrow::Borrow::borrow(value))
                } else {
                    ::core::option::Option::None
                }
            }

            /// Takes the value out, if it is of this branch.
            #[must_use]
            pub fn $take(self) -> ::core::option::Option<$held> {
                if let Self::$variant(value) = self {
                    ::core::option::Option::Some($crate::support::union::Held::take(value))
                } else {
                    ::core::option::Option::None
                }
            }
        }
    };
}

#[doc(hidden)]
pub use __branches as branches;
