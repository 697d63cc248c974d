//! A value that logs must not show.

use std::fmt;

use serde::de::Deserializer;
use serde::ser::Serializer;

use super::{Direction, Json, Validate};

/// A password, token or other credential: it goes over the wire, and its `Debug` form hides it.
///
/// ```
#[doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::support::Secret;")]
/// let password = Secret::from("pa$$word".to_owned());
/// assert_eq!(format!("{password:?}"), "Secret(..)");
/// assert_eq!(password.expose(), "pa$$word");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    /// Lends the value; where this is called, the secret is out.
    pub fn expose(&self) -> &T {
        &self.0
    }

    /// Gives the value away.
    pub fn into_exposed(self) -> T {
        self.0
    }
}

impl<T> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl From<&str> for Secret<String> {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl<T: Json> Json for Secret<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

impl<T: Validate> Validate for Secret<T> {
    fn holds(&self, direction: Direction) -> bool {
        self.0.holds(direction)
    }
}
