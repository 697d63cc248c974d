//! What a contract test asks of a server: for each operation some requests that its document allows, as JSON text.
//!
//! The first ones show the author's examples, each once; one has no more than it must; the others are made up, the
//! same ones in each run. What no schema allows is not asked.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json};
use specwright_runtime::Direction;

use super::streams::is_stream;
use super::{Sampler, examples};
use crate::ir::{Api, Content, Location, Operation, Parameter, SchemaId};
use crate::source::Value;

/// As many requests of an operation are made up.
const MADE_UP: u64 = 2;

/// The requests, by operation, one a line.
pub fn contract_requests(api: &Api) -> String {
    let bodies = api.operations.iter().filter_map(|it| it.body.as_ref()).flat_map(|it| &it.content);
    let schemas = bodies.filter_map(|it| it.schema);
    let parameters = api.operations.iter().flat_map(|it| &it.parameters).map(|it| it.schema);
    let sampler = Sampler::judging(api, Direction::Request, &schemas.chain(parameters).collect());
    let mut text = "{".to_owned();
    for (idx, operation) in api.operations.iter().filter(|it| it.served).enumerate() {
        let requests: Vec<_> = all(&sampler, operation).iter().map(|it| format!("\n    {it}")).collect();
        let (comma, end) = (if idx == 0 { "" } else { "," }, if requests.is_empty() { "" } else { "\n  " });
        let _ = write!(text, "{comma}\n  {}: [{}{end}]", Json::from(operation.id.as_str()), requests.join(","));
    }
    text.push_str("\n}\n");
    text
}

/// The requests of an operation, none of them twice.
fn all(sampler: &Sampler<'_>, operation: &Operation) -> Vec<Json> {
    let mut found: Vec<Map<String, Json>> = Vec::new();
    let mut add = |name: String, request: Option<Map<String, Json>>| {
        let Some(mut request) = request else { return };
        if !found.iter().any(|it| it.iter().filter(|(key, _)| *key != "name").eq(request.iter())) {
            request.insert("name".to_owned(), name.into());
            found.push(request);
        }
    };
    let bodies: Vec<_> = operation.body.iter().flat_map(|it| shown(sampler, &it.content)).collect();
    let most = operation.parameters.iter().map(|it| it.examples.len()).max().unwrap_or_default();
    for idx in 0..most.max(bodies.len()).max(1) {
        let body = bodies.get(idx % bodies.len().max(1));
        let name = body.map_or_else(|| "example".to_owned(), |it| it.name.clone());
        add(name, request(operation, body, |it| example(sampler, it, idx)));
    }
    let usual = operation.body.as_ref().and_then(|it| preferred(&it.content));
    let is_required = operation.body.as_ref().is_some_and(|it| it.required);
    let least = usual.filter(|_| is_required).and_then(|it| body(sampler, it, "least", |id| sampler.least(id)));
    add(
        "least".to_owned(),
        request(operation, least.as_ref(), |it| it.required.then(|| example(sampler, it, 0)).flatten()),
    );
    for seed in 1..=MADE_UP {
        let body = usual.and_then(|it| body(sampler, it, "made up", |id| sampler.made_up(id, seed)));
        let value = |it: &Parameter| allowed(sampler, it.schema, sampler.made_up(it.schema, seed));
        add(format!("made up {seed}"), request(operation, body.as_ref(), value));
    }
    found.into_iter().map(Json::Object).collect()
}

/// A body that can be sent.
struct Body {
    name: String,
    media_type: String,
    value: Json,
}

/// A request, where everything that it must have has a value.
fn request(
    operation: &Operation,
    body: Option<&Body>,
    value: impl Fn(&Parameter) -> Option<Json>,
) -> Option<Map<String, Json>> {
    let mut request = Map::new();
    for parameter in &operation.parameters {
        let Some(value) = value(parameter) else {
            if parameter.required {
                return None;
            }
            continue;
        };
        let place = match parameter.location {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
        };
        let place = request.entry(place).or_insert_with(|| Json::Object(Map::new()));
        place.as_object_mut()?.insert(parameter.name.clone(), value);
    }
    match body {
        Some(Body { media_type, value, .. }) => {
            request.insert("mediaType".to_owned(), media_type.as_str().into());
            request.insert("body".to_owned(), value.clone());
        }
        None if operation.body.as_ref().is_some_and(|it| it.required) => return None,
        None => {}
    }
    Some(request)
}

/// One of the author's examples of a parameter, else a sample; `null` has no text.
fn example(sampler: &Sampler<'_>, parameter: &Parameter, idx: usize) -> Option<Json> {
    let examples: Vec<_> =
        parameter.examples.iter().map(Value::to_json).filter(|it| sampler.allows(parameter.schema, it)).collect();
    let shown = examples.get(idx % examples.len().max(1)).cloned();
    let value = shown.unwrap_or_else(|| sampler.sample(parameter.schema));
    allowed(sampler, parameter.schema, value)
}

fn allowed(sampler: &Sampler<'_>, id: SchemaId, value: Json) -> Option<Json> {
    (!value.is_null() && sampler.allows(id, &value)).then_some(value)
}

/// Every body that the author shows, and one of each media type of which he shows none.
fn shown(sampler: &Sampler<'_>, contents: &[Content]) -> Vec<Body> {
    let mut all = Vec::new();
    for content in contents {
        let before = all.len();
        let of = if contents.len() > 1 { format!(" of {}", content.media_type.as_str()) } else { String::new() };
        for it in &content.examples {
            let name = it.name.as_ref().map_or_else(|| "example".to_owned(), |name| format!("example `{name}`"));
            all.extend(body(sampler, content, &format!("{name}{of}"), |_| it.value.to_json()));
        }
        if all.len() == before {
            all.extend(body(sampler, content, &format!("sample{of}"), |id| sampler.sample(id)));
        }
    }
    all
}

/// The media type that requests have unless they show another one.
fn preferred(contents: &[Content]) -> Option<&Content> {
    contents.iter().find(|it| it.media_type.is_json()).or_else(|| contents.first())
}

/// A body with the value that a schema gives, where that is allowed.
fn body(sampler: &Sampler<'_>, content: &Content, name: &str, make: impl Fn(SchemaId) -> Json) -> Option<Body> {
    let media_type = concrete(content);
    let essence = content.media_type.essence();
    let has_members =
        content.media_type.is_json() || essence.starts_with("multipart/") || essence.ends_with("urlencoded");
    let value = match content.schema {
        // The items of a stream are a list, also where the schema is that of one of them.
        Some(id) => Some(make(id)).filter(|it| sampler.allows(id, it)).map(|it| match it {
            it if content.is_item || (is_stream(&content.media_type) && !it.is_array()) => Json::Array(vec![it]),
            it => it,
        }),
        None => content.examples.first().map(|it| it.value.to_json()),
    };
    // What has no members is bytes or text, whatever its schema makes of it.
    let value = match value {
        Some(Json::Object(_)) if !has_members && !content.is_item => examples::body(sampler, content),
        Some(value) => value,
        None if content.schema.is_some() => return None,
        None => examples::body(sampler, content),
    };
    Some(Body { name: name.to_owned(), media_type, value })
}

/// A media type that a message can have.
fn concrete(content: &Content) -> String {
    let text = content.media_type.as_str();
    let of_range = match text.split('/').next() {
        _ if !text.contains('*') => return text.to_owned(),
        Some("text") => "text/plain",
        Some("image") => "image/png",
        Some("audio") => "audio/mpeg",
        Some("video") => "video/mp4",
        _ => "application/octet-stream",
    };
    of_range.to_owned()
}
