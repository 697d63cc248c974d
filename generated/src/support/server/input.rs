//! The parameters and the body of a request; all that is wrong with them is told at once.

use std::sync::Arc;

use bytes::Bytes;

use super::Refusal;
use super::call::Head;
use crate::support::http::{Content, MediaType};
use crate::support::params::{self, Parameter};
use crate::support::{Direction, Json, Model, Violation, Violations, decode, decode_value};

/// The parameters and the body of a request.
///
/// Every reader gives `None` where something is wrong and remembers what; [`Input::refuse`] then tells all of it.
#[derive(Debug)]
pub struct Input {
    head: Arc<Head>,
    content: Option<usize>,
    body: Bytes,
    violations: Violations,
}

impl Input {
    pub(super) fn new(head: Arc<Head>, content: Option<usize>, body: Bytes) -> Self {
        Self { head, content, body, violations: Violations::default() }
    }

    /// A required parameter.
    pub fn parameter<T: Json>(&mut self, parameter: &Parameter) -> Option<T> {
        let value = self.optional_parameter(parameter)?;
        if value.is_none() {
            self.violations.push(parameter.violation("required", "is missing"));
        }
        value
    }

    /// An optional parameter: `Some(None)` where it is absent.
    pub fn optional_parameter<T: Json>(&mut self, parameter: &Parameter) -> Option<Option<T>> {
        let value = match params::decode(parameter, &self.head.raw(), self.head.operation.parameters) {
            Ok(Some(value)) => value,
            Ok(None) => return Some(None),
            Err(violation) => {
                self.violations.push(violation);
                return None;
            }
        };
        let typed = decode_value(self.head.operation.schemas, parameter.schema, value, Direction::Request);
        self.keep(typed, &parameter.pointer()).map(Some)
    }

    /// A required JSON body whose type is a model.
    pub fn json<T: Model>(&mut self) -> Option<T> {
        let body = self.optional_json()?;
        self.expect_body(body)
    }

    /// An optional JSON body whose type is a model: `Some(None)` where it is absent.
    pub fn optional_json<T: Model>(&mut self) -> Option<Option<T>> {
        if self.body.is_empty() {
            return Some(None);
        }
        let typed = decode(&self.body);
        self.keep(typed, "/body").map(Some)
    }

    /// A required JSON body of any type; its schema is the one that the operation documents.
    pub fn json_value<T: Json>(&mut self) -> Option<T> {
        let body = self.optional_json_value()?;
        self.expect_body(body)
    }

    /// An optional JSON body of any type: `Some(None)` where it is absent.
    pub fn optional_json_value<T: Json>(&mut self) -> Option<Option<T>> {
        if self.body.is_empty() {
            return Some(None);
        }
        let Ok(value) = serde_json::from_slice(&self.body) else {
            self.violations.push(Violation::new("/body", "json", "is not well-formed JSON"));
            return None;
        };
        let Some(schema) = self.content().and_then(|it| it.schema) else { return Some(None) };
        let typed = decode_value(self.head.operation.schemas, schema, value, Direction::Request);
        self.keep(typed, "/body").map(Some)
    }

    /// A required body as it came; for media types that are not JSON.
    pub fn bytes(&mut self) -> Option<Bytes> {
        let body = (!self.body.is_empty()).then(|| self.body.clone());
        self.expect_body(body)
    }

    /// An optional body as it came: `Some(None)` where it is absent.
    pub fn optional_bytes(&mut self) -> Option<Option<Bytes>> {
        Some((!self.body.is_empty()).then(|| self.body.clone()))
    }

    /// A required body as text.
    pub fn text(&mut self) -> Option<String> {
        let body = self.bytes()?;
        let text = String::from_utf8(body.into());
        if text.is_err() {
            self.violations.push(Violation::new("/body", "text", "is not UTF-8"));
        }
        text.ok()
    }

    /// Which of the operation's media types the body is in; `None` without a body.
    pub fn content(&self) -> Option<&'static Content> {
        self.head.operation.body.as_ref()?.content.get(self.content?)
    }

    /// The media type of the body with its parameters.
    pub fn media_type(&self) -> Option<MediaType> {
        MediaType::of(&self.head.parts.headers)
    }

    /// The names and values of the query that no parameter claims.
    pub fn unknown_query(&self) -> Vec<(String, String)> {
        let known = |name: &str| self.head.operation.parameters.iter().any(|it| it.name == name);
        let request = self.head.raw();
        let pairs = request.query_pairs().filter(|(name, _)| !known(name));
        pairs.map(|(name, value)| (name, value.to_owned())).collect()
    }

    /// Refuses the request for everything that was found wrong with it.
    pub fn refuse(self) -> Refusal {
        Refusal::Invalid(self.violations)
    }

    fn keep<T>(&mut self, typed: Result<T, Violations>, pointer: &str) -> Option<T> {
        match typed {
            Ok(value) => Some(value),
            Err(violations) => {
                self.violations.merge(violations.prefixed(pointer));
                None
            }
        }
    }

    fn expect_body<T>(&mut self, body: Option<T>) -> Option<T> {
        if body.is_none() {
            self.violations.push(Violation::new("/body", "required", "is missing"));
        }
        body
    }
}
