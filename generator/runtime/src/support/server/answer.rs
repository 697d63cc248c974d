//! What goes back to the client.

use std::fmt;

use axum::body::Body;
use futures_util::TryStreamExt;
use http::{HeaderMap, StatusCode};

use super::{Failure, Refusal};
use crate::support::http::{ByteStream, Problem, RawResponse, TypedResponse};

/// A response on its way out.
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: ByteStream,
}

/// Headers may hold secrets, such as `Set-Cookie`, and so may a body.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (status, body) = (&self.status, &self.body);
        f.debug_struct("Answer").field("status", status).field("body", body).finish_non_exhaustive()
    }
}

impl Answer {
    /// A response whose body is sent as it comes.
    pub fn stream(status: StatusCode, headers: HeaderMap, body: Body) -> Self {
        let body = ByteStream::new(body.into_data_stream().map_err(Into::into));
        Self { status, headers, body }
    }
}

impl From<RawResponse> for Answer {
    fn from(response: RawResponse) -> Self {
        let RawResponse { status, headers, body } = response;
        Self { status, headers, body }
    }
}

impl From<Problem> for Answer {
    fn from(problem: Problem) -> Self {
        RawResponse::from(problem).into()
    }
}

/// Takes a body on: of a client in the same process, or of an answer.
impl From<ByteStream> for Body {
    fn from(body: ByteStream) -> Self {
        body.into_whole().map_or_else(Self::new, Self::from)
    }
}

/// What becomes of a call.
pub type Outcome = Result<Answer, Refusal>;

/// What becomes of the result of a handler.
///
/// # Errors
/// Where the handler failed, or its response cannot be written.
pub fn answer<R: TypedResponse>(result: Result<R, Failure>) -> Outcome {
    encoded(&result?)
}

/// What becomes of the response of a handler; it is borrowed, since it may be large.
///
/// # Errors
/// Where it cannot be written.
pub fn encoded<R: TypedResponse>(response: &R) -> Outcome {
    Ok(response.encode()?.into())
}
