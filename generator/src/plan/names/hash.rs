//! Hashes that tell names apart.

/// A short hash that is the same on every machine.
pub(in crate::plan) fn hash(text: &str) -> String {
    format!("{:06x}", digest(text.as_bytes()) & 0x00ff_ffff)
}

/// A number that is the same on every machine (FNV-1a).
pub(in crate::plan) fn digest(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
