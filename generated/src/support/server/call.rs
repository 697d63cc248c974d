//! A request that has found its operation.

use std::sync::Arc;

use axum::body::Body;
use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::request::Parts;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::{Gate, Input, Options, Refusal};
use crate::support::http::{MediaType, Operation, RequestBody};
use crate::support::params::{Captures, RawRequest};

/// A request that has found its operation; its body is still on the wire.
#[derive(Debug)]
pub struct Call {
    pub(super) head: Arc<Head>,
    body: Body,
}

/// All of a request but its body.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) operation: &'static Operation,
    pub(super) parts: Parts,
    pub(super) captures: Captures,
    pub(super) options: Arc<Options>,
}

impl Head {
    pub(super) fn raw(&self) -> RawRequest<'_> {
        let query = self.parts.uri.query().unwrap_or_default();
        RawRequest { path: &self.captures, query, headers: &self.parts.headers }
    }
}

impl Call {
    pub(super) fn new(head: Head, body: Body) -> Self {
        Self { head: Arc::new(head), body }
    }

    /// The operation.
    pub fn operation(&self) -> &'static Operation {
        self.head.operation
    }

    /// Method, URI, headers and extensions.
    pub fn parts(&self) -> &Parts {
        &self.head.parts
    }

    /// Where credentials turn into a principal.
    pub fn gate<P>(&self) -> Gate<P> {
        Gate::new(self.head.clone())
    }

    /// Reads the body, if the operation has one.
    ///
    /// # Errors
    /// 413 beyond the limit, 415 for a media type that the operation does not take.
    pub async fn input(self) -> Result<Input, Refusal> {
        let Self { head, body } = self;
        let Some(expected) = &head.operation.body else { return Ok(Input::new(head, None, Bytes::new())) };
        let body = read(&head, body).await?;
        if body.is_empty() {
            return Ok(Input::new(head, None, body));
        }
        let media_type = MediaType::of(&head.parts.headers);
        let content =
            media_type.and_then(|it| expected.content.iter().position(|content| it.is_in(content.media_type)));
        let encoded = head.parts.headers.get(CONTENT_ENCODING).is_some_and(|it| it != "identity");
        if content.is_none() || encoded {
            return Err(Refusal::UnsupportedMediaType { accept: accepted(expected) });
        }
        Ok(Input::new(head, content, body))
    }
}

async fn read(head: &Head, body: Body) -> Result<Bytes, Refusal> {
    let limit = head.options.body_limit;
    let announced = head.parts.headers.get(CONTENT_LENGTH).and_then(|it| it.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|it| it > limit) {
        return Err(Refusal::PayloadTooLarge);
    }
    match Limited::new(body, limit).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Refusal::PayloadTooLarge),
        Err(_) => Err(Refusal::Interrupted),
    }
}

fn accepted(body: &RequestBody) -> String {
    body.content.iter().map(|it| it.media_type).collect::<Vec<_>>().join(", ")
}
