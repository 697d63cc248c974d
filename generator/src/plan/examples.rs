//! What a stand-in for the server answers: one documented response for each operation, as JSON text.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use super::samples::Sampler;
use super::types::Direction;
use super::{resources, tables};
use crate::ir::{Api, Content, Operation, Response, ResponseKey, SchemaId};
use crate::source::{Origin, Value};

/// The examples, by operation.
pub(super) fn all(api: &Api) -> Map<String, Json> {
    let sampler = Sampler::new(api, Direction::Response);
    let mut all = Map::new();
    for operation in &api.operations {
        if let Some(response) = preferred(operation) {
            all.insert(operation.id.clone(), example(&sampler, response));
        }
    }
    resources::mark(api, &mut all);
    all
}

/// Prints the examples.
pub(super) fn print(all: Map<String, Json>) -> String {
    let mut text = serde_json::to_string_pretty(&Json::Object(all)).unwrap_or_default();
    text.push('\n');
    text
}

/// The first success, else `default`, else whatever there is.
pub(super) fn preferred(operation: &Operation) -> Option<&Response> {
    let success = |it: &&Response| matches!(it.key, ResponseKey::Status(200..=299) | ResponseKey::Range(2));
    let all = &operation.responses;
    let default = || all.iter().find(|it| it.key == ResponseKey::Default);
    all.iter().find(success).or_else(default).or_else(|| all.first())
}

fn example(sampler: &Sampler<'_>, response: &Response) -> Json {
    let status = match response.key {
        ResponseKey::Status(code) => code,
        ResponseKey::Range(digit) => digit * 100,
        ResponseKey::Default => 200,
    };
    let mut out = Map::from_iter([("status".to_owned(), json!(status))]);
    let headers: Map<_, _> =
        response.headers.iter().map(|it| (it.name.clone(), sampler.of(&it.examples, it.schema))).collect();
    if !headers.is_empty() {
        out.insert("headers".to_owned(), Json::Object(headers));
    }
    if let Some(content) = content(response) {
        out.insert("mediaType".to_owned(), concrete(content).into());
        out.insert("body".to_owned(), body(sampler, content));
    }
    Json::Object(out)
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
fn body(sampler: &Sampler<'_>, content: &Content) -> Json {
    let author = content.examples.first().map(Value::to_json);
    if content.media_type.is_json() {
        return author.unwrap_or_else(|| content.schema.map_or(Json::Null, |id| sampler.sample(id)));
    }
    match author {
        Some(Json::String(text)) => text.into(),
        Some(other) => other.to_string().into(),
        None if content.media_type.essence() == "application/pdf" => "%PDF-1.4\n%%EOF\n".into(),
        None => "example".into(),
    }
}

/// Every example of a document, with the schemas that it has to satisfy.
#[derive(Debug, Clone, PartialEq)]
pub struct ExampleCases {
    /// The schemas, as the run time reads them.
    pub tables: String,
    /// The examples.
    pub cases: Vec<ExampleCase>,
}

/// An example with the schema that it has to satisfy.
#[derive(Debug, Clone, PartialEq)]
pub struct ExampleCase {
    /// What it is an example of.
    pub origin: Origin,
    /// The key of the schema in the tables.
    pub schema: String,
    /// The example.
    pub value: Json,
}

/// Lists the examples of schemas, parameters, headers and bodies.
pub fn example_cases(api: &Api) -> ExampleCases {
    let mut all: Vec<(&Origin, SchemaId, &[Value])> = Vec::new();
    all.extend(api.schemas.iter().map(|(id, it)| (&it.origin, id, it.annotations.examples.as_slice())));
    for operation in api.operations.iter().chain(&api.webhooks) {
        let parameters = operation.parameters.iter();
        all.extend(parameters.map(|it| (&it.origin, it.schema, it.examples.as_slice())));
        let headers = operation.responses.iter().flat_map(|it| &it.headers);
        all.extend(headers.map(|it| (&it.origin, it.schema, it.examples.as_slice())));
        let bodies = operation.body.iter().flat_map(|it| &it.content);
        let contents = bodies.chain(operation.responses.iter().flat_map(|it| &it.content));
        all.extend(contents.filter_map(|it| Some((&it.origin, it.schema?, it.examples.as_slice()))));
    }
    all.retain(|(_, _, examples)| !examples.is_empty());
    let entries: BTreeSet<_> = all.iter().map(|(_, id, _)| *id).collect();
    let case = |origin: &Origin, id: SchemaId, value: &Value| ExampleCase {
        origin: origin.clone(),
        schema: tables::key(&api.schemas[id].origin),
        value: value.to_json(),
    };
    let cases = all.iter().flat_map(|(origin, id, examples)| examples.iter().map(|it| case(origin, *id, it)));
    ExampleCases { cases: cases.collect(), tables: tables::print(api, &entries, &BTreeSet::new()) }
}

/// Makes a sample of every schema whose instances servers send.
pub fn sample_cases(api: &Api) -> ExampleCases {
    let sampler = Sampler::new(api, Direction::Response);
    let all: Vec<SchemaId> = api.schemas.iter().filter(|(_, it)| it.usage.response).map(|(id, _)| id).collect();
    let case = |id: &SchemaId| ExampleCase {
        origin: api.schemas[*id].origin.clone(),
        schema: tables::key(&api.schemas[*id].origin),
        value: sampler.sample(*id),
    };
    let entries = all.iter().copied().collect();
    ExampleCases { cases: all.iter().map(case).collect(), tables: tables::print(api, &entries, &BTreeSet::new()) }
}
