//! Setters: a method for each part that may be absent, so that whoever makes a value names what it has and no more.

/// Implements the setters of a struct, a row for each of its parts; one without a setter is its attributes alone.
///
/// - `optional`, `tristate`: the field gets the value.
/// - `optional_file`, `files`: the same for parts of a form.
///
/// In front stands, in brackets, the lint that deprecated fields set off. The attributes of a row are in parentheses, as
/// `cfg_attr` has them behind its condition: so they are one token, and get to a method that not every row has without a
/// call of this macro for each. Behind the name of the setter stand its argument, in brackets, where that is not the type of
/// the value, and that type.
///
/// ```text
/// support::setters! { [] TeamUser: "Sets the property.\n\n" {
///     (all(), must_use = "what is set is in the value that comes back", doc = " What it is called.")
///     optional name with_name [impl Into<String>] String,
///     (all(), must_use = "what is set is in the value that comes back", doc = " Who it is."),
/// } }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __setters {
    ([$($lint:ident)?] $name:ident: $about:literal { $(
        $marks:tt $($presence:ident $field:ident $setter:ident $argument:tt $ty:ty)?,
    )* }) => {
        $(#[allow($lint, reason = "what is deprecated is set all the same")])?
        impl $name {
            $($(
                #[doc = $about]
                #[cfg_attr $marks]
                pub fn $setter(mut self, value: $crate::support::setters! { @argument $argument $ty }) -> Self {
                    self.$field = $crate::support::setters! { @$presence value };
                    self
                }
            )?)*
        }
    };
    (@argument [] $ty:ty) => { $ty };
    (@argument [$argument:ty] $ty:ty) => { $argument };
    (@optional $value:ident) => { $crate::support::Some($value.into()) };
    (@tristate $value:ident) => { $crate::support::Tristate::Value($value.into()) };
    (@optional_file $value:ident) => { $crate::support::Some($value) };
    (@files $value:ident) => { $value };
}

#[doc(hidden)]
pub use __setters as setters;
