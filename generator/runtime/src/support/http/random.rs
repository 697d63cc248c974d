//! Numbers that nobody can foresee well enough to matter, for request ids and for the jitter of retries.

use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};

/// A number that differs from call to call, from thread to thread and from process to process; not for secrets.
///
/// `SplitMix64` of Steele, Lea and Flood: "Fast Splittable Pseudorandom Number Generators", 2014.
pub(crate) fn random() -> u64 {
    const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;
    // Each `RandomState` has keys of its own, which the standard library seeds from the system.
    let seed = || RandomState::new().hash_one(std::thread::current().id());
    thread_local! {
        static STATE: Cell<Option<u64>> = const { Cell::new(None) };
    }
    let mut mixed = STATE.get().unwrap_or_else(seed).wrapping_add(GAMMA);
    STATE.set(Some(mixed));
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
