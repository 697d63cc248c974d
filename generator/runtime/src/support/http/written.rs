//! What becomes of a form when it is read again: nothing is sent that its own server would take for something else.

use serde_json::{Map, Value};

use super::Form;
use crate::support::Violations;
use crate::support::params::{EncodeError, spelled};

/// The text of a form, and the properties that it has no text for.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) text: String,
    /// Lists and objects that are empty, which are left out.
    left_out: Vec<String>,
}

impl Written {
    /// The text of an object, which is read as this object.
    ///
    /// # Errors
    /// Where it is read as another one.
    pub(super) fn new(form: &Form, object: &Map<String, Value>, text: String) -> Result<Self, EncodeError> {
        let misread = |name: &str| about(name, "has a value that is read as another one in the form of its document");
        let read = form.decode(&text).map_err(|violations| {
            let first = violations.iter().next().map(|it| it.pointer.trim_start_matches('/').to_owned());
            misread(&first.unwrap_or_default())
        })?;
        let mut left_out = Vec::new();
        let is_file = |name: &str| form.fields.iter().any(|it| it.is_file() && it.name() == name);
        for (name, value) in object.iter().filter(|(name, _)| !is_file(name)) {
            match read.get(name) {
                Some(read) if is_same(value, read) => {}
                None if is_nothing(value) => left_out.push(name.clone()),
                _ => return Err(misread(name)),
            }
        }
        match read.keys().find(|name| !object.contains_key(*name)) {
            Some(name) => Err(misread(name)),
            None => Ok(Self { text, left_out }),
        }
    }

    /// Why what is left out must be there; `check` says what is wrong with an object.
    pub(super) fn lack(
        &self,
        object: &Map<String, Value>,
        check: impl FnOnce(Map<String, Value>) -> Violations,
    ) -> Option<EncodeError> {
        let name = self.left_out.first()?;
        let mut rest = object.clone();
        rest.retain(|name, _| !self.left_out.contains(name));
        let is_fine = check(rest).is_empty();
        (!is_fine).then(|| about(name, "is required, and what is empty has no form in its style"))
    }
}

fn about(name: &str, reason: &'static str) -> EncodeError {
    EncodeError::about(format!("form field `{name}`"), reason)
}

/// Whether a value arrives, as far as texts can tell: a list of one from its item, or a number from its digits, they
/// cannot.
fn is_same(sent: &Value, read: &Value) -> bool {
    match (sent, read) {
        (Value::Array(sent), Value::Array(read)) => {
            sent.len() == read.len() && sent.iter().zip(read).all(|(sent, read)| is_same(sent, read))
        }
        (Value::Object(sent), Value::Object(read)) => {
            let arrives = |(name, sent): (&String, &Value)| match read.get(name) {
                Some(read) => is_same(sent, read),
                None => sent.is_null() || is_nothing(sent),
            };
            sent.iter().all(arrives) && read.keys().all(|name| sent.contains_key(name))
        }
        (Value::Array(sent), read) => matches!(&**sent, [only] if is_same(only, read)),
        (Value::Object(_), _) | (_, Value::Object(_) | Value::Array(_)) => false,
        (Value::Number(sent), Value::Number(read)) => sent == read || sent.as_f64() == read.as_f64(),
        (sent, read) => spelled(sent) == spelled(read),
    }
}

/// Whether a value is a list or an object in which nothing is.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.values().all(|it| it.is_null() || is_nothing(it)),
        _ => false,
    }
}
