//! What becomes of a call: its success, or an error that tells everything about the response that came instead.
//!
//! `let user = client.update_team_user(&request).await?;` gives the success. Who wants to match on every response takes
//! [`Sending::response`], who wants none of it typed takes [`Sending::raw`].

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::{BoxFuture, Call, Error, Leniency, MaybeSend, Observer, Pages, PagesOf};
use super::{Events, Reconnect};
use crate::support::http::{Answer, DecodeError, Event, Items, Operation, RawResponse, TypedResponse, Watch};
use crate::support::{Json, Model, Violation, Violations, decode_response};

/// How many bytes of a body a text shows.
const SHOWN: usize = 16 * 1024;

/// A call that is made when it is awaited.
#[must_use = "a call is made when it is awaited"]
#[derive(Debug)]
pub struct Sending<'a, R> {
    call: Call<'a>,
    response: PhantomData<fn() -> R>,
}

impl<'a, R: TypedResponse> Sending<'a, R> {
    pub(super) fn new(call: Call<'a>) -> Self {
        Self { call, response: PhantomData }
    }

    /// The same call, with a response read as exactly as this says, and not as the client does.
    pub fn leniency(mut self, leniency: Leniency) -> Self {
        self.call.set(leniency);
        self
    }

    /// The same call, with a response that may differ from the document as far as its type can hold it.
    pub fn tolerant(self) -> Self {
        self.leniency(Leniency::Tolerant)
    }

    /// The same call, with a time-out of its own for each attempt.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.call.within(timeout);
        self
    }

    /// The same call, to another server: its base URL stands in the place of the client's.
    ///
    /// The credentials of the operation go there, too. Documents give some operations servers of their own, and the
    /// documentation of those operations names them.
    pub fn at(mut self, base_url: impl AsRef<str>) -> Self {
        self.call.at(base_url.as_ref());
        self
    }

    /// The same call with one more header, such as `Idempotency-Key`, in the place of the client's own.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.call.header(name, value);
        self
    }

    /// The response, whichever it is.
    ///
    /// # Errors
    /// Where there is no response, or not one that the document knows.
    pub async fn response(self) -> Result<R, Error> {
        self.call.send().await
    }

    /// The response as it came.
    ///
    /// # Errors
    /// Where there is no response.
    pub async fn raw(self) -> Result<RawResponse, Error> {
        self.call.send_raw().await
    }

    /// The same call, with a stream of events that is over where the data of one is this text; it is `[DONE]` where the
    /// document says that data is JSON.
    pub fn ending_with(mut self, data: impl Into<Arc<str>>) -> Self {
        self.call.end_with(data.into());
        self
    }

    /// The events of this call, which is made again where the connection breaks off.
    pub fn reconnecting<T: MaybeSend + 'static>(self, reconnect: Reconnect) -> Events<'a, R, T>
    where
        R: TypedResponse<Success = Items<Event<T>>> + MaybeSend + 'a,
    {
        Events::new(self.call, reconnect)
    }

    /// The pages that begin with this call.
    pub fn pages<T: Json + MaybeSend + 'a>(self, pages: PagesOf) -> Pages<'a, R, T>
    where
        R: MaybeSend + 'a,
        R::Success: MaybeSend,
    {
        Pages::new(self.call, pages)
    }

    async fn outcome(mut self) -> Result<R::Success, CallError<R>> {
        let response = self.call.exchange().await.map_err(CallError::Unanswered)?;
        outcome(self.call.reader(), &response)
    }
}

/// The success of a response, or all that can be told about another one.
pub(super) fn outcome<R: TypedResponse>(reader: Reader, response: &RawResponse) -> Result<R::Success, CallError<R>> {
    let operation = reader.operation;
    let received = || Received::new(operation, response);
    match reader.read(response).map(R::success) {
        Ok(Ok(success)) => Ok(success),
        Ok(Err(failure)) if operation.response(response.status).is_some() => {
            Err(CallError::Documented { failure, response: received() })
        }
        Ok(Err(_)) => Err(CallError::Undocumented(received())),
        Err(error) => Err(CallError::Undecodable { error, response: received() }),
    }
}

/// Reads the response of a call.
pub(super) struct Reader {
    pub(super) operation: &'static Operation,
    pub(super) leniency: Leniency,
    pub(super) observer: Option<Arc<dyn Observer>>,
    /// The data of the event that ends a stream.
    pub(super) end: Option<Arc<str>>,
}

