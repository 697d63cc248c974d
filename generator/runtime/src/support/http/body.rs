//! Bodies as types: what is read from a message, and what is written into one.
//!
//! A model is read by the codec of the media type that it came in, so one type serves JSON and forms alike. Where the
//! media types of a body differ in type, `bodies!` makes an enum of them.

use std::fmt;
use std::mem;

use bytes::Bytes;
use http::HeaderValue;
use serde_json::Value;

use super::multipart::Part;
use super::{Answer, ByteStream, Codec, Content, Form, MediaType};
use crate::support::params::{EncodeError, value_of};
use crate::support::{
    Direction, Json, Model, Schemas, Violation, Violations, decode_in, decode_value, json, json_text, tolerate,
    tolerate_value,
};

/// A type that is read from a body.
pub trait ReadBody: Sized {
    /// Reads the body.
    ///
    /// # Errors
    /// Every violation, each with its place in the body.
    fn read(body: Incoming) -> Result<Self, Violations>;
}

/// A type that is written as a body.
pub trait WriteBody {
    /// Writes the body, and what is wrong with it.
    fn write(&self, out: &mut Outgoing);
}

/// A body that has come in.
#[derive(Debug)]
pub struct Incoming {
    pub(crate) schemas: &'static Schemas,
    pub(crate) direction: Direction,
    /// The documented media types, and which of them it is.
    pub(crate) content: &'static [Content],
    pub(crate) position: usize,
    /// The very one, where it is read as bytes.
    pub(crate) content_type: Option<HeaderValue>,
    pub(crate) raw: Raw,
    /// The response that it is the body of, where that is read with tolerance or watched.
    pub(crate) answer: Option<Box<Answer>>,
}

/// The bytes of a body, as far as they had to be looked at.
#[derive(Clone)]
pub enum Raw {
    /// All of it.
    Whole(Bytes),
    /// The parts of a multipart body.
    Parts(Vec<Part>),
    /// What is still on its way.
    Stream(ByteStream),
}

/// What it holds may be secret.
impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(bytes) => write!(f, "Whole({} bytes)", bytes.len()),
            Self::Parts(parts) => write!(f, "Parts({} parts)", parts.len()),
            Self::Stream(_) => f.write_str("Stream(..)"),
        }
    }
}

impl Incoming {
    /// Which of the documented media types the body is in.
    pub fn position(&self) -> usize {
        self.position
    }

    pub(crate) fn content(&self) -> Option<&'static Content> {
        self.content.get(self.position)
    }

    pub(crate) fn whole(&self) -> Bytes {
        match &self.raw {
            Raw::Whole(bytes) => bytes.clone(),
            Raw::Stream(stream) => stream.whole().unwrap_or_default(),
            Raw::Parts(_) => Bytes::new(),
        }
    }

    /// Reads a value of the body, with tolerance where there is one.
    fn decode<T: Json>(&self, schemas: &Schemas, pointer: &str, value: Value) -> Result<T, Violations> {
        match self.tolerant() {
            Some(answer) => answer.tolerated("/body", tolerate_value(schemas, pointer, value)),
            None => decode_value(schemas, pointer, value, self.direction),
        }
    }

    /// The response that it is the body of, where that is read with tolerance.
    fn tolerant(&self) -> Option<&Answer> {
        self.answer.as_deref().filter(|it| it.is_tolerant())
    }

    fn utf8(&self) -> Result<String, Violations> {
        String::from_utf8(self.whole().into()).map_err(|_| Violation::new("", "text", "is not UTF-8").into())
    }

    pub(crate) fn stream(self) -> ByteStream {
        match self.raw {
            Raw::Whole(bytes) => bytes.into(),
            Raw::Stream(stream) => stream,
            Raw::Parts(_) => ByteStream::default(),
        }
    }
}

/// A body on its way out: what a type writes, and what is wrong with that.
#[derive(Debug)]
pub struct Outgoing {
    /// The schemas to check against; responses are checked elsewhere, where that is asked for.
    pub(crate) schemas: Option<&'static Schemas>,
    content: &'static [Content],
    position: usize,
    media_type: Option<String>,
    body: ByteStream,
    pub(crate) violations: Violations,
    fault: Option<EncodeError>,
}

