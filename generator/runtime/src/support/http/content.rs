//! What a body may be: its media types, and how each of them is read and written.

use std::fmt;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};

use super::{Form, MediaType};
use crate::support::Violation;
use crate::support::params::Shape;

/// A body in one media type.
#[derive(Debug, Clone, Copy)]
pub struct Content {
    /// The media type or range, as the document writes it.
    pub media_type: &'static str,
    /// The JSON Pointer of its schema.
    pub schema: Option<&'static str>,
    /// How it is read and written.
    pub codec: Codec,
}

/// How a body is read and written.
#[derive(Debug, Clone, Copy)]
pub enum Codec {
    /// JSON.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form(&'static Form),
    /// `multipart/form-data`.
    Multipart(&'static Form),
    /// Text in UTF-8.
    Text,
    /// Text in UTF-8 that stands for one value, such as a number.
    Scalar(&'static Shape),
    /// Bytes, which are passed on as they come.
    Binary,
    /// JSON, one value a line.
    Lines,
    /// JSON text sequences (RFC 7464).
    Sequence,
    /// Server-sent events.
    Events,
}

impl Codec {
    /// Whether the body is passed on as it comes.
    pub(crate) fn is_streamed(self) -> bool {
        matches!(self, Self::Binary | Self::Lines | Self::Sequence | Self::Events)
    }
}

impl Content {
    /// A body in `application/json`.
    pub const fn json(schema: &'static str) -> Self {
        Self::json_as(super::JSON, schema)
    }

    /// A body in another media type of JSON.
    pub const fn json_as(media_type: &'static str, schema: &'static str) -> Self {
        Self { media_type, schema: Some(schema), codec: Codec::Json }
    }

    /// Any JSON.
    pub const fn any_json(media_type: &'static str) -> Self {
        Self { media_type, schema: None, codec: Codec::Json }
    }

    /// A body in `application/x-www-form-urlencoded`.
    pub const fn form(schema: &'static str, form: &'static Form) -> Self {
        Self { media_type: super::FORM, schema: Some(schema), codec: Codec::Form(form) }
    }

    /// A body in `multipart/form-data`.
    pub const fn multipart(schema: &'static str, form: &'static Form) -> Self {
        Self { media_type: super::MULTIPART, schema: Some(schema), codec: Codec::Multipart(form) }
    }

    /// A body that is text.
    pub const fn text(media_type: &'static str) -> Self {
        Self { media_type, schema: None, codec: Codec::Text }
    }

    /// A body whose text stands for one value.
    pub const fn scalar(media_type: &'static str, schema: &'static str, shape: &'static Shape) -> Self {
        Self { media_type, schema: Some(schema), codec: Codec::Scalar(shape) }
    }

    /// A body that is bytes.
    pub const fn binary(media_type: &'static str) -> Self {
        Self { media_type, schema: None, codec: Codec::Binary }
    }

    /// A body of JSON lines.
    pub const fn lines(media_type: &'static str) -> Self {
        Self { media_type, schema: None, codec: Codec::Lines }
    }

    /// A body of JSON text sequences.
    pub const fn sequence(media_type: &'static str) -> Self {
        Self { media_type, schema: None, codec: Codec::Sequence }
    }

    /// A body of server-sent events.
    pub const fn events() -> Self {
        Self { media_type: "text/event-stream", schema: None, codec: Codec::Events }
    }

    /// The same body with a schema for its text.
    #[must_use]
    pub const fn with_schema(self, schema: &'static str) -> Self {
        Self { schema: Some(schema), ..self }
    }

    /// The position of the closest fit for the media type of a message.
    pub(crate) fn position(all: &[Self], headers: &HeaderMap) -> Option<usize> {
        Self::named(all, headers.get(CONTENT_TYPE)?)
    }

    fn named(all: &[Self], media_type: &HeaderValue) -> Option<usize> {
        let text = media_type.to_str().ok()?;
        // Messages spell a media type as documents do, nearly always.
        let same = |it: &Self| it.media_type == text && !text.contains(';');
        all.iter().position(same).or_else(|| Self::find(all, &MediaType::parse(text)?))
    }

    /// The media type of a message word for word, where whoever reads a body in this one asks for that.
    pub(crate) fn spelled(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        if self.codec.is_streamed() { headers.get(CONTENT_TYPE).cloned() } else { None }
    }

    /// The same for a request: a body that nobody names a type of is bytes (RFC 9110, section 8.3), unless a page in a
    /// browser sends it, which could send such a body to other sites without asking them first.
    #[cfg(feature = "server")]
    pub(crate) fn of_request(all: &[Self], headers: &HeaderMap) -> Option<usize> {
        if let Some(named) = headers.get(CONTENT_TYPE) {
            return Self::named(all, named);
        }
        let named = |name: &str| all.iter().position(|it| it.media_type.eq_ignore_ascii_case(name));
        let is_of_a_page = headers.contains_key(http::header::ORIGIN);
        named("application/octet-stream").filter(|_| !is_of_a_page).or_else(|| named("*/*"))
    }

    /// The position of the media type that a response has but for its `charset`, where that names another encoding of
    /// text than UTF-8, and what is wrong with that: nothing where the text is ASCII, of which most encodings make the same.
    pub(crate) fn in_charset(
        all: &[Self],
        headers: &HeaderMap,
        body: Option<&[u8]>,
    ) -> Option<(usize, Option<Violation>)> {
        let (position, charset) = Self::other_charset(all, headers)?;
        let is_wide = ["utf-16", "utf-32", "ucs-2", "ucs-4"].iter().any(|it| charset.0.starts_with(it));
        if !is_wide && body.is_some_and(<[u8]>::is_ascii) {
            return Some((position, None));
        }
        let message = format!("is in {charset}, and text is read as UTF-8");
        Some((position, Some(Violation::new("/header/Content-Type", "charset", message))))
    }

    /// The position of the media type that a message has but for its `charset`, and that.
    pub(crate) fn other_charset(all: &[Self], headers: &HeaderMap) -> Option<(usize, Charset)> {
        let media_type = MediaType::from_headers(headers)?;
        let charset = media_type.parameter("charset")?.to_ascii_lowercase();
        let position = all.iter().position(|it| media_type.is_in(it.media_type) && !it.takes(&media_type))?;
        Some((position, Charset(charset)))
    }

    /// The same for a response: many servers leave its media type out, and the body then speaks for itself.
    pub(crate) fn of_response(all: &[Self], headers: &HeaderMap) -> Option<usize> {
        Self::position(all, headers).or_else(|| MediaType::from_headers(headers).is_none().then_some(0))
    }

    /// The position of the closest fit for a media type: itself with its parameters, itself, else its range.
    fn find(all: &[Self], media_type: &MediaType) -> Option<usize> {
        let fits = |it: &Self| {
            let fit = media_type.fit(it.media_type).filter(|_| it.takes(media_type))?;
            Some((fit, media_type.shared_parameters(it.media_type)))
        };
        let fitting = all.iter().enumerate().filter_map(|(position, it)| Some((position, fits(it)?)));
        // The first of the best.
        fitting.rev().max_by_key(|(_, fit)| *fit).map(|(position, _)| position)
    }

    /// Text and what is made of it is in UTF-8, and JSON and events are whatever is said about them.
    fn takes(&self, media_type: &MediaType) -> bool {
        let is_text = matches!(self.codec, Codec::Form(_) | Codec::Text | Codec::Scalar(_));
        !is_text || media_type.is_utf8()
    }

    /// The media type to send, where the document says a range.
    pub(crate) fn concrete(&self) -> &'static str {
        match self.codec {
            _ if !self.media_type.contains('*') => self.media_type,
            Codec::Json => super::JSON,
            Codec::Text | Codec::Scalar(_) => "text/plain",
            _ => "application/octet-stream",
        }
    }
}

/// The name of an encoding of text, in small letters.
pub(crate) struct Charset(String);

/// A name of a stranger's is shown where it is one.
impl fmt::Display for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(name) = self;
        let is_name = name.len() < 40 && name.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_.:".contains(&it));
        if is_name { write!(f, "`{name}`") } else { f.write_str("another encoding") }
    }
}
