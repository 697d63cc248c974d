//! The files of records: findings of observers, and recorded exchanges.

use std::fmt;

use base64::Engine as _;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::Deserialize;
use serde_json::Value as Json;

/// Something that was seen of a server.
#[derive(Debug, Clone)]
pub enum Record {
    /// What an observer of a client found.
    Finding(Finding),
    /// A request and its response.
    Exchange(Exchange),
}

/// One thing in a response that is not as documented: a line of `Deviation::to_json`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// The operation's id.
    pub operation: String,
    /// The status of the response.
    pub status: u16,
    /// Its media type, as it came.
    pub media_type: Option<String>,
    /// Where it is, below `/status`, `/header` or `/body`.
    pub pointer: String,
    /// The keyword that asks for something else.
    pub keyword: String,
    /// What is wrong.
    #[serde(default)]
    pub message: String,
    /// The value of that keyword, where it is small.
    pub limit: Option<Json>,
    /// The JSON type of what is there instead.
    pub found: Option<String>,
    /// What is there instead; of exchanges only, and never shown but as a value of an enumeration or a limit.
    #[serde(skip)]
    pub value: Option<Json>,
}

/// A request and its response.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The method, in upper case.
    pub method: String,
    /// The path of its URL, as it was sent.
    pub path: String,
    /// The status of the response.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Vec<u8>,
}

/// Why a file of records cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The line, from 1 on; none where the file is no list of lines.
    pub line: Option<usize>,
    /// What is wrong there.
    pub message: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// Reads a file of records: HAR, or JSON lines of findings and exchanges.
///
/// # Errors
/// Where it is neither; no message holds a value of the file.
pub fn records(text: &str) -> Result<Vec<Record>, Unreadable> {
    let text = text.trim_start_matches('\u{feff}');
    if let Ok(whole) = serde_json::from_str::<Json>(text)
        && whole.get("log").is_some()
    {
        return har(&whole);
    }
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(index, text)| line(text).map_err(|message| Unreadable { line: Some(index + 1), message })).collect()
}

/// A line: an exchange has a method and a status, a finding a pointer.
fn line(text: &str) -> Result<Record, String> {
    let value: Json = serde_json::from_str(text).map_err(|error| format!("is no JSON (column {})", error.column()))?;
    if value.get("pointer").is_some() {
        let finding = Finding::deserialize(&value).map_err(|error| format!("is no finding: {}", plain(&error)))?;
        return Ok(Record::Finding(finding));
    }
    let line = Line::deserialize(&value).map_err(|error| {
        let what = plain(&error);
        format!("is neither a finding, which has `pointer`, nor an exchange: {what}")
    })?;
    let body = match line.body {
        None => Vec::new(),
        Some(Json::String(text)) => text.into_bytes(),
        Some(value) => value.to_string().into_bytes(),
    };
    let headers = line.headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)));
    exchange(&line.method, &line.url, line.status, headers, body).map(Record::Exchange)
}

/// What serde says, without the value that it was about.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    if text.starts_with("missing field") { text } else { "a member has a value of another type".to_owned() }
}

#[derive(Deserialize)]
struct Line {
    method: String,
    #[serde(alias = "path")]
    url: String,
    status: u16,
    #[serde(default)]
    headers: serde_json::Map<String, Json>,
    body: Option<Json>,
}

#[derive(Deserialize)]
struct Entry {
    request: HarRequest,
    response: HarResponse,
}

#[derive(Deserialize)]
struct HarRequest {
    method: String,
    url: String,
}

#[derive(Deserialize)]
struct HarResponse {
    status: u16,
    #[serde(default)]
    headers: Vec<HarHeader>,
    content: Option<HarContent>,
}

#[derive(Deserialize)]
struct HarHeader {
    name: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct HarContent {
    text: Option<String>,
    encoding: Option<String>,
    mime_type: Option<String>,
}

/// HAR 1.2; what got no response, which browsers write as status 0, and what no server sent are left out.
fn har(whole: &Json) -> Result<Vec<Record>, Unreadable> {
    let fault = |message: String| Unreadable { line: None, message };
    let entries = whole.pointer("/log/entries").and_then(Json::as_array);
    let entries = entries.ok_or_else(|| fault("is no HAR: `log.entries` is missing".to_owned()))?;
    let mut all = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let fault = |what: &str| fault(format!("entry {index} of `log.entries` {what}"));
        let Entry { request, response } =
            Entry::deserialize(entry).map_err(|error| fault(&format!("is no exchange: {}", plain(&error))))?;
        if response.status == 0 || !is_sent(&request.url) {
            continue;
        }
        // Some writers leave the headers out, and the media type stands beside the body as well.
        let media_type = response.content.as_ref().and_then(|it| it.mime_type.clone()).filter(|it| !it.is_empty());
        let body = match response.content {
            Some(HarContent { text: Some(text), encoding: Some(encoding), .. }) if encoding == "base64" => {
                let bytes = base64::engine::general_purpose::STANDARD.decode(text);
                bytes.map_err(|_| fault("has a body that is no base64"))?
            }
            Some(HarContent { text: Some(text), .. }) => text.into_bytes(),
            _ => Vec::new(),
        };
        let headers = response.headers.iter().map(|it| (it.name.as_str(), it.value.as_str()));
        let is_said = response.headers.iter().any(|it| it.name.eq_ignore_ascii_case("content-type"));
        let media_type = media_type.as_deref().filter(|_| !is_said).map(|it| ("content-type", it));
        let headers = headers.chain(media_type);
        let read = exchange(&request.method, &request.url, response.status, headers, body);
        all.push(Record::Exchange(read.map_err(|message| fault(&message))?));
    }
    Ok(all)
}

/// Whether a URL is of HTTP: pages also load what they hold themselves (`data:`, `blob:`) or what browsers do.
fn is_sent(url: &str) -> bool {
    url.split_once(':').is_some_and(|(scheme, _)| ["http", "https"].iter().any(|it| scheme.eq_ignore_ascii_case(it)))
}

fn exchange<'a>(
    method: &str,
    url: &str,
    status: u16,
    headers: impl Iterator<Item = (&'a str, &'a str)>,
    body: Vec<u8>,
) -> Result<Exchange, String> {
    let uri: http::Uri = url.parse().map_err(|_| "has a URL that is none".to_owned())?;
    if !(100..=599).contains(&status) {
        return Err("has a status that is none".to_owned());
    }
    // What is in a file of records was decoded, whatever its headers say; the rest is of no interest here.
    let known = headers.filter_map(|(name, value)| {
        Some((HeaderName::from_bytes(name.as_bytes()).ok()?, HeaderValue::from_str(value).ok()?))
    });
    Ok(Exchange {
        method: method.to_ascii_uppercase(),
        path: uri.path().to_owned(),
        status,
        headers: known.collect(),
        body,
    })
}
