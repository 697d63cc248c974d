//! Operations: what a client may ask, and what a server may answer.

use std::fmt;

use super::PathTemplate;
use super::{Pagination, Requirement, SchemaId, Server};
use crate::source::{Origin, Pointer, Value};

/// The HTTP methods of a Path Item Object.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// `get`
    Get,
    /// `put`
    Put,
    /// `post`
    Post,
    /// `delete`
    Delete,
    /// `options`
    Options,
    /// `head`
    Head,
    /// `patch`
    Patch,
    /// `trace`
    Trace,
    /// `query`, from OpenAPI 3.2 on: a question with a body.
    Query,
    /// One of `additionalOperations`, from OpenAPI 3.2 on, as it is spelled: a token of HTTP that has no field.
    Other(String),
}

impl Method {
    /// Every method that has a field, in the specification's order.
    pub const ALL: [Self; 9] = [
        Self::Get,
        Self::Put,
        Self::Post,
        Self::Delete,
        Self::Options,
        Self::Head,
        Self::Patch,
        Self::Trace,
        Self::Query,
    ];

    /// The field of the Path Item Object, or the name in its `additionalOperations`.
    pub fn field(&self) -> &str {
        match self {
            Self::Get => "get",
            Self::Put => "put",
            Self::Post => "post",
            Self::Delete => "delete",
            Self::Options => "options",
            Self::Head => "head",
            Self::Patch => "patch",
            Self::Trace => "trace",
            Self::Query => "query",
            Self::Other(name) => name,
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other(name) => f.write_str(name),
            method => f.write_str(&method.field().to_uppercase()),
        }
    }
}

/// An Operation Object with the path item's shared parts merged into it.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// Where it stands.
    pub origin: Origin,
    /// Where it was written: somewhere else if the document was put into another shape.
    pub source: Pointer,
    /// `operationId`, or a name made of method and path.
    pub id: String,
    /// Its method.
    pub method: Method,
    /// Its path; for a webhook, the webhook's name as one literal segment.
    pub path: PathTemplate,
    /// `tags`.
    pub tags: Vec<String>,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `x-provenance` and what belongs to it, as one sentence.
    pub provenance: Option<String>,
    /// `x-rust-name`.
    pub rust_name: Option<String>,
    /// `parameters`, those of the path item included.
    pub parameters: Vec<Parameter>,
    /// `requestBody`.
    pub body: Option<Body>,
    /// `responses`, by status: codes, then ranges, then `default`.
    pub responses: Vec<Response>,
    /// `security`, the document's own where the operation has none: one of these must hold; empty means anyone.
    pub security: Vec<Requirement>,
    /// Servers of its own, or of its path; none where it has those of the document.
    pub servers: Vec<Server>,
    /// `x-pagination`.
    pub pagination: Option<Pagination>,
    /// Whether a server can tell its requests from those of the operations before it.
    pub served: bool,
}

impl Operation {
    /// The schemas of its parameters, bodies and headers.
    pub(crate) fn schemas_mut(&mut self) -> impl Iterator<Item = &mut SchemaId> {
        let Self { parameters, body, responses, .. } = self;
        let sent = body.iter_mut().flat_map(|it| it.content.iter_mut().filter_map(|it| it.schema.as_mut()));
        let answered = responses.iter_mut().flat_map(|it| {
            let content = it.content.iter_mut().filter_map(|it| it.schema.as_mut());
            it.headers.iter_mut().map(|it| &mut it.schema).chain(content)
        });
        parameters.iter_mut().map(|it| &mut it.schema).chain(sent).chain(answered)
    }
}

/// Where a parameter stands in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Location {
    /// `path`
    Path,
    /// `query`
    Query,
    /// `header`
    Header,
    /// `cookie`
    Cookie,
}

impl Location {
    /// The value of `in`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }

    /// The style of parameters there that name none.
    pub fn style(self) -> Style {
        match self {
            Self::Path | Self::Header => Style::Simple,
            Self::Query | Self::Cookie => Style::Form,
        }
    }
}

/// How a parameter becomes text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `simple`
    Simple,
    /// `label`
    Label,
    /// `matrix`
    Matrix,
    /// `form`
    Form,
    /// `spaceDelimited`
    SpaceDelimited,
    /// `pipeDelimited`
    PipeDelimited,
    /// `collectionFormat: tsv` of Swagger 2.0, which no later version has.
    TabDelimited,
    /// `deepObject`
    DeepObject,
    /// `cookie`
    Cookie,
}

