//! Stand-ins: servers that answer with the examples of their document.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode};
use serde_json::Value;

use super::{CheckResponses, Failure, Options, Refusal};
use crate::support::http::{MediaType, Operation, RawResponse, TypedResponse};

/// One documented response for each operation.
///
/// ```
/// # use support::support::server::Examples;
/// static EXAMPLES: Examples = Examples::new(r#"{"getUser": {"status": 200, "mediaType": "text/plain", "body": "jo"}}"#);
/// ```
#[derive(Debug)]
pub struct Examples {
    text: &'static str,
    table: OnceLock<BTreeMap<String, Value>>,
}

impl Examples {
    /// Takes the JSON text that the generator writes.
    pub const fn new(text: &'static str) -> Self {
        Self { text, table: OnceLock::new() }
    }

    /// The example of an operation.
    ///
    /// # Errors
    /// Where the example is not as the document says.
    pub fn answer<R: TypedResponse>(&self, operation: &'static Operation) -> Result<R, Failure> {
        let table = self.table.get_or_init(|| serde_json::from_str(self.text).unwrap_or_default());
        let response = match table.get(operation.id) {
            Some(example) => response(operation, example)?,
            // The operation documents no response at all.
            None => RawResponse::empty(204),
        };
        Ok(R::decode(response)?)
    }

    /// The settings of a stand-in: what was deleted is gone, and an example that is not as documented is no answer.
    pub fn options(&self) -> Options {
        let gone = Mutex::new(BTreeSet::new());
        Options {
            check_responses: CheckResponses::Fail,
            on_call: Some(Arc::new(move |operation, parts| remember(&gone, operation, parts))),
            ..Options::default()
        }
    }
}

fn response(operation: &Operation, example: &Value) -> Result<RawResponse, Failure> {
    let status = example["status"].as_u64().and_then(|it| StatusCode::from_u16(u16::try_from(it).ok()?).ok());
    let status = status.ok_or("the example has no status")?;
    let mut response = RawResponse::empty(status.as_u16());
    let headers = operation.response(status).map(|it| it.headers).unwrap_or_default();
    for header in headers {
        if let Some(value) = example["headers"].get(header.name) {
            response = response.with_header(header, value)?;
        }
    }
    if let Some(media_type) = example["mediaType"].as_str() {
        response.headers.insert(CONTENT_TYPE, HeaderValue::from_str(media_type)?);
        response.body = body(media_type, &example["body"]).into();
    }
    Ok(response)
}

fn body(media_type: &str, body: &Value) -> Bytes {
    let is_json = MediaType::parse(media_type).is_some_and(|it| it.is_json());
    match body {
        Value::String(text) if !is_json => text.clone().into(),
        other => other.to_string().into(),
    }
}

/// Remembers what is deleted, and refuses calls of what was: 404 where the operation has that.
fn remember(gone: &Mutex<BTreeSet<String>>, operation: &'static Operation, parts: &Parts) -> Result<(), Refusal> {
    let path = parts.uri.path();
    let mut gone = gone.lock().unwrap_or_else(PoisonError::into_inner);
    let is_below = |it: &String| path == it || path.strip_prefix(it.as_str()).is_some_and(|rest| rest.starts_with('/'));
    if gone.iter().any(is_below) && operation.response(StatusCode::NOT_FOUND).is_some() {
        return Err(Refusal::NotFound);
    }
    // Whatever is made from now on is there.
    if operation.method == Method::POST {
        gone.retain(|it| !it.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')));
    }
    // A path without parameters is the collection: it outlives what is deleted from it.
    if operation.method == Method::DELETE && operation.path.contains('{') {
        gone.insert(path.to_owned());
    }
    Ok(())
}
