//! Messages whose schemas are known at run time only, for programs that serve any document.
//!
//! Generated code does without: its types say what a body is.

use serde_json::{Map, Value};

use crate::support::http::{Codec, Content, Field, Form, Incoming, Operation, PartsReader, RawResponse, ReadBody};
use crate::support::params::value_of;
use crate::support::server::check::{check, check_by};
use crate::support::{Violations, json_text};

/// A request body in any of the documented media types, valid by its schema.
#[derive(Debug, Clone, PartialEq)]
pub struct AnyBody {
    /// What it stands for; files and what is passed on as it comes are `null`.
    pub value: Value,
}

impl ReadBody for AnyBody {
    fn read(body: Incoming) -> Result<Self, Violations> {
        let Some(content) = body.content() else { return Err(Incoming::undocumented()) };
        let value = match content.codec {
            Codec::Json => json(&body, content)?,
            Codec::Form(form) => {
                let object = Value::Object(form.decode(&String::read(unchecked(&body))?)?);
                checked(&body, content, object)?
            }
            Codec::Multipart(form) => parts(&body, form)?.into(),
            Codec::Text => String::read(body)?.into(),
            Codec::Scalar(shape) => {
                let text = String::read(unchecked(&body))?;
                checked(&body, content, value_of(shape, text))?
            }
            Codec::Binary | Codec::Lines | Codec::Sequence | Codec::Events => Value::Null,
        };
        Ok(Self { value })
    }
}

fn json(body: &Incoming, content: &Content) -> Result<Value, Violations> {
    let text = body.whole();
    let (value, twice) = json_text::tree_and_duplicates(&text)?;
    if twice.is_empty() { checked(body, content, value) } else { Err(twice) }
}

fn checked(body: &Incoming, content: &Content, value: Value) -> Result<Value, Violations> {
    let Some(schema) = content.schema else { return Ok(value) };
    let violations = body.schemas.check(schema, &value, body.direction);
    if violations.is_empty() { Ok(value) } else { Err(violations) }
}

/// The text of a form, which its schema says nothing about.
fn unchecked(body: &Incoming) -> Incoming {
    let Incoming { schemas, direction, ref content_type, ref raw, .. } = *body;
    let raw = raw.clone();
    Incoming { schemas, direction, content: &[], position: 0, content_type: content_type.clone(), raw, answer: None }
}

/// The parts of a form. Which of its files are lists is what its schema says, so both are tried.
fn parts(body: &Incoming, form: &Form) -> Result<Map<String, Value>, Violations> {
    let files: Vec<_> = form.fields.iter().filter(|it| it.is_file()).map(Field::name).collect();
    let read = |lists: &[&str]| PartsReader::new(body, lists).map(|it| it.object);
    read(&[]).or_else(|violations| {
        let some = |name: &&str| read(&[*name]).or_else(|_| read(&files)).ok();
        files.iter().find_map(some).ok_or(violations)
    })
}

/// What the document does not say about a response of an operation.
pub fn check_response(operation: &Operation, response: RawResponse) -> Violations {
    check(operation, &response.into())
}

/// The same, and in unions that do not decide, what is wrong with the branch that is closest.
pub fn check_response_closely(operation: &Operation, response: RawResponse) -> Violations {
    const MOST: usize = 1_000;
    check_by(|schemas, pointer, value| schemas.check_closely(pointer, value, MOST), operation, &response.into())
}
