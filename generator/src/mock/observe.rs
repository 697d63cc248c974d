//! What passes between clients and a server, held against the document: for stand-ins one line each, for a proxy all
//! that is not as documented.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use http::header::{ACCEPT_ENCODING, CONNECTION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName, StatusCode};
use http_body_util::{BodyExt as _, Limited};
use specwright_runtime::dynamic::check_response;
use specwright_runtime::http::{Operation, RawResponse};
use specwright_runtime::server::{Answer, Call, CheckResponses, Options, Refusal, Routes};

use super::serve::{self, Request as Input};
use super::{describe, entrance};
use crate::plan::ApiPlan;

/// One request and its response, for people.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The method.
    pub method: String,
    /// Path and query, without credentials.
    pub target: String,
    /// The status of the response.
    pub status: u16,
    /// How long it took.
    pub time: Duration,
    /// Why the request was refused, where it was.
    pub reason: Option<String>,
}

/// What hears of each exchange.
pub type OnExchange = Arc<dyn Fn(&Exchange) + Send + Sync>;

/// Something that is not as the document says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deviation {
    /// The operation's id; none where the document has no such operation.
    pub operation: Option<String>,
    /// Whether it is about the request or the response.
    pub side: &'static str,
    /// Where it is, as a JSON Pointer into the message, such as `/body/name` or `/query/page`.
    pub pointer: String,
    /// What is wrong there.
    pub message: String,
}

/// What hears of each exchange with the real server, and of what deviates in it.
pub type OnDeviations = Arc<dyn Fn(&Exchange, &[Deviation]) + Send + Sync>;

/// A real server that is watched.
#[derive(Clone)]
pub struct Watch {
    /// Its base URL, before the paths of the document.
    pub url: String,
    /// What hears of each exchange.
    pub on_exchange: OnDeviations,
}

/// Longer bodies are passed on and not looked at.
const MOST: usize = 8 * 1024 * 1024;

/// What is found out about a request on its way through the router.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Found>>);

#[derive(Default)]
struct Found {
    operation: Option<&'static Operation>,
    deviations: Vec<Deviation>,
}

impl Notes {
    fn locked(&self) -> std::sync::MutexGuard<'_, Found> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, side: &'static str, pointer: &str, message: &str) {
        let mut found = self.locked();
        let operation = found.operation.map(|it| it.id.to_owned());
        let (pointer, message) = (pointer.to_owned(), message.to_owned());
        found.deviations.push(Deviation { operation, side, pointer, message });
    }
}

tokio::task_local! {
    static NOTES: Notes;
}

/// What stands between clients and a real server.
struct Proxy {
    client: reqwest::Client,
    judge: Router,
    watch: Watch,
    /// Parameters of queries whose values nobody gets to see.
    secrets: Vec<String>,
}

/// A proxy before a real server that tells what is not as the document says; requests and responses pass as they are.
///
/// # Errors
/// Where no client can be made.
pub fn watch(plan: &ApiPlan, watch: Watch) -> Result<Router, String> {
    if !cfg!(feature = "tls") && watch.url.starts_with("https:") {
        return Err(format!("cannot reach `{}`: this program was built without the feature `tls`", watch.url));
    }
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let client = client.build().map_err(|error| format!("cannot make a client: {error}"))?;
    let watch = Watch { url: watch.url.trim_end_matches('/').to_owned(), ..watch };
    let proxy = Arc::new(Proxy { client, judge: judge(plan), watch, secrets: serve::secrets(plan) });
    let handler = move |request: Request| {
        let proxy = proxy.clone();
        async move { proxy.pass(request).await }
    };
    Ok(Router::new().fallback(handler))
}

/// A router whose handlers only look whether a request is as documented.
fn judge(plan: &ApiPlan) -> Router {
    let options = Options {
        check_responses: CheckResponses::Off,
        body_limit: MOST,
        on_refusal: Some(Arc::new(|refusal, _| {
            let _ = NOTES.try_with(|it| note(it, refusal));
            None
        })),
        ..Options::default()
    };
    let schemas = describe::schemas(plan);
    let mut routes = Routes::new();
    for planned in plan.served() {
        let operation = describe::operation(planned, schemas);
        routes = routes.on(&Arc::new(()), operation, move |_, call| look(operation, call));
    }
    routes.finish(options)
}

async fn look(operation: &'static Operation, call: Call) -> Result<Answer, Refusal> {
    let _ = NOTES.try_with(|it| it.locked().operation = Some(operation));
    Input::read(operation, call).await?;
    Ok(RawResponse::empty(204).into())
}

