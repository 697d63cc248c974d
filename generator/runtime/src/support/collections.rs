//! Maps by property names, and sets: each as the user wants it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt;
use std::hash::{BuildHasher, Hash};
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, SerializeSeq, Serializer};

use super::json::{Seed, Written};
use super::{Direction, Json, Validate};

#[cfg(feature = "indexmap")]
pub use indexmap::{IndexMap, IndexSet};

/// A map by property names.
pub trait Properties: Default {
    /// What it holds.
    type Value;

    /// Puts a property in; whether it was there already.
    fn put(&mut self, name: String, value: Self::Value) -> bool;

    /// Whether a property is there.
    fn has(&self, name: &str) -> bool;

    /// The properties, in its order.
    fn each(&self) -> impl Iterator<Item = (&String, &Self::Value)>;
}

/// A map whose keys are the names of properties, as texts or as what the document says about them.
trait Entries: Default {
    /// What a name is.
    type Key;
    /// What a property holds.
    type Value;

    /// Puts an entry in, or in the place of the one whose key is equal.
    fn set(&mut self, key: Self::Key, value: Self::Value) -> Option<Self::Value>;
}

/// Reads an object into a map.
struct Members<M>(PhantomData<M>);

impl<'de, M: Entries> Visitor<'de> for Members<M>
where
    M::Key: Json,
    M::Value: Json,
{
    type Value = M;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<M, A::Error> {
        let mut members = M::default();
        while let Some(key) = map.next_key_seed(Seed::new())? {
            let value = map.next_value_seed(Seed::new())?;
            // Texts that differ may be equal keys, such as the two spellings of a UUID.
            if members.set(key, value).is_some() {
                return Err(A::Error::custom("a property stands twice"));
            }
        }
        Ok(members)
    }
}

macro_rules! map {
    ($map:ident $($hasher:ident)?: $($bound:ident)+) => {
        impl<K: $($bound +)+, T $(, $hasher: BuildHasher + Default)?> Entries for $map<K, T $(, $hasher)?> {
            type Key = K;
            type Value = T;

            fn set(&mut self, key: K, value: T) -> Option<T> {
                self.insert(key, value)
            }
        }

        impl<T $(, $hasher: BuildHasher + Default)?> Properties for $map<String, T $(, $hasher)?> {
            type Value = T;

            fn put(&mut self, name: String, value: T) -> bool {
                self.insert(name, value).is_some()
            }

            fn has(&self, name: &str) -> bool {
                self.contains_key(name)
            }

            fn each(&self) -> impl Iterator<Item = (&String, &T)> {
                self.iter()
            }
        }

        impl<K: Json + $($bound +)+, T: Json $(, $hasher: BuildHasher + Default)?> Json for $map<K, T $(, $hasher)?> {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_map(Members(PhantomData))
            }

            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(Some(self.len()))?;
                for (key, value) in self {
                    map.serialize_entry(&Written(key), &Written(value))?;
                }
                map.end()
            }
        }

        impl<K, T: Validate $(, $hasher: BuildHasher)?> Validate for $map<K, T $(, $hasher)?> {
            fn holds(&self, direction: Direction) -> bool {
                self.values().all(|value| value.holds(direction))
            }
        }
    };
}

map!(BTreeMap: Ord);
map!(HashMap H: Eq Hash);
#[cfg(feature = "indexmap")]
map!(IndexMap H: Eq Hash);

/// A set.
trait Items: Default {
    /// What it holds.
    type Item;

    /// Puts an item in; whether it was not there yet.
    fn put(&mut self, item: Self::Item) -> bool;
}

/// Reads an array into a set, which refuses what it has already.
struct Unique<S>(PhantomData<S>);

impl<'de, S: Items> Visitor<'de> for Unique<S>
where
    S::Item: Json,
{
    type Value = S;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of items that differ")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<S, A::Error> {
        let mut items = S::default();
        while let Some(item) = seq.next_element_seed(Seed::new())? {
            if !items.put(item) {
                return Err(A::Error::custom("an item stands twice"));
            }
        }
        Ok(items)
    }
}

macro_rules! set {
    ($set:ident $($hasher:ident)?: $($bound:ident)+) => {
        impl<T: $($bound +)+ $(, $hasher: BuildHasher + Default)?> Items for $set<T $(, $hasher)?> {
            type Item = T;

            fn put(&mut self, item: T) -> bool {
                self.insert(item)
            }
        }

        impl<T: Json + $($bound +)+ $(, $hasher: BuildHasher + Default)?> Json for $set<T $(, $hasher)?> {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_seq(Unique(PhantomData))
            }

            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut seq = serializer.serialize_seq(Some(self.len()))?;
                for item in self {
                    seq.serialize_element(&Written(item))?;
                }
                seq.end()
            }
        }

        impl<T: Validate $(, $hasher: BuildHasher)?> Validate for $set<T $(, $hasher)?> {
            fn holds(&self, direction: Direction) -> bool {
                self.iter().all(|item| item.holds(direction))
            }
        }
    };
}

set!(BTreeSet: Ord);
set!(HashSet H: Eq Hash);
#[cfg(feature = "indexmap")]
set!(IndexSet H: Eq Hash);
