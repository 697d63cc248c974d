//! The way of a request: path, method, `Accept`, handler; and of its answer: check, request id, HEAD.

use std::any::Any;
use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, PoisonError};
use std::task::{Context, Poll, ready};

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use futures_util::FutureExt;
use futures_util::future::{self, BoxFuture, Ready};
use http::header::{ACCEPT, ALLOW, CONTENT_LENGTH, CONTENT_TYPE};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use http_body::Body as _;
use tower::{Service, ServiceExt};
use tracing::instrument::{Instrument, Instrumented};
use tracing::{Span, field};

use super::call::Head;
use super::check::check;
use super::deadline::Deadline;
use super::routes::{Methods, Route, Run, Table, allow};
use super::{Answer, Call, CheckResponses, Options, Outcome, Refusal};
use crate::support::http::media_type::negotiate;
use crate::support::http::{ByteStream, Codec, Content, Operation, RawResponse, header_value, random};
use crate::support::params::Captures;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What a router calls for the requests of a path, or for all that no path of its own has.
///
/// It is a service and no handler of axum's, since those box what they run, and move all of a request to do so.
#[derive(Clone)]
pub(super) struct Dispatch(Arc<(Arc<Table>, Option<Methods>)>);

impl Dispatch {
    /// Leads requests to the operations of a table; `known` are those of the path, where the router finds it.
    pub(super) fn new(table: &Arc<Table>, known: Option<Methods>) -> Self {
        Self(Arc::new((table.clone(), known)))
    }
}

impl Service<Request> for Dispatch {
    type Response = Response;
    type Error = Infallible;
    type Future = Instrumented<Ending>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let (table, known) = &*self.0;
        let (parts, body) = request.into_parts();
        let id = request_id(&parts.headers);
        let is_head = parts.method == Method::HEAD;
        let route = table.route(known.as_ref(), &parts.uri, &parts.method);
        let span = span(&parts.method, route.operation(), &id);
        let options = &table.options;
        let answering = match route {
            Route::Operation(endpoint, captures) => match &endpoint.layered {
                None => {
                    let head = Head::new(endpoint.operation, parts, captures, options.clone());
                    Answering::Operation(operate(&endpoint.run, Arc::new(head), body))
                }
                Some(service) => {
                    let mut request = Request::from_parts(parts, body);
                    request.extensions_mut().insert(Found(captures, options.clone()));
                    let answering = service.clone().oneshot(request);
                    Answering::Layered(answering.map(|it| it.unwrap_or_else(|never| match never {})).boxed())
                }
            },
            Route::Path(methods) => over(span.in_scope(|| without_operation(methods, &parts, options))),
            Route::Nowhere => over(span.in_scope(|| refused(&Refusal::NotFound, None, options, &parts.headers))),
        };
        Ending { answering, span: span.clone(), id: Some(id), is_head }.instrument(span)
    }
}

/// Where an answer comes from.
enum Answering {
    Operation(Operating),
    Layered(BoxFuture<'static, Response>),
    /// No operation.
    Known(Ready<Response>),
}

/// The whole way of a request, with what becomes of every answer at last.
///
/// It is no `async` block and in no box: the former would hold what it awaits twice, and routers box what they call.
pub(super) struct Ending {
    answering: Answering,
    span: Span,
    /// There until the answer is.
    id: Option<HeaderValue>,
    is_head: bool,
}

impl Future for Ending {
    type Output = Result<Response, Infallible>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let response = ready!(match &mut self.answering {
            Answering::Operation(operating) => Pin::new(operating).poll(cx),
            Answering::Layered(answering) => answering.as_mut().poll(cx),
            Answering::Known(answer) => Pin::new(answer).poll(cx),
        });
        self.span.record("status", response.status().as_u16());
        tracing::debug!("answered");
        Poll::Ready(Ok(finished(response, self.id.take(), self.is_head)))
    }
}

/// An answer without an operation.
fn over(answer: Answer) -> Answering {
    Answering::Known(future::ready(response(answer)))
}

/// What a request has found, on its way through layers.
#[derive(Clone)]
struct Found(Captures, Arc<Options>);

/// Runs an operation behind layers of its own.
pub(super) async fn layered(operation: &'static Operation, run: Run, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let Some(Found(captures, options)) = parts.extensions.remove() else {
        // A layer that makes a request of its own has lost what this one had found.
        tracing::error!("a layer has dropped the extensions of the request");
        return response(refused(
            &Refusal::Failed("no route".into()),
            Some(operation),
            &Options::default(),
            &parts.headers,
        ));
    };
    operate(&run, Arc::new(Head::new(operation, parts, captures, options)), body).await
}

