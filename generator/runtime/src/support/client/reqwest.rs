//! Requests over the network.

use std::error::Error;
#[cfg(not(target_arch = "wasm32"))]
use std::future::{Ready, ready};
use std::sync::Arc;

use http::header::CONTENT_LENGTH;
use http::request::Parts;
use http::{HeaderValue, Method};

#[cfg(any(feature = "rustls-ring", feature = "rustls-graviola"))]
use super::tls;
use super::{BoxError, BoxFuture, Request, Response, Transport};
use crate::support::http::ByteStream;

/// Sends requests with `reqwest`.
#[derive(Debug, Clone)]
pub struct ReqwestTransport(Result<reqwest::Client, Arc<dyn Error + Send + Sync>>);

impl ReqwestTransport {
    /// A transport over the application's own `reqwest` client, which should not follow redirects:
    /// `Authorization` is dropped on the way to another host, an API key is not.
    pub fn new(client: reqwest::Client) -> Self {
        Self(Ok(client))
    }
}

impl Default for ReqwestTransport {
    /// A client that follows no redirects. TLS is that of the features: without one, `https` is refused.
    fn default() -> Self {
        // Building fails where TLS cannot start; every request then says so.
        Self(client().map_err(Arc::from))
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, BoxError>> {
        Box::pin(async move {
            let client = self.0.as_ref().map_err(Arc::clone)?;
            let (mut parts, body) = request.into_parts();
            announce(&mut parts, &body);
            let request = http::Request::from_parts(parts, sent(body).await?);
            let request = reqwest::Request::try_from(request).map_err(without_url)?;
            let mut response = client.execute(request).await.map_err(without_url)?;
            let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
            let mut response = Response::new(received(response).await?);
            *response.status_mut() = status;
            *response.headers_mut() = headers;
            Ok(response)
        })
    }
}

fn client() -> Result<reqwest::Client, BoxError> {
    let builder = reqwest::Client::builder();
    #[cfg(not(target_arch = "wasm32"))]
    let builder = builder.redirect(reqwest::redirect::Policy::none());
    #[cfg(any(feature = "rustls-ring", feature = "rustls-graviola"))]
    let builder = builder.tls_backend_preconfigured(tls::config()?);
    Ok(builder.build()?)
}

/// Where a method wants a body, that it has no bytes must be said: many servers answer 411 else.
fn announce(head: &mut Parts, body: &ByteStream) {
    let wants_body = matches!(head.method, Method::POST | Method::PUT | Method::PATCH);
    if wants_body && body.len() == Some(0) {
        head.headers.entry(CONTENT_LENGTH).or_insert(HeaderValue::from_static("0"));
    }
}

/// A body in memory is sent with its length.
#[cfg(not(target_arch = "wasm32"))]
fn sent(body: ByteStream) -> Ready<Result<reqwest::Body, BoxError>> {
    ready(Ok(match body.whole() {
        Some(bytes) => bytes.into(),
        None => reqwest::Body::wrap(body),
    }))
}

/// A response is passed on as it comes.
#[cfg(not(target_arch = "wasm32"))]
fn received(response: reqwest::Response) -> Ready<Result<ByteStream, BoxError>> {
    let chunks = futures_util::stream::try_unfold(response, |mut response| async move {
        let chunk = response.chunk().await.map_err(without_url)?;
        Ok::<_, BoxError>(chunk.map(|chunk| (chunk, response)))
    });
    ready(Ok(ByteStream::new(chunks)))
}

/// A browser sends whole bodies only.
#[cfg(target_arch = "wasm32")]
async fn sent(body: ByteStream) -> Result<reqwest::Body, BoxError> {
    Ok(body.bytes(usize::MAX).await?.into())
}

/// A response in a browser is there when it is whole.
#[cfg(target_arch = "wasm32")]
async fn received(response: reqwest::Response) -> Result<ByteStream, BoxError> {
    Ok(response.bytes().await.map_err(without_url)?.into())
}

/// The URL may hold an API key.
fn without_url(error: reqwest::Error) -> BoxError {
    error.without_url().into()
}
