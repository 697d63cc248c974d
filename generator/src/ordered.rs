//! Maps and sets that keep the order of what is put in, with a hasher that is quick for the short texts of documents.
//!
//! Documents are untrusted, and may hold keys that are chosen to collide: each map has a seed of its own, which nobody
//! outside of a run learns.

use foldhash::quality::RandomState;

/// A map in the order of what is put in.
pub type IndexMap<K, V> = indexmap::IndexMap<K, V, RandomState>;

/// A set in the order of what is put in.
pub type IndexSet<T> = indexmap::IndexSet<T, RandomState>;
