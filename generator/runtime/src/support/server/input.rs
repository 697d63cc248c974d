//! The parameters and the body of a request; all that is wrong with them is told at once.

use std::mem;
use std::sync::Arc;

use axum::body::Body;

use super::Refusal;
use super::call::{Head, received};
use crate::support::http::{Accept, Incoming, MediaType, Operation, Raw, ReadBody, ReadParts};
use crate::support::params::{self, Parameter};
use crate::support::{Direction, Json, Violation, Violations};

/// The parameters and the body of a request.
///
/// Every reader of [`ReadParts`] gives `None` where something is wrong and remembers what; [`Input::refuse`] then tells
/// all of it.
#[derive(Debug)]
pub struct Input {
    head: Arc<Head>,
    /// What is still on the wire.
    wire: Body,
    /// The body, and in which of the documented media types it is.
    body: Option<(usize, Raw)>,
    direction: Direction,
    violations: Violations,
}

impl Input {
    pub(super) fn new(head: Arc<Head>, wire: Body, direction: Direction) -> Self {
        Self { head, wire, body: None, direction, violations: Violations::default() }
    }

    /// Takes the body from the wire; it is done where the input is, which need not move for it.
    pub(super) async fn receive(&mut self) -> Result<(), Refusal> {
        self.body = received(&self.head, mem::take(&mut self.wire)).await?;
        Ok(())
    }

    /// The media type of the body with its parameters.
    pub fn media_type(&self) -> Option<MediaType> {
        MediaType::from_headers(&self.head.parts.headers)
    }

    /// Refuses the request for everything that was found wrong with it.
    pub fn refuse(self) -> Refusal {
        Refusal::Invalid(self.violations)
    }

    /// The body, where there is one.
    fn incoming(&mut self) -> Option<Incoming> {
        let operation = self.head.operation;
        let (expected, (position, raw)) = (operation.body.as_ref()?, self.body.take()?);
        Some(Incoming {
            schemas: operation.schemas,
            direction: self.direction,
            content: expected.content,
            position,
            content_type: expected.content.get(position).and_then(|it| it.spelled(&self.head.parts.headers)),
            raw,
            answer: None,
        })
    }

    fn keep<T>(&mut self, typed: Result<T, Violations>, pointer: impl FnOnce() -> String) -> Option<T> {
        match typed {
            Ok(value) => Some(value),
            Err(violations) => {
                self.violations.merge(violations.prefixed(&pointer()));
                None
            }
        }
    }
}

impl ReadParts for Input {
    fn operation(&self) -> &'static Operation {
        self.head.operation
    }

    fn required<T: Json>(&mut self, parameter: &'static Parameter) -> Option<T> {
        let value = self.optional(parameter)?;
        if value.is_none() {
            self.violations.push(parameter.violation("required", "is missing"));
        }
        value
    }

    fn optional<T: Json>(&mut self, parameter: &'static Parameter) -> Option<Option<T>> {
        let value = match params::decode(parameter, &self.head.raw(), self.head.operation.siblings()) {
            Ok(Some(value)) => value,
            Ok(None) => return Some(None),
            Err(violation) => {
                self.violations.push(violation);
                return None;
            }
        };
        let is_nothing = parameter.is_nothing(&value);
        match parameter.read(self.head.operation.schemas, value, self.direction) {
            Err(_) if is_nothing => Some(None),
            typed => self.keep(typed, || parameter.pointer()).map(Some),
        }
    }

    fn required_body<T: ReadBody>(&mut self) -> Option<T> {
        let Some(body) = self.incoming() else {
            self.violations.push(Violation::new("/body", "required", "is missing"));
            return None;
        };
        self.keep(T::read(body), || "/body".to_owned())
    }

    fn optional_body<T: ReadBody>(&mut self) -> Option<Option<T>> {
        match self.incoming() {
            Some(body) => self.keep(T::read(body), || "/body".to_owned()).map(Some),
            None => Some(None),
        }
    }

    fn accept(&mut self) -> Accept {
        Accept::from_headers(&self.head.parts.headers)
    }
}
