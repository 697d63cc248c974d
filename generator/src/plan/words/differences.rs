//! The vocabulary of the plan for what differs by direction: what a type leaves out, and how one form is made of the
//! other.

use specwright_runtime::Direction;

use super::places::ModelId;

/// Properties that do not travel in a direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The direction, which is that of all instances of the type.
    pub direction: Direction,
    /// Their names, each with the key of the schema that it satisfies where it is sent all the same.
    pub properties: Vec<(String, String)>,
}

/// How what requests send is made of what a server answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeOf {
    /// The type of what was answered.
    pub model: ModelId,
    /// The function, where it needs more than that.
    pub name: String,
    /// Where each field of what is sent comes from.
    pub fields: Vec<Source>,
}

/// Where a field of what is sent comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// From the field of this name, as it is.
    Taken(String),
    /// From the field of this name, whose type has two forms as well.
    Converted(String),
    /// From the caller: a request must have it, and an answer does not.
    Given,
    /// From nowhere: it may be absent, or has one possible value.
    Initial,
}