impl Reader {
    pub(super) fn read<R: TypedResponse>(self, response: &RawResponse) -> Result<R, DecodeError> {
        let Self { operation, leniency, observer, end } = self;
        let answer = |watch| Answer::new(response.clone(), leniency, watch).ending_with(end.clone());
        let Some(observer) = observer else { return R::decode(answer(None)) };
        let watch = Watch { operation, observer, refused: false };
        if operation.response(response.status).is_none() {
            let violation = Violation::new("/status", "responses", "is a status that the document does not name");
            watch.tell(response, &violation.into(), true);
        }
        let read = R::decode(answer(Some(watch.clone())));
        if read.is_err() {
            let watch = Watch { refused: true, ..watch };
            // Read once more with tolerance, which looks closer.
            let violations = match leniency {
                Leniency::Strict => {
                    R::decode(Answer::new(response.clone(), Leniency::Tolerant, Some(watch.clone()))).err()
                }
                Leniency::Tolerant => read.as_ref().err().cloned(),
            };
            if let Some(error) = violations {
                watch.tell(response, &error.violations, false);
            }
        }
        read
    }
}

impl<'a, R: TypedResponse + MaybeSend + 'a> IntoFuture for Sending<'a, R> {
    type Output = Result<R::Success, CallError<R>>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.outcome())
    }
}

/// Why a call has no success. `R` is the operation's `Response`, so that a match names each failure of the document:
/// `Err(CallError::Documented { failure: Response::NotFound(error), .. })`.
///
/// Its messages show neither credentials nor values; [`Received`] has all that came.
#[derive(Debug)]
#[non_exhaustive]
pub enum CallError<R> {
    /// A failure that the document names.
    Documented {
        /// The failure with its status, headers and body.
        failure: R,
        /// The response that said so.
        response: Received,
    },
    /// A response with a status that the document does not name.
    Undocumented(Received),
    /// A response that is not as the document says.
    Undecodable {
        /// What is wrong with it.
        error: DecodeError,
        /// The response.
        response: Received,
    },
    /// There is no response: the request was not sent, did not get through, or took too long.
    Unanswered(Error),
}

impl<R> fmt::Display for CallError<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Documented { response, .. } => response.answer(f),
            Self::Undocumented(response) => {
                response.answer(f)?;
                f.write_str(", which the document does not name")
            }
            Self::Undecodable { error, .. } => error.fmt(f),
            Self::Unanswered(error) => error.fmt(f),
        }
    }
}

impl<R: fmt::Debug> std::error::Error for CallError<R> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Documented { .. } | Self::Undocumented(_) => None,
            Self::Undecodable { error, .. } => Some(&error.violations),
            Self::Unanswered(error) => error.source(),
        }
    }
}

/// What the errors of all operations have in common, so that one function can take any of them.
pub trait Failed: std::error::Error {
    /// The response, where there is one.
    fn response(&self) -> Option<&Received>;

    /// Why there is no response, where there is none.
    fn unanswered(&self) -> Option<&Error>;

    /// The status of the response.
    fn status(&self) -> Option<StatusCode> {
        self.response().map(Received::status)
    }
}

impl<R: fmt::Debug> Failed for CallError<R> {
    fn response(&self) -> Option<&Received> {
        match self {
            Self::Documented { response, .. } | Self::Undocumented(response) | Self::Undecodable { response, .. } => {
                Some(response)
            }
            Self::Unanswered(_) => None,
        }
    }

    fn unanswered(&self) -> Option<&Error> {
        if let Self::Unanswered(error) = self { Some(error) } else { None }
    }
}

/// A response that is no success, as it came; cheap to clone.
#[derive(Clone)]
pub struct Received(Arc<Inner>);

struct Inner {
    operation: &'static str,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Received {
    fn new(operation: &Operation, response: &RawResponse) -> Self {
        let (status, headers, body) = (response.status, response.headers.clone(), response.whole());
        Self(Arc::new(Inner { operation: operation.id, status, headers, body }))
    }

    /// The operation that was called.
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The body; none where the document has it as a stream.
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }

    /// The body as a text of 16 KiB at most, whatever is no UTF-8 replaced.
    pub fn excerpt(&self) -> String {
        let body = self.body();
        String::from_utf8_lossy(&body[..body.len().min(SHOWN)]).into_owned()
    }

    /// The body as a model, such as the form that the errors of several operations share.
    ///
    /// # Errors
    /// Where it is not as its schema wants it.
    pub fn json<T: Model>(&self) -> Result<T, Violations> {
        decode_response(self.body())
    }

    fn answer(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "operation `{}` was answered with {}", self.0.operation, self.0.status)
    }
}

/// What failed shows its body, up to a bound; a success may hold what is secret, such as a token. Headers may always.
impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { operation, status, headers, body } = &*self.0;
        let mut out = f.debug_struct("Received");
        out.field("operation", operation).field("status", status).field("media_type", &headers.get(CONTENT_TYPE));
        if status.is_client_error() || status.is_server_error() {
            out.field("body", &self.excerpt());
        } else {
            out.field("body", &format_args!("{} bytes", body.len()));
        }
        out.finish_non_exhaustive()
    }
}
