//! A response before it is typed, or one that the document does not know.

use std::fmt;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::{ByteStream, Content, Documented, Incoming, MediaType, Raw, ReadBody};
use crate::support::params::{self, EncodeError, Parameter, RawRequest};
use crate::support::{Direction, Json, Model, Schemas, Violation, Violations, decode_response, decode_value, json};

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
        let media_type = MediaType::of(&self.headers).map(|it| it.to_string());
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
        response.headers.insert(CONTENT_TYPE, super::header_value(media_type));
        response.body = body.into();
        response
    }

    /// A response with a JSON body.
    pub fn json<T: Json>(status: u16, media_type: &'static str, body: &T) -> Self {
        Self::bytes(status, media_type, json::to_vec(body))
    }

    /// The same response with a header.
    ///
    /// # Errors
    /// Where a header cannot carry the value.
    pub fn with_header<T: Json>(mut self, parameter: &Parameter, value: &T) -> Result<Self, EncodeError> {
        if let Some(text) = params::encode(parameter, &json::to_value(value))? {
            let fault = |reason| EncodeError::new(parameter, reason);
            let name = HeaderName::from_bytes(parameter.name.as_bytes()).map_err(|_| fault("is no header name"))?;
            let value =
                HeaderValue::from_str(&text).map_err(|_| fault("holds a character that no header can carry"))?;
            self.headers.append(name, value);
        }
        Ok(self)
    }

    /// The same response with a header, where there is a value for it.
    ///
    /// # Errors
    /// Where a header cannot carry the value.
    pub fn with_optional_header<T: Json>(self, parameter: &Parameter, value: Option<&T>) -> Result<Self, EncodeError> {
        match value {
            Some(value) => self.with_header(parameter, value),
            None => Ok(self),
        }
    }
}

/// Reading: what the `decode` of a typed response is made of.
impl RawResponse {
    /// The JSON body as a model.
    ///
    /// # Errors
    /// Where the body is not JSON, or not as the schema wants it.
    pub fn read_json<T: Model>(&self) -> Result<T, DecodeError> {
        self.expect_json()?;
        decode_response(&self.whole()).map_err(|violations| self.error(violations.prefixed("/body")))
    }

    /// The body in the media type that it has, which must be one of the document's.
    ///
    /// # Errors
    /// Where it is not, or the body is not as its schema wants it.
    pub fn read<T: ReadBody>(&self, schemas: &'static Schemas, documented: &Documented) -> Result<T, DecodeError> {
        let content = documented.content;
        let Some(position) = Content::of_response(content, &self.headers) else {
            return Err(self.violation("/header/Content-Type", "content", "is no documented media type"));
        };
        let raw = self.body.whole().map_or_else(|| Raw::Stream(self.body.clone()), Raw::Whole);
        let content_type = self.headers.get(CONTENT_TYPE).cloned();
        let body = Incoming { schemas, direction: Direction::Response, content, position, content_type, raw };
        T::read(body).map_err(|violations| self.error(violations.prefixed("/body")))
    }

    /// The body, where it is in memory, as are those that the document does not know.
    pub fn whole(&self) -> Bytes {
        self.body.whole().unwrap_or_default()
    }

    /// A header that is always there.
    ///
    /// # Errors
    /// Where it is missing, or not as its schema wants it.
    pub fn read_header<T: Json>(&self, schemas: &Schemas, parameter: &Parameter) -> Result<T, DecodeError> {
        let missing = || self.violation(&parameter.pointer(), "required", "is missing");
        self.read_optional_header(schemas, parameter)?.ok_or_else(missing)
    }

    /// A header that may be absent.
    ///
    /// # Errors
    /// Where it is not as its schema wants it.
    pub fn read_optional_header<T: Json>(
        &self,
        schemas: &Schemas,
        parameter: &Parameter,
    ) -> Result<Option<T>, DecodeError> {
        let headers = RawRequest { path: &[], query: "", headers: &self.headers };
        let value = params::decode(parameter, &headers, &[]).map_err(|violation| self.error(violation.into()))?;
        let Some(value) = value else { return Ok(None) };
        decode_value(schemas, parameter.schema, value, Direction::Response)
            .map(Some)
            .map_err(|violations| self.error(violations.prefixed(&parameter.pointer())))
    }

    fn expect_json(&self) -> Result<(), DecodeError> {
        match MediaType::of(&self.headers) {
            Some(media_type) if !media_type.is_json() => {
                Err(self.violation("/header/Content-Type", "content", "is no JSON media type"))
            }
            // Many servers leave it out; the body then speaks for itself.
            Some(_) | None => Ok(()),
        }
    }

    fn error(&self, violations: Violations) -> DecodeError {
        DecodeError { status: self.status, violations }
    }

    fn violation(&self, pointer: &str, keyword: &'static str, message: &'static str) -> DecodeError {
        self.error(Violation::new(pointer, keyword, message).into())
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
