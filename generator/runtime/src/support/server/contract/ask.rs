//! From a case to a request, to the answer of the router, and to what is wrong with it.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;

use axum::Router;
use axum::body::Body;
use bytes::{Bytes, BytesMut};
use futures_util::{FutureExt, StreamExt};
use http::header::{CONTENT_TYPE, COOKIE};
use http::{HeaderName, HeaderValue, Request};
use serde_json::Value;
use tower::ServiceExt;

use super::Contract;
use super::body::body;
use super::report::{self, Breach, Covered};
use super::table::Case;
use crate::support::Violation;
use crate::support::http::{Content, Operation, header_value};
use crate::support::params::{self, EncodeError, Location, Parameter};
use crate::support::server::Answer;
use crate::support::server::check::check;
use crate::support::server::dispatch::panic_text;

/// So much of a body is read, in bytes: one that never ends must not fill the memory.
const MOST: usize = 16 << 20;

/// What came back.
struct Answered {
    answer: Answer,
    /// Whether the body was read to its end.
    is_whole: bool,
}

impl Contract {
    /// Asks an operation everything that there is to ask.
    pub(super) async fn drive(&self, operation: &'static Operation) -> (Covered, Vec<Breach>) {
        let mut covered = Covered { operation: operation.id, statuses: BTreeMap::new() };
        let mut breaches = Vec::new();
        let mut hindrance = None;
        for case in self.requests.cases(operation) {
            match self.request(operation, case) {
                Ok((target, request)) => {
                    let shown = format!("{} {target} ({})", operation.method, case.name);
                    let found = self.ask(operation, request, &mut covered).await;
                    let found = found.into_iter().map(|it| Breach { request: Some(shown.clone()), ..it });
                    found.for_each(|it| report::add(&mut breaches, it));
                }
                Err(error) => drop(hindrance.get_or_insert(error)),
            }
        }
        let statuses = &covered.statuses;
        if statuses.is_empty() && breaches.is_empty() {
            let why = hindrance.map_or_else(|| "the document shows no valid request".to_owned(), |it| it.to_string());
            let remedy = "give it an example or a value, or leave the operation out";
            breaches.push(Breach::about(operation.id, format!("nothing was asked, since {why}: {remedy}")));
        } else if !statuses.is_empty() && statuses.keys().all(|it| [401, 403].contains(it)) {
            let message = "no request was let in: give credentials that are, or leave the operation out";
            breaches.push(Breach { status: statuses.keys().next().copied(), ..Breach::about(operation.id, message) });
        } else if self.wants_success && !covered.has_success() && breaches.is_empty() {
            let message = "no request had a success: give values of what the application has";
            breaches.push(Breach { status: statuses.keys().next().copied(), ..Breach::about(operation.id, message) });
        }
        (covered, breaches)
    }

    /// The request, and its target without what nobody gets to see.
    fn request(&self, operation: &'static Operation, case: &Case) -> Result<(String, Request<Bytes>), EncodeError> {
        let mut headers = self.headers.clone();
        let (mut path, mut query, mut cookies) = (params::Captures::new(), Vec::new(), Vec::new());
        for parameter in operation.parameters {
            let Some(value) = self.value(parameter, case) else { continue };
            operation.siblings().check(parameter, value)?;
            let Some(text) = params::encode(parameter, value)? else { continue };
            match parameter.location {
                Location::Path => path.push((parameter.name, text)),
                Location::Query => query.push(text),
                Location::Cookie => cookies.push(text),
                Location::Header => {
                    let fault = || EncodeError::new(parameter, "cannot be a header");
                    let name = HeaderName::from_bytes(parameter.name.as_bytes()).map_err(|_| fault())?;
                    // A credential goes before a sample.
                    headers.entry(name).or_insert(HeaderValue::from_str(&text).map_err(|_| fault())?);
                }
            }
        }
        if !cookies.is_empty() {
            let given = headers.get(COOKIE).and_then(|it| it.to_str().ok()).map(str::to_owned);
            headers.insert(COOKIE, header_value(cookies.into_iter().chain(given).collect::<Vec<_>>().join("; ")));
        }
        let bare = format!("{}{}", self.prefix, params::expand(operation.path, &path)?);
        let shown = with_query(&bare, &query);
        query.extend(self.query.iter().cloned());
        let mut request = Request::new(Bytes::new());
        if let Some(media_type) = &case.media_type {
            let (media_type, body) = body(operation, media_type, case)?;
            headers.insert(CONTENT_TYPE, header_value(media_type));
            *request.body_mut() = body.whole().unwrap_or_default();
        }
        let no_url = |_| EncodeError::about("request", "has no URL");
        *request.method_mut() = operation.http_method()?;
        *request.uri_mut() = with_query(&bare, &query).parse().map_err(no_url)?;
        *request.headers_mut() = headers;
        Ok((shown, request))
    }

