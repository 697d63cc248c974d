//! The way of a request: path, method, `Accept`, handler; and of its answer: check, request id, HEAD.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use futures_util::FutureExt;
use http::header::{ACCEPT, ALLOW, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use tracing::{Instrument, Span, field};

use super::call::Head;
use super::check::check;
use super::routes::{Endpoint, Methods, Table, allow, endpoint};
use super::tree::captures;
use super::{Answer, Call, CheckResponses, Refusal};
use crate::support::http::media_type::negotiate;
use crate::support::http::{Codec, Content, MediaType, Operation, RawResponse, header_value, random};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Answers a request.
pub(super) async fn dispatch(table: Arc<Table>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let found = table.tree.find(&path);
    let route = found.as_ref().and_then(|(methods, _)| Some((methods, endpoint(methods, request.method())?)));
    let operation = route.map(|(_, endpoint)| endpoint.operation);
    let id = request_id(request.headers());
    let span = span(request.method(), operation, &id);
    let is_head = request.method() == Method::HEAD;
    let headers = request.headers().get_all(ACCEPT).iter().map(|it| (ACCEPT, it.clone())).collect();
    let answer = async {
        let answer = match (route, &found) {
            (Some((_, endpoint)), Some((_, texts))) => run(&table, endpoint, texts, request).await,
            (_, Some((methods, _))) => without_operation(methods, request.method()),
            (_, None) => Err(Refusal::NotFound),
        };
        let answer = answer.and_then(|answer| checked(operation, answer, table.options.check_responses));
        let answer = answer.unwrap_or_else(|refusal| {
            log(&refusal);
            refusal.answer(operation, &table.options)
        });
        let answer = relabeled(operation, answer, &headers);
        span.record("status", answer.status.as_u16());
        tracing::debug!("answered");
        answer
    };
    response(answer.instrument(span.clone()).await, id, is_head)
}

/// Runs an operation; its panics are the application's, and end here.
async fn run(table: &Table, endpoint: &Endpoint, texts: &[&str], request: Request) -> Result<Answer, Refusal> {
    let operation = endpoint.operation;
    if !is_acceptable(operation, request.headers()) {
        return Err(Refusal::NotAcceptable);
    }
    let (parts, body) = request.into_parts();
    let captures = captures(&endpoint.names, texts);
    let call = Call::new(Head { operation, parts, captures, options: table.options.clone() }, body);
    // The future is built inside, since a handler that is no `async fn` may panic before its first await.
    let answer = AssertUnwindSafe(async { (endpoint.run)(call).await }).catch_unwind().await;
    answer.unwrap_or_else(|panic| Err(Refusal::Failed(panic_text(&*panic).into())))
}

/// Whether `Accept` leaves anything that the operation produces. Problems do not count: they are no reason to ask.
fn is_acceptable(operation: &Operation, headers: &HeaderMap) -> bool {
    if !headers.contains_key(ACCEPT) {
        return true;
    }
    let produces = operation.produces();
    produces.is_empty() || negotiate(headers, &produces).is_some()
}

/// OPTIONS is answered for every path, other methods are not allowed.
fn without_operation(methods: &Methods, method: &Method) -> Result<Answer, Refusal> {
    let allow = allow(methods);
    if method != Method::OPTIONS {
        return Err(Refusal::MethodNotAllowed { allow });
    }
    let mut answer = RawResponse::empty(204);
    answer.headers.insert(ALLOW, header_value(&allow));
    Ok(answer.into())
}

/// JSON of one schema is the same in each of its media types, so the client gets the one that it likes best.
fn relabeled(operation: Option<&Operation>, mut answer: Answer, headers: &HeaderMap) -> Answer {
    let documented = operation.and_then(|it| it.response(answer.status)).map_or(&[][..], |it| it.content);
    if documented.len() < 2 {
        return answer;
    }
    let found = MediaType::of(&answer.headers).and_then(|it| Content::find(documented, &it));
    let Some(Content { schema, codec: Codec::Json, .. }) = found.map(|it| documented[it]) else { return answer };
    let same = documented.iter().filter(|it| matches!(it.codec, Codec::Json) && it.schema == schema);
    let same: Vec<_> = same.map(|it| it.media_type).filter(|it| !it.contains('*')).collect();
    if let Some(position) = negotiate(headers, &same).filter(|_| same.len() > 1) {
        answer.headers.insert(CONTENT_TYPE, header_value(same[position]));
    }
    answer
}

fn checked(operation: Option<&Operation>, answer: Answer, mode: CheckResponses) -> Result<Answer, Refusal> {
    let Some(operation) = operation.filter(|_| mode != CheckResponses::Off) else { return Ok(answer) };
    let violations = check(operation, &answer);
    if violations.is_empty() {
        return Ok(answer);
    }
    let status = answer.status.as_u16();
    if mode == CheckResponses::Fail {
        return Err(Refusal::Failed(format!("the {status} response is not as documented: {violations}").into()));
    }
    tracing::warn!(status, %violations, "the response is not as documented");
    Ok(answer)
}

/// The causes that the client does not get to see.
fn log(refusal: &Refusal) {
    match refusal {
        Refusal::Failed(error) => tracing::error!(error = &**error as &dyn std::error::Error, "the request failed"),
        Refusal::Unavailable(error) => {
            tracing::error!(error = &**error as &dyn std::error::Error, "credentials cannot be checked");
        }
        Refusal::Invalid(violations) => tracing::debug!(%violations, "the request is not valid"),
        refusal => tracing::debug!(reason = refusal.summary(), "the request is refused"),
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("the handler panicked: {}", text.unwrap_or("without a message"))
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
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let bytes = ((u128::from(random()) << 64) | u128::from(random())).to_be_bytes();
    let half = |position: usize| (bytes[position / 2] >> (4 * (1 - position % 2))) & 0xf;
    let text: [u8; 32] = std::array::from_fn(|position| DIGITS[usize::from(half(position))]);
    HeaderValue::from_bytes(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

fn response(answer: Answer, id: HeaderValue, is_head: bool) -> Response {
    let Answer { status, mut headers, body } = answer;
    headers.entry(REQUEST_ID).or_insert(id);
    if let Some(length) = body.len().filter(|_| is_head) {
        headers.insert(CONTENT_LENGTH, length.into());
    }
    let mut response = Response::new(if is_head { Body::empty() } else { body.into() });
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}
