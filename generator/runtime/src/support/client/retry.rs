//! When a call is made again.

use std::time::Duration;

use http::header::RETRY_AFTER;
use http::{HeaderMap, Method, StatusCode};

use super::Error;
use super::host::{now, random};
use crate::support::http::RawResponse;

/// When a call is made again: only idempotent methods are, and only after a failure that may pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retry {
    /// How many times a call is made again at most.
    pub attempts: u32,
    /// The wait before the first repetition; it doubles each time, and half of it is chance.
    pub base: Duration,
    /// The longest wait. A server that asks for a longer one (`Retry-After`) is not asked again.
    pub longest: Duration,
}

/// Whether a call does no more when it is made twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeats {
    /// It may.
    Never,
    /// It does not: an idempotent method, or a webhook, which receivers must expect more than once.
    Freely,
}

/// Methods that change nothing (the registry of HTTP methods at IANA), and that `http` has no name for.
const SAFE: [&str; 4] = ["PROPFIND", "QUERY", "REPORT", "SEARCH"];

impl Repeats {
    pub(super) fn usual(method: &Method) -> Self {
        let repeats = method.is_idempotent() || SAFE.contains(&method.as_str());
        if repeats { Self::Freely } else { Self::Never }
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self { attempts: 2, base: Duration::from_millis(200), longest: Duration::from_secs(30) }
    }
}

impl Retry {
    /// Never.
    pub fn never() -> Self {
        Self { attempts: 0, ..Self::default() }
    }

    /// How long to wait before the next attempt; `None` where the outcome stands.
    pub(super) fn wait(
        &self,
        repeats: Repeats,
        attempt: u32,
        outcome: &Result<RawResponse, Error>,
    ) -> Option<Duration> {
        if attempt >= self.attempts || repeats == Repeats::Never {
            return None;
        }
        let asked = match outcome {
            Ok(response) if may_pass(response.status) => retry_after(&response.headers),
            Err(Error::Transport(_) | Error::Timeout(_)) => None,
            Ok(_) | Err(_) => return None,
        };
        let wait = asked.unwrap_or_else(|| self.backoff(attempt));
        (wait <= self.longest).then_some(wait)
    }

    fn backoff(&self, attempt: u32) -> Duration {
        let full = self.base.saturating_mul(2_u32.saturating_pow(attempt)).min(self.longest);
        let half = full / 2;
        let chance = u32::try_from(random() % 1001).unwrap_or(0);
        half + (half / 1000).saturating_mul(chance)
    }
}

/// Too many requests, or a server that is not there at the moment.
fn may_pass(status: StatusCode) -> bool {
    matches!(status.as_u16(), 429 | 502 | 503 | 504)
}

/// `Retry-After` in seconds or as a date.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if text.bytes().all(|it| it.is_ascii_digit()) && !text.is_empty() {
        // More than a number holds is longer than anybody waits.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(now()?).unwrap_or_default())
}
