//! Runs cases through the generated client and the generated router, and prints what it sees; it judges nothing.
//!
//! No part of the tasks: `cargo xtask params` compiles it in a crate of its own, beside the `operations.rs` that it
//! writes.

mod operations;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use cases::support::client::{BoxError, BoxFuture, Config, Request, Response, Retry, ServiceTransport, Transport};
use cases::support::{Json, json};
use cases::table::client::Client;
use cases::table::server::router;
use serde_json::{Value, json};

/// The values of a request by the names of its parameters.
pub(crate) type Values = BTreeMap<String, Value>;

/// What handlers got.
#[derive(Clone, Default)]
pub(crate) struct Handler(Arc<Mutex<Option<Value>>>);

impl Handler {
    pub(crate) fn sees(&self, values: &[(&str, Option<Value>)]) {
        let values: BTreeMap<_, _> = values.iter().filter_map(|(name, value)| Some((*name, value.clone()?))).collect();
        *self.0.lock().unwrap() = Some(json!(values));
    }

    fn seen(&self) -> Value {
        self.0.lock().unwrap().take().unwrap_or_default()
    }
}

/// A value that must be there: its type says whether it may be null.
pub(crate) fn required<T: Json>(values: &Values, name: &str) -> Result<T, String> {
    let value = values.get(name).cloned().unwrap_or_default();
    json::from_value(value).map_err(|_| format!("`{name}` must have a value"))
}

/// A value that may be absent.
pub(crate) fn optional<T: Json>(values: &Values, name: &str) -> Result<Option<T>, String> {
    values.get(name).map(|_| required(values, name)).transpose()
}

/// Shows requests on their way to the router.
#[derive(Clone)]
struct Recorder<T> {
    inner: T,
    sent: Arc<Mutex<Option<Value>>>,
    status: Arc<Mutex<Option<u16>>>,
}

impl<T: Transport> Transport for Recorder<T> {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, BoxError>> {
        let headers: Vec<_> = request
            .headers()
            .iter()
            .map(|(name, value)| json!([name.as_str(), String::from_utf8_lossy(value.as_bytes())]))
            .collect();
        let uri = request.uri();
        let sent = json!({ "path": uri.path(), "query": uri.query(), "headers": headers });
        *self.sent.lock().unwrap() = Some(sent);
        Box::pin(async move {
            let response = self.inner.send(request).await?;
            *self.status.lock().unwrap() = Some(response.status().as_u16());
            Ok(response)
        })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let path = std::env::args().nth(1).expect("the file with the cases");
    let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    for case in cases {
        let observed = tokio::spawn(observe(case)).await;
        println!("{}", observed.unwrap_or_else(|_| json!({ "panic": true })));
    }
}

/// Calls the operation where the case has values, and sends every raw request that it has.
async fn observe(case: Value) -> Value {
    let handler = Handler::default();
    let inner = ServiceTransport::new(router(handler.clone()), Body::from);
    let mut observed = json!({});
    if let Some(values) = case["values"].as_object() {
        let recorder = Recorder { inner: inner.clone(), sent: Arc::default(), status: Arc::default() };
        let config = Config { retry: Retry::never(), ..Config::with_transport("http://params.test", recorder.clone()) };
        let client = Client::new(config).unwrap();
        let values: Values = values.clone().into_iter().collect();
        let outcome = operations::call(&client, case["operation"].as_str().unwrap(), &values).await;
        observed["error"] = outcome.err().map_or(Value::Null, Value::from);
        observed["sent"] = recorder.sent.lock().unwrap().take().unwrap_or_default();
        observed["status"] = json!(*recorder.status.lock().unwrap());
        observed["received"] = handler.seen();
    }
    let mut answers = Vec::new();
    for raw in case["requests"].as_array().into_iter().flatten() {
        let text = |field: &str| raw[field].as_str().unwrap_or_default().to_owned();
        let mut request = http::Request::builder().uri(format!("http://params.test{}", text("uri")));
        if raw["header"].is_string() {
            request = request.header(text("header"), text("value"));
        }
        let answer = match request.body(Vec::new().into()) {
            Ok(request) => inner.send(request).await.map(|it| it.status().as_u16()).unwrap_or_default(),
            Err(_) => 0,
        };
        answers.push(json!({ "status": answer, "received": handler.seen() }));
    }
    observed["answers"] = json!(answers);
    observed
}