/// Runs an operation, and sees to it that its answer is as the document and the client want it.
fn operate(run: &Run, head: Arc<Head>, body: Body) -> Operating {
    let call = if is_acceptable(head.operation, &head.parts.headers) {
        run(Call::new(head.clone(), body))
    } else {
        // Refused when it is awaited, in the span of the request.
        future::ready(Err(Refusal::NotAcceptable)).boxed()
    };
    Operating { call, deadline: Deadline::new(head.options.call_timeout), head }
}

/// An operation that runs.
///
/// Panics of a handler are the application's, and end here; so does a call that takes too long.
struct Operating {
    call: BoxFuture<'static, Outcome>,
    deadline: Deadline,
    head: Arc<Head>,
}

impl Future for Operating {
    type Output = Response;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Response> {
        let Self { call, deadline, head } = &mut *self;
        let poll = || call.as_mut().poll(cx).map(|outcome| answered(head, outcome));
        let refusal = match catch_unwind(AssertUnwindSafe(poll)) {
            Ok(Poll::Ready(response)) => return Poll::Ready(response),
            Ok(Poll::Pending) => {
                ready!(deadline.poll(cx));
                Refusal::TimedOut
            }
            Err(panic) => Refusal::Failed(format!("the handler panicked: {}", panic_text(&*panic)).into()),
        };
        Poll::Ready(answered(head, Err(refusal)))
    }
}

/// The answer as the document and the client want it.
fn answered(head: &Head, outcome: Outcome) -> Response {
    let refusal = match outcome {
        // A refusal is no answer of the application's, so nobody objects to it.
        Ok(answer) => match objection(head.operation, &answer, head.options.check_responses) {
            None => return labelled(head, answer),
            Some(refusal) => refusal,
        },
        Err(refusal) => blamed(head, refusal),
    };
    labelled(head, refused(&refusal, Some(head.operation), &head.options, &head.parts.headers))
}

/// What is wrong with the body of a request, where a handler that read it has failed for that alone.
fn blamed(head: &Head, refusal: Refusal) -> Refusal {
    let told = match (&refusal, head.faults.get()) {
        (Refusal::Failed(error), Some(faults)) => faults.told_by(&**error),
        _ => None,
    };
    told.map_or(refusal, Refusal::from)
}

/// The answer in the media type that the client likes best, with what was added to it on the way.
fn labelled(head: &Head, mut answer: Answer) -> Response {
    relabel(head.operation, &mut answer, &head.parts.headers);
    let added = head.added.get().map(|it| std::mem::take(&mut *it.lock().unwrap_or_else(PoisonError::into_inner)));
    for (name, value) in added.into_iter().flatten() {
        // There is one media type.
        if name == CONTENT_TYPE {
            answer.headers.insert(name, value);
        } else {
            answer.headers.append(name, value);
        }
    }
    response(answer)
}

fn refused(refusal: &Refusal, operation: Option<&'static Operation>, options: &Options, asked: &HeaderMap) -> Answer {
    log(refusal);
    refusal.answer(operation, options, asked)
}

/// Whether `Accept` leaves anything that the operation produces. Problems do not count: they are no reason to ask.
///
/// A success without a body is in no media type, so whoever may get one asks for what the document does not say.
fn is_acceptable(operation: &Operation, headers: &HeaderMap) -> bool {
    let may_be_empty = || operation.responses.iter().any(|it| it.statuses.is_success() && it.content().is_empty());
    if !headers.contains_key(ACCEPT) || may_be_empty() {
        return true;
    }
    let produces = operation.produces();
    produces.is_empty() || negotiate(headers, &produces).is_some()
}

/// OPTIONS is answered for every path, other methods are not allowed.
fn without_operation(methods: &Methods, parts: &Parts, options: &Options) -> Answer {
    let allow = allow(methods);
    if parts.method != Method::OPTIONS {
        return refused(&Refusal::MethodNotAllowed { allow }, None, options, &parts.headers);
    }
    let mut answer = RawResponse::empty(204);
    answer.headers.insert(ALLOW, header_value(allow));
    answer.into()
}

