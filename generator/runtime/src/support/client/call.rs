//! One call of an operation while it is put together.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::core::target;
use super::credential::Placed;
use super::outcome::Reader;
use super::retry::Repeats;
use super::{Core, Credential, Error, Leniency, Request, Sending};
use crate::support::http::{
    Accept, ByteStream, Operation, Outgoing, RawResponse, TypedResponse, WriteBody, header_value,
};
use crate::support::params::{self, Captures, EncodeError, Location, Parameter};
use crate::support::{Direction, Json, Violation, Violations, json};

/// What is signed: the headers, which the signature joins, and the body as it is sent.
pub type Sign = Arc<dyn Fn(&mut HeaderMap, &[u8]) + Send + Sync>;

struct Delivery {
    url: String,
    sign: Option<Sign>,
}

/// The URL may be secret.
impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery").field("signed", &self.sign.is_some()).finish_non_exhaustive()
    }
}

/// One call of an operation while it is put together. What is wrong comes out when it is sent, all at once.
#[derive(Debug)]
pub struct Call<'a> {
    core: &'a Core,
    operation: &'static Operation,
    /// Where a webhook goes; an operation goes where the client's base URL and its own path say.
    delivery: Option<Delivery>,
    path: Captures,
    query: Vec<String>,
    headers: HeaderMap,
    cookies: Vec<String>,
    body: ByteStream,
    leniency: Leniency,
    timeout: Duration,
    violations: Violations,
    fault: Option<Error>,
}

impl<'a> Call<'a> {
    pub(super) fn new(core: &'a Core, operation: &'static Operation) -> Self {
        let mut headers = core.config().headers.clone();
        let produces = operation.produces().join(", ");
        if !produces.is_empty() {
            headers.insert(ACCEPT, header_value(produces));
        }
        Self {
            core,
            operation,
            delivery: None,
            path: Captures::new(),
            query: Vec::new(),
            headers,
            cookies: Vec::new(),
            body: ByteStream::default(),
            leniency: core.config().leniency,
            timeout: core.config().timeout,
            violations: Violations::default(),
            fault: None,
        }
    }

    pub(super) fn delivery(core: &'a Core, operation: &'static Operation, url: &str, sign: Option<Sign>) -> Self {
        Self { delivery: Some(Delivery { url: url.to_owned(), sign }), ..Self::new(core, operation) }
    }

    /// Adds a parameter.
    #[must_use]
    pub fn parameter<T: Json>(mut self, parameter: &'static Parameter, value: &T) -> Self {
        let value = json::to_value(value);
        let found = self.operation.schemas.check(parameter.schema, &value, Direction::Request);
        self.violations.merge(found.prefixed(&parameter.pointer()));
        match params::encode(parameter, &value) {
            Ok(Some(text)) => self.place(parameter, text),
            Ok(None) if parameter.required => self.violations.push(parameter.violation("required", "is missing")),
            Ok(None) => {}
            Err(error) => self.fail(error),
        }
        self
    }

    /// Adds a parameter, where there is a value for it.
    #[must_use]
    pub fn optional_parameter<T: Json>(self, parameter: &'static Parameter, value: Option<&T>) -> Self {
        match value {
            Some(value) => self.parameter(parameter, value),
            None => self,
        }
    }

    /// Says which media types the response may have, where that is not any.
    #[must_use]
    pub fn accept(mut self, accept: &Accept) -> Self {
        if !accept.headers().is_empty() {
            self.headers.remove(ACCEPT);
            self.headers.extend(accept.headers().clone());
        }
        self
    }

    /// Adds the body.
    #[must_use]
    pub fn body<T: WriteBody>(mut self, body: &T) -> Self {
        let content = self.operation.body.as_ref().map_or(&[][..], |it| it.content);
        let mut out = Outgoing::checked(content, self.operation.schemas);
        body.write(&mut out);
        self.violations.merge(std::mem::take(&mut out.violations).prefixed("/body"));
        match out.finish() {
            Ok((media_type, body)) => {
                self.headers.insert(CONTENT_TYPE, header_value(media_type));
                self.body = body;
            }
            Err(error) => self.fail(error),
        }
        self
    }

    /// Adds the body, where there is one.
    #[must_use]
    pub fn optional_body<T: WriteBody>(self, body: Option<&T>) -> Self {
        match body {
            Some(body) => self.body(body),
            None => self,
        }
    }

