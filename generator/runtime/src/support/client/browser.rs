//! What a browser, and what is like one, has in place of a system; elsewhere, nothing.

pub(super) use platform::{chance, now, sleep};

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod platform {
    use std::hash::{BuildHasher as _, RandomState};
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use crate::support::http::BoxFuture;

    /// The longest that its timers can be set to.
    const LONGEST: Duration = Duration::from_millis(i32::MAX as u64);

    pub(in super::super) fn sleep(duration: Duration) -> Option<BoxFuture<'static, ()>> {
        Some(Box::pin(gloo_timers::future::sleep(duration.min(LONGEST))))
    }

    pub(in super::super) fn now() -> Option<SystemTime> {
        UNIX_EPOCH.checked_add(Duration::try_from_secs_f64(js_sys::Date::now() / 1_000.0).ok()?)
    }

    /// All bits of it are by chance.
    pub(in super::super) fn chance() -> Option<u64> {
        Some(RandomState::new().hash_one(js_sys::Math::random().to_bits()))
    }
}

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
mod platform {
    use std::time::{Duration, SystemTime};

    use crate::support::http::BoxFuture;

    pub(in super::super) fn sleep(_: Duration) -> Option<BoxFuture<'static, ()>> {
        None
    }

    pub(in super::super) fn now() -> Option<SystemTime> {
        None
    }

    pub(in super::super) fn chance() -> Option<u64> {
        None
    }
}
