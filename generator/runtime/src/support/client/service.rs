//! Transports and services of tower, each as the other.
//!
//! A service is a transport: the router of a server in the same process, for tests and for mounting one API inside
//! another without a socket, or anything with the layers that an application has. And a transport is a service, so that
//! those layers have something to stand on:
//!
//! ```ignore
//! let service = ServiceBuilder::new().layer(layer).service(TransportService::new(ReqwestTransport::default()));
//! let config = Config::with_service("https://example.com", service);
//! ```

use std::sync::Arc;
use std::task::{Context, Poll};

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

/// A transport as a service of tower, for layers to stand on; cheap to clone.
#[derive(Clone)]
pub struct TransportService(Arc<dyn Transport>);

impl TransportService {
    /// The service of a transport.
    pub fn new(transport: impl Transport + 'static) -> Self {
        Self(Arc::new(transport))
    }
}

impl std::fmt::Debug for TransportService {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TransportService(..)")
    }
}

impl Service<Request> for TransportService {
    type Response = Response;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Response, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let transport = self.0.clone();
        Box::pin(async move { transport.send(request).await })
    }
}
