//! What a stand-in for the server answers: one documented response for each operation, as JSON text.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use super::samples::Sampler;
use super::types::Direction;
use super::{resources, tables};
use crate::ir::{Api, Content, Header, Operation, Response, ResponseKey, SchemaId};
use crate::source::{Origin, Value};

/// The examples, by operation.
pub(super) fn all(api: &Api) -> Map<String, Json> {
    let answers = || api.operations.iter().filter_map(preferred);
    let bodies = answers().filter_map(content).filter_map(|it| it.schema);
    let schemas = bodies.chain(answers().flat_map(|it| &it.headers).map(|it| it.schema)).collect();
    let sampler = Sampler::judging(api, Direction::Response, &schemas);
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
pub(crate) fn preferred(operation: &Operation) -> Option<&Response> {
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
    let headers: Map<_, _> = response.headers.iter().map(|it| (it.name.clone(), header(sampler, it))).collect();
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

/// The author's example of a header, else a sample of its schema.
pub(super) fn header(sampler: &Sampler<'_>, header: &Header) -> Json {
    header.examples.first().map_or_else(|| sampler.sample(header.schema), Value::to_json)
}

/// JSON as it is; anything else as its text.
pub(super) fn body(sampler: &Sampler<'_>, content: &Content) -> Json {
    let mut shown = content.examples.iter().map(|it| it.value.to_json());
    if content.media_type.is_json() {
        let Some(id) = content.schema else { return shown.next().unwrap_or_default() };
        return shown.find(|it| sampler.allows(id, it)).unwrap_or_else(|| sampler.sample(id));
    }
    match shown.next() {
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
    let mut all: Vec<(&Origin, SchemaId, Vec<&Value>)> = Vec::new();
    all.extend(api.schemas.iter().map(|(id, it)| (&it.origin, id, it.annotations.examples.iter().collect())));
    for operation in api.operations.iter().chain(&api.webhooks) {
        let parameters = operation.parameters.iter();
        all.extend(parameters.map(|it| (&it.origin, it.schema, it.examples.iter().collect())));
        let headers = operation.responses.iter().flat_map(|it| &it.headers);
        all.extend(headers.map(|it| (&it.origin, it.schema, it.examples.iter().collect())));
        let bodies = operation.body.iter().flat_map(|it| &it.content);
        let contents = bodies.chain(operation.responses.iter().flat_map(|it| &it.content));
        let contents = contents.filter_map(|it| Some((&it.origin, it.schema?, &it.examples)));
        all.extend(contents.map(|(origin, id, examples)| (origin, id, examples.iter().map(|it| &it.value).collect())));
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
    let all: Vec<SchemaId> = api.schemas.iter().filter(|(_, it)| it.usage.response).map(|(id, _)| id).collect();
    let sampler = Sampler::judging(api, Direction::Response, &all.iter().copied().collect());
    let case = |id: &SchemaId| ExampleCase {
        origin: api.schemas[*id].origin.clone(),
        schema: tables::key(&api.schemas[*id].origin),
        value: sampler.sample(*id),
    };
    let entries = all.iter().copied().collect();
    ExampleCases { cases: all.iter().map(case).collect(), tables: tables::print(api, &entries, &BTreeSet::new()) }
}
