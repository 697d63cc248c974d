//! The schema checker: every violation of an instance at once, and the branch that a union takes.
//!
//! It reads the schemas of an API from one embedded JSON text, an object from JSON Pointer to schema of JSON Schema
//! 2020-12 in which every `$ref` is `#` and a key of the object:
//!
//! ```json
//! { "/components/schemas/Pet": { "type": "object", "properties": { "owner": { "$ref": "#/components/schemas/Owner" } } } }
//! ```
//!
//! The text is compiled on first need into an arena of keywords (`schema`); a walk (`run`) applies them.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use serde_json::{Map, Value};

use super::violation::{Violation, Violations};

mod array;
mod compile;
mod direction;
mod duplicates;
mod equal;
mod number;
mod object;
mod run;
mod scalar;
mod schema;
mod union;

pub(crate) use duplicates::duplicates;
pub(super) use number::is_integer;
use run::{At, Place, Run};
use schema::Arena;

/// Which way an instance travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the client to the server: enumerations are closed, `readOnly` properties are not required.
    Request,
    /// From the server to the client: open enumerations keep unknown values, `writeOnly` properties are not required.
    Response,
}

/// Whether open sets keep values that the document does not name, in responses.
#[derive(Clone, Copy)]
enum Reading {
    Letter,
    Lenient,
    /// As lenient, and with the violations of the closest branch of a union.
    Closely,
}

/// The schemas of one API, compiled on first need.
pub struct Schemas {
    text: Cow<'static, str>,
    compiled: OnceLock<Result<Arena, String>>,
}

impl Schemas {
    /// The schemas of an embedded text: a JSON object from pointer to schema.
    pub const fn new(text: &'static str) -> Self {
        Self { text: Cow::Borrowed(text), compiled: OnceLock::new() }
    }

    /// The schemas of a text that is made at run time.
    pub const fn owned(text: String) -> Self {
        Self { text: Cow::Owned(text), compiled: OnceLock::new() }
    }

    /// The schemas of such an object that is at hand, compiled at once.
    pub fn compiled(schemas: &Map<String, Value>) -> Self {
        Self { text: Cow::Borrowed("{}"), compiled: OnceLock::from(Ok(compile::compile(schemas))) }
    }

    /// Every violation of the schema at `pointer` by `instance`.
    pub fn check(&self, pointer: &str, instance: &Value, direction: Direction) -> Violations {
        self.run(pointer, instance, direction, Reading::Lenient, Some(Violations::new())).1
    }

    /// The same of a response, up to `capacity`, and in unions that do not decide those of the branch that is closest.
    pub fn check_closely(&self, pointer: &str, instance: &Value, capacity: usize) -> Violations {
        self.run(pointer, instance, Direction::Response, Reading::Closely, Some(Violations::with_capacity(capacity))).1
    }

    /// The index of the one of the `pointers` whose schema is closest to what `instance` is in a response.
    pub(super) fn closest(&self, pointers: &[&str], instance: &Value) -> Option<usize> {
        let arena = self.arena().ok()?;
        let branches: Option<Vec<_>> = pointers.iter().map(|it| arena.root(it)).collect();
        Run::new(arena, Direction::Response, None).closest(&branches?, Place::new(instance, &At::ROOT))
    }

    /// Whether `instance` satisfies the schema at `pointer`; stops at the first violation.
    pub fn is_valid(&self, pointer: &str, instance: &Value, direction: Direction) -> bool {
        self.run(pointer, instance, direction, Reading::Lenient, None).0
    }

    /// Takes away what does not travel in a direction, however deep: `writeOnly` properties from a response.
    ///
    /// A value that only satisfies its schema with them stays as it is.
    pub fn hide(&self, pointer: &str, instance: &mut Value, direction: Direction) {
        let Ok(arena) = self.arena() else { return };
        let Some(id) = arena.root(pointer) else { return };
        let mut shown = instance.clone();
        direction::hide(arena, id, &mut shown, direction);
        let holds = |value: &Value| Run::new(arena, direction, None).start(id, value);
        if holds(&shown) || !holds(instance) {
            *instance = shown;
        }
    }

    /// The indices of those `pointers` whose schemas know `instance`: open sets are closed.
    pub fn matching(&self, pointers: &[&str], instance: &Value, direction: Direction) -> Vec<usize> {
        let knows = |pointer: &str| self.knows(pointer, instance, direction);
        pointers.iter().enumerate().filter(|(_, it)| knows(it)).map(|(index, _)| index).collect()
    }

    /// Whether the schema at `pointer` knows `instance`: open sets are closed.
    pub fn knows(&self, pointer: &str, instance: &Value, direction: Direction) -> bool {
        self.run(pointer, instance, direction, Reading::Letter, None).0
    }

    /// The index of the first of the `pointers` whose schema keeps `instance` in a response.
    pub fn keeping(&self, pointers: &[&str], instance: &Value) -> Option<usize> {
        pointers.iter().position(|pointer| self.is_valid(pointer, instance, Direction::Response))
    }

    /// How a refusal looks that is an instance of the schema at `pointer`: a [form](super::form).
    pub fn refusal(&self, pointer: &str) -> Option<&Value> {
        self.arena().ok()?.refusals.get(pointer)
    }

    fn run(
        &self,
        pointer: &str,
        instance: &Value,
        direction: Direction,
        reading: Reading,
        report: Option<Violations>,
    ) -> (bool, Violations) {
        let root = self.arena().and_then(|arena| {
            let id = arena.root(pointer);
            Ok((arena, id.ok_or_else(|| format!("there is no schema `{pointer}`"))?))
        });
        match root {
            Ok((arena, id)) => {
                let mut run = Run::new(arena, direction, report);
                let valid = match reading {
                    Reading::Letter => run.by_letter(|run| run.start(id, instance)),
                    Reading::Lenient => run.start(id, instance),
                    Reading::Closely => run.closely().start(id, instance),
                };
                (valid, run.report.unwrap_or_default())
            }
            Err(problem) => (false, bug(String::new(), &problem).into()),
        }
    }

    fn arena(&self) -> Result<&Arena, String> {
        let compile = || serde_json::from_str(&self.text).map(|it| compile::compile(&it)).map_err(|it| it.to_string());
        self.compiled.get_or_init(compile).as_ref().map_err(Clone::clone)
    }
}

impl fmt::Debug for Schemas {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Schemas").finish_non_exhaustive()
    }
}

/// A violation that is the fault of the generated code, not of the instance.
fn bug(pointer: String, problem: &str) -> Violation {
    Violation::new(pointer, "schema", format!("cannot be checked: {problem}; this is a bug of the generated code"))
}
