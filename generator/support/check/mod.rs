//! The schema checker: every violation of an instance at once.

use serde_json::Value;

use super::violation::{Violation, Violations};

/// Which way an instance travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the client to the server: enumerations are closed, `readOnly` properties are not required.
    Request,
    /// From the server to the client: open enumerations keep unknown values, `writeOnly` properties are not required.
    Response,
}

/// The schemas of one API, compiled on first need.
#[derive(Debug)]
pub struct Schemas {
    #[expect(dead_code, reason = "read by the compiler that follows")]
    text: &'static str,
}

impl Schemas {
    /// The schemas of an embedded text: a JSON object from pointer to schema.
    pub const fn new(text: &'static str) -> Self {
        Self { text }
    }

    /// Every violation of the schema at `pointer` by `instance`.
    pub fn check(&self, pointer: &str, instance: &Value, direction: Direction) -> Violations {
        let _ = (instance, direction);
        Violation::new("", "schema", format!("there is no schema `{pointer}`: a bug of the generated code")).into()
    }

    /// Whether `instance` satisfies the schema at `pointer`.
    pub fn is_valid(&self, pointer: &str, instance: &Value, direction: Direction) -> bool {
        self.check(pointer, instance, direction).is_empty()
    }

    /// The indices of those `pointers` whose schemas accept `instance`.
    pub fn matching(&self, pointers: &[&str], instance: &Value, direction: Direction) -> Vec<usize> {
        let accepts = |pointer: &str| self.is_valid(pointer, instance, direction);
        pointers.iter().enumerate().filter(|(_, it)| accepts(it)).map(|(index, _)| index).collect()
    }
}
