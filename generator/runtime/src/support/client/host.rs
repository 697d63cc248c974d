//! Timers, the clock and chance: those of the system, or of a browser, since `wasm32-unknown-unknown` has no system.

use std::time::{Duration, SystemTime};

#[cfg(feature = "browser")]
use super::browser;
use crate::support::http::{BoxFuture, random as of_system};

/// Waits.
pub(super) fn sleep(duration: Duration) -> BoxFuture<'static, ()> {
    #[cfg(feature = "browser")]
    if let Some(timer) = browser::sleep(duration) {
        return timer;
    }
    Box::pin(tokio::time::sleep(duration))
}

/// The time, where there is a clock.
pub(super) fn now() -> Option<SystemTime> {
    #[cfg(feature = "browser")]
    if let Some(now) = browser::now() {
        return Some(now);
    }
    let has_clock = cfg!(not(all(target_arch = "wasm32", target_os = "unknown")));
    has_clock.then(SystemTime::now)
}

/// A number that differs from call to call; not for secrets.
pub(super) fn random() -> u64 {
    #[cfg(feature = "browser")]
    if let Some(chance) = browser::chance() {
        return chance;
    }
    of_system()
}
