//! What stands before the router of a stand-in: browsers of other pages are let in, and each exchange is told.

use std::cell::RefCell;
use std::time::Instant;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use specwright_runtime::server::Refusal;

use super::observe::{Exchange, OnExchange};

tokio::task_local! {
    /// What there is to say about the request at hand.
    static REASON: RefCell<Option<String>>;
}

/// Remembers why a request is refused.
pub(super) fn note(refusal: &Refusal) {
    say(&match refusal {
        Refusal::Failed(error) => error.to_string(),
        refusal => refusal.summary(),
    });
}

/// Remembers what there is to say about a request.
pub(super) fn say(message: &str) {
    // Outside of a request there is nobody to tell.
    let _ = REASON.try_with(|it| *it.borrow_mut() = Some(message.to_owned()));
}

/// The router with the entrance before it; `secrets` are parameters of queries whose values nobody gets to see.
pub(super) fn around(router: Router, on_exchange: Option<OnExchange>, secrets: Vec<String>) -> Router {
    router.layer(from_fn(move |request: Request, next: Next| {
        let (on_exchange, secrets) = (on_exchange.clone(), secrets.clone());
        async move {
            let (method, target) = (request.method().clone(), shown(request.uri(), &secrets));
            let start = Instant::now();
            let (response, reason) = REASON.scope(RefCell::default(), answered(request, next)).await;
            if let Some(on_exchange) = on_exchange {
                let status = response.status().as_u16();
                on_exchange(&Exchange { method: method.to_string(), target, status, time: start.elapsed(), reason });
            }
            response
        }
    }))
}

async fn answered(request: Request, next: Next) -> (Response, Option<String>) {
    let origin = request.headers().get(ORIGIN).cloned();
    let response = match preflight(request.method(), request.headers()) {
        Some(response) => response,
        None => next.run(request).await,
    };
    let response = if origin.is_some() { opened(response) } else { response };
    (response, REASON.try_with(RefCell::take).ok().flatten())
}

/// The answer to a browser that asks whether a page may make a request.
fn preflight(method: &Method, headers: &HeaderMap) -> Option<Response> {
    let wanted = headers.get(ACCESS_CONTROL_REQUEST_METHOD).filter(|_| *method == Method::OPTIONS)?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_METHODS, wanted.clone());
    let named = headers.get(ACCESS_CONTROL_REQUEST_HEADERS).cloned();
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_HEADERS, named.unwrap_or(HeaderValue::from_static("*")));
    Some(response)
}

/// Nothing that a stand-in says is a secret, so every page may read it; none sends the credentials of its visitors.
fn opened(mut response: Response) -> Response {
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response.headers_mut().insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("*"));
    response
}

/// Path and query without credentials.
pub(super) fn shown(uri: &Uri, secrets: &[String]) -> String {
    let Some(query) = uri.query() else { return uri.path().to_owned() };
    let pair = |pair: &str| match pair.split_once('=') {
        Some((name, _)) if secrets.iter().any(|it| it == name) => format!("{name}=…"),
        _ => pair.to_owned(),
    };
    format!("{}?{}", uri.path(), query.split('&').map(pair).collect::<Vec<_>>().join("&"))
}
