//! One call of an operation while it is put together.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::credential::Placed;
use super::outcome::Reader;
use super::retry::Repeats;
use super::target::{base, target, url_fault, without};
use super::{BoxError, Core, Credential, Error, Leniency, Request, Sending};
use crate::support::http::{
    Accept, ByteStream, MediaType, Operation, Outgoing, RawResponse, SaidParts, TypedRequest, TypedResponse, WriteBody,
    header_value,
};
use crate::support::params::{self, Captures, EncodeError, Location, Parameter};
use crate::support::{Direction, Json, Secret, Violation, Violations, json};

/// What is signed: the headers, which the signature joins, and the body as it is sent.
pub type Sign = Arc<dyn Fn(&mut HeaderMap, &[u8]) + Send + Sync>;

struct Delivery {
    url: String,
    sign: Option<Sign>,
}

/// One call of an operation while it is put together. What is wrong comes out when it is sent, all at once.
pub struct Call<'a> {
    core: &'a Core,
    pub(super) operation: &'static Operation,
    /// Where a webhook goes; an operation goes where the client's base URL and its own path say.
    delivery: Option<Delivery>,
    /// A base URL in the place of the client's.
    base: Option<String>,
    pub(super) path: Captures,
    pub(super) query: Vec<(&'static str, String)>,
    /// The URL of a page that a server has named, in the place of path and query.
    pub(super) elsewhere: Option<String>,
    headers: HeaderMap,
    cookies: Vec<String>,
    credentials: Vec<&'a Credential>,
    body: ByteStream,
    leniency: Leniency,
    end: Option<Arc<str>>,
    timeout: Duration,
    /// Whether it is made again after a failure, where that is not as its method has it.
    repeats: Option<Repeats>,
    violations: Violations,
    fault: Option<Error>,
}

