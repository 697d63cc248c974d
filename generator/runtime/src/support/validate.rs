//! The one door: bytes in, a valid value or every violation out.
//!
//! Two mechanisms answer the same question. [`Validate::holds`] is generated code that runs on the typed value and only
//! says yes or no. Where it says no, or where the type does not even fit, the schema itself is asked for the full report.

use std::collections::BTreeSet;
use std::ops::{Bound, RangeBounds};

use serde_json::Value;

use super::check::duplicates;
use super::json_text::{self, Failed};
use super::reading::Reading;
use super::violation::pointer_token;
use super::{Decimal, Direction, Formatted, Json, Null, Schemas, Tristate, Violation, Violations, json};

/// The fast path: whether a typed value satisfies its schema.
pub trait Validate {
    /// Whether the value satisfies every assertion that its type does not already guarantee.
    fn holds(&self, direction: Direction) -> bool;
}

/// A type generated from a schema.
pub trait Model: Json + Validate {
    /// The schemas of the document.
    const SCHEMAS: &'static Schemas;
    /// The schema's JSON Pointer in the document.
    const POINTER: &'static str;

    /// Checks a value that was built in Rust, and reports every violation.
    fn validate(&self, direction: Direction) -> Result<(), Violations> {
        if self.holds(direction) {
            return Ok(());
        }
        let value = json::to_value(self);
        let mut violations = Self::SCHEMAS.check(Self::POINTER, &value, direction);
        violations.merge(duplicates(&json::to_vec(self)));
        Err(or_disagreement(violations, &value))
    }
}

impl<T: Model> Model for Box<T> {
    const SCHEMAS: &'static Schemas = T::SCHEMAS;
    const POINTER: &'static str = T::POINTER;
}

/// A schema that allows `null` beside what its type holds.
impl<T: Model> Model for Option<T> {
    const SCHEMAS: &'static Schemas = T::SCHEMAS;
    const POINTER: &'static str = T::POINTER;
}

/// Names the schema of a generated type.
#[doc(hidden)]
#[macro_export]
macro_rules! __model {
    ($name:ident = $schemas:path[$pointer:literal]) => {
        impl $crate::support::Model for $name {
            const SCHEMAS: &'static $crate::support::Schemas = &$schemas;
            const POINTER: &'static str = $pointer;
        }
    };
}

/// Asks the schema itself, where it says more than the type and quick checks can.
#[doc(hidden)]
#[macro_export]
macro_rules! __holds_by_schema {
    ($name:ident) => {
        impl $crate::support::Validate for $name {
            fn holds(&self, direction: $crate::support::Direction) -> bool {
                $crate::support::satisfies(self, direction)
            }
        }
    };
}

#[doc(hidden)]
pub use __holds_by_schema as holds_by_schema;
#[doc(hidden)]
pub use __model as model;

/// Whether a value satisfies its schema, decided by the schema alone.
pub fn satisfies<T: Model>(value: &T, direction: Direction) -> bool {
    T::SCHEMAS.is_valid(T::POINTER, &json::to_value(value), direction)
}

/// Whether a value satisfies its schema although some of its properties have the names of others: it does where no name
/// is written twice.
pub fn satisfies_once<T: Model>(value: &T, direction: Direction) -> bool {
    satisfies(value, direction) && duplicates(&json::to_vec(value)).is_empty()
}

/// The length of a string as JSON Schema counts it: in code points.
pub fn length(text: &str) -> usize {
    text.chars().count()
}

/// Whether the length of a text is in a range, in code points; of several texts, that of each.
pub fn has_length<T: Texts + ?Sized>(texts: &T, range: impl RangeBounds<usize>) -> bool {
    texts.lengths_in((range.start_bound().cloned(), range.end_bound().cloned()))
}

/// A text, or what holds texts.
pub trait Texts {
    /// Whether the length of each text is in a range.
    fn lengths_in(&self, range: (Bound<usize>, Bound<usize>)) -> bool;
}

impl Texts for str {
    fn lengths_in(&self, range: (Bound<usize>, Bound<usize>)) -> bool {
        // A code point takes one byte to four: where the fewest and the most are in the range, nothing is counted.
        let (fewest, most) = (self.len().div_ceil(4), self.len());
        range.contains(&fewest) && range.contains(&most) || range.contains(&length(self))
    }
}

impl Texts for String {
    fn lengths_in(&self, range: (Bound<usize>, Bound<usize>)) -> bool {
        self.as_str().lengths_in(range)
    }
}

impl<T: super::formatted::Format> Texts for Formatted<T> {
    fn lengths_in(&self, range: (Bound<usize>, Bound<usize>)) -> bool {
        self.spelling().lengths_in(range)
    }
}

impl<T: Texts> Texts for Option<T> {
    fn lengths_in(&self, range: (Bound<usize>, Bound<usize>)) -> bool {
        self.as_ref().is_none_or(|text| text.lengths_in(range))
    }
}

impl<T: Texts> Texts for Tristate<T> {
    fn lengths_in(&self, range: (Bound<usize>, Bound<usize>)) -> bool {
        self.value().is_none_or(|text| text.lengths_in(range))
    }
}

impl<T: Texts> Texts for Box<T> {
    fn lengths_in(&self, range: (Bound<usize>, Bound<usize>)) -> bool {
        (**self).lengths_in(range)
    }
}

impl<T: Texts> Texts for Vec<T> {
    fn lengths_in(&self, range: (Bound<usize>, Bound<usize>)) -> bool {
        self.iter().all(|text| text.lengths_in(range))
    }
}

