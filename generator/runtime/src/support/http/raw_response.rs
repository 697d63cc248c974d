//! A response before it is typed, or one that the document does not know.

use std::fmt;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::{ByteStream, MediaType, repeated};
use crate::support::params::{self, EncodeError, Parameter};
use crate::support::{Json, Violations, json};

/// Status, headers and body, with nothing interpreted.
#[derive(Clone, PartialEq)]
pub struct RawResponse {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: ByteStream,
}

/// A body may hold secrets, so only its length shows.
impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let media_type = MediaType::from_headers(&self.headers).map(|it| it.to_string());
        f.debug_struct("RawResponse")
            .field("status", &self.status)
            .field("media_type", &media_type)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// Writing: what the `encode` of a typed response is made of.
impl RawResponse {
    /// A response without a body.
    pub fn empty(status: u16) -> Self {
        // A documented status is between 100 and 599.
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, headers: HeaderMap::new(), body: ByteStream::default() }
    }

    /// A response with a body as it is.
    pub fn bytes(status: u16, media_type: &'static str, body: impl Into<ByteStream>) -> Self {
        let mut response = Self::empty(status);
        response.put(media_type, body);
        response
    }

    /// Gives the response a body.
    pub(crate) fn put(&mut self, media_type: impl Into<Bytes>, body: impl Into<ByteStream>) {
        self.headers.insert(CONTENT_TYPE, super::header_value(media_type));
        self.body = body.into();
    }

    /// A response with a JSON body.
    pub fn json<T: Json>(status: u16, media_type: &'static str, body: &T) -> Self {
        Self::bytes(status, media_type, json::to_vec(body))
    }

    /// The same response with a header, in the place of one that it has.
    ///
    /// # Errors
    /// Where a header cannot carry the value.
    pub fn with_header<T: Json>(mut self, parameter: &Parameter, value: &T) -> Result<Self, EncodeError> {
        self.put_header(parameter, value)?;
        Ok(self)
    }

    /// Gives the response a header, in the place of one that it has.
    pub(crate) fn put_header<T: Json>(&mut self, parameter: &Parameter, value: &T) -> Result<(), EncodeError> {
        let value = json::to_value(value);
        let several = repeated::values(parameter, &value).map(Ok);
        let lines = several.unwrap_or_else(|| Ok(params::encode(parameter, &value)?.into_iter().collect()))?;
        let fault = |reason| EncodeError::new(parameter, reason);
        let name = HeaderName::from_bytes(parameter.name.as_bytes()).map_err(|_| fault("is no header name"))?;
        let mut rest = lines
            .iter()
            .map(|line| HeaderValue::from_str(line).map_err(|_| fault("holds a character that no header can carry")));
        if let Some(first) = rest.next() {
            self.headers.insert(&name, first?);
        }
        for line in rest {
            self.headers.append(&name, line?);
        }
        Ok(())
    }
}

impl RawResponse {
    /// The body, where it is in memory, as are those that the document does not know.
    pub fn whole(&self) -> Bytes {
        self.body.whole().unwrap_or_default()
    }
}

/// A response that is not as the document says.
#[derive(Debug, Clone, PartialEq)]
pub struct DecodeError {
    /// Its status.
    pub status: StatusCode,
    /// What is wrong, at `/header` and `/body`.
    pub violations: Violations,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {} response is not as documented: {}", self.status.as_u16(), self.violations.summary())
    }
}

impl std::error::Error for DecodeError {}
