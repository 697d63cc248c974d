//! Messages whose schemas are known at run time only, for programs that serve any document.
//!
//! Generated code does without: its types say what a body is.

use futures_util::StreamExt;
use serde_json::{Map, Value};

use crate::support::http::frames::{Framing, frames};
use crate::support::http::items::{Exactness, event};
use crate::support::http::{
    Codec, Content, Field, Form, Incoming, ItemError, Items, Operation, PartsReader, RawResponse, ReadBody, StreamError,
};
use crate::support::params::value_of;
use crate::support::server::check::{check, check_by};
use crate::support::{Violations, json_text};

/// A request body in any of the documented media types, valid by its schema.
#[derive(Debug, Clone, PartialEq)]
pub struct AnyBody {
    /// What it stands for; files and what is passed on as it comes are `null`.
    pub value: Value,
    /// What is passed on as it comes: items, each of them valid by its schema, or the pieces of bytes.
    pub stream: Items<Value>,
}

impl ReadBody for AnyBody {
    fn read(body: Incoming) -> Result<Self, Violations> {
        let Some(content) = body.content() else { return Err(Incoming::undocumented()) };
        if content.codec.is_streamed() {
            return Ok(Self { value: Value::Null, stream: items(body, content) });
        }
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
            // They are streams.
            Codec::Binary | Codec::Lines | Codec::Sequence | Codec::Events => Value::Null,
        };
        Ok(Self { value, stream: Items::from_values([]) })
    }
}

/// The items of a body, each of them valid by the schema of its content; those of bytes are their pieces, as `null`.
fn items(body: Incoming, content: &'static Content) -> Items<Value> {
    let (schemas, schema) = (body.schemas, content.schema);
    let framing = match content.codec {
        Codec::Sequence => Framing::Sequence,
        Codec::Events => Framing::Events,
        Codec::Lines => Framing::Lines,
        _ => {
            let broken = |error: StreamError| ItemError::Interrupted(error.into());
            return Items::streamed(body.stream().map(move |it| it.map(|_| Value::Null).map_err(broken)));
        }
    };
    let exactness = Exactness::new(&body);
    let items = frames(body.stream(), framing).enumerate().filter_map(move |(number, item)| {
        let item = item.map(|item| match framing {
            Framing::Events => event(&item).data.map(Into::into),
            _ => Some(item),
        });
        async move { item.transpose().map(|it| (number, it)) }
    });
    // The data of an event is text where no schema says more.
    let is_text = framing == Framing::Events && schema.is_none();
    let read = move |item: &[u8], number| {
        exactness.read(number, |_, direction| {
            if is_text {
                return Ok((Value::Null, Violations::default()));
            }
            let (value, mut violations) = json_text::tree_and_duplicates(item)?;
            violations.merge(schema.map(|it| schemas.check(it, &value, direction)).unwrap_or_default());
            if violations.is_empty() { Ok((value, violations)) } else { Err(violations) }
        })
    };
    Items::streamed(items.map(move |(number, item)| read(&item?, number).map_err(ItemError::Invalid)))
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
