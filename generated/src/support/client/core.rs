//! What every generated client holds: settings, and the way of a request.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use futures_util::future::{Either, select};
use futures_util::{StreamExt, pin_mut};
use http::Uri;
use http::header::CONTENT_LENGTH;

use super::middleware::Next;
use super::{BodyStream, Call, Config, Error, Request};
use crate::support::http::{Operation, RawResponse};

/// Settings and transport of a client; cheap to clone.
#[derive(Debug, Clone)]
pub struct Core {
    config: Arc<Config>,
    /// The base URL without a slash at its end.
    base: String,
}

impl Core {
    /// A core with these settings.
    ///
    /// # Errors
    /// Where the base URL is none.
    pub fn new(config: Config) -> Result<Self, Error> {
        let uri: Uri = config.base_url.parse().map_err(|_| Error::BaseUrl("is not a URL"))?;
        let authority = uri.authority().ok_or(Error::BaseUrl("has no host"))?;
        if !matches!(uri.scheme_str(), Some("http" | "https")) {
            return Err(Error::BaseUrl("is neither http nor https"));
        }
        if authority.as_str().contains('@') {
            return Err(Error::BaseUrl("holds credentials, which belong to a security scheme"));
        }
        if uri.query().is_some() || config.base_url.contains('#') {
            return Err(Error::BaseUrl("has a query or a fragment"));
        }
        let base = config.base_url.trim_end_matches('/').to_owned();
        Ok(Self { config: Arc::new(config), base })
    }

    /// Starts a call of an operation.
    pub fn call(&self, operation: &'static Operation) -> Call<'_> {
        Call::new(self, operation)
    }

    pub(super) fn base(&self) -> &str {
        &self.base
    }

    pub(super) fn config(&self) -> &Config {
        &self.config
    }

    /// Sends a request, again where that may help.
    pub(super) async fn send(&self, request: Request) -> Result<RawResponse, Error> {
        let mut attempt = 0;
        loop {
            let outcome = self.attempt(request.clone()).await;
            let Some(wait) = self.config.retry.wait(request.method(), attempt, &outcome) else { return outcome };
            self.config.transport.sleep(wait).await;
            attempt += 1;
        }
    }

    /// Sends a request once, and reads the response to its end.
    async fn attempt(&self, request: Request) -> Result<RawResponse, Error> {
        let exchange = async {
            let next = Next::new(&*self.config.transport, &self.config.middleware);
            let (parts, body) = next.run(request).await.map_err(Error::Transport)?.into_parts();
            let announced = parts.headers.get(CONTENT_LENGTH).and_then(|it| it.to_str().ok()?.parse().ok());
            let body = self.read(body, announced.unwrap_or(0)).await?;
            Ok(RawResponse { status: parts.status, headers: parts.headers, body })
        };
        let timeout = self.config.transport.sleep(self.config.timeout);
        pin_mut!(exchange);
        match select(exchange, timeout).await {
            Either::Left((outcome, _)) => outcome,
            Either::Right(_) => Err(Error::Timeout(self.config.timeout)),
        }
    }

    async fn read(&self, mut body: BodyStream, announced: usize) -> Result<Bytes, Error> {
        let limit = self.config.response_limit;
        let mut bytes = BytesMut::with_capacity(announced.min(limit).min(64 * 1024));
        while let Some(chunk) = body.next().await {
            let chunk = chunk.map_err(Error::Transport)?;
            if chunk.len() > limit - bytes.len() {
                return Err(Error::TooLarge { limit });
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes.freeze())
    }
}
