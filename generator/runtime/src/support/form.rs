//! What a refusal looks like in the form that a document has for it.
//!
//! A form is JSON. `"$summary"` is one line, `"$status"` the status as a number, `"$title"` its name, such as
//! `Bad Request`, `"$code"` the same for programs, such as `bad_request`, `"$messages"` all messages with their fields,
//! such as `["roles.0 must be a string"]`, and `"$fields"` the messages by field, such as
//! `{"roles.0": ["must be a string"]}`. A list of one element that holds `"$field"`, `"$pointer"`, `"$keyword"` or
//! `"$message"` is repeated for each violation, and stands once for what is no violation. Everything else is literal.
//!
//! ```
#![doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::support::form::Report;")]
#![doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::support::Violations;")]
//! let report = Report { status: 404, title: "Not Found", summary: "there is no such pet", violations: &Violations::new() };
//! let form = serde_json::json!({ "error": { "code": "$code", "message": "$summary" } });
//! let body = serde_json::json!({ "error": { "code": "not_found", "message": "there is no such pet" } });
//! assert_eq!(report.fill(&form), body);
//! ```

use std::collections::BTreeMap;
use std::slice;

use serde_json::{Value, json};

use super::violation::unescape;
use super::{Violation, Violations};

/// The media type of problems (RFC 9457), whose members are the same in every document.
pub const PROBLEM: &str = "application/problem+json";

/// What a refusal has to say.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The status.
    pub status: u16,
    /// What the status is called.
    pub title: &'a str,
    /// One sentence.
    pub summary: &'a str,
    /// What is wrong with the request, where that is why it is refused.
    pub violations: &'a Violations,
}

impl Report<'_> {
    /// Fills a form, which bounds the recursion itself.
    pub fn fill(&self, form: &Value) -> Value {
        match form {
            Value::String(text) => self.value(text).unwrap_or_else(|| form.clone()),
            Value::Array(items) => match &**items {
                [item] if speaks_of_one(item) => self.each(|violation| self.fill_of(item, violation)),
                items => items.iter().map(|item| self.fill(item)).collect(),
            },
            Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), self.fill(value))).collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) => form.clone(),
        }
    }

    /// Fills a form that speaks of one violation.
    fn fill_of(&self, form: &Value, violation: &Violation) -> Value {
        match form {
            Value::String(text) => match text.as_str() {
                "$field" => json!(field(&violation.pointer)),
                "$pointer" => json!(violation.pointer),
                "$keyword" => json!(violation.keyword),
                "$message" => json!(violation.message),
                text => self.value(text).unwrap_or_else(|| form.clone()),
            },
            Value::Array(items) => items.iter().map(|item| self.fill_of(item, violation)).collect(),
            Value::Object(members) => {
                members.iter().map(|(name, value)| (name.clone(), self.fill_of(value, violation))).collect()
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => form.clone(),
        }
    }

    fn value(&self, name: &str) -> Option<Value> {
        Some(match name {
            "$summary" => json!(self.summary),
            "$status" => json!(self.status),
            "$title" => json!(self.title),
            "$code" => json!(self.code()),
            "$messages" => self.each(|violation| sentence(violation).into()),
            "$fields" => json!(self.fields()),
            _ => return None,
        })
    }

    /// An element for each violation, or one for what is none.
    fn each(&self, element: impl Fn(&Violation) -> Value) -> Value {
        let whole = Violation::new("", self.code(), self.summary);
        let all = self.violations.iter();
        if self.violations.is_empty() {
            return slice::from_ref(&whole).iter().map(element).collect();
        }
        all.map(element).collect()
    }

    fn code(&self) -> String {
        self.title.to_ascii_lowercase().replace([' ', '-'], "_").replace('\'', "")
    }

    fn fields(&self) -> BTreeMap<String, Vec<&str>> {
        let mut fields = BTreeMap::<_, Vec<_>>::new();
        for violation in self.violations {
            fields.entry(field(&violation.pointer)).or_default().push(violation.message.as_str());
        }
        fields
    }
}

/// Whether a form names what is wrong.
pub fn names_violations(form: &Value) -> bool {
    match form {
        Value::String(text) => matches!(text.as_str(), "$messages" | "$fields"),
        Value::Array(items) => matches!(&**items, [item] if speaks_of_one(item)) || items.iter().any(names_violations),
        Value::Object(members) => members.values().any(names_violations),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether a list's only element is about a single violation.
fn speaks_of_one(form: &Value) -> bool {
    match form {
        Value::String(text) => matches!(text.as_str(), "$field" | "$pointer" | "$keyword" | "$message"),
        Value::Array(items) => items.iter().any(speaks_of_one),
        Value::Object(members) => members.values().any(speaks_of_one),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// `/body/roles/0` as `roles.0`, `/query/page` as `page`, `/body` as `body`.
fn field(pointer: &str) -> String {
    let tokens: Vec<_> = pointer.split('/').skip(1).map(unescape).collect();
    match &*tokens {
        [place, rest @ ..] if !rest.is_empty() && is_place(place) => rest.join("."),
        tokens => tokens.join("."),
    }
}

/// A message that stands alone, so it names its field.
fn sentence(violation: &Violation) -> String {
    match &*field(&violation.pointer) {
        "" => violation.message.clone(),
        field => format!("{field} {}", violation.message),
    }
}

fn is_place(token: &str) -> bool {
    matches!(token, "path" | "query" | "header" | "cookie" | "body")
}
