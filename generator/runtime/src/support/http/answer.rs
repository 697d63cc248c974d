//! A response on its way into its type, and how exactly it has to be what the document says.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use http::StatusCode;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use serde::de::IgnoredAny;
use serde_json::Value;

use super::{
    Codec, Content, DecodeError, Documented, Incoming, MaybeSend, MaybeSync, MediaType, Operation, Raw, RawResponse,
    ReadBody, repeated,
};
use crate::support::json_text::{self, unmarked};
use crate::support::params::{self, Parameter, RawRequest, Siblings};
use crate::support::{
    Direction, Json, Model, Schemas, Violation, Violations, decode_response, tolerate, tolerate_value,
};

/// The longest media type that messages show: registered ones have 127 characters at most on either side (RFC 6838,
/// section 4.2).
const MAX_SHOWN: usize = 255;

/// How exactly a response has to be what the document says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Leniency {
    /// Whatever is not as documented is an error.
    #[default]
    Strict,
    /// What the type can hold is taken, and what has one meaning only is read by it: null for a property that may be
    /// absent, a number as text, a time without its offset (of UTC). Unknown properties of closed objects are left out.
    Tolerant,
}

/// Hears of everything in a response that is not as the document says, whether it was tolerated or not.
///
/// It is told while the response is read, so it should be quick: count, log, or write down. Closures are observers.
pub trait Observer: MaybeSend + MaybeSync {
    /// Hears of one deviation.
    fn deviation(&self, deviation: &Deviation<'_>);
}

impl<F: Fn(&Deviation<'_>) + MaybeSend + MaybeSync> Observer for F {
    fn deviation(&self, deviation: &Deviation<'_>) {
        self(deviation);
    }
}

/// One thing in a response that is not as the document says. It holds no value of the response.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Deviation<'a> {
    /// The operation that was called.
    pub operation: &'static Operation,
    /// The status of the response.
    pub status: StatusCode,
    /// Its media type, as it came.
    pub media_type: Option<&'a str>,
    /// Where it is, below `/status`, `/header` or `/body`, and what the document asks for.
    pub violation: &'a Violation,
    /// The JSON type of what is there instead; `None` where nothing is, or it is no JSON.
    pub found: Option<&'static str>,
    /// Whether the response was read all the same.
    pub tolerated: bool,
}

impl Deviation<'_> {
    /// The deviation as a line of JSON without its line break, as `specwright observe` reads it.
    pub fn to_json(&self) -> String {
        let Self { operation, status, media_type, violation, found, tolerated } = self;
        serde_json::json!({
            "operation": operation.id,
            "method": operation.method,
            "path": operation.path,
            "status": status.as_u16(),
            "mediaType": media_type,
            "pointer": violation.pointer,
            "keyword": violation.keyword,
            "message": violation.message,
            "limit": violation.limit,
            "found": found,
            "tolerated": tolerated,
        })
        .to_string()
    }
}

/// Tells an observer what is not as documented.
#[derive(Clone)]
pub struct Watch {
    /// The operation that was called.
    pub operation: &'static Operation,
    /// Who is told.
    pub observer: Arc<dyn Observer>,
    /// Whether the response is refused by now, and only looked at.
    pub refused: bool,
}

impl Watch {
    /// Tells what is wrong with a response.
    pub fn tell(&self, response: &RawResponse, violations: &Violations, tolerated: bool) {
        let Self { operation, observer, refused } = self;
        if violations.is_empty() {
            return;
        }
        let tolerated = tolerated && !refused;
        let body = response.body.whole().and_then(|it| json_text::tree(&it).ok());
        let media_type = response.headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
        for violation in violations {
            let place = violation.pointer.strip_prefix("/body");
            let found = place.and_then(|it| body.as_ref()?.pointer(it)).map(kind);
            let status = response.status;
            observer.deviation(&Deviation { operation, status, media_type, violation, found, tolerated });
        }
    }
}

/// Whether a text is JSON.
fn is_json(text: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(unmarked(text)).is_ok()
}

/// The JSON type of a value.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if crate::support::check::is_integer(number) => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// A response on its way into its type: `Response::decode(raw.into())` reads it to the letter.
#[derive(Clone)]
pub struct Answer {
    raw: RawResponse,
    leniency: Leniency,
    watch: Option<Watch>,
    /// The data of the event that ends a stream.
    end: Option<Arc<str>>,
}