    /// The caller's value of a parameter, where the request has one at all.
    fn value<'v>(&'v self, parameter: &Parameter, case: &'v Case) -> Option<&'v Value> {
        let own = self.values.iter().rev().find(|(name, _)| name == parameter.name).map(|(_, value)| value);
        case.value(parameter).map(|sample| own.unwrap_or(sample)).or(own.filter(|_| parameter.required))
    }

    async fn ask(
        &self,
        operation: &'static Operation,
        mut request: Request<Bytes>,
        covered: &mut Covered,
    ) -> Vec<Breach> {
        if let Some(before) = &self.before {
            before(operation).await;
        }
        if let Some(prepare) = &self.prepare {
            prepare(operation, &mut request);
        }
        let router = (self.renew)().await;
        // What panics outside of the handler, in a layer, is a finding and not the end of the test.
        let answered = AssertUnwindSafe(self.answered(router, request.map(Body::from))).catch_unwind().await;
        let answered = answered.unwrap_or_else(|panic| Err(format!("it panicked: {}", panic_text(&*panic))));
        let Answered { answer, is_whole } = match answered {
            Ok(answered) => answered,
            Err(message) => return vec![Breach::about(operation.id, message)],
        };
        let status = answer.status.as_u16();
        *covered.statuses.entry(status).or_default() += 1;
        let place = |it: Violation| match &*it.keyword {
            "status" => (String::new(), "the status is not documented".to_owned()),
            _ => (it.pointer, it.message),
        };
        let mut found: Vec<_> = check(operation, &answer).into_iter().map(place).collect();
        if !is_whole && !goes_on(operation, &answer) {
            found.push(("/body".to_owned(), "did not come to its end in time".to_owned()));
        }
        let breach =
            |(pointer, message)| Breach { status: Some(status), pointer, ..Breach::about(operation.id, message) };
        found.into_iter().map(breach).collect()
    }

    /// The answer, as far as it comes in time.
    async fn answered(&self, router: Router, request: Request<Body>) -> Result<Answered, String> {
        let response = tokio::time::timeout(self.timeout, router.oneshot(request)).await;
        let response = response.map_err(|_| "there was no answer in time")?.unwrap_or_else(|never| match never {});
        let (parts, body) = response.into_parts();
        let (mut bytes, mut pieces) = (BytesMut::new(), body.into_data_stream());
        let whole = async {
            while let Some(piece) = pieces.next().await {
                bytes.extend_from_slice(&piece.map_err(|_| "the body broke off")?);
                if bytes.len() > MOST {
                    return Ok(false);
                }
            }
            Ok::<_, &str>(true)
        };
        let is_whole = tokio::time::timeout(self.timeout, whole).await.unwrap_or(Ok(false))?;
        let answer = Answer { status: parts.status, headers: parts.headers, body: bytes.freeze().into() };
        Ok(Answered { answer, is_whole })
    }
}

/// Whether a body goes on for as long as anybody listens.
fn goes_on(operation: &Operation, answer: &Answer) -> bool {
    let content = operation.response(answer.status).map_or(&[][..], |it| it.content());
    Content::position(content, &answer.headers).is_some_and(|it| content[it].codec.is_streamed())
}

fn with_query(target: &str, query: &[String]) -> String {
    match query {
        [] => target.to_owned(),
        query => format!("{target}{}{}", if target.contains('?') { '&' } else { '?' }, query.join("&")),
    }
}
