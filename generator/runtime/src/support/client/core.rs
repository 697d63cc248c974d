//! What every generated client holds: settings, and the way of a request.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{Either, select};
use futures_util::pin_mut;
use http::{HeaderMap, StatusCode};
use tracing::{Instrument, Span, field};

use super::middleware::Next;
use super::retry::Repeats;
use super::target::base;
use super::{Call, Config, Error, Request, Sign};
use crate::support::http::{Content, Operation, RawResponse, TypedRequest};

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
        let base = base(&config.base_url)?;
        Ok(Self { config: Arc::new(config), base })
    }

    /// A core that goes to a URL of its own in each call.
    pub fn without_base(config: Config) -> Self {
        Self { config: Arc::new(config), base: String::new() }
    }

    /// Starts the delivery of a webhook.
    pub fn deliver<R: TypedRequest>(&self, request: &R, url: &str, sign: Option<&Sign>) -> Call<'_> {
        Call::delivery(self, R::OPERATION, url, sign.cloned()).saying(request)
    }

    /// Starts a call of an operation.
    pub fn call<R: TypedRequest>(&self, request: &R) -> Call<'_> {
        Call::new(self, R::OPERATION).saying(request)
    }

    pub(super) fn base(&self) -> &str {
        &self.base
    }

    pub(super) fn config(&self) -> &Config {
        &self.config
    }

    /// Sends a request, again where that may help and its body is in memory.
    pub(super) async fn send(
        &self,
        operation: &Operation,
        request: Request,
        repeats: Repeats,
        timeout: Duration,
    ) -> Result<RawResponse, Error> {
        // Neither the URL nor any header: both may hold secrets.
        let span = tracing::info_span!(
            "call",
            otel.kind = "client",
            operation = operation.id,
            method = operation.method,
            route = operation.path,
            status = field::Empty,
        );
        self.attempts(operation, request, repeats, timeout).instrument(span).await
    }

    async fn attempts(
        &self,
        operation: &Operation,
        request: Request,
        repeats: Repeats,
        timeout: Duration,
    ) -> Result<RawResponse, Error> {
        let repeatable = request.body().len().is_some();
        let mut attempt = 0;
        loop {
            let outcome = self.attempt(operation, request.clone(), timeout).await;
            trace(&outcome, attempt);
            let wait = self.config.retry.wait(repeats, attempt, &outcome).filter(|_| repeatable);
            let Some(wait) = wait else { return outcome };
            self.config.transport.sleep(wait).await;
            attempt += 1;
        }
    }

    /// Sends a request once, and reads the response to its end; one that the document has as bytes is passed on as it
    /// comes, so neither time-out nor limit apply to its body.
    async fn attempt(&self, operation: &Operation, request: Request, after: Duration) -> Result<RawResponse, Error> {
        let exchange = async {
            let next = Next::new(&*self.config.transport, &self.config.middleware);
            let (parts, mut body) = next.run(request).await.map_err(Error::Transport)?.into_parts();
            if !is_streamed(operation, parts.status, &parts.headers) {
                body = body.bytes(self.config.response_limit).await.map_err(Error::from_body)?.into();
            }
            Ok(RawResponse { status: parts.status, headers: parts.headers, body })
        };
        let timeout = self.config.transport.sleep(after);
        pin_mut!(exchange);
        match select(exchange, timeout).await {
            Either::Left((outcome, _)) => outcome,
            Either::Right(_) => Err(Error::Timeout(after)),
        }
    }
}

/// Notes in the span of the call how an attempt ended.
fn trace(outcome: &Result<RawResponse, Error>, attempt: u32) {
    match outcome {
        Ok(response) => {
            Span::current().record("status", response.status.as_u16());
            tracing::debug!(attempt, "answered");
        }
        Err(error) => tracing::warn!(attempt, %error, "unanswered"),
    }
}

fn is_streamed(operation: &Operation, status: StatusCode, headers: &HeaderMap) -> bool {
    let Some(documented) = operation.response(status) else { return false };
    let position = Content::of_response(documented.content(), headers);
    position.and_then(|it| documented.content().get(it)).is_some_and(|it| it.codec.is_streamed())
}