fn note(notes: &Notes, refusal: &Refusal) {
    match refusal {
        Refusal::Invalid(violations) => violations.iter().for_each(|it| notes.add("request", &it.pointer, &it.message)),
        Refusal::NotFound => notes.add("request", "", "the document has no such path"),
        refusal => notes.add("request", "", &refusal.summary()),
    }
}

impl Proxy {
    /// Takes an exchange through: the request is judged, sent, and its response judged.
    async fn pass(&self, request: Request) -> Response {
        let Self { client, judge, watch, secrets } = self;
        let start = Instant::now();
        let (parts, body) = request.into_parts();
        let Ok(body) = Limited::new(body, MOST).collect().await.map(http_body_util::Collected::to_bytes) else {
            return (StatusCode::PAYLOAD_TOO_LARGE, "the proxy takes bodies of up to 8 MiB").into_response();
        };
        let notes = Notes::default();
        let copy = Request::from_parts(parts.clone(), Body::from(body.clone()));
        NOTES.scope(notes.clone(), async { tower::ServiceExt::oneshot(judge.clone(), copy).await.ok() }).await;
        if leaves(parts.uri.path()) {
            return (StatusCode::BAD_REQUEST, "the proxy passes on no path with the segment `..`").into_response();
        }
        let target = parts.uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
        let sent = client.request(parts.method.clone(), format!("{}{target}", watch.url));
        let mut headers = passed_on(&parts.headers);
        // What is compressed cannot be looked at.
        headers.remove(ACCEPT_ENCODING);
        let sent = sent.headers(headers).body(body).send().await;
        let (response, reason) = match sent {
            Ok(response) => (received(response, &notes, parts.method == http::Method::HEAD).await, None),
            Err(error) => {
                let reason = format!("the server cannot be reached: {}", innermost(&error));
                ((StatusCode::BAD_GATEWAY, reason.clone()).into_response(), Some(reason))
            }
        };
        let exchange = Exchange {
            method: parts.method.to_string(),
            target: entrance::shown(&parts.uri, secrets),
            status: response.status().as_u16(),
            time: start.elapsed(),
            reason,
        };
        (watch.on_exchange)(&exchange, &notes.locked().deviations);
        response
    }
}

/// Whether a path leads out of the base URL: clients take `..` together with what stands before it, however it is spelled.
fn leaves(path: &str) -> bool {
    path.split(['/', '\\']).any(|it| it.to_ascii_lowercase().replace("%2e", ".") == "..")
}

/// The response, after its body was looked at.
async fn received(response: reqwest::Response, notes: &Notes, is_head: bool) -> Response {
    let (status, mut headers) = (response.status(), passed_on(response.headers()));
    // What HEAD says of a length is that of GET, and no length of a body that comes.
    let told = response.headers().get(CONTENT_LENGTH).filter(|_| is_head).cloned();
    let known = response.content_length().and_then(|it| usize::try_from(it).ok());
    let operation = notes.locked().operation;
    let is_stream = headers.get(http::header::CONTENT_TYPE).is_some_and(|it| it.as_bytes().starts_with(b"text/event-"));
    let body = if is_stream || known.is_some_and(|it| it > MOST) {
        Body::new(http::Response::from(response).into_body())
    } else {
        let Ok(body) = response.bytes().await else {
            notes.add("response", "/body", "ended before it was whole");
            return StatusCode::BAD_GATEWAY.into_response();
        };
        let raw = RawResponse { status, headers: headers.clone(), body: body.clone().into() };
        if let Some(operation) = operation {
            let violations = check_response(operation, raw);
            // HEAD is answered as GET is, without the body.
            let violations = violations.iter().filter(|it| !(is_head && it.pointer.starts_with("/body")));
            violations.for_each(|it| notes.add("response", &it.pointer, &it.message));
        }
        // The router would say of a body whose length it knows how long it is.
        if is_head {
            Body::from_stream(futures_util::stream::empty::<Result<Bytes, Infallible>>())
        } else {
            body.into()
        }
    };
    headers.extend(told.map(|it| (CONTENT_LENGTH, it)));
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// Headers without those that are about one connection.
fn passed_on(headers: &HeaderMap) -> HeaderMap {
    let named: Vec<HeaderName> = headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|it| it.to_str().ok())
        .flat_map(|it| it.split(','))
        .filter_map(|it| it.trim().parse().ok())
        .collect();
    let of_connection = |name: &HeaderName| {
        [CONNECTION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING].contains(name)
            || ["keep-alive", "upgrade", "te", "trailer"].contains(&name.as_str())
            || named.contains(name)
    };
    headers.iter().filter(|(name, _)| !of_connection(name)).map(|(name, it)| (name.clone(), it.clone())).collect()
}

fn innermost(error: &dyn std::error::Error) -> String {
    let mut error = error;
    while let Some(cause) = error.source() {
        error = cause;
    }
    error.to_string()
}
