//! The vocabulary of the plan for values that a document gives: defaults, and the one value of a property.

use crate::source::Number;

/// A value that a document gives, as one of the type of a field or parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum DefaultValue {
    /// A boolean.
    Bool(bool),
    /// A number that the type holds.
    Number(Number),
    /// A string.
    Text(String),
    /// A moment, in seconds since 1970 and nanoseconds.
    Moment {
        /// The seconds, of which there are fewer than none before 1970.
        seconds: i64,
        /// The rest of a second, with the same sign.
        nanoseconds: i32,
    },
    /// A day of the calendar.
    Day {
        /// The year.
        year: i16,
        /// The month, from 1.
        month: i8,
        /// The day, from 1.
        day: i8,
    },
    /// A list, by its items.
    List(Vec<DefaultValue>),
    /// A map, by its keys.
    Map(Vec<(String, DefaultValue)>),
    /// An object, by the fields of its struct; none for those that are absent.
    Object(Vec<Option<DefaultValue>>),
    /// What a newtype holds.
    Newtype(Box<DefaultValue>),
    /// `null`, where the type has it.
    Null,
    /// A variant of an enumeration, by its identifier.
    Variant(String),
}