/// JSON of one schema is the same in each of its media types, so the client gets the one that it likes best.
fn relabel(operation: &Operation, answer: &mut Answer, headers: &HeaderMap) {
    let documented = operation.response(answer.status).map_or(&[][..], |it| it.content());
    if documented.len() < 2 {
        return;
    }
    let found = Content::position(documented, &answer.headers);
    let Some(Content { schema, codec: Codec::Json, .. }) = found.map(|it| documented[it]) else { return };
    let same = documented.iter().filter(|it| matches!(it.codec, Codec::Json) && it.schema == schema);
    let same: Vec<_> = same.map(|it| it.media_type).filter(|it| !it.contains('*')).collect();
    if let Some(position) = negotiate(headers, &same).filter(|_| same.len() > 1) {
        answer.headers.insert(CONTENT_TYPE, header_value(same[position]));
    }
}

/// What is wrong with an answer of the application, where that must not go out.
fn objection(operation: &Operation, answer: &Answer, mode: CheckResponses) -> Option<Refusal> {
    if mode == CheckResponses::Off {
        return None;
    }
    let violations = check(operation, answer);
    if violations.is_empty() {
        return None;
    }
    let status = answer.status.as_u16();
    if mode == CheckResponses::Fail {
        return Some(Refusal::Failed(format!("the {status} response is not as documented: {violations}").into()));
    }
    tracing::warn!(status, %violations, "the response is not as documented");
    None
}

/// The causes that the client does not get to see.
fn log(refusal: &Refusal) {
    match refusal {
        Refusal::Failed(error) => tracing::error!(error = &**error as &dyn std::error::Error, "the request failed"),
        Refusal::Unavailable(error) => {
            tracing::error!(error = &**error as &dyn std::error::Error, "credentials cannot be checked");
        }
        Refusal::Application(failure) => failure.log(),
        Refusal::TimedOut => tracing::warn!("the call took longer than it may"),
        Refusal::Invalid(violations) => tracing::debug!(%violations, "the request is not valid"),
        refusal => tracing::debug!(reason = refusal.summary(), "the request is refused"),
    }
}

/// What a panic says.
pub(super) fn panic_text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("without a message")
}

fn span(method: &Method, operation: Option<&Operation>, id: &HeaderValue) -> Span {
    // Neither the URI nor any header: both may hold secrets.
    tracing::info_span!(
        "request",
        method = method.as_str(),
        route = operation.map(|it| it.path),
        operation = operation.map(|it| it.id),
        request_id = id.to_str().ok(),
        status = field::Empty,
    )
}

/// The client's own id where it is short and printable, else a new one.
fn request_id(headers: &HeaderMap) -> HeaderValue {
    let given = headers.get(REQUEST_ID).filter(|it| {
        let bytes = it.as_bytes();
        (1..=128).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_graphic)
    });
    given.cloned().unwrap_or_else(new_request_id)
}

/// 32 hexadecimal digits.
fn new_request_id() -> HeaderValue {
    let bytes = [random().to_le_bytes(), random().to_le_bytes()];
    let half = |place: usize| (bytes.as_flattened()[place / 2] >> (4 * (place % 2))) & 0xf;
    // The letters stand further on than the digits do; no table, so that all are made at once.
    let digits: [u8; 32] =
        std::array::from_fn(half).map(|half| b'0' + half + if half > 9 { b'a' - b'9' - 1 } else { 0 });
    HeaderValue::from_bytes(&digits).unwrap_or_else(|_| HeaderValue::from_static(""))
}

fn response(answer: Answer) -> Response {
    let Answer { status, mut headers, mut body } = answer;
    if has_no_content(status) && !body.is_empty() {
        // Nobody gets to see it over HTTP, so nobody does in the same process.
        tracing::warn!(status = status.as_u16(), "a response with this status has no body: it is left out");
        headers.remove(CONTENT_TYPE);
        body = ByteStream::default();
    }
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// The response with the id of its request, and without its body where only the head was asked for.
fn finished(mut response: Response, id: Option<HeaderValue>, is_head: bool) -> Response {
    if let Some(id) = id {
        response.headers_mut().entry(REQUEST_ID).or_insert(id);
    }
    if is_head {
        // The length is that of the body that GET would have. A handler of HEAD has none to measure: what it says counts.
        if let Some(length) = response.body().size_hint().exact().filter(|it| *it > 0) {
            response.headers_mut().entry(CONTENT_LENGTH).or_insert(length.into());
        }
        *response.body_mut() = Body::empty();
    }
    response
}

/// Whether a response with a status has no content, whatever it says (RFC 9110, sections 15.2, 15.3.5 and 15.3.6).
fn has_no_content(status: StatusCode) -> bool {
    status.is_informational()
        || matches!(status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED)
}
