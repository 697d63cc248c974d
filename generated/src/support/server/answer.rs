//! What goes back to the client.

use std::fmt;

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::{BoxError, Refusal};
use crate::support::http::{Problem, RawResponse, TypedResponse};

/// A response on its way out.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    pub(super) body: Content,
}

/// A body that is there, or one that is still to come.
#[derive(Debug)]
pub(super) enum Content {
    Whole(Bytes),
    Stream(Body),
}

impl Answer {
    /// A response whose body is sent as it comes.
    pub fn stream(status: StatusCode, headers: HeaderMap, body: Body) -> Self {
        Self { status, headers, body: Content::Stream(body) }
    }
}

impl From<RawResponse> for Answer {
    fn from(response: RawResponse) -> Self {
        let RawResponse { status, headers, body } = response;
        Self { status, headers, body: Content::Whole(body) }
    }
}

impl From<Problem> for Answer {
    fn from(problem: Problem) -> Self {
        RawResponse::from(problem).into()
    }
}

/// What becomes of the result of a handler.
///
/// # Errors
/// Where the handler failed, or its response cannot be written.
pub fn answer<R: TypedResponse>(result: Result<R, Failure>) -> Result<Answer, Refusal> {
    Ok(result?.encode()?.into())
}

/// Why a handler has no response: the client gets a 500 without details, the log gets the error.
///
/// Every error converts into it, so `?` works in handlers.
pub struct Failure(pub(super) BoxError);

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<E: Into<BoxError>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}
