//! Numbers that nobody can foresee well enough to matter, for request ids and for the jitter of retries.

use std::hash::{BuildHasher, RandomState};

/// A number that differs from call to call and from process to process; not for secrets.
pub(crate) fn random() -> u64 {
    // Each `RandomState` has keys of its own, which the standard library seeds from the system.
    RandomState::new().hash_one(0_u8)
}
