//! The parts of a documented response: how one is put together, and taken apart.

use std::mem;

use http::StatusCode;

use super::{Answer, DecodeError, Documented, Operation, RawResponse, ReadBody, Statuses, WriteBody};
use crate::support::params::{EncodeError, Parameter};
use crate::support::{Json, Model, json};

/// A response while it is put together.
#[derive(Debug)]
pub struct ResponseWriter {
    documented: &'static Documented,
    response: RawResponse,
}

impl ResponseWriter {
    /// A response without headers and body.
    pub fn new(operation: &'static Operation, statuses: Statuses) -> Self {
        let status = if let Statuses::Exactly(status) = statuses { status } else { 200 };
        Self { documented: operation.documented(statuses), response: RawResponse::empty(status) }
    }

    /// Gives it a status, where the document leaves that open.
    ///
    /// # Errors
    /// Where the status is not in the range that the document has: it would say something else.
    pub fn status(&mut self, status: StatusCode) -> Result<(), EncodeError> {
        if matches!(self.documented.statuses, Statuses::Class(class) if status.as_u16() / 100 != class) {
            return Err(EncodeError::about("response", "has a status that is not in the range of its document"));
        }
        self.response.status = status;
        Ok(())
    }

    /// Gives it a body, where all its media types are JSON.
    ///
    /// # Errors
    /// None: the signature is that of [`ResponseWriter::any`], so that one macro serves both.
    pub fn json<T: Json>(&mut self, body: &T) -> Result<(), EncodeError> {
        self.response.put(self.documented.usual_json(), json::to_vec(body));
        Ok(())
    }

    /// Gives it a body in the media type that it has.
    ///
    /// # Errors
    /// Where a value has no form in the media type.
    pub fn any<T: WriteBody>(&mut self, body: &T) -> Result<(), EncodeError> {
        let (media_type, body) = self.documented.write(body)?;
        self.response.put(media_type, body);
        Ok(())
    }

    /// Makes it a response as it is, where the document leaves its status and its body open.
    ///
    /// # Errors
    /// Where its status is not in the range that the document has.
    pub fn raw(&mut self, response: &RawResponse) -> Result<(), EncodeError> {
        self.status(response.status)?;
        self.response = response.clone();
        Ok(())
    }

    /// Gives it a header.
    ///
    /// # Errors
    /// Where a header cannot carry the value.
    pub fn required<T: Json>(&mut self, parameter: &Parameter, value: &T) -> Result<(), EncodeError> {
        self.response.put_header(parameter, value)
    }

    /// Gives it a header, where there is a value for it.
    ///
    /// # Errors
    /// Where a header cannot carry the value.
    pub fn optional<T: Json>(&mut self, parameter: &Parameter, value: &Option<T>) -> Result<(), EncodeError> {
        value.as_ref().map_or(Ok(()), |value| self.required(parameter, value))
    }

    /// The whole.
    pub fn finish(&mut self) -> RawResponse {
        mem::replace(&mut self.response, RawResponse::empty(200))
    }
}

/// A response while it is taken apart.
pub struct ResponseReader {
    operation: &'static Operation,
    response: Answer,
}

impl ResponseReader {
    /// Takes a response of an operation.
    pub fn new(operation: &'static Operation, response: Answer) -> Self {
        Self { operation, response }
    }

    /// Its status.
    pub fn status(&self) -> StatusCode {
        self.response.status
    }

    /// The response as it came.
    pub fn into_raw(self) -> RawResponse {
        self.response.into_raw()
    }

    /// A response without a body.
    ///
    /// # Errors
    /// None: the signature is that of the other ways to read one, so that one macro serves all.
    pub fn empty<T>(&self, response: T) -> Result<T, DecodeError> {
        Ok(response)
    }

    /// The body, where all its media types are JSON.
    ///
    /// # Errors
    /// Where the body is not JSON, or not as the schema wants it.
    pub fn json<T: Model>(&self) -> Result<T, DecodeError> {
        self.response.read_json()
    }

    /// The body in the media type that it has, which must be one of the document's.
    ///
    /// # Errors
    /// Where it is not, or the body is not as its schema wants it.
    pub fn any<T: ReadBody>(&self) -> Result<T, DecodeError> {
        let Self { operation, response } = self;
        let documented = operation.response(response.status);
        response.read(operation.schemas, documented.unwrap_or_else(|| operation.documented(Statuses::Default)))
    }

    /// The whole response as it came, where the document leaves its status and its body open.
    ///
    /// # Errors
    /// None: the signature is that of [`ResponseReader::any`], so that one macro serves both.
    pub fn raw(&self) -> Result<RawResponse, DecodeError> {
        Ok(RawResponse::clone(&self.response))
    }

    /// A header that is always there.
    ///
    /// # Errors
    /// Where it is missing, or not as its schema wants it.
    pub fn required<T: Json>(&self, parameter: &Parameter) -> Result<T, DecodeError> {
        self.response.read_header(self.operation.schemas, parameter)
    }

    /// A header that may be absent.
    ///
    /// # Errors
    /// Where it is not as its schema wants it.
    pub fn optional<T: Json>(&self, parameter: &Parameter) -> Result<Option<T>, DecodeError> {
        self.response.read_optional_header(self.operation.schemas, parameter)
    }
}
