//! What the document says about an operation, as far as both sides need it at run time.

use std::slice;

use http::{Method, StatusCode};

use super::{ByteStream, Content, Outgoing, WriteBody};
use crate::support::Schemas;
use crate::support::params::{EncodeError, Location, Parameter, Siblings};

/// One operation of an API.
#[derive(Debug)]
pub struct Operation {
    /// Its `operationId`.
    pub id: &'static str,
    /// Its method, as in `GET`.
    pub method: &'static str,
    /// Its path template, such as `/v1/users/{user}`; a query behind it is one that every request has.
    pub path: &'static str,
    /// Its tags.
    pub tags: &'static [&'static str],
    /// The schemas of the document.
    pub schemas: &'static Schemas,
    /// Its parameters, those of its path item included.
    pub parameters: &'static [&'static Parameter],
    /// The API keys that an exploded object among its parameters must leave alone, each with its place.
    pub keys: &'static [(Location, &'static str)],
    /// Its request body.
    pub body: Option<RequestBody>,
    /// Its responses.
    pub responses: &'static [Documented],
    /// The status that carries violations in the operation's own form; `None` answers with a problem (RFC 9457).
    pub violations: Option<u16>,
}

/// A request body.
#[derive(Debug)]
pub struct RequestBody {
    /// Whether it must be there.
    pub required: bool,
    /// Its media types.
    pub content: &'static [Content],
}

/// One documented response.
#[derive(Debug)]
pub struct Documented {
    /// Its status, or range of statuses.
    pub statuses: Statuses,
    content: Contents,
    /// Its headers.
    pub headers: &'static [&'static Parameter],
    /// JSON text that says how a refusal of the run time looks in this response, such as `{"message": "$summary"}`.
    pub refusal: Option<&'static str>,
}

/// The media types of a response: most have one, which needs no list of its own.
#[derive(Debug)]
enum Contents {
    One(Content),
    Several(&'static [Content]),
}

/// The key of a response: `404`, `4XX` or `default`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statuses {
    /// One status.
    Exactly(u16),
    /// All statuses with this first digit.
    Class(u16),
    /// All others.
    Default,
}

impl Statuses {
    /// Whether they are those of successes, as far as the document says so.
    pub fn is_success(self) -> bool {
        matches!(self, Self::Exactly(200..=299) | Self::Class(2))
    }
}

impl Documented {
    /// A response with one status, without a body.
    pub const fn on(status: u16) -> Self {
        Self::within(Statuses::Exactly(status))
    }

    /// A response with some statuses, without a body.
    pub const fn within(statuses: Statuses) -> Self {
        Self { statuses, content: Contents::Several(&[]), headers: &[], refusal: None }
    }

    /// The same response with a body in `application/json`.
    #[must_use]
    pub const fn with_json(self, schema: &'static str) -> Self {
        Self { content: Contents::One(Content::json(schema)), ..self }
    }

    /// The same response with a body in some media types.
    #[must_use]
    pub const fn with_content(self, content: &'static [Content]) -> Self {
        Self { content: Contents::Several(content), ..self }
    }

    /// The same response with headers.
    #[must_use]
    pub const fn with_headers(self, headers: &'static [&'static Parameter]) -> Self {
        Self { headers, ..self }
    }

    /// The same response with the form of a refusal.
    #[must_use]
    pub const fn with_refusal(self, template: &'static str) -> Self {
        Self { refusal: Some(template), ..self }
    }

    /// Its media types; empty for a response without a body.
    pub fn content(&'static self) -> &'static [Content] {
        match &self.content {
            Contents::One(one) => slice::from_ref(one),
            Contents::Several(several) => several,
        }
    }

    /// The media type of a model in JSON: plain JSON where there are several.
    pub(crate) fn usual_json(&'static self) -> &'static str {
        let all = self.content().iter().map(|it| it.media_type);
        all.min_by_key(|it| (*it != super::JSON, *it)).unwrap_or(super::JSON)
    }

    /// The media type and the text of a body.
    ///
    /// # Errors
    /// Where a value has no form in the media type.
    pub(crate) fn write<T: WriteBody>(&'static self, body: &T) -> Result<(String, ByteStream), EncodeError> {
        let mut out = Outgoing::unchecked(self.content());
        body.write(&mut out);
        out.finish()
    }
}

impl Operation {
    /// An operation without tags, keys and a body, which answers with problems.
    pub const fn new(
        id: &'static str,
        method: &'static str,
        path: &'static str,
        schemas: &'static Schemas,
        parameters: &'static [&'static Parameter],
        responses: &'static [Documented],
    ) -> Self {
        Self { id, method, path, schemas, parameters, responses, tags: &[], keys: &[], body: None, violations: None }
    }

    /// The same operation with tags.
    #[must_use]
    pub const fn with_tags(self, tags: &'static [&'static str]) -> Self {
        Self { tags, ..self }
    }

    /// The same operation with API keys that an exploded object among its parameters must leave alone.
    #[must_use]
    pub const fn with_keys(self, keys: &'static [(Location, &'static str)]) -> Self {
        Self { keys, ..self }
    }

    /// The same operation with a request body.
    #[must_use]
    pub const fn with_body(self, body: RequestBody) -> Self {
        Self { body: Some(body), ..self }
    }

    /// The same operation, where a response of its own carries violations.
    #[must_use]
    pub const fn with_violations(self, status: u16) -> Self {
        Self { violations: Some(status), ..self }
    }

    /// Its method as requests have it.
    ///
    /// # Errors
    /// Where HTTP has no methods of this name.
    pub fn http_method(&self) -> Result<Method, EncodeError> {
        Method::from_bytes(self.method.as_bytes())
            .map_err(|_| EncodeError::about(format!("method `{}`", self.method), "is no name that HTTP can send"))
    }

    /// What is read from its requests beside one of its parameters.
    pub(crate) fn siblings(&self) -> Siblings<'static> {
        Siblings { parameters: self.parameters, keys: self.keys }
    }

    /// Its path template and the query that every request has.
    pub fn path_and_query(&self) -> (&'static str, &'static str) {
        self.path.split_once('?').unwrap_or((self.path, ""))
    }

    /// The response that documents a status: the exact one, else its range, else `default`.
    pub fn response(&self, status: StatusCode) -> Option<&'static Documented> {
        let status = status.as_u16();
        let keys = [Statuses::Exactly(status), Statuses::Class(status / 100), Statuses::Default];
        keys.iter().find_map(|key| self.responses.iter().find(|it| it.statuses == *key))
    }

    /// The response with a key; the document has it wherever the generated code asks.
    pub fn documented(&self, statuses: Statuses) -> &'static Documented {
        static NONE: Documented = Documented::within(Statuses::Default);
        self.responses.iter().find(|it| it.statuses == statuses).unwrap_or(&NONE)
    }

    /// The media types of all responses, each once.
    pub(crate) fn produces(&self) -> Vec<&'static str> {
        let mut media_types = Vec::new();
        for content in self.responses.iter().flat_map(Documented::content) {
            if !media_types.contains(&content.media_type) {
                media_types.push(content.media_type);
            }
        }
        media_types
    }
}
