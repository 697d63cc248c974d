//! Sample requests: for each operation one that its document allows, for trying and for tests.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value as Json;
use specwright::ir::{Api, Content, Location, MediaType, Method, Operation, Parameter, ParameterForm, Style};
use specwright::plan::files;
use specwright::samples::Sampler;
use specwright_runtime::Direction;

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
    /// The body.
    pub body: Option<SampleBody>,
}

/// The body of a sample request.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleBody {
    /// The media type.
    pub media_type: String,
    /// The value.
    pub value: Json,
    /// How members of a form are written that are neither text nor JSON.
    pub members: BTreeMap<String, SampleMember>,
}

/// A member of a form that is neither text nor JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SampleMember {
    /// A file in a media type.
    File(String),
    /// An object in the style `deepObject`.
    Deep,
}

impl SampleBody {
    /// What stands in `Content-Type`, and the text of the body.
    pub fn content(&self) -> (String, String) {
        let media_type = self.media_type.clone();
        match media_type.as_str() {
            "application/x-www-form-urlencoded" => {
                let pair = |(name, text): (String, String)| format!("{}={}", escaped(&name), escaped(&text));
                (media_type, self.fields().into_iter().map(pair).collect::<Vec<_>>().join("&"))
            }
            "multipart/form-data" => {
                let parts: String = self.fields().into_iter().map(|(name, text)| self.part(&name, &text)).collect();
                (format!("{media_type}; boundary=cut"), format!("{parts}--cut--\r\n"))
            }
            _ => match &self.value {
                Json::String(text) if !MediaType::parse(&media_type).is_ok_and(|it| it.is_json()) => {
                    (media_type, text.clone())
                }
                value => (media_type, value.to_string()),
            },
        }
    }

    /// The fields of a form; lists repeat a name.
    fn fields(&self) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        for (name, value) in self.value.as_object().into_iter().flatten() {
            match (value, self.members.get(name)) {
                (Json::Object(deep), Some(SampleMember::Deep)) => {
                    fields.extend(deep.iter().map(|(key, value)| (format!("{name}[{key}]"), plain(value))));
                }
                (Json::Array(items), _) => fields.extend(items.iter().map(|it| (name.clone(), plain(it)))),
                _ => fields.push((name.clone(), plain(value))),
            }
        }
        fields
    }

    fn part(&self, name: &str, text: &str) -> String {
        let file = match self.members.get(name) {
            Some(SampleMember::File(media_type)) => format!("; filename=\"sample\"\r\nContent-Type: {media_type}"),
            _ => String::new(),
        };
        let name = name.replace('"', "%22");
        format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{text}\r\n")
    }
}

/// One request for each operation, in the order of the document.
pub fn sample_requests(api: &Api) -> Vec<SampleRequest> {
    let sampler = Sampler::new(api, Direction::Request);
    api.operations.iter().map(|it| request(api, &sampler, it)).collect()
}

fn request(api: &Api, sampler: &Sampler<'_>, operation: &Operation) -> SampleRequest {
    let wanted = |location| operation.parameters.iter().filter(move |it| it.required && it.location == location);
    let mut target = operation.path.as_str().to_owned();
    for parameter in wanted(Location::Path) {
        target = target.replace(&format!("{{{}}}", parameter.name), &escaped(&spelled(sampler, parameter)));
    }
    let pairs: Vec<_> = wanted(Location::Query).map(|it| pair(sampler, it)).collect();
    if !pairs.is_empty() {
        let sign = if target.contains('?') { '&' } else { '?' };
        target = format!("{target}{sign}{}", pairs.join("&"));
    }
    SampleRequest {
        operation: operation.id.clone(),
        method: operation.method.clone(),
        target,
        headers: wanted(Location::Header).map(|it| (it.name.clone(), spelled(sampler, it))).collect(),
        body: operation.body.as_ref().and_then(|it| body(api, sampler, &it.content)),
    }
}

fn body(api: &Api, sampler: &Sampler<'_>, content: &[Content]) -> Option<SampleBody> {
    let content = content.iter().find(|it| it.media_type.is_json()).or_else(|| content.first())?;
    let shown = content.examples.first().map(|it| it.value.to_json());
    let value = shown.or_else(|| Some(sampler.sample(content.schema?))).unwrap_or_default();
    let mut members: BTreeMap<_, _> =
        files(api, content).into_iter().map(|(name, media_type)| (name, SampleMember::File(media_type))).collect();
    let deep = content.encoding.iter().filter(|it| it.style == Some(Style::DeepObject));
    members.extend(deep.map(|it| (it.property.clone(), SampleMember::Deep)));
    Some(SampleBody { media_type: content.media_type.as_str().to_owned(), value, members })
}

/// The pair of a parameter, or the whole query.
fn pair(sampler: &Sampler<'_>, parameter: &Parameter) -> String {
    match parameter.form {
        ParameterForm::Whole(_) => escaped(&sampler.shown(&parameter.examples, parameter.schema).to_string()),
        _ => format!("{}={}", escaped(&parameter.name), escaped(&spelled(sampler, parameter))),
    }
}

/// The value as the default styles write it.
fn spelled(sampler: &Sampler<'_>, parameter: &Parameter) -> String {
    match sampler.shown(&parameter.examples, parameter.schema) {
        Json::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        other => plain(&other),
    }
}

fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn escaped(text: &str) -> String {
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b',');
    utf8_percent_encode(text, KEPT).to_string()
}
