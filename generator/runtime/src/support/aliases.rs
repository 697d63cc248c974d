//! Names for places that share a type.

/// Gives each place of a document the name that it has for a type that several places share.
///
/// The pointer in front is what the places have in common; a row is the rest, under what the document says of the place
/// alone. On the day when a place differs from the others its name becomes a type, and who uses the name need not care.
#[doc(hidden)]
#[macro_export]
macro_rules! __aliases {
    ($base:literal { $($(#[$about:meta])* $place:literal: $name:ident = $ty:ty,)* }) => {$(
        $(#[$about])*
        #[doc = ""]
        #[doc = concat!("Source: `", $base, $place, "`.")]
        pub type $name = $ty;
    )*};
}

#[doc(hidden)]
pub use __aliases as aliases;
