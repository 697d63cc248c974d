//! A request that has found its operation.

use std::error::Error;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock};

use axum::body::Body;
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue};
use http_body::Body as _;
use http_body_util::LengthLimitError;

use super::deadline::within;
use super::parts::parts;
use super::{BoxError, Context, Delivery, Gate, Input, Options, Refusal};
use crate::support::http::{
    ByteStream, Codec, Content, Fault, Faults, Operation, Raw, RequestBody, StreamError, TypedRequest, gathered,
};
use crate::support::params::{Captures, RawRequest};
use crate::support::{Direction, Violation, Violations};

/// The request of a call, read where it is: a function that awaits would move it once more for each who awaits that.
macro_rules! read_request {
    ($call:expr) => {{
        let mut input = $call.unread();
        input.receive().await?;
        match TypedRequest::read(&mut input) {
            Some(request) => request,
            None => return Err(input.refuse()),
        }
    }};
}

pub(super) use read_request;

/// A request that has found its operation; its body is still on the wire.
#[derive(Debug)]
pub struct Call {
    pub(super) head: Arc<Head>,
    body: Body,
    /// Which way its values travel: those of a webhook come from the owner of the API, as responses do.
    direction: Direction,
}

/// All of a request but its body.
pub(super) struct Head {
    pub(super) operation: &'static Operation,
    pub(super) parts: Parts,
    pub(super) captures: Captures,
    pub(super) options: Arc<Options>,
    /// What the answer gets beside its own headers.
    pub(super) added: OnceLock<Mutex<Vec<(HeaderName, HeaderValue)>>>,
    /// What is found wrong with a body that the handler reads itself.
    pub(super) faults: OnceLock<Faults>,
}

/// URI and headers may hold secrets.
impl fmt::Debug for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Head({} {}, ..)", self.parts.method, self.operation.path)
    }
}

impl Head {
    #[inline]
    pub(super) fn new(operation: &'static Operation, parts: Parts, captures: Captures, options: Arc<Options>) -> Self {
        Self { operation, parts, captures, options, added: OnceLock::new(), faults: OnceLock::new() }
    }

    pub(super) fn raw(&self) -> RawRequest<'_> {
        let query = self.parts.uri.query().unwrap_or_default();
        RawRequest { path: &self.captures, query, headers: &self.parts.headers }
    }
}

impl Call {
    pub(super) fn new(head: Arc<Head>, body: Body) -> Self {
        Self { head, body, direction: Direction::Request }
    }

    /// A webhook whose body was read.
    pub(super) fn delivered(head: Arc<Head>, body: Bytes) -> Self {
        Self { head, body: body.into(), direction: Direction::Response }
    }

    /// The operation.
    pub fn operation(&self) -> &'static Operation {
        self.head.operation
    }

    /// Method, URI, headers and extensions.
    pub fn parts(&self) -> &Parts {
        &self.head.parts
    }

    /// The request at hand, for hooks and handlers.
    pub fn context(&self) -> Context {
        Context(self.head.clone())
    }

    /// Where credentials turn into a principal.
    pub fn gate<P>(&self) -> Gate<P> {
        Gate::new(self.head.clone())
    }

    /// Reads the whole body of a webhook, so that its signature can be checked before anything of it is believed.
    ///
    /// # Errors
    /// 413 beyond the limit.
    pub async fn delivery(self) -> Result<Delivery, Refusal> {
        let Self { head, body, .. } = self;
        let body = read(&head, body).await?;
        Ok(Delivery { head, body })
    }

    /// Reads the request; all that is wrong with it is told at once.
    ///
    /// # Errors
    /// 422 with every violation, 413 beyond the limit, 415 for a media type that the operation does not take, and what
    /// the application asks.
    pub async fn request<R: TypedRequest>(self) -> Result<R, Refusal> {
        Ok(read_request!(self))
    }

    /// Reads the body, if the operation has one, as far as it must be read before the handler runs.
    ///
    /// # Errors
    /// 400 for a query whose names cannot be read, 413 beyond the limit, 415 for a media type that the operation does
    /// not take, and what the application asks.
    pub async fn input(self) -> Result<Input, Refusal> {
        let mut input = self.unread();
        input.receive().await?;
        Ok(input)
    }

    /// The input, of which nothing is read yet.
    pub(super) fn unread(self) -> Input {
        let Self { head, body, direction } = self;
        Input::new(head, body, direction)
    }
}