/// Its URL, headers, cookies and body may hold secrets.
impl fmt::Debug for Call<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Call");
        out.field("operation", &self.operation.id).field("timeout", &self.timeout).field("leniency", &self.leniency);
        out.finish_non_exhaustive()
    }
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
            base: None,
            path: Captures::new(),
            query: Vec::new(),
            elsewhere: None,
            headers,
            cookies: Vec::new(),
            credentials: Vec::new(),
            body: ByteStream::default(),
            leniency: core.config().leniency,
            end: None,
            timeout: core.config().timeout,
            repeats: None,
            violations: Violations::default(),
            fault: None,
        }
    }

    /// The same, taking JSON alone where a response may be something else and the request does not say which it takes.
    pub(super) fn taking_json(mut self) -> Self {
        let produces = self.operation.produces();
        let is_usual = self.headers.get(ACCEPT).is_some_and(|it| it.as_bytes() == produces.join(", ").as_bytes());
        let is_json = |it: &&str| MediaType::parse(it).is_some_and(|it| it.is_json());
        let json: Vec<_> = produces.into_iter().filter(is_json).collect();
        if is_usual && !json.is_empty() {
            self.headers.insert(ACCEPT, header_value(json.join(", ")));
        }
        self
    }

    /// The same call with all that its request says.
    pub(super) fn saying<R: TypedRequest>(mut self, request: &R) -> Self {
        request.say(&mut self);
        self
    }

    pub(super) fn delivery(core: &'a Core, operation: &'static Operation, url: &str, sign: Option<Sign>) -> Self {
        Self { delivery: Some(Delivery { url: url.to_owned(), sign }), ..Self::new(core, operation) }
    }

    /// Shows the credentials of the first security requirement that has them all; an empty one is anonymous access,
    /// which is the last resort.
    #[must_use]
    pub fn authorize(mut self, requirements: &[&[&'a Option<Credential>]]) -> Self {
        let complete =
            |it: &&&[&'a Option<Credential>]| !it.is_empty() && it.iter().all(|credential| credential.is_some());
        match requirements.iter().find(complete) {
            Some(requirement) => self.credentials.extend(requirement.iter().copied().flatten()),
            None if requirements.iter().any(|it| it.is_empty()) => {}
            None => {
                let missing = Error::MissingCredentials { operation: self.operation.id };
                self.fault.get_or_insert(missing);
            }
        }
        self
    }

    /// The operation.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The call, to be awaited.
    pub fn sending<R: TypedResponse>(self) -> Sending<'a, R> {
        Sending::new(self)
    }

    /// Sends the call.
    ///
    /// # Errors
    /// Everything that kept the request from being sent, and a documented response from coming back.
    pub async fn send<R: TypedResponse>(self) -> Result<R, Error> {
        let reader = self.reader();
        Ok(reader.read(&self.send_raw().await?)?)
    }

    pub(super) fn reader(&self) -> Reader {
        Reader {
            operation: self.operation,
            leniency: self.leniency,
            observer: self.core.config().observer.clone(),
            end: self.end.clone(),
        }
    }

    pub(super) fn end_with(&mut self, data: Arc<str>) {
        self.end = Some(data);
    }

    /// Waits, as the transport does.
    pub(super) async fn pause(&self, wait: Duration) {
        self.core.config().transport.sleep(wait).await;
    }

    pub(super) fn set(&mut self, leniency: Leniency) {
        self.leniency = leniency;
    }

    pub(super) fn leniency(&self) -> Leniency {
        self.leniency
    }

    pub(super) fn base(&self) -> &str {
        self.base.as_deref().unwrap_or(self.core.base())
    }

    /// Goes to another server; what is wrong with its URL comes out when the call is sent.
    pub(super) fn at(&mut self, url: &str) {
        match base(url) {
            Ok(base) => self.base = Some(base),
            Err(error) => drop(self.fault.get_or_insert(error)),
        }
    }

    pub(super) fn within(&mut self, timeout: Duration) {
        self.timeout = timeout;
    }

    /// Leaves it to somebody else whether the call is made again.
    pub(super) fn once(&mut self) {
        self.repeats = Some(Repeats::Never);
    }

    /// Whether its body can be sent again.
    pub(super) fn is_repeatable(&self) -> bool {
        self.body.len().is_some()
    }

    /// A header beside those of the document, in the place of the client's own.
    pub(super) fn header(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.insert(name, value);
    }

    pub(super) fn without_header(&mut self, name: &HeaderName) {
        self.headers.remove(name);
    }

    /// Sends the call, and leaves the response as it came.
    ///
    /// # Errors
    /// Everything that kept the request from being sent, and the response from coming back.
    pub async fn send_raw(mut self) -> Result<RawResponse, Error> {
        self.exchange().await
    }

    /// The response as it came; the call can be made again.
    pub(super) async fn exchange(&mut self) -> Result<RawResponse, Error> {
        self.check()?;
        let mut secrets = Vec::new();
        for credential in &self.credentials {
            secrets.push(credential.token().now().await.map_err(|error| self.no_token(error))?);
        }
        let response = self.attempt(&secrets).await?;
        if response.status != StatusCode::UNAUTHORIZED {
            return Ok(response);
        }
        // A stream is gone: the next call has other secrets, and this one its answer.
        let is_renewed = self.renew(&mut secrets).await;
        if self.is_repeatable() && is_renewed? { self.attempt(&secrets).await } else { Ok(response) }
    }

    async fn attempt(&self, secrets: &[Secret<String>]) -> Result<RawResponse, Error> {
        let request = self.request(secrets)?;
        let usual = if self.delivery.is_some() { Repeats::Freely } else { Repeats::usual(request.method()) };
        self.core.send(self.operation, request, self.repeats.unwrap_or(usual), self.timeout).await
    }

    /// Gets other secrets in the place of those that the server has refused, and says whether there are any.
    async fn renew(&self, secrets: &mut [Secret<String>]) -> Result<bool, Error> {
        let mut any = false;
        for (credential, secret) in self.credentials.iter().zip(secrets) {
            let renewed = credential.token().renewed(secret).await.map_err(|error| self.no_token(error))?;
            any |= renewed.is_some();
            *secret = renewed.unwrap_or_else(|| secret.clone());
        }
        Ok(any)
    }

    fn no_token(&self, error: BoxError) -> Error {
        Error::NoToken { operation: self.operation.id, error }
    }

    /// What is wrong with the request, before anybody is asked for a secret.
    fn check(&mut self) -> Result<(), Error> {
        let has_body = self.headers.contains_key(CONTENT_TYPE) || self.fault.is_some();
        if self.operation.body.as_ref().is_some_and(|it| it.required) && !has_body {
            self.violations.push(Violation::new("/body", "required", "is missing"));
        }
        if !self.violations.is_empty() {
            return Err(Error::InvalidRequest(std::mem::take(&mut self.violations)));
        }
        self.fault.take().map_or(Ok(()), Err)
    }

    fn request(&self, secrets: &[Secret<String>]) -> Result<Request, Error> {
        let mut query: Vec<_> = self.query.iter().map(|(_, text)| text.clone()).collect();
        let mut cookies = self.cookies.clone();
        if self.elsewhere.is_some() {
            query.clear();
        }
        let mut headers = self.headers.clone();
        let mut elsewhere = self.elsewhere.clone();
        for (credential, secret) in self.credentials.iter().zip(secrets) {
            match credential.placed(secret)? {
                Placed::Header(name, value) => drop(headers.insert(name, value)),
                Placed::Query(pair) => {
                    // Pages may be named with the key that the first one was asked for with.
                    elsewhere = elsewhere.map(|url| without(&url, &pair));
                    query.push(pair);
                }
                Placed::Cookie(pair) => cookies.push(pair),
            }
        }
        let mut url = match (elsewhere, &self.delivery) {
            (Some(url), _) => url,
            (None, Some(delivery)) => {
                target(&delivery.url)?;
                // A fragment is for whoever shows what is there; what follows it is not sent.
                delivery.url.split('#').next().unwrap_or_default().to_owned()
            }
            (None, None) => format!("{}{}", self.base(), params::expand(self.operation.path, &self.path)?),
        };
        if !query.is_empty() {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(&query.join("&"));
        }
        if !cookies.is_empty() {
            let own = headers.get(COOKIE).and_then(params::header_text).map(str::to_owned);
            cookies.splice(0..0, own);
            let mut cookies = header_value(cookies.join("; "));
            cookies.set_sensitive(true);
            headers.insert(COOKIE, cookies);
        }
        if let Some(sign) = self.delivery.as_ref().and_then(|it| it.sign.as_ref()) {
            let whole =
                self.body.whole().ok_or(EncodeError::about("body", "cannot be signed, since it is a stream"))?;
            sign(&mut headers, &whole);
        }
        let mut request = Request::new(self.body.clone());
        *request.method_mut() = self.operation.http_method()?;
        *request.uri_mut() = url.parse().map_err(|_| EncodeError::about("request", url_fault(&url)))?;
        *request.headers_mut() = headers;
        Ok(request)
    }

    fn place(&mut self, parameter: &'static Parameter, text: String) {
        match parameter.location {
            Location::Path => self.path.push((parameter.name, text)),
            Location::Query => self.query.push((parameter.name, text)),
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

    pub(super) fn fail(&mut self, error: EncodeError) {
        self.fault.get_or_insert(error.into());
    }
}

impl SaidParts for Call<'_> {
    fn operation(&self) -> &'static Operation {
        self.operation
    }

    fn required<T: Json>(&mut self, parameter: &'static Parameter, value: &T) {
        let value = json::to_value(value);
        let found = self.operation.schemas.check(parameter.schema, &value, Direction::Request);
        self.violations.merge(found.prefixed(&parameter.pointer()));
        let fine = self.operation.siblings().check(parameter, &value);
        match fine.and_then(|()| params::encode(parameter, &value)) {
            Ok(Some(text)) => self.place(parameter, text),
            Ok(None) if parameter.required => self.violations.push(parameter.violation("required", "is missing")),
            Ok(None) => {}
            Err(error) => self.fail(error),
        }
    }

    fn required_body<T: WriteBody>(&mut self, body: &T) {
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
    }

    fn accept(&mut self, accept: &Accept) {
        if !accept.headers().is_empty() {
            self.headers.remove(ACCEPT);
            self.headers.extend(accept.headers().clone());
        }
    }
}
