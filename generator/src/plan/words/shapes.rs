//! The vocabulary of the plan for texts: how that of a parameter or a field becomes JSON.

/// How the text of a parameter becomes JSON.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Anything: a string.
    Any,
    /// `null`
    Null,
    /// `boolean`
    Boolean,
    /// `integer`
    Integer,
    /// `number`
    Number,
    /// `string`
    String,
    /// `array`
    Array(Box<Shape>),
    /// `object`
    Object(Vec<(String, Shape)>, Box<Shape>),
    /// One of several.
    OneOf(Vec<Shape>),
}
