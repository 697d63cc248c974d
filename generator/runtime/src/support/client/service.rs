//! Requests to a service in the same process, such as the router of the server side: for tests, and for mounting one
//! API inside another without a socket.

use bytes::Bytes;
use futures_util::TryStreamExt;
use http_body_util::BodyExt;
use tower::{Service, ServiceExt};

use super::{BoxError, BoxFuture, MaybeSend, MaybeSync, Request, Response, Transport};
use crate::support::http::ByteStream;

/// Sends requests to a tower service.
#[derive(Debug)]
pub struct ServiceTransport<S, B> {
    service: S,
    /// Makes the body that the service takes.
    body: fn(ByteStream) -> B,
}

impl<S, B> ServiceTransport<S, B> {
    /// A transport to a service and the body that it takes: `ServiceTransport::new(router, axum::body::Body::from)`.
    pub fn new(service: S, body: fn(ByteStream) -> B) -> Self {
        Self { service, body }
    }
}

/// By hand: bodies such as axum's cannot be cloned, and need not be.
impl<S: Clone, B> Clone for ServiceTransport<S, B> {
    fn clone(&self) -> Self {
        Self { service: self.service.clone(), body: self.body }
    }
}

impl<S, B, R> Transport for ServiceTransport<S, B>
where
    S: Service<http::Request<B>, Response = http::Response<R>> + Clone + MaybeSend + MaybeSync,
    S::Future: MaybeSend,
    S::Error: Into<BoxError> + MaybeSend,
    B: MaybeSend + 'static,
    R: BodyExt<Data = Bytes> + MaybeSend + 'static,
    R::Error: Into<BoxError>,
{
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, BoxError>> {
        let response = self.service.clone().oneshot(request.map(self.body));
        Box::pin(async move {
            let response = response.await.map_err(Into::into)?;
            Ok(response.map(|body| ByteStream::new(body.into_data_stream().map_err(Into::into))))
        })
    }
}
