//! Sample requests: for each operation one that its document allows, for trying and for tests.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value as Json;

use super::samples::{Direction, Sampler};
use crate::ir::{Api, Content, Location, Method, Operation, Parameter};

/// A request that a document allows, without credentials.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleRequest {
    /// `operationId`.
    pub operation: String,
    /// The method.
    pub method: Method,
    /// Path and query, escaped.
    pub target: String,
    /// Header parameters that are required.
    pub headers: Vec<(String, String)>,
    /// The media type and the value of the body.
    pub body: Option<(String, Json)>,
}

/// One request for each operation, in the order of the document.
pub fn sample_requests(api: &Api) -> Vec<SampleRequest> {
    let sampler = Sampler::new(api, Direction::Request);
    api.operations.iter().map(|it| request(&sampler, it)).collect()
}

fn request(sampler: &Sampler<'_>, operation: &Operation) -> SampleRequest {
    let wanted = |location| operation.parameters.iter().filter(move |it| it.required && it.location == location);
    let mut target = operation.path.as_str().to_owned();
    for parameter in wanted(Location::Path) {
        target = target.replace(&format!("{{{}}}", parameter.name), &escaped(&text(sampler, parameter)));
    }
    let pairs: Vec<_> =
        wanted(Location::Query).map(|it| format!("{}={}", escaped(&it.name), escaped(&text(sampler, it)))).collect();
    if !pairs.is_empty() {
        target = format!("{target}?{}", pairs.join("&"));
    }
    SampleRequest {
        operation: operation.id.clone(),
        method: operation.method,
        target,
        headers: wanted(Location::Header).map(|it| (it.name.clone(), text(sampler, it))).collect(),
        body: operation.body.as_ref().and_then(|it| body(sampler, &it.content)),
    }
}

fn body(sampler: &Sampler<'_>, content: &[Content]) -> Option<(String, Json)> {
    let content = content.iter().find(|it| it.media_type.is_json()).or_else(|| content.first())?;
    let value = content.schema.map_or(Json::Null, |schema| sampler.of(&content.examples, schema));
    Some((content.media_type.as_str().to_owned(), value))
}

/// The value as the default styles write it.
fn text(sampler: &Sampler<'_>, parameter: &Parameter) -> String {
    fn plain(value: &Json) -> String {
        match value {
            Json::String(text) => text.clone(),
            Json::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
            other => other.to_string(),
        }
    }
    plain(&sampler.of(&parameter.examples, parameter.schema))
}

fn escaped(text: &str) -> String {
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b',');
    utf8_percent_encode(text, KEPT).to_string()
}
