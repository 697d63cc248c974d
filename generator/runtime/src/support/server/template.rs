//! A refusal in the operation's own error schema.
//!
//! The template is JSON. `"$summary"` is one line, `"$status"` the status as a number, `"$messages"` all messages with
//! their fields, such as `["roles.0 must be a string"]`, and `"$fields"` the messages by field, such as
//! `{"roles.0": ["must be a string"]}`. A list of one element that holds `"$field"`, `"$pointer"`, `"$keyword"` or
//! `"$message"` is repeated for each violation. Everything else is literal.

use std::collections::BTreeMap;

use http::StatusCode;
use serde_json::{Value, json};

use crate::support::{Violation, Violations};

/// The body of a refusal; `None` where the template is not JSON, which the generator does not let pass.
pub(super) fn fill(template: &str, status: StatusCode, summary: &str, violations: &Violations) -> Option<Vec<u8>> {
    let template = serde_json::from_str(template).ok()?;
    let report = Report { status, summary, violations };
    serde_json::to_vec(&report.fill(&template, None)).ok()
}

struct Report<'a> {
    status: StatusCode,
    summary: &'a str,
    violations: &'a Violations,
}

impl Report<'_> {
    /// The template itself bounds the recursion, and it was read with the parser's own limit.
    fn fill(&self, template: &Value, violation: Option<&Violation>) -> Value {
        match template {
            Value::String(text) => self.value(text, violation).unwrap_or_else(|| template.clone()),
            Value::Array(items) => match &**items {
                [item] if violation.is_none() && speaks_of_one(item) => {
                    self.violations.iter().map(|it| self.fill(item, Some(it))).collect()
                }
                items => items.iter().map(|item| self.fill(item, violation)).collect(),
            },
            Value::Object(members) => {
                members.iter().map(|(name, value)| (name.clone(), self.fill(value, violation))).collect()
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => template.clone(),
        }
    }

    fn value(&self, name: &str, violation: Option<&Violation>) -> Option<Value> {
        Some(match (name, violation) {
            ("$summary", _) => json!(self.summary),
            ("$status", _) => json!(self.status.as_u16()),
            ("$messages", _) => self.violations.iter().map(sentence).collect(),
            ("$fields", _) => json!(self.fields()),
            ("$field", Some(it)) => json!(field(&it.pointer)),
            ("$pointer", Some(it)) => json!(it.pointer),
            ("$keyword", Some(it)) => json!(it.keyword),
            ("$message", Some(it)) => json!(it.message),
            _ => return None,
        })
    }

    fn fields(&self) -> BTreeMap<String, Vec<&str>> {
        let mut fields = BTreeMap::<_, Vec<_>>::new();
        for violation in self.violations {
            fields.entry(field(&violation.pointer)).or_default().push(violation.message.as_str());
        }
        fields
    }
}

/// Whether a list's only element is about a single violation.
fn speaks_of_one(template: &Value) -> bool {
    match template {
        Value::String(text) => matches!(text.as_str(), "$field" | "$pointer" | "$keyword" | "$message"),
        Value::Array(items) => items.iter().any(speaks_of_one),
        Value::Object(members) => members.values().any(speaks_of_one),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// `/body/roles/0` as `roles.0`, `/query/page` as `page`, `/body` as `body`.
fn field(pointer: &str) -> String {
    let tokens: Vec<_> = pointer.split('/').skip(1).map(|it| it.replace("~1", "/").replace("~0", "~")).collect();
    match &*tokens {
        [place, rest @ ..] if !rest.is_empty() && is_place(place) => rest.join("."),
        tokens => tokens.join("."),
    }
}

/// A message that stands alone, so it names its field.
fn sentence(violation: &Violation) -> String {
    format!("{} {}", field(&violation.pointer), violation.message)
}

fn is_place(token: &str) -> bool {
    matches!(token, "path" | "query" | "header" | "cookie" | "body")
}
