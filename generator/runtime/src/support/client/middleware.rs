//! What stands between a call and its transport.
//!
//! This is a trait of ours and not tower's `Layer`: a client is one type whatever stands in its way, which a list of trait
//! objects gives, and layers of tower do not. They have their place all the same, below: see `ServiceTransport`.

use std::sync::Arc;

use fluent_uri::Uri;
use http::header::{ACCEPT, ACCEPT_LANGUAGE, LOCATION, RANGE, USER_AGENT};
use http::{HeaderMap, Method, StatusCode};

use super::target::{is_same_origin, reference, target};
use super::{BoxError, BoxFuture, MaybeSend, MaybeSync, Request, Response, Transport};
use crate::support::params::header_text;

/// Sees every attempt of every call: to sign, to count, to trace, to answer from a cache.
pub trait Middleware: MaybeSend + MaybeSync {
    /// Handles a request, usually by passing it on with `next.run(request)`.
    fn handle<'a>(&'a self, request: Request, next: Next<'a>) -> BoxFuture<'a, Result<Response, BoxError>>;
}

/// The rest of the way to the server.
#[derive(Clone, Copy)]
pub struct Next<'a> {
    transport: &'a dyn Transport,
    middleware: &'a [Arc<dyn Middleware>],
}

impl<'a> Next<'a> {
    pub(super) fn new(transport: &'a dyn Transport, middleware: &'a [Arc<dyn Middleware>]) -> Self {
        Self { transport, middleware }
    }

    /// Passes a request on.
    pub fn run(self, request: Request) -> BoxFuture<'a, Result<Response, BoxError>> {
        match self.middleware.split_first() {
            Some((first, middleware)) => first.handle(request, Self { middleware, ..self }),
            None => self.transport.send(request),
        }
    }
}

/// Goes where answers to `GET` and `HEAD` redirect to; without it, these answers are what a call gives.
///
/// Credentials stay at home: another origin gets `Accept`, `Accept-Language`, `Range` and `User-Agent` and no other header.
/// From `https` it never goes to `http`. Where it does not go, the redirect is what the call gives.
#[derive(Debug, Clone)]
pub struct FollowRedirects {
    limit: usize,
}

impl FollowRedirects {
    /// Follows up to that many redirects one after the other.
    pub fn up_to(limit: usize) -> Self {
        Self { limit }
    }
}

/// Five, as HTTP once advised.
impl Default for FollowRedirects {
    fn default() -> Self {
        Self::up_to(5)
    }
}

impl Middleware for FollowRedirects {
    fn handle<'a>(&'a self, request: Request, next: Next<'a>) -> BoxFuture<'a, Result<Response, BoxError>> {
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            if !matches!(parts.method, Method::GET | Method::HEAD) || body.len() != Some(0) {
                return next.run(Request::from_parts(parts, body)).await;
            }
            for _ in 0..self.limit {
                let response = next.run(Request::from_parts(parts.clone(), body.clone())).await?;
                let Some(uri) = destination(&response, &parts.uri) else { return Ok(response) };
                if !is_same_origin(&uri, &parts.uri) {
                    keep_harmless(&mut parts.headers);
                }
                parts.uri = uri;
            }
            next.run(Request::from_parts(parts, body)).await
        })
    }
}

/// Where a response redirects a request to, if that is a place to go.
fn destination(response: &Response, from: &http::Uri) -> Option<http::Uri> {
    let status = response.status();
    let redirects = [
        StatusCode::MOVED_PERMANENTLY,
        StatusCode::FOUND,
        StatusCode::SEE_OTHER,
        StatusCode::TEMPORARY_REDIRECT,
        StatusCode::PERMANENT_REDIRECT,
    ];
    let location = response.headers().get(LOCATION).filter(|_| redirects.contains(&status)).and_then(header_text)?;
    let base = Uri::parse(from.to_string()).ok()?;
    let place = reference(location)?.resolve_against(&base).ok()?;
    let place = target(place.strip_fragment().as_str()).ok()?;
    let is_less_secure = from.scheme_str() == Some("https") && place.scheme_str() != Some("https");
    (!is_less_secure).then_some(place)
}

/// Leaves the headers that tell another server nothing about the caller.
fn keep_harmless(headers: &mut HeaderMap) {
    let kept = [ACCEPT, ACCEPT_LANGUAGE, RANGE, USER_AGENT].into_iter();
    *headers = kept.filter_map(|name| headers.get(&name).cloned().map(|value| (name, value))).collect();
}
