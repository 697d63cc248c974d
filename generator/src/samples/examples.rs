//! What a stand-in for the server answers: one documented response for each operation, as JSON text.

use serde::Serialize;
use serde_json::{Map, Value as Json};
use specwright_runtime::Direction;

use super::Sampler;
use super::headers::header;
use super::resources::{self, Resource};
use super::streams::{framed, is_stream};
use crate::ir::{Api, Content, Header, Operation, Response, ResponseKey, SchemaId};
use crate::ordered::IndexMap;
use crate::parallel;

/// Examples are made in so many parts, side by side, each with tables of its schemas.
const PARTS: usize = 2;
/// A part has as many operations at least.
const FEW: usize = 64;

/// What a stand-in answers, as it is printed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Example {
    status: u16,
    #[serde(skip_serializing_if = "Map::is_empty")]
    headers: Map<String, Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    media_type: Option<String>,
    /// There where there is a media type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) body: Option<Json>,
    /// What the operation does with the items of a collection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) resource: Option<Resource>,
}

/// The examples, by operation.
pub(crate) fn all(api: &Api) -> IndexMap<String, Example> {
    let answers: Vec<_> = api.operations.iter().filter_map(|it| Some((it, preferred(it)?))).collect();
    let parts = answers.chunks(answers.len().div_ceil(PARTS).max(FEW)).collect();
    let parts = parallel::each(parts, |part: &[(&Operation, &Response)]| {
        let schemas = part.iter().flat_map(|(_, answer)| shown_schemas(answer)).collect();
        let sampler = Sampler::judging(api, Direction::Response, &schemas);
        part.iter().map(|(operation, answer)| (operation.id.clone(), example(&sampler, answer))).collect::<Vec<_>>()
    });
    let mut all = parts.into_iter().flatten().collect();
    resources::mark(api, &mut all);
    all
}

/// The schemas of a body and of headers.
fn shown_schemas(response: &Response) -> impl Iterator<Item = SchemaId> {
    let body = content(response).and_then(|it| it.schema);
    body.into_iter().chain(response.headers.iter().map(|it| it.schema))
}

/// Prints the examples.
pub(crate) fn print(all: &IndexMap<String, Example>) -> String {
    let members = all.iter().filter_map(|(id, it)| Some((id.clone(), serde_json::to_value(it).ok()?)));
    let mut text = serde_json::to_string_pretty(&Json::Object(members.collect())).unwrap_or_default();
    text.push('\n');
    text
}

/// The first success, else `default`, else whatever there is.
pub(crate) fn preferred(operation: &Operation) -> Option<&Response> {
    let success = |it: &&Response| matches!(it.key, ResponseKey::Status(200..=299) | ResponseKey::Range(2));
    let all = &operation.responses;
    let default = || all.iter().find(|it| it.key == ResponseKey::Default);
    all.iter().find(success).or_else(default).or_else(|| all.first())
}

fn example(sampler: &Sampler<'_>, response: &Response) -> Example {
    let status = match response.key {
        ResponseKey::Status(code) => code,
        ResponseKey::Range(digit) => digit * 100,
        ResponseKey::Default => 200,
    };
    let content = content(response);
    let header = |it: &Header| Some((it.name.clone(), header(sampler, it)?.0));
    Example {
        status,
        headers: response.headers.iter().filter_map(header).collect(),
        media_type: content.map(|it| concrete(it).to_owned()),
        body: content.map(|it| body(sampler, it)),
        resource: None,
    }
}

/// JSON where there is a choice: it is what people can read. The order of the document decides nothing.
pub(super) fn content(response: &Response) -> Option<&Content> {
    response.content.iter().min_by_key(|it| (!it.media_type.is_json(), it.media_type.as_str()))
}

/// A media type that a message can have.
fn concrete(content: &Content) -> &str {
    let text = content.media_type.as_str();
    if text.contains('*') { "application/octet-stream" } else { text }
}

/// JSON as it is; anything else as its text.
pub(super) fn body(sampler: &Sampler<'_>, content: &Content) -> Json {
    let mut shown = content.examples.iter().map(|it| it.value.to_json());
    if content.media_type.is_json() {
        let Some(id) = content.schema else { return shown.next().unwrap_or_default() };
        return shown.find(|it| sampler.allows(id, it)).unwrap_or_else(|| sampler.sample(id));
    }
    if is_stream(&content.media_type) {
        let value = shown.next().or_else(|| Some(sampler.sample(content.schema?)));
        return value.and_then(|value| framed(content, value)).unwrap_or_default().into();
    }
    match shown.next() {
        Some(Json::String(text)) => text.into(),
        Some(other) => other.to_string().into(),
        None if content.media_type.essence() == "application/pdf" => "%PDF-1.4\n%%EOF\n".into(),
        None => "example".into(),
    }
}
