//! Types of the user's in place of generated ones.

use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Direction, Json, Validate};

/// A value of a type of the user's, which stands in a generated one by its serde form.
///
/// The type has `Serialize`, `DeserializeOwned`, `Clone`, `Debug`, `PartialEq`, `Send`, `Sync` and no borrowed content.
/// Its JSON must be as its schema says: what is received is checked against the schema, all of it, and so is what is
/// built in Rust, so a type that reads more than the schema allows lets no invalid value in.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Own<T>(pub T);

impl<T> Own<T> {
    /// The value alone.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> From<T> for Own<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> Deref for Own<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Own<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: fmt::Debug> fmt::Debug for Own<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: fmt::Display> fmt::Display for Own<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Serialize> Serialize for Own<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Own<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }
}

impl<T: Serialize + DeserializeOwned> Json for Own<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }
}

/// The schema of what it stands in answers for it.
impl<T> Validate for Own<T> {
    fn holds(&self, _: Direction) -> bool {
        true
    }
}