/// Takes the body of an operation from the wire: which of the documented media types it is in, and its bytes; none where
/// there is none.
pub(super) async fn received(head: &Head, body: Body) -> Result<Option<(usize, Raw)>, Refusal> {
    if let Some(on_call) = &head.options.on_call {
        on_call(head.operation, &head.parts)?;
    }
    if !head.raw().has_legible_names() {
        let violation = Violation::new("/query", "style", "has a name that is not UTF-8 in percent-encoding");
        return Err(Refusal::Invalid(Violations::from(violation)));
    }
    let Some(expected) = &head.operation.body else { return Ok(None) };
    let Some(position) = documented(expected, &head.parts.headers) else {
        // A body that is not there is in no media type.
        if read(head, body).await?.is_empty() {
            return Ok(None);
        }
        return Err(unsupported(expected, &head.parts.headers));
    };
    let codec = expected.content[position].codec;
    let is_named = || head.parts.headers.contains_key(CONTENT_TYPE);
    if codec.is_streamed() {
        if body.is_end_stream() && !is_named() {
            return Ok(None);
        }
        return Ok(Some((position, Raw::Stream(streamed(body, head)))));
    }
    let body = read(head, body).await?;
    Ok(match codec {
        // An empty text is a text where somebody says so, and a form without fields is a form.
        _ if body.is_empty() && !(matches!(codec, Codec::Form(_) | Codec::Text | Codec::Scalar(_)) && is_named()) => {
            None
        }
        // Boxed since its state is large, and most bodies have no parts.
        Codec::Multipart(_) => {
            let parts = Box::pin(parts(&head.parts.headers, body, head.options.part_limit)).await?;
            Some((position, Raw::Parts(parts)))
        }
        _ => Some((position, Raw::Whole(body))),
    })
}

/// Which of the documented media types the body is in; none where it is compressed.
fn documented(expected: &RequestBody, headers: &HeaderMap) -> Option<usize> {
    Content::of_request(expected.content, headers).filter(|_| !is_encoded(headers))
}

/// Whether a body is compressed, or encoded in another way; names of codings have no case.
fn is_encoded(headers: &HeaderMap) -> bool {
    let is_none = |it: &[u8]| it.is_empty() || it.eq_ignore_ascii_case(b"identity");
    headers.get_all(CONTENT_ENCODING).iter().any(|it| !is_none(it.as_bytes()))
}

/// A body as it comes, each piece within a time.
fn streamed(body: Body, head: &Head) -> ByteStream {
    let (faults, limit) = (head.faults.get_or_init(Faults::default).clone(), head.options.body_timeout);
    let noted = faults.clone();
    let pieces = stream::unfold(Some(body.into_data_stream()), move |pieces| {
        let noted = noted.clone();
        async move {
            let mut pieces = pieces?;
            let Some(piece) = within(limit, pieces.next()).await else {
                noted.note(Fault::Stalled);
                return Some((Err("the body did not come in time".into()), None));
            };
            let piece = piece?.inspect_err(|error| {
                noted.note(if is_cut(error) { Fault::TooLarge } else { Fault::Interrupted });
            });
            Some((piece.map_err(BoxError::from), Some(pieces)))
        }
    });
    ByteStream::noting(pieces, Some(faults))
}

async fn read(head: &Head, body: Body) -> Result<Bytes, Refusal> {
    let limit = head.options.body_limit;
    let announced = head.parts.headers.get(CONTENT_LENGTH).and_then(|it| it.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|it| it > limit) {
        return Err(Refusal::PayloadTooLarge);
    }
    match within(head.options.body_timeout, gathered(body, limit)).await {
        Some(Ok(body)) => Ok(body),
        Some(Err(StreamError::TooLarge { .. })) => Err(Refusal::PayloadTooLarge),
        Some(Err(StreamError::Interrupted(error))) if is_cut(&*error) => Err(Refusal::PayloadTooLarge),
        Some(Err(StreamError::Interrupted(_))) => Err(Refusal::Interrupted),
        None => Err(Refusal::Stalled),
    }
}

/// Whether a layer around the router has a lower limit, and says so by ending the body.
fn is_cut(error: &(dyn Error + 'static)) -> bool {
    std::iter::successors(Some(error), |it| (*it).source()).any(<dyn Error>::is::<LengthLimitError>)
}

fn unsupported(body: &RequestBody, headers: &HeaderMap) -> Refusal {
    let accept = body.content.iter().map(|it| it.media_type).collect::<Vec<_>>().join(", ");
    if is_encoded(headers) {
        return Refusal::UnsupportedCoding { accept };
    }
    match Content::other_charset(body.content, headers) {
        Some((_, charset)) => Refusal::UnsupportedCharset { accept, charset: charset.to_string() },
        None => Refusal::UnsupportedMediaType { accept },
    }
}