/// To the letter.
impl From<RawResponse> for Answer {
    fn from(raw: RawResponse) -> Self {
        Self { raw, leniency: Leniency::Strict, watch: None, end: None }
    }
}

impl Deref for Answer {
    type Target = RawResponse;

    fn deref(&self) -> &RawResponse {
        &self.raw
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("raw", &self.raw).field("leniency", &self.leniency).finish_non_exhaustive()
    }
}

impl Answer {
    /// A response that is read with a leniency, while an observer hears of what is not as documented.
    pub fn new(raw: RawResponse, leniency: Leniency, watch: Option<Watch>) -> Self {
        Self { raw, leniency, watch, end: None }
    }

    /// The same response, with a stream of events that is over where the data of one is this text.
    #[must_use]
    pub fn ending_with(self, end: Option<Arc<str>>) -> Self {
        Self { end, ..self }
    }

    pub(crate) fn end(&self) -> Option<Arc<str>> {
        self.end.clone()
    }

    /// The response as it came.
    pub fn into_raw(self) -> RawResponse {
        self.raw
    }

    fn tell(&self, violations: &Violations, tolerated: bool) {
        if let Some(watch) = &self.watch {
            watch.tell(&self.raw, violations, tolerated);
        }
    }

    pub(crate) fn leniency(&self) -> Leniency {
        self.leniency
    }

    pub(crate) fn is_tolerant(&self) -> bool {
        self.leniency == Leniency::Tolerant
    }

    /// The JSON body as a model.
    ///
    /// # Errors
    /// Where the body is not JSON, or not as the schema wants it.
    pub fn read_json<T: Model>(&self) -> Result<T, DecodeError> {
        // Many servers leave the media type out; the body then speaks for itself.
        if MediaType::from_headers(&self.headers).is_some_and(|it| !it.is_json()) {
            self.doubt("no JSON media type", is_json(&self.whole()))?;
        }
        let read = if self.is_tolerant() {
            self.tolerated("/body", tolerate(&self.whole()))
        } else {
            decode_response(&self.whole())
        };
        read.map_err(|violations| self.error(violations.prefixed("/body")))
    }

    /// The body in the media type that it has, which must be one of the document's.
    ///
    /// # Errors
    /// Where it is not, or the body is not as its schema wants it.
    pub fn read<T: ReadBody>(
        &self,
        schemas: &'static Schemas,
        documented: &'static Documented,
    ) -> Result<T, DecodeError> {
        let content = documented.content();
        let position = self.position(content)?;
        if content.get(position).is_some_and(|it| it.codec.is_streamed()) {
            self.unpacked(documented)?;
        }
        let raw = self.body.whole().map_or_else(|| Raw::Stream(self.body.clone()), Raw::Whole);
        let content_type = content.get(position).and_then(|it| it.spelled(&self.headers));
        let answer = (self.is_tolerant() || self.watch.is_some() || self.end.is_some()).then(|| Box::new(self.clone()));
        let direction = Direction::Response;
        let body = Incoming { schemas, direction, content, position, content_type, raw, answer };
        T::read(body).map_err(|violations| self.error(violations.prefixed("/body")))
    }

    /// What was read with tolerance, at its place in the response, and tells what was tolerated.
    pub(crate) fn tolerated<T>(&self, place: &str, read: Result<(T, Violations), Violations>) -> Result<T, Violations> {
        let (value, deviations) = read?;
        self.tell(&deviations.prefixed(place), true);
        Ok(value)
    }

    /// What was read of an item of a stream; what is wrong with it is nobody else's to tell.
    pub(crate) fn item<T>(&self, number: usize, read: Result<(T, Violations), Violations>) -> Result<T, Violations> {
        let place = format!("/body/{number}");
        let read = self.tolerated(&place, read);
        if let Err(violations) = &read {
            self.tell(&violations.clone().prefixed(&place), false);
        }
        read
    }

    /// Which of the documented media types the body is in.
    fn position(&self, content: &[Content]) -> Result<usize, DecodeError> {
        if let Some(position) = Content::of_response(content, &self.headers) {
            return Ok(position);
        }
        if let Some((position, fault)) = Content::in_charset(content, &self.headers, self.body.whole().as_deref()) {
            let Some(fault) = fault.map(Violations::from) else { return Ok(position) };
            if !self.is_tolerant() {
                return Err(self.error(fault));
            }
            // Where it is no UTF-8, reading it says so.
            self.tell(&fault, true);
            return Ok(position);
        }
        let position = self.likely(content);
        self.doubt("no documented media type", position.is_some())?;
        Ok(position.unwrap_or_default())
    }