impl Outgoing {
    /// A request, which is checked.
    pub fn checked(content: &'static [Content], schemas: &'static Schemas) -> Self {
        Self { schemas: Some(schemas), ..Self::unchecked(content) }
    }

    /// A response.
    pub(crate) fn unchecked(content: &'static [Content]) -> Self {
        let (body, violations) = (ByteStream::default(), Violations::default());
        Self { schemas: None, content, position: 0, media_type: None, body, violations, fault: None }
    }

    /// The same body in another of the documented media types.
    pub fn at(&mut self, position: usize) -> &mut Self {
        self.position = position;
        self
    }

    pub(crate) fn content(&self) -> Option<&'static Content> {
        self.content.get(self.position)
    }

    pub(crate) fn put(&mut self, body: impl Into<ByteStream>) {
        self.body = body.into();
    }

    /// A stream, unless that was sent before.
    pub(super) fn put_once(&mut self, body: Option<ByteStream>) {
        match body {
            Some(body) => self.put(body),
            None => self.fail(EncodeError::about("body", "is a stream that was sent before, so nothing of it is left")),
        }
    }

    /// The bytes of a body, or of a part: those of a request are sent once, where they are a stream.
    pub(super) fn sendable(&mut self, bytes: &ByteStream) -> ByteStream {
        let sendable = if self.schemas.is_some() { bytes.to_send() } else { Some(bytes.clone()) };
        sendable.unwrap_or_else(|| {
            self.put_once(None);
            ByteStream::default()
        })
    }

    pub(crate) fn name(&mut self, media_type: String) {
        self.media_type = Some(media_type);
    }

    pub(crate) fn fail(&mut self, error: EncodeError) {
        self.fault.get_or_insert(error);
    }

    /// What the schema says about a value.
    pub(crate) fn violations_of(&self, value: &Value) -> Violations {
        match (self.schemas, self.content().and_then(|it| it.schema)) {
            (Some(schemas), Some(schema)) => schemas.check(schema, value, Direction::Request),
            _ => Violations::default(),
        }
    }

    /// The media type and the body.
    pub(crate) fn finish(&mut self) -> Result<(String, ByteStream), EncodeError> {
        if let Some(fault) = self.fault.take() {
            return Err(fault);
        }
        let documented = || self.content().map_or(super::JSON, Content::concrete).to_owned();
        let media_type = self.media_type.clone().unwrap_or_else(documented);
        Ok((media_type, mem::take(&mut self.body)))
    }

    pub(crate) fn form(&mut self, form: &Form, value: &Value) {
        let none = serde_json::Map::new();
        let object = value.as_object().unwrap_or(&none);
        let written = match form.encode(object) {
            Ok(written) => written,
            Err(error) => return self.fail(error),
        };
        match written.lack(object, |rest| self.violations_of(&Value::Object(rest))) {
            None => self.put(written.text),
            Some(error) => self.fail(error),
        }
    }
}

impl<T: Model> ReadBody for T {
    fn read(body: Incoming) -> Result<Self, Violations> {
        let object = match body.content().map(|it| it.codec) {
            Some(Codec::Form(form)) => form.decode(&body.utf8()?)?,
            Some(Codec::Multipart(form)) => super::multipart::object(form, &body)?,
            Some(Codec::Scalar(shape)) => {
                return body.decode(T::SCHEMAS, T::POINTER, value_of(shape, body.utf8()?));
            }
            _ => {
                return match body.tolerant() {
                    Some(answer) => answer.tolerated("/body", tolerate(&body.whole())),
                    None => decode_in(&body.whole(), body.direction),
                };
            }
        };
        body.decode(T::SCHEMAS, T::POINTER, Value::Object(object))
    }
}

impl<T: Model> WriteBody for T {
    fn write(&self, out: &mut Outgoing) {
        if out.schemas.is_some()
            && let Err(violations) = self.validate(Direction::Request)
        {
            return out.violations.merge(violations);
        }
        match out.content().map(|it| it.codec) {
            Some(Codec::Form(form)) => out.form(form, &json::to_value(self)),
            Some(Codec::Multipart(form)) => {
                super::multipart::write(form, &json::to_value(self), Vec::new(), Vec::new(), out);
            }
            Some(Codec::Scalar(_)) => out.put(match json::to_value(self) {
                Value::String(text) => text,
                value => value.to_string(),
            }),
            _ => out.put(json::to_vec(self)),
        }
    }
}

