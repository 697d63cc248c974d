//! The ordered JSON tree that YAML and JSON documents are read into.
//!
//! Numbers keep their text: `1.10`, `1e400` and integers of any length survive until a later stage gives them a meaning.

use super::Pointer;
use crate::ordered::IndexMap;

/// A mapping, in the order of the document, without duplicate keys.
pub type Object = IndexMap<String, Value>;

/// A node of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as written in JSON's syntax.
    Number(Number),
    /// A string.
    String(String),
    /// A sequence.
    Array(Vec<Value>),
    /// A mapping, in a box: most nodes are none, and would have its size.
    Object(Box<Object>),
}

/// A number by its JSON text.
///
/// ```
/// use specwright::source::Number;
/// assert_eq!(Number::new("1.50").unwrap().as_f64(), 1.5);
/// assert!(Number::new("0x10").is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Number(String);

impl Number {
    /// Takes a text that follows JSON's grammar for numbers.
    pub fn new(text: &str) -> Option<Self> {
        is_json_number(text).then(|| Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The nearest `f64`; infinite where the number is too large for one.
    pub fn as_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// The value, where it is a whole number that fits: `3`, `3.0` and `3e0` are all 3.
    pub fn as_i128(&self) -> Option<i128> {
        if let Ok(whole) = self.0.parse() {
            return Some(whole);
        }
        let (digits, exponent) = match self.0.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
            None => (self.0.as_str(), 0),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let fraction = fraction.trim_end_matches('0');
        let zeros = usize::try_from(exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?).ok()?;
        if zeros > 40 {
            return None;
        }
        format!("{whole}{fraction}{}", "0".repeat(zeros)).parse().ok()
    }
}

fn is_json_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|first: char| first.is_ascii_digit())
        && serde_json::from_str::<&serde_json::value::RawValue>(text).is_ok()
}

impl Value {
    /// A mapping.
    pub fn object(members: Object) -> Self {
        Self::Object(Box::new(members))
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// The value of a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// The number.
    pub fn as_number(&self) -> Option<&Number> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    /// The items of a sequence.
    pub fn as_array(&self) -> Option<&[Value]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// The members of a mapping.
    pub fn as_object(&self) -> Option<&Object> {
        if let Self::Object(members) = self { Some(&**members) } else { None }
    }

    /// The member of a mapping.
    pub fn get(&self, key: &str) -> Option<&Value> {
        /// As many names are looked at before one is hashed.
        const FEW: usize = 8;
        let members = self.as_object()?;
        if members.len() > FEW {
            return members.get(key);
        }
        members.iter().find(|(name, _)| *name == key).map(|(_, member)| member)
    }

    /// The text of a string, and the JSON of anything else.
    pub fn spelled(&self) -> String {
        self.as_str().map_or_else(|| self.to_json().to_string(), str::to_owned)
    }

    /// The member of a mapping or the item of a sequence that a token of a JSON Pointer names.
    pub fn child(&self, token: &str) -> Option<&Value> {
        match self {
            Self::Object(members) => members.get(token),
            Self::Array(items) => items.get(array_index(token)?),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => None,
        }
    }

    /// The node at a pointer.
    pub fn at(&self, pointer: &Pointer) -> Option<&Value> {
        pointer.tokens().try_fold(self, |node, token| node.child(&token))
    }

    /// The node at a pointer, for changing it.
    pub fn at_mut(&mut self, pointer: &Pointer) -> Option<&mut Value> {
        pointer.tokens().try_fold(self, |node, token| match node {
            Self::Object(members) => members.get_mut(&token),
            Self::Array(items) => items.get_mut(array_index(&token)?),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => None,
        })
    }

    /// What the node is, in JSON Schema's words: `null`, `boolean`, `number`, `string`, `array` or `object`.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Number(_) => "number",
            Self::String(_) => "string",
            Self::Array(_) => "array",
            Self::Object(_) => "object",
        }
    }

    /// The same tree for `serde_json`; a number outside its range becomes the nearest that it holds.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Bool(value) => (*value).into(),
            Self::Number(number) => number.to_json(),
            Self::String(text) => text.as_str().into(),
            Self::Array(items) => items.iter().map(Self::to_json).collect(),
            Self::Object(members) => {
                serde_json::Value::Object(members.iter().map(|(key, value)| (key.clone(), value.to_json())).collect())
            }
        }
    }
}

impl Number {
    fn to_json(&self) -> serde_json::Value {
        if let Ok(whole) = self.0.parse::<i64>() {
            return whole.into();
        }
        if let Ok(whole) = self.0.parse::<u64>() {
            return whole.into();
        }
        self.as_f64().clamp(f64::MIN, f64::MAX).into()
    }
}

/// An index as RFC 6901 writes it: digits without a leading zero.
pub(super) fn array_index(token: &str) -> Option<usize> {
    let canonical = token == "0" || !token.starts_with(['0', '+']);
    if canonical { token.parse().ok() } else { None }
}
