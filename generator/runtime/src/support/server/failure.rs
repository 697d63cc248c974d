//! Why a handler has no response, and what becomes of that.

use std::fmt;

use http::{HeaderMap, HeaderName, StatusCode};
use serde_json::Value;
use tracing::Level;

use super::BoxError;
use crate::support::http::{Codec, Content, Operation, RawResponse, header_value};
use crate::support::{Direction, Json, json};

/// Why a handler has no response.
///
/// Every error converts into it, so `?` works in handlers: the client then gets a 500 without details, and the log gets
/// the error. An application with errors of its own says in `Api::failure` what the client gets to hear of each:
///
/// ```
#[doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::support::http::StatusCode;")]
#[doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::support::server::Failure;")]
/// enum Error { NoSuchPet, Database(std::io::Error) }
///
/// fn failure(error: Error) -> Failure {
///     match error {
///         Error::NoSuchPet => Failure::new(StatusCode::NOT_FOUND).with_message("there is no such pet"),
///         Error::Database(error) => error.into(),
///     }
/// }
/// ```
///
/// A status that the operation documents is answered in the form that the document has for it, which
/// [`Failure::with_body`] fills with a model; any other status is answered with a problem (RFC 9457).
///
/// A 5xx is logged as an error, everything else for debugging, unless [`Failure::logged_at`] says otherwise.
pub struct Failure(Box<Inner>);

struct Inner {
    status: StatusCode,
    message: Option<String>,
    body: Option<Value>,
    headers: HeaderMap,
    level: Option<Level>,
    cause: Option<BoxError>,
}

impl Failure {
    /// The failure that a status stands for.
    pub fn new(status: StatusCode) -> Self {
        let level = if status.is_server_error() { Level::ERROR } else { Level::DEBUG };
        Self(Box::new(Inner {
            status,
            message: None,
            body: None,
            headers: HeaderMap::new(),
            level: Some(level),
            cause: None,
        }))
    }

    /// One sentence for the client.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.0.message = Some(message.into());
        self
    }

    /// The body, a model of what the operation documents for the status. Where the operation documents something else,
    /// the log says so, and the client gets the message in the form that is documented.
    #[must_use]
    pub fn with_body<T: Json>(mut self, body: &T) -> Self {
        self.0.body = Some(json::to_value(body));
        self
    }

    /// A header of the answer, such as `Retry-After`.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.0.headers.append(name, header_value(value.into()));
        self
    }

    /// What is behind it: logged, and never shown.
    #[must_use]
    pub fn with_cause(mut self, cause: impl Into<BoxError>) -> Self {
        self.0.cause = Some(cause.into());
        self
    }

    /// The level that it is logged at; `None` logs nothing.
    #[must_use]
    pub fn logged_at(mut self, level: impl Into<Option<Level>>) -> Self {
        self.0.level = level.into();
        self
    }

    /// What is behind it, where that is all there is to it.
    pub(super) fn plain(self) -> Result<BoxError, Self> {
        let Inner { status, message, body, headers, level, cause } = *self.0;
        let is_plain = status == StatusCode::INTERNAL_SERVER_ERROR && level == Some(Level::ERROR);
        match cause {
            Some(cause) if is_plain && message.is_none() && body.is_none() && headers.is_empty() => Ok(cause),
            cause => Err(Self(Box::new(Inner { status, message, body, headers, level, cause }))),
        }
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// What is behind it.
    pub fn cause(&self) -> Option<&(dyn std::error::Error + Send + Sync + 'static)> {
        self.0.cause.as_deref()
    }

    pub(super) fn summary(&self) -> String {
        let usual = || self.0.status.canonical_reason().unwrap_or("the request failed").to_ascii_lowercase();
        self.0.message.clone().filter(|it| !it.is_empty()).unwrap_or_else(usual)
    }

    pub(super) fn headers(&self) -> HeaderMap {
        self.0.headers.clone()
    }

    /// The body of the application, where it is as the document says.
    pub(super) fn body(&self, operation: Option<&'static Operation>) -> Option<RawResponse> {
        let (body, operation) = (self.0.body.as_ref()?, operation?);
        let status = self.0.status;
        let is_json = |it: &&Content| matches!(it.codec, Codec::Json);
        let Some(content) = operation.response(status).and_then(|it| it.content().iter().find(is_json)) else {
            tracing::warn!(status = status.as_u16(), "the body of the failure is not documented");
            return None;
        };
        let found = content.schema.map(|it| operation.schemas.check(it, body, Direction::Response));
        if let Some(violations) = found.filter(|it| !it.is_empty()) {
            tracing::warn!(status = status.as_u16(), %violations, "the body of the failure is not as documented");
            return None;
        }
        let text = serde_json::to_vec(body).ok()?;
        Some(RawResponse::bytes(status.as_u16(), content.concrete(), text))
    }

    pub(super) fn log(&self) {
        let Inner { status, message, level, cause, .. } = &*self.0;
        let (status, message) = (status.as_u16(), message.as_deref());
        let error = cause.as_deref().map(|it| it as &dyn std::error::Error);
        macro_rules! log {
            ($level:ident) => {
                tracing::event!(Level::$level, status, message, error, "the request failed")
            };
        }
        match *level {
            Some(Level::ERROR) => log!(ERROR),
            Some(Level::WARN) => log!(WARN),
            Some(Level::INFO) => log!(INFO),
            Some(Level::DEBUG) => log!(DEBUG),
            Some(_) => log!(TRACE),
            None => {}
        }
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { status, message, cause, .. } = &*self.0;
        f.debug_struct("Failure").field("status", status).field("message", message).field("cause", cause).finish()
    }
}

impl<E: Into<BoxError>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR).with_cause(error)
    }
}