/// Any JSON.
impl ReadBody for Value {
    fn read(body: Incoming) -> Result<Self, Violations> {
        let (value, twice) = json_text::tree_and_duplicates(&body.whole())?;
        match body.tolerant() {
            Some(answer) => answer.tolerated("/body", Ok((value, twice))),
            None if twice.is_empty() => Ok(value),
            None => Err(twice),
        }
    }
}

impl WriteBody for Value {
    fn write(&self, out: &mut Outgoing) {
        out.put(self.to_string());
    }
}

/// Text.
impl ReadBody for String {
    fn read(body: Incoming) -> Result<Self, Violations> {
        let text = body.utf8()?;
        match body.content().and_then(|it| it.schema) {
            Some(schema) => body.decode(body.schemas, schema, Value::String(text)),
            None => Ok(text),
        }
    }
}

impl WriteBody for String {
    fn write(&self, out: &mut Outgoing) {
        let found = out.violations_of(&Value::String(self.clone()));
        out.violations.merge(found);
        out.put(self.clone());
    }
}

impl ReadBody for ByteStream {
    fn read(body: Incoming) -> Result<Self, Violations> {
        Ok(body.stream())
    }
}

impl WriteBody for ByteStream {
    fn write(&self, out: &mut Outgoing) {
        let bytes = out.sendable(self);
        out.put(bytes);
    }
}

/// Bytes in one of several media types.
#[derive(Debug, Clone, PartialEq)]
pub struct Binary {
    /// The media type, such as `image/png`.
    pub media_type: String,
    /// The bytes.
    pub content: ByteStream,
}

impl Binary {
    /// Bytes in a media type.
    pub fn new(media_type: impl Into<String>, content: impl Into<ByteStream>) -> Self {
        Self { media_type: media_type.into(), content: content.into() }
    }
}

impl ReadBody for Binary {
    fn read(body: Incoming) -> Result<Self, Violations> {
        let documented = || body.content().map_or("application/octet-stream", Content::concrete).to_owned();
        let given = body.content_type.as_ref().and_then(|it| it.to_str().ok());
        let media_type = given.filter(|it| MediaType::parse(it).is_some()).map_or_else(documented, str::to_owned);
        Ok(Self { media_type, content: body.stream() })
    }
}

impl WriteBody for Binary {
    fn write(&self, out: &mut Outgoing) {
        let parsed = MediaType::parse(&self.media_type);
        let documented =
            parsed.as_ref().is_some_and(|it| out.content.iter().any(|content| it.is_in(content.media_type)));
        if !documented {
            return out.fail(EncodeError::about("body", "is in no media type that the document has"));
        }
        if parsed.is_some_and(|it| it.essence().starts_with("multipart/") && it.parameter("boundary").is_none()) {
            return out
                .fail(EncodeError::about("body", "has parts, and its media type names no boundary between them"));
        }
        out.name(self.media_type.clone());
        let bytes = out.sendable(&self.content);
        out.put(bytes);
    }
}

/// Makes an enum of the media types of a body that differ in type: each variant with their positions in the document.
#[doc(hidden)]
#[macro_export]
macro_rules! __bodies {
    ($name:ident { $($variant:ident: $first:literal $(| $other:literal)*,)* }) => {
        impl $crate::support::http::ReadBody for $name {
            fn read(
                body: $crate::support::http::Incoming,
            ) -> ::core::result::Result<Self, $crate::support::Violations> {
                #[allow(clippy::manual_range_patterns, reason = "the document's numbers may stand side by side")]
                match body.position() {
                    $($first $(| $other)* => $crate::support::http::ReadBody::read(body).map(Self::$variant),)*
                    _ => ::core::result::Result::Err($crate::support::http::Incoming::undocumented()),
                }
            }
        }

        impl $crate::support::http::WriteBody for $name {
            fn write(&self, out: &mut $crate::support::http::Outgoing) {
                match self {
                    $(Self::$variant(body) => $crate::support::http::WriteBody::write(body, out.at($first)),)*
                }
            }
        }
    };
}

#[doc(hidden)]
pub use __bodies as bodies;

impl Incoming {
    /// What is said about a body in a media type that the document does not have.
    #[doc(hidden)]
    pub fn undocumented() -> Violations {
        Violation::new("", "content", "is in no media type that the document has").into()
    }
}
