//! What carries a request to a server and its response back.

use std::time::Duration;

use super::host::sleep;
use crate::support::http::ByteStream;
pub use crate::support::http::{BoxError, BoxFuture, MaybeSend, MaybeSync};

/// A request. A body in memory can be sent again.
pub type Request = http::Request<ByteStream>;

/// A response whose body is still to come.
pub type Response = http::Response<ByteStream>;

/// Sends requests. It does not follow redirects, and its errors show no URL: one may hold an API key.
pub trait Transport: MaybeSend + MaybeSync {
    /// Sends a request and waits for the head of its response.
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, BoxError>>;

    /// Waits, for time-outs and between attempts: with tokio's timer, or in a browser, where the feature `browser` is on,
    /// with that of the browser.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        sleep(duration)
    }
}
