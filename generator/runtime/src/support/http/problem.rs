//! Problem details as RFC 9457 defines them.

use http::StatusCode;
use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::{PROBLEM, RawResponse};
use crate::support::Violations;

/// A problem: what went wrong, for people and for programs.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// A URI that names the kind of problem; `about:blank` says that the status tells all.
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// This occurrence in words.
    pub detail: Option<String>,
    /// What is wrong with the request.
    pub violations: Violations,
}

impl Problem {
    /// The problem that a status stands for.
    pub fn new(status: StatusCode) -> Self {
        Self {
            kind: "about:blank".to_owned(),
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            detail: None,
            violations: Violations::default(),
        }
    }

    /// The same problem with words about this occurrence.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// The same problem with what is wrong with the request.
    #[must_use]
    pub fn with_violations(mut self, violations: Violations) -> Self {
        self.violations = violations;
        self
    }
}

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { kind, title, status, detail, violations } = self;
        let further = usize::from(detail.is_some()) + usize::from(!violations.is_empty());
        let mut out = serializer.serialize_struct("Problem", 3 + further)?;
        out.serialize_field("type", kind)?;
        out.serialize_field("title", title)?;
        out.serialize_field("status", status)?;
        match detail {
            Some(detail) => out.serialize_field("detail", detail)?,
            None => out.skip_field("detail")?,
        }
        if violations.is_empty() {
            out.skip_field("violations")?;
        } else {
            out.serialize_field("violations", violations)?;
        }
        out.end()
    }
}

impl From<Problem> for RawResponse {
    fn from(problem: Problem) -> Self {
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        Self::bytes(problem.status, PROBLEM, body)
    }
}
