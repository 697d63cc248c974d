//! What carries a request to a server and its response back.

use std::fmt;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use futures_util::Stream;

/// A request whose body is whole, so that it can be sent again.
pub type Request = http::Request<Bytes>;

/// A response whose body is still to come.
pub type Response = http::Response<BodyStream>;

/// A cause of any kind.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

#[cfg(not(target_arch = "wasm32"))]
mod send {
    /// `Send`, except where there is one thread.
    pub trait MaybeSend: Send {}
    impl<T: Send + ?Sized> MaybeSend for T {}
    /// `Sync`, except where there is one thread.
    pub trait MaybeSync: Sync {}
    impl<T: Sync + ?Sized> MaybeSync for T {}
    /// A future on the heap.
    pub type BoxFuture<'a, T> = futures_util::future::BoxFuture<'a, T>;
    pub(in crate::support::client) type BoxStream<'a, T> = futures_util::stream::BoxStream<'a, T>;
}

#[cfg(target_arch = "wasm32")]
mod send {
    /// `Send`, except where there is one thread.
    pub trait MaybeSend {}
    impl<T: ?Sized> MaybeSend for T {}
    /// `Sync`, except where there is one thread.
    pub trait MaybeSync {}
    impl<T: ?Sized> MaybeSync for T {}
    /// A future on the heap.
    pub type BoxFuture<'a, T> = futures_util::future::LocalBoxFuture<'a, T>;
    pub(in crate::support::client) type BoxStream<'a, T> = futures_util::stream::LocalBoxStream<'a, T>;
}

pub(super) use send::BoxStream;
pub use send::{BoxFuture, MaybeSend, MaybeSync};

/// A body as it comes.
pub struct BodyStream(BoxStream<'static, Result<Bytes, BoxError>>);

impl BodyStream {
    /// A body of a stream.
    pub fn new(stream: impl Stream<Item = Result<Bytes, BoxError>> + MaybeSend + 'static) -> Self {
        Self(Box::pin(stream))
    }
}

impl fmt::Debug for BodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BodyStream(..)")
    }
}

impl Stream for BodyStream {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut std::task::Context<'_>) -> std::task::Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(cx)
    }
}

/// Sends requests. It does not follow redirects, and its errors show no URL: one may hold an API key.
pub trait Transport: MaybeSend + MaybeSync {
    /// Sends a request and waits for the head of its response.
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, BoxError>>;

    /// Waits, for time-outs and between attempts: with tokio's timer, which wasm32 does not have.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}