impl Style {
    /// The style that a value of `style` names.
    pub fn parse(text: &str) -> Option<Self> {
        let all = [
            Self::Simple,
            Self::Label,
            Self::Matrix,
            Self::Form,
            Self::SpaceDelimited,
            Self::PipeDelimited,
            Self::TabDelimited,
            Self::DeepObject,
            Self::Cookie,
        ];
        all.into_iter().find(|it| it.as_str() == text)
    }

    /// Whether a parameter of the style is exploded where it does not say.
    pub fn explodes(self) -> bool {
        matches!(self, Self::Form | Self::Cookie)
    }

    /// The value of `style`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::Label => "label",
            Self::Matrix => "matrix",
            Self::Form => "form",
            Self::SpaceDelimited => "spaceDelimited",
            Self::PipeDelimited => "pipeDelimited",
            Self::TabDelimited => "tabDelimited",
            Self::DeepObject => "deepObject",
            Self::Cookie => "cookie",
        }
    }
}

/// A Parameter Object.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Where it stands, behind any reference.
    pub origin: Origin,
    /// `name`, as it goes over the wire.
    pub name: String,
    /// `in`.
    pub location: Location,
    /// `description`.
    pub description: Option<String>,
    /// `required`; always true in a path.
    pub required: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// `allowEmptyValue`; always false but in a query.
    pub allow_empty: bool,
    /// `x-provenance` and what belongs to it, as one sentence.
    pub provenance: Option<String>,
    /// `x-rust-name`.
    pub rust_name: Option<String>,
    /// How the value becomes text.
    pub form: ParameterForm,
    /// What the value is.
    pub schema: SchemaId,
    /// `example` and the values of `examples`.
    pub examples: Vec<Value>,
}

/// How the value of a parameter becomes text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParameterForm {
    /// By `style`.
    Style {
        /// `style`.
        style: Style,
        /// `explode`.
        explode: bool,
        /// `allowReserved`.
        allow_reserved: bool,
    },
    /// By `content`: the value is the text of this media type.
    Content(String),
    /// `in: querystring`: the whole query is the text of this media type.
    Whole(String),
}

impl ParameterForm {
    /// Whether values are written as JSON, to which no style applies.
    pub fn is_json(&self) -> bool {
        match self {
            Self::Style { .. } => false,
            Self::Content(_) => true,
            Self::Whole(media_type) => MediaType::parse(media_type).is_ok_and(|it| it.is_json()),
        }
    }
}

/// A Request Body Object.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// Where it stands, behind any reference.
    pub origin: Origin,
    /// `description`.
    pub description: Option<String>,
    /// `x-provenance` and what belongs to it, as one sentence.
    pub provenance: Option<String>,
    /// `required`.
    pub required: bool,
    /// `content`.
    pub content: Vec<Content>,
}

/// One media type of a body or a response.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// Where the Media Type Object stands.
    pub origin: Origin,
    /// The media type or range.
    pub media_type: MediaType,
    /// `schema`, or what `itemSchema` says about each value of a stream.
    pub schema: Option<SchemaId>,
    /// Whether the schema is that of one value of a stream.
    pub is_item: bool,
    /// `encoding`: how properties of a form are written.
    pub encoding: Vec<Encoding>,
    /// `example` and the values of `examples`.
    pub examples: Vec<Example>,
}

/// An example of a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Its name in `examples`; none for `example`.
    pub name: Option<String>,
    /// The example.
    pub value: Value,
}

/// An Encoding Object.
#[derive(Debug, Clone, PartialEq)]
pub struct Encoding {
    /// Where it stands.
    pub origin: Origin,
    /// The property that it is about.
    pub property: String,
    /// `contentType`: media types or ranges, separated by commas.
    pub content_type: Option<String>,
    /// `style`.
    pub style: Option<Style>,
    /// `explode`.
    pub explode: Option<bool>,
    /// `allowReserved`.
    pub allow_reserved: Option<bool>,
}

/// A media type or media range, such as `application/json`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MediaType {
    text: String,
    /// Whether its bodies are JSON, whatever its name says.
    holds_json: bool,
}

