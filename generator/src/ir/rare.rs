//! Parts of a schema that most schemas do not have: they take the room of a pointer there.
//!
//! ```
//! use specwright::ir::{Rare, Strings};
//! let mut strings: Rare<Strings> = Rare::default();
//! assert_eq!(strings.max_length, None);
//! strings.max_length = Some(8);
//! assert_eq!(strings.max_length, Some(8));
//! ```

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::LazyLock;

use super::{Arrays, Extensions, Numbers, Objects, Strings};

/// A record that is read as if it were there, and is made when something is written into it.
#[derive(Clone)]
pub struct Rare<T>(Option<Box<T>>);

/// A record that may be absent, which is the same as one without keywords.
pub trait Absent: Default + PartialEq + 'static {
    /// What is read of one that is absent.
    fn absent() -> &'static Self;
}

macro_rules! absent {
    ($($name:ident)*) => { $(
        impl Absent for $name {
            fn absent() -> &'static Self {
                static ABSENT: LazyLock<$name> = LazyLock::new($name::default);
                &ABSENT
            }
        }
    )* };
}

absent! { Numbers Strings Arrays Objects Extensions }

impl<T> Default for Rare<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Rare<T> {
    /// The record, where it is there.
    pub fn present(&mut self) -> Option<&mut T> {
        self.0.as_deref_mut()
    }
}

impl<T: Absent> From<T> for Rare<T> {
    fn from(value: T) -> Self {
        Self((value != T::default()).then(|| Box::new(value)))
    }
}

impl<T: Absent> Deref for Rare<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match &self.0 {
            Some(value) => value,
            None => T::absent(),
        }
    }
}

impl<T: Absent> DerefMut for Rare<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

impl<T: Absent> PartialEq for Rare<T> {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (None, None) => true,
            _ => **self == **other,
        }
    }
}

impl<T: Absent + fmt::Debug> fmt::Debug for Rare<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(value) if **value != *T::absent() => value.fmt(f),
            _ => f.write_str("-"),
        }
    }
}
