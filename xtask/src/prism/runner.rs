//! Sends requests through a generated server and a generated client to Prism, and prints what comes back.
//!
//! No part of the tasks: `cargo xtask prism` compiles it in a crate of its own, beside the `relays.rs` that it writes.

// What a document deprecates is called all the same.
#![allow(deprecated)]

mod relays;

use std::error::Error;
use std::sync::{Arc, Mutex};

use axum::body::{Body, to_bytes};
use generated::support::client::{Config, Retry};
use generated::support::server::{CheckResponses, OnRefusal, Options, Refusal};
use http::{HeaderValue, Request};
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// What went wrong on the way.
#[derive(Clone, Default)]
pub(crate) struct Noted(Arc<Mutex<Option<String>>>);

impl Noted {
    fn note(&self, error: &dyn Error) {
        let mut text = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            let more = error.to_string();
            if !text.contains(&more) {
                text = format!("{text}: {more}");
            }
            cause = error.source();
        }
        *self.0.lock().unwrap() = Some(text);
    }
}

/// Settings of a relay: responses are held against the document, and refusals are noted.
pub(crate) fn options(noted: Noted) -> Options {
    let on_refusal: OnRefusal = Arc::new(move |refusal, _| {
        match refusal {
            Refusal::Failed(error) => noted.note(&**error),
            refusal => noted.note(&*Box::<dyn Error>::from(refusal.summary())),
        }
        None
    });
    Options { check_responses: CheckResponses::Fail, on_refusal: Some(on_refusal), ..Options::default() }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut argument = || arguments.next().expect("an API, a URL, and the file with the calls");
    let (api, url, calls) = (argument(), argument(), argument());
    let calls: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(calls).unwrap()).unwrap();
    let config = Config { retry: Retry::never(), ..Config::new(url) };
    for call in calls {
        println!("{}", answer(&api, config.clone(), &call).await);
    }
}

async fn answer(api: &str, mut config: Config, call: &Value) -> Value {
    let prefer = HeaderValue::from_str(call["prefer"].as_str().unwrap()).unwrap();
    config.headers.insert("prefer", prefer);
    let noted = Noted::default();
    let response = relays::router(api, config, noted.clone()).oneshot(request(&call["request"])).await.unwrap();
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), usize::MAX).await;
    let mut error = noted.0.lock().unwrap().take();
    if let Err(interrupted) = &body {
        error = Some(interrupted.to_string());
    }
    let text = String::from_utf8_lossy(&body.unwrap_or_default()).chars().take(400).collect::<String>();
    json!({ "status": status, "error": error, "body": text })
}

fn request(sample: &Value) -> Request<Body> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut request = Request::builder().method(sample["method"].as_str().unwrap()).uri(text(&sample["target"]));
    for credentials in [("authorization", "Bearer demo"), ("api-key", "demo")] {
        request = request.header(credentials.0, credentials.1);
    }
    for header in sample["headers"].as_array().unwrap() {
        request = request.header(text(&header[0]), text(&header[1]));
    }
    request.body(text(&sample["body"]).into()).unwrap()
}