    /// Shows the credentials of the first security requirement that has them all; an empty one is anonymous access,
    /// which is the last resort.
    #[must_use]
    pub fn authorize(mut self, requirements: &[&[&Option<Credential>]]) -> Self {
        let complete =
            |it: &&&[&Option<Credential>]| !it.is_empty() && it.iter().all(|credential| credential.is_some());
        match requirements.iter().find(complete) {
            Some(requirement) => {
                for credential in requirement.iter().copied().flatten() {
                    self.show(credential);
                }
            }
            None if requirements.iter().any(|it| it.is_empty()) => {}
            None => {
                let missing = Error::MissingCredentials { operation: self.operation.id };
                self.fault.get_or_insert(missing);
            }
        }
        self
    }

    /// The call, to be awaited.
    pub fn sending<R: TypedResponse>(self) -> Sending<'a, R> {
        Sending::new(self)
    }

    pub(super) fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Sends the call.
    ///
    /// # Errors
    /// Everything that kept the request from being sent, and a documented response from coming back.
    pub async fn send<R: TypedResponse>(self) -> Result<R, Error> {
        let reader = self.reader();
        Ok(reader.read(self.send_raw().await?)?)
    }

    pub(super) fn reader(&self) -> Reader {
        Reader { operation: self.operation, leniency: self.leniency, observer: self.core.config().observer.clone() }
    }

    pub(super) fn set(&mut self, leniency: Leniency) {
        self.leniency = leniency;
    }

    pub(super) fn within(&mut self, timeout: Duration) {
        self.timeout = timeout;
    }

    /// A header beside those of the document, in the place of the client's own.
    pub(super) fn header(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.insert(name, value);
    }

    /// Sends the call, and leaves the response as it came.
    ///
    /// # Errors
    /// Everything that kept the request from being sent, and the response from coming back.
    pub async fn send_raw(self) -> Result<RawResponse, Error> {
        let core = self.core;
        let operation = self.operation;
        let repeats = if self.delivery.is_some() { Repeats::Freely } else { Repeats::of(&operation.method) };
        let timeout = self.timeout;
        core.send(operation, self.request()?, repeats, timeout).await
    }

    fn request(mut self) -> Result<Request, Error> {
        let has_body = self.headers.contains_key(CONTENT_TYPE) || self.fault.is_some();
        if self.operation.body.as_ref().is_some_and(|it| it.required) && !has_body {
            self.violations.push(Violation::new("/body", "required", "is missing"));
        }
        if !self.violations.is_empty() {
            return Err(Error::InvalidRequest(self.violations));
        }
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let texts: Vec<_> = self.path.into_iter().collect();
        let mut url = match &self.delivery {
            Some(delivery) => target(&delivery.url).map(|_| delivery.url.clone())?,
            None => format!("{}{}", self.core.base(), params::expand(self.operation.path, &texts)?),
        };
        if !self.query.is_empty() {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(&self.query.join("&"));
        }
        if !self.cookies.is_empty() {
            let mut cookies = header_value(self.cookies.join("; "));
            cookies.set_sensitive(true);
            self.headers.insert(COOKIE, cookies);
        }
        if let Some(sign) = self.delivery.and_then(|it| it.sign) {
            let whole =
                self.body.whole().ok_or(EncodeError::about("body", "cannot be signed, since it is a stream"))?;
            sign(&mut self.headers, &whole);
        }
        let mut request = Request::new(self.body);
        *request.method_mut() = self.operation.method.clone();
        *request.uri_mut() = url.parse().map_err(|_| EncodeError::about("request", "has no URL"))?;
        *request.headers_mut() = self.headers;
        Ok(request)
    }

    fn place(&mut self, parameter: &'static Parameter, text: String) {
        match parameter.location {
            Location::Path => self.path.push((parameter.name, text)),
            Location::Query => self.query.push(text),
            Location::Cookie => self.cookies.push(text),
            Location::Header => {
                let name = HeaderName::from_bytes(parameter.name.as_bytes()).ok();
                match name.zip(HeaderValue::from_str(&text).ok()) {
                    Some((name, value)) => drop(self.headers.insert(name, value)),
                    None => self.fail(EncodeError::new(parameter, "cannot be a header")),
                }
            }
        }
    }

    fn show(&mut self, credential: &Credential) {
        match credential.placed() {
            Ok(Placed::Header(name, value)) => drop(self.headers.insert(name, value)),
            Ok(Placed::Query(pair)) => self.query.push(pair),
            Ok(Placed::Cookie(pair)) => self.cookies.push(pair),
            Err(error) => self.fail(error),
        }
    }

    fn fail(&mut self, error: EncodeError) {
        self.fault.get_or_insert(error.into());
    }
}
