//! A request that has found its operation.

use std::sync::Arc;

use axum::body::Body;
use bytes::Bytes;
use futures_util::TryStreamExt;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::request::Parts;

use super::parts::parts;
use super::{Gate, Input, Options, Refusal};
use crate::support::http::{ByteStream, Codec, Content, MediaType, Operation, Raw, RequestBody, StreamError};
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

    /// Reads the body, if the operation has one, as far as it must be read before the handler runs.
    ///
    /// # Errors
    /// 413 beyond the limit, 415 for a media type that the operation does not take, and what the application asks.
    pub async fn input(self) -> Result<Input, Refusal> {
        let Self { head, body } = self;
        if let Some(on_call) = &head.options.on_call {
            on_call(head.operation, &head.parts)?;
        }
        let Some(expected) = &head.operation.body else { return Ok(Input::new(head, None)) };
        let unsupported = || Refusal::UnsupportedMediaType { accept: accepted(expected) };
        let media_type = MediaType::of(&head.parts.headers);
        let position = media_type.as_ref().and_then(|it| Content::find(expected.content, it));
        let codec = position.map(|it| expected.content[it].codec);
        let encoded = head.parts.headers.get(CONTENT_ENCODING).is_some_and(|it| it != "identity");
        let body = ByteStream::new(body.into_data_stream().map_err(Into::into));
        if let (Some(position), Some(true), false) = (position, codec.map(Codec::is_streamed), encoded) {
            return Ok(Input::new(head, Some((position, Raw::Stream(body)))));
        }
        let body = read(&head, body).await?;
        // A form without fields has no text, either.
        if body.is_empty() && !matches!(codec, Some(Codec::Form(_))) {
            return Ok(Input::new(head, None));
        }
        let (Some(position), Some(media_type), false) = (position, media_type, encoded) else {
            return Err(unsupported());
        };
        let raw = match codec {
            Some(Codec::Multipart(_)) => Raw::Parts(parts(&media_type, body, head.options.part_limit).await?),
            _ => Raw::Whole(body),
        };
        Ok(Input::new(head, Some((position, raw))))
    }
}

async fn read(head: &Head, body: ByteStream) -> Result<Bytes, Refusal> {
    let limit = head.options.body_limit;
    let announced = head.parts.headers.get(CONTENT_LENGTH).and_then(|it| it.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|it| it > limit) {
        return Err(Refusal::PayloadTooLarge);
    }
    body.bytes(limit).await.map_err(|error| match error {
        StreamError::TooLarge { .. } => Refusal::PayloadTooLarge,
        StreamError::Interrupted(_) => Refusal::Interrupted,
    })
}

fn accepted(body: &RequestBody) -> String {
    body.content.iter().map(|it| it.media_type).collect::<Vec<_>>().join(", ")
}
