//! Instances with the schemas that they have to satisfy: the author's examples, and what is made up where there is none.

use std::collections::BTreeSet;

use serde_json::Value as Json;
use specwright::ir::{Api, SchemaId, Types};
use specwright::samples::Sampler;
use specwright::schemas::tables;
use specwright::source::{Origin, Value};
use specwright_runtime::Direction;

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
    // `false` has none.
    let sent = api.schemas.iter().filter(|(_, it)| it.usage.response && it.types != Types::NONE);
    let all: Vec<SchemaId> = sent.map(|(id, _)| id).collect();
    let sampler = Sampler::judging(api, Direction::Response, &all.iter().copied().collect());
    let case = |id: &SchemaId| ExampleCase {
        origin: api.schemas[*id].origin.clone(),
        schema: tables::key(&api.schemas[*id].origin),
        value: sampler.sample(*id),
    };
    let entries = all.iter().copied().collect();
    ExampleCases { cases: all.iter().map(case).collect(), tables: tables::print(api, &entries, &BTreeSet::new()) }
}
