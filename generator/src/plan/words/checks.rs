//! The vocabulary of the plan for checks: what `holds` asks of a value beyond its type.

use crate::source::Number;

/// What must hold for a value beyond its type.
///
/// The tree follows the type: `inner` is about the items of a `Vec` and the values of a map.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Checks {
    /// Assertions on the value itself.
    pub own: Vec<Assertion>,
    /// Assertions on what it holds.
    pub inner: Option<Box<Checks>>,
}

impl Checks {
    /// Whether nothing is left to check.
    pub fn is_empty(&self) -> bool {
        self.own.is_empty() && self.inner.as_ref().is_none_or(|inner| inner.is_empty())
    }

    /// Whether nothing is left but what types check themselves.
    pub fn are_nested(&self) -> bool {
        let is_nested = |it: &Assertion| matches!(it, Assertion::Nested | Assertion::Finite);
        self.own.iter().all(is_nested) && self.inner.as_ref().is_none_or(|inner| inner.are_nested())
    }

    /// Whether nothing is left but that floats are finite.
    pub fn are_finite(&self) -> bool {
        let is_finite = |it: &Assertion| *it == Assertion::Finite;
        self.own.iter().all(is_finite) && self.inner.as_ref().is_none_or(|inner| inner.are_finite())
    }
}

/// One assertion of the fast path.
#[derive(Debug, Clone, PartialEq)]
pub enum Assertion {
    /// The generated type has checks of its own.
    Nested,
    /// `minLength` and `maxLength`, in code points.
    Length(Option<u64>, Option<u64>),
    /// `pattern`.
    Pattern(String),
    /// `format` without a type of its own.
    Format(String),
    /// `minItems` and `maxItems`, or for a map `minProperties` and `maxProperties`.
    Items(Option<u64>, Option<u64>),
    /// `uniqueItems`, of items whose equality is that of JSON.
    Unique,
    /// That a float is a number: JSON has neither infinity nor what is no number.
    Finite,
    /// `multipleOf` on an integer: a positive literal of the field's type.
    Multiple(Number),
    /// `minimum` and its kin: the sign, and the bound as a literal of the field's type.
    Bound(Comparison, Number),
}

/// The four bounds on numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `minimum`
    AtLeast,
    /// `exclusiveMinimum`
    Above,
    /// `maximum`
    AtMost,
    /// `exclusiveMaximum`
    Below,
}