/// Whether no item stands twice; for types whose equality is that of their JSON.
pub fn is_unique<T: Ord>(items: &[T]) -> bool {
    // Few items are compared sooner than sorted; many must not take quadratic time.
    const FEW: usize = 16;
    if items.len() <= FEW {
        return items.iter().enumerate().all(|(position, item)| !items[..position].contains(item));
    }
    let mut seen = BTreeSet::new();
    items.iter().all(|item| seen.insert(item))
}

/// Reads a request body or any other value that must satisfy its schema to the letter.
///
/// # Errors
/// Every violation, each with its place in the instance.
pub fn decode<T: Model>(text: &[u8]) -> Result<T, Violations> {
    decode_in(text, Direction::Request)
}

/// Reads what a server sent: as [`decode`], but enum values and union members that the document does not know are kept.
///
/// # Errors
/// Every violation, each with its place in the instance.
pub fn decode_response<T: Model>(text: &[u8]) -> Result<T, Violations> {
    decode_in(text, Direction::Response)
}

/// Reads a value in a direction.
///
/// # Errors
/// Every violation, each with its place in the instance.
pub fn decode_in<T: Model>(text: &[u8], direction: Direction) -> Result<T, Violations> {
    match valid(text, direction) {
        Ok(value) => Ok(value),
        Err(Failed) => Err(report(T::SCHEMAS, T::POINTER, text, direction)),
    }
}

/// Reads a JSON tree that must satisfy a schema, such as the value of a parameter.
///
/// # Errors
/// Every violation, each with its place in the instance.
pub fn decode_value<T: Json>(
    schemas: &Schemas,
    pointer: &str,
    value: Value,
    direction: Direction,
) -> Result<T, Violations> {
    if !schemas.is_valid(pointer, &value, direction) {
        return Err(or_disagreement(schemas.check(pointer, &value, direction), &value));
    }
    let place = beyond(&value);
    Reading::Exact(direction).within(|| json::from_value(value)).map_err(|_| disagreement(place))
}

/// The fast path: the value, where it satisfies its schema.
///
/// # Errors
/// Where it does not; why is told by a second look.
pub(super) fn valid<T: Model>(text: &[u8], direction: Direction) -> Result<T, Failed> {
    let mut value = Reading::Exact(direction).within(|| json_text::value::<T>(text));
    // Where it is, since it may be large.
    if value.as_ref().is_ok_and(|it| !it.holds(direction)) {
        value = Err(Failed);
    }
    value
}

/// The slow path, taken only by values that are not valid.
fn report(schemas: &Schemas, pointer: &str, text: &[u8], direction: Direction) -> Violations {
    match json_text::tree(text) {
        Ok(instance) => {
            let mut violations = schemas.check(pointer, &instance, direction);
            violations.merge(duplicates(text));
            or_disagreement(violations, &instance)
        }
        Err(malformed) => malformed.into(),
    }
}

/// The fast path said no, so the answer is no, whatever the report says.
pub(super) fn or_disagreement(violations: Violations, instance: &Value) -> Violations {
    if violations.is_empty() { disagreement(beyond(instance)) } else { violations }
}

fn disagreement(place: Option<String>) -> Violations {
    Violation::new(place.unwrap_or_default(), "type", "is more than its type can hold").into()
}

/// The pointer of the first whole number that 64 bits with a sign do not hold, which is what types cannot hold.
fn beyond(instance: &Value) -> Option<String> {
    // Of an integer between -2^63 and 2^63 the type is never the reason.
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    let within = |token: &str, inner: &Value| Some(format!("/{}{}", pointer_token(token), beyond(inner)?));
    match instance {
        Value::Number(number) => {
            let is_beyond = number.as_i64().is_none() && number.as_f64().is_some_and(|it| it.abs() >= LIMIT);
            is_beyond.then(String::new)
        }
        Value::Array(items) => items.iter().enumerate().find_map(|(index, it)| within(&index.to_string(), it)),
        Value::Object(members) => members.iter().find_map(|(name, it)| within(name, it)),
        Value::Null | Value::Bool(_) | Value::String(_) => None,
    }
}

/// Types without assertions of their own.
macro_rules! always {
    ($($ty:ty),*) => {$(
        impl Validate for $ty {
            fn holds(&self, _: Direction) -> bool {
                true
            }
        }
    )*};
}

always!(bool, i8, i16, i32, i64, u8, u16, u32, u64, String, Value, Null, Decimal);

/// Floats, which hold what is no number, or none of JSON.
macro_rules! finite {
    ($($ty:ty),*) => {$(
        impl Validate for $ty {
            fn holds(&self, _: Direction) -> bool {
                self.is_finite()
            }
        }
    )*};
}

finite!(f32, f64);

impl<T> Validate for Formatted<T> {
    fn holds(&self, _: Direction) -> bool {
        true
    }
}

impl<T: Validate> Validate for Option<T> {
    fn holds(&self, direction: Direction) -> bool {
        self.as_ref().is_none_or(|value| value.holds(direction))
    }
}

impl<T: Validate> Validate for Tristate<T> {
    fn holds(&self, direction: Direction) -> bool {
        self.value().is_none_or(|value| value.holds(direction))
    }
}

impl<T: Validate> Validate for Box<T> {
    fn holds(&self, direction: Direction) -> bool {
        (**self).holds(direction)
    }
}

impl<T: Validate> Validate for Vec<T> {
    fn holds(&self, direction: Direction) -> bool {
        self.iter().all(|item| item.holds(direction))
    }
}
