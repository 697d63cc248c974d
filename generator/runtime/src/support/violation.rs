//! What is wrong with a JSON value: where, which keyword says so, and why.
//!
//! For the schema `{ properties: { email: { format: email } } }` and the instance `{"email": "me"}`
//! the report prints as `/email: must be an e-mail address (format)`.
//!
//! No message holds a submitted value: reports go into logs and into responses.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;

use serde::ser::{Serialize, SerializeStruct, Serializer};
use serde_json::Value;

/// How many violations a report keeps unless it is told otherwise.
const DEFAULT_CAPACITY: usize = 100;

/// A name as a token of a JSON Pointer (RFC 6901).
pub(crate) fn pointer_token(name: &str) -> Cow<'_, str> {
    if name.contains(['~', '/']) { name.replace('~', "~0").replace('/', "~1").into() } else { name.into() }
}

/// One assertion that an instance does not satisfy.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    /// JSON Pointer into the instance, such as `/roles/0`; that of a missing property is where it should be.
    pub pointer: String,
    /// The JSON Schema keyword that failed, or `json` for malformed text.
    pub keyword: Cow<'static, str>,
    /// What the keyword asks for, such as `must be at most 5`; it never holds the submitted value.
    pub message: String,
    /// The value of the keyword, where it is small.
    pub limit: Option<Value>,
}

impl Violation {
    /// A violation without a limit.
    pub fn new(pointer: impl Into<String>, keyword: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), keyword: keyword.into(), message: message.into(), limit: None }
    }

    /// The same violation with the value of its keyword.
    #[must_use]
    pub fn with_limit(mut self, limit: impl Into<Value>) -> Self {
        self.limit = Some(limit.into());
        self
    }

    /// Document order, then keyword, then message: the order of a report.
    fn order(&self, other: &Self) -> Ordering {
        pointer_order(&self.pointer, &other.pointer)
            .then_with(|| self.keyword.cmp(&other.keyword))
            .then_with(|| self.message.cmp(&other.message))
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.pointer.is_empty() {
            // A property name may hold line breaks; a line of a log must not.
            for c in self.pointer.chars() {
                if c.is_control() { write!(f, "{}", c.escape_default())? } else { write!(f, "{c}")? }
            }
            f.write_str(": ")?;
        }
        write!(f, "{} ({})", self.message, self.keyword)
    }
}

/// All violations of one instance: in document order, each once, and at most as many as the capacity.
#[derive(Debug, Clone, PartialEq)]
pub struct Violations {
    list: Vec<Violation>,
    capacity: usize,
    truncated: bool,
}

impl Default for Violations {
    fn default() -> Self {
        Self::new()
    }
}

impl Violations {
    /// An empty report that keeps up to 100 violations.
    pub fn new() -> Self {
        Self::with_capacity(DEFAULT_CAPACITY)
    }

    /// An empty report that keeps up to `capacity` violations, at least one.
    pub fn with_capacity(capacity: usize) -> Self {
        Self { list: Vec::new(), capacity: capacity.max(1), truncated: false }
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many violations are kept.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there were more violations than the report keeps.
    pub fn truncated(&self) -> bool {
        self.truncated
    }

    /// The violations in document order.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.list.iter()
    }

    /// Adds a violation at its place; one that is there already is not added again.
    pub fn push(&mut self, violation: Violation) {
        let Err(place) = self.list.binary_search_by(|it| it.order(&violation)) else { return };
        if self.list.len() >= self.capacity {
            self.truncated = true;
            return;
        }
        self.list.insert(place, violation);
    }

    /// The same report of an instance that lies at `pointer` of a larger one, such as `/body`.
    #[must_use]
    pub fn prefixed(mut self, pointer: &str) -> Self {
        for violation in &mut self.list {
            violation.pointer.insert_str(0, pointer);
        }
        self
    }

    /// Takes over the violations of another report.
    pub fn merge(&mut self, other: Self) {
        self.truncated |= other.truncated;
        for violation in other.list {
            self.push(violation);
        }
    }

    /// The messages by field, in the dotted notation that form libraries read: `roles.0`.
    ///
    /// Messages about the whole instance are under the empty name.
    pub fn by_field(&self) -> BTreeMap<String, Vec<String>> {
        let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for violation in &self.list {
            let segments: Vec<_> = segments(&violation.pointer).map(unescape).collect();
            fields.entry(segments.join(".")).or_default().push(violation.message.clone());
        }
        fields
    }

    /// The first violation and how many others there are: `/name: is missing (required) (and 2 more)`.
    pub fn summary(&self) -> String {
        let Some(first) = self.list.first() else { return "no violations".to_owned() };
        match (self.list.len() - 1, self.truncated) {
            (0, false) => first.to_string(),
            (others, false) => format!("{first} (and {others} more)"),
            (others, true) => format!("{first} (and more than {others} more)"),
        }
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, violation) in self.list.iter().enumerate() {
            if number > 0 {
                f.write_str("\n")?;
            }
            violation.fmt(f)?;
        }
        if self.truncated { f.write_str("\nand more") } else { Ok(()) }
    }
}

impl std::error::Error for Violations {}

// By hand, so that models alone do not need serde's derives and what those bring.
impl Serialize for Violation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { pointer, keyword, message, limit } = self;
        let mut out = serializer.serialize_struct("Violation", 3 + usize::from(limit.is_some()))?;
        out.serialize_field("pointer", pointer)?;
        out.serialize_field("keyword", keyword)?;
        out.serialize_field("message", message)?;
        match limit {
            Some(limit) => out.serialize_field("limit", limit)?,
            None => out.skip_field("limit")?,
        }
        out.end()
    }
}

impl Serialize for Violations {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.list.serialize(serializer)
    }
}

impl From<Violation> for Violations {
    fn from(violation: Violation) -> Self {
        let mut violations = Self::new();
        violations.push(violation);
        violations
    }
}

impl FromIterator<Violation> for Violations {
    fn from_iter<I: IntoIterator<Item = Violation>>(violations: I) -> Self {
        let mut report = Self::new();
        report.extend(violations);
        report
    }
}

impl Extend<Violation> for Violations {
    fn extend<I: IntoIterator<Item = Violation>>(&mut self, violations: I) {
        for violation in violations {
            self.push(violation);
        }
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

/// The reference tokens of a JSON Pointer, still escaped.
fn segments(pointer: &str) -> impl Iterator<Item = &str> {
    pointer.split('/').skip(1)
}

/// A reference token as the name that it stands for.
pub(crate) fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') { token.replace("~1", "/").replace("~0", "~").into() } else { token.into() }
}

/// A parent before its children, items by number, properties by name.
fn pointer_order(left: &str, right: &str) -> Ordering {
    let (mut left, mut right) = (segments(left), segments(right));
    loop {
        match (left.next(), right.next()) {
            (Some(a), Some(b)) if a == b => {}
            (Some(a), Some(b)) => return segment_order(a, b),
            (a, b) => return a.is_some().cmp(&b.is_some()),
        }
    }
}

fn segment_order(left: &str, right: &str) -> Ordering {
    let number = |it: &str| it.parse::<usize>().ok();
    match (number(left), number(right)) {
        (Some(a), Some(b)) => a.cmp(&b).then_with(|| left.cmp(right)),
        (a, b) => b.is_some().cmp(&a.is_some()).then_with(|| unescape(left).cmp(&unescape(right))),
    }
}
