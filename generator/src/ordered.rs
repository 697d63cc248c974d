//! Maps and sets that keep the order of what is put in, with a hasher that is quick for the short texts of documents.
//!
//! Documents are untrusted, and may hold keys that are chosen to collide: each map has a seed of its own, which nobody
//! outside of a run learns.

use foldhash::quality::RandomState;

/// A map in the order of what is put in.
pub type IndexMap<K, V> = indexmap::IndexMap<K, V, RandomState>;

/// A map with room for so many members and no more: one that grows has room for several from the first on.
pub fn with_room<K, V>(members: usize) -> IndexMap<K, V> {
    IndexMap::with_capacity_and_hasher(members, RandomState::default())
}

/// A set in the order of what is put in.
pub type IndexSet<T> = indexmap::IndexSet<T, RandomState>;
