//! Numbers that nobody can foresee well enough to matter, for request ids and for the jitter of retries.

use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// A number that differs from call to call and from process to process; not for secrets.
///
/// `SplitMix64` of Steele, Lea and Flood: "Fast Splittable Pseudorandom Number Generators", 2014.
pub(crate) fn random() -> u64 {
    const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;
    // Each `RandomState` has keys of its own, which the standard library seeds from the system.
    static STATE: LazyLock<AtomicU64> = LazyLock::new(|| AtomicU64::new(RandomState::new().hash_one(0_u8)));
    let mut mixed = STATE.fetch_add(GAMMA, Ordering::Relaxed).wrapping_add(GAMMA);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
