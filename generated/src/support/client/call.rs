//! One call of an operation while it is put together.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::credential::Placed;
use super::{Core, Credential, Error, Request};
use crate::support::http::{JSON, Operation, RawResponse, TypedResponse, header_value};
use crate::support::params::{self, Captures, EncodeError, Location, Parameter};
use crate::support::{Direction, Json, Model, Violation, Violations, json};

/// One call of an operation while it is put together. What is wrong comes out when it is sent, all at once.
#[derive(Debug)]
pub struct Call<'a> {
    core: &'a Core,
    operation: &'static Operation,
    path: Captures,
    query: Vec<String>,
    headers: HeaderMap,
    cookies: Vec<String>,
    body: Bytes,
    violations: Violations,
    fault: Option<Error>,
}

impl<'a> Call<'a> {
    pub(super) fn new(core: &'a Core, operation: &'static Operation) -> Self {
        let mut headers = core.config().headers.clone();
        let produces = operation.produces().join(", ");
        if !produces.is_empty() {
            headers.insert(ACCEPT, header_value(&produces));
        }
        Self {
            core,
            operation,
            path: Captures::new(),
            query: Vec::new(),
            headers,
            cookies: Vec::new(),
            body: Bytes::new(),
            violations: Violations::default(),
            fault: None,
        }
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

    /// Adds a JSON body whose type is a model.
    #[must_use]
    pub fn json<T: Model>(mut self, body: &T) -> Self {
        match body.validate(Direction::Request) {
            Ok(()) => self.body = json::to_vec(body).into(),
            Err(violations) => self.violations.merge(violations.prefixed("/body")),
        }
        self.body_media_type(None);
        self
    }

    /// Adds a JSON body, where there is one.
    #[must_use]
    pub fn optional_json<T: Model>(self, body: Option<&T>) -> Self {
        match body {
            Some(body) => self.json(body),
            None => self,
        }
    }

    /// Adds a JSON body of any type; its schema is the one that the operation documents.
    #[must_use]
    pub fn json_value<T: Json>(mut self, body: &T) -> Self {
        let value = json::to_value(body);
        let content = self.operation.body.as_ref().and_then(|it| it.content.first());
        if let Some(schema) = content.and_then(|it| it.schema) {
            let found = self.operation.schemas.check(schema, &value, Direction::Request);
            self.violations.merge(found.prefixed("/body"));
        }
        self.body = value.to_string().into();
        self.body_media_type(None);
        self
    }

    /// Adds a body as it is.
    #[must_use]
    pub fn bytes(mut self, media_type: &str, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self.body_media_type(Some(media_type));
        self
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

    /// Sends the call.
    ///
    /// # Errors
    /// Everything that kept the request from being sent, and a documented response from coming back.
    pub async fn send<R: TypedResponse>(self) -> Result<R, Error> {
        Ok(R::decode(self.send_raw().await?)?)
    }

    /// Sends the call, and leaves the response as it came.
    ///
    /// # Errors
    /// Everything that kept the request from being sent, and the response from coming back.
    pub async fn send_raw(self) -> Result<RawResponse, Error> {
        let core = self.core;
        core.send(self.request()?).await
    }

    fn request(mut self) -> Result<Request, Error> {
        if self.operation.body.as_ref().is_some_and(|it| it.required) && !self.headers.contains_key(CONTENT_TYPE) {
            self.violations.push(Violation::new("/body", "required", "is missing"));
        }
        if !self.violations.is_empty() {
            return Err(Error::InvalidRequest(self.violations));
        }
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let texts: Vec<_> = self.path.into_iter().collect();
        let mut url = format!("{}{}", self.core.base(), params::expand(self.operation.path, &texts)?);
        if !self.query.is_empty() {
            url.push('?');
            url.push_str(&self.query.join("&"));
        }
        if !self.cookies.is_empty() {
            let mut cookies = header_value(&self.cookies.join("; "));
            cookies.set_sensitive(true);
            self.headers.insert(COOKIE, cookies);
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

    /// The media type of the body: the given one, else the first that the operation documents.
    fn body_media_type(&mut self, media_type: Option<&str>) {
        let documented = self.operation.body.as_ref().and_then(|it| it.content.first()).map(|it| it.media_type);
        // A range such as `*/*` says what may be sent, not what is.
        let media_type = media_type.or(documented.filter(|it| !it.contains('*'))).unwrap_or(JSON);
        self.headers.insert(CONTENT_TYPE, header_value(media_type));
    }

    fn fail(&mut self, error: EncodeError) {
        self.fault.get_or_insert(error.into());
    }
}
