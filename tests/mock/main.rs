//! Stand-ins of documents that no code was generated for, and the proxy that watches a real server.

#![allow(clippy::expect_used, clippy::panic, reason = "what helps a test may fail as a test does")]

mod bases;
mod items;
mod kinds;
mod listed;
mod page;
mod preferences;
mod proxy;
mod streams;

use std::sync::{Arc, Mutex};

use acceptance::pipeline::compile;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use serde_json::Value;
use specwright::mock::{Credentials, Settings, mock};
use tower::ServiceExt as _;

pub(crate) const LIBRARY: &str = include_str!("library.yaml");

/// A stand-in, with the lines that it told.
pub(crate) struct Subject {
    pub(crate) router: Router,
    told: Arc<Mutex<Vec<String>>>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Seen {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default()
    }
}

/// A stand-in of a document.
pub(crate) fn subject(document: &str, credentials: Credentials) -> Subject {
    subject_with(document, credentials, Settings::default())
}

/// The same with more settings.
pub(crate) fn subject_with(document: &str, credentials: Credentials, settings: Settings) -> Subject {
    let told: Arc<Mutex<Vec<String>>> = Arc::default();
    let lines = told.clone();
    let settings = Settings {
        credentials,
        on_exchange: Some(Arc::new(move |it| {
            let reason = it.reason.as_deref().unwrap_or_default();
            lines.lock().expect("no test panics").push(format!("{} {} {} {reason}", it.method, it.target, it.status));
        })),
        ..settings
    };
    let compiled = compile("subject", document);
    let plan = compiled.plan.expect("a plan");
    Subject { router: mock(compiled.api.expect("an API"), &plan, settings).router, told }
}

pub(crate) fn library() -> Subject {
    subject(LIBRARY, Credentials::Any)
}

impl Subject {
    /// Sends a request, such as `GET /books`, with headers and a body of JSON.
    pub(crate) async fn send(&self, line: &str, headers: &[(&str, &str)], body: &str) -> Seen {
        ask(self.router.clone(), line, headers, body).await
    }

    /// The same with a token, and nothing else.
    pub(crate) async fn get(&self, target: &str) -> Seen {
        self.send(&format!("GET {target}"), &[("authorization", "Bearer x")], "").await
    }

    pub(crate) fn told(&self) -> Vec<String> {
        self.told.lock().expect("no test panics").clone()
    }
}

pub(crate) async fn ask(router: Router, line: &str, headers: &[(&str, &str)], body: &str) -> Seen {
    let (method, target) = line.split_once(' ').expect("a method and a target");
    let mut request = Request::builder().method(method).uri(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if !body.is_empty() {
        request = request.header("content-type", "application/json");
    }
    let request = request.body(Body::from(body.to_owned())).expect("a request");
    let (parts, body) = router.oneshot(request).await.expect("an answer").into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("a body");
    let text = String::from_utf8_lossy(&body).into_owned();
    Seen { status: parts.status.as_u16(), headers: parts.headers, text }
}