impl MediaType {
    /// Takes the key of a `content` map.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let essence = text.split(';').next().unwrap_or_default().trim();
        let token = |part: &str| {
            !part.is_empty() && part.bytes().all(|it| it.is_ascii_alphanumeric() || b"!#$&-^_.+*".contains(&it))
        };
        let parameters_ok = text.bytes().all(|it| it == b' ' || it.is_ascii_graphic());
        // A blank around it, or a semicolon with nothing behind it, is no part of a media type.
        let is_bare = text.trim() == text && !text.ends_with(';');
        match essence.split_once('/') {
            Some((ty, subtype)) if token(ty) && token(subtype) && parameters_ok && is_bare => {
                Ok(Self { text: text.to_owned(), holds_json: false })
            }
            _ => Err(format!("`{}` is not a media type", text.escape_debug())),
        }
    }

    /// The media types that a text means which is none itself: a list of them, or one with something odd around it.
    pub fn repaired(text: &str) -> Vec<Self> {
        let one = |part: &str| {
            let part = part.trim().trim_matches(['"', '\'', ';', ',']).trim();
            // A range is written with both halves.
            Self::parse(if part == "*" { "*/*" } else { part }).ok()
        };
        if text.chars().any(char::is_control) {
            return Vec::new();
        }
        let parts: Option<Vec<_>> = text.split([',', '|']).filter(|part| !part.trim().is_empty()).map(one).collect();
        parts.unwrap_or_default()
    }

    /// The text as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The same name for bodies that are JSON.
    #[must_use]
    pub fn holding_json(self) -> Self {
        Self { holds_json: true, ..self }
    }

    /// Type and subtype without parameters, in lower case.
    pub fn essence(&self) -> String {
        self.text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// Whether bodies of this type are JSON.
    pub fn is_json(&self) -> bool {
        let essence = self.essence();
        self.holds_json || essence.ends_with("/json") || essence.ends_with("+json")
    }

    /// Whether bodies of this type are text that is taken as it is.
    pub fn is_text(&self) -> bool {
        let is_plain = self.essence().starts_with("text/") && !self.is_event_stream() && !self.holds_json;
        is_plain || self.is_xml()
    }

    /// Whether bodies of this type are XML.
    pub fn is_xml(&self) -> bool {
        let essence = self.essence();
        essence.ends_with("/xml") || essence.ends_with("+xml")
    }

    /// Whether bodies of this type are JSON values, one a line.
    pub fn is_json_lines(&self) -> bool {
        const LINES: [&str; 7] = [
            "application/json-lines",
            "application/jsonl",
            "application/jsonlines",
            "application/ndjson",
            "application/x-jsonl",
            "application/x-jsonlines",
            "application/x-ndjson",
        ];
        LINES.contains(&self.essence().as_str())
    }

    /// Whether bodies of this type are JSON text sequences.
    pub fn is_json_sequence(&self) -> bool {
        let essence = self.essence();
        essence == "application/json-seq" || essence.ends_with("+json-seq")
    }

    /// Whether bodies of this type are forms without files.
    pub fn is_form(&self) -> bool {
        self.essence() == "application/x-www-form-urlencoded"
    }

    /// Whether bodies of this type are forms with files.
    pub fn is_multipart_form(&self) -> bool {
        self.essence() == "multipart/form-data"
    }

    /// Whether bodies of this type are server-sent events.
    pub fn is_event_stream(&self) -> bool {
        self.essence() == "text/event-stream"
    }
}

/// The key of a Responses Object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ResponseKey {
    /// One status code, 100 to 599.
    Status(u16),
    /// All codes of a hundred, such as `4XX`: its first digit.
    Range(u16),
    /// Every status that has no response of its own.
    Default,
}

impl ResponseKey {
    /// Parses the key; the letters of a range may be small.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "default" {
            return Some(Self::Default);
        }
        let [first @ b'1'..=b'5', rest @ ..] = text.as_bytes() else { return None };
        match rest {
            [b'X' | b'x', b'X' | b'x'] => Some(Self::Range(u16::from(first - b'0'))),
            [b'0'..=b'9', b'0'..=b'9'] => text.parse().ok().map(Self::Status),
            _ => None,
        }
    }

    /// The range that a status is in.
    pub fn range(self) -> Option<Self> {
        if let Self::Status(code) = self { Some(Self::Range(code / 100)) } else { None }
    }
}

impl fmt::Display for ResponseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(code) => write!(f, "{code}"),
            Self::Range(digit) => write!(f, "{digit}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A Response Object.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// Where it stands, behind any reference.
    pub origin: Origin,
    /// The status.
    pub key: ResponseKey,
    /// `description`.
    pub description: String,
    /// `x-provenance` and what belongs to it, as one sentence.
    pub provenance: Option<String>,
    /// `headers`, without `Content-Type`.
    pub headers: Vec<Header>,
    /// `content`.
    pub content: Vec<Content>,
    /// `x-validation-error`: how invalid input is answered in this response's own schema.
    pub validation_error: Option<Value>,
}

/// A Header Object.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Where it stands, behind any reference.
    pub origin: Origin,
    /// The header's name.
    pub name: String,
    /// `description`.
    pub description: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `x-provenance` and what belongs to it, as one sentence.
    pub provenance: Option<String>,
    /// `required`.
    pub required: bool,
    /// How the value becomes text.
    pub form: ParameterForm,
    /// What the value is.
    pub schema: SchemaId,
    /// `example` and the values of `examples`.
    pub examples: Vec<Value>,
}