    /// A media type that is not the documented one is an error, or a deviation where the body speaks for itself.
    fn doubt(&self, what: &str, speaks: bool) -> Result<(), DecodeError> {
        let media_type = MediaType::from_headers(&self.headers);
        let message = match media_type.as_ref().map(MediaType::essence).filter(|it| it.len() <= MAX_SHOWN) {
            Some(essence) => format!("is `{essence}`, {what}"),
            None => format!("is {what}"),
        };
        let violations = Violations::from(Violation::new("/header/Content-Type", "content", message));
        if !self.is_tolerant() || !speaks {
            return Err(self.error(violations));
        }
        self.tell(&violations, true);
        Ok(())
    }

    /// The documented media type that a body in another one is likely to have: JSON where it is well-formed, else the
    /// only one, where it takes any bytes or text.
    fn likely(&self, content: &[Content]) -> Option<usize> {
        let whole = self.body.whole()?;
        let json = content.iter().position(|it| matches!(it.codec, Codec::Json)).filter(|_| is_json(&whole));
        let only = || match content {
            [only] if matches!(only.codec, Codec::Binary | Codec::Text | Codec::Lines) => Some(0),
            _ => None,
        };
        json.or_else(only)
    }

    /// A header that is always there.
    ///
    /// # Errors
    /// Where it is missing, or not as its schema wants it.
    pub fn read_header<T: Json>(&self, schemas: &Schemas, parameter: &Parameter) -> Result<T, DecodeError> {
        let missing = || self.error(parameter.violation("required", "is missing").into());
        self.header(schemas, parameter)?.ok_or_else(missing)
    }

    /// A header that may be absent; with tolerance, one that cannot be read is.
    ///
    /// # Errors
    /// Where it is not as its schema wants it.
    pub fn read_optional_header<T: Json>(
        &self,
        schemas: &Schemas,
        parameter: &Parameter,
    ) -> Result<Option<T>, DecodeError> {
        let header = self.header(schemas, parameter);
        match header {
            Err(error) if self.is_tolerant() => {
                self.tell(&error.violations, true);
                Ok(None)
            }
            other => other,
        }
    }

    fn header<T: Json>(&self, schemas: &Schemas, parameter: &Parameter) -> Result<Option<T>, DecodeError> {
        let headers = RawRequest { path: &[], query: "", headers: &self.headers };
        let value = match repeated::value(parameter, &self.headers) {
            None => params::decode(parameter, &headers, Siblings::default())
                .map_err(|violation| self.error(violation.into()))?,
            repeated => repeated,
        };
        let Some(value) = value else { return Ok(None) };
        let place = parameter.pointer();
        let read = if self.is_tolerant() {
            self.tolerated(&place, tolerate_value(schemas, parameter.schema, value))
        } else {
            parameter.read(schemas, value, Direction::Response)
        };
        read.map(Some).map_err(|violations| self.error(violations.prefixed(&place)))
    }

    fn error(&self, violations: Violations) -> DecodeError {
        let packed = self.packed().filter(|_| violations.iter().all(|it| it.pointer.starts_with("/body")));
        DecodeError { status: self.raw.status, violations: packed.map_or(violations, Violations::from) }
    }

    /// A body that is passed on as it comes is not looked at, so nobody would see that it is packed; where the document has
    /// the header, whoever calls sees it.
    fn unpacked(&self, documented: &Documented) -> Result<(), DecodeError> {
        let is_told = documented.headers.iter().any(|it| CONTENT_ENCODING == *it.name);
        let Some(packed) = self.packed().filter(|_| !is_told).map(Violations::from) else {
            return Ok(());
        };
        if !self.is_tolerant() {
            return Err(self.error(packed));
        }
        self.tell(&packed, true);
        Ok(())
    }

    /// What is wrong with a body that nobody has unpacked: whoever does takes the header away.
    fn packed(&self) -> Option<Violation> {
        let coding = self.headers.get(CONTENT_ENCODING)?.to_str().ok()?.trim().to_ascii_lowercase();
        let known = ["gzip", "x-gzip", "deflate", "br", "zstd"].into_iter().find(|it| *it == coding)?;
        let message = format!("is `{known}`, and the body was not unpacked, which is for the transport to do");
        Some(Violation::new("/header/Content-Encoding", "content", message))
    }
}
